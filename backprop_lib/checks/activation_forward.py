"""Chapter 01, the bends: two exercises, what goes wrong in them, where to look again."""

from backprop_lib.activations import relu_forward, sigmoid_forward
from backprop_lib.checks.exercise import Exercise, WrongAnswer

MAX = "np.maximum(Z, 0)"
RELU = Exercise(
    reference=relu_forward,
    returns=("A",),
    shapes={"Z": "n q"},
    extremes={"Z": (0.0, -0.0, 1e300, -1e300, 1e-300, -1e-300, 0.5, 30.0)},
    where="Activations",
    hints=(
        "Which numbers of Z should come out as they went in, and what becomes of the others?",
        "A = max(0, Z), for each entry on its own.",
        "`return np.maximum(Z, 0)`",
    ),
    afterwards="The way back will ask where Z was positive: that is why Z is kept.",
    wrong_answers=(
        WrongAnswer("largest of each column", MAX, "np.max(Z, 0)",
            "`np.max(Z, 0)` looks for the largest number along axis 0. `np.maximum(Z, 0)` compares"
            " each entry with 0."),
        WrongAnswer("Z as it came", MAX, "Z.copy()", "Z comes back as it was. Nothing is bent."),
        WrongAnswer("minimum", MAX, "np.minimum(Z, 0)",
            "The negative numbers are kept and the positive ones become 0. Other way round."),
        WrongAnswer("absolute value", MAX, "np.abs(Z)",
            "Negative numbers come out positive, as |Z|. ReLU makes them 0."),
        WrongAnswer("mask instead of value", MAX, "Z > 0",
            "This says where Z is positive, 1 or 0. That is ReLU's slope; its value there is Z."),
        WrongAnswer("sign", MAX, "np.sign(Z)",
            "Only the sign is left. Positive numbers pass ReLU unchanged."),
        WrongAnswer("leaky", MAX, "np.maximum(Z, 0.01 * Z)",
            "Negative numbers leak through, times 0.01: the leaky ReLU. Here they become 0."),
        WrongAnswer("bend at 1", MAX, "Z * (Z > 1)",
            "Numbers between 0 and 1 are lost. The bend stands at 0."),
        WrongAnswer("at least 1", MAX, "np.maximum(Z, 1)",
            "Nothing comes out below 1. ReLU compares with 0."),
        WrongAnswer("cut off at 1", MAX, "np.clip(Z, 0, 1)",
            "Numbers above 1 are cut off. ReLU has no upper end."),
        WrongAnswer("whole rows to 0", MAX, "Z * (Z > 0).all(axis=1, keepdims=True)",
            "One negative unit takes its whole example to 0. Each entry is judged alone."),
        WrongAnswer("Z changed in place", MAX, "np.maximum(Z, 0, out=Z)",
            "The numbers are right, but Z itself is overwritten, and the way back still needs it."
            " Write into a new array.", "Through two layers"),
    ),
)

SIGMOID_OF_SMALL = "np.where(positive, 1, small) / (1 + small)"
SIGMOID = Exercise(
    reference=sigmoid_forward,
    returns=("A",),
    shapes={"Z": "n q"},
    extremes={"Z": (0.0, 1000.0, -1000.0, 30.0, -30.0, 1.0, -1.0, 0.5)},
    quiet=True,
    where="Activations",
    hints=(
        "e^1000 is too large for a float64, e^−1000 is harmless. Which of them do you need?",
        "1 / (1 + e^−Z) where Z > 0, and e^Z / (1 + e^Z) elsewhere: both need only e^−|Z|.",
        "`small = np.exp(-np.abs(Z))`, `return np.where(Z > 0, 1, small) / (1 + small)`",
    ),
    afterwards="Every number lies between 0 and 1; the slope, A ⊙ (1 − A), is at most a quarter.",
    wrong_answers=(
        WrongAnswer("overflow", SIGMOID_OF_SMALL, "1 / (1 + np.exp(-Z))",
            "The numbers are right, but e^−Z overflows for a very negative Z, and NumPy warns."
            " Take e^−|Z|, which is never larger than 1."),
        WrongAnswer("infinity over infinity", SIGMOID_OF_SMALL, "np.exp(Z) / (1 + np.exp(Z))",
            "For a large Z this is ∞ / ∞, which is NaN. Take e^−|Z|, never larger than 1."),
        WrongAnswer("both branches computed", SIGMOID_OF_SMALL,
            "np.where(positive, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))",
            "`np.where` picks the right branch, but NumPy computes both everywhere first, and one"
            " of them overflows. Take e^−|Z| in both."),
        WrongAnswer("sign of the exponent", "np.where(positive, 1, small)",
            "np.where(positive, small, 1)",
            "This falls where the sigmoid rises: it is 1 / (1 + e^Z). The exponent is −Z."),
        WrongAnswer("slope", SIGMOID_OF_SMALL, "small / (1 + small) ** 2",
            "This is the slope, A ⊙ (1 − A). The value A is asked for."),
        WrongAnswer("tanh", SIGMOID_OF_SMALL, "np.tanh(Z)",
            "This is tanh, from −1 to 1. The sigmoid goes from 0 to 1."),
        WrongAnswer("softmax", SIGMOID_OF_SMALL,
            "(lambda E: E / E.sum(1, keepdims=True))(np.exp(Z - Z.max(1, keepdims=True)))",
            "Each row sums to 1: this is softmax, which ties the units of a row together. The"
            " sigmoid looks at each number alone."),
        WrongAnswer("hard step", SIGMOID_OF_SMALL, "positive.astype(Z.dtype)",
            "This jumps from 0 to 1. The sigmoid rises smoothly, through ½ at 0."),
        WrongAnswer("Z changed in place", "np.where(positive, -Z, Z))",
            "np.where(positive, -Z, Z), out=Z)",
            "Z itself is overwritten, and the way back still needs it. Write into a new array."),
    ),
)
