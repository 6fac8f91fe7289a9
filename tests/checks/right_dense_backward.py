"""Right answers to the exercises of chapter 02, each written in another way."""

import math

import numpy as np


def relu_on_its_own_copy(dA, Z):
    dZ = dA.copy()
    dZ[Z <= 0] = 0
    return dZ


def relu_by_loops(dA, Z):
    dZ = np.zeros_like(Z)
    for place, z in np.ndenumerate(Z):
        if z > 0:
            dZ[place] = dA[place]
    return dZ


def relu_by_jacobian(dA, Z):
    return np.stack([da @ np.diag((z > 0).astype(z.dtype)) for da, z in zip(dA, Z, strict=True)])


def tanh_by_loops(dA, Z):
    dZ = np.empty_like(Z)
    for place, z in np.ndenumerate(Z):
        dZ[place] = dA[place] * (1 - math.tanh(z) ** 2)
    return dZ


def tanh_by_jacobian(dA, Z):
    A = np.tanh(Z)
    return np.stack([np.diag(1 - a * a) @ da for da, a in zip(dA, A, strict=True)])


def tanh_on_its_own_copy(dA, Z):
    dZ = np.tanh(Z)
    dZ *= -dZ
    dZ += 1
    dZ *= dA
    return dZ


def tanh_by_sigmoid(dA, Z):
    A = 2 / (1 + np.exp(-2 * Z)) - 1
    return dA * (1 - A**2)


def shapes_as_arrays_have_them(n, p, q):
    X, W, b = np.ones((n, p)), np.ones((p, q)), np.ones(q)
    return [np.shape(value) for value in (X @ W + b, X, W, b)]


def shapes_from_lists(n, p, q):
    return tuple(tuple(sizes) for sizes in ([n, q], [n, p], [p, q], [q]))


def shapes_of_products(n, p, q):
    dZ, X, W = np.ones((n, q)), np.ones((n, p)), np.ones((p, q))
    return dZ.shape, (dZ @ W.T).shape, (X.T @ dZ).shape, dZ.sum(axis=0).shape


def shapes_as_integers_of_numpy(n, p, q):
    n, p, q = np.array([n, p, q])
    return (n, q), (n, p), (p, q), (q,)


def shapes_by_adding(n, p, q):
    n, p, q = (n,), (p,), (q,)
    return n + q, n + p, p + q, q


def dense_by_loops(dZ, X, W):
    dX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1], W.dtype)
    for i in range(X.shape[0]):
        for k in range(W.shape[1]):
            db[k] += dZ[i, k]
            for j in range(W.shape[0]):
                dX[i, j] += dZ[i, k] * W[j, k]
                dW[j, k] += X[i, j] * dZ[i, k]
    return dX, dW, db


def dense_by_outer_products(dZ, X, W):
    dW = sum(np.outer(x, dz) for x, dz in zip(X, dZ, strict=True))
    return np.array([W @ dz for dz in dZ]), dW, sum(dz for dz in dZ)


def dense_by_jacobian(dZ, X, W):
    (n, p), q = X.shape, W.shape[1]
    unit = np.eye(q, dtype=W.dtype)
    jacobian = np.einsum("ij,kl->ikjl", X, unit).reshape(n * q, p * q)
    dX = np.concatenate([(dz[None] @ W.T) for dz in dZ])
    return dX, (dZ.ravel() @ jacobian).reshape(p, q), dZ.ravel() @ np.tile(unit, (n, 1))


def dense_augmented(dZ, X, W):
    both = np.hstack([X, np.ones((len(X), 1), X.dtype)]).T @ dZ
    return np.dot(dZ, W.T), both[:-1], both[-1]


def skip_on_its_own_copy(dZ, X, W):
    dX = dZ.copy()
    dX += dZ @ W.T
    return dX, X.T @ dZ


def skip_by_row(dZ, X, W):
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    for i in range(len(X)):
        dX[i] += W @ dZ[i]
        dX[i] += dZ[i]
        dW += np.outer(X[i], dZ[i])
    return dX, dW


