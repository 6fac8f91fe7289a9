"""GELU: ReLU with its corner rounded off, in the form that transformers are trained with."""

import math

import numpy as np

from backprop_lib.activations import Activation
from backprop_lib.shapes import takes

SCALE, CUBIC = math.sqrt(2 / math.pi), 0.044715


@takes(Z="*")
def gelu_forward(Z):
    """A = Z ⊙ (1 + tanh u) / 2, with u = √(2/π) (Z + 0.044715 Z³).

    This approximates Z ⊙ Φ(Z), where Φ(z) is the chance that a standard normal number is below z.

    Args:
        Z: any shape.

    Returns:
        A, the shape of Z.

    Source: Hendrycks and Gimpel 2016, "Gaussian error linear units", section 2.

    >>> gelu_forward([[0.0, 1000.0]])
    array([[   0., 1000.]])
    """
    u = SCALE * (Z + CUBIC * Z * Z * Z)
    return Z * (1 + np.tanh(u)) / 2


@takes(dA="*", Z="*")
def gelu_backward(dA, Z):
    """dZ = dA ⊙ (1 + tanh u + Z ⊙ (1 − tanh² u) ⊙ du/dZ) / 2, with u as on the way forward.

    du/dZ = √(2/π) (1 + 3 · 0.044715 Z²).

    Args:
        dA: gradient of the loss with respect to A, the shape of Z.
        Z: what went in.

    Returns:
        dZ, the shape of Z.

    >>> gelu_backward([[8.0]], [[0.0]])
    array([[4.]])
    """
    u = SCALE * (Z + CUBIC * Z * Z * Z)
    slope_of_u = SCALE * (1 + 3 * CUBIC * Z * Z)
    tanh = np.tanh(u)
    return dA * (1 + tanh + Z * (1 - tanh * tanh) * slope_of_u) / 2


class GELU(Activation):
    """A = Z ⊙ Φ(Z), approximated by tanh."""

    formula, derivative = staticmethod(gelu_forward), staticmethod(gelu_backward)
