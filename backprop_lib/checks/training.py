"""The exercises of chapter 09: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.epochs import EPOCH, TRAINED
from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.one_batch import OVERFIT
from backprop_lib.checks.sick_trainings import DIAGNOSES
from backprop_lib.checks.steps_in_batches import BATCHES, BEFORE

READ = "Digits it has never seen"


def share_right(Z, Y):
    """How many of the examples have their largest logit at their label, as a share."""
    read = Z.argmax(axis=1)
    return (read == Y).mean()


def confusion_matrix(Z, Y):
    """C[i, k]: how many examples of class i were read as class k."""
    K = Z.shape[1]
    counts = np.zeros((K, K), int)
    for label, read in zip(Y, Z.argmax(axis=1), strict=True):
        counts[label, read] += 1
    return counts


MANY = {  # so many that some are read alike
    "30 examples": {"n": 30, "K": 4},
    "50 examples": {"n": 50, "K": 3},
    "1 example": {"n": 1, "K": 3},
    "as many classes as examples": {"n": 5, "K": 5},
    "more classes than examples": {"n": 3, "K": 9},
}


def last_class_unseen(given):
    """Where there are many classes, let none of the examples be of the last one, or be read so."""
    Z, Y = given["Z"].copy(), given["Y"]
    if Z.shape[1] > 5:
        Z[:, -1] = Z.min() - 1
        Y = np.minimum(Y, Z.shape[1] - 2)
    return given | {"Z": Z, "Y": Y}


SHARE = Exercise(
    reference=share_right,
    returns=("share",),
    shapes={"Z": "n K", "Y": "labels n"},
    sizes=MANY,
    extremes={"Z": (1000.0, -1000.0, 0.5, 2.0, -3.0)},
    where=READ,
    hints=(
        "A row of Z has a number for each class. Which class does the network choose?",
        "It reads the class with the largest logit; the share is the mean of read = label.",
        "`return (Z.argmax(axis=1) == Y).mean()`",
    ),
    afterwards="No softmax was needed: it keeps the order, so the largest stays the largest.",
    wrong_answers=(
        WrongAnswer("number for share", ".mean()", ".sum()",
            "This is how many are right. A share is from 0 to 1: take the mean."),
        WrongAnswer("share wrong", "read == Y", "read != Y",
            "This is the share that is wrong."),
        WrongAnswer("divided by the classes", "(read == Y).mean()",
            "(read == Y).sum() / Z.shape[1]",
            "The number that is right is divided by the number of classes. Divide by that of the"
            " examples."),
        WrongAnswer("per cent", "(read == Y).mean()", "(100 * (read == Y).mean())",
            "This is in per cent. A share is from 0 to 1."),
        WrongAnswer("smallest logit", "argmax", "argmin",
            "This takes the class with the smallest logit. The network chooses the largest."),
        WrongAnswer("size of the logits", "Z.argmax", "np.abs(Z).argmax",
            "A logit far below 0 counts as large here. Its class is the least likely of all."),
        WrongAnswer("classes counted from 1", "Z.argmax(axis=1)", "Z.argmax(axis=1) + 1",
            "The classes are counted from 1. Python counts from 0, and so do the labels."),
        WrongAnswer("label's logit above 0", "(read == Y)", "(Z[np.arange(len(Y)), Y] > 0)",
            "An example counts where the logit of its label is above 0. It must be the largest of"
            " its row."),
        WrongAnswer("label's probability", "(read == Y).mean()",
            "np.mean([np.exp(z - z.max())[y] / np.exp(z - z.max()).sum()"
            " for z, y in zip(Z, Y)])",
            "This is the mean probability of the label. Accuracy counts: right or not."),
    ),
)  # fmt: skip

PAIRS, ADDED = "zip(Y, Z.argmax(axis=1), strict=True)", "counts[label, read] += 1"
CONFUSION = Exercise(
    reference=confusion_matrix,
    returns=("C",),
    shapes={"Z": "n K", "Y": "labels n"},
    sizes=MANY,
    extremes={"Z": (1000.0, -1000.0, 0.5, 2.0, -3.0)},
    together=last_class_unseen,
    where="The whole network",
    hints=(
        "One example: in which row of C does it count, and in which column?",
        "Begin with zeros, K by K. Each example adds 1 at C[its label, what it was read as].",
        "`for label, read in zip(Y, Z.argmax(axis=1)): C[label, read] += 1`",
    ),
    afterwards="The diagonal is what is right. Look at the largest number beside it.",
    wrong_answers=(
        WrongAnswer("repeats lost", f"for label, read in {PAIRS}:\n        {ADDED}",
            "counts[Y, Z.argmax(axis=1)] += 1",
            "Every place of C is 0 or 1. NumPy adds to a place once, however often it is named in"
            " one statement; np.add.at adds each time."),
        WrongAnswer("right ones only", ADDED, "counts[label, label] += label == read",
            "Only what is right is counted. The other examples belong beside the diagonal."),
        WrongAnswer("wrong ones only", ADDED, "counts[label, read] += label != read",
            "Only what is wrong is counted. What is right belongs on the diagonal."),
        WrongAnswer("labels only", ADDED, "counts[label, label] += 1",
            "Every example stands on the diagonal, whatever it was read as."),
        WrongAnswer("last one left out", PAIRS, "zip(Y[:-1], Z.argmax(axis=1)[:-1])",
            "The last example is not counted."),
        WrongAnswer("smallest logit", "Z.argmax", "Z.argmin",
            "This takes the class with the smallest logit. The network chooses the largest."),
        WrongAnswer("counted by twos", "+= 1", "+= 2",
            "Each example counts twice."),
        WrongAnswer("classes in sight", "K = Z.shape[1]",
            "K = max(Y.max(), Z.argmax(axis=1).max()) + 1",
            "C has as many rows as there are classes among these examples. Z says how many there"
            " are in all: it has a column for each."),
        WrongAnswer("share of each class", "return counts",
            "return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)",
            "These are shares of each row. How many they are is asked for."),
    ),
)  # fmt: skip

EXERCISES = (BEFORE, BATCHES, EPOCH, SHARE, CONFUSION, OVERFIT, DIAGNOSES, TRAINED)
