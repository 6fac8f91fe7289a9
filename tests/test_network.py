"""The network: one flat memory, what each layer may follow, its summary, its copies, its doors."""

import numpy as np
import pytest

from backprop_lib import (
    SGD,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    LayerNorm,
    MeanSquaredError,
    Network,
    ReLU,
    SoftmaxCrossEntropy,
    Tanh,
    he,
)

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((7, 4)), RNG.integers(0, 3, 7)


def mixed_network(loss_function=None):
    rng = np.random.default_rng(1)
    layers = Dense(he(4, 5, rng)), BatchNorm(5), ReLU(), Dropout(0.25, rng), LayerNorm(5)
    loss = {"loss_function": loss_function} if loss_function else {}
    return Network(*layers, Dense(he(5, 3, rng)), **loss)


def tanh_network():
    rng = np.random.default_rng(2)
    return Network(Dense(he(4, 5, rng)), Tanh(), Dense(he(5, 3, rng)))


def test_parameters_lie_in_one_vector_in_the_layers_order():
    network = mixed_network()
    first = network.layers[0]
    assert network.parameters.shape == (4 * 5 + 5 + 5 + 5 + 5 + 5 + 5 * 3 + 3,)
    network.parameters[0] = 42
    assert first.W[0, 0] == 42
    first.W = -first.W
    assert network.parameters[0] == -42
    network.backpropagate(X, Y)
    assert network.gradients[0] == first.dW[0, 0] != 0


def test_weights_decay_and_nothing_else_does():
    network = mixed_network()
    assert network.decays.sum() == 4 * 5 + 5 * 3
    network.parameters[:] = network.decays
    assert all((layer.W == 1).all() and (layer.b == 0).all() for layer in network.layers[::5])


def test_assigning_parameters_copies_into_them():
    network = tanh_network()
    memory = network.parameters
    network.parameters = memory - 1
    assert network.parameters is memory
    assert network.layers[0].b[0] == -1


def test_a_step_against_the_gradient_lowers_the_loss():
    network = tanh_network()
    before = network.backpropagate(X, Y)
    slope = (network.gradients**2).sum()
    SGD(learning_rate=1e-4).step(network.parameters, network.gradients)
    np.testing.assert_allclose((before - network.loss(X, Y)) / (1e-4 * slope), 1, atol=1e-2)


def test_networks_never_share_a_layer_or_a_loss():
    dense, loss = Dense(np.ones((2, 2))), SoftmaxCrossEntropy()
    one, other = Network(dense, loss_function=loss), Network(dense, loss_function=loss)
    one.parameters[:] = 7
    assert dense.W[0, 0] == other.layers[0].W[0, 0] == 1
    one.backpropagate([[1.0, 2.0]], [0])
    for waiting in (other.loss_function, Network(dense).loss_function):
        with pytest.raises(RuntimeError, match="backward was called before"):
            waiting.backward()


def test_backward_before_forward_says_so():
    with pytest.raises(RuntimeError, match=r"Dense\.backward was called before Dense\.forward"):
        tanh_network().backward(np.ones((7, 3)))


def test_a_copy_in_float32_draws_and_computes_the_same():
    network = mixed_network()
    short = network.copy(np.float32)
    assert short.parameters.dtype == np.float32
    np.testing.assert_allclose(short.parameters, network.parameters, rtol=1e-7)
    np.testing.assert_allclose(short.probabilities(X), network.probabilities(X), rtol=1e-4)
    assert Network(*network.layers).parameters.dtype == np.float64
    assert Network(*short.layers).parameters.dtype == np.float32


def test_the_first_layers_dx_is_left_out_and_nothing_else():
    network = tanh_network()
    network.backpropagate(X, Y)
    found = network.gradients.copy()
    network.gradients[:] = 0
    dX = network.backward(network.loss_function.backward())
    assert dX.shape == X.shape
    np.testing.assert_allclose(network.gradients, found, rtol=1e-15)


@pytest.mark.parametrize(
    ("loss", "targets", "output"),
    [
        (SoftmaxCrossEntropy(), Y, lambda P: np.testing.assert_allclose(P.sum(axis=1), 1)),
        (BinaryCrossEntropy(), np.eye(3)[Y], lambda P: np.testing.assert_array_less(P, 1)),
        (MeanSquaredError(), np.eye(3)[Y], lambda Z: np.testing.assert_array_less(1, abs(Z).max())),
    ],
    ids=["a class", "answers", "numbers"],
)
def test_it_ends_in_any_loss(loss, targets, output):
    network = mixed_network(loss)
    assert network.backpropagate(X, targets) > 0
    output(network.probabilities(X))
    assert len(network.predict(X)) == len(X)


def test_the_summary_shows_shapes_and_counts():
    assert mixed_network().summary().splitlines() == [
        "layer          hands on  parameters",
        "Dense(4 → 5)   (n, 5)            25",
        "BatchNorm(5)   (n, 5)            10",
        "ReLU()         (n, 5)             0",
        "Dropout(0.25)  (n, 5)             0",
        "LayerNorm(5)   (n, 5)            10",
        "Dense(5 → 3)   (n, 3)            18",
        "total                            63",
    ]


def test_it_is_named_by_its_layers_and_their_parameters():
    words = "Network(Dense(4 → 5), Tanh(), Dense(5 → 3)): 43 parameters"
    assert repr(tanh_network()) == words


def test_layers_that_do_not_fit_are_refused_at_once():
    two, three = Dense(np.ones((4, 2))), Dense(np.ones((3, 5)))
    for middle in (ReLU(), Dropout(0.5, RNG)):
        with pytest.raises(ValueError, match="Layer 3 takes 3 numbers, but 2 come out before it"):
            Network(two, middle, three)
    with pytest.raises(ValueError, match="Layer 2 takes 3 numbers, but 2 come out before it"):
        Network(two, BatchNorm(3), three)
    for layers in ((), (ReLU(), two), (two, ReLU())):
        with pytest.raises(ValueError, match="starts and ends with a Dense layer"):
            Network(*layers)


def test_the_doors_say_what_is_wrong_and_where():
    network, spoiled = tanh_network(), X.copy()
    spoiled[3, 1] = np.nan
    with pytest.raises(ValueError, match=r"X holds nan at index \[3, 1\]"):
        network.predict(spoiled)
    with pytest.raises(ValueError, match="X has 3 columns, expected 4: one for each input"):
        network.forward(np.ones((1, 3)))
    network.parameters[:] = np.nan
    with pytest.raises(ValueError, match="The last layer's Z holds nan"):
        network.predict(X)
    words = r"The loss is nan\. Layer 1, Dense\(4 → 5\), is the first to hand on NaN or infinity"
    for method in (network.backpropagate, network.trace):
        with pytest.raises(FloatingPointError, match=words):
            method(X, Y)
    network = Network(Dense([[1e200]]), loss_function=MeanSquaredError())
    words = r"^The loss is inf\. Every layer hands on finite numbers; the loss itself overflows\.$"
    with np.errstate(over="ignore"), pytest.raises(FloatingPointError, match=words):
        network.backpropagate([[1.0]], [[0.0]])


def test_a_known_shape_does_not_let_a_wrong_value_through():
    """From the second pass on the doors stand open, and an exception shuts them again."""
    network = mixed_network()
    for _ in range(2):
        network.backpropagate(X, Y)
        with pytest.raises(ValueError, match="Y holds the label -1"):
            network.backpropagate(X, [*Y[:-1], -1])
        with pytest.raises(ValueError, match="X has shape"):
            Dense(np.ones((4, 2))).forward(np.ones(4))
