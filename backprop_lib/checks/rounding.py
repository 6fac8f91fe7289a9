"""How far rounding may move a right answer: here each of its steps is rounded once more, at random.

Two right answers may take their steps in another order. Where a result is what is left of numbers
that cancel, they may then differ by much of it, and neither is wrong.
"""

import numpy as np

from backprop_lib.checks.values import leaves, mapped

MARGIN = 16  # times what one rounding of each step does, another right answer may do


class Rounded(np.ndarray):
    """An array from which NumPy's functions give results that are off by up to one rounding."""

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **named):
        """Compute as ever, and nudge what comes out."""
        if out:
            named["out"] = tuple(map(_plain, out))
        result = getattr(ufunc, method)(*map(_plain, inputs), **named)
        if not _is_float(result):
            return result
        signs = np.random.default_rng(result.size).choice((-1, 1), np.shape(result))
        nudged = result + result * (signs * np.finfo(result.dtype).eps).astype(result.dtype)
        if out:
            named["out"][0][...] = nudged
            return out[0]
        return np.asarray(nudged).view(Rounded)


def rounded(arguments):
    """Return the arguments with every array of floats as a Rounded one."""
    return mapped(
        arguments,
        lambda leaf: leaf.view(Rounded) if _is_float(leaf) and np.ndim(leaf) else leaf,
    )


def apart(other, right):
    """Return how far rounding may move `right`; what is infinite or NaN tells nothing."""
    furthest = 0.0
    for a, b in zip(leaves(other), leaves(right), strict=False):
        if _is_float(b) and np.shape(a) == np.shape(b):
            with np.errstate(all="ignore"):
                distance = np.abs(np.subtract(_plain(a), b, dtype=np.float64))
            furthest = max(furthest, distance[np.isfinite(distance)].max(initial=0))
    return MARGIN * furthest


def _plain(value):
    return np.asarray(value) if isinstance(value, Rounded) else value


def _is_float(value):
    return isinstance(value, (np.ndarray, np.floating)) and value.dtype.kind == "f"
