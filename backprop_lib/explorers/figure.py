"""The static frame: the same panels in matplotlib, for paper, GitHub and notebooks at rest."""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from backprop_lib import look
from backprop_lib.explorers.paper import INCH, Paper

GAP, DPI, WIDTH = 24, 150, 1000
STYLE = {"mathtext.fontset": look.SYMBOLS, "font.family": "sans-serif"}


def draw(explorer):
    """Return the explorer's present frame as a matplotlib Figure."""
    width, top = WIDTH, GAP / 2
    with mpl.rc_context(STYLE):
        paper = Paper(explorer)
        for row in rows(explorer.panels):
            shares = [(width - GAP) * panel.share / sum(p.share for p in row) for panel in row]
            lefts = GAP + np.cumsum([0, *shares[:-1]])
            heights = [
                panel.draw(paper, left, top, share - GAP)
                for panel, left, share in zip(row, lefts, shares, strict=True)
            ]
            top += max(heights) + GAP
        paper.axes.set(xlim=(0, width), ylim=(top - GAP / 2, 0))
        paper.figure.set_size_inches(width / INCH, (top - GAP / 2) / INCH)
    return paper.figure


def png(figure):
    """Return (bytes, width, height): the figure as a PNG of few colours, and its size in pixels."""
    figure.set_dpi(DPI)
    canvas, small = FigureCanvasAgg(figure), io.BytesIO()
    with mpl.rc_context(STYLE):
        canvas.draw()
    few = {"method": Image.Quantize.MAXCOVERAGE, "dither": Image.Dither.NONE}
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3]).quantize(256, **few)
    image.save(small, format="png")  # a third of the size, and no eye sees it
    return small.getvalue(), *(round(INCH * inches) for inches in figure.get_size_inches())


def rows(panels):
    """Gather the panels into rows: a wide one alone, the others side by side, up to four shares."""
    gathered = []
    for panel in panels:
        full = gathered and sum(p.share for p in gathered[-1]) + panel.share > 4.2
        if panel.wide or not gathered or gathered[-1][-1].wide or full:
            gathered.append([])
        gathered[-1].append(panel)
    return gathered
