"""Why an answer is wrong: the mistakes that explain it, or the smallest example that shows it."""

from functools import lru_cache
from itertools import chain

import numpy as np

from backprop_lib.checks.figures import literal, said
from backprop_lib.checks.misconceptions import explanations
from backprop_lib.checks.values import alike, leaves

LONGEST = 60  # numbers in an example that is shown


class Trials:
    """The cases of one exercise and seed, and what each wrong answer does on them, once asked."""

    def __init__(self, exercise, seed):
        self.exercise = exercise
        self.cases = exercise.cases(np.random.default_rng(seed))
        self.known = {}

    def wrong(self, explanation, i):
        """Return what the function of an explanation does on case i."""
        place = explanation.function, i
        if place not in self.known:
            self.known[place] = self.exercise.run(explanation.function, self.cases[i])
        return self.known[place]

    def explain(self, outcomes):
        """Return the simplest Explanation that does on every case what the learner's does, or None.

        First to the letter, then regardless of dtype and NumPy's warnings.
        """
        tried = []
        for explanation in explanations(self.exercise):
            if self.same(outcomes, explanation, strict=True):
                return explanation
            tried.append(explanation)
        right = [self.exercise.right(case) for case in self.cases]
        for explanation in tried:
            if self.same(outcomes, explanation, strict=False) and not self.same(
                right, explanation, strict=False
            ):  # else it explains nothing
                return explanation
        return None

    def same(self, outcomes, explanation, strict):
        """Whether an explanation does the same everywhere, and comes back with values once."""
        values = False
        for i, yours in enumerate(outcomes):
            theirs = self.wrong(explanation, i)
            if yours.failure or theirs.failure:
                if not (yours.failure and theirs.failure):
                    return False
                if yours.failure.type != theirs.failure.type:
                    return False
                continue
            values = True
            if strict and self.exercise.quiet and yours.warned != theirs.warned:
                return False
            if yours.changed != theirs.changed or not self._alike(yours, theirs, i, strict):
                return False
        return values

    def _alike(self, yours, theirs, i, strict):
        a, b = yours.looked, theirs.looked
        if self.exercise.measured:
            return alike(a, b, strict)
        slack = self.exercise.slack(self.cases[i])
        return len(a) == len(b) and all(
            alike(x, y, strict, s) for x, y, s in zip(a, b, slack, strict=False)
        )


@lru_cache(maxsize=8)
def trials(exercise, seed):
    """Return the Trials of an exercise; a learner tries more than once, and meets them again."""
    return Trials(exercise, seed)


def smallest_example(function, trials, find_problem, deadline):
    """Return, ready to paste, the smallest input found on which there is a problem, or ""."""
    exercise = trials.exercise
    for case in chain(exercise.small_cases(np.random.default_rng(0)), trials.cases):
        if exercise.right(case).failure or _size(case.arguments.values()) > LONGEST:
            continue  # one example, say, where there must be two
        outcome = exercise.run(function, case, deadline)
        if outcome.failure and outcome.failure.kind != "error":
            return ""
        long = outcome.seen is None and _size(outcome.kept) > LONGEST
        if find_problem(outcome, case, exercise) and not long:
            return _paste(exercise, case, outcome)
    return ""


def _size(values):
    return sum(np.size(leaf) for leaf in leaves(list(values)))


def _paste(exercise, case, outcome):
    lines = [f"{name} = {literal(value)}" for name, value in case.arguments.items()]
    given = ", ".join(f"{k}={k}" if k in exercise.by_name else k for k in case.arguments)
    came = outcome.failure.type if outcome.failure else _results(outcome)
    updated = [name for name in exercise.updates if name in case.arguments]
    lines += [f"{exercise.name}({given})", *filter(None, [", ".join(updated)])]
    expected = _results(exercise.right(case))
    return "\n".join([*lines, f"# expected {expected}", f"# yours    {came}"])


def _results(outcome):
    if outcome.seen is not None:
        return "; ".join(f"{name}: {said(value)}" for name, value in outcome.seen.items())
    texts = [literal(value) for value in outcome.kept]
    return ", ".join(t.removeprefix("np.array(").removesuffix(")") if t.startswith("np.array")
                     else t for t in texts)  # fmt: skip
