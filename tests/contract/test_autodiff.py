"""The engine finds every gradient of the course: in primitives, and where a layer is one node."""

import inspect

import numpy as np
import pytest

from backprop_lib import (
    Dense,
    Network,
    dense_backward,
    dense_forward,
    he,
    softmax,
    softmax_cross_entropy_backward,
    tanh_backward,
    tanh_forward,
)
from backprop_lib.autodiff import Node, topological_order
from backprop_lib.datasets import little_network
from backprop_lib.gradient_check import complex_step
from tests.contract import forms
from tests.contract.forms import FORMS, softmax_cross_entropy
from tests.contract.formulas import (
    ALONE,
    DOORS,
    PAIRS,
    SETTINGS,
    back,
    draw,
    forward,
    pair_of,
    upstream_of,
)
from tests.contract.layers import HIDDEN, IN, LAYERS, LOSSES, OUT, make, network_with

SEEDS = range(32)
LIMIT = 1e-12


def stem(pair):
    return pair.forward.__name__.removesuffix("_forward")


def in_primitives(pair, known, nodes):
    form = FORMS[stem(pair)]
    known = {name: make() for name, make in SETTINGS.items()} | known | nodes
    return form(**{name: known[name] for name in inspect.signature(form).parameters})


def as_one_node(pair, known, nodes):
    """The library's values, and its own way back for a rule. A loss takes no d: it starts at 1."""
    value = known[pair.outputs[0]]

    def rule(d):
        gradients = back(pair, known, d)
        scale = 1 if np.ndim(value) else d
        return tuple(scale * gradients[f"d{name}"] for name in nodes)

    return Node(value, tuple(nodes.values()), rule, stem(pair))


every_way = pytest.mark.parametrize("way", [in_primitives, as_one_node])
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=repr)
every_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)


def known_of(pair, seed):
    """Return a formula's values by name; of three seeds, one makes its table of labels one-hot."""
    arguments = draw(pair.forward, seed, n=pair.least + seed % 5)
    if seed % 3 == 0 and np.ndim(arguments.get("Y")) == 2:
        arguments["Y"] = np.eye(arguments["Y"].shape[1])[arguments["Y"].argmax(axis=1)]
    return forward(pair, arguments)


def nodes_of(pair, known):
    """Return a node for every argument that has a gradient, by name."""
    names = [name.removeprefix("d") for name in pair.gradients]
    return {name: Node(known[name]) for name in names}


def require_close(ours, expected, where):
    assert ours.shape == expected.shape, where
    error = np.abs(ours - expected).max()
    assert error <= LIMIT, f"{where} is off by {error:.1e}"


def test_every_formula_and_every_layer_and_loss_has_its_form():
    named = {f"{name}{end}" for name in FORMS for end in ("", "_forward", "_backward")}
    missing = DOORS.keys() - named - ALONE
    assert not missing, f"no line for {missing} among the FORMS of {forms.__name__}"
    missing = {kind.__name__ for kind in LAYERS + LOSSES if stem(pair_of(kind)) not in FORMS}
    assert not missing, f"no line for {missing} among the FORMS of {forms.__name__}"


@every_way
@every_pair
def test_every_value_and_every_gradient_is_the_librarys(pair, way):
    labels = set()
    for seed in SEEDS:
        known = known_of(pair, seed)
        labels.add((np.ndim(known.get("Y")), float(np.max(known.get("Y", 0))) == 1))
        nodes, upstream = nodes_of(pair, known), upstream_of(pair, known, seed)
        made = way(pair, known, nodes)
        require_close(made.value, np.asarray(known[pair.outputs[0]]), f"seed {seed}, value")
        (made * upstream).sum().backward()
        for name, expected in back(pair, known, upstream).items():
            require_close(nodes[name[1:]].gradient, expected, f"seed {seed}, {name}")
    if "softmax_cross" in stem(pair):
        assert {(1, False), (2, False), (2, True)} <= labels  # integers, soft, one-hot


@every_way
@every_pair
def test_a_gradient_that_comes_from_above_scales_it(pair, way):
    known = known_of(pair, 1)
    first, second = nodes_of(pair, known), nodes_of(pair, known)
    way(pair, known, first).sum().backward()
    (way(pair, known, second).sum() * -3).backward()
    for one, other in zip(first.values(), second.values(), strict=True):
        require_close(other.gradient, -3 * one.gradient, stem(pair))


@every_pair
def test_every_form_is_differentiated_right_by_a_complex_step_too(pair):
    for seed in SEEDS[:6]:
        known = known_of(pair, seed)
        nodes, upstream = nodes_of(pair, known), upstream_of(pair, known, seed)
        (in_primitives(pair, known, nodes) * upstream).sum().backward()
        for name, node in nodes.items():

            def loss(value, name=name, known=known, nodes=nodes, upstream=upstream):
                made = in_primitives(pair, known, {**nodes, name: Node(value)})
                return (made * upstream).sum().value

            require_close(node.gradient, complex_step(loss, node.value), f"seed {seed}, {name}")


