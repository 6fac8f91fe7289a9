"""Every named wrong answer is refused, and called by its own name; two at once by both."""

from pathlib import Path

import numpy as np
import pytest

from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import explanations
from tests.checks.exercises import BY_NAME, DENSE, EXERCISES, RELU, by_name

NOTEBOOK = Path(__file__).parents[2] / "solutions/source/02_dense_backward.py"
EVERYTHING = [(one, wrong) for one in EXERCISES for wrong in explanations(one)]
SINGLES = [(one, wrong) for one, wrong in EVERYTHING if len(wrong.mistakes) == 1]
PAIRS = [(one, wrong) for one, wrong in EVERYTHING if len(wrong.mistakes) == 2]

# Two mistakes that come to the same as something no longer: what is said is true as well.
SAME = {
    # Where it fits at all, no axis of size 1 comes out.
    "dense_forward": {("W entry by entry", "axis dropped"), ("factors swapped", "axis dropped")},
    "dense_forward_columns": {
        ("X entry by entry", "axis dropped"),
        ("factors swapped", "axis dropped"),
    },
    # One axis is left, so there is nothing to transpose.
    "relu_forward": {("largest of each column", "transposed")},
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
    },
    "tanh_backward": {("square forgotten", "1 − forgotten")},  # A alone, the value
    "dense_backward": {
        ("1/n in dW", "1/n in db"),
        # db has one axis, and looks the same transposed.
        ("dW transposed", "dX transposed"),
        ("dW transposed", "transposed"),
        ("dX transposed", "transposed"),
        ("kept axis in db", "axis dropped"),  # the one undoes the other in db
    },
    "skip_backward": {("X not transposed", "axis dropped")},  # as in dense_forward
    "two_layer_backward": {
        # Whatever is made with dA1 instead of dZ1 has ignored the mask.
        ("mask ignored", "dW1 from dA1"),
        ("mask ignored", "db1 from dA1"),
        ("dW1 from dA1", "db1 from dA1"),
        ("dW1 from dA1", "db1 from dZ2"),
        ("db1 from dA1", "dW1 from dZ2"),
        ("dW2 transposed", "dW1 transposed"),
        ("dW2 transposed", "transposed"),
        ("dW1 transposed", "transposed"),
        ("kept axis in db1", "axis dropped"),
        ("kept axis in db2", "axis dropped"),
        ("W2 not transposed", "axis dropped"),
    },
    "dense_relu_step": {
        ("db from dA", "mask ignored"),
        ("dW from dA", "mask ignored"),
        ("dX from dA", "mask ignored"),
        # Without a step, only dX is left to be wrong.
        ("no sum in db", "no step"),
        ("wrong axis in db", "no step"),
        ("sum over everything in db", "no step"),
        ("kept axis in db", "no step"),
        ("last example only in db", "no step"),
        ("db from dA", "no step"),
        ("dW from dA", "no step"),
        ("mask ignored", "no step"),
        ("kept axis in db", "axis dropped"),
    },
    "dense_backward_columns": {
        ("db for rows", "axis dropped"),
        ("axis of db lost", "axis dropped"),
    },
}
# A b that is too small to hold the step stops every call, and errors alone explain nothing.
STOPPED = {
    ("no sum in db", "W and b changed in place"),
    ("kept axis in db", "W and b changed in place"),
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
    verdicts = {w.names: judge(w.function, one) for w in pairs if w.names not in STOPPED}
    assert all(verdict.status == "wrong" for verdict in verdicts.values())
    assert all(1 <= len(verdict.mistakes) <= 2 for verdict in verdicts.values())
    unlike = {names for names, verdict in verdicts.items() if verdict.mistakes != names}
    assert unlike - EVERYWHERE == SAME.get(one.name, set())


def test_at_least_95_in_100_pairs_are_told_by_their_own_names():
    assert sum(map(len, (*SAME.values(), STOPPED))) <= 0.05 * len(PAIRS)


@pytest.mark.parametrize(
    ("version", "names"),
    [("version_a", ("dX after the step",)), ("version_b", ()), ("version_c", ("db from dA",))],
)
def test_of_the_three_versions_in_the_notebook_each_wrong_one_is_told_its_bug(version, names):
    space = {"np": np}
    cells = NOTEBOOK.read_text(encoding="utf-8").split("# %%\n")
    exec(next(cell for cell in cells if "def version_a" in cell).split("# %%")[0], space)
    for seed in range(20):
        verdict = judge(space[version], BY_NAME["dense_relu_step"], seed)
        assert verdict.passed == (version == "version_b")
        assert verdict.mistakes == names


def test_the_same_mistake_written_in_another_way_is_called_by_the_same_name():
    def dense_backward(dZ, X, W):
        dW = np.zeros_like(W)
        for x, dz in zip(X, dZ, strict=True):
            dW = np.outer(x, dz)
        return dZ @ W.T, dW, np.array([sum(dZ.ravel())], dZ.dtype)[0]

    verdict = judge(dense_backward, BY_NAME["dense_backward"])
    assert verdict.mistakes == ("last example only in dW", "sum over everything in db")


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


def test_what_goes_wrong_only_at_0_has_a_small_example_too():
    def relu_backward(dA, Z):
        return np.where(Z == 0, 0.3 * dA, dA * (Z > 0))

    verdict = judge(relu_backward, BY_NAME["relu_backward"])
    assert verdict.mistakes == ()
    pasted = {"np": np, "relu_backward": relu_backward}
    exec(verdict.example, pasted)
    assert pasted["Z"].size <= 2
    assert 0 in pasted["Z"]


def test_the_worst_entry_is_shown():
    def relu_forward(Z):
        A = np.maximum(Z, 0)
        A[-1, 0] += 5
        return A

    verdict = judge(relu_forward, RELU)
    assert verdict.facts["expected"].startswith("A[3, 0] = ")
    assert verdict.facts["yours"].startswith("A[3, 0] = ")
    assert verdict.facts["overall"].startswith("1 of 8 numbers differ")
