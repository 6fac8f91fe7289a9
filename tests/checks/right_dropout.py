"""Right answers to the exercises of chapter 07, each written in another way."""

import numpy as np


def mask_by_choice(A, drop_prob, rng):
    M = rng.choice([0.0, 1 / (1 - drop_prob)], A.shape, p=[drop_prob, 1 - drop_prob])
    return M * A, M


def mask_by_binomial(A, drop_prob, rng):
    keep_prob = 1 - drop_prob
    M = rng.binomial(1, keep_prob, size=A.shape) / keep_prob
    return A * M, M


def mask_by_where(A, drop_prob, rng):
    stays = rng.uniform(size=A.shape) < 1 - drop_prob
    M = np.where(stays, 1 / (1 - drop_prob), 0.0)
    return np.where(stays, A / (1 - drop_prob), 0.0), M


def mask_by_rows(A, drop_prob, rng):
    M = np.zeros(A.shape)
    for row in M:
        row[rng.random(len(row)) > drop_prob] = 1 / (1 - drop_prob)
    return np.einsum("ij,ij->ij", A, M), M


def mask_in_place(A, drop_prob, rng):
    M = np.ones_like(A)
    M[rng.random(A.shape) < drop_prob] = 0
    M /= 1 - drop_prob
    H = A.copy()
    H *= M
    return H, M


def layer_by_mask_of_ones(A, drop_prob, rng, training):
    M = mask_by_choice(A, drop_prob, rng)[1] if training else np.ones(A.shape)
    return A * M


def layer_by_probability(A, drop_prob, rng, training):
    drop_prob *= training
    return mask_in_place(A, drop_prob, rng)[0]


def layer_in_two_branches(A, drop_prob, rng, training):
    if training:
        H = A / (1 - drop_prob)
        H[rng.random(H.shape) < drop_prob] = 0
    else:
        H = np.array(A)
    return H


def layer_by_function(A, drop_prob, rng, training):
    return {True: mask_by_binomial, False: lambda A, *_: (A + 0.0,)}[training](A, drop_prob, rng)[0]


def layer_by_where(A, drop_prob, rng, training):
    silent = training & (rng.random(A.shape) < drop_prob)
    return np.where(silent, 0, A / (1 - drop_prob * training))


def numbers_by_formula():
    a, drop_prob = 3, 0.75
    keep_prob = 1 - drop_prob
    return a / keep_prob, drop_prob, float(a), a**2 * drop_prob / keep_prob, float(a)


def numbers_from_the_two_values():
    values, chances = np.array([0.0, 12.0]), np.array([0.75, 0.25])
    mean = chances @ values
    return [values[1], chances[0], mean, chances @ (values - mean) ** 2, mean]


def numbers_by_square():
    mean_square = 0.25 * 12**2
    return 12, 3 / 4, 3, mean_square - 3**2, 3


def backward_by_entry(dH, M):
    dA = np.zeros_like(dH)
    for place in np.ndindex(dH.shape):
        dA[place] = dH[place] * M[place]
    return dA


def backward_where_it_stayed(dH, M):
    scale = M.max()
    return np.where(M > 0, dH * scale, 0).astype(dH.dtype)


def backward_in_place(dH, M):
    dA = dH.copy()
    dA *= M
    return dA


def pass_by_einsum(A, W, dZ, drop_prob, rng):
    H, M = mask_by_choice(A, drop_prob, rng)
    dA = np.einsum("ij,kj,ik->ik", dZ, W, M)
    return H, dA, np.einsum("ik,ij->kj", H, dZ)


def pass_by_example(A, W, dZ, drop_prob, rng):
    H, M = mask_by_rows(A, drop_prob, rng)
    dW = sum(np.outer(h, d) for h, d in zip(H, dZ, strict=True))
    return H, np.stack([(W @ d) * m for d, m in zip(dZ, M, strict=True)]), dW


def pass_from_what_stayed(A, W, dZ, drop_prob, rng):
    H = mask_in_place(A, drop_prob, rng)[0]
    dA = (W @ dZ.T).T / (1 - drop_prob)
    dA[H == 0] = 0
    return [H, dA, (dZ.T @ H).T]


