"""What gradient flow asks of a network: variants of it, its slopes, its nudges, its size."""

import numpy as np

from backprop_lib.activations import ReLU, Sigmoid, Tanh
from backprop_lib.dense import Dense
from backprop_lib.gradient_check import NUDGE
from backprop_lib.losses import log_softmax
from backprop_lib.network import Network

ACTIVATIONS = {"relu": ("ReLU", ReLU), "tanh": ("tanh", Tanh), "sigmoid": ("sigmoid", Sigmoid)}
MOST = {"examples": 8, "inputs or units in a layer": 6, "dense layers": 3}  # readable as numbers
TRUSTED = 8  # decimals of a central difference


def variant(network, weight, bias, activation):
    """Return a network with all W scaled, all hidden b shifted, and another hidden activation.

    The activation "given" leaves them as they are.
    """
    found, last = [], network.layers[-1]
    for layer in network.layers:
        if isinstance(layer, Dense):
            hidden = layer is not last
            found.append(Dense(weight * layer.W.astype(float), layer.b + bias * hidden))
            if hidden and activation != "given":
                found.append(ACTIVATIONS[activation][1]())
        elif activation == "given":
            found.append(layer)
    return Network(*found)


def dense_layers(network):
    """Return the dense layers in order."""
    return [layer for layer in network.layers if isinstance(layer, Dense)]


def hidden_blocks(network):
    """Return the activations that follow each hidden dense layer."""
    found = []
    for layer in network.layers[:-1]:
        if isinstance(layer, Dense):
            found.append([])
        else:
            found[-1].append(layer)
    return found


def activation_name(network):
    """Return the name of the one activation of all hidden layers, "given" if there is not one."""
    kinds = {tuple(map(type, block)) for block in hidden_blocks(network)}
    return next((name for name, (_, kind) in ACTIVATIONS.items() if kinds == {(kind,)}), "given")


def slopes(network, trace):
    """Return {level: dA/dZ, entry by entry} of the hidden layers, and the way to the next kink.

    A kink is a Z of 0 in front of a ReLU; the way is 1 where none is nearer.
    """
    found, way = {}, 1.0
    for level, block in enumerate(hidden_blocks(network), start=1):
        layers, value = [layer.copy() for layer in block], trace.Z[level]
        for layer in layers:
            if isinstance(layer, ReLU):
                way = min(way, np.abs(value).min())
            value = layer.forward(value)
        found[level] = np.ones_like(value)
        for layer in reversed(layers):
            found[level] = layer.backward(found[level])
    return found, way


def nudges(network, X, Y):
    """Return (loss(v + h) − loss(v − h)) / 2h for each entry v of every W, every b and X.

    It is `central_difference` for all entries of an array at once: every nudge is a batch of its
    own, and all batches go through the rest of the network together.
    """

    def losses(batches, rest):
        rows = batches.reshape(-1, batches.shape[-1])
        for layer in rest:
            rows = layer.apply(rows)
        log_P = log_softmax(rows).reshape(len(batches), len(Y), -1)
        return -log_P[:, np.arange(len(Y)), Y].mean(axis=1)

    def slope(value, to_batch, rest):
        steps = NUDGE * np.eye(value.size).reshape(-1, *value.shape)
        above, below = (
            losses(np.stack([to_batch(value + sign * step) for step in steps]), rest)
            for sign in (1, -1)
        )
        return ((above - below) / (2 * NUDGE)).reshape(value.shape).round(TRUSTED)

    found, value, level = {"dX": slope(X, lambda X: X, network.layers)}, X, 0
    for k, layer in enumerate(network.layers, start=1):
        if isinstance(layer, Dense):
            level += 1
            A, W, b, rest = value, layer.W, layer.b, network.layers[k:]
            found[f"dW^{level}"] = slope(W, lambda W, A=A, b=b: A @ W + b, rest)
            found[f"db^{level}"] = slope(b, lambda b, A=A, W=W: A @ W + b, rest)
        value = layer.apply(value)
    return found


def too_large(trace):
    """Return why a network cannot be drawn, and what is shown in its place; "" if it can."""
    widths = [trace.X.shape[1], *(Z.shape[1] for Z in trace.Z.values())]
    counts = dict(zip(MOST, (len(trace.X), max(widths), len(trace.Z)), strict=True))
    over = [f"{n} {what} (at most {MOST[what]})" for what, n in counts.items() if n > MOST[what]]
    return over and (
        f"Too large to be read as numbers: {' and '.join(over)}. "
        f"You see the loss, the length of each gradient, and how large its entries are."
    )
