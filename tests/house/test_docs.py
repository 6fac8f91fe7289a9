"""The pages for learners, instructors and contributors: links that lead, snippets that run."""

import re

import nbformat
import pytest

from backprop_lib.checks import check
from backprop_lib.checks.course import exercises_of
from tests.house.small_course import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
TEACHING = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_names_of_files_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
    for target in links + re.findall(r'(?:src|srcset)="([^"]+)"', text):
        assert target.startswith("http") or (page.parent / target).exists(), target
    for name in re.findall(r"`((?:backprop_lib|tools|tests|docs|chapters|bench)/[\w./]*)`", text):
        assert (ROOT / name).exists() or "topic" in name, name


def snippets(holding):
    found = re.findall(r"```python\n(.*?)```", TEACHING, re.DOTALL)
    return [code for code in found if holding in code]


@pytest.mark.parametrize(("folder", "passed"), [("solutions", True), ("exercises", False)])
def test_a_class_can_be_graded_by_the_lines_of_the_page(
    folder, passed, tools, tmp_path, monkeypatch, capsys
):
    (code,) = snippets("ada.ipynb")
    books = tools.sources.plan(["02_dense_backward"])
    nbformat.write(books[ROOT / folder / "02_dense_backward.ipynb"], tmp_path / "ada.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKPROP_NO_PROGRESS", "1")
    exec(code, {})
    names = [exercise.name for exercise in exercises_of("02_dense_backward")]
    said = [line for line in capsys.readouterr().out.splitlines() if line.split()[0] in names]
    assert said == [f"{name} {passed}" for name in names]


def test_a_verdict_is_what_the_page_says(monkeypatch):
    monkeypatch.setenv("BACKPROP_NO_PROGRESS", "1")

    def dense_backward(dZ, X, W):
        return dZ @ W.T, X.T @ dZ, dZ

    (code,) = snippets("verdict.passed")
    code = code.replace("verdict.require()", "").splitlines()
    space = {"check": check, "dense_backward": dense_backward}
    for line in code:
        exec(line, space)
    verdict = space["verdict"]
    assert not verdict.passed
    assert repr(verdict.mistakes) in TEACHING
    with pytest.raises(AssertionError, match="dense_backward: wrong"):
        verdict.require()
