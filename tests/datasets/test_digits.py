"""The digits are the ones their authors gave: whole, unchanged, split as we say."""

import hashlib

import numpy as np
import pytest

from backprop_lib.datasets import load_digits
from backprop_lib.datasets.digits import FILE


def test_the_file_is_the_one_described_beside_it():
    checksum = "de0437aa9e187be970eaad52697c4763720ae1efc2c0b245d551864cd11b91f6"
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == checksum
    assert FILE.stat().st_size < 50_000
    assert FILE.with_name("DIGITS_LICENCE.md").exists()


def test_shapes_kinds_and_range():
    digits = load_digits()
    assert [part.shape for part in digits] == [(1500, 64), (1500,), (297, 64), (297,)]
    assert [part.dtype for part in digits] == [np.float64, np.int64, np.float64, np.int64]
    for X in (digits.X_train, digits.X_held_out):
        assert X.min() == 0
        assert X.max() == 1
        np.testing.assert_array_equal(X * 16, np.round(X * 16))


def test_every_digit_is_in_both_parts_and_the_counts_are_the_sources():
    digits = load_digits()
    train, held_out = np.bincount(digits.Y_train), np.bincount(digits.Y_held_out)
    assert train.min() >= 140
    assert held_out.min() >= 20
    # The repository's page, for its test part, digit by digit.
    np.testing.assert_array_equal((train + held_out)[:5], [178, 182, 177, 183, 181])
    assert len(digits.Y_train) + len(digits.Y_held_out) == 1797


def test_the_order_is_the_rule_that_the_licence_file_states():
    digits = load_digits()
    X = (np.vstack([digits.X_train, digits.X_held_out]) * 16).astype(np.uint8)
    names = [hashlib.sha256(x.tobytes()).hexdigest() for x in X]
    assert names == sorted(names)
    assert len(set(names)) == 1797, "the same picture twice: perhaps in both parts"


@pytest.mark.parametrize("part", range(4))
def test_each_call_returns_fresh_arrays(part):
    load_digits()[part][:] = 7
    assert not (load_digits()[part] == 7).all()
