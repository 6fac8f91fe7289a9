"""The exercises of chapter 01: what is right, what goes wrong, and where to look again."""

from itertools import pairwise

import numpy as np

from backprop_lib.checks.activation_forward import RELU, SIGMOID
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families.dense import bias, product
from backprop_lib.dense import dense_forward


def two_layer_forward(X, W1, b1, W2, b2):
    """Z1 = X W1 + b1, A1 = max(0, Z1), Z2 = A1 W2 + b2."""
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    return Z1, A1, Z2


def dense_forward_columns(X, W, b):
    """Z = W X + b, an example in each column: X (p, n), W (q, p), b (q, 1)."""
    return W @ X + b


def parameter_count(sizes):
    """Σ (p q + q) over neighbouring sizes p, q: each unit out has p weights and one bias."""
    return sum(p * q + q for p, q in pairwise(sizes))


def lists_of_sizes(rng):
    """Return lists of sizes, the smallest first."""
    networks = {
        "one layer": [3, 2],
        "two layers": [2, 3, 4],
        "equal sizes": [4, 4, 4],
        "the network for the digits": [64, 32, 10],
        "three layers": [784, 256, 128, 10],
        "four layers": [int(size) for size in rng.integers(2, 40, size=5)],
    }
    return [Case(words, {"sizes": sizes}) for words, sizes in networks.items()]


DENSE = Exercise(
    reference=dense_forward,
    returns=("Z",),
    where="Z = XW + b",
    hints=(
        "Which size do X and W share, and which of their sizes are left in Z?",
        "Z = XW + b: the matrix product sums over the p inputs; b is added to every row.",
        "`return X @ W + b`",
    ),
    afterwards="Look at what is not there: no loop over examples, none over units.",
    wrong_answers=(
        *bias("b"),
        *product("W"),
        WrongAnswer("averaged over the inputs", "return X", "return X / X.shape[1]",
            "The product is divided by p. Z sums over the inputs, it takes no mean."),
        WrongAnswer("averaged over the examples", "return X", "return X / X.shape[0]",
            "The product is divided by n. Examples do not meet on the way forward: each row of Z"
            " comes from its own row of X."),
        WrongAnswer("signs of X lost", "return X", "return np.abs(X)",
            "The signs of X are lost before the product."),
        WrongAnswer("factors swapped", "X @ W", "W @ X",
            "The factors are swapped: this is WX. Rows are examples here, so X comes first.",
            "Rows and columns"),
    ),
)

TWO_LAYERS = Exercise(
    reference=two_layer_forward,
    returns=("Z1", "A1", "Z2"),
    shapes={"X": "n p", "W1": "p h", "b1": "h", "W2": "h q", "b2": "q"},
    where="Through two layers",
    hints=(
        "What does the second layer see: the numbers before the bend, or after it?",
        "Z1 = X W1 + b1, A1 = max(0, Z1), Z2 = A1 W2 + b2.",
        "`Z1 = X @ W1 + b1`, `A1 = np.maximum(Z1, 0)`, `Z2 = A1 @ W2 + b2`",
    ),
    afterwards="Three arrays, not one: the way back needs Z1 for the bend and A1 for dW2.",
    wrong_answers=(
        WrongAnswer("no activation", "np.maximum(Z1, 0)", "Z1.copy()",
            "There is no bend in between: A1 is Z1. Two layers without one are one layer."),
        WrongAnswer("ReLU on the output too", "return Z1, A1, Z2",
            "return Z1, A1, np.maximum(Z2, 0)",
            "The output is bent too. Z2 are the logits; they may be negative."),
        WrongAnswer("Z1 fed on", "A1 @", "Z1 @",
            "The second layer is given Z1, from before the bend; it takes A1."),
        WrongAnswer("X fed on", "A1 @", "X @", "The second layer is given X; it takes A1."),
        WrongAnswer("W1 twice", "@ W2", "@ W1", "W1 is used in both layers; the second has W2."),
        WrongAnswer("b1 twice", "+ b2", "+ b1", "b1 is used in both layers; the second has b2."),
        WrongAnswer("Z1 overwritten", "np.maximum(Z1, 0)", "np.maximum(Z1, 0, out=Z1)",
            "Z1 is overwritten by A1: both are one array. Write A1 into a new one."),
        WrongAnswer("A1 and Z2 swapped", "Z1, A1, Z2", "Z1, Z2, A1",
            "The right arrays, but A1 and Z2 come back in each other's place."),
        WrongAnswer("Z1 and A1 swapped", "Z1, A1, Z2", "A1, Z1, Z2",
            "The right arrays, but Z1 and A1 come back in each other's place."),
        WrongAnswer("only the output", "return Z1, A1, Z2", "return Z2",
            "Only Z2 comes back. Return Z1 and A1 too: the way back needs them."),
        *bias("b1"), *bias("b2"), *product("W1"), *product("W2"),
    ),
)

