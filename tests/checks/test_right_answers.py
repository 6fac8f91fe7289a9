"""Right answers, however they are written, are never refused."""

import time

import numpy as np
import pytest

from backprop_lib.checks import check
from backprop_lib.checks.judge import judge
from tests.checks.exercises import EXERCISES, RIGHT, WRITTEN, by_name

CASES = [(one, answer) for one in EXERCISES for answer in RIGHT[one.name]]
SEEDS = 20  # bench/checks.py tries 200


def test_each_exercise_has_at_least_five_differently_written_right_answers():
    assert set(WRITTEN) == {one.name for one in EXERCISES}
    assert all(len(answers) >= 5 for answers in WRITTEN.values())


@pytest.mark.parametrize(("one", "answer"), CASES, ids=by_name)
def test_a_right_answer_is_never_refused(one, answer):
    for seed in range(SEEDS):
        verdict = judge(answer, one, seed)
        assert verdict.passed, f"seed {seed}\n{verdict}"


def test_a_right_answer_is_judged_within_50_ms():
    def dense_forward(X, W, b):
        return X @ W + b

    seconds = []
    for _ in range(21):
        start = time.perf_counter()
        check(dense_forward)
        seconds.append(time.perf_counter() - start)
    assert np.median(seconds) < 0.05
