"""Gradient flow under a real hand: the scrubber, the controls, the microscope, two views."""

import re

import numpy as np
import pytest

from backprop_lib.explorers import GradientFlow
from tests.browser.drawn import Drawn, eventually
from tests.browser.lab import Notebook, write_notebook

SHOW = "from backprop_lib.explorers import GradientFlow\nflow = GradientFlow()\nflow"
OTHERS = """
import numpy as np
from backprop_lib import Dense, Network, ReLU, Tanh, xavier
from backprop_lib.explorers import GradientFlow

rng = np.random.default_rng(0)
weights = [Dense(xavier(p, q, rng)) for p, q in ((2, 3), (3, 3), (3, 2))]
X, Y = rng.normal(size=(3, 2)), [0, 1, 1]
GradientFlow(Network(weights[0], Tanh(), weights[1], Tanh(), weights[2]), X, Y)
"""
WIDE = "GradientFlow(Network(Dense(xavier(64, 10, rng))), rng.normal(size=(50, 64)), [3] * 50)"
BOARD = ["X", "W^1", "b^1", "Z^1", "A^1", "W^2", "b^2", "Z^2", "P", "loss",
         "dX", "dW^1", "db^1", "dZ^1", "dA^1", "dW^2", "db^2", "dZ^2"]  # fmt: skip
TRUTH = GradientFlow()
STOPS = [*(stop.name for stop in TRUTH.walk.stops), "all"]


@pytest.fixture(scope="module")
def opened(shared_page, lab):
    """A notebook with GradientFlow, run."""
    opened = Notebook(shared_page, lab, write_notebook(lab, SHOW, name="flow.ipynb"))
    opened.run_all()
    return opened


@pytest.fixture
def flow(opened):
    """The explorer, untouched and as it starts."""
    drawn = Drawn(opened.page)
    drawn.reset()
    stop(drawn, "all").click()
    drawn.cell("dW[1]", 0).click()
    drawn.leave()
    agrees(drawn)
    return drawn


def stop(drawn, name):
    return drawn.root.locator(".bp-stops button").nth(STOPS.index(name))


def shown(name):
    """Return a letter as the page writes it."""
    return re.sub(r"\^(\d)", r"[\1]", name)


def agrees(drawn, step="all", **parameters):
    """Assert that the page comes to show numpy's numbers to this step, and none of a later one."""
    eventually(drawn, lambda: _agrees(drawn, step, parameters))


def _agrees(drawn, step, parameters):
    arrays = TRUTH.arrays(**TRUTH.parameters | parameters)
    later = STOPS[STOPS.index(step) + 1 :]
    for name in BOARD:
        numbers = drawn.numbers(shown(name))
        if name in later:
            assert numbers.size == 0, name
            continue
        expected = np.atleast_2d(arrays[name])
        assert numbers.shape == expected.shape, name
        size = np.maximum(np.abs(expected), 1)  # three digits: .125, 1.25, 12.5
        digits = 0.0005 if name[0] in "dl" else 0.005
        limit = np.where(np.abs(expected) < 1, digits, 0.0051 * 10 ** np.floor(np.log10(size)))
        assert (np.abs(numbers - expected) <= limit + 1e-5).all(), name
    assert drawn.scrubber().get_attribute("aria-valuetext") == shown(step)


def at_work(drawn):
    """Return the letters of what is not dimmed, and of what is outlined as being made."""
    read = """(root, kind) => [...root.querySelectorAll('.bp-board [role=grid]')]
        .filter((grid) => kind === 'made' ? grid.matches('.bp-made') : !grid.matches('.bp-rest'))
        .map((grid) => grid.getAttribute('aria-label').split(',')[0])"""
    return tuple(set(drawn.root.evaluate(read, kind)) for kind in ("lit", "made"))


def is_at(drawn, name):
    """Assert that the formula, the light and the numbers are those of this stop."""
    agrees(drawn, name)
    work = drawn.root.locator(".bp-work > :visible")
    assert work.count() == 1
    if name == "all":
        assert work.inner_text() == "Every gradient stands below its value and has its shape."
        return
    assert drawn.root.locator(".bp-stops .bp-now").inner_text() == shown(name)
    lit, made = at_work(drawn)
    uses = TRUTH.walk.at(name).uses & set(BOARD)
    assert lit == {shown(one) for one in uses}
    assert made == {shown(name)}
    letters = work.locator(".bp-letter")
    said = {letter.split("\n")[0].removesuffix("T") for letter in letters.all_inner_texts()}
    assert said == lit


@pytest.mark.parametrize("name", STOPS)
def test_a_click_on_a_name_scrubs_there(flow, name):
    stop(flow, name).click()
    is_at(flow, name)


