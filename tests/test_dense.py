"""The dense layer: by hand, in the column form, and with parameters that are assigned into."""

import numpy as np
import pytest

from backprop_lib import Dense, dense_backward, dense_forward


def test_forward_and_backward_by_hand():
    X, W, b = [[1, 2], [0, 1]], [[1, 0, -1], [2, 3, 0]], [10, 20, 30]
    np.testing.assert_array_equal(dense_forward(X, W, b), [[15, 26, 29], [12, 23, 30]])
    dX, dW, db = dense_backward([[1, 0, 0], [0, 1, 2]], X, W)
    np.testing.assert_array_equal(dX, [[1, 2], [-2, 3]])
    np.testing.assert_array_equal(dW, [[1, 0, 0], [2, 1, 2]])
    np.testing.assert_array_equal(db, [1, 1, 2])


def test_rows_and_columns_agree():
    """The column form Z = W X + b is this form transposed: the chapter's translation table."""
    rng = np.random.default_rng(0)
    X, W, b, dZ = (rng.standard_normal(shape) for shape in ((4, 3), (3, 2), 2, (4, 2)))
    Z_column = W.T @ X.T + b[:, None]
    np.testing.assert_allclose(Z_column.T, dense_forward(X, W, b), rtol=1e-15)
    np.testing.assert_allclose((dZ.T @ X).T, dense_backward(dZ, X, W)[1], rtol=1e-14)


def test_the_bias_starts_at_zero_and_the_numbers_are_the_layers_own():
    W, b = np.ones((3, 2), np.float32), np.ones(2)
    dense = Dense(W)
    np.testing.assert_array_equal(dense.b, [0, 0])
    assert dense.b.dtype == np.float32
    W[0, 0] = b[0] = 99
    assert dense.W[0, 0] == 1
    assert repr(dense) == "Dense(3 → 2)"


def test_what_does_not_fit_is_refused_where_it_is_given():
    with pytest.raises(ValueError, match=r"b has shape \(3,\), expected \(2,\) \(q out\)"):
        Dense(np.ones((3, 2)), np.ones(3))
    with pytest.raises(ValueError, match=r"W has shape \(3,\), expected \(p, q\) \(p in, q out\)"):
        Dense(np.ones(3))


def test_assigning_copies_into_the_layer():
    dense = Dense(np.ones((3, 2)))
    memory = dense.W
    dense.W = np.full((3, 2), 5.0)
    assert dense.W is memory
    assert memory[0, 0] == 5
    with pytest.raises(ValueError, match=r"W has shape \(2, 3\), expected \(3, 2\)"):
        dense.W = np.ones((2, 3))
