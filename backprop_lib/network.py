"""A network: layers in a row; forward goes through them, and backward is forward reversed."""

import numpy as np

from backprop_lib.layer import Layer
from backprop_lib.losses import (
    softmax,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.shapes import admit, require_finite
from backprop_lib.trace import record


class Network:
    """Layers in a row, ending in softmax cross-entropy.

    All parameters live in one flat vector, `parameters`, and all gradients in another, `gradients`.
    Each layer's W, b, dW and db are views of them, so an optimizer is one line over one array.

    Every method looks at what it is given at the door: X of another width, NaN or infinity, labels
    that do not fit raise a ValueError that names the argument.

    >>> from backprop_lib import Dense, ReLU, he
    >>> rng = np.random.default_rng(0)
    >>> Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))
    Network(Dense(64 → 32), ReLU(), Dense(32 → 10)): 2410 parameters
    """

    def __init__(self, *layers):
        """Copy the layers, and gather their parameters.

        Raises:
            TypeError: something that is not a layer.
            ValueError: sizes that do not follow one another.
        """
        _require_chain(layers)
        self.layers = tuple(layer.copy() for layer in layers)
        places = [(layer, name) for layer in self.layers for name in layer.parameter_names]
        values = [getattr(layer, name) for layer, name in places]
        self.parameters = np.concatenate([value.ravel() for value in values])
        self.gradients = np.zeros_like(self.parameters)
        start = 0
        for (layer, name), value in zip(places, values, strict=True):
            piece = slice(start, start + value.size)
            layer.place(name, self.parameters[piece].reshape(value.shape))
            layer.place(f"d{name}", self.gradients[piece].reshape(value.shape))
            start += value.size

    def forward(self, X):
        """Return the logits (n, K) of the examples X (n, p); each layer remembers its input."""
        out = self._admit(X)
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, dZ):
        """Send dZ (n, K) back through the layers, filling `gradients`; return dX (n, p).

        Raises:
            RuntimeError: nothing went forward yet. ValueError: dZ has not the shape of the logits.
        """
        gradient = dZ
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def backpropagate(self, X, Y):
        """Go forward and back once: fill `gradients`, change no parameter, return the loss."""
        loss, P = softmax_cross_entropy_forward(self.forward(X), Y)
        self.backward(softmax_cross_entropy_backward(P, Y))
        return loss

    def loss(self, X, Y):
        """Return the mean loss of the examples X (n, p) with the labels Y (n,)."""
        return softmax_cross_entropy_forward(self._logits(X), Y)[0]

    def probabilities(self, X):
        """Return P (n, K), what the network thinks of each example; nothing is remembered."""
        return softmax(self._logits(X))

    def predict(self, X):
        """Return the likeliest class of each example, (n,)."""
        return self._logits(X).argmax(axis=1)

    def trace(self, X, Y):
        """Return every value and every gradient of one pass, and leave this network as it is."""
        return record(self.copy(), self._admit(X), Y)

    def copy(self):
        """Return a network of its own with the same numbers."""
        return Network(*self.layers)

    def _logits(self, X):
        out = self._admit(X)
        for layer in self.layers:
            out = layer.apply(out)
        return out

    def _admit(self, X):
        (X,) = admit({"X": "n p"}, {"X": X})
        require_finite("X", X)
        wanted = self.layers[0].W.shape[0]
        if X.shape[1] != wanted:
            raise ValueError(f"X has {X.shape[1]} columns, expected {wanted}: one for each input.")
        return X

    def __repr__(self):
        layers = ", ".join(map(repr, self.layers))
        return f"Network({layers}): {self.parameters.size} parameters"


def _require_chain(layers):
    """Refuse what is not a layer, and a dense layer that cannot take what comes out before it."""
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"Network got {layer!r}, expected layers such as Dense(W) and ReLU().")
    if not (layers and layers[0].parameter_names and layers[-1].parameter_names):
        raise ValueError(
            "A Network starts and ends with a Dense layer:"
            " softmax takes the last one's numbers as they are."
        )
    size = None
    for number, layer in enumerate(layers, start=1):
        if layer.parameter_names:
            p, q = layer.W.shape
            if size not in (None, p):
                raise ValueError(
                    f"Layer {number} takes {p} numbers, but {size} come out before it."
                )
            size = q
