"""What an exercise is: its right answer, its wrong answers by name, its hints, its inputs."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial, update_wrapper
from itertools import zip_longest

from backprop_lib.checks.inputs import SIZES, Case, cases_of, small_cases_of
from backprop_lib.checks.rounding import apart, rounded
from backprop_lib.checks.sandbox import call
from backprop_lib.checks.values import form_problem


@dataclass(frozen=True)
class WrongAnswer:
    """A mistake with a name: one small replacement in the right answer's own source.

    `old` must stand there exactly once. `sentence` says to the learner what went wrong, and
    `where` the chapter's heading, if it is not the exercise's.
    """

    name: str
    old: str
    new: str
    sentence: str
    where: str = ""


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function that a learner writes, judged against `reference`, which has the same name.

    reference: the library's own function, or its formula written more plainly, where wrong answers
    need a line to go wrong in (a test compares the two).

    What goes in:
        shapes: the letters of each array, as in `@takes`, after a word of KINDS if not just any
            numbers will do: {"Z": "n K", "Y": "labels n"}; the reference's own if not given.
        settings: by argument, the values that it takes in turn: {"epsilon": (1e-8, 0.5)}.
        extremes: by argument, values that fill it once; the first one with EXTREMES if not given.
        together: arguments -> arguments, where one follows from others.
        sizes: by words, the size of each letter.
        cases_of: rng -> cases, in place of all these, where the arguments are not such arrays.
        through: function, *arguments -> values, where what the function makes is no array: what is
            looked at is what comes back from this, which calls the function.
    What is looked at:
        returns, updates: names of what comes back, and of what is changed in place.
        hands_on: names of the arguments that may come back as they are.
        steps: so many calls in a row, each given what came back before under the same name.
        quiet: a NumPy warning counts as wrong.
        measured: where more than one answer is right: given, *values -> what can be said of it, by
            name; this is then compared in place of the numbers.
    """

    reference: Callable
    returns: tuple[str, ...]
    where: str
    hints: tuple[str, str, str]
    afterwards: str
    wrong_answers: tuple[WrongAnswer, ...]
    shapes: dict | None = None
    settings: dict = field(default_factory=dict)
    extremes: dict = field(default_factory=dict)
    together: Callable = dict
    sizes: dict = field(default_factory=SIZES.copy)
    cases_of: Callable | None = None
    through: Callable | None = None
    updates: tuple[str, ...] = ()
    hands_on: tuple[str, ...] = ()
    steps: int = 1
    quiet: bool = False
    measured: Callable | None = None

    @property
    def name(self):
        """Return the name that an answer's `def` must have."""
        return self.reference.__name__

    @property
    def values(self):
        """Return the names of the values that are looked at."""
        return self.returns + self.updates

    @cached_property
    def by_name(self):
        """Return which arguments are given by their names."""
        parameters = inspect.signature(self.reference).parameters.values()
        return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}

    def cases(self, rng):
        """Return the inputs that every answer is tried on, the most ordinary first."""
        return self.cases_of(rng) if self.cases_of else cases_of(self, rng)

    def small_cases(self, rng):
        """Return tiny inputs, the smallest first."""
        return self.cases_of(rng) if self.cases_of else small_cases_of(self, rng)

    def run(self, function, case, deadline=None):
        """Call a function in the learner's place and return the Outcome."""
        called, updates, count = function, self.updates, len(self.returns)
        if self.through:
            called = update_wrapper(partial(self.through, function), function)
            updates, count = (), len(self.values)
        outcome = call(called, case.arguments, deadline, self.by_name, updates, count)
        if self.measured and not outcome.failure and self._fits(function, case, outcome):
            given = {"given": case.arguments, **dict(enumerate(outcome.kept))}
            seen = call(self.measured, given, deadline)
            outcome.failure, outcome.seen = seen.failure, seen.value
        return outcome

    def right(self, case):
        """Return what the right answer does on a case, worked out once."""
        if case.right is None:
            case.right = self.run(self.reference, case)
        return case.right

    def slack(self, case):
        """Return how far rounding may move each value of the right answer on a case."""
        if case.slack is None:
            # The formula itself: the library's door would make plain arrays of these.
            formula = inspect.unwrap(self.reference)
            other = self.run(formula, Case(case.words, rounded(case.arguments)))
            case.slack = [apart(*pair) for pair in zip_longest(other.kept, self.right(case).kept)]
        return case.slack

    def form_problem(self, case, outcome):
        """Return the first value of a wrong type, shape or dtype as a Problem, or None."""
        pairs = zip(outcome.kept, self.right(case).kept, self.values, strict=True)
        return next(filter(None, (form_problem(*three) for three in pairs)), None)

    def _fits(self, function, case, outcome):
        if function is self.reference:
            return True
        complete = len(outcome.kept) == len(self.values)
        return complete and not self.form_problem(case, outcome)
