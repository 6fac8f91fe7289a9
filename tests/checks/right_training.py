"""Right answers to the exercises of chapter 09, each written in another way."""

import math
from collections import Counter
from itertools import islice

import numpy as np

WORDS = ["labels", "missing", "high", "dead", "order", "low"]


def planned_by_counting(n, batch_size, epochs, K):
    sizes = [len(range(n)[start : start + batch_size]) for start in range(0, n, batch_size)]
    return len(sizes) * epochs, sizes[-1], -math.log(1 / K)


def planned_by_remainder(n, batch_size, epochs, K):
    full, rest = divmod(n, batch_size)
    return (full + (rest > 0)) * epochs, rest or batch_size, math.log(K)


def planned_by_subtracting(n, batch_size, epochs, K):
    steps, left = 1, n
    while left > batch_size:
        left -= batch_size
        steps += 1
    return epochs * steps, left, float(-np.mean(np.log(np.full(K, 1 / K))))


def batches_by_shuffling(n, batch_size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return [order[k : k + batch_size] for k in range(0, n, batch_size)]


def batches_one_by_one(n, batch_size, rng):
    left, batches = iter(rng.permutation(n).tolist()), []
    while batch := list(islice(left, batch_size)):
        batches.append(np.array(batch))
    return batches


def batches_by_sorting(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    return np.split(order, range(batch_size, n, batch_size))


def batches_that_are_yielded(n, batch_size, rng):
    order = rng.choice(n, n, replace=False)
    while len(order):
        yield order[:batch_size]
        order = order[batch_size:]


def batches_by_drawing(n, batch_size, rng):
    left, batches = list(range(n)), [[]]
    while left:
        if len(batches[-1]) == batch_size:
            batches.append([])
        batches[-1].append(left.pop(rng.integers(len(left))))
    return [np.array(batch) for batch in batches]


def slope(Z, Y):
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(Y)), Y]).mean()
    return loss, (P - np.eye(Z.shape[1], dtype=Z.dtype)[Y]) / len(Y)


def epoch_in_place(W, b, X, Y, batches, learning_rate):
    W, b, losses = W.copy(), b.copy(), []
    for batch in batches:
        loss, dZ = slope(X[batch] @ W + b, Y[batch])
        W -= learning_rate * (X[batch].T @ dZ)
        b -= learning_rate * dZ.sum(axis=0)
        losses.append(loss)
    return W, b, losses


def epoch_by_itself(W, b, X, Y, batches, learning_rate):
    if len(batches) == 0:
        return W, b, []
    x, y = X[batches[0]], Y[batches[0]]
    loss, dZ = slope(x @ W + b, y)
    dW, db = np.einsum("ij,ik->jk", x, dZ), np.einsum("ik->k", dZ)
    W, b = W - learning_rate * dW, b - learning_rate * db
    W, b, losses = epoch_by_itself(W, b, X, Y, batches[1:], learning_rate)
    return W, b, [loss, *losses]


def epoch_by_examples(W, b, X, Y, batches, learning_rate):
    W, b, losses = W.copy(), b.copy(), []
    for batch in batches:
        dW, db, total = np.zeros_like(W), np.zeros_like(b), 0
        for i in batch:
            loss, dz = slope(X[i : i + 1] @ W + b, Y[i : i + 1])
            dW += np.outer(X[i], dz)
            db += dz[0]
            total += loss
        losses.append(total / len(batch))
        W -= learning_rate * dW / len(batch)
        b -= learning_rate * db / len(batch)
    return W, b, losses


def epoch_with_a_column_of_ones(W, b, X, Y, batches, learning_rate):
    both, losses = np.vstack([W, b]), []
    ones = np.hstack([X, np.ones((len(X), 1), X.dtype)])
    for batch in batches:
        loss, dZ = slope(ones[batch] @ both, Y[batch])
        both = both - learning_rate * ones[batch].T @ dZ
        losses.append(float(loss))
    return both[:-1], both[-1], losses


def epoch_transposed(W, b, X, Y, batches, learning_rate):
    turned, losses = W.T, []
    for batch in map(list, batches):
        loss, dZ = slope((turned @ X[batch].T).T + b, Y.take(batch))
        losses.append(loss)
        turned = turned - learning_rate * dZ.T @ X[batch]
        b = b - learning_rate * dZ.sum(0)
    return turned.T.copy(), b, losses


def share_by_loop(Z, Y):
    return sum(int(np.argmax(z) == y) for z, y in zip(Z, Y, strict=True)) / len(Y)


def confused_by_pairs(Z, Y):
    counts = Counter(zip(Y.tolist(), Z.argmax(axis=1).tolist(), strict=True))
    K = Z.shape[1]
    return np.array([[counts[i, k] for k in range(K)] for i in range(K)])


def confused_by_product(Z, Y):
    one = np.eye(Z.shape[1], dtype=int)
    return one[Y].T @ one[Z.argmax(axis=1)]


def confused_by_counting(Z, Y):
    K = Z.shape[1]
    return np.bincount(K * Y + Z.argmax(axis=1), minlength=K * K).reshape(K, K)


def confused_by_histogram(Z, Y):
    K = Z.shape[1]
    edges = np.arange(K + 1) - 0.5
    return np.histogram2d(Y, Z.argmax(axis=1), bins=(edges, edges))[0].astype(int)


