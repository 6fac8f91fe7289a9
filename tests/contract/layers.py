"""Every layer, loss and optimizer of the library, found by its class and made ready to use."""

import inspect

import numpy as np

import backprop_lib
from backprop_lib import Dense, Network, he
from backprop_lib.layer import Layer
from backprop_lib.losses import Loss
from backprop_lib.optimizers import Optimizer
from tests.contract.formulas import SETTINGS

IN, HIDDEN, OUT = 5, 4, 3


def kinds(base):
    """Return every public class of this kind."""
    public = vars(backprop_lib).values()
    return [each for each in public if inspect.isclass(each) and issubclass(each, base)]


LAYERS, LOSSES, OPTIMIZERS = kinds(Layer), kinds(Loss), kinds(Optimizer)
ARGUMENTS = {  # of a layer, beside the settings of its formula; HIDDEN numbers go in and come out
    "W": lambda rng: he(HIDDEN, HIDDEN, rng),
    "b": lambda rng: rng.standard_normal(HIDDEN),
    "size": lambda rng: HIDDEN,
    "momentum": lambda rng: 0.3,
    "rng": lambda rng: rng,
}


def arguments_of(kind, rng):
    """Return what it takes to make a layer of this kind."""
    names = inspect.signature(kind).parameters if "__init__" in vars(kind) else ()
    settings = {name: make() for name, make in SETTINGS.items() if name in names}
    return settings | {name: ARGUMENTS[name](rng) for name in names if name in ARGUMENTS}


def make(kind, rng):
    """Return a layer of this kind, its parameters drawn and its running statistics moved."""
    layer = kind(**arguments_of(kind, rng))
    for name in layer.parameter_names:
        setattr(layer, name, rng.standard_normal(getattr(layer, name).shape))
    for _ in range(3):
        layer.forward(inputs(rng))
    return layer.copy()


def inputs(rng, n=6):
    """Return X (n, HIDDEN), none of it within 0.01 of ReLU's kink."""
    X = rng.standard_normal((n, HIDDEN))
    return X + 0.01 * np.sign(X)


def targets(loss, n, q, rng):
    """Return targets that the loss takes; labels, soft labels or numbers from 0 to 1."""
    if loss.targets.startswith("labels") and rng.integers(2):
        return rng.integers(0, q, n)
    return rng.uniform(0, 1, (n, q))


def network_with(kind, loss=backprop_lib.SoftmaxCrossEntropy, seed=0):
    """Return a network with this layer in its middle, and X and Y to go with it."""
    rng = np.random.default_rng(seed)
    first, last = he(IN, HIDDEN, rng), he(HIDDEN, OUT, rng)
    biases = rng.standard_normal(HIDDEN), rng.standard_normal(OUT)
    network = Network(
        Dense(first, biases[0]), make(kind, rng), Dense(last, biases[1]), loss_function=loss()
    )
    return network, rng.standard_normal((6, IN)), targets(loss, 6, OUT, rng)
