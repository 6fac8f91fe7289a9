"""Chapter 06, the way back through a batch and through a row: what is right, what goes wrong."""

from dataclasses import replace

import numpy as np

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families import batch_norm, dense
from backprop_lib.checks.inputs import AT_LEAST_TWO

EPSILON = 1e-5


def two_at_least(batch):
    """Return n; a ValueError for one example, which is then not shown as the smallest case."""
    if len(batch) < 2:
        raise ValueError("a batch of one cannot be trained on")
    return len(batch)


def batch_norm_stages(dH, X_hat, centred, s, gamma):
    """Go back through each of the nine steps, from H to X, and return every gradient on the way."""
    n = two_at_least(dH)
    dbeta = dH.sum(axis=0)
    dgamma = (dH * X_hat).sum(axis=0)
    dX_hat = dH * gamma
    dinverse = (dX_hat * centred).sum(axis=0)
    ds = -dinverse / s**2
    dvariance = ds / (2 * s)
    dcentred = dX_hat / s + 2 * centred * dvariance / n
    dmean = -dcentred.sum(axis=0)
    dX = dcentred + dmean / n
    return dbeta, dgamma, dX_hat, dinverse, ds, dvariance, dcentred, dmean, dX


def batch_norm_backward(dH, X_hat, variance, gamma, *, epsilon=EPSILON):
    """dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ, dX = γ/s ⊙ (dH − dβ/n − X̂ ⊙ dγ/n)."""
    n = two_at_least(dH)
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    dX = gamma / np.sqrt(variance + epsilon) * (dH - dbeta / n - X_hat * dgamma / n)
    return dX, dgamma, dbeta


def layer_norm_backward(dH, X_hat, variance, gamma, *, epsilon=EPSILON):
    """dX = (dX̂ − mean(dX̂) − X̂ ⊙ mean(dX̂ ⊙ X̂)) / s, with dX̂ = dH ⊙ γ and means over a row."""
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    dX_hat = dH * gamma
    mean = dX_hat.mean(axis=1, keepdims=True)
    along = (dX_hat * X_hat).mean(axis=1, keepdims=True)
    s = np.sqrt(variance + epsilon)[:, None]
    dX = (dX_hat - mean - X_hat * along) / s
    return dX, dgamma, dbeta


def of_a_batch(given):
    """Add what the way forward keeps: X̂, X − mean, the variance and its root."""
    X = given["X"]
    centred, variance = X - X.mean(axis=0), X.var(axis=0)
    s = np.sqrt(variance + EPSILON)
    X_hat = centred / np.sqrt(variance + given.get("epsilon", EPSILON))
    return given | {"X_hat": X_hat, "centred": centred, "variance": variance, "s": s}


def of_rows(given):
    """Add what layer norm keeps on its way forward: X̂, and the variance of each row."""
    X, epsilon = given["X"], given["epsilon"]
    variance = X.var(axis=1)
    X_hat = (X - X.mean(axis=1, keepdims=True)) / np.sqrt(variance + epsilon)[:, None]
    return given | {"X_hat": X_hat, "variance": variance}


def sums(name, right):
    """Return what can go wrong in `right`, dH times X̂ summed over the examples."""
    return (
        WrongAnswer("X̂ forgotten in dγ", right, "dH.sum(axis=0) + 0",
            "dγ is the sum of dH alone. γ multiplied X̂, so each example's part is dH times its"
            " X̂."),
        WrongAnswer("wrong axis in dγ", right, "(dH * X_hat).sum(axis=1)",
            "For dγ the units are summed. There is one γ for each unit: sum over the examples."),
        *(replace(wrong, where="") for wrong in dense.batch_sum(name, "dH")),
    )  # fmt: skip


