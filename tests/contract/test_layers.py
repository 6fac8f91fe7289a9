"""What every layer promises, whatever it computes."""

import copy

import numpy as np
import pytest

from backprop_lib import Dropout
from backprop_lib.gradient_check import central_difference, compare, complex_step
from tests.contract.calls import NUMBERS, WHOLES
from tests.contract.formulas import back, forward, pair_of
from tests.contract.layers import HIDDEN, LAYERS, arguments_of, inputs, make

every_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)


def drawn(kind, seed=0, n=6):
    """Return a layer, what goes in, and the gradient of what comes out."""
    rng = np.random.default_rng(seed)
    return make(kind, rng), inputs(rng, n), rng.standard_normal((n, HIDDEN))


def state(layer):
    """Return a deep copy of everything the layer holds."""
    return copy.deepcopy(vars(layer))


def assert_same(now, then):
    """Hold two states against each other, array by array."""
    assert now.keys() == then.keys()
    for name, value in now.items():
        if isinstance(value, np.random.Generator):
            assert value.bit_generator.state == then[name].bit_generator.state
        else:
            np.testing.assert_equal(value, then[name], err_msg=name)


def gradients(layer, dout):
    """Return the gradients of X and of every parameter, as they are after one way back."""
    dX = layer.backward(dout)
    own = {name: getattr(layer, f"d{name}").copy() for name in layer.parameter_names}
    return {"X": dX, **own}


@every_layer
@pytest.mark.parametrize(
    ("method", "limit"), [(central_difference, 1e-8), (complex_step, 1e-13)], ids=["h", "ih"]
)
def test_backward_is_the_gradient_of_the_training_pass(kind, method, limit):
    for seed in range(10):
        layer, X, dout = drawn(kind, seed, n=4 + seed % 3)
        layer.forward(X)
        for name, gradient in gradients(layer, dout).items():

            def weighed(value, layer=layer, X=X, dout=dout, name=name):
                twin = layer.copy(value.dtype)
                twin.memory = layer.memory
                if name == "X":
                    return (dout * twin.replay(value)).sum()
                setattr(twin, name, value)
                return (dout * twin.replay(X)).sum()

            value = X if name == "X" else getattr(layer, name)
            assert gradient.shape == value.shape
            assert compare(gradient, method(weighed, value)).error <= limit, f"d{name}, {seed}"


@every_layer
@pytest.mark.parametrize("scale", [1, 1e4, 1e-300])
def test_it_does_what_its_functions_do(kind, scale):
    layer, X, dout = drawn(kind)
    X, pair = scale * X, pair_of(kind)
    H = layer.forward(X)
    went_in, *held = pair.forward.shapes
    known = forward(pair, {went_in: X} | {name: getattr(layer, name) for name in held})
    if kind is Dropout:  # has a generator of its own
        known |= {"H": X * layer.memory, "M": layer.memory}
    np.testing.assert_array_equal(H, known[pair.outputs[0]])
    found = list(gradients(layer, dout).values())
    for ours, theirs in zip(found, back(pair, known, dout).values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@every_layer
def test_what_it_remembers_is_that_of_the_last_training_pass(kind):
    layer, X, dout = drawn(kind)
    layer.forward(X)
    expected = gradients(layer, dout)
    layer.forward(inputs(np.random.default_rng(1), n=3))
    layer.apply(X)
    with pytest.raises(ValueError, match=r"expected|gradient"):
        layer.backward(dout)  # of six examples, where three went forward
    twin = drawn(kind)[0]
    twin.forward(X)
    for _ in range(2):  # and gradients do not add up
        for name, gradient in gradients(twin, dout).items():
            np.testing.assert_array_equal(gradient, expected[name])


@every_layer
def test_an_evaluation_pass_changes_nothing_and_looks_at_each_example_alone(kind):
    layer, X, _ = drawn(kind)
    layer.forward(X)
    before, X_before = state(layer), X.copy()
    H = layer.apply(X)
    np.testing.assert_array_equal(layer.apply(X), H)
    for i in range(len(X)):
        np.testing.assert_allclose(layer.apply(X[i : i + 1]), H[i : i + 1], rtol=1e-13, atol=1e-15)
    layer.apply(np.ones((2, HIDDEN)))
    layer.replay(np.ones((len(X), HIDDEN)))
    assert_same(vars(layer), before)
    np.testing.assert_array_equal(X, X_before)


@every_layer
def test_what_it_hands_on_is_nobody_elses(kind):
    layer, X, dout = drawn(kind)
    for found in (layer.forward(X), layer.replay(X), layer.apply(X), layer.backward(dout)):
        kept = [X, dout, *(a for a in vars(layer).values() if isinstance(a, np.ndarray))]
        kept += [a for a in layer.memory if isinstance(layer.memory, tuple | list)]
        assert not any(np.shares_memory(found, array) for array in kept)


@every_layer
def test_the_training_pass_and_its_replay_say_the_same(kind):
    layer, X, _ = drawn(kind)
    np.testing.assert_array_equal(layer.forward(X), layer.replay(X))


@every_layer
def test_backward_before_forward_says_so(kind):
    layer, X, dout = drawn(kind)
    layer.apply(X)
    words = rf"{kind.__name__}\.backward was called before {kind.__name__}\.forward"
    for way_back in (layer.backward, layer.backward_to_parameters):
        with pytest.raises(RuntimeError, match=words):
            way_back(dout)


@every_layer
def test_the_way_to_the_parameters_alone_finds_the_same_gradients(kind):
    layer, X, dout = drawn(kind)
    layer.forward(X)
    expected = gradients(layer, dout)
    for name in layer.parameter_names:
        setattr(layer, f"d{name}", np.full_like(getattr(layer, name), 99))
    layer.backward_to_parameters(dout)
    for name in layer.parameter_names:
        np.testing.assert_allclose(getattr(layer, f"d{name}"), expected[name], rtol=1e-15)


@every_layer
def test_a_copy_shares_nothing(kind):
    layer, X, dout = drawn(kind)
    layer.forward(X)
    before = state(layer)
    twin = layer.copy()
    assert twin.memory is None
    twin.forward(2 * X)
    twin.backward(dout)
    for name in twin.parameter_names:
        setattr(twin, name, np.zeros_like(getattr(twin, name)))
    assert_same(vars(layer), before)


@every_layer
def test_float32_stays_float32(kind):
    layer, X, dout = drawn(kind)
    layer, X, dout = layer.copy(np.float32), X.astype(np.float32), dout.astype(np.float32)
    found = [layer.forward(X), layer.apply(X), layer.replay(X), layer.backward(dout)]
    found += [value for value in vars(layer).values() if isinstance(value, np.ndarray)]
    assert {value.dtype for value in found} == {np.dtype(np.float32)}


@every_layer
def test_a_setting_out_of_range_is_refused_where_it_is_given_and_not_later(kind):
    right = arguments_of(kind, np.random.default_rng(0))
    for name in right.keys() & (NUMBERS.keys() | WHOLES):
        for wrong in NUMBERS[name][1] if name in NUMBERS else [0, -1]:
            with pytest.raises(ValueError, match=f"{name} is {wrong}, expected"):
                kind(**right | {name: wrong})


@every_layer
def test_its_name_is_said_with_what_it_is_made_of(kind):
    words = {
        "Dense": "Dense(4 → 4)",
        "BatchNorm": "BatchNorm(4)",
        "LayerNorm": "LayerNorm(4)",
        "Dropout": "Dropout(0.4)",
    }
    found = repr(make(kind, np.random.default_rng(0)))
    assert found == words.get(kind.__name__, f"{kind.__name__}()")