def test_arrow_keys_scrub_through_every_stop_and_back(flow, opened):
    flow.focus(flow.scrubber())
    flow.page.keyboard.press("Home")
    for name in STOPS:
        is_at(flow, name)
        flow.page.keyboard.press("ArrowRight")
    for name in reversed(STOPS):
        agrees(flow, name)
        flow.page.keyboard.press("ArrowLeft")
    assert opened.cells() == 1


def test_a_drag_along_the_rail_and_the_two_buttons(flow):
    for place in (0, 7, 3, 14, 9):
        flow.drag(flow.scrubber(), place / 14)
        is_at(flow, STOPS[place])
    on, back = (flow.root.get_by_role("button", name=f"one step {way}") for way in ("on", "back"))
    on.click()
    is_at(flow, STOPS[10])
    back.click()
    back.click()
    is_at(flow, STOPS[8])
    stop(flow, "all").click()
    assert on.is_disabled()


def test_the_live_shapes_stand_under_the_letters(flow):
    stop(flow, "dW^2").click()
    letters = flow.root.locator(".bp-work .bp-letter:visible").all_inner_texts()
    assert [letter.split() for letter in letters] == [
        ["dW[2]", "3×2"],
        ["A[1]T", "3×4"],
        ["dZ[2]", "4×2"],
    ]
    stop(flow, "dZ^1").click()
    line = flow.root.locator(".bp-work .bp-line:visible")
    assert "ReLU′(" in line.text_content()
    flow.root.locator("label", has_text="tanh").click()
    assert "tanh′(" in line.text_content()


@pytest.mark.parametrize(("label", "name"), [("weight scale", "weight"), ("hidden bias", "bias")])
def test_a_slider_by_mouse_and_by_keyboard(flow, label, name):
    slider = flow.slider(label)
    flow.hover(slider)
    flow.page.wait_for_selector(".bp-touched")
    for share in (0, 0.72, 1):
        flow.drag(slider, share)
        agrees(flow, **{name: flow.reading(label)})
    flow.focus(slider)
    for key in ("Home", "ArrowRight", "PageUp", "End", "ArrowLeft"):
        flow.page.keyboard.press(key)
        agrees(flow, **{name: flow.reading(label)})
    assert flow.reading(label) == 2.9


def test_the_activation_by_mouse_and_by_keyboard(flow):
    for name in ("tanh", "sigmoid"):
        flow.root.locator("label", has_text=name).click()
        agrees(flow, activation=name)
    flow.focus(flow.root.get_by_role("radio", name="sigmoid"))
    flow.page.keyboard.press("ArrowRight")
    agrees(flow, activation="relu")


def test_a_slider_moves_the_numbers_at_any_stop(flow):
    stop(flow, "dW^2").click()
    flow.drag(flow.slider("weight scale"), 0.8)
    agrees(flow, "dW^2", weight=2.4)


def test_an_entry_is_picked_by_mouse_and_a_nudge_agrees(flow):
    flow.cell("dW[2]", 2).click()
    assert flow.words().endswith(
        "dW[2][1, 0] = −0.0625 + 0.5625 − 0.0625 + 0 = 0.4375, by nudging 0.4375."
    )
    rows = flow.root.locator(".bp-microscope tr").all_inner_texts()
    assert len(rows) == 4 + 2
    assert rows[1].split("\t")[0] == "A[1][1, 1] · dZ[2][1, 0]"
    assert [row.split("\t")[2] for row in rows[4:]] == ["0.4375", "0.4375"]
    assert rows[5].startswith("nudge W[2][1, 0]")
    flow.root.locator("label", has_text="tanh").click()
    values = [number(row) for row in flow.root.locator(".bp-microscope tr").all()]
    arrays = TRUTH.arrays(**TRUTH.parameters | {"activation": "tanh"})
    np.testing.assert_allclose(values[:4], arrays["dW^2 terms"][1, 0], atol=6e-5)
    np.testing.assert_allclose(values[4:], arrays["dW^2"][1, 0], atol=6e-5)


def number(row):
    return float(row.locator("td").nth(1).inner_text().replace("−", "-"))


@pytest.mark.parametrize(("name", "terms"), [("db[2]", 4), ("dA[1]", 2), ("dX", 3), ("dZ[1]", 1)])
def test_every_gradient_can_be_picked(flow, name, terms):
    flow.cell(name, 1).click()
    assert flow.root.locator(".bp-microscope .bp-term").count() == terms
    assert f"{name}[" in flow.words()


