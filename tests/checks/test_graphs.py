"""A function that is given nodes gets new ones in every call, and words for what it makes."""

import inspect
from ast import literal_eval
from dataclasses import replace

import numpy as np
import pytest

from backprop_lib.autodiff import Node, topological_order
from backprop_lib.checks.graphs import Graph
from backprop_lib.checks.judge import judge
from tests.checks.exercises import BY_NAME


def test_every_call_is_given_new_nodes_that_know_their_names():
    graph = Graph("[end := (b := (a := Node(3.0)) * a) + a, end.backward()][0]")
    one, other = graph.make(), graph.make()
    one.others[0].gradient += 1
    one.others[1].inputs = ()
    nodes = [*other.others, other]
    assert [node.name for node in nodes] == ["a", "b", "end"]
    assert [float(node.gradient) for node in nodes] == [7, 1, 1]
    assert not set(one.others) & set(nodes)
    assert topological_order(other) == nodes
    assert repr(graph) == graph.text


def leaves_all_as_it_is(end):
    return topological_order(end)


def makes_nodes_of_gradients(end):
    for node in topological_order(end):
        node.gradient = Node(1.0)


def returns_values(end):
    return [node.value for node in topological_order(end)]


def returns_a_set(end):
    return set(topological_order(end))


def returns_nothing(end):
    topological_order(end)


def returns_the_loss_alone(Z, Y):
    return Z.mean().value


def leaves_Z_out(Z, Y):
    return Node(1.0)


def returns_all_losses(Z, Y):
    return Z.mean(axis=1)


def forgets_to_return(Z, Y):
    Z.mean()


WORDS = {
    leaves_all_as_it_is: ("backward", "After it, the gradient of e is still None."),
    makes_nodes_of_gradients: ("backward", "is a Node, expected a number."),
    returns_values: ("topological_order", "order[0] is an array, expected a Node."),
    returns_a_set: ("topological_order", "It returns a set, expected a list of nodes."),
    returns_nothing: ("topological_order", "It returns None. Is `return order` missing"),
    returns_the_loss_alone: ("softmax_cross_entropy_node", "an array, expected a Node."),
    leaves_Z_out: ("softmax_cross_entropy_node", "Is Z among the inputs of your node?"),
    returns_all_losses: ("softmax_cross_entropy_node", "shape (2,), expected one number."),
    forgets_to_return: ("softmax_cross_entropy_node", "Is `return` missing at its end?"),
}


@pytest.mark.parametrize("function", WORDS, ids=lambda function: function.__name__)
def test_what_no_gradient_can_be_read_from_is_told_in_words(function):
    name, words = WORDS[function]
    verdict = judge(function, BY_NAME[name])
    assert verdict.status == "wrong"
    assert words in verdict.sentences[0]
    assert verdict.line == ""


def test_the_learners_own_line_is_shown():
    def backward(end):
        end.gradient = missing  # noqa: F821

    number = inspect.getsourcelines(backward)[1] + 1
    shown = judge(backward, BY_NAME["backward"]).line.splitlines()
    assert shown[0] == f"line {number}: end.gradient = missing  # noqa: F821"


def test_a_gradient_that_nothing_was_broadcast_for_may_come_back_itself():
    def sum_to_shape(gradient, shape):
        return gradient if gradient.shape == shape else one.reference(gradient, shape)

    one = BY_NAME["sum_to_shape"]
    assert judge(sum_to_shape, one).passed
    verdict = judge(sum_to_shape, replace(one, hands_on=()))
    assert verdict.problem == "a view of its input"


def test_a_small_graph_that_shows_the_mistake_is_ready_to_paste():
    def backward(end):
        end.backward()
        for node in topological_order(end):
            node.gradient = 2 * node.gradient

    *lines, expected, yours = judge(backward, BY_NAME["backward"]).example.splitlines()
    pasted = {"np": np, "Node": Node, "backward": Node.backward}
    exec("\n".join(lines), pasted)
    expected = literal_eval(expected.removeprefix("# expected "))
    assert expected == {name: pasted[name].gradient for name in expected}
    assert literal_eval(yours.removeprefix("# yours    ")) == {k: 2 * expected[k] for k in expected}
