"""Node by node: the numbers are the engine's and a nudge's, each stop's formula is true."""

import itertools
import math
import re

import numpy as np
import pytest

from backprop_lib.autodiff import Node
from backprop_lib.explorers import NodeByNode
from backprop_lib.explorers.graph_layout import arrange
from backprop_lib.explorers.panels import Graph
from backprop_lib.explorers.panels import Node as Box
from backprop_lib.explorers.panels.plan import Plan
from backprop_lib.gradient_check import central_difference
from tests.explorers.test_contract import corners

RNG = np.random.default_rng(0)
X, W, b = RNG.normal(size=(4, 2)), RNG.normal(size=(2, 3)), RNG.normal(size=3)
Y = np.eye(3)[[0, 2, 1, 1]]


def neuron(w, x, b, y):
    return ((w * x + b).relu() - y) ** 2


def every_rule(a, b):
    p = (a.exp() + 2).log() / (b - 5)
    q = (p * b).tanh() - a / 4
    return 3 - q**3 + p


def softmax_loss(X, W, b):
    Z = X @ W + b
    A = Z.exp()
    P = A / A.sum(axis=1, keepdims=True)
    return -(P.log() * Y).sum() / 4


NUMBERS = [
    ({"function": lambda a: a * a + a, "a": 3.0}),
    ({"function": lambda a, b: (a * b + a) ** 2, "a": 2.0, "b": -1.5}),
    ({"function": neuron, "w": 0.55, "x": 2.05, "b": 0.35, "y": 2.0}),
    ({"function": every_rule, "a": 1.0, "b": -2.0}),
]
TABLES = [
    ({"function": softmax_loss, "X": X, "W": W, "b": b}),
    ({"function": lambda W, s: (W[0] * s).mean(), "W": W, "s": 2.0}),
]


def made(case):
    return NodeByNode(case["function"], **{n: v for n, v in case.items() if n != "function"})


@pytest.fixture(params=[*NUMBERS, *TABLES], ids=lambda case: case["function"].__name__)
def explorer(request):
    return made(request.param)


def names(explorer):
    """Return the names of the nodes, the end last."""
    (graph,) = (panel for panel in explorer.panels if isinstance(panel, Graph))
    return [node.name for node in graph.nodes]


def signs(explorer):
    return {n.name: n.sign for p in explorer.panels if isinstance(p, Graph) for n in p.nodes}


def test_gradients_are_those_of_a_nudge_wherever_the_sliders_stand(explorer):
    arguments, end = explorer._inputs, names(explorer)[-1]
    seen = 0
    for place in corners(explorer):
        arrays = explorer.arrays(**place)
        if "relu" in signs(explorer).values() and arrays["q"] == 0:
            continue  # its kink
        for name, value in (arguments | place).items():

            def loss(v, name=name, place=place):
                nodes = {n: Node(a) for n, a in (arguments | place | {name: v}).items()}
                return float(explorer._function(**nodes).value.item())

            value = np.asarray(value, float)
            slope = central_difference(loss, value)
            np.testing.assert_allclose(arrays[f"d{name}"], slope, rtol=1e-5, atol=1e-6)
            assert arrays[end] == pytest.approx(loss(value))
            seen += 1
    assert seen > 2


def test_what_comes_back_adds_up_to_the_gradient():
    for case in NUMBERS:
        explorer = made(case)
        for place in corners(explorer):
            arrays = explorer.arrays(**place)
            for name in names(explorer)[:-1]:
                parts = [a for n, a in arrays.items() if n.startswith(f"d{name} from ")]
                assert parts
                assert sum(parts) == pytest.approx(float(arrays[f"d{name}"]), rel=1e-12, abs=1e-12)


def value_of(formula, arrays):
    """Return what the right side of a stop's formula comes to, read as it is written."""
    text = formula.split(" = ")[1].translate(str.maketrans("·−", "*-"))
    text = re.sub(r"(\d) (?=[a-z])", r"\1 * ", text)  # 2 s is a product
    text = re.sub("[²³]", lambda found: f"**{'²³'.index(found[0]) + 2}", text)
    known = {name: float(a) for name, a in arrays.items() if name.isidentifier()}
    functions = {"relu": lambda v: max(v, 0), "exp": math.exp, "log": math.log, "tanh": math.tanh}
    return eval(text, functions | known)


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["function"].__name__)
def test_the_formula_of_every_stop_is_true(case):
    explorer = made(case)
    assert len(explorer.walk.stops) > 4
    for place in corners(explorer):
        arrays = explorer.arrays(**place)
        for stop in explorer.walk.stops:
            assert value_of(stop.formula, arrays) == pytest.approx(float(arrays[stop.name])), stop


