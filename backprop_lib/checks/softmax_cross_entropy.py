"""The exercises of chapter 04: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.cross_entropy_backward import BINARY, LABELS, SOFT, SOFTMAX_BACK
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families.softmax import batch_mean, log_of_zero, row_sum, shift


def softmax(Z):
    """P = e^Z / Σ e^Z over each row, which is first shifted by its maximum."""
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(Z):
    """log P = Z − log Σ e^Z over each row, which is first shifted by its maximum."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def softmax_cross_entropy_forward(Z, Y):
    """loss = −(1/n) Σᵢ log P[i, yᵢ], with log P from the logits; and P."""
    n = len(Y)
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    P = np.exp(log_P)
    return -log_P[np.arange(n), Y].sum() / n, P


def at_the_start(n, K):
    """All of P is 1/K: loss = ln K; dZ = (1/K − 1)/n at the right class, (1/K)/n elsewhere."""
    loss = float(np.log(K))
    right = (1 / K - 1) / n
    other = (1 / K) / n
    return loss, right, other


def batches_at_the_start(_):
    """Return sizes that differ, sizes that agree, and those of the digits."""
    sizes = {
        "4 examples": (4, 6),
        "2 classes": (3, 2),
        "1 example": (1, 3),
        "as many as classes": (5, 5),
        "a batch of the digits": (32, 10),
    }
    return [Case(words, {"n": n, "K": K}) for words, (n, K) in sizes.items()]


LOGITS = (0.0, 1000.0, -1000.0, 30.0, -30.0, 1.0)
SHIFTED = "Z - Z.max(axis=1, keepdims=True)"
OF_LOGITS = {"extremes": {"Z": LOGITS}, "quiet": True}
OVERFLOWS = WrongAnswer("shifted by the mean", SHIFTED, "Z - Z.mean(axis=1, keepdims=True)",
    "The row's mean is taken from it. What lies far above the mean overflows still: take the"
    " largest number.", "Only differences count")  # fmt: skip
UPWARDS = WrongAnswer("shift added", SHIFTED, "Z + Z.max(axis=1, keepdims=True)",
    "The largest number is added. Take it away, and no power is above 1.",
    "Only differences count")  # fmt: skip

POWERS = "powers.sum(axis=1, keepdims=True)"
SOFTMAX = Exercise(
    reference=softmax,
    returns=("P",),
    shapes={"Z": "n K"},
    **OF_LOGITS,
    where="From logits to probabilities",
    hints=(
        "What may you take from every logit of a row without changing its probabilities?",
        "P = e^(Z − m) / Σ e^(Z − m), with m the largest of each row and the sum over the row.",
        "`powers = np.exp(Z - Z.max(axis=1, keepdims=True))`, and divide by their sum along axis 1",
    ),
    afterwards="No power was above 1 and no sum below 1, whatever the logits.",
    wrong_answers=(
        *shift("Z", SHIFTED),
        *row_sum("powers", POWERS),
        OVERFLOWS,
        UPWARDS,
        WrongAnswer("powers of 2", "np.exp(", "np.exp2(",
            "These are powers of 2. Softmax takes powers of e: `np.exp`."),
        WrongAnswer("no powers", "np.exp(Z - Z.max(axis=1, keepdims=True))", "Z.copy()",
            "The logits themselves are divided by their sum. Raise e to each of them first."),
        WrongAnswer("sigmoid", "powers / powers.sum(axis=1, keepdims=True)",
            "1 / (1 + np.exp(-Z))",
            "This is the sigmoid, which looks at each logit alone. A row of softmax sums to 1."),
        WrongAnswer("the likeliest takes all", "powers / powers.sum(axis=1, keepdims=True)",
            "(powers == 1).astype(Z.dtype)",
            "The largest logit gets 1, the others get 0. Softmax is soft: each gets its share."),
        WrongAnswer("Z changed in place", SHIFTED,
            "np.subtract(Z, Z.max(axis=1, keepdims=True), out=Z)",
            "The numbers are right, but Z itself is shifted, as `Z -= …` does. Make a new array."),
    ),
)

