"""The exercises of chapter 06: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.batch_norm_bug import PASS
from backprop_lib.checks.batch_norm_modes import EVALUATE_BACK, EVALUATION, RUNNING
from backprop_lib.checks.batch_norm_paths import BACKWARD, LAYER_NORM, STAGES, two_at_least
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import batch_norm
from backprop_lib.checks.inputs import AT_LEAST_TWO


def batch_norm_forward(X, gamma, beta, *, epsilon=1e-5):
    """X̂ = (X − mean) / √(variance + ε), H = γ ⊙ X̂ + β, over the examples of this batch."""
    n = two_at_least(X)
    mean = X.sum(axis=0) / n
    variance = ((X - mean) ** 2).sum(axis=0) / n
    X_hat = (X - mean) / np.sqrt(variance + epsilon)
    H = gamma * X_hat + beta
    return H, X_hat, mean, variance


def batch_norm_predictions():
    """Say of each change what it does: "same", "tenfold", "a tenth" or "zero"."""
    first = "same"
    second = "a tenth"
    third = "tenfold"
    fourth = "same"
    fifth = "zero"
    sixth = "same"
    return first, second, third, fourth, fifth, sixth


STATISTICS = """mean = X.sum(axis=0) / n
    variance = ((X - mean) ** 2).sum(axis=0) / n"""
OVER_UNITS = """mean = X.mean(axis=1, keepdims=True)
    variance = ((X - mean) ** 2).mean(axis=1, keepdims=True)"""
SQUARES, FREED = "((X - mean) ** 2).sum(axis=0) / n", "gamma * X_hat + beta"
FORWARD = Exercise(
    reference=batch_norm_forward,
    returns=("H", "X_hat", "mean", "variance"),
    shapes={"X": "n p", "gamma": "p", "beta": "p"},
    settings={"epsilon": (1e-5, 0.5)},
    sizes=AT_LEAST_TWO,
    where="Four numbers, by hand",
    hints=(
        "Each unit has a mean of its own. Along which axis do you take it?",
        "Mean and variance by axis 0; X̂ = (X − mean) / √(variance + ε); H = γ ⊙ X̂ + β.",
        "`variance = ((X - mean) ** 2).mean(axis=0)`",
    ),
    afterwards="Whatever came in, each unit of X̂ has mean 0, and a variance just below 1.",
    wrong_answers=(
        batch_norm.biased("** 2).sum(axis=0) / n", "** 2).sum(axis=0) / (n - 1)"),
        *batch_norm.root(),
        WrongAnswer("over the units", STATISTICS, OVER_UNITS,
            "Mean and variance go over the units of each example. That is layer norm. Here they go"
            " over the examples, unit by unit: axis 0."),
        WrongAnswer("one mean for all units", "X.sum(axis=0) / n\n", "0 * X[0] + X.mean()\n",
            "All units share one mean. Each has its own: sum over the examples alone."),
        WrongAnswer("one variance for all units", SQUARES, "0 * X[0] + ((X - mean) ** 2).mean()",
            "All units share one variance. Each has its own: sum over the examples alone."),
        WrongAnswer("not divided by n", SQUARES, "((X - mean) ** 2).sum(axis=0)",
            "The squares are summed and not divided by n. The variance is their mean."),
        WrongAnswer("mean not taken away", "X_hat = (X - mean)", "X_hat = X",
            "X is divided by its spread, and its mean is still there. Take it away first."),
        WrongAnswer("squares not centred", "((X - mean) ** 2)", "(X**2)",
            "The squares of X itself are averaged. The variance is about the mean: X − mean."),
        WrongAnswer("γ forgotten", FREED, "X_hat + beta",
            "γ is missing: H is X̂ shifted, and the unit cannot choose its spread."),
        WrongAnswer("β forgotten", FREED, "gamma * X_hat", "β is missing: add it at the end."),
        WrongAnswer("β inside", FREED, "gamma * (X_hat + beta)",
            "β is multiplied by γ too. Scale first, then shift."),
        WrongAnswer("γ and β swapped", FREED, "beta * X_hat + gamma",
            "γ and β have changed places. γ multiplies, β is added."),
        WrongAnswer("standard deviation for variance", "mean, variance", "mean, np.sqrt(variance)",
            "The root of the variance comes back. The variance itself is asked for."),
        WrongAnswer("ε in the variance", "mean, variance", "mean, variance + epsilon",
            "ε has stayed in the variance that comes back. It belongs under the root only."),
    ),
)  # fmt: skip

PREDICTIONS = Exercise(
    reference=batch_norm_predictions,
    returns=("first", "second", "third", "fourth", "fifth", "sixth"),
    cases_of=lambda _: [Case("six changes", {})],
    where="What must be true",
    hints=(
        "Which of the numbers in the closed form does each change touch?",
        "dX = γ/s ⊙ (dH − mean(dH) − X̂ ⊙ mean(dH ⊙ X̂)), and s grows as X does. X̂ does not.",
        '`return "same", "a tenth", …`: what is left of ones, when their mean is taken away?',
    ),
    afterwards="Run the next cell, and see it in numbers.",
    wrong_answers=(
        WrongAnswer("X̂ tenfold", 'first = "same"', 'first = "tenfold"',
            "The first: X − mean is tenfold, and so is its spread. X̂ is their ratio."),
        WrongAnswer("X̂ a tenth", 'first = "same"', 'first = "a tenth"',
            "The first: it is divided by ten times the spread, but X − mean is tenfold as well."),
        WrongAnswer("dX the same", 'second = "a tenth"', 'second = "same"',
            "The second: X̂ is the same, but dX is divided by the spread of X, and that is"
            " tenfold."),
        WrongAnswer("dX tenfold", 'second = "a tenth"', 'second = "tenfold"',
            "The second: the larger X is, the less a nudge of fixed size moves X̂. It goes the other"
            " way."),
        WrongAnswer("γ does not matter for dX", 'third = "tenfold"', 'third = "same"',
            "The third: γ stands between X̂ and H, so it multiplies what goes back to X."),
        WrongAnswer("γ divides dX", 'third = "tenfold"', 'third = "a tenth"',
            "The third: γ multiplies on the way forward, so it multiplies on the way back."),
        WrongAnswer("dγ tenfold", 'fourth = "same"', 'fourth = "tenfold"',
            "The fourth: dγ sums dH ⊙ X̂. γ itself does not stand in it."),
        WrongAnswer("dγ a tenth", 'fourth = "same"', 'fourth = "a tenth"',
            "The fourth: dγ sums dH ⊙ X̂. γ itself does not stand in it."),
        WrongAnswer("ones go through", 'fifth = "zero"', 'fifth = "same"',
            "The fifth: with ones, the loss is the sum of H. For each unit that is n β, whatever X"
            " is."),
        WrongAnswer("evaluation like training", 'sixth = "same"', 'sixth = "a tenth"',
            "The sixth: in evaluation the spread is the running one. It does not know that X has"
            " grown."),
        WrongAnswer("evaluation tenfold", 'sixth = "same"', 'sixth = "tenfold"',
            "The sixth: in evaluation X goes through a fixed straight line. Its slope γ/s does not"
            " hang on X."),
    ),
)  # fmt: skip

EXERCISES = (
    FORWARD, STAGES, BACKWARD, PREDICTIONS, RUNNING, EVALUATION, EVALUATE_BACK, LAYER_NORM, PASS
)  # fmt: skip
