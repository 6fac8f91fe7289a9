"""Values of every kind are compared, shown, and pasted as what they are."""

from collections import namedtuple

import numpy as np
import pytest

from backprop_lib.checks.exercise import Case
from backprop_lib.checks.figures import literal
from backprop_lib.checks.sandbox import Code
from backprop_lib.checks.values import alike, form_problem, mapped, numbers_problem
from tests.checks.toys.spec import toy

VALUES = [
    np.array([[1.5, np.inf], [np.nan, -2.0]]),
    np.array([0.1, 1e-7], np.float32),
    np.array([1, 2]),
    np.array([True, False]),
    1.5, np.float32(0.1), 3, True, "learning", (3, 4), [], [(1.0,), [2]],
    {"m": np.zeros(2), "t": 3},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_pasted_is_the_value_itself(value):
    again = eval(literal(value), {"np": np})
    assert alike(again, value, strict=True)
    assert form_problem(again, value, "v") is None
    assert numbers_problem(again, value, "v") is None


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_no_value_is_like_another(value):
    assert [alike(value, other, strict=True) for other in VALUES].count(True) == 1


@pytest.mark.parametrize("other", [[-np.inf, 1.0], [np.inf, 2.0], [np.nan, 1.0], [3.0, 1.0]])
def test_one_infinite_number_excuses_no_other(other):
    value, other = np.array([np.inf, 1.0]), np.array(other)
    assert alike(value, value.copy(), strict=True)
    assert not alike(other, value, strict=True)
    assert not alike(value, other, strict=True)


def test_code_is_pasted_whole_however_long():
    code = Code(f"np.array({list(range(99))})")
    assert eval(literal(code), {"np": np}).sum() == 4851


def test_a_tuple_with_names_is_a_tuple():
    pair = namedtuple("Pair", "a b")(1.0, np.ones(2))
    assert alike(mapped(pair, lambda leaf: leaf * 2), (2.0, 2 * np.ones(2)), strict=True)


def test_rounding_that_leads_to_infinity_forgives_nothing():
    def pole(X):
        return np.where(X * X < 1, np.inf, X)

    exercise = toy(pole, "A", shapes={"X": "n q"}, wrong_answers=())
    assert exercise.slack(Case("at the pole", {"X": np.ones((5, 5))})) == [0]


@pytest.mark.parametrize("yours", [True, np.True_, np.array(True)])
def test_what_a_comparison_gives_is_as_good_as_true(yours):
    assert form_problem(yours, True, "v") is None
    assert numbers_problem(yours, True, "v") is None
    assert numbers_problem(not yours, True, "v")
