"""One mask, both ways: what dropout drops on the way forward, and what comes back."""

import numpy as np

from backprop_lib.dropout import dropout_backward
from backprop_lib.explorers.controls import Choice, Integer, Number, Switch
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal
from backprop_lib.explorers.panels import Bars, Board, Curve, Formula, Lines, Matrix, Words

BACK = {
    "same": ("the same mask", "the mask that went forward"),
    "unscaled": ("the same, without its scale", "the mask without its scale"),
    "fresh": ("a fresh mask", "a mask that was drawn anew"),
}
DRAWS = 200
A = np.array([[2.0, 0.5, 1.5, 3.0, 1.0], [1.0, 2.5, 0.5, 1.0, 2.0], [3.0, 1.0, 2.0, 1.5, 0.5]])
DH = np.array(
    [[0.2, -0.1, 0.3, -0.2, 0.1], [-0.1, 0.2, 0.1, 0.3, -0.3], [0.1, 0.3, -0.2, -0.1, 0.2]]
)


class OneMask(Explorer):
    """H = A ⊙ M and dA = dH ⊙ M of a small layer, for any drop_prob and each of 200 draws.

    A and dH stay as they are, so that only what the mask does is seen. The same random numbers
    decide at every drop_prob: a larger one drops more, and brings nobody back.

    Args:
        drop_prob: from 0 to 0.95. back: "same", "unscaled" or "fresh", what dH is multiplied by.

    Raises:
        ValueError, TypeError: a value that its control refuses.
    """

    def __init__(self, drop_prob=0.5, back="same"):
        self._drawn = np.random.default_rng(5).random((DRAWS + 1, *A.shape))
        options = {name: label for name, (label, _) in BACK.items()}
        controls = [
            Number(name="drop_prob", label="drop_prob", value=drop_prob,
                   minimum=0, maximum=0.95, step=0.05),
            Integer(name="draw", label="a new draw", value=1, minimum=1, maximum=DRAWS),
            Switch(name="training", label="training", value=True),
            Choice(name="back", label="going back", value=back, options=options),
        ]  # fmt: skip
        board = Board((
            Matrix("A", below=Matrix("dA", "backward")),
            Matrix("M", before="⊙", below=Matrix("M′")),
            Matrix("H", before="=", below=Matrix("dH", "backward")),
        ), tight=True)  # fmt: skip
        curves = Curve("so far", "mean"), Curve("a", "A[0, 0]")
        means = ("A", "mean of A"), ("H", "mean of H")
        panels = [
            Formula(("H = A ⊙ M", "dA = dH ⊙ M′")),
            board,
            Lines("mean of H[0, 0] so far", "draws", curves, at="now", across="draws"),
            Bars("mean of all entries, in this draw", means, "forward", reach=5),
            Words(),
        ]
        super().__init__("One mask, both ways", controls, panels)

    def compute(self, drop_prob, draw, training, back):
        """Return both ways of this draw, and the mean of H[0, 0] over all draws up to each one."""
        drop_prob = drop_prob * training  # in evaluation nothing is dropped
        masks = (self._drawn >= drop_prob) / (1 - drop_prob)
        M, fresh = masks[draw - 1], masks[draw]
        onward = {"same": M, "unscaled": (M > 0) * 1.0, "fresh": fresh}[back]
        draws = np.arange(1.0, DRAWS + 1)
        return {
            "A": A,
            "M": M,
            "H": A * M,
            "dH": DH,
            "M′": onward,
            "dA": dropout_backward(DH, onward),
            "draws": draws,
            "now": draw,
            "mean of A": A.mean(),
            "mean of H": (A * M).mean(),
            "so far": A[0, 0] * np.cumsum(masks[:DRAWS, 0, 0]) / draws,
            "a": np.full(DRAWS, A[0, 0]),
        }

    def words(self, arrays, drop_prob, draw, training, back):
        """Say what is dropped, what the rest is multiplied by, and whether dA is right."""
        M, mean = arrays["M"], arrays["so far"][draw - 1]
        wrong = int(np.count_nonzero(arrays["M′"] != M))
        verdict = "dA is right" if not wrong else f"{wrong} of the {M.size} entries of dA are wrong"
        dropped = np.count_nonzero(M == 0)
        mode = (
            f"Training, draw {draw}: {dropped} of {M.size} entries are dropped, the others are"
            f" multiplied by {decimal(1 / (1 - drop_prob), 2)}."
            if training
            else "Evaluation: nothing is dropped, and nothing is scaled. H is A."
        )
        return (
            f"{mode} Back goes {BACK[back][1]}: {verdict}. Over {draw}"
            f" {'draw' if draw == 1 else 'draws'} the mean of H[0, 0] is {decimal(mean, 2)};"
            f" A[0, 0] is {decimal(A[0, 0], 2)}."
        )
