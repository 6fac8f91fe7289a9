"""What every network promises, whatever layers and loss it is made of."""

import numpy as np
import pytest

from backprop_lib.gradient_check import central_difference, complex_step, gradient_check
from backprop_lib.history import dense_layers
from tests.contract.layers import LAYERS, LOSSES, network_with

every_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)


@every_layer
@every_loss
@pytest.mark.parametrize(
    ("method", "limit"), [(central_difference, 1e-8), (complex_step, 1e-13)], ids=["h", "ih"]
)
def test_its_gradients_are_right(kind, loss, method, limit):
    for seed in range(3):
        report = gradient_check(*network_with(kind, loss, seed), method)
        assert report.passed
        assert report.error <= limit, f"seed {seed}: {report}"


@every_layer
@every_loss
def test_a_trace_is_what_backpropagate_does(kind, loss):
    network, X, Y = network_with(kind, loss)
    before = repr([vars(layer) for layer in network.layers])
    trace = network.trace(X, Y)
    assert repr([vars(layer) for layer in network.layers]) == before
    assert trace.loss == network.backpropagate(X, Y)
    for level, layer in enumerate(dense_layers(network), start=1):
        np.testing.assert_array_equal(trace.dW[level], layer.dW)
        np.testing.assert_array_equal(trace.db[level], layer.db)
    for name, step in trace.steps.items():
        np.testing.assert_array_equal(step.dX.shape, step.X.shape, err_msg=name)
    np.testing.assert_array_equal(network.backward(trace.dZ[level]), trace.dX)


@every_layer
@every_loss
def test_evaluation_leaves_what_training_stored_alone(kind, loss):
    network, X, Y = network_with(kind, loss)
    network.backpropagate(X, Y)
    expected = network.gradients.copy()
    dZ = network.loss_function.backward()
    evaluated = network.loss(X, Y)
    for _ in range(2):
        network.predict(X[:2])
        network.probabilities(X[:3])
        network.trace(X[:4], Y[:4])
        assert network.loss(X, Y) == evaluated
    network.backward(dZ)
    np.testing.assert_allclose(network.gradients, expected, rtol=1e-13, atol=1e-15)


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
@every_loss
def test_float32_stays_float32_throughout(kind, loss):
    double, X, Y = network_with(kind, loss)
    network = double.copy(np.float32)
    losses = [network.backpropagate(X, Y), network.loss(X, Y)]
    dX = network.backward(network.loss_function.backward())
    seen = [network, losses, dX, network.forward(X), network.probabilities(X), network.trace(X, Y)]
    assert {array.dtype for array in arrays(seen) if array.dtype.kind == "f"} == {np.dtype("f")}


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
