"""Right answers to the exercises of chapter 04, each written in another way."""

import math

import numpy as np


def softmax_by_row(Z):
    P = np.empty_like(Z)
    for i, z in enumerate(Z):
        powers = np.exp(z - max(z))
        P[i] = powers / sum(powers)
    return P


def softmax_by_ratios(Z):
    with np.errstate(over="ignore"):  # 1 / ∞ is 0, as it should be
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


def softmax_on_its_own_copy(Z):
    P = Z.copy()
    P -= P.max(axis=1)[:, None]
    np.exp(P, out=P)
    P /= P.sum(axis=1)[:, None]
    return P


def softmax_in_columns(Z):
    powers = np.exp(Z.T - Z.T.max(axis=0))
    return (powers / powers.sum(axis=0)).T


def log_softmax_by_row(Z):
    rows = []
    for z in Z:
        top = z.max()
        rows.append(z - top - np.log(np.exp(z - top).sum()))
    return np.array(rows)


def log_softmax_by_pairs(Z):
    total = Z[:, 0].copy()
    for k in range(1, Z.shape[1]):
        total = np.logaddexp(total, Z[:, k])
    return Z - total[:, None]


def log_softmax_with_log1p(Z):
    top = Z.argmax(axis=1)[:, None]
    shifted = Z - np.take_along_axis(Z, top, axis=1)
    rest = np.exp(shifted)
    np.put_along_axis(rest, top, 0, axis=1)
    return shifted - np.log1p(rest.sum(axis=1, keepdims=True))


def forward_by_row(Z, Y):
    P, costs = np.empty_like(Z), []
    for i, (z, y) in enumerate(zip(Z, Y, strict=True)):
        shifted = z - z.max()
        total = np.exp(shifted).sum()
        P[i] = np.exp(shifted) / total
        costs.append(np.log(total) - shifted[y])
    return float(np.mean(costs)), P


def forward_by_one_hot(Z, Y):
    log_P = log_softmax_by_row(Z)
    targets = np.eye(Z.shape[1], dtype=Z.dtype)[Y]
    return -(targets * log_P).sum(axis=1).mean(), softmax_by_row(Z)


def forward_by_the_sum(Z, Y):
    total = np.logaddexp.reduce(Z, axis=1)
    right = np.take_along_axis(Z, Y[:, None], axis=1)[:, 0]
    return np.mean(total - right), np.exp(Z - total[:, None])


def forward_by_choose(Z, Y):
    log_P = log_softmax_with_log1p(Z)
    return [-np.average([log_P[i, y] for i, y in enumerate(Y)]), np.exp(log_P)]


def forward_by_mask(Z, Y):
    log_P = log_softmax_by_pairs(Z)
    mask = np.arange(Z.shape[1]) == Y[:, None]
    return -log_P[mask].mean(), np.exp(log_P)


def start_from_the_logits(n, K):
    P = np.full((n, K), 1 / K)
    dZ = P / n
    dZ[:, 0] -= 1 / n
    return -np.log(P[0, 0]), dZ[0, 0], dZ[0, 1]


def start_by_math(n, K):
    return math.log(K), -(K - 1) / (K * n), 1 / (K * n)


def start_by_pull_and_pushes(n, K):
    push = 1 / (n * K)
    return -math.log(1 / K), -(K - 1) * push, push


def start_as_arrays(n, K):
    return np.log(np.array(K)), np.float64(1 / K - 1) / n, np.float64(1) / K / n


def back_by_jacobian(dP, Z):
    P = softmax_by_row(Z)
    return np.stack([dp @ (np.diag(p) - np.outer(p, p)) for dp, p in zip(dP, P, strict=True)])


def back_by_loops(dP, Z):
    P, dZ = softmax_by_row(Z), np.zeros_like(Z)
    for i, row in enumerate(P):
        for r, p in enumerate(row):
            for s, other in enumerate(row):
                dZ[i, s] += dP[i, r] * p * ((r == s) - other)
    return dZ


def back_by_einsum(dP, Z):
    P = softmax_on_its_own_copy(Z)
    return P * dP - P * np.einsum("ik,ik->i", dP, P)[:, None]