@pytest.mark.parametrize(
    ("case", "formulas"),
    [
        (NUMBERS[0], ["p = a · a", "L = p + a", "dL = 1", "dp = dL",
                      "da = a · dp + a · dp + dL"]),
        (NUMBERS[2], ["p = w · x", "q = p + b", "r = relu(q)", "s = r − y", "L = s²", "dL = 1",
                      "ds = 2 s · dL", "dr = ds", "dq = (q > 0) · dr", "dp = dq", "dw = x · dp",
                      "dx = w · dp", "db = dq", "dy = − ds"]),
        (TABLES[0], ["Q = X W", "Z = Q + b", "A = exp(Z)", "R = Σ A", "P = A / R", "S = log(P)",
                     "T = S · const", "p = Σ T", "q = p · (−1)", "L = q / 4", "dL = 1",
                     "dq = dL / 4", "dp = (−1) · dq", "dT = dp", "dS = const · dT", "dP = dS / P",
                     "dR = − Σ dP · P / R", "dA = dR + dP / R", "dZ = A · dA", "dQ = dZ",
                     "dX = dQ W^T", "dW = X^T dQ", "db = Σ dZ"]),
    ],
    ids=lambda value: "" if isinstance(value, list) else value["function"].__name__,
)  # fmt: skip
def test_the_stops_go_forward_and_then_back(case, formulas):
    explorer = made(case)
    found = [stop.formula for stop in explorer.walk.stops]
    back = next(k for k, formula in enumerate(formulas) if formula.endswith("= 1"))
    assert sorted(found[:back]) == sorted(formulas[:back])
    assert sorted(found[back:]) == sorted(formulas[back:])
    known = [n for n in names(explorer) if n in explorer._inputs]
    for stop in explorer.walk.stops:
        used = stop.uses & explorer.present[1].keys() - {stop.name}
        assert used <= {*known}, f"{stop.formula} comes too early"
        known.append(stop.name)


def test_a_stop_shows_what_has_come_and_no_more(explorer):
    stops = [stop.name for stop in explorer.walk.stops]
    for k, name in enumerate(stops):
        explorer.go(name)
        assert not set(stops[k + 1 :]) & set(explorer.seen())
        assert set(stops[: k + 1]) <= set(explorer.seen())
        assert f"At {name}: " in repr(explorer)


def test_a_value_used_twice_says_so():
    explorer = NodeByNode()
    explorer.go("da")
    assert "da = b · dp + dq, a is used twice: what comes back adds up." in repr(explorer)


def test_the_words_hold_the_value_and_every_gradient():
    said = repr(NodeByNode(lambda a, W: (W * a).sum(), a=3.0, W=[[1.0, 2.0]]))
    assert "L = 9.000 at a = 3.00." in said
    assert "da 3.000, dW 1×2 of length 4.243." in said


def test_the_functions_own_names_are_kept():
    def loss(w1, x, y):
        z = w1 * x
        error = z - y
        total = error**2
        error = "a name that moved on"
        return total

    explorer = NodeByNode(loss, w1=1.0, x=2.0, y=1.0)
    assert set(names(explorer)) == {"w^1", "x", "y", "z", "p", "total"}
    assert explorer.roles["total"] == "loss"
    assert explorer.roles["w^1"] == "parameter"
    assert explorer.roles["x"] == "forward"


def test_a_name_that_moved_on_stays_with_the_last_value():
    def chain(a):
        t = a
        for _ in range(3):
            t = t * a
        return t + a

    assert [stop.formula for stop in NodeByNode(chain, a=2.0).walk.stops[:4]] == [
        "p = a · a", "q = p · a", "t = q · a", "L = t + a",
    ]  # fmt: skip


def test_no_value_is_called_like_a_gradient():
    explorer = NodeByNode(lambda d, p: (d * p + d) * p, d=1.0, p=2.0)
    found = names(explorer)
    assert len({*found, *(f"d{name}" for name in found)}) == 2 * len(found)
    with pytest.raises(ValueError, match="dx is the gradient of x"):
        NodeByNode(lambda x, dx: x * dx, x=1.0, dx=2.0)


def test_numbers_of_the_function_stand_with_its_operations():
    explorer = NodeByNode(lambda a: 3 - (a * 2.5) ** 2, a=1.0)
    assert signs(explorer) == {"a": "", "p": "· 2.5", "q": "power 2", "L": "3 −"}
    assert [stop.formula for stop in explorer.walk.stops] == [
        "p = a · 2.5", "q = p²", "L = 3 − q", "dL = 1", "dq = − dL", "dp = 2 p · dq",
        "da = 2.5 · dp",
    ]  # fmt: skip


def test_a_constant_that_moves_with_a_slider_is_called_so():
    explorer = NodeByNode(lambda a: (a - a.value).exp(), a=1.0)
    assert signs(explorer)["p"] == "− const"
    assert explorer.present[1]["da"] == 1


def test_a_rule_of_ones_own_is_drawn_as_one_node():
    def loss(a):
        return Node(a.value**2, (a,), lambda d: (2 * a.value * d,), "square")

    explorer = NodeByNode(loss, a=3.0)
    assert [stop.formula for stop in explorer.walk.stops] == ["L = square(a)", "dL = 1",
                                                              "da = rule(dL)"]  # fmt: skip
    assert explorer.present[1]["da"] == 6