SUM = "np.exp(shifted).sum(axis=1, keepdims=True)"
FROM_P = "np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)"
LOG_SOFTMAX = Exercise(
    reference=log_softmax,
    returns=("log_P",),
    shapes={"Z": "n K"},
    **OF_LOGITS,
    where="The loss, from the logits",
    hints=(
        "In ln (e^z / S), which logarithm need nobody take?",
        "log P = Z − log Σ e^Z, with each row shifted by its largest number, in both places.",
        "`shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))`",
    ),
    afterwards="It is exact at −1000 too, where P itself is rounded to 0.",
    wrong_answers=(
        WrongAnswer("log(0)", f"shifted - np.log({SUM})", f"np.log({FROM_P})",
            "The logarithm is taken of P, which is rounded to 0 where a logit is very low, and"
            " log 0 is −∞. Take the logarithm before the rounding: log P = Z − log Σ e^Z."),
        *shift("Z", SHIFTED),
        WrongAnswer("held up by 1e-12", f"shifted - np.log({SUM})", f"np.log({FROM_P} + 1e-12)",
            "Nothing comes out below −27.6, as 1e-12 is added to P. That hides log 0 and makes the"
            " loss flat where it should be steep. Take the logarithm before the rounding."),
        WrongAnswer("P for its logarithm", f"shifted - np.log({SUM})", FROM_P,
            "This is softmax. Its logarithm is asked for."),
        WrongAnswer("logarithm added", "shifted - np.log(", "shifted + np.log(",
            "The logarithm of the sum is added. P divides by the sum, so log P subtracts."),
        WrongAnswer("divided by the logarithm", "shifted - np.log(", "shifted / np.log(",
            "Z is divided by the logarithm. Where P divides, its logarithm subtracts."),
        WrongAnswer("sum left out", f" - np.log({SUM})", " * 1",
            "This is the shifted row alone. The logarithm of the sum is still to be subtracted."),
        WrongAnswer("sum of the logarithms", f"np.log({SUM})",
            "np.log(np.exp(shifted)).sum(axis=1, keepdims=True)",
            "Each power's logarithm is taken, and then they are added. Add first."),
        WrongAnswer("sum not shifted", SUM, "np.exp(Z).sum(axis=1, keepdims=True)",
            "The sum is made from Z, the rest from the shifted row. Take the shifted row in both"
            " places."),
        WrongAnswer("sum over the examples", SUM, "np.exp(shifted).sum(axis=0)",
            "The powers of a column are summed. An example is a row: axis 1."),
        WrongAnswer("base 2", "np.log(", "np.log2(",
            "This is the logarithm to the base 2. The powers are of e: `np.log`."),
    ),
)

EACH, MEAN = "log_P[np.arange(n), Y]", "-log_P[np.arange(n), Y].sum() / n"
CROSS_ENTROPY = Exercise(
    reference=softmax_cross_entropy_forward,
    returns=("loss", "P"),
    shapes={"Z": "n K", "Y": "labels n"},
    **OF_LOGITS,
    where="The loss, from the logits",
    hints=(
        "Of the K numbers in a row of log P, how many does the loss look at?",
        "loss = −(1/n) Σᵢ log P[i, yᵢ], with log P from the logits; then P = e^(log P).",
        "`-log_P[np.arange(n), Y].sum() / n`: row i is asked for its class Y[i]",
    ),
    afterwards="A loss of 1000 is a number like any other, if it is made from the logits.",
    wrong_answers=(
        log_of_zero(EACH, "P[np.arange(n), Y]"),
        *batch_mean(MEAN, "n", "-log_P[np.arange(n), Y].sum()"),
        *shift("Z", SHIFTED),
        WrongAnswer("minus forgotten", MEAN, "log_P[np.arange(n), Y].sum() / n",
            "The loss is negative. A logarithm of a probability is below 0, so a minus is due."),
        WrongAnswer("loss of every class", EACH, "log_P",
            "The logarithms of all classes are added. Only the right class of each row counts."),
        WrongAnswer("every label in every row", EACH, "log_P[:, Y]",
            "`log_P[:, Y]` takes all n labels in each row. Row i has one label, Y[i]:"
            " `log_P[np.arange(n), Y]`."),
        WrongAnswer("mean over the classes too", MEAN, f"{MEAN} / Z.shape[1]",
            "It is divided by n and by K. The mean is over the examples alone."),
        WrongAnswer("P for its logarithm", EACH, "P[np.arange(n), Y]",
            "This is minus the mean probability. The cost is minus its logarithm."),
        WrongAnswer("no mean", MEAN, "-log_P[np.arange(n), Y]",
            "Each example's own cost comes back. The loss is their mean, one number."),
        WrongAnswer("last example only", MEAN, "-log_P[-1, Y[-1]] / n",
            "Only the last example's cost is in it, as if each had overwritten the one before."),
        WrongAnswer("log P for P", "P = np.exp(log_P)", "P = log_P.copy()",
            "The loss is right, but log P comes back with it. P is e to that."),
        WrongAnswer("powers for P", "P = np.exp(log_P)", "P = np.exp(shifted)",
            "What comes back as P are the powers alone: a row does not sum to 1."),
    ),
)

