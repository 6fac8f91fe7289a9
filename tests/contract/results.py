"""What came out of any call, as a plain list of arrays."""

import dataclasses

import numpy as np

from backprop_lib import Network
from backprop_lib.layer import Layer


def numbers(result):
    """Return every number in a result: arrays, tuples, dicts, and the library's own objects."""
    if result is None or isinstance(result, str):
        return []
    if isinstance(result, np.ndarray | np.generic | int | float | complex):
        return [np.asarray(result)]
    if isinstance(result, Network):
        result = result.layers
    elif isinstance(result, Layer):
        result = [value for value in vars(result).values() if isinstance(value, np.ndarray)]
    elif isinstance(result, dict):
        result = result.values()
    elif dataclasses.is_dataclass(result):
        result = vars(result).values()
    return [array for part in result for array in numbers(part)]
