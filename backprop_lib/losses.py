"""Losses: one number for a whole batch, and the gradient everything else starts from."""

import numpy as np

from backprop_lib.shapes import require_labels, takes


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
    powers = np.exp(Z - Z.real.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


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
    shifted = Z - Z.real.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@takes(Z="n K", Y="labels n")
def softmax_cross_entropy_forward(Z, Y):
    """loss = −(1/n) Σᵢ log P[i, yᵢ], with P = softmax(Z), computed from the logits.

    Args:
        Z: (n, K), the logits.
        Y: (n,), the class of each example, from 0 to K − 1.

    Returns:
        loss: a number; P: (n, K), which the way back needs.

    Raises:
        ValueError: a label outside 0 … K − 1.

    >>> loss, P = softmax_cross_entropy_forward([[0.0, 0.0]], [1])
    >>> print(f"{loss:.4f}")
    0.6931
    """
    require_labels(Y, Z.shape[1])
    log_P = log_softmax(Z)
    loss = -log_P[np.arange(len(Y)), Y].mean()
    return loss, np.exp(log_P)


@takes(P="n K", Y="labels n")
def softmax_cross_entropy_backward(P, Y):
    """dZ = (P − onehot(Y)) / n. This 1/n, of the mean, is the only one on the whole way back.

    Args:
        P: (n, K), the probabilities.
        Y: (n,), the class of each example, from 0 to K − 1.

    Returns:
        dZ: (n, K), gradient of the loss with respect to the logits; each row sums to 0.

    Raises:
        ValueError: a label outside 0 … K − 1.

    >>> softmax_cross_entropy_backward([[0.75, 0.25], [0.5, 0.5]], [0, 1])
    array([[-0.125,  0.125],
           [ 0.25 , -0.25 ]])
    """
    require_labels(Y, P.shape[1])
    n = len(Y)
    dZ = P.copy()
    dZ[np.arange(n), Y] -= 1
    return dZ / n
