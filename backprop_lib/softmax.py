"""Softmax: a row of numbers becomes a row of probabilities, and each feels all the others."""

import numpy as np

from backprop_lib.activations import Activation
from backprop_lib.shapes import takes


@takes(Z="n K")
def softmax(Z):
    """P[i, k] = e^Z[i, k] / Σⱼ e^Z[i, j].

    Each row is first shifted by its maximum: the ratio stays the same, and nothing overflows.

    Args:
        Z: (n, K), the logits.

    Returns:
        P: (n, K), each row positive and summing to 1.

    >>> softmax([[1000.0, 1000.0]])
    array([[0.5, 0.5]])
    """
    powers = np.exp(_shifted(Z))
    return powers / powers.sum(axis=1, keepdims=True)


@takes(dP="n K", Z="n K")
def softmax_backward(dP, Z):
    """dZ = P ⊙ (dP − Σₖ dPₖ Pₖ), with P = softmax(Z) and the sum over each row.

    An element-wise rule would be wrong: every logit moves every probability of its row. This is
    the product of dP with the whole Jacobian diag(P) − P Pᵀ of a row, without ever building it.

    Args:
        dP: (n, K), gradient of the loss with respect to P.
        Z: (n, K), the logits that went in.

    Returns:
        dZ: (n, K); each row sums to 0.

    >>> softmax_backward([[8.0, 0.0]], [[0.0, 0.0]])
    array([[ 2., -2.]])
    """
    P = softmax(Z)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


@takes(Z="n K")
def log_softmax(Z):
    """log P[i, k] = Z[i, k] − log Σⱼ e^Z[i, j], exact where P itself would round to 0.

    Args:
        Z: (n, K), the logits.

    Returns:
        log P: (n, K).

    >>> log_softmax([[1000.0, -1000.0]])
    array([[    0., -2000.]])
    """
    shifted = _shifted(Z)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _shifted(Z):
    """Z less the maximum of each row, kept as Zᵀ: numpy goes down columns three times faster."""
    columns = Z.T.copy()
    return (columns - columns.real.max(axis=0)).T


class Softmax(Activation):
    """P = softmax(Z), as a layer; before cross-entropy the loss does it, and does it better."""

    formula, derivative = staticmethod(softmax), staticmethod(softmax_backward)
