"""The exercises of chapter 02: what is right, what goes wrong, and where to look again."""

from backprop_lib.checks.activation_backward import RELU, TANH
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families.dense import (
    averaged,
    batch_sum,
    not_transposed,
    on_its_side,
    weights_gradient,
)
from backprop_lib.checks.layers_backward import STEP, TWO_LAYERS
from backprop_lib.dense import dense_backward


def gradient_shapes(n, p, q):
    """Each gradient has the shape of its value, in Z = X W + b."""
    dZ = (n, q)
    dX = (n, p)
    dW = (p, q)
    db = (q,)
    return dZ, dX, dW, db


def skip_backward(dZ, X, W):
    """Z = X + X W takes X by two roads: dX = dZ + dZ Wᵀ, and dW = Xᵀ dZ."""
    dX = dZ + dZ @ W.T
    dW = X.T @ dZ
    return dX, dW


def dense_backward_columns(dZ, X, W):
    """dX = Wᵀ dZ, dW = dZ Xᵀ, db = Σᵢ dZᵢ, an example in each column: dZ (q, n), X (p, n)."""
    dX = W.T @ dZ
    dW = dZ @ X.T
    db = dZ.sum(axis=1, keepdims=True)
    return dX, dW, db


def sizes_of_a_layer(_):
    """Return sizes that differ, sizes that agree, and those of the layer for the digits."""
    layers = {
        "4 examples": (4, 3, 2),
        "more units out than in": (2, 3, 5),
        "1 example": (1, 4, 3),
        "all sizes equal": (3, 3, 3),
        "a layer for the digits": (100, 64, 32),
    }
    return [Case(words, dict(zip("npq", sizes, strict=True))) for words, sizes in layers.items()]


SHAPES = Exercise(
    reference=gradient_shapes,
    returns=("dZ", "dX", "dW", "db"),
    cases_of=sizes_of_a_layer,
    where="Shapes of gradients",
    hints=(
        "dW holds one number for each number of what?",
        "A gradient has the shape of its value: Z is (n, q), X (n, p), W (p, q) and b (q,).",
        "`return (n, q), (n, p), (p, q), (q,)`",
    ),
    afterwards="n is gone from dW and db: the examples have been summed.",
    wrong_answers=(
        WrongAnswer("dZ transposed", "(n, q)", "(q, n)",
            "dZ lies on its side. An example is a row, in Z and so in dZ."),
        WrongAnswer("dZ without its examples", "(n, q)", "(q,)",
            "dZ has lost the examples. Each has its own row of Z, and of dZ."),
        WrongAnswer("dX transposed", "(n, p)", "(p, n)",
            "dX lies on its side. An example is a row, in X and so in dX."),
        WrongAnswer("dX without its examples", "(n, p)", "(p,)",
            "dX has lost the examples. Each has its own row of X, and of dX."),
        WrongAnswer("dX like dZ", "(n, p)", "(n, q)",
            "dX has an entry for each unit here. It has one for each input, as X has."),
        WrongAnswer("dW transposed", "(p, q)", "(q, p)",
            "dW lies on its side. W is (p, q) in Z = XW + b, and dW too.", "Why the transpose"),
        WrongAnswer("dW for each example", "(p, q)", "(n, p, q)",
            "dW has a layer for each example. All of them share one W, so their parts are summed."),
        WrongAnswer("dW like X", "(p, q)", "(n, p)",
            "dW has the shape of X. It has that of W, whatever it is made from."),
        WrongAnswer("db for each example", "(q,)", "(n, q)",
            "db has a row for each example. All of them share one b, so their parts are summed.",
            "Broadcasting forward is summing back"),
        WrongAnswer("db by example", "(q,)", "(n,)",
            "db has a number for each example. b has one for each unit, and so has db."),
        WrongAnswer("db with a kept axis", "(q,)", "(1, q)",
            "db has two axes here. b has one."),
        WrongAnswer("db with no axis", "(q,)", "()",
            "db is a single number here. Each unit has a bias of its own."),
        WrongAnswer("comma forgotten", "(q,)", "(q)",
            "(q) is the number q, in parentheses. The shape of one axis has a comma: (q,)."),
    ),
)

