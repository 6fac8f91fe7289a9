"""Chapter 10, the engine: from the end back through every node, and what goes wrong."""

import numpy as np

from backprop_lib.autodiff import sum_to_shape, topological_order
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.graphs import CHAIN, NUMBERS, Graph, drawn, gradients_seen
from backprop_lib.checks.misconceptions import source_of

# One for all, as it takes the longest; and yet deeper than Python recurses.
DEEP = Case("1,100 nodes in a row", {"end": Graph(CHAIN.format(1100))})
TABLES = {
    "a dense layer": "(A := (Z := {X 3 2} @ {W 2 4} + {b 4}).relu()).sum()",
    "rows, columns and numbers": "(Z := {X 2 3} * {r 1 3} + {c 2 1} * {s} + {b 3}).sum()",
    "less their mean": "(Z := (H := {X 4 3} - (m := X.mean(axis=0))) * H + m).mean()",
    "a table of one number": "{X 1 3} @ {W 3 1}",
    "gradients of an earlier call": "[end := (b := {a} * a) + a, end.backward()][0]",
}


def backward(end):
    """Begin with 1 at the end; in reverse order, each node adds to the gradients of its inputs."""
    order = topological_order(end)
    for node in order:
        node.gradient = np.zeros_like(node.value)
    end.gradient = np.ones_like(end.value)
    for node in reversed(order):
        if node.inputs:
            gradients = node.rule(node.gradient)
            for one, gradient in zip(node.inputs, gradients, strict=True):
                one.gradient += sum_to_shape(gradient, one.shape)


def graphs_to_go_back(rng):
    """Return graphs of numbers and of tables, a deep one, and one that has been gone through."""
    texts = NUMBERS | TABLES
    cases = [Case(words, {"end": drawn(text, rng)}) for words, text in texts.items()]
    float32 = drawn(TABLES["a dense layer"], rng, np.float32)
    cases.append(Case("float32 numbers", {"end": float32}))
    return [*cases, DEEP]


