"""Chapter 04, the way back: four exercises, what goes wrong in them, where to look again."""

import numpy as np

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families.softmax import batch_mean, shift


def softmax_backward(dP, Z):
    """dZ = P ⊙ (dP − Σₖ dPₖ Pₖ), with P = softmax(Z) and the sum over each row."""
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = powers / powers.sum(axis=1, keepdims=True)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


def softmax_cross_entropy_backward(P, Y):
    """dZ = (P − onehot(Y)) / n."""
    n = len(Y)
    dZ = P.copy()
    dZ[np.arange(n), Y] -= 1
    return dZ / n


def soft_label_backward(P, Y):
    """dZ = (P Σₖ Yₖ − Y) / n, the sum over each row: it need not be 1."""
    n = len(Y)
    return (P * Y.sum(axis=1, keepdims=True) - Y) / n


def binary_cross_entropy_backward(P, Y):
    """dZ = (P − Y) / (n q)."""
    return (P - Y) / P.size


def spread(arguments):
    """Set extreme rows far apart, and one class of each far below two that stay close.

    If one class had it all, dZ would be nothing but rounding.
    """
    Z = arguments["Z"].copy()
    if Z.max() >= min(HIGH):
        Z[0] -= 2000
        Z[:, -1] -= 1500
    return arguments | {"Z": Z}


HIGH = (1000.0, 1001.0, 1002.0)
SHARED = "(dP * P).sum(axis=1, keepdims=True)"
WHOLE = f"P * (dP - {SHARED})"
SOFTMAX_BACK = Exercise(
    reference=softmax_backward,
    returns=("dZ",),
    shapes={"dP": "n K", "Z": "n K"},
    extremes={"Z": HIGH},
    together=spread,
    quiet=True,
    where="The long way",
    hints=(
        "One logit moves all K probabilities of its row. How many paths lead back to it?",
        "dZ = P ⊙ (dP − Σₖ dPₖ Pₖ): the sum is one number for each row.",
        "`P * (dP - (dP * P).sum(axis=1, keepdims=True))`, with `P = softmax(Z)`",
    ),
    afterwards="Each row of it sums to 0, whatever dP was.",
    wrong_answers=(
        WrongAnswer("diagonal only", WHOLE, "dP * P * (1 - P)",
            "This is the Jacobian's diagonal alone, as if softmax looked at each logit by itself."
            " A logit moves every probability of its row."),
        WrongAnswer("no sum", WHOLE, "P * dP",
            "Half of it is missing: what a logit does to the other probabilities, through the sum"
            " that all share. Subtract Σ dP P."),
        WrongAnswer("P forgotten in the sum", SHARED, "dP.sum(axis=1, keepdims=True)",
            "In the sum, each dP is weighed by its P."),
        WrongAnswer("P forgotten in front", WHOLE, f"dP - {SHARED}",
            "The bracket is right. It is multiplied by P, entry by entry."),
        WrongAnswer("sum added", "dP - (", "dP + (",
            "The sum is added. What one class gains the others lose: subtract it."),
        WrongAnswer("mean for sum", SHARED, "(dP * P).mean(axis=1, keepdims=True)",
            "The products are averaged over the classes. Paths that meet add: sum them."),
        WrongAnswer("sum over the examples", SHARED, "(dP * P).sum(axis=0)",
            "The products are summed over the examples. No example feels another: sum each row,"
            " axis 1."),
        WrongAnswer("sum over everything", SHARED, "(dP * P).sum()",
            "All rows are summed into one number. Each row has its own sum, axis 1."),
        WrongAnswer("softmax left out", WHOLE, "dP.copy()",
            "dP comes back as it was. Softmax lies between P and Z."),
        WrongAnswer("P − dP", WHOLE, "P - dP",
            "That is the short way, with dP in place of Y. It holds for cross-entropy alone.",
            "When P − Y is not the gradient"),
        WrongAnswer("Z for P", "powers / powers.sum(axis=1, keepdims=True)", "Z.copy()",
            "Z stands where P belongs. The slopes of softmax are made from its value."),
        WrongAnswer("divided by n", WHOLE, f"{WHOLE} / len(Z)",
            "It is divided by n. The loss is a mean, and so 1/n came with dP already.",
            "One over n, once"),
        *shift("Z", "Z - Z.max(axis=1, keepdims=True)"),
    ),
)

