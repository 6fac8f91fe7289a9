"""The controls of an explorer, as plain data: the positions each can take, and what it refuses.

To add one: a class here, and a file in page/controls/.
"""

import math
from dataclasses import dataclass

import numpy as np

from backprop_lib.explorers.notation import decimal, indexed


@dataclass(frozen=True, kw_only=True)
class Control:
    """One parameter of `compute`. `entry` names the number it holds, as in "W[0, 0]"."""

    name: str
    label: str
    value: object
    entry: str = ""
    role: str = "forward"

    def spec(self):
        """Return what the page needs: kind, name, label, the positions and how each is called."""
        return {
            "kind": type(self).__name__.lower(),
            "name": self.name,
            "label": self.label,
            "entry": self.entry,
            "cell": list(indexed(self.entry)) if self.entry else None,
            "role": self.role,
            "start": self.value,
            "positions": self.positions(),
            "labels": [self.says(position) for position in self.positions()],
        }

    def positions(self):
        """Return the values that the page can move to, in order."""
        raise NotImplementedError

    def check(self, value):
        """Return `value` as `compute` takes it, or refuse it in words.

        Raises:
            ValueError: out of range, or not an option.
            TypeError: not the kind of value the control holds.
        """
        raise NotImplementedError

    def says(self, position):
        """Return how a position is called."""
        raise NotImplementedError

    def _refuse(self, value, expected):
        number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        raise (ValueError if number else TypeError)(
            f"{self.name} is {value!r}, expected {expected}."
        )


@dataclass(frozen=True, kw_only=True)
class Number(Control):
    """A number on a slider."""

    minimum: float
    maximum: float
    step: float

    def positions(self):
        """Return the values from minimum to maximum, by step."""
        count = round((self.maximum - self.minimum) / self.step)
        return [round(self.minimum + k * self.step, 9) for k in range(count + 1)]

    def check(self, value):
        """Return a float between minimum and maximum."""
        expected = f"a number from {self.minimum:g} to {self.maximum:g}"
        if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
            self._refuse(value, expected)
        if not self.minimum <= value <= self.maximum:  # NaN is refused here too
            self._refuse(value, expected)
        return float(value)

    def says(self, position):
        """Return the number with as many digits as its step has."""
        return decimal(position, max(0, -math.floor(math.log10(self.step) + 1e-9)), zero=None)


@dataclass(frozen=True, kw_only=True)
class Integer(Number):
    """A whole number on a slider."""

    step: int = 1

    def check(self, value):
        """Return an int between minimum and maximum."""
        if super().check(value) % 1:
            self._refuse(value, f"a whole number from {self.minimum} to {self.maximum}")
        return int(value)

    def says(self, position):
        """Return the number as it is counted.

        >>> step = Integer(name="t", label="step", minimum=-1, maximum=300, value=0)
        >>> step.says(-1), step.says(300)
        ('−1', '300')
        """
        return str(int(position)).replace("-", "−")


@dataclass(frozen=True, kw_only=True)
class Scrubber(Integer):
    """A whole number that time runs along, such as the step of a training; it can be played."""


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of a few named options: `options` maps each value to what the reader sees."""

    options: dict

    def positions(self):
        """Return the options."""
        return list(self.options)

    def check(self, value):
        """Return one of the options."""
        if not isinstance(value, str) or value not in self.options:
            raise ValueError(
                f"{self.name} is {value!r}, expected one of {', '.join(self.options)}."
            )
        return value

    def says(self, position):
        """Return the option's name."""
        return self.options[position]


@dataclass(frozen=True, kw_only=True)
class Switch(Control):
    """On or off."""

    def positions(self):
        """Return off and on."""
        return [False, True]

    def check(self, value):
        """Return True or False."""
        if not isinstance(value, (bool, np.bool_)):
            raise TypeError(f"{self.name} is {value!r}, expected True or False.")
        return bool(value)

    def says(self, position):
        """Return on or off."""
        return "on" if position else "off"
