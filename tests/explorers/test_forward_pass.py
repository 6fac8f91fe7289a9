"""One dense layer, live: Z and A are right everywhere, and only what depends on a control moves."""

import itertools

import numpy as np
import pytest

from backprop_lib import relu_forward, sigmoid_forward, tanh_forward
from backprop_lib.explorers import ForwardPass
from tests.explorers.test_contract import corners

TRUTH = {
    "identity": lambda Z: Z,
    "relu": relu_forward,
    "sigmoid": sigmoid_forward,
    "tanh": tanh_forward,
}


@pytest.fixture
def layer():
    return ForwardPass()


def moved(layer, control, array):
    """Return which entries of `array` change anywhere in the sweep of `control`."""
    frames = np.array([arrays[array] for _, arrays in layer.sweep(control)])
    return (frames != frames[0]).any(axis=0)


def test_every_corner_is_a_dense_layer_and_its_activation(layer):
    for parameters in corners(layer):
        X, W, b, Z, A = (layer.arrays(**parameters)[name] for name in "XWbZA")
        np.testing.assert_allclose(Z, X @ W + b, atol=1e-12)
        np.testing.assert_allclose(A, TRUTH[parameters["activation"]](Z), atol=1e-12)
        assert X.shape == (parameters["n"], 2)
        assert (X[0, 0], W[0, 0], b[0]) == tuple(parameters[n] for n in ("input", "weight", "bias"))


def test_a_weight_moves_one_column_of_Z(layer):
    expected = np.zeros((4, 3), bool)
    expected[:, 0] = True
    np.testing.assert_array_equal(moved(layer, "weight", "Z"), expected)


def test_an_input_moves_one_row_of_Z(layer):
    expected = np.zeros((4, 3), bool)
    expected[0] = True
    np.testing.assert_array_equal(moved(layer, "input", "Z"), expected)


def test_a_bias_moves_its_column_by_equal_amounts(layer):
    frames = np.array([arrays["Z"] for _, arrays in layer.sweep("bias")])
    change = frames - frames[0]
    assert (change[:, :, 1:] == 0).all()
    np.testing.assert_allclose(change[:, :, 0], change[:, :1, 0].repeat(4, axis=1), atol=1e-12)
    assert moved(layer, "bias", "Z")[:, 0].all()


def test_n_adds_rows_and_changes_none(layer):
    frames = [arrays for _, arrays in layer.sweep("n")]
    for n, arrays in enumerate(frames, start=1):
        for name in ("X", "Z", "A"):
            np.testing.assert_array_equal(arrays[name], frames[-1][name][:n])
        np.testing.assert_array_equal(arrays["W"], frames[-1]["W"])
        np.testing.assert_array_equal(arrays["b"], frames[-1]["b"])


def test_what_relu_holds_at_zero_does_not_move(layer):
    """Between two neighbouring positions at which Z stays negative, A stays 0."""
    sweep = [arrays for _, arrays in layer.sweep("weight")]
    for here, there in itertools.pairwise(sweep):
        off = (here["Z"] <= 0) & (there["Z"] <= 0)
        assert (here["A"] == there["A"])[off].all()
        assert (here["A"] != there["A"])[~off & (here["Z"] != there["Z"])].all()


def test_the_words_of_the_little_network(layer):
    assert repr(layer) == (
        "Z = X W + b is 4×3: n = 4 examples, p = 2 inputs, q = 3 units. "
        "With ReLU, 6 of the 12 entries of A are 0. "
        "Z[0, 0] = 2.00 − 1.00 + 0 = 1.00, and A[0, 0] = 1.00."
    )
    layer.set(n=1, activation="tanh")
    layer.pick("A", 0, 2)
    assert "n = 1 example, " in repr(layer)
    assert "Z[0, 2] = −1.00 − 1.00 − 1.00 = −3.00, and A[0, 2] = −1.00." in repr(layer)


def test_your_own_layer():
    X, W = np.full((2, 3), 12.5), np.ones((3, 1), int)
    layer = ForwardPass(X, W, [0.25], activation="tanh")
    X[:] = 0  # it has taken its own copy
    _, arrays = layer.present
    np.testing.assert_allclose(arrays["Z"], [[37.75], [37.75]])
    assert layer.controls["input"].maximum == 13
    assert layer.parameters["activation"] == "tanh"
    assert "q = 1 unit." in repr(layer)
    layer.figure().canvas.draw()


def test_one_example_has_no_batch_to_choose():
    layer = ForwardPass([[1, 2]])
    assert "n" not in layer.controls
    assert layer.present[1]["Z"].shape == (1, 3)


def test_only_the_controls_that_are_asked_for():
    layer = ForwardPass(controls=("weight",))
    assert [c["name"] for c in layer.spec["controls"] if c["shown"]] == ["weight"]
    layer.set(n=2)
    assert layer.present[1]["Z"].shape == (2, 3)
    ForwardPass(controls=("activation",)).figure().canvas.draw()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"X": [[1, 2, 3]]}, ValueError, r"X has shape \(1, 3\), expected \(n, 2\)"),
        ({"b": [1, 2]}, ValueError, r"b has shape \(2,\), expected \(3,\)"),
        ({"X": [[np.nan, 1]]}, ValueError, r"X holds nan at index \[0, 0\]"),
        ({"W": [["a"]]}, TypeError, "W is an array of"),
        ({"X": np.ones((13, 2))}, ValueError, r"X has shape \(13, 2\), expected at most 12"),
        (
            {"activation": "RELU"},
            ValueError,
            "activation is 'RELU', expected one of identity, relu",
        ),
        ({"controls": ("weights",)}, ValueError, "no control 'weights', expected input, weight"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        ForwardPass(**arguments)
