"""Mistakes around softmax and cross-entropy: the shift, the axis, the logarithm, the 1/n."""

from backprop_lib.checks.exercise import WrongAnswer


def shift(Z, right):
    """Return what can go wrong with `right`, which takes each row's largest logit from Z."""
    return (
        WrongAnswer("no max-shift", right, Z,
            f"{Z} is not shifted. e^1000 is more than a float holds, and ∞ / ∞ is NaN. Take each"
            " row's largest number from it first: the ratio stays the same."),
        WrongAnswer("shifted by the largest of all", right, f"{Z} - {Z}.max()",
            "All rows are shifted by the largest number of all. Where a row lies far below it,"
            " every power in it becomes 0. Each row has a largest number of its own."),
        WrongAnswer("shifted by each column's largest", right, f"{Z} - {Z}.max(axis=0)",
            "The largest number of each column is taken away. An example is a row: axis 1."),
    )


def row_sum(powers, right):
    """Return what can go wrong with `right`, the sum over each row that softmax divides by."""
    return (
        WrongAnswer("sum over the examples", right, f"{powers}.sum(axis=0)",
            "The columns sum to 1 here. An example is a row, and its probabilities sum to 1."),
        WrongAnswer("sum over everything", right, f"{powers}.sum()",
            "All probabilities together sum to 1. Those of each example should."),
        WrongAnswer("not divided by the sum", right, "1",
            "These are the powers alone. Divide each row by its sum, and it sums to 1."),
    )


def log_of_zero(right, P):
    """Return the mistake of a logarithm of probabilities where `right` comes from the logits."""
    return WrongAnswer("log(0)", right, f"np.log({P})",
        f"{P} rounds to 0 where a logit is very low, and log 0 is −∞. Take the logarithm before"
        " the rounding: log P = Z − log Σ e^Z, with Z shifted.")


def batch_mean(right, n, without):
    """Return what can go wrong with the 1/n in `right`; `without` is the same without it."""
    return (
        WrongAnswer("1/n forgotten", right, without,
            "This is n times too large. The loss is a mean over the batch: divide by n."),
        WrongAnswer("1/n twice", right, f"{right} / {n}",
            "It is divided by n twice. The loss is a mean, so 1/n stands in it once."),
    )
