"""A right call of every constructor and every method of the layers, losses and optimizers."""

import inspect

import numpy as np

from tests.contract.calls import WITH_TABLE, call
from tests.contract.formulas import pair_of
from tests.contract.hostile import of_a_number
from tests.contract.layers import HIDDEN, LAYERS, LOSSES, OPTIMIZERS, make

SEEN = np.linspace(-2, 2, 5 * HIDDEN).reshape(5, HIDDEN) ** 3


def of_a_layer(kind):
    """Yield the calls of a layer's constructor, its ways forward, its way back, its parameters."""

    def layer_after(method, value):
        layer = make(kind, np.random.default_rng(0))
        layer.forward(SEEN)
        return getattr(layer, method)(value), layer if method == "backward" else None

    pair, name = pair_of(kind), kind.__name__
    yield constructor(kind, there_and_back)
    went_in, spec = next(iter(pair.forward.shapes.items()))
    for method in ("forward", "apply"):
        yield call(
            f"{name}.{method}",
            lambda method=method, **value: layer_after(method, *value.values()),
            least=2 if name == "BatchNorm" and method != "apply" else 1,
            **{went_in: f"n {HIDDEN}" if kind.parameter_names else spec},
        )
    yield call(
        f"{name}.backward",
        lambda **value: layer_after("backward", *value.values()),
        **{next(iter(pair.backward.shapes)): f"5 {HIDDEN}"},
    )
    for parameter in kind.parameter_names:
        shape = f"{HIDDEN} {HIDDEN}" if parameter == "W" else f"{HIDDEN}"
        yield call(
            f"{name}.{parameter}=", lambda **value: assigned(kind, value), **{parameter: shape}
        )


def there_and_back(layer):
    """Return what a layer of any size does in one pass, and the layer after it."""
    p, q = layer.sizes or (HIDDEN, HIDDEN)
    return layer.forward(np.resize(SEEN, (5, p))), layer.backward(np.resize(SEEN, (5, q))), layer


def assigned(kind, values):
    """Return a layer after an assignment to one of its parameters."""
    layer = make(kind, np.random.default_rng(0))
    for name, value in values.items():
        setattr(layer, name, value)
    return layer


def constructor(kind, use):
    """Return the call of a constructor; `use` says what the new object does."""
    own = kind.__init__ is not object.__init__
    names = list(inspect.signature(kind).parameters) if own else []
    specs = {"W": "p q", "b": "q"} if "W" in names else {}
    rest = " ".join(name for name in names if name not in specs)
    return call(kind.__name__, lambda **given: use(kind(**given)), settings=rest, **specs)


def of_a_loss(kind):
    """Yield the calls of a loss, with each form of its targets."""

    def forward_and_back(Z, Y):
        loss = kind()
        return loss.forward(Z, Y), loss.backward()

    bounds = {"SoftmaxCrossEntropy": (0, None), "BinaryCrossEntropy": (0, 1)}.get(kind.__name__)
    for k, spec in enumerate(kind.targets.split(" or ")):
        yield call(
            f"{kind.__name__}.forward" + k * WITH_TABLE,
            forward_and_back,
            ranges={"Y": bounds} if bounds and not spec.startswith("labels") else {},
            Z="n q" if "q" in spec else "n K",
            Y=spec,
        )


def stepped(optimizer, **vectors):
    """Return parameters after two steps."""
    vectors = vectors or {"parameters": np.ones(3), "gradients": np.arange(3.0)}
    for _ in range(2):
        optimizer.step(**vectors)
    return vectors["parameters"]


def of_an_optimizer(kind):
    """Yield the calls of an optimizer's constructor, of its step, and of a schedule in it."""
    yield constructor(kind, stepped)
    yield call(
        f"{kind.__name__}.step",
        lambda **vectors: stepped(kind(0.125, weight_decay=0.25), **vectors),
        parameters="in place *",
        gradients="*",
        decays="*",
    )
    yield call(
        f"{kind.__name__}.step by a schedule",
        lambda learning_rate: stepped(kind(lambda step: learning_rate)),
        things={"learning_rate": (lambda: 0.125, of_a_number(0.125, [-1]))},
    )


OF_OBJECTS = [
    *[each for kind in LAYERS for each in of_a_layer(kind)],
    *[each for kind in LOSSES for each in of_a_loss(kind)],
    *[each for kind in OPTIMIZERS for each in of_an_optimizer(kind)],
]
