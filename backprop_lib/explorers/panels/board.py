"""The board: an equation whose letters are matrices of numbers, each gradient below its value."""

from dataclasses import dataclass

from backprop_lib.explorers.layout import layout
from backprop_lib.explorers.panels.drawn_board import draw_board
from backprop_lib.explorers.panels.panel import Panel


@dataclass(frozen=True)
class Matrix:
    """One array of the frame on a board, with its gradient `below` it in the same shape."""

    name: str
    role: str = "forward"
    before: str = ""  # the sign before it; a word such as "softmax" stands on an arrow
    through: str = ""  # the control that names what stands on the arrow
    below: "Matrix | None" = None
    plus: "Matrix | None" = None  # what is added, as b to XW: it stands between value and gradient
    marked: str = ""  # the array that says, for each row, which column is outlined

    @property
    def scale(self):
        """Which tint and how many digits its numbers have."""
        return "gradient" if self.role == "backward" else "value"

    def family(self):
        """Return the matrix and all that stand with it."""
        return [self, *(one for m in (self.plus, self.below) if m for one in m.family())]


@dataclass(frozen=True)
class Board(Panel):
    """An equation of matrices. One that is not in the frame is drawn as a dotted outline."""

    wide = True

    matrices: tuple[Matrix, ...]
    tight: bool = False  # smaller cells, and three digits in each

    @property
    def roles(self):
        """The role of every matrix on the board."""
        return {one.name: one.role for matrix in self.matrices for one in matrix.family()}

    def spec(self, largest):
        """Return the panel as the page reads it: where everything stands."""
        return {"kind": "board", "wide": True, "layout": layout(self, largest)}

    def draw(self, paper, left, top, width):
        """Draw the equation from left to right."""
        return draw_board(paper, layout(self, paper.explorer.largest), left, top, width)