MINUS = "dZ[np.arange(n), Y] -= 1"
LABELS = Exercise(
    reference=softmax_cross_entropy_backward,
    returns=("dZ",),
    shapes={"P": "chances n K", "Y": "labels n"},
    extremes={"P": (0.0, 1.0, 0.5)},
    where="The short way",
    hints=(
        "In which one place of each row does the answer differ from P, but for the 1/n?",
        "dZ = (P − Y) / n, where a label stands for a row with 1 at its class and 0 elsewhere.",
        "`dZ = P.copy()`, `dZ[np.arange(n), Y] -= 1`, `return dZ / n`",
    ),
    afterwards="From here every gradient of the network has its 1/n.",
    wrong_answers=(
        *batch_mean("dZ / n", "n", "dZ"),
        WrongAnswer("P alone", MINUS, "pass",
            "This is P / n. The right class is still to be told: subtract 1 there."),
        WrongAnswer("1 added", "-= 1", "+= 1",
            "1 is added at the right class. That pushes it down: subtract."),
        WrongAnswer("every label in every row", MINUS, "dZ -= np.eye(P.shape[1], dtype=P.dtype)[Y]"
            ".sum(axis=0)",
            "Every row has all the labels subtracted. Row i has one label, Y[i]:"
            " `dZ[np.arange(n), Y] -= 1`."),
        WrongAnswer("columns by label", MINUS, "dZ[:, Y] -= 1",
            "`dZ[:, Y]` means the columns of all labels, in every row. Row i has one label, Y[i]:"
            " `dZ[np.arange(n), Y] -= 1`."),
        WrongAnswer("label as a number", MINUS, "dZ -= Y[:, None]",
            "The number of the class is subtracted, from the whole row. A label names a place:"
            " subtract 1 there."),
        WrongAnswer("right class only", MINUS,
            "dZ[:] = 0; dZ[np.arange(n), Y] = P[np.arange(n), Y] - 1",
            "Only the right class has a gradient here. Every other class is pushed by its P.",
            "Push and pull"),
        WrongAnswer("gradient at P", MINUS, "dZ[:] = 0; dZ[np.arange(n), Y] = -1 / P"
            "[np.arange(n), Y]",
            "This is dP, the gradient at the probabilities. It has not gone through softmax yet.",
            "The long way"),
        WrongAnswer("1/n at the right class only", f"{MINUS}\n    return dZ / n",
            "dZ[np.arange(n), Y] -= 1 / n\n    return dZ",
            "Only the 1 is divided by n. The whole of P − Y is.", "One over n, once"),
        WrongAnswer("divided by K too", "dZ / n", "dZ / P.size",
            "It is divided by n and by K. The mean is over the examples alone.",
            "One over n, once"),
        WrongAnswer("slope once more", "dZ / n", "dZ * P * (1 - P) / n",
            "It is multiplied by P (1 − P). That slope has been cancelled already by the"
            " logarithm's.", "When P − Y is not the gradient"),
        WrongAnswer("P changed in place", "P.copy()", "P",
            "The numbers are right, but dZ and P are one array, and the caller's P is lost. Begin"
            " with `P.copy()`."),
    ),
)

