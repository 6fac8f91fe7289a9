"""Graphs of nodes for a learner's function, and what it made of them, as plain values."""

import inspect
import re
from functools import cached_property

import numpy as np

from backprop_lib.autodiff import Node, topological_order
from backprop_lib.checks.figures import literal
from backprop_lib.checks.sandbox import Code
from backprop_lib.checks.values import Unfit, a_kind

NUMBERS = {
    "each value used once": "(c := {a} * {b}) - {e}",
    "a value used twice": "(b := {a} * a) + a",
    "a sum of itself": "(c := (b := {a} + a) + b) * {e}",
    "a short path and a long one": "(b := {a} * {e}) + (g := (f := (c := b * b) * 0.5) * b)",
    "a long path and a short one": "(g := (f := (c := (b := {a} * {e}) * b) * 0.5) * b) + b",
    "the same number twice": "(e := (c := {a} * a) * (b := Node(2.0))) + Node(2.0) * c",
    "paths that part and meet": "(f := (b := {a} * {e}) * (c := a + 1)) * b + (g := c * c) * f",
    "8 doublings": "[b := {a}, *[b := b + b for _ in range(8)]][-1]",
}
CHAIN = "[a := Node(2.0), b := a, *[b := Node(2.0, (b,), lambda d: (d,)) for _ in range({})]][-1]"


class Graph(Code):
    """The last node of a computation, given as Python: `(a := Node(2.0)) * a`.

    Every call is given new nodes. A node has the name that the text gives it, and the last one
    knows all the `others`.
    """

    @cached_property
    def _model(self):
        space = {"np": np, "Node": Node}
        end = eval(self._compiled, space)
        names = {end: "end"}
        names |= {node: name for name, node in space.items() if isinstance(node, Node)}
        return names, topological_order(end)

    def make(self):
        """Return a new last node of it. The rules are those of the model, with its values."""
        names, order = self._model
        twins = {}
        for node in order:
            twin = twins[node] = Node.__new__(Node)
            vars(twin).update(vars(node))
            twin.inputs = tuple([twins[one] for one in node.inputs])
            twin.name = names.get(node)
            if node.gradient is not None:
                twin.gradient = node.gradient.copy()
        twin.others = [*twins.values()][:-1]
        return twin


def drawn(text, rng, dtype=float):
    """Return a Graph with a node of random numbers for each `{a}`, and a table for `{X 2 3}`."""

    def node(match):
        name, *sizes = match[1].split()
        shape = [int(size) for size in sizes]
        value = rng.choice((-1, 1), shape) * rng.uniform(0.5, 2, shape).round(1)
        return f"({name} := Node({literal(value.astype(dtype) if sizes else float(value))}))"

    return Graph(re.sub(r"{(.+?)}", node, text))


def order_seen(function, end):
    """Return what can be said of the order that a function makes of the nodes."""
    order = function(end)
    if inspect.isgenerator(order):
        order = list(order)
    if order is None:
        return None
    if not isinstance(order, (list, tuple)):
        raise Unfit(f"It returns {a_kind(order)}, expected a list of nodes.")
    place = {}
    for k, node in enumerate(order):
        if not isinstance(node, Node):
            raise Unfit(f"order[{k}] is {a_kind(node)}, expected a Node.")
        place.setdefault(node, k)
    early = [
        node for node in (*end.others, end)
        if any(place.get(one, -1) > place.get(node, len(order)) for one in node.inputs)
    ]  # fmt: skip
    return {
        "nodes in the list": len(order),
        "nodes that come again": len(order) - len(place),
        "nodes before one of their inputs": len(early),
        "the last is the end": bool(order) and order[-1] is end,
    }


def gradients_seen(function, end):
    """Return the gradients by the names of their nodes, as a function leaves them."""
    function(end)
    graph = (*end.others, end)
    for node in graph:
        if node.gradient is None:
            raise Unfit(f"After it, the gradient of {node.name or 'a node'} is still None.")
    return {node.name: _plain(node.gradient) for node in graph if node.name}


def loss_seen(function, Z, Y):
    """Return the value of the loss that a function makes, and the gradient that its rule returns.

    Twice the loss has twice the gradient; this asks whether the rule looks at what is given to it.
    """
    loss = function(Z, Y)
    if loss is None:
        raise Unfit("It returns None. Is `return` missing at its end?")
    if not isinstance(loss, Node):
        raise Unfit(f"It returns {a_kind(loss)}, expected a Node.")
    if loss.value.size != 1:
        raise Unfit(f"The loss has shape {loss.shape}, expected one number.")
    gradients = []
    for end in (loss, loss * 2):
        Z.gradient = None
        end.backward()
        if Z.gradient is None:
            raise Unfit("No gradient comes back to Z. Is Z among the inputs of your node?")
        gradients.append(Z.gradient)
    return loss.value[()], *gradients


def _plain(gradient):
    """A number counts as an array without axes, however it was written."""
    if isinstance(gradient, np.ndarray) and gradient.ndim == 0:
        return gradient[()]
    return float(gradient) if type(gradient) is int else gradient