START = Exercise(
    reference=at_the_start,
    returns=("loss", "right", "other"),
    cases_of=batches_at_the_start,
    where="Where the loss starts",
    hints=(
        "If all K logits of a row are 0, what is each probability?",
        "The loss is ln K. The gradient is (P − Y)/n, where Y is 1 at the right class, else 0.",
        "`loss = np.log(K)`, `right = (1 / K - 1) / n`, `other = 1 / (K * n)`",
    ),
    afterwards="The K − 1 pushes and the one pull of a row sum to 0.",
    wrong_answers=(
        WrongAnswer("base 2", "np.log(K)", "np.log2(K)",
            "The loss is counted to the base 2 here. Ours takes the natural logarithm."),
        WrongAnswer("base 10", "np.log(K)", "np.log10(K)",
            "The loss is counted to the base 10 here. Ours takes the natural logarithm."),
        WrongAnswer("loss below 0", "np.log(K)", "-np.log(K)",
            "The loss is negative. It is minus the logarithm of 1/K, and that is ln K."),
        WrongAnswer("loss is 1/K", "np.log(K)", "1 / K",
            "That is the probability. The cost is minus its logarithm."),
        WrongAnswer("loss summed", "np.log(K)", "n * np.log(K)",
            "That is the cost of all n examples. The loss is their mean."),
        WrongAnswer("loss divided by n", "np.log(K)", "np.log(K) / n",
            "Every example costs ln K, so their mean is ln K, however many there are."),
        WrongAnswer("loss of 0", "np.log(K)", "0 * K",
            "Knowing nothing is not free: the right class has only 1/K."),
        WrongAnswer("1/n forgotten", "return loss, right, other",
            "return loss, right * n, other * n",
            "Both gradients are n times too long. The loss is a mean, and so 1/n stands in dZ.",
            "One over n, once"),
        WrongAnswer("right class pushed", "(1 / K - 1) / n", "(1 - 1 / K) / n",
            "The gradient at the right class is negative: the loss falls as its logit rises.",
            "Push and pull"),
        WrongAnswer("right class as if it had nothing", "(1 / K - 1) / n", "-1 / n",
            "The right class has 1/K already. It is pulled by what it lacks.", "Push and pull"),
        WrongAnswer("others left alone", "(1 / K) / n", "0.0 / n",
            "The other classes are pushed too: each by the probability that it has and should not"
            " have.", "Push and pull"),
        WrongAnswer("others pulled", "(1 / K) / n", "-(1 / K) / n",
            "The gradient at the other classes is positive: the loss rises as their logits rise.",
            "Push and pull"),
        WrongAnswer("others as one", "(1 / K) / n", "(1 - 1 / K) / n",
            "That is what all the other classes get together. Each of them gets its part.",
            "Push and pull"),
    ),
)

EXERCISES = (SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY, START, SOFTMAX_BACK, LABELS, SOFT, BINARY)
