"""What a right answer keeps to: arguments, shape, dtype, numbers, and good manners."""

import inspect
from dataclasses import dataclass
from numbers import Integral, Real

import numpy as np

from backprop_lib.checks.diagnosis import agreement
from backprop_lib.checks.sandbox import LIMIT, is_shape, numeric

FAILURES = {
    "endless": (
        "never ends",
        f"It had not come to its end after {LIMIT:.0f} seconds. Does every loop in it stop?",
    ),
    "too deep": ("calls itself for ever", "It calls itself again and again and never comes back."),
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


@dataclass(frozen=True)
class Problem:
    """What is wrong to look at: its name, a sentence, and which of the returned values has it."""

    name: str
    sentence: str
    k: int | None = None


def signature_problem(function, exercise):
    """Return what is wrong with the arguments the function takes, or None."""
    wanted = tuple(inspect.signature(exercise.reference).parameters)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*wanted)
    except TypeError:
        return Problem(
            "wrong arguments",
            f"It takes {signature}, expected ({', '.join(wanted)}), in this order.",
        )
    return None


def find_problem(outcome, expected, exercise):
    """Return the first thing wrong with what one call did, or None."""
    if outcome.failure:
        return _failure_problem(outcome.failure)
    many = len(expected) > 1
    names = ", ".join(exercise.returns)
    if outcome.value is None:
        return Problem(
            "returns nothing", f"It returns None. Is `return {names}` missing at its end?"
        )
    if many and (
        not isinstance(outcome.value, (tuple, list)) or len(outcome.kept) != len(expected)
    ):
        came = len(outcome.kept) if isinstance(outcome.value, (tuple, list)) else 1
        return Problem(
            "wrong number of values",
            f"It returns {came} value{'s' * (came != 1)}, expected {len(expected)}:"
            f" `return {names}`.",
        )
    if not many and isinstance(outcome.value, (tuple, list)):
        return Problem(
            f"a {type(outcome.value).__name__}",
            f"It returns a {type(outcome.value).__name__}, expected {_kind(expected[0])} {names}.",
        )
    for k, (yours, wanted) in enumerate(zip(outcome.kept, expected, strict=True)):
        found = _value_problem(yours, wanted, exercise.returns[k])
        if found:
            return Problem(*found, k)
    return _manners_problem(outcome, exercise)


def _value_problem(yours, expected, name):
    if isinstance(expected, tuple):
        return _shape_problem(yours, expected, name)
    if not isinstance(expected, np.ndarray):
        return _count_problem(yours, expected, name)
    if not isinstance(yours, np.ndarray):
        return (
            "not an array",
            f"{name} is {_article(type(yours).__name__)}, expected an array {expected.shape}.",
        )
    if not numeric(yours):
        came = f"{name} is an array of dtype {yours.dtype}, expected {expected.dtype}"
        why = "Rows of different lengths, or a None among the numbers, do that."
        return "wrong dtype", f"{came}. {why}"
    if yours.shape != expected.shape:
        return "wrong shape", f"{name} has shape {yours.shape}, expected {expected.shape}."
    if yours.dtype != expected.dtype:
        return (
            "wrong dtype",
            f"{name} has dtype {yours.dtype}, expected {expected.dtype}, as what went in has.",
        )
    if not agreement(yours, expected).all():
        return "wrong values", f"The shape of {name} is right, its numbers are not."
    return None


def _count_problem(yours, expected, name):
    if isinstance(yours, np.ndarray) and yours.ndim == 0:
        yours = yours[()]
    if isinstance(yours, (bool, np.bool_)) or not isinstance(yours, Integral):
        close = isinstance(yours, Real) and yours == expected
        hint = " The number is right; a count is whole, without a decimal point." if close else ""
        kind = _article(type(yours).__name__)
        return "not a whole number", f"It returns {kind}, expected a whole number.{hint}"
    return None if yours == expected else ("wrong values", f"The {name} is not right.")


def _shape_problem(yours, expected, name):
    if not is_shape(yours):
        came = _article(type(yours).__name__)
        return "not a shape", f"{name} is {came}, expected a tuple of whole numbers, as a shape is."
    return None if yours == expected else ("wrong values", f"The shape of {name} is not right.")


def _manners_problem(outcome, exercise):
    if outcome.changed:
        names = " and ".join(outcome.changed)
        return Problem(
            "input changed in place",
            f"It changes {names} itself: after the call, the caller's {names} holds other numbers."
            " Write into a new array.",
        )
    if outcome.shared:
        names = " and ".join(outcome.shared)
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
    name, sentence = FAILURES.get(failure.kind, ("raises an error", ""))
    advice = next((words for sign, words in ADVICE.items() if sign in failure.message), "")
    return Problem(name, sentence or f"It stops with {_article(failure.type)}. {advice}".strip())


def dependence_problem(outcomes, again, expected, exercise):
    """Return how one call leaks into what came back before, or comes next, or None."""
    for outcome in outcomes:
        live = outcome.value if len(outcome.kept) > 1 else [outcome.value]
        for now, then in zip(live, outcome.kept, strict=True):
            if isinstance(now, np.ndarray) and not np.array_equal(now, then):
                return Problem(
                    "calls not independent",
                    "An array it returned earlier changed during a later call: it hands out the"
                    " same memory each time. Make a new array in each call.",
                )
    if find_problem(again, expected, exercise):
        return Problem(
            "calls not independent",
            "The same input, tried again, gives something else: it remembers an earlier call.",
        )
    return None


def _kind(expected):
    return "the array" if isinstance(expected, np.ndarray) else "the whole number"


def _article(noun):
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
