"""Toys of batch norm: two examples at least, evaluation, what is kept for it, the way back."""

import numpy as np

from backprop_lib.checks.exercise import WrongAnswer
from backprop_lib.checks.families import batch_norm, dense
from backprop_lib.checks.inputs import AT_LEAST_TWO
from tests.checks.toys.spec import toy


def batch_norm_pass(X, gamma, beta, running_mean, running_variance, training, *, epsilon=1e-5):
    momentum = 0.1
    if training:
        n, mean = len(X), X.mean(axis=0)
        variance = ((X - mean) ** 2).sum(axis=0) / n
        running_mean[:] = running_mean + momentum * (mean - running_mean)
        running_variance[:] = running_variance + momentum * (variance - running_variance)
    else:
        mean, variance = running_mean, running_variance
    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta


def batch_norm_evaluate_forward(X, gamma, beta, mean, variance, *, epsilon=1e-5):
    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta


def batch_norm_backward(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    n = len(dH)
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    dX = gamma / np.sqrt(variance + epsilon) * (dH - dbeta / n - X_hat * dgamma / n)
    return dX, dgamma, dbeta


def of_a_batch(given):
    X = given["X"]
    variance = X.var(axis=0)
    return given | {"X_hat": (X - X.mean(axis=0)) / np.sqrt(variance + 1e-5), "variance": variance}


UNITS = {"gamma": "q", "beta": "q", "running_mean": "q", "running_variance": "positive q"}
BATCH_NORM = toy(
    batch_norm_pass, "H", updates=("running_mean", "running_variance"), sizes=AT_LEAST_TWO,
    shapes={"X": "n q"} | UNITS, settings={"training": (True, False), "epsilon": (1e-5, 0.5)},
    extremes={"X": (0.0, 1.0, 100.0)}, steps=3,
    wrong_answers=(
        *batch_norm.root(),
        batch_norm.biased("sum(axis=0) / n", "sum(axis=0) / (n - 1)"),
        *batch_norm.running("running_mean", "mean"),
        *batch_norm.running("running_variance", "variance"),
        batch_norm.running_variance(
            "(variance - running_variance)", "(variance * n / (n - 1) - running_variance)", "biased"
        ),
        batch_norm.batch_statistics("mean, variance = running_mean, running_variance",
            mean="running_mean", variance="running_variance"),
        WrongAnswer("running statistics in training too", "gamma * (X - mean)",
            "gamma * (X - running_mean)", "Running ones."),
    ),
)  # fmt: skip
EVALUATION = toy(
    batch_norm_evaluate_forward, "H", settings={"epsilon": (1e-5, 0.5)},
    shapes={"X": "n p", "gamma": "p", "beta": "p", "mean": "p", "variance": "positive p"},
    wrong_answers=(
        batch_norm.batch_statistics("(X - mean) / np.sqrt(variance + epsilon)"),
        *batch_norm.root(),
    ),
)  # fmt: skip
BATCH_NORM_BACK = toy(
    batch_norm_backward, "dX", "dgamma", "dbeta", sizes=AT_LEAST_TWO, together=of_a_batch,
    shapes={"dH": "n p", "X": "n p", "gamma": "p"}, extremes={"X": (0.0, 1.0, 1e-6)},
    wrong_answers=(
        *batch_norm.root(), *batch_norm.roads(" - dbeta / n", " - X_hat * dgamma / n"),
        *dense.batch_sum("dbeta", "dH"),
    ),
)  # fmt: skip
