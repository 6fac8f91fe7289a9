"""Chapter 07, masks: the inputs on which they are drawn, what can be said of them, two mistakes."""

import numpy as np

from backprop_lib.checks.exercise import Case, WrongAnswer
from backprop_lib.checks.sandbox import Code

TABLES = {  # so many entries that chance hardly shows, and none of them 0
    "50 examples": "np.linspace(1, 2, 4500).reshape(50, 90)",
    "numbers of both signs": "np.linspace(-3, 3, 4500).reshape(75, 60)",
    "1 example": "np.linspace(1, 2, 4000).reshape(1, 4000)",
    "1 unit": "np.linspace(1, 2, 4000).reshape(4000, 1)",
}
IN_BLOCKS = (
    WrongAnswer("one mask for the whole batch", "rng.random(A.shape)",
        "np.tile(rng.random(A.shape[1]), (len(A), 1))",
        "All examples lose the same units. Each example has a row of the mask to itself."),
    WrongAnswer("whole examples dropped", "rng.random(A.shape)",
        "np.repeat(rng.random((len(A), 1)), A.shape[1], axis=1)",
        "An example loses all its units, or none. Each entry is drawn for itself."),
)  # fmt: skip
SCALED_TWICE = WrongAnswer(
    "rescaled twice",
    "1 / (1 - drop_prob)",
    "1 / (1 - drop_prob) ** 2",
    "What stays is made larger twice, so the mean grows. Divide by 1 − drop_prob once.",
)


def many(rng):
    """Return tables of many numbers to drop from, in several shapes and shares."""
    shares = dict.fromkeys(TABLES, 0.3) | {"1 example": 0.8}
    found = [(words, TABLES[words], share) for words, share in shares.items()]
    found.insert(1, ("most dropped", TABLES["50 examples"], 0.8))
    found.append(("nothing dropped", TABLES["50 examples"], 0.0))
    return [
        Case(words, {"A": Code(table), "drop_prob": share, "rng": generator(rng)})
        for words, table, share in found
    ]


def generator(rng):
    """Return a generator with a seed of its own, as Python."""
    return Code(f"np.random.default_rng({rng.integers(1000)})")


def seen_in_mask(A, H):
    """Return what can be said of the mask between A and H, whoever has drawn it."""
    M = H / A
    return {
        "values of H divided by A": np.unique(M.round(2))[:5].tolist(),
        "share of zeros in H, in tenths": round(10 * float(np.mean(H == 0))),
        "examples lose different units": bool(((M[0] == 0) != (M == 0)).any()),
        "an example loses some of its units": bool(((M[:, :1] == 0) != (M == 0)).any()),
    }
