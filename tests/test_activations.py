"""Activations: values known by heart, where the corner lies, and what happens far out."""

import math

import numpy as np
import pytest

from backprop_lib import (
    gelu_backward,
    gelu_forward,
    identity_backward,
    identity_forward,
    leaky_relu_backward,
    leaky_relu_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from tests.contract.formulas import PAIRS

LN3 = math.log(3)
# formula, Z, A, and dZ where dA is 8
BY_HEART = [
    (identity_forward, identity_backward, [-2, 0, 3], [-2, 0, 3], [8, 8, 8]),
    (relu_forward, relu_backward, [-2, 0, 3], [0, 0, 3], [0, 0, 8]),
    (leaky_relu_forward, leaky_relu_backward, [-2, 0, 3], [-0.02, 0, 3], [0.08, 0.08, 8]),
    (sigmoid_forward, sigmoid_backward, [-LN3, 0, LN3], [1 / 4, 1 / 2, 3 / 4], [1.5, 2, 1.5]),
    (tanh_forward, tanh_backward, [-LN3 / 2, 0, LN3 / 2], [-1 / 2, 0, 1 / 2], [6, 8, 6]),
    (gelu_forward, gelu_backward, [0, 100, -100], [0, 100, 0], [4, 8, 0]),
]


@pytest.mark.parametrize(("forward", "backward", "Z", "A", "dZ"), BY_HEART)
def test_values_known_by_heart(forward, backward, Z, A, dZ):
    np.testing.assert_allclose(forward(Z), A, rtol=1e-15)
    np.testing.assert_allclose(backward([8, 8, 8], Z), dZ, rtol=1e-15)


def test_a_slope_is_the_one_it_is_given():
    np.testing.assert_array_equal(leaky_relu_forward([-8.0, 8.0], slope=0.25), [-2, 8])
    np.testing.assert_array_equal(
        leaky_relu_backward([1.0, 1.0], [-8.0, 8.0], slope=0.25), [0.25, 1]
    )
    np.testing.assert_array_equal(leaky_relu_forward([-8.0, 8.0], slope=0), [0, 8])


def test_gelu_is_near_z_times_the_normal_distribution():
    Z = np.linspace(-4, 4, 81)
    exact = [z * (1 + math.erf(z / math.sqrt(2))) / 2 for z in Z]
    np.testing.assert_allclose(gelu_forward(Z), exact, atol=5e-4)


def test_sigmoid_loses_nothing_where_it_is_small():
    np.testing.assert_allclose(
        sigmoid_forward([-40.0, -700.0]), np.exp([-40.0, -700.0]), rtol=1e-15
    )


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.outputs == ("A",)], ids=repr)
def test_far_from_zero_nothing_overflows(pair):
    Z = np.array([[-1e4, -745.0, 745.0, 1e4]])
    with np.errstate(all="raise", under="ignore"):
        A, dZ = pair.forward(Z), pair.backward(np.ones_like(Z), Z)
    assert np.isfinite(A).all()
    assert np.isfinite(dZ).all()


def test_nan_is_passed_on_or_refused_where_a_comparison_would_lose_it():
    assert np.isnan(relu_forward([np.nan])).all()
    with pytest.raises(ValueError, match=r"Z holds nan at index \[0\]"):
        relu_backward([1.0], [np.nan])
