"""What a class is given holds the whole course, nobody's answers, and none of the solutions."""

import ast
import re
import textwrap
from importlib import import_module

import nbformat
import pytest

from tests.house.small_course import ROOT

SOURCES = sorted((ROOT / "solutions/source").glob("*.py"))
BLOCK = re.compile(r"(?ms)^[ \t]*# BEGIN SOLUTION\n(.*?)^[ \t]*# END SOLUTION$")


@pytest.fixture
def tool(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = import_module("handout")
    monkeypatch.setattr(tool, "FOLDER", tmp_path / "handout")
    return tool


@pytest.fixture
def folder(tool, monkeypatch):
    """The folder, made from the notebooks that nobody has answered."""
    pristine = tool.drift(strict=False)[2]
    monkeypatch.setattr(tool, "drift", lambda strict: ([], [], pristine))
    tool.main()
    return tool.FOLDER


def solutions(source):
    """Yield the lines of each solution, without their indentation."""
    for block in BLOCK.findall(source.read_text("utf-8")):
        yield textwrap.dedent(block).strip()


def texts(folder):
    """Yield every text of the folder that is not the library's, notebooks cell by cell."""
    for path in folder.rglob("*"):
        if path.suffix == ".ipynb":
            yield from ((path, cell.source) for cell in nbformat.read(path, as_version=4).cells)
        elif path.suffix in {".py", ".md", ".toml", ".yml"} and "backprop_lib" not in path.parts:
            yield path, path.read_text("utf-8")


def test_no_solution_is_in_it(folder):
    """The library holds formulas, and its checks must know what is right. All else is searched."""
    held = list(texts(folder))
    assert not [path for path in folder.rglob("*") if "solution" in path.name.lower()]
    for source in SOURCES:
        cells = [text for path, text in held if path.match(f"exercises/{source.stem}.ipynb")]
        code = "\n".join(textwrap.dedent(line) for cell in cells for line in cell.splitlines())
        asked = BLOCK.sub("", source.read_text("utf-8"))
        for solution in solutions(source):
            if solution.count("\n"):
                assert not [path for path, text in held if solution in text]
            for line in solution.splitlines():
                known = line.strip() in asked or len(line.strip()) < 12
                assert known or line.strip() not in code, f"{source.stem}: {line}"


def test_the_whole_course_is_in_it_and_can_be_opened(folder, tool):
    for kind in tool.NOTEBOOKS:
        there = {path.name for path in (folder / kind).glob("*.ipynb")}
        assert there
        assert there <= {path.name for path in (ROOT / kind).glob("*.ipynb")}
    for path in (folder / "backprop_lib").rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    named = re.findall(r"(?:chapters|exercises|tools)/[\w./]+\w|environment\.yml", readme(folder))
    assert named
    assert all((folder / name).exists() for name in named)
    licences = re.findall(
        r'"([\w./-]*LICEN[SC]E[\w./-]*)"', (folder / "pyproject.toml").read_text()
    )
    assert licences
    assert all((folder / name).exists() for name in [*licences, "README.md"])
    assert not [path for path in folder.rglob("*") if path.name == "__pycache__"]


def readme(folder):
    return (folder / "README.md").read_text("utf-8")


def test_links_lead_into_the_folder(folder):
    for path, text in texts(folder):
        if path.suffix != ".ipynb":
            continue
        for target in re.findall(r"\]\(([\w./-]+)\)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.parametrize(
    ("wrong", "theirs", "words"),
    [
        (["exercises/01.ipynb is missing; run make build."], [], "01.ipynb is missing"),
        ([], [ROOT / "exercises/01_forward_pass.ipynb"], "somebody has worked in"),
    ],
)
def test_answers_are_not_handed_out(tool, monkeypatch, wrong, theirs, words):
    monkeypatch.setattr(tool, "drift", lambda strict: (wrong, theirs, []))
    with pytest.raises(tool.Stop, match=words):
        tool.main()
    assert not tool.FOLDER.exists()


def test_what_is_there_is_not_overwritten(tool):
    tool.FOLDER.mkdir()
    with pytest.raises(tool.Stop, match="is there already"):
        tool.main()
    assert list(tool.FOLDER.iterdir()) == []
