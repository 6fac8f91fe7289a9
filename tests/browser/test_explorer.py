"""The explorer under a real hand: mouse, keyboard, a busy kernel, two views, light and dark."""

import re

import numpy as np
import pytest

from backprop_lib.explorers import ForwardPass
from tests.browser.drawn import Drawn, eventually
from tests.browser.lab import Notebook, write_notebook

SHOW = "from backprop_lib.explorers import ForwardPass\nlayer = ForwardPass()\nlayer"
FRAGILE = """
from backprop_lib.explorers import ForwardPass

class Fragile(ForwardPass):
    def compute(self, **at):
        if 2 < at["bias"] < 3:
            raise ValueError("the bias is too much")
        return super().compute(**at)

Fragile()
"""
SLIDERS = ("input", "weight", "bias", "examples n")
LOWER = {"ArrowLeft", "ArrowDown", "PageDown", "Home"}
HIGHER = {"ArrowRight", "ArrowUp", "PageUp", "End"}
SUPPRESSED = "data-lm-suppress-shortcuts"  # what Notebook 7 heeds on a key's way down
KEYS_SEEN = """() => {
    window.keysSeen = [];
    document.addEventListener('keydown', (event) => window.keysSeen.push(event.key));
}"""


@pytest.fixture(scope="module")
def opened(shared_page, lab):
    """A notebook with the default ForwardPass, run."""
    opened = Notebook(shared_page, lab, write_notebook(lab, SHOW, name="layer.ipynb"))
    opened.run_all()
    return opened


@pytest.fixture
def layer(opened):
    """The default ForwardPass, untouched and as it starts."""
    drawn = Drawn(opened.page)
    drawn.reset()
    drawn.root.get_by_role("grid", name="Z, 4×3").get_by_role("gridcell").first.click()
    drawn.leave()
    agrees(drawn)
    return drawn


def reading(drawn, name):
    """Return what a slider's readout says, as a parameter."""
    value = drawn.reading(name)
    return {"n": int(value)} if name == "examples n" else {name: value}


def agrees(drawn, **parameters):
    """Assert that every matrix on the page comes to hold numpy's numbers at these parameters."""
    eventually(drawn, lambda: _agrees(drawn, parameters))


def _agrees(drawn, parameters):
    truth = ForwardPass()
    arrays = truth.arrays(**truth.parameters | parameters)
    for name in ("X", "W", "b", "Z", "A"):
        expected, shown = np.atleast_2d(arrays[name]), drawn.numbers(name)
        assert shown.shape == expected.shape, name
        np.testing.assert_allclose(shown, expected, atol=0.00501, err_msg=name)


def test_the_page_shows_numpys_numbers_and_words(layer):
    assert layer.words() == repr(ForwardPass())
    assert layer.lit("Z") is None


@pytest.mark.parametrize("name", SLIDERS)
def test_a_slider_follows_the_mouse(layer, name):
    slider = layer.slider(name)
    for share in (0, 0.35, 0.68, 1):
        before = layer.picture()
        layer.drag(slider, share)
        agrees(layer, **reading(layer, name))
        assert layer.picture() != before
    assert layer.reading(name) == (4 if name == "examples n" else 3)


@pytest.mark.parametrize("name", SLIDERS)
def test_a_slider_follows_the_keyboard(layer, opened, name):
    seen = set()
    layer.focus(layer.slider(name))
    for key in (*sorted(LOWER), *sorted(HIGHER), "ArrowLeft"):
        before = layer.reading(name)
        layer.page.keyboard.press(key)
        after = layer.reading(name)
        assert after <= before if key in LOWER else after >= before
        agrees(layer, **reading(layer, name))
        seen.add(after)
    assert len(seen) >= 4
    assert layer.reading(name) == (3 if name == "examples n" else 2.9)
    assert opened.cells() == 1


def test_the_activation_by_mouse_and_by_keyboard(layer):
    for name, label in (("tanh", "tanh"), ("relu", "ReLU"), ("sigmoid", "sigmoid")):
        layer.root.locator("label", has_text=label).click()
        agrees(layer, activation=name)
    assert "With sigmoid, 0 of the 12" in layer.words()
    layer.focus(layer.root.get_by_role("radio", name="sigmoid"))
    layer.page.keyboard.press("ArrowLeft")
    agrees(layer, activation="relu")
    layer.page.keyboard.press("ArrowUp")
    agrees(layer, activation="identity")


