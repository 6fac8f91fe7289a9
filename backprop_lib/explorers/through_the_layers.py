"""Through the layers: how large values and gradients are after each layer, for any weights."""

import numpy as np

from backprop_lib.activations import Identity, ReLU, Sigmoid, Tanh
from backprop_lib.explorers.controls import Choice, Integer, Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal, length
from backprop_lib.explorers.panels import Curve, Lines, Words
from backprop_lib.initializers import he, xavier

ACTIVATIONS = {
    "relu": ("ReLU", ReLU, he),
    "tanh": ("tanh", Tanh, xavier),
    "sigmoid": ("sigmoid", Sigmoid, xavier),
    "identity": ("none", Identity, xavier),
}
DEEPEST, WIDTH, EXAMPLES = 30, 64, 32
CALM = (1e-3, 1e3)  # sizes within this are in sight at any scale, so that chance looks like chance
EDGE = 1e30  # what is smaller or larger than this is drawn at the edge


class ThroughTheLayers(Explorer):
    """The size of A^[l] on the way forward, and of dZ^[l] on the way back, over the layers l.

    Size is the root of the mean square. 32 random examples of size 1 go forward through layers of
    64 units, and a random gradient of size 1 comes back. At weight scale 1, the weights are those
    of `he` for ReLU and of `xavier` for the others; the biases are 0.

    Args:
        activation: "relu", "tanh", "sigmoid" or "identity". scale: by what all weights are
            multiplied. depth: how many layers.

    Raises:
        ValueError, TypeError: a value that its control refuses.
    """

    def __init__(self, activation="relu", scale=1.0, depth=20):
        rng = np.random.default_rng(0)
        self._X, self._dA = rng.standard_normal((2, EXAMPLES, WIDTH))
        self._W = {
            first_weights: [first_weights(WIDTH, WIDTH, rng) for _ in range(DEEPEST)]
            for first_weights in (he, xavier)
        }
        options = {name: label for name, (label, _, _) in ACTIVATIONS.items()}
        controls = [
            Number(name="scale", label="weight scale", role="parameter", value=scale,
                   minimum=0.1, maximum=5, step=0.1),
            Integer(name="depth", label="layers", value=depth, minimum=2, maximum=DEEPEST),
            Choice(name="activation", label="activation", value=activation, options=options),
        ]  # fmt: skip
        curves = Curve("values", "values →"), Curve("gradients", "← gradients", "backward")
        panels = [
            Lines(
                "size after each layer",
                "layer",
                curves,
                log="y",
                across="layer",
                span=CALM,
                wide=True,
            ),
            Words(),
        ]
        super().__init__("Through the layers", controls, panels)

    def compute(self, scale, depth, activation):
        """Return the size of A^[l] and of dZ^[l] in each layer l = 1 … depth."""
        _, kind, first_weights = ACTIVATIONS[activation]
        weights, bends = self._W[first_weights][:depth], [kind() for _ in range(depth)]
        A, dA, values, gradients = self._X, self._dA, [], []
        for W, bend in zip(weights, bends, strict=True):
            A = bend.forward(scale * (A @ W))
            values.append(_size(A))
        for W, bend in zip(weights[::-1], bends[::-1], strict=True):
            dZ = bend.backward(dA)
            gradients.insert(0, _size(dZ))
            dA = scale * (dZ @ W.T)
        return {"layer": np.arange(1.0, depth + 1), "values": values, "gradients": gradients}

    def words(self, arrays, scale, depth, activation):
        """Say how large both arrive, and whether they vanish, explode or keep their size."""
        forward, backward = float(arrays["values"][-1]), float(arrays["gradients"][0])
        factor = (backward / float(arrays["gradients"][-1])) ** (1 / (depth - 1))
        label, _, first_weights = ACTIVATIONS[activation]
        return (
            f"{depth} layers, activation: {label}, weights {decimal(scale, 1)} times"
            f" {first_weights.__name__}. Values arrive at the last layer with size"
            f" {length(forward)}: they {_fate(forward)}. Gradients arrive at the first with size"
            f" {length(backward)}: they {_fate(backward)}, as each layer multiplies them by about"
            f" {decimal(factor, 2)}."
        )


def _size(array):
    return float(np.clip(np.sqrt(np.mean(array**2)), 1 / EDGE, EDGE))


def _fate(size):
    if size < 0.1:
        return "vanish"
    return "explode" if size > 10 else "keep their size"
