"""Right answers to the exercises of chapter 05, each written in another way."""

import itertools
import math

import numpy as np


def forward_by_zip(X, W, b):
    Z = []
    for w, bias in zip(W, b, strict=True):
        X = np.maximum(Z[-1], 0) if Z else X
        Z.append(X @ w + bias)
    return Z


def forward_with_all_values_kept(X, W, b):
    A, Z = [X], [None] * len(W)
    for k in range(len(W)):
        if k > 0:
            A.append(Z[k - 1] * (Z[k - 1] > 0))
        Z[k] = A[k] @ W[k] + b[k]
    return Z


def forward_by_itself(X, W, b):
    Z = X @ W[0] + b[0]
    return [Z] + (forward_by_itself(np.where(Z > 0, Z, 0), W[1:], b[1:]) if W[1:] else [])


def forward_in_turn(X, W, b):
    for w, bias in zip(W, b, strict=True):
        Z = np.einsum("ij,jk->ik", X, w) + bias
        yield Z
        X = np.clip(Z, 0, None)


def forward_by_example(X, W, b):
    rows = []
    for x in X:
        z = []
        for w, bias in zip(W, b, strict=True):
            z.append(w.T @ x + bias)
            x = np.maximum(z[-1], 0)
        rows.append(z)
    return [np.stack(layer) for layer in zip(*rows, strict=True)]


def backward_into_places(dZ, Z, A, W):
    dW, db = [None] * len(W), [None] * len(W)
    for k in range(len(W) - 1, -1, -1):
        dW[k], db[k] = A[k].T @ dZ, dZ.sum(axis=0)
        if k:
            dZ = np.where(Z[k - 1] > 0, dZ @ W[k].T, 0)
    return dW, db


def backward_all_dZ_first(dZ, Z, A, W):
    gradients = [dZ]
    for w, z in zip(W[:0:-1], Z[-2::-1], strict=True):
        gradients.insert(0, (gradients[0] @ w.T) * (z > 0))
    dW = [np.einsum("ij,ik->jk", a, d) for a, d in zip(A, gradients, strict=True)]
    return dW, [np.add.reduce(d) for d in gradients]


def backward_by_itself(dZ, Z, A, W):
    dW, db = [(dZ.T @ A[-1]).T], [np.ones(len(dZ), dZ.dtype) @ dZ]
    if len(W) > 1:
        dZ = (W[-1] @ dZ.T).T * np.heaviside(Z[-2], 0)
        earlier = backward_by_itself(dZ, Z[:-1], A[:-1], W[:-1])
        dW, db = earlier[0] + dW, earlier[1] + db
    return dW, db


def backward_appended_and_turned(dZ, Z, A, W):
    dW, db, k = [], [], len(W) - 1
    while True:
        dW.append(sum(np.outer(a, d) for a, d in zip(A[k], dZ, strict=True)))
        db.append(sum(dZ))
        if k == 0:
            return dW[::-1], db[::-1]
        dZ = dZ @ W[k].T
        dZ[Z[k - 1] <= 0] = 0
        k -= 1


def backward_with_mask_from_the_value(dZ, Z, A, W):
    dW, db = {}, {}
    for k in reversed(range(len(Z))):
        dW[k], db[k] = np.dot(A[k].T, dZ), np.sum(dZ, 0)
        dZ = np.dot(dZ, W[k].T) * np.sign(A[k]) if k else None
    return [dW[k] for k in range(len(W))], [db[k] for k in range(len(W))]


def growth_by_powers(p, q, v):
    return (p * v / 2) ** 0.5, (q * v / 2) ** 0.5


def growth_by_logarithms(p, q, v):
    return [math.exp(0.5 * math.log(k * v / 2)) for k in (p, q)]


def growth_from_he(p, q, v):
    scale = math.sqrt(v) / math.sqrt(2 / p)
    return scale, scale * math.sqrt(q / p)


def growth_by_array(p, q, v):
    forward, backward = np.sqrt(np.array([p, q]) * v / 2)
    return forward, backward


WORDS = ["vanish", "keep", "explode", "vanish", "keep", "explode"]


def predicted_by_factors():
    def word(factor):
        return "keep" if abs(factor - 1) < 0.1 else "vanish" if factor < 1 else "explode"

    relu = [word(math.sqrt(100 * v / 2)) for v in (0.01, 0.02, 0.04)]
    return [*relu, word(0.25), *(word(math.sqrt(100 * v)) for v in (0.01, 0.02))]


def predicted_by_name():
    first, second, third = WORDS[:3]
    fourth, fifth, sixth = first, second, third
    return first, second, third, fourth, fifth, sixth


def weights_by_normal(sizes, rng):
    pairs = itertools.pairwise(sizes)
    return [rng.normal(0, np.sqrt(2 / p), size=(p, q)) for p, q in pairs]


def weights_in_turn(sizes, rng):
    for k in range(1, len(sizes)):
        yield np.sqrt(2 / sizes[k - 1]) * rng.standard_normal((sizes[k - 1], sizes[k]))


def weights_evenly_spread(sizes, rng):
    reach = [math.sqrt(6 / p) for p in sizes]
    return [
        rng.uniform(-r, r, shape)
        for r, shape in zip(reach, itertools.pairwise(sizes), strict=False)
    ]


