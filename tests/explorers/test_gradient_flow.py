"""Gradient flow: its numbers are the trace's, its nudges agree, each stop lights its formula."""

import itertools
import re

import numpy as np
import pytest

from backprop_lib import Dense, Identity, Network, ReLU, Sigmoid, Tanh, xavier
from backprop_lib.datasets.little_network import little_network
from backprop_lib.explorers import GradientFlow
from backprop_lib.explorers.flow_network import nudges
from backprop_lib.explorers.layout import layout, size
from backprop_lib.explorers.panels import Board
from backprop_lib.gradient_check import central_difference
from backprop_lib.layer import Layer
from tests.explorers.test_contract import corners

KINDS = {"relu": ReLU, "tanh": Tanh, "sigmoid": Sigmoid}
STOPS = [  # the stop, its formula, and what is lit beside what it makes
    ("X", "X", ""),
    ("Z^1", "Z[1] = X W[1] + b[1]", "X W^1 b^1"),
    ("A^1", "A[1] = g(Z[1])", "Z^1"),
    ("Z^2", "Z[2] = A[1] W[2] + b[2]", "A^1 W^2 b^2"),
    ("P", "P = softmax(Z[2])", "Z^2"),
    ("loss", "loss = −mean log P[y]", "P"),
    ("dZ^2", "dZ[2] = (P − onehot(Y)) / n", "P"),
    ("dW^2", "dW[2] = A[1]ᵀ dZ[2]", "A^1 dZ^2"),
    ("db^2", "db[2] = Σ dZ[2]", "dZ^2"),
    ("dA^1", "dA[1] = dZ[2] W[2]ᵀ", "dZ^2 W^2"),
    ("dZ^1", "dZ[1] = dA[1] ⊙ g′(Z[1])", "dA^1 Z^1"),
    ("dW^1", "dW[1] = Xᵀ dZ[1]", "X dZ^1"),
    ("db^1", "db[1] = Σ dZ[1]", "dZ^1"),
    ("dX", "dX = dZ[1] W[1]ᵀ", "dZ^1 W^1"),
]
NAMES = [name for name, _, _ in STOPS]


@pytest.fixture
def flow():
    return GradientFlow()


def chain(widths, kind=Tanh, rng=None):
    """Return a network with these widths."""
    rng = rng or np.random.default_rng(0)
    pairs = itertools.pairwise(widths)
    layers = [layer for p, q in pairs for layer in (Dense(xavier(p, q, rng)), kind())]
    return Network(*layers[:-1])


def batch(n, p, classes, rng=None):
    rng = rng or np.random.default_rng(1)
    return rng.normal(size=(n, p)), rng.integers(classes, size=n)


def changed(weight, bias, activation):
    """Return the little network with these changes, made here once more by hand."""
    network, X, Y = little_network()
    first, _, second = network.layers
    hidden = Dense(first.W * weight, first.b + bias)
    made = Network(hidden, KINDS[activation](), Dense(second.W * weight, second.b))
    return made, X, Y


def test_every_number_is_the_traces_at_every_corner(flow):
    for at in corners(flow):
        network, X, Y = changed(**at)
        trace, arrays = network.trace(X, Y), flow.arrays(**at)
        truth = {"X": trace.X, "P": trace.P, "loss": trace.loss, "dX": trace.dX, "Y": Y}
        truth |= {"A^1": trace.A[1], "dA^1": trace.dA[1]}
        for level, dense in ((1, network.layers[0]), (2, network.layers[2])):
            truth |= {f"W^{level}": dense.W, f"b^{level}": dense.b}
            for letter in ("Z", "dZ", "dW", "db"):
                truth[f"{letter}^{level}"] = getattr(trace, letter)[level]
        for name, array in truth.items():
            np.testing.assert_allclose(arrays[name], array, atol=1e-14, err_msg=f"{name} {at}")
            if name.startswith("d"):
                assert arrays[f"‖{name}‖"] == pytest.approx(np.sqrt(np.sum(np.square(array))))


