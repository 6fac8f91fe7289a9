"""The dense layer: formula, gradients, and parameters that are assigned into."""

import numpy as np
import pytest

from backprop_lib import Dense, dense_backward, dense_forward
from backprop_lib.gradient_check import central_difference, compare, complex_step

SIZES = [(1, 3, 2), (4, 3, 2), (3, 5, 4), (2, 1, 1)]


def drawn(n, p, q, seed):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in ((n, p), (p, q), (q,), (n, q))]


@pytest.mark.parametrize(("n", "p", "q"), SIZES)
@pytest.mark.parametrize("seed", range(8))
def test_backward_is_the_gradient_of_forward(n, p, q, seed):
    X, W, b, dZ = drawn(n, p, q, seed)
    gradients = dense_backward(dZ, X, W)
    for place, (value, gradient) in enumerate(zip((X, W, b), gradients, strict=True)):
        assert gradient.shape == value.shape

        def loss(nudged, place=place):
            arguments = [X, W, b]
            arguments[place] = nudged
            return (dZ * dense_forward(*arguments)).sum()

        assert compare(gradient, central_difference(loss, value)).error < 1e-8
        assert compare(gradient, complex_step(loss, value)).error < 1e-13


def test_forward_by_hand():
    Z = dense_forward([[1, 2], [0, 1]], [[1, 0, -1], [2, 3, 0]], [10, 20, 30])
    np.testing.assert_array_equal(Z, [[15, 26, 29], [12, 23, 30]])


def test_rows_and_columns_agree():
    """The column form Z = W X + b is this form transposed: the chapter's translation table."""
    X, W, b, dZ = drawn(4, 3, 2, 0)
    Z_column = W.T @ X.T + b[:, None]
    np.testing.assert_allclose(Z_column.T, dense_forward(X, W, b), rtol=1e-15)
    np.testing.assert_allclose((dZ.T @ X).T, dense_backward(dZ, X, W)[1], rtol=1e-14)


def test_float32_stays_and_inputs_are_left_alone():
    X, W, b, dZ = (a.astype(np.float32) for a in drawn(4, 3, 2, 0))
    before = [a.copy() for a in (X, W, b, dZ)]
    results = dense_forward(X, W, b), *dense_backward(dZ, X, W)
    assert {a.dtype for a in results} == {np.dtype(np.float32)}
    for now, then in zip((X, W, b, dZ), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_the_object_does_what_the_functions_do():
    X, W, b, dZ = drawn(4, 3, 2, 0)
    dense = Dense(W, b)
    np.testing.assert_array_equal(dense.forward(X), dense_forward(X, W, b))
    dX = dense.backward(dZ)
    for ours, theirs in zip((dX, dense.dW, dense.db), dense_backward(dZ, X, W), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_bias_starts_at_zero_and_the_numbers_are_the_layers_own():
    W = np.ones((3, 2))
    dense = Dense(W)
    np.testing.assert_array_equal(dense.b, [0, 0])
    W[0, 0] = 99
    assert dense.W[0, 0] == 1


def test_assigning_copies_into_the_layer():
    dense = Dense(np.ones((3, 2)))
    memory = dense.W
    dense.W = np.full((3, 2), 5.0)
    assert dense.W is memory
    assert memory[0, 0] == 5
    with pytest.raises(ValueError, match=r"W has shape \(2, 3\), expected \(3, 2\)"):
        dense.W = np.ones((2, 3))


def test_backward_before_forward_says_so():
    with pytest.raises(RuntimeError, match=r"Dense\.backward was called before Dense\.forward"):
        Dense(np.ones((3, 2))).backward(np.ones((4, 2)))
