"""A small real training with bugs on switches: what it learns with them, what a check says."""

from functools import cache

import numpy as np

from backprop_lib.activations import tanh_backward, tanh_forward
from backprop_lib.datasets import load_digits
from backprop_lib.dense import dense_backward, dense_forward
from backprop_lib.gradient_check import compare, complex_step
from backprop_lib.initializers import xavier
from backprop_lib.losses import softmax_cross_entropy_backward, softmax_cross_entropy_forward

BUGS = {
    "at_A": "slope at A",
    "last": "db from one example",
    "early": "dA after the step",
    "other": "random matrix for W[2]ᵀ",
    "twice": "1/n twice",
    "sign": "dW[2] uphill",
}
GRADIENTS = ("dW^1", "db^1", "dW^2", "db^2")
BATCH = 20
KEPT = 5  # steps that make one point of the curve


def backpropagate(parameters, X, Y, bugs=(), learning_rate=0.5):
    """Go through dense, tanh, dense and the loss, and back, with these of BUGS in it.

    Args:
        parameters: W1, b1, W2, b2. X: (n, p). Y: (n,), labels. bugs: names.

    Returns:
        The loss, and [dW1, db1, dW2, db2].
    """
    W1, b1, W2, b2 = parameters
    Z1 = dense_forward(X, W1, b1)
    A1 = tanh_forward(Z1)
    loss, P = softmax_cross_entropy_forward(dense_forward(A1, W2, b2), Y)

    dZ2 = softmax_cross_entropy_backward(P, Y)
    if "twice" in bugs:
        dZ2 = dZ2 / len(X)
    dA1, dW2, db2 = dense_backward(dZ2, A1, W2)
    if "early" in bugs:
        dA1 = dZ2 @ (W2 - learning_rate * dW2).T
    if "other" in bugs:
        dA1 = dZ2 @ _other(W2.T.shape)
    dZ1 = tanh_backward(dA1, A1 if "at_A" in bugs else Z1)
    _, dW1, db1 = dense_backward(dZ1, X, W1)
    if "last" in bugs:
        db1, db2 = dZ1[-1], dZ2[-1]
    if "sign" in bugs:
        dW2 = -dW2
    return loss, [dW1, db1, dW2, db2]


@cache
def check(bugs=()):
    """Return for each of GRADIENTS its Comparison, on a network of 39 parameters."""
    rng = np.random.default_rng(1)
    parameters = [rng.standard_normal(shape) for shape in ((5, 4), 4, (4, 3), 3)]
    X, Y = rng.standard_normal((6, 5)), rng.integers(3, size=6)
    _, gradients = backpropagate(parameters, X, Y, bugs)

    def slow(k):
        def loss(value):
            nudged = [*parameters[:k], value, *parameters[k + 1 :]]
            return backpropagate(nudged, X, Y)[0]

        return complex_step(loss, parameters[k])

    return {name: compare(gradients[k], slow(k)) for k, name in enumerate(GRADIENTS)}


@cache
def training(bugs=(), learning_rate=0.5, epochs=5):
    """Train 64-16-10 on 400 digits; everything random is drawn as without bugs.

    Returns:
        {"loss": its mean over each 5 steps, "share": of the held-out digits read right after them}.
    """
    digits, rng = _digits(), np.random.default_rng(0)
    X, Y = digits.X_train[:400], digits.Y_train[:400]
    parameters = [xavier(64, 16, rng), np.zeros(16), xavier(16, 10, rng), np.zeros(10)]
    losses, shares = [], []
    for _ in range(epochs):
        for batch in np.split(rng.permutation(len(X)), len(X) // BATCH):
            loss, gradients = backpropagate(parameters, X[batch], Y[batch], bugs, learning_rate)
            losses.append(loss)
            pairs = zip(parameters, gradients, strict=True)
            parameters = [value - learning_rate * gradient for value, gradient in pairs]
            if len(losses) % KEPT == 0:
                shares.append(_share_right(parameters, digits))
    return {"loss": np.reshape(losses, (-1, KEPT)).mean(axis=1), "share": np.array(shares)}


_digits = cache(load_digits)  # to read them takes a quarter of the time of so short a training


@cache
def _other(shape):
    return np.random.default_rng(1).normal(0, 0.3, shape)


def _share_right(parameters, digits):
    W1, b1, W2, b2 = parameters
    Z2 = dense_forward(tanh_forward(dense_forward(digits.X_held_out, W1, b1)), W2, b2)
    return float((Z2.argmax(axis=1) == digits.Y_held_out).mean())
