"""Every panel, in a notebook and in a saved page: what is drawn is what numpy said."""

import re

import numpy as np
import pytest

from backprop_lib import look
from backprop_lib.explorers import ErrorCurve, front_end
from tests.browser.drawn import Drawn, new_page, number
from tests.browser.lab import Notebook, write_notebook
from tests.explorers.demos import DEMOS, Chain, Depth, Nudge, Race

CELL = "from tests.explorers.demos import *\n{}()"


class Hosts:
    """The demos, each shown once in each host."""

    def __init__(self, page, lab, folder):
        self.page, self.lab, self.folder = page, lab, folder

    def show(self, kind, host):
        if host == "file":
            path = self.folder / f"{kind.__name__}.html"
            kind().save_html(path)
            self.page.goto(path.as_uri())
        else:
            cell = CELL.format(kind.__name__)
            name = f"{kind.__name__}.ipynb"
            Notebook(self.page, self.lab, write_notebook(self.lab, cell, name=name)).run_all()
        return Drawn(self.page)


@pytest.fixture(params=["notebook", "file"])
def show(request, page, lab, tmp_path):
    hosts = Hosts(page, lab, tmp_path)
    return lambda kind: hosts.show(kind, request.param)


def tag(drawn):
    return drawn.root.locator(".bp-tag").inner_text()


def read(drawn, drawing, key="ArrowRight"):
    """Return the numbers that an arrow key reads aloud."""
    drawn.page.keyboard.press("Shift")
    drawing.focus()
    drawn.page.keyboard.press(key)
    said = tag(drawn)
    return [float(found) for found in re.findall(r"-?\d[\d.]*(?:e-?\d+)?", said.replace("−", "-"))]


def test_a_race_over_a_landscape(show):
    drawn = show(Race)
    truth = Race()
    page, root = drawn.page, drawn.root
    play = root.get_by_role("button", name="play")
    play.click()
    page.wait_for_timeout(500)
    root.get_by_role("button", name="pause").click()
    assert drawn.reading("step") > 25
    drawn.leave()
    drawn.focus(drawn.slider("step"))
    page.keyboard.press("Home")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    t = int(drawn.reading("step"))
    drawn.leave()
    arrays = truth.arrays(**truth.parameters | {"t": t})
    labels = root.locator(".bp-labelled text").all_text_contents()
    for name, label in (("descent", "descent"), ("heavy", "momentum")):
        value = arrays[f"{name} loss"][t]
        (said,) = [text for text in labels if text.startswith(label)]
        assert number(said.split()[1]) == pytest.approx(value, abs=6e-4)
        paths = root.locator(".bp-map .bp-curve").all()
        points = paths[["descent", "heavy"].index(name)].get_attribute("d")[1:].split("L")
        drawn_points = np.array([[float(v) for v in point.split()] for point in points])
        expected = arrays[name][: t + 1]
        across = 360 * (np.clip(expected[:, 0], -3, 3) + 3) / 6
        up = 270 * (2 - np.clip(expected[:, 1], -2, 2)) / 4
        np.testing.assert_allclose(drawn_points, np.column_stack([across, up]), atol=0.06)
    first = read(drawn, root.locator(".bp-map svg"))
    assert first[-1] == pytest.approx(arrays["field"][-1, 0], rel=1e-5)
    _, *values = read(drawn, root.locator(".bp-labelled svg"))
    expected = [arrays["descent loss"][0], arrays["heavy loss"][0]]
    np.testing.assert_allclose(values, expected, rtol=1e-5)


def test_curves_in_decades(show):
    drawn, truth = show(Nudge), Nudge()
    drawn.focus(drawn.slider("log"))
    drawn.page.keyboard.press("Home")
    drawn.leave()
    arrays = truth.arrays(exponent=-14, f="exp")
    lengths = drawn.root.locator(".bp-length").all_inner_texts()
    expected = [arrays["now"], arrays["now one-sided"]]
    np.testing.assert_allclose([number(text) for text in lengths], expected, rtol=0.2, atol=6e-4)
    h, *values = read(drawn, drawn.root.locator(".bp-labelled svg"))
    assert h == pytest.approx(1e-14)
    np.testing.assert_allclose(values, [arrays["central"][0], arrays["one-sided"][0]], rtol=1e-5)
    ticks = drawn.root.locator(".bp-labelled text").all_text_contents()
    assert {"10⁻¹⁴", "10⁻¹¹", "10⁰"} <= set(ticks)
    drawn.root.locator("label", has_text="sin").click()
    assert "sin" in drawn.root.locator(".bp-line:visible").nth(1).inner_text()


def test_a_power_of_ten_is_one_in_float32_too(page, tmp_path):
    drawn = Hosts(page, None, tmp_path).show(ErrorCurve, "file")  # down to 1e-17
    assert "10⁻¹⁷" in drawn.root.locator(".bp-labelled text").all_text_contents()


def pixels(drawn):
    """Return the alpha of every square of a heatmap."""
    return np.array(
        drawn.root.locator("canvas").first.evaluate(
            """(canvas) => {
                const { data } = canvas.getContext('2d')
                    .getImageData(0, 0, canvas.width, canvas.height);
                return [...data].filter((_, k) => k % 4 === 3);
            }"""
        )
    )


