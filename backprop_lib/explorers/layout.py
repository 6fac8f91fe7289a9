"""Where everything stands on a board: computed once, drawn by the page and by the static frame."""

from backprop_lib import look

LABEL = 34  # the room for a letter
BETWEEN = 14  # between a value and its gradient
PLUS = 8  # between a product and what is added to it
TIGHT = {"width": 38, "height": 26}


def layout(board, largest):
    """Return the board's pieces, one for each step of the equation, in pixels.

    Args:
        board: a Board. largest: {name: shape}, the largest each array will ever be.

    Returns:
        {"cell", "width", "height", "pieces"}, and in each piece its size, its grids and its signs.
    """
    cell = TIGHT if board.tight else look.CELL
    matrices, unit = board.matrices, cell["height"]

    def rows(matrix):
        return size(largest[matrix.name])[0] * unit if matrix else 0

    def columns(matrix):
        return size(largest[matrix.name])[1] * cell["width"]

    twice = any(m.below for m in matrices)
    tall = [rows(m) + (PLUS + rows(m.plus) if m.plus else 0) for m in matrices]
    axis = LABEL + max(tall)
    middle, below = LABEL + max(tall) / 2, axis + BETWEEN
    pieces = []
    for k, matrix in enumerate(matrices):
        lead, wide = _lead(matrix, board.tight), columns(matrix)
        top = LABEL + (max(tall) - tall[k]) / (1 if twice else 2)  # on its gradient, or centred
        grids = [_grid(matrix, lead, top, "above")]
        signs = [_before(matrix, lead, middle)] if k else []
        lower = below
        if matrix.plus:
            added = axis - rows(matrix.plus)
            grids += [
                _grid(matrix.plus, lead, added, "left"),
                _grid(matrix.plus.below, lead, below, "left"),
            ]
            signs.append({"kind": "sign", "text": "+", "x": 8, "y": added + unit / 2})
            lower += rows(matrix.plus) + PLUS
        if matrix.below:
            inset = (wide - columns(matrix.below)) / 2
            if matrix.below.before:  # an arrow down: here the way forward turns into the way back
                signs.append({"kind": "down", "text": matrix.below.before, "x": lead + wide / 2,
                              "y": axis + 4, "length": unit + BETWEEN - 8})  # fmt: skip
                lower += unit
            into = matrices[k - 1].below if k else None
            if into:
                y = lower + unit / 2 if matrix.plus else below + unit * 1.5 + PLUS
                y = min(y, lower + rows(matrix.below) / 2)
                signs.append({"kind": "back", "into": into.name, "x": 6, "y": y,
                              "length": lead + inset - 12})  # fmt: skip
            grids.append(_grid(matrix.below, lead + inset, lower, "below"))
            lower += rows(matrix.below) + LABEL
        if matrix.marked:
            lower += unit / 2
            signs.append({"kind": "legend", "text": "true class", "x": lead + wide / 2, "y": lower})
        numbered = [grid for grid in grids if k == 0]
        pieces.append({
            "width": lead + wide + 2,
            "height": max(lower, axis) + 4,
            "grids": grids,
            "signs": signs,
            "rows": [{"name": g["name"], "x": lead - 8, "y": g["y"]} for g in numbered],
        })  # fmt: skip
    width = sum(piece["width"] for piece in pieces)
    height = max(piece["height"] for piece in pieces)
    return {"cell": cell, "tight": board.tight, "width": width, "height": height, "pieces": pieces}


def size(shape):
    """Return (rows, columns) as drawn: a vector is one row, a number one cell."""
    return (1, 1, *shape)[-2:]


def _lead(matrix, tight):
    """The room to the left of a matrix, for the sign before it."""
    if _on_arrow(matrix):
        return 56 if tight else 84
    if matrix.plus:
        return 48
    return 26 if tight or not matrix.before else 34


def _on_arrow(matrix):
    return bool(matrix.through) or matrix.before.isalpha()


def _grid(matrix, x, y, label):
    place = {"x": x, "y": y, "label": label}  # the letter stands above, below or to the left
    return place | {key: getattr(matrix, key) for key in ("name", "role", "scale", "marked")}


def _before(matrix, lead, y):
    """The sign before a matrix: an operator, or an arrow with a function's name on it."""
    if not _on_arrow(matrix):
        return {"kind": "sign", "text": matrix.before, "x": lead / 2, "y": y}
    return {"kind": "arrow", "text": matrix.before, "through": matrix.through,
            "x": 8, "y": y, "length": lead - 16}  # fmt: skip
