"""The chapters' figures: one style, and for each a sentence for whoever cannot see it."""

import base64
import io

import numpy as np
from IPython.display import display
from matplotlib import rc_context
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from backprop_lib import look

COLOUR = look.LIGHT  # a figure stands on its own white ground, in a light and in a dark notebook
STYLE = {
    "font.size": 10,
    "mathtext.fontset": look.SYMBOLS,
    "text.color": COLOUR["ink"],
    "axes.edgecolor": COLOUR["muted"],
    "axes.labelcolor": COLOUR["muted"],
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": COLOUR["muted"],
    "ytick.color": COLOUR["muted"],
}


def subplots(rows=1, columns=1, width=8, height=2.6, **settings):
    """Return a new figure and its axes, `width` by `height` inches, in the style of the course."""
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
        return figure, figure.subplots(rows, columns, **settings)


def show(figure, alt):
    """Display `figure`, and give the sentence `alt` to whoever reads the page without seeing it.

    Raises:
        ValueError: `alt` is too short to say what there is to see.
    """
    if len(alt) < 20:
        raise ValueError(f"alt is {alt!r}, expected a sentence that says what there is to see.")
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=144, facecolor="white", metadata={"Software": None})
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    display(
        {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": alt},
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
        raw=True,
    )


def picture(axes, pixels, title=""):
    """Draw one digit, 64 pixels from 0 to 1, as 8 × 8 squares of ink on paper."""
    axes.imshow(pixels.reshape(8, 8), cmap="Greys", vmin=0, vmax=1)
    axes.set(xticks=[], yticks=[], title=title)
    axes.spines[:].set(visible=True, color=COLOUR["line"])


def table(axes, numbers, role="backward", form="g", title=""):
    """Draw a small matrix as the explorers do: positive in its role's colour, negative in grey."""
    numbers = np.asarray(numbers)
    tint = look.CAP * abs(numbers) / (abs(numbers) + look.TINT["value"])
    ground = np.array(to_rgb(COLOUR["ground"]))
    above, below = np.array(to_rgb(COLOUR[role])), np.array(to_rgb(COLOUR["negative"]))
    ink = np.where(numbers[..., None] > 0, above, below)
    axes.imshow(ground + tint[..., None] * (ink - ground))
    for (row, column), number in np.ndenumerate(numbers):
        faint = COLOUR["faint" if number == 0 else "ink"]
        text = format(number + 0.0, form).replace("-", "−")
        axes.text(column, row, text, color=faint, ha="center", va="center")
    axes.set(xticks=[], yticks=[], title=title)
    axes.spines[:].set(visible=True, color=COLOUR[role])
