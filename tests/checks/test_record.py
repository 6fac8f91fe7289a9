"""Progress and hints are remembered beside the learner's work, and nothing of it is ever lost."""

import json
from pathlib import Path

import numpy as np
import pytest

from backprop_lib.checks import check, hint, progress, record
from backprop_lib.checks.course import MINUTES, exercises_of
from tests.checks.exercises import EXERCISES

FILE = Path(record.FILE)


def dense_forward(X, W, b):
    return X @ W + b


def relu_forward(Z):
    return np.abs(Z)


@pytest.fixture
def exercises(tmp_path, monkeypatch):
    """A learner's folder."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BACKPROP_NO_PROGRESS")
    return folder


def another_session(monkeypatch):
    monkeypatch.setattr(record, "_session", {})


def stored():
    return json.loads(FILE.read_text(encoding="utf-8"))["exercises"]


def test_what_is_passed_tried_and_asked_for_is_remembered(exercises, monkeypatch):
    check(dense_forward)
    check(relu_forward)
    check(relu_forward)
    hint(relu_forward)
    another_session(monkeypatch)
    assert stored() == {
        "dense_forward": {"passed": True, "tries": 1, "hints": 0},
        "relu_forward": {"passed": False, "tries": 2, "hints": 1},
    }
    rows = [line.split() for line in repr(progress()).splitlines()]
    assert rows[0] == ["○", "progress:", "1", "of", str(len(EXERCISES)), "exercises", "passed"]
    assert ["dense_forward", "✓", "passed"] in rows
    assert ["relu_forward", "✗", "tried", "2", "times", "1", "hint"] in rows
    assert ["parameter_count", "○", "not", "attempted"] in rows
    assert ["dense_backward", "○", "not", "attempted"] in rows
    again = ["minutes,", "the", "exercises", "as", "much", "again"]
    assert [row for row in rows if row[0][:-1] in MINUTES] == [
        [f"{chapter}:", str(minutes), *(again if exercises_of(chapter) else ["minutes"])]
        for chapter, minutes in MINUTES.items()
    ]


def test_what_was_passed_once_stays_passed(exercises):
    check(dense_forward)
    broken = type(dense_forward)(relu_forward.__code__, globals(), "dense_forward")
    assert check(broken).status == "wrong"
    assert stored()["dense_forward"] == {"passed": True, "tries": 2, "hints": 0}


def test_a_stub_and_our_own_function_leave_no_trace(exercises):
    def dense_forward(X, W, b):
        raise NotImplementedError

    check(dense_forward)
    check(EXERCISES[0].reference)
    check(len)
    progress()
    assert list(exercises.iterdir()) == []


def test_each_call_opens_one_hint_more_also_in_another_session(exercises, monkeypatch):
    one = EXERCISES[0]
    for opened in (1, 2, 3, 3):
        card = " ".join(repr(hint(dense_forward)).replace("\n", " ").split())
        assert f"hint {opened} of 3" in card
        assert [h.replace("`", "") in card for h in one.hints] == [k < opened for k in range(3)]
        another_session(monkeypatch)
    assert stored()["dense_forward"]["hints"] == 3
    assert check(dense_forward).as_dict()["hints"] == 3


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"[" * 9999,
        b'{"exercises": 3}',
        b'{"exercises": {"a": {}}}',
        b'{"exercises": {"a": {"passed": true, "tries": -1, "hints": 0}}}',
    ],
)
def test_a_damaged_file_is_set_aside_and_never_lost(exercises, damage):
    FILE.write_bytes(damage)
    verdict = check(dense_forward)
    assert verdict.passed
    assert "was damaged. It is kept as .backprop_progress.damaged-1.json" in verdict.notice
    assert Path(".backprop_progress.damaged-1.json").read_bytes() == damage
    assert stored()["dense_forward"]["passed"]
    FILE.write_bytes(b"again")
    assert "damaged-2.json" in " ".join(repr(hint(dense_forward)).split())
    assert Path(".backprop_progress.damaged-1.json").read_bytes() == damage
    FILE.write_bytes(b"and again")
    assert "damaged-3.json" in " ".join(repr(progress()).split())


def test_a_file_that_cannot_be_read_is_left_alone(exercises):
    FILE.mkdir()
    verdict = check(dense_forward)
    assert verdict.passed
    assert "cannot be read" in verdict.notice
    assert f"1 of {len(EXERCISES)}" in repr(progress())
    assert FILE.is_dir()


def test_a_folder_that_cannot_be_written_to_is_no_crash(exercises, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    check(dense_forward)
    before = FILE.read_bytes()
    for broken in ("replace", "unlink"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            verdict = check(relu_forward)
        assert "for this session only" in verdict.notice, broken
        assert FILE.read_bytes() == before
        assert [path.name for path in exercises.iterdir()] == [record.FILE]


def test_what_others_wrote_into_the_file_is_kept(exercises):
    entry = {"passed": True, "tries": 3, "hints": 0, "seconds": 40}
    FILE.write_text(json.dumps({"exercises": {"of_a_later_course": entry, "relu_forward": entry}}))
    check(relu_forward)
    assert stored()["of_a_later_course"] == entry
    assert stored()["relu_forward"] == entry | {"tries": 4}


@pytest.mark.parametrize("folder", ["chapters", "solutions"])
def test_chapters_and_solutions_are_no_progress(tmp_path, monkeypatch, folder):
    (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / folder)
    monkeypatch.delenv("BACKPROP_NO_PROGRESS")
    check(dense_forward)
    hint(dense_forward)
    assert f"1 of {len(EXERCISES)}" in repr(progress())
    assert "Nothing is recorded here." in repr(progress())
    assert list(Path().iterdir()) == []


def test_builds_and_tests_read_and_write_nothing(exercises, monkeypatch):
    check(dense_forward)
    before = FILE.read_bytes()
    monkeypatch.setenv("BACKPROP_NO_PROGRESS", "1")
    another_session(monkeypatch)
    assert f"0 of {len(EXERCISES)}" in repr(progress())
    check(relu_forward)
    assert FILE.read_bytes() == before
