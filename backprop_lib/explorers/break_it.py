"""The break-it switchboard: bugs in a real training, and which curve or check reveals them."""

import numpy as np

from backprop_lib.explorers.broken_training import BUGS, GRADIENTS, check, training
from backprop_lib.explorers.controls import Choice, Number, Switch
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal, plain
from backprop_lib.explorers.panels import Along, Bars, Curve, Lines, Words
from backprop_lib.gradient_check import LIMIT

WATCHED = {"loss": "loss", "share": "share that is right"}


class BreakIt(Explorer):
    """A network learns digits, with a switch for each bug; beside it a check of its gradients.

    Args:
        bugs: names of those that are switched on at the start, of `broken_training.BUGS`.

    Raises:
        ValueError: an unknown bug.
    """

    def __init__(self, bugs=()):
        for bug in bugs:
            if bug not in BUGS:
                raise ValueError(f"There is no bug {bug!r}, expected some of {', '.join(BUGS)}.")
        rate = Number(name="learning_rate", label="learning rate", value=0.5,
                      minimum=0.1, maximum=2.0, step=0.1)  # fmt: skip
        switches = [Switch(name=k, label=label, value=k in bugs) for k, label in BUGS.items()]
        watch = Choice(name="watch", label="watch", value="loss", options=WATCHED)
        errors = tuple((name, f"error of {name}") for name in GRADIENTS)
        curves = Curve("right", "no bug", "forward"), Curve("yours", "yours", "backward")
        panels = [
            Lines("g over the epochs", "epoch", curves, across="epoch", through="watch"),
            Bars("error by the check", errors),
            Along(of="loss"),
            Words(),
        ]
        super().__init__("Break it", [rate, watch, *switches], panels)

    def compute(self, learning_rate, watch, **switches):
        """Return the curves of the training with and without bugs, and what a check finds."""
        bugs = tuple(bug for bug in BUGS if switches[bug])
        yours, right = training(bugs, learning_rate), training((), learning_rate)
        found = {name: one.error for name, one in check(bugs).items()}
        return {
            "epoch": np.linspace(0, 5, len(right["loss"]) + 1)[1:],
            "yours": yours[watch],
            "right": right[watch],
            "loss": yours["loss"][-1],
            "right loss": right["loss"][-1],
            "shares": np.array([yours["share"][-1], right["share"][-1]]),
            **{f"error of {name}": e * (e > LIMIT) for name, e in found.items()},
        }

    def words(self, arrays, learning_rate, watch, **switches):
        """Say what is switched on, how far the training came, and what the check refuses."""
        on = [label for bug, label in BUGS.items() if switches[bug]]
        yours, right = arrays["shares"]
        wrong = [plain(name) for name in GRADIENTS if arrays[f"error of {name}"]]
        return (
            f"Bugs: {', '.join(on) or 'none'}. After 5 epochs the loss is"
            f" {decimal(arrays['loss'], 2)} ({decimal(arrays['right loss'], 2)} without bugs), and"
            f" {yours:.0%} of the held-out digits are read right ({right:.0%} without). The check"
            f" {'refuses ' + ', '.join(wrong) if wrong else 'passes all four gradients'}."
        )
