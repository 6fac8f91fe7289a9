"""Properties of optimizers, schedules, batches and networks."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backprop_lib import Dropout, clip_by_global_norm, constant, cosine, warm_up
from backprop_lib.optimizers import BLOCK
from backprop_lib.training import batches
from tests.contract.layers import LAYERS, LOSSES, OPTIMIZERS, network_with
from tests.properties.tables import SEEDS, drawn, vectors

STEPS = st.integers(1, 50)
RATES = st.floats(1e-6, 10)


@given(kind=st.sampled_from(OPTIMIZERS), cut=st.integers(1, 2 * BLOCK), seed=SEEDS)
def test_where_a_block_ends_does_not_matter(kind, cut, seed):
    """A vector of three blocks moves as its two parts do, wherever it is cut."""
    theta, *gradients = (np.resize(row, 2 * BLOCK + 1) for row in drawn(seed, 3, 1009))
    parts, others, optimizer = (
        [theta[:cut].copy(), theta[cut:].copy()],
        [kind(0.1), kind(0.1)],
        kind(0.1),
    )
    for g in gradients:
        optimizer.step(theta, g)
        for other, part, piece in zip(others, parts, (g[:cut], g[cut:]), strict=True):
            other.step(part, piece)
    np.testing.assert_allclose(np.concatenate(parts), theta, rtol=1e-14)


@given(gradients=vectors(1e200), limit=st.floats(1e-3, 1e3))
def test_clipping_keeps_the_direction_and_never_lengthens(gradients, limit):
    before, size = gradients.copy(), np.abs(gradients).max()
    assume(size > 1e-100)
    norm = clip_by_global_norm(gradients, limit)
    np.testing.assert_allclose(norm, size * np.linalg.norm(before / size), rtol=1e-12)
    assert (abs(gradients) <= abs(before)).all()
    length = np.linalg.norm(gradients)
    np.testing.assert_allclose(length, min(norm, limit), rtol=1e-12)
    np.testing.assert_allclose(gradients / length, before / size / (norm / size), atol=1e-12)


@given(rate=RATES, steps=STEPS, share=st.floats(0, 1), t=st.integers(0, 200))
def test_schedules_stay_between_their_ends(rate, steps, share, t):
    final = share * rate
    eta = cosine(rate, steps, final)
    assert final <= eta(t + 1) <= eta(t) <= rate * (1 + 1e-15)
    assert eta(0) == pytest.approx(rate)
    assert eta(steps + t) == final
    warm = warm_up(steps, eta)
    assert 0 <= warm(t) <= eta(t)
    assert warm(steps - 1 + t) == eta(steps - 1 + t)
    assert warm_up(steps, rate)(t) <= constant(rate)(t) == rate


@given(n=st.integers(1, 200), size=st.integers(1, 250), seed=SEEDS)
def test_batches_are_a_permutation_in_pieces(n, size, seed):
    drawn_batches = list(batches(n, size, np.random.default_rng(seed)))
    np.testing.assert_array_equal(np.sort(np.concatenate(drawn_batches)), np.arange(n))
    lengths = [len(batch) for batch in drawn_batches]
    assert lengths[:-1] == [size] * (len(lengths) - 1)
    assert 1 <= lengths[-1] <= size


@given(kind=st.sampled_from(LAYERS), loss=st.sampled_from(LOSSES), seed=SEEDS)
def test_all_parameters_and_gradients_are_views_of_two_vectors(kind, loss, seed):
    network, X, Y = network_with(kind, loss, seed)
    network.backpropagate(X, Y)
    for flat, prefix in ((network.parameters, ""), (network.gradients, "d")):
        views = [
            getattr(layer, prefix + name)
            for layer in network.layers
            for name in layer.parameter_names
        ]
        assert all(np.shares_memory(view, flat) for view in views)
        np.testing.assert_array_equal(np.concatenate([view.ravel() for view in views]), flat)
        flat[:] = np.arange(flat.size)
        np.testing.assert_array_equal(np.concatenate([view.ravel() for view in views]), flat)


ORDERLESS = [kind for kind in LAYERS if kind is not Dropout]  # which draws by place in the batch


@given(kind=st.sampled_from(ORDERLESS), loss=st.sampled_from(LOSSES), seed=SEEDS)
def test_the_order_of_the_examples_does_not_matter(kind, loss, seed):
    network, X, Y = network_with(kind, loss, seed)
    found = network.backpropagate(X, Y)
    gradients = network.gradients.copy()
    order = np.random.default_rng(seed).permutation(len(X))
    np.testing.assert_allclose(network.backpropagate(X[order], Y[order]), found, rtol=1e-12)
    np.testing.assert_allclose(network.gradients, gradients, rtol=1e-9, atol=1e-12)
