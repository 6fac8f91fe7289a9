"""What every optimizer promises, whatever its formula."""

import numpy as np
import pytest

from backprop_lib import constant
from backprop_lib.optimizers import BLOCK, CLEANING, FADED
from tests.contract.layers import OPTIMIZERS

every_optimizer = pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.__name__)
DECAY = {"weight_decay": 0.25}


def drawn(size, seed=0, dtype=float):
    """Return parameters, and the gradients of five steps."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(size).astype(dtype), rng.standard_normal((5, size)).astype(dtype)


def run(optimizer, theta, gradients, decays=None):
    """Return what becomes of a copy of θ."""
    theta = theta.copy()
    for g in gradients:
        optimizer.step(theta, g, decays)
    return theta


@every_optimizer
def test_it_steps_in_place_and_leaves_the_gradients_alone(kind):
    theta, (g, *_) = drawn(7)
    view, before, kept = theta[:], theta.copy(), g.copy()
    assert kind(0.1, **DECAY).step(theta, g) is None
    assert (view != before).all()
    np.testing.assert_array_equal(g, kept)


@every_optimizer
def test_every_number_goes_its_own_way(kind):
    """So a vector of three blocks moves as its pieces do, wherever it is cut."""
    size = 2 * BLOCK + 5
    theta, gradients = drawn(size)
    decays = np.arange(size) % 2.0
    whole = run(kind(0.1, **DECAY), theta, gradients, decays)
    for piece in (slice(0, 3), slice(BLOCK - 2, BLOCK + 2), slice(2 * BLOCK - 1, None)):
        part = run(kind(0.1, **DECAY), theta[piece], gradients[:, piece], decays[piece])
        np.testing.assert_allclose(part, whole[piece], rtol=1e-14)


@every_optimizer
def test_float32_stays_and_numpy_settings_change_nothing(kind):
    theta, gradients = drawn(9, dtype=np.float32)
    plain, numpy = kind(0.1, **DECAY), kind(np.float64(0.1), weight_decay=np.float64(0.25))
    np.testing.assert_array_equal(run(numpy, theta, gradients), run(plain, theta, gradients))
    assert {vector.dtype for vector in plain.state + numpy.state} <= {np.dtype(np.float32)}
    assert all(type(value) is not np.float64 for value in vars(numpy).values())
    long = run(kind(0.1, **DECAY), theta.astype(float), gradients.astype(float))
    short = run(kind(0.1, **DECAY), theta, gradients)
    np.testing.assert_allclose(short, long, rtol=1e-4, atol=1e-6)


@every_optimizer
def test_memory_may_lie_in_any_order(kind):
    theta, gradients = drawn(6)
    expected = run(kind(0.1, **DECAY), theta, gradients)
    wide = np.zeros(12)
    wide[::2] = theta
    optimizer = kind(0.1, **DECAY)
    for g in gradients:
        optimizer.step(wide[::2], np.repeat(g, 2)[::2])
    np.testing.assert_allclose(wide[::2], expected, rtol=1e-15)
    np.testing.assert_array_equal(wide[1::2], 0)
    table = theta.reshape(2, 3).copy()
    optimizer = kind(0.1, **DECAY)
    for g in gradients:
        optimizer.step(table, g.reshape(2, 3))
    np.testing.assert_allclose(table.ravel(), expected, rtol=1e-15)


@every_optimizer
def test_optimizers_do_not_share_what_they_remember(kind):
    theta, gradients = drawn(4)
    alone, first, second = kind(0.1), kind(0.1), kind(0.1)
    mine, other = theta.copy(), theta.copy()
    for g in gradients:
        first.step(mine, g)
        second.step(other, -3 * g)
    np.testing.assert_array_equal(mine, run(alone, theta, gradients))


@every_optimizer
def test_the_first_step_goes_downhill_and_many_find_the_valley(kind):
    theta = np.array([3.0, -2.0])
    optimizer = kind(0.02, weight_decay=0)
    optimizer.step(theta, theta.copy())
    assert (abs(theta) < [3, 2]).all()
    for _ in range(1000):
        optimizer.step(theta, theta.copy())
    np.testing.assert_allclose(theta, 0, atol=0.05)


@every_optimizer
def test_weight_decay_pulls_where_decays_is_1_and_everywhere_without_it(kind):
    theta, zero, decays = np.array([1.0, -2.0]), np.zeros((5, 2)), np.array([0.0, 1.0])
    pulled = run(kind(0.1, **DECAY), theta, zero)
    assert (abs(pulled) < abs(theta)).all()
    masked = run(kind(0.1, **DECAY), theta, zero, decays)
    np.testing.assert_array_equal(masked, [1, pulled[1]])
    np.testing.assert_array_equal(run(kind(0.1, weight_decay=0), theta, zero, decays), theta)


@every_optimizer
def test_a_schedule_is_asked_at_0_1_2_and_a_constant_one_is_a_number(kind):
    theta, gradients = drawn(4)
    expected = run(kind(0.1), theta, gradients)
    np.testing.assert_array_equal(run(kind(constant(0.1)), theta, gradients), expected)
    asked = []
    run(kind(lambda step: asked.append(step) or 0.1), theta, gradients)
    assert asked == [0, 1, 2, 3, 4]


@every_optimizer
def test_a_rate_of_zero_at_a_schedules_end_moves_nothing(kind):
    theta, gradients = drawn(4)
    np.testing.assert_array_equal(run(kind(lambda step: 0), theta, gradients), theta)


@every_optimizer
def test_fading_state_is_cleaned_to_zero(kind):
    optimizer, theta = kind(0.1), np.ones(3)
    faint = np.array([FADED, 0, -FADED]) / 1e3
    for step in range(CLEANING):
        optimizer.step(theta, np.add(faint, [0, 1, 0]))
        if step < CLEANING - 1:
            assert all((vector != 0).all() for vector in optimizer.state)
    for vector in optimizer.state:
        assert vector[0] == vector[2] == 0 != vector[1]


@every_optimizer
def test_its_name_is_said_with_its_learning_rate(kind):
    assert repr(kind(0.125)) == f"{kind.__name__}(learning_rate=0.125)"


@every_optimizer
def test_each_network_needs_one_of_its_own(kind):
    optimizer = kind(0.1)
    optimizer.step(np.ones(3), np.ones(3))
    if optimizer.state_names:  # without a memory there is nothing to mix up
        with pytest.raises(ValueError, match=r"parameters .* expected \(3,\).* of its own"):
            optimizer.step(np.ones(4), np.ones(4))
