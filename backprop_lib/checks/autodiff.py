"""The exercises of chapter 10: the rules, what goes wrong in them, and all the others in order."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.graph_gradients import BACKWARD
from backprop_lib.checks.graph_order import ORDER
from backprop_lib.checks.graph_predictions import PREDICTIONS
from backprop_lib.checks.loss_nodes import BINARY, SOFTMAX


def product_rule(d, a, b):
    """c = a · b: da = d · b, db = d · a."""
    da = d * b
    db = d * a
    return da, db


def matmul_rule(d, X, W):
    """Z = X W: dX = d Wᵀ, dW = Xᵀ d."""
    dX = d @ W.T
    dW = X.T @ d
    return dX, dW


def sum_to_shape(gradient, shape):
    """Sum over the axes that broadcasting has added in front, and over those that it stretched."""
    new = gradient.ndim - len(shape)
    total = gradient.sum(axis=tuple(range(new)))
    stretched = tuple(k for k, size in enumerate(shape) if size == 1)
    return total.sum(axis=stretched, keepdims=True)


def broadcast_gradients(rng):
    """Return gradients with the shapes that their values had before broadcasting."""
    shapes = {
        "a bias": ((4, 2), (2,)),
        "a row": ((3, 4), (1, 4)),
        "a column": ((3, 4), (3, 1)),
        "a number": ((2, 3), ()),
        "nothing to sum": ((3, 2), (3, 2)),
        "all sizes equal": ((3, 3), (3,)),
        "a number in a table": ((2, 3), (1, 1)),
        "new and stretched": ((2, 3, 4), (3, 1)),
        "stretched in the middle": ((2, 3, 2), (2, 1, 2)),
        "1 example": ((1, 3), (3,)),
    }
    cases = [
        Case(words, {"gradient": rng.uniform(0.5, 2, large).round(1), "shape": shape})
        for words, (large, shape) in shapes.items()
    ]
    table = rng.uniform(0.5, 2, (4, 3)).astype(np.float32)
    return [*cases, Case("float32 numbers", {"gradient": table, "shape": (3,)})]


RULE = "Every node has one rule"
PRODUCT = Exercise(
    reference=product_rule,
    returns=("da", "db"),
    shapes={"d": "n p", "a": "n p", "b": "n p"},
    where=RULE,
    hints=(
        "Nudge a by a little. By how much does a · b move, and what does d make of that?",
        "The slope of a · b along a is b, and along b it is a. Each is multiplied by d.",
        "`da = d * b`, `db = d * a`",
    ),
    afterwards="Each factor's gradient has the other one in it: so both must be kept until then.",
    wrong_answers=(
        WrongAnswer("d left out of da", "d * b", "b.copy()",
            "da is the slope alone. Times d: that is what a nudge of the product does to the end."),
        WrongAnswer("d left out of db", "d * a", "a.copy()",
            "db is the slope alone. Times d: that is what a nudge of the product does to the end."),
        WrongAnswer("d added in da", "d * b", "d + b",
            "In da, d is added to the slope. Slopes along a path multiply."),
        WrongAnswer("d added in db", "d * a", "d + a",
            "In db, d is added to the slope. Slopes along a path multiply."),
        WrongAnswer("sum's rule for da", "d * b", "d.copy()",
            "This da is a sum's: d, as it came. A product multiplies it by the other factor."),
        WrongAnswer("sum's rule for db", "d * a", "d.copy()",
            "This db is a sum's: d, as it came. A product multiplies it by the other factor."),
        WrongAnswer("da from a", "d * b", "d * a",
            "da is made with a, as db is. When a moves, b says by how much the product moves."),
        WrongAnswer("db from b", "d * a", "d * b",
            "db is made with b, as da is. When b moves, a says by how much the product moves."),
        WrongAnswer("value for slope in da", "d * b", "d * a * b",
            "da is d times the product. Along a, the slope of a · b is b alone."),
        WrongAnswer("value for slope in db", "d * a", "d * a * b",
            "db is d times the product. Along b, the slope of a · b is a alone."),
        WrongAnswer("quotient's rule for da", "d * b", "d / np.where(b == 0, 1, b)",
            "da is divided by b. That is the rule of a / b; here it is a · b."),
        WrongAnswer("da summed up", "d * b", "(d * b).sum()",
            "da is summed to one number. Each entry of a meets its own entry of b."),
        WrongAnswer("db summed up", "d * a", "(d * a).sum()",
            "db is summed to one number. Each entry of b meets its own entry of a."),
    ),
)  # fmt: skip

MATMUL = Exercise(
    reference=matmul_rule,
    returns=("dX", "dW"),
    shapes={"d": "n q", "X": "n p", "W": "p q"},
    where=RULE,
    hints=(
        "A gradient has the shape of its value. Which products of d have those of X and of W?",
        "dX = d Wᵀ and dW = Xᵀ d. The sizes in the middle then agree, whatever they are.",
        "`dX = d @ W.T`, `dW = X.T @ d`",
    ),
    afterwards="This is chapter 02 without its bias: X W is one node, and + b is the next.",
    wrong_answers=(
        WrongAnswer("W not transposed", "d @ W.T", "d @ W",
            "dX is made with W as it stands, which fits only where W is square, and is wrong there."
            " W led forward; Wᵀ leads back."),
        WrongAnswer("X not transposed", "X.T @ d", "X @ d",
            "This is X d, which fits only where the sizes agree by chance. dW sums over the"
            " examples, so they must meet in the middle: Xᵀ d."),
        WrongAnswer("factors of dX swapped", "d @ W.T", "W.T @ d",
            "In dX the factors have changed places. In Z = X W the weight stands on the right, and"
            " so it does here."),
        WrongAnswer("factors of dW swapped", "X.T @ d", "d @ X.T",
            "In dW the factors have changed places. X stands on the left in Z = X W, and so does"
            " Xᵀ here."),
        WrongAnswer("dX transposed", "d @ W.T", "W @ d.T",
            "dX lies on its side. A gradient has the shape of its value."),
        WrongAnswer("dW transposed", "X.T @ d", "d.T @ X",
            "dW lies on its side. A gradient has the shape of its value."),
        WrongAnswer("d left out of dX", "d @ W.T", "np.ones_like(d) @ W.T",
            "dX is made as if d were all ones. d says how much each entry of Z matters."),
        WrongAnswer("d left out of dW", "X.T @ d", "X.T @ np.ones_like(d)",
            "dW is made as if d were all ones. d says how much each entry of Z matters."),
        WrongAnswer("1/n in dW", "X.T @ d", "X.T @ d / len(X)",
            "dW is divided by n. Where the loss is a mean, its own node brings the 1/n, in d."),
        WrongAnswer("last example only in dW", "X.T @ d", "np.outer(X[-1], d[-1])",
            "In dW only the last example is left. Every example adds its part."),
        WrongAnswer("sums multiplied in dW", "X.T @ d", "np.outer(X.sum(axis=0), d.sum(axis=0))",
            "For dW the examples are summed first and multiplied after. Multiply within each"
            " example, then add."),
    ),
)  # fmt: skip

NEW, LAST = "gradient.sum(axis=tuple(range(new)))", "total.sum(axis=stretched, keepdims=True)"
SUM = Exercise(
    reference=sum_to_shape,
    returns=("total",),
    cases_of=broadcast_gradients,
    hands_on=("gradient",),
    where="Broadcast forward, sum backward",
    hints=(
        "A bias (q,) was added to n rows. Of how many copies is each of its numbers the sum?",
        "Sum over the axes in front that the shape has not, and where it has size 1, keeping that.",
        "`gradient.sum(axis=0)` while it has too many; then `gradient.sum(axis=k, keepdims=True)`",
    ),
    afterwards="Broadcasting copies; a copy is a value used once more; and uses add.",
    wrong_answers=(
        WrongAnswer("stretched axes forgotten", LAST, "total + 0",
            "Only the axes that are new are summed. Where the shape has size 1, its one entry was"
            " stretched, and that axis is to be summed too."),
        WrongAnswer("new axes forgotten", NEW, "gradient",
            "The axes that broadcasting added in front are not summed. Begin with them: axis 0, as"
            " often as the gradient has an axis too many."),
        WrongAnswer("stretched axis lost", f"return {LAST}",
            "for k in stretched:\n        total = total.sum(axis=k)\n    return total",
            "Where the shape has size 1, the axis is gone after the sum, and the axes behind it"
            " have other numbers. `keepdims=True` keeps it."),
        WrongAnswer("new axes kept", "return total",
            "return gradient.sum(axis=tuple(range(new)), keepdims=True) if new else total",
            "The axes in front are summed, and then kept with size 1. The shape has no such axis."),
        WrongAnswer("mean over the new axes", NEW, "gradient.mean(axis=tuple(range(new)))",
            "Over the new axes a mean is taken. Every copy moved the end by its own part: sum."),
        WrongAnswer("mean over the stretched axes", LAST,
            "total.mean(axis=stretched, keepdims=True)",
            "Over the stretched axes a mean is taken. Every copy moved the end by its own part:"
            " sum."),
        WrongAnswer("last axes for the new ones", "range(new)", "range(-new, 0)",
            "The last axes are summed. Broadcasting adds axes in front: axis 0 first."),
        WrongAnswer("one of the copies", NEW, "gradient[(0,) * new]",
            "Of the new axes only the first copy is taken. All of them were used: sum."),
        WrongAnswer("one of the stretched copies", LAST,
            "total[tuple(slice(0, 1) if k in stretched else slice(None)"
            " for k in range(total.ndim))]",
            "Of a stretched axis only the first copy is taken. All of them were used: sum."),
        WrongAnswer("everything summed", NEW, "gradient.sum() + np.zeros(shape, gradient.dtype)",
            "All entries are summed, for every entry. Sum over the copies of an entry alone."),
        WrongAnswer("largest for the sum", NEW, "gradient.max(axis=tuple(range(new)))",
            "The largest of the copies is taken. Their gradients add."),
        WrongAnswer("other axes summed", "size == 1", "size != 1",
            "The axes that were not stretched are summed. Those of size 1 in the shape were."),
    ),
)  # fmt: skip

EXERCISES = (PRODUCT, MATMUL, SUM, ORDER, BACKWARD, SOFTMAX, PREDICTIONS, BINARY)
