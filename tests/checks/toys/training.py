"""Toys that take functions, and toys that return whole numbers, texts, lists of batches."""

import numpy as np

from backprop_lib.checks.exercise import Case, WrongAnswer
from backprop_lib.checks.sandbox import Code
from tests.checks.toys.spec import toy


def central_difference(function, X, h):
    gradient = np.zeros_like(X)
    for index in np.ndindex(X.shape):
        above, below = X.copy(), X.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (function(above) - function(below)) / (2 * h)
    return gradient


def functions(rng):
    weighted = "lambda X: (np.sin(X) * np.arange(1.0, 7.0).reshape(2, 3)).sum()"
    texts = ("lambda X: (X**2).sum()", "lambda X: (X**3).sum()", weighted)
    return [Case(text, {"function": Code(text), "X": rng.standard_normal((2, 3)), "h": h})
            for text, h in zip(texts, (0.1, 1e-2, 1e-4), strict=True)]  # fmt: skip


DIFFERENCE = toy(
    central_difference, "gradient", cases_of=functions,
    wrong_answers=(
        WrongAnswer("one-sided", "function(below)) / (2 * h)", "function(X)) / h", "One side."),
        WrongAnswer("h for 2h", "(2 * h)", "h", "2h."),
        WrongAnswer("one array for both", "X.copy(), X.copy()", "(both := X.copy()), both", "One."),
        WrongAnswer("X changed", "X.copy(), X.copy()", "X, X.copy()", "X."),
    ),
)  # fmt: skip


def share_right(P, Y):
    return float((P.argmax(axis=1) == Y).mean())


ACCURACY = toy(
    share_right, "accuracy", shapes={"P": "chances n K", "Y": "labels n"},
    extremes={"P": (0.0, 1.0)},
    wrong_answers=(
        WrongAnswer("number right", "mean()", "sum()", "A share."),
        WrongAnswer("share wrong", "== Y", "!= Y", "The rest."),
        WrongAnswer("argmax over the examples", "P.argmax(axis=1) == Y",
            "P.argmax(axis=0)[Y] == Y", "Axis 1."),
    ),
)  # fmt: skip


def predict(P):
    return P.argmax(axis=1)


PREDICT = toy(
    predict, "labels", shapes={"P": "chances n K"}, extremes={"P": (0.0, 1.0)},
    wrong_answers=(
        WrongAnswer("least likely", "argmax", "argmin", "Most."),
        WrongAnswer("chance for class", "P.argmax(axis=1)", "P.max(axis=1)", "Where it stands."),
        WrongAnswer("counted from 1", "axis=1)", "axis=1) + 1", "From 0."),
    ),
)  # fmt: skip


def batches(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    return [(X[order[i : i + batch_size]], Y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


def of_batches(given, found):
    X, Y = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    return {
        "examples that nobody gave": sorted(set(X[:, 0].tolist()) - set(range(len(X)))),
        "examples in all": len(set(X[:, 0].tolist())),
        "X and Y still belong together": bool((X[:, 0] == Y).all()),
        "in another order": bool((np.arange(len(Y)) != Y).any()),
    }


def numbered(rng):
    return [
        Case(f"{n} examples", {"X": np.arange(2.0 * n).reshape(2, n).T, "Y": np.arange(n),
             "batch_size": 4, "rng": Code(f"np.random.default_rng({rng.integers(1000)})")})
        for n in (12, 14, 9)
    ]  # fmt: skip


BATCHES = toy(
    batches, "batches", measured=of_batches, cases_of=numbered,
    wrong_answers=(
        WrongAnswer("not shuffled", "rng.permutation(len(X))", "np.arange(len(X))", "In order."),
        WrongAnswer("last batch lost", "range(0, len(X),", "range(0, len(X) - 4,", "Last."),
        WrongAnswer("Y in its old order", "Y[order[i : i + batch_size]]", "Y[i : i + batch_size]",
            "Y."),
        WrongAnswer("drawn with replacement", "rng.permutation(len(X))",
            "rng.integers(len(X), size=len(X))", "Once."),
    ),
)  # fmt: skip


class Recorder:
    """A step that only writes down which examples it was given."""

    def __init__(self):
        self.seen = []

    def __call__(self, X):
        self.seen.append(X)
        return len(self.seen)


def one_epoch(step, X, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        last = step(X[order[i : i + batch_size]])
    return last


def of_an_epoch(given, steps, recorder):
    seen = np.concatenate(recorder.seen)
    return {"every example once": sorted(seen.tolist()) == given["X"].tolist(), "steps": steps,
            "in another order": bool((seen != given["X"]).any())}  # fmt: skip


EPOCH = toy(
    one_epoch, "last", updates=("step",), measured=of_an_epoch,
    cases_of=lambda _: [
        Case(f"{n} examples", {"step": Recorder(), "X": np.arange(n), "batch_size": 4,
             "rng": Code("np.random.default_rng(0)")})
        for n in (12, 14)
    ],
    wrong_answers=(
        WrongAnswer("not shuffled", "rng.permutation(len(X))", "np.arange(len(X))", "In order."),
        WrongAnswer("first batch again", "order[i : i + batch_size]", "order[:batch_size]",
            "Go on."),
        WrongAnswer("last batch lost", "range(0, len(X), ", "range(0, len(X) - 3, ", "The last."),
    ),
)  # fmt: skip


def diagnose(losses):
    if losses[-1] > losses[0]:
        return "learning rate too high"
    return "learning" if losses[-1] < 0.9 * losses[0] else "not learning"


DIAGNOSE = toy(
    diagnose, "diagnosis",
    cases_of=lambda _: [Case("losses", {"losses": losses}) for losses in
                        ([1.0, 0.5, 0.2], [1.0, 1.5, 9.0], [1.0, 1.0, 0.99])],
    wrong_answers=(
        WrongAnswer("upside down", "losses[-1] > losses[0]", "losses[-1] < losses[0]", "Up."),
        WrongAnswer("always learning", '"not learning"', '"learning"', "Not always."),
    ),
)  # fmt: skip
