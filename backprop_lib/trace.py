"""A trace: every value and every gradient of one forward and one backward pass, by its letter."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.losses import softmax_cross_entropy_backward, softmax_cross_entropy_forward


@dataclass(frozen=True)
class Trace:
    """One pass, frozen. Layers are counted by their dense layers, l = 1 … L.

    A[l] is what goes into dense layer l + 1, so A[0] is X. Z[l] is what dense layer l makes of
    A[l − 1], and P is what softmax makes of Z[L]. dZ, dA, dW and db are the gradients of the loss
    with respect to the values of those names, and dX is dA[0]. Its arrays cannot be written to.
    """

    X: np.ndarray
    Y: np.ndarray
    Z: dict
    A: dict
    P: np.ndarray
    loss: float
    dZ: dict
    dA: dict
    dW: dict
    db: dict
    dX: np.ndarray


def record(network, X, Y):
    """Run `network` forward and backward and write everything down.

    It uses the layers' own forward and backward, so a trace shows what the network does.
    """
    Z, A, dZ, dA, dW, db = {}, {}, {}, {}, {}, {}
    value, level = X.copy(), 0
    for layer in network.layers:
        if layer.parameter_names:
            A[level] = value
            level += 1
        value = layer.forward(value)
        if layer.parameter_names:
            Z[level] = value
    loss, P = softmax_cross_entropy_forward(value, Y)

    gradient = softmax_cross_entropy_backward(P, Y)
    for layer in reversed(network.layers):
        if layer.parameter_names:
            dZ[level] = gradient
        gradient = layer.backward(gradient)
        if layer.parameter_names:
            dW[level], db[level] = layer.dW, layer.db
            level -= 1
            dA[level] = gradient
    trace = Trace(A[0], np.array(Y), Z, A, P, loss, dZ, dA, dW, db, dA[0])
    for group in (Z, A, dZ, dA, dW, db, {0: P, 1: trace.Y}):
        for array in group.values():
            array.flags.writeable = False
    return trace