def test_reset_brings_everything_back(layer):
    reset = layer.root.get_by_role("button", name="reset")
    assert reset.is_hidden()
    layer.drag(layer.slider("weight"), 1)
    layer.drag(layer.slider("examples n"), 0)
    reset.click()
    agrees(layer)
    assert reset.is_hidden()


@pytest.mark.parametrize(
    ("name", "holder", "place"),
    [("weight", "W", np.s_[:, 0]), ("input", "X", 0), ("bias", "b", np.s_[:, 0])],
)
def test_what_a_control_moves_is_lit_and_says_how_far(layer, name, holder, place):
    """A weight lights a column, an input a row, a bias its column by equal amounts."""
    expected = np.zeros((4, 3), bool)
    expected[place] = True
    slider = layer.slider(name)
    layer.hover(slider)
    layer.page.wait_for_selector(".bp-touched")
    np.testing.assert_array_equal(layer.lit("Z"), expected)
    assert layer.lit(holder).sum() == 1
    still = layer.root.locator(".bp-dot.bp-dim").evaluate_all(
        "dots => dots.filter((dot) => getComputedStyle(dot).opacity < 0.5).length"
    )
    assert still >= (~expected).sum() - 1  # the picked one is never dim
    assert not layer.moved("Z").any()
    before = layer.numbers("Z")
    layer.drag(slider, 0.9, let_go=False)
    np.testing.assert_allclose(layer.moved("Z"), layer.numbers("Z") - before, atol=0.011)
    assert layer.moved("Z")[expected].all()
    if name == "bias":
        assert len(set(layer.moved("Z")[:, 0])) == 1
    layer.page.mouse.up()
    layer.leave()
    assert layer.lit("Z") is None
    assert not layer.moved("Z").any()


def test_what_relu_holds_at_zero_stays_dark(layer):
    layer.hover(layer.slider("weight"))
    layer.page.wait_for_selector(".bp-touched")
    positive = ForwardPass().present[1]["Z"][:, 0] > 0
    np.testing.assert_array_equal(layer.lit("A")[:, 0], positive)


def test_an_entry_is_picked_by_mouse_and_explained(layer):
    cell = layer.root.get_by_role("grid", name="Z, 4×3").get_by_role("gridcell").nth(7)
    cell.click()
    said = "Z[2, 1] = −1.00 + 1.00 + 1.00 = 1.00, and A[2, 1] = 1.00."
    assert layer.words().endswith(said)
    terms = layer.root.locator(".bp-microscope tr td:nth-child(3)").all_inner_texts()
    assert terms == ["−1.00", "1.00", "1.00", "1.00", "1.00"]
    assert cell.get_attribute("aria-selected") == "true"
    layer.root.get_by_role("grid", name="X, 4×2").get_by_role("gridcell").first.click()
    assert layer.words().endswith(said)  # an input is made of nothing


def test_an_entry_is_picked_by_keyboard(layer):
    """The board is one tab stop; arrows cross from one matrix to the next."""
    stop = layer.root.locator('[role=gridcell][tabindex="0"]')
    assert stop.count() == 1
    assert stop.get_attribute("aria-label") == "Z[0, 0] is 1.00"
    layer.focus(stop)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "Enter"):
        layer.page.keyboard.press(key)
    assert layer.words().endswith("Z[1, 1] = 1.00 + 1.00 + 1.00 = 3.00, and A[1, 1] = 3.00.")
    assert stop.get_attribute("aria-label") == "A[1, 1] is 3.00"
    for _ in range(20):
        layer.page.keyboard.press("ArrowLeft")
    assert stop.get_attribute("aria-label") == "X[0, 0] is −1.00"
    layer.page.keyboard.press("ArrowDown")
    layer.page.keyboard.press(" ")
    assert stop.get_attribute("aria-label") == "X[1, 0] is −1.00"
    assert stop.count() == 1


def test_jupyterlab_does_not_get_our_keys(layer, opened):
    """`a` and `b` would add cells, `d d` would delete this one; Escape is JupyterLab's own."""
    page = layer.page
    page.evaluate(KEYS_SEEN)
    for target in (
        layer.slider("weight"),
        layer.root.get_by_role("radio", name="ReLU"),
        layer.root.locator('[role=gridcell][tabindex="0"]'),
    ):
        layer.focus(target)
        page.evaluate("() => { window.keysSeen.length = 0; }")
        for key in ("a", "b", "d", "d", "x", "m", "Enter", *LOWER, *HIGHER):
            page.keyboard.press(key)
        assert page.evaluate("() => window.keysSeen") == []
        assert target.get_attribute(SUPPRESSED) is not None
    assert opened.cells() == 1
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("() => window.keysSeen") == ["Escape"]
    assert target.get_attribute(SUPPRESSED) is None


