"""Mistakes around batch norm: ε, the two variances, momentum, evaluation, the three roads back."""

import re

from backprop_lib.checks.exercise import WrongAnswer


def root(variance="variance", epsilon="epsilon"):
    """Return what can go wrong with `np.sqrt(variance + epsilon)`."""
    right = f"np.sqrt({variance} + {epsilon})"
    return (
        WrongAnswer("ε outside the root", right, f"(np.sqrt({variance}) + {epsilon})",
            "ε is added to the root. Here it is added to the variance, under the root."),
        WrongAnswer("ε forgotten", right, f"np.sqrt({variance})",
            "ε is missing: a unit that never changes would be divided by 0."),
        WrongAnswer("root forgotten", right, f"({variance} + {epsilon})",
            "This divides by the variance. The root of it says how far a unit spreads."),
    )


def biased(right, wrong):
    """Return the mistake of dividing by n − 1 where `right` divides by n."""
    return WrongAnswer("unbiased variance", right, wrong,
        "The variance is divided by n − 1. Batch norm takes the biased one, divided by n: so X̂ has"
        " a variance of 1 on this very batch.")


def running(name, batch, momentum="momentum"):
    """Return what can go wrong with `name + momentum * (batch - name)`."""
    right = f"{name} + {momentum} * ({batch} - {name})"
    return (
        WrongAnswer(f"momentum swapped in {name}", right,
            f"{batch} + {momentum} * ({name} - {batch})",
            f"Past and present have changed places: here {momentum} is the share of the new batch,"
            f" as in PyTorch. At 0.1, {name} goes a tenth of the way."),
        WrongAnswer(f"{name} not moved", right, f"{name} + 0",
            f"{name} stays where it was. Every training pass moves it a little."),
        WrongAnswer(f"{name} replaced", right, f"{batch} + 0",
            f"Only the last batch is left in {name}. It is to remember the earlier ones too."),
    )


def running_variance(right, wrong, keep="unbiased"):
    """Return the mistake of keeping the other variance than `keep`, "unbiased" or "biased"."""
    if keep == "unbiased":
        return WrongAnswer("biased running variance", right, wrong,
            "What is kept for evaluation is the variance divided by n. Judged from a small batch,"
            " that is too small for the data: keep the unbiased one, divided by n − 1.")
    return WrongAnswer("unbiased running variance", right, wrong,
        "What is kept for evaluation is divided by n − 1. Here it is the same variance that was"
        " used in training, divided by n.")


def batch_statistics(right, X="X", mean="mean", variance="variance"):
    """Return the mistake of the batch's own statistics in `right`, where running ones are given."""
    wrong = re.sub(rf"\b{mean}\b", f"{X}.mean(axis=0)", right)
    return WrongAnswer(
        "batch statistics in evaluation", right,
        re.sub(rf"\b{variance}\b", f"{X}.var(axis=0)", wrong),
        "Mean and variance of this batch are taken. In evaluation the running ones stand in for"
        " them, so that what an example is told does not hang on its neighbours.")  # fmt: skip


def roads(through_mean, through_variance):
    """Return what is lost where a road back through the batch is: two terms of dX as they stand."""
    return (
        WrongAnswer("mean path dropped", through_mean, "",
            "The path through the mean is missing. Each example moves the mean, and so all the"
            " others."),
        WrongAnswer("variance path dropped", through_variance, "",
            "The path through the variance is missing. Each example moves the variance, and so all"
            " the others."),
    )
