"""Losses: one number for a whole batch, and the gradient everything else starts from.

Each is a mean, and its 1/n stands in the gradient below it and nowhere else on the whole way back.
"""

import numpy as np

from backprop_lib.activations import sigmoid_forward
from backprop_lib.shapes import doors, takes
from backprop_lib.softmax import log_softmax, softmax
from backprop_lib.values import require_labels, require_range


@takes(Z="n K", Y="labels n or n K")
def softmax_cross_entropy_forward(Z, Y):
    """loss = −(1/n) Σᵢ Σₖ Y[i, k] log P[i, k], with P = softmax(Z), computed from the logits.

    A label yᵢ stands for the row of Y that is 1 at yᵢ and 0 elsewhere: −(1/n) Σᵢ log P[i, yᵢ].

    Args:
        Z: (n, K), the logits.
        Y: (n,), the class of each example, from 0 to K − 1; or (n, K), one-hot or soft labels.

    Returns:
        loss: a number; P: (n, K), which the way back needs.

    Raises:
        ValueError: a label outside 0 … K − 1, a soft label below 0 or not finite.

    >>> loss, P = softmax_cross_entropy_forward([[0.0, 0.0]], [1])
    >>> print(f"{loss:.4f}")
    0.6931
    """
    log_P = log_softmax(Z)
    return _cross_entropies(log_P, Y).sum() / len(Y), np.exp(log_P)


@takes(P="n K", Y="labels n or n K")
def softmax_cross_entropy_backward(P, Y):
    """dZ = (P − Y) / n, where a label stands for its one-hot row.

    Soft labels that do not sum to 1 weigh their example: dZ = (P ΣₖYₖ − Y) / n.

    Args:
        P: (n, K), the probabilities.
        Y: (n,), the class of each example, from 0 to K − 1; or (n, K), one-hot or soft labels.

    Returns:
        dZ: (n, K), gradient of the loss with respect to the logits; each row sums to 0.

    Raises:
        ValueError: a label outside 0 … K − 1, a soft label below 0 or not finite.

    >>> softmax_cross_entropy_backward([[0.75, 0.25], [0.5, 0.5]], [0, 1])
    array([[-0.125,  0.125],
           [ 0.25 , -0.25 ]])
    """
    if not doors.open:  # inside a network the way forward has just looked
        _require_targets(Y, P.shape[1])
    n = len(Y)
    if Y.ndim == 2:
        return (P * Y.sum(axis=1, keepdims=True) - Y) / n
    dZ = P / n
    dZ[np.arange(n), Y] -= 1 / n
    return dZ


def _cross_entropies(log_P, Y):
    """The loss of each example, (n,)."""
    _require_targets(Y, log_P.shape[1])
    if Y.ndim == 2:
        return -(Y * log_P).sum(axis=1)
    return -log_P[np.arange(len(Y)), Y]


def _require_targets(Y, K):
    if Y.ndim == 2:
        require_range("Y", Y, 0)
    else:
        require_labels(Y, K)


@takes(Z="n q", Y="n q")
def binary_cross_entropy_forward(Z, Y):
    """loss = −mean(Y log P + (1 − Y) log(1 − P)), with P = sigmoid(Z), computed from the logits.

    As max(Z, 0) − Z Y + log(1 + e^−|Z|) it stays exact where P would round to 0 or 1. The mean goes
    over the examples and over the q yes-or-no questions about each, as in PyTorch.

    Args:
        Z: (n, q), the logits. Y: (n, q), from 0 (no) to 1 (yes).

    Returns:
        loss: a number; P: (n, q), which the way back needs.

    Raises:
        ValueError: an entry of Y outside 0 … 1.

    >>> loss, P = binary_cross_entropy_forward([[0.0], [1000.0]], [[1.0], [0.0]])
    >>> print(f"{loss:.4f}")
    500.3466
    """
    return _binary_cross_entropies(Z, Y).sum() / Z.size, sigmoid_forward(Z)