def skip_by_jacobian(dZ, X, W):
    jacobian = np.kron(np.eye(len(X), dtype=W.dtype), (np.eye(len(W), dtype=W.dtype) + W).T)
    return (dZ.ravel() @ jacobian).reshape(X.shape), X.T @ dZ


def two_layers_in_order(dZ2, X, Z1, A1, W2):
    dZ1 = np.where(Z1 > 0, dZ2 @ W2.T, 0)
    return X.T @ dZ1, np.sum(dZ1, 0), A1.T @ dZ2, np.sum(dZ2, 0)


def two_layers_by_einsum(dZ2, X, Z1, A1, W2):
    dZ1 = np.einsum("ik,jk,ij->ij", dZ2, W2, (Z1 > 0).astype(Z1.dtype))
    dW1, dW2 = np.einsum("ij,ik->jk", X, dZ1), np.einsum("ij,ik->jk", A1, dZ2)
    return dW1, np.einsum("ij->j", dZ1), dW2, np.einsum("ij->j", dZ2)


def two_layers_by_example(dZ2, X, Z1, A1, W2):
    dW1, db1 = np.zeros((X.shape[1], Z1.shape[1]), X.dtype), np.zeros(Z1.shape[1], X.dtype)
    dW2, db2 = np.zeros_like(W2), np.zeros(W2.shape[1], X.dtype)
    for dz2, x, a1 in zip(dZ2, X, A1, strict=True):
        dz1 = (W2 @ dz2) * (a1 > 0)
        dW1 += np.outer(x, dz1)
        db1 += dz1
        dW2 += np.outer(a1, dz2)
        db2 += dz2
    return dW1, db1, dW2, db2


def two_layers_in_columns(dZ2, X, Z1, A1, W2):
    dZ1 = (W2 @ dZ2.T) * (Z1.T > 0)
    return (dZ1 @ X).T, dZ1.sum(axis=1), (dZ2.T @ A1).T, dZ2.T.sum(axis=1)


def two_layers_in_place_on_its_own(dZ2, X, Z1, A1, W2):
    dZ = dZ2 @ W2.T
    dZ[A1 == 0] = 0
    ones = np.ones(len(X), X.dtype)
    return [X.T @ dZ, ones @ dZ, A1.T @ dZ2, ones @ dZ2]


def step_on_its_own_copies(dA, Z, X, W, b, learning_rate):
    dZ = np.where(Z > 0, dA, 0)
    dX = dZ @ W.T
    W, b = W.copy(), b.copy()
    W -= learning_rate * X.T @ dZ
    b -= learning_rate * dZ.sum(axis=0)
    return dX, W, b


def step_by_names(dA, Z, X, W, b, learning_rate):
    dZ = dA * (Z > 0)
    dX = dZ @ W.T
    W = W - learning_rate * (X.T @ dZ)
    b = b - learning_rate * dZ.sum(axis=0)
    return dX, W, b


def step_with_the_old_weights_kept(dA, Z, X, W, b, learning_rate):
    dZ, old = dA * (Z > 0), W
    W = W + X.T @ (-learning_rate * dZ)
    b = b + np.sum(-learning_rate * dZ, axis=0)
    return dZ @ old.T, W, b


def step_from_the_value_again(dA, Z, X, W, b, learning_rate):
    dZ = dA * (np.maximum(X @ W + b, 0) > 0)
    dW = np.einsum("ij,ik->jk", X, dZ)
    return np.einsum("ik,jk->ij", dZ, W), W - learning_rate * dW, b - learning_rate * sum(dZ)


def step_by_example(dA, Z, X, W, b, learning_rate):
    dX, stepped, new_b = np.empty_like(X), W.copy(), b.copy()
    for i in range(len(X)):
        dz = np.heaviside(Z[i], 0) * dA[i]
        dX[i] = W @ dz
        stepped -= learning_rate * np.outer(X[i], dz)
        new_b -= learning_rate * dz
    return dX, stepped, new_b


