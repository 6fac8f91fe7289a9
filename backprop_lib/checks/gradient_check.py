"""The exercises of chapter 03: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.find_the_bug import NETWORK
from backprop_lib.checks.nudges import ALONG, CENTRAL, COMPLEX


def predicted_errors(w, h):
    """How far off three nudges of w³ are: 3wh + h², h², −h²."""
    one_side = 3 * w * h + h**2
    both_sides = h**2
    to_the_side = -(h**2)
    return one_side, both_sides, to_the_side


def relative_error(ours, slow):
    """‖ours − slow‖ / max(‖ours‖, ‖slow‖), and 0 where both are zero."""
    longer = max(np.linalg.norm(ours), np.linalg.norm(slow))
    difference = np.linalg.norm(ours - slow)
    return float(difference / longer) if longer > 0 else 0.0


def weights_and_nudges(_):
    """Return weights on both sides of 0, with nudges of several sizes."""
    pairs = ((1.0, 0.1), (2.0, 0.5), (-1.5, 0.2), (0.5, 0.01), (3.0, 1.0))
    return [Case(f"w = {w}, h = {h}", {"w": w, "h": h}) for w, h in pairs]


def pairs_of_gradients(rng):
    """Return gradients that agree, nearly agree, point elsewhere, or are zero."""
    slow, other = rng.standard_normal((2, 3, 4))
    zero, tiny = np.zeros((2, 3)), rng.standard_normal(5)
    tiny[0] = 1e-9
    pairs = {
        "two that have nothing in common": (other, slow),
        "nearly right": (slow + 0.01 * other, slow),
        "3 times too long": (3 * slow, slow),
        "4 times too short": (slow / 4, slow),
        "the other way": (-slow[0], slow[0]),
        "an entry next to 0": (tiny + np.array([1e-9, 0, 0, 0, 0]), tiny),
        "the same": (slow.copy(), slow),
        "zero against something": (zero, zero + 0.5),
        "zero, both": (zero.copy(), zero),
    }
    return [Case(words, {"ours": a, "slow": b}) for words, (a, b) in pairs.items()]


PREDICTED = Exercise(
    reference=predicted_errors,
    returns=("one_side", "both_sides", "to_the_side"),
    cases_of=weights_and_nudges,
    where="Nudge on both sides",
    hints=(
        "What is left of each quotient when you multiply out and take away 3w²?",
        "One side gives 3w² + 3wh + h², both sides 3w² + h², the complex step 3w² − h².",
        "`one_side = 3 * w * h + h**2`, `both_sides = h**2`, `to_the_side = -(h**2)`",
    ),
    afterwards="Of the three, only the first depends on w: the bend of w³ is 6w, its third"
    " derivative always 6.",
    wrong_answers=(
        WrongAnswer("h² forgotten on one side", "3 * w * h + h**2", "3 * w * h",
            "On one side h² is missing. It comes from h³ divided by h."),
        WrongAnswer("bend forgotten", "3 * w * h + h**2", "h**2",
            "On one side 3wh is missing: it cancels only where both sides are taken."),
        WrongAnswer("not divided by h", "3 * w * h + h**2", "3 * w * h**2 + h**3",
            "On one side this is the difference's error. The difference is divided by h."),
        WrongAnswer("slope for error", "3 * w * h + h**2", "3 * w**2 + 3 * w * h + h**2",
            "This is the slope that one side finds. How far off it is, is asked: take 3w² away."),
        WrongAnswer("both sides like one", "both_sides = h**2", "both_sides = 3 * w * h + h**2",
            "On both sides 3wh cancels: it stands in both with the same sign."),
        WrongAnswer("both sides exact", "both_sides = h**2", "both_sides = 0.0",
            "On both sides h² stays: the h³ of the two differ in sign, so they add."),
        WrongAnswer("h² twice", "both_sides = h**2", "both_sides = 2 * h**2",
            "2h³ is divided by 2h: one h² is left."),
        WrongAnswer("half of h²", "both_sides = h**2", "both_sides = h**2 / 2",
            "2h³ is divided by 2h: one h² is left, not a half."),
        WrongAnswer("sign to the side", "-(h**2)", "h**2",
            "The complex step is off by −h², since (ih)³ = −i h³.", "A nudge to the side"),
        WrongAnswer("complex step exact", "-(h**2)", "0.0",
            "The complex step is off by −h². That is nothing only because h may be so small.",
            "A nudge to the side"),
        WrongAnswer("real part", "-(h**2)", "-3 * w * h**2",
            "This is in the part without i. The slope is read from the part with it.",
            "A nudge to the side"),
    ),
)

LONGER = "max(np.linalg.norm(ours), np.linalg.norm(slow))"
ERROR = Exercise(
    reference=relative_error,
    returns=("error",),
    cases_of=pairs_of_gradients,
    where="Near enough",
    hints=(
        "How long is the difference, and against what would you hold that length?",
        "‖ours − slow‖ / max(‖ours‖, ‖slow‖), over all entries together; 0 where both are zero.",
        "`difference = np.linalg.norm(ours - slow)`, and `np.linalg.norm` twice more below it",
    ),
    afterwards="It does not care which of the two is which, and never passes 2.",
    wrong_answers=(
        WrongAnswer("not a part of anything", "float(difference / longer)", "float(difference)",
            "This is the length of the difference. A network with small gradients would always"
            " pass: divide by the longer of the two."),
        WrongAnswer("part of the slow one", LONGER, "np.linalg.norm(slow)",
            "It is held against the slow one's length alone. That may be zero where ours is not."),
        WrongAnswer("part of ours", LONGER, "np.linalg.norm(ours)",
            "It is held against our own length alone. That may be zero where the slow one is not."),
        WrongAnswer("part of the shorter", LONGER,
            "min(np.linalg.norm(ours), np.linalg.norm(slow))",
            "It is held against the shorter of the two. That may be next to zero."),
        WrongAnswer("part of the sum", LONGER, "np.linalg.norm(ours) + np.linalg.norm(slow)",
            "It is held against both lengths together. That is a measure too, and a smaller"
            " number; here the longer one is asked for."),
        WrongAnswer("squared", "np.linalg.norm(ours - slow)", "np.linalg.norm(ours - slow) ** 2",
            "The length of the difference is squared: half of the digits of an error would be"
            " hidden. Take the root."),
        WrongAnswer("difference of the lengths", "np.linalg.norm(ours - slow)",
            "abs(np.linalg.norm(ours) - np.linalg.norm(slow))",
            "The two lengths are compared. A gradient that points elsewhere may be just as long."),
        WrongAnswer("signs lost", "np.linalg.norm(ours - slow)",
            "np.linalg.norm(np.abs(ours) - np.abs(slow))",
            "The signs are lost before the difference: a gradient that points uphill passes."),
        WrongAnswer("0 / 0", " if longer > 0 else 0.0", "",
            "Where both are zero, this is 0 / 0, which is NaN. They agree: the error is 0."),
        WrongAnswer("entry by entry", "float(difference / longer)",
            "float(np.max(np.abs(ours - slow) / np.maximum(np.abs(ours), np.abs(slow))))",
            "Each entry is held against itself, and the worst one counts. An entry next to 0 is"
            " then nothing but rounding."),
        WrongAnswer("mean over the entries", "float(difference / longer)",
            "float(np.mean(np.abs(ours - slow) / np.maximum(np.abs(ours), np.abs(slow))))",
            "Each entry is held against itself, and the mean is taken. Entries next to 0 are"
            " nothing but rounding."),
        WrongAnswer("largest entries", "float(difference / longer)",
            "float(np.max(np.abs(ours - slow)) / max(np.max(np.abs(ours)), np.max(np.abs(slow))))",
            "The largest entries stand for the lengths. That is a measure too; here all entries"
            " together are asked for."),
    ),
)

EXERCISES = (PREDICTED, CENTRAL, COMPLEX, ERROR, ALONG, NETWORK)
