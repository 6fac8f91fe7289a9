"""The exercises of chapter 07: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.dropout_there_and_back import THERE_AND_BACK
from backprop_lib.checks.dropout_under_test import UNDER_TEST
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import dropout
from backprop_lib.checks.masks import IN_BLOCKS, SCALED_TWICE, many, seen_in_mask
from backprop_lib.dropout import dropout_backward

HAND, MODES, MOMENTS = "A mask, by hand", "Training and evaluation", "Mean and variance"
BACK = "The same mask back"
DRAWN, SCALE = "rng.random(A.shape)", "1 / (1 - drop_prob)"


def dropout_forward(A, drop_prob, rng):
    """H = A ⊙ M, with M = 0 with the chance drop_prob and 1 / (1 − drop_prob) otherwise."""
    M = (rng.random(A.shape) >= drop_prob) * (1 / (1 - drop_prob))
    return A * M, M


def dropout_layer(A, drop_prob, rng, training):
    """A ⊙ M in training, with a fresh M; A in evaluation."""
    if not training:
        return A.copy()
    M = (rng.random(A.shape) >= drop_prob) * (1 / (1 - drop_prob))
    return A * M


def dropout_numbers():
    """What dropout makes of a table of threes, where drop_prob is 0.75."""
    stays = 12.0
    share = 0.75
    mean = 3.0
    variance = 27.0
    evaluation = 3.0
    return stays, share, mean, variance, evaluation


def both_modes(rng):
    """Return the cases of `many` in training, and two of them in evaluation."""
    training, evaluation = many(rng), many(rng)[:2]
    for cases, mode in ((training, True), (evaluation, False)):
        for case in cases:
            case.words += ", training" if mode else ", evaluation"
            case.arguments["training"] = mode
    return [training[0], *evaluation, *training[1:]]


def seen_in_layer(given, H):
    """Return what can be said of what a layer hands on: in evaluation, what H is."""
    if given["training"]:
        return seen_in_mask(given["A"], H)
    ratio = np.unique((H / given["A"]).round(2))
    return {"H divided by A, in evaluation": ratio[:5].tolist()}


def seen_in_forward(given, H, M):
    """Return what can be said of a mask, whoever has drawn it, and whether H is made with it."""
    return {
        "H is A times M": bool(np.allclose(H, given["A"] * M, rtol=1e-6)),
        **seen_in_mask(np.ones_like(M), M),
    }


def _real_masks(arguments):
    """Make masks out of the random numbers in M: 0 or 2.5, as where drop_prob is 0.6."""
    M = arguments["M"]
    return arguments | {"M": (M > 0) * M.dtype.type(2.5)}


FORWARD = Exercise(
    reference=dropout_forward,
    returns=("H", "M"),
    measured=seen_in_forward,
    cases_of=many,
    where=HAND,
    hints=(
        "You draw even numbers from 0 to 1. Which share of them lies below drop_prob?",
        "M is 0 where the number drawn is below drop_prob, and 1 / (1 − drop_prob) elsewhere.",
        "`M = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)`",
    ),
    afterwards="Your mask is not ours, and need not be: only its shares and its values are looked"
    " at.",
    wrong_answers=(
        *dropout.mask(DRAWN, SCALE),
        SCALED_TWICE,
        *IN_BLOCKS,
        WrongAnswer("mask not applied", "return A * M", "return A.copy()",
            "H is A as it was. Multiply by M, entry by entry."),
        WrongAnswer("M without its scale", "A * M, M", "A * M, np.sign(M)",
            "H is right, but M comes back as ones and zeros. The way back needs the scale too."),
        WrongAnswer("M of booleans", "A * M, M", "A * M, M > 0",
            "H is right, but M comes back as True and False. The way back needs the scale too."),
        WrongAnswer("M is one row", DRAWN, "rng.random(A.shape[1])",
            "M is a single row, so all examples lose the same units. Draw as many numbers as A has"
            " entries: its shape is A.shape."),
        WrongAnswer("normal numbers", DRAWN, "rng.standard_normal(A.shape)",
            "The numbers come from a bell, so their share below drop_prob is another one."
            " `rng.random` draws evenly from 0 to 1."),
        WrongAnswer("A is lost", "A * M, M", "M.copy(), M",
            "H is the mask alone. It multiplies A."),
    ),
)  # fmt: skip

LAYER = Exercise(
    reference=dropout_layer,
    returns=("H",),
    measured=seen_in_layer,
    cases_of=both_modes,
    where=MODES,
    hints=(
        "What should the same example give in evaluation, if you ask twice?",
        "In training H = A ⊙ M. In evaluation H = A: no mask, and no scale either.",
        "`if not training: return A.copy()`, and below it two lines for training",
    ),
    afterwards="In evaluation it costs nothing and changes nothing: that is what the scale is for.",
    wrong_answers=(
        WrongAnswer("active in evaluation", "if not training:", "if False:",
            "It drops in evaluation too. Then one example gets another answer each time that it is"
            " asked for."),
        WrongAnswer("never active", "if not training:", "if True:",
            "Nothing is dropped, in training either."),
        WrongAnswer("modes swapped", "if not training:", "if training:",
            "It drops in evaluation, and not in training. Other way round."),
        WrongAnswer("scaled in evaluation too", "A.copy()", "A * (1 - drop_prob)",
            "In evaluation everything is made smaller. That belongs to the old form, which does not"
            " scale in training; one of the two is enough."),
        WrongAnswer("enlarged in evaluation", "A.copy()", "A / (1 - drop_prob)",
            "In evaluation everything is made larger. Nothing is missing there, so nothing is to be"
            " made up for."),
        WrongAnswer("scaled in evaluation only", "A.copy()", "A / max(drop_prob, 1e-9)",
            "In evaluation A is divided by drop_prob. Leave it as it is."),
        WrongAnswer("silent in evaluation", "A.copy()", "np.zeros_like(A)",
            "In evaluation nothing at all is left. There every unit speaks."),
        *dropout.mask(DRAWN, SCALE),
        SCALED_TWICE,
        *IN_BLOCKS,
    ),
)  # fmt: skip

NUMBERS = Exercise(
    reference=dropout_numbers,
    returns=("stays", "share", "mean", "variance", "evaluation"),
    cases_of=lambda _: [Case("a table of threes", {})],
    where=MOMENTS,
    hints=(
        "Which two numbers can an entry of H be, and how often is it each of them?",
        "a / (1 − drop_prob), or 0. The variance is a² drop_prob / (1 − drop_prob).",
        "`return 12, 0.75, 3, 27, 3`: the variance is 9 · 0.75 / 0.25",
    ),
    afterwards="Run the next cell, and see how near chance comes.",
    wrong_answers=(
        WrongAnswer("stays, not rescaled", "stays = 12.0", "stays = 3.0",
            "What stays is made larger: 3 is divided by 0.25."),
        WrongAnswer("stays, divided by drop_prob", "stays = 12.0", "stays = 4.0",
            "What stays is divided by 0.75 here. A quarter stays: divide by 0.25."),
        WrongAnswer("stays, multiplied", "stays = 12.0", "stays = 0.75",
            "What stays is made smaller here. It makes up for what is missing."),
        WrongAnswer("share that stays", "share = 0.75", "share = 0.25",
            "A quarter is what stays. Asked for is the share of zeros."),
        WrongAnswer("mean, not rescaled", "mean = 3.0", "mean = 0.75",
            "0.75 would be the mean without the scale. It is there to keep the mean."),
        WrongAnswer("mean of what stays", "mean = 3.0", "mean = 12.0",
            "12 is what stays. The zeros count in the mean too."),
        WrongAnswer("variance, not rescaled", "variance = 27.0", "variance = 1.6875",
            "This is the variance without the scale. The scale is 4, and a variance grows with its"
            " square."),
        WrongAnswer("mean square for variance", "variance = 27.0", "variance = 36.0",
            "36 is the mean of the squares. The variance is measured from the mean: take 3²"
            " away."),
        WrongAnswer("root of the variance", "variance = 27.0", "variance = 27.0**0.5",
            "This is the standard deviation. The variance is its square."),
        WrongAnswer("variance of ones", "variance = 27.0", "variance = 3.0",
            "3 is the variance of the mask. It multiplies a three, so the variance is 3² times as"
            " large."),
        WrongAnswer("evaluation rescaled", "evaluation = 3.0", "evaluation = 12.0",
            "In evaluation nothing is dropped, so nothing is made larger."),
        WrongAnswer("evaluation in the old form", "evaluation = 3.0", "evaluation = 0.75",
            "The old form made everything smaller in evaluation. This one has done its part in"
            " training."),
    ),
)  # fmt: skip

BACKWARD = Exercise(
    reference=dropout_backward,
    returns=("dA",),
    together=_real_masks,
    where=BACK,
    hints=(
        "An entry of A goes up a little. How much does its entry of H move?",
        "H = A ⊙ M, so dA = dH ⊙ M: each entry has the slope M.",
        "`return dH * M`",
    ),
    afterwards="One multiplication. All the rest is to have kept the mask.",
    wrong_answers=(
        *dropout.way_back("dH * M"),
        WrongAnswer("mask upside down", "dH * M", "dH * (M == 0)",
            "The gradient goes to the units that were dropped. Other way round."),
        WrongAnswer("scale undone", "dH * M", "dH * (M > 0) / max(M.max(), 1)",
            "The gradient is divided by the scale. On the way forward A was multiplied by it, and"
            " so is the gradient."),
        WrongAnswer("scale without the mask", "dH * M", "dH * M.max()",
            "Every entry is made larger, and none is dropped. M holds both: times M."),
        WrongAnswer("fresh mask in backward", "dH * M",
            "dH * np.random.default_rng(0).permutation(M.ravel()).reshape(M.shape)",
            "The gradient goes through another mask. The one that went forward has to come back."),
        WrongAnswer("mask from the gradient", "dH * M", "dH * (dH > 0)",
            "The mask asks where dH is positive. Who was dropped was settled on the way forward:"
            " ask M."),
        WrongAnswer("added", "dH * M", "dH + M",
            "M is added. It is a slope: multiply."),
    ),
)  # fmt: skip

EXERCISES = (FORWARD, LAYER, NUMBERS, BACKWARD, THERE_AND_BACK, UNDER_TEST)
