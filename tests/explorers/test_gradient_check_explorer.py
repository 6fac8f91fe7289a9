"""A nudge and a broken training, live: right at every corner, and what the chapter says is so."""

import numpy as np
import pytest

from backprop_lib.explorers import BreakIt, ErrorCurve
from backprop_lib.explorers.broken_training import BUGS, GRADIENTS, check, training
from backprop_lib.explorers.gradient_check import METHODS
from backprop_lib.gradient_check import LIMIT
from tests.explorers.test_contract import corners


@pytest.fixture(scope="module")
def curve():
    return ErrorCurve()


@pytest.fixture(scope="module")
def board():
    return BreakIt()


def errors(curve, method, dtype="float64"):
    return curve.arrays(k=3.0, dtype=dtype)[method]


def test_the_curves_stay_where_they_are_as_the_hand_moves(curve):
    for parameters in corners(curve):
        arrays = curve.arrays(**parameters)
        assert arrays["k"] == parameters["k"]
        for method in METHODS:
            expected = errors(curve, method, parameters["dtype"])
            np.testing.assert_array_equal(arrays[method], expected)


@pytest.mark.parametrize(("method", "power"), [("one side", 1), ("both sides", 2), ("complex", 2)])
def test_while_the_bend_is_larger_the_error_falls_as_the_formula_says(curve, method, power):
    falling = errors(curve, method)[4:13]  # h from 0.1 to 0.001
    np.testing.assert_allclose(np.diff(np.log10(falling)), -power / 4, atol=0.03)


@pytest.mark.parametrize(("method", "best"), [("one side", 8), ("both sides", 5.5)])
def test_a_difference_has_a_best_nudge_and_the_complex_step_has_none(curve, method, best):
    positions = np.array(curve.controls["k"].positions())
    found = errors(curve, method)
    assert abs(positions[found.argmin()] - best) <= 1
    assert found[-1] > 0.01
    assert (errors(curve, "complex")[32:] <= 1e-15).all()


def test_in_float32_the_best_nudge_is_larger_and_poorer(curve):
    positions = np.array(curve.controls["k"].positions())
    found = errors(curve, "both sides", "float32")
    assert 1 <= positions[found.argmin()] <= 3.5
    assert found[positions == 5] > 1e-4


def test_the_words_of_the_error_curve(curve):
    assert repr(curve) == (
        "With h = 10^−3 in float64, the slope of 0.5 is off by: both sides 1e−7, one side 2e−4,"
        " complex 1e−7."
    )


def test_at_every_corner_the_check_refuses_just_what_the_bugs_touch(board):
    touched = {
        "at_A": {"dW^1", "db^1"},
        "last": {"db^1", "db^2"},
        "early": {"dW^1", "db^1"},
        "other": {"dW^1", "db^1"},
        "twice": set(GRADIENTS),
        "sign": {"dW^2"},
    }
    for parameters in corners(board):
        on = [bug for bug in BUGS if parameters[bug]]
        expected = set().union(*(touched[bug] for bug in on))
        arrays = board.arrays(**parameters)
        assert {name for name in GRADIENTS if arrays[f"error of {name}"]} == expected, on


def test_without_bugs_both_curves_are_one(board):
    for watch in ("loss", "share"):
        arrays = board.arrays(**board.parameters | {"watch": watch})
        np.testing.assert_array_equal(arrays["yours"], arrays["right"])
    assert "The check passes all four gradients." in repr(board)


def test_most_bugs_train_as_the_chapter_says_and_the_check_refuses_each():
    right = training(epochs=10)
    for bug in BUGS:
        learned = training((bug,), epochs=10)
        assert (learned["loss"][-1] < 0.25) == (bug not in ("twice", "sign"))
        assert (learned["share"][-1] > right["share"][-1] - 0.03) == (bug not in ("twice", "sign"))
        assert max(one.error for one in check((bug,)).values()) > 0.1
    assert max(one.error for one in check(()).values()) < LIMIT


def test_one_over_n_twice_is_a_smaller_learning_rate():
    slow, half = training(("twice",), 2.0), training((), 2.0 / 20)
    np.testing.assert_allclose(slow["loss"], half["loss"], rtol=1e-9)


def test_bugs_can_be_on_from_the_start_and_an_unknown_one_is_refused():
    board = BreakIt(bugs=("sign",))
    assert board.parameters["sign"] is True
    assert repr(board).endswith("The check refuses dW[2].")
    with pytest.raises(ValueError, match="no bug 'signs', expected some of at_A"):
        BreakIt(bugs=("signs",))