def confused_by_classes(Z, Y):
    K, read = Z.shape[1], Z.argmax(axis=1)
    counts = np.zeros((K, K), dtype=np.int64)
    for i, k in np.ndindex(K, K):
        counts[i, k] = np.sum((i == Y) & (k == read))
    return counts


def overfits_in_a_loop(step, X, Y):
    losses, batch = [], slice(0, 16)
    while len(losses) < 100:
        losses.append(step(X[batch], Y[batch]))
    return bool(losses[-1] < 0.1), losses


def overfits_with_copies(step, X, Y):
    x, y = np.array(X[:16]), np.array(Y[:16])
    losses = list(map(lambda _: float(step(x, y)), range(100)))  # noqa: C417 - another way
    return not losses[99] >= 0.1, losses


def overfits_with_an_array(step, X, Y):
    losses = np.zeros(100)
    for k in range(100):
        losses[k] = step(X[:16], Y[:16])
    return np.bool_(losses[-1] < 0.1), losses.tolist()


def overfits_by_itself(step, X, Y, losses=()):
    losses = (*losses, step(X[:16], Y[:16]))
    if len(losses) < 100:
        return overfits_by_itself(step, X, Y, losses)
    return losses[-1] < 0.1, list(losses)


def diagnosed_by_letter():
    found = dict(zip("ABCDEF", WORDS, strict=True))
    return found["A"], found["B"], found["C"], found["D"], found["E"], found["F"]


def trained_by_epochs(W, b, X, Y, orders, batch_size, learning_rate):
    for order in orders:
        batches = np.split(order, range(batch_size, len(X), batch_size))
        W, b, _ = epoch_in_place(W, b, X, Y, batches, learning_rate)
    return W, b


def trained_in_new_order(W, b, X, Y, orders, batch_size, learning_rate):
    W, b = W.copy(), b.copy()
    for order in orders:
        x, y = X[order], Y[order]
        for k in range(0, len(x), batch_size):
            _, dZ = slope(x[k : k + batch_size] @ W + b, y[k : k + batch_size])
            W -= learning_rate * x[k : k + batch_size].T @ dZ
            b -= learning_rate * dZ.sum(axis=0)
    return W, b


def trained_by_one_list(W, b, X, Y, orders, batch_size, learning_rate):
    batches = [order[k : k + batch_size] for order in orders for k in range(0, len(X), batch_size)]
    return epoch_by_itself(W, b, X, Y, batches, learning_rate)[:2]


def trained_transposed(W, b, X, Y, orders, batch_size, learning_rate):
    batches = [order[k : k + batch_size] for order in orders for k in range(0, len(X), batch_size)]
    return epoch_transposed(W, b, X, Y, batches, learning_rate)[:2]


def trained_until_none_is_left(W, b, X, Y, orders, batch_size, learning_rate):
    for order in orders:
        left = list(order)
        while left:
            batch, left = left[:batch_size], left[batch_size:]
            W, b, _ = epoch_by_examples(W, b, X, Y, [batch], learning_rate)
    return W, b


RIGHT = {
    "before_training": [
        planned_by_counting,
        planned_by_remainder,
        planned_by_subtracting,
        lambda n, size, epochs, K: (
            epochs * math.ceil(n / size),
            (n - 1) % size + 1,
            float(np.log(K)),
        ),
        lambda n, size, epochs, K: (
            (n + size - 1) // size * epochs,
            n - size * ((n - 1) // size),
            math.log2(K) * math.log(2),
        ),
    ],
    "mini_batches": [
        batches_by_shuffling,
        batches_one_by_one,
        batches_by_sorting,
        batches_that_are_yielded,
        batches_by_drawing,
    ],
    "one_epoch": [
        epoch_in_place,
        epoch_by_itself,
        epoch_by_examples,
        epoch_with_a_column_of_ones,
        epoch_transposed,
    ],
    "share_right": [
        share_by_loop,
        lambda Z, Y: float(1 - np.mean(Z.argmax(axis=1) != Y)),
        lambda Z, Y: np.count_nonzero(Z.argmax(1) == Y) / len(Z),
        lambda Z, Y: sum(np.argmax(Z, axis=1) == Y) / Y.size,
        lambda Z, Y: np.trace(confused_by_product(Z, Y)) / len(Y),
    ],
    "confusion_matrix": [
        confused_by_pairs,
        confused_by_product,
        confused_by_counting,
        confused_by_histogram,
        confused_by_classes,
    ],
    "overfits": [
        overfits_in_a_loop,
        overfits_with_copies,
        overfits_with_an_array,
        overfits_by_itself,
        lambda step, X, Y: (
            (losses := [step(X[0:16], Y[0:16]) for _ in range(100)])[-1] < 0.1,
            losses,
        ),
    ],
    "diagnoses": [
        diagnosed_by_letter,
        lambda: WORDS,
        lambda: tuple(WORDS),
        lambda: (*WORDS[:3], "dead", "order", "low"),
        lambda: [*WORDS],
    ],
    "trained": [
        trained_by_epochs,
        trained_in_new_order,
        trained_by_one_list,
        trained_transposed,
        trained_until_none_is_left,
    ],
}