def pass_with_a_masked_product(A, W, dZ, drop_prob, rng):
    stays = rng.random(A.shape) >= drop_prob
    scale = 1 / (1 - drop_prob)
    return A * stays * scale, scale * (stays * (dZ @ W.T)), scale * ((A * stays).T @ dZ)


def pass_through_the_slope(A, W, dZ, drop_prob, rng):
    H, _ = mask_by_binomial(A, drop_prob, rng)
    return H, (H / A) * (dZ @ W.T), np.tensordot(H, dZ, axes=(0, 0))


def is_right_by_values(dropout, drop_prob, rng):
    A = np.full((200, 150), 2.0)
    H = dropout(A, drop_prob, rng)
    zeros = H == 0
    if not np.isclose(np.unique(H), [0, 2 / (1 - drop_prob)]).all():
        return False
    if not np.isclose(zeros.mean(), drop_prob, atol=0.02):
        return False
    return bool(min(zeros.mean(axis=0).std(), zeros.mean(axis=1).std()) > 1e-9)


def is_right_by_many_draws(dropout, drop_prob, rng):
    A = rng.uniform(1, 2, (20, 30))
    draws = np.array([dropout(A, drop_prob, rng) / A for _ in range(60)])
    near = abs(draws.mean() - 1) < 0.05 and abs((draws == 0).mean() - drop_prob) < 0.04
    off = draws == 0
    alike = any((d == d[0]).all() or (d[:, :1] == d).all() for d in off)
    return bool(near and not alike)


def is_right_by_standard_deviations(dropout, drop_prob, rng):
    A = np.ones((150, 100))
    H = dropout(A, drop_prob, rng)
    spread = np.sqrt(drop_prob * (1 - drop_prob) / H.size)
    share = (H == 0).mean()
    if abs(share - drop_prob) > 5 * spread:
        return False
    if abs(H.mean() - 1) > 5 * spread / (1 - drop_prob):
        return False
    return len(np.unique(H, axis=0)) > 1 and len(np.unique(H.T, axis=0)) > 1


def is_right_by_rows_and_columns(dropout, drop_prob, rng):
    H = dropout(np.ones((150, 150)), drop_prob, rng)
    each = [*(H == 0).mean(axis=0), *(H == 0).mean(axis=1)]
    return bool(np.max(np.abs(np.array(each) - drop_prob)) < 0.25) and bool(
        abs(np.mean(each) - drop_prob) < 0.04 and 0.95 < H.mean() < 1.05
    )


def is_right_in_a_chain(dropout, drop_prob, rng):
    A = np.arange(1.0, 15001).reshape(100, 150)
    H = dropout(A, drop_prob, rng)
    off, stays = H == 0, H[H != 0] / A[H != 0]
    tests = [
        -0.03 < off.sum() / off.size - drop_prob < 0.03,
        np.allclose(stays, 1 / (1 - drop_prob)),
        any((row != off[0]).any() for row in off),
        any((column != off[:, 0]).any() for column in off.T),
    ]
    return all(tests)


RIGHT = {
    "dropout_forward": [
        mask_by_choice,
        mask_by_binomial,
        mask_by_where,
        mask_by_rows,
        mask_in_place,
    ],
    "dropout_layer": [
        layer_by_mask_of_ones,
        layer_by_probability,
        layer_in_two_branches,
        layer_by_function,
        layer_by_where,
    ],
    "dropout_numbers": [
        numbers_by_formula,
        numbers_from_the_two_values,
        numbers_by_square,
        lambda: (12, 0.75, 3, 27, 3),
        lambda: [3 * 4.0, 1 - 1 / 4, 3.0, 9.0 * 3, 3.0],
    ],
    "dropout_backward": [
        backward_by_entry,
        backward_where_it_stayed,
        backward_in_place,
        lambda dH, M: np.multiply(M, dH),
        lambda dH, M: np.einsum("ij,ij->ij", dH, M),
    ],
    "there_and_back": [
        pass_by_einsum,
        pass_by_example,
        pass_from_what_stayed,
        pass_with_a_masked_product,
        pass_through_the_slope,
    ],
    "dropout_is_right": [
        is_right_by_values,
        is_right_by_many_draws,
        is_right_by_standard_deviations,
        is_right_by_rows_and_columns,
        is_right_in_a_chain,
    ],
}
