"""Node by node on the page: what each arrow brings back, when it comes, and on a narrow page."""

import numpy as np
import pytest

from backprop_lib.explorers import NodeByNode, export
from tests.browser.drawn import Drawn, number

GIVEN = """(root) => [...root.querySelectorAll('svg[role=img]')]
    .filter((one) => one.getAttribute('aria-label')?.startsWith('Graph: ') && one.checkVisibility())
    .flatMap((one) => [...one.querySelectorAll('.bp-given')])
    .filter((text) => text.parentNode.style.display !== 'none').map((text) => text.textContent)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "node_by_node.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "MOST_FRAMES", 100)
        NodeByNode(lambda a: a * a + a, a=3.0).save_html(path)
    return path.as_uri()


def below_the_formula(drawn):
    line = drawn.root.locator(".bp-numbers:visible .bp-shape")
    return [number(text) for text in line.all_inner_texts()]


@pytest.mark.parametrize("width", [1000, 360])
def test_what_comes_back_adds_up(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    drawn = Drawn(page)
    across = drawn.root.locator(".bp-graph svg").first
    assert across.is_visible() == (width == 1000)
    assert drawn.root.locator(".bp-graph svg:visible").count() == 1

    def given():
        return drawn.root.evaluate(GIVEN)

    assert sorted(given()) == ["+1.000", "+3.000", "+3.000", "1.000"]
    stops = {"p": [], "L": [], "dL": [], "dp": ["+1.000", "1.000"],
             "da": ["+1.000", "+3.000", "+3.000", "1.000"]}  # fmt: skip
    for k, (name, expected) in enumerate(stops.items()):
        drawn.root.locator(".bp-stops button").nth(k).click()
        assert sorted(given()) == expected, name
    assert below_the_formula(drawn) == [7, 3, 1, 3, 1, 1]  # da = a · dp + a · dp + dL

    slider = drawn.slider("input a")
    drawn.focus(slider)
    page.keyboard.press("Home")
    drawn.leave()
    a = drawn.reading("input a")
    assert a < -5
    assert below_the_formula(drawn) == [2 * a + 1, a, 1, a, 1, 1]
    assert sorted(map(number, given())) == sorted([a, a, 1, 1])


def test_a_transposed_table_has_its_shape_below_it(page, tmp_path):
    path = tmp_path / "tables.html"
    explorer = NodeByNode(lambda X, W: (X @ W).sum(), X=np.ones((4, 2)), W=np.ones((2, 3)))
    explorer.save_html(path)
    page.goto(path.as_uri())
    drawn = Drawn(page)
    place = [stop.name for stop in explorer.walk.stops].index("dW")
    drawn.root.locator(".bp-stops button").nth(place).click()
    shapes = drawn.root.locator(".bp-numbers:visible .bp-shape").all_inner_texts()
    assert shapes == ["2×3", "2×4", "4×3"]  # dW = Xᵀ dP
