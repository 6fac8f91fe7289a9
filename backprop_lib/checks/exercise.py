"""What an exercise is: its right answer, its wrong answers by name, its hints, its inputs."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

# First sizes that differ wherever they can, so that no transpose hides; then sizes that agree, so
# that a product which fits only there still shows which one it is.
SIZES = {
    "4 examples": {"n": 4, "p": 3, "h": 5, "q": 2},
    "more units out than in": {"n": 2, "p": 3, "h": 4, "q": 5},
    "1 example": {"n": 1, "p": 3, "h": 3, "q": 3},
    "1 unit out": {"n": 3, "p": 3, "h": 3, "q": 1},
    "all sizes equal": {"n": 3, "p": 3, "h": 3, "q": 3},
}
WHOLE, ZERO_TOO = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0), (-1.0, 0.0, 1.0)  # for small examples
EXTREMES = (0.0, 1e6, -1e6, 1e-6, -1e-6, 1.0)


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


@dataclass(frozen=True)
class Case:
    """One input to try: what is special about it, and the arguments by name."""

    words: str
    arguments: dict


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function that a learner writes, judged against `reference`, which has the same name.

    shapes: the letters of each argument, as in `@takes`; the reference's own if not given.
    extremes: by argument, values that fill it once; the first one with EXTREMES if not given.
    together: arguments -> arguments, where one follows from others. quiet: a NumPy warning counts
    as wrong. cases_of: rng -> cases, where the arguments are not arrays.
    """

    reference: Callable
    returns: tuple[str, ...]
    where: str
    hints: tuple[str, str, str]
    afterwards: str
    wrong_answers: tuple[WrongAnswer, ...]
    shapes: dict | None = None
    extremes: dict = field(default_factory=dict)
    together: Callable = dict
    quiet: bool = False
    cases_of: Callable | None = None

    @property
    def name(self):
        """Return the name that an answer's `def` must have."""
        return self.reference.__name__

    def cases(self, rng):
        """Return the inputs that every answer is tried on, the most ordinary first."""
        if self.cases_of:
            return self.cases_of(rng)
        drawn = {words: self.draw(rng, sizes) for words, sizes in SIZES.items()}
        last = self.draw(rng, SIZES["all sizes equal"])
        drawn["float32 numbers"] = {name: array.astype(np.float32) for name, array in last.items()}
        drawn["extreme numbers"] = self.extreme(rng)
        return [Case(words, self.together(arguments)) for words, arguments in drawn.items()]

    def draw(self, rng, sizes):
        """Return one random array for each argument."""
        return {name: rng.standard_normal(shape) for name, shape in self._shapes(sizes)}

    def extreme(self, rng):
        """Return arguments in which every extreme value stands."""
        arguments = self.draw(rng, SIZES["all sizes equal"])
        for name, values in (self.extremes or {next(iter(arguments)): EXTREMES}).items():
            filled = np.resize(np.array(values), arguments[name].size)
            arguments[name] = rng.permutation(filled).reshape(arguments[name].shape)
        return arguments

    def small_cases(self, rng):
        """Yield tiny inputs made of small whole numbers, the smallest first."""
        if self.cases_of:
            yield from self.cases_of(rng)
            return
        letters = sorted({k for letters in self._letters().values() for k in letters if k != "1"})
        counts = (np.array(i) + 1 for i in np.ndindex(*[2] * len(letters)))
        for sizes in sorted(counts, key=sum):
            for values in (WHOLE, WHOLE, ZERO_TOO, ZERO_TOO):
                whole = {
                    name: rng.choice(values, shape)
                    for name, shape in self._shapes(dict(zip(letters, sizes, strict=True)))
                }
                yield Case("a small example", self.together(whole))

    def _letters(self):
        shapes = self.shapes or self.reference.shapes
        return {name: letters.split() for name, letters in shapes.items()}

    def _shapes(self, sizes):
        sizes = sizes | {"1": 1}
        for name, letters in self._letters().items():
            yield name, tuple(int(sizes[letter]) for letter in letters)
