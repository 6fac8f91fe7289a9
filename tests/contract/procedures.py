"""A right call of everything that works on a whole network, and of what helps a training."""

import numpy as np

import backprop_lib as bp
from backprop_lib import gradient_check as checking
from tests.contract.calls import WITH_TABLE, call
from tests.contract.hostile import of_a_thing

SOFT = {"ranges": {"Y": (0, None)}, "Y": "n 4"}
HELD_OUT = np.ones((2, 3)), np.array([0, 3])


def network():
    """Return a network of 3 → 4 → 4 numbers, with layers that look at their batch."""
    rng = np.random.default_rng(0)
    layers = bp.Dense(bp.he(3, 4, rng)), bp.BatchNorm(4), bp.Dropout(0.25, rng), bp.Tanh()
    return bp.Network(*layers, bp.Dense(bp.he(4, 4, rng)))


def new_network(layer, **settings):
    """Return a new network with this layer in its middle, after one pass."""
    rng = np.random.default_rng(0)
    first, last = bp.Dense(bp.he(3, 4, rng)), bp.Dense(bp.he(4, 4, rng))
    made = bp.Network(first, layer, last, **settings)
    return made.backpropagate(np.eye(3), np.arange(3)), made


def measured(method, X, Y):
    """Return what a method says and the gradients after it, in a network that knows these shapes.

    From the second pass on its doors stand open, and a wrong value must be found all the same.
    """
    after = network()
    if method == "backpropagate":
        for targets in (np.arange(5) % 4, np.full((5, 4), 0.25)):
            after.backpropagate(np.eye(5, 3), targets)
    return getattr(after, method)(X, Y), after.gradients


def backward(dZ):
    """Return dX, and the network after it."""
    after = network()
    after.forward(np.arange(15.0).reshape(5, 3))
    return after.backward(dZ), after


def assigned(name, value):
    """Return a network after an assignment to its parameters or gradients."""
    after = network()
    setattr(after, name, value)
    return after, [(layer.W, layer.dW) for layer in (after.layers[0], after.layers[-1])]


def of_a_network():
    """Yield the calls of a network's constructor and methods."""
    dtypes = {"dtype": (lambda: float, of_a_thing("int", bool, np.int32, "f2", optional=True))}
    losses = of_a_thing(bp.SoftmaxCrossEntropy, "SoftmaxCrossEntropy")
    things = {
        "layer": (bp.ReLU, of_a_thing(bp.ReLU, np.tanh, bp.SoftmaxCrossEntropy())),
        "loss_function": (bp.SoftmaxCrossEntropy, losses),
    }
    yield call("Network", new_network, things=things | dtypes)
    yield call("Network.copy", lambda dtype: network().copy(dtype), things=dtypes)
    for method, least in {"forward": 2, "probabilities": 1, "predict": 1}.items():
        yield call(
            f"Network.{method}",
            lambda X, method=method: getattr(network(), method)(X),
            least=least,
            X="n 3",
        )
    for method, least in {"backpropagate": 2, "trace": 2, "loss": 1}.items():
        for words, form in {"": {"Y": "labels n"}, WITH_TABLE: SOFT}.items():
            yield call(
                f"Network.{method}{words}",
                lambda X, Y, method=method: measured(method, X, Y),
                least=least,
                X="n 3",
                **form,
            )
    yield call("Network.backward", backward, dZ="5 4")
    for name in ("parameters", "gradients"):
        size = f"{network().parameters.size}"
        yield call(
            f"Network.{name}=",
            lambda name=name, **new: assigned(name, *new.values()),
            **{name: size},
        )


def trained(**arguments):
    """Return what the training made of its network, and the history."""
    history = bp.train(**arguments, progress=False)
    return history, arguments["network"]


def compared(**gradients):
    """Return the ratios of a comparison."""
    found = checking.compare(**gradients)
    return found.error, found.cosine, found.length


A_NETWORK = {"network": (network, of_a_thing(bp.Network, bp.ReLU()))}
AN_OPTIMIZER = {"optimizer": (lambda: bp.Adam(0.125), of_a_thing(bp.Adam))}
HELD_OUT_KINDS = of_a_thing(
    HELD_OUT[0],
    HELD_OUT[:1],
    HELD_OUT * 2,
    HELD_OUT[::-1],
    (HELD_OUT[0], np.array([0, 4])),
    (HELD_OUT[0][:, :2], HELD_OUT[1]),
    optional=True,
)
A_FUNCTION = {"function": (lambda: lambda value: (value**2).sum(), of_a_thing(called=True))}
A_METHOD = {"method": (lambda: checking.complex_step, of_a_thing("complex_step"))}
ETAS = range(4)

OF_PROCEDURES = [
    *of_a_network(),
    call(
        "train",
        trained,
        settings="epochs batch_size rng max_norm",
        things=A_NETWORK | AN_OPTIMIZER | {"held_out": (lambda: HELD_OUT, HELD_OUT_KINDS)},
        X="n 3",
        Y="labels n",
    ),
    call(
        "train" + WITH_TABLE,
        trained,
        settings="epochs batch_size rng",
        things=A_NETWORK | AN_OPTIMIZER,
        X="n 3",
        **SOFT,
    ),
    call("accuracy", bp.accuracy, things=A_NETWORK, X="n 3", Y="labels n"),
    call("he", bp.he, settings="p q rng"),
    call("xavier", bp.xavier, settings="p q rng"),
    call("constant", lambda rate: [bp.constant(rate)(t) for t in ETAS], settings="rate"),
    call(
        "cosine", lambda **given: [bp.cosine(**given)(t) for t in ETAS], settings="rate steps final"
    ),
    call(
        "warm_up", lambda **given: [bp.warm_up(**given)(t) for t in ETAS], settings="steps schedule"
    ),
    call(
        "clip_by_global_norm",
        lambda gradients, limit: (bp.clip_by_global_norm(gradients, limit), gradients),
        settings="limit",
        gradients="in place *",
    ),
    call(
        "gradient_check",
        checking.gradient_check,
        things=A_NETWORK | A_METHOD,
        least=2,
        X="n 3",
        Y="labels n",
    ),
    call(
        "central_difference",
        checking.central_difference,
        settings="h",
        things=A_FUNCTION,
        value="*",
    ),
    call("complex_step", checking.complex_step, things=A_FUNCTION, value="*"),
    call("compare", compared, ours="*", expected="*"),
]
