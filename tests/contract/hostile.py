"""What people hand to a function by mistake, and what each of them deserves."""

import datetime
import warnings
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np


@dataclass(frozen=True)
class Kind:
    """One way to spoil a right argument; `fate` is what must become of it.

    refused: an error in words. right: the answer that a plain float64 copy gets. fair: either.
    shape: right if the shapes still fit, else refused. lost: NaN or infinity, which must not
    vanish. exact: numbers where only a longer float can say what is right. huge: the same, and
    they may overflow aloud or be refused.
    """

    name: str
    spoil: callable
    fate: str


def _junk():
    """Yield what is no number, no array, no Generator and no part of a network."""
    yield "None", None
    yield "a string", "abc"
    yield "a number as a string", "1"
    yield "an empty string", ""
    yield "bytes", b"abc"
    yield "a dict", {"a": 1.0}
    yield "a set", {1.0, 2.0}
    yield "a generator", (number for number in (1.0, 2.0))
    yield "a function", lambda *_: None
    yield "a class", int
    yield "a module", datetime
    yield "a slice", slice(2)
    yield "an Ellipsis", ...
    yield "an object", object()
    yield "an error", ValueError("a value")
    yield "a date", datetime.date(2020, 1, 1)
    yield "a datetime64", np.datetime64("2020-01-01")
    yield "a timedelta64", np.timedelta64(1, "s")
    yield "a Decimal", Decimal("0.5")
    yield "a Fraction", Fraction(1, 2)
    yield "a void", np.void(b"ab")
    yield "the masked constant", np.ma.masked
    yield "a list of None", [None, None]
    yield "a list of strings", ["1.0", "2.0"]
    yield "a list of dicts", [{}, {}]
    yield "a ragged list", [[1.0, 2.0], [3.0]]
    yield "an array of strings", np.array(["1.0", "2.0"])
    yield "an array of objects", np.array([1.0, None], object)
    yield "an array of dates", np.array(["2020-01-01"], "datetime64[D]")
    yield "a structured array", np.zeros(2, "f8,i4")


JUNK = [Kind(name, lambda _, value=value: value, "refused") for name, value in _junk()]
CALLABLE = {"a function", "a class"}


class Subclass(np.ndarray):
    """An array that someone derived."""


def _at(array, place, value):
    spoiled = array.copy()
    spoiled.flat[place] = value
    return spoiled


def _read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def _matrix(array):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is not recommended, and people have them
        return np.matrix(array) if array.ndim == 2 else array


