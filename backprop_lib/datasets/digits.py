"""The handwritten digits: 1,797 small pictures that come with the course: nothing to download."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

FILE = Path(__file__).with_name("digits.npz")
TRAIN = 1500  # the other 297 are held out


class Digits(NamedTuple):
    """Pictures X (n, 64), one a row, pixels from 0 (paper) to 1 (ink); labels Y (n,), 0 to 9."""

    X_train: np.ndarray
    Y_train: np.ndarray
    X_held_out: np.ndarray
    Y_held_out: np.ndarray


def load_digits() -> Digits:
    """X_train (1500, 64), Y_train (1500,), X_held_out (297, 64), Y_held_out (297,).

    A row of X is a picture of 8 × 8 pixels, row by row: `X[0].reshape(8, 8)`. X is float64,
    Y is int64. Every call returns fresh arrays, with the same examples in the same order.

    Thirteen people wrote these digits. All thirteen are in both parts, so accuracy on the held-out
    part says how the network reads new digits of writers it knows, not of strangers.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, 1998, its test
    part; see DIGITS_LICENCE.md beside this file.

    >>> digits = load_digits()
    >>> digits.X_train.shape, digits.X_held_out.shape
    ((1500, 64), (297, 64))
    """
    with np.load(FILE) as file:
        X, Y = file["pixels"] / 16, file["labels"].astype(np.int64)
    return Digits(X[:TRAIN], Y[:TRAIN], X[TRAIN:], Y[TRAIN:])
