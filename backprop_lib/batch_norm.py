"""Batch norm: every unit is brought to mean 0 and variance 1 over the batch, then scaled freely."""

import numpy as np

from backprop_lib.layer import Layer, Parameter
from backprop_lib.shapes import takes
from backprop_lib.values import require_number


@takes(X="n p", gamma="p", beta="p")
def batch_norm_forward(X, gamma, beta, *, epsilon=1e-5):
    """X̂ = (X − mean) / √(variance + ε), H = γ ⊙ X̂ + β; the training pass.

    Mean and variance are those of each unit over the n examples of this batch; the variance is the
    biased one, Σ (X − mean)² / n.

    Args:
        X: (n, p), n ≥ 2. gamma, beta: (p,), scale and shift of each unit.
        epsilon: a number above 0, so that a unit that never changes does not divide by 0.

    Returns:
        H: (n, p); X_hat: (n, p), mean and variance: (p,), which the way back and the running
        statistics need.

    Raises:
        ValueError: a single example: its X̂ is 0 whatever X is.

    Source: Ioffe and Szegedy 2015, "Batch normalization", algorithm 1.

    >>> H, X_hat, mean, variance = batch_norm_forward([[1.0], [3.0]], [10.0], [5.0], epsilon=1e-9)
    >>> print(H.T.round(3), mean, variance)
    [[-5. 15.]] [2.] [1.]
    """
    n = len(X)
    if n == 1:
        raise ValueError(
            "X has 1 example, expected at least 2: over a batch of one, batch norm makes"
            " every number 0."
        )
    epsilon = require_number("epsilon", epsilon, above=0)
    mean = X.sum(axis=0) / n
    X_hat = X - mean
    variance = np.einsum("ij,ij->j", X_hat, X_hat) / n
    X_hat /= np.sqrt(variance + epsilon)
    X_hat[:, ~np.isfinite(variance)] = np.nan  # squares that overflow would leave nothing but beta
    H = gamma * X_hat
    H += beta
    return H, X_hat, mean, variance


@takes(dH="n p", X_hat="n p", variance="p not negative", gamma="p")
def batch_norm_backward(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    """dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ, dX = γ/s ⊙ (dH − dβ/n − X̂ ⊙ dγ/n), s = √(variance + ε).

    An example moves its neighbours too: dβ/n is its path through the batch's mean, and X̂ dγ/n the
    one through the variance. Neither is there in evaluation.

    Args:
        dH: (n, p), gradient of the loss with respect to H.
        X_hat: (n, p), variance and gamma: (p,), from the way forward. epsilon: the one used there.

    Returns:
        dX: (n, p), each column sums to 0; dgamma and dbeta: (p,).

    >>> dX, dgamma, dbeta = batch_norm_backward(
    ...     [[6.0], [2.0], [4.0]], [[-1.0], [0.0], [1.0]], [1.0], [1.0], epsilon=1e-9)
    >>> print(dX.T.round(3), dgamma, dbeta)
    [[ 1.333 -2.     0.667]] [-2.] [12.]
    """
    epsilon = require_number("epsilon", epsilon, above=0)
    dgamma = np.einsum("ij,ij->j", dH, X_hat)
    dbeta = dH.sum(axis=0)
    n = len(dH)
    dX = X_hat * (-dgamma / n)  # through the variance
    dX -= dbeta / n  # through the mean
    dX += dH
    dX *= gamma / np.sqrt(variance + epsilon)
    return dX, dgamma, dbeta


@takes(X="n p", gamma="p", beta="p", mean="p", variance="p not negative")
def batch_norm_evaluate_forward(X, gamma, beta, mean, variance, *, epsilon=1e-5):
    """H = γ ⊙ (X − mean) / √(variance + ε) + β, with the running mean and variance.

    Args:
        X: (n, p), any number of examples, since none of them looks at another.
        gamma, beta, mean, variance: (p,). epsilon: a number above 0.

    Returns:
        H: (n, p).

    Raises:
        ValueError: a variance below 0.

    >>> batch_norm_evaluate_forward([[7.0]], [10.0], [5.0], [3.0], [4.0], epsilon=1e-9).round(3)
    array([[25.]])
    """
    epsilon = require_number("epsilon", epsilon, above=0)
    return gamma * ((X - mean) / np.sqrt(variance + epsilon)) + beta


@takes(dH="n p", X="n p", gamma="p", mean="p", variance="p not negative")
def batch_norm_evaluate_backward(dH, X, gamma, mean, variance, *, epsilon=1e-5):
    """dX = γ/s ⊙ dH, dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ: the statistics are constants here.

    Args:
        dH: (n, p), gradient of the loss with respect to H. X: (n, p), what went in.
        gamma, mean, variance: (p,). epsilon: the one that went forward.

    Returns:
        dX: (n, p); dgamma and dbeta: (p,).
    """
    epsilon = require_number("epsilon", epsilon, above=0)
    s = np.sqrt(variance + epsilon)
    X_hat = (X - mean) / s
    return gamma / s * dH, (dH * X_hat).sum(axis=0), dH.sum(axis=0)


class BatchNorm(Layer):
    """Batch norm over `size` units: gamma starts at 1, beta at 0.

    Each training pass moves the running statistics a little: running ← running + momentum ·
    (batch − running), as in PyTorch; Keras's momentum is 1 minus this one. The running variance
    takes the unbiased one of the batch, Σ (X − mean)² / (n − 1). An evaluation pass only reads.
    """

    parameter_names = ("gamma", "beta")
    row_wise = False
    gamma, beta, dgamma, dbeta = Parameter(), Parameter(), Parameter(), Parameter()

    def __init__(self, size, momentum=0.1, epsilon=1e-5):
        """Take the number of units.

        Raises:
            TypeError, ValueError: size below 1, momentum outside 0 … 1, epsilon not above 0.
        """
        require_number("size", size, at_least=1, whole=True)
        self.momentum = require_number("momentum", momentum, at_least=0, at_most=1)
        self.epsilon = require_number("epsilon", epsilon, above=0)
        self.hold(gamma=np.ones(size), beta=np.zeros(size))
        self.running_mean, self.running_variance = np.zeros(size), np.ones(size)
        self.sizes = size, size

    def forward(self, X):
        """Return H of a training pass, remember what the way back needs, move the statistics."""
        H, X_hat, mean, variance = batch_norm_forward(
            X, self.gamma, self.beta, epsilon=self.epsilon
        )
        self.memory = X_hat, variance
        n = len(X)
        unbiased = variance * (n / (n - 1))
        self.running_mean += self.momentum * (mean - self.running_mean)
        self.running_variance += self.momentum * (unbiased - self.running_variance)
        return H

    def apply(self, X):
        """Return H of an evaluation pass."""
        return batch_norm_evaluate_forward(
            X,
            self.gamma,
            self.beta,
            self.running_mean,
            self.running_variance,
            epsilon=self.epsilon,
        )

    def replay(self, X):
        """Return H with X's own batch statistics, remembering nothing."""
        return batch_norm_forward(X, self.gamma, self.beta, epsilon=self.epsilon)[0]

    def backward(self, dH):
        """Keep dgamma and dbeta, and return dX."""
        X_hat, variance = self.remembered()
        dX, self.dgamma[...], self.dbeta[...] = batch_norm_backward(
            dH, X_hat, variance, self.gamma, epsilon=self.epsilon
        )
        return dX

    def __repr__(self):
        return f"BatchNorm({self.sizes[0]})"
