"""A function of Nodes, run once: the graph that it drew, with a name for every node."""

import re
import sys

import numpy as np

from backprop_lib.autodiff import Node, topological_order
from backprop_lib.shapes import admit

NAME = r"([^\W\d_]+)_?(\d*)"
LETTERS = "pqrstuvzcfhkmnyxwabijlo"  # of values that the function does not name; no d


def run(function, values):
    """Return (order, leaves, local) of function(**values): its nodes, its inputs, its own names.

    Each node stands after its inputs, the end last. What no input leads to is a constant, and not
    among the nodes.

    Args:
        values: {name: number or array}.

    Raises:
        ValueError: the function fails, does not return one number, or does not use an input.
        TypeError: it returns no Node.
    """
    leaves = {name: Node(*admit({name: "*"}, {name: value})) for name, value in values.items()}
    end, local = called(function, leaves)
    if not isinstance(end, Node):
        raise TypeError(f"The function returned {end!r:.60}, expected a Node made of its inputs.")
    if end.value.size != 1:
        raise ValueError(
            f"The function returned a value of shape {end.shape}. Gradients start at one number, "
            "the loss: its sum, or its mean."
        )
    every, found = topological_order(end), set(leaves.values())
    unused = [name for name, leaf in leaves.items() if leaf not in every]
    if unused:
        raise ValueError(f"Nothing that the function returns is made of {' and '.join(unused)}.")
    if end in found:
        raise ValueError("The function returned its input: there is nothing between to be drawn.")
    for node in every:
        if not found.isdisjoint(node.inputs):
            found.add(node)
    return [node for node in every if node in found], leaves, local


def called(function, leaves):
    """Return what the function returns, and its local names as they stand at its end."""
    local, here, before = {}, sys._getframe(), sys.getprofile()

    def watch(frame, event, _):
        if event == "return" and frame.f_back is here:
            local.update(frame.f_locals)

    sys.setprofile(watch)
    try:
        with np.errstate(all="ignore"):
            return function(**leaves), local
    except Exception as reason:
        numbers = ", ".join(f"{n} = {v.value:g}" for n, v in leaves.items() if v.value.ndim == 0)
        where = f" at {numbers}" * bool(numbers)
        problem = f"The function fails{where}: {type(reason).__name__}: {reason}"
        raise ValueError(problem) from reason
    finally:
        sys.setprofile(before)


def shown(name):
    """Return a name of the function as an explorer writes it: its letters, and its number raised.

    Raises:
        ValueError: it has other parts than these.

    >>> shown("W1"), shown("w_2"), shown("loss")
    ('W^1', 'w^2', 'loss')
    """
    found = re.fullmatch(NAME, name)
    if not found:
        raise ValueError(f"{name} cannot be drawn: a name is letters and a number, as in W1.")
    return "^".join(filter(None, found.groups()))


def named(order, leaves, local):
    """Return the name of each node: the function's own where it has one, else a letter.

    Raises:
        ValueError: an input's name cannot be drawn, or is that of another's gradient.
    """
    own = {leaf: shown(name) for name, leaf in leaves.items()}
    for name in own.values():
        if f"d{name}" in own.values():
            raise ValueError(f"d{name} is the gradient of {name}: give the input another name.")
    for name, value in local.items():
        drawn = isinstance(value, Node) and value in order and value not in own
        if drawn and re.fullmatch(NAME, name) and free(shown(name), own.values()):
            own[value] = shown(name)
    if free("L", own.values()):
        own.setdefault(order[-1], "L")
    for node in order:
        if node not in own:
            letters = LETTERS.upper() if node.value.ndim == 2 else LETTERS
            own[node] = next(letter for letter in letters if free(letter, own.values()))
    return [own[node] for node in order]


def free(name, taken):
    """Tell whether a value may have this name: it is no other's, nor that of a gradient."""
    return not {name, f"d{name}", name.removeprefix("d")} & set(taken)


def structure(order):
    """Return what stays while the values change: the operations, and which nodes they join."""
    number = {node: k for k, node in enumerate(order)}
    return [(node.operation, tuple(number.get(one) for one in node.inputs)) for node in order]


def constants(order):
    """Return the values of the constants that the graph meets, in order."""
    nodes = set(order)
    return [one.value for node in order for one in node.inputs if one not in nodes]


def handed_on(order):
    """Return for each node what it hands to each of its inputs, before it is summed to a shape."""
    with np.errstate(all="ignore"):
        order[-1].backward()
        return [node.rule(node.gradient) if node.inputs else () for node in order]
