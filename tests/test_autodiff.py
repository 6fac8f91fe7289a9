"""The engine: order, accumulation, each rule by itself, and what it leaves alone."""

import gc
import operator
import weakref

import numpy as np
import pytest

from backprop_lib.autodiff import Node, sum_to_shape, topological_order
from backprop_lib.gradient_check import central_difference, complex_step

same = np.testing.assert_array_equal
RNG = np.random.default_rng(0)
TABLE, ROW, COLUMN, NUMBER = (
    RNG.uniform(0.5, 2, (2, 3)),
    *(RNG.uniform(0.5, 2, shape) for shape in ((3,), (2, 1), ())),
)
OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv]
OTHERS = [TABLE + 1, ROW, COLUMN, NUMBER, TABLE[:1], COLUMN[0], RNG.uniform(1, 2, (2, 2, 3))]
PRIMITIVES = {
    "power": lambda a: a**2.5,
    "a negative power": lambda a: a**-2,
    "minus": lambda a: -a,
    "sum": lambda a: a.sum(),
    "sum down": lambda a: a.sum(axis=0),
    "sum of the last": lambda a: a.sum(-1),
    "sum that keeps its axis": lambda a: a.sum(axis=1, keepdims=True) * a,
    "mean": lambda a: a.mean(),
    "mean across": lambda a: a.mean(axis=1),
    "mean that keeps its axis": lambda a: a.mean(axis=0, keepdims=True) * a,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "tanh": lambda a: a.tanh(),
    "relu": lambda a: (a - 1.1).relu(),
    "an entry": lambda a: a[1, 2],
    "a row, twice": lambda a: a[[1, 0, 1]],
    "a slice": lambda a: a[:, ::2],
    "a mask": lambda a: a[TABLE > 1],
    "rows, one by one": lambda a: sum(row * row for row in a),
    "+=": lambda a: operator.iadd(a * 2, a),
}
METHODS = pytest.mark.parametrize(
    ("method", "limit"), [(central_difference, 1e-8), (complex_step, 1e-14)], ids=["h", "ih"]
)


def require_gradient(function, value, method, limit):
    """The engine's gradient of Σ weights ⊙ function is the slow and certain one."""
    node = Node(value)
    made = function(node)
    weights = np.random.default_rng(1).standard_normal(made.shape)
    (made * weights).sum().backward()
    slow = method(lambda value: (function(Node(value)).value * weights).sum(), value)
    np.testing.assert_allclose(node.gradient, slow, rtol=limit, atol=10 * limit)
    assert node.gradient.shape == node.shape


def gradient_of(function, *values):
    nodes = [Node(value) for value in values]
    function(*nodes).backward()
    return [node.gradient.tolist() for node in nodes]


@METHODS
@pytest.mark.parametrize("name", PRIMITIVES)
def test_every_primitive_has_its_gradient(name, method, limit):
    require_gradient(PRIMITIVES[name], TABLE, method, limit)


@METHODS
@pytest.mark.parametrize("operation", OPERATORS, ids=lambda each: each.__name__)
def test_every_operation_has_both_gradients_from_both_sides(operation, method, limit):
    for other in OTHERS:
        for constant in (other, Node(other)):
            require_gradient(lambda a, c=constant: operation(a, c), TABLE, method, limit)
            require_gradient(lambda a, c=constant: operation(c, a), TABLE, method, limit)


@METHODS
def test_a_product_of_tables_has_both_gradients(method, limit):
    X, W = TABLE, np.random.default_rng(2).standard_normal((3, 4))
    for make in (np.asarray, Node, np.ndarray.tolist):
        require_gradient(lambda node, make=make: node @ make(W), X, method, limit)
        require_gradient(lambda node, make=make: make(X) @ node, W, method, limit)


def test_gradients_by_hand():
    assert gradient_of(lambda a: a * a + a, 3.0) == [7]
    assert gradient_of(lambda a, b: a * b - a / b, 6.0, 2.0) == [1.5, 7.5]
    assert gradient_of(lambda a: 2 - a**3, 2.0) == [-12]
    assert gradient_of(lambda a: (a**0).sum() + (a**1).sum(), [0.0, 5.0]) == [[1, 1]]
    assert gradient_of(lambda a: a.relu().sum(), [-1.0, 0.0, 2.0]) == [[0, 0, 1]]
    assert gradient_of(lambda a: a[[1, 1, 1]].sum() + a[0], [4.0, 5.0]) == [[1, 3]]
    assert gradient_of(lambda a, b: a / b, 1e-200, 1e-200) == [1e200, -1e200]
    assert gradient_of(lambda X, W: (X @ W).sum(), [[1.0, 2.0]], [[3.0], [4.0]]) == [
        [[3, 4]],
        [[1], [2]],
    ]


def test_a_value_used_twice_gets_both_gradients():
    """Overwriting in place of adding is micrograd's bug number one."""
    assert gradient_of(lambda b: b + b, 3.0) == [2]
    assert gradient_of(lambda b: b * b * b, 2.0) == [12]
    assert gradient_of(lambda b: b - b, 3.0) == [0]
    assert gradient_of(lambda b: (b @ b).sum(), [[1.0, 2.0], [3.0, 4.0]]) == [[[7, 11], [9, 13]]]