DRAWN = {"dH": "n p", "X": "n p", "gamma": "p"}
AROUND = "dX_hat / s + 2 * centred * dvariance / n"
STAGES = Exercise(
    reference=batch_norm_stages,
    returns=("dbeta", "dgamma", "dX_hat", "dinverse", "ds", "dvariance", "dcentred", "dmean", "dX"),
    shapes=DRAWN,
    together=of_a_batch,
    sizes=AT_LEAST_TWO,
    where="Back in nine small steps",
    hints=(
        "Which two values are used twice on the way forward, so that two gradients meet in them?",
        "centred is, by X̂ and squares; X is, by centred and mean. A mean hands back 1/n to each.",
        "`dcentred = dX_hat / s + 2 * centred * dvariance / n`",
    ),
    afterwards="No step was more than school knows. The whole is what the next exercise shortens.",
    wrong_answers=(
        *sums("dbeta", "(dH * X_hat).sum(axis=0)"),
        WrongAnswer("γ forgotten", "dH * gamma", "dH.copy()",
            "dX̂ is dH as it came. On the way forward X̂ was multiplied by γ."),
        WrongAnswer("dinverse not summed", "(dX_hat * centred).sum(axis=0)", "dX_hat * centred",
            "dinverse has a row for each example. 1/s was copied into all rows, so sum them."),
        WrongAnswer("dinverse from X̂", "dX_hat * centred", "dX_hat * X_hat",
            "1/s multiplied X − mean, which is called centred. Here dX̂ is multiplied by X̂."),
        WrongAnswer("sign of 1/s", "-dinverse / s**2", "dinverse / s**2",
            "The slope of 1/s is −1/s²: if s grows, 1/s falls. The minus is missing."),
        WrongAnswer("square of s forgotten", "-dinverse / s**2", "-dinverse / s",
            "The slope of 1/s is −1/s². Here it is −1/s."),
        WrongAnswer("half of the root forgotten", "ds / (2 * s)", "ds / s",
            "The slope of √v is 1/(2√v). The 2 is missing."),
        WrongAnswer("root's slope upside down", "ds / (2 * s)", "ds * 2 * s",
            "The slope of √v is 1/(2√v). Here it stands upside down."),
        WrongAnswer("two of the square forgotten", "2 * centred * dvariance",
            "centred * dvariance",
            "The slope of a square is twice the number. The 2 is missing."),
        WrongAnswer("1/n forgotten in the variance", "dvariance / n", "dvariance",
            "The variance is a mean over n squares, so each square has a part of 1/n in it."),
        WrongAnswer("overwritten instead of added", AROUND, "2 * centred * dvariance / n",
            "In dcentred only the part through the variance is left. centred was used twice: add"
            " both parts."),
        WrongAnswer("variance path dropped", AROUND, "dX_hat / s",
            "The path through the variance is missing in dcentred. centred was used twice: add both"
            " parts."),
        WrongAnswer("sign of dmean", "-dcentred.sum(axis=0)", "dcentred.sum(axis=0)",
            "The mean was taken away, so its gradient has a minus."),
        WrongAnswer("mean path dropped", "dcentred + dmean / n", "dcentred.copy()",
            "The path through the mean is missing in dX. Each example moves the mean, and so all"
            " the others."),
        WrongAnswer("1/n forgotten in the mean", "dcentred + dmean / n", "dcentred + dmean",
            "Each example has a part of 1/n in the mean, so it gets that part of dmean."),
    ),
)  # fmt: skip

