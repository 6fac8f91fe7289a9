"""A page that lives without a kernel: the front end, and the frames of a grid of positions."""

import base64
import gzip
import itertools
import json
import math
from html import escape

import numpy as np

from backprop_lib import look
from backprop_lib.explorers import front_end
from backprop_lib.explorers.controls import Choice, Switch
from backprop_lib.explorers.encoding import encode

MOST_FRAMES, MOST_NUMBERS = 3500, 1_500_000
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}
:root {{ background: {ground}; color-scheme: light dark; }}
body {{ margin: 20px auto; max-width: 1060px; padding: 0 16px; }}
.note {{ color: {muted}; font: 13px/1.45 system-ui, sans-serif; }}
</style>
<body>
<main><h1 class="note">{title}</h1><div id="explorer"></div><p class="note">{note}</p></main>
<script type="module">
{module}
alone({saved}, document.getElementById("explorer"));
</script>
"""


def page(explorer):
    """Return the explorer as one HTML page that needs no other file."""
    start, _ = explorer.present
    kept = thinned(explorer, start, min(MOST_FRAMES, MOST_NUMBERS // changed(explorer, start)))
    frames = [
        explorer.frame_at(**dict(zip(kept, place, strict=True)))
        for place in itertools.product(*kept.values())
    ]
    headers, data = encode(frames)
    spec = explorer.spec | {
        "controls": [
            c | {"positions": kept[c["name"]], "start": start[c["name"]],
                 "labels": [explorer.controls[c["name"]].says(v) for v in kept[c["name"]]]}
            for c in explorer.spec["controls"]
        ]
    }  # fmt: skip
    saved = {
        "state": {"spec": spec, "parameters": start, "picked": explorer.picked,
                  "step": explorer.step},
        "headers": packed(json.dumps(headers).encode()),
        "data": packed(data),
    }  # fmt: skip
    kinds = {part["kind"] for part in (*spec["panels"], *spec["controls"])}
    return PAGE.format(
        **{
            name: f"light-dark({look.LIGHT[name]}, {look.DARK[name]})"
            for name in ("ground", "muted")
        },
        title=escape(spec["title"]),
        style=front_end.stylesheet(kinds),
        note=escape(note(explorer, kept)),
        module=front_end.module(kinds, alone=True),
        saved=json.dumps(saved, ensure_ascii=False).replace("<", "\\u003c"),
    )


def packed(data):
    """Return bytes as the page unpacks them."""
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def thinned(explorer, start, most):
    """Return the positions that are saved for each control: both ends and where it stands.

    A control that is not on the page stays where it is. The others are halved, the one with the
    most positions first, until all their combinations are few enough.
    """
    kept = {name: [value] for name, value in start.items()}
    kept |= {control.name: control.positions() for control in explorer.shown}
    numbers = [c for c in explorer.shown if not isinstance(c, (Choice, Switch))]
    counts = {name: len(positions) for name, positions in kept.items()}
    while math.prod(counts.values()) > most and numbers:
        longest = max(numbers, key=lambda c: counts[c.name]).name
        if counts[longest] <= 3:
            break
        counts[longest] = counts[longest] // 2 + 1
    for control in numbers:
        every, count = kept[control.name], counts[control.name]
        places = np.linspace(0, len(every) - 1, count).round().astype(int)
        chosen = [every[k] for k in places]
        if start[control.name] not in chosen:
            near = min(range(1, len(chosen) - 1), default=0,
                       key=lambda k: abs(chosen[k] - start[control.name]))  # fmt: skip
            chosen[near] = start[control.name]
        kept[control.name] = chosen
    return kept


def changed(explorer, start):
    """Return how many numbers differ, at most, when one control goes to its end."""
    sizes = [1]
    for control in explorer.shown:
        pair = [explorer.frame_at(**start | {control.name: v}) for v in control.positions()[-2:]]
        sizes.append((len(encode(pair)[1]) - len(encode(pair[:1])[1])) // 4)
    return max(sizes)


def note(explorer, kept):
    """Say what the page is, and which controls stop at fewer positions than in the notebook."""
    coarse = [
        f"{control.label} {len(kept[control.name])} of {len(control.positions())}"
        for control in explorer.shown
        if len(kept[control.name]) < len(control.positions())
    ]
    said = "Saved from a notebook: this page needs no kernel and no network."
    return said + (f" Its grid is coarse; positions kept: {', '.join(coarse)}." if coarse else "")
