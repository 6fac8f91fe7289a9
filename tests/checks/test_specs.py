"""Every exercise is complete: hints that climb, places that exist, mistakes that can be made."""

from pathlib import Path

import pytest

from backprop_lib.checks import CHAPTERS, misconceptions
from backprop_lib.checks.exercise import WrongAnswer
from tests.checks.exercises import COUNT, DENSE, EXERCISES, SPECS, by_name

ROOT = Path(__file__).parents[2]


def test_every_spec_file_is_in_the_list_and_in_the_order_of_the_course():
    files = {
        path.stem
        for path in (ROOT / "backprop_lib/checks").glob("*.py")
        if "\nEXERCISES = " in path.read_text(encoding="utf-8")
    }
    assert files == set(CHAPTERS)
    assert [spec.CHAPTER for spec in SPECS] == sorted(spec.CHAPTER for spec in SPECS)
    assert all(spec.CHAPTER[3:] == name for spec, name in zip(SPECS, CHAPTERS, strict=True))


def test_names_are_unique_over_the_course():
    names = [exercise.name for exercise in EXERCISES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.CHAPTER)
def test_every_place_is_a_heading_of_the_chapter(spec):
    source = (ROOT / f"chapters/source/{spec.CHAPTER}.md").read_text(encoding="utf-8")
    headings = {line[3:].strip() for line in source.splitlines() if line.startswith("## ")}
    places = {exercise.where for exercise in spec.EXERCISES}
    places |= {
        wrong.where for one in spec.EXERCISES for wrong in one.wrong_answers if wrong.where
    }
    assert places <= headings


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.CHAPTER)
def test_the_notebook_asks_for_every_exercise_in_order(spec):
    source = (ROOT / f"solutions/source/{spec.CHAPTER}.py").read_text(encoding="utf-8")
    checked = [line[6:-1] for line in source.splitlines() if line.startswith("check(")]
    assert checked == [exercise.name for exercise in spec.EXERCISES]


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_the_ladder_has_three_rungs_and_the_first_is_a_question(one):
    question, formula, line = one.hints
    assert question.endswith("?")
    assert "`" not in question + formula
    assert line.count("`") >= 2
    code = line.split("`")[1].removeprefix("return ")
    assert code not in question + formula


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_there_are_at_least_seven_wrong_answers_each_with_its_own_name_and_sentence(one):
    names = [wrong.name for wrong in one.wrong_answers]
    assert len(names) >= 7
    assert len(set(names)) == len(names)
    assert all(wrong.sentence.endswith(".") for wrong in one.wrong_answers)


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
