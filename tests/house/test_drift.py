"""tools/drift.py finds every notebook that left its source, and says where it did."""

import json

import nbformat
import pytest

from tests.house.small_course import CHAPTER, CHAPTER_BOOK, EXERCISE_BOOK, SOLUTION_BOOK, answer


def swap(book):
    book.cells[1:3] = book.cells[2:0:-1]


def say(book):
    book.cells[2].source = "Z = 2 + 3\nprint(Z + 1)"


def add(book):
    book.cells.insert(1, nbformat.v4.new_markdown_cell("Mine."))


BY_HAND = [
    (lambda book: book.cells.pop(1), "cell 01_forward_pass-02 is missing"),
    (lambda book: book.cells.pop(), "cell 01_forward_pass-0N is missing"),
    (add, "is not in the source"),
    (swap, "cell 01_forward_pass-02 is not in its place"),
    (say, "cell 01_forward_pass-03 says 'print(Z + 1)', its source 'print(Z)'"),
    (lambda book: book.cells[0].update(cell_type="raw"), "is a raw cell, its source a markdown"),
]


@pytest.mark.parametrize(("change", "words"), BY_HAND)
def test_a_change_by_hand_is_found_and_named(course, change, words):
    course.run()
    course.edit(CHAPTER_BOOK, change)
    words = words.replace("0N", "04")
    for environment in {}, {"CI": "true"}:
        _, stopped = course.run("--check", **environment)
        assert stopped.startswith("chapters/01_forward_pass.ipynb: cell ")
        assert words in stopped
        assert "make build FORCE=1" in stopped
        assert len(stopped.splitlines()) == 1


@pytest.mark.parametrize("name", [CHAPTER_BOOK, SOLUTION_BOOK, EXERCISE_BOOK])
def test_a_deleted_cell_is_found_in_every_kind_of_notebook(course, name):
    course.run()
    course.edit(name, lambda book: book.cells.pop(1))
    _, stopped = course.run("--check", CI="true")
    assert f"{name}: cell 01_forward_pass-02 is missing" in stopped


def test_lost_tags_and_other_ids_are_found(course):
    course.run()
    course.edit(CHAPTER_BOOK, lambda book: book.cells[3].metadata.clear())
    course.edit(SOLUTION_BOOK, lambda book: book.cells[1].update(id="abc"))
    _, stopped = course.run("--check")
    assert stopped == (
        "chapters/01_forward_pass.ipynb: cell 01_forward_pass-04 has lost its tags; run make build."
        "\nsolutions/01_forward_pass.ipynb: cell abc is not in the source; run make build."
    )


def test_a_changed_source_and_a_missing_notebook_are_found(course):
    course.run()
    course.write("chapters/source/01_forward_pass.md", CHAPTER.replace("a sum", "the sum"))
    (course.folder / SOLUTION_BOOK).unlink()
    course.write(EXERCISE_BOOK, "{")
    _, stopped = course.run("--check")
    assert stopped == (
        "chapters/01_forward_pass.ipynb: cell 01_forward_pass-02 says 'Z is a sum.', "
        "its source 'Z is the sum.'; run make build.\n"
        "solutions/01_forward_pass.ipynb is missing; run make build.\n"
        "exercises/01_forward_pass.ipynb is not a notebook; run make build."
    )


def test_a_notebook_without_a_source_is_found_but_a_readers_own_is_theirs(course):
    course.run()
    (course.folder / "solutions/source/01_forward_pass.py").unlink()
    course.write("exercises/Untitled.ipynb", json.dumps(nbformat.v4.new_notebook()))
    printed, stopped = course.run("--check")
    assert printed == "exercises/Untitled.ipynb: yours, left alone.\n"
    assert [line.split(":")[0] for line in stopped.splitlines()] == [EXERCISE_BOOK, SOLUTION_BOOK]
    assert "exercises/Untitled.ipynb: no source" in course.run("--check", CI="true")[1]


def test_an_answered_exercise_is_no_drift_except_in_ci_and_is_not_pristine(course):
    course.run()
    every = [CHAPTER_BOOK, SOLUTION_BOOK, EXERCISE_BOOK]
    assert course.run("--list-pristine") == ("\n".join(every) + "\n", None)
    course.edit(EXERCISE_BOOK, answer)
    printed, stopped = course.run("--check")
    assert "exercises/01_forward_pass.ipynb: yours, left alone." in printed
    assert stopped is None
    assert "exercises/01_forward_pass.ipynb: cell" in course.run("--check", CI="true")[1]
    assert course.run("--list-pristine")[0].splitlines() == every[:2]


def test_no_sources_at_all_is_no_success(course):
    for source in course.folder.glob("*/source/*"):
        source.unlink()
    assert course.run("--check")[1].startswith("There is no source")
    assert course.run()[1].startswith("There is no source")
