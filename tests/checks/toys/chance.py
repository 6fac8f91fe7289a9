"""Toys of dropout: whoever draws the mask draws another one, and it can be right all the same."""

import numpy as np

from backprop_lib.checks.exercise import Case, WrongAnswer
from backprop_lib.checks.families import dropout
from backprop_lib.checks.sandbox import Code
from tests.checks.toys.spec import toy


def dropout_forward(A, drop_prob, rng):
    M = (rng.random(A.shape) >= drop_prob) * A.dtype.type(1 / (1 - drop_prob))
    return A * M, M


def many_entries(rng):
    generator = Code(f"np.random.default_rng({rng.integers(1000)})")
    return [
        Case(f"drop_prob {p}, {dtype}", {"A": Code(array), "drop_prob": p, "rng": generator})
        for dtype in ("float64", "float32")
        for array in [f"np.linspace(1, 2, 9000, dtype=np.{dtype}).reshape(90, 100)"]
        for p in (0.3, 0.8)
    ]


DROPOUT = toy(
    dropout_forward, "H", "M", measured=dropout.seen_in_mask, cases_of=many_entries,
    wrong_answers=(
        *dropout.mask("rng.random(A.shape)", "1 / (1 - drop_prob)"),
        WrongAnswer("mask not applied", "return A * M, M", "return A.copy(), M", "H is A."),
        WrongAnswer("one mask for all rows", "rng.random(A.shape)",
            "np.tile(rng.random(A.shape[1]), (len(A), 1))", "Rows."),
    ),
)  # fmt: skip


def dropout_backward(dH, M):
    return dH * M


DROPOUT_BACK = toy(
    dropout_backward, "dA", shapes={"dH": "n p", "M": "n p"}, extremes={"M": (0.0, 2.0)},
    wrong_answers=dropout.way_back("dH * M"),
)  # fmt: skip


def drops_rightly(dropout, drop_prob, rng):
    A = np.ones(4000)
    H = dropout(A, drop_prob, rng)
    return bool(abs(H.mean() - 1) < 0.2 and abs((H == 0).mean() - drop_prob) < 0.1)


def dropouts(_):
    kept, rng = "A * (rng.random(A.shape) >= p)", Code("np.random.default_rng(0)")
    texts = [f"{kept} / (1 - p)", f"{kept.replace('>=', '<')} / (1 - p)", kept, "A.copy()"]
    codes = [Code(f"lambda A, p, rng: {text}") for text in texts]
    return [Case(c.text, {"dropout": c, "drop_prob": 0.3, "rng": rng}) for c in codes]


DROPS = toy(
    drops_rightly, "right", cases_of=dropouts,
    wrong_answers=(
        WrongAnswer("mean only", " and abs((H == 0).mean() - drop_prob) < 0.1", "", "The share."),
        WrongAnswer("share only", "abs(H.mean() - 1) < 0.2 and ", "", "The mean."),
        WrongAnswer("upside down", "bool(", "not (", "Other way round."),
    ),
)  # fmt: skip
