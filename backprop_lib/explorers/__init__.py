"""Explorers: the mathematics under your hand. Each is a `compute` in numpy and a list of panels."""

from backprop_lib.explorers.forward_pass import ForwardPass
from backprop_lib.explorers.gradient_flow import GradientFlow

__all__ = ["ForwardPass", "GradientFlow"]
