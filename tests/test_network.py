"""The network: gradients through all layers, one flat memory, and a door that checks."""

import itertools

import numpy as np
import pytest

from backprop_lib import SGD, Dense, Identity, Network, ReLU, Sigmoid, Tanh, he
from backprop_lib.gradient_check import central_difference, gradient_check


def drawn_network(activation, seed, sizes=(5, 4, 3, 6)):
    rng = np.random.default_rng(seed)
    layers = []
    for p, q in itertools.pairwise(sizes):
        layers += [Dense(he(p, q, rng), rng.standard_normal(q)), activation()]
    network = Network(*layers[:-1])
    return network, rng.standard_normal((7, sizes[0])), rng.integers(0, sizes[-1], 7)


@pytest.mark.parametrize("activation", [Identity, Sigmoid, Tanh])
@pytest.mark.parametrize("seed", range(5))
def test_backpropagate_fills_the_gradient_of_the_loss(activation, seed):
    network, X, Y = drawn_network(activation, seed)
    loss = network.backpropagate(X, Y)
    assert loss == network.loss(X, Y)
    assert gradient_check(network, X, Y).error < 1e-13
    assert gradient_check(network, X, Y, central_difference).error < 1e-8


@pytest.mark.parametrize("seed", range(5))
def test_and_with_relu_where_no_unit_stands_at_its_kink(seed):
    network, X, Y = drawn_network(ReLU, seed)
    report = gradient_check(network, X, Y, central_difference)
    assert report.kink > 1e-4  # ten nudges away
    assert report.error < 1e-8


def test_layers_are_views_of_the_flat_vectors():
    network, X, Y = drawn_network(Tanh, 0)
    first = network.layers[0]
    network.parameters[0] = 42
    assert first.W[0, 0] == 42
    first.W = np.zeros_like(first.W)
    assert network.parameters[0] == 0
    network.backpropagate(X, Y)
    assert network.gradients[0] == first.dW[0, 0] != 0
    assert np.shares_memory(network.gradients, first.db)


def test_a_step_against_the_gradient_lowers_the_loss():
    network, X, Y = drawn_network(Tanh, 0)
    before = network.backpropagate(X, Y)
    slope = (network.gradients**2).sum()
    SGD(learning_rate=1e-4).step(network.parameters, network.gradients)
    np.testing.assert_allclose((before - network.loss(X, Y)) / (1e-4 * slope), 1, atol=1e-2)


def test_two_networks_never_share_a_layer():
    dense = Dense(np.ones((2, 2)))
    one, other = Network(dense), Network(dense)
    one.parameters[:] = 7
    assert dense.W[0, 0] == other.layers[0].W[0, 0] == 1


def test_measuring_does_not_disturb_a_pass_under_way():
    network, X, Y = drawn_network(Tanh, 0)
    network.backpropagate(X, Y)
    expected = network.gradients.copy()
    network.forward(X)
    network.predict(X[:2])
    network.probabilities(X[:3])
    network.loss(X[:4], Y[:4])
    network.trace(X[:5], Y[:5])
    loss_gradient = network.trace(X, Y).dZ[3]
    network.backward(loss_gradient)
    np.testing.assert_allclose(network.gradients, expected, rtol=1e-14)


def test_one_example_gets_what_it_gets_in_a_batch():
    network, X, _ = drawn_network(ReLU, 0)
    np.testing.assert_allclose(network.forward(X[2:3]), network.forward(X)[2:3], rtol=1e-13)


def test_the_door_refuses_what_is_not_finite_and_says_where():
    network, X, Y = drawn_network(ReLU, 0)
    for value in (np.nan, np.inf):
        X[3, 1] = value
        for door in (network.forward, network.predict, network.probabilities):
            with pytest.raises(ValueError, match=rf"X holds {value} at index \[3, 1\]"):
                door(X)
        for door in (network.loss, network.trace, network.backpropagate):
            with pytest.raises(ValueError, match="X holds"):
                door(X, Y)


def test_layers_that_do_not_fit_are_refused_at_once():
    two, three = Dense(np.ones((4, 2))), Dense(np.ones((3, 5)))
    with pytest.raises(ValueError, match="Layer 3 takes 3 numbers, but 2 come out before it"):
        Network(two, ReLU(), three)
    with pytest.raises(TypeError, match="expected layers such as"):
        Network(two, np.tanh)
    for layers in ((), (ReLU(), two), (two, ReLU())):
        with pytest.raises(ValueError, match="starts and ends with a Dense layer"):
            Network(*layers)
    with pytest.raises(ValueError, match="X has 3 columns, expected 4"):
        Network(two).forward(np.ones((1, 3)))