DENSE = Exercise(
    reference=dense_backward,
    returns=("dX", "dW", "db"),
    where="Back through a dense layer",
    hints=(
        "W[j, k] touches the loss only through Z[i, k]. By how much, in example i, and in all?",
        "dX = dZ Wᵀ, dW = Xᵀ dZ, db = Σᵢ dZᵢ, the sum over the n examples.",
        "`dX = dZ @ W.T`, `dW = X.T @ dZ`, `db = dZ.sum(axis=0)`",
    ),
    afterwards="b is not among the arguments: whatever it is, Z moves just as b moves.",
    wrong_answers=(
        *not_transposed("dX", "dZ", "W"),
        *weights_gradient("dW", "X", "dZ"),
        *batch_sum("db", "dZ"),
        averaged("1/n twice", "return dX, dW, db", "return dX, dW / len(X), db / len(X)",
            "dW and db are"),
        averaged("1/n in dW", "X.T @ dZ", "X.T @ dZ / len(X)", "dW is"),
        averaged("1/n in db", "dZ.sum(axis=0)", "dZ.mean(axis=0)", "db is"),
        on_its_side("dX", "dZ @ W.T", "W @ dZ.T"),
        WrongAnswer("1/n in dX", "dZ @ W.T", "dZ @ W.T / len(X)",
            "dX is divided by n. Examples do not meet in it: each row comes from one row of dZ."),
        WrongAnswer("dX and dW swapped", "return dX, dW", "return dW, dX",
            "The right arrays, but dX and dW come back in each other's place."),
    ),
)

BOTH = "dZ + dZ @ W.T"
SKIP = Exercise(
    reference=skip_backward,
    returns=("dX", "dW"),
    shapes={"dZ": "n p", "X": "n p", "W": "p p"},
    where="A value used twice",
    hints=(
        "Nudge an entry of X. By how many roads does Z hear of it?",
        "dX = dZ + dZ Wᵀ: what comes back on each road is added. W lies on one road only.",
        "`dX = dZ + dZ @ W.T`, `dW = X.T @ dZ`",
    ),
    afterwards="The straight road lets a gradient pass a whole layer unharmed.",
    wrong_answers=(
        WrongAnswer("straight road overwritten", BOTH, "dZ @ W.T",
            "Only what came through W is left in dX. The straight road brings dZ as well: add it,"
            " do not overwrite it."),
        WrongAnswer("road through W overwritten", BOTH, "dZ.copy()",
            "Only what came by the straight road is left in dX. The road through W brings dZ Wᵀ"
            " as well: add it, do not overwrite it."),
        WrongAnswer("roads multiplied", BOTH, "dZ * (dZ @ W.T)",
            "The two roads are multiplied. Slopes multiply along a road; roads that meet add."),
        WrongAnswer("roads subtracted", BOTH, "dZ - dZ @ W.T",
            "One road is subtracted from the other. Where roads meet, gradients add."),
        WrongAnswer("mean of the roads", BOTH, "(dZ + dZ @ W.T) / 2",
            "This is the mean of the two roads. A nudge of X arrives by both, in full: add."),
        WrongAnswer("straight road twice", BOTH, "2 * dZ + dZ @ W.T",
            "The straight road is counted twice. X takes it once, and W's once."),
        WrongAnswer("1 for the straight road", BOTH, "1 + dZ @ W.T",
            "The straight road brings its slope, 1, without what came back. It brings 1 times dZ.",
            "One nudge, one chain"),
        WrongAnswer("X for dZ", BOTH, "X + dZ @ W.T",
            "This is the formula of the way forward on one road: X is added. Add dZ."),
        *not_transposed("dX", "dZ", "W"),
        *weights_gradient("dW", "X", "dZ"),
        WrongAnswer("dW twice", "X.T @ dZ", "2 * X.T @ dZ",
            "dW is counted twice. X takes two roads, but W lies on only one of them."),
        WrongAnswer("dZ changed in place", BOTH, "np.add(dZ, dZ @ W.T, out=dZ)",
            "dX and dZ are one array here: adding to dX, as in `dX += …`, changes dZ. So the"
            " caller's dZ is lost, and dW is made with the wrong one. Begin with `dZ.copy()`."),
        WrongAnswer("dZ changed in place after dW", "dX = dZ + dZ @ W.T\n    dW = X.T @ dZ",
            "dW = X.T @ dZ\n    dX = np.add(dZ, dZ @ W.T, out=dZ)",
            "The numbers are right, but dX and dZ are one array: adding to dX, as in `dX += …`,"
            " changes the caller's dZ. Begin with `dZ.copy()`."),
    ),
)