@takes(P="n q", Y="n q")
def binary_cross_entropy_backward(P, Y):
    """dZ = (P − Y) / (n q).

    Args:
        P: (n, q), the probabilities. Y: (n, q), from 0 (no) to 1 (yes).

    Returns:
        dZ: (n, q), gradient of the loss with respect to the logits.

    Raises:
        ValueError: an entry of Y outside 0 … 1.

    >>> binary_cross_entropy_backward([[0.75], [0.5]], [[1.0], [0.0]])
    array([[-0.125],
           [ 0.25 ]])
    """
    require_range("Y", Y, 0, 1)
    return (P - Y) / P.size


def _binary_cross_entropies(Z, Y):
    """The loss of each answer, (n, q)."""
    require_range("Y", Y, 0, 1)
    positive = Z.real > 0
    return Z * (positive - Y) + np.log1p(np.exp(np.where(positive, -Z, Z)))


@takes(Z="n q", Y="n q")
def mean_squared_error_forward(Z, Y):
    """loss = mean((Z − Y)²), over the examples and over the q outputs of each, as in PyTorch.

    Args:
        Z: (n, q), what the network says. Y: (n, q), what it should say.

    Returns:
        loss: a number.

    >>> print(mean_squared_error_forward([[1.0, 5.0]], [[1.0, 2.0]]))
    4.5
    """
    return ((Z - Y) ** 2).sum() / Z.size


@takes(Z="n q", Y="n q")
def mean_squared_error_backward(Z, Y):
    """dZ = 2 (Z − Y) / (n q).

    Args:
        Z: (n, q), what the network says. Y: (n, q), what it should say.

    Returns:
        dZ: (n, q), gradient of the loss with respect to Z.

    >>> mean_squared_error_backward([[1.0, 5.0]], [[1.0, 2.0]])
    array([[0., 3.]])
    """
    return 2 * (Z - Y) / Z.size


class Loss:
    """A loss at the end of a network: `forward` remembers what `backward` starts from."""

    memory = None

    def forward(self, Z, Y):
        """Return the loss of Z (n, K) with the targets Y, and remember both."""
        loss, P = self.formula(Z, Y)
        self.memory = P, Y
        return loss

    def backward(self):
        """Return dZ (n, K), where the way back starts.

        Raises:
            RuntimeError: nothing went forward yet.
        """
        if self.memory is None:
            name = type(self).__name__
            raise RuntimeError(
                f"{name}.backward was called before {name}.forward: run forward first."
            )
        return self.derivative(*self.memory)

    def copy(self):
        """Return a loss that remembers nothing."""
        return type(self)()

    def __repr__(self):
        return f"{type(self).__name__}()"


class SoftmaxCrossEntropy(Loss):
    """For one class out of K: Y (n,) holds labels, or Y (n, K) one-hot or soft ones."""

    targets = "labels n or n K"
    formula = staticmethod(softmax_cross_entropy_forward)
    derivative = staticmethod(softmax_cross_entropy_backward)
    output = staticmethod(softmax)

    def each(self, Z, Y):
        """Return the loss of each example, (n,)."""
        return _cross_entropies(log_softmax(Z), Y)

    def predict(self, Z):
        """Return the likeliest class of each example, (n,)."""
        return Z.argmax(axis=1)


class BinaryCrossEntropy(Loss):
    """For q questions about each example with the answers no and yes: Y (n, q) from 0 to 1."""

    targets = "n q"
    formula = staticmethod(binary_cross_entropy_forward)
    derivative = staticmethod(binary_cross_entropy_backward)
    output = staticmethod(sigmoid_forward)

    def each(self, Z, Y):
        """Return the loss of each example, (n,)."""
        return _binary_cross_entropies(Z, Y).mean(axis=1)

    def predict(self, Z):
        """Return the likelier answer to each question, 0 or 1, (n, q)."""
        return (Z > 0).astype(int)


class MeanSquaredError(Loss):
    """For numbers: Y (n, q)."""

    targets = "n q"
    derivative = staticmethod(mean_squared_error_backward)

    def formula(self, Z, Y):
        """Return the loss, and Z, which the way back needs."""
        return mean_squared_error_forward(Z, Y), Z

    def each(self, Z, Y):
        """Return the loss of each example, (n,)."""
        return ((Z - Y) ** 2).mean(axis=1)

    def output(self, Z):
        """Return Z itself."""
        return Z

    predict = output
