"""Every named wrong answer is refused, and called by its own name; two at once by both."""

from collections import Counter

import numpy as np
import pytest

from backprop_lib.checks import sandbox
from backprop_lib.checks.course import exercises
from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import explanations, kinds_of, wrong_function
from tests.checks.equivalent import EQUIVALENT
from tests.checks.exercises import BY_NAME, DENSE, EXERCISES, RELU, by_name, told
from tests.checks.solutions import mutants, solution

NAMED = [(one, wrong) for one in EXERCISES for wrong in one.wrong_answers]
SAMPLE = 15  # pairs and mutants of each exercise; bench/checks.py tries all of them


def called(case):
    return f"{case[0].name}: {case[1].name}"


def sample(things):
    things = list(things)
    picked = np.random.default_rng(0).permutation(len(things))[:SAMPLE]
    return [things[i] for i in sorted(picked)]


@pytest.mark.parametrize("case", NAMED, ids=called)
def test_a_wrong_answer_is_refused_by_its_own_name(case):
    refused_by_name(*case)


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_a_mistake_that_any_exercise_can_meet_is_refused_by_its_own_name(one):
    for kind in kinds_of(one):
        refused_by_name(one, kind)


def refused_by_name(one, wrong):
    verdict = judge(wrong_function(one, (wrong,)), one)
    assert verdict.status == "wrong", (
        f"“{wrong.name}” is let pass: on the inputs of {one.name} it comes to the right answer"
    )
    assert verdict.mistakes == (wrong.name,), (
        f"“{wrong.name}” is told as {verdict.mistakes}: no input of {one.name} tells them apart"
    )
    assert verdict.sentences == (wrong.sentence,)
    assert verdict.where == (wrong.where or one.where)


def test_two_mistakes_at_once_are_refused_and_told_as_what_they_are():
    ways = Counter()
    for one in EXERCISES:
        for pair in sample(wrong for wrong in explanations(one) if len(wrong.names) == 2):
            how, verdict = told(one, pair)
            assert how != "passed", (one.name, pair.names)
            assert len(verdict.sentences) == max(1, len(verdict.mistakes))
            ways[how] += 1
    assert ways["by name"] >= 0.9 * ways.total()
    assert ways["by name"] + ways["as well"] >= 0.95 * (ways.total() - ways["no mistake"])


@pytest.mark.parametrize(("chapter", "one"), exercises(), ids=by_name)
def test_small_changes_of_a_solution_that_nobody_named_are_refused(chapter, one, monkeypatch):
    monkeypatch.setattr(sandbox, "LIMIT", 0.5)
    right = EQUIVALENT.get(one.name, {})
    changes = dict(mutants(chapter, one.name))
    unknown = "\n".join(right.keys() - changes.keys())
    assert not unknown, f"in EQUIVALENT, and no change of the solution of {one.name}:\n{unknown}"
    for line, function in [*sample(changes.items()), *((line, changes[line]) for line in right)]:
        passed = judge(function, one).passed
        assert line in right or not passed, (
            f"let pass:\n{line}\nIs it a mistake? Let an input of {one.name} show it, and name it"
            " as a WrongAnswer. Is it right too? Say why in tests/checks/equivalent.py"
        )
        assert passed or line not in right, f"in EQUIVALENT, and refused:\n{line}"


@pytest.mark.parametrize(
    ("version", "names"),
    [("version_a", ("dX after the step",)), ("version_b", ()), ("version_c", ("db from dA",))],
)
def test_of_the_three_versions_in_the_notebook_each_wrong_one_is_told_its_bug(version, names):
    for seed in range(20):
        answer = solution("02_dense_backward", version)
        verdict = judge(answer, BY_NAME["dense_relu_step"], seed)
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