TIMES = "P * Y.sum(axis=1, keepdims=True)"
SOFT = Exercise(
    reference=soft_label_backward,
    returns=("dZ",),
    shapes={"P": "chances n K", "Y": "chances n K"},
    extremes={"P": (0.0, 1.0, 0.5)},
    where="Targets that are not one class",
    hints=(
        "What must a row of dZ sum to? And what does a row of P − Y sum to, where Y sums to 2?",
        "dZ = (P Σₖ Yₖ − Y) / n, the sum over each row.",
        "`(P * Y.sum(axis=1, keepdims=True) - Y) / len(Y)`",
    ),
    afterwards="Where a row of Y sums to 1, nothing of this can be seen.",
    wrong_answers=(
        WrongAnswer("Σ Y taken for 1", TIMES, "P",
            "This is P − Y, which uses that each row of Y sums to 1. Where it does not, P is"
            " multiplied by the sum."),
        WrongAnswer("by way of P", f"({TIMES} - Y) / n",
            "P * (-Y / P - (-Y / P * P).sum(axis=1, keepdims=True)) / n",
            "On paper it is right, but it divides by P, and multiplies by it afterwards. Where P is"
            " 0, that is NaN.", "The short way"),
        WrongAnswer("Y made to sum to 1", f"{TIMES} - Y", "P - Y / Y.sum(axis=1, keepdims=True)",
            "Each row of Y is divided by its sum. That changes the loss: an example that should"
            " weigh 2 weighs 1."),
        WrongAnswer("Σ Y on both", f"{TIMES} - Y", "(P - Y) * Y.sum(axis=1, keepdims=True)",
            "Y is multiplied by its sum too. Only P is."),
        WrongAnswer("mean for sum", TIMES, "P * Y.mean(axis=1, keepdims=True)",
            "Y is averaged over the classes. Its sum is asked for."),
        WrongAnswer("sum over the examples", TIMES, "P * Y.sum(axis=0)",
            "Y is summed over the examples. Each row has its own sum: axis 1."),
        WrongAnswer("sum over everything", TIMES, "P * Y.sum()",
            "All of Y is summed to one number. Each row has its own sum: axis 1."),
        WrongAnswer("likeliest class for Y", f"{TIMES} - Y",
            "P - np.eye(P.shape[1], dtype=P.dtype)[Y.argmax(axis=1)]",
            "Y is taken for a label, at its largest entry. A soft label keeps them all."),
        WrongAnswer("divided by the sum of Y", " / n", " / Y.sum()",
            "It is divided by the sum of all of Y. The loss is the mean over n examples."),
        *batch_mean(f"({TIMES} - Y) / n", "n", f"{TIMES} - Y"),
        WrongAnswer("P changed in place", TIMES,
            "np.multiply(P, Y.sum(axis=1, keepdims=True), out=P)",
            "The numbers are right, but the caller's P is overwritten, as `P *= …` does."),
    ),
)

BINARY = Exercise(
    reference=binary_cross_entropy_backward,
    returns=("dZ",),
    shapes={"P": "chances n q", "Y": "chances n q"},
    extremes={"P": (0.0, 1.0, 0.5)},
    where="Yes or no",
    hints=(
        "What does the sigmoid's slope P (1 − P) do to the two fractions of the loss's slope?",
        "dZ = (P − Y) / (n q): the loss is the mean over all answers.",
        "`return (P - Y) / P.size`",
    ),
    afterwards="No row need sum to 0: each question is its own.",
    wrong_answers=(
        WrongAnswer("mean over the examples only", "P.size", "len(P)",
            "It is divided by n alone. The loss is the mean over the questions too: n q answers."),
        WrongAnswer("mean over the questions only", "P.size", "P.shape[1]",
            "It is divided by q alone. The loss is the mean over the n examples too: n q answers."),
        WrongAnswer("1/(nq) forgotten", "(P - Y) / P.size", "P - Y",
            "This is n q times too long. The loss is a mean over all answers."),
        WrongAnswer("1/(nq) twice", "P.size", "P.size**2", "It is divided by n q twice."),
        WrongAnswer("slope once more", "(P - Y) /", "(P - Y) * P * (1 - P) /",
            "It is multiplied by the sigmoid's slope. That has been cancelled already by the"
            " logarithms', and where P is near 0 or 1 it silences what is left."),
        WrongAnswer("gradient at P", "(P - Y) /", "(P - Y) / (P * (1 - P)) /",
            "This is dP, the gradient at the probabilities. It has not gone through the sigmoid"
            " yet."),
        WrongAnswer("yes only", "(P - Y) /", "-Y * (1 - P) /",
            "Only the half for yes is there, −Y (1 − P). A no costs too: add (1 − Y) P."),
        WrongAnswer("no only", "(P - Y) /", "(1 - Y) * P /",
            "Only the half for no is there, (1 − Y) P. A yes costs too: add −Y (1 − P)."),
        WrongAnswer("rows held to 0", "(P - Y) /",
            "(P * Y.sum(axis=1, keepdims=True) - Y) /",
            "This is softmax's gradient for soft labels. Here each question has its own sigmoid."),
        WrongAnswer("P rounded", "(P - Y) /", "((P > 0.5) - Y) /",
            "P is rounded to yes or no first. How sure it was is just what counts.",
            "Push and pull"),
        WrongAnswer("P changed in place", "(P - Y) /", "np.subtract(P, Y, out=P) /",
            "The numbers are right, but the caller's P is overwritten, as `P -= …` does."),
    ),
)
