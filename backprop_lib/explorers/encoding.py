"""How frames travel to the page: what they hold in words, and all their numbers in one buffer."""

import numpy as np


def encode(frames):
    """Return (headers, data) of [(arrays, words)]: shapes and words, and all numbers as float32."""
    headers = [
        {"shapes": {n: a.shape for n, a in arrays.items()}, "words": w} for arrays, w in frames
    ]
    numbers = [np.ravel(array) for arrays, _ in frames for array in arrays.values()]
    with np.errstate(over="ignore"):
        return headers, np.concatenate([np.empty(0), *numbers]).astype("<f4").tobytes()
