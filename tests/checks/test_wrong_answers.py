"""Every named wrong answer is refused, and called by its own name; two at once by both."""

import numpy as np
import pytest

from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import explanations
from tests.checks.exercises import DENSE, EXERCISES, RELU, by_name

EVERYTHING = [(one, wrong) for one in EXERCISES for wrong in explanations(one)]
SINGLES = [(one, wrong) for one, wrong in EVERYTHING if len(wrong.mistakes) == 1]
PAIRS = [(one, wrong) for one, wrong in EVERYTHING if len(wrong.mistakes) == 2]

# Two mistakes that come to the same as something no longer: what is said is true as well.
SAME = {
    # Where it fits at all, with n = 1 only, the dropped axis does not show.
    "dense_forward": {("W entry by entry", "axis dropped"), ("factors swapped", "axis dropped")},
    "dense_forward_columns": {
        ("X transposed", "axis dropped"),
        ("X entry by entry", "axis dropped"),
        ("b as a row", "axis dropped"),
        ("factors swapped", "axis dropped"),
    },
    # One axis is left, so there is nothing to transpose or to drop.
    "relu_forward": {
        ("largest of each column", "transposed"),
        ("largest of each column", "axis dropped"),
    },
    # What overflows is written over by then; only the change of Z is left.
    "sigmoid_forward": {
        ("infinity over infinity", "Z changed in place"),
        ("both branches computed", "Z changed in place"),
    },
    # Without a bend, Z1 and A1 are the same numbers.
    "two_layer_forward": {
        ("no activation", "Z1 fed on"),
        ("no activation", "Z1 and A1 swapped"),
        ("Z1 fed on", "Z1 overwritten"),
        ("Z1 fed on", "only the output"),
        ("Z1 overwritten", "Z1 and A1 swapped"),
        ("Z1 overwritten", "only the output"),
        ("W1 entry by entry", "axis dropped"),
    },
}
EVERYWHERE = {("always float64", "always float32")}


def called(case):
    return f"{case[0].name}: {' + '.join(case[1].names)}" if isinstance(case, tuple) else str(case)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("case", SINGLES, ids=called)
def test_a_wrong_answer_is_refused_by_its_own_name(case, seed):
    one, wrong = case
    verdict = judge(wrong.function, one, seed)
    assert verdict.status == "wrong"
    assert verdict.mistakes == wrong.names
    assert verdict.sentences == (wrong.mistakes[0].sentence,)
    assert verdict.where == (wrong.mistakes[0].where or one.where)


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_a_pair_is_refused_and_explained_as_a_pair(one):
    pairs = [wrong for of, wrong in PAIRS if of is one]
    assert len(pairs) >= 10
    verdicts = {wrong.names: judge(wrong.function, one) for wrong in pairs}
    assert all(verdict.status == "wrong" for verdict in verdicts.values())
    assert all(1 <= len(verdict.mistakes) <= 2 for verdict in verdicts.values())
    unlike = {names for names, verdict in verdicts.items() if verdict.mistakes != names}
    assert unlike - EVERYWHERE == SAME.get(one.name, set())


def test_at_least_95_in_100_pairs_are_told_by_their_own_names():
    assert sum(len(same) for same in SAME.values()) <= 0.05 * len(PAIRS)


def test_an_answer_that_mixes_a_known_mistake_with_another_dtype_is_still_explained():
    def dense_forward(X, W, b):
        return (X @ W - b).astype(np.longdouble)

    verdict = judge(dense_forward, DENSE)
    assert verdict.mistakes == ("b subtracted",)


@pytest.mark.parametrize("change", [np.complex128, np.float16, np.longdouble, object])
@pytest.mark.parametrize("one", EXERCISES[:3], ids=by_name)
def test_a_dtype_that_nobody_named_is_refused_without_a_made_up_reason(one, change):
    def answer(*arguments):
        return one.reference(*arguments).astype(change)

    verdict = judge(answer, one)
    assert (verdict.status, verdict.problem, verdict.mistakes) == ("wrong", "wrong dtype", ())


def test_an_unexplained_answer_shows_direction_length_and_a_small_example_to_paste():
    def dense_forward(X, W, b):
        return 4 * (X @ W + b)

    verdict = judge(dense_forward, DENSE)
    assert verdict.mistakes == ()
    assert "right direction, 4 times too long" in verdict.facts["overall"]
    assert "8 of 8 numbers differ" in verdict.facts["overall"]
    pasted = {"np": np, "dense_forward": dense_forward}
    exec(verdict.example, pasted)
    assert pasted["X"].size == pasted["W"].size == pasted["b"].size == 1
    Z = dense_forward(pasted["X"], pasted["W"], pasted["b"])
    assert f"# yours    {Z.tolist()}" in verdict.example
    assert f"# expected {(Z / 4).tolist()}" in verdict.example


def test_the_worst_entry_is_shown():
    def relu_forward(Z):
        A = np.maximum(Z, 0)
        A[-1, 0] += 5
        return A

    verdict = judge(relu_forward, RELU)
    assert verdict.facts["expected"].startswith("A[3, 0] = ")
    assert verdict.facts["yours"].startswith("A[3, 0] = ")
    assert verdict.facts["overall"].startswith("1 of 8 numbers differ")
