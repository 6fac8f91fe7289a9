"""Chapter 02, back through a bend: two exercises, what goes wrong in them, where to look again."""

from backprop_lib.activations import relu_backward, tanh_backward
from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families.dense import mask

RELU = Exercise(
    reference=relu_backward,
    returns=("dZ",),
    shapes={"dA": "n q", "Z": "n q"},
    extremes={"Z": (0.0, -0.0, 1e-300, -1e-300, 0.5, -0.5, 3.0, -3.0)},
    where="Back through the bend",
    hints=(
        "If an entry of Z is negative and you nudge it, what happens to A?",
        "dZ = dA ⊙ 1[Z > 0]: the slope is 1 where Z is positive, and 0 elsewhere.",
        "`return dA * (Z > 0)`",
    ),
    afterwards="A > 0 just where Z > 0: for this, a network may as well keep A.",
    wrong_answers=(
        *mask("dA", "Z"),
        WrongAnswer("slope alone", "dA * (Z > 0)", "(Z > 0).astype(Z.dtype)",
            "This is the slope alone. The chain rule multiplies it by what came back, dA.",
            "One nudge, one chain"),
        WrongAnswer("times Z", "dA * (Z > 0)", "dA * Z",
            "dA is multiplied by Z. It is multiplied by the slope at Z, which is 1 or 0."),
        WrongAnswer("½ at 0", "dA * (Z > 0)", "dA * np.heaviside(Z, 0.5).astype(Z.dtype)",
            "At Z = 0 exactly, half the gradient passes. The corner has no slope; the choice here,"
            " as in PyTorch, is 0."),
        WrongAnswer("sign for slope", "dA * (Z > 0)", "dA * np.sign(Z)",
            "Where Z is negative, −dA comes back: that is the slope of |Z|. ReLU is flat there."),
        WrongAnswer("leaky", "dA * (Z > 0)", "np.where(Z > 0, dA, 0.01 * dA)",
            "A hundredth leaks back where Z is negative: the leaky ReLU. Here nothing does."),
        WrongAnswer("negative gradients stopped", "dA * (Z > 0)", "dA * (Z > 0) * (dA > 0)",
            "The mask from Z is right, but negative entries of dA are stopped too. A gradient may"
            " have either sign."),
        WrongAnswer("dA changed in place", "dA * (Z > 0)", "np.multiply(dA, Z > 0, out=dA)",
            "The numbers are right, but dA itself is overwritten, and it belongs to the caller."
            " Write into a new array."),
    ),
)

TANH_OF_Z, SLOPE = "np.tanh(Z)", "(1 - np.tanh(Z) ** 2)"
NOT_A_NUMBER = "For a large Z this is ∞ / ∞, which is NaN. `np.tanh` is right at any size."
TANH = Exercise(
    reference=tanh_backward,
    returns=("dZ",),
    shapes={"dA": "n q", "Z": "n q"},
    extremes={"Z": (0.0, 1000.0, -1000.0, 20.0, -20.0, 1.0, -1.0, 0.5)},
    where="Back through the bend",
    hints=(
        "Where is tanh steepest, and what is left of its slope where Z is large?",
        "dZ = dA ⊙ (1 − A²), with A = tanh Z, entry by entry.",
        "`return dA * (1 - np.tanh(Z) ** 2)`",
    ),
    afterwards="The slope is 1 at 0 and less elsewhere: tanh never makes a gradient larger.",
    wrong_answers=(
        WrongAnswer("slope at A", TANH_OF_Z, "np.tanh(np.tanh(Z))",
            "tanh is taken twice: this is the slope at A. It is asked for at Z."),
        WrongAnswer("Z for A", TANH_OF_Z, "Z",
            "Z stands where A belongs. In 1 − A², A is tanh Z."),
        WrongAnswer("slope at dA", TANH_OF_Z, "np.tanh(dA)",
            "The slope is taken at dA. It is the slope at Z, where the way forward went through."),
        WrongAnswer("slope alone", "dA * (", "(",
            "This is the slope alone. The chain rule multiplies it by what came back, dA.",
            "One nudge, one chain"),
        WrongAnswer("square forgotten", " ** 2", "", "This is 1 − A. The slope is 1 − A²."),
        WrongAnswer("1 − forgotten", "1 - ", "", "This is A². The slope is 1 − A²."),
        WrongAnswer("value for slope", SLOPE, "np.tanh(Z)",
            "dA is multiplied by tanh's value. Its slope is asked for, 1 − A²."),
        WrongAnswer("A (1 − A)", SLOPE, "np.tanh(Z) * (1 - np.tanh(Z))",
            "A (1 − A) is the sigmoid's slope. For tanh it is 1 − A²."),
        WrongAnswer("sigmoid's slope", SLOPE, "(1 - np.tanh(Z / 2) ** 2) / 4",
            "This is the way back through a sigmoid. tanh's slope is 1 − tanh² Z."),
        WrongAnswer("ReLU's slope", SLOPE, "(Z > 0)",
            "This is the way back through ReLU. tanh has a slope below 0 too."),
        WrongAnswer("infinity over infinity", TANH_OF_Z,
            "((np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z)))", NOT_A_NUMBER),
        WrongAnswer("infinity over infinity, from e^2Z", TANH_OF_Z,
            "((np.exp(2 * Z) - 1) / (np.exp(2 * Z) + 1))", NOT_A_NUMBER),
        WrongAnswer("Z changed in place", TANH_OF_Z, "np.tanh(Z, out=Z)",
            "Z itself is overwritten by A, and it belongs to the caller. Write into a new array."),
    ),
)
