"""Every chapter and a solution, run from top to bottom in JupyterLab, each control moved."""

import re
import shutil

import pytest

from tests.browser.drawn import Drawn, eventually
from tests.browser.lab import ROOT, Notebook

PLACES = ("chapters", "solutions")
# The glossary has nothing to run. One solution has an explorer; the others hold cards alone.
CHAPTERS = [file for file in (ROOT / "chapters").glob("*.ipynb") if file.stem != "glossary"]
SOLUTION = ROOT / "solutions" / "09_training.ipynb"
NOTEBOOKS = sorted(str(file.relative_to(ROOT)) for file in (*CHAPTERS, SOLUTION))


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 12


@pytest.fixture(scope="module")
def copies(lab):
    """The chapters and solutions, with all that lies beside them, away from the reader's own."""
    for place in PLACES:
        shutil.copytree(ROOT / place, lab.folder / place)


def test_the_readmes_badge_opens_the_first_chapter(page, lab, copies):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    place = re.search(r"https://mybinder\.org/\S+\?urlpath=([^)]+)\)", readme)[1]
    page.goto(f"{lab.url}/{place}?token={lab.token}&reset")
    page.locator(".jp-Notebook").get_by_role("heading", name="Start here").wait_for()


@pytest.fixture(params=NOTEBOOKS)
def chapter(request, page, lab, copies):
    """A copy of the notebook, run in JupyterLab."""
    opened = Notebook(page, lab, request.param)
    opened.run_all()
    return opened


def test_a_notebook_runs_and_every_control_moves(chapter):
    assert chapter.errors() == []
    cells = chapter.cells()
    count = chapter.page.locator(".bp-explorer").count()
    for place in range(count):
        drawn = Drawn(chapter.page, place)
        for slider in drawn.sliders():
            move_by_mouse(drawn, slider)
            move_by_keyboard(drawn, slider)
        for radio in drawn.choices():
            choose(drawn, radio)
        pick_by_keyboard(drawn)
    assert chapter.cells() == cells
    assert chapter.errors() == []


def move_by_mouse(drawn, slider):
    for share in (0, 1) if drawn.share(slider) > 0.5 else (1, 0):
        before = drawn.picture()
        drawn.drag(slider, share)
        eventually(drawn, lambda before=before: differs(drawn, before))
        assert drawn.share(slider) == share
    drawn.leave()


def move_by_keyboard(drawn, slider):
    drawn.focus(slider)
    there_and_back = ("ArrowRight", "ArrowLeft")
    for key in there_and_back if drawn.share(slider) < 0.5 else reversed(there_and_back):
        before = drawn.picture()
        drawn.page.keyboard.press(key)
        eventually(drawn, lambda before=before: differs(drawn, before))
    drawn.leave()


def differs(drawn, before):
    assert drawn.picture() != before


def choose(drawn, radio):
    """By mouse, then to its neighbour by the arrow key and back."""
    label = radio.locator("xpath=..")
    label.scroll_into_view_if_needed()
    label.click()
    assert radio.is_checked()
    chosen = drawn.picture()
    drawn.focus(radio)
    drawn.page.keyboard.press("ArrowRight")
    eventually(drawn, lambda: differs(drawn, chosen))
    drawn.page.keyboard.press("ArrowLeft")
    assert radio.is_checked()
    drawn.leave()


def pick_by_keyboard(drawn):
    stop = drawn.root.locator('[role=gridcell][tabindex="0"]')
    if not stop.count():
        return
    drawn.focus(stop)
    before = stop.get_attribute("aria-label")
    for key in ("ArrowDown", "ArrowRight", "Enter", "a", "b"):
        drawn.page.keyboard.press(key)
    assert stop.get_attribute("aria-label") != before
    drawn.leave()
