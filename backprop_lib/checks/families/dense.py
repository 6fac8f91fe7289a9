"""Mistakes around dense layers and bends: the bias, the product, the mask, the sums."""

from backprop_lib.checks.exercise import WrongAnswer


def bias(b):
    """Return what can go wrong with the term `+ b`."""
    return (
        WrongAnswer(f"{b} forgotten", f" + {b}", "", f"The bias {b} is not added yet."),
        WrongAnswer(f"{b} subtracted", f"+ {b}", f"- {b}", f"{b} is subtracted; it is added."),
        WrongAnswer(f"{b} multiplied", f"+ {b}", f"* {b}", f"{b} multiplies; it is added."),
        WrongAnswer(f"{b} summed up", f"+ {b}", f"+ {b}.sum()",
            f"All entries of {b} are summed first. Each unit has a bias of its own."),
    )


def product(right):
    """Return what can go wrong with the right factor of a matrix product."""
    return (
        WrongAnswer(f"{right} transposed", f"@ {right}", f"@ {right}.T",
            f"{right} is transposed. The inner sizes of the product agree as they are.", "Shapes"),
        WrongAnswer(f"{right} entry by entry", f"@ {right}", f"* {right}",
            "`*` multiplies entry by entry. The matrix product is `@`."),
    )


def mask(dA, Z):
    """Return what can go wrong with `dA * (Z > 0)`, the way back through ReLU."""
    right, where = f"{dA} * ({Z} > 0)", "Back through the bend"
    return (
        WrongAnswer("mask ignored", right, f"{dA}.copy()",
            f"{dA} goes through as if there were no bend. Where {Z} is not positive, ReLU is flat,"
            " and nothing comes back.", where),
        WrongAnswer("mask from the gradient", right, f"{dA} * ({dA} > 0)",
            f"The mask asks where {dA} is positive. Whether a unit was on was settled on the way"
            f" forward: ask {Z}.", where),
        WrongAnswer("mask upside down", right, f"{dA} * ({Z} <= 0)",
            f"The gradient comes back where {Z} is not positive. Other way round.", where),
        WrongAnswer(">= 0", right, f"{dA} * ({Z} >= 0)",
            f"At {Z} = 0 exactly, the gradient passes. The corner has no slope; the choice here, as"
            " in PyTorch, is 0.", where),
        WrongAnswer("value for slope", right, f"{dA} * np.maximum({Z}, 0)",
            f"{dA} is multiplied by ReLU's value. Its slope is asked for: 1 or 0.", where),
    )


def batch_sum(db, dZ):
    """Return what can go wrong with `dZ.sum(axis=0)`, the way back to a bias."""
    right, where = f"{dZ}.sum(axis=0)", "Broadcasting forward is summing back"
    b = db.removeprefix("d")
    return (
        WrongAnswer(f"no sum in {db}", right, f"{dZ}.copy()",
            f"For {db} nothing is summed: there is a row for each example still. {b} was added to"
            " every row, so every row has its part in the gradient.", where),
        WrongAnswer(f"wrong axis in {db}", right, f"{dZ}.sum(axis=1)",
            f"For {db} the units are summed, and one number is left for each example. Sum over the"
            " examples: axis 0.", where),
        WrongAnswer(f"sum over everything in {db}", right, f"{dZ}.sum()",
            f"For {db} all of {dZ} is summed to one number. Each unit has a bias of its own: sum"
            " over the examples alone.", where),
        WrongAnswer(f"kept axis in {db}", right, f"{dZ}.sum(axis=0, keepdims=True)",
            f"For {db} the summed axis is kept, as one row. {b} has one axis, and a gradient has"
            " the shape of its value.", where),
        WrongAnswer(f"last example only in {db}", right, f"{dZ}[-1].copy()",
            f"In {db} only the last example is left, as if each had overwritten the one before."
            " Every example adds its part.", where),
    )


def weights_gradient(dW, X, dZ):
    """Return what can go wrong with `X.T @ dZ`, the way back to a weight."""
    right = f"{X}.T @ {dZ}"
    return (
        on_its_side(dW, right, f"{dZ}.T @ {X}"),
        WrongAnswer(f"{X} not transposed", right, f"{X} @ {dZ}",
            f"This is {X}{dZ}. A weight's gradient sums over the examples, so they must meet in"
            f" the middle of the product: {X}ᵀ{dZ}.", "Why the transpose"),
        WrongAnswer(f"last example only in {dW}", right, f"np.outer({X}[-1], {dZ}[-1])",
            f"In {dW} only the last example is left, as if each had overwritten the one before."
            " Every example adds its part."),
        WrongAnswer(f"sums multiplied in {dW}", right,
            f"np.outer({X}.sum(axis=0), {dZ}.sum(axis=0))",
            f"For {dW} the examples are summed first and multiplied after. Multiply within each"
            " example, then add."),
    )


def on_its_side(dW, right, wrong):
    """Return the mistake of a gradient that comes back transposed, alone among several."""
    return WrongAnswer(f"{dW} transposed", right, wrong,
        f"{dW} lies on its side: its rows and columns are swapped. A gradient has the shape of its"
        " value.", "Shapes of gradients")


def averaged(name, right, wrong, what, dZ="dZ"):
    """Return the mistake of dividing by n where the loss's gradient has done so."""
    return WrongAnswer(name, right, wrong,
        f"{what} divided by n. The loss is a mean, so 1/n stands in its gradient, and came with"
        f" {dZ} already. Here the examples are summed.", "Back through a dense layer")


def not_transposed(dX, dZ, W):
    """Return what can go wrong with `dZ @ W.T`, the way back to what went in."""
    return (
        WrongAnswer(f"{W} not transposed", f"{dZ} @ {W}.T", f"{dZ} @ {W}",
            f"{dX} is made with {W} as it stands, which fits only where {W} is square, and is"
            f" wrong there. {W} led from inputs to units; {W}ᵀ leads back.", "Why the transpose"),
    )
