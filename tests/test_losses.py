"""Softmax cross-entropy: stable, exact at the extremes, and 1/n once."""

import numpy as np
import pytest

from backprop_lib import (
    log_softmax,
    softmax,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.gradient_check import central_difference, compare, complex_step


@pytest.mark.parametrize(("n", "K"), [(1, 2), (5, 3), (4, 10)])
@pytest.mark.parametrize("seed", range(8))
def test_backward_is_the_gradient_of_the_mean_loss(n, K, seed):
    rng = np.random.default_rng(seed)
    Z, Y = rng.standard_normal((n, K)), rng.integers(0, K, n)
    _, P = softmax_cross_entropy_forward(Z, Y)
    dZ = softmax_cross_entropy_backward(P, Y)

    def forward(Z=Z):
        return softmax_cross_entropy_forward(Z, Y)[0]

    assert compare(dZ, central_difference(forward, Z)).error < 1e-8
    assert compare(dZ, complex_step(forward, Z)).error < 1e-13
    np.testing.assert_allclose(dZ.sum(axis=1), 0, atol=1e-15)


def test_the_gradient_of_one_example_by_hand():
    dZ = softmax_cross_entropy_backward(np.array([[0.75, 0.25]]), np.array([1]))
    np.testing.assert_array_equal(dZ, [[0.75, -0.75]])


def test_a_batch_of_twins_has_the_loss_of_one_and_splits_its_gradient():
    Z, Y = np.array([[1.0, -1.0, 0.5]]), np.array([2])
    one, P = softmax_cross_entropy_forward(Z, Y)
    four, P_four = softmax_cross_entropy_forward(np.repeat(Z, 4, axis=0), np.repeat(Y, 4))
    np.testing.assert_allclose(four, one, rtol=1e-15)
    single = softmax_cross_entropy_backward(P, Y)
    np.testing.assert_allclose(
        softmax_cross_entropy_backward(P_four, np.repeat(Y, 4)), np.repeat(single, 4, axis=0) / 4
    )


def test_equal_logits_lose_log_K():
    loss, _ = softmax_cross_entropy_forward(np.zeros((7, 10)), np.arange(7))
    np.testing.assert_allclose(loss, np.log(10), rtol=1e-15)


def test_extreme_logits_are_exact():
    with np.errstate(all="raise", under="ignore"):
        loss, P = softmax_cross_entropy_forward([[1000.0, -1000.0]], [1])
        np.testing.assert_array_equal(softmax([[1000.0, 0.0], [0.0, -1000.0]]), [[1, 0], [1, 0]])
    assert loss == 2000
    np.testing.assert_array_equal(P, [[1, 0]])


def test_softmax_does_not_see_a_shift_and_its_log_is_its_log():
    Z = np.random.default_rng(0).standard_normal((4, 3))
    np.testing.assert_allclose(softmax(Z + 100), softmax(Z), rtol=1e-13)
    np.testing.assert_allclose(np.exp(log_softmax(Z)), softmax(Z), rtol=1e-15)


def test_float32_stays_and_inputs_are_left_alone():
    Z, Y = (
        np.random.default_rng(0).standard_normal((4, 3)).astype(np.float32),
        np.array([0, 1, 2, 0]),
    )
    before = Z.copy()
    loss, P = softmax_cross_entropy_forward(Z, Y)
    P_before = P.copy()
    dZ = softmax_cross_entropy_backward(P, Y)
    assert loss.dtype == P.dtype == dZ.dtype == np.float32
    np.testing.assert_array_equal(Z, before)
    np.testing.assert_array_equal(P, P_before)
