"""What goes wrong is said in one line, and what is there stays: NaN, errors, a kernel that dies."""

import numpy as np

from tests.browser.drawn import Drawn, new_page
from tests.browser.lab import Notebook, write_notebook
from tests.explorers.demos import Chain, Nudge

NOT_FINITE = """
import numpy as np
from tests.explorers.demos import Nudge

class NotFinite(Nudge):
    not_finite = ("W", "dW")

    def compute(self, exponent, f):
        arrays = super().compute(exponent, f)
        if exponent > -5:
            arrays["W"] = np.array([[np.nan, -np.inf]])
            arrays["central"] = np.where(np.arange(53) % 2, np.nan, arrays["central"])
        return arrays

NotFinite()
"""
BROKEN = "from tests.explorers.demos import Chain\nChain(broken=True)"
MORTAL = "from tests.explorers.demos import Chain\nChain()"
DIES = "import os\nos.kill(os.getpid(), 9)"


def test_what_is_not_finite_is_marked_and_named(page, lab):
    opened = Notebook(page, lab, write_notebook(lab, NOT_FINITE, name="nan.ipynb"))
    opened.run_all()
    drawn = Drawn(page)
    assert drawn.root.locator(".bp-bad").count() == 0
    drawn.focus(drawn.slider("log"))
    page.keyboard.press("ArrowRight")
    cells = drawn.root.locator(".bp-bad")
    cells.first.wait_for()
    assert cells.count() == 2
    (row,) = drawn.cells("W")
    assert [cell["text"] for cell in row if cell["bad"]] == ["NaN", "−∞"]
    cells.first.hover()
    assert drawn.root.locator(".bp-tag").inner_text() == "W[0, 0] = NaN"
    curve = drawn.root.locator(".bp-curve").first.get_attribute("d")
    assert curve.count("M") > 20  # broken where it is not finite
    drawn.leave()
    page.wait_for_timeout(300)
    assert np.isfinite(Nudge().present[1]["W"]).all()
    assert opened.errors() == []


def test_an_error_in_compute_is_one_line_and_the_picture_stays(page, lab):
    opened = Notebook(page, lab, write_notebook(lab, BROKEN, name="broken.ipynb"))
    opened.run_all()
    drawn = Drawn(page)
    drawn.drag(drawn.slider("w"), 1)
    alert = drawn.root.get_by_role("alert")
    alert.get_by_text("ValueError: w is too much. The last good picture stands.").wait_for()
    assert drawn.root.locator(".bp-graph").is_visible()
    drawn.drag(drawn.slider("w"), 0.5)
    alert.wait_for(state="hidden")
    assert "L is 0.25" in drawn.words()
    assert opened.errors() == []


def test_when_the_kernel_dies_in_a_drag_what_is_there_can_still_be_moved(browser, lab):
    """JupyterLab itself complains on the console of a kernel that is gone: this page may."""
    page = new_page(browser)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    opened = Notebook(page, lab, write_notebook(lab, MORTAL, DIES, name="mortal.ipynb"))
    opened.run_cell(0)
    drawn = Drawn(page)
    w = drawn.slider("w")
    drawn.hover(w)
    page.wait_for_selector(".bp-touched")
    page.wait_for_timeout(500)
    opened.run_cell(1)
    page.locator(".jp-Dialog").wait_for()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    truth = Chain()
    for share, value in ((0.25, -1.0), (0.75, 1.0), (1, 2.0)):
        drawn.drag(w, share)
        expected = truth.words(truth.arrays(x=1.5, w=value), x=1.5, w=value)
        assert drawn.words().startswith(expected)
    alert = drawn.root.get_by_role("alert")
    alert.get_by_text("The kernel is busy, or gone. What is here can still be moved.").wait_for()
    drawn.drag(w, 0)
    assert drawn.reading("w") == -2
    assert [text for text in wrong if "bp" in text or "explorer" in text.lower()] == []
    page.context.close()
