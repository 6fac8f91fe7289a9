"""The bench says what it finds, and fails where a judge is blind, too strict, or silent."""

from dataclasses import replace

import pytest

from backprop_lib.checks.diagnosis import Trials
from backprop_lib.checks.verdict import Verdict
from bench import checks as bench
from tests.checks import exercises
from tests.checks.exercises import RELU


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(bench, "SEEDS", 2)
    monkeypatch.setattr(bench, "NAMED_SEEDS", 1)
    monkeypatch.setattr(bench, "exercises", lambda: [("01_forward_pass", RELU)])


def measured(capsys):
    missed = bench.main()
    *lines, last = capsys.readouterr().out.splitlines()
    assert last.startswith("checks: 1 exercises; 17 wrong answers and 70 pairs, ")
    return missed, "\n".join(lines), last


def test_the_goals_are_reached_and_what_is_equivalent_is_listed(capsys):
    missed, lines, last = measured(capsys)
    assert not missed
    assert "mask instead of value + sign flipped = mask instead of value" in lines
    assert "return np.maximum(0, Z): the larger of two has no order" in lines
    assert ", 0 let pass, " in last
    assert "100.00% refused" in last
    assert "× 2 seeds, 0 refused" in last


def test_a_blind_judge_misses_the_goals(capsys, monkeypatch):
    for place in (bench, exercises):
        monkeypatch.setattr(place, "judge", lambda *_: Verdict("passed", ("Fine.",)))
    missed, lines, last = measured(capsys)
    assert missed
    assert "relu_forward: minimum is let pass with seed 0" in lines
    assert "relu_forward: return np.maximum(Z, 0)  →  return np.minimum(Z, 0) survives" in lines
    assert ", 87 let pass, " in last


def test_a_judge_that_is_too_strict_misses_the_goals(capsys, monkeypatch):
    monkeypatch.setattr(bench, "judge", lambda *_: Verdict("wrong", ("No.",)))
    missed, lines, last = measured(capsys)
    assert missed
    assert "relu_on_its_own_copy is refused with seed 1: No." in lines
    assert "return np.maximum(0, Z) is listed as right, and is refused" in lines
    assert "× 2 seeds, 16 refused" in last


def test_a_silent_judge_misses_the_goals(capsys, monkeypatch):
    monkeypatch.setattr(Trials, "explain", lambda *_: None)
    missed, lines, last = measured(capsys)
    assert missed
    assert "goal missed: diagnosed" in lines
    assert " 0.00% diagnosed" in last


def test_the_bench_has_nothing_to_measure_where_too_little_is_written(capsys, monkeypatch):
    few = replace(RELU, wrong_answers=RELU.wrong_answers[:6])
    monkeypatch.setattr(bench, "exercises", lambda: [("01_forward_pass", few)])
    monkeypatch.setitem(exercises.WRITTEN, "relu_forward", exercises.WRITTEN["relu_forward"][:4])
    assert bench.main()
    lines = capsys.readouterr().out
    assert "relu_forward: only 6 named wrong answers" in lines
    assert "relu_forward: only 4 ways to write it" in lines


def test_the_exercises_can_be_chosen_by_name(capsys):
    assert not bench.main(["relu_forward"])
    assert "checks: 1 exercises" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no exercise is called relu_forwards"):
        bench.main(["relu_forwards"])
