"""The formula page: every row is on it, and every line of its card is proved by a row."""

import re
from pathlib import Path

import numpy as np
import pytest

from backprop_lib.gradient_check import LIMIT
from backprop_lib.ledger import GROUPS, ROWS, card, row, sheet
from backprop_lib.ledger.card import CARD
from backprop_lib.ledger.row import Row
from backprop_lib.ledger.sheet import Sheet

PAGE = Path(__file__).parents[2] / "chapters"
SOURCE = (PAGE / "source/formulas.md").read_text(encoding="utf-8")


def test_no_row_is_missing_on_the_page():
    shown = re.findall(r'^sheet\("(\w+)"\)$', SOURCE, re.MULTILINE)
    assert sorted(shown) == sorted(GROUPS)
    tables = "".join(table(group) for group in shown)
    ids = re.findall(r"^\| \*\*(\w+)\*\*", tables, re.MULTILINE)
    assert sorted(ids) == sorted(ROWS)


def table(group):
    return sheet(group)._repr_markdown_()


def test_a_line_says_what_was_measured():
    lines = {line.split("**")[1]: line for line in table("backward").splitlines()[2:]}
    cells = lines["A7"].replace("\N{NO-BREAK SPACE}", " ").strip("| \n").split(" | ")
    assert cells[0] == "**A7**<br>◐ half right"
    assert cells[1] == "$db_i = dZ_i$<br>*columns, one example*"
    assert cells[2].endswith(r"<br>In rows: $db = \sum_i dZ_i$, over the rows.")
    assert cells[3].split("<br>") == [
        "✓ as written, one example",
        "✗ as written, on a batch: the shapes do not fit",
        "✗ **0.92** summed over everything",
        "✓ corrected, summed over the examples",
    ]
    assert all(len(line.replace(r"\|", "").split("|")) == 6 for line in lines.values())


def test_a_check_that_fails_is_seen_on_the_page():
    def check(rng, gradient):
        yield row("A8").measure()[0].__class__("as written", 0.25, "agrees")

    broken = Sheet([Row("A8", "backward", "columns", "right", says="x", check=check)])
    assert "✗ **0.25** as written".replace(" ", "\N{NO-BREAK SPACE}") in broken._repr_markdown_()
    assert "as written: WRONG, error 0.25" in repr(broken)


def test_an_unknown_group_is_refused_in_words():
    with pytest.raises(ValueError, match="group is 'sums', expected one of forward, backward"):
        sheet("sums")


@pytest.mark.parametrize("line", CARD, ids=lambda line: f"{line.part}: {line.name}")
def test_every_line_of_the_card_is_proved(line):
    assert line.proof
    for name in line.proof:
        assert any(
            figure.what.startswith(("as written", "corrected")) and figure.value < LIMIT
            for figure in row(name).measure()
            if figure.kind == "agrees"
        ), name


def test_the_card_names_the_whole_way_in_both_layouts():
    shown = card()._repr_markdown_()
    assert len(shown.splitlines()) == 2 + len(CARD)
    assert all(line.rows in shown and line.columns in shown for line in CARD)
    assert "Backward, weights: dW = Xᵀ dZ; in columns dW = dZ Xᵀ" in repr(card())


def test_the_formulas_of_the_card_hold_in_both_layouts():
    """The four that differ, as code: what is right in rows is right in columns, transposed."""
    rng = np.random.default_rng(0)
    X, W, dZ = rng.normal(size=(5, 3)), rng.normal(size=(3, 4)), rng.normal(size=(5, 4))
    x, w, dz = X.T, W.T, dZ.T  # in columns
    np.testing.assert_allclose(X @ W, (w @ x).T)
    np.testing.assert_allclose(X.T @ dZ, (dz @ x.T).T)
    np.testing.assert_allclose(dZ @ W.T, (w.T @ dz).T)
    np.testing.assert_allclose(dZ.sum(axis=0), dz.sum(axis=1))
