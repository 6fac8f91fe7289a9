"""The panels of an explorer: which arrays of the frame to show, and how. One module for each."""

from backprop_lib.explorers.panels.along import Along
from backprop_lib.explorers.panels.bars import Bars
from backprop_lib.explorers.panels.board import Board, Matrix
from backprop_lib.explorers.panels.distribution import Distribution, spread
from backprop_lib.explorers.panels.formula import Formula
from backprop_lib.explorers.panels.graph import Graph, Node
from backprop_lib.explorers.panels.heatmap import Heatmap
from backprop_lib.explorers.panels.landscape import Landscape
from backprop_lib.explorers.panels.lines import Lines
from backprop_lib.explorers.panels.microscope import Microscope
from backprop_lib.explorers.panels.panel import Curve, Panel
from backprop_lib.explorers.panels.walk import Stop, Walk
from backprop_lib.explorers.panels.words import Words
from backprop_lib.explorers.sums import Sum

__all__ = [
    "Along", "Bars", "Board", "Curve", "Distribution", "Formula", "Graph", "Heatmap", "Landscape",
    "Lines", "Matrix", "Microscope", "Node", "Panel", "Stop", "Sum", "Walk", "Words", "spread",
]  # fmt: skip
