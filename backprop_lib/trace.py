"""A trace: every value and every gradient of one forward and one backward pass, by its letter."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from backprop_lib.dense import Dense


@dataclass(frozen=True)
class Step:
    """One layer's part in a pass: X went in and `out` came out, dout came back and dX went on.

    memory is what the layer kept for the way back: dropout's mask M, for example.
    """

    X: np.ndarray
    out: np.ndarray
    dout: np.ndarray
    dX: np.ndarray
    memory: object


@dataclass(frozen=True)
class Trace:
    """One pass, frozen. Layers are counted by their dense layers, l = 1 … L.

    A[l] is what goes into dense layer l + 1, so A[0] is X. Z[l] is what dense layer l makes of
    A[l − 1], and P is what the loss makes of Z[L]: probabilities, or Z[L] itself for numbers.
    dZ, dA, dW and db are the gradients of the loss with respect to the values of those names, and
    dX is dA[0]. steps has one Step for each layer, numbered among its kind: steps["BatchNorm1"] is
    the first batch norm. Its arrays cannot be written to.
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
    steps: dict


def record(network, X, Y):
    """Run `network` forward and backward and write everything down.

    It uses the layers' own forward and backward, so a trace shows what the network does.
    """
    X, layers = X.copy(), network.layers
    values = [X]
    for layer in layers:
        values.append(layer.forward(values[-1]))
    loss = network.loss_function.forward(values[-1], Y)
    network.require_finite(loss, X)
    gradients = [network.loss_function.backward()]
    for layer in reversed(layers):
        gradients.insert(0, layer.backward(gradients[0]))

    Z, A, dZ, dA, dW, db, steps = {}, {}, {}, {}, {}, {}, {}
    level, counts = 0, Counter()
    for k, layer in enumerate(layers):
        if isinstance(layer, Dense):
            A[level], dA[level] = values[k], gradients[k]
            level += 1
            Z[level], dZ[level] = values[k + 1], gradients[k + 1]
            dW[level], db[level] = layer.dW, layer.db
        kind = type(layer).__name__
        counts[kind] += 1
        steps[f"{kind}{counts[kind]}"] = Step(
            values[k], values[k + 1], gradients[k + 1], gradients[k], layer.memory
        )
    P, Y = network.loss_function.output(values[-1]), np.array(Y)
    for array in (*values, *gradients, *dW.values(), *db.values(), P, Y):
        array.flags.writeable = False
    return Trace(X, Y, Z, A, P, loss, dZ, dA, dW, db, dA[0], steps)
