"""What the static frame is drawn on and with: a unit is a pixel of the page, from the top left."""

import re

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea, VPacker
from matplotlib.patches import Rectangle

from backprop_lib import look
from backprop_lib.explorers.notation import candidates, decimal, tokens

INCH = 100  # pixels
POINT = 72 / INCH  # of a pixel
COLOUR = look.LIGHT  # paper is white


class Paper:
    """One frame of one explorer, and a pen: text, boxes, lines and symbols in their colours."""

    def __init__(self, explorer):
        self.explorer = explorer
        self.parameters, self.every = explorer.present
        self.arrays = explorer.seen()  # what has been computed where the walk stands
        self.stop = explorer.walk.at(explorer.step) if explorer.walk else None
        self.picked = explorer.picked_entry()
        self.made = explorer.sum_of(self.picked[0]) if self.picked else None
        self.rows = self.made.rows(self.picked, self.arrays) if self.made else []
        self.roles = explorer.roles
        self.figure = Figure(facecolor=COLOUR["ground"])
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.axis("off")

    def value(self, name, index):
        """Return one entry of the frame."""
        return float(self.arrays[name][tuple(index)])

    def said(self, name, value, exact=False):
        """Return a number of the array `name` as text."""
        return decimal(value, self.explorer.digits(name, exact))

    def called(self, control):
        """Return how a control's present value is called: "ReLU"."""
        return self.explorer.controls[control].says(self.parameters[control])

    def text(self, x, y, text, colour="ink", size=13, **settings):
        """Write at (x, y), centred there unless `ha` and `va` say otherwise."""
        settings = {"ha": "center", "va": "center_baseline", "fontsize": size * POINT} | settings
        self.axes.text(x, y, text, color=COLOUR[colour], **settings)

    def box(self, x, y, width, height, line=1.5, colour="ink", **settings):
        """Outline a box."""
        style = {"facecolor": "none", "edgecolor": COLOUR[colour], "linewidth": line * POINT}
        self.axes.add_artist(Rectangle((x, y), width, height, **style | settings))

    def fill(self, x, y, width, height, colour, alpha):
        """Fill a box with a tint."""
        patch = Rectangle((x, y), width, height, color=COLOUR[colour], alpha=alpha, linewidth=0)
        self.axes.add_artist(patch)

    def line(self, xs, ys, colour="line", width=1, dash=0):
        """Draw a line through the points."""
        style = (0, look.DASHES[dash % len(look.DASHES)] or None)
        line = Line2D(xs, ys, color=COLOUR[colour], linewidth=width * POINT,
                      linestyle=style if style[1] else "-")  # fmt: skip
        self.axes.add_artist(line)

    def area(self, xs, ys, foot, role):
        """Fill what lies between a line and its foot."""
        self.axes.fill_between(xs, ys, foot, color=COLOUR[role], alpha=0.45, linewidth=0)
        self.line(xs, ys, role, 1.5)

    def dot(self, x, y, role, picked=True):
        """Mark one place, larger where it is picked."""
        style = {"s": 60, "linewidth": 1.4}
        if not picked:
            style = {"s": 32, "linewidth": 0.6, "alpha": 0.6}
        edge = COLOUR["ink" if picked else "ground"]
        self.axes.scatter(x, y, color=COLOUR[role], edgecolor=edge, zorder=3 + picked, **style)

    def arrow(self, start, end, colour, alpha=1):
        """Draw an arrow from start to end."""
        style = {"arrowstyle": "->", "color": COLOUR[colour], "linewidth": 1, "alpha": alpha,
                 "shrinkA": 0, "shrinkB": 0}  # fmt: skip
        self.axes.annotate("", end, start, arrowprops=style)

    def write(self, x, y, pieces, align=(0, 0.5)):
        """Write pieces one after the other, on one baseline."""
        packed = HPacker(children=pieces, pad=0, sep=0, align="baseline")
        box = AnnotationBbox(packed, (x, y), frameon=False, pad=0, box_alignment=align)
        self.axes.add_artist(box)

    def piece(self, text, colour="ink", size=13):
        """Return text in one colour and size, to be written with others."""
        return TextArea(text, textprops={"color": COLOUR[colour], "fontsize": size * POINT})

    def symbol(self, name, size=16):
        """Return a letter in its role's colour: slanted, with an upright superscript."""
        colour = f"{self.roles[name]}-ink" if name in self.roles else "ink"
        return self.piece(symbol(name), colour, size)

    def over_shape(self, name, size, turned=False, numbers=False):
        """Return a letter with its array's shape below it; both transposed where `turned`.

        With `numbers`, a single number stands there itself.
        """
        array = self.every[name]
        letter = self.piece(symbol(name, "T" * turned), f"{self.roles[name]}-ink", size)
        below = self.piece(shape_name(array.shape[:: -1 if turned else 1]), "muted", 11)
        if numbers and array.size == 1:
            below = self.piece(self.said(name, array.item()))
        return VPacker(children=[letter, below], pad=0, sep=3, align="center")

    def entry(self, name, *index):
        """Return "W[0, 1]" in pieces."""
        at = [self.piece(f"[{', '.join(map(str, index))}]")] if index else []
        return [self.symbol(name), *at]

    def formula(self, line, through="", numbers=False):
        """Return a formula in pieces, live shapes under its letters.

        The letter g is called as the control `through` says.
        """
        return [
            self.over_shape(name, 25, turned, numbers) if name
            else self.piece(word if word.isspace() else upright(word, power), size=22)
            for word, power, name, turned in self._words(line, through)
        ]  # fmt: skip

    def title(self, x, y, line, through=""):
        """Write a panel's title; the name of an array stands in its letters and its colour."""
        self.write(x, y, [
            self.symbol(name) if name
            else self.piece(f"${word}^{{{power}}}$" if power else word, size=14)
            for word, power, name, _ in self._words(line, through)
        ])  # fmt: skip

    def _words(self, line, through):
        for text, power in tokens(line):
            named = (one for one in candidates(text, power) if one[0] in self.roles)
            word = self.called(through) if through and text == "g" else text
            yield word, power, *next(named, (None, False))

    def image(self, alphas, colours, x, y, width, height):
        """Tint a grid of squares: how strong, and in which colour, given by its name."""
        names = [*dict.fromkeys(np.ravel(colours).tolist())]
        rgb = np.array([to_rgb(COLOUR[name]) for name in names])
        index = np.vectorize(names.index, otypes=[int])(colours)
        cells = np.dstack([rgb[index], alphas])
        self.axes.imshow(cells, extent=(x, x + width, y + height, y), aspect="auto",
                         interpolation="nearest", zorder=0.5)  # fmt: skip

    def product(self, entries):
        """Return "X[0, 1] · W[1, 0]" in pieces."""
        pieces = []
        for k, entry in enumerate(entries):
            pieces += [self.piece(" · ")] * bool(k) + self.entry(*entry)
        return pieces


def symbol(name, after=""):
    """Return "dW^1" as matplotlib writes it, its layer in raised brackets."""
    letter, level, rest = re.fullmatch(r"([^^]*)\^?(\d*)(.*)", name).groups()
    power = f"[{level}]{after}" if level else after
    raised = f"^{{\\mathrm{{{power}}}}}" if power else ""
    return f"${letter.replace('−', '-')}{raised}{rest}$"


def upright(word, power):
    """Return a word as matplotlib writes it in a formula."""
    return f"$\\mathrm{{{word}}}^{{{power}}}$"


def shape_name(shape):
    """Return "4×3", "3" for a vector, and "1" for a single number."""
    return "×".join(map(str, shape)) or "1"
