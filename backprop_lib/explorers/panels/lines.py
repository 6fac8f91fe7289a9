"""The panel of curves: one for each array over a common x, and points that lie on them."""

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import numpy as np

from backprop_lib.explorers.notation import length, tokens
from backprop_lib.explorers.panels.panel import Curve, Panel, dashes, roles
from backprop_lib.explorers.panels.plot import PLOT, Plot
from backprop_lib.explorers.paper import symbol

APART = 15  # between two labels
ROOM = 112  # for the labels


@dataclass(frozen=True)
class Lines(Panel):
    """Curves over the array `x`, each labelled where it ends.

    `at` is a single number of the frame: there stands a line, and each curve says its value.
    `points` are two arrays, (x, y): each entry of them is a point. `log` is "x", "y" or "xy".
    `span` is what y holds at least, in every frame: small changes then look small. A `wide` panel
    stands alone and fills the page's width.
    """

    title: str
    x: str
    curves: tuple[Curve, ...]
    at: str = ""
    log: str = ""
    across: str = ""  # what stands along x
    points: tuple[str, ...] = ()
    through: str = ""  # the control that names the function g in the title
    span: tuple[float, ...] = ()
    wide: bool = field(default=False, kw_only=True)

    @property
    def labelled(self):
        """Whether the curves are told apart by their labels."""
        return any(curve.label for curve in self.curves)

    @property
    def share(self):
        """Labels need room."""
        return 1.6 if self.labelled else 1.0

    @property
    def roles(self):
        """The role of each curve."""
        return roles(self.curves)

    def spec(self, largest):
        """Return the panel as the page reads it."""
        more = {"labelled": self.labelled, "dashes": dashes(self.curves)}
        return super().spec(largest) | more | {"across": tokens(self.across)}

    def draw(self, paper, left, top, width):
        """Draw the curves, the points, and the labels where they end."""
        paper.title(left, top + 10, self.title, self.through)
        there = [(curve, dash) for curve, dash in zip(self.curves, dashes(self.curves), strict=True)
                 if curve.name in paper.arrays]  # fmt: skip
        xs, ys = paper.every[self.x], [paper.arrays[curve.name] for curve, _ in there]
        room = width - ROOM * self.labelled
        plot = Plot(paper, left, top, room, xs, np.concatenate([self.span, *ys]), log=self.log,
                    marked=self.labelled)  # fmt: skip
        plot.foot(symbol(self.across) if self.across in paper.roles else self.across)
        for (curve, dash), values in zip(there, ys, strict=True):
            plot.curve(xs, values, curve.role, dash)
        k = self._here(paper, plot, xs)
        labels = []
        for (curve, _), values in zip(there, ys, strict=True):
            if self.at:
                plot.point(xs[k], values[k], curve.role, True)
            last = np.flatnonzero(np.isfinite(values))
            end = values[last[-1]] if len(last) else 0
            number = length if "y" in self.log else partial(paper.said, curve.name)
            said = f"  {number(values[k])}" if self.at else ""
            labels.append([plot.y(end), f"{curve.label}{said}", f"{curve.role}-ink"])
        for y, text, colour in apart(labels) if self.labelled else ():
            paper.text(plot.right + 8, y, text, colour, 12, ha="left")
        if self.points:
            self._points(paper, plot, xs, ys[0])
        return PLOT

    def _here(self, paper, plot, xs):
        """Draw where `at` is; return the nearest position."""
        if not self.at:
            return -1
        now = float(paper.every[self.at])
        paper.line([plot.x(now)] * 2, [plot.upper, plot.lower], "faint")
        return int(np.argmin(np.abs(xs - now)))

    def _points(self, paper, plot, xs, ys):
        of, to = self.points
        for place in np.ndindex(paper.arrays[of].shape):
            x, y = paper.arrays[of][place], paper.arrays[to][place]
            made = paper.made
            picked = bool(made) and (of, *place) == (made.of[0], *paper.picked[1:])
            plot.point(x, y, paper.roles[to], picked)
            if picked:
                plot.value(x, y, paper.said(to, y), xs, ys)


def apart(labels):
    """Push labels apart that would lie on one another: [y, …], sorted by y."""
    labels = sorted(labels)
    for above, below in pairwise(labels):
        below[0] = max(below[0], above[0] + APART)
    return labels
