"""Chapter 06, training against evaluation: what is kept, what is used, and where they get mixed."""

from dataclasses import replace

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import batch_norm, dense

EPSILON = 1e-5
SIZES = {  # examples and units of a training batch
    "4 examples": (4, 3),
    "2 examples": (2, 2),
    "more units than examples": (3, 5),
    "1 unit": (5, 1),
}


def update_running_statistics(running_mean, running_variance, X, momentum):
    """running ← running + momentum · (batch − running), with the batch's unbiased variance."""
    n = len(X)
    mean = X.sum(axis=0) / n
    variance = ((X - mean) ** 2).sum(axis=0) / (n - 1)
    running_mean = running_mean + momentum * (mean - running_mean)
    running_variance = running_variance + momentum * (variance - running_variance)
    return running_mean, running_variance


def batch_norm_evaluate_forward(X, gamma, beta, mean, variance, *, epsilon=EPSILON):
    """H = γ ⊙ (X − mean) / √(variance + ε) + β, with the running mean and variance."""
    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta


def batch_norm_evaluate_backward(dH, X, gamma, mean, variance, *, epsilon=EPSILON):
    """dX = γ/s ⊙ dH, dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ, with constant mean and s."""
    s = np.sqrt(variance + epsilon)
    X_hat = (X - mean) / s
    dX = gamma / s * dH
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    return dX, dgamma, dbeta


def batches(rng):
    """Return batches of two examples at least, in several shapes."""
    drawn = {words: batch(rng, *sizes) for words, sizes in SIZES.items()}
    drawn["float32 numbers"] = as_float32(batch(rng, 3, 3))
    drawn["extreme numbers"] = batch(rng, 6, 3) | {"X": rng.choice([-1e6, 0.0, 1e6], (6, 3))}
    drawn["units that never change"] = batch(rng, 4, 2) | {"X": np.tile([2.0, -3.0], (4, 1))}
    momenta = (0.1, 0.3, 0.9, 0.2, 0.1, 0.3, 0.1)
    return [
        Case(words, arguments | {"momentum": momentum})
        for (words, arguments), momentum in zip(drawn.items(), momenta, strict=True)
    ]


def batch(rng, n, p):
    """Return running statistics, and a batch that is quite different."""
    return {
        "running_mean": rng.standard_normal(p).round(1) + 3,
        "running_variance": rng.uniform(0.5, 2, p).round(1),
        "X": rng.standard_normal((n, p)).round(1),
    }


def as_float32(arrays):
    """Return the same arrays as float32."""
    return {name: array.astype(np.float32) for name, array in arrays.items()}


def here(wrong_answers):
    """Return wrong answers that other chapters explain, to be looked up in this one."""
    return tuple(replace(wrong, where="") for wrong in wrong_answers)


PLACE = "One example alone: evaluation"
UNBIASED = "((X - mean) ** 2).sum(axis=0) / (n - 1)"
RUNNING = Exercise(
    reference=update_running_statistics,
    returns=("running_mean", "running_variance"),
    cases_of=batches,
    where=PLACE,
    hints=(
        "Which of the two variances tells of the data rather than of this batch?",
        "running + momentum · (batch − running), for both; the batch's variance divided by n − 1.",
        "`running_mean + momentum * (mean - running_mean)`",
    ),
    afterwards="After ten such steps at momentum 0.1, a third of the starting values is left.",
    wrong_answers=(
        batch_norm.running_variance(UNBIASED, "((X - mean) ** 2).sum(axis=0) / n"),
        *batch_norm.running("running_mean", "mean"),
        *batch_norm.running("running_variance", "variance"),
        WrongAnswer("momentum swapped in both",
            "    running_mean = ", "    momentum = 1 - momentum\n    running_mean = ",
            "Past and present have changed places in both: here momentum is the share of the new"
            " batch, as in PyTorch. Keras counts the other way."),
        WrongAnswer("standard deviation for variance", UNBIASED,
            "np.sqrt(((X - mean) ** 2).sum(axis=0) / (n - 1))",
            "The root of the batch's variance is kept. The variance itself is to be kept."),
        WrongAnswer("squares not centred", "((X - mean) ** 2)", "(X**2)",
            "The squares of X itself are averaged. The variance is about the mean: X − mean."),
        WrongAnswer("about the running mean", "((X - mean) ** 2)", "((X - running_mean) ** 2)",
            "The squares are taken about the running mean. This batch's variance is about its own"
            " mean."),
        WrongAnswer("over the units", "X.sum(axis=0) / n", "X.mean(axis=1)[0] + 0 * X[0]",
            "The mean goes over the units of an example. Take it over the examples: axis 0."),
        WrongAnswer("added up", "momentum * (mean - running_mean)", "momentum * mean",
            "running_mean only grows: nothing of the past is let go. Go a part of the way to the"
            " batch: momentum · (batch − running)."),
    ),
)  # fmt: skip

