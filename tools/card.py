"""Write chapters/formulas.pdf: the card of the formulas that are right, one page to print.

    python tools/card.py

The page carries a digest of what it was made from, and a test holds it against the card.
"""

import hashlib
import re
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from backprop_lib.figures import COLOUR, STYLE
from backprop_lib.ledger.card import CARD
from backprop_lib.ledger.row import plain

PAGE = Path(__file__).resolve().parent.parent / "chapters" / "formulas.pdf"
A4 = 8.27, 11.69  # inches
LEFT, ROWS, COLUMNS, RIGHT = 0.08, 0.27, 0.66, 0.92  # in widths of the page
STEP = 0.026  # from line to line, in heights of the page
LONGEST = 75  # signs of a formula that fit on a line
NOTES = r"""
The loss is the mean over $n$ examples. Its $1/n$ stands in the first gradient, and nowhere else.
A gradient has the shape of its value. Letters side by side are a matrix product, and $\odot$
multiplies entry by entry. $\sum_i$ and mean go over the examples. $P$ are the probabilities, $Y$
the right classes. $g$ is an activation, and $g'$ its slope. $\mu$ and $\sigma^2$ are a unit's mean
and variance in the batch. $\theta$ is any parameter, and $g$ beside it its gradient. $\eta$ is
the learning rate, and $t$ counts the steps.
"""


def digest():
    """Return what tells one card from another."""
    return hashlib.sha256(repr((CARD, NOTES)).encode()).hexdigest()[:16]


def write():
    """Write the page; the same card gives the same bytes."""
    settings = {"CreationDate": None, "Keywords": digest(), "Title": "Backpropagation on one page"}
    with rc_context({**STYLE, "pdf.fonttype": 42}):
        draw().savefig(PAGE, metadata=settings)


def draw():
    """Return the page as a figure."""
    figure, y, part = Figure(figsize=A4), 0.935, None

    def put(x, y, text, size=9, colour="ink"):
        figure.text(x, y, text, size=size, color=COLOUR[colour])

    put(LEFT, y, "Backpropagation on one page", size=17)
    y -= 0.8 * STEP
    for line in CARD:
        if line.part != part:
            part = line.part
            y -= 1.35 * STEP
            figure.add_artist(Line2D([LEFT, RIGHT], [y + 0.7 * STEP] * 2, color=COLOUR["line"]))
            put(LEFT, y, part, size=11, colour="backward-ink")
            if line is CARD[0]:
                put(ROWS, y, "examples in rows", colour="faint")
                put(COLUMNS, y, "in columns, if it differs", colour="faint")
        y -= STEP
        put(LEFT, y, line.name, colour="muted")
        put(COLUMNS, y, line.columns, size=11)
        first, *more = _lines(line.rows)
        put(ROWS, y, first, size=11)
        for formula in more:
            y -= STEP
            put(ROWS, y, formula, size=11)
    y -= 1.2 * STEP
    figure.add_artist(Line2D([LEFT, RIGHT], [y + 0.6 * STEP] * 2, color=COLOUR["line"]))
    for note in NOTES.strip().splitlines():
        put(LEFT, y, note, size=8, colour="muted")
        y -= 0.7 * STEP
    return figure


def _lines(formulas):
    """Break behind commas what is too long for a line."""
    lines = [""]
    for piece in re.split(r"(?<=\$, )(?=\$)", formulas):
        if len(plain(lines[-1] + piece)) > LONGEST:
            lines.append("")
        lines[-1] += piece
    return lines


if __name__ == "__main__":
    write()
