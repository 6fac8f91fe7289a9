"""The printed card is one page, made from the card as it is now, and always of the same bytes."""

import re
from importlib import import_module

import pytest

from tests.house.conftest import ROOT


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return import_module("card")


def test_the_page_is_that_of_the_card(tool):
    assert f"/Keywords ({tool.digest()})" in tool.PAGE.read_bytes().decode("latin-1"), (
        "the card has changed: make build"
    )


def test_it_is_one_page_and_the_same_bytes_twice(tool, monkeypatch, tmp_path):
    pages = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for page in pages:
        monkeypatch.setattr(tool, "PAGE", page)
        tool.write()
    one, two = (page.read_bytes() for page in pages)
    assert one == two
    assert len(re.findall(rb"/Type /Page\b", one)) == 1
    assert re.search(rb"/MediaBox \[ *0 0 595\.\d+ 841\.\d+ *\]", one)


def test_nothing_leaves_the_page_and_no_two_lines_meet(tool):
    figure = tool.draw()
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.texts if text.get_text()]
    width, height = figure.bbox.size
    for box in boxes:
        assert min(box.x0, box.y0) > 0
        assert box.x1 < width
        assert box.y1 < height
    for k, box in enumerate(boxes):
        others = boxes[k + 1 :]
        assert not any(_overlap(box, other) > 4 for other in others)


def _overlap(one, other):
    """Return by how many pixels two boxes reach into one another, in the lesser direction."""
    return min(
        min(one.x1, other.x1) - max(one.x0, other.x0),
        min(one.y1, other.y1) - max(one.y0, other.y0),
    )
