"""The little network: so small that a whole pass through it can be done in the head."""

import numpy as np

from backprop_lib.activations import ReLU
from backprop_lib.dense import Dense
from backprop_lib.network import Network


def little_network():
    """Return (network, X, Y): four examples, two inputs, three hidden units, two classes.

    Before the bias ln 3 every example's two logits tie, so every probability is 3/4 or 1/4.

    >>> network, X, Y = little_network()
    >>> network.probabilities(X)[:, 0]
    array([0.75, 0.75, 0.75, 0.75])
    """
    X = np.array([[-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [1.0, 2.0]])
    Y = np.array([0, 1, 0, 1])
    network = Network(
        Dense([[-2, -1, 1], [-1, -1, -1]], [0, 1, -1]),
        ReLU(),
        Dense([[1, 0], [0, 1], [1, 0]], [np.log(3), 0]),
    )
    return network, X, Y
