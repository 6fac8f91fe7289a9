"""The exercises of chapter 05: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.first_weights import GROWTH, PREDICTIONS, WEIGHTS
from backprop_lib.checks.many_layers import BACKWARD, DEEP_STEP, FORWARD


def dead_units(A):
    """Count, in each layer, the units that are 0 in every example."""
    return [(a == 0).all(axis=0).sum() for a in A]


def update_ratios(W, dW, learning_rate):
    """learning_rate ‖dW‖ / ‖W‖, in each layer."""
    return [
        learning_rate * np.linalg.norm(dW[k]) / np.linalg.norm(W[k]) for k in range(len(W))
    ]


def layers_with_the_dead(rng):
    """Return activations with dead units, with dead examples, with neither, and of one example."""

    def active(n, q):
        return rng.uniform(0.5, 2, (n, q)).round(1)

    some, rows, all_off, scattered = active(4, 5), active(3, 4), np.zeros((3, 2)), active(4, 4)
    some[:, [1, 3]] = 0
    some[1] = 0
    rows[0] = 0
    rows[:, 2] = 0
    scattered[np.eye(4) == 1] = 0
    one = np.array([[0.0, 1.5, 0.0]])
    cases = {
        "2 layers": [some, rows],
        "1 layer": [rows],
        "all of them off": [all_off, active(3, 3)],
        "zeros here and there": [scattered, some, rows],
        "1 example": [one, one.copy()],
    }
    return [Case(words, {"A": A}) for words, A in cases.items()]


def layers_to_step(rng):
    """Return weights and gradients of very different lengths."""
    cases = {"2 layers": [(2, 3), (3, 2)], "1 layer": [(2, 2)], "4 layers": [(2, 2)] * 4}
    found = []
    for words, shapes in cases.items():
        W = [rng.standard_normal(shape).round(1) + 0.05 for shape in shapes]
        dW = [rng.standard_normal(shape).round(1) * 10.0**-k for k, shape in enumerate(shapes)]
        found.append(Case(words, {"W": W, "dW": dW, "learning_rate": 0.1}))
    return found


OFF, IN_ALL = "(a == 0)", ".all(axis=0)"
DEAD = Exercise(
    reference=dead_units,
    returns=("dead",),
    cases_of=layers_with_the_dead,
    where="Units that no gradient reaches",
    hints=(
        "A unit is a column. What must be true of every number in it?",
        "For each A: where it is 0; in which columns that is so in every row; how many these are.",
        "`(a == 0).all(axis=0).sum()`",
    ),
    afterwards="In training, count them now and then: it is one line, and tells of a lost network.",
    wrong_answers=(
        WrongAnswer("examples counted", "axis=0", "axis=1",
            "These are examples for which every unit is off. A unit is a column: axis 0."),
        WrongAnswer("off somewhere", ".all(", ".any(",
            "Units are counted that are off in some example. Nearly all are: dead means, in every"
            " one."),
        WrongAnswer("zeros counted", IN_ALL, "",
            "All zeros are counted. A unit counts once, and only if its whole column is 0."),
        WrongAnswer("living counted", f"{OFF}{IN_ALL}", f"(~{OFF}{IN_ALL})",
            "These are the units that live."),
        WrongAnswer("always on", OFF, "(a > 0)",
            "Units are counted that are on in every example. Dead is off in every one."),
        WrongAnswer("share for number", ".sum()", ".mean()",
            "This is the share of dead units. How many they are is asked for."),
        WrongAnswer("which for how many", ".sum()", "",
            "This says which units are dead. How many they are is asked for."),
        WrongAnswer("all layers together", "return [(a == 0).all(axis=0).sum() for a in A]",
            "return sum([(a == 0).all(axis=0).sum() for a in A])",
            "All layers are counted together. One number for each layer tells where it is wrong."),
    ),
)  # fmt: skip

STEP, LENGTH = "np.linalg.norm(dW[k])", "np.linalg.norm(W[k])"
RATIOS = Exercise(
    reference=update_ratios,
    returns=("ratios",),
    cases_of=layers_to_step,
    where="How far does a step move a weight",
    hints=(
        "How long is the step that a plain update takes, and against which length do you hold it?",
        "learning rate · ‖dW‖ / ‖W‖, for each layer. ‖W‖ is the root of the summed squares.",
        "`learning_rate * np.linalg.norm(dW[k]) / np.linalg.norm(W[k])`",
    ),
    afterwards="About 0.001 is healthy. A ratio that falls from layer to layer names the trouble.",
    wrong_answers=(
        WrongAnswer("learning rate forgotten", f"learning_rate * {STEP}", STEP,
            "This compares the gradient with the weights. The step is shorter: times the learning"
            " rate."),
        WrongAnswer("upside down", f"{STEP} / {LENGTH}", f"{LENGTH} / {STEP}",
            "The ratio stands upside down: the step above, the weights below."),
        WrongAnswer("step alone", f" / {LENGTH}", "",
            "This is how long the step is. Whether that is much depends on the weights: divide by"
            " their length."),
        WrongAnswer("squares in the step", STEP, "np.sum(dW[k] ** 2)",
            "The squares of dW are summed, and the root is missing."),
        WrongAnswer("squares in the weights", LENGTH, "np.sum(W[k] ** 2)",
            "The squares of W are summed, and the root is missing."),
        WrongAnswer("mean of the ratios", f"{STEP} / {LENGTH}", "np.mean(np.abs(dW[k] / W[k]))",
            "This is the mean over the entries, which one weight near 0 spoils. Compare the lengths"
            " of the whole tables."),
        WrongAnswer("sizes summed", STEP, "np.abs(dW[k]).sum()",
            "The sizes of the entries of dW are summed. Its length is the root of the summed"
            " squares."),
        WrongAnswer("last layer's weights", LENGTH, "np.linalg.norm(W[-1])",
            "Every step is held against the last layer's weights. Each layer has its own."),
        WrongAnswer("largest entry for length", LENGTH, "np.abs(W[k]).max()",
            "The step is held against the largest weight. Take the length of the whole table."),
    ),
)  # fmt: skip

EXERCISES = (FORWARD, BACKWARD, GROWTH, PREDICTIONS, WEIGHTS, DEAD, RATIOS, DEEP_STEP)
