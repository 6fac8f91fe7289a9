"""Two values side by side: whether yours has the form and the numbers of the expected one."""

from dataclasses import dataclass
from numbers import Integral, Number, Real

import numpy as np

# Against the largest entry. Right answers, written differently, stay a thousand times below.
TOLERANCE = {np.dtype(np.float64): 1e-9, np.dtype(np.float32): 2e-5}


@dataclass(frozen=True)
class Problem:
    """What is wrong to look at: its name, a sentence, and the two values where one can be shown."""

    name: str
    sentence: str
    value: str = ""
    yours: object = None
    expected: object = None


class Unfit(Exception):
    """What the function made cannot be looked at; the message is a sentence that says why."""


def numeric(value):
    """Whether `value` is an array of plain numbers, which can be compared without surprises."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def wide(array):
    """Return it as float64, or complex where it is."""
    return np.asarray(array, complex if np.iscomplexobj(array) else np.float64)


def is_shape(value):
    """Whether `value` is a tuple of whole numbers."""
    return isinstance(value, tuple) and all(isinstance(size, Integral) for size in value)


def is_nested(value):
    """Whether `value` is a list, tuple or dict of values, and not a shape."""
    return isinstance(value, (list, tuple, dict)) and not is_shape(value)


def parts(value):
    """Return the parts of a nested value by their index or key."""
    return value if isinstance(value, dict) else dict(enumerate(value))


def leaves(value):
    """Yield the values in a list of lists, from left to right; a value by itself is one."""
    if is_nested(value):
        for part in parts(value).values():
            yield from leaves(part)
    else:
        yield value


def mapped(value, change):
    """Return `value` with `change` applied to every leaf."""
    if isinstance(value, dict):
        return {key: mapped(part, change) for key, part in value.items()}
    if is_nested(value):
        return (list if isinstance(value, list) else tuple)(mapped(v, change) for v in value)
    return change(value)


def agreement(yours, expected, slack=0.0):
    """Return which entries agree: as closely as the coarser of the two dtypes allows.

    slack: how far off rounding alone may be here, where it is more than that.
    """
    if np.shape(yours) != np.shape(expected):
        return np.False_
    coarse = max(TOLERANCE.get(np.asarray(a).dtype, 1e-9) for a in (yours, expected))
    yours, expected = wide(yours), wide(expected)
    with np.errstate(all="ignore"):
        size = np.abs(expected)
        allowed = np.maximum(coarse * size[np.isfinite(size)].max(initial=0), slack)
        near = np.abs(yours - expected) <= allowed
    return near | (yours == expected) | (np.isnan(yours) & np.isnan(expected))


def alike(a, b, strict, slack=0.0):
    """Whether two values are the same to a reader; strict: their arrays' dtypes too."""
    if is_nested(a) or is_nested(b):
        if not (is_nested(a) and is_nested(b)):
            return False
        a, b = parts(a), parts(b)
        return a.keys() == b.keys() and all(alike(a[k], b[k], strict, slack) for k in a)
    a, b = (np.asarray(v) if isinstance(v, (Number, np.bool_)) else v for v in (a, b))
    if numeric(a) and numeric(b):
        other_dtype = a.dtype != b.dtype and a.ndim + b.ndim > 0
        return not (strict and other_dtype) and bool(agreement(a, b, slack).all())
    if isinstance(a, (str, tuple)):
        return type(a) is type(b) and a == b
    return type(a) is type(b) and not isinstance(a, np.ndarray)  # of objects nobody can say more


def form_problem(yours, expected, name):
    """Return what is wrong with the type, shape or dtype of `yours`, or None."""
    if is_nested(expected):
        return _parts_problem(yours, expected, name)
    for kind, find in _FORMS:
        if isinstance(expected, kind):
            found = find(yours, expected, name)
            return found and Problem(*found, name, yours, expected)
    return None


def numbers_problem(yours, expected, name, slack=0.0):
    """Return what is wrong with the numbers of a value whose form is right, or None."""
    if is_nested(expected):
        yours = parts(yours)
        problems = (
            numbers_problem(yours[key], part, f"{name}[{key!r}]", slack)
            for key, part in parts(expected).items()
        )
        return next(filter(None, problems), None)
    if callable(expected) or alike(yours, expected, False, slack):
        return None
    sentence = f"{name} is not right."
    if is_shape(expected):
        sentence = f"The shape of {name} is not right."
    elif np.ndim(expected):
        sentence = f"The shape of {name} is right, its numbers are not."
    return Problem("wrong values", sentence, name, yours, expected)


