"""Mistakes around dropout: keep for drop, the scale, and the mask that must come back the same."""

import numpy as np

from backprop_lib.checks.exercise import WrongAnswer


def mask(drawn, scale, drop_prob="drop_prob"):
    """Return what can go wrong with the mask: `drawn >= drop_prob`, and the `scale` of the rest."""
    right = f"{drawn} >= {drop_prob}"
    return (
        WrongAnswer("keep for drop", right, f"{drawn} < {drop_prob}",
            f"The share {drop_prob} is kept. It is the share that is dropped."),
        WrongAnswer("not rescaled", scale, "1",
            f"What stays is not made larger, so training sees smaller numbers than evaluation."
            f" Divide by 1 − {drop_prob}."),
        WrongAnswer("divided by drop_prob", scale, f"(1 / max({drop_prob}, 1e-9))",
            f"What stays is divided by {drop_prob}. The share 1 − {drop_prob} stays: divide by"
            " that."),
        WrongAnswer("multiplied by what stays", scale, f"(1 - {drop_prob})",
            f"What stays is made smaller once more. It makes up for what is missing: divide by"
            f" 1 − {drop_prob}."),
    )


def way_back(right, dH="dH", M="M"):
    """Return what can go wrong with `right`, dH times the mask."""
    return (
        WrongAnswer("mask ignored", right, f"{dH}.copy()",
            f"{dH} goes through all units. Those that were silenced moved nothing: times {M}."),
        WrongAnswer("scale forgotten on the way back", right, f"{dH} * ({M} > 0)",
            f"What stayed was made larger on the way forward, so its gradient is too: {M} holds"
            " the scale as well."),
        WrongAnswer("mask twice", right, f"{dH} * {M} * {M}",
            f"{M} stands here twice, and with it the scale."),
    )


def seen_in_mask(given, H, M):
    """Return what can be said of a mask whoever has drawn it; for `measured`, and many entries."""
    return {
        "H is A times M": bool(np.allclose(H, given["A"] * M, rtol=1e-6)),
        "values in M": np.unique(M.round(3)),
        "share of zeros in M, in tenths": round(10 * float(np.mean(M == 0))),
        "rows of M differ": bool((M[0] != M).any()),
        "columns of M differ": bool((M[:, :1] != M).any()),
    }
