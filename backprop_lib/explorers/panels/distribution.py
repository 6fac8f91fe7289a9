"""The panel of distributions: how an array's entries spread, one ridge for each array."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.explorers.notation import tick
from backprop_lib.explorers.panels.panel import Curve, Panel, roles

RIDGE = 40  # pixels


def spread(values, low, high, bins=40, log=False):
    """Return the share of `values` in each of `bins` from low to high.

    What lies beyond counts in the first or the last bin. With `log`, the bins are those of
    log10 |v| from log10(low) to log10(high), and a 0 counts in the first.
    """
    values = np.ravel(np.asarray(values, float))
    if log:
        with np.errstate(divide="ignore"):
            values, low, high = np.log10(np.abs(values)), np.log10(low), np.log10(high)
    values = values[~np.isnan(values)]
    counts, _ = np.histogram(np.clip(values, low, high), bins, (low, high))
    return counts / max(1, len(values))


@dataclass(frozen=True)
class Distribution(Panel):
    """One ridge for each array of shares, as `spread` makes them, all from `low` to `high`."""

    title: str
    rows: tuple[Curve, ...]
    low: float
    high: float
    log: bool = False

    @property
    def roles(self):
        """The role of each ridge."""
        return roles(self.rows)

    def draw(self, paper, left, top, width):
        """Draw the ridges below each other."""
        paper.title(left, top + 10, self.title)
        start, wide = left + 60, width - 60
        for k, row in enumerate(self.rows):
            foot = top + 28 + RIDGE * (k + 1) - 6
            paper.text(left, foot - 8, row.label, f"{row.role}-ink", ha="left")
            paper.line([start, start + wide], [foot] * 2)
            if row.name not in paper.arrays:
                continue
            shares = paper.arrays[row.name]
            xs = start + wide * np.repeat(np.arange(len(shares) + 1), 2)[1:-1] / len(shares)
            ys = foot - (RIDGE - 8) * np.repeat(shares / max(shares.max(), 1e-9), 2)
            paper.area(xs, ys, foot, row.role)
        foot = top + 28 + RIDGE * len(self.rows) + 8
        for x, value, align in ((start, self.low, "left"), (start + wide, self.high, "right")):
            paper.text(x, foot, tick(value, self.log), "muted", 12, ha=align)
        return foot + 10 - top
