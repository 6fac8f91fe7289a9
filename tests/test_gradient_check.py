"""The gradient check finds what is known, passes what is right, and refuses what is wrong."""

import numpy as np
import pytest

from backprop_lib import BatchNorm, Dense, Dropout, Network, ReLU, Tanh, dense_backward, he
from backprop_lib.activations import Activation, relu_forward
from backprop_lib.gradient_check import (
    CHUNK,
    LIMIT,
    NUDGE,
    ZERO,
    Comparison,
    Report,
    central_difference,
    compare,
    complex_step,
    gradient_check,
)


def drawn(*middle, p=5, q=4):
    rng = np.random.default_rng(0)
    layers = Dense(he(p, q, rng), rng.standard_normal(q)), *middle
    network = Network(*layers, Dense(he(q, 3, rng), rng.standard_normal(3)))
    return network, rng.standard_normal((7, p)), rng.integers(0, 3, 7)


@pytest.mark.parametrize(("method", "limit"), [(central_difference, 1e-9), (complex_step, 1e-15)])
def test_a_gradient_known_by_heart(method, limit):
    value = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = value.copy()
    np.testing.assert_allclose(
        method(lambda w: (np.sin(w) * w).sum(), value),
        np.cos(value) * value + np.sin(value),
        rtol=limit,
    )
    np.testing.assert_array_equal(value, before)


class Forgetful(Activation):
    """A ReLU that lets every gradient through."""

    formula = staticmethod(relu_forward)

    @staticmethod
    def derivative(dA, Z):
        return dA.copy()


class Numb(Forgetful):
    """A ReLU that loses its gradient to NaN."""

    @staticmethod
    def derivative(dA, Z):
        return np.full_like(dA, np.nan)


class Halved(Dense):
    """A dense layer that takes the mean over the batch where the sum belongs."""

    def backward(self, dZ):
        dX, self.dW, db = dense_backward(dZ, self.remembered(), self.W)
        self.db = db / len(dZ)
        return dX


@pytest.mark.parametrize("method", [complex_step, central_difference])
def test_a_forgotten_mask_is_found_where_it_acts(method):
    report = gradient_check(*drawn(Forgetful()), method)
    assert not report.passed
    assert report.comparisons["dW2"].error < 1e-8
    assert report.comparisons["dW1"].error > 0.1
    assert "dW1  WRONG, error 1." in repr(report)
    assert "dW2  agrees, error below 1e-08" in repr(report)


def test_a_gradient_of_nan_is_wrong():
    report = gradient_check(*drawn(Numb()))
    assert not report.passed
    assert not Report({"db1": compare([0.0], [0.0]), "dW1": compare([np.nan], [1.0])}).passed
    assert not Report({"dW1": compare([np.nan], [1.0]), "db1": compare([0.0], [0.0])}).passed


def test_a_mean_in_place_of_a_sum_is_off_by_its_factor():
    rng = np.random.default_rng(0)
    report = gradient_check(*drawn(Tanh(), Halved(he(4, 4, rng)), Tanh()))
    wrong = {name for name, found in report.comparisons.items() if found.error > 1e-7}
    assert wrong == {"db2"}
    np.testing.assert_allclose(report.comparisons["db2"].length, 1 / 7)
    np.testing.assert_allclose(report.comparisons["db2"].cosine, 1)


@pytest.mark.parametrize("middle", [(Tanh(),), (BatchNorm(40), Tanh())], ids=repr)
def test_more_parameters_than_a_chunk_and_it_leaves_the_network_alone(middle):
    network, X, Y = drawn(*middle, p=10, q=40)
    assert network.layers[0].W.size > CHUNK
    before = repr([vars(layer) for layer in network.layers])
    assert gradient_check(network, X, Y).error < 1e-13
    assert repr([vars(layer) for layer in network.layers]) == before


def test_a_float32_network_is_checked_in_float64():
    network, X, Y = drawn(Dropout(0.5, np.random.default_rng(0)))
    report = gradient_check(network.copy(np.float32), X, Y)
    assert report.error < 1e-13


def test_a_wrong_factor_points_the_right_way():
    gradient = np.array([[3.0, 4.0]])
    found = compare(8 * gradient, gradient)
    np.testing.assert_allclose([found.cosine, found.length, found.error], [1, 8, 7 / 8])
    assert (found.worst, found.ours, found.expected) == ((0, 1), 32, 4)


def test_two_zeros_agree_and_one_does_not():
    zero, one = np.zeros(3), np.ones(3)
    assert compare(zero, zero).error == 0
    assert compare(zero, one).error == compare(one, zero).error == 1
    assert compare(zero, one).cosine == compare(one, zero).cosine == 0
    assert (compare(zero, zero).cosine, compare(zero, zero).length) == (1, 1)
    assert compare(one, zero).length == np.inf
    least = ZERO * np.array([1.0, 0, 0])  # the first length that is not taken for zero
    assert compare(least, least / 2).error == 0.5
    assert compare(least, 4 * least).cosine == 1
    assert compare(1e-12 * one, zero).error == 0  # rounding


def test_shapes_that_differ_are_an_answer_already():
    with pytest.raises(ValueError, match=r"ours has shape \(1, 3\), expected \(3,\)"):
        compare(np.ones((1, 3)), np.ones(3))


DETAILS = "cosine 1.00, length 2.00 times, worst at [3]: 8, expected 4"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (0.0, "agrees, error below 1e-08"),
        (9e-9, "agrees, error below 1e-08"),
        (1e-8, "agrees, error below 1e-07"),
        (9e-8, "agrees, error below 1e-07"),
        (LIMIT, f"WRONG, error 1e-07, {DETAILS}"),
        (0.005, f"WRONG, error 5e-03, {DETAILS}"),
        (0.0051, f"WRONG, error 0.01, {DETAILS}"),
    ],
)
def test_it_says_how_near_and_the_limit_itself_is_too_far(error, words):
    comparison = Comparison(error, 1.0, 2.0, (3,), 8.0, 4.0)
    assert repr(comparison) == words
    report = Report({"dW1": comparison, "db1": compare([1.0], [1.0])})
    assert report.passed == (error < LIMIT)
    assert repr(report) == f"dW1  {words}\ndb1  agrees, error below 1e-08"
    kink = "A Z lies 1e-06 from ReLU's kink: there a central difference means nothing."
    assert repr(Report({"dW1": comparison}, 1e-6)) == f"dW1  {words}\n{kink}"
    assert repr(Report({"dW1": comparison}, 100 * NUDGE)) == f"dW1  {words}"


def test_a_kink_within_reach_is_named():
    network = Network(Dense([[1.0]], [0.0]), ReLU(), Dense([[1.0, -1.0]]))
    near, far = ([[1e-6], [1.0]], [0, 1]), ([[-0.5], [1.0]], [0, 1])
    assert "A Z lies 1e-06 from ReLU's kink" in repr(gradient_check(network, *near))
    assert "kink" not in repr(gradient_check(network, *far))
    assert gradient_check(network, *far).kink == 0.5
    assert gradient_check(*drawn(Tanh())).kink == np.inf
