"""Initializers: first weights that keep a signal's size from layer to layer."""

import numpy as np

from backprop_lib.values import require_generator, require_number


def he(p, q, rng):
    """W[j, k] ~ Normal(0, 2/p): for layers that ReLU follows, because it silences half the signal.

    Args:
        p: units in. q: units out. rng: a numpy Generator, such as `np.random.default_rng(0)`.

    Returns:
        W: (p, q).

    Raises:
        TypeError, ValueError: a size that is not a whole number of at least 1; no Generator.

    Source: He et al. 2015, "Delving deep into rectifiers", equation 10.

    >>> he(64, 32, np.random.default_rng(0)).shape
    (64, 32)
    """
    return _standard_normal(p, q, rng) * np.sqrt(2 / p)


def xavier(p, q, rng):
    """W[j, k] ~ Normal(0, 2/(p + q)): for tanh and sigmoid; forward and backward meet half-way.

    Args:
        p: units in. q: units out. rng: a numpy Generator, such as `np.random.default_rng(0)`.

    Returns:
        W: (p, q).

    Raises:
        TypeError, ValueError: a size that is not a whole number of at least 1; no Generator.

    Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward
    neural networks", equation 12.

    >>> xavier(64, 32, np.random.default_rng(0)).shape
    (64, 32)
    """
    return _standard_normal(p, q, rng) * np.sqrt(2 / (p + q))


def _standard_normal(p, q, rng):
    require_number("p", p, at_least=1, whole=True)
    require_number("q", q, at_least=1, whole=True)
    require_generator(rng)
    return rng.standard_normal((p, q))
