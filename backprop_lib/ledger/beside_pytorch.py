"""Chapter 08's second witness: five steps of PyTorch's optimizers, to hold an update against."""

import inspect

import numpy as np

PYTORCH = {  # the first weight, five gradients, and the weight after each, from PyTorch 2.13
    "SGD": (0.421875, [3.09375, 1.75, 0.078125, 0.78125, 0.921875],
            [0.035156, -0.183594, -0.193359, -0.291016, -0.40625]),
    "momentum": (-2.34375, [0.0625, -0.046875, -1.375, -0.5625, -0.5],
            [-2.351562, -2.352734, -2.181914, -1.957863, -1.693718]),
    "Nesterov": (-0.890625, [1.4375, 0.875, -1.84375, 1.4375, -0.296875],
            [-1.205078, -1.497559, -1.231567, -1.519379, -1.53553]),
    "RMSProp": (0.828125, [-0.21875, -1.109375, 0.625, 0.890625, -2.546875],
            [2.078124, 3.30474, 2.697627, 1.983836, 3.05129]),
    "Adam": (-1.046875, [-0.640625, -0.265625, 2.03125, 1.53125, -1.375],
            [-0.921875, -0.808868, -0.856243, -0.930032, -0.95377]),
    "AdamW": (0.734375, [0.890625, -0.359375, 0.890625, -2.046875, 1.734375],
            [0.586426, 0.525254, 0.430242, 0.443324, 0.408082]),
}  # fmt: skip
LEARNING_RATE = 0.125
STATE = ("m", "s", "v")  # what an update may ask for, and get back in its next step


def beside_pytorch(name, update, **settings):
    """Print the weight at the start and after each step: by our update, and by PyTorch's.

    Args:
        name: one of PYTORCH. update: a function of theta, g, its state (any of STATE, 0 at the
            start), t if it counts the steps from 1, learning_rate and the settings. It returns the
            new theta, with the new state after it.
    """
    start, _, theirs = PYTORCH[name]
    rows = {"ours": _five_steps(name, update, settings), "PyTorch": theirs}
    for who, weights in rows.items():
        print(f"{name:9} {who:8}", *(f"{weight:10.6f}" for weight in (start, *weights)))


def distance_from_pytorch(name, update, **settings):
    """Return how far our weight is from PyTorch's, at the worst of the five steps."""
    return abs(_five_steps(name, update, settings) - PYTORCH[name][2]).max()


def _five_steps(name, update, settings):
    theta, gradients, _ = PYTORCH[name]
    asked = inspect.signature(update).parameters
    state, weights = [0.0 for letter in asked if letter in STATE], []
    for t, g in enumerate(gradients, start=1):
        count = {"t": t} if "t" in asked else {}
        new = update(theta, g, *state, learning_rate=LEARNING_RATE, **count, **settings)
        theta, *state = np.atleast_1d(new)
        weights.append(theta)
    return np.array(weights)
