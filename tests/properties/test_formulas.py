"""Properties of activations, losses and normalizations."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backprop_lib import (
    batch_norm_backward,
    batch_norm_forward,
    binary_cross_entropy_forward,
    dropout_forward,
    layer_norm_backward,
    layer_norm_forward,
    leaky_relu_forward,
    log_softmax,
    mean_squared_error_backward,
    mean_squared_error_forward,
    relu_forward,
    sigmoid_forward,
    softmax,
    softmax_backward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
    tanh_forward,
)
from tests.contract.formulas import PAIRS, back, draw, forward, upstream_of
from tests.properties.tables import SEEDS, drawn, numbers, tables

close = np.testing.assert_allclose


@pytest.mark.parametrize("pair", PAIRS, ids=repr)
@given(seed=SEEDS)
def test_a_way_back_is_linear_and_the_transpose_of_the_way_forward(pair, seed):
    """⟨g, J v⟩ = ⟨Jᵀ g, v⟩ for every input, where J v is a complex step along v."""
    arguments = draw(pair.forward, seed, n=pair.least + seed % 4)
    known = forward(pair, arguments)
    g = upstream_of(pair, known, seed)
    gradients = back(pair, known, g)
    for name, gradient in gradients.items():
        v = drawn(seed + 1, *gradient.shape)
        moved = forward(pair, arguments | {name[1:]: arguments[name[1:]] + 1e-30j * v})
        moves = moved[pair.outputs[0]].imag / 1e-30
        size = np.abs(gradient * v).sum() + np.abs(g * moves).sum()
        assert abs((g * moves).sum() - (gradient * v).sum()) <= 1e-12 * size + 1e-15
    if np.ndim(g):
        other = drawn(seed + 2, *g.shape)
        for name, gradient in back(pair, known, 2 * g - 3 * other).items():
            parts = 2 * gradients[name], 3 * back(pair, known, other)[name]
            close(gradient, parts[0] - parts[1], rtol=1e-11, atol=1e-12)


@given(Z=tables(1e4), shift=numbers(1e4))
def test_softmax_is_a_row_of_probabilities_that_sees_no_shift(Z, shift):
    P = softmax(Z)
    assert (P >= 0).all()
    close(P.sum(axis=1), 1, rtol=1e-14)
    close(softmax(Z + shift), P, rtol=1e-10, atol=1e-15)
    close(np.exp(log_softmax(Z)), P, rtol=1e-11, atol=1e-300)
    assert (P[np.arange(len(Z)), Z.argmax(axis=1)] == P.max(axis=1)).all()


@given(Z=tables(), seed=SEEDS)
def test_softmax_backward_sums_to_zero_in_each_row(Z, seed):
    dZ = softmax_backward(drawn(seed, *Z.shape), Z)
    close(dZ.sum(axis=1), 0, atol=1e-14)


@given(Z=tables(1e4), seed=SEEDS)
def test_cross_entropy_is_not_negative_and_its_gradient_sums_to_zero(Z, seed):
    n, K = Z.shape
    Y = np.random.default_rng(seed).integers(0, K, n)
    loss, P = softmax_cross_entropy_forward(Z, Y)
    dZ = softmax_cross_entropy_backward(P, Y)
    assert loss >= 0
    close(dZ.sum(axis=1), 0, atol=1e-15)
    one_hot = np.eye(K)[Y]
    if K > 1:  # a table of one column would be labels gone wrong
        close(softmax_cross_entropy_forward(Z, one_hot)[0], loss, rtol=1e-14)
        close(softmax_cross_entropy_backward(P, one_hot), dZ, atol=1e-15)
    level, _ = softmax_cross_entropy_forward(np.zeros_like(Z), Y)
    close(level, np.log(K), rtol=1e-14, atol=1e-16)


@given(Z=tables(50.0), seed=SEEDS)
def test_binary_cross_entropy_is_its_definition_and_sees_yes_and_no_alike(Z, seed):
    Y = np.random.default_rng(seed).random(Z.shape)
    loss, P = binary_cross_entropy_forward(Z, Y)
    log_P, log_rest = -np.logaddexp(0, -Z), -np.logaddexp(0, Z)
    close(loss, -(Y * log_P + (1 - Y) * log_rest).mean(), rtol=1e-13)
    close(binary_cross_entropy_forward(-Z, 1 - Y)[0], loss, rtol=1e-13)
    close(P, np.exp(log_P), rtol=1e-13)


@given(Z=tables(), shift=numbers())
def test_mean_squared_error_is_the_square_of_a_shift(Z, shift):
    close(mean_squared_error_forward(Z + shift, Z), shift**2, rtol=1e-10, atol=1e-11)
    close(mean_squared_error_backward(Z + shift, Z), 2 * shift / Z.size, rtol=1e-10, atol=1e-12)


@given(Z=tables(1e6))
def test_activations_keep_order_and_their_symmetries(Z):
    close(relu_forward(Z) - relu_forward(-Z), Z)
    close(leaky_relu_forward(Z, slope=0.25), np.maximum(Z, Z / 4))
    close(sigmoid_forward(Z) + sigmoid_forward(-Z), 1, rtol=1e-15)
    close(tanh_forward(-Z), -tanh_forward(Z))
    close(2 * sigmoid_forward(2 * Z) - 1, tanh_forward(Z), atol=1e-15)


@pytest.mark.parametrize(
    ("normalize", "backward", "axis"),
    [(batch_norm_forward, batch_norm_backward, 0), (layer_norm_forward, layer_norm_backward, 1)],
)
@given(X=tables(least=(2, 2), most=6), shift=numbers(), scale=st.floats(0.1, 10), seed=SEEDS)
def test_a_normalization_centres_and_scales_and_its_gradient_is_orthogonal_to_both(
    normalize, backward, axis, X, shift, scale, seed
):
    X = X + drawn(seed, *X.shape)
    assume((X.std(axis=axis) > 0.1).all())  # or ε would matter
    ones, zeros = np.ones(X.shape[1]), np.zeros(X.shape[1])
    H, X_hat, *_, variance = normalize(X, ones, zeros, epsilon=1e-12)
    close(X_hat.mean(axis=axis), 0, atol=1e-10)
    close((X_hat**2).mean(axis=axis), 1, rtol=1e-7)
    close(normalize(scale * X + shift, ones, zeros, epsilon=1e-12)[0], H, rtol=1e-6, atol=1e-6)
    dX, _, _ = backward(drawn(seed + 1, *X.shape), X_hat, variance, ones, epsilon=1e-12)
    size = np.abs(dX).max() + 1
    close(dX.sum(axis=axis) / size, 0, atol=1e-10)
    close((dX * X_hat).sum(axis=axis) / size, 0, atol=1e-7)


@given(drop_prob=st.just(0.0) | st.floats(0.05, 0.95), seed=SEEDS)
def test_a_dropout_mask_has_two_values_and_mean_1(drop_prob, seed):
    A = np.full((40, 50), 2.0)
    H, M = dropout_forward(A, drop_prob, np.random.default_rng(seed))
    assert ((M == 0) | np.isclose(M, 1 / (1 - drop_prob), rtol=1e-15)).all()
    spread_of_mean = np.sqrt(drop_prob / (1 - drop_prob) / M.size)
    assert abs(M.mean() - 1) <= 6 * spread_of_mean
    np.testing.assert_array_equal(H, A * M)