def test_a_diamond_hands_on_only_when_everything_has_come_in():
    calls = []

    def step(name, *inputs):
        def rule(d):
            calls.append((name, d.item()))
            return (d,) * len(inputs)

        return Node(1.0, inputs, rule, name)

    top = Node(1.0)
    left = step("left", top)
    right = step("right", left)
    bottom = step("bottom", left, right, left)
    end = step("end", right, bottom)
    end.backward()
    assert calls == [("end", 1), ("bottom", 1), ("right", 2), ("left", 4)]
    assert top.gradient == 4
    assert topological_order(end) == [top, left, right, bottom, end]


def test_a_chain_of_100000_needs_no_recursion_there_and_back_and_when_it_is_freed():
    gc.disable()  # a graph holds no circle: it goes when its last name does, and all at once
    try:
        start = end = Node(1.0)
        for _ in range(100_000):
            end = Node(0.0, (end,), lambda d: (d,))
        end.backward()
        assert start.gradient == 1
        before_last = weakref.ref(end.inputs[0])
        del end
        assert before_last() is None
    finally:
        gc.enable()


def test_backward_again_is_as_the_first_time_and_another_end_starts_anew():
    a, b = Node([1.0, 2.0]), Node(3.0)
    c = a * b
    one, other = c.sum(), (c * c).sum()
    one.backward()
    one.backward()
    same(a.gradient, [3, 3])
    same(b.gradient, 3)
    other.backward()
    same(a.gradient, [18, 36])
    assert one.gradient == 1


def test_backward_fills_what_led_here_and_nothing_else():
    a, b = Node(2.0), Node(3.0)
    used, unused = a * b, a + b
    used.backward()
    assert (used.gradient, a.gradient, b.gradient, unused.gradient) == (1, 3, 2, None)
    a.backward()
    assert (a.gradient, b.gradient) == (1, 2)


def test_one_number_may_have_axes():
    a = Node([[3.0]])
    (a * a).backward()
    same(a.gradient, [[6]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
@pytest.mark.parametrize("name", PRIMITIVES)
def test_a_gradient_has_the_type_and_shape_of_its_value(name, dtype):
    node = Node(TABLE.astype(dtype))
    end = PRIMITIVES[name](node).sum()
    end.backward()
    for each in topological_order(end):
        assert each.value.dtype == each.gradient.dtype == dtype
        assert each.gradient.shape == each.shape == each.value.shape


@pytest.mark.parametrize("operation", [*OPERATORS, operator.pow], ids=lambda each: each.__name__)
@pytest.mark.parametrize(
    "number", [2, 2.5, True, *map(np.float64, (2, 0.1)), np.int64(3), np.True_]
)
def test_a_number_and_a_mask_take_the_type_they_meet(operation, number):
    node = Node(np.float32([1, 2]))
    if operation is operator.pow:
        if not isinstance(number, bool | np.bool):
            same(operation(node, number).value, node.value ** float(number))
        return
    for made in (operation(node, number), operation(number, node)):
        assert made.value.dtype == np.float32
    assert operation(node, np.array([True, True])).value.dtype == np.float32
    same(operation(number, node).value, operation(np.float32(number), node.value))


def test_where_types_are_mixed_each_gradient_keeps_its_own():
    short, long = Node(np.float32([1, 2])), Node([3.0, 4.0])
    made = short * long
    made.sum().backward()
    assert [each.dtype for each in (made.value, short.gradient, long.gradient)] == [
        np.float64,
        np.float32,
        np.float64,
    ]


def test_values_and_upstream_are_read_only_and_a_leafs_gradient_is_its_readers():
    array = np.array([1.0, 2.0])
    node = Node(array)
    made = node * node
    array += 1  # a copy was taken
    for each in (node, made, made[0], made.sum()):
        with pytest.raises(ValueError, match="read-only"):
            each.value[...] = 0
    node.value = np.array([5.0, 5.0])  # the next graph's: what was computed stays
    made.sum().backward()
    same(node.gradient, [2, 4])
    node.gradient *= 2

    def rule(d):
        d *= 2
        return (d,)

    with pytest.raises(ValueError, match="read-only"):
        Node(1.0, (Node(1.0),), rule).backward()


def test_sum_to_shape_by_hand():
    g = np.arange(6.0).reshape(2, 3)
    same(sum_to_shape(g, (3,)), [3, 5, 7])
    same(sum_to_shape(g, (1, 3)), [[3, 5, 7]])
    same(sum_to_shape(g, (2, 1)), [[3], [12]])
    same(sum_to_shape(g, ()), 15)
    same(sum_to_shape(g, (1, 1, 1)[:2]), [[15]])
    found = sum_to_shape(g, (2, 3))
    found += 1
    same(g, np.arange(6.0).reshape(2, 3))


def test_it_is_shown_with_what_made_it():
    a = Node([1.0, 2.0])
    made = [
        a,
        a + a,
        a - a,
        a * a,
        a / a,
        a**2,
        a[0],
        a.sum(),
        a.exp(),
        a.log(),
        a.tanh(),
        a.relu(),
    ]
    assert [each.operation for each in made] == [
        *["", "+", "−", "·", "/", "power 2", "[ ]", "sum", "exp", "log", "tanh", "relu"]
    ]
    assert (Node([[2.0]]) @ Node([[3.0]])).operation == "@"
    assert repr(a) == "Node([1. 2.])"
    assert repr(a + a) == "Node([2. 4.], made by +)"
