"""Every formula of the library, found by its door, with arguments drawn to fit its shapes."""

import inspect
from dataclasses import dataclass

import numpy as np

import backprop_lib

DOORS = {name: door for name, door in vars(backprop_lib).items() if hasattr(door, "shapes")}
SETTINGS = {  # none of them the default, so that one which is not passed on is found
    "slope": lambda: 0.25,
    "epsilon": lambda: 0.01,
    "drop_prob": lambda: 0.4,
    "rng": lambda: np.random.default_rng(7),
}
BATCHES = (1, 2, 3, 4, 7)


@dataclass(frozen=True)
class Pair:
    """A formula and its way back: the names of what comes out, and of the gradients."""

    forward: callable
    backward: callable
    outputs: tuple
    gradients: tuple
    least: int = 1  # examples that it takes for a gradient that is not 0

    def __repr__(self):
        return self.forward.__name__


def pair(stem, outputs, gradients, *, forward="_forward", backward="_backward", least=1):
    """Return the Pair of functions that are named after `stem`."""
    ways = [stem + ending for ending in (forward, backward)]
    for name in ways:
        assert name in DOORS, f"{name} is not exported by backprop_lib, or not under @takes"
    ways = map(DOORS.get, ways)
    return Pair(*ways, tuple(outputs.split()), tuple(gradients.split()), least)


PAIRS = [
    pair("identity", "A", "dZ"),
    pair("relu", "A", "dZ"),
    pair("leaky_relu", "A", "dZ"),
    pair("sigmoid", "A", "dZ"),
    pair("tanh", "A", "dZ"),
    pair("gelu", "A", "dZ"),
    pair("softmax", "P", "dZ", forward=""),
    pair("dense", "Z", "dX dW db"),
    pair("batch_norm", "H X_hat mean variance", "dX dgamma dbeta", least=4),
    pair("batch_norm_evaluate", "H", "dX dgamma dbeta"),
    pair("layer_norm", "H X_hat variance", "dX dgamma dbeta"),
    pair("dropout", "H M", "dA"),
    pair("softmax_cross_entropy", "loss P", "dZ"),
    pair("binary_cross_entropy", "loss P", "dZ"),
    pair("mean_squared_error", "loss", "dZ"),
]
ALONE = {"log_softmax"}  # has no way back of its own: its loss has


def pair_of(layer):
    """Return the Pair that a class of layers is named after: that of LayerNorm is layer_norm_…"""
    names = [each.forward.__name__.removesuffix("_forward").replace("_", "") for each in PAIRS]
    name = layer.__name__.lower()
    assert name in names, f"there is no line for {layer.__name__} among the PAIRS of {__name__}"
    return PAIRS[names.index(name)]


def call(door, arguments, settings=SETTINGS):
    """Return what the door returns, as a tuple, with those of the settings that it has."""
    own = [name for name in inspect.signature(door).parameters if name in settings]
    found = door(**arguments, **{name: settings[name]() for name in own})
    return found if isinstance(found, tuple) else (found,)


def draw(door, seed, n=None):
    """Return arguments that fit, by name; shapes and numbers follow from the seed.

    No number lies within 0.01 of 0, where ReLU has its kink. Where labels may also be a table of
    soft ones, the seed tosses a coin.
    """
    rng = np.random.default_rng(seed)
    sizes = {letter: int(rng.integers(2, 6)) for letter in "pqK"}
    sizes["n"] = n or BATCHES[seed % len(BATCHES)]
    anything = [(sizes["n"], 3), (4,), (2, 3, 2)][seed % 3]
    return {name: _array(name, spec, sizes, anything, rng) for name, spec in door.shapes.items()}


def _array(name, spec, sizes, anything, rng):
    labels, _, table = spec.partition(" or ")
    if spec.startswith("labels") and rng.integers(2):
        return rng.integers(0, sizes["K"], sizes["n"])
    spec = table or labels
    shape = anything if spec == "*" else tuple(sizes[letter] for letter in spec.split())
    if name in {"Y", "variance", "P"}:
        return rng.uniform(0.05, 0.95, shape)
    numbers = rng.standard_normal(shape)
    return numbers + 0.01 * np.sign(numbers)


def forward(pair, arguments):
    """Return everything that is known after the way forward, by name."""
    return arguments | dict(zip(pair.outputs, call(pair.forward, arguments), strict=True))


def upstream_of(pair, known, seed):
    """Return a gradient for the first output: random numbers, or the 1 from which a loss starts."""
    shape = np.shape(known[pair.outputs[0]])
    return np.random.default_rng(seed + 1000).standard_normal(shape) if shape else np.float64(1)


def weigh(pair, arguments, name, upstream):
    """Return value -> Σ upstream ⊙ output, the number whose gradient `back` should find."""
    first = pair.outputs[0]
    return lambda value: (upstream * forward(pair, arguments | {name: value})[first]).sum()


def back(pair, known, upstream):
    """Return the gradients by name; `upstream` is that of the first output."""
    known = known | {f"d{pair.outputs[0]}": upstream}
    arguments = {name: known[name] for name in pair.backward.shapes}
    return dict(zip(pair.gradients, call(pair.backward, arguments), strict=True))