SUM = "dZ.sum(axis=1, keepdims=True)"
COLUMNS = Exercise(
    reference=dense_backward_columns,
    returns=("dX", "dW", "db"),
    shapes={"dZ": "q n", "X": "p n", "W": "q p"},
    where="Rows and columns",
    hints=(
        "W is (q, p) and Z = WX + b. Which products of dZ have the shapes of X and of W?",
        "dX = Wᵀ dZ, dW = dZ Xᵀ; db is the sum over the examples, which lie along axis 1 now.",
        "`dX = W.T @ dZ`, `dW = dZ @ X.T`, `db = dZ.sum(axis=1, keepdims=True)`",
    ),
    afterwards="Each result is its row form's, transposed; the factors have changed places.",
    wrong_answers=(
        WrongAnswer("factors of dX swapped", "W.T @ dZ", "dZ @ W.T",
            "This is dX for rows. With an example in each column, Wᵀ stands first."),
        WrongAnswer("W not transposed", "W.T @ dZ", "W @ dZ",
            "dX is made with W as it stands, which fits only where W is square, and is wrong"
            " there. W led from inputs to units; Wᵀ leads back.", "Why the transpose"),
        on_its_side("dX", "W.T @ dZ", "dZ.T @ W"),
        WrongAnswer("factors of dW swapped", "dZ @ X.T", "X.T @ dZ",
            "This is dW for rows. With an example in each column, dZ stands first."),
        WrongAnswer("X not transposed", "dZ @ X.T", "dZ @ X",
            "This is dZ X. The examples must meet in the middle of the product: dZ Xᵀ.",
            "Why the transpose"),
        on_its_side("dW", "dZ @ X.T", "X @ dZ.T"),
        WrongAnswer("no sum in db", SUM, "dZ.copy()",
            "For db nothing is summed: there is a column for each example still."),
        WrongAnswer("wrong axis in db", SUM, "dZ.sum(axis=0, keepdims=True)",
            "For db the units are summed, as axis 0 is theirs now. The examples are axis 1."),
        WrongAnswer("db for rows", SUM, "dZ.sum(axis=0)",
            "This is db for rows: it sums axis 0, which is that of the units here."),
        WrongAnswer("axis of db lost", SUM, "dZ.sum(axis=1)",
            "db has one axis here. b is a column, (q, 1): `keepdims=True` keeps it one."),
        WrongAnswer("sum over everything in db", SUM, "dZ.sum()",
            "For db all of dZ is summed to one number. Each unit has a bias of its own."),
        averaged("1/n twice", "return dX, dW, db", "return dX, dW / X.shape[1], db / X.shape[1]",
            "dW and db are"),
        WrongAnswer("dX and dW swapped", "return dX, dW", "return dW, dX",
            "The right arrays, but dX and dW come back in each other's place."),
    ),
)

EXERCISES = (RELU, TANH, SHAPES, DENSE, SKIP, TWO_LAYERS, STEP, COLUMNS)
