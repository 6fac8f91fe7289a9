"""The panel for a matrix too large to be read as numbers: one small square for each entry."""

from dataclasses import dataclass

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.layout import size
from backprop_lib.explorers.panels.panel import Panel

SQUARE, TALLEST = 24, 280  # pixels
NUMBERED = 12  # rows or columns that have their numbers beside them


@dataclass(frozen=True)
class Heatmap(Panel):
    """One array as a map of squares, tinted as the numbers of a board are.

    `scale` is the value at half of the deepest tint: 0 for what all matrices of this role have.
    `names` say what the rows and the columns are; the rows and columns of a small one are numbered.
    """

    title: str
    name: str
    role: str = "forward"
    scale: float = 0
    names: tuple[str, str] = ("", "")

    @property
    def roles(self):
        """The role of its array."""
        return {self.name: self.role}

    @property
    def soft(self):
        """The value at half of the deepest tint."""
        return self.scale or look.TINT["gradient" if self.role == "backward" else "value"]

    def numbered(self, largest):
        """Return how many rows and columns have their numbers beside them: all, or none."""
        shape = size(largest[self.name])
        return shape if max(shape) <= NUMBERED else (0, 0)

    def spec(self, largest):
        """Return the panel as the page reads it."""
        return super().spec(largest) | {"soft": self.soft, "numbered": self.numbered(largest)}

    def draw(self, paper, left, top, width):
        """Draw the squares, and say which array they are."""
        paper.title(left, top + 10, self.title)
        largest = paper.explorer.largest
        (rows, columns), numbered = size(largest[self.name]), self.numbered(largest)
        beside = 18 * bool(self.names[0]) + 16 * any(numbered)
        square = min(SQUARE, (width - beside) / columns, TALLEST / rows)
        wide, high, x, y = square * columns, square * rows, left + beside, top + 30
        if self.name in paper.arrays:
            values = np.atleast_2d(paper.arrays[self.name])
            own = (square * values.shape[1], square * values.shape[0])
            paper.image(*tints(values, self.role, self.soft), x, y, *own)
        paper.box(x, y, wide, high, 1.5, self.role)
        for row in range(numbered[0]):
            paper.text(x - 9, y + (row + 0.5) * square, row, "muted", 12)
        for column in range(numbered[1]):
            paper.text(x + (column + 0.5) * square, y + high + 11, column, "muted", 12)
        paper.text(left, y + high / 2, self.names[0], "muted", 12, ha="left")
        paper.text(x + wide / 2, y + high + 29, self.names[1], "muted", 12)
        return high + 32 + 20 * any(numbered) + 18 * bool(self.names[1])


def tints(values, role, soft):
    """Return how strong each entry is tinted, and in which colour; what is not finite, in ink."""
    finite = np.isfinite(values)
    size = np.abs(np.where(finite, values, 0))
    alphas = np.where(finite, look.CAP * size / (size + soft), 1)
    return alphas, np.where(finite, np.where(values < 0, "negative", role), "ink")
