"""tools/sources.py reads exercise and solution from one text, and refuses what cannot be meant."""

import re

import pytest

from tests.house.small_course import CHAPTER, EXERCISE, EXERCISE_BOOK, SOLUTION_BOOK


def test_the_solution_goes_from_the_exercise_and_its_markers_from_both(course):
    course.run()
    solution = course.read(SOLUTION_BOOK).cells[1].source
    exercise = course.read(EXERCISE_BOOK).cells[1].source
    marked = EXERCISE.split("# %%\n")[1].strip()
    assert solution == re.sub(r" *# (BEGIN|END) SOLUTION\n", "", marked)
    assert exercise == (
        'def double(Z):\n    """Return 2 Z."""\n    raise NotImplementedError\n\n\n'
        "def half(Z):\n    if Z:\n        raise NotImplementedError\n    return 0"
    )
    ids = [[cell.id for cell in course.read(name).cells] for name in (SOLUTION_BOOK, EXERCISE_BOOK)]
    assert ids[0] == ids[1] == [f"01_forward_pass-0{k}" for k in (1, 2, 3)]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("    # BEGIN SOLUTION\n    A", "    A", "# END SOLUTION"),
        ("return A\n    # END SOLUTION", "return A", "# BEGIN SOLUTION"),
        ("    A = 2", "    # BEGIN SOLUTION\n    A = 2", "# BEGIN SOLUTION"),
        (
            "    # END SOLUTION\n\n\ndef",
            "    # end solution\n\n\ndef",
            "# BEGIN SOLUTION",
        ),
        ("    # END SOLUTION\n\n\ndef", "# END SOLUTION\n\n\ndef", "# BEGIN SOLUTION"),
        ("    # BEGIN SOLUTION\n    A", "    #BEGIN SOLUTION\n    A", "#BEGIN SOLUTION"),
        ("\n\ndef half", "\n\n# %%\ndef half", None),
        ("    A = 2 * Z\n\n    return A\n", "", "# BEGIN SOLUTION"),
        ("    A = 2 * Z\n\n    return A\n", "    \n", "# BEGIN SOLUTION"),
        ("# Exercises", "# BEGIN SOLUTION", "# BEGIN SOLUTION"),
        ("# Exercises", "# BEGIN SOLUTION\n# Text.\n# # END SOLUTION", "# BEGIN SOLUTION"),
    ],
)
def test_a_marker_without_its_partner_stops_the_build(course, old, new, word):
    assert EXERCISE.count(old) == 1
    course.write("solutions/source/01_forward_pass.py", EXERCISE.replace(old, new))
    _, stopped = course.run()
    if word is None:  # blocks in cells of their own are fine
        assert stopped is None
    else:
        assert stopped.startswith("solutions/source/01_forward_pass.py, cell 01_forward_pass-0")
        assert f": {word!r} has no partner here." in stopped
        assert course.bytes() == {}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("chapters/source/02_x.md", CHAPTER + "# BEGIN SOLUTION\n", "has no partner here"),
        ("solutions/source/02_x.py", "# %%\nZ = 1\n", "nothing stands between"),
        ("chapters/source/Backward.md", CHAPTER, "is named NN_topic"),
        ("chapters/source/2_dense.md", CHAPTER, "is named NN_topic"),
        ("solutions/source/02-dense.py", EXERCISE, "is named NN_topic"),
    ],
)
def test_a_source_that_cannot_be_meant_stops_the_build(course, name, text, words):
    course.write(name, text)
    _, stopped = course.run()
    assert stopped.startswith(name)
    assert words in stopped
    assert course.bytes() == {}


def test_only_the_named_stems_are_built_and_an_unknown_one_is_refused(course):
    course.write("chapters/source/00_start_here.md", CHAPTER)
    course.run("00_start_here")
    assert list(course.bytes()) == ["chapters/00_start_here.ipynb"]
    assert course.run("00_start")[1] == "No source is named 00_start."
