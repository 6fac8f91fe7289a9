"""A figure of the ledger: what one check measured, and whether that is what it had to be."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.gradient_check import LIMIT, compare

WRONG = 0.05  # what is right comes out below 1e-8, what is wrong here seldom below 0.1


@dataclass(frozen=True)
class Figure:
    """One measured number.

    what: the formula, the slip or the quantity that was measured. value: an error where `kind` is
    "agrees" or "fails" (infinite where not even the shape is right, or numpy refused); any number
    where `kind` is "number".
    """

    what: str
    value: float
    kind: str

    @property
    def holds(self):
        """Whether what has to agree agrees, and what has to fail fails."""
        if self.kind == "number":
            return True
        return self.value < LIMIT if self.kind == "agrees" else self.value > WRONG

    def __repr__(self):
        if self.kind == "number":
            return f"{self.what}: {self.value:.6g}"
        if self.value == np.inf:
            return f"{self.what}: not even the shape fits"
        if self.value < LIMIT:  # how far below is rounding, and differs from machine to machine
            return f"{self.what}: agrees, error below {LIMIT:.0e}"
        return f"{self.what}: WRONG, error {self.value:.2g}"


def agrees(what, ours, expected):
    """Return the error of what has to be right: ‖ours − expected‖ / max(‖ours‖, ‖expected‖)."""
    return Figure(what, _error(ours, expected), "agrees")


def fails(what, ours, expected):
    """Return the error of what has to be wrong."""
    return Figure(what, _error(ours, expected), "fails")


def refused(what, formula):
    """Return what became of a product whose shapes must not fit: infinite where numpy refuses."""
    try:
        formula()
    except ValueError:
        return Figure(what, np.inf, "fails")
    return Figure(what, 0.0, "fails")


def number(what, value):
    """Return a number that makes a point and is no error."""
    return Figure(what, float(value), "number")


def _error(ours, expected):
    ours, expected = np.asarray(ours), np.asarray(expected)
    return compare(ours, expected).error if ours.shape == expected.shape else np.inf
