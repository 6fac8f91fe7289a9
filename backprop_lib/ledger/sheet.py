"""The ledger as a page shows it: the rows of a group in a table, and what their checks measure."""

import numpy as np

from backprop_lib.gradient_check import LIMIT
from backprop_lib.ledger.row import GROUPS
from backprop_lib.ledger.rows import ROWS

MARKS = {  # a sign beside the word, for whoever looks down the column
    "right": "✓",
    "half right": "◐",
    "wrong": "✗",
    "misleading": "✗",
    "missing": "○",
    "disputed": "?",
    "clash": "⇄",
}
HEAD = "| | The note says | What is right, and why | Measured here |\n|:--|:--|:--|:--|\n"


class Sheet:
    """Rows of the ledger, each with its check run: a table in a notebook, lines elsewhere."""

    def __init__(self, rows):
        self.rows = [(row, row.measure()) for row in rows]

    def _repr_markdown_(self):
        return HEAD + "".join(_line(row, figures) for row, figures in self.rows)

    def __repr__(self):
        blocks = [[repr(row), *(f"    {figure}" for figure in found)] for row, found in self.rows]
        return "\n".join("\n".join(block) for block in blocks)


def sheet(group):
    """Return the Sheet of those rows that belong to a group.

    Raises:
        ValueError: there is no such group.
    """
    if group not in GROUPS:
        raise ValueError(f"group is {group!r}, expected one of {', '.join(GROUPS)}.")
    return Sheet([row for row in ROWS.values() if row.group == group])


def _line(row, figures):
    """Return one row of the table, in Markdown."""
    layout = row.convention.replace("either", "rows or columns")
    says = row.says + (f"<br>*{layout}*" if layout else "")
    right = [row.correction, row.why]
    if row.translated:
        right.append(f"In {_other_layout(row)}: {row.translated}")
    cells = [
        f"**{row.id}**<br>" + _unbroken(f"{MARKS[row.verdict]} {row.verdict}"),
        says,
        "<br>".join(filter(None, right)),
        "<br>".join(_unbroken(_said(figure)) for figure in figures),
    ]
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


def _other_layout(row):
    return "columns" if row.id[0] == "C" else "rows"


def _said(figure):
    """Return a figure in few words; a tick or the error comes first, to be found at a glance."""
    if figure.kind == "number":
        return f"{figure.what}: {figure.value:{',.0f' if figure.value > 1e4 else '.4g'}}"
    if figure.value == np.inf:
        return f"✗ {figure.what}: the shapes do not fit"
    return f"✓ {figure.what}" if figure.value < LIMIT else f"✗ **{figure.value:.2f}** {figure.what}"


def _unbroken(text):
    """Keep a short line whole: a table gives the least room to its last column."""
    return text.replace(" ", "\N{NO-BREAK SPACE}") if len(text) < 40 else text
