"""Initializers draw the variance that their formula says, from the generator they are given."""

import numpy as np
import pytest

from backprop_lib import he, xavier


@pytest.mark.parametrize(("initializer", "variance"), [(he, 2 / 400), (xavier, 2 / 1000)])
def test_mean_and_variance(initializer, variance):
    W = initializer(400, 600, np.random.default_rng(0))
    assert W.shape == (400, 600)
    np.testing.assert_allclose(W.var(), variance, rtol=0.02)
    np.testing.assert_allclose(W.mean(), 0, atol=4 * np.sqrt(variance / W.size))


@pytest.mark.parametrize("initializer", [he, xavier])
def test_the_same_seed_gives_the_same_weights_and_a_generator_moves_on(initializer):
    rng = np.random.default_rng(7)
    first, second = initializer(5, 4, rng), initializer(5, 4, rng)
    np.testing.assert_array_equal(first, initializer(5, 4, np.random.default_rng(7)))
    assert (first != second).all()


@pytest.mark.parametrize("initializer", [he, xavier])
def test_one_unit_is_enough(initializer):
    assert initializer(1, 1, np.random.default_rng(0)).shape == (1, 1)


def test_a_signal_keeps_its_size_through_twenty_layers():
    rng = np.random.default_rng(0)
    A = rng.standard_normal((100, 200))
    for _ in range(20):
        A = np.maximum(A @ he(200, 200, rng), 0)
    assert 0.3 < (A**2).mean() < 3
