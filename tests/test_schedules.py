"""Schedules: their two ends, their middle, and how they go together."""

import numpy as np
import pytest

from backprop_lib import constant, cosine, warm_up


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (constant(0.5), {0: 0.5, 10**9: 0.5}),
        (cosine(0.5, steps=100), {0: 0.5, 50: 0.25, 100: 0, 101: 0, 10**9: 0}),
        (cosine(0.5, steps=100, final=0.25), {0: 0.5, 50: 0.375, 100: 0.25, 1000: 0.25}),
        (cosine(0.5, steps=1), {0: 0.5, 1: 0}),
        (cosine(0.5, steps=3, final=0.5), {0: 0.5, 1: 0.5, 3: 0.5}),
        (warm_up(4, 0.5), {0: 0.125, 1: 0.25, 3: 0.5, 4: 0.5, 10**9: 0.5}),
        (warm_up(1, 0.5), {0: 0.5}),
        (warm_up(50, cosine(0.5, steps=100)), {0: 0.01, 50: 0.25, 100: 0}),
    ],
)
def test_by_hand(schedule, expected):
    found = [schedule(step) for step in expected]
    np.testing.assert_allclose(found, list(expected.values()), rtol=1e-14, atol=1e-17)


def test_a_rate_stays_a_plain_number_so_that_float32_stays():
    for schedule in (
        constant(np.float64(0.5)),
        cosine(np.float64(0.5), np.int64(4)),
        warm_up(2, 0.5),
    ):
        assert type(schedule(1)) is float


def test_a_final_rate_above_the_first_is_refused():
    with pytest.raises(ValueError, match=r"final is 0\.2, expected .* at most 0\.1"):
        cosine(0.1, steps=10, final=0.2)
