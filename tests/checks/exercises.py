"""All the exercises there are, with right answers to each, and how a verdict names a mistake."""

from functools import cache
from importlib import import_module

from backprop_lib.checks.course import MINUTES, exercises, exercises_of
from backprop_lib.checks.diagnosis import Trials
from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import Explanation, explanations
from tests.checks.solutions import solution

CHAPTERS = [chapter for chapter in MINUTES if exercises_of(chapter)]
EXERCISES = [exercise for _, exercise in exercises()]
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
DENSE, RELU, COUNT = (BY_NAME[k] for k in ("dense_forward", "relu_forward", "parameter_count"))
WRITTEN = {  # by hand, in different ways
    name: answers
    for chapter in CHAPTERS
    for name, answers in import_module(f"tests.checks.right_{chapter[3:]}").RIGHT.items()
}
RIGHT = {  # what is missing is named by test_specs.py
    one.name: tuple(filter(None, (
        *WRITTEN.get(one.name, ()), solution(chapter, one.name), one.reference
    )))
    for chapter, one in exercises()
}  # fmt: skip


def by_name(thing):
    """Return the test id of an exercise."""
    return getattr(thing, "name", None)


def told(one, wrong, seed=0):
    """Judge an Explanation's function; return how its mistakes are told, and the verdict.

    "by name"; "as well", where no longer an explanation is given that comes to the same;
    "no mistake", where two mistakes undo each other; "not"; or "passed", which must never be.
    """
    verdict = judge(wrong.function, one, seed)
    if verdict.mistakes == wrong.names:
        return "by name", verdict
    if verdict.passed:
        undone = same(one, wrong, Explanation((), one.reference))
        return "no mistake" if undone else "passed", verdict
    if 0 < len(verdict.mistakes) <= len(wrong.names):
        given = next(e for e in explanations(one) if e.names == verdict.mistakes)
        return "as well" if same(one, wrong, given) else "not", verdict
    return "not", verdict


def same(one, wrong, other):
    """Whether two functions do the same on inputs that the verdict has not seen."""
    for trials in _other_trials(one):
        outcomes = [one.run(wrong.function, case) for case in trials.cases]
        if not trials.same(outcomes, other, strict=True):
            return False
    return True


@cache
def _other_trials(one):
    return [Trials(one, seed) for seed in range(1000, 1010)]
