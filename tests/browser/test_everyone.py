"""Everyone: keyboard alone, screen readers, high zoom, narrow pages, little motion, any theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from backprop_lib import explorers
from backprop_lib.explorers import export
from tests.browser.drawn import Drawn, new_page
from tests.browser.lab import Notebook, write_notebook
from tests.explorers.demos import DEMOS, Race

KINDS = [*(getattr(explorers, name) for name in explorers.__all__), *DEMOS]
SERIOUS = {"serious", "critical"}
FOCUSED = """() => {
    const node = document.activeElement;
    const { width, height } = node.getBoundingClientRect();
    const outline = getComputedStyle(node).outlineStyle !== 'none'
        || node.matches('[type=radio], .bp-cell');  // these show it beside themselves
    return [node.className.baseVal ?? node.className, node.tagName, node.type ?? '',
        width > 0 && height > 0 && outline];
}"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Every explorer as a page, on a grid as coarse as can be: {kind: address}."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "MOST_FRAMES", 1)
        for kind in KINDS:
            path = folder / f"{kind.__name__}.html"
            kind().save_html(path)
            pages[kind] = path.as_uri()
    return pages


def open_page(browser, address, width=1200, height=1000, **settings):
    page = new_page(browser, viewport={"width": width, "height": height}, **settings)
    page.goto(address)
    return Drawn(page)


def findings(page, only=None):
    """Return what axe-core finds serious, one line for each."""
    result = Axe().run(page, context=only)
    return [
        f"{found['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
        for found in result.response["violations"]
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_axe_finds_nothing_serious(browser, saved, kind, scheme):
    drawn = open_page(browser, saved[kind], color_scheme=scheme)
    assert findings(drawn.page) == []
    for slider in drawn.sliders():
        drawn.focus(slider)
        drawn.page.keyboard.press("ArrowLeft")
    assert findings(drawn.page) == []
    drawn.page.context.close()


def test_axe_finds_nothing_serious_in_a_notebook(page, lab):
    cell = "from tests.explorers.demos import *\n"
    cells = [cell, *(f"{kind.__name__}()" for kind in DEMOS)]
    opened = Notebook(page, lab, write_notebook(lab, *cells, name="axe.ipynb"))
    opened.run_all()
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        opened.theme(theme)
        assert findings(page, ".bp-explorer") == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_tab_key_reaches_every_control_and_shows_where_it_is(browser, saved, kind):
    drawn = open_page(browser, saved[kind])
    page, explorer = drawn.page, kind()
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at[1] == "BODY":
            break
        reached.append(at)
    assert all(shown for *_, shown in reached), reached
    kinds = [control.spec()["kind"] for control in explorer.shown]
    sliders = sum(one in ("number", "integer", "scrubber") for one in kinds)
    rails = bool(explorer.walk)
    assert sum(kind == "range" for _, _, kind, _ in reached) == sliders + rails
    assert sum(kind == "radio" for _, _, kind, _ in reached) == kinds.count("choice")
    assert sum(kind == "checkbox" for _, _, kind, _ in reached) == kinds.count("switch")
    page.context.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_control_has_a_name_and_its_move_is_said(browser, saved, kind):
    drawn = open_page(browser, saved[kind])
    page, explorer = drawn.page, kind()
    voice = drawn.root.locator("[aria-live=polite]")
    for control in explorer.shown:
        role = {"choice": "radio", "switch": "switch"}.get(control.spec()["kind"], "slider")
        name = control.label if role != "radio" else control.says(control.positions()[0])
        target = drawn.root.get_by_role(role, name=name).first
        target.wait_for(state="attached")
        if role == "slider":
            assert target.get_attribute("aria-valuetext")
    slider = drawn.root.locator(".bp-controls").get_by_role("slider").first
    drawn.focus(slider)
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(600)
    assert voice.inner_text() == drawn.words()
    page.context.close()


@pytest.mark.parametrize("width", [360, 640])  # a phone; 1,280 pixels at a zoom of 200 %
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_is_cut_off_where_there_is_little_room(browser, saved, kind, width):
    drawn = open_page(browser, saved[kind], width, 800, device_scale_factor=2)
    wide = drawn.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width
    beyond = drawn.root.evaluate(
        """(root) => [...root.querySelectorAll('*')].filter((node) => {
            const { right, left, width, height } = node.getBoundingClientRect();
            const shown = width && height && getComputedStyle(node).visibility !== 'hidden';
            return shown && !node.closest('.bp-voice, .bp-tag')
                && (right > innerWidth + 1 || left < -1);
        }).map((node) => `${node.tagName} ${node.textContent.slice(0, 40)}`)"""
    )
    assert beyond == []
    drawn.page.context.close()


@pytest.fixture
def race(tmp_path):
    """The race with all its steps, as a page: its address."""
    Race().save_html(tmp_path / "race.html")
    return (tmp_path / "race.html").as_uri()


def test_who_wants_little_motion_sees_few_and_slow_steps(browser, race):
    drawn = open_page(browser, race, reduced_motion="reduce")
    page = drawn.page
    moving = page.evaluate("() => document.getAnimations().length")
    assert moving == 0
    drawn.focus(drawn.slider("step"))
    page.keyboard.press("Home")
    drawn.root.get_by_role("button", name="play").click()
    seen = set()
    for _ in range(12):
        page.wait_for_timeout(100)
        seen.add(drawn.reading("step"))
    assert len(seen) <= 3
    page.context.close()


def test_space_plays_and_pauses(browser, race):
    drawn = open_page(browser, race)
    play = drawn.root.get_by_role("button", name="play")
    drawn.focus(play)
    drawn.page.keyboard.press("Space")
    drawn.root.get_by_role("button", name="pause").wait_for()
    before = drawn.reading("step")
    drawn.page.wait_for_timeout(400)
    drawn.page.keyboard.press("Space")
    assert drawn.reading("step") > before
    drawn.page.context.close()