@pytest.mark.parametrize(
    ("function", "inputs", "kind", "words"),
    [
        (lambda a: a * a, {}, ValueError, "There is no input, expected NodeByNode"),
        (3.0, {"a": 1.0}, TypeError, "function is 3.0, expected a function of Nodes"),
        (lambda a: 3.0, {"a": 1.0}, TypeError, "returned 3.0, expected a Node made of"),
        (lambda a: None, {"a": 1.0}, TypeError, "returned None, expected a Node"),
        (lambda a: a, {"a": 1.0}, ValueError, "returned its input"),
        (lambda a: a * 2, {"a": [1.0, 2.0]}, ValueError, r"shape \(2,\).*its sum, or its mean"),
        (lambda a, b: a * a, {"a": 1.0, "b": 2.0}, ValueError, "is made of b"),
        (lambda a: a.shape[3] * a, {"a": 1.0}, ValueError,
         "fails at a = 1: IndexError: tuple index"),
        (lambda a: a * a, {"c": 1.0}, ValueError, "fails at c = 1: TypeError: .*argument 'c'"),
        (lambda a: sum((a * k for k in range(30)), a), {"a": 1.0}, ValueError,
         "has 61 nodes, and at most 16"),
        (lambda a_b: a_b * a_b, {"a_b": 1.0}, ValueError, "a_b cannot be drawn"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_in_words(function, inputs, kind, words):
    with pytest.raises(kind, match=words):
        NodeByNode(function, **inputs)


def turning(a):
    return a * a if a.value > 0 else a * 3 + 1


def test_where_the_graph_changes_the_last_good_picture_stands():
    explorer = NodeByNode(turning, a=1.0)
    explorer.set(a=2.0)
    good = explorer.present
    explorer.set(a=-1.0)
    assert explorer.frame["problem"] == (
        "ValueError: Here the function draws another graph than the one shown."
    )
    assert explorer.present is good
    assert explorer.frame_at(a=-1.0) == ({}, None)
    explorer.figure()  # the curve has a gap


def test_a_slider_reaches_beyond_its_number_and_holds_it():
    for value, most in ((0.0, 3), (0.5, 3), (-2.0, 4), (3.0, 6), (40.0, 80), (0.01, 0.02)):
        (control,) = NodeByNode(lambda a: a * a, a=value).controls.values()
        assert (control.minimum, control.maximum) == pytest.approx((-most, most))
        assert value in control.positions()
        assert len(control.positions()) <= 200


def random_graph(rng, count):
    """Return the inputs of each node: every node but the last is used by a later one."""
    inputs = [() for _ in range(3)]
    for node in range(3, count):
        some = rng.choice(node, size=rng.integers(1, 3)).tolist()
        unused = [k for k in range(node) if not any(k in made for made in inputs)]
        if unused and len(unused) > 1:
            some[0] = unused[0]
        inputs.append(tuple(some))
    used = {one for made in inputs for one in made}
    inputs.append(tuple(k for k in range(count) if k not in used)[:2] or (count - 1,))
    return inputs


def curve(d):
    """Return points along an arrow, without its head."""
    numbers = np.array(re.findall(r"-?[\d.]+(?:e-?\d+)?", d.split("M")[1]), float).reshape(-1, 2)
    t = np.linspace(0, 1, 30)[:, None]
    for k in range(0, len(numbers) - 1, 3):
        p, q, r, s = numbers[k : k + 4]
        yield from (1 - t) ** 3 * p + 3 * t * (1 - t) ** 2 * q + 3 * t**2 * (1 - t) * r + t**3 * s


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_boxes_stand_apart_and_no_arrow_crosses_one(seed, down):
    inputs = random_graph(np.random.default_rng(seed), 8)
    used = {one for made in inputs for one in made} | {len(inputs) - 1}
    if len(used) < len(inputs):
        inputs[-1] += tuple(set(range(len(inputs))) - used)
    places, routes = arrange(inputs)
    nodes = [
        Box(str(k), x, y, tuple(map(str, made)), "+" * bool(made), routes=tuple(map(tuple, ways)))
        for k, ((x, y), made, ways) in enumerate(zip(places, inputs, routes, strict=True))
    ]
    plan = Plan(nodes, down).spec()
    boxes = [(n["x"], n["y"], n["x"] + n["width"], n["y"] + n["height"]) for n in plan["nodes"]]
    for one, other in itertools.combinations(boxes, 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    for edge in plan["edges"]:
        for way in ("there", "back"):
            for x, y in curve(edge[way]):
                assert not any(
                    left < x < right and top < y < foot for left, top, right, foot in boxes
                )
                assert 0 <= x <= plan["width"]
                assert 0 <= y <= plan["height"]
    starts = [edge["back"].split("M")[1].split("C")[0] for edge in plan["edges"]]
    assert len(starts) == len(set(starts))  # each use has an arrow of its own


@pytest.mark.parametrize("case", [*NUMBERS, *TABLES], ids=lambda case: case["function"].__name__)
def test_the_front_end_is_small(case):
    explorer = made(case)
    assert len(explorer._esm.encode()) + len(explorer._css.encode()) <= 60_000
