"""The history: one loss a step, everything else once an epoch; and what counts as right."""

import numpy as np
import pytest

from backprop_lib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    History,
    MeanSquaredError,
    Network,
    ReLU,
    accuracy,
    train,
)

X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [-1.0, 2.0]])


def identity_network(**settings):
    return Network(Dense(np.eye(2)), **settings)


@pytest.mark.parametrize(
    ("network", "Y", "share"),
    [
        (identity_network(), [0, 1, 0, 0], 0.75),  # a tie goes to the first class
        (identity_network(), [[1, 0], [0.2, 0.8], [0.6, 0.4], [1, 0]], 0.75),
        (
            identity_network(loss_function=BinaryCrossEntropy()),
            [[1, 0], [0, 1], [0, 1], [0, 0]],
            6 / 8,  # each answer counts
        ),
        (
            identity_network(loss_function=BinaryCrossEntropy()),
            [[0.9, 0.4], [0.1, 0.6], [0.7, 0.8], [0.2, 1]],
            1,  # above one half is a yes
        ),
    ],
)
def test_accuracy_is_the_share_of_right_answers(network, Y, share):
    assert accuracy(network, X, Y) == share


def test_numbers_are_not_right_or_wrong():
    with pytest.raises(TypeError, match="this network says numbers: use loss"):
        accuracy(identity_network(loss_function=MeanSquaredError()), X, X)


def test_norms_and_ratios_are_those_of_the_last_step():
    network = Network(Dense(np.eye(2) / 4), ReLU(), Dense(2 * np.eye(2)))
    weights = [layer.W.copy() for layer in (network.layers[0], network.layers[2])]
    history = train(
        network, X, [0, 1, 0, 1], SGD(0.5),
        epochs=1, batch_size=4, rng=np.random.default_rng(0), progress=False,
    )  # fmt: skip
    for level, before, layer in zip((1, 2), weights, network.layers[::2], strict=True):
        norm = np.linalg.norm(layer.dW)
        np.testing.assert_allclose(history.gradient_norm[level], [norm], rtol=1e-14)
        ratio = 0.5 * norm / np.linalg.norm(before)
        np.testing.assert_allclose(history.update_ratio[level], [ratio], rtol=1e-14)


@pytest.mark.parametrize(
    ("loss_function", "Y", "kept"),
    [
        (None, [0, 1, 0, 1], {"accuracy", "held_out_accuracy", "held_out_loss"}),
        (BinaryCrossEntropy(), X > 0, {"accuracy", "held_out_accuracy", "held_out_loss"}),
        (MeanSquaredError(), 2 * X, {"held_out_loss"}),
    ],
)
def test_it_keeps_what_the_loss_gives_a_meaning(loss_function, Y, kept):
    network = identity_network(**({"loss_function": loss_function} if loss_function else {}))
    history = train(
        network, X, Y, SGD(0.1), epochs=3, batch_size=2,
        rng=np.random.default_rng(0), held_out=(X[:3], Y[:3]), progress=False,
    )  # fmt: skip
    once_an_epoch = {"accuracy", "held_out_accuracy", "held_out_loss"}
    assert {name for name in once_an_epoch if len(getattr(history, name)) == 3} == kept
    assert all(not getattr(history, name) for name in once_an_epoch - kept)
    assert len(history.loss) == 6
    assert repr(history) == "History: 6 steps, 3 epochs"
    assert history.held_out_loss[-1] == network.loss(X[:3], Y[:3])


def test_two_histories_share_no_list():
    one, other = History(), History()
    one.loss.append(1.0)
    assert other.loss == []
    assert repr(other) == "History: 0 steps, 0 epochs"
