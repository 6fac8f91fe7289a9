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


def test_the_same_seed_gives_the_same_weights():
    first, second = (he(5, 4, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
