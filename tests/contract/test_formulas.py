"""What every formula promises: right gradients, inputs left alone, any form, the type kept."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

import backprop_lib
from backprop_lib.gradient_check import central_difference, compare, complex_step
from tests.contract import formulas
from tests.contract.formulas import (
    ALONE,
    DOORS,
    PAIRS,
    SETTINGS,
    back,
    call,
    draw,
    forward,
    upstream_of,
    weigh,
)

LIBRARY = backprop_lib.__path__
DEFAULTS = {"slope": lambda: 0.01, "epsilon": lambda: 1e-5}  # PyTorch's
SEEDS = range(36)  # each another draw; every size of batch comes up seven times

every_pair = pytest.mark.parametrize("pair", PAIRS, ids=repr)
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


def test_every_formula_has_a_way_back_in_the_contract():
    known = {way.__name__ for pair in PAIRS for way in (pair.forward, pair.backward)} | ALONE
    missing = set(DOORS) - known
    assert not missing, f"no line for {missing} among the PAIRS of {formulas.__name__}"


def test_every_formula_is_exported():
    modules = [import_module(f"backprop_lib.{found.name}") for found in iter_modules(LIBRARY)]
    doors = {name for module in modules for name, door in vars(module).items() if is_door(door)}
    missing = doors - set(DOORS)
    assert not missing, f"{missing} not in backprop_lib/__init__.py"


def test_every_setting_is_tried_at_another_value_than_its_default():
    for name, door in DOORS.items():
        unknown = inspect.signature(door).parameters.keys() - door.shapes - SETTINGS.keys()
        assert not unknown, f"{name}: give a value to {unknown}, in SETTINGS of {formulas.__name__}"


def is_door(thing):
    return inspect.isfunction(thing) and hasattr(thing, "shapes")


@every_pair
@pytest.mark.parametrize(
    ("method", "limit"), [(central_difference, 1e-8), (complex_step, 1e-13)], ids=["h", "ih"]
)
def test_the_way_back_is_the_gradient_of_the_way_forward(pair, method, limit):
    for seed in SEEDS:
        arguments = draw(pair.forward, seed)
        if len(next(iter(arguments.values()))) < pair.least:
            arguments = draw(pair.forward, seed, n=pair.least + seed % 3)
        known = forward(pair, arguments)
        upstream = upstream_of(pair, known, seed)
        for name, gradient in back(pair, known, upstream).items():
            value = arguments[name[1:]]
            slow = method(weigh(pair, arguments, name[1:], upstream), value)
            assert gradient.shape == value.shape
            found = compare(gradient, slow)
            assert found.error <= limit, f"seed {seed}, {name} of shape {value.shape}: {found}"


@every_door
def test_inputs_stay_results_are_fresh_and_calls_are_independent(door):
    for seed in range(6):
        arguments = draw(door, seed, n=4)
        before = {name: array.copy() for name, array in arguments.items()}
        first = call(door, arguments)
        kept = [np.copy(result) for result in first]
        call(door, draw(door, seed + 100, n=5))
        again = call(door, arguments)
        for result, then, now in zip(first, kept, again, strict=True):
            np.testing.assert_array_equal(result, then)
            np.testing.assert_array_equal(now, then)
            others = [*arguments.values(), now, *(each for each in first if each is not result)]
            assert not any(np.shares_memory(result, other) for other in others)
        for name, array in arguments.items():
            np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_setting_that_is_not_said_is_pytorchs(name):
    for door in DOORS.values():
        if name in inspect.signature(door).parameters:
            arguments = draw(door, 0, n=4)
            unsaid, said = (call(door, arguments, settings) for settings in ({}, DEFAULTS))
            for ours, theirs in zip(unsaid, said, strict=True):
                np.testing.assert_array_equal(ours, theirs)


def as_float32(array):
    """Return numbers as float32, and labels as they are."""
    return array.astype(np.float32) if array.dtype.kind == "f" else array


@every_door
def test_float32_stays_float32_and_says_the_same(door):
    for seed in range(6):
        arguments = draw(door, seed, n=4)
        short = {name: as_float32(array) for name, array in arguments.items()}
        long = {name: array.astype(array.dtype.char.lower()) for name, array in short.items()}
        assert all(result.dtype == np.float32 for result in call(door, short))
        for result, expected in zip(call(door, short), call(door, long), strict=True):
            np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-5)


FORMS = {
    "columns first": np.asfortranarray,
    "every other": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "reversed": lambda a: a[::-1].copy()[::-1],
    "transposed": lambda a: np.ascontiguousarray(a.T).T,
    "in a wider table": lambda a: np.concatenate([a, a], axis=-1)[..., : a.shape[-1]],
}


@every_door
def test_memory_may_lie_in_any_order(door):
    for seed in range(4):
        arguments = draw(door, seed, n=4)
        plain = call(door, arguments)
        for kind, form in FORMS.items():
            strided = {name: form(array) for name, array in arguments.items()}
            for result, expected in zip(call(door, strided), plain, strict=True):
                np.testing.assert_allclose(result, expected, 1e-13, 1e-15, err_msg=kind)


@pytest.mark.parametrize("seed", range(10))
def test_two_examples_leave_batch_norm_no_gradient(seed):
    """X̂ is ±1 whatever the two are, but for ε: the gradient is a rounding, so no ratio is taken."""
    pair = next(pair for pair in PAIRS if pair.least > 1)
    arguments = draw(pair.forward, seed, n=2)
    known = forward(pair, arguments)
    upstream = upstream_of(pair, known, seed)
    for name, gradient in back(pair, known, upstream).items():
        slow = complex_step(weigh(pair, arguments, name[1:], upstream), arguments[name[1:]])
        np.testing.assert_allclose(gradient, slow, atol=1e-13, rtol=1e-13)
