"""The checks of note C's updates: what one step does, what Adam is, and when steps go wrong."""

import numpy as np

from backprop_lib.dense import Dense
from backprop_lib.ledger.figure import agrees, fails, number
from backprop_lib.network import Network
from backprop_lib.optimizers import SGD, Adam
from backprop_lib.training import train


def plain_step(rng, gradient):
    """Take one step of SGD, and compare the loss it saves with what the slope promised."""
    network = Network(Dense(rng.standard_normal((4, 3))))
    X, Y, learning_rate = rng.standard_normal((8, 4)), rng.integers(0, 3, 8), 0.01
    before = network.backpropagate(X, Y)
    theta, g = network.parameters.copy(), network.gradients
    SGD(learning_rate).step(network.parameters, g)
    yield agrees("as written", network.parameters, theta - learning_rate * g)
    promised = learning_rate * (g @ g)
    yield number("loss saved / (η ‖g‖²)", (before - network.loss(X, Y)) / promised)


def two_moments(rng, gradient):
    """Take five steps of Adam, written out beside the library's, with the correction and not."""
    gradients, learning_rate = rng.standard_normal((5, 6)), 0.1
    ours, adam = np.zeros(6), Adam(learning_rate)
    for g in gradients:
        adam.step(ours, g)

    def written(corrected):
        theta, m, v = np.zeros((3, 6))
        for t, g in enumerate(gradients, start=1):
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            m_hat, v_hat = (m / (1 - 0.9**t), v / (1 - 0.999**t)) if corrected else (m, v)
            theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
        return theta

    yield agrees("corrected, five steps", ours, written(corrected=True))
    yield fails("no bias correction, five steps", written(corrected=False), ours)


def steps_in_an_epoch(rng, gradient):
    """Count the updates that one pass through the data makes."""
    network = Network(Dense(rng.standard_normal((4, 3))))
    X, Y = rng.standard_normal((10, 4)), rng.integers(0, 3, 10)
    history = train(network, X, Y, SGD(0.1), epochs=1, batch_size=4, rng=rng, progress=False)
    yield number("updates in one pass over 10 examples, 4 at a time", len(history.loss))
    yield fails("as written, updates in that pass", 1, len(history.loss))
    yield agrees("corrected, one for each mini-batch", np.ceil(10 / 4), len(history.loss))


def convergence(rng, gradient):
    """Take 50 steps of SGD down 2 t² from t = 1, with three learning rates."""
    for learning_rate in (0.45, 0.5, 0.55):
        t, sgd = np.ones(1), SGD(learning_rate)
        for _ in range(50):
            sgd.step(t, 4 * t)
        yield number(f"|t| after 50 steps, η = {learning_rate}", abs(t.item()))
