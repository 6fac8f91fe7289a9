"""Losses: by hand, exact at the extremes, and every form of target."""

import numpy as np
import pytest

from backprop_lib import (
    BinaryCrossEntropy,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    binary_cross_entropy_backward,
    binary_cross_entropy_forward,
    mean_squared_error_backward,
    mean_squared_error_forward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)

LN3 = np.log(3)


def test_cross_entropy_by_hand():
    loss, P = softmax_cross_entropy_forward([[LN3, 0.0], [0.0, 0.0]], [1, 0])
    np.testing.assert_allclose(P, [[3 / 4, 1 / 4], [1 / 2, 1 / 2]], rtol=1e-15)
    np.testing.assert_allclose(loss, (np.log(4) + np.log(2)) / 2, rtol=1e-15)
    dZ = softmax_cross_entropy_backward([[0.75, 0.25], [0.5, 0.5]], [1, 0])
    np.testing.assert_array_equal(dZ, [[0.375, -0.375], [-0.25, 0.25]])


def test_equal_logits_lose_log_k():
    loss, _ = softmax_cross_entropy_forward(np.zeros((7, 10)), np.arange(7))
    np.testing.assert_allclose(loss, np.log(10), rtol=1e-15)


def test_a_label_is_its_one_hot_row_and_a_soft_one_is_a_mixture():
    Z = np.array([[1.0, -1.0, 0.5]])
    loss = [softmax_cross_entropy_forward(Z, [k])[0] for k in range(3)]
    mixed, P = softmax_cross_entropy_forward(Z, [[0.5, 0.25, 0.25]])
    np.testing.assert_allclose(mixed, np.dot([0.5, 0.25, 0.25], loss), rtol=1e-15)
    dZ = softmax_cross_entropy_backward(P, [[0.5, 0.25, 0.25]])
    np.testing.assert_allclose(dZ, P - [[0.5, 0.25, 0.25]], rtol=1e-14)


def test_soft_labels_that_do_not_sum_to_one_weigh_their_example():
    P = np.array([[0.75, 0.25]])
    np.testing.assert_array_equal(softmax_cross_entropy_backward(P, [[4, 0]]), [[-1, 1]])
    np.testing.assert_array_equal(softmax_cross_entropy_backward(P, [[0, 0]]), [[0, 0]])


def test_binary_cross_entropy_by_hand_over_examples_and_questions():
    Z, Y = np.array([[LN3, 0.0]]), np.array([[1.0, 0.0]])
    loss, P = binary_cross_entropy_forward(Z, Y)
    np.testing.assert_allclose(P, [[3 / 4, 1 / 2]], rtol=1e-15)
    np.testing.assert_allclose(loss, (np.log(4 / 3) + np.log(2)) / 2, rtol=1e-15)
    np.testing.assert_allclose(binary_cross_entropy_backward(P, Y), [[-1 / 8, 1 / 4]], rtol=1e-15)


def test_mean_squared_error_by_hand_over_examples_and_outputs():
    Z, Y = [[1.0, 5.0], [0.0, 2.0]], [[1.0, 2.0], [1.0, 0.0]]
    assert mean_squared_error_forward(Z, Y) == (9 + 1 + 4) / 4
    np.testing.assert_array_equal(mean_squared_error_backward(Z, Y), [[0, 1.5], [-0.5, 1]])


def test_extreme_logits_are_exact():
    with np.errstate(all="raise", under="ignore"):
        loss, P = softmax_cross_entropy_forward([[1000.0, -1000.0]], [1])
        binary, P_binary = binary_cross_entropy_forward([[1000.0, -1000.0]], [[0.0, 0.0]])
    assert loss == 2000
    np.testing.assert_array_equal(P, [[1, 0]])
    assert binary == 500
    np.testing.assert_array_equal(P_binary, [[1, 0]])


@pytest.mark.parametrize(
    ("loss", "predicted"),
    [
        (SoftmaxCrossEntropy(), [1, 0]),
        (BinaryCrossEntropy(), [[0, 1], [1, 0]]),
        (MeanSquaredError(), [[-1, 2], [3, 0]]),
    ],
    ids=repr,
)
def test_what_each_loss_predicts(loss, predicted):
    found = loss.predict(np.array([[-1.0, 2.0], [3.0, 0.0]]))
    np.testing.assert_array_equal(found, predicted)
    is_an_answer = not isinstance(loss, MeanSquaredError)
    assert found.dtype == (int if is_an_answer else float)


@pytest.mark.parametrize(
    ("Y", "words"),
    [
        ([0, -1], "Y holds the label -1, expected 0 to 1: there are 2 classes"),
        ([0, 2], "Y holds the label 2, expected 0 to 1"),
        ([[0.5, 0.5], [1.5, -0.5]], r"Y holds -0\.5, expected numbers at least 0"),
        ([[0.5, 0.5], [1.0, np.nan]], r"Y holds nan at index \[1, 1\]"),
        ([[0], [1]], r"Y has shape \(2, 1\), expected \(2,\).*reshape\(-1\)"),
        ([0.0, 1.0], r"expected an array of whole numbers.*Y\.astype\(int\)"),
    ],
)
def test_targets_that_mean_nothing_are_refused_with_advice(Y, words):
    for formula in (softmax_cross_entropy_forward, softmax_cross_entropy_backward):
        with pytest.raises((ValueError, TypeError), match=words):
            formula(np.full((2, 2), 0.5), Y)


def test_an_answer_beyond_yes_is_refused():
    with pytest.raises(ValueError, match=r"Y holds 1\.5, expected numbers from 0 to 1"):
        binary_cross_entropy_forward([[1.0]], [[1.5]])
