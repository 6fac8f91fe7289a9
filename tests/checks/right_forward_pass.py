"""Right answers to the exercises of chapter 01, each written in another way."""

import math
from itertools import pairwise

import numpy as np


def dense_by_loops(X, W, b):
    Z = np.zeros((len(X), len(b)), X.dtype)
    for i in range(X.shape[0]):
        for k in range(W.shape[1]):
            for j in range(W.shape[0]):
                Z[i, k] += X[i, j] * W[j, k]
            Z[i, k] += b[k]
    return Z


def dense_on_its_own_copy(X, W, b):
    Z = X.dot(W)
    Z += b
    return Z


def dense_augmented(X, W, b):
    return np.hstack([X, np.ones((len(X), 1), X.dtype)]) @ np.vstack([W, b])


def relu_on_its_own_copy(Z):
    A = Z.copy()
    A[A < 0] = 0
    return A


def relu_by_loops(Z):
    A = np.empty_like(Z)
    for place, z in np.ndenumerate(Z):
        A[place] = max(0, z)
    return A


def sigmoid_by_masks(Z):
    A = np.empty_like(Z)
    up = Z >= 0
    A[up] = 1 / (1 + np.exp(-Z[up]))
    A[~up] = np.exp(Z[~up]) / (1 + np.exp(Z[~up]))
    return A


def sigmoid_by_loops(Z):
    A = np.empty_like(Z)
    for place, z in np.ndenumerate(Z):
        A[place] = 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
    return A


def sigmoid_silenced(Z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-Z))


def two_layers_plainly(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = Z1 * (Z1 > 0)
    return Z1, A1, A1 @ W2 + b2


def two_layers_by_einsum(X, W1, b1, W2, b2):
    Z1 = np.einsum("ij,jk->ik", X, W1) + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    return [Z1, A1, np.einsum("ij,jk->ik", A1, W2) + b2]


def two_layers_transposed(X, W1, b1, W2, b2):
    Z1 = W1.T @ X.T + b1[:, None]
    A1 = np.clip(Z1, 0, None)
    Z2 = W2.T @ A1 + b2[:, None]
    return Z1.T, A1.T, Z2.T


def two_layers_by_row(X, W1, b1, W2, b2):
    Z1 = np.array([x @ W1 + b1 for x in X])
    A1 = np.array([np.maximum(z, 0) for z in Z1])
    return Z1, A1, np.array([a @ W2 + b2 for a in A1])


def two_layers_by_loops(X, W1, b1, W2, b2):
    Z1 = dense_by_loops(X, W1, b1)
    A1 = relu_by_loops(Z1)
    return Z1, A1, dense_by_loops(A1, W2, b2)


def columns_by_loops(X, W, b):
    Z = np.zeros((W.shape[0], X.shape[1]), X.dtype)
    for i in range(X.shape[1]):
        Z[:, i] = W @ X[:, i] + b[:, 0]
    return Z


def count_by_index(sizes):
    count = 0
    for i in range(1, len(sizes)):
        count += (sizes[i - 1] + 1) * sizes[i]
    return count


def count_arrays(sizes):
    return sum(np.zeros((p + 1, q)).size for p, q in pairwise(sizes))


def count_by_recursion(sizes):
    if len(sizes) < 2:
        return 0
    return (sizes[0] + 1) * sizes[1] + count_by_recursion(sizes[1:])


RIGHT = {
    "dense_forward": [
        dense_by_loops,
        dense_on_its_own_copy,
        dense_augmented,
        lambda X, W, b: np.einsum("ij,jk->ik", X, W) + b,
        lambda X, W, b: (W.T @ X.T + b[:, None]).T,
        lambda X, W, b: np.stack([x @ W + b for x in X]),
    ],
    "relu_forward": [
        relu_on_its_own_copy,
        relu_by_loops,
        lambda Z: np.where(Z > 0, Z, 0),
        lambda Z: Z * (Z > 0),
        lambda Z: (Z + np.abs(Z)) / 2,
        lambda Z: np.clip(Z, 0, None),
    ],
    "sigmoid_forward": [
        sigmoid_by_masks,
        sigmoid_by_loops,
        sigmoid_silenced,
        lambda Z: (1 + np.tanh(Z / 2)) / 2,
        lambda Z: np.exp(-np.logaddexp(0, -Z)),
        lambda Z: 1 / (1 + np.exp(-np.clip(Z, -80, 80))),
    ],
    "two_layer_forward": [
        two_layers_plainly,
        two_layers_by_einsum,
        two_layers_transposed,
        two_layers_by_row,
        two_layers_by_loops,
    ],
    "dense_forward_columns": [
        columns_by_loops,
        lambda X, W, b: W.dot(X) + b,
        lambda X, W, b: (X.T @ W.T + b.T).T,
        lambda X, W, b: np.einsum("kj,ji->ki", W, X) + b,
        lambda X, W, b: np.hstack([W, b]) @ np.vstack([X, np.ones((1, X.shape[1]), X.dtype)]),
    ],
    "parameter_count": [
        count_by_index,
        count_arrays,
        count_by_recursion,
        lambda sizes: sum((p + 1) * q for p, q in pairwise(sizes)),
        lambda sizes: np.dot(sizes[:-1], sizes[1:]) + np.sum(sizes[1:]),
    ],
}
