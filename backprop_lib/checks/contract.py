"""What a right answer keeps to: arguments, form, numbers, and good manners."""

import inspect
from dataclasses import replace

import numpy as np

from backprop_lib.checks.figures import said
from backprop_lib.checks.sandbox import LIMIT
from backprop_lib.checks.values import (
    Problem,
    alike,
    article,
    kind_of,
    leaves,
    numbers_problem,
)

FAILURES = {
    "endless": (
        "never ends",
        f"It had not come to its end after {LIMIT:.0f} seconds. Does every loop in it stop?",
    ),
    "too deep": ("calls itself for ever", "It calls itself again and again and never comes back."),
    "in itself": ("contains itself", "A list in it holds itself. Was it appended to itself?"),
    "exit": ("exits", "It asks Python to exit. A function hands its result back with `return`."),
    "interrupted": ("interrupted", "It was interrupted before it came to its end."),
    "not written": ("not written", "For some inputs it still raises NotImplementedError."),
}
ADVICE = {  # what NumPy says, in the words of the course
    "mismatch in its core dimension": "The inner sizes of a matrix product differ: @ takes"
    " (n, p) and (p, q).",
    "could not be broadcast": "Two shapes that are to be added or multiplied do not fit.",
    "non-broadcastable output": "What is to be written into an array is larger than the array.",
}


def signature_problem(function, exercise):
    """Return what is wrong with the arguments the function takes, or None."""
    wanted = inspect.signature(exercise.reference)
    by_position = [name for name in wanted.parameters if name not in exercise.by_name]
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*by_position, **dict.fromkeys(exercise.by_name))
    except TypeError:
        return Problem(
            "wrong arguments",
            f"It takes {signature}, expected {wanted}, in this order.",
        )
    return None


def find_problem(outcome, case, exercise):
    """Return the first thing wrong with what one call did, or None."""
    if outcome.failure:
        return _failure_problem(outcome.failure)
    return (
        _count_problem(outcome, exercise.right(case), exercise)
        or exercise.form_problem(case, outcome)
        or _numbers_problem(outcome, case, exercise)
        or _manners_problem(outcome, exercise)
    )


def dependence_problem(outcomes, again, exercise):
    """Return how one call leaks into what came back before, or comes next, or None."""
    for outcome in outcomes:
        for now, then in zip(leaves(outcome.live), leaves(outcome.kept), strict=True):
            if isinstance(now, np.ndarray) and not np.array_equal(now, then):
                return Problem(
                    "calls not independent",
                    "An array it returned earlier changed during a later call: it hands out the"
                    " same memory each time. Make a new array in each call.",
                )
    if again.failure or not alike(again.kept, outcomes[0].kept, strict=True):
        why = "it remembers an earlier call."
        if "rng" in inspect.signature(exercise.reference).parameters:
            why = "does every random number come from the rng that it is given?"
        return Problem(
            "calls not independent", f"The same input, tried again, gives something else: {why}"
        )
    return None


def _count_problem(outcome, right, exercise):
    """Return what is wrong with how many values come back, or None."""
    value, names, wanted = outcome.value, ", ".join(exercise.returns), len(exercise.returns)
    many = isinstance(value, (tuple, list))
    if wanted and value is None:
        words = f"It returns None. Is `return {names}` missing at its end?"
        return Problem("returns nothing", words)
    if wanted > 1 and not (many and len(value) == wanted):
        came = len(value) if many else 1
        return Problem(
            "wrong number of values",
            f"It returns {came} value{'s' * (came != 1)}, expected {wanted}: `return {names}`.",
        )
    if wanted == 1 and many and not isinstance(right.value, (tuple, list)):
        kind = type(value).__name__
        wish = kind_of(right.value, names)
        return Problem(f"a {kind}", f"It returns a {kind}, expected {wish}.")
    return None


def _numbers_problem(outcome, case, exercise):
    right = exercise.right(case)
    if exercise.measured:
        return _measures_problem(outcome.seen, right.seen)
    for k, (name, yours, expected) in enumerate(
        zip(exercise.values, outcome.kept, right.kept, strict=True)
    ):
        problem = numbers_problem(yours, expected, name)
        if problem:  # seldom; only then is it asked how much of it may be rounding
            problem = numbers_problem(yours, expected, name, exercise.slack(case)[k])
        given = case.arguments.get(name)
        if problem and name in exercise.updates and alike(yours, given, strict=True):
            words = (
                f"It leaves {name} as it was. `{name} -= …` changes the array that was given;"
                f" `{name} = {name} − …` makes a new one, which nobody else sees."
            )
            return replace(problem, name="not changed", sentence=words)
        if problem:
            return problem
    return None


def _measures_problem(yours, expected):
    for name, wanted in expected.items():
        if not alike(yours[name], wanted, strict=False):
            words = f"{name}: {said(yours[name])}, expected {said(wanted)}."
            return Problem("wrong values", words)
    return None


def _manners_problem(outcome, exercise):
    if outcome.changed:
        names = " and ".join(outcome.changed)
        return Problem(
            "input changed in place",
            f"It changes {names} itself: after the call, other numbers stand in the caller's"
            f" {names}. Write into a new array.",
        )
    shared = [name for name in outcome.shared if name not in exercise.hands_on]
    if shared:
        names = " and ".join(shared)
        return Problem(
            "a view of its input",
            f"What it returns shares its memory with {names}: whoever changes one changes the"
            " other. Return a new array; `.copy()` makes one.",
        )
    if exercise.quiet and outcome.warned:
        return Problem(
            "NumPy warns",
            f"The numbers are right, but on the way NumPy met: {' and '.join(outcome.warned)}.",
        )
    return None


def _failure_problem(failure):
    if failure.kind == "unfit":
        return Problem("not as asked", failure.message)
    name, sentence = FAILURES.get(failure.kind, ("raises an error", ""))
    advice = next((words for sign, words in ADVICE.items() if sign in failure.message), "")
    return Problem(name, sentence or f"It stops with {article(failure.type)}. {advice}".strip())