def test_a_gradient_has_the_shape_of_its_value(flow):
    _, arrays = flow.present
    for name in NAMES[6:]:
        assert arrays[name].shape == arrays[name[1:]].shape


def nudged_names(flow):
    return [made.of[0] for made in flow.sums if made.nudged]


def test_each_parameter_and_input_is_nudged(flow):
    assert sorted(nudged_names(flow)) == ["dW^1", "dW^2", "dX", "db^1", "db^2"]


def test_the_nudges_agree_away_from_kinks(flow):
    seen = 0
    for at in [*corners(flow), flow.parameters | {"bias": 2.5}, flow.parameters]:
        arrays = flow.arrays(**at)
        if arrays["kink"] < 1e-3:
            continue
        seen += 1
        for name in nudged_names(flow):
            np.testing.assert_allclose(arrays[f"{name} nudged"], arrays[name], atol=1e-7)
    assert seen > 20


def test_the_nudges_are_the_librarys_central_differences():
    network, X, Y = changed(1.3, 0.4, "sigmoid")
    found, twin = nudges(network, X, Y), network.copy()

    def loss(parameters):
        twin.parameters[:] = parameters
        return twin.loss(X, Y)

    slow = central_difference(loss, network.parameters)
    names = ("dW^1", "db^1", "dW^2", "db^2")
    np.testing.assert_allclose(np.concatenate([found[n].ravel() for n in names]), slow, atol=1e-8)
    slow = central_difference(lambda X: network.loss(X, Y), X)
    np.testing.assert_allclose(found["dX"], slow, atol=1e-8)


def test_at_a_kink_the_words_say_that_a_nudge_means_nothing(flow):
    assert "kink" not in repr(flow)
    flow.set(bias=1)  # Z[1][0, 1] was 1, and Z[1][2, 0] was −1
    _, arrays = flow.present
    assert arrays["kink"] == 0
    assert not np.allclose(arrays["dW^1 nudged"], arrays["dW^1"])
    assert "ReLU's kink" in repr(flow)
    flow.set(activation="tanh")
    assert "kink" not in repr(flow)


def test_the_stops_walk_forward_and_then_back(flow):
    assert [stop.name for stop in flow.walk.stops] == NAMES


@pytest.mark.parametrize(("name", "formula", "others"), STOPS)
def test_a_stop_shows_what_is_computed_and_lights_its_formula(flow, name, formula, others):
    (spec,) = (panel for panel in flow.spec["panels"] if panel["kind"] == "walk")
    stop = spec["stops"][NAMES.index(name)]
    board = {m.name for panel in flow.panels if isinstance(panel, Board)
             for matrix in panel.matrices for m in matrix.family()}  # fmt: skip
    assert set(stop["uses"]) & board == {name, *others.split()}

    flow.go(name)
    later = NAMES[NAMES.index(name) + 1 :]
    assert not set(later) & set(flow.seen())
    assert board - set(later) <= set(flow.seen())
    assert f"At {formula.split(' ')[0]}: " in repr(flow)
    if "=" in formula:
        assert f"{formula}, " in repr(flow)
    if flow.sum_of(name):
        assert flow.picked_entry()[0] == name
        assert flow.explained()
    flow.figure().canvas.draw()


def test_at_the_end_everything_is_shown(flow):
    assert flow.step == "all"
    assert set(flow.seen()) == set(flow.present[1])
    assert flow.walk.at("all") is None
    assert "At " not in repr(flow)


def test_what_is_not_computed_yet_is_not_explained(flow):
    flow.pick("dW^1", 0, 0)
    flow.step = "loss"
    assert flow.explained() == ""
    flow.step = "nonsense from the page"
    assert flow.explained()


def test_the_words_of_the_little_network(flow):
    assert repr(flow) == (
        "The loss is 0.837. Gradient lengths: dW[1] 0.395, dW[2] 0.944. "
        "Row 3 meets only units that are off: nothing goes back through it. "
        "dW[1][0, 0] = 0.0625 − 0.1875 + 0 + 0 = −0.1250, by nudging −0.1250."
    )


