"""Why an answer is wrong: the mistakes that explain it, how far off it is, the smallest example."""

from numbers import Number

import numpy as np

from backprop_lib.checks.misconceptions import explanations
from backprop_lib.checks.sandbox import call, is_shape, numeric

# Against the largest entry. Right answers, written differently, stay a thousand times below.
TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 2e-5}


def agreement(yours, expected):
    """Return which entries agree: as closely as the coarser of the two dtypes allows."""
    if np.shape(yours) != np.shape(expected):
        return np.False_
    coarse = max(TOLERANCE.get(np.asarray(a).dtype, 1e-9) for a in (yours, expected))
    yours, expected = _wide(yours), _wide(expected)
    with np.errstate(all="ignore"):
        near = np.abs(yours - expected) <= coarse * np.abs(expected).max(initial=0)
    return near | (yours == expected) | (np.isnan(yours) & np.isnan(expected))


def explain(exercise, cases, outcomes):
    """Return the simplest Explanation that does on every case what the learner's does, or None.

    First to the letter, then regardless of dtype and NumPy's warnings.
    """
    tried = []
    for explanation in explanations(exercise):
        wrong = _Lazy(explanation.function, cases)
        if _same(exercise, outcomes, wrong, strict=True):
            return explanation
        tried.append((explanation, wrong))
    right = [call(exercise.reference, case.arguments) for case in cases]
    for explanation, wrong in tried:
        fits = _same(exercise, outcomes, wrong, strict=False)
        if fits and not _same(exercise, right, wrong, strict=False):  # else it explains nothing
            return explanation
    return None


def figures(name, expected, yours):
    """Return what was expected and what came as labelled text; `name` is the value's own."""
    if isinstance(expected, tuple):
        return {"expected": f"{name} {expected}", "yours": f"{name} {_said(yours)}"}
    if not numeric(yours) or not isinstance(expected, np.ndarray):
        return {"expected": _said(expected), "yours": _said(yours)}
    if yours.shape != expected.shape or yours.dtype != expected.dtype:
        kind = f"{name} {expected.shape} {expected.dtype}", f"{name} {yours.shape} {yours.dtype}"
        return dict(zip(("expected", "yours"), kind, strict=True))
    differ = ~agreement(yours, expected)
    if not differ.any():
        return {}
    place = _worst(yours, expected, differ)
    entry = f"{name}[{', '.join(map(str, place))}] ="
    return {
        "expected": f"{entry} {expected[place]:.6g}",
        "yours": f"{entry} {yours[place]:.6g}, the furthest off",
        "overall": f"{differ.sum()} of {differ.size} numbers differ; {overall(yours, expected)}",
    }


def overall(yours, expected):
    """Return the direction and length of `yours` against `expected`, in words."""
    yours, expected = _wide(yours).ravel(), _wide(expected).ravel()
    if not np.isfinite(yours).all():
        return f"{(~np.isfinite(yours)).sum()} are NaN or infinite"
    length, wanted = np.linalg.norm(yours), np.linalg.norm(expected)
    if not length or not wanted:
        return "yours are all 0" if not length else "all 0 was expected"
    cosine = float(np.clip((yours @ expected.conj()).real / length / wanted, -1, 1))
    ratio = length / wanted
    if abs(cosine) > 1 - 1e-9:
        size = f"{ratio:.3g} times too long" if ratio > 1 else f"{1 / ratio:.3g} times too short"
        size = "the right length" if abs(ratio - 1) < 1e-3 else size
        return f"{'right' if cosine > 0 else 'opposite'} direction, {size}"
    angle = np.degrees(np.arccos(cosine))
    turn = f"{angle:.0f}°" if angle >= 1 else "less than 1°"
    size = "about as long" if abs(ratio - 1) < 0.05 else f"{ratio:.2g} times as long"
    return f"{turn} off in direction, {size}"


def smallest_example(function, exercise, find_problem, deadline):
    """Return, ready to paste, the smallest input found on which there is a problem, or ""."""
    for case in exercise.small_cases(np.random.default_rng(0)):
        outcome, expected = call(function, case.arguments, deadline), expected_of(exercise, case)
        if find_problem(outcome, expected, exercise):
            return _paste(exercise, case, outcome, expected)
    return ""


def expected_of(exercise, case):
    """Return the right answer as a list, one entry for each value that comes back."""
    return call(exercise.reference, case.arguments).kept


def inputs(case):
    """Name the arguments with their shapes: `X (4, 3), b (2,)`."""
    return ", ".join(f"{name} {_said(a, short=True)}" for name, a in case.arguments.items())


class _Lazy:
    """What a wrong function does on each case, worked out only when asked."""

    def __init__(self, function, cases):
        self.function, self.cases, self.known = function, cases, {}

    def __getitem__(self, i):
        if i not in self.known:
            self.known[i] = call(self.function, self.cases[i].arguments)
        return self.known[i]


def _same(exercise, outcomes, wrong, strict):
    """Whether both do the same everywhere; at least once they must come back with numbers."""
    numbers = False
    for i, yours in enumerate(outcomes):
        theirs = wrong[i]
        if yours.failure or theirs.failure:
            if not (yours.failure and theirs.failure and yours.failure.type == theirs.failure.type):
                return False
            continue
        numbers = True
        if strict and exercise.quiet and yours.warned != theirs.warned:
            return False
        if yours.changed != theirs.changed or len(yours.kept) != len(theirs.kept):
            return False
        if not all(_alike(a, b, strict) for a, b in zip(yours.kept, theirs.kept, strict=True)):
            return False
    return numbers


def _alike(a, b, strict):
    a, b = (np.asarray(value) if isinstance(value, Number) else value for value in (a, b))
    if not (numeric(a) and numeric(b)):
        return is_shape(a) and is_shape(b) and a == b
    return not (strict and a.dtype != b.dtype) and bool(agreement(a, b).all())


def _wide(array):
    return np.asarray(array, complex if np.iscomplexobj(array) else np.float64)


def _worst(yours, expected, differ):
    with np.errstate(all="ignore"):
        distance = np.abs(_wide(yours) - _wide(expected))
    distance = np.where(np.isnan(distance), np.inf, distance)
    flat = np.argmax(np.where(differ, distance, -1))
    return tuple(int(i) for i in np.unravel_index(flat, differ.shape))


def _said(value, short=False):
    if isinstance(value, np.ndarray):
        return f"{value.shape}" if short else f"an array {value.shape} {value.dtype}"
    if isinstance(value, (list, tuple)) and len(value) > 8:
        return f"a {type(value).__name__} of {len(value)}"
    try:
        return f"{value!r:.60}"
    except Exception:
        return f"a {type(value).__name__}"


def _paste(exercise, case, outcome, expected):
    lines = [f"{name} = {_literal(value)}" for name, value in case.arguments.items()]
    came = outcome.failure.type if outcome.failure else _results(outcome.kept)
    return "\n".join(
        [
            *lines,
            f"{exercise.name}({', '.join(case.arguments)})",
            f"# expected {_results(expected)}",
            f"# yours    {came}",
        ]
    )


def _results(values):
    return ", ".join(
        _literal(value).removeprefix("np.array(").removesuffix(")") for value in values
    )


def _literal(value):
    if not isinstance(value, np.ndarray):
        return _said(value)
    return f"np.array({value.tolist()})"
