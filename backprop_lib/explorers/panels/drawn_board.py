"""The board of the static frame: an equation of matrices, each gradient below its value."""

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.layout import size
from backprop_lib.explorers.notation import short
from backprop_lib.explorers.paper import shape_name

DOTTED = (0, (1.5, 3))
AT_REST = 0.3  # how much is left of what is not at work


def draw_board(paper, plan, left, top, width):
    """Draw the equation; what is not in the frame is a dotted outline. Return its height."""
    start = top
    for line in lines(plan["pieces"], width):
        x = left + (width - sum(piece["width"] for piece in line)) / 2
        for piece in line:
            for sign in piece["signs"]:
                SIGNS[sign["kind"]](paper, sign, x + sign["x"], top + sign["y"])
            for rows in piece["rows"]:
                row_numbers(paper, rows["name"], x + rows["x"], top + rows["y"], plan["cell"])
            for grid in piece["grids"]:
                matrix(paper, grid, x + grid["x"], top + grid["y"], plan)
            x += piece["width"]
        top += max(piece["height"] for piece in line)
    return top - start


def lines(pieces, width):
    """Break an equation that is too long for one line."""
    found = [[]]
    for piece in pieces:
        if found[-1] and sum(p["width"] for p in found[-1]) + piece["width"] > width:
            found.append([])
        found[-1].append(piece)
    return found


def matrix(paper, grid, x, y, plan):
    """One matrix of numbers with its upper left corner at (x, y)."""
    name, unit = grid["name"], (plan["cell"]["width"], plan["cell"]["height"])
    rows, columns = size(paper.explorer.largest[name])
    array = paper.arrays.get(name)
    strength = 1 if not paper.stop or name in paper.stop.uses else AT_REST
    label(paper, grid, x, y, columns * unit[0], rows * unit[1], array)
    if array is None or size(array.shape) != (rows, columns):
        paper.box(x, y, columns * unit[0], rows * unit[1], 1, "faint", linestyle=DOTTED)
    if array is None:
        return
    for (r, c), value in np.ndenumerate(np.atleast_2d(array)):
        cell(paper, grid, x + c * unit[0], y + r * unit[1], value, plan, strength)
    rows, columns = size(array.shape)
    line = 3 if paper.stop and name == paper.stop.name else 1.5
    paper.box(x, y, columns * unit[0], rows * unit[1], line, grid["role"], alpha=strength)
    if grid["marked"]:
        for r, c in enumerate(paper.arrays[grid["marked"]].astype(int)):
            place = (x + c * unit[0] + 3, y + r * unit[1] + 3)
            paper.box(*place, unit[0] - 6, unit[1] - 6, 1.2, alpha=strength)
    for top, left, bottom, right, line in outlines(paper, name):
        place = (x + left * unit[0], y + top * unit[1])
        paper.box(*place, (right - left) * unit[0], (bottom - top) * unit[1], line)


def label(paper, grid, x, y, width, height, array):
    """The letter of a matrix and its shape: above it, below it, or to its left."""
    shape = "" if array is None else shape_name(array.shape)
    if grid["label"] == "left":
        paper.write(x - 6, y + 9, [paper.symbol(grid["name"], 17)], (1, 0.5))
        paper.text(x - 6, y + 22, shape, "muted", 10.5, ha="right")
        return
    letter = [paper.symbol(grid["name"], 20), paper.piece(f" {shape}", "muted", 11)]
    height = y + height + 16 if grid["label"] == "below" else y - 14
    paper.write(x + width / 2, height, letter, (0.5, 0.5))


def cell(paper, grid, x, y, value, plan, strength):
    """One number on its tint: the role's colour where it is positive, grey where it is negative."""
    width, height = plan["cell"]["width"], plan["cell"]["height"]
    finite = np.isfinite(value)
    share = abs(value) / (abs(value) + look.TINT[grid["scale"]]) if finite else 0
    colour = "negative" if value < 0 else grid["role"]
    paper.fill(x, y, width, height, colour, share * look.CAP * strength)
    if not finite:
        paper.box(x + 1, y + 1, width - 2, height - 2, 1, linestyle=DOTTED)
    digits = paper.explorer.digits(grid["name"])
    text = short(value, digits) if plan["tight"] else paper.said(grid["name"], value)
    style = {"fontweight": "normal" if finite else "bold", "size": 11.5 if plan["tight"] else 13}
    middle = (x + width / 2, y + height / 2)
    paper.text(*middle, text, "ink" if value else "faint", alpha=strength, **style)


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


def operator(paper, sign, x, y):
    """An operator between two matrices."""
    paper.text(x, y, sign["text"], size=20)


def arrow(paper, sign, x, y):
    """An arrow forward, with a function's name on it."""
    name = paper.called(sign["through"]) if sign["through"] else sign["text"]
    paper.text(x + sign["length"] / 2, y - 10, name, "muted", 12)
    paper.arrow((x, y), (x + sign["length"], y), "muted")


def down(paper, sign, x, y):
    """The arrow down to the loss."""
    paper.text(x + 9, y + sign["length"] / 2, sign["text"], "muted", 12, ha="left")
    paper.arrow((x, y), (x, y + sign["length"]), "muted")


def back(paper, sign, x, y):
    """An arrow of the way back, faint until the gradient it leads to is computed."""
    strength = 1 if sign["into"] in paper.arrays else AT_REST
    paper.arrow((x + sign["length"], y), (x, y), "backward", strength)


def legend(paper, sign, x, y):
    """What the marked entries are."""
    paper.box(x - 42, y - 6, 18, 12, 1.2)
    paper.text(x - 18, y, sign["text"], "muted", 11, ha="left")


SIGNS = {"legend": legend, "sign": operator, "arrow": arrow, "down": down, "back": back}


def row_numbers(paper, name, x, y, cell):
    """The numbers of the examples, to the left of the first matrix."""
    if name not in paper.arrays:
        return
    for row in range(size(paper.arrays[name].shape)[0]):
        paper.text(x, y + (row + 0.5) * cell["height"], row, "faint", 11, ha="right")


def corner(index):
    """Return (row, column) as drawn."""
    return (0, 0, *index)[-2:]
