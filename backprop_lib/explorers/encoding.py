"""How frames travel to the page: what they hold in words, and all their numbers in one buffer."""

import numpy as np


def encode(frames):
    """Return (headers, data) of [(arrays, words)]: shapes and words, and all numbers as float32.

    A header lists what differs from the frame before it; the shape None means: no longer there.
    It is a list, in the order of the numbers, since a notebook sorts the keys of what it saves.
    """
    headers, numbers, before = [], [np.empty(0)], {}
    for arrays, words in frames:
        changed = {n: a for n, a in arrays.items() if n not in before or differ(a, before[n])}
        gone = before.keys() - arrays.keys() if words is not None else ()
        shapes = [(n, a.shape) for n, a in changed.items()] + [(n, None) for n in sorted(gone)]
        headers.append({"shapes": shapes, "words": words})
        numbers += map(np.ravel, changed.values())
        before = arrays if words is not None else before
    with np.errstate(over="ignore"):
        return headers, np.concatenate(numbers).astype("<f4").tobytes()


def differ(one, other):
    """Tell whether two arrays have another shape or other bits."""
    return one.shape != other.shape or one.tobytes() != other.tobytes()
