"""The formula ledger: every formula and claim of three sheets of notes, judged and measured.

    from backprop_lib.ledger import ROWS, row

    row("C18")            # what the note says, the verdict, what is right
    row("C18").measure()  # the failing figure of the formula, the passing one of its correction
    sheet("normalization")  # a group of rows as a table, each with its figures
    card()                # what is right, on one card

`import backprop_lib` does not load it.
"""

from backprop_lib.ledger.card import card
from backprop_lib.ledger.figure import Figure
from backprop_lib.ledger.row import CONVENTIONS, GROUPS, NOTES, VERDICTS, Row, plain
from backprop_lib.ledger.rows import ROWS, row
from backprop_lib.ledger.sheet import sheet

__all__ = [
    "CONVENTIONS", "GROUPS", "NOTES", "ROWS", "VERDICTS",
    "Figure", "Row", "card", "plain", "row", "sheet",
]  # fmt: skip