SUMMED, WAY = "one.gradient += sum_to_shape(gradient, one.shape)", "for node in reversed(order):"
ZEROS, SEED = "node.gradient = np.zeros_like(node.value)", "np.ones_like(end.value)"
ALL = "topological_order(end)"
AGAIN = source_of(backward).partition("    end.gradient = np.ones_like(end.value)\n    ")[2]
BACKWARD = Exercise(
    reference=backward,
    returns=(),
    updates=("gradients",),
    cases_of=graphs_to_go_back,
    through=gradients_seen,
    where="A value used twice",
    hints=(
        "What is the gradient of the end with respect to itself? And when is a node's complete?",
        "All start at 0, the end at 1. In reverse order, each rule's gradients are added.",
        "`one.gradient += sum_to_shape(gradient, one.shape)`, for each input and its gradient",
    ),
    afterwards="That is an engine. Every gradient of this course goes through these lines.",
    wrong_answers=(
        WrongAnswer("overwritten", SUMMED, SUMMED.replace("+=", "="),
            "A gradient overwrites the one that was there. A value that is used twice gets a part"
            " from each use: `+=`."),
        WrongAnswer("forward order", WAY, "for node in order:",
            "The nodes hand on in the order of the way forward, before anything has reached them."
            " Begin at the end: reversed."),
        WrongAnswer("no seed", SEED, "np.zeros_like(end.value)",
            "All gradients are 0, or nearly all: nothing was put in at the end, or it was set back"
            " to 0 after that. The end moves as it moves itself: its gradient is 1."),
        WrongAnswer("value for the seed", SEED, "end.value.copy()",
            "The gradient of the end is its value. It moves as it moves itself: that is 1."),
        WrongAnswer("a plain 1 for the seed", SEED, "1.0",
            "The gradient of the end is a plain 1, and some rules cannot use that. It is an array,"
            " of the shape of the value: np.ones_like(end.value)."),
        WrongAnswer("seed without axes", SEED, "np.array(1, end.value.dtype)",
            "The gradient of the end is a number without axes, also where its value is a table of"
            " one number. A gradient has the shape of its value: np.ones_like.",
            "Broadcast forward, sum backward"),
        WrongAnswer("not summed to the shape", "sum_to_shape(gradient, one.shape)", "gradient",
            "What was broadcast on the way forward gets a gradient that is too large for it. Sum it"
            " to the shape of its value.", "Broadcast forward, sum backward"),
        WrongAnswer("not summed, and added anew", SUMMED, "one.gradient = one.gradient + gradient",
            "What was broadcast on the way forward ends with a gradient that is too large for it:"
            " `+` broadcasts once more. Sum it to the shape of its value.",
            "Broadcast forward, sum backward"),
        WrongAnswer("old gradients kept", ZEROS,
            "node.gradient = np.zeros_like(node.value) if node.gradient is None else node.gradient",
            "Gradients of an earlier call are still there, and the new ones are added to them."
            " PyTorch does so on purpose; here each call begins at 0.", "If you know PyTorch"),
        WrongAnswer("zeros of float64", ZEROS, "node.gradient = np.zeros(node.shape)",
            "float32 goes in, and float64 comes back: np.zeros makes that unless it is told dtype."
            " np.zeros_like takes both shape and dtype from the value."),
        WrongAnswer("breadth first", ALL,
            "{}\n    near = [end]\n    for node in near:\n"
            "        if node not in order:\n"
            "            order[node] = True\n"
            "            near += node.inputs\n"
            "    order = [*order][::-1]",
            "Nodes hand on by how few steps they are from the end. One that is also reached by a"
            " longer path hands on before everything has come back to it.", "In which order"),
        WrongAnswer("handed on at every arrival", WAY,
            "near = [end]\n    for node in near:\n        near += node.inputs",
            "A node hands on whenever something arrives, and each time all that it has: what came"
            " first is handed on again. Wait until everything has come back.", "In which order"),
        WrongAnswer("handed on at once", AGAIN,
            "def go(node):\n"
            "        gradients = node.rule(node.gradient) if node.inputs else ()\n"
            "        for one, gradient in zip(node.inputs, gradients, strict=True):\n"
            "            one.gradient += sum_to_shape(gradient, one.shape)\n"
            "            go(one)\n\n"
            "    go(end)",
            "A node hands on as soon as something arrives, and each time all that it has: what came"
            " first is handed on again. Put all nodes in order first, and go through them once.",
            "In which order"),
        WrongAnswer("one array for two nodes", SUMMED,
            "gradient = sum_to_shape(gradient, one.shape) if gradient.shape != one.shape"
            " else gradient\n"
            "                if one.gradient.any():\n"
            "                    one.gradient += gradient\n"
            "                else:\n"
            "                    one.gradient = gradient",
            "Two nodes share one array as their gradient: a sum's rule hands the same one to both."
            " What is then added to one, with `+=`, is added to the other too. Begin with zeros of"
            " its own for each."),
        WrongAnswer("value for the gradient", "node.rule(node.gradient)", "node.rule(node.value)",
            "The rule is given the value of its node. It asks for the gradient.",
            "Every node has one rule"),
        WrongAnswer("first input alone", "zip(node.inputs, gradients, strict=True)",
            "zip(node.inputs[:1], gradients)",
            "Only the first input of each node gets its part. The rule has one for each.",
            "Every node has one rule"),
        WrongAnswer("gradients swapped", "zip(node.inputs, gradients, strict=True)",
            "zip(node.inputs, gradients[::-1], strict=True)",
            "The rule's gradients come in the order of the inputs. Here they are the other way"
            " round.", "Every node has one rule"),
        WrongAnswer("cleared on the way", "gradients = node.rule(node.gradient)",
            "gradients, node.gradient = node.rule(node.gradient), np.zeros_like(node.value)",
            "A node's gradient is set back to 0 once it is handed on. Every node is to keep its"
            " own."),
    ),
)  # fmt: skip
