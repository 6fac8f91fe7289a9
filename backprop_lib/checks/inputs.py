"""The inputs an answer is tried on: ordinary, of one example, equal in size, extreme, small."""

import inspect
from dataclasses import dataclass, field

import numpy as np

from backprop_lib.checks.sandbox import Code, Outcome

# First sizes that differ wherever they can, so that no transpose hides; then sizes that agree, so
# that a product which fits only there still shows which one it is.
SIZES = {
    "4 examples": {"n": 4, "p": 3, "h": 5, "q": 2, "K": 6},
    "more units out than in": {"n": 2, "p": 3, "h": 4, "q": 5, "K": 7},
    "1 example": {"n": 1, "p": 3, "h": 3, "q": 3, "K": 3},
    "1 unit out": {"n": 3, "p": 3, "h": 3, "q": 1, "K": 2},
    "all sizes equal": {"n": 3, "p": 3, "h": 3, "q": 3, "K": 3},
}
# For what cannot be done to a batch of one.
AT_LEAST_TWO = {words: SIZES[words] for words in SIZES if words != "1 example"}
WHOLE, ZERO_TOO = (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0), (-1.0, 0.0, 1.0)  # for small examples
MANY = 16  # examples of extreme numbers, so that each value meets each other one in a row
EXTREMES = (0.0, 1e6, -1e6, 1e-6, -1e-6, 1.0)
KINDS = {  # the word before an argument's letters, and how its numbers are drawn
    "labels": lambda rng, shape, sizes: rng.integers(sizes["K"], size=shape),
    "positive": lambda rng, shape, _: rng.uniform(0.5, 2, shape).round(1),
    "chances": lambda rng, shape, _: rng.uniform(0, 1, shape).round(1),
    "zeros": lambda rng, shape, _: np.zeros(shape),
    "generator": lambda rng, *_: Code(f"np.random.default_rng({rng.integers(1000)})"),
}


@dataclass(eq=False)
class Case:
    """One input to try: what is special about it, and the arguments by name."""

    words: str
    arguments: dict
    right: Outcome = field(default=None, repr=False)  # what the right answer does, once known
    slack: list = field(default=None, repr=False)  # how far rounding may move it, once known


def cases_of(exercise, rng):
    """Return the cases of an exercise whose arguments are arrays, the most ordinary first."""
    *_, last = exercise.sizes.values()
    drawn = {words: draw(exercise, rng, sizes) for words, sizes in exercise.sizes.items()}
    small = draw(exercise, rng, last)
    drawn["float32 numbers"] = {name: _as_float32(array) for name, array in small.items()}
    drawn["extreme numbers"] = _extreme(exercise, rng, last)
    drawn["many extreme numbers"] = _extreme(exercise, rng, last | {"n": MANY})
    cases = [
        Case(words, _complete(exercise, arguments, i))
        for i, (words, arguments) in enumerate(drawn.items())
    ]
    for step in range(1, exercise.steps):  # with what came back from the step before
        before = cases[-1] if step > 1 else cases[0]
        after = zip(exercise.values, exercise.right(before).kept, strict=True)
        fresh = draw(exercise, rng, next(iter(exercise.sizes.values())))
        arguments = _complete(exercise, fresh, step)
        arguments |= {name: value for name, value in after if name in arguments}
        cases.append(Case(f"step {step + 1}", arguments))
    return cases


def small_cases_of(exercise, rng):
    """Yield tiny inputs made of small whole numbers, the smallest first."""
    used = {k for letters in _letters(exercise).values() for k in letters}
    used |= {"K"} if "labels" in used else set()
    letters = [k for k in SIZES["4 examples"] if k in used]
    counts = (np.array(i) + 1 for i in np.ndindex(*[2] * len(letters)))
    for sizes in sorted(counts, key=sum):
        sizes = dict(zip(letters, sizes, strict=True))
        for i, values in enumerate((WHOLE, WHOLE, ZERO_TOO, ZERO_TOO)):
            whole = draw(exercise, rng, sizes, values)
            yield Case("a small example", _complete(exercise, whole, i))
        for i in range(4):
            yield Case("extreme numbers", _complete(exercise, _extreme(exercise, rng, sizes), i))


def draw(exercise, rng, sizes, values=None):
    """Return a random array for each argument: normal numbers, or some of `values`."""
    drawn = {}
    for name, (kind, shape) in _shapes(exercise, sizes).items():
        if kind:
            drawn[name] = KINDS[kind](rng, shape, sizes)
        else:
            drawn[name] = rng.choice(values, shape) if values else rng.standard_normal(shape)
    return drawn


def _extreme(exercise, rng, sizes):
    arguments = draw(exercise, rng, sizes)
    for name, values in (exercise.extremes or {next(iter(arguments)): EXTREMES}).items():
        filled = np.resize(np.array(values), arguments[name].size)
        arguments[name] = rng.permutation(filled).reshape(arguments[name].shape)
    return arguments


def _complete(exercise, arguments, i):
    """Add the settings and what follows from the rest, and put all in the function's order."""
    chosen = {name: values[i % len(values)] for name, values in exercise.settings.items()}
    whole = exercise.together(arguments | chosen)
    names = inspect.signature(exercise.reference).parameters
    return {name: whole[name] for name in names if name in whole}


def _letters(exercise):
    shapes = exercise.shapes or exercise.reference.shapes
    return {name: letters.split() for name, letters in shapes.items()}


def _shapes(exercise, sizes):
    sizes = sizes | {"1": 1}
    shapes = {}
    for name, letters in _letters(exercise).items():
        kind = letters[0] if letters and letters[0] in KINDS else ""
        letters = letters[bool(kind) :]
        if not sizes.keys() >= set(letters):
            raise LookupError(
                f"{exercise.name}: {name} is {letters}, expected letters of {[*sizes]}."
                " Give the exercise its shapes=."
            )
        shapes[name] = kind, tuple(int(sizes[letter]) for letter in letters)
    return shapes


def _as_float32(value):
    floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.float32) if floats else value
