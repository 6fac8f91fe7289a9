"""Layer norm: every example is brought to mean 0 and variance 1 over its own units."""

import numpy as np

from backprop_lib.layer import Layer, Parameter
from backprop_lib.shapes import takes
from backprop_lib.values import require_number


@takes(X="n p", gamma="p", beta="p")
def layer_norm_forward(X, gamma, beta, *, epsilon=1e-5):
    """X̂ = (X − mean) / √(variance + ε), H = γ ⊙ X̂ + β, with mean and variance of each row.

    Batch norm over the other axis: no example looks at another, so training and evaluation are
    the same and a batch of one is no trouble.

    Args:
        X: (n, p). gamma, beta: (p,), scale and shift of each unit. epsilon: a number above 0.

    Returns:
        H: (n, p); X_hat: (n, p) and variance: (n,), which the way back needs.

    Source: Ba, Kiros and Hinton 2016, "Layer normalization", section 3.

    >>> H, X_hat, variance = layer_norm_forward([[1.0, 3.0]], [10, 10], [5, 5], epsilon=1e-9)
    >>> print(H.round(3), variance)
    [[-5. 15.]] [1.]
    """
    epsilon = require_number("epsilon", epsilon, above=0)
    p = X.shape[1]
    centred = X - X.sum(axis=1, keepdims=True) / p
    variance = np.einsum("ij,ij->i", centred, centred) / p
    X_hat = centred / np.sqrt(variance + epsilon)[:, None]
    X_hat[~np.isfinite(variance)] = np.nan  # squares that overflow would leave nothing but beta
    return gamma * X_hat + beta, X_hat, variance


@takes(dH="n p", X_hat="n p", variance="n not negative", gamma="p")
def layer_norm_backward(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    """dX = (dX̂ − mean(dX̂) − X̂ ⊙ mean(dX̂ ⊙ X̂)) / √(variance + ε), with dX̂ = dH ⊙ γ.

    The means go over the units of each row; dγ = Σᵢ dHᵢ ⊙ X̂ᵢ and dβ = Σᵢ dHᵢ over the examples.

    Args:
        dH: (n, p), gradient of the loss with respect to H.
        X_hat: (n, p), variance: (n,), from the way forward. gamma: (p,).
        epsilon: the one used there.

    Returns:
        dX: (n, p), each row sums to 0; dgamma and dbeta: (p,).

    >>> dX, dgamma, dbeta = layer_norm_backward(
    ...     [[6.0, 2.0, 4.0]], [[-1.0, 0.0, 1.0]], [1.0], [1, 1, 1], epsilon=1e-9)
    >>> print(dX.round(3), dgamma, dbeta)
    [[ 1.333 -2.     0.667]] [-6.  0.  4.] [6. 2. 4.]
    """
    epsilon = require_number("epsilon", epsilon, above=0)
    p = dH.shape[1]
    dX_hat = dH * gamma
    through_mean = dX_hat.sum(axis=1, keepdims=True) / p
    through_variance = X_hat * (dX_hat * X_hat).sum(axis=1, keepdims=True) / p
    s = np.sqrt(variance + epsilon)[:, None]
    dX = (dX_hat - through_mean - through_variance) / s
    return dX, (dH * X_hat).sum(axis=0), dH.sum(axis=0)


class LayerNorm(Layer):
    """Layer norm over `size` units: gamma starts at 1, beta at 0."""

    parameter_names = ("gamma", "beta")
    gamma, beta, dgamma, dbeta = Parameter(), Parameter(), Parameter(), Parameter()

    def __init__(self, size, epsilon=1e-5):
        """Take the number of units.

        Raises:
            TypeError, ValueError: size below 1, epsilon not above 0.
        """
        require_number("size", size, at_least=1, whole=True)
        self.epsilon = require_number("epsilon", epsilon, above=0)
        self.hold(gamma=np.ones(size), beta=np.zeros(size))
        self.sizes = size, size

    def forward(self, X):
        """Return H, and remember what the way back needs."""
        H, *self.memory = layer_norm_forward(X, self.gamma, self.beta, epsilon=self.epsilon)
        return H

    def apply(self, X):
        """Return H, remembering nothing."""
        return layer_norm_forward(X, self.gamma, self.beta, epsilon=self.epsilon)[0]

    def backward(self, dH):
        """Keep dgamma and dbeta, and return dX."""
        X_hat, variance = self.remembered()
        dX, self.dgamma[...], self.dbeta[...] = layer_norm_backward(
            dH, X_hat, variance, self.gamma, epsilon=self.epsilon
        )
        return dX

    def __repr__(self):
        return f"LayerNorm({self.sizes[0]})"
