"""The panel of a graph: values that are made of others, and the gradients that come back."""

from dataclasses import dataclass

from backprop_lib.explorers.notation import decimal
from backprop_lib.explorers.panels.panel import Panel
from backprop_lib.explorers.paper import shape_name

UNIT = {"width": 150, "height": 84}  # pixels from one place to the next
BOX = {"width": 84, "height": 52}


@dataclass(frozen=True)
class Node:
    """One value: its array, its place in columns and rows, and what it is made of by which `sign`.

    Its gradient, the array of its name with a d before it, stands below it once it is there.
    """

    name: str
    x: float
    y: float
    inputs: tuple[str, ...] = ()
    sign: str = ""
    role: str = "forward"


@dataclass(frozen=True)
class Graph(Panel):
    """Values in boxes, arrows to what is made of them, and back where a gradient has come."""

    wide = True

    nodes: tuple[Node, ...]

    @property
    def roles(self):
        """The role of each value, and of its gradient."""
        gradients = {f"d{node.name}": "backward" for node in self.nodes}
        return {node.name: node.role for node in self.nodes} | gradients

    def spec(self, largest):
        """Return the panel as the page reads it: where everything stands."""
        return super().spec(largest) | self.plan()

    def plan(self):
        """Return {"nodes", "edges", "width", "height"}: the places of all, in pixels."""
        at = {node.name: (node.x * UNIT["width"], node.y * UNIT["height"]) for node in self.nodes}
        middle, pad = BOX["height"] / 2, 8
        nodes = [{"name": n.name, "role": n.role, "sign": n.sign, "x": pad + at[n.name][0],
                  "y": pad + at[n.name][1], **BOX} for n in self.nodes]  # fmt: skip
        edges = [
            {"from": one, "to": node.name, "x": pad + at[one][0] + BOX["width"],
             "y": pad + at[one][1] + middle, "toX": pad + at[node.name][0] - 20 * bool(node.sign),
             "toY": pad + at[node.name][1] + middle}
            for node in self.nodes for one in node.inputs
        ]  # fmt: skip
        width = max(x for x, _ in at.values()) + BOX["width"] + 2 * pad
        height = max(y for _, y in at.values()) + BOX["height"] + 2 * pad
        return {"nodes": nodes, "edges": edges, "width": width, "height": height}

    def draw(self, paper, left, top, width):
        """Draw the boxes and the arrows."""
        plan = self.plan()
        left += (width - plan["width"]) / 2
        for edge in plan["edges"]:
            start = (left + edge["x"], top + edge["y"])
            end = (left + edge["toX"], top + edge["toY"])
            there = edge["to"] in paper.arrays
            paper.arrow(start, end, "forward", 1 if there else 0.3)
            if f"d{edge['from']}" in paper.arrays:
                paper.arrow((end[0] - 4, end[1] + 10), (start[0] + 4, start[1] + 10), "backward")
        for node in plan["nodes"]:
            x, y = left + node["x"], top + node["y"]
            style = {} if node["name"] in paper.arrays else {"linestyle": (0, (1.5, 3))}
            if node["sign"]:
                paper.text(x - 10, y + BOX["height"] / 2, node["sign"], size=17)
            paper.box(x, y, BOX["width"], BOX["height"], 1.5, node["role"], **style)
            for name, line in ((node["name"], 15), (f"d{node['name']}", 38)):
                if name in paper.arrays:
                    number = paper.piece(f"  {self._said(paper, name)}", size=12)
                    said = [paper.symbol(name, 15), number]
                    paper.write(x + BOX["width"] / 2, y + line, said, (0.5, 0.5))
        return plan["height"]

    def _said(self, paper, name):
        """Return a number, or the shape of an array."""
        array = paper.arrays[name]
        if array.size > 1:
            return shape_name(array.shape)
        return decimal(array.item(), paper.explorer.digits(name))
