"""Every formula of the course in the engine's primitives: the long way to the short rules."""

import numpy as np

from backprop_lib.gelu import CUBIC, SCALE


def normalize(X, gamma, beta, epsilon, axis):
    centred = X - X.mean(axis, keepdims=True)
    variance = (centred**2).mean(axis, keepdims=True)
    return gamma * centred / (variance + epsilon) ** 0.5 + beta


def log_softmax(Z):
    shifted = Z - Z.value.max(axis=1, keepdims=True)  # a constant: no gradient goes through it
    return shifted - shifted.exp().sum(axis=1, keepdims=True).log()


def softmax_cross_entropy(Z, Y):
    log_P = log_softmax(Z)
    return -(log_P[np.arange(len(Y)), Y] if Y.ndim == 1 else (Y * log_P).sum(axis=1)).mean()


def binary_cross_entropy(Z, Y):
    larger = np.maximum(Z.value, 0)  # a constant too: log(e⁰ + eᶻ), with e to no power above 0
    return (larger + (np.exp(-larger) + (Z - larger).exp()).log() - Z * Y).mean()


FORMS = {  # the first output of every formula, in primitives; what is no gradient's is a constant
    "identity": lambda Z: 1 * Z,
    "relu": lambda Z: Z * (Z.value > 0),
    "leaky_relu": lambda Z, slope: Z.relu() - slope * (-Z).relu(),
    "sigmoid": lambda Z: 1 / (1 + (-Z).exp()),
    "tanh": lambda Z: 1 - 2 / (1 + (2 * Z).exp()),
    "gelu": lambda Z: Z * (1 + (SCALE * (Z + CUBIC * Z**3)).tanh()) / 2,
    "softmax": lambda Z: log_softmax(Z).exp(),
    "dense": lambda X, W, b: X @ W + b,
    "batch_norm": lambda X, gamma, beta, epsilon: normalize(X, gamma, beta, epsilon, axis=0),
    "batch_norm_evaluate": lambda X, gamma, beta, mean, variance, epsilon: (
        gamma * (X - mean) / np.sqrt(variance + epsilon) + beta
    ),
    "layer_norm": lambda X, gamma, beta, epsilon: normalize(X, gamma, beta, epsilon, axis=1),
    "dropout": lambda A, M: A * M,
    "softmax_cross_entropy": softmax_cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "mean_squared_error": lambda Z, Y: ((Z - Y) ** 2).mean(),
}
