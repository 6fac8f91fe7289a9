"""A function of your own as a graph: values in boxes, and gradients that arrive node by node."""

import contextlib
import math

import numpy as np

from backprop_lib.explorers import traced_graph as traced
from backprop_lib.explorers.controls import Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.graph_formulas import number
from backprop_lib.explorers.lettered_graph import boxes, steps, stops
from backprop_lib.explorers.notation import decimal, length, nice, plain
from backprop_lib.explorers.panels import Along, Graph, Walk, Words
from backprop_lib.explorers.paper import shape_name

MOST = 16  # nodes that can be read
POINT = "What comes back to a value adds up to its gradient."
REACH = 3.0  # of a slider whose number is neither large nor very small


class NodeByNode(Explorer):
    """The graph that a function of Nodes draws, and on a walk back the gradient of every node.

        NodeByNode(lambda a: a * a + a, a=3.0)

    Each input that is a number has a slider. A value that the function names keeps its name, the
    others are called p, q, r and so on; what the function returns is L. `go("da")` walks to a
    gradient from code, `set(a=1.5)` moves an input. Without a function it is (a b + a)².

    Args:
        function: takes Nodes by name, and returns one Node that holds one number.
        inputs: a number or an array for each of its arguments.

    Raises:
        TypeError: something that is not a function, or that does not return a Node.
        ValueError: the function fails, returns more than one number, leaves an input unused, or
            draws more nodes than can be read.
    """

    def __init__(self, function=None, /, **inputs):
        if function is None:
            function, inputs = example, {"a": 2.0, "b": -1.5} | inputs
        if not callable(function):
            raise TypeError(f"function is {function!r:.60}, expected a function of Nodes.")
        if not inputs:
            raise ValueError("There is no input, expected NodeByNode(lambda a: a * a, a=3.0).")
        self._function, self._inputs = function, inputs
        order, leaves, local = traced.run(function, inputs)
        if len(order) > MOST:
            raise ValueError(
                f"The graph has {len(order)} nodes, and at most {MOST} can be read: "
                "show a part of the function."
            )
        self._structure, self._names = traced.structure(order), traced.named(order, leaves, local)
        controls = [
            slider(name, leaf.value.item(), role(name, inputs))
            for name, leaf in leaves.items() if leaf.value.ndim == 0
        ]  # fmt: skip
        fixed = self._constants(order, controls)
        graph = steps(order, self._names, traced.handed_on(order), fixed)
        called = dict(zip(order, self._names, strict=True))
        self._leaves = [called[leaf] for leaf in leaves.values()]
        roles = {called[leaf]: role(name, inputs) for name, leaf in leaves.items()}
        walk = Walk(stops(graph), POINT, numbers=True)
        picture = Graph(boxes(graph, roles), adding=True)
        curve = [Along(self._names[-1], wide=picture.wide)] if controls else []
        panels = [walk, picture, *curve, Words()]
        super().__init__("Node by node", controls, panels)

    def compute(self, **values):
        """Return every value and its gradient, and what each node hands to each of its inputs."""
        order = self._order(values)
        called, arrays = dict(zip(order, self._names, strict=True)), {}
        for node, given in zip(order, traced.handed_on(order), strict=True):
            for name, array in ((called[node], node.value), (f"d{called[node]}", node.gradient)):
                arrays[name] = array.reshape(()) if array.size == 1 else array
            pairs = [(one, g) for one, g in zip(node.inputs, given, strict=True) if one in called]
            for k, (one, gradient) in enumerate(pairs):
                if one.value.size == 1:
                    arrays[f"d{called[one]} from {called[node]} {k}"] = gradient.sum()
        return arrays

    def words(self, arrays, /, **at):
        """Say the value that came out, and the gradient of every input."""
        end = self._names[-1]
        values = [f"{plain(n)} = {decimal(arrays[n].item(), 2)}"
                  for n in self._leaves if not arrays[n].ndim]  # fmt: skip
        where = f" at {', '.join(values)}" * bool(values)
        gradients = ", ".join(f"d{plain(n)} {size(arrays[f'd{n}'])}" for n in self._leaves)
        return f"{end} = {decimal(arrays[end].item(), 3)}{where}. Gradients: {gradients}."

    def _order(self, values):
        order, _, _ = traced.run(self._function, self._inputs | values)
        if traced.structure(order) != self._structure:
            raise ValueError("Here the function draws another graph than the one shown.")
        return order

    def _constants(self, order, controls):
        """Return the constants as text: their number, or "const" where it varies or is a table."""
        found = [traced.constants(order)]
        for control in controls:
            for end in (control.minimum, control.maximum):
                with contextlib.suppress(ValueError, TypeError):
                    found.append(traced.constants(self._order({control.name: end})))
        return [
            number(one.item()) if one.size == 1 and all(o == one for o in others) else "const"
            for one, *others in zip(*found, strict=True)
        ]


def example(a, b):
    """(a b + a)²: what is shown where no function is given."""
    return (a * b + a) ** 2


def slider(name, value, role):
    """Return the control of an input: from −3 to 3, or as far as its number asks for."""
    reach = REACH if value == 0 or 0.1 <= abs(value) <= REACH / 2 else nice(2 * abs(value))
    unit = 10 ** math.floor(math.log10(reach)) / 10
    on = round(value / unit, 9) % 1 == 0
    return Number(name=name, label=f"input {name}", value=value, minimum=-reach, maximum=reach,
                  step=unit if on else unit / 2, role=role)  # fmt: skip


def role(name, inputs):
    """Return the role of an input: W, w and a b beside them are the parameters of the course."""
    letter = name.rstrip("0123456789_")
    weights = any(other[0] in "Ww" for other in inputs)
    return "parameter" if letter in ("W", "w") or (letter == "b" and weights) else "forward"


def size(gradient):
    """Return a gradient in words: a number, or the length of a table."""
    if gradient.size == 1:
        return decimal(gradient.item(), 3)
    return f"{shape_name(gradient.shape)} of length {length(np.linalg.norm(gradient))}"