FORMS = [  # other clothes for the same numbers
    ("a list", np.ndarray.tolist, "right"),
    ("a tuple", lambda a: tuple(a.tolist()), "right"),
    ("columns first", lambda a: np.array(a, order="F"), "right"),
    ("reversed", lambda a: a[::-1].copy()[::-1], "right"),
    ("every other", lambda a: np.repeat(a, 2, axis=-1)[..., ::2], "right"),
    ("read-only", _read_only, "right"),
    ("a broadcast row", lambda a: np.broadcast_to(a[:1], a.shape), "right"),
    ("big-endian", lambda a: a.astype(a.dtype.newbyteorder(">")), "right"),
    ("a subclass", lambda a: a.copy().view(Subclass), "fair"),
    ("a memoryview", lambda a: memoryview(a.copy()), "fair"),
    ("a matrix", _matrix, "fair"),
    ("a masked array", np.ma.masked_array, "refused"),
    ("half masked", lambda a: np.ma.masked_less(a, 0.5), "refused"),
    ("strings of it", lambda a: a.astype(str), "refused"),
    ("objects of it", lambda a: a.astype(object), "refused"),
    ("itself in a list", lambda a: [a], "shape"),
    ("one axis more", lambda a: a[..., None], "shape"),
    ("one axis less", lambda a: a[0], "shape"),
    ("one number", lambda a: a.flat[0], "shape"),
    ("a batch of one", lambda a: a[:1], "shape"),
    ("a column", lambda a: a.reshape(-1, 1), "shape"),
    ("a row", lambda a: a.reshape(1, -1), "shape"),
    ("flat", np.ravel, "shape"),
    ("transposed", np.transpose, "shape"),
    ("one row more", lambda a: np.concatenate([a, a[:1]]), "shape"),
    ("one row less", lambda a: a[:-1], "shape"),
    ("one column more", lambda a: np.concatenate([a, a[..., :1]], axis=-1), "shape"),
    ("one column less", lambda a: a[..., :-1], "shape"),
    ("no rows", lambda a: a[:0], "refused"),
    ("no columns", lambda a: a[..., :0], "refused"),
    ("an empty list", lambda a: [], "refused"),
]  # fmt: skip
NUMBERS = [
    ("float32", lambda a: a.astype(np.float32), "right"),
    ("integers", lambda a: np.rint(3 * a).astype(int), "right"),
    ("booleans", lambda a: a > 0.5, "right"),
    ("float16", lambda a: a.astype(np.float16), "fair"),
    ("longdouble", lambda a: a.astype(np.longdouble), "fair"),
    ("uint8", lambda a: np.abs(np.rint(3 * a)).astype(np.uint8), "right"),
    ("complex without a part i", lambda a: a.astype(complex), "fair"),
    ("NaN first", lambda a: _at(a, 0, np.nan), "lost"),
    ("NaN last", lambda a: _at(a, -1, np.nan), "lost"),
    ("infinity", lambda a: _at(a, 0, np.inf), "lost"),
    ("−infinity", lambda a: _at(a, -1, -np.inf), "lost"),
    ("all NaN", lambda a: np.full_like(a, np.nan), "lost"),
    ("zeros", np.zeros_like, "exact"),
    ("all equal", lambda a: np.full_like(a, 0.7), "exact"),
    ("thousands", lambda a: 1e4 * a, "exact"),
    ("huge", lambda a: 1e300 * a, "huge"),
    ("one huge", lambda a: _at(a, 0, 1e300), "huge"),
    ("tiny", lambda a: 1e-300 * a, "exact"),
    ("denormal", lambda a: 1e-320 * a, "exact"),
]
LABELS = [
    ("small integers", lambda a: a.astype(np.int8), "right"),
    ("unsigned", lambda a: a.astype(np.uint64), "right"),
    ("booleans", lambda a: a > 0, "right"),
    ("floats as labels", lambda a: a.astype(float), "refused"),
    ("complex labels", lambda a: a.astype(complex), "refused"),
    ("NaN among them", lambda a: _at(a.astype(float), 0, np.nan), "refused"),
    ("label −1", lambda a: _at(a, -1, -1), "refused"),
    ("label K", lambda a: _at(a, 0, 4), "refused"),  # there are 4 in every call
    ("label 2⁴⁰", lambda a: _at(a, 0, 2**40), "refused"),
    ("label −2⁶³", lambda a: _at(a, 0, -(2**63)), "refused"),
    ("label 2⁶³, unsigned", lambda a: _at(a.astype(np.uint64), 0, 2**63), "refused"),
]
ARRAYS = JUNK + [Kind(*row) for row in FORMS + NUMBERS]
LABEL_ARRAYS = JUNK + [Kind(*row) for row in FORMS + LABELS]


def in_place(kinds):
    """Return the kinds for an array that is changed in place: what is no array cannot be."""
    no_array = {"itself in a list", "one number", "no rows", "no columns"}
    return [
        Kind("no axis", lambda a: np.array(a.flat[0]), "refused"),
        *[
            Kind(kind.name, kind.spoil, "fair" if kind.fate == "right" else kind.fate)
            for kind in kinds
            if kind.name not in no_array
        ],
    ]


def out_of_range(value):
    """Return the kind that has one entry beyond a bound."""
    return Kind(f"an entry of {value}", lambda a: _at(a, -1, value), "refused")


def of_a_number(right, bad, *, whole=False):
    """Return the kinds for a setting whose right value is `right`; `bad` are out of its range."""
    wrong = [True, False, np.True_, [right], (right,), np.array(right), np.array([right, right])]
    wrong += [np.nan, np.inf, -np.inf, np.float32("nan"), complex(right), right + 1j, *bad]
    wrong += [float(right), np.float64(right), right + 0.5] if whole else []
    good = [np.int64, np.int8, np.uint8] if whole else [np.float64, np.float32, np.float16]
    good += [] if whole else [np.longdouble]
    return [
        *JUNK,
        *[Kind(f"{value!r:.30}", lambda _, value=value: value, "refused") for value in wrong],
        *[Kind(number.__name__, number, "right") for number in good],
    ]


def of_a_generator():
    """Return the kinds for an rng."""
    wrong = [0, 1.5, True, np.random, np.random.default_rng, np.random.RandomState(0)]
    wrong += [np.random.PCG64(0), np.random.SeedSequence(0), [np.random.default_rng(0)]]
    return JUNK + [Kind(f"{each!r:.30}", lambda _, each=each: each, "refused") for each in wrong]


def of_a_thing(*wrong, optional=False, called=False):
    """Return the kinds for a network, a layer, a loss, an optimizer or a function."""
    skipped = CALLABLE if called else {"None"} if optional else set()
    more = [0, -1, 1.5, True, [], *wrong]
    return [
        *[kind for kind in JUNK if kind.name not in skipped],
        *[Kind(f"{each!r:.30}", lambda _, each=each: each, "refused") for each in more],
    ]