@every_way
@every_pair
def test_float32_in_float32_out(pair, way):
    known = {name: np.asarray(value) for name, value in known_of(pair, 1).items()}
    known = {k: v.astype(np.float32) if v.dtype == float else v for k, v in known.items()}
    nodes = nodes_of(pair, known)
    end = way(pair, known, nodes).sum()
    end.backward()
    for node in topological_order(end):
        assert (node.value.dtype, node.gradient.dtype) == (np.float32, np.float32), node.operation
        assert node.gradient.shape == node.shape


def layer_in_primitives(layer, X, parameters):
    form = FORMS[stem(pair_of(type(layer)))]
    known = {**vars(layer), "M": layer.memory, **parameters}
    return form(X, **{name: known[name] for name in list(inspect.signature(form).parameters)[1:]})


def layer_as_one_node(layer, X, parameters):
    def rule(d):
        return layer.backward(d), *(getattr(layer, f"d{name}").copy() for name in parameters)

    return Node(layer.replay(X.value), (X, *parameters.values()), rule, repr(layer))


def loss_in_primitives(loss, Z, Y):
    return FORMS[stem(pair_of(type(loss)))](Z, Y)


def loss_as_one_node(loss, Z, Y):
    return Node(loss.forward(Z.value, Y), (Z,), lambda d: (d * loss.backward(),), repr(loss))


def require_the_networks(network, X, Y):
    """The loss, dX and all parameters' gradients are those of `backpropagate`."""
    expected = network.backpropagate(X, Y), network.gradients.copy()
    dX = network.backward(network.loss_function.backward())
    ways = (layer_in_primitives, loss_in_primitives), (layer_as_one_node, loss_as_one_node)
    for through, ending in ways:
        first, parameters = Node(X), []
        value = first
        for layer in network.layers:
            own = {name: Node(getattr(layer, name)) for name in layer.parameter_names}
            value = through(layer, value, own)
            parameters.extend(own.values())
        loss = ending(network.loss_function, value, Y)
        loss.backward()
        gradients = np.concatenate([node.gradient.ravel() for node in parameters])
        for ours, theirs in zip(
            (loss.value, gradients, first.gradient), (*expected, dX), strict=True
        ):
            require_close(ours, np.asarray(theirs), f"{network}, {through.__name__}")
        yield parameters


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
@every_layer
def test_every_network_has_its_gradients(kind, loss):
    for seed in range(4):
        list(require_the_networks(*network_with(kind, loss, seed)))


def test_a_network_of_everything_has_its_gradients():
    rng = np.random.default_rng(0)
    middle = [make(kind, rng) for kind in LAYERS]
    network = Network(Dense(he(IN, HIDDEN, rng)), *middle, *middle, Dense(he(HIDDEN, OUT, rng)))
    list(require_the_networks(network, rng.standard_normal((6, IN)), rng.integers(0, OUT, 6)))


def test_the_little_networks_numbers_come_out_again():
    for _, db1, dW2, db2 in require_the_networks(*little_network()):
        np.testing.assert_allclose(16 * db1.gradient, [2, -1, -1], rtol=1e-14)
        np.testing.assert_allclose(16 * dW2.gradient, [[8, -8], [7, -7], [-1, 1]], rtol=1e-14)
        np.testing.assert_allclose(16 * db2.gradient, [4, -4], rtol=1e-14)


def test_a_residual_network_has_the_gradients_of_the_long_way():
    """H ← H + tanh(H W + b), thrice: every H is used twice, so its gradient has two parts."""
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((6, 4)), rng.integers(0, 4, 6)
    parameters = [(rng.standard_normal((4, 4)), rng.standard_normal(4)) for _ in range(3)]
    nodes = [(Node(W), Node(b)) for W, b in parameters]
    H, passed = X, []
    end = start = Node(X)
    for (W, b), (W_node, b_node) in zip(parameters, nodes, strict=True):
        Z = dense_forward(H, W, b)
        passed.append((H, Z))
        H = H + tanh_forward(Z)
        end = end + (end @ W_node + b_node).tanh()
    softmax_cross_entropy(end, Y).backward()
    dH = softmax_cross_entropy_backward(softmax(H), Y)
    for k in (2, 1, 0):
        H, Z = passed[k]
        dX, dW, db = dense_backward(tanh_backward(dH, Z), H, parameters[k][0])
        dH = dH + dX
        require_close(nodes[k][0].gradient, dW, f"dW of block {k}")
        require_close(nodes[k][1].gradient, db, f"db of block {k}")
    require_close(start.gradient, dH, "dX")
