"""Every activation by one contract: a new one is tested by standing in the list."""

import numpy as np
import pytest

import backprop_lib
from backprop_lib.activations import Activation
from backprop_lib.gradient_check import central_difference, compare, complex_step

LAYERS = [
    each
    for each in vars(backprop_lib).values()
    if isinstance(each, type) and issubclass(each, Activation)
]
SHAPES = [(1, 3), (4, 3), (5,), (2, 3, 4)]

every_layer = pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.__name__)


def numbers(shape, seed):
    """Normal numbers, none of them within 0.01 of ReLU's kink."""
    Z = np.random.default_rng(seed).standard_normal(shape)
    return Z + 0.01 * np.sign(Z)


@every_layer
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("seed", range(8))
def test_backward_is_the_gradient_of_forward(layer, shape, seed):
    Z, dA = numbers(shape, seed), numbers(shape, seed + 100)
    dZ = layer.derivative(dA, Z)
    assert dZ.shape == Z.shape

    def loss(Z=Z):
        return (dA * layer.formula(Z)).sum()

    assert compare(dZ, central_difference(loss, Z)).error < 1e-8
    assert compare(dZ, complex_step(loss, Z)).error < 1e-13


@every_layer
def test_forward_and_backward_leave_their_inputs_alone_and_return_fresh_arrays(layer):
    Z, dA = numbers((4, 3), 0), numbers((4, 3), 1)
    before = Z.copy(), dA.copy()
    A, dZ = layer.formula(Z), layer.derivative(dA, Z)
    np.testing.assert_array_equal((Z, dA), before)
    assert not any(np.shares_memory(new, old) for new in (A, dZ) for old in (Z, dA))


@every_layer
def test_float32_stays_float32(layer):
    Z, dA = numbers((4, 3), 0).astype(np.float32), numbers((4, 3), 1).astype(np.float32)
    assert layer.formula(Z).dtype == layer.derivative(dA, Z).dtype == np.float32


@every_layer
def test_far_from_zero_nothing_overflows(layer):
    Z = np.array([[-1e4, -745.0, 745.0, 1e4]])
    with np.errstate(all="raise", under="ignore"):
        A, dZ = layer.formula(Z), layer.derivative(np.ones_like(Z), Z)
    assert np.isfinite(A).all()
    assert np.isfinite(dZ).all()


@every_layer
def test_the_object_does_what_the_functions_do(layer):
    Z, dA = numbers((4, 3), 0), numbers((4, 3), 1)
    active = layer()
    np.testing.assert_array_equal(active.forward(Z), layer.formula(Z))
    np.testing.assert_array_equal(active.backward(dA), layer.derivative(dA, Z))


def test_values_known_by_heart():
    np.testing.assert_array_equal(backprop_lib.relu_forward([-2, 0, 3]), [0, 0, 3])
    np.testing.assert_array_equal(backprop_lib.relu_backward([5, 5, 5], [-2, 0, 3]), [0, 0, 5])
    np.testing.assert_allclose(backprop_lib.sigmoid_forward([0, np.log(3)]), [0.5, 0.75])
    np.testing.assert_allclose(backprop_lib.sigmoid_forward([-40.0]), [np.exp(-40.0)], rtol=1e-15)
    np.testing.assert_allclose(backprop_lib.tanh_forward([np.log(3) / 2]), [0.5])


def test_nan_is_passed_on_not_hidden():
    assert np.isnan(backprop_lib.relu_forward([np.nan])).all()
