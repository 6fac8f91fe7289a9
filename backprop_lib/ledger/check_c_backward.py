"""The checks of note C's way back: from the loss to the first layer, in rows."""

import numpy as np

from backprop_lib.activations import ReLU, relu_backward, relu_forward
from backprop_lib.batch_norm import (
    batch_norm_backward,
    batch_norm_evaluate_backward,
    batch_norm_evaluate_forward,
    batch_norm_forward,
)
from backprop_lib.dense import Dense, dense_backward, dense_forward
from backprop_lib.dropout import dropout_backward, dropout_forward
from backprop_lib.gradient_check import central_difference
from backprop_lib.ledger.draw import clear_of_kinks
from backprop_lib.ledger.figure import agrees, fails, number
from backprop_lib.losses import softmax_cross_entropy_backward, softmax_cross_entropy_forward
from backprop_lib.network import Network
from backprop_lib.softmax import softmax

EPSILON = 1e-5


def at_the_logits(rng, gradient):
    """Hold ŷ − y against ∂loss/∂z: one example, a mean, and targets that sum to 2."""
    Z, Y = rng.standard_normal((8, 3)), np.eye(3)[rng.integers(0, 3, 8)]
    y_hat = softmax(Z)

    def truth(n, Y):
        return gradient(lambda Z: softmax_cross_entropy_forward(Z, Y)[0], Z[:n])

    yield agrees("as written, one example", y_hat[:1] - Y[:1], truth(1, Y[:1]))
    yield fails("as written, the mean of a batch", y_hat - Y, truth(8, Y))
    ours = softmax_cross_entropy_backward(y_hat, Y)
    yield agrees("corrected, (ŷ − y) / n", ours, truth(8, Y))
    double = Y[:1] + np.array([[0.5, 0.3, 0.2]])
    yield fails("as written, Σ y = 2", y_hat[:1] - double, truth(1, double))
    ours = softmax_cross_entropy_backward(y_hat[:1], double)
    yield agrees("corrected, ŷ Σ y − y", ours, truth(1, double))


def against_the_gradient(rng, gradient):
    """Move the logits along dZ, as the words suggest, and against it."""
    Z, Y = rng.standard_normal((8, 3)), rng.integers(0, 3, 8)
    loss, P = softmax_cross_entropy_forward(Z, Y)
    dZ = softmax_cross_entropy_backward(P, Y)
    yield number("loss", loss)
    for words, sign in (("along", 1), ("against", -1)):
        moved, _ = softmax_cross_entropy_forward(Z + sign * dZ, Y)
        yield number(f"loss after a step {words} dZ", moved)


def relu_slope(rng, gradient):
    """Hold 1[z > 0] against the slope off 0, and look at 0 itself and at NaN."""
    dA, Z, truth = _relu(rng, gradient)
    yield agrees("as written, off 0", dA * (Z > 0), truth)
    yield agrees("the library", relu_backward(dA, Z), truth)
    at_zero = central_difference(lambda z: relu_forward(z).sum(), [0.0])
    yield number("a central difference at 0", at_zero.item())
    yield number("the library at 0", relu_backward([1.0], [0.0]).item())
    yield number("1[z > 0] where z is NaN", np.greater(np.nan, 0))


def positive_units(rng, gradient):
    """Look at which units pass their gradient on."""
    dA, Z, truth = _relu(rng, gradient)
    off = Z < 0
    yield agrees("as written, what positive units pass", dA[~off], truth[~off])
    yield agrees("as written, what the others pass: 0", np.zeros(off.sum()), truth[off])
    yield agrees("the library", relu_backward(dA, Z), truth)


def weights(rng, gradient):
    """Hold Xᵀ dZ against ∂loss/∂W of a sum and of a mean."""
    X, W, b, P, Y, loss = _softmax_layer(rng)
    truth = gradient(lambda W: loss(X, W, b), W)
    dW = X.T @ (P - Y)
    yield agrees("as written, summed loss", dW, 8 * truth)
    _, ours, _ = dense_backward(softmax_cross_entropy_backward(P, Y), X, W)
    yield agrees("as written, 1/n inside dZ", ours, truth)
    yield fails("mean loss, 1/n nowhere", dW, truth)


def biases(rng, gradient):
    """Sum dZ over the examples, over the units, and over everything."""
    X, W, b, P, Y, loss = _softmax_layer(rng)
    truth = gradient(lambda b: loss(X, W, b), b)
    dZ = softmax_cross_entropy_backward(P, Y)
    yield fails("as written, over everything", np.full(3, dZ.sum()), truth)
    yield fails("as written, over the units, axis 1", dZ.sum(axis=1), truth)
    yield agrees("corrected, over the examples, axis 0", dense_backward(dZ, X, W)[2], truth)


def inputs(rng, gradient):
    """Hold the library's dZ Wᵀ against ∂loss/∂X."""
    X, W, b, P, Y, loss = _softmax_layer(rng)
    truth = gradient(lambda X: loss(X, W, b), X)
    dX, _, _ = dense_backward(softmax_cross_entropy_backward(P, Y), X, W)
    yield agrees("corrected, dZ Wᵀ", dX, truth)


