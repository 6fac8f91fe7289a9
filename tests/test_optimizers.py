"""Optimizers: two steps of each by hand, and the conventions that differ between libraries."""

import numpy as np
import pytest

from backprop_lib import (
    SGD,
    Adam,
    AdamW,
    Momentum,
    Nesterov,
    RMSProp,
    clip_by_global_norm,
    cosine,
    warm_up,
)

# θ starts at 1; the gradients are 4 and then −2; the learning rate is 1/8
TWO_STEPS = [
    (SGD, {}, [0.5, 0.75]),
    (Momentum, {"momentum": 0.5}, [0.5, 0.5]),  # v is 4, then 0
    (Nesterov, {"momentum": 0.5}, [0.25, 0.5]),  # g + v/2 is 6, then −2
    (RMSProp, {"alpha": 0.75, "epsilon": 2}, [0.875, 0.875 + 0.25 / (2 + np.sqrt(3 + 1))]),
    # m̂ is 4 and then (¼ · 4 − 2) / 1¼; v̂ is 16 and then (¾ · 16 + 4) / 1¾
    (
        Adam,
        {"beta1": 0.25, "beta2": 0.75, "epsilon": 4},
        [0.9375, 0.9375 + 0.1 / (4 / np.sqrt(1.75) + 4)],
    ),
]


@pytest.mark.parametrize(("kind", "settings", "expected"), TWO_STEPS)
def test_two_steps_by_hand(kind, settings, expected):
    optimizer, theta, seen = kind(0.125, **settings), np.array([1.0]), []
    for g in (4.0, -2.0):
        optimizer.step(theta, np.array([g]))
        seen.append(theta[0])
    np.testing.assert_allclose(seen, expected, rtol=1e-15)


@pytest.mark.parametrize(("kind", "momentum"), [(Momentum, 0.9), (Nesterov, 0.9)])
def test_what_is_not_said_is_what_pytorch_takes(kind, momentum):
    assert kind(0.1).momentum == momentum
    assert (RMSProp(0.1).alpha, RMSProp(0.1).epsilon) == (0.99, 1e-8)
    adam, adamw = Adam(), AdamW()
    for each in (adam, adamw):
        found = each.learning_rate, each.beta1, each.beta2, each.epsilon
        assert found == (0.001, 0.9, 0.999, 1e-8)
    assert (adam.weight_decay, adamw.weight_decay, kind(0.1).weight_decay) == (0, 0.01, 0)


def test_adams_first_step_is_the_learning_rate_whatever_the_gradient():
    for size in (1e-3, 1, 1e3):
        theta = np.zeros(2)
        Adam(0.5).step(theta, np.array([size, -size]))
        np.testing.assert_allclose(theta, [-0.5, 0.5], rtol=1e-4)


def test_decay_goes_through_adam_but_past_adamw():
    """Adam divides the pull by its own size; AdamW pulls 1000 and 1 in the same proportion."""
    theta, decoupled, zero = np.array([1000.0, 1.0]), np.array([1000.0, 1.0]), np.zeros(2)
    Adam(0.125, weight_decay=0.5).step(theta, zero)
    AdamW(0.125, weight_decay=0.5).step(decoupled, zero)
    np.testing.assert_allclose(theta, [1000 - 0.125, 1 - 0.125], rtol=1e-7)
    np.testing.assert_allclose(decoupled, np.array([1000, 1]) * (1 - 0.125 * 0.5), rtol=1e-15)


def test_adamw_decays_by_the_rate_of_the_step_and_where_decays_is_1():
    theta = np.array([8.0, 8.0])
    optimizer = AdamW(lambda step: [0.5, 0.25][step], weight_decay=0.5)
    for _ in range(2):
        optimizer.step(theta, np.zeros(2), decays=np.array([1.0, 0.0]))
    np.testing.assert_allclose(theta, [8 * (1 - 0.25) * (1 - 0.125), 8], rtol=1e-15)


def test_weight_decay_is_half_a_square_in_the_loss():
    theta, g = np.array([2.0, -4.0]), np.array([1.0, 1.0])
    SGD(0.125, weight_decay=0.5).step(theta, g)
    np.testing.assert_array_equal(theta, [2 - 0.125 * (1 + 1), -4 - 0.125 * (1 - 2)])


def test_a_schedule_says_the_rate_of_each_step():
    theta = np.zeros(1)
    optimizer, moved = SGD(warm_up(2, cosine(1.0, steps=4))), []
    for _ in range(5):
        before = theta.copy()
        optimizer.step(theta, np.ones(1))
        moved.append((before - theta)[0])
    half = np.sqrt(0.5)
    expected = [0.5, (1 + half) / 2, 0.5, (1 - half) / 2, 0]
    np.testing.assert_allclose(moved, expected, atol=1e-15)


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_momentum_stays_below_1(kind):
    with pytest.raises(ValueError, match=r"momentum is 1, expected .* below 1"):
        kind(0.1, momentum=1)


@pytest.mark.parametrize(
    ("gradients", "limit", "norm", "expected"),
    [
        ([3.0, 4.0], 1.0, 5, [0.6, 0.8]),
        ([3.0, 4.0], 5.0, 5, [3, 4]),
        ([3.0, 4.0], 50.0, 5, [3, 4]),
        ([0.0, 0.0], 1.0, 0, [0, 0]),
        ([[3.0], [4.0]], 2.5, 5, [[1.5], [2]]),
        ([3e200, 4e200], 1.0, 5e200, [0.6, 0.8]),
    ],
)
def test_clipping_by_hand(gradients, limit, norm, expected):
    gradients = np.array(gradients)
    np.testing.assert_allclose(clip_by_global_norm(gradients, limit), norm, rtol=1e-15)
    np.testing.assert_allclose(gradients, expected, rtol=1e-15)
