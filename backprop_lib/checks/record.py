"""What the learner has done so far, in a small file in their folder that is never lost."""

import json
import os
import tempfile
from pathlib import Path

FILE = ".backprop_progress.json"
NOT_YOURS = ("chapters", "solutions")  # folders of what we wrote: running it is not progress
NOTHING = {"passed": False, "tries": 0, "hints": 0}  # what is known of an exercise at first
_session = {}  # the record, where no file may be written


def in_our_folder():
    """Whether a chapter or a solution is at work."""
    return Path.cwd().name in NOT_YOURS


def keeps_file():
    """Whether progress goes into a file: never in tests and builds, nor in our own folders."""
    return os.environ.get("BACKPROP_NO_PROGRESS") != "1" and not in_our_folder()


def read():
    """Return the record, exercise name -> {"passed", "tries", "hints"}, and a notice or "".

    A damaged file is set aside under another name, and a new record begun.
    """
    record, notice, _ = _open()
    return record, notice


def note(name, *, passed=False, tries=0, hints=0):
    """Add to what is known of one exercise, and return its entry and a notice or ""."""
    record, notice, free = _open()
    entry = record.get(name, NOTHING)
    entry = entry | {
        "passed": entry["passed"] or passed,
        "tries": entry["tries"] + tries,
        "hints": entry["hints"] + hints,
    }
    record[name] = _session[name] = entry
    if free:
        notice = " ".join(filter(None, (notice, _write(record))))
    return entry, notice


def _open():
    """Return the record, a notice, and whether the file's name is free to be written to."""
    if not keeps_file():
        return dict(_session), "", False
    try:
        text = Path(FILE).read_bytes()
    except FileNotFoundError:
        return dict(_session), "", True
    except OSError as error:
        return dict(_session), f"{FILE} cannot be read ({error.strerror}).", False
    try:
        return _checked(json.loads(text)), "", True
    except (ValueError, RecursionError):
        notice, aside = _set_aside()
        return dict(_session), notice, aside


def _write(record):
    """Replace the file in one step, so that a crash leaves the old one or the new one."""
    text = json.dumps({"version": 1, "exercises": record}, indent=1)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=FILE, suffix=".new", dir=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(FILE)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        return (
            f"Progress is kept for this session only: {FILE} cannot be written ({error.strerror})."
        )
    return ""


def _set_aside():
    number = 1
    while Path(aside := f".backprop_progress.damaged-{number}.json").exists():
        number += 1
    try:
        Path(FILE).rename(aside)
    except OSError as error:
        return f"{FILE} is damaged and could not be set aside ({error.strerror}).", False
    return f"{FILE} was damaged. It is kept as {aside}, and a new one is begun.", True


def _checked(data):
    """Return the exercises in `data`, or raise ValueError where it is not a record."""
    exercises = data.get("exercises") if isinstance(data, dict) else None
    if not isinstance(exercises, dict):
        raise ValueError("not a record")
    for entry in exercises.values():
        like = isinstance(entry, dict) and all(
            type(entry.get(k)) is type(NOTHING[k]) for k in NOTHING
        )
        if not like or min(entry["tries"], entry["hints"]) < 0:
            raise ValueError("not a record")
    return exercises
