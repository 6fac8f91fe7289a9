"""A right call of every formula, and what it takes to make one of any other function."""

import inspect
from dataclasses import dataclass

import numpy as np

from tests.contract import hostile
from tests.contract.formulas import DOORS

WITH_TABLE = " with a table of labels"
SIZES = {"n": 5, "p": 3, "q": 2, "K": 4}
NUMBERS = {  # setting: a right value, and some out of range; all of them exact in float16
    "slope": (0.25, [-0.25]),
    "epsilon": (0.125, [0, -1]),
    "drop_prob": (0.5, [-0.25, 1, 1.5]),
    "learning_rate": (0.125, [0, -1]),
    "weight_decay": (0.25, [-1]),
    "momentum": (0.5, [-0.25, 1.5]),
    "alpha": (0.5, [-0.25, 1, 1.5]),
    "beta1": (0.5, [-0.25, 1, 1.5]),
    "beta2": (0.75, [-0.25, 1, 1.5]),
    "rate": (0.5, [0, -1]),
    "schedule": (0.5, [0, -1]),
    "final": (0.25, [-1, 0.75]),
    "limit": (0.5, [0, -1]),
    "max_norm": (0.5, [0, -1]),
    "h": (2**-10, [0]),
}
FINE = {  # settings that may be something else than a number
    "max_norm": {"None"},
    "learning_rate": hostile.CALLABLE,
    "schedule": hostile.CALLABLE,
}
WHOLES = {"size": 4, "steps": 2, "epochs": 2, "batch_size": 3, "p": 3, "q": 2}


@dataclass(frozen=True)
class Call:
    """A right call: `do(**arguments)`, with `right[name]()` making each argument afresh.

    specs: the shape of every array. kinds: the ways to spoil each argument. ranges: the lowest and
    the highest entry of an array that has them. least: the fewest examples. formula: what `do`
    calls, where that can be done in longer floats too.
    """

    name: str
    do: callable
    right: dict
    specs: dict
    kinds: dict
    ranges: dict
    least: int
    formula: callable

    def __repr__(self):
        return self.name


def call(name, do, *, settings="", things=None, ranges=None, least=1, formula=None, **specs):
    """Return a Call of arrays with these specs, of these settings and these things.

    A name that ends in WITH_TABLE is a second form of the same call: only its Y is spoiled.

    A spec is made of the letters in SIZES or of numbers, "*" for any shape, "labels n", or
    "in place n" for an array that the call changes. things: name -> (make it, its kinds).
    """
    ranges = ranges or {}
    right, kinds = {}, {}
    for seed, (each, spec) in enumerate(specs.items()):
        right[each] = array(spec, seed, positive=each in ranges).copy
        kinds[each] = of_an_array(spec, ranges.get(each), formula)
    for each in {"b", "decays"} & set(specs):  # which may be left out
        if not formula:
            kinds[each] = [kind for kind in kinds[each] if kind.name != "None"]
    for each in settings.split():
        right[each], kinds[each] = setting(each)
    for each, (make, wrong) in (things or {}).items():
        right[each], kinds[each] = make, wrong
    if name.endswith(WITH_TABLE):
        kinds = {"Y": kinds["Y"]}
    return Call(name, do, right, specs, kinds, ranges, least, formula)


def array(spec, seed, positive):
    """Return an array that fits its spec."""
    letters = spec.removeprefix("labels ").removeprefix("in place ").replace("*", "n p")
    shape = tuple(SIZES.get(letter) or int(letter) for letter in letters.split())
    if spec.startswith("labels"):
        return np.arange(shape[0]) % SIZES["K"]
    rng = np.random.default_rng(seed)
    return rng.uniform(0.1, 0.9, shape) if positive else rng.uniform(-2, 2, shape)


def of_an_array(spec, bounds, formula):
    """Return the kinds for an array of this spec; complex numbers are a matter of formulas."""
    if spec.startswith("labels"):
        return hostile.LABEL_ARRAYS
    kinds = [kind for kind in hostile.ARRAYS if formula or "complex" not in kind.name]
    if spec.startswith("in place"):
        kinds = hostile.in_place(kinds)
    for bound, beyond in zip(bounds or (), (-0.5, 0.5), strict=False):
        if bound is not None:
            kinds.append(hostile.out_of_range(bound + beyond))
    return kinds


def setting(name):
    """Return how to make the right value of a setting, and the kinds for it."""
    if name == "rng":
        return lambda: np.random.default_rng(0), hostile.of_a_generator()
    if name in WHOLES:
        return lambda: WHOLES[name], hostile.of_a_number(WHOLES[name], [0, -1], whole=True)
    right, bad = NUMBERS[name]
    kinds = hostile.of_a_number(right, bad)
    return lambda: right, [kind for kind in kinds if kind.name not in FINE.get(name, ())]


def of_a_door(door):
    """Yield the calls of a formula: two where its targets may be labels or a table of them."""
    own = [name for name in inspect.signature(door).parameters if name not in door.shapes]
    for choice in range(1 + any(" or " in spec for spec in door.shapes.values())):
        specs = {name: spec.split(" or ") for name, spec in door.shapes.items()}
        specs = {name: (forms * 2)[choice] for name, forms in specs.items()}
        ranges = {}
        if specs.get("Y", "labels").startswith("n") and "error" not in door.__name__:
            ranges["Y"] = (0, None if "softmax" in door.__name__ else 1)
        if "variance" in specs:
            ranges["variance"] = (0, None)
        yield call(
            door.__name__ + choice * WITH_TABLE,
            door,
            formula=None if "rng" in own else door.__wrapped__,
            settings=" ".join(own),
            ranges=ranges,
            least=2 if door.__name__ == "batch_norm_forward" else 1,
            **specs,
        )


OF_FORMULAS = [each for door in DOORS.values() for each in of_a_door(door)]
