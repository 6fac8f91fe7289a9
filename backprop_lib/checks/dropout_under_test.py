"""Chapter 07, the test of somebody's dropout: what it has to let pass, and what to refuse."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.masks import generator
from backprop_lib.checks.sandbox import Code

U = "rng.random(A.shape)"
DROPOUTS = {  # A and drop_prob p are given; those in blocks drop just the share p
    "a right one": f"A * ({U} >= p) / (1 - p)",
    "not rescaled": f"A * ({U} >= p)",
    "right, in another way": f"np.where({U} < 1 - p, A / (1 - p), 0)",
    "keep for drop": f"A * ({U} < p) / p",
    "keep for drop, the scale right": f"A * ({U} < p) / (1 - p)",
    "rescaled twice": f"A * ({U} >= p) / (1 - p) ** 2",
    "a tenth too large": f"1.1 * A * ({U} >= p) / (1 - p)",
    "a tenth more dropped": f"A * ({U} >= p + 0.1) / (0.9 - p)",
    "a tenth less dropped": f"A * ({U} >= p - 0.1) / (1.1 - p)",
    "nothing dropped": "A.copy()",
    "one mask for the whole batch": "A * (rng.permutation(A.shape[1]) >= p * A.shape[1]) / (1 - p)",
    "whole examples dropped": "A * (rng.permutation(len(A))[:, None] >= p * len(A)) / (1 - p)",
}
AT_BOTH = ("a right one", "keep for drop", "whole examples dropped")


def dropout_is_right(dropout, drop_prob, rng):
    """Look at what becomes of ones: zeros, mean, and whether rows and columns differ."""
    A = np.ones((200, 100))
    H = dropout(A, drop_prob, rng)
    share_is_right = abs((H == 0).mean() - drop_prob) < 0.05
    mean_is_right = abs(H.mean() - A.mean()) < 0.05
    rows_differ = (H[0] != H).any()
    columns_differ = (H[:, :1] != H).any()
    return bool(share_is_right and mean_is_right and rows_differ and columns_differ)


def dropouts(rng):
    """Return right and wrong ones, in turn with drop_prob 0.3 and 0.6."""
    cases = [(words, text, 0.3) for words, text in DROPOUTS.items()]
    cases += [(words, DROPOUTS[words], 0.6) for words in AT_BOTH]
    return [
        Case(words, {"dropout": Code(f"lambda A, p, rng: {text}"), "drop_prob": share,
                     "rng": generator(rng)})
        for words, text, share in cases
    ]  # fmt: skip


SHARE, MEAN = "abs((H == 0).mean() - drop_prob) < 0.05", "abs(H.mean() - A.mean()) < 0.05"
ROWS, COLUMNS = "(H[0] != H).any()", "(H[:, :1] != H).any()"
UNDER_TEST = Exercise(
    reference=dropout_is_right,
    returns=("answer",),
    cases_of=dropouts,
    where="What is never the same twice",
    hints=(
        "Give it a table of ones. What do you know of H, whatever the mask was?",
        "Zeros in H: nearly drop_prob. Mean: nearly 1. Rows not all alike, columns neither.",
        "`abs((H == 0).mean() - drop_prob) < 0.05`, and so on; join them with `and`",
    ),
    afterwards="You never saw its mask. You asked only what every right mask has in common.",
    wrong_answers=(
        WrongAnswer("mean only", SHARE, "True",
            "The share of zeros is not looked at. One that keeps drop_prob in place of dropping it"
            " can have the right mean."),
        WrongAnswer("share only", MEAN, "True",
            "The mean is not looked at. One that forgets the scale drops the right share."),
        WrongAnswer("rows not compared", ROWS, "True",
            "One mask for the whole batch slips through: share and mean are right. Hold the rows"
            " against one another."),
        WrongAnswer("columns not compared", COLUMNS, "True",
            "One that drops whole examples slips through. Hold the columns against one another."),
        WrongAnswer("share that stays", "(H == 0)", "(H != 0)",
            "Your share is that of what stays. drop_prob is the share of zeros."),
        WrongAnswer("exactly the share", SHARE, "(H == 0).mean() == drop_prob",
            "A right one is refused, as if share and mean had to fit to the last digit. Chance"
            " moves both a little: near is near enough."),
        WrongAnswer("share too loose", SHARE, "abs((H == 0).mean() - drop_prob) < 0.2",
            "One that drops a tenth too much passes. With ten thousand entries chance makes less"
            " than two hundredths: you can be stricter."),
        WrongAnswer("mean too loose", MEAN, "abs(H.mean() - A.mean()) < 0.2",
            "One that makes everything a tenth too large passes. With ten thousand entries you can"
            " be stricter."),
        WrongAnswer("unscaled mean", "H.mean() - A.mean()",
            "H.mean() - (1 - drop_prob) * A.mean()",
            "You expect the mean of one that does not rescale. The scale brings it back to 1."),
        WrongAnswer("too small only", MEAN, "H.mean() - A.mean() > -0.05",
            "A mean that is too large passes. Look in both directions: abs."),
        WrongAnswer("too few dropped only", SHARE, "(H == 0).mean() - drop_prob > -0.05",
            "One that drops too much passes. Look in both directions: abs."),
        WrongAnswer("one is enough", "share_is_right and mean_is_right",
            "(share_is_right or mean_is_right)",
            "Either the share or the mean is enough for it. Both must be right."),
        WrongAnswer("upside down", "return bool(", "return not (",
            "It says True of the wrong ones. Other way round."),
        WrongAnswer("numbers around 0", "np.ones((200, 100))", "rng.standard_normal((200, 100))",
            "The table has the mean 0, and so has H, whatever its scale. Take one whose mean tells,"
            " such as ones."),
        WrongAnswer("always right", "return bool(", "return True or bool(",
            "It lets everything pass."),
    ),
)  # fmt: skip
