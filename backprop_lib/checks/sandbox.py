"""Calls a learner's function safely: whatever it does, what happened comes back as data."""

import contextlib
import copy
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
from numbers import Integral
from pathlib import Path

import numpy as np

LIMIT = 3.0  # seconds for all the calls of one check; a right answer needs milliseconds
SHOWN = 800  # characters of what the function prints
_OURS = str(Path(__file__).parents[1]) + os.sep


@dataclass
class Failure:
    """A call that came to no end of its own: what stopped it, and the learner's line."""

    kind: str  # "error", "not written", "endless", "too deep", "exit" or "interrupted"
    type: str
    message: str
    line: str


@dataclass
class Outcome:
    """Everything one call did."""

    value: object = None
    failure: Failure | None = None
    kept: list = field(default_factory=list)  # copies of the arrays that came back, in order
    changed: tuple = ()  # names of the arguments that are no longer what they were
    shared: tuple = ()  # names of the arguments whose memory came back
    warned: tuple = ()  # NumPy's floating-point warnings
    printed: str = ""


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


def call(function, arguments, deadline=None):
    """Call `function` on a copy of `arguments` and return its Outcome; never raises.

    deadline: when to stop it, by `time.monotonic`.
    """
    given = {name: copy.copy(argument) for name, argument in arguments.items()}
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
                outcome.value = function(*given.values())
            finally:
                Alarm.armed = False
    except BaseException as error:
        outcome.failure = _failure(error, function)
    outcome.printed, outcome.warned = str(printed), tuple(dict.fromkeys(warned))
    arrays = [a for a in _parts(outcome.value) if isinstance(a, np.ndarray)]
    outcome.kept = [_kept(part) for part in _parts(outcome.value)]
    outcome.changed = tuple(k for k in given if not _equal(given[k], arguments[k]))
    outcome.shared = tuple(k for k in given if any(_overlap(given[k], array) for array in arrays))
    return outcome


def numeric(value):
    """Whether `value` is an array of plain numbers, which can be compared without surprises."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def is_shape(value):
    """Whether `value` is a tuple of whole numbers."""
    return isinstance(value, tuple) and all(isinstance(size, Integral) for size in value)


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
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = traceback.walk_tb(error.__traceback__)
    theirs = [number for frame, number in frames if frame.f_code.co_filename == file]
    if not theirs:
        return ""
    number = theirs[-1]
    text = linecache.getline(file, number).strip()
    return f"line {number}: {text}" if text else f"line {number}"


def _parts(value):
    return list(value) if isinstance(value, (tuple, list)) else [value]


def _kept(part):
    return np.array(part) if numeric(part) else part


def _overlap(argument, array):
    return isinstance(argument, np.ndarray) and np.may_share_memory(argument, array)


def _equal(a, b):
    if isinstance(b, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return a == b
