"""What the tests of the build share: its modules, and a small course that it builds."""

from importlib import import_module
from types import SimpleNamespace

import nbformat
import pytest

from tests.house.small_course import ROOT, Course


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    names = "build", "drift", "outputs", "sources"
    return SimpleNamespace(**{name: import_module(name) for name in names})


@pytest.fixture
def course(tmp_path, tools, monkeypatch, capsys):
    """A course whose cells are counted, not run: quick, where what they show does not matter."""

    async def run_all(books):
        for book in books.values():
            for k, cell in enumerate((c for c in book.cells if c.cell_type == "code"), start=1):
                cell.execution_count = k
                if "raises-exception" in cell.metadata.get("tags", []):
                    cell.outputs = [nbformat.v4.new_output("error", ename="IndexError", evalue="5")]
        return [None]

    monkeypatch.setattr(tools.build, "run_all", run_all)
    return Course(tmp_path, tools, monkeypatch, capsys)


@pytest.fixture
def running_course(tmp_path, tools, monkeypatch, capsys):
    return Course(tmp_path, tools, monkeypatch, capsys)
