"""Toys with a number beside an array, with labels, and with logits of any size."""

import numpy as np

from backprop_lib.checks.exercise import WrongAnswer
from backprop_lib.checks.families import softmax as mistakes
from tests.checks.toys.spec import toy


def softmax(Z):
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy_forward(Z, Y):
    n = len(Y)
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    return -log_P[np.arange(n), Y].sum() / n, P


def softmax_backward(dP, Z):
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = powers / powers.sum(axis=1, keepdims=True)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


def softmax_cross_entropy_backward(P, Y):
    dZ = P.copy()
    dZ[np.arange(len(Y)), Y] -= 1
    return dZ / len(Y)


def binary_cross_entropy_forward(Z, Y):
    small = np.exp(-np.abs(Z))
    losses = np.maximum(Z, 0) - Z * Y + np.log1p(small)
    return losses.sum() / Z.size, np.where(Z > 0, 1, small) / (1 + small)


LOGITS = (0.0, 1000.0, -1000.0, 30.0, -30.0, 1.0)
SOFTMAX = toy(
    softmax, "P", shapes={"Z": "n K"}, extremes={"Z": LOGITS}, quiet=True,
    wrong_answers=(
        *mistakes.shift("Z", "Z - Z.max(axis=1, keepdims=True)"),
        *mistakes.row_sum("powers", "powers.sum(axis=1, keepdims=True)"),
    ),
)  # fmt: skip
CROSS_ENTROPY = toy(
    softmax_cross_entropy_forward, "loss", "P", shapes={"Z": "n K", "Y": "labels n"},
    extremes={"Z": LOGITS}, quiet=True,
    wrong_answers=(
        mistakes.log_of_zero("-log_P[np.arange(n), Y]", "-np.log(P)[np.arange(n), Y]"),
        *mistakes.batch_mean("-log_P[np.arange(n), Y].sum() / n", "n",
            "-log_P[np.arange(n), Y].sum()"),
        *mistakes.shift("Z", "Z - Z.max(axis=1, keepdims=True)"),
    ),
)  # fmt: skip
BINARY = toy(
    binary_cross_entropy_forward, "loss", "P", shapes={"Z": "n q", "Y": "chances n q"},
    extremes={"Z": LOGITS}, quiet=True,
    wrong_answers=(
        *mistakes.batch_mean("losses.sum() / Z.size", "Z.size", "losses.sum()"),
        WrongAnswer("loss from P", "np.log1p(small)", "np.log(1 + small) * 0", "Not small."),
    ),
)  # fmt: skip
SOFTMAX_BACK = toy(
    softmax_backward, "dZ", shapes={"dP": "n K", "Z": "n K"}, extremes={"Z": LOGITS}, quiet=True,
    wrong_answers=(
        WrongAnswer("diagonal only", "(dP * P).sum(axis=1, keepdims=True)", "dP * P", "A row."),
    ),
)  # fmt: skip
LABELS_BACK = toy(
    softmax_cross_entropy_backward, "dZ", shapes={"P": "chances n K", "Y": "labels n"},
    extremes={"P": (0.0, 1.0, 0.5)},
    wrong_answers=(WrongAnswer("1/n forgotten", "dZ / len(Y)", "dZ", "Too long."),),
)  # fmt: skip