def kind_of(expected, name):
    """Say what is expected: `the array Z`."""
    kinds = {np.ndarray: "array", Integral: "whole number", Real: "number", str: "text"}
    words = [word for kind, word in kinds.items() if isinstance(expected, kind)]
    if _is_bool(expected):
        return "True or False"
    return f"the {words[0] if words else type(expected).__name__} {name}"


def article(noun):
    """Put a or an before it."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def a_kind(value):
    """Say what kind of thing came: `an array`, `a list`."""
    name = type(value).__name__
    return article("array" if name == "ndarray" else name)


def _parts_problem(yours, expected, name):
    kind = "dict" if isinstance(expected, dict) else "list"
    if not is_nested(yours) or isinstance(yours, dict) != (kind == "dict"):
        words = f"{name} is {a_kind(yours)}, expected a {kind} of {len(expected)}."
        return Problem(f"not a {kind}", words)
    yours, expected = parts(yours), parts(expected)
    if yours.keys() != expected.keys():
        if kind == "dict":
            came, wanted = (", ".join(map(str, keys)) for keys in (yours, expected))
        else:
            came, wanted = f"{len(yours)} part{'s' * (len(yours) != 1)}", len(expected)
        return Problem("wrong parts", f"{name} has {came}, expected {wanted}.")
    problems = (form_problem(yours[k], expected[k], f"{name}[{k!r}]") for k in expected)
    return next(filter(None, problems), None)


def _array_form(yours, expected, name):
    if not isinstance(yours, np.ndarray):
        return "not an array", f"{name} is {a_kind(yours)}, expected an array {expected.shape}."
    if not numeric(yours):
        came = f"{name} is an array of dtype {yours.dtype}, expected {expected.dtype}"
        why = "Rows of different lengths, or a None among the numbers, do that."
        return "wrong dtype", f"{came}. {why}"
    if yours.shape != expected.shape:
        return "wrong shape", f"{name} has shape {yours.shape}, expected {expected.shape}."
    whole = yours.dtype.kind in "iu" and expected.dtype.kind in "iu"
    if yours.dtype == expected.dtype or whole:
        return None
    as_given = ", as what went in has" * (expected.dtype.kind == "f")
    return "wrong dtype", f"{name} has dtype {yours.dtype}, expected {expected.dtype}{as_given}."


def _shape_form(yours, _, name):
    if not is_shape(yours):
        wanted = "expected a tuple of whole numbers, as a shape is."
        return "not a shape", f"{name} is {a_kind(yours)}, {wanted}"
    return None


def _truth_form(yours, _, name):
    if not _is_bool(_scalar(yours)):
        return "not True or False", f"{name} is {a_kind(yours)}, expected True or False."
    return None


def _count_form(yours, expected, name):
    yours = _scalar(yours)
    if _is_bool(yours) or not isinstance(yours, Integral):
        close = isinstance(yours, Real) and yours == expected
        hint = " The number is right; a count is whole, without a decimal point." if close else ""
        words = f"{name} is {a_kind(yours)}, expected a whole number.{hint}"
        return "not a whole number", words
    return None


def _number_form(yours, _, name):
    value = _scalar(yours)
    if isinstance(value, np.ndarray):
        return "not a number", f"{name} is an array {value.shape}, expected a single number."
    if _is_bool(value) or not isinstance(value, Real):
        return "not a number", f"{name} is {a_kind(value)}, expected a number."
    return None


def _text_form(yours, _, name):
    if not isinstance(yours, str):
        return "not a text", f"{name} is {a_kind(yours)}, expected a text."
    return None


_FORMS = (  # the first that fits what is expected says what yours must be
    (np.ndarray, _array_form),
    (tuple, _shape_form),
    ((bool, np.bool_), _truth_form),
    (Integral, _count_form),
    (Real, _number_form),
    (str, _text_form),
)


def _scalar(value):
    return value[()] if numeric(value) and value.ndim == 0 else value


def _is_bool(value):
    return isinstance(value, (bool, np.bool_))
