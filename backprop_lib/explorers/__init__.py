"""Explorers: the mathematics under your hand. Each is a `compute` in numpy and a list of panels."""

from backprop_lib.explorers.batch_norm import ThreePaths
from backprop_lib.explorers.break_it import BreakIt
from backprop_lib.explorers.dropout import OneMask
from backprop_lib.explorers.forward_pass import ForwardPass
from backprop_lib.explorers.gradient_check import ErrorCurve
from backprop_lib.explorers.gradient_flow import GradientFlow
from backprop_lib.explorers.node_by_node import NodeByNode
from backprop_lib.explorers.optimizers import OptimizerRace
from backprop_lib.explorers.softmax_cross_entropy import PushAndPull
from backprop_lib.explorers.through_the_layers import ThroughTheLayers
from backprop_lib.explorers.training_cockpit import TrainingCockpit

__all__ = [
    "BreakIt",
    "ErrorCurve",
    "ForwardPass",
    "GradientFlow",
    "NodeByNode",
    "OneMask",
    "OptimizerRace",
    "PushAndPull",
    "ThreePaths",
    "ThroughTheLayers",
    "TrainingCockpit",
]