def weights_by_coins(sizes, rng):
    return [
        math.sqrt(2 / p) * rng.choice([-1.0, 1.0], (p, q)) for p, q in itertools.pairwise(sizes)
    ]


def weights_from_units_to_inputs(sizes, rng):
    W = [rng.standard_normal((q, p)).T for p, q in itertools.pairwise(sizes)]
    for table in W:
        table /= np.sqrt(len(table) / 2)
    return tuple(W)


def dead_by_loops(A):
    counts = []
    for a in A:
        dead = 0
        for unit in a.T:
            dead += not any(unit)
        counts.append(dead)
    return counts


def ratios_by_hand(W, dW, learning_rate):
    def length(table):
        return math.sqrt(sum(entry * entry for entry in table.ravel()))

    return [length(learning_rate * d) / length(w) for w, d in zip(W, dW, strict=True)]


def ratios_from_the_step(W, dW, learning_rate):
    ratios = []
    for w, d in zip(W, dW, strict=True):
        after = w - learning_rate * d
        ratios.append(float(np.linalg.norm(after - w) / np.linalg.norm(w)))
    return ratios


def step_in_two_loops(dZ, A, W, learning_rate):
    gradients = [dZ]
    for a, w in zip(A[:0:-1], W[:0:-1], strict=True):
        gradients.insert(0, (gradients[0] @ w.T) * (1 - a * a))
    triples = zip(W, A, gradients, strict=True)
    return [w - learning_rate * (a.T @ d) for w, a, d in triples]


def step_on_its_own_copies(dZ, A, W, learning_rate):
    new = [w.copy() for w in W]
    for k in reversed(range(len(W))):
        new[k] -= learning_rate * (A[k].T @ dZ)
        if k:
            dZ = (dZ @ W[k].T) * (1 - A[k]) * (1 + A[k])
    return new


def step_after_the_gradient_went_on(dZ, A, W, learning_rate):
    W = list(W)
    for k in reversed(range(len(W))):
        onward = (dZ @ W[k].T) * (1 - A[k] ** 2)
        W[k] = W[k] - learning_rate * np.einsum("ij,ik->jk", A[k], dZ)
        dZ = onward
    return W


def step_by_itself(dZ, A, W, learning_rate):
    last = W[-1] + A[-1].T @ (-learning_rate * dZ)
    if len(W) == 1:
        return [last]
    dA = (W[-1] @ dZ.T).T
    return [*step_by_itself(dA - dA * A[-1] ** 2, A[:-1], W[:-1], learning_rate), last]


def step_by_example(dZ, A, W, learning_rate):
    new = [w.copy() for w in W]
    for i, d in enumerate(dZ):
        for k in range(len(W) - 1, -1, -1):
            new[k] -= learning_rate * np.outer(A[k][i], d)
            d = (W[k] @ d) * (1 - A[k][i] ** 2)
    return new


RIGHT = {
    "forward_layers": [
        forward_by_zip,
        forward_with_all_values_kept,
        forward_by_itself,
        forward_in_turn,
        forward_by_example,
    ],
    "backward_layers": [
        backward_into_places,
        backward_all_dZ_first,
        backward_by_itself,
        backward_appended_and_turned,
        backward_with_mask_from_the_value,
    ],
    "layer_growth": [
        growth_by_powers,
        growth_by_logarithms,
        growth_from_he,
        growth_by_array,
        lambda p, q, v: (math.sqrt(p / 2 * v), math.sqrt(v / 2 * q)),
    ],
    "predictions": [
        predicted_by_factors,
        predicted_by_name,
        lambda: WORDS,
        lambda: tuple(WORDS[:3]) * 2,
        lambda: [*WORDS],
    ],
    "first_weights": [
        weights_by_normal,
        weights_in_turn,
        weights_evenly_spread,
        weights_by_coins,
        weights_from_units_to_inputs,
    ],
    "dead_units": [
        dead_by_loops,
        lambda A: [int((a.max(axis=0) == 0).sum()) for a in A],
        lambda A: [np.count_nonzero(a.sum(axis=0) == 0) for a in A],
        lambda A: [a.shape[1] - np.count_nonzero((a > 0).any(axis=0)) for a in A],
        lambda A: [sum(~np.any(a, axis=0)) for a in A],
    ],
    "update_ratios": [
        ratios_by_hand,
        ratios_from_the_step,
        lambda W, dW, rate: [
            rate * np.sqrt((d**2).sum() / (w**2).sum()) for w, d in zip(W, dW, strict=True)
        ],
        lambda W, dW, rate: list(
            rate
            * np.array([np.linalg.norm(d) for d in dW])
            / np.array([np.linalg.norm(w) for w in W])
        ),
        lambda W, dW, rate: [
            rate * float(np.sqrt(np.vdot(d, d)) / np.sqrt(np.vdot(w, w)))
            for w, d in zip(W, dW, strict=True)
        ],
    ],
    "deep_step": [
        step_in_two_loops,
        step_on_its_own_copies,
        step_after_the_gradient_went_on,
        step_by_itself,
        step_by_example,
    ],
}
