"""The training cockpit: scrub through a real training, and see what each layer does at any step."""

import numpy as np

from backprop_lib.explorers.controls import Choice, Scrubber
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal, length
from backprop_lib.explorers.panels import Curve, Distribution, Heatmap, Lines, Words
from backprop_lib.explorers.recorded_training import (
    EVERY,
    LAYERS,
    REACH,
    STEPS,
    TRAININGS,
    training,
)

EDGE = 1e-9  # shorter than this is drawn as this: a logarithm has no 0


class TrainingCockpit(Explorer):
    """Loss, gradients, updates, activations and what is read as what, at any step of a training.

    A network 64-32-16-10 with ReLU learns 600 digits in 300 steps. In layer l the gradient's
    length is ‖dW^[l]‖ and the update ratio ‖ΔW^[l]‖ / ‖W^[l]‖, both means over five steps. Z^[l]
    and what is read as what are those of the held-out digits.

    Args:
        kind: "well", or what is wrong with the training: "high" or "low" for the learning rate,
            "dead" for units, "order" for no shuffle, "labels" for shifted ones, "missing" for a
            gradient that does not arrive at layer 1. step: where to begin, 0 to 300.

    Raises:
        ValueError, TypeError: a value that its control refuses.
    """

    def __init__(self, kind="well", step=100):
        controls = [
            Scrubber(name="step", label="step", value=step, minimum=0, maximum=STEPS, step=EVERY),
            Choice(name="kind", label="training", value=kind, options=TRAININGS),
        ]
        losses = Curve("batches", "batches", "loss"), Curve("held out", "held out", "loss")
        panels = [
            Lines("loss", "steps", losses, at="step", across="step"),
            Lines("gradient length", "steps", _each("gradient", "backward"), at="step", log="y",
                  across="step"),
            Lines("update ratio", "steps", _each("update", "parameter"), at="step", log="y",
                  across="step"),
            Distribution("how Z spreads", _each("spread", "forward"), -REACH, REACH),
            Heatmap("what is read as what", "confusion", scale=0.5, names=("is", "read as")),
            Words(),
        ]  # fmt: skip
        super().__init__("Training cockpit", controls, panels)

    def compute(self, step, kind):
        """Return the curves of the whole training, and what stands at this step."""
        found, k = training(kind), round(step / EVERY)
        arrays = {
            "steps": found["step"],
            "step": found["step"][k],
            "batches": found["loss"],
            "held out": found["held out"],
            "share": found["share"][k],
            "confusion": _confusion(found["read"][k], found["labels"]),
        }
        for level in LAYERS:
            arrays |= {
                f"gradient {level}": np.maximum(found["gradient"][level - 1], EDGE),
                f"update {level}": np.maximum(found["update"][level - 1], EDGE),
                f"spread {level}": found["spread"][k][level - 1],
                f"dead {level}": found["dead"][k][level - 1],
            }
        return arrays

    def words(self, arrays, step, kind):
        """Say the losses, the share that is right, each layer's update, and the dead units."""
        k = round(step / EVERY)
        updates = ", ".join(_length(arrays[f"update {level}"][k]) for level in LAYERS)
        dead = " and ".join(f"{arrays[f'dead {level}']:.0f}" for level in LAYERS[:-1])
        return (
            f"Training: {TRAININGS[kind]}, step {arrays['step']:.0f}. The loss is"
            f" {decimal(arrays['batches'][k], 2)} on the batches and"
            f" {decimal(arrays['held out'][k], 2)} held out, where {arrays['share']:.0%} of the"
            f" digits are read right. Update ratios of layers 1, 2, 3: {updates}. Dead units in"
            f" layers 1 and 2: {dead}."
        )


def _each(name, role):
    return tuple(Curve(f"{name} {level}", f"layer {level}", role) for level in LAYERS)


def _confusion(read, labels):
    """Return (10, 10): of the digits of each row, which share was read as each column."""
    counts = np.zeros((10, 10))
    np.add.at(counts, (labels, read), 1)
    return counts / counts.sum(axis=1, keepdims=True)


def _length(value):
    return "0" if value <= EDGE else length(value)
