"""The ledger's data: every row is there, says what it has to, and can be read as plain text."""

import inspect
import re
import subprocess
import sys

import pytest

from backprop_lib.ledger import (
    CONVENTIONS,
    GROUPS,
    NOTES,
    ROWS,
    VERDICTS,
    check_a,
    check_across,
    check_b,
    check_c_backward,
    check_c_forward,
    check_updates,
    plain,
    row,
)

CHECKS = check_a, check_across, check_b, check_c_backward, check_c_forward, check_updates
ONLY_WORDS = {"A1", "A9", "A10", "B1", "B10", "C5", "C10", "C27", "X4"}

every_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


def test_no_row_is_missing():
    sizes = {"A": 12, "B": 13, "C": 27, "X": 4}
    assert list(ROWS) == [f"{note}{k}" for note, n in sizes.items() for k in range(1, n + 1)]
    assert all(row.id == name for name, row in ROWS.items())


@every_row
def test_a_row_says_what_it_has_to(row):
    assert row.group in GROUPS
    assert row.verdict in VERDICTS
    assert row.convention in CONVENTIONS
    assert row.note == NOTES[row.id[0]]
    assert row.says
    assert bool(row.correction) == (row.verdict != "right")


def test_every_group_verdict_and_convention_is_used():
    rows = ROWS.values()
    assert {row.group for row in rows} == set(GROUPS)
    assert {row.verdict for row in rows} == set(VERDICTS)
    assert {row.convention for row in rows} == set(CONVENTIONS)


@every_row
def test_formulas_stand_between_dollars_and_can_be_read_without_a_typesetter(row):
    for text in (row.says, row.correction, row.why, row.translated):
        assert text.count("$") % 2 == 0
        words = re.sub(r"\$[^$]*\$", "", text).replace("drop_prob", "")
        assert not re.search(r"[\\_^{}]", words), "a formula outside its dollar signs"
        for formula in re.findall(r"\$([^$]*)\$", text):
            assert formula.count("{") == formula.count("}")
            assert not re.search(r"[^\x00-\x7f]", formula), "not LaTeX"
        assert not re.search(r"[\\$]|  ", plain(text))


def test_a_formula_in_plain_signs():
    assert plain(row("B7").says) == "dZ^[l] = W^[l+1]ᵀ dZ^[l+1] ∗ g′^[l](Z^[l])"
    assert plain(row("C4").says) == "x\u0302 = (x − μ) / √(σ² + ε)"
    assert plain(row("A6").translated) == "dW = Xᵀ dZ"
    assert repr(row("C27")) == (
        "C27  Dropout prevents overfitting.\n"
        "    misleading, note C (step by step, rows)\n"
        "    Dropout reduces overfitting."
    )


def test_only_words_have_no_check_and_every_check_is_one_rows():
    assert {row.id for row in ROWS.values() if row.check is None} == ONLY_WORDS
    written = [
        function
        for module in CHECKS
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
    ]
    checks = [row.check for row in ROWS.values() if row.check]
    assert len(checks) == len(set(checks))
    assert set(checks) == set(written)


def test_an_unknown_row_is_refused_in_words():
    with pytest.raises(ValueError, match="'C28', expected A1 to A12"):
        row("C28")


def test_the_library_alone_does_not_load_the_ledger():
    code = "import sys, backprop_lib; sys.exit('backprop_lib.ledger' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
