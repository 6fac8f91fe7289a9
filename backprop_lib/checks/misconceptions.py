"""Wrong answers by name, made from the right one: replacements in its source, and general kinds."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from itertools import combinations, pairwise

import numpy as np

from backprop_lib.checks.values import alike, mapped


@dataclass(frozen=True)
class Kind:
    """A mistake that any exercise can meet: what it does to each value that comes back."""

    name: str
    change: Callable
    sentence: str
    where: str = ""
    of: str = "f"  # NumPy's letters for the dtypes of the arrays that it changes


KINDS = (
    Kind("sign flipped", np.negative, "Every number has the wrong sign.", of="fi"),
    Kind(
        "transposed",
        np.transpose,
        "The numbers are right, but rows and columns are swapped.",
        of="fib",
    ),
    Kind(
        "axis dropped",
        np.squeeze,
        "Where there is one example or one unit, its axis is gone. A batch of one is still a batch:"
        " it has an axis, of size 1.",
        of="fib",
    ),
    Kind(
        "always float64",
        np.float64,
        "float32 goes in, float64 comes out. What comes out has the dtype of what went in;"
        " np.zeros, for one, makes float64 unless it is told dtype=….",
    ),
    Kind(
        "always float32",
        np.float32,
        "float64 goes in, float32 comes out: half of the digits are lost on the way.",
    ),
)
REVERSED = Kind("in reverse order", None, "The right values, but they come back in reverse order.")


@dataclass(frozen=True)
class Explanation:
    """A function that makes these mistakes and no others."""

    mistakes: tuple
    function: Callable

    @property
    def names(self):
        """Return the names of its mistakes."""
        return tuple(mistake.name for mistake in self.mistakes)


def explanations(exercise):
    """Yield what could have gone wrong, simplest first: one mistake, then two at once."""
    known = [*exercise.wrong_answers, *kinds_of(exercise)]
    for mistake in known:
        yield Explanation((mistake,), wrong_function(exercise, (mistake,)))
    for pair in combinations(known, 2):
        function = wrong_function(exercise, pair)
        if function:
            yield Explanation(pair, function)


@cache
def wrong_function(exercise, mistakes):
    """Return the right answer with these mistakes in it, or None where two want the same spot.

    Raises:
        LookupError: the text to replace does not stand in the source exactly once.
    """
    replaced = [mistake for mistake in mistakes if not isinstance(mistake, Kind)]
    source = source_of(exercise.reference)
    spots = []
    for mistake in replaced:
        if source.count(mistake.old) != 1:
            raise LookupError(
                f"{exercise.name}, {mistake.name!r}: {mistake.old!r} stands"
                f" {source.count(mistake.old)} times, expected once, in\n{source}"
            )
        start = source.index(mistake.old)
        spots.append((start, start + len(mistake.old), mistake.new))
    spots.sort(reverse=True)
    if any(left[1] > right[0] for right, left in pairwise(spots)):
        return None
    for start, end, new in spots:
        source = source[:start] + new + source[end:]
    namespace = {"np": np} | inspect.unwrap(exercise.reference).__globals__
    exec(compile(source, f"<{exercise.name} gone wrong>", "exec"), namespace)
    function = namespace[exercise.name]
    for mistake in mistakes:
        if isinstance(mistake, Kind):
            function = _changed(function, mistake)
    return function


@cache
def source_of(reference):
    """Return the lines of the formula alone: no guard, no docstring."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(reference)))
    definition = ast.parse(source).body[0]
    keep = range(definition.lineno, definition.end_lineno + 1)
    docstring = range(0)
    if ast.get_docstring(definition) is not None:
        docstring = range(definition.body[0].lineno, definition.body[0].end_lineno + 1)
    lines = enumerate(source.splitlines(), start=1)
    return "\n".join(line for i, line in lines if i in keep and i not in docstring)


@cache
def kinds_of(exercise):
    """Return the kinds of mistake that can be seen in this exercise."""
    if exercise.through:
        return []  # they change arrays, and such a function returns none
    cases = exercise.cases(np.random.default_rng(0))
    found = []
    for kind in (*KINDS, REVERSED):
        function = wrong_function(exercise, (kind,))
        if any(_shows(exercise, function, case) for case in cases):
            found.append(kind)
    return found


def _shows(exercise, function, case):
    wrong, right = exercise.run(function, case), exercise.right(case)
    return wrong.failure is not None or not alike(wrong.looked, right.looked, strict=True)


def _changed(function, kind):
    def change(leaf):
        number = isinstance(leaf, (np.ndarray, np.floating, float)) or type(leaf) is int
        return kind.change(leaf) if number and np.asarray(leaf).dtype.kind in kind.of else leaf

    @wraps(function)
    def gone_wrong(*arguments, **named):
        value = function(*arguments, **named)
        if kind is REVERSED:
            return tuple(reversed(value)) if isinstance(value, tuple) else value
        return mapped(value, change)

    return gone_wrong