def test_heatmap_ridges_and_bars(show):
    drawn, truth = show(Depth), Depth()
    A = truth.present[1]["A^1"]
    expected = 255 * look.CAP * abs(A) / (abs(A) + look.TINT["value"])
    np.testing.assert_allclose(pixels(drawn).reshape(A.shape), expected, atol=1.01)
    starts = drawn.root.locator(".bp-bars b").evaluate_all("bs => bs.map((b) => b.offsetLeft)")
    assert len(starts) == 4
    assert len(set(starts)) == 1
    sizes = "drawn => drawn.map((one) => one.getScreenCTM().a)"  # 1: letters keep their size
    np.testing.assert_allclose(drawn.root.locator(".bp-plot svg").evaluate_all(sizes), 1, atol=0.01)
    canvas = drawn.root.locator("canvas")
    box = canvas.bounding_box()
    canvas.hover(position={"x": box["width"] * 2.5 / 40, "y": box["height"] * 4.5 / 20})
    assert tag(drawn).startswith("A[1][4, 2] = ")
    assert number(tag(drawn).split("= ")[1]) == pytest.approx(A[4, 2], rel=1e-6)
    drawn.leave()
    assert not drawn.root.locator(".bp-tag").is_visible()

    said = [number(text) for text in drawn.root.locator(".bp-length").all_inner_texts()]
    np.testing.assert_allclose(said, truth.present[1]["pull"], atol=6e-4)
    ridge = drawn.root.locator(".bp-area").first.get_attribute("d")
    heights = 34 - np.array([float(v) for v in re.findall(r"V([\d.]+)h", ridge)])
    shares = truth.present[1]["spread 1"]
    np.testing.assert_allclose(heights / 32, shares / shares.max(), atol=0.01)

    lines = drawn.root.locator(".bp-labelled svg")
    ticks = lines.locator("text").all_text_contents()
    assert {"10⁻³", "10⁰"} <= set(ticks)  # its span, though no value is so small
    assert lines.bounding_box()["width"] > 0.97 * drawn.root.bounding_box()["width"]

    assert drawn.root.get_by_text("NaN or infinite").count() == 0
    switch = drawn.root.get_by_role("switch", name="a NaN")
    drawn.focus(switch)
    drawn.page.keyboard.press("Space")
    drawn.root.get_by_text("3 of 800 entries are NaN or infinite").wait_for()
    assert (pixels(drawn).reshape(A.shape)[1, 2:5] == 255).all()
    canvas.hover(position={"x": box["width"] * 3.5 / 40, "y": box["height"] * 1.5 / 20})
    assert tag(drawn) == "A[1][1, 3] = ∞"
    drawn.root.get_by_role("button", name="reset").click()
    assert not switch.is_checked()


def test_a_graph_and_its_walk(show):
    drawn, truth = show(Chain), Chain()

    def boxes():
        texts = drawn.root.locator(".bp-graph svg > g > text:visible").all_text_contents()
        pairs = (re.fullmatch(r"(d?[A-Za-z]+)([−\d.]+)", text) for text in texts)
        return {pair[1]: number(pair[2]) for pair in pairs if pair}

    drawn.drag(drawn.slider("w"), 1)
    drawn.leave()
    arrays = truth.arrays(**truth.parameters | {"w": 2.0})
    assert boxes() == pytest.approx({name: float(a) for name, a in arrays.items()
                                     if name in set("wxbuzL") | {f"d{n}" for n in "wxbuzL"}},
                                    abs=0.006)  # fmt: skip
    drawn.root.locator(".bp-stops button").nth(2).click()
    assert set(boxes()) == {*"wxbuzL", "dL"}
    assert drawn.root.get_by_role("img", name="Graph: ").get_attribute("aria-label")
    drawn.root.get_by_role("button", name="reset").click()
    assert "dx" in boxes()
    assert drawn.reading("w") == -1


def test_every_demo_is_a_page_of_one_file(browser, tmp_path):
    """No request leaves the page, and every control moves something."""
    page = new_page(browser, offline=True, viewport={"width": 1200, "height": 1000})
    wrong = []
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith("file:") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    for kind in DEMOS:
        explorer = kind()
        path = tmp_path / "demo.html"
        explorer.save_html(path)
        page.goto(path.as_uri())
        drawn = Drawn(page)
        assert drawn.words().startswith(explorer.words(explorer.present[1], **explorer.parameters))
        for slider in drawn.sliders():
            before = drawn.picture()
            drawn.focus(slider)
            page.keyboard.press("Home" if drawn.share(slider) > 0 else "End")
            assert drawn.picture() != before
        note = page.locator(".note").nth(1).inner_text()
        assert "no kernel and no network" in note
        assert ("step 31 of 61" in note or "coarse" not in note) or kind is not Race
    page.context.close()
    assert wrong == []


def test_numbers_arrive_in_any_kind_of_buffer(browser):
    """JupyterLab sends DataViews, others Uint8Arrays or ArrayBuffers, at any place in memory."""
    module = front_end.module([]).replace("export default", "const made =")
    page = browser.new_page()
    said = page.evaluate(
        """(module) => {
            const floats = new Function(`${module}; return floats;`)();
            const numbers = Float32Array.of(1.5, -2, NaN, 1e30);
            const shifted = new Uint8Array(24);
            shifted.set(new Uint8Array(numbers.buffer), 3); // not at a multiple of four bytes
            return [numbers.buffer, new DataView(numbers.buffer), new Uint8Array(numbers.buffer),
                new DataView(shifted.buffer, 3, 16), shifted.subarray(3, 19)]
                .map((buffer) => [...floats(buffer)].map(String));
        }""",
        module,
    )
    assert said == [["1.5", "-2", "NaN", "1.0000000150474662e+30"]] * 5
    page.close()
