"""What gradient flow looks like, for any number of dense layers: its board, its stops, its sums."""

from backprop_lib.explorers.notation import plain
from backprop_lib.explorers.panels import (
    Along,
    Bars,
    Board,
    Curve,
    Distribution,
    Matrix,
    Microscope,
    Stop,
    Sum,
    Walk,
    Words,
)

SIZES = 1e-8, 1.0  # of the smallest and the largest entries that are told apart
END = "Every gradient stands below its value and has its shape."


def panels(depth, large):
    """Return the panels of a network with `depth` dense layers; one too large has no board."""
    levels = range(1, depth + 1)
    loss = Along("loss")
    if large:
        way, weights = [*named("dZ", reversed(levels)), "dX"], named("dW", levels)
        lengths = lengths_of("length of each gradient", weights)
        ridges = tuple(Curve(f"sizes of {name}", plain(name), "backward") for name in weights)
        sizes = Distribution("size of the entries", ridges, *SIZES, log=True)
        return [Words(), lengths_of("length on the way back", way), lengths, sizes, loss]
    through = "activation" if depth > 1 else ""
    walk = Walk(tuple(stops(depth)), END, through)
    parameters = [*named("dW", levels), *named("db", levels)]
    lengths = lengths_of("length of each gradient", parameters)
    return [walk, board(depth), Microscope(tuple(sums(depth))), loss, lengths, Words()]


def lengths_of(title, names):
    """Return the panel with the length of each of these gradients."""
    return Bars(title, each("‖{}‖", names))


def each(number, names):
    """Return (gradient, name of its number in the frame) for each gradient."""
    return tuple((name, number.format(name)) for name in names)


def board(depth):
    """X W[1] + b[1] = Z[1] → A[1] … → P, each gradient below its value, the loss at the turn."""
    matrices = [Matrix("X", below=_gradient("X"))]
    for level in range(1, depth + 1):
        b = Matrix(f"b^{level}", "parameter", below=_gradient(f"b^{level}"))
        W = f"W^{level}"
        matrices += [
            Matrix(W, "parameter", below=_gradient(W), plus=b),
            Matrix(f"Z^{level}", before="=", below=_gradient(f"Z^{level}")),
        ]
        if level < depth:
            A = f"A^{level}"
            matrices.append(Matrix(A, before="→", through="activation", below=_gradient(A)))
    loss = Matrix("loss", "loss", before="−log")
    return Board((*matrices, Matrix("P", before="softmax", below=loss, marked="Y")), tight=True)


def stops(depth):
    """Return the stops of one pass, forward and then backward."""
    over = "summed over the examples"
    yield Stop("X", "X", "the examples, one in each row")
    for k in range(1, depth + 1):
        yield Stop(
            f"Z^{k}", f"Z^{k} = {value(k - 1)} W^{k} + b^{k}", "every input meets every unit"
        )
        if k < depth:
            yield Stop(f"A^{k}", f"A^{k} = g(Z^{k})", "each number on its own")
    yield Stop("P", f"P = softmax(Z^{depth})", "probabilities: each row sums to 1")
    mean = "the mean over the examples, y the true class of each"
    yield Stop("loss", "loss = −mean log P[y]", mean)
    for k in range(depth, 0, -1):
        if k == depth:
            yield Stop(
                f"dZ^{k}", f"dZ^{k} = (P − onehot(Y)) / n", "what it said, minus what is true"
            )
        else:
            yield Stop(f"dZ^{k}", f"dZ^{k} = dA^{k} ⊙ g′(Z^{k})", "entry by entry, times the slope")
        yield Stop(f"dW^{k}", f"dW^{k} = {turned(value(k - 1))} dZ^{k}", over)
        yield Stop(f"db^{k}", f"db^{k} = Σ dZ^{k}", f"{over}: the rows, added up")
        units = f"summed over the units of layer {k}"
        yield Stop(into(k), f"{into(k)} = dZ^{k} W^{{{k}T}}", units)


def sums(depth):
    """Return how every entry is made."""
    for k in range(1, depth + 1):
        A, Z, W, b, X = value(k - 1), f"Z^{k}", f"W^{k}", f"b^{k}", into(k)
        then = (f"A^{k}", "activation") if k < depth else ()
        yield Sum(f"{Z}[i, j] = {A}[i, k] {W}[k, j] + {b}[j]", *then)
        if k < depth:
            yield Sum(f"d{Z}[i, j] = dA^{k}[i, j] slope^{k}[i, j]")
        else:
            yield Sum(f"d{Z}[i, j] = (P−onehot(Y))[i, j] 1/n[]")
        yield Sum(f"d{W}[k, j] = {A}[i, k] d{Z}[i, j]", nudged=f"d{W} nudged")
        yield Sum(f"d{b}[j] = d{Z}[i, j]", nudged=f"d{b} nudged")
        yield Sum(f"{X}[i, k] = d{Z}[i, j] {W}[k, j]", nudged="dX nudged" if k == 1 else "")


def value(level):
    """Return the letter of what goes into dense layer `level` + 1."""
    return f"A^{level}" if level else "X"


def into(level):
    """Return the letter of the gradient that leaves dense layer `level`: dA of the one before."""
    return f"d{value(level - 1)}"


def turned(name):
    """Return a letter with a T for transposed.

    >>> turned("A^1"), turned("X")
    ('A^{1T}', 'X^T')
    """
    letter, _, power = name.partition("^")
    return f"{letter}^{{{power}T}}" if power else f"{letter}^T"


def named(letter, levels):
    """Return a letter's names, one for each level."""
    return [f"{letter}^{level}" for level in levels]


def _gradient(name):
    return Matrix(f"d{name}", "backward")
