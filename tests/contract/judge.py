"""The judge of bad input: is what became of a spoiled argument right, refused in words, or a fault?

Right is what the same call says of a plain float64 copy. Where numbers are huge or tiny, right is
what the same formula says in a longer float, and what is not finite is no secret. Where one is NaN
or infinite, every result that depends on it must show it, or be what a very large number makes.
"""

import re

import numpy as np

from tests.contract.results import numbers


class Fault(Exception):
    """A wrong answer, or a refusal that says too little."""


def outcome(call, name, kind):
    """Return "right" or "refused"; raise a Fault for whatever else became of it."""
    value, fate = spoiled(call, name, kind), kind.fate
    if fate == "shape":
        fate = "right" if fits(call, name, value) else "refused"
    found = attempt(call, name, value, over="raise" if fate == "huge" else "ignore")
    if isinstance(found, Exception):
        require_refusal(call, name, kind, fate, found)
        return "refused"
    if fate == "refused":
        raise Fault(f"nothing was said, and {found!s:.80} came")
    value = spoiled(call, name, kind)  # once more: a call in place has changed it
    if fate == "lost":
        require_shown(call, name, value, found)
    elif fate in {"exact", "huge"} and call.formula:
        require_exact(call, name, value, found)
    else:
        require_same(call, name, value, found)
    return "right"


def spoiled(call, name, kind):
    return kind.spoil(call.right[name]())


def attempt(call, name, value, over="ignore"):
    """Return the numbers that come out, or the refusal; any other exception fails."""
    arguments = {each: make() for each, make in call.right.items()} | {name: value}
    try:
        with np.errstate(over=over, invalid="ignore", divide="ignore", under="ignore"):
            return numbers(call.do(**arguments))
    except (TypeError, ValueError, FloatingPointError) as refusal:
        return refusal
    except Exception as fault:
        raise Fault(f"{fault!r:.150}") from fault


def require_refusal(call, name, kind, fate, refusal):
    """A refusal is one sentence that names the argument, what came and what was expected.

    What fits must not be refused, unless its numbers are out of the argument's range.
    """
    if fate == "right":
        plainly = attempt(call, name, plain(spoiled(call, name, kind)))
        if not isinstance(plainly, Exception):
            raise Fault(f"refused, but it is right: {refusal}")
    if fate == "exact" and name not in call.ranges:
        raise Fault(f"refused, but it is right: {refusal}")
    culprits = "|".join(call.right if kind.fate == "shape" else [name])
    words = rf"(\b({culprits})\b('s \w+)? (is|has|holds)|^Network got|^held_out:) .*\bexpected\b"
    aloud = isinstance(refusal, FloatingPointError)  # numpy's overflow, or the network's own words
    shape = re.search(r"has shape [^:]*, expected \((.*?)\)", str(refusal))
    letters = shape is None or re.fullmatch(r"((\d+|[npqK])(, |,|$))*", shape[1])
    if not (aloud or (letters and re.search(words, str(refusal), re.DOTALL))):
        raise Fault(f"says {refusal!r:.150}")


def fits(call, name, value):
    """Whether all shapes agree with their specs; told here a second time, in other words."""
    sizes = {}
    for each, spec in call.specs.items():
        shape = np.shape(value) if each == name else np.shape(call.right[each]())
        letters = spec.removeprefix("labels ").removeprefix("in place ").split()
        if letters == ["*"]:
            letters = [f"*{axis}" for axis in range(len(shape))]
            if sizes.setdefault("*", len(shape)) != len(shape):
                return False
        if len(letters) != len(shape) or 0 in shape:
            return False
        for letter, size in zip(letters, shape, strict=True):
            if sizes.setdefault(letter, int(letter) if letter.isdigit() else size) != size:
                return False
    return sizes.get("n", call.least) >= call.least


def plain(value):
    """Return the same numbers as a float64 array, or as a number of Python's."""
    if isinstance(value, int | float | np.generic):
        return float(value) if isinstance(value, np.floating) else int(value)
    array = np.asarray(value)
    if array.dtype.kind == "c":
        array = array.real
    return np.array(array.tolist(), int if array.dtype.kind in "biu" else float)


def require_same(call, name, value, found):
    """The numbers are those of a plain copy, and none has become longer than float64."""
    expected = attempt(call, name, plain(value))
    if isinstance(expected, Exception):
        raise Fault(f"taken, but a plain copy is refused: {expected}")
    if [a.shape for a in found] != [a.shape for a in expected]:
        raise Fault("another shape came")
    rough = 1e-5 if getattr(value, "dtype", None) == np.float32 else 1e-12
    for ours, theirs in zip(found, expected, strict=True):
        close = np.allclose(ours, theirs, rtol=rough, atol=rough, equal_nan=True)
        if not close or ours.dtype.char in "egG":
            raise Fault(f"{ours!r:.80} came, and right is {theirs!r:.80}")


def require_exact(call, name, value, found):
    """Each number that came is what the formula says in a longer float, or is not finite."""
    arguments = {each: make() for each, make in call.right.items()} | {name: value}
    for each in call.specs:
        if np.asarray(arguments[each]).dtype.kind == "f":
            arguments[each] = np.asarray(arguments[each], np.longdouble)
    with np.errstate(all="ignore"):
        expected = numbers(call.formula(**arguments))
    rough = 1e-13 * min(1, np.abs(value).max()) + 1e-318  # which is a few hundred denormals
    for ours, theirs in zip(found, expected, strict=True):
        close = ~np.isfinite(ours) | np.isclose(ours, theirs, rtol=1e-9, atol=rough)
        if not close.all():
            raise Fault(f"{ours!r:.80} came, and right is {theirs!r:.80}")


def require_shown(call, name, value, found):
    """Every result that another number there would change is not finite, or what 1e30 makes it."""
    value = np.asarray(value)
    tried = []
    for number in (0.25, 0.75, 5.0, -5.0):
        results = attempt(call, name, np.where(np.isfinite(value), value, number))
        if not isinstance(results, Exception):
            tried.append(results)
    if len(tried) < 2:
        raise Fault("no number at all is right there")
    limit = attempt(call, name, np.nan_to_num(value, nan=0.5, posinf=1e30, neginf=-1e30))
    for k, ours in enumerate(found):
        depends = np.any([each[k] != tried[0][k] for each in tried], axis=0)
        shown = ~np.isfinite(ours)
        if not (np.isnan(value).any() or isinstance(limit, Exception)):
            shown |= np.isclose(ours, limit[k], rtol=1e-6, atol=1e-6)
        if not (shown | ~depends).all():
            raise Fault("the NaN or infinity was lost")
