"""The gradient check finds what is known, passes what is right, and refuses what is wrong."""

import numpy as np
import pytest

from backprop_lib import Dense, Network, ReLU, Tanh, he
from backprop_lib.activations import Activation, relu_forward
from backprop_lib.gradient_check import central_difference, compare, complex_step, gradient_check


def drawn(activation, seed=0):
    rng = np.random.default_rng(seed)
    network = Network(
        Dense(he(5, 4, rng), rng.standard_normal(4)),
        activation(),
        Dense(he(4, 3, rng), rng.standard_normal(3)),
    )
    return network, rng.standard_normal((7, 5)), rng.integers(0, 3, 7)


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


@pytest.mark.parametrize("activation", [Tanh, ReLU])
@pytest.mark.parametrize("seed", range(5))
def test_right_gradients_pass(activation, seed):
    network, X, Y = drawn(activation, seed)
    before = network.parameters.copy()
    assert gradient_check(network, X, Y).error < 1e-14
    assert gradient_check(network, X, Y, central_difference).error < 1e-8
    np.testing.assert_array_equal(network.parameters, before)


class Forgetful(Activation):
    """A ReLU that lets every gradient through."""

    formula = staticmethod(relu_forward)

    @staticmethod
    def derivative(dA, Z):
        return dA.copy()


def test_a_forgotten_mask_is_found_where_it_acts():
    report = gradient_check(*drawn(Forgetful))
    assert not report.passed
    assert report.comparisons["dW2"].error < 1e-14
    assert report.comparisons["dW1"].error > 0.1
    assert "dW1  WRONG, error 1." in repr(report)
    assert "dW2  agrees, error below 1e-08" in repr(report)


def test_a_wrong_factor_points_the_right_way():
    gradient = np.array([[3.0, 4.0]])
    found = compare(8 * gradient, gradient)
    np.testing.assert_allclose([found.cosine, found.length, found.error], [1, 8, 7 / 8])
    assert (found.worst, found.ours, found.expected) == ((0, 1), 32, 4)


def test_two_zeros_agree_and_one_does_not():
    zero, one = np.zeros(3), np.ones(3)
    assert compare(zero, zero).error == 0
    assert compare(zero, one).error == compare(one, zero).error == 1


def test_shapes_that_differ_are_an_answer_already():
    with pytest.raises(ValueError, match=r"ours has shape \(1, 3\), expected \(3,\)"):
        compare(np.ones((1, 3)), np.ones(3))


def test_a_kink_within_reach_is_named():
    network = Network(Dense([[1.0]], [0.0]), ReLU(), Dense([[1.0, -1.0]]))
    assert "kink" in repr(gradient_check(network, [[1e-6], [1.0]], [0, 1]))
    assert "kink" not in repr(gradient_check(network, [[-0.5], [1.0]], [0, 1]))
