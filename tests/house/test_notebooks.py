"""The notebooks of the course: what their sources say, small, their pictures said in words."""

import os
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = "chapters", "exercises", "solutions"
PATHS = [path for kind in KINDS for path in sorted(ROOT.glob(f"{kind}/*.ipynb"))]

every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda p: f"{p.parent.name}/{p.stem}")


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_notebooks(kind):
    assert kind in [path.parent.name for path in PATHS]


def test_every_notebook_is_what_its_source_says(tools):
    wrong, _, pristine = tools.drift.drift(strict=os.environ.get("CI") == "true")
    assert wrong == []
    assert pristine


@every_notebook
def test_every_picture_is_said_in_a_sentence(path, tools):
    if tools.sources.is_somebodys(path):
        return  # a reader at work owes nobody a sentence
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    sentence = output.metadata.get(kind, {}).get("alt", "")
                    assert len(sentence) >= 20
                    assert sentence == output.data["text/plain"]


@every_notebook
def test_no_notebook_is_larger_than_600_kb(path):
    assert path.stat().st_size <= 600_000
