"""The formula ledger: every formula and claim of three sheets of notes, judged and measured.

    from backprop_lib.ledger import ROWS, row

    row("C18")            # what the note says, the verdict, what is right
    row("C18").measure()  # the failing figure of the formula, the passing one of its correction
    sheet("normalization")  # a group of rows as a table, each with its figures
    card()                # what is right, on one card

`import backprop_lib` does not load it.
"""

from backprop_lib.ledger.across import ACROSS
from backprop_lib.ledger.card import card
from backprop_lib.ledger.figure import Figure
from backprop_lib.ledger.note_a import NOTE_A
from backprop_lib.ledger.note_b import NOTE_B
from backprop_lib.ledger.note_c import NOTE_C
from backprop_lib.ledger.row import CONVENTIONS, GROUPS, NOTES, VERDICTS, Row, plain
from backprop_lib.ledger.sheet import sheet

__all__ = [
    "CONVENTIONS", "GROUPS", "NOTES", "ROWS", "VERDICTS",
    "Figure", "Row", "card", "plain", "row", "sheet",
]  # fmt: skip

ROWS = {row.id: row for row in (*NOTE_A, *NOTE_B, *NOTE_C, *ACROSS)}


def row(name):
    """Return the row of that id, such as "C18".

    Raises:
        ValueError: there is none.
    """
    if name not in ROWS:
        raise ValueError(f"id is {name!r}, expected A1 to A12, B1 to B13, C1 to C27 or X1 to X4.")
    return ROWS[name]
