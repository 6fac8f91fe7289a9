"""The engine under every explorer: controls over a pure `compute`, and a kernel that runs ahead.

An explorer is a subclass with `compute(**parameters) -> arrays` and `words(arrays, **parameters)`.
When a control is touched, the page asks for its sweep, the nearest positions first, draws from it
while the hand drags, and tells the kernel the parameters afterwards.
"""

import base64
import time
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from backprop_lib import look
from backprop_lib.explorers import export, figure, front_end
from backprop_lib.explorers.encoding import encode
from backprop_lib.explorers.frames import Frames
from backprop_lib.explorers.notation import entry_name

BUDGET = 0.015  # seconds; longer, and the hand's other wishes wait
MOST_NUMBERS = 500_000  # in one message


class Explorer(Frames, anywidget.AnyWidget):
    """Controls over a pure `compute`, drawn by panels.

    `set(weight=1.5)` moves a control from code, `pick("Z", 0, 1)` puts an entry under the
    microscope, `figure()` draws the present frame with matplotlib, and `save_html(path)` writes a
    page that lives without a kernel.

    Args:
        title: what a screen reader calls it.
        controls: the parameters of `compute`.
        panels: what to look at, from top to bottom.
        picked: the entry under the microscope, as in ("Z", 0, 0); () for none.
        shown: names of the controls on the page, the others keep their value; all when None.

    Raises:
        ValueError, TypeError: a name in `shown` that is no control, a start value out of range.
    """

    spec = traitlets.Dict().tag(sync=True)
    parameters = traitlets.Dict().tag(sync=True)
    picked = traitlets.List().tag(sync=True)
    step = traitlets.Unicode("all").tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    def __init__(self, title, controls, panels, picked=(), shown=None):
        Frames.__init__(self, controls, panels, shown)
        spec = {
            "title": title,
            "controls": [
                c.spec() | {"shown": c in self.shown, "ahead": self.ahead(c)} for c in controls
            ],
            "panels": [panel.spec(self.largest) for panel in panels],
            "picked": list(picked),
            "largest": self.largest,
            "roles": self.roles,
            "look": {
                "tint": look.TINT, "cap": look.CAP, "digits": look.DIGITS, "dashes": look.DASHES
            },
        }  # fmt: skip
        kinds = {part["kind"] for part in (*spec["panels"], *spec["controls"])}
        self._esm, self._css = front_end.module(kinds), front_end.stylesheet(kinds)
        start = self.present[0]
        anywidget.AnyWidget.__init__(
            self, spec=spec, parameters=start, picked=list(picked), frame=self._frame()
        )
        self.observe(self._follow, "parameters")
        self.on_msg(self._answer)

    def set(self, **parameters):
        """Move controls from code.

        Raises:
            ValueError: an unknown control, or a value out of range.
            TypeError: a wrong kind of value.
        """
        checked = self.check(parameters)
        with self.hold_sync():
            self.parameters = self.parameters | checked

    def pick(self, name, *index):
        """Put one entry under the microscope, as in `pick("Z", 0, 1)`.

        Raises:
            ValueError: no microscope explains `name`, or it has no such entry.
        """
        _, arrays = self.present
        if self.sum_of(name) is None or name not in arrays:
            raise ValueError(f"{name} cannot be picked: no microscope shows how it is made.")
        shape = arrays[name].shape
        if index not in np.ndindex(shape):
            raise ValueError(f"There is no {entry_name(name, *index)}: {name} has shape {shape}.")
        self.picked = [name, *index]

    def go(self, step):
        """Walk to a stop, as in `go("dW^2")`; `go("all")` shows everything.

        Raises:
            ValueError: no stop has that name.
        """
        names = [stop.name for stop in self.walk.stops] + ["all"] if self.walk else []
        if step not in names:
            raise ValueError(f"There is no stop {step!r}, expected {', '.join(names)}.")
        with self.hold_sync():
            self.step = step
            if self.sum_of(step):
                self.picked = [step, *([0] * self.present[1][step].ndim)]

    def seen(self):
        """Return the present frame's arrays without those that a later stop of the pass makes."""
        later = self.later()
        return {name: array for name, array in self.present[1].items() if name not in later}

    def later(self):
        """Return the names of what the later stops make."""
        return self.walk.later(self.step) if self.walk else []

    def described(self):
        """Return the present frame in words: the alt text, the repr, and what nbval compares."""
        parameters, arrays = self.present
        step = self.walk.said(self.step) if self.walk else ""
        return f"{step} {self.words(arrays, **parameters)} {self.explained()}".strip()

    def explained(self):
        """Return the microscope's sentence: the sum that made the picked entry; "" if none."""
        picked = self.picked_entry()
        if not picked:
            return ""
        made, arrays = self.sum_of(picked[0]), self.seen()
        digits = self.digits(made.of[0], exact=True)
        return made.said(picked, arrays, digits, made.then in arrays)

    def picked_entry(self):
        """Return the picked entry, moved inside where the batch has become smaller; () if none."""
        arrays = self.seen()
        if not self.picked or self.sum_of(self.picked[0]).of[0] not in arrays:
            return ()
        name, *index = self.picked
        return (name, *(min(i, n - 1) for i, n in zip(index, arrays[name].shape, strict=True)))

    def figure(self):
        """Return the present frame as a matplotlib Figure: what stands on paper and on GitHub."""
        return figure.draw(self)

    def save_html(self, path):
        """Write one page whose controls work without kernel and network; return its path.

        Where several controls interact, each stops at fewer positions, and the page says so.

        Raises:
            OSError: `path` cannot be written.
        """
        Path(path).write_text(export.page(self), encoding="utf-8")
        return path

    def __repr__(self):
        return self.described()

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        image, width, height = figure.png(self.figure())
        data["image/png"] = base64.b64encode(image).decode()
        alt = {"alt": data["text/plain"], "width": width, "height": height}
        return data, metadata | {"image/png": alt}

    def _frame(self):
        parameters, arrays = self.present
        (header,), data = encode([(arrays, self.words(arrays, **parameters))])
        return {"parameters": parameters, "problem": "", "data": data, **header}

    def _follow(self, _):
        """Keep the frame in step; what goes wrong is one line, and the last good picture stays."""
        with self._lock:
            parameters, before = self.parameters, self.present
            try:
                parameters = self.check(parameters)
                self.present = parameters, self.arrays(**parameters)
                self.frame = self._frame()
            except Exception as reason:
                self.present = before
                problem = f"{type(reason).__name__}: {reason}"
                self.frame = self.frame | {"parameters": parameters, "problem": problem}

    def _answer(self, _, content, __):
        """Answer the page's wish for a sweep: as many of its positions as there is time for."""
        if content.get("kind") != "sweep":
            return
        control, around = content["control"], self.check(content["parameters"])
        positions = self.controls[self.require([control])[0]].positions()
        frames, end, numbers = [], time.perf_counter() + BUDGET, 0
        for place in content["places"]:
            frames.append(self.frame_at(**around | {control: positions[place]}))
            numbers += sum(array.size for array in frames[-1][0].values())
            if time.perf_counter() > end or numbers > MOST_NUMBERS:
                break
        headers, data = encode(frames)
        places = content["places"][: len(frames)]
        answer = {"kind": "sweep", "key": content["key"], "places": places, "frames": headers}
        self.send(answer, [data])