DRAWN = {"gamma": "p", "beta": "p", "mean": "p", "variance": "positive p"}
LINE = "(X - mean) / np.sqrt(variance + epsilon)"
EVALUATION = Exercise(
    reference=batch_norm_evaluate_forward,
    returns=("H",),
    shapes={"X": "n p"} | DRAWN,
    settings={"epsilon": (EPSILON, 0.5)},
    where=PLACE,
    hints=(
        "Whose mean and variance are these, and does any row of X change them?",
        "H = γ ⊙ (X − mean) / √(variance + ε) + β, all of it with what is given.",
        "`gamma * (X - mean) / np.sqrt(variance + epsilon) + beta`",
    ),
    afterwards="A straight line for each unit. One example or a thousand, it makes no difference.",
    wrong_answers=(
        batch_norm.batch_statistics(LINE),
        *batch_norm.root(),
        WrongAnswer("batch mean in evaluation", "(X - mean)", "(X - X.mean(axis=0))",
            "The mean of this batch is taken away. In evaluation the running one stands in."),
        WrongAnswer("mean not taken away", "(X - mean)", "X", "The mean is still there."),
        WrongAnswer("γ forgotten", "gamma * ", "", "γ is missing: multiply X̂ by it."),
        WrongAnswer("β forgotten", " + beta", "", "β is missing: add it at the end."),
        WrongAnswer("γ and β swapped", f"gamma * {LINE} + beta", f"beta * {LINE} + gamma",
            "γ and β have changed places. γ multiplies, β is added."),
        WrongAnswer("γ divided", "gamma * ", "1 / gamma * ", "It is divided by γ. Multiply."),
        WrongAnswer("mean added", "(X - mean)", "(X + mean)",
            "The mean is added. It is to be taken away."),
    ),
)  # fmt: skip

EVALUATE_BACK = Exercise(
    reference=batch_norm_evaluate_backward,
    returns=("dX", "dgamma", "dbeta"),
    shapes={"dH": "n p", "X": "n p"} | {k: v for k, v in DRAWN.items() if k != "beta"},
    settings={"epsilon": (EPSILON, 0.5)},
    where=PLACE,
    hints=(
        "In evaluation, does moving one example move the mean or the variance?",
        "dX = γ/s ⊙ dH with s = √(variance + ε). dγ and dβ as ever, with X̂ from what is given.",
        "`dX = gamma / np.sqrt(variance + epsilon) * dH`",
    ),
    afterwards="Here the short line, dX = dX̂/s, is right.",
    wrong_answers=(
        WrongAnswer("training's way back", "gamma / s * dH",
            "gamma / s * (dH - dH.mean(axis=0) - X_hat * (dH * X_hat).mean(axis=0))",
            "This is the way back of training. Mean and variance are constants here: no example"
            " moves them, so these paths are closed."),
        WrongAnswer("mean path kept", "gamma / s * dH", "gamma / s * (dH - dH.mean(axis=0))",
            "The path through the mean is still there. The mean is a constant here."),
        WrongAnswer("batch statistics in evaluation", "X_hat = (X - mean) / s",
            "X_hat = (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + epsilon)",
            "X̂ is made with mean and variance of this batch. In evaluation the running ones stand"
            " in for them."),
        *batch_norm.root(),
        WrongAnswer("γ forgotten", "gamma / s * dH", "dH / s",
            "γ is missing in dX. It stands between X̂ and H."),
        WrongAnswer("s forgotten", "gamma / s * dH", "gamma * dH",
            "dX is not divided by s, though X was."),
        WrongAnswer("X for X̂", "dH * X_hat", "dH * X",
            "dγ is made with X. γ multiplied X̂."),
        WrongAnswer("wrong axis in dγ", "(dH * X_hat).sum(axis=0)", "(dH * X_hat).sum(axis=1)",
            "For dγ the units are summed. There is one γ for each unit: sum over the examples."),
        *here(dense.batch_sum("dbeta", "dH")),
    ),
)  # fmt: skip
