"""Calls a learner's function safely: whatever it does, what happened comes back as data."""

import contextlib
import copy
import inspect
import io
import linecache
import os
import re
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Number
from pathlib import Path

import numpy as np

from backprop_lib.checks.values import Unfit, leaves, mapped, numeric

LIMIT = 3.0  # seconds for all the calls of one check; a right answer needs milliseconds
SHOWN = 800  # characters of what the function prints
_OURS = str(Path(__file__).parents[1]) + os.sep


@dataclass(frozen=True)
class Code:
    """An argument given as Python: made anew for every call, and shown as it is written.

    For a generator, a function, an array of more numbers than anyone reads.
    """

    text: str

    @cached_property
    def _compiled(self):
        return compile(self.text, "<argument>", "eval")

    def make(self):
        """Return a new value of it; NumPy is at hand as np."""
        return eval(self._compiled, {"np": np})

    def __repr__(self):
        return self.text


@dataclass
class Failure:
    """A call that came to no end of its own: what stopped it, and the learner's line."""

    kind: str  # "error", "unfit", or one of contract.FAILURES
    type: str
    message: str
    line: str


@dataclass
class Outcome:
    """Everything one call did."""

    value: object = None
    failure: Failure | None = None
    live: list = field(default_factory=list)  # the values that are looked at, as they came back
    kept: list = field(default_factory=list)  # copies of them, as they were then
    seen: dict | None = None  # what is said of them, where their numbers are free
    changed: tuple = ()  # names of the arguments that are no longer what they were
    shared: tuple = ()  # names of the arguments whose memory came back
    warned: tuple = ()  # NumPy's floating-point warnings
    printed: str = ""

    @property
    def looked(self):
        """Return what is compared: the values, or what is said of them."""
        return self.kept if self.seen is None else self.seen


class TimeUp(BaseException):
    """Derives from BaseException, so that `except Exception` in an endless loop cannot stop it."""


class Printed(io.TextIOBase):
    """Keeps the start of what is written, and counts the rest."""

    def __init__(self):
        self.start, self.count = "", 0

    def write(self, text):
        """Take any amount of text, as a file would."""
        if len(self.start) < SHOWN:
            self.start += text[: SHOWN - len(self.start)]
        self.count += len(text)
        return len(text)

    def __str__(self):
        more = self.count - len(self.start)
        return self.start.rstrip() + (f"\n… and {more:,} more characters" if more else "")


def call(function, arguments, deadline=None, by_name=(), updates=(), count=1):
    """Call `function` on a copy of `arguments` and return its Outcome; never raises.

    deadline: when to stop it, by `time.monotonic`. by_name: the arguments that it takes by their
    names. updates: those it may change. count: how many values come back when all is well.
    """
    given = _made(arguments)
    before = {name: _state(value) for name, value in given.items()}
    outcome, printed, warned = Outcome(), Printed(), []

    def note(kind, _):
        warned.append(kind)

    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            np.errstate(all="call", under="ignore", call=note),
            Alarm(deadline),
        ):
            Alarm.armed = True
            try:
                value = function(
                    *[given[name] for name in given if name not in by_name],
                    **{name: given[name] for name in given if name in by_name},
                )
                # One that yields is as good as one that returns a list.
                outcome.value = list(value) if inspect.isgenerator(value) else value
            finally:
                Alarm.armed = False
    except BaseException as error:
        outcome.failure = _failure(error, function)
    try:
        list(leaves([outcome.value, given]))
    except RecursionError:  # after W.append(W) nothing can be said of W
        return Outcome(failure=Failure("in itself", "RecursionError", "", ""))
    outcome.printed, outcome.warned = str(printed), tuple(dict.fromkeys(warned))
    many = count != 1 and isinstance(outcome.value, (tuple, list))
    outcome.live = list(outcome.value) if many else [outcome.value] * (count > 0)
    outcome.live += [given[name] for name in updates]
    outcome.kept = [mapped(part, _copied) for part in outcome.live]
    others = [name for name in given if name not in updates]
    arrays = [leaf for leaf in leaves(outcome.value) if isinstance(leaf, np.ndarray)]
    outcome.changed = tuple(k for k in others if _state(given[k]) != before[k])
    outcome.shared = tuple(k for k in others if _overlap(given[k], arrays))
    return outcome


class Alarm:
    """Stops the learner's code at its deadline, where the platform has timers.

    The timer repeats, since a bare `except:` swallows one TimeUp. From the first ring on, every
    further line of the learner's raises too, so that no `except:` around a long wait can hold out.
    """

    armed = False  # whether the learner's code is at work: nothing else may be interrupted

    def __init__(self, deadline):
        main = threading.current_thread() is threading.main_thread()
        self.set = deadline is not None and main and hasattr(signal, "setitimer")
        self.deadline = deadline

    def __enter__(self):
        if self.set:
            self.trace = sys.gettrace()
            self.handler = signal.signal(signal.SIGALRM, self._ring)
            left = max(self.deadline - time.monotonic(), 1e-3)
            self.timer = signal.setitimer(signal.ITIMER_REAL, left, 0.05)

    def __exit__(self, *_):
        if self.set:
            signal.setitimer(signal.ITIMER_REAL, *self.timer)
            signal.signal(signal.SIGALRM, self.handler)
            sys.settrace(self.trace)

    def _ring(self, _, frame):
        if not Alarm.armed:
            return
        while frame and not frame.f_code.co_filename.startswith(_OURS):
            frame.f_trace = _stop
            frame = frame.f_back
        sys.settrace(_stop)
        raise TimeUp


def _stop(frame, event, _):
    # Only on a new line: raised at an exception, it would land in the very `except:` to get out of.
    if event == "line" and Alarm.armed:
        raise TimeUp
    return _stop


def _failure(error, function):
    kinds = {
        NotImplementedError: "not written",
        Unfit: "unfit",
        TimeUp: "endless",
        RecursionError: "too deep",
        SystemExit: "exit",
        KeyboardInterrupt: "interrupted",
    }
    kind = next((kinds[type_] for type_ in kinds if isinstance(error, type_)), "error")
    return Failure(kind, type(error).__name__, _message(error), _line(error, function))


def _message(error):
    try:
        message = str(error)
    except BaseException:
        message = "(its message cannot be read)"
    message = re.sub(r" at 0x[0-9a-fA-F]+", "", message)
    return message if len(message) <= SHOWN else message[:SHOWN] + " …"


def _line(error, function):
    """Return the last line of the learner's own code that ran, as `line 4: …`."""
    file = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    frames = traceback.walk_tb(error.__traceback__)
    theirs = [number for frame, number in frames if frame.f_code.co_filename == file]
    if not theirs:
        return ""
    number = theirs[-1]
    text = linecache.getline(file, number).strip()
    return f"line {number}: {text}" if text else f"line {number}"


def _made(value):
    if isinstance(value, dict):
        return {name: _made(part) for name, part in value.items()}
    return value.make() if isinstance(value, Code) else copy.deepcopy(value)


def _copied(leaf):
    return np.array(leaf) if numeric(leaf) else leaf


def _overlap(argument, arrays):
    given = [leaf for leaf in leaves(argument) if isinstance(leaf, np.ndarray)]
    return any(np.may_share_memory(a, b) for a in given for b in arrays)


def _state(value):
    """Return what can be told of a value; of a function or a generator, nothing."""
    return [
        (leaf.shape, leaf.dtype, leaf.tobytes()) if isinstance(leaf, np.ndarray)
        else isinstance(leaf, Number) and leaf
        for leaf in leaves(value)
    ]  # fmt: skip
