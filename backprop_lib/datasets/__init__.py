"""Data to learn from: real digits to train on, and a network small enough to do in the head."""

from backprop_lib.datasets.digits import Digits, load_digits
from backprop_lib.datasets.little_network import little_network

__all__ = ["Digits", "little_network", "load_digits"]
