"""Chapter 10, in which order: all nodes of a graph in a row, and what goes wrong."""

from backprop_lib.autodiff import topological_order
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.graphs import CHAIN, NUMBERS, Graph, drawn, order_seen

# One for all, as it takes the longest to make.
DEEP = Case("2,000 nodes in a row", {"end": Graph(CHAIN.format(2000))})


def graphs_to_sort(rng):
    """Return graphs of numbers, and a chain that is deeper than Python recurses."""
    cases = [Case(words, {"end": drawn(text, rng)}) for words, text in NUMBERS.items()]
    return [*cases, DEEP]


START, APPENDED = "order, seen, waiting = [], set(), [(end, False)]", "order.append(node)"
ORDER = Exercise(
    reference=topological_order,
    returns=("order",),
    cases_of=graphs_to_sort,
    through=order_seen,
    measured=lambda given, order: order,
    where="In which order",
    hints=(
        "A node may stand in the order once all its inputs do. When you meet it, do they?",
        "Meet a node: put it back, marked, and its inputs on top. Meet it marked: append it.",
        "`waiting.append((node, True))`, then `waiting.append((one, False))` for each input",
    ),
    afterwards="Read from its end, it is the order in which gradients are complete.",
    wrong_answers=(
        WrongAnswer("recursion", START,
            "order, seen, waiting = [], set(), []\n\n"
            "    def visit(node):\n"
            "        if node not in seen:\n"
            "            seen.add(node)\n"
            "            for one in node.inputs:\n"
            "                visit(one)\n"
            "            order.append(node)\n\n"
            "    visit(end)",
            "The order is right, but the function calls itself once for each step down, and Python"
            " stops that after a thousand. Keep the nodes that wait in a list."),
        WrongAnswer("a node again and again", "elif node not in seen:", "else:",
            "A node that is used twice stands there twice, and would hand on its gradient twice."
            " Remember which nodes you have met."),
        WrongAnswer("the end first", "return order", "return order[::-1]",
            "The order is the other way round: inputs stand first, and the end last."),
        WrongAnswer("breadth first", START,
            "order, seen, waiting = {}, set(), []\n"
            "    near = [end]\n"
            "    for node in near:\n"
            "        if node not in order:\n"
            "            order[node] = True\n"
            "            near += node.inputs\n"
            "    order = [*order][::-1]",
            "Nodes stand by how few steps they are from the end. Where a value is used by a short"
            " path and by a long one, it then stands too late: it must precede both."),
        WrongAnswer("appended when met", START,
            "order, seen, waiting = [], set(), []\n"
            "    near = [end]\n"
            "    while near:\n"
            "        node = near.pop()\n"
            "        if node not in seen:\n"
            "            seen.add(node)\n"
            "            order.append(node)\n"
            "            near += node.inputs\n"
            "    order.reverse()",
            "Each node is appended when it is met, and the list is reversed. Another path to one of"
            " its inputs may already have been taken by then. Append it when its inputs stand."),
        WrongAnswer("marked too early", START,
            "order, seen, waiting = [], {end}, []\n"
            "    near = [(end, False)]\n"
            "    while near:\n"
            "        node, inputs_stand = near.pop()\n"
            "        if inputs_stand:\n"
            "            order.append(node)\n"
            "        else:\n"
            "            near.append((node, True))\n"
            "            for one in node.inputs:\n"
            "                if one not in seen:\n"
            "                    seen.add(one)\n"
            "                    near.append((one, False))",
            "A node counts as met as soon as it is put on the list, and then waits there, while"
            " what is made of it is appended. Mark it when you take it off."),
        WrongAnswer("the end left out", "return order", "return order[:-1]",
            "The end is missing. It is a node too: the last."),
        WrongAnswer("starts left out", APPENDED, "order += [node] * bool(node.inputs)",
            "Nodes without inputs are left out: the parameters and the data, whose gradients are"
            " the ones that are wanted."),
        WrongAnswer("starts alone", APPENDED, "order += [node] * (not node.inputs)",
            "Only nodes without inputs are there. What was made of them hands the gradient on."),
        WrongAnswer("first input alone", "in node.inputs)", "in node.inputs[:1])",
            "Only the first input of each node is followed. All of them led here."),
        WrongAnswer("values for nodes", "elif node not in seen:\n            seen.add(node)",
            "elif node.value.item() not in seen:\n            seen.add(node.value.item())",
            "Two nodes with the same value are taken for one. Remember the nodes themselves."),
    ),
)  # fmt: skip
