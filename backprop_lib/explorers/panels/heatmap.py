"""The panel for a matrix too large to be read as numbers: one small square for each entry."""

from dataclasses import dataclass

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.panels.panel import Panel

SQUARE, TALLEST = 24, 280  # pixels


@dataclass(frozen=True)
class Heatmap(Panel):
    """One array as a map of squares, tinted as the numbers of a board are.

    `scale` is the value at half of the deepest tint: 0 for what all matrices of this role have.
    """

    title: str
    name: str
    role: str = "forward"
    scale: float = 0

    @property
    def roles(self):
        """The role of its array."""
        return {self.name: self.role}

    @property
    def soft(self):
        """The value at half of the deepest tint."""
        return self.scale or look.TINT["gradient" if self.role == "backward" else "value"]

    def spec(self, largest):
        """Return the panel as the page reads it."""
        return super().spec(largest) | {"soft": self.soft}

    def draw(self, paper, left, top, width):
        """Draw the squares, and say which array they are."""
        paper.title(left, top + 10, self.title)
        rows, columns = (1, 1, *paper.explorer.largest[self.name])[-2:]
        square = min(SQUARE, width / columns, TALLEST / rows)
        wide, high = square * columns, square * rows
        if self.name in paper.arrays:
            values = np.atleast_2d(paper.arrays[self.name])
            own = (square * values.shape[1], square * values.shape[0])
            paper.image(*tints(values, self.role, self.soft), left, top + 30, *own)
        paper.box(left, top + 30, wide, high, 1.5, self.role)
        return high + 32


def tints(values, role, soft):
    """Return how strong each entry is tinted, and in which colour; what is not finite, in ink."""
    finite = np.isfinite(values)
    size = np.abs(np.where(finite, values, 0))
    alphas = np.where(finite, look.CAP * size / (size + soft), 1)
    return alphas, np.where(finite, np.where(values < 0, "negative", role), "ink")
