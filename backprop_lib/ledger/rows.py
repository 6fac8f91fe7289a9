"""All rows of the ledger, by their ids."""

from backprop_lib.ledger.across import ACROSS
from backprop_lib.ledger.note_a import NOTE_A
from backprop_lib.ledger.note_b import NOTE_B
from backprop_lib.ledger.note_c import NOTE_C

ROWS = {row.id: row for row in (*NOTE_A, *NOTE_B, *NOTE_C, *ACROSS)}


def row(name):
    """Return the row of that id, such as "C18".

    Raises:
        ValueError: there is none.
    """
    if name not in ROWS:
        raise ValueError(f"id is {name!r}, expected A1 to A12, B1 to B13, C1 to C27 or X1 to X4.")
    return ROWS[name]
