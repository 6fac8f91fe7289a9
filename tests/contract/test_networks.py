"""What every network promises, whatever layer is in its middle and whatever loss at its end."""

import numpy as np
import pytest

from backprop_lib.gradient_check import central_difference, complex_step, gradient_check
from backprop_lib.history import dense_layers
from tests.contract.layers import LAYERS, LOSSES, network_with

every_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)


@every_layer
@pytest.mark.parametrize(
    ("method", "limit"), [(central_difference, 1e-8), (complex_step, 1e-13)], ids=["h", "ih"]
)
def test_its_gradients_are_right(kind, method, limit):
    for loss in LOSSES:
        for seed in range(3):
            report = gradient_check(*network_with(kind, loss, seed), method)
            assert report.passed
            assert report.error <= limit, f"{loss.__name__}, seed {seed}: {report}"


@every_layer
def test_a_trace_is_what_backpropagate_does(kind):
    for loss in LOSSES:
        network, X, Y = network_with(kind, loss)
        before = repr([vars(layer) for layer in network.layers])
        trace = network.trace(X, Y)
        assert repr([vars(layer) for layer in network.layers]) == before
        assert trace.loss == network.backpropagate(X, Y)
        for level, layer in enumerate(dense_layers(network), start=1):
            np.testing.assert_array_equal(trace.dW[level], layer.dW)
            np.testing.assert_array_equal(trace.db[level], layer.db)
        np.testing.assert_array_equal(network.backward(trace.dZ[level]), trace.dX)
        for step in trace.steps.values():
            assert (step.dX.shape, step.dout.shape) == (step.X.shape, step.out.shape)


@every_layer
def test_evaluation_leaves_what_training_stored_alone(kind):
    for loss in LOSSES:
        network, X, Y = network_with(kind, loss)
        network.backpropagate(X, Y)
        expected, dZ = network.gradients.copy(), network.loss_function.backward()
        evaluated = network.loss(X, Y)
        for _ in range(2):
            network.predict(X[:2])
            network.probabilities(X[:3])
            network.trace(X[:4], Y[:4])
            assert network.loss(X, Y) == evaluated
        np.testing.assert_array_equal(network.loss_function.backward(), dZ)
        network.backward(dZ)
        np.testing.assert_allclose(network.gradients, expected, rtol=1e-13, atol=1e-15)


@every_layer
def test_a_second_pass_of_a_known_shape_is_as_the_first(kind):
    """A network opens its doors for shapes that it knows; nothing else may change by that."""
    for loss in LOSSES:
        network, X, Y = network_with(kind, loss)
        cold = network.copy()
        network.backpropagate(2 * X, Y)
        cold.forward(2 * X)  # draws the same masks, moves the same statistics, opens no door
        assert network.backpropagate(X, Y) == cold.backpropagate(X, Y)
        np.testing.assert_array_equal(network.gradients, cold.gradients)


def arrays(thing):
    """Yield every array of numbers in a value, a list, a dict or an object of the library."""
    if isinstance(thing, np.ndarray | np.floating):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from arrays(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from arrays(value)
    elif type(thing).__module__.startswith("backprop_lib"):
        yield from arrays(vars(thing))


@every_layer
def test_float32_stays_float32_throughout(kind):
    for loss in LOSSES:
        double, X, Y = network_with(kind, loss)
        network = double.copy(np.float32)
        seen = [network.backpropagate(X, Y), network.loss(X, Y), network.trace(X, Y), network]
        dX = network.backward(network.loss_function.backward())
        seen += [dX, network.forward(X), network.probabilities(X), network.backpropagate(X, Y)]
        floats = {array.dtype for array in arrays(seen) if array.dtype.kind == "f"}
        assert floats == {np.dtype(np.float32)}, loss.__name__


@every_layer
def test_one_example_gets_what_it_gets_in_a_batch(kind):
    network, X, _ = network_with(kind)
    for i in range(len(X)):
        one = network.probabilities(X[i : i + 1])
        np.testing.assert_allclose(one, network.probabilities(X)[i : i + 1], rtol=1e-12)


@every_layer
def test_a_copy_is_a_network_of_its_own_that_does_the_same(kind):
    network, X, Y = network_with(kind)
    twin = network.copy()
    assert twin.backpropagate(X.copy(), Y.copy()) == network.backpropagate(X, Y)
    np.testing.assert_array_equal(twin.gradients, network.gradients)
    mine, its = (list(arrays([each.parameters, each.layers])) for each in (network, twin))
    assert not any(np.shares_memory(a, b) for a in mine for b in its)
