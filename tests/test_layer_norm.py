"""Layer norm: by hand, and batch norm on its side."""

import numpy as np

from backprop_lib import (
    LayerNorm,
    batch_norm_backward,
    batch_norm_forward,
    layer_norm_backward,
    layer_norm_forward,
)


def test_forward_by_hand():
    H, X_hat, variance = layer_norm_forward([[1.0, 3.0]], [10, 20], [5, 6], epsilon=3.0)
    np.testing.assert_array_equal(X_hat, [[-0.5, 0.5]])  # √(1 + 3) is 2
    np.testing.assert_array_equal(H, [[0, 16]])
    np.testing.assert_array_equal(variance, [1])


def test_it_is_batch_norm_of_the_table_on_its_side():
    rng = np.random.default_rng(0)
    X, dH = rng.standard_normal((4, 3)), rng.standard_normal((4, 3))
    _, X_hat, variance = layer_norm_forward(X, np.ones(3), np.zeros(3))
    _, on_its_side, _, its_variance = batch_norm_forward(X.T, np.ones(4), np.zeros(4))
    np.testing.assert_allclose(X_hat, on_its_side.T, rtol=1e-13)
    dX, _, _ = layer_norm_backward(dH, X_hat, variance, np.ones(3))
    turned, _, _ = batch_norm_backward(dH.T, on_its_side, its_variance, np.ones(4))
    np.testing.assert_allclose(dX, turned.T, rtol=1e-12)


def test_one_example_and_one_unit_are_no_trouble():
    layer = LayerNorm(3)
    assert layer.forward([[1.0, 2.0, 6.0]]).shape == (1, 3)
    np.testing.assert_array_equal(LayerNorm(1).forward([[7.0], [-7.0]]), [[0], [0]])
    assert repr(layer) == "LayerNorm(3)"


def test_epsilon_is_a_hundred_thousandth_if_not_said():
    _, X_hat, _ = layer_norm_forward([[0.0, 2.0]], [1, 1], [0, 0])
    np.testing.assert_allclose(X_hat, [[-1, 1]] / np.sqrt(1 + 1e-5), rtol=1e-15)
    np.testing.assert_array_equal(LayerNorm(2).apply([[0.0, 2.0]]), X_hat)
