"""The axes that curves and points stand on: bare, with 0 in sight or in decades."""

import numpy as np

from backprop_lib.explorers.notation import tick

PLOT = 200  # the height of a plot with its title
MOST_TICKS = 5


class Plot:
    """Axes at (left, top), so wide: x from edge to edge; what lies beyond stands at the edge.

    xs, ys: all the numbers that it has to hold. log: "x", "y" or "xy" for decades.
    marked: whether its y axis has numbers.
    """

    def __init__(self, paper, left, top, width, xs, ys, *, log="", marked=False):
        self.paper, self.log = paper, log
        self.left, self.right = left + 44 * marked, left + width
        self.upper, self.lower = top + 36, top + PLOT - 24
        self.xlim, self.ylim = ends(xs, "x" in log, tight=True), ends(ys, "y" in log)
        if "y" not in log:
            paper.line([self.left, self.right], [self.y(0)] * 2)
        if "x" not in log:
            paper.line([self.x(0)] * 2, [self.upper, self.lower])
        for value in ticks(*self.ylim, "y" in log) if marked else ():
            said = tick(value, "y" in log)
            paper.text(self.left - 9, self.y(value), said, "muted", 12, ha="right")
            paper.line([self.left, self.right], [self.y(value)] * 2)
        sides = {self.xlim[1]: "right", self.xlim[0]: "left"}
        for value in ticks(*self.xlim, "x" in log) if "x" in log else self.xlim:
            said, align = tick(value, "x" in log), sides.get(value, "center")
            paper.text(self.x(value), self.lower + 16, said, "muted", 12, ha=align)

    def x(self, value):
        """Return where a value stands from left to right."""
        return self.left + (self.right - self.left) * part(value, *self.xlim, "x" in self.log)

    def y(self, value):
        """Return where a value stands from top to bottom."""
        return self.lower - (self.lower - self.upper) * part(value, *self.ylim, "y" in self.log)

    def foot(self, label):
        """Say what stands along x."""
        down = 30 if "x" in self.log else 16  # below the decades
        self.paper.text((self.left + self.right) / 2, self.lower + down, label, "muted", 12)

    def curve(self, xs, ys, role, dash=0):
        """Draw a curve; it is broken where it is not finite."""
        self.paper.line(self.x(np.asarray(xs)), self.y(np.asarray(ys)), role, 2, dash)

    def point(self, x, y, role, picked=False):
        """Put a point on it, larger where it is picked."""
        if np.isfinite(x + y):
            self.paper.dot(self.x(x), self.y(y), role, picked)

    def value(self, x, y, text, xs, ys):
        """Write a picked point's value on the side where the curve is not."""
        if not np.isfinite(x + y):
            return
        k = int(np.argmax(np.asarray(xs) >= x))
        rise = np.sign(ys[min(k + 1, len(ys) - 1)] - ys[max(k - 1, 0)])
        rise = rise if np.isfinite(rise) else 0
        across, up = self.x(x), self.y(y)
        side = 1 if across < self.left + 45 else -1 if across > self.right - 45 else -int(rise)
        align = {1: "left", 0: "center", -1: "right"}[side]
        self.paper.text(
            across + 11 * side, up - (8 if side else 17), text, fontweight="bold", ha=align
        )


def ends(values, log, tight=False):
    """Return the smallest and the largest value in sight: whole decades, or with 0 among them."""
    values = np.ravel(values)
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    if log:
        low, high = (values.min(), values.max()) if len(values) else (1, 10)
        if tight:
            return low, high
        low, high = np.floor(np.log10(low)), np.ceil(np.log10(high))
        return 10.0**low, 10.0 ** max(high, low + 1)
    if tight:
        return (values[0], values[-1]) if len(values) else (0, 1)
    return min(0, values.min(initial=0)), max(0, values.max(initial=0))


def part(value, low, high, log):
    """Return a value's share of the way from low to high."""
    value = np.clip(value, low, high)  # NaN stays NaN
    if log:
        value, low, high = np.log10(value), np.log10(low), np.log10(high)
    return (value - low) / ((high - low) or 1)


def ticks(low, high, log):
    """Return the values that are named on an axis."""
    if not log:
        middle = [0] if min(high, -low) > 0.12 * (high - low) else []
        return [low, *middle, high] if high > low else [low]
    first, last = np.ceil(np.log10(low) - 1e-9), np.floor(np.log10(high) + 1e-9)
    return 10.0 ** np.arange(first, last + 1, max(1, np.ceil((last - first) / MOST_TICKS)))
