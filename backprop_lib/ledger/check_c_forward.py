"""The checks of note C's way forward: dense, ReLU, batch norm, dropout, softmax, loss; in rows."""

import numpy as np

from backprop_lib.activations import relu_backward, relu_forward
from backprop_lib.batch_norm import (
    BatchNorm,
    batch_norm_backward,
    batch_norm_evaluate_forward,
    batch_norm_forward,
)
from backprop_lib.dense import dense_backward, dense_forward
from backprop_lib.dropout import dropout_forward
from backprop_lib.gradient_check import compare
from backprop_lib.ledger.draw import clear_of_kinks
from backprop_lib.ledger.figure import agrees, fails, number
from backprop_lib.losses import softmax_cross_entropy_forward
from backprop_lib.softmax import softmax

EPSILON = 1e-5


def dense(rng, gradient):
    """Hold the library's Z against the sum written out, number by number."""
    X, W, b = rng.standard_normal((8, 4)), rng.standard_normal((4, 3)), rng.standard_normal(3)
    Z = [[sum(X[i, k] * W[k, j] for k in range(4)) + b[j] for j in range(3)] for i in range(8)]
    yield agrees("as written", dense_forward(X, W, b), Z)


def relu(rng, gradient):
    """Hold the library's A against max(0, z), number by number."""
    Z = rng.standard_normal((8, 3))
    yield agrees("as written", relu_forward(Z), [[max(0, z) for z in row] for row in Z])


def order(rng, gradient):
    """Put batch norm after ReLU, as the note does, and before it; look at dW and db of Dense."""
    gamma, beta = np.ones(4), np.zeros(4)

    def hat(Z):
        return batch_norm_forward(Z, gamma, beta)[0]

    X, W, dH = clear_of_kinks(
        rng, [(8, 5), (5, 4), (8, 4)], lambda X, W, dH: np.stack([X @ W, hat(X @ W)])
    )
    after = gradient(lambda W: (dH * hat(relu_forward(X @ W))).sum(), W)
    before = gradient(lambda W: (dH * relu_forward(hat(X @ W))).sum(), W)
    yield number("dW, one order against the other", compare(after, before).error)

    H, X_hat, _, variance = batch_norm_forward(X @ W, gamma, beta)
    dZ, _, _ = batch_norm_backward(relu_backward(dH, H), X_hat, variance, gamma)
    _, dW, db = dense_backward(dZ, X, W)
    yield agrees("dW of Dense → batch norm → ReLU", dW, before)
    yield agrees("its db, a dead bias: 0", db, np.zeros(4))


def normalize(rng, gradient):
    """Hold (x − μ) / √(σ² + ε) against the library, in training and in evaluation."""
    mean, variance = np.full(4, 2.0), np.full(4, 9.0)  # of all data: the running statistics
    X = mean + np.sqrt(variance) * rng.standard_normal((5, 4))
    gamma, beta = np.ones(4), np.zeros(4)

    def written(X, mu, variance):
        return (X - mu) / np.sqrt(variance + EPSILON)

    _, X_hat, _, _ = batch_norm_forward(X, gamma, beta, epsilon=EPSILON)
    yield agrees("as written, in training", written(X, X.mean(axis=0), X.var(axis=0)), X_hat)
    over_units = written(X, X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True))
    yield fails("over the units, axis 1", over_units, X_hat)
    unbiased = written(X, X.mean(axis=0), X.var(axis=0, ddof=1))
    yield fails("σ² unbiased", unbiased, X_hat)

    H = batch_norm_evaluate_forward(X, gamma, beta, mean, variance, epsilon=EPSILON)
    yield fails("as written, evaluation by batch statistics", X_hat, H)
    alone = written(X[:1], X[:1].mean(axis=0), X[:1].var(axis=0))
    yield fails("as written, evaluation of one example", alone, H[:1])
    yield agrees("corrected, by running statistics", written(X, mean, variance), H)
    layer = BatchNorm(4, momentum=1.0)
    layer.forward(X)
    yield agrees("the running σ² is unbiased", layer.running_variance, X.var(axis=0, ddof=1))


def scale_and_shift(rng, gradient):
    """Hold γ x̂ + β against the library."""
    X, (gamma, beta) = rng.standard_normal((8, 4)), rng.standard_normal((2, 4))
    H, X_hat, _, _ = batch_norm_forward(X, gamma, beta)
    yield agrees("corrected, γ x̂ + β", gamma * X_hat + beta, H)


def dropout(rng, gradient):
    """Drop 40 % of a great many ones, with and without the scale, and look at their mean."""
    ones, drop_prob = np.ones((1000, 100)), 0.4
    H, M = dropout_forward(ones, drop_prob, rng)
    plain = ones * (M > 0)
    yield number("mean of 1 where drop_prob is 0.4, plain", plain.mean())
    yield number("mean of 1 where drop_prob is 0.4, inverted", H.mean())
    yield fails("as written, the mean", plain.mean(), 1.0)
    kept = M[M > 0]
    yield agrees("corrected, what is kept is scaled", kept * (1 - drop_prob), np.ones_like(kept))


def cross_entropy(rng, gradient):
    """Hold −Σ y log ŷ against the library: one example, a batch, and where ŷ reaches 0."""
    Z, Y = rng.standard_normal((8, 3)), np.eye(3)[rng.integers(0, 3, 8)]

    def written(y, y_hat):
        return -(y * np.log(y_hat)).sum()

    P, (one, _) = softmax(Z), softmax_cross_entropy_forward(Z[:1], Y[:1])
    yield agrees("as written, one example", written(Y[0], P[0]), one)
    loss, _ = softmax_cross_entropy_forward(Z, Y)
    yield fails("as written, over a batch", written(Y, P), loss)
    yield agrees("corrected, the batch mean", written(Y, P) / 8, loss)
    with np.errstate(divide="ignore", invalid="ignore"):
        yield number("as written at ŷ = [1, 0], y = [1, 0]", written([1, 0], np.array([1.0, 0.0])))
    extreme, _ = softmax_cross_entropy_forward([[1000.0, -1000.0]], [1])
    yield number("corrected, from logits of ±1000", extreme)


def shifted_softmax(rng, gradient):
    """Hold e^z / Σ e^z against the library, at usual logits and at 1000."""
    Z = rng.standard_normal((8, 3))

    def written(Z):
        return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)

    yield agrees("as written", softmax(Z), written(Z))
    with np.errstate(over="ignore", invalid="ignore"):
        yield number("as written at logits of 1000", written(np.full((1, 2), 1000.0)).max())
    yield agrees("less the row's maximum, at 1000", softmax([[1000.0, 1000.0]]), [[0.5, 0.5]])
    for dtype in (np.float64, np.float32):
        largest = np.log(float(np.finfo(dtype).max))
        yield number(f"largest z that exp takes in {dtype.__name__}", largest)
