"""A nudge by h, live: how far the slope that it finds is off, along the whole error curve."""

from functools import cache

import numpy as np

from backprop_lib.datasets.little_network import little_network
from backprop_lib.dense import dense_forward
from backprop_lib.explorers.controls import Choice, Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import length
from backprop_lib.explorers.panels import Curve, Formula, Lines, Words
from backprop_lib.losses import softmax_cross_entropy_forward

METHODS = {
    "both sides": (lambda f, w, h: (f(w + h) - f(w - h)) / (2 * h), "(f(w + h) − f(w − h)) / 2h"),
    "one side": (lambda f, w, h: (f(w + h) - f(w)) / h, "(f(w + h) − f(w)) / h"),
    "complex": (lambda f, w, h: f(w + 1j * h).imag / h, "Im f(w + ih) / h"),
}
ROLES = ("backward", "backward", "forward")
SLOPE = 0.5  # the gradient of this weight, known by hand
SMALLEST = 1e-17  # what an error of exactly 0 is drawn as


class ErrorCurve(Explorer):
    """The gradient of one weight of the little network, nudged by h in three ways.

    f(w) is the loss where W[2][0, 0] is w, so that f′(1) = ½. The slider holds k in h = 10⁻ᵏ.
    """

    def __init__(self):
        dtypes = {"float64": "float64", "float32": "float32"}
        controls = [
            Number(name="k", label="k in h = 10⁻ᵏ", value=3.0, minimum=0, maximum=16, step=0.25),
            Choice(name="dtype", label="numbers", value="float64", options=dtypes),
        ]
        self._ks = np.array(controls[0].positions())
        curves = [Curve(name, name, role) for name, role in zip(METHODS, ROLES, strict=True)]
        panels = [
            Formula(tuple(formula for _, formula in METHODS.values())),
            Lines(
                "how far the slope is off",
                "ks",
                tuple(curves),
                at="k",
                log="y",
                across="k",
                wide=True,
            ),
            Words(),
        ]
        super().__init__("How far a nudge is off", controls, panels)

    def compute(self, k, dtype):
        """Return how far off each method is at every h, (65,), and where k stands."""
        return {"ks": self._ks, "k": k, **off(tuple(self._ks), dtype)}

    def words(self, arrays, k, dtype):
        """Say the nudge, and how far off each slope is that it finds."""
        here = int(np.argmin(np.abs(self._ks - k)))
        said = ", ".join(f"{name} {length(arrays[name][here])}" for name in METHODS)
        return f"With h = 10^−{k:g} in {dtype}, the slope of {SLOPE:g} is off by: {said}."


@cache
def off(ks, dtype):
    """Return by method how far its slope is off at each h = 10⁻ᵏ."""
    network, X, Y = little_network()
    A1, last = network.trace(X, Y).A[1], network.layers[-1]

    def f(w):
        kind = np.result_type(dtype, np.complex64) if isinstance(w, complex) else dtype
        A, W, b = (value.astype(kind) for value in (A1, last.W, last.b))
        W[0, 0] = w
        return softmax_cross_entropy_forward(dense_forward(A, W, b), Y)[0]

    hs = [10.0**-k for k in ks]
    found = {name: [float(nudge(f, 1.0, h)) for h in hs] for name, (nudge, _) in METHODS.items()}
    return {name: np.maximum(np.abs(np.array(s) - SLOPE), SMALLEST) for name, s in found.items()}
