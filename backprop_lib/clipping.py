"""Clipping: a gradient that is too long is shortened, and keeps its direction."""

import numpy as np

from backprop_lib.values import require_finite, require_in_place, require_number


def clip_by_global_norm(gradients, limit):
    """g ← g · min(1, limit / ‖g‖), in place, with ‖g‖ over all gradients together.

    One scale for all keeps the direction; clipping each layer by itself would turn it.

    Args:
        gradients: the flat vector of all gradients. limit: above 0.

    Returns:
        ‖g‖ as it was.

    Raises:
        ValueError: a gradient that is NaN or infinite. TypeError: no array of floats.

    Source: Pascanu et al. 2013, "On the difficulty of training recurrent neural networks".

    >>> gradients = np.array([3.0, 4.0])
    >>> clip_by_global_norm(gradients, limit=1.0), gradients.round(6)
    (5.0, array([0.6, 0.8]))
    """
    limit = require_number("limit", limit, above=0)
    require_in_place("gradients", gradients)
    require_finite("gradients", gradients)
    largest = float(abs(gradients).max()) or 1.0
    norm = float(np.linalg.norm(gradients / largest)) * largest  # no square overflows
    if norm > limit:
        gradients *= limit / norm
    return norm
