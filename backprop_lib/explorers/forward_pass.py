"""One dense layer, live: what moves when an input, a weight, a bias or the batch moves."""

import numpy as np

from backprop_lib.activations import identity_forward, relu_forward, sigmoid_forward, tanh_forward
from backprop_lib.datasets.little_network import little_network
from backprop_lib.dense import dense_forward
from backprop_lib.explorers.controls import Choice, Integer, Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.panels import (
    Along,
    Board,
    Curve,
    Formula,
    Lines,
    Matrix,
    Microscope,
    Sum,
    Words,
)
from backprop_lib.shapes import admit
from backprop_lib.values import require_finite

ACTIVATIONS = {
    "identity": ("identity", identity_forward, "A = Z"),
    "relu": ("ReLU", relu_forward, "A = max(0, Z)"),
    "sigmoid": ("sigmoid", sigmoid_forward, "A = 1 / (1 + e^{−Z})"),
    "tanh": ("tanh", tanh_forward, "A = tanh(Z)"),
}
LARGEST = 12  # rows or columns that can still be read as numbers


class ForwardPass(Explorer):
    """Z = X W + b and A = activation(Z), as matrices of numbers that follow the hand.

    Args:
        X: (n, p), one example in each row. What is not given is layer 1 of the little network.
        W: (p, q), one output unit in each column.
        b: (q,).
        activation: "identity", "relu", "sigmoid" or "tanh".
        controls: which to show, of "input" (it holds X[0, 0]), "weight" (W[0, 0]), "bias" (b[0]),
            "activation" and "n" (how many of the examples are in the batch). All when None.

    Raises:
        ValueError: shapes that do not fit, NaN or inf, more than 12 rows or columns,
            an unknown activation or control.
    """

    def __init__(self, X=None, W=None, b=None, activation="relu", controls=None):
        network, example, _ = little_network()
        first = network.layers[0]
        given = {
            "X": example if X is None else X,
            "W": first.W if W is None else W,
            "b": first.b if b is None else b,
        }
        admitted = admit({"X": "n p", "W": "p q", "b": "q"}, given)
        self._X, self._W, self._b = (array.copy() for array in admitted)  # a snapshot
        for name, array in (("X", self._X), ("W", self._W), ("b", self._b)):
            require_finite(name, array)
            if max(array.shape) > LARGEST:
                raise ValueError(
                    f"{name} has shape {array.shape}, expected at most {LARGEST} rows and columns: "
                    f"more cannot be read as numbers."
                )
        every = self._controls(activation)
        self._reach = self._farthest(every)
        board = Board((
            Matrix("X"),
            Matrix("W", role="parameter"),
            Matrix("b", role="parameter", before="+"),
            Matrix("Z", before="="),
            Matrix("A", before="→", through="activation"),
        ))  # fmt: skip
        panels = [
            Formula(("Z = X W + b",), "activation", {n: a[2] for n, a in ACTIVATIONS.items()}),
            board,
            Microscope((Sum("Z[i, j] = X[i, k] W[k, j] + b[j]", "A", through="activation"),)),
            Lines(
                "A = g(Z)",
                x="z",
                curves=(Curve("a"),),
                across="Z",
                points=("Z", "A"),
                through="activation",
            ),
            Along(),
            Words(),
        ]
        super().__init__("One dense layer, live", every, panels, ("Z", 0, 0), shown=controls)

    def compute(self, **at):
        """Return X, W, b, Z, A at these parameters, and the activation's curve (z, a)."""
        X, W, b = self._X[: at.get("n")].copy(), self._W.copy(), self._b.copy()
        X[0, 0], W[0, 0], b[0] = at["input"], at["weight"], at["bias"]
        activate = ACTIVATIONS[at["activation"]][1]
        Z = dense_forward(X, W, b)
        z = np.linspace(-self._reach, self._reach, 61)
        return {"X": X, "W": W, "b": b, "Z": Z, "A": activate(Z), "z": z, "a": activate(z)}

    def words(self, arrays, **at):
        """Say the shapes, and how many units are off."""
        (n, p), q, A = arrays["X"].shape, len(arrays["b"]), arrays["A"]
        return (
            f"Z = X W + b is {n}×{q}: n = {n} {'example' if n == 1 else 'examples'}, "
            f"p = {p} {'input' if p == 1 else 'inputs'}, q = {q} {'unit' if q == 1 else 'units'}. "
            f"With {ACTIVATIONS[at['activation']][0]}, "
            f"{np.count_nonzero(A == 0)} of the {A.size} entries of A are 0."
        )

    def _controls(self, activation):
        n = len(self._X)
        options = {name: label for name, (label, _, _) in ACTIVATIONS.items()}
        batch = [Integer(name="n", label="examples n", value=n, minimum=1, maximum=n)]
        return [
            _slider("input", "X[0, 0]", self._X[0, 0], "forward"),
            _slider("weight", "W[0, 0]", self._W[0, 0], "parameter"),
            _slider("bias", "b[0]", self._b[0], "parameter"),
            Choice(name="activation", label="activation", value=activation, options=options),
            *(batch if n > 1 else []),
        ]

    def _farthest(self, controls):
        """The largest |Z| that one slider alone can reach, rounded up: the curve's half width."""
        self._reach = 1.0  # until it is known
        at = {control.name: control.value for control in controls} | {"activation": "identity"}
        ends = ({c.name: end} for c in controls if c.entry for end in (c.minimum, c.maximum))
        return float(np.ceil(max(np.abs(self.compute(**at | end)["Z"]).max() for end in ends)))


def _slider(name, entry, value, role):
    farthest = max(3.0, float(np.ceil(abs(value))))
    span = {"minimum": -farthest, "maximum": farthest, "value": float(value)}
    step = 0.1 if farthest <= 10 else farthest / 50
    return Number(name=name, label=name, entry=entry, role=role, step=step, **span)