S, WHOLE = "np.sqrt(variance + epsilon)", "return dX, dgamma, dbeta"
BACKWARD = Exercise(
    reference=batch_norm_backward,
    returns=("dX", "dgamma", "dbeta"),
    shapes=DRAWN,
    settings={"epsilon": (EPSILON, 0.5)},
    together=of_a_batch,
    sizes=AT_LEAST_TWO,
    where="The closed form",
    hints=(
        "Three paths lead from an example to the loss. Through which do its neighbours notice?",
        "dX = γ/s ⊙ (dH − dβ/n − X̂ ⊙ dγ/n), with s = √(variance + ε).",
        "`gamma / np.sqrt(variance + epsilon) * (dH - dbeta / n - X_hat * dgamma / n)`",
    ),
    afterwards="Nine steps in one line. Both are right, so each is a test of the other.",
    wrong_answers=(
        *batch_norm.roads(" - dbeta / n", " - X_hat * dgamma / n"),
        WrongAnswer("both paths dropped", " - dbeta / n - X_hat * dgamma / n", "",
            "This is dX̂ / √(σ² + ε), as if mean and variance were constants. They are, in"
            " evaluation. In training every example moves them.", "The short line"),
        WrongAnswer("γ forgotten", "dX = gamma / ", "dX = 1 / ",
            "γ is missing in dX. It stands between X̂ and H, on every path."),
        *batch_norm.root(),
        WrongAnswer("sum for mean through the mean", "dbeta / n", "dbeta",
            "The whole sum of dH is taken away. An example has a part of 1/n in the mean."),
        WrongAnswer("sum for mean through the variance", "dgamma / n", "dgamma",
            "The whole dγ is taken. An example has a part of 1/n in the variance."),
        WrongAnswer("one mean for all units", "dbeta / n", "dH.mean()",
            "All units share one mean of dH. Each has its own: take it over the examples alone."),
        WrongAnswer("divided by n − 1", "dgamma / n", "dgamma / (n - 1)",
            "On the path through the variance it is divided by n − 1. X̂ was made with the variance"
            " divided by n."),
        WrongAnswer("X̂ forgotten on the path", "X_hat * dgamma / n", "dgamma / n",
            "The path through the variance is as wide as the example is far from the mean: times"
            " X̂."),
        WrongAnswer("paths added", "dH - dbeta / n - X_hat * dgamma / n",
            "dH + dbeta / n + X_hat * dgamma / n",
            "Both paths have the wrong sign. They take away what would move the whole batch."),
        WrongAnswer("1/n twice", WHOLE, "return dX, dgamma / n, dbeta / n",
            "dγ and dβ are divided by n. 1/n came with dH already: here the examples are summed."),
        *sums("dbeta", "(dH * X_hat).sum(axis=0)"),
    ),
)  # fmt: skip

LAYER_NORM = Exercise(
    reference=layer_norm_backward,
    returns=("dX", "dgamma", "dbeta"),
    shapes=DRAWN,
    settings={"epsilon": (EPSILON, 0.5)},
    together=of_rows,
    where="Layer norm: the other axis",
    hints=(
        "Over what are mean and variance taken now, and over what are dγ and dβ summed still?",
        "dX̂ = dH ⊙ γ first; then both means over each row, kept as a column; s is a column too.",
        "`dX_hat.mean(axis=1, keepdims=True)`",
    ),
    afterwards="The same three paths, along the row. A batch of one is no trouble here.",
    wrong_answers=(
        WrongAnswer("over the examples", "dX_hat.mean(axis=1, keepdims=True)",
            "dX_hat.mean(axis=0)",
            "The mean of dX̂ goes over the examples, as in batch norm. Here each example has its own"
            " mean: axis 1."),
        WrongAnswer("over the examples, with X̂", "(dX_hat * X_hat).mean(axis=1, keepdims=True)",
            "(dX_hat * X_hat).mean(axis=0)",
            "The mean of dX̂ ⊙ X̂ goes over the examples, as in batch norm. Here each example has its"
            " own: axis 1."),
        *batch_norm.roads(" - mean", " - X_hat * along"),
        WrongAnswer("both paths dropped", " - mean - X_hat * along", "",
            "This is dX̂ / s, as if mean and variance were constants. Every unit of the row moves"
            " them."),
        WrongAnswer("γ forgotten", "dX_hat = dH * gamma", "dX_hat = dH",
            "γ is missing in dX. It stands between X̂ and H, on every path."),
        WrongAnswer("γ outside the means", "dX_hat = dH * gamma", "dX_hat = dH\n"
            "    return (gamma * (dH - dH.mean(axis=1, keepdims=True) - X_hat * (dH * X_hat).mean("
            "axis=1, keepdims=True)) / np.sqrt(variance + epsilon)[:, None], dgamma, dbeta)",
            "γ is multiplied at the end, as in batch norm. There it is one number for the whole"
            " mean. Here it differs along the row: multiply first, then take the means."),
        WrongAnswer("X̂ forgotten on the path", " - X_hat * along", " - along",
            "The path through the variance is as wide as the entry is far from the mean: times"
            " X̂."),
        *batch_norm.root(),
        *sums("dbeta", "(dH * X_hat).sum(axis=0)"),
    ),
)  # fmt: skip