def test_an_entry_is_picked_by_keyboard(flow):
    home = flow.root.locator('[role=gridcell][tabindex="0"]')
    assert home.get_attribute("aria-label") == "dW[1][0, 0] is −.125"
    flow.focus(home)
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        flow.page.keyboard.press(key)
    assert "dW[1][1, 1] = 0.0625 + 0.1875 − 0.0625 + 0 = 0.1875, by nudging 0.1875." in flow.words()


def test_the_bars_are_the_lengths_and_arrive_with_their_gradients(flow):
    read = ".bp-bars .bp-length"
    _, arrays = TRUTH.present
    expected = [float(arrays[f"‖{name}‖"]) for name in ("dW^1", "dW^2", "db^1", "db^2")]
    said = [float(text) for text in flow.root.locator(read).all_inner_texts()]
    np.testing.assert_allclose(said, expected, atol=5e-4)
    stop(flow, "db^2").click()
    assert [bool(text) for text in flow.root.locator(read).all_inner_texts()] == [0, 1, 0, 1]


def test_row_3_wakes_up(flow):
    assert "Row 3 meets only units that are off" in flow.words()
    assert not flow.numbers("dZ[1]")[3].any()
    flow.drag(flow.slider("hidden bias"), 0.9)
    assert flow.numbers("dZ[1]")[3].any()
    assert "dead" not in flow.words()


def test_light_and_dark(flow, opened):
    ground = "(root) => getComputedStyle(root.querySelector('.bp-name .bp-symbol')).fill"
    light = flow.root.evaluate(ground)
    opened.theme("JupyterLab Dark")
    dark = flow.root.evaluate(ground)
    is_at(flow, "all")
    opened.theme("JupyterLab Light")
    assert dark != light == flow.root.evaluate(ground)


@pytest.mark.parametrize("width", [360, 830])
def test_a_narrow_page_is_not_made_wider(flow, width):
    resize = "(root, width) => { root.parentElement.style.width = width; return root.scrollWidth; }"
    tops = """(root) => new Set([...root.querySelectorAll('.bp-piece')]
        .map((piece) => Math.round(piece.getBoundingClientRect().top))).size"""
    assert flow.root.evaluate(resize, f"{width}px") <= width
    lines = flow.root.evaluate(tops)
    stop(flow, "dA^1").click()
    is_at(flow, "dA^1")
    flow.root.evaluate(resize, "")
    assert (lines == 1) == (width == 830)  # a laptop shows the equation in one line


def test_two_views_stay_in_step(notebook):
    opened = notebook(SHOW, "flow", "flow.go('dW^2')", "print(flow.step, flow.picked)")
    opened.run_all()
    one, two = Drawn(opened.page, 0), Drawn(opened.page, 1)
    for view in (one, two):
        view.root.locator(".bp-words", has_text="At dW[2]: ").wait_for()
        is_at(view, "dW^2")
    stop(two, "dA^1").click()
    is_at(one, "dA^1")
    one.drag(one.slider("hidden bias"), 0.75)
    for view in (one, two):
        agrees(view, "dA^1", bias=1.5)
    opened.page.wait_for_timeout(500)
    opened.run_cell(3)
    said = re.compile(r"^dA\^1 \['dA\^1', 0, 0\]\s*$")
    opened.page.locator(".jp-OutputArea-output", has_text=said).wait_for()


def test_the_scrubber_and_a_drag_do_not_wait_for_a_busy_kernel(notebook):
    opened = notebook(SHOW, "import time\ntime.sleep(10)")
    page = opened.page
    opened.run_all()
    flow = Drawn(page)
    flow.hover(flow.slider("weight scale"))
    page.wait_for_selector(".bp-touched")
    opened.run_cell(1)
    busy = page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    busy.wait_for(state="attached")
    for share, name in ((0.2, "dZ^2"), (0.8, "A^1"), (0.5, "dX")):
        flow.drag(flow.slider("weight scale"), share)
        stop(flow, name).click()
        agrees(flow, name, weight=flow.reading("weight scale"))
    assert busy.count()
    opened.wait_idle()
    agrees(flow, "dX", weight=1.5)


def test_a_deeper_network_and_one_too_wide_to_draw(notebook):
    opened = notebook(OTHERS, WIDE)
    opened.run_all()
    deep, wide = Drawn(opened.page, 0), Drawn(opened.page, 1)
    assert deep.root.locator(".bp-stops button").count() == 21
    assert deep.numbers("dW[3]").shape == (3, 2)
    assert wide.root.locator(".bp-board").count() == 0
    assert wide.words().startswith("Too large to be read as numbers: 50 examples")
    before = wide.picture()
    wide.drag(wide.slider("weight scale"), 0.9)
    assert wide.picture() != before
    assert opened.errors() == []
