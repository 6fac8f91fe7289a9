"""The exercises' side of the course: `check` judges a function, `hint` helps, `progress` counts."""

import difflib
import inspect
from dataclasses import replace

from backprop_lib.checks import record
from backprop_lib.checks.card import Card
from backprop_lib.checks.course import MINUTES, exercises, exercises_of
from backprop_lib.checks.judge import judge
from backprop_lib.checks.verdict import Verdict

__all__ = ["check", "hint", "progress"]

_NOTHING = object()


def check(function=_NOTHING):
    """Judge a function you wrote; its name says which exercise it answers.

    Returns a Verdict, which the notebook shows as a card. It never raises; `.require()` does.

    >>> check(len)
    ○ check: not attempted
      There is no exercise named len.
    """
    try:
        return _check(function)
    except Exception as error:  # a learner must never meet our traceback
        return Verdict(
            "not attempted",
            (f"The check failed ({type(error).__name__}: {error}). Our mistake, not yours.",),
        )


def hint(function=_NOTHING):
    """Open the next hint of an exercise: first a question, then the formula, then the line."""
    chapter, exercise, words = find(function, "hint")
    if words:
        return Card("open", "hint", "which exercise?").text(words)
    known, notice = record.read()
    left = known.get(exercise.name, record.NOTHING)["hints"] < len(exercise.hints)
    entry, trouble = record.note(exercise.name, hints=int(left))
    opened = min(entry["hints"], len(exercise.hints))
    card = Card("hint", exercise.name, f"hint {opened} of {len(exercise.hints)}")
    card.steps(exercise.hints[:opened])
    if opened == len(exercise.hints):
        card.place("That was the last. The rest is said at", exercise.where, chapter, ".")
    return card.text(notice or trouble, soft=True)


def progress():
    """Show what is passed, tried and still to do, over the whole course."""
    known, notice = record.read()
    if record.in_our_folder():
        notice = "Nothing is recorded here. Your own progress is kept beside the exercises."
    passed = [known.get(one.name, record.NOTHING)["passed"] for _, one in exercises()]
    card = Card(
        "passed" if all(passed) else "open",
        "progress",
        f"{sum(passed)} of {len(passed)} exercises passed",
    )
    rows = []
    for chapter, minutes in MINUTES.items():
        own = [_row(e.name, known.get(e.name, record.NOTHING)) for e in exercises_of(chapter)]
        again = ", the exercises as much again" if own else ""
        rows += [f"{chapter}: {minutes} minutes{again}", *own]
    return card.rows(rows).text(notice, soft=True)


def find(function, verb):
    """Return the chapter and the exercise a function answers, and "" or why there is none."""
    name = getattr(function, "__name__", None)
    kind = type(function).__name__
    call = f"{verb}(dense_forward)"
    if function is _NOTHING:
        words = f"Which function? Give it by its name: `{call}`."
    elif isinstance(function, str):
        words = f"That is a text. Give the function itself, without quotation marks: `{call}`."
    elif isinstance(function, type):
        words = f"`{name}` is a class. An exercise is answered by a function: `{call}`."
    elif not callable(function):
        words = (
            f"That is not a function, but of type `{kind}`. Give the function itself, without"
            f" calling it: `{call}`."
        )
    elif not isinstance(name, str):
        words = f"That has no name (it is of type `{kind}`). Write the function with `def`."
    elif name == "<lambda>":
        words = (
            "A lambda has no name, so nobody knows which exercise it answers. Write it with `def`."
        )
    else:
        known = {one.name: (chapter, one) for chapter, one in exercises()}
        if name in known:
            return *known[name], ""
        close = difflib.get_close_matches(name, known, n=1)
        words = f"There is no exercise named `{name}`." + (f" Is it `{close[0]}`?" if close else "")
    return None, None, words


def _check(function):
    chapter, exercise, words = find(function, "check")
    if words:
        return Verdict("not attempted", (words,))
    if _is_ours(function):
        words = f"This `{exercise.name}` is ours, from backprop_lib, not yours. Write your own."
        return Verdict("not attempted", (words,), exercise.name, chapter)
    verdict = judge(function, exercise)
    if verdict.status == "not attempted":
        known, notice = record.read()
        entry = known.get(exercise.name, record.NOTHING)
    else:
        entry, notice = record.note(exercise.name, passed=verdict.passed, tries=1)
    return replace(verdict, chapter=chapter, hints=entry["hints"], notice=notice)


def _is_ours(function):
    module = getattr(inspect.unwrap(function), "__module__", None)
    return str(module).partition(".")[0] == "backprop_lib"


def _row(name, entry):
    tried = f"tried {entry['tries']} time{'s' * (entry['tries'] != 1)}" if entry["tries"] else ""
    state = "✓ passed" if entry["passed"] else "✗ " + tried if tried else "○ not attempted"
    hints = f"{entry['hints']} hint{'s' * (entry['hints'] != 1)}" if entry["hints"] else ""
    return name, state, hints
