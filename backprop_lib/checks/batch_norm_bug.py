"""Chapter 06, find the bug: a whole batch norm in both modes, and where the modes get mixed."""

import numpy as np

from backprop_lib.checks.batch_norm_modes import PLACE, SIZES, as_float32, batch
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import batch_norm


def batch_norm_pass(X, gamma, beta, running_mean, running_variance, training):
    """Return H; a training pass moves the running statistics in place, an evaluation pass reads."""
    if training:
        n, mean = len(X), X.mean(axis=0)
        variance = ((X - mean) ** 2).sum(axis=0) / n
        unbiased = variance * n / (n - 1)
        running_mean[:] = running_mean + 0.1 * (mean - running_mean)
        running_variance[:] = running_variance + 0.1 * (unbiased - running_variance)
    else:
        mean, variance = running_mean, running_variance
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


def passes(rng):
    """Return passes in training and in evaluation; one example only where that can be."""
    cases = []
    for mode in ("training", "evaluation"):
        sizes = dict(SIZES) | ({"1 example": (1, 3)} if mode == "evaluation" else {})
        drawn = {f"{mode}, {words}": batch(rng, *size) for words, size in sizes.items()}
        drawn[f"{mode}, float32 numbers"] = as_float32(batch(rng, 3, 3))
        for words, arrays in drawn.items():
            dtype, p = arrays["X"].dtype, arrays["X"].shape[1]
            gamma, beta = (rng.standard_normal((2, p)).round(1) + 0.05).astype(dtype)
            X = arrays.pop("X")
            arguments = {"X": X, "gamma": gamma, "beta": beta, **arrays}
            cases.append(Case(words, arguments | {"training": mode == "training"}))
    return cases


def moving(name, batch):
    """Return what can go wrong where `name` is moved in place."""
    swapped, _, replaced = batch_norm.running(name, batch, "0.1")
    return (
        swapped,
        replaced,
        WrongAnswer(f"{name} made anew", f"{name}[:] = ", "fresh = ",
            f"{name} stays as it was. `{name} = …` gives a new array a name that only this function"
            f" knows. `{name}[:] = …` or `{name} += …` changes the one that was given."),
    )  # fmt: skip


READ = "        mean, variance = running_mean, running_variance"
MOVED = """        mean, variance = running_mean.copy(), running_variance.copy()
        running_mean += 0.1 * (X.mean(axis=0) - running_mean)
        n = max(len(X), 2)
        running_variance += 0.1 * (X.var(axis=0) * n / (n - 1) - running_variance)"""
PASS = Exercise(
    reference=batch_norm_pass,
    returns=("H",),
    updates=("running_mean", "running_variance"),
    cases_of=passes,
    where=PLACE,
    hints=(
        "Which lines may run in training alone, and which variance does each of them need?",
        "Training: X̂ by the biased variance, a tenth of the unbiased one kept, in place.",
        "`return version_d(X, gamma, beta, running_mean, running_variance, training)`",
    ),
    afterwards="No training loss would have told you: all four train alike.",
    wrong_answers=(
        WrongAnswer("running statistics updated in evaluation", READ, MOVED,
            "Evaluation moves the running statistics. What the network says about one example would"
            " hang on which were looked at before. Only a training pass may move them."),
        batch_norm.batch_statistics("mean, variance = running_mean, running_variance",
            mean="running_mean", variance="running_variance"),
        *moving("running_mean", "mean"),
        *moving("running_variance", "unbiased"),
        batch_norm.running_variance("(unbiased - running_variance)",
            "(variance - running_variance)"),
        batch_norm.biased("sum(axis=0) / n\n        unbiased = variance * n / (n - 1)",
            "sum(axis=0) / (n - 1)\n        unbiased = variance"),
        WrongAnswer("running statistics in training too", "gamma * (X - mean)",
            "gamma * (X - running_mean)",
            "In training the running mean is taken away. There it is the mean of this batch."),
        WrongAnswer("ε outside the root", "np.sqrt(variance + 1e-5)",
            "(np.sqrt(variance) + 1e-5)",
            "ε is added to the root. Here it is added to the variance, under the root."),
        WrongAnswer("modes swapped", "if training:", "if not training:",
            "Training and evaluation have changed places."),
    ),
)  # fmt: skip