def through_batch_norm(rng, gradient):
    """Hold dX̂ / s against ∂loss/∂X in training, with each path of its neighbours, and after."""
    X, dH = rng.standard_normal((2, 5, 4))
    gamma, beta = rng.standard_normal((2, 4))
    truth = gradient(lambda X: (dH * batch_norm_forward(X, gamma, beta)[0]).sum(), X)
    _, X_hat, _, variance = batch_norm_forward(X, gamma, beta)
    dX_hat, s = dH * gamma, np.sqrt(variance + EPSILON)
    yield fails("as written, in training", dX_hat / s, truth)
    yield fails("the variance's path dropped", (dX_hat - dX_hat.mean(axis=0)) / s, truth)
    yield agrees("corrected", batch_norm_backward(dH, X_hat, variance, gamma)[0], truth)

    running = rng.standard_normal(4), rng.random(4) + 0.5
    evaluate = gradient(
        lambda X: (dH * batch_norm_evaluate_forward(X, gamma, beta, *running)).sum(), X
    )
    yield agrees("as written, in evaluation", dX_hat / np.sqrt(running[1] + EPSILON), evaluate)
    ours, _, _ = batch_norm_evaluate_backward(dH, X, gamma, *running)
    yield agrees("the library, in evaluation", ours, evaluate)


def batch_norm_parameters(rng, gradient):
    """Hold the library's dγ and dβ against the truth, and leave γ out of dX."""
    X, dH = rng.standard_normal((2, 5, 4))
    gamma, beta = rng.standard_normal((2, 4))

    def loss(X, gamma, beta):
        return (dH * batch_norm_forward(X, gamma, beta)[0]).sum()

    _, X_hat, _, variance = batch_norm_forward(X, gamma, beta)
    dX, dgamma, dbeta = batch_norm_backward(dH, X_hat, variance, gamma)
    yield agrees("corrected, dγ", dgamma, gradient(lambda gamma: loss(X, gamma, beta), gamma))
    yield agrees("corrected, dβ", dbeta, gradient(lambda beta: loss(X, gamma, beta), beta))
    truth = gradient(lambda X: loss(X, gamma, beta), X)
    yield agrees("corrected, dX from dX̂ = dY ⊙ γ", dX, truth)
    forgotten, _, _ = batch_norm_backward(dH, X_hat, variance, np.ones(4))
    yield fails("γ forgotten", forgotten, truth)


def through_dropout(rng, gradient):
    """Send a gradient back through the mask unscaled, scaled, and through another mask."""
    A, dH = rng.standard_normal((2, 8, 4))
    _, M = dropout_forward(A, 0.4, rng)
    truth = gradient(lambda A: (dH * (A * M)).sum(), A)
    yield fails("as written, the mask unscaled", dH * (M > 0), truth)
    yield agrees("corrected, the same mask and scale", dropout_backward(dH, M), truth)
    _, fresh = dropout_forward(A, 0.4, rng)
    yield fails("a fresh mask", dropout_backward(dH, fresh), truth)


def order(rng, gradient):
    """Go back in the note's order, and in the reverse of its way forward."""
    gamma, beta = rng.standard_normal((2, 4))
    X, W, dH = clear_of_kinks(rng, [(8, 5), (5, 4), (8, 4)], lambda X, W, dH: X @ W)
    _, M = dropout_forward(dH, 0.4, rng)

    def loss(W):
        A = relu_forward(dense_forward(X, W, np.zeros(4)))
        return (dH * (batch_norm_forward(A, gamma, beta)[0] * M)).sum()

    truth, Z = gradient(loss, W), X @ W
    _, dW, _ = dense_backward(relu_backward(dH, Z), X, W)
    yield fails("as written, ReLU and Dense first", dW, truth)
    _, X_hat, _, variance = batch_norm_forward(relu_forward(Z), gamma, beta)
    dA, _, _ = batch_norm_backward(dropout_backward(dH, M), X_hat, variance, gamma)
    _, dW, _ = dense_backward(relu_backward(dA, Z), X, W)
    yield agrees("corrected, dropout first and Dense last", dW, truth)


def chain(rng, gradient):
    """Hold a network's dW of both layers against the truth; use a value twice."""
    X, W1, W2 = clear_of_kinks(rng, [(8, 5), (5, 4), (4, 3)], lambda X, W1, W2: X @ W1)
    Y = rng.integers(0, 3, 8)

    def loss(W1, W2):
        return softmax_cross_entropy_forward(relu_forward(X @ W1) @ W2, Y)[0]

    network = Network(Dense(W1), ReLU(), Dense(W2))
    network.backpropagate(X, Y)
    first, _, second = network.layers
    truth = gradient(lambda W: loss(W, W2), W1)
    yield agrees("as written, dW of the first layer", first.dW, truth)
    truth = gradient(lambda W: loss(W1, W), W2)
    yield agrees("as written, dW of the second", second.dW, truth)
    b, dc = rng.standard_normal((2, 4))
    truth = gradient(lambda b: (dc * (b + b)).sum(), b)
    yield agrees("c = b + b, branches added", dc + dc, truth)
    yield fails("c = b + b, one overwrites the other", dc, truth)


def _relu(rng, gradient):
    dA, Z = clear_of_kinks(rng, [(8, 4), (8, 4)], lambda dA, Z: Z)
    return dA, Z, gradient(lambda Z: (dA * relu_forward(Z)).sum(), Z)


def _softmax_layer(rng):
    """Draw a dense layer under softmax cross-entropy; its mean loss is the last thing returned."""
    X, W, b = rng.standard_normal((8, 4)), rng.standard_normal((4, 3)), rng.standard_normal(3)
    Y = np.eye(3)[rng.integers(0, 3, 8)]

    def loss(X, W, b):
        return softmax_cross_entropy_forward(dense_forward(X, W, b), Y)[0]

    return X, W, b, softmax(dense_forward(X, W, b)), Y, loss
