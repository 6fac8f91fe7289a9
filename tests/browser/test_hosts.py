"""What every host must do; `make test-binder` runs it in the JupyterLab that Binder has."""

import numpy as np
import pytest

from backprop_lib import explorers
from tests.browser.conftest import watched_page
from tests.browser.drawn import Drawn, eventually
from tests.browser.lab import Notebook, write_notebook

IMPORT = "from backprop_lib.explorers import *"
KINDS = explorers.__all__
MOVED = {"ForwardPass": "weight", "GradientFlow": "bias"}  # the control that a hand moves


@pytest.fixture(scope="module")
def drawn(shared_page, lab):
    """All explorers by name, below one another in one cell: cells out of sight may be hidden."""
    cell = "\n".join([IMPORT, *(f"display({kind}())" for kind in KINDS)])
    Notebook(shared_page, lab, write_notebook(lab, cell, name="all.ipynb")).run_all()
    return {kind: Drawn(shared_page, place) for place, kind in enumerate(KINDS)}


def said(kind, **parameters):
    """Return what an explorer says at these parameters."""
    truth = getattr(explorers, kind)()
    truth.set(**parameters)
    return repr(truth)


@pytest.mark.parametrize("kind", KINDS)
def test_an_explorer_is_drawn_and_says_numpys_numbers(drawn, kind):
    assert drawn[kind].words() == said(kind)
    assert drawn[kind].root.locator(".bp-panel").first.is_visible()


@pytest.mark.parametrize("kind", MOVED)
def test_a_drag_moves_one_explorer_and_no_other(drawn, kind):
    others = {other: one.picture() for other, one in drawn.items() if other != kind}
    one, name = drawn[kind], MOVED[kind]
    for share in (0.1, 0.8):
        one.drag(one.slider(name), share)
        value = one.reading(name)
        eventually(one, lambda value=value: _says(one, kind, {name: value}))
    one.leave()
    assert {other: drawn[other].picture() for other in others} == others


def _says(one, kind, parameters):
    assert one.words() == said(kind, **parameters)


def test_a_saved_notebook_shows_the_explorer_where_it_was_left(browser, lab):
    """Opened again, its kernel gone: JupyterLab has kept the frame; a move says what is missing."""
    with watched_page(browser) as page:
        name = write_notebook(lab, IMPORT + "\nForwardPass()", name="left.ipynb")
        opened = Notebook(page, lab, name)
        opened.run_all()
        one = Drawn(page)
        one.drag(one.slider("weight"), 0.8)
        value = one.reading("weight")
        eventually(one, lambda: _says(one, "ForwardPass", {"weight": value}))
        page.wait_for_timeout(1000)
        opened.menu("File", "Save Notebook")
        page.wait_for_timeout(1500)
    lab.end_kernel(name)
    with watched_page(browser) as page:
        Notebook(page, lab, name)
        one = Drawn(page)
        _says(one, "ForwardPass", {"weight": value})
        truth = explorers.ForwardPass()
        truth.set(weight=value)
        np.testing.assert_allclose(one.numbers("Z"), truth.present[1]["Z"], atol=0.00501)
        one.drag(one.slider("weight"), 0.2)
        one.root.get_by_role("alert").get_by_text("The kernel is busy, or gone.").wait_for()


def test_a_notebook_as_it_comes_shows_the_picture(page, lab):
    """Run elsewhere and never here, as after a clone: there is no model, but there is a picture."""
    cells = [IMPORT, "ForwardPass()"]
    Notebook(page, lab, write_notebook(lab, *cells, name="as_it_comes.ipynb", run=True))
    page.locator(".jp-OutputArea-output img").wait_for()
    assert page.locator(".bp-explorer").count() == 0
    assert page.get_by_text("model not found").count() == 0
