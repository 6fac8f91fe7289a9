"""The panel of a loss landscape: bands of equal height seen from above, and paths over it."""

from dataclasses import dataclass

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.notation import tick, tokens
from backprop_lib.explorers.panels.panel import Curve, Panel, dashes, roles
from backprop_lib.explorers.panels.plot import part

BANDS = 12
EDGE = 34  # pixels, for the numbers beside it


@dataclass(frozen=True)
class Landscape(Panel):
    """The array `field` (rows from the bottom up), and paths: arrays (steps, 2) of (x, y).

    `at` is a single number of the frame: how many steps of each path have been walked.
    """

    title: str
    field: str
    across: tuple[float, float]
    up: tuple[float, float]
    paths: tuple[Curve, ...] = ()
    at: str = ""
    names: tuple[str, str] = ("", "")
    share = 1.4

    @property
    def roles(self):
        """The role of each path; the field is the loss."""
        return roles(self.paths) | {self.field: "loss"}

    def spec(self, largest):
        """Return the panel as the page reads it."""
        return super().spec(largest) | {
            "names": [tokens(name) for name in self.names],
            "dashes": dashes(self.paths), "bands": BANDS,
        }  # fmt: skip

    def draw(self, paper, left, top, width):
        """Draw the bands, the paths as far as they are walked, and where each is."""
        paper.title(left, top + 10, self.title)
        left, side, upper = left + EDGE, min(width - EDGE, 360), top + 30
        if self.field in paper.arrays:
            field = paper.arrays[self.field][::-1]
            paper.image(bands(field), np.full(field.shape, "loss"), left, upper, side, side * 0.75)
        paper.box(left, upper, side, side * 0.75, 1, "line")
        walked = int(paper.every[self.at]) if self.at else None
        for path, dash in zip(self.paths, dashes(self.paths), strict=True):
            if path.name not in paper.arrays:
                continue
            xy = paper.arrays[path.name][: None if walked is None else walked + 1]
            xs = left + side * part(xy[:, 0], *self.across, False)
            ys = upper + side * 0.75 * (1 - part(xy[:, 1], *self.up, False))
            paper.line(xs, ys, path.role, 2, dash)
            paper.dot(xs[-1], ys[-1], path.role)
            align, shift = ("right", -9) if xs[-1] > left + 0.8 * side else ("left", 9)
            paper.text(xs[-1] + shift, ys[-1] - 9, path.label, f"{path.role}-ink", 12, ha=align)
        across, up = (f"${name}$" if name else "" for name in self.names)
        foot, high = upper + side * 0.75 + 12, side * 0.75
        for x, said, align in ((0, tick(self.across[0]), "left"), (0.5, across, "center"),
                               (1, tick(self.across[1]), "right")):  # fmt: skip
            paper.text(left + side * x, foot, said, "muted", 12, ha=align)
        for y, said in ((8, tick(self.up[1])), (high / 2, up), (high - 8, tick(self.up[0]))):
            paper.text(left - 6, upper + y, said, "muted", 12, ha="right")
        return side * 0.75 + 52


def bands(field):
    """Return the tint of each square: BANDS steps from the lowest to the highest value."""
    finite = field[np.isfinite(field)]
    low, high = finite.min(initial=np.inf), finite.max(initial=-np.inf)
    height = (np.where(np.isfinite(field), field, high) - low) / ((high - low) or 1)
    return look.CAP * np.minimum(np.floor(BANDS * height), BANDS - 1) / BANDS