def columns_by_rows(dZ, X, W):
    dX, dW, db = dense_by_outer_products(dZ.T, X.T, W.T)
    return dX.T, dW.T, db[:, None]


def columns_by_example(dZ, X, W):
    dX, dW, db = np.empty_like(X), np.zeros_like(W), np.zeros((len(W), 1), W.dtype)
    for i in range(X.shape[1]):
        dX[:, i] = W.T @ dZ[:, i]
        dW += np.outer(dZ[:, i], X[:, i])
        db += dZ[:, [i]]
    return dX, dW, db


def columns_augmented(dZ, X, W):
    both = dZ @ np.vstack([X, np.ones((1, X.shape[1]), X.dtype)]).T
    return (dZ.T @ W).T, both[:, :-1], both[:, -1:]


RIGHT = {
    "relu_backward": [
        relu_on_its_own_copy,
        relu_by_loops,
        relu_by_jacobian,
        lambda dA, Z: np.where(Z > 0, dA, 0),
        lambda dA, Z: dA * (np.maximum(Z, 0) > 0),
        lambda dA, Z: np.heaviside(Z, 0) * dA,
        lambda dA, Z: np.einsum("ij,ij->ij", dA, np.sign(np.maximum(Z, 0))),
    ],
    "tanh_backward": [
        tanh_by_loops,
        tanh_by_jacobian,
        tanh_on_its_own_copy,
        tanh_by_sigmoid,
        lambda dA, Z: dA / np.cosh(Z) ** 2,
        lambda dA, Z: dA * (1 - np.tanh(Z)) * (1 + np.tanh(Z)),
        lambda dA, Z: dA - np.einsum("ij,ij,ij->ij", dA, np.tanh(Z), np.tanh(Z)),
    ],
    "gradient_shapes": [
        shapes_as_arrays_have_them,
        shapes_from_lists,
        shapes_of_products,
        shapes_as_integers_of_numpy,
        shapes_by_adding,
    ],
    "dense_backward": [
        dense_by_loops,
        dense_by_outer_products,
        dense_by_jacobian,
        dense_augmented,
        lambda dZ, X, W: ((W @ dZ.T).T, (dZ.T @ X).T, np.ones(len(dZ), dZ.dtype) @ dZ),
        lambda dZ, X, W: [
            np.einsum("ik,jk->ij", dZ, W),
            np.einsum("ij,ik->jk", X, dZ),
            np.einsum("ik->k", dZ),
        ],
        lambda dZ, X, W: (
            np.tensordot(dZ, W, (1, 1)),
            (X[:, :, None] * dZ[:, None, :]).sum(axis=0),
            np.add.reduce(dZ),
        ),
    ],
    "skip_backward": [
        skip_on_its_own_copy,
        skip_by_row,
        skip_by_jacobian,
        lambda dZ, X, W: (dZ @ (np.eye(len(W), dtype=W.dtype) + W.T), X.T @ dZ),
        lambda dZ, X, W: (np.einsum("ik,jk->ij", dZ, W) + dZ, np.einsum("ij,ik->jk", X, dZ)),
        lambda dZ, X, W: ((W @ dZ.T + dZ.T).T, (dZ.T @ X).T),
    ],
    "two_layer_backward": [
        two_layers_in_order,
        two_layers_by_einsum,
        two_layers_by_example,
        two_layers_in_columns,
        two_layers_in_place_on_its_own,
    ],
    "dense_relu_step": [
        step_on_its_own_copies,
        step_by_names,
        step_with_the_old_weights_kept,
        step_from_the_value_again,
        step_by_example,
    ],
    "dense_backward_columns": [
        columns_by_rows,
        columns_by_example,
        columns_augmented,
        lambda dZ, X, W: (W.T.dot(dZ), dZ.dot(X.T), np.sum(dZ, 1)[:, None]),
        lambda dZ, X, W: (
            np.einsum("ki,kj->ji", dZ, W),
            np.einsum("ki,ji->kj", dZ, X),
            dZ @ np.ones((dZ.shape[1], 1), dZ.dtype),
        ),
    ],
}
