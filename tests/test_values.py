"""What a setting, a label or an entry has to be, and the very words that refuse anything else."""

import re

import numpy as np
import pytest

from backprop_lib.values import (
    require_finite,
    require_generator,
    require_in_place,
    require_labels,
    require_number,
    require_range,
)

TABLE = np.array([[0.0, 1.0], [-0.5, 1.5]])
REFUSED = [  # the call, and what it says
    (
        lambda: require_number("rate", -1, at_least=0),
        "rate is -1, expected a number of at least 0.",
    ),
    (lambda: require_number("rate", 0.0, above=0), "rate is 0.0, expected a number above 0."),
    (lambda: require_number("rate", 2, at_most=1), "rate is 2, expected a number of at most 1."),
    (
        lambda: require_number("rate", 1, at_least=0, below=1),
        "rate is 1, expected a number of at least 0 and below 1.",
    ),
    (lambda: require_number("rate", "fast"), "rate is 'fast', expected a number."),
    (lambda: require_number("rate", np.inf), "rate is inf, expected a number."),
    (lambda: require_number("size", None, whole=True), "size is None, expected a whole number."),
    (
        lambda: require_number("size", 1.5, whole=True, at_least=1),
        "size is 1.5, expected a whole number of at least 1.",
    ),
    (
        lambda: require_labels(np.array([0, 2, 3, -1]), 3),
        "Y holds the label 3, expected 0 to 2: there are 3 classes.",
    ),
    (lambda: require_range("Y", TABLE, 0), "Y holds -0.5, expected numbers at least 0."),
    (lambda: require_range("Y", TABLE, -1, 1), "Y holds 1.5, expected numbers from -1 to 1."),
    (
        lambda: require_finite("X", np.array([[0, np.inf], [np.nan, 0]])),
        "X holds inf at index [0, 1], expected finite numbers only.",
    ),
    (
        lambda: require_generator(0),
        "rng is 0, expected a Generator: np.random.default_rng(0) makes one.",
    ),
    (
        lambda: require_in_place("parameters", np.array(1.0)),
        "parameters is array(1.), expected a writable array of floats: it is changed in place.",
    ),
]


@pytest.mark.parametrize(("call", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_a_refusal_is_one_sentence_that_says_what_came_and_what_was_expected(call, words):
    with pytest.raises((ValueError, TypeError), match=f"^{re.escape(words)}$"):
        call()


@pytest.mark.parametrize("value", [0, 1, 3, -2, 0.5, -0.25])
@pytest.mark.parametrize("kind", [int, float, np.int64, np.int8, np.float64, np.float32])
def test_a_setting_becomes_a_number_of_pythons_own(kind, value):
    value = kind(value)
    found = require_number("rate", value)
    assert found == value
    assert type(found) is (int if isinstance(value, int | np.integer) else float)


def test_the_ends_of_a_range_are_in_it_or_not():
    assert require_number("x", 0, at_least=0) == require_number("x", 0, at_most=0) == 0
    require_range("Y", np.array([0.0, 1.0]), 0, 1)
    require_labels(np.array([0, 2]), 3)
    for bound in ({"above": 0}, {"below": 0}):
        with pytest.raises(ValueError, match="x is 0, expected a number"):
            require_number("x", 0, **bound)


@pytest.mark.parametrize(
    ("value", "kind"), [(-1, ValueError), (np.inf, ValueError), ("1", TypeError)]
)
def test_what_is_no_number_is_of_a_wrong_type_and_the_rest_of_a_wrong_value(value, kind):
    with pytest.raises((ValueError, TypeError)) as raised:
        require_number("rate", value, above=0)
    assert raised.type is kind
