"""Dropout: in training a random part of the units is silenced, and the rest speak up for them."""

from backprop_lib.layer import Layer
from backprop_lib.shapes import admit, takes
from backprop_lib.values import require_generator, require_number


@takes(A="n p")
def dropout_forward(A, drop_prob, rng):
    """H = A ⊙ M, with M = 0 with the chance drop_prob and 1 / (1 − drop_prob) otherwise.

    That scale keeps the mean of H at A, so evaluation needs no scale at all.

    Args:
        A: (n, p). drop_prob: from 0 to below 1. rng: a numpy Generator.

    Returns:
        H: (n, p); M: (n, p), the mask, which the way back needs.

    Raises:
        TypeError, ValueError: drop_prob outside 0 … 1, or 1 itself; no Generator.

    Source: Srivastava et al. 2014, "Dropout", section 10 for this "inverted" form.

    >>> import numpy as np
    >>> H, M = dropout_forward(np.ones((2, 4)), 0.5, np.random.default_rng(0))
    >>> M
    array([[2., 0., 0., 0.],
           [2., 2., 2., 2.]])
    """
    drop_prob = require_number("drop_prob", drop_prob, at_least=0, below=1)
    require_generator(rng)
    scale = A.real.dtype.type(1 / (1 - drop_prob))  # a Python float would make M float64
    M = (rng.random(A.shape) >= drop_prob) * scale
    return A * M, M


@takes(dH="n p", M="n p")
def dropout_backward(dH, M):
    """dA = dH ⊙ M: the same mask and the same scale as on the way forward.

    Args:
        dH: (n, p), gradient of the loss with respect to H. M: (n, p), the mask.

    Returns:
        dA: (n, p).

    >>> dropout_backward([[3.0, 5.0]], [[2.0, 0.0]])
    array([[6., 0.]])
    """
    return dH * M


class Dropout(Layer):
    """Dropout: each training pass draws a fresh mask M, from a child of the Generator it is given.

    A child, `rng.spawn`, is independent of whatever else `rng` is used for.
    """

    row_wise = False

    def __init__(self, drop_prob, rng):
        """Take the chance that a unit is silenced, and a numpy Generator.

        Raises:
            TypeError, ValueError: drop_prob outside 0 … 1, or 1 itself; no Generator.
        """
        self.drop_prob = require_number("drop_prob", drop_prob, at_least=0, below=1)
        require_generator(rng)
        (self.rng,) = rng.spawn(1)

    def forward(self, A):
        """Return H of a training pass, and remember the mask."""
        H, self.memory = dropout_forward(A, self.drop_prob, self.rng)
        return H

    def apply(self, A):
        """Return A: in evaluation nothing is dropped."""
        (A,) = admit({"A": "n p"}, {"A": A})
        return A.copy()

    def replay(self, A):
        """Return A ⊙ M with the mask of the last training pass."""
        return A * self.remembered()

    def backward(self, dH):
        """Return dA, through the mask that went forward."""
        return dropout_backward(dH, self.remembered())

    def __repr__(self):
        return f"Dropout({self.drop_prob})"
