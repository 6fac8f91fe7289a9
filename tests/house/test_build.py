"""tools/build.py gives the same bytes twice, stops in words, and loses nobody's work."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.house.small_course import (
    CHAPTER,
    CHAPTER_BOOK,
    EXERCISE,
    EXERCISE_BOOK,
    ROOT,
    SOLUTION_BOOK,
    answer,
)

SHOWS = """\
```{code-cell}
import base64, io, os, time
import anywidget
from IPython.display import display
from matplotlib.figure import Figure
from tqdm.auto import tqdm

for epoch in tqdm(range(4), desc="training", unit="epoch"):
    print(epoch, flush=True)
    time.sleep(0.1)
assert os.environ["BACKPROP_NO_PROGRESS"] == "1"  # the build is no learner
```

```{code-cell}
def bundle(words):
    file = io.BytesIO()
    figure = Figure(figsize=(1, 1))
    figure.subplots().plot([1, 2])
    figure.savefig(file, format="png")
    png = base64.b64encode(file.getvalue()).decode()
    return {"image/png": png, "text/plain": words}, {"image/png": {"alt": words}}

class Explorer(anywidget.AnyWidget):
    _esm = "export default {render({model, el}) {el.textContent = 'live'}}"

    def _repr_mimebundle_(self, **keywords):
        data, metadata = super()._repr_mimebundle_(**keywords)
        picture, alt = bundle("A line that rises from one to two.")
        return data | picture, metadata | alt

data, metadata = bundle("The same line, drawn once more.")
display(data, metadata=metadata, raw=True)
Explorer()
```
"""


def test_two_builds_give_the_same_bytes_and_nbval_agrees_with_them(running_course):
    course = running_course
    course.write("chapters/source/01_forward_pass.md", CHAPTER + "\n" + SHOWS)
    printed, stopped = course.run()
    assert stopped is None, stopped
    first = course.bytes()
    assert sorted(first) == sorted([CHAPTER_BOOK, SOLUTION_BOOK, EXERCISE_BOOK])
    assert printed.count("written") == 3

    printed, _ = course.run()
    assert course.bytes() == first
    assert printed.count("unchanged") == 3
    assert course.run("--check", CI="true") == ("3 notebooks are what their sources say.\n", None)

    book = course.read(CHAPTER_BOOK)
    assert [cell.id for cell in book.cells] == [f"01_forward_pass-0{k}" for k in range(1, 7)]
    assert set(book.metadata) == {"kernelspec", "backprop"}
    assert b"widget-view" not in first[CHAPTER_BOOK]
    assert b"Traceback" not in first[CHAPTER_BOOK]
    bar, numbers = book.cells[4].outputs
    assert bar.data == {"text/plain": "training: 100%|██████████| 4/4"}
    assert numbers.text == "0\n1\n2\n3\n"
    for output in book.cells[5].outputs:
        assert set(output.data) == {"image/png", "text/plain"}
        assert output.metadata["image/png"]["alt"] == output.data["text/plain"]

    assert course.read(SOLUTION_BOOK).cells[2].outputs[0].text == "8\n"
    assert course.read(EXERCISE_BOOK).cells[2].outputs[0].text == "not attempted\n"

    pytest_alone = [sys.executable, "-m", "pytest", "-c", "/dev/null", "-p", "no:cacheprovider"]
    nbval = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with", ROOT / "tests/nbval.cfg"]
    done = subprocess.run(
        [*pytest_alone, *nbval, *first],
        cwd=course.folder,
        env=os.environ | {"BACKPROP_NO_PROGRESS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "8 passed" in done.stdout


def test_a_cell_that_fails_is_named_with_its_error_and_nothing_is_written(running_course):
    course = running_course
    cell = "\n```{code-cell}\ndef double(Z):\n    return 2 * z\n\ndouble(Z)\n```\n"
    course.write("chapters/source/01_forward_pass.md", CHAPTER + cell)
    course.write("solutions/source/01_forward_pass.py", EXERCISE + "\n\n# %%\ndouble(4)\n")
    first, second, third = course.run("01_forward_pass")[1].splitlines()
    assert first == "Nothing was built."
    assert second.startswith(
        f"{CHAPTER_BOOK}, cell 01_forward_pass-05, at `double(Z)`: NameError: "
    )
    assert third == f"{EXERCISE_BOOK}, cell 01_forward_pass-04, at `double(4)`: NotImplementedError"
    assert course.bytes() == {}


def test_no_more_than_two_notebooks_run_at_once(tools, monkeypatch):
    running, most = 0, 0

    class Client:
        def __init__(self, *_, **__):
            pass

        async def async_execute(self, env):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    monkeypatch.setattr(tools.build, "NotebookClient", Client)
    kernel = {"name": "python3", "display_name": "Python 3"}
    book = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    assert asyncio.run(tools.build.run_all({Path(str(k)): book for k in range(5)})) == [None] * 5
    assert most == 2


# ---- A reader's work


def test_an_answered_exercise_is_never_overwritten(course):
    course.run()
    course.edit(EXERCISE_BOOK, answer)
    before = course.bytes()
    course.write("chapters/source/01_forward_pass.md", CHAPTER + "\nMore.\n")
    _, stopped = course.run()
    assert "somebody has worked in\n  exercises/01_forward_pass.ipynb\n" in stopped
    assert "make build FORCE=1" in stopped
    assert course.bytes() == before


def test_forced_the_build_keeps_every_copy_of_the_work(course):
    course.run()
    fresh = course.bytes()[EXERCISE_BOOK]
    works = []
    for k in 1, 2:
        course.edit(EXERCISE_BOOK, answer)
        course.edit(EXERCISE_BOOK, lambda book: book.cells.pop())
        works.append(course.bytes()[EXERCISE_BOOK])
        printed, _ = course.run(FORCE="1")
        kept = f"exercises/01_forward_pass.yours-{k}.ipynb"
        assert kept in printed
        assert course.bytes()[kept] == works[-1]
        assert course.bytes()[EXERCISE_BOOK] == fresh
    course.run(FORCE="1")
    assert len(course.bytes()) == 5
    assert course.bytes()["exercises/01_forward_pass.yours-1.ipynb"] == works[0]


NO_SOURCE = '{"cells": [{"cell_type": "raw", "metadata": {}}], "metadata": {}, "nbformat": 4}'


@pytest.mark.parametrize("content", ["", "not a notebook", "[]", '{"cells": 1}', NO_SOURCE])
def test_what_no_build_wrote_is_left_alone(course, content):
    course.write(CHAPTER_BOOK, content)
    assert "somebody has worked in" in course.run()[1]
    assert course.bytes() == {CHAPTER_BOOK: content.encode()}
    course.run(FORCE="1")
    assert course.bytes()["chapters/01_forward_pass.yours-1.ipynb"] == content.encode()


def test_a_notebook_without_its_mark_is_somebodys_unless_nothing_in_it_would_change(course):
    course.run()
    course.edit(CHAPTER_BOOK, lambda book: book.metadata.pop("backprop"))
    assert course.run()[1] is None
    course.edit(CHAPTER_BOOK, lambda book: book.metadata.pop("backprop"))
    course.write("chapters/source/01_forward_pass.md", CHAPTER + "\nMore.\n")
    assert "somebody has worked in" in course.run()[1]


def test_running_a_notebook_is_no_work_to_lose(course):
    course.run()
    built = course.bytes()

    def run_in_jupyter(book):
        book.cells[2].outputs = [nbformat.v4.new_output("stream", text="7\n")]
        book.cells[2].metadata["collapsed"] = True
        book.cells.append(nbformat.v4.new_code_cell())  # Shift+Enter in the last cell
        book.metadata.language_info = {"name": "python"}

    course.edit(CHAPTER_BOOK, run_in_jupyter)
    assert course.run("--check") == ("3 notebooks are what their sources say.\n", None)
    assert "was saved after it was built" in course.run("--check", CI="true")[1]
    assert course.run()[1] is None
    assert course.bytes() == built


def test_what_is_written_while_the_build_runs_is_left_alone(course, tools, monkeypatch):
    course.run()
    counted = tools.build.run_all

    async def meanwhile(books):
        course.edit(EXERCISE_BOOK, answer)
        return await counted(books)

    monkeypatch.setattr(tools.build, "run_all", meanwhile)
    course.write("solutions/source/01_forward_pass.py", EXERCISE.replace("2 Z", "twice Z"))
    assert "exercises/01_forward_pass.ipynb was changed while" in course.run()[1]
    assert "Z + Z" in course.read(EXERCISE_BOOK).cells[1].source


def test_a_crash_while_writing_leaves_the_old_notebook_whole(course, monkeypatch):
    course.run()
    before = course.bytes()
    course.write("chapters/source/01_forward_pass.md", CHAPTER + "\nMore.\n")

    def crash(path, data):
        with path.open("wb") as file:
            file.write(data[:10])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", crash)
    with pytest.raises(KeyboardInterrupt):
        course.run()
    assert course.bytes().items() >= before.items()
