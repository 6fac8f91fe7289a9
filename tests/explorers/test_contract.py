"""What every explorer must do: one that is added to `explorers.__all__` is tested by existing."""

import base64
import io
import itertools
import json
import re
import time

import numpy as np
import pytest
from PIL import Image

from backprop_lib import explorers
from backprop_lib.explorers import figure
from backprop_lib.explorers.controls import Choice, Switch
from backprop_lib.explorers.panels import Bars, Graph
from tests.explorers.demos import DEMOS

MIME = "application/vnd.jupyter.widget-view+json"


MOST_CORNERS = 300
EXPLORERS = [*(getattr(explorers, name) for name in explorers.__all__), *DEMOS]


@pytest.fixture(params=EXPLORERS, ids=lambda kind: kind.__name__, scope="module")
def explorer(request):
    return request.param()


def corners(explorer):
    """Return parameters at the ends and the middle of every control.

    All combinations where they are few; where they are many, every pair of two controls' places
    with the others where they start.
    """
    places = {}
    for name, control in explorer.controls.items():
        positions = control.positions()
        middle = [positions[len(positions) // 2]]
        if isinstance(control, (Choice, Switch)):
            middle = positions
        places[name] = list(dict.fromkeys([positions[0], *middle, positions[-1]]))
    if np.prod([len(some) for some in places.values()]) <= MOST_CORNERS:
        return [
            dict(zip(places, corner, strict=True)) for corner in itertools.product(*places.values())
        ]
    return [
        explorer.parameters | {one: first, other: second}
        for one, other in itertools.combinations(places, 2)
        for first, second in itertools.product(places[one], places[other])
    ]


def numbers_sent(message, data):
    """Take a message apart as the page does."""
    numbers, frames, start, before = np.frombuffer(data, "<f4"), [], 0, {}
    for header in message["frames"]:
        arrays = dict(before)
        for name, shape in header["shapes"]:
            if shape is None:
                del arrays[name]
                continue
            size = int(np.prod(shape))
            arrays[name] = numbers[start : start + size].reshape(shape)
            start += size
        failed = header["words"] is None
        before = before if failed else arrays
        frames.append(({} if failed else arrays, header["words"]))
    assert start == len(numbers)
    return frames


def ask(explorer, control, places, key="a key"):
    """Ask for some places of a sweep as the page does, and return what the kernel sends."""
    sent = []
    explorer.send = lambda content, buffers=None: sent.append((content, buffers))
    content = {"kind": "sweep", "key": key, "control": control, "places": places,
               "parameters": explorer.parameters}  # fmt: skip
    explorer._handle_custom_msg(content, [])
    del explorer.send
    ((message, (data,)),) = sent
    return message, data


def whole_sweep(explorer, control):
    """Ask as often as the page does, and return {place: frame}."""
    frames, left = {}, list(range(len(explorer.controls[control].positions())))
    while left:
        message, data = ask(explorer, control, left)
        assert message["key"] == "a key"
        assert message["places"] == left[: len(message["places"])]
        frames |= dict(zip(message["places"], numbers_sent(message, data), strict=True))
        left = left[len(message["places"]) :]
    return frames


def test_every_corner_is_finite_and_no_larger_than_the_page_expects(explorer):
    for parameters in corners(explorer):
        for name, array in explorer.arrays(**parameters).items():
            finite = np.isfinite(array).all() or name in explorer.not_finite
            assert finite, f"{name} is not finite at {parameters}, and not named in `not_finite`"
            assert len(array.shape) == len(explorer.largest[name])
            assert all(np.array(array.shape) <= explorer.largest[name]), (
                f"{name} is {array.shape} at {parameters}; where each control stands at its start"
                f" or an end it is at most {explorer.largest[name]}, and the page left no more room"
            )


def drawn(panel):
    """Return the names of the arrays that a panel draws."""
    match panel:
        case Bars():
            return {name for _, name in panel.bars}
        case Graph():
            return {node.name for node in panel.nodes}
        case _:
            return set(panel.roles)


def test_what_a_panel_draws_is_computed_somewhere(explorer):
    computed = {name for corner in corners(explorer) for name in explorer.arrays(**corner)}
    for panel in explorer.panels:
        missing = drawn(panel) - computed
        assert not missing, (
            f"{type(panel).__name__} draws {missing}; `compute` returns {sorted(computed)}"
        )


def test_compute_is_pure(explorer):
    parameters = dict(explorer.parameters)
    first = {name: array.copy() for name, array in explorer.arrays(**parameters).items()}
    for corner in corners(explorer):
        explorer.arrays(**corner)
    for name, array in explorer.arrays(**parameters).items():
        np.testing.assert_array_equal(array, first[name])


def test_a_picked_entry_is_the_sum_of_its_terms_at_every_corner(explorer):
    for parameters in corners(explorer):
        arrays = explorer.arrays(**parameters)
        for made in explorer.sums:
            total = arrays[made.terms].sum(axis=-1)
            np.testing.assert_allclose(total, arrays[made.of[0]], atol=1e-12)


def test_what_is_sent_for_a_sweep_is_what_compute_says(explorer):
    for name, control in explorer.controls.items():
        frames = whole_sweep(explorer, name)
        for place, value in enumerate(control.positions()):
            sent, words = frames[place]
            parameters = explorer.parameters | {name: value}
            arrays = explorer.arrays(**parameters)
            assert words == explorer.words(arrays, **parameters)
            assert sent.keys() == arrays.keys()
            for array in arrays:
                np.testing.assert_array_equal(sent[array], arrays[array].astype(np.float32))


def test_a_frame_is_quick_or_the_explorer_says_that_it_is_costly(explorer):
    times = []
    for parameters in corners(explorer)[:20]:
        start = time.process_time()
        explorer.frame_at(**parameters)
        times.append(time.process_time() - start)
    assert np.median(times) < 0.02 or explorer.costly, (
        f"a frame takes {1000 * np.median(times):.0f} ms, more than 20: make `compute` quicker, or"
        " say `costly = True`"
    )


def test_the_spec_is_plain_json_and_the_positions_start_where_the_explorer_does(explorer):
    json.dumps(explorer.spec, allow_nan=False)
    for control in explorer.spec["controls"]:
        assert len(control["positions"]) == len(control["labels"])
        assert explorer.parameters[control["name"]] == control["start"]


def test_the_words_say_what_is_shown_and_hold_no_address(explorer):
    for text in (repr(explorer), explorer.described()):
        assert len(text) > 25, f"too little for somebody who cannot see the picture: {text}"
        assert " at 0x" not in text
        assert "NaN" not in text
    assert explorer.words(explorer.present[1], **explorer.parameters) in repr(explorer)
    assert explorer.explained() in repr(explorer)


@pytest.fixture(scope="module")
def kept(explorer):
    """What a notebook keeps of the explorer."""
    return explorer._repr_mimebundle_()


def test_a_notebook_keeps_a_picture_and_its_words(explorer, kept):
    data, metadata = kept
    assert set(data) == {MIME, "image/png", "text/plain"}
    assert data["text/plain"] == metadata["image/png"]["alt"] == repr(explorer)
    assert isinstance(data["image/png"], str)
    assert data["image/png"].startswith("iVBOR")  # PNG's magic number in base64
    assert len(data["image/png"]) < 90_000


def test_the_picture_is_opaque_and_nothing_is_cut_off(kept):
    data, metadata = kept
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert "transparency" not in picture.info
    size = metadata["image/png"]
    assert picture.width / picture.height == pytest.approx(size["width"] / size["height"], rel=0.01)
    pixels = np.asarray(picture.convert("RGB"))
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert (edge == 255).all()


def test_the_same_frame_gives_the_same_bytes(explorer, kept):
    again, _, _ = figure.png(explorer.figure())
    assert base64.b64encode(again).decode() == kept[0]["image/png"]


def test_an_unknown_control_is_named(explorer):
    with pytest.raises(ValueError, match=r"no control 'colour', expected \w+"):
        explorer.set(colour=1)
    with pytest.raises(ValueError, match="no control 'colour'"):
        explorer.sweep("colour")


def test_the_front_end_is_small_and_loads_nothing(explorer):
    assert len(explorer._esm.encode()) + len(explorer._css.encode()) <= 60_000
    for address in re.findall(r"\w+://[^\s\"')]+", explorer._esm + explorer._css):
        assert address == "http://www.w3.org/2000/svg"  # a name, not a place
    loads = r"@import|\bimport\s*\(|^import "
    assert not re.search(loads, explorer._esm + explorer._css, re.MULTILINE)
