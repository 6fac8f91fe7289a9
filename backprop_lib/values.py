"""What a label, an entry or a setting has to be, and the words that refuse anything else."""

import math
import operator

import numpy as np


def require_labels(Y, K):
    """Refuse labels outside 0 … K − 1; numpy would read −1 as the last class without a word."""
    if Y.view(np.uint64).max() >= K:  # read without its sign, a −1 is the largest number there is
        wrong = Y[(Y < 0) | (Y >= K)][0]
        raise ValueError(
            f"Y holds the label {wrong}, expected 0 to {K - 1}: there are {K} classes."
        )


def require_range(name, array, low, high=np.inf):
    """Refuse an array with an entry outside low … high, or with one that is NaN or infinite."""
    if not (array.min() >= low and array.max() <= min(high, np.finfo(float).max)):
        require_finite(name, array)
        wrong = array[(array < low) | (array > high)][0]
        bounds = f"at least {low}" if high == np.inf else f"from {low} to {high}"
        raise ValueError(f"{name} holds {wrong}, expected numbers {bounds}.")


def require_not_negative(name, array):
    """Refuse a negative entry of what is a mean of squares."""
    require_range(name, array.real, 0)


def require_no_nan(name, array):
    """Refuse NaN where a comparison would answer no, and lose it."""
    squares = np.vdot(array, array)
    if squares != squares and np.isnan(array).any():  # NaN alone differs from itself
        require_finite(name, array)


def require_finite(name, array):
    """Refuse NaN and infinity, with the place where the first one stands.

    The sum of squares is finite only if every entry is, and no sum is quicker.
    """
    if not (math.isfinite(abs(np.vdot(array, array))) or np.isfinite(array).all()):
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"{name} holds {array[place]} at index {list(place)}, expected finite numbers only."
        )


def require_number(name, value, *, whole=False, **bounds):
    """Return the setting `value` if it is one number in its range, or refuse in words.

    bounds: at_least, above, at_most, below; each a number.
    """
    wanted = (int, np.integer) if whole else (int, float, np.integer, np.floating)
    is_number = isinstance(value, wanted) and not isinstance(value, bool | np.timedelta64)
    within = (_BOUNDS[bound][1](value, limit) for bound, limit in bounds.items())
    if is_number and abs(value) < math.inf and all(within):
        # Python's own number: numpy's float64 would make float64 of a float32 array.
        return int(value) if isinstance(value, int | np.integer) else float(value)
    words = " and ".join(f"{_BOUNDS[bound][0]} {limit}" for bound, limit in bounds.items())
    expected = f"expected a {'whole ' * whole}number {words}".rstrip()
    raise (ValueError if is_number else TypeError)(f"{name} is {value!r:.60}, {expected}.")


_BOUNDS = {
    "at_least": ("of at least", operator.ge),
    "above": ("above", operator.gt),
    "at_most": ("of at most", operator.le),
    "below": ("below", operator.lt),
}


def require_generator(rng):
    """Refuse anything but a Generator: randomness is passed, so that a run can be repeated."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is {rng!r:.60}, expected a Generator: np.random.default_rng(0) makes one."
        )


def require_in_place(name, array):
    """Refuse what cannot be changed in place, so that no step is taken on a copy and lost."""
    fits = type(array) is np.ndarray and array.dtype.char in "fd" and array.ndim > 0
    if not (fits and array.flags.writeable):
        raise TypeError(
            f"{name} is {array!r:.60}, expected a writable array of floats: it is changed in place."
        )
