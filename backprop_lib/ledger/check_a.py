"""The checks of note A, the overview: its formulas as written, in columns, and what mends them.

In columns dW is (q, p), and `.T` on both sides of a library call is the whole translation.
"""

import math

import numpy as np

from backprop_lib.activations import ReLU, tanh_backward, tanh_forward
from backprop_lib.dense import Dense, dense_backward, dense_forward
from backprop_lib.gradient_check import central_difference
from backprop_lib.ledger.column_network import ColumnNetwork
from backprop_lib.ledger.figure import agrees, fails, number, refused
from backprop_lib.network import Network
from backprop_lib.optimizers import SGD
from backprop_lib.softmax import softmax, softmax_backward


def forward(rng, gradient):
    """Hold W A + b against the library, with b as a column and with b of one axis."""
    A, W = rng.standard_normal((4, 5)), rng.standard_normal((3, 4))
    b = rng.permuted([[-2.0], [0.0], [2.0]], axis=0)
    yield agrees("as written, b of shape (q, 1)", W @ A + b, dense_forward(A.T, W.T, b[:, 0]).T)
    A = A[:, :3]  # n = q: now a b of one axis fits, the wrong way round
    Z = dense_forward(A.T, W.T, b[:, 0]).T
    yield fails("b of shape (q,) where n = q", W @ A + b[:, 0], Z)


def activation(rng, gradient):
    """Apply f to each entry on its own: what tanh is, and softmax is not."""
    Z = rng.standard_normal((3, 5))
    alone = [[math.tanh(z) for z in row] for row in Z]
    yield agrees("as written, f = tanh", tanh_forward(Z), alone)
    alone = [[math.exp(z) / math.exp(z) for z in row] for row in Z]
    whole = [[math.exp(z) / sum(map(math.exp, column)) for z in column] for column in Z.T]
    yield fails("as written, f = softmax, entry by entry", alone, np.transpose(whole))
    yield agrees("corrected, softmax of each column", softmax(Z.T), whole)


def total(rng, gradient):
    """Read ∂E/∂A with E the sum over the examples, then with E their mean."""
    net = ColumnNetwork(rng, m=6)
    truth = net.truth(gradient, "A1")
    dA = net["W2"].T @ (net["A2"] - net.Y)
    yield agrees("as written, E a sum over the batch", dA, net.m * truth)
    yield fails("as written, E a mean over the batch", dA, truth)
    yield agrees("corrected, 1/n in the gradient of the mean", dA / net.m, truth)


def through_activation(rng, gradient):
    """Send dA back through tanh and softmax, with · as ⊙ and as the matrix product."""
    dA, Z = rng.standard_normal((2, 3, 5))
    slope = tanh_backward(np.ones_like(Z), Z)  # f′(Z)
    yield refused("as written, · the matrix product", lambda: dA @ slope)
    truth = gradient(lambda Z: (dA * tanh_forward(Z)).sum(), Z)
    yield agrees("corrected, ⊙", dA * slope, truth)
    square = gradient(lambda Z: (dA[:, :3] * tanh_forward(Z)).sum(), Z[:, :3])
    yield fails("as written, the matrix product of square ones", dA[:, :3] @ slope[:, :3], square)
    s = softmax(Z.T).T
    truth = gradient(lambda Z: (dA * softmax(Z.T).T).sum(), Z)
    yield fails("⊙ where f is softmax", dA * s * (1 - s), truth)
    yield agrees("corrected, softmax", softmax_backward(dA.T, Z.T).T, truth)


def weights(rng, gradient):
    """Hold dZ Aᵀ against ∂E/∂W of a sum and of a mean."""
    net = ColumnNetwork(rng, m=6)
    dZ, truth = net["A2"] - net.Y, net.truth(gradient, "W2")
    dW = dZ @ net["A1"].T
    yield agrees("as written, summed loss", dW, net.m * truth)
    yield fails("mean loss, 1/n nowhere", dW, truth)
    _, dW, _ = dense_backward((dZ / net.m).T, net["A1"].T, net["W2"].T)
    yield agrees("mean loss, 1/n inside dZ", dW.T, truth)


def biases(rng, gradient):
    """Hold dZ, its total and its sum over the examples against ∂E/∂b."""
    one = ColumnNetwork(rng, m=1)
    yield agrees("as written, one example", one["A2"] - one.Y, one.truth(gradient, "b2"))
    net = ColumnNetwork(rng, m=6)
    # Of the hidden layer: at the softmax every column of dZ sums to 0, and hides what sum() does.
    dZ = tanh_backward(net["W2"].T @ (net["A2"] - net.Y), net["Z1"])
    truth = net.m * net.truth(gradient, "b1")
    yield fails("as written, on a batch", dZ, truth)
    yield fails("summed over everything", np.full_like(truth, dZ.sum()), truth)
    _, _, db = dense_backward(dZ.T, net["A0"].T, net["W1"].T)
    yield agrees("corrected, summed over the examples", db.reshape(-1, 1), truth)


def inputs(rng, gradient):
    """Hold Wᵀ dZ against ∂E/∂A of the layer below, with and without the transpose."""
    net = ColumnNetwork(rng, m=6)
    dZ, truth = net["A2"] - net.Y, net.m * net.truth(gradient, "A1")
    yield agrees("as written", net["W2"].T @ dZ, truth)
    yield agrees("the library", dense_backward(dZ.T, net["A1"].T, net["W2"].T)[0].T, truth)
    yield refused("transpose forgotten", lambda: net["W2"] @ dZ)
    square = ColumnNetwork(rng, sizes=(5, 4, 4), m=6)
    dZ, truth = square["A2"] - square.Y, square.m * square.truth(gradient, "A1")
    yield fails("transpose forgotten, W square", square["W2"] @ dZ, truth)


def update_while_going_back(rng, gradient):
    """Take the last layer's step before its dX, and after all gradients are there."""
    net = ColumnNetwork(rng, m=6)
    truth = net.m * net.truth(gradient, "A1").T
    X, W, dZ = net["A1"].T, net["W2"].T.copy(), (net["A2"] - net.Y).T
    dX, dW, _ = dense_backward(dZ, X, W)
    yield agrees("corrected, all gradients first", dX, truth)
    SGD(learning_rate=1.0).step(W, dW)
    yield fails("as written, W adjusted before its dX", dense_backward(dZ, X, W)[0], truth)


def nudging_instead(rng, gradient):
    """Count the forward passes that central differences need where backpropagation needs one."""
    calls = []
    central_difference(lambda w: calls.append(w) or 0.0, np.zeros(4))
    passes = len(calls) // 4  # for each parameter
    network = Network(Dense(np.zeros((784, 128))), ReLU(), Dense(np.zeros((128, 10))))
    yield number("parameters of 784-128-10", network.parameters.size)
    yield number("forward passes for central differences", passes * network.parameters.size)
