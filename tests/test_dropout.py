"""Dropout: the mask that the generator draws, a fresh one each pass, none in evaluation."""

import numpy as np

from backprop_lib import Dropout, dropout_backward, dropout_forward

A = np.arange(1.0, 13.0).reshape(3, 4)


def test_the_mask_is_what_the_generator_draws():
    H, M = dropout_forward(A, 0.25, np.random.default_rng(7))
    kept = np.random.default_rng(7).random((3, 4)) >= 0.25
    np.testing.assert_allclose(M, kept / 0.75, rtol=1e-15)
    np.testing.assert_array_equal(H, A * M)
    np.testing.assert_array_equal(dropout_backward(A, M), A * M)


class Fixed(np.random.Generator):
    """A Generator that draws the same number, always."""

    def __init__(self, number):
        super().__init__(np.random.PCG64(0))
        self.number = number

    def random(self, size):
        return np.full(size, self.number)


def test_a_number_equal_to_drop_prob_is_kept_so_that_0_keeps_all_and_never_more_is_dropped():
    for drop_prob, scale in ((0.0, 1), (0.5, 2)):
        H, _ = dropout_forward(A, drop_prob, Fixed(drop_prob))
        np.testing.assert_array_equal(H, scale * A)


def test_each_training_pass_draws_anew_and_evaluation_drops_nothing():
    layer = Dropout(0.5, np.random.default_rng(0))
    first, second = layer.forward(A), layer.forward(A)
    assert (first != second).any()
    np.testing.assert_array_equal(layer.backward(A), second)
    np.testing.assert_array_equal(layer.apply(A), A)
    np.testing.assert_array_equal(Dropout(0, np.random.default_rng(0)).forward(A), A)
    assert repr(layer) == "Dropout(0.5)"


def test_it_draws_from_a_child_so_that_nobody_disturbs_it():
    one, other = np.random.default_rng(0), np.random.default_rng(0)
    quiet, busy = Dropout(0.5, one), Dropout(0.5, other)
    other.random(100)
    np.testing.assert_array_equal(quiet.forward(A), busy.forward(A))
    assert one.random() != quiet.rng.random()


def test_a_float32_batch_gets_a_float32_mask():
    H, M = dropout_forward(A.astype(np.float32), np.float64(0.25), np.random.default_rng(0))
    assert H.dtype == M.dtype == np.float32
    assert set(np.unique(M)) == {0, np.float32(4 / 3)}
