"""Every exercise is complete: hints that climb, places that exist, mistakes that can be made."""

import re
from pathlib import Path

import numpy as np
import pytest

import backprop_lib
from backprop_lib.checks import misconceptions
from backprop_lib.checks.contract import find_problem
from backprop_lib.checks.course import MINUTES, exercises, exercises_of
from backprop_lib.checks.exercise import WrongAnswer
from backprop_lib.checks.values import TOLERANCE, leaves
from tests.checks.exercises import CHAPTERS, COUNT, DENSE, EXERCISES, WRITTEN, by_name
from tests.checks.solutions import solution
from tests.checks.toys import TOYS

ROOT = Path(__file__).parents[2]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
CHECKED = [  # by the notebooks' cells, in order
    (path.stem, name)
    for path in sorted((ROOT / "solutions/source").glob("*.py"))
    for name in re.findall(r"(?m)^check\((\w+)\)$", path.read_text(encoding="utf-8"))
]


def text_of(chapter):
    return (ROOT / f"chapters/source/{chapter}.md").read_text(encoding="utf-8")


def test_every_chapter_is_in_the_course_in_order_with_the_minutes_that_it_says():
    said = {
        path.stem: int(re.search(r"\*\*It takes\*\* about (\d+) minutes", text_of(path.stem))[1])
        for path in sorted((ROOT / "chapters/source").glob("[0-9][0-9]_*.md"))
    }
    assert list(MINUTES.items()) == list(said.items())


@pytest.mark.parametrize("chapter", MINUTES)
def test_a_chapter_says_that_its_exercises_take_as_much_again(chapter):
    assert ("the exercises as much again" in text_of(chapter)) == bool(exercises_of(chapter))


def test_every_spec_file_belongs_to_a_chapter():
    files = {
        path.stem
        for path in (ROOT / "backprop_lib/checks").glob("*.py")
        if "\nEXERCISES = " in path.read_text(encoding="utf-8")
    }
    assert files == {chapter[3:] for chapter in CHAPTERS}


def test_names_are_unique_over_the_course():
    names = [exercise.name for exercise in EXERCISES]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, f"more than one exercise is called {twice}"


@pytest.mark.parametrize("one", [*EXERCISES, *TOYS.values()], ids=by_name)
def test_the_right_answer_takes_every_case_and_the_first_does_not_hang_on_rounding(one):
    for seed in range(10):
        cases = one.cases(np.random.default_rng(seed))
        for case in cases:
            assert not one.right(case).failure, case
        for value, slack in zip(one.right(cases[0]).kept, one.slack(cases[0]), strict=True):
            size = max((np.abs(leaf).max() for leaf in leaves(value) if np.ndim(leaf)), default=1)
            assert slack <= TOLERANCE[np.dtype(float)] * size


@pytest.mark.parametrize("one", [*EXERCISES, *TOYS.values()], ids=by_name)
def test_a_right_answer_of_its_own_agrees_with_the_librarys_function_of_that_name(one):
    """A spec may write a formula more plainly than the library does, and nothing else."""
    ours = getattr(backprop_lib, one.name, one.reference)
    for case in one.cases(np.random.default_rng(0)):
        problem = find_problem(one.run(ours, case), case, one)
        assert not problem, (
            f"backprop_lib.{one.name} does otherwise than this exercise's reference: {problem}."
            " Make it the reference, or give the exercise another name"
        )


@pytest.mark.parametrize(("chapter", "one"), exercises(), ids=by_name)
def test_every_place_is_a_heading_of_the_chapter(chapter, one):
    headings = {line[3:].strip() for line in text_of(chapter).splitlines() if line[:3] == "## "}
    places = {one.where, *(wrong.where for wrong in one.wrong_answers if wrong.where)}
    assert places <= headings, f"no heading of chapter {chapter}: {places - headings}"


@pytest.mark.parametrize(("chapter", "name"), CHECKED)
def test_what_a_notebook_checks_is_an_exercise(chapter, name):
    known = [one.name for one in exercises_of(chapter)]
    assert name in known, f"add it to EXERCISES in backprop_lib/checks/{chapter[3:]}.py"


@pytest.mark.parametrize(("chapter", "one"), exercises(), ids=by_name)
def test_the_notebook_asks_for_the_exercise_and_solves_it(chapter, one):
    notebook = f"solutions/source/{chapter}.py"
    assert solution(chapter, one.name), f"{notebook} defines no {one.name}"
    checked = [name for its, name in CHECKED if its == chapter]
    assert one.name in checked, f"{notebook} has no line check({one.name})"
    listed = [one.name for one in exercises_of(chapter)]
    assert checked.index(one.name) == listed.index(one.name), (
        f"not in the same order: {notebook} checks {checked}, EXERCISES are {listed}"
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_notebook_and_chapter_count_the_exercises_right(chapter):
    count = NUMBERS[len(exercises_of(chapter))]
    source = (ROOT / f"solutions/source/{chapter}.py").read_text(encoding="utf-8")
    said = re.findall(r"(?m)^# (\w+) (?:functions|exercises)\b", source)
    said += re.findall(r"(?m)^# All (\w+) passed\?", source)
    assert [word.lower() for word in said if word.lower() in NUMBERS] == [count, count], (
        f"solutions/source/{chapter}.py says {said}, and has {count} exercises"
    )
    last = text_of(chapter).split("## Exercises, now")[1]
    said = re.findall(r"There are (\w+)|for all (\w+)", last)
    said = {word for words in said for word in words if word}
    assert said <= {count}, f"chapter {chapter} says {said}, and has {count} exercises"
    headings = re.findall(r"(?m)^# ## (\d+)\. ", source)
    assert headings == [str(k + 1) for k in range(len(headings))], "the numbers of the headings"


@pytest.mark.parametrize(("chapter", "one"), exercises(), ids=by_name)
def test_there_are_at_least_five_right_answers_written_differently(chapter, one):
    count = len(WRITTEN.get(one.name, ()))
    assert count >= 5, f"RIGHT[{one.name!r}] in tests/checks/right_{chapter[3:]}.py has {count}"


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_the_ladder_has_three_rungs_and_the_first_is_a_question(one):
    question, formula, line = one.hints
    assert question.endswith("?"), f"the first hint asks: {question}"
    assert "`" not in question + formula, "no code before the third hint"
    assert line.count("`") >= 2, f"the third hint holds `code`: {line}"
    code = line.split("`")[1].removeprefix("return ")
    assert code not in question + formula, "the third hint's code stands in one before it"


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_there_are_at_least_seven_wrong_answers_each_with_its_own_name_and_sentence(one):
    names = [wrong.name for wrong in one.wrong_answers]
    assert len(names) >= 7, f"{one.name} has {len(names)} wrong answers, expected at least 7"
    assert len(set(names)) == len(names), f"two wrong answers have one name: {sorted(names)}"
    for wrong in one.wrong_answers:
        assert wrong.sentence.endswith("."), f"“{wrong.name}”: no sentence: {wrong.sentence}"


@pytest.mark.parametrize(("old", "times"), [("sizes", 2), ("nowhere", 0)])
def test_a_replacement_that_does_not_stand_there_once_fails_loudly(old, times):
    wrong = WrongAnswer("broken", old, "", "…")
    with pytest.raises(LookupError, match=f"stands {times} times, expected once"):
        misconceptions.wrong_function(COUNT, (wrong,))


def test_a_formula_is_read_without_guard_and_docstring():
    source = misconceptions.source_of(DENSE.reference)
    assert source.startswith("def dense_forward(X, W, b):")
    assert "n, p" not in source
    assert "@takes" not in source
