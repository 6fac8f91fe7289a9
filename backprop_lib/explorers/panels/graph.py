"""The panel of a graph: values that are made of others, and the gradients that come back."""

import re
from dataclasses import dataclass

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from backprop_lib.explorers.panels.panel import Panel
from backprop_lib.explorers.panels.plan import Plan
from backprop_lib.explorers.paper import COLOUR, POINT, shape_name

LEAST, ENOUGH = 0.65, 600  # of its size, and pixels: a graph with less room runs down the page
FULL = 640  # pixels; a narrower graph leaves room for a panel beside it


@dataclass(frozen=True)
class Node:
    """One value: its array, its place in columns and rows, and what it is made of by which `sign`.

    Its gradient, the array of its name with a d before it, stands below it once it is there.
    `routes` holds for each input the places that the arrow passes on its way.
    """

    name: str
    x: float
    y: float
    inputs: tuple[str, ...] = ()
    sign: str = ""
    role: str = "forward"
    routes: tuple[tuple, ...] = ()


@dataclass(frozen=True)
class Graph(Panel):
    """Values in boxes, arrows to what is made of them, and back where a gradient has come.

    With `adding`, an arrow back leaves as soon as its value has its own gradient, and brings a
    number: the array "dx from p 0" is what p gives x as its input 0.
    """

    nodes: tuple[Node, ...]
    adding: bool = False

    @property
    def wide(self):
        """Whether it stands alone."""
        return Plan(self.nodes, False).spec()["width"] > FULL

    @property
    def share(self):
        """Its part of a row, next to a panel of 1."""
        return 2.1

    @property
    def roles(self):
        """The role of each value, and of its gradient."""
        gradients = {f"d{node.name}": "backward" for node in self.nodes}
        return {node.name: node.role for node in self.nodes} | gradients

    def spec(self, largest):
        """Return the panel as the page reads it: where everything stands, on both ways."""
        plans = [Plan(self.nodes, down).spec() for down in (False, True)]
        return super().spec(largest) | {"nodes": (), "plans": plans, "least": least(plans[0])}

    def draw(self, paper, left, top, width):
        """Draw the boxes and the arrows."""
        plan = Plan(self.nodes, False).spec()
        if width < least(plan):
            plan = Plan(self.nodes, True).spec()
        scale = min(1, width / plan["width"])
        pen = Pen(paper, left + (width - scale * plan["width"]) / 2, top, scale)
        for edge in plan["edges"]:
            self._edge(pen, edge)
        for node in plan["nodes"]:
            pen.node(node)
        return scale * plan["height"]

    def _edge(self, pen, edge):
        """Draw an arrow, and the one that leads back; faint what is not at work."""
        arrays, at = pen.paper.arrays, pen.paper.stop.name if pen.paper.stop else ""
        there = edge["to"] in arrays and at in ("", edge["to"])
        pen.arrow(edge["there"], "forward", 1 if there else 0.3)
        first, then = f"d{edge['from']}", f"d{edge['to']}"
        if first in arrays or (self.adding and then in arrays and then != at):
            pen.arrow(edge["back"], "backward", 1 if at in ("", first) else 0.3)
            if edge["gives"] in arrays:
                value = arrays[edge["gives"]].item()
                said = "+" * (edge["adds"] and value > 0) + pen.paper.said(first, value)
                pen.number(edge, said)


def least(plan):
    """Return the room that a graph needs to run across the page."""
    return max(LEAST * plan["width"], min(ENOUGH, plan["width"]))


class Pen:
    """Draws the parts of a graph on paper, smaller by a scale."""

    def __init__(self, paper, left, top, scale):
        self.paper, self.left, self.top, self.scale = paper, left, top, scale

    def xy(self, x, y):
        """Return a point of the paper."""
        return self.left + self.scale * x, self.top + self.scale * y

    def arrow(self, d, colour, alpha):
        """Draw an arrow: "M" begins a line, "C" goes on in curves, "L" straight."""
        points, codes = [], []
        for kind, numbers in re.findall(r"([MCL])([^MCL]*)", d):
            pairs = np.array(numbers.split(), float).reshape(-1, 2)
            points += [self.xy(x, y) for x, y in pairs]
            codes += [{"M": Path.MOVETO, "C": Path.CURVE4, "L": Path.LINETO}[kind]] * len(pairs)
        width = (1.8 if colour == "backward" else 1.3) * POINT
        style = {"facecolor": "none", "edgecolor": COLOUR[colour], "linewidth": width}
        self.paper.axes.add_artist(PathPatch(Path(points, codes), alpha=alpha, **style))

    def number(self, edge, said):
        """Write what an arrow brings back, where it arrives."""
        ground = {"facecolor": COLOUR["ground"], "edgecolor": "none", "pad": 0.4}
        self.paper.text(*self.xy(edge["x"], edge["y"]), said, "backward-ink", 12.5 * self.scale,
                        ha="left", bbox=ground)  # fmt: skip

    def node(self, node):
        """Draw a box, its sign, and below its value its gradient."""
        paper, scale, name = self.paper, self.scale, node["name"]
        style = {} if name in paper.arrays else {"linestyle": (0, (1.5, 3))}
        paper.text(*self.xy(node["signX"], node["signY"]), node["sign"],
                   size=scale * (13 if node["word"] else 17),
                   weight="normal" if node["word"] else "bold")  # fmt: skip
        width, height = node["width"], node["height"]
        paper.box(*self.xy(node["x"], node["y"]), scale * width, scale * height, 1.5, node["role"],
                  **style)  # fmt: skip
        x, y = node["x"] + width / 2, node["y"] + height / 2
        for one, below in ((name, -11), (f"d{name}", 12)):
            if one in paper.arrays:
                said = [paper.symbol(one, 15 * scale),
                        paper.piece(f"  {self._said(one)}", size=12 * scale)]  # fmt: skip
                paper.write(*self.xy(x, y + below), said, (0.5, 0.5))

    def _said(self, name):
        """Return a number, or the shape of an array."""
        array = self.paper.arrays[name]
        return shape_name(array.shape) if array.size > 1 else self.paper.said(name, array.item())
