"""Softmax: values by hand, its whole Jacobian, and rows that do not look at one another."""

import numpy as np

from backprop_lib import log_softmax, softmax, softmax_backward


def test_by_hand():
    Z = np.log([[1.0, 2.0, 5.0], [3.0, 1.0, 4.0]])
    np.testing.assert_allclose(softmax(Z), [[1 / 8, 2 / 8, 5 / 8], [3 / 8, 1 / 8, 4 / 8]])
    np.testing.assert_allclose(log_softmax(Z), Z - np.log(8))


def test_backward_is_the_product_with_the_jacobian_of_each_row():
    Z, dP = np.log([[1.0, 2.0, 5.0], [3.0, 1.0, 4.0]]), np.array([[1.0, 0, 2], [-1, 3, 0]])
    P = softmax(Z)
    jacobians = [np.diag(p) - np.outer(p, p) for p in P]
    expected = [dp @ J for dp, J in zip(dP, jacobians, strict=True)]
    np.testing.assert_allclose(softmax_backward(dP, Z), expected, rtol=1e-13)


def test_the_extremes_are_exact():
    with np.errstate(all="raise", under="ignore"):
        P = softmax([[1000.0, 0.0], [0.0, -1000.0], [-1e300, -1e300]])
        log_P = log_softmax([[1000.0, -1000.0]])
    np.testing.assert_array_equal(P, [[1, 0], [1, 0], [0.5, 0.5]])
    np.testing.assert_array_equal(log_P, [[0, -2000]])


def test_one_class_is_certain():
    np.testing.assert_array_equal(softmax([[3.0], [-7.0]]), [[1], [1]])
    np.testing.assert_array_equal(softmax_backward([[3.0]], [[5.0]]), [[0]])
