"""Chapter 02, back through layers: two exercises, what goes wrong in them, where to look again."""

import numpy as np

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families.dense import (
    averaged,
    batch_sum,
    mask,
    not_transposed,
    on_its_side,
)


def two_layer_backward(dZ2, X, Z1, A1, W2):
    """dW2 = A1ᵀ dZ2, dA1 = dZ2 W2ᵀ, dZ1 = dA1 ⊙ 1[Z1 > 0], dW1 = Xᵀ dZ1; db sums dZ."""
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    return dW1, db1, dW2, db2


def dense_relu_step(dA, Z, X, W, b, learning_rate):
    """All gradients of A = max(0, X W + b) first; then one step down for W and b."""
    dZ = dA * (Z > 0)
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, W - learning_rate * dW, b - learning_rate * db


def with_activation(arguments):
    """Let A1 follow from Z1."""
    return arguments | {"A1": np.maximum(arguments["Z1"], 0)}


def with_value(arguments):
    """Let Z follow from X, W and b, and add a learning rate."""
    Z = arguments["X"] @ arguments["W"] + arguments["b"]
    return arguments | {"Z": Z, "learning_rate": 0.1}


TWO_LAYERS = Exercise(
    reference=two_layer_backward,
    returns=("dW1", "db1", "dW2", "db2"),
    shapes={"dZ2": "n q", "X": "n p", "Z1": "n h", "A1": "n h", "W2": "h q"},
    extremes={"Z1": (0.0, 1e-300, -1e-300, 0.5, -0.5, 3.0, -3.0)},
    together=with_activation,
    where="Two layers back",
    hints=(
        "Which value stands between the two layers, and which gradient must you have there?",
        "dW2 = A1ᵀ dZ2; dA1 = dZ2 W2ᵀ; dZ1 = dA1 ⊙ 1[Z1 > 0]; dW1 = Xᵀ dZ1. Each db sums its dZ.",
        "`dZ1 = (dZ2 @ W2.T) * (Z1 > 0)`, and then `dW1 = X.T @ dZ1`",
    ),
    afterwards="dX was not asked for. The data stay as they are, so nobody needs it.",
    wrong_answers=(
        *mask("dA1", "Z1"),
        *not_transposed("dA1", "dZ2", "W2"),
        *batch_sum("db1", "dZ1"),
        *batch_sum("db2", "dZ2"),
        WrongAnswer("dW2 from Z1", "A1.T @ dZ2", "Z1.T @ dZ2",
            "dW2 is made with Z1, from before the bend. The second layer was given A1."),
        on_its_side("dW2", "A1.T @ dZ2", "dZ2.T @ A1"),
        on_its_side("dW1", "X.T @ dZ1", "dZ1.T @ X"),
        WrongAnswer("dW1 from dA1", "X.T @ dZ1", "X.T @ dA1",
            "dW1 is made with dA1. The bend lies between A1 and W1: take dZ1."),
        WrongAnswer("db1 from dA1", "dZ1.sum(axis=0)", "dA1.sum(axis=0)",
            "db1 is made with dA1. The bend lies between A1 and b1: take dZ1."),
        WrongAnswer("dW1 from dZ2", "X.T @ dZ1", "X.T @ dZ2",
            "dW1 is made with dZ2, the gradient at the other layer. Take dZ1."),
        WrongAnswer("db1 from dZ2", "dZ1.sum(axis=0)", "dZ2.sum(axis=0)",
            "db1 is made with dZ2, the gradient at the other layer. Take dZ1."),
        averaged("1/n twice", "return dW1, db1, dW2, db2",
            "return dW1 / len(X), db1 / len(X), dW2 / len(X), db2 / len(X)", "All four are", "dZ2"),
        WrongAnswer("layers swapped", "return dW1, db1, dW2, db2", "return dW2, db2, dW1, db1",
            "The right arrays, but the second layer's come first."),
    ),
)

STEPS = "W - learning_rate * dW, b - learning_rate * db"
STEP = Exercise(
    reference=dense_relu_step,
    returns=("dX", "W", "b"),
    shapes={"dA": "n q", "Z": "n q", "X": "n p", "W": "p q", "b": "q"},
    extremes={"X": (0.0,), "b": (0.0, 1.0)},
    together=with_value,
    where="All gradients first, then the step",
    hints=(
        "dX says what X did to the loss. Through which W did X go: the old one or the new one?",
        "First dZ = dA ⊙ 1[Z > 0], dX = dZ Wᵀ, dW = Xᵀ dZ, db = Σᵢ dZᵢ; W and b move after that.",
        "`dX = dZ @ W.T` above `W = W - learning_rate * dW`",
    ),
    afterwards="A step taken too early leaves every shape right: only the numbers tell.",
    wrong_answers=(
        WrongAnswer("dX after the step", "dZ @ W.T", "dZ @ (W - learning_rate * X.T @ dZ).T",
            "dX is made with the new W. The values went forward through the old one."),
        WrongAnswer("db from dA", "dZ.sum(axis=0)", "dA.sum(axis=0)",
            "b moves by the sum of dA. The bend lies between A and b: sum dZ.",
            "Back through the bend"),
        WrongAnswer("dW from dA", "X.T @ dZ", "X.T @ dA",
            "W moves by a gradient made with dA. The bend lies between A and W: take dZ.",
            "Back through the bend"),
        WrongAnswer("dX from dA", "dZ @ W.T", "dA @ W.T",
            "dX is made with dA. The bend lies between A and X: take dZ.",
            "Back through the bend"),
        *mask("dA", "Z"),
        *not_transposed("dX", "dZ", "W"),
        *batch_sum("db", "dZ"),
        averaged("1/n twice", STEPS,
            "W - learning_rate / len(X) * dW, b - learning_rate / len(X) * db",
            "The step is", "dA"),
        WrongAnswer("step uphill", STEPS, "W + learning_rate * dW, b + learning_rate * db",
            "W and b move along their gradients, uphill. The loss falls the other way."),
        WrongAnswer("learning rate forgotten", STEPS, "W - dW, b - db",
            "W and b move by the whole gradient. The learning rate shortens the step."),
        WrongAnswer("no step", STEPS, "W.copy(), b.copy()",
            "W and b come back as they were."),
        WrongAnswer("gradients for parameters", STEPS, "dW, db",
            "dW and db come back. What W and b are after the step is asked for."),
        WrongAnswer("W and b changed in place", STEPS,
            "np.subtract(W, learning_rate * dW, out=W), np.subtract(b, learning_rate * db, out=b)",
            "W and b themselves are overwritten, as `W -= …` does. Here the caller's stay as they"
            " are: write `W = W - …`."),
    ),
)
