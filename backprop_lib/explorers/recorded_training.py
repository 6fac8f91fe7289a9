"""Seven small real trainings, one of them well: what each layer did at every moment, on record."""

from functools import cache
from itertools import pairwise

import numpy as np

from backprop_lib.activations import ReLU, relu_forward
from backprop_lib.datasets import load_digits
from backprop_lib.dense import Dense, dense_forward
from backprop_lib.explorers.panels import spread
from backprop_lib.history import dense_layers
from backprop_lib.initializers import he
from backprop_lib.losses import softmax_cross_entropy_forward
from backprop_lib.network import Network
from backprop_lib.optimizers import SGD

TRAININGS = {
    "well": "well",
    "high": "rate too high",
    "low": "rate too low",
    "dead": "dead units",
    "order": "no shuffle",
    "labels": "labels shifted",
    "missing": "gradient missing",
}
RATES = {"high": 1.0, "low": 0.001}  # the others have 0.1
SIZES = (64, 32, 16, 10)
LAYERS = (1, 2, 3)
EXAMPLES, BATCH, EPOCHS = 600, 20, 10
SICK = {"A": "labels", "B": "missing", "C": "high", "D": "dead", "E": "order", "F": "low"}
STEPS = EPOCHS * EXAMPLES // BATCH
EVERY = 5  # steps between two looks
REACH = 8.0  # the largest Z in sight


@cache
def training(name, seed=0):
    """Train 64-32-16-10 with ReLU on 600 digits, with one thing wrong, and keep a record.

    high, low: a learning rate of 1 and 0.001 in place of 0.1. dead: the biases of layer 2 begin at
    −10. order: the digits come sorted, the same in each epoch. labels: each picture has the label
    of the one before it. missing: no gradient is handed on to layer 1.

    Returns:
        Arrays with an entry for each look: "step"; "loss", "gradient" and "update", the last two
        with a row for each layer, are means over the steps since the last look; "held out" (the
        loss) and "share" (right) of the held-out digits; for each layer the "spread" of their Z
        from −REACH to REACH, and how many of its units are "dead" to them all; "read" (297,), what
        they were read as. And "labels" (297,), what they are.

    Raises:
        KeyError: an unknown name.
    """
    TRAININGS[name]  # refuse an unknown one before the work
    rng, digits = np.random.default_rng(seed), load_digits()
    X, Y = digits.X_train[:EXAMPLES], digits.Y_train[:EXAMPLES]
    if name == "labels":
        Y = np.roll(Y, 1)
    if name == "order":
        by_label = np.argsort(Y, kind="stable")
        X, Y = X[by_label], Y[by_label]
    network = _network(rng)
    if name == "dead":
        dense_layers(network)[1].b[...] = -10
    sgd, steps = SGD(RATES.get(name, 0.1)), []
    looks = [_look(network, digits)]
    for _ in range(EPOCHS):
        order = np.arange(EXAMPLES) if name == "order" else rng.permutation(EXAMPLES)
        for batch in np.split(order, EXAMPLES // BATCH):
            steps.append(_step(network, X[batch], Y[batch], sgd, name == "missing"))
            if len(steps) % EVERY == 0:
                looks.append(_look(network, digits))
    found = {key: np.array([look[key] for look in looks]) for key in looks[0]}
    for key in ("loss", "gradient", "update"):
        each = np.array([step[key] for step in steps])
        means = each.reshape(-1, EVERY, *each.shape[1:]).mean(axis=1)
        found[key] = np.concatenate([each[:1], means]).T
    return found | {"step": np.arange(0.0, STEPS + 1, EVERY), "labels": digits.Y_held_out}


def sick_trainings():
    """Return the six that are not well, with other weights than the chapter's, by letter."""
    return {letter: training(kind, seed=2) for letter, kind in SICK.items()}


def _network(rng):
    layers = []
    for p, q in pairwise(SIZES):
        layers += [Dense(he(p, q, rng)), ReLU()]
    return Network(*layers[:-1])


def _step(network, X, Y, sgd, missing):
    loss, layers = network.backpropagate(X, Y), dense_layers(network)
    if missing:
        layers[0].dW[...] = 0
        layers[0].db[...] = 0
    before = [layer.W.copy() for layer in layers]
    sgd.step(network.parameters, network.gradients)
    moved = [layer.W - W for layer, W in zip(layers, before, strict=True)]
    return {
        "loss": loss,
        "gradient": [np.linalg.norm(layer.dW) for layer in layers],
        "update": [
            np.linalg.norm(change) / np.linalg.norm(W)
            for change, W in zip(moved, before, strict=True)
        ],
    }


def _look(network, digits):
    A, labels, spreads, dead = digits.X_held_out, digits.Y_held_out, [], []
    for layer in dense_layers(network):
        Z = dense_forward(A, layer.W, layer.b)
        A = relu_forward(Z)
        spreads.append(spread(Z, -REACH, REACH, bins=32))
        dead.append(np.count_nonzero((Z <= 0).all(axis=0)))
    loss, _ = softmax_cross_entropy_forward(Z, labels)
    read = Z.argmax(axis=1)
    return {"held out": loss, "share": np.mean(read == labels), "read": read, "spread": spreads,
            "dead": dead}  # fmt: skip
