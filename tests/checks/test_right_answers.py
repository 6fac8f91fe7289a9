"""Right answers, however they are written, are never refused."""

import time
from inspect import unwrap
from pathlib import Path

import numpy as np
import pytest

from backprop_lib.checks import check
from backprop_lib.checks.judge import judge
from tests.checks.exercises import EXERCISES, RIGHT, by_name

SEEDS = 10  # bench/checks.py tries 200


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_right_answers_are_never_refused(one):
    for seed in range(SEEDS):
        for answer in RIGHT[one.name]:
            verdict = judge(answer, one, seed)
            code = unwrap(answer).__code__
            place = f"{Path(code.co_filename).name}:{code.co_firstlineno}"
            assert verdict.passed, f"{answer.__name__} ({place}), seed {seed}\n{verdict}"


def test_a_right_answer_is_judged_within_50_ms():
    def dense_forward(X, W, b):
        return X @ W + b

    seconds = []
    for _ in range(21):
        start = time.perf_counter()
        check(dense_forward)
        seconds.append(time.perf_counter() - start)
    assert np.median(seconds) < 0.05