def test_light_and_dark_follow_jupyterlab(layer, opened):
    ink = "(root) => getComputedStyle(root).color"
    light = layer.root.evaluate(ink)
    opened.theme("JupyterLab Dark")
    dark = layer.root.evaluate(ink)
    opened.theme("JupyterLab Light")
    assert layer.root.evaluate(ink) == light
    assert sum(map(int, re.findall(r"\d+", light))) < 150
    assert sum(map(int, re.findall(r"\d+", dark))) > 600


def test_a_narrow_page_is_not_made_wider(layer):
    width = "(root, width) => { root.parentElement.style.width = width; return root.scrollWidth; }"
    assert layer.root.evaluate(width, "360px") <= 360
    agrees(layer)
    assert layer.root.evaluate(width, "") > 800


def test_a_drag_does_not_wait_for_a_busy_kernel(notebook):
    opened = notebook(SHOW, "import time\ntime.sleep(8)")
    page = opened.page
    opened.run_all()
    layer = Drawn(page)
    weight = layer.slider("weight")
    layer.hover(weight)
    page.wait_for_selector(".bp-touched")
    opened.run_cell(1)
    busy = page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    busy.wait_for(state="attached")
    for share in (0.2, 0.8, 0.5):
        layer.drag(weight, share)
        agrees(layer, weight=layer.reading("weight"))
    assert busy.count()
    opened.wait_idle()
    agrees(layer, weight=layer.reading("weight"))


def test_two_views_of_one_explorer_stay_in_step(notebook):
    opened = notebook(SHOW, "layer", "layer.set(weight=1, n=3)\nlayer.pick('Z', 2, 0)")
    opened.run_all()
    one, two = Drawn(opened.page, 0), Drawn(opened.page, 1)
    for view in (one, two):
        view.root.locator(".bp-words", has_text="Z[2, 0] = ").wait_for()
        agrees(view, weight=1, n=3)
    two.drag(two.slider("bias"), 0.25)
    agrees(one, weight=1, n=3, bias=-1.5)
    agrees(two, weight=1, n=3, bias=-1.5)
    assert one.reading("bias") == two.reading("bias") == -1.5


def test_two_explorers_on_a_page_do_not_disturb_one_another(notebook):
    opened = notebook(SHOW, "other = ForwardPass()\nother")
    opened.run_all()
    one, two = Drawn(opened.page, 0), Drawn(opened.page, 1)
    one.root.locator("label", has_text="tanh").click()
    two.drag(two.slider("weight"), 0.5)
    agrees(one, activation="tanh")
    agrees(two, weight=0)
    assert one.root.get_by_role("radio", name="tanh").is_checked()
    assert two.root.get_by_role("radio", name="ReLU").is_checked()


def test_the_kernel_learns_where_the_hand_stopped(notebook):
    opened = notebook(SHOW, "print(layer.parameters['bias'], layer.present[1]['Z'][0, 0])")
    opened.run_all()
    layer = Drawn(opened.page)
    layer.drag(layer.slider("bias"), 0.75)
    opened.page.wait_for_timeout(500)
    opened.run_cell(1)
    said = re.compile(r"^1\.5 2\.5\s*$")
    opened.page.locator(".jp-OutputArea-output", has_text=said).wait_for()


def test_what_goes_wrong_is_one_line_and_the_picture_stays(notebook):
    opened = notebook(FRAGILE)
    opened.run_all()
    layer = Drawn(opened.page)
    bias = layer.slider("bias")
    layer.drag(bias, 0.8)
    agrees(layer, bias=1.8)
    layer.focus(bias)
    for _ in range(4):
        layer.page.keyboard.press("ArrowRight")
    alert = layer.root.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text().startswith("ValueError: the bias is too much.")
    assert layer.reading("bias") == 2.2
    arrays = ForwardPass().arrays(**ForwardPass().parameters | {"bias": 2.0})
    np.testing.assert_allclose(layer.numbers("Z"), arrays["Z"], atol=0.00501)
    layer.page.keyboard.press("Home")
    agrees(layer, bias=-3)
    assert alert.is_hidden()
    assert opened.errors() == []
