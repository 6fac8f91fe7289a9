"""A trace holds every value and gradient, by hand and by nudging, and cannot be changed."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest

from backprop_lib import (
    BatchNorm,
    Dense,
    Dropout,
    MeanSquaredError,
    Network,
    ReLU,
    dense_forward,
    relu_forward,
    softmax,
)
from backprop_lib.datasets import little_network
from backprop_lib.gradient_check import central_difference, compare


def test_the_little_network_by_hand():
    """Every number here was done on paper first; the chapters print the same ones."""
    network, X, Y = little_network()
    trace = network.trace(X, Y)
    np.testing.assert_array_equal(trace.Z[1], [[1, 1, -3], [3, 3, -1], [-1, 1, 1], [-4, -2, -2]])
    np.testing.assert_array_equal(trace.A[1], [[1, 1, 0], [3, 3, 0], [0, 1, 1], [0, 0, 0]])
    np.testing.assert_allclose(trace.P, np.tile([3 / 4, 1 / 4], (4, 1)), rtol=1e-15)
    np.testing.assert_allclose(trace.loss, (np.log(4 / 3) + np.log(4)) / 2, rtol=1e-15)
    np.testing.assert_allclose(16 * trace.dZ[2], [[-1, 1], [3, -3], [-1, 1], [3, -3]])
    np.testing.assert_allclose(16 * trace.dW[2], [[8, -8], [7, -7], [-1, 1]], rtol=1e-14)
    np.testing.assert_allclose(16 * trace.db[2], [4, -4], rtol=1e-14)
    np.testing.assert_allclose(16 * trace.dW[1], [[-2, 3, -1], [-4, 3, 1]], rtol=1e-14)
    np.testing.assert_allclose(16 * trace.db[1], [2, -1, -1], rtol=1e-14)
    np.testing.assert_array_equal(trace.dX[3], [0, 0])  # example 3 meets only dead units


def test_values_follow_one_another():
    network, X, Y = little_network()
    trace, (first, _, second) = network.trace(X, Y), network.layers
    np.testing.assert_array_equal(trace.A[0], X)
    np.testing.assert_array_equal(trace.Z[1], dense_forward(X, first.W, first.b))
    np.testing.assert_array_equal(trace.A[1], relu_forward(trace.Z[1]))
    np.testing.assert_array_equal(trace.Z[2], dense_forward(trace.A[1], second.W, second.b))
    np.testing.assert_allclose(trace.P, softmax(trace.Z[2]), rtol=1e-15)
    assert trace.dX is trace.dA[0]


def test_the_gradient_of_the_input_agrees_with_a_nudge():
    network, X, Y = little_network()
    trace = network.trace(X, Y)
    slow = central_difference(lambda X: network.loss(X, Y), X)
    assert compare(trace.dX, slow).error < 1e-8


def test_gradients_have_the_shape_of_their_values():
    network, X, Y = little_network()
    trace = network.trace(X, Y)
    for values, gradients in ((trace.Z, trace.dZ), (trace.A, trace.dA)):
        assert values.keys() == gradients.keys()
        assert all(values[level].shape == gradients[level].shape for level in values)


def test_steps_follow_one_another_and_are_counted_among_their_kind():
    rng = np.random.default_rng(0)
    layers = [Dense(rng.standard_normal((2, 3))), BatchNorm(3), ReLU(), Dropout(0.5, rng)]
    layers += [Dense(rng.standard_normal((3, 3))), ReLU(), Dense(rng.standard_normal((3, 2)))]
    network = Network(*layers, loss_function=MeanSquaredError())
    X, Y = rng.standard_normal((4, 2)), rng.standard_normal((4, 2))
    trace = network.trace(X, Y)
    names = ["Dense1", "BatchNorm1", "ReLU1", "Dropout1", "Dense2", "ReLU2", "Dense3"]
    assert list(trace.steps) == names
    steps = list(trace.steps.values())
    for before, after in pairwise(steps):
        assert before.out is after.X
        assert before.dout is after.dX
    dropout = trace.steps["Dropout1"]
    np.testing.assert_array_equal(dropout.out, dropout.X * dropout.memory)
    np.testing.assert_array_equal(dropout.dX, dropout.dout * dropout.memory)
    assert trace.steps["Dense2"].X is trace.A[1]
    np.testing.assert_array_equal(trace.P, trace.Z[3])  # for numbers, P is Z itself


def test_it_is_a_record():
    network, X, Y = little_network()
    trace = network.trace(X, Y)
    with pytest.raises(FrozenInstanceError):
        trace.loss = 0
    for array in (trace.X, trace.Y, trace.P, trace.Z[1], trace.A[1], trace.dW[1], trace.dX):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    X[...] = Y[...] = 99
    assert trace.X.max() < 99
    assert trace.Y.max() < 99
