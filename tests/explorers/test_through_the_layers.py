"""Through the layers: the sizes are a network's own, and the sentence says what becomes of them."""

import numpy as np
import pytest

from backprop_lib import Dense, Identity, Network, ReLU, Sigmoid, Tanh, he, xavier
from backprop_lib.explorers.through_the_layers import DEEPEST, ThroughTheLayers
from tests.explorers.test_contract import corners

KINDS = {"relu": (ReLU, he), "tanh": (Tanh, xavier), "sigmoid": (Sigmoid, xavier)}
KINDS["identity"] = (Identity, xavier)


@pytest.fixture(scope="module")
def explorer():
    return ThroughTheLayers()


def size(array):
    return np.clip(np.sqrt(np.mean(array**2)), 1e-30, 1e30)


def test_every_corner_is_positive_finite_and_survives_float32(explorer):
    for at in corners(explorer):
        arrays = explorer.arrays(**at)
        for name in ("layer", "values", "gradients"):
            assert arrays[name].shape == (at["depth"],)
            sent = arrays[name].astype(np.float32)
            assert np.isfinite(sent).all()
            assert (sent > 0).all()


def test_every_corner_is_what_a_network_of_the_library_does(explorer):
    for at in corners(explorer):
        kind, first_weights = KINDS[at["activation"]]
        drawn = explorer._W[first_weights][: at["depth"]]
        last = Dense(np.eye(64))  # a network ends with a dense layer; this one changes nothing
        layers = [layer for W in drawn for layer in (Dense(at["scale"] * W), kind())]
        network = Network(*layers, last)
        network.forward(explorer._X)
        dA = network.layers[-1].backward(explorer._dA)
        values, gradients = [], []
        for layer in reversed(network.layers[:-1]):
            if not isinstance(layer, Dense):
                values.insert(0, size(layer.apply(layer.memory)))
            dA = layer.backward(dA)
            if not isinstance(layer, Dense):
                gradients.insert(0, size(dA))
        arrays = explorer.arrays(**at)
        np.testing.assert_allclose(arrays["values"], values, rtol=1e-6)  # rounding explodes too
        np.testing.assert_allclose(arrays["gradients"], gradients, rtol=1e-6)


def test_the_scale_multiplies_every_layer_of_relus(explorer):
    one = explorer.arrays(scale=1.0, depth=20, activation="relu")
    half = explorer.arrays(scale=0.5, depth=20, activation="relu")
    k = np.arange(20)
    np.testing.assert_allclose(half["values"], one["values"] * 0.5 ** (k + 1))
    np.testing.assert_allclose(half["gradients"], one["gradients"] * 0.5 ** (19 - k))


def test_more_layers_leave_the_values_before_them_as_they_are(explorer):
    few = explorer.arrays(scale=1.0, depth=10, activation="tanh")["values"]
    many = explorer.arrays(scale=1.0, depth=DEEPEST, activation="tanh")["values"]
    np.testing.assert_array_equal(many[:10], few)


@pytest.mark.parametrize(
    ("activation", "scale", "values", "gradients"),
    [
        ("relu", 1.0, "keep their size", "keep their size"),
        ("relu", 0.7, "vanish", "vanish"),
        ("relu", 1.4, "explode", "explode"),
        ("identity", 1.0, "keep their size", "keep their size"),
        ("sigmoid", 1.0, "keep their size", "vanish"),
        ("sigmoid", 5.0, "keep their size", "vanish"),
        ("tanh", 1.5, "keep their size", "keep their size"),
        ("tanh", 3.0, "keep their size", "explode"),
    ],
)
def test_the_sentence_says_what_becomes_of_both(activation, scale, values, gradients):
    words = repr(ThroughTheLayers(activation, scale))
    forward, backward = words.split("Gradients arrive")
    assert f"they {values}." in forward
    assert f"they {gradients}," in backward


def test_forward_is_blue_and_backward_is_vermilion(explorer):
    assert explorer.roles["values"] == "forward"
    assert explorer.roles["gradients"] == "backward"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"depth": 1}, "depth is 1, expected"),
        ({"scale": 0.0}, "scale is 0.0, expected"),
        ({"activation": "gelu"}, "activation is 'gelu', expected one of relu, tanh"),
    ],
)
def test_a_start_out_of_range_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        ThroughTheLayers(**wrong)