def back_by_two_terms(dP, Z):
    P = softmax_in_columns(Z)
    weighed = P * dP
    return weighed - P * weighed.sum(axis=1, keepdims=True)


def back_in_columns(dP, Z):
    P = softmax_in_columns(Z).T
    return (P * (dP.T - (P * dP.T).sum(axis=0))).T


def labels_by_loop(P, Y):
    dZ = np.array(P)
    for i, y in enumerate(Y):
        dZ[i, y] -= 1
    dZ /= len(P)
    return dZ


def labels_by_mask(P, Y):
    return (P - (np.arange(P.shape[1]) == Y[:, None])) / P.shape[0]


def labels_by_put(P, Y):
    dZ = P / len(Y)
    np.subtract.at(dZ, (np.arange(len(Y)), Y), P.dtype.type(1) / len(Y))
    return dZ


def soft_by_row(P, Y):
    return np.stack([(p * sum(y) - y) / len(Y) for p, y in zip(P, Y, strict=True)])


def soft_by_class(P, Y):
    dZ = np.zeros_like(P)
    for k in range(P.shape[1]):  # one loss for each class, Y[:, k] times
        one = np.zeros_like(P)
        one[:, k] = 1
        dZ += Y[:, [k]] * (P - one)
    return dZ / len(P)


def soft_on_its_own_copy(P, Y):
    dZ = P.copy()
    dZ *= Y.sum(axis=1)[:, None]
    dZ -= Y
    dZ *= 1 / len(Y)
    return dZ


def binary_by_loop(P, Y):
    dZ = np.empty_like(P)
    for place, p in np.ndenumerate(P):
        dZ[place] = (p - Y[place]) / (P.shape[0] * P.shape[1])
    return dZ


def binary_by_halves(P, Y):
    return ((1 - Y) * P - Y * (1 - P)) / P.size


def binary_on_its_own_copy(P, Y):
    dZ = P.copy()
    dZ -= Y
    dZ /= dZ.size
    return dZ


RIGHT = {
    "softmax": [
        softmax_by_row,
        softmax_by_ratios,
        softmax_on_its_own_copy,
        softmax_in_columns,
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)),
        lambda Z: np.exp(log_softmax_with_log1p(Z)),
    ],
    "log_softmax": [
        log_softmax_by_row,
        log_softmax_by_pairs,
        log_softmax_with_log1p,
        lambda Z: Z - np.logaddexp.reduce(Z, axis=1)[:, None],
        lambda Z: -np.logaddexp.reduce(Z[:, None, :] - Z[:, :, None], axis=2),
    ],
    "softmax_cross_entropy_forward": [
        forward_by_row,
        forward_by_one_hot,
        forward_by_the_sum,
        forward_by_choose,
        forward_by_mask,
    ],
    "at_the_start": [
        start_from_the_logits,
        start_by_math,
        start_by_pull_and_pushes,
        start_as_arrays,
        lambda n, K: [np.log(K), (1 - K) / (K * n), 1 / K / n],
    ],
    "softmax_backward": [
        back_by_jacobian,
        back_by_loops,
        back_by_einsum,
        back_by_two_terms,
        back_in_columns,
    ],
    "softmax_cross_entropy_backward": [
        labels_by_loop,
        labels_by_mask,
        labels_by_put,
        lambda P, Y: (P - np.eye(P.shape[1], dtype=P.dtype)[Y]) / len(Y),
        lambda P, Y: P / len(Y) - np.eye(P.shape[1], dtype=P.dtype)[Y] / len(Y),
    ],
    "soft_label_backward": [
        soft_by_row,
        soft_by_class,
        soft_on_its_own_copy,
        lambda P, Y: (np.einsum("ik,ij->ik", P, Y) - Y) / len(P),
        lambda P, Y: (P * (Y @ np.ones((Y.shape[1], 1), Y.dtype)) - Y) / P.shape[0],
    ],
    "binary_cross_entropy_backward": [
        binary_by_loop,
        binary_by_halves,
        binary_on_its_own_copy,
        lambda P, Y: (P - Y) / (P.shape[0] * P.shape[1]),
        lambda P, Y: np.subtract(P, Y) / np.size(Y),
    ],
}
