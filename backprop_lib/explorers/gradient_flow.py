"""Gradient flow: every value of a pass, and below it its gradient, arriving step by step."""

import numpy as np

from backprop_lib.activations import Activation
from backprop_lib.datasets.little_network import little_network
from backprop_lib.dense import Dense
from backprop_lib.explorers import flow_network, flow_panels
from backprop_lib.explorers.controls import Choice, Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal, length, plain
from backprop_lib.explorers.panels import spread
from backprop_lib.gradient_check import NUDGE
from backprop_lib.network import Network

ROUNDING = 1e-15  # what is left where two numbers should cancel


class GradientFlow(Explorer):
    """One forward and one backward pass as matrices of numbers; a scrubber walks through it.

    `go("dW^2")` moves the scrubber from code, `pick("dW^1", 0, 1)` shows how an entry is made, and
    that a nudge finds the same. A network too large to be drawn is shown by the length of each
    gradient, and by how large its entries are.

    Args:
        network: a Network of Dense layers and activations; it is never changed. What is not given
            is the little network.
        X: (n, p), the examples. Y: (n,), their labels.

    Raises:
        TypeError: something that is not a network.
        ValueError: what `network.trace(X, Y)` refuses, or a layer that is no activation.
    """

    def __init__(self, network=None, X=None, Y=None):
        if network is None:
            network, example, labels = little_network()
            X, Y = (example if X is None else X), (labels if Y is None else Y)
        if not isinstance(network, Network):
            expected = "a Network, such as Network(Dense(W), ReLU(), Dense(V))"
            raise TypeError(f"network is {network!r}, expected {expected}.")
        for layer in network.layers:
            if not isinstance(layer, (Dense, Activation)):
                raise ValueError(f"network holds {layer!r}, expected Dense layers and activations.")
        trace = network.trace(X, Y)
        self._network, self._X, self._Y = network.copy(), trace.X.astype(float), trace.Y.copy()
        self._depth = len(trace.Z)
        self._too_large = flow_network.too_large(trace)
        panels = flow_panels.panels(self._depth, self._too_large)
        picked = () if self._too_large else ("dW^1", 0, 0)
        super().__init__("Gradient flow", self._controls(), panels, picked)

    def compute(self, weight, bias=0.0, activation="given"):
        """Return every value and gradient at these parameters, and the length of each gradient."""
        network = flow_network.variant(self._network, weight, bias, activation)
        trace = network.trace(self._X, self._Y)
        slopes, kink = flow_network.slopes(network, trace)
        arrays = {"X": trace.X, "P": trace.P, "loss": trace.loss, "dX": trace.dX}
        for letter in ("Z", "A", "dZ", "dA", "dW", "db"):
            named = getattr(trace, letter).items()
            arrays |= {f"{letter}^{level}": array for level, array in named if level}
        for level, dense in enumerate(flow_network.dense_layers(network), start=1):
            arrays |= {f"W^{level}": dense.W, f"b^{level}": dense.b}
        arrays = {name: np.where(np.abs(a) < ROUNDING, 0, a) for name, a in arrays.items()}
        lengths = {f"‖{n}‖": np.linalg.norm(a) for n, a in arrays.items() if n.startswith("d")}
        if self._too_large:
            off = {f"off^{level}": np.mean(slope == 0) for level, slope in slopes.items()}
            sizes = {
                f"sizes of {name}": spread(array, *flow_panels.SIZES, log=True)
                for name, array in arrays.items() if name.startswith("dW")
            }  # fmt: skip
            return {"loss": arrays["loss"], **lengths, **off, **sizes}
        nudges = flow_network.nudges(network, self._X, self._Y)
        return {
            **arrays,
            **lengths,
            **{f"slope^{level}": slope for level, slope in slopes.items()},
            **{f"{name} nudged": array for name, array in nudges.items()},
            "(P−onehot(Y))": trace.P - np.eye(trace.P.shape[1])[trace.Y],
            "1/n": 1 / len(trace.Y),
            "Y": trace.Y,
            "kink": kink,
        }

    def words(self, arrays, **at):
        """Say the loss, how long the gradients of the weights are, and where nothing comes back."""
        weights = [f"dW^{level}" for level in range(1, self._depth + 1)]
        lengths = ", ".join(f"{plain(n)} {length(arrays[f'‖{n}‖'])}" for n in weights)
        said = [f"The loss is {decimal(arrays['loss'], 3)}. Gradient lengths: {lengths}."]
        said += self._off(arrays)
        if self._too_large:
            return " ".join([self._too_large, *said])
        if arrays["kink"] < 10 * NUDGE:
            said.append("A Z is 0, ReLU's kink: there a nudge finds no one slope.")
        return " ".join(said)

    def _off(self, arrays):
        """Say which rows and units let no gradient through, or what share of them."""
        for level in range(1, self._depth):
            where = f" of layer {level}" if self._depth > 2 else ""
            if self._too_large:
                share = arrays[f"off^{level}"]
                if share:
                    yield f"In layer {level}, {share:.0%} of the slopes are 0."
                continue
            off, nothing = arrays[f"slope^{level}"] == 0, "nothing goes back through it"
            for row in np.flatnonzero(off.all(axis=1)):
                yield f"Row {row} meets only units that are off{where}: {nothing}."
            for unit in np.flatnonzero(off.all(axis=0)):
                yield f"Unit {unit}{where} is off in every row: its weights learn nothing."

    def _controls(self):
        role = {"role": "parameter", "step": 0.1}
        scale = Number(name="weight", label="weight scale", value=1.0, minimum=0, maximum=3, **role)
        if self._depth == 1:
            return [scale]
        bias = Number(name="bias", label="hidden bias", value=0.0, minimum=-3, maximum=3, **role)
        start = flow_network.activation_name(self._network)
        labels = {name: label for name, (label, _) in flow_network.ACTIVATIONS.items()}
        options = {start: labels.get(start, "as given")} | labels  # the reader's own stands first
        choice = Choice(name="activation", label="activation", value=start, options=options)
        return [scale, bias, choice]
