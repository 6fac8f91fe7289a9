"""A traced graph in letters: its boxes, and the stops of a walk forward and back."""

from dataclasses import dataclass

from backprop_lib.explorers import graph_formulas as formulas
from backprop_lib.explorers.graph_layout import arrange
from backprop_lib.explorers.panels import Node, Stop


@dataclass(frozen=True)
class Step:
    """One node: its name, what made it, and of what: names, or constants as text."""

    name: str
    operation: str
    inputs: tuple  # the name of each input; "" for a constant
    constants: tuple  # for each input how it is called where it is a constant, else ""
    summed: tuple  # for each input whether its gradient is summed: it was broadcast

    @property
    def operands(self):
        """What it is made of, as a formula calls it."""
        return [name or text for name, text in zip(self.inputs, self.constants, strict=True)]

    def hands(self, name):
        """Return what its gradient hands to the input of this name, once for each use."""
        return [
            formulas.handed(self.operation, self.operands, self.name, k, self.summed[k])
            for k, one in enumerate(self.inputs) if one == name
        ]  # fmt: skip


def steps(order, names, given, fixed):
    """Return a Step for each node.

    Args:
        order, names: the nodes, and how they are called.
        given: for each node what it hands to each of its inputs.
        fixed: how each constant is called, in the order in which the nodes meet them.
    """
    called = dict(zip(order, names, strict=True))
    found, rest = [], iter(fixed)
    for node, hands in zip(order, given, strict=True):
        found.append(Step(
            called[node],
            node.operation,
            tuple(called.get(one, "") for one in node.inputs),
            tuple("" if one in called else next(rest) for one in node.inputs),
            tuple(h.shape != one.shape for h, one in zip(hands, node.inputs, strict=True)),
        ))  # fmt: skip
    return found


def boxes(graph, roles):
    """Return the graph's nodes with their places; `roles` of those that are inputs."""
    number = {step.name: k for k, step in enumerate(graph)}
    inputs = [tuple(filter(None, step.inputs)) for step in graph]
    places, routes = arrange([tuple(number[one] for one in some) for some in inputs])
    roles = {graph[-1].name: "loss"} | roles
    return tuple(
        Node(step.name, x, y, some, formulas.sign(step.operation, step.constants),
             roles.get(step.name, "forward"), tuple(map(tuple, ways)))
        for step, some, (x, y), ways in zip(graph, inputs, places, routes, strict=True)
    )  # fmt: skip


def stops(graph):
    """Return the stops: every value that is made; then every gradient, from the last on."""
    *_, end = graph
    forward = [
        Stop(s.name, f"{s.name} = {formulas.made(s.operation, s.operands)}",
             formulas.called(s.operation))
        for s in graph if s.inputs
    ]  # fmt: skip
    back = [Stop(f"d{end.name}", f"d{end.name} = 1", "here the way back begins")]
    for step in graph[-2::-1]:
        users = [user for user in graph if step.name in user.inputs]
        terms = [term for user in users for term in user.hands(step.name)]
        formula = f"d{step.name} = {formulas.added(terms)}"
        back.append(Stop(f"d{step.name}", formula, remark(step.name, users, len(terms))))
    return (*forward, *back)


def remark(name, users, uses):
    """Return what is to be noticed where a gradient arrives."""
    if uses > 1:
        return f"{name} is used {formulas.times(uses)}: what comes back adds up"
    (user,) = users
    if user.summed[user.inputs.index(name)]:
        return f"{name} was broadcast: the gradients of its copies add up"
    return formulas.remark(user.operation)
