"""Tables of numbers for hypothesis to draw: small ones, with whatever numbers it finds nasty."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

SEEDS = st.integers(0, 2**32 - 1)


def numbers(bound=100.0):
    """Return a strategy for floats from −bound to bound."""
    return st.floats(-bound, bound, allow_subnormal=False)


def tables(bound=100.0, least=(1, 1), most=5):
    """Return a strategy for tables (n, p) of numbers up to `bound`."""
    shapes = st.tuples(*(st.integers(low, most) for low in least))
    return hnp.arrays(float, shapes, elements=numbers(bound))


def vectors(bound=100.0, most=20):
    """Return a strategy for vectors."""
    return hnp.arrays(float, st.integers(1, most), elements=numbers(bound))


def drawn(seed, *shape):
    """Return normal numbers of that shape."""
    return np.random.default_rng(seed).standard_normal(shape)