def test_a_hidden_bias_wakes_row_3_and_gives_it_a_say(flow):
    assert not flow.present[1]["dZ^1"][3].any()
    flow.set(bias=2)
    assert "Row 3 meets only units that are off" in repr(flow)
    flow.set(bias=2.1)
    assert "Row 3" not in repr(flow)
    assert flow.present[1]["dZ^1"][3].any()
    flow.pick("dW^1", 0, 1)
    terms = flow.present[1]["dW^1 terms"][0, 1]
    assert terms[3] != 0


def test_a_unit_that_is_off_everywhere_is_named(flow):
    flow.set(bias=-3)
    assert "Unit 2 is off in every row: its weights learn nothing." in repr(flow)


def test_with_sigmoid_the_first_layer_falls_behind(flow):
    def ratio():
        return flow.present[1]["‖dW^1‖"] / flow.present[1]["‖dW^2‖"]

    before = ratio()
    flow.set(activation="sigmoid")
    assert ratio() < before / 2
    assert "Row 3" not in repr(flow)


def test_the_network_that_is_given_stays_as_it_is():
    network, (X, Y) = chain((2, 3, 2)), batch(4, 2, 2)
    network.gradients[:] = 7
    before = network.parameters.copy(), X.copy(), Y.copy()
    flow = GradientFlow(network, X, Y)
    for at in corners(flow):
        flow.arrays(**at)
    for now, then in zip((network.parameters, X, Y), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert (network.gradients == 7).all()

    shown = flow.arrays(**flow.parameters)["W^1"]
    network.parameters[:], X[:] = 0, 0  # and it has taken its own copies
    np.testing.assert_array_equal(flow.arrays(**flow.parameters)["W^1"], shown)


@pytest.mark.parametrize(("n", "widths"), [(1, (2, 3)), (3, (2, 3, 3, 2)), (8, (6, 6, 6, 6))])
def test_your_own_network(n, widths):
    network, (X, Y) = chain(widths), batch(n, widths[0], widths[-1])
    flow, trace = GradientFlow(network, X, Y), network.trace(X, Y)
    for level in trace.dW:
        np.testing.assert_allclose(flow.present[1][f"dW^{level}"], trace.dW[level])
    for name in nudged_names(flow):
        np.testing.assert_allclose(
            flow.present[1][f"{name} nudged"], flow.present[1][name], atol=1e-7
        )
    assert len(flow.walk.stops) == 3 + 2 * len(trace.Z) - 1 + 4 * len(trace.Z)
    flow.figure().canvas.draw()


def test_the_readers_own_activation_stands_first():
    X, Y = batch(3, 2, 2)
    for kind, name in ((Tanh, "tanh"), (ReLU, "relu"), (Sigmoid, "sigmoid"), (Identity, "given")):
        options = GradientFlow(chain((2, 2, 2), kind), X, Y).controls["activation"].options
        assert next(iter(options)) == name
        assert set(options) - {"given"} == set(KINDS)
    assert list(GradientFlow(chain((2, 2)), X, Y).controls) == ["weight"]


def test_layers_without_an_activation_and_with_two():
    W, (X, Y) = np.eye(2), batch(3, 2, 2)
    network = Network(Dense(W), Dense(W), Tanh(), Sigmoid(), Dense(W))
    flow, trace = GradientFlow(network, X, Y), network.trace(X, Y)
    for name in nudged_names(flow):
        _, arrays = flow.present
        np.testing.assert_allclose(arrays[f"{name} nudged"], arrays[name], atol=1e-7)
    np.testing.assert_allclose(flow.present[1]["dZ^2"], trace.dZ[2])
    for made in flow.sums:
        total = flow.present[1][made.terms].sum(axis=-1)
        np.testing.assert_allclose(total, flow.present[1][made.of[0]], atol=1e-12)


@pytest.mark.parametrize(
    ("n", "widths", "words"),
    [
        (9, (2, 2, 2), r"9 examples \(at most 8\)"),
        (4, (7, 2, 2), r"7 inputs or units in a layer \(at most 6\)"),
        (4, (2, 2, 2, 2, 2), r"4 dense layers \(at most 3\)"),
        (100, (64, 32, 10), "100 examples .* and 64 inputs"),
    ],
)
def test_a_network_too_large_to_draw_says_what_it_shows(n, widths, words):
    network, (X, Y) = chain(widths, ReLU), batch(n, widths[0], widths[-1])
    flow, trace = GradientFlow(network, X, Y), network.trace(X, Y)
    said = flow.words(flow.present[1], **flow.parameters)
    assert said.startswith("Too large to be read as numbers: ")
    assert re.search(words, said)
    assert "the length of each gradient, and how large its entries are." in said
    assert not any(isinstance(panel, Board) for panel in flow.panels)
    _, arrays = flow.present
    assert max(array.size for array in arrays.values()) == 40
    for level in trace.dW:
        assert arrays[f"‖dW^{level}‖"] == pytest.approx(np.linalg.norm(trace.dW[level]))
        assert arrays[f"‖dZ^{level}‖"] == pytest.approx(np.linalg.norm(trace.dZ[level]))
        shares, sizes = arrays[f"sizes of dW^{level}"], abs(trace.dW[level])
        assert shares.sum() == pytest.approx(1)
        for k in (0, 20, 35):  # the bins are a fifth of a decade wide, from 1e-8 on
            low, high = 10 ** (-8 + k / 5), 10 ** (-8 + (k + 1) / 5)
            low = low if k else -1
            assert shares[k] == pytest.approx(np.mean((sizes >= low) & (sizes < high)))
    flow.set(weight=2)
    flow.figure().canvas.draw()


X, Y = batch(3, 2, 2)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("net", X, Y), TypeError, "network is 'net', expected a Network"),
        ((None, X, [0, 1, 2]), ValueError, "Y holds the label 2, expected 0 to 1"),
        ((None, X, [0, 1]), ValueError, r"Y has shape \(2,\), expected \(3,\)"),
        ((None, X[:, :1], Y), ValueError, "X has 1 columns, expected 2"),
        ((None, [[np.nan, 1]], [0]), ValueError, r"X holds nan at index \[0, 0\]"),
        ((chain((2, 2)),), TypeError, "X is None"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(arguments, error, words):
    with pytest.raises(error, match=words):
        GradientFlow(*arguments)


def test_a_layer_that_is_no_activation_is_refused(flow):
    class Odd(Layer):
        def apply(self, X):
            return X

    network = Network(Dense(np.eye(2)), Odd(), Dense(np.eye(2)))
    with pytest.raises(ValueError, match=r"network holds Odd\(\), expected Dense layers and act"):
        GradientFlow(network, X, Y)


def test_an_unknown_stop_is_refused(flow):
    with pytest.raises(ValueError, match=r"no stop 'dW', expected X, Z\^1, "):
        flow.go("dW")


def test_nothing_on_the_board_lies_on_anything_else(flow):
    """Each piece holds its own grids, and a gradient stands below its value, column by column."""
    (board,) = (panel for panel in flow.panels if isinstance(panel, Board))
    plan = layout(board, flow.largest)
    cell = plan["cell"]
    for piece in plan["pieces"]:
        places = {grid["name"]: grid for grid in piece["grids"]}
        bottoms = []
        for name, grid in places.items():
            rows, columns = size(flow.largest[name])
            assert 0 <= grid["x"] <= grid["x"] + columns * cell["width"] <= piece["width"]
            bottoms.append((grid["y"], grid["y"] + rows * cell["height"]))
            if f"d{name}" in places:
                assert places[f"d{name}"]["x"] == grid["x"]
                assert places[f"d{name}"]["y"] > grid["y"]
        bottoms.sort()
        for (_, bottom), (top, _) in itertools.pairwise(bottoms):
            assert bottom < top
        assert bottoms[-1][1] < piece["height"]
