"""Batch norm: by hand, its running statistics, and the batch of one."""

import numpy as np
import pytest

from backprop_lib import BatchNorm, Dense, Network, batch_norm_backward, batch_norm_forward
from backprop_lib.gradient_check import gradient_check

X = np.array([[0.0, 10.0], [2.0, 10.0], [4.0, 40.0]])  # variance 8/3 and 200, biased


def test_forward_and_backward_by_hand():
    H, X_hat, mean, variance = batch_norm_forward([[1.0], [3.0]], [10.0], [5.0], epsilon=3.0)
    np.testing.assert_array_equal(X_hat, [[-0.5], [0.5]])  # √(1 + 3) is 2
    np.testing.assert_array_equal(H, [[0], [10]])
    np.testing.assert_array_equal([mean, variance], [[2], [1]])
    dX, dgamma, dbeta = batch_norm_backward([[4.0], [0.0]], X_hat, variance, [10.0], epsilon=3.0)
    # 10/2 · (dH − 2 − X̂ · (−2) / 2)
    np.testing.assert_array_equal(dX, [[7.5], [-7.5]])
    np.testing.assert_array_equal([dgamma, dbeta], [[-2], [4]])


def test_epsilon_is_a_hundred_thousandth_if_not_said():
    _, X_hat, _, _ = batch_norm_forward([[0.0], [2.0]], [1.0], [0.0])
    np.testing.assert_allclose(X_hat, [[-1], [1]] / np.sqrt(1 + 1e-5), rtol=1e-15)


def test_running_statistics_move_by_momentum_with_the_unbiased_variance():
    layer, mean, variance = BatchNorm(2, momentum=0.25), np.zeros(2), np.ones(2)
    for batch in (X, X + 1, 2 * X[:2]):
        layer.forward(batch)
        mean = 0.75 * mean + 0.25 * batch.mean(axis=0)
        variance = 0.75 * variance + 0.25 * batch.var(axis=0, ddof=1)
        np.testing.assert_allclose(layer.running_mean, mean, rtol=1e-14)
        np.testing.assert_allclose(layer.running_variance, variance, rtol=1e-14)
    np.testing.assert_allclose(layer.apply(X), (X - mean) / np.sqrt(variance + 1e-5), rtol=1e-13)


@pytest.mark.parametrize(("momentum", "mean"), [(0, 0), (1, 2), (0.1, 0.2)])
def test_momentum_is_the_share_of_the_new_batch_a_tenth_if_not_said(momentum, mean):
    layer = BatchNorm(1) if momentum == 0.1 else BatchNorm(1, momentum=momentum)
    layer.forward(X[:, :1])
    np.testing.assert_allclose(layer.running_mean, [mean], rtol=1e-15)


def test_it_starts_as_the_identity_of_standard_numbers():
    layer = BatchNorm(2)
    np.testing.assert_array_equal([layer.gamma, layer.beta], [[1, 1], [0, 0]])
    np.testing.assert_allclose(layer.apply(X), X / np.sqrt(1 + 1e-5), rtol=1e-15)
    assert repr(layer) == "BatchNorm(2)"


def test_a_batch_of_one_is_refused_in_training_and_fine_in_evaluation():
    layer = BatchNorm(2)
    with pytest.raises(ValueError, match="X has 1 example, expected at least 2"):
        layer.forward(X[:1])
    assert layer.apply(X[:1]).shape == (1, 2)
    np.testing.assert_array_equal(layer.running_mean, [0, 0])  # a refusal leaves no trace


def test_a_bias_before_it_gets_no_gradient():
    """The mean takes it away again; what is left is rounding."""
    rng = np.random.default_rng(0)
    network = Network(
        Dense(rng.standard_normal((3, 4))), BatchNorm(4), Dense(rng.standard_normal((4, 2)))
    )
    batch, Y = rng.standard_normal((6, 3)), np.array([0, 1, 0, 1, 1, 0])
    network.backpropagate(batch, Y)
    np.testing.assert_allclose(network.layers[0].db, 0, atol=1e-15)
    assert gradient_check(network, batch, Y).comparisons["db1"].error == 0
