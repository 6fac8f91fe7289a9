"""What people hand to the engine by mistake: the right answer, or an error that names it."""

import operator

import numpy as np
import pytest

from backprop_lib.autodiff import Node, sum_to_shape

A = Node([[1.0, 2.0], [3.0, 4.0]])
NUMBER = Node(3.0)


def with_rule(rule, inputs=(A,), value=1.0):
    """Return what sends a gradient back through this rule."""
    return lambda: Node(value, inputs, rule, "mine").sum().backward()


def assign(node, index, value):
    node[index] = value


REFUSED = {  # what is done: how, and the words that come back
    "a string": (lambda: Node("abc"), "value is 'abc', expected an array of numbers"),
    "None": (lambda: Node(None), "value is None, expected an array of numbers"),
    "a dict": (lambda: Node({"a": 1}), "value is {'a': 1}, expected an array of numbers"),
    "an object": (lambda: Node([1.0, None]), "value is an array of object, expected .* numbers"),
    "a Node": (lambda: Node(A), r"value is Node\(.*expected an array of numbers"),
    "a list of nodes": (lambda: Node([NUMBER]), "array of object, expected an array of numbers"),
    "dates": (lambda: Node(np.array(["2020-01-01"], "datetime64[D]")), "datetime64.*expected"),
    "nothing": (lambda: Node([]), r"value has shape \(0,\): it is empty, expected at least one"),
    "ragged": (lambda: Node([[1.0], [1.0, 2.0]]), "rows of different lengths, expected a full"),
    "a masked array": (lambda: Node(np.ma.masked_array([1.0])), "masked array, expected a plain"),
    "inputs that are one Node": (lambda: Node(1.0, A, abs), r"inputs is Node.*expected a tuple"),
    "inputs in a list": (lambda: Node(1.0, [A], abs), r"inputs is \[Node.*expected a tuple"),
    "an input that is an array": (lambda: Node(1.0, (A.value,), abs), "expected a tuple of Nodes"),
    "inputs without a rule": (lambda: Node(1.0, (A,)), "rule is None, expected .* a function"),
    "a rule that is no function": (lambda: Node(1.0, (A,), 2.0), "rule is 2.0, expected"),
    "a rule without inputs": (lambda: Node(1.0, rule=abs), r"inputs is \(\) .*or neither"),
    "plus a string": (lambda: A + "abc", "value is 'abc', expected an array of numbers"),
    "None times": (lambda: None * A, "value is None, expected an array of numbers"),
    "masked array times": (lambda: np.ma.masked_array([1.0, 2]) * A, "masked array, expected"),
    "masked truths times": (lambda: np.ma.masked_array([True, True]) * A, "masked array, expected"),
    "+ of shapes that do not fit": (lambda: A + np.ones(3), r"\(2,2\) \(3,\)"),
    "@ of shapes that do not fit": (
        lambda: A @ np.ones((3, 2)),
        r"B has shape \(3, 2\), expected \(2, q\).*It looks transposed",
    ),
    "@ a vector": (lambda: A @ np.ones(2), r"B has shape \(2,\), expected \(2, q\)"),
    "a vector @": (lambda: np.ones(2) @ A, r"A has shape \(2,\), expected \(n, p\)"),
    "@ a number": (lambda: A @ 2, r"B has shape \(\), expected \(2, q\)"),
    "@ three axes": (lambda: np.ones((1, 2, 2)) @ A, r"A has shape \(1, 2, 2\), expected \(n, p\)"),
    "power by a Node": (lambda: A**A, r"power is Node\(.*expected a number"),
    "power by an array": (lambda: A ** np.ones(2), r"power is array\(.*expected a number"),
    "power by a string": (lambda: A ** "2", "power is '2', expected a number"),
    "a number to the power of a Node": (lambda: 2**A, "unsupported.*'int' and 'Node'"),
    "an axis out of range": (lambda: A.sum(axis=2), "axis 2 is out of bounds .* dimension 2"),
    "an axis twice": (lambda: A.sum(axis=(0, 0)), "duplicate value in 'axis'"),
    "a mean over no such axis": (lambda: A.mean(axis=-3), "axis -3 is out of bounds"),
    "an axis that is no number": (lambda: A.sum(axis="rows"), "cannot be interpreted as an int"),
    "an index out of range": (lambda: A[2], "index 2 is out of bounds for axis 0 with size 2"),
    "an index that is a Node": (lambda: A[NUMBER], "only integers, slices"),
    "an index of floats": (lambda: A[[0.5]], "only integers, slices"),
    "an index of nothing": (lambda: A[2:], r"value has shape \(0, 2\): it is empty"),
    "one entry assigned": (lambda: assign(A, 0, 1), "does not support item assignment"),
    "one entry of a value": (lambda: assign(A.value, 0, 1), "read-only"),
    "array += node": (lambda: np.ones((2, 2)).__iadd__(A), "operand 'Node' does not support"),
    "np.exp": (lambda: np.exp(A), "operand 'Node' does not support ufuncs"),
    "np.maximum": (lambda: np.maximum(0, A), "operand 'Node' does not support ufuncs"),
    "np.sum": (lambda: np.sum(A), r"np\.sum takes arrays, not a Node: node\.value is one"),
    "np.where": (lambda: np.where(True, A, 0), r"np\.where takes arrays, not a Node"),
    "np.dot": (lambda: np.dot([1.0, 2.0], A), r"np\.dot takes arrays, not a Node"),
    "np.stack": (lambda: np.stack([A, A]), r"np\.stack takes arrays, not a Node"),
    "np.allclose": (lambda: np.allclose(A, 1), r"np\.allclose takes arrays, not a Node"),
    "<": (lambda: NUMBER < 2, "'<' not supported between instances of 'Node'"),
    "array >": (lambda: np.ones(2) > A, "not supported between instances of"),
    "an if over many": (lambda: bool(A), "truth value of an array with more than one element"),
    "iteration over a number": (lambda: list(NUMBER), "iteration over a 0-d array"),
    "float()": (lambda: float(NUMBER), "must be a string or a real number, not 'Node'"),
    "abs": (lambda: abs(A), "bad operand type for abs"),
    "len": (lambda: len(A), "no len"),
    "a loss of many numbers": (A.backward, r"starts at one number.*has shape \(2, 2\)"),
    "a loss of a column": ((A @ [[1.0], [2]]).backward, r"has shape \(2, 1\). Its sum"),
    "a rule that returns an array": (
        with_rule(lambda d: d),
        "rule of the node made by mine returned .*1.*, expected a tuple of 1",
    ),
    "a rule that returns None": (with_rule(lambda d: None), "returned None, expected a tuple of 1"),
    "a rule that returns a list": (with_rule(lambda d: [d]), r"returned \[.*expected a tuple of 1"),
    "too few": (with_rule(lambda d: (d,), (A, A)), r"returned \(.*expected a tuple of 2"),
    "too many": (with_rule(lambda d: (d, d)), r"returned \(.*expected a tuple of 1"),
    "a gradient of another shape": (
        with_rule(lambda d: (np.ones(3),)),
        r"gradient of shape \(3,\) does not sum to shape \(2, 2\)",
    ),
    "a gradient that is too small": (
        with_rule(lambda d: (d,)),
        r"gradient of shape \(\) does not sum to shape \(2, 2\)",
    ),
    "a gradient that would stretch": (
        with_rule(lambda d: (np.ones((1, 2)),)),
        r"gradient of shape \(1, 2\) does not sum to shape \(2, 2\)",
    ),
    "a gradient of None": (with_rule(lambda d: (None,)), "gradient is None, expected an array"),
    "a gradient of words": (with_rule(lambda d: ("abc",)), "gradient is 'abc', expected an array"),
    "a gradient that is a Node": (with_rule(lambda d: (A,)), r"gradient is Node\(.*expected an"),
    "a complex gradient of a real value": (
        with_rule(lambda d: (np.ones((2, 2)) * 1j,)),
        r"from dtype\('complex128'\) to dtype\('float64'\)",
    ),
    "a rule that changes its d": (
        with_rule(lambda d: (d.__imul__(2),), (NUMBER,)),
        "read-only",
    ),
    "sum_to_shape of another size": (
        lambda: sum_to_shape(np.ones((2, 3)), (2,)),
        r"gradient of shape \(2, 3\) does not sum to shape \(2,\)",
    ),
    "relu of NaN, on the way back": (
        lambda: Node([np.nan]).relu().sum().backward(),
        r"Z holds nan at index \[0\], expected finite",
    ),
}
RIGHT = {  # what is done, how, and what comes
    "a list": (lambda: Node([1, 2]).value, [1.0, 2.0]),
    "truths": (lambda: Node([True, False]).value, [1.0, 0.0]),
    "a memoryview": (lambda: Node(memoryview(np.ones(2))).value, [1.0, 1.0]),
    "float16": (lambda: (Node(np.float16([1, 2])) + 1).value, [2.0, 3.0]),
    "big-endian": (lambda: (Node(np.array([1.0, 2.0], ">f8")) + 1).value, [2.0, 3.0]),
    "list @": (lambda: ([[1, 1]] @ A).value, [[4.0, 6.0]]),
    "list +": (lambda: operator.add([1, 1], A).value, [[2.0, 3.0], [4.0, 5.0]]),
    "list times": (lambda: ([1, 2] * A).value, [[1.0, 4.0], [3.0, 8.0]]),
    "array −": (lambda: (np.ones(2) - A).value, [[0.0, -1.0], [-2.0, -3.0]]),
    "number /": (lambda: (12 / A).value, [[12.0, 6.0], [4.0, 3.0]]),
    "np.float64 times": (lambda: (np.float64(2) * A).value, [[2.0, 4.0], [6.0, 8.0]]),
    "a 0-d array times": (lambda: (np.array(2.0) * NUMBER).value, 6.0),
    "0-d over its axis 0": (lambda: NUMBER.sum(axis=0).value, 3.0),
    "an if over one number": (lambda: [bool(NUMBER), bool(NUMBER - 3)], [True, False]),
    "== is identity": (
        lambda: [one == NUMBER for one in (NUMBER, Node(3.0), 3.0)],
        [True, False, False],
    ),
    "a gradient that is a number": (
        lambda: (with_rule(lambda d: (2,), (NUMBER,))(), NUMBER.gradient)[1],
        2.0,
    ),
    "a gradient that is a list": (
        lambda: (with_rule(lambda d: ([[1, 2], [3, 4]],))(), A.gradient)[1],
        [[1.0, 2.0], [3.0, 4.0]],
    ),
    "NaN stays NaN": (lambda: (Node([np.nan, 1.0]) * 2).value, [np.nan, 2.0]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name):
    do, words = REFUSED[name]
    with pytest.raises((TypeError, ValueError, IndexError), match=f"(?s){words}"):
        do()


@pytest.mark.parametrize("name", RIGHT)
def test_it_is_right(name):
    do, expected = RIGHT[name]
    np.testing.assert_array_equal(do(), expected)


@pytest.mark.parametrize(
    "index", [0, -1, ..., (), None, (0, ...), [0, 0], ([1, 1], [0, 0])], ids=str
)
def test_every_kind_of_index_goes_back(index):
    node = Node(A.value)
    (node[index] * 2).sum().backward()
    expected = np.zeros((2, 2))
    np.add.at(expected, index, 2)
    np.testing.assert_array_equal(node.gradient, expected)


def test_a_number_of_no_axes_goes_there_and_back_over_axis_0():
    node = Node(3.0)
    node.sum(axis=0).backward()
    assert node.gradient == 1


def test_what_overflows_does_so_aloud():
    for do in (lambda: Node(1000.0).exp(), lambda: Node(1.0) / 0, lambda: Node(0.0).log()):
        with pytest.warns(RuntimeWarning, match=r"overflow|divide by zero"):
            do()
