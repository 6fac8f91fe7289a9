"""Activations: each unit's number bent on its own, and the way a gradient comes back through it."""

import numpy as np

from backprop_lib.layer import Layer
from backprop_lib.shapes import takes
from backprop_lib.values import require_number


@takes(Z="*")
def identity_forward(Z):
    """A = Z, as a fresh array.

    Args:
        Z: any shape.

    Returns:
        A, the shape of Z.

    >>> identity_forward([[-1.0, 2.0]])
    array([[-1.,  2.]])
    """
    return Z.copy()


@takes(dA="*", Z="*")
def identity_backward(dA, Z):
    """dZ = dA: the slope of a straight line is 1.

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in.

    Returns:
        dZ, the shape of Z.
    """
    return dA.copy()


@takes(Z="*")
def relu_forward(Z):
    """A = max(0, Z), entry by entry.

    Args:
        Z: any shape.

    Returns:
        A, the shape of Z.

    Source: Nair and Hinton 2010, "Rectified linear units improve restricted Boltzmann machines".

    >>> relu_forward([[-1.0, 2.0]])
    array([[0., 2.]])
    """
    return np.maximum(Z, 0)


@takes(dA="*", Z="* not NaN")
def relu_backward(dA, Z):
    """dZ = dA ⊙ 1[Z > 0]: a positive unit passes its gradient on, any other passes none.

    At Z = 0 there is no derivative; 0 is a choice, and PyTorch's too.

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in.

    Returns:
        dZ, the shape of Z.

    >>> relu_backward([[5.0, 5.0]], [[-1.0, 2.0]])
    array([[0., 5.]])
    """
    return dA * (Z > 0)


@takes(Z="*")
def leaky_relu_forward(Z, *, slope=0.01):
    """A = Z where Z > 0, and slope · Z elsewhere.

    Args:
        Z: any shape. slope: a number of at least 0, kept below 1 in practice.

    Returns:
        A, the shape of Z.

    Source: Maas et al. 2013, "Rectifier nonlinearities improve neural network acoustic models".

    >>> leaky_relu_forward([[-100.0, 2.0]])
    array([[-1.,  2.]])
    """
    slope = require_number("slope", slope, at_least=0)
    return np.where(Z.real > 0, Z, slope * Z)


@takes(dA="*", Z="* not NaN")
def leaky_relu_backward(dA, Z, *, slope=0.01):
    """dZ = dA where Z > 0, and slope · dA elsewhere, Z = 0 included.

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in. slope: the one that went forward.

    Returns:
        dZ, the shape of Z.

    >>> leaky_relu_backward([[5.0, 5.0]], [[-1.0, 2.0]])
    array([[0.05, 5.  ]])
    """
    slope = require_number("slope", slope, at_least=0)
    return np.where(Z > 0, dA, slope * dA)


@takes(Z="*")
def sigmoid_forward(Z):
    """A = 1 / (1 + e^−Z), entry by entry; computed from e^−|Z|, which cannot overflow.

    Args:
        Z: any shape.

    Returns:
        A, the shape of Z, each entry from 0 to 1.

    >>> sigmoid_forward([[-1000.0, 0.0, 1000.0]])
    array([[0. , 0.5, 1. ]])
    """
    positive = Z.real > 0
    small = np.exp(np.where(positive, -Z, Z))
    return np.where(positive, 1, small) / (1 + small)


@takes(dA="*", Z="*")
def sigmoid_backward(dA, Z):
    """dZ = dA ⊙ A ⊙ (1 − A), where A = sigmoid(Z): never more than a quarter of dA.

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in.

    Returns:
        dZ, the shape of Z.

    >>> sigmoid_backward([[8.0]], [[0.0]])
    array([[2.]])
    """
    A = sigmoid_forward(Z)
    return dA * A * (1 - A)


@takes(Z="*")
def tanh_forward(Z):
    """A = tanh(Z), entry by entry.

    Args:
        Z: any shape.

    Returns:
        A, the shape of Z, each entry from −1 to 1.

    >>> tanh_forward([[-1000.0, 0.0, 1000.0]])
    array([[-1.,  0.,  1.]])
    """
    return np.tanh(Z)


@takes(dA="*", Z="*")
def tanh_backward(dA, Z):
    """dZ = dA ⊙ (1 − tanh(Z)²).

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in.

    Returns:
        dZ, the shape of Z.

    >>> tanh_backward([[8.0]], [[0.0]])
    array([[8.]])
    """
    return dA * (1 - np.tanh(Z) ** 2)


class Activation(Layer):
    """An element-wise layer: it has no parameters and remembers Z for the way back."""

    def apply(self, Z):
        """Return A, remembering nothing."""
        return self.formula(Z)

    def backward(self, dA):
        """Return dZ, from dA and the Z that went forward."""
        return self.derivative(dA, self.remembered())


class Identity(Activation):
    """A = Z."""

    formula, derivative = staticmethod(identity_forward), staticmethod(identity_backward)


class ReLU(Activation):
    """A = max(0, Z)."""

    formula, derivative = staticmethod(relu_forward), staticmethod(relu_backward)


class LeakyReLU(Activation):
    """A = Z where Z > 0, and slope · Z elsewhere."""

    def __init__(self, slope=0.01):
        self.slope = require_number("slope", slope, at_least=0)

    def apply(self, Z):
        """Return A, remembering nothing."""
        return leaky_relu_forward(Z, slope=self.slope)

    def backward(self, dA):
        """Return dZ, from dA and the Z that went forward."""
        return leaky_relu_backward(dA, self.remembered(), slope=self.slope)


class Sigmoid(Activation):
    """A = 1 / (1 + e^−Z)."""

    formula, derivative = staticmethod(sigmoid_forward), staticmethod(sigmoid_backward)


class Tanh(Activation):
    """A = tanh(Z)."""

    formula, derivative = staticmethod(tanh_forward), staticmethod(tanh_backward)
