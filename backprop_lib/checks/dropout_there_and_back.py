"""Chapter 07, find the bug: dropout and a dense layer, forward and back with one mask."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import dropout
from backprop_lib.checks.masks import IN_BLOCKS, SCALED_TWICE, generator, seen_in_mask

SIZES = {"a batch": (60, 55, 3, 0.3), "most dropped": (50, 60, 4, 0.8), "1 unit": (45, 70, 1, 0.4)}


def there_and_back(A, W, dZ, drop_prob, rng):
    """H = A ⊙ M goes into Z = HW; with dZ given, dW = Hᵀ dZ and dA = (dZ Wᵀ) ⊙ M."""
    M = (rng.random(A.shape) >= drop_prob) * (1 / (1 - drop_prob))
    H = A * M
    dW = H.T @ dZ
    dH = dZ @ W.T
    dA = dH * M
    return H, dA, dW


def layers(rng):
    """Return so many numbers that chance hardly shows; none in A is 0, and none in dZ Wᵀ."""
    found = []
    for words, (n, p, q, drop_prob) in SIZES.items():
        A, W, dZ = (rng.uniform(0.5, 2, shape) for shape in ((n, p), (p, q), (n, q)))
        arguments = {"A": A, "W": W, "dZ": dZ, "drop_prob": drop_prob, "rng": generator(rng)}
        found.append(Case(words, arguments))
    return found


def seen_there_and_back(given, H, dA, dW):
    """Return what can be said of both ways, whatever mask was drawn."""
    A, W, dZ = (given[name] for name in ("A", "W", "dZ"))
    slopes = dA / (dZ @ W.T)
    return {
        **seen_in_mask(A, H),
        "values of dA divided by dZ Wᵀ": np.unique(slopes.round(2))[:5].tolist(),
        "dA is 0 where H is 0, and nowhere else": bool(((dA == 0) == (H == 0)).all()),
        "dW is Hᵀ dZ": bool(np.allclose(dW, H.T @ dZ, rtol=1e-9)),
        "dW divided by Hᵀ dZ": round(float(dW.sum() / (H.T @ dZ).sum()), 2),
    }


THERE_AND_BACK = Exercise(
    reference=there_and_back,
    returns=("H", "dA", "dW"),
    measured=seen_there_and_back,
    cases_of=layers,
    where="The same mask back",
    hints=(
        "How many masks does one training pass have, and what went into the dense layer?",
        "dW = Hᵀ dZ, dH = dZ Wᵀ, and dA = dH ⊙ M with the M that made H.",
        "`return version_b(A, W, dZ, drop_prob, rng)`",
    ),
    afterwards="Version A draws two masks in one pass. In C, dW forgets that H went on, not A.",
    wrong_answers=(
        WrongAnswer("fresh mask in backward", "dA = dH * M",
            "dA = dH * ((rng.random(A.shape) >= drop_prob) * (1 / (1 - drop_prob)))",
            "The gradient goes back through a fresh mask: units that were dropped get a gradient,"
            " and others that spoke get none. Draw once, and keep M."),
        WrongAnswer("dW from A", "dW = H.T @ dZ", "dW = A.T @ dZ",
            "dW is made with A. The dense layer was given H, where some units are dropped and the"
            " others are larger."),
        WrongAnswer("dW from the mask", "dW = H.T @ dZ", "dW = M.T @ dZ",
            "dW is made with the mask alone. The dense layer was given H, which is A ⊙ M."),
        WrongAnswer("dW through the mask twice", "dW = H.T @ dZ", "dW = (H * M).T @ dZ",
            "In dW the mask stands twice. H holds it already."),
        WrongAnswer("1/n twice in dW", "dW = H.T @ dZ", "dW = H.T @ dZ / len(A)",
            "dW is divided by n. The loss is a mean, and its 1/n came with dZ."),
        *dropout.way_back("dH * M"),
        WrongAnswer("mask upside down", "dH * M", "dH * (M == 0)",
            "The gradient goes to the units that were dropped. Other way round."),
        *dropout.mask("rng.random(A.shape)", "1 / (1 - drop_prob)"),
        SCALED_TWICE,
        *IN_BLOCKS,
    ),
)  # fmt: skip
