"""The history of a training: what a look at its curves needs, and nothing that slows it down."""

from dataclasses import dataclass, field

import numpy as np

from backprop_lib.dense import Dense
from backprop_lib.losses import MeanSquaredError
from backprop_lib.network import Network
from backprop_lib.shapes import admit
from backprop_lib.values import require_labels


@dataclass
class History:
    """What happened: `loss` has one entry for each step, everything else one for each epoch.

    gradient_norm[l] holds ‖dW‖ of dense layer l, and update_ratio[l] how far its weights moved for
    their own length, ‖ΔW‖ / ‖W‖; both at the last step of each epoch. Accuracies are kept where
    there are classes.
    """

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    held_out_loss: list = field(default_factory=list)
    held_out_accuracy: list = field(default_factory=list)
    gradient_norm: dict = field(default_factory=dict)
    update_ratio: dict = field(default_factory=dict)

    def end_epoch(self, network, weights_before, examples, held_out):
        """Measure the network where an epoch ends; `weights_before` are those of a step earlier."""
        has_classes = not isinstance(network.loss_function, MeanSquaredError)
        found = {"accuracy": accuracy(network, *examples)} if has_classes else {}
        if held_out:
            found["held_out_loss"] = float(network.loss(*held_out))
            if has_classes:
                found["held_out_accuracy"] = accuracy(network, *held_out)
        for name, value in found.items():
            getattr(self, name).append(value)
        for level, (before, layer) in enumerate(
            zip(weights_before, dense_layers(network), strict=True), start=1
        ):
            lengths = [float(np.linalg.norm(v)) for v in (layer.dW, layer.W - before, before)]
            self.gradient_norm.setdefault(level, []).append(lengths[0])
            self.update_ratio.setdefault(level, []).append(lengths[1] / max(lengths[2], 1e-30))

    def __repr__(self):
        epochs = len(self.update_ratio.get(1, []))
        return f"History: {len(self.loss)} steps, {epochs} epochs"


def accuracy(network, X, Y):
    """Return the share of right answers, from 0 to 1: the likeliest class is the one Y names.

    Raises:
        TypeError: the network says numbers, not classes.
    """
    require_network(network)
    if isinstance(network.loss_function, MeanSquaredError):
        raise TypeError("accuracy counts right classes, but this network says numbers: use loss.")
    X, Y = admit_examples(network, X, Y)
    # A table of targets is read as logits are, but its answers turn at ½ and not at 0.
    wanted = Y if Y.ndim == 1 else network.loss_function.predict(Y - 0.5)
    return float((network.predict(X) == wanted).mean())


def admit_examples(network, X, Y):
    """Return examples and targets as the network takes them, or refuse in words."""
    require_network(network)
    X, Y = admit({"X": "n p", "Y": network.loss_function.targets}, {"X": X, "Y": Y})
    K = dense_layers(network)[-1].sizes[1]
    if Y.ndim == 1:
        require_labels(Y, K)
    elif Y.shape[1] != K:
        raise ValueError(f"Y has {Y.shape[1]} columns, expected {K}: one for each output.")
    return network.admit_examples(X), network.admit_targets(Y)


def require_network(network):
    """Refuse what is not a Network."""
    if not isinstance(network, Network):
        raise TypeError(f"network is {network!r:.60}, expected a Network.")


def dense_layers(network):
    """Return the dense layers, in their order."""
    return [layer for layer in network.layers if isinstance(layer, Dense)]
