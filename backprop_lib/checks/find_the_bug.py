"""Chapter 03, find the bug: a network's way back, what goes wrong in it, and where to look."""

from dataclasses import replace

import numpy as np

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families.dense import batch_sum, not_transposed, on_its_side


def network_gradients(X, Y, W1, b1, W2, b2):
    """Go forward through dense, tanh, dense, softmax and the mean loss, and back."""
    n = len(X)
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    powers = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    dZ2 = powers / powers.sum(axis=1, keepdims=True)
    dZ2[np.arange(n), Y] -= 1
    dZ2 /= n
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (1 - A1**2)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    return dW1, db1, dW2, db2


def here(*families):
    """Return wrong answers that other chapters explain, to be looked up in this one."""
    return tuple(replace(wrong, where="") for family in families for wrong in family)


SLOPE = "dA1 * (1 - A1**2)"
NETWORK = Exercise(
    reference=network_gradients,
    returns=("dW1", "db1", "dW2", "db2"),
    shapes={"X": "n p", "Y": "labels n", "W1": "p h", "b1": "h", "W2": "h K", "b2": "K"},
    extremes={"b2": (1000.0, -1000.0, 0.0), "W2": (2000.0, -2000.0, 500.0)},
    where="Find the bug",
    hints=(
        "Going from the end to the start, which of the four gradients is the first to be wrong?",
        "dZ2 = (P − onehot(Y)) / n, with 1/n nowhere else; db sums dZ; tanh's slope is 1 − A².",
        "`db2 = dZ2.sum(axis=0)`, `dZ1 = dA1 * (1 - A1**2)`, `dW1 = X.T @ dZ1`",
    ),
    afterwards="Three bugs, and every shape was right. With a small learning rate it trained.",
    wrong_answers=(
        WrongAnswer("mean for sum in db2", "db2 = dZ2.sum(axis=0)", "db2 = dZ2.mean(axis=0)",
            "db2 is a mean over the examples, n times too short. dZ2 holds 1/n already: sum."),
        WrongAnswer("slope at A", SLOPE, "dA1 * (1 - np.tanh(A1) ** 2)",
            "The slope is taken at A1, which is a tanh already, so tanh is applied twice. 1 − A1²"
            " is the slope at Z1."),
        WrongAnswer("1/n twice in dW1", "X.T @ dZ1", "X.T @ dZ1 / n",
            "dW1 is divided by n once more. 1/n came with dZ2, and stands nowhere else."),
        WrongAnswer("mean for sum in db1", "db1 = dZ1.sum(axis=0)", "db1 = dZ1.mean(axis=0)",
            "db1 is a mean over the examples, n times too short. dZ1 holds 1/n already: sum."),
        WrongAnswer("1/n twice in dW2", "A1.T @ dZ2", "A1.T @ dZ2 / n",
            "dW2 is divided by n once more. 1/n came with dZ2, and stands nowhere else."),
        WrongAnswer("1/n forgotten", "dZ2 /= n", "pass",
            "All four are n times too long: the loss is a mean, and its 1/n is missing."),
        WrongAnswer("1/n in the wrong place", "dZ2 /= n", "dZ2 /= dZ2.shape[1]",
            "dZ2 is divided by the number of classes. The loss is a mean over the examples."),
        WrongAnswer("slope left out", SLOPE, "dA1.copy()",
            "The slope of tanh is left out: the gradient goes through as if there were no bend."),
        WrongAnswer("slope at Z", SLOPE, "dA1 * (1 - Z1**2)",
            "The slope of tanh is 1 − A². Here it is 1 − Z²."),
        WrongAnswer("root of the slope", SLOPE, "dA1 * (1 - A1)",
            "The slope of tanh is 1 − A², here it is 1 − A."),
        WrongAnswer("slope of the sigmoid", SLOPE, "dA1 * A1 * (1 - A1)",
            "A (1 − A) is the slope of the sigmoid. This is tanh: 1 − A²."),
        WrongAnswer("mask of ReLU", SLOPE, "dA1 * (Z1 > 0)",
            "This is ReLU's slope. The activation is tanh: 1 − A²."),
        WrongAnswer("dW2 from Z1", "A1.T @ dZ2", "Z1.T @ dZ2",
            "dW2 is made with Z1, from before the bend. The second layer was given A1."),
        WrongAnswer("dW1 from dA1", "X.T @ dZ1", "X.T @ dA1",
            "dW1 is made with dA1. The bend lies between A1 and W1: take dZ1."),
        *here(
            not_transposed("dA1", "dZ2", "W2"),
            batch_sum("db1", "dZ1"),
            batch_sum("db2", "dZ2"),
            [on_its_side("dW1", "X.T @ dZ1", "dZ1.T @ X")],
            [on_its_side("dW2", "A1.T @ dZ2", "dZ2.T @ A1")],
        ),
        WrongAnswer("no max-shift", "Z2 - Z2.max(axis=1, keepdims=True)", "Z2",
            "On the way forward Z2 is not shifted, and e^1000 is more than a float holds. The"
            " `forward` that is given does it: call that."),
        WrongAnswer("layers swapped", "return dW1, db1, dW2, db2", "return dW2, db2, dW1, db1",
            "The right arrays, but the second layer's come first."),
    ),
)
