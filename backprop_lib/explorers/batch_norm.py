"""Three paths back through batch norm, on switches: what dX becomes where one is missing."""

from functools import cache

import numpy as np

from backprop_lib.batch_norm import batch_norm_backward, batch_norm_forward
from backprop_lib.explorers.controls import Choice, Integer, Number, Switch
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal
from backprop_lib.explorers.panels import Bars, Curve, Lines, Words
from backprop_lib.gradient_check import LIMIT, ZERO

PATHS = {"direct": "straight on", "through_mean": "mean", "through_variance": "variance"}
UPSTREAM = {"random": "random", "leaning": "random, plus 1", "ones": "all ones"}
SIZES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024, 2048)
UNITS, MOST = 32, 64
MISSING = {  # the paths that are left
    "no mean": ("direct", "through_variance"),
    "no var.": ("direct", "through_mean"),
    "neither": ("direct",),
}
EPSILON = 1e-5


class ThreePaths(Explorer):
    """dX of a batch norm with 32 units, made of three paths, beside the right one.

    Args:
        paths: those that are open at the start, of "direct", "through_mean", "through_variance".
        upstream: what arrives from above, "random", "leaning" (random, plus 1) or "ones". n: how
            many examples are in the batch.

    Raises:
        ValueError, TypeError: an unknown path, or a value that its control refuses.
    """

    def __init__(self, paths=tuple(PATHS), upstream="random", n=8):
        for path in paths:
            if path not in PATHS:
                known = ", ".join(PATHS)
                raise ValueError(f"There is no path {path!r}, expected some of {known}.")
        role = {"role": "parameter", "minimum": -3, "maximum": 3, "step": 0.1}
        controls = [
            *(Switch(name=name, label=label, value=name in paths) for name, label in PATHS.items()),
            Choice(name="upstream", label="dH", value=upstream, options=UPSTREAM),
            Integer(name="n", label="examples n", value=n, minimum=2, maximum=MOST),
            Number(name="scale", label="scale of X", value=1.0, minimum=0.2, maximum=5, step=0.2),
            Number(name="shift", label="shift of X", value=0.0, minimum=-5, maximum=5, step=0.5),
            Number(name="gamma", label="γ", value=1.0, **role),
            Number(name="beta", label="β", value=0.0, **role),
        ]
        values = Curve("X", "X"), Curve("H", "H")
        gradients = Curve("right", "right", "backward"), Curve("yours", "yours", "backward")
        errors = tuple(Curve(name, name, "backward") for name in MISSING)
        sums = ("error", "Σ dX", "Σ dX X̂")
        panels = [
            Lines("X and H of one unit", "i", values, across="example"),
            Lines("dX of this unit", "i", gradients, across="example"),
            Bars("must be 0, or nearly", (("dX", "must be 0"),), labels=sums, reach=1),
            Lines("error of dX where a path is left out", "sizes", errors,
                  at="n", log="x", across="examples n"),
            Words(),
        ]  # fmt: skip
        super().__init__("Three paths", controls, panels)

    def compute(self, upstream, n, scale, shift, gamma, beta, **paths):
        """Return X, H and both dX of one unit; the error of dX over all units, and both sums."""
        X, dH = drawn(upstream)
        X, dH, ones = scale * X[:n] + shift, dH[:n], np.ones(UNITS)
        H, X_hat, _, variance = batch_norm_forward(X, gamma * ones, beta * ones, epsilon=EPSILON)
        right = batch_norm_backward(dH, X_hat, variance, gamma * ones, epsilon=EPSILON)[0]
        s = np.sqrt(variance + EPSILON)
        yours = gamma / s * along([path for path in PATHS if paths[path]], dH, X_hat)
        sums = [share(yours), share(yours * X_hat)]
        return {
            "i": np.arange(1.0, n + 1),
            "X": X[:, 0],
            "H": H[:, 0],
            "right": right[:, 0],
            "yours": yours[:, 0],
            "must be 0": [error(yours, right), *sums],
            "sizes": np.array(SIZES, float),
            "n": n,
            **errors_over_sizes(upstream),
        }

    def words(self, arrays, upstream, n, **at):
        """Say which paths are open, how far off dX is, and which sum betrays it."""
        closed = [label for name, label in PATHS.items() if not at[name]]
        off, *sums = arrays["must be 0"]
        said = [f"{n} examples, dH {UPSTREAM[upstream]}."]
        said += [f"Closed: {', '.join(closed)}." if closed else "All three paths are open."]
        if off:
            said.append(f"dX is off by {decimal(off, 2)}.")
            named = zip(("Σ dX", "Σ dX X̂"), sums, strict=True)
            betrayed = [name for name, value in named if value > 0.01]
            if betrayed:
                verb = "are" if len(betrayed) > 1 else "is"
                said.append(f"{' and '.join(betrayed)} {verb} not 0.")
        elif closed:
            said.append("And yet dX is right here: this dH does not put the missing path to use.")
        else:
            said.append("dX is right.")
        return " ".join(said)


@cache
def drawn(upstream):
    """Return X and dH of the largest batch; a smaller one takes the first of its rows."""
    X, dH = np.random.default_rng(0).standard_normal((2, SIZES[-1], UNITS))
    return X, {"random": dH, "leaning": dH + 1, "ones": np.ones_like(dH)}[upstream]


def along(paths, dH, X_hat):
    """Return what comes back along these of PATHS, before it is multiplied by γ/s."""
    back = np.zeros_like(dH)
    if "direct" in paths:
        back += dH
    if "through_mean" in paths:
        back -= dH.mean(axis=0)
    if "through_variance" in paths:
        back -= X_hat * (dH * X_hat).mean(axis=0)
    return back


def error(ours, right):
    """Return ‖ours − right‖ / the longer of the two; 0 where the check would pass."""
    longer = max(np.linalg.norm(ours), np.linalg.norm(right))
    found = np.linalg.norm(ours - right) / longer if longer > ZERO else 0.0
    return float(found) if found > LIMIT else 0.0


def share(table):
    """Return how large its sums over the examples are, as a share of what they could be; 0 to 1."""
    most = np.abs(table).sum()
    found = np.abs(table.sum(axis=0)).sum() / most if most > ZERO else 0.0
    return float(found) if found > LIMIT else 0.0


@cache
def errors_over_sizes(upstream):
    """Return for each of MISSING the error of dX at each of SIZES; γ and X's scale cancel in it."""
    X, dH = drawn(upstream)
    found = {name: [] for name in MISSING}
    for n in SIZES:
        ones = np.ones(UNITS)
        _, X_hat, _, variance = batch_norm_forward(X[:n], ones, 0 * ones, epsilon=EPSILON)
        right = batch_norm_backward(dH[:n], X_hat, variance, ones, epsilon=EPSILON)[0]
        s = np.sqrt(variance + EPSILON)
        for name, paths in MISSING.items():
            found[name].append(error(along(paths, dH[:n], X_hat) / s, right))
    return {name: np.array(values) for name, values in found.items()}