COLUMNS = Exercise(
    reference=dense_forward_columns,
    returns=("Z",),
    shapes={"X": "p n", "W": "q p", "b": "q 1"},
    where="Rows and columns",
    hints=(
        "An example is a column now. Which factor must stand first for the p's to meet?",
        "Z = WX + b, of shape (q, n). b is a column, so it is added to every column.",
        "`return W @ X + b`",
    ),
    afterwards="The same numbers as before, transposed: Z here is Zᵀ there.",
    wrong_answers=(
        *bias("b"),
        *product("X"),
        WrongAnswer("b as a row", "+ b", "+ b.T",
            "b is added as a row. Only where n = q does that fit at all, and there it is wrong"
            " without a word. Keep b a column, (q, 1)."),
        WrongAnswer("W transposed", "return W", "return W.T",
            "W is transposed. Here W is (q, p) as it comes."),
        WrongAnswer("factors swapped", "W @ X", "X @ W",
            "The factors are swapped: XW is for rows. With examples in columns, W comes first."),
        WrongAnswer("averaged over the inputs", "return W", "return W / W.shape[1]",
            "The product is divided by p. Z sums over the inputs, it takes no mean."),
    ),
)

COUNT = Exercise(
    reference=parameter_count,
    returns=("count",),
    cases_of=lists_of_sizes,
    where="Shapes",
    hints=(
        "How many numbers does one dense layer own that takes p inputs and gives q outputs?",
        "W has p q numbers and b has q. Add that up over all neighbouring sizes.",
        "`return sum(p * q + q for p, q in zip(sizes[:-1], sizes[1:]))`",
    ),
    afterwards="[64, 32, 10], the network for the digits, has 2,410 numbers to learn.",
    wrong_answers=(
        WrongAnswer("biases forgotten", " + q", "",
            "These are the weights alone. Each unit has a bias too."),
        WrongAnswer("a bias per input", "+ q", "+ p",
            "Each layer is given p biases, one per input; b has one per unit out, q."),
        WrongAnswer("a bias per layer", "+ q", "+ 1", "A layer has q biases, not one."),
        WrongAnswer("weights forgotten", "p * q + q", "q", "These are the biases alone."),
        WrongAnswer("sizes added", "p * q", "(p + q)",
            "p and q are added. W has p rows of q numbers: p times q."),
        WrongAnswer("biases for the input", "return ", "return sizes[0] + ",
            "The input is given biases. It is data; nothing of it is learned."),
        WrongAnswer("last layer forgotten", "pairwise(sizes)", "pairwise(sizes[:-1])",
            "The last layer is not counted."),
        WrongAnswer("first layer forgotten", "pairwise(sizes)", "pairwise(sizes[1:])",
            "The first layer is not counted."),
        WrongAnswer("product of all sizes", "sum(p * q + q for p, q in pairwise(sizes))",
            "int(np.prod(sizes))",
            "All sizes are multiplied. Only neighbours share a W, and the layers add up."),
    ),
)

EXERCISES = (DENSE, RELU, SIGMOID, TWO_LAYERS, COLUMNS, COUNT)
