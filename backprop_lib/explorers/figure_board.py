"""The board of the static frame: an equation of matrices, each gradient below its value."""

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.paper import COLOUR, shape_name

WIDTH, HEIGHT = look.CELL["width"], look.CELL["height"]
LABEL, BETWEEN = 30, 14  # the room for a letter, and between a value and its gradient
DOTTED = (0, (1.5, 3))


def board(paper, panel, left, top, width):
    """The equation from left to right; what is not in the frame is a dotted outline."""
    largest = paper.explorer.largest
    above = max(size(largest[m.name])[0] for m in panel.matrices) * HEIGHT
    below = (
        max((size(largest[m.below.name])[0] for m in panel.matrices if m.below), default=0) * HEIGHT
    )
    x, middle = left + (width - board_width(panel, largest)) / 2, top + LABEL + above / 2
    for k, matrix in enumerate(panel.matrices):
        rows, columns = size(largest[matrix.name])
        slack = above - rows * HEIGHT
        y = top + LABEL + (slack if below else slack / 2)  # on its gradient, or in the middle
        if matrix.through:
            arrow(paper, x + 10, x + leading(matrix) - 10, middle, paper.called(matrix.through))
        else:
            paper.text(x + leading(matrix) / 2, middle, matrix.before, size=20)
        x += leading(matrix)
        if k == 0:
            row_numbers(paper, matrix, x - 10, y)
        grid(paper, matrix, x, y, y - 14)
        if matrix.below:
            lower = top + LABEL + above + BETWEEN
            grid(paper, matrix.below, x, lower, lower + rows * HEIGHT + 16)
        x += columns * WIDTH
    return LABEL + above + (BETWEEN + below + LABEL if below else 0)


def grid(paper, matrix, x, y, label):
    """One matrix of numbers at (x, y), its letter at the height `label`."""
    rows, columns = size(paper.explorer.largest[matrix.name])
    array = paper.arrays.get(matrix.name)
    letter = [paper.symbol(matrix.name, 20)]
    if array is not None:
        letter.append(paper.piece(f" {shape_name(array.shape)}", "muted", 11))
    paper.write(x + columns * WIDTH / 2, label, letter, (0.5, 0.5))
    if array is None or size(array.shape) != (rows, columns):
        paper.box(x, y, columns * WIDTH, rows * HEIGHT, 1, "faint", linestyle=DOTTED)
    if array is None:
        return
    for (r, c), value in np.ndenumerate(np.atleast_2d(array)):
        cell(paper, matrix, x + c * WIDTH, y + r * HEIGHT, value)
    rows, columns = size(array.shape)
    paper.box(x, y, columns * WIDTH, rows * HEIGHT, 1.5, matrix.role)
    for top, left, bottom, right, line in outlines(paper, matrix.name):
        place = (x + left * WIDTH, y + top * HEIGHT)
        paper.box(*place, (right - left) * WIDTH, (bottom - top) * HEIGHT, line)


def cell(paper, matrix, x, y, value):
    """One number on its tint: the role's colour where it is positive, grey where it is negative."""
    finite = np.isfinite(value)
    share = abs(value) / (abs(value) + look.TINT[matrix.scale]) if finite else 0
    paper.fill(x, y, WIDTH, HEIGHT, "negative" if value < 0 else matrix.role, share * look.CAP)
    if not finite:
        paper.box(x + 1, y + 1, WIDTH - 2, HEIGHT - 2, 1, linestyle=DOTTED)
    text, colour = paper.said(matrix.name, value), "ink" if value else "faint"
    weight = "normal" if finite else "bold"
    paper.text(x + WIDTH / 2, y + HEIGHT / 2, text, colour, fontweight=weight)


def outlines(paper, name):
    """Return what the microscope looks at in one matrix: (top, left, bottom, right, line width)."""
    if not paper.made:
        return []
    met = [corner(index) for entries, _ in paper.rows for other, *index in entries if other == name]
    boxes = []
    if met:
        (top, left), (bottom, right) = np.min(met, axis=0), np.max(met, axis=0)
        boxes.append((top, left, bottom + 1, right + 1, 1.5))
    if name in (paper.made.of[0], paper.made.then):
        r, c = corner(paper.picked[1:])
        boxes.append((r, c, r + 1, c + 1, 2.5 if name == paper.picked[0] else 1.5))
    return boxes


def arrow(paper, start, end, y, name):
    """An arrow with a function's name on it."""
    paper.text((start + end) / 2, y - 10, name, "muted", 12)
    style = {"arrowstyle": "->", "color": COLOUR["muted"], "linewidth": 1}
    paper.axes.annotate("", (end, y), (start, y), arrowprops=style)


def row_numbers(paper, matrix, x, y):
    """The numbers of the examples, to the left of the first matrix."""
    paper.text(x, y - 14, "row", "faint", 11, ha="right")
    for row in range(size(paper.arrays[matrix.name].shape)[0]):
        paper.text(x, y + (row + 0.5) * HEIGHT, row, "faint", 11, ha="right")


def leading(matrix):
    """Return the room to the left of a matrix, for the sign before it."""
    return 84 if matrix.through else 34


def board_width(panel, largest):
    """Return the width of the whole equation."""
    return sum(leading(m) + size(largest[m.name])[1] * WIDTH for m in panel.matrices)


def size(shape):
    """Return (rows, columns) as drawn: a vector is one row, a number one cell."""
    return (1, 1, *shape)[-2:]


def corner(index):
    """Return (row, column) as drawn."""
    return (0, 0, *index)[-2:]
