"""Chapter 05, the loops through many layers: what is right, and what goes wrong in them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import dense
from backprop_lib.checks.values import mapped

NETWORKS = {  # examples, and the sizes from the inputs to the last layer
    "3 layers": (4, (3, 5, 4, 2)),
    "1 layer": (3, (3, 2)),
    "2 layers": (2, (2, 3, 2)),
    "5 layers": (2, (2, 4, 3, 5, 2, 3)),
    "1 example": (1, (3, 3, 3)),
    "all sizes equal": (3, (3, 3, 3, 3)),
}


def forward_layers(X, W, b):
    """Z[k] = A[k] W[k] + b[k], where A[0] = X and A[k] = max(0, Z[k − 1])."""
    Z, A = [], X
    for k in range(len(W)):
        Z.append(A @ W[k] + b[k])
        A = np.maximum(Z[k], 0)
    return Z


def backward_layers(dZ, Z, A, W):
    """dW[k] = A[k]ᵀ dZ, db[k] = Σᵢ dZᵢ, and on to layer k − 1: dZ ← dZ W[k]ᵀ ⊙ 1[Z[k − 1] > 0]."""
    dW, db = [], []
    for k in reversed(range(len(W))):
        dW.insert(0, A[k].T @ dZ)
        db.insert(0, dZ.sum(axis=0))
        if k > 0:
            dA = dZ @ W[k].T
            dZ = dA * (Z[k - 1] > 0)
    return dW, db


def deep_step(dZ, A, W, learning_rate):
    """All gradients of a network of tanh layers first, then W[k] − learning_rate · A[k]ᵀ dZ."""
    stepped = []
    for k in reversed(range(len(W))):
        stepped.insert(0, W[k] - learning_rate * A[k].T @ dZ)
        if k > 0:
            dZ = dZ @ W[k].T * (1 - A[k] ** 2)
    return stepped


def tables(rng):
    """Yield the words, X, all W, all b and the dZ of the last layer of each network."""
    for words, (n, sizes) in NETWORKS.items():
        pairs = list(pairwise(sizes))
        W, b = [_draw(rng, *pair) for pair in pairs], [_draw(rng, q) for _, q in pairs]
        yield words, _draw(rng, n, sizes[0]), W, b, _draw(rng, n, sizes[-1])


def forward_cases(rng):
    """Return the networks as they stand before the forward pass."""
    return _with_float32({w: {"X": X, "W": W, "b": b} for w, X, W, b, _ in tables(rng)})


def backward_cases(rng):
    """Return ReLU networks after the forward pass; a Z in each hidden layer is exactly 0."""
    cases = {}
    for words, X, W, b, dZ in tables(rng):
        Z = [_draw(rng, len(X), len(bias)) for bias in b]
        for hidden in Z[:-1]:
            hidden[0, 0] = 0
        A = [X, *(np.maximum(hidden, 0) for hidden in Z[:-1])]
        cases[words] = {"dZ": dZ, "Z": Z, "A": A, "W": W}
    return _with_float32(cases)


def step_cases(rng):
    """Return tanh networks after the forward pass, without biases."""
    cases = {}
    for words, X, W, _, dZ in tables(rng):
        A = [X]
        for table in W[:-1]:
            A.append(np.tanh(A[-1] @ table))
        cases[words] = {"dZ": dZ, "A": A, "W": W, "learning_rate": 0.3}
    return _with_float32(cases)


def here(family):
    """Return a family's mistakes, told with the exercise's own place in this chapter."""
    return [replace(wrong, where="") for wrong in family]


def _draw(rng, *shape):
    return rng.standard_normal(shape).round(1)


def _with_float32(cases):
    *_, last = cases.values()
    cases["float32 numbers"] = mapped(
        last, lambda a: a.astype(np.float32) if isinstance(a, np.ndarray) else a
    )
    return [Case(words, arguments) for words, arguments in cases.items()]


LOOP, BEND = "One loop forward, one loop back", "A = np.maximum(Z[k], 0)"
FORWARD = Exercise(
    reference=forward_layers,
    returns=("Z",),
    cases_of=forward_cases,
    where=LOOP,
    hints=(
        "What goes into the first layer, and what into each one after it?",
        "Z[k] = A W[k] + b[k]. Begin with A = X; after each layer, A becomes max(0, Z[k]).",
        "`Z.append(A @ W[k] + b[k])`, and then `A = np.maximum(Z[k], 0)`",
    ),
    afterwards="The last Z is not bent. What your loop makes of it after that, nobody looks at.",
    wrong_answers=(
        *dense.bias("b[k]"),
        *here(dense.product("W[k]")),
        WrongAnswer("X into every layer", BEND, "A = X",
            "Every layer is given X. From the second on, each takes what the one before it made."),
        WrongAnswer("no bend", BEND, "A = Z[k]",
            "Nothing is bent between the layers, so all of them together are no more than one."),
        WrongAnswer("every Z bent", "Z.append(A @ W[k] + b[k])",
            "Z.append(np.maximum(A @ W[k] + b[k], 0))",
            "These are the values after the bend. Z is what goes into it."),
        WrongAnswer("last Z bent", "return Z", "return [*Z[:-1], np.maximum(Z[-1], 0)]",
            "The last Z is bent. It goes to the loss as it is."),
        WrongAnswer("last Z alone", "return Z", "return Z[-1]",
            "Only the last Z comes back. The way back needs all of them: return the list."),
        WrongAnswer("last layer left out", "range(len(W))", "range(len(W) - 1)",
            "The loop ends one layer too soon."),
        WrongAnswer("last layer first", "return Z", "return Z[::-1]",
            "The right tables, but the last layer's comes first."),
        WrongAnswer("one W for all", "W[k]", "W[0]",
            "Every layer uses the W of the first."),
        WrongAnswer("size for ReLU", BEND, "A = np.abs(Z[k])",
            "Negative numbers become positive between the layers. ReLU makes 0 of them."),
        WrongAnswer("upside down", BEND, "A = np.minimum(Z[k], 0)",
            "The bend keeps what is negative. ReLU keeps what is positive."),
    ),
)  # fmt: skip

BACK = "return dW, db"
BACKWARD = Exercise(
    reference=backward_layers,
    returns=("dW", "db"),
    cases_of=backward_cases,
    where=LOOP,
    hints=(
        "One thing is carried through the loop and changes in every layer. Which?",
        "dW = Aᵀ dZ, db = Σᵢ dZᵢ. Then dA = dZ Wᵀ, and the dZ before is dA where that Z > 0.",
        "`dZ = (dZ @ W[k].T) * (Z[k - 1] > 0)`, at the end of the loop, if k is not 0",
    ),
    afterwards="Ten layers or a thousand, this is all of it.",
    wrong_answers=(
        *here(dense.weights_gradient("dW", "A[k]", "dZ")[1:]),  # "transposed" is known anyway
        *here(dense.batch_sum("db", "dZ")),
        *here(dense.not_transposed("dA", "dZ", "W[k]")),
        *here(dense.mask("dA", "Z[k - 1]")),
        WrongAnswer("mask of the wrong layer", "dA * (Z[k - 1] > 0)", "dA * (Z[k] > 0)",
            "The mask comes from Z[k]. What was bent before it went into layer k is Z[k − 1]."),
        WrongAnswer("dZ not carried", "dZ = dA * (Z[k - 1] > 0)", "dA * (Z[k - 1] > 0)",
            "Every layer uses the dZ of the last. Carry it on: each layer makes a new one for the"
            " layer before."),
        *here([dense.averaged("1/n twice", BACK,
            "return [d / len(dZ) for d in dW], [d / len(dZ) for d in db]", "All of them are")]),
        WrongAnswer("last layer first", BACK, "return dW[::-1], db[::-1]",
            "The right tables, but the last layer's come first: the loop goes backward, and each"
            " result belongs at its own place."),
        WrongAnswer("dW, last layer first", "dW.insert(0, ", "dW.append(",
            "In dW the last layer's table comes first. Each belongs at its own place."),
        WrongAnswer("first layer left out", "range(len(W))", "range(1, len(W))",
            "The loop ends before layer 1. A[0] is X, and W[0] has a gradient too."),
    ),
)  # fmt: skip

SLOPE = "(1 - A[k] ** 2)"
DEEP_STEP = Exercise(
    reference=deep_step,
    returns=("W",),
    cases_of=step_cases,
    where=LOOP,
    hints=(
        "A[k] has been through tanh already. What is tanh's slope, when you hold its value?",
        "On to the layer before: dZ Wᵀ ⊙ (1 − A²), with the W that went forward, not a new one.",
        "`return version_c(dZ, A, W, learning_rate)`",
    ),
    afterwards="Both others would have trained, only worse. A gradient check tells.",
    wrong_answers=(
        WrongAnswer("gradient through the new W", "dZ @ W[k].T", "dZ @ stepped[0].T",
            "The gradient is sent on through the new W. The values went forward through the old"
            " one: finish the loop before you step."),
        WrongAnswer("slope at A", SLOPE, "(1 - np.tanh(A[k]) ** 2)",
            "tanh is taken twice in the slope. A[k] is tanh of Z already, so the slope is 1 − A²."),
        WrongAnswer("slope left out", f" * {SLOPE}", "",
            "The gradient goes through as if there were no bend. Multiply by tanh's slope."),
        WrongAnswer("ReLU's slope", SLOPE, "(A[k] > 0)",
            "This is ReLU's slope, 1 or 0. These layers have tanh: 1 − A²."),
        WrongAnswer("sigmoid's slope", SLOPE, "(A[k] * (1 - A[k]))",
            "This is the sigmoid's slope, A (1 − A). These layers have tanh: 1 − A²."),
        WrongAnswer("value for slope", SLOPE, "A[k]",
            "The gradient is multiplied by tanh's value. Its slope is asked for: 1 − A²."),
        *here(dense.not_transposed("dA", "dZ", "W[k]")),
        WrongAnswer("step uphill", "W[k] - learning_rate", "W[k] + learning_rate",
            "The weights move along their gradients, uphill. The loss falls the other way."),
        WrongAnswer("learning rate forgotten", "learning_rate * A", "A",
            "The weights move by the whole gradient. The learning rate shortens the step."),
        WrongAnswer("1/n twice", "learning_rate * A", "learning_rate / len(dZ) * A",
            "The step is divided by n. The loss is a mean, so 1/n came with dZ already."),
        WrongAnswer("last layer first", "return stepped", "return stepped[::-1]",
            "The right tables, but the last layer's comes first."),
        WrongAnswer("no step", "return stepped", "return [w.copy() for w in W]",
            "The weights come back as they were."),
    ),
)  # fmt: skip
