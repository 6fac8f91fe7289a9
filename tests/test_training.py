"""Training reaches what it promises, meets every example once an epoch, and can be stopped."""

import numpy as np
import pytest

from backprop_lib import SGD, Dense, Network, ReLU, accuracy, he, train
from backprop_lib.datasets import load_digits
from backprop_lib.training import batches


def digit_network(rng):
    return Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))


@pytest.mark.parametrize("seed", range(3))
def test_the_digits_are_learned_to_95_percent_held_out(seed):
    digits, rng = load_digits(), np.random.default_rng(seed)
    network = digit_network(rng)
    held_out = digits.X_held_out, digits.Y_held_out
    history = train(
        network, digits.X_train, digits.Y_train, SGD(learning_rate=0.5),
        epochs=20, batch_size=32, rng=rng, held_out=held_out, progress=False,
    )  # fmt: skip
    assert history.held_out_accuracy[-1] == accuracy(network, *held_out) >= 0.95
    assert history.loss[0] > 2 > 0.2 > history.held_out_loss[-1]
    assert len(history.loss) == 20 * int(np.ceil(len(digits.X_train) / 32))
    assert len(history.accuracy) == len(history.held_out_loss) == 20


def test_the_same_seed_trains_the_same_network():
    digits = load_digits()
    runs = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        network = digit_network(rng)
        train(
            network, digits.X_train[:100], digits.Y_train[:100], SGD(learning_rate=0.1),
            epochs=2, batch_size=30, rng=rng, progress=False,
        )  # fmt: skip
        runs.append(network.parameters)
    np.testing.assert_array_equal(*runs)


def test_batches_hold_every_example_once_and_keep_the_last_short_one():
    drawn = list(batches(10, 4, np.random.default_rng(0)))
    assert [len(batch) for batch in drawn] == [4, 4, 2]
    assert sorted(np.concatenate(drawn)) == list(range(10))
    assert list(np.concatenate(drawn)) != list(range(10))


class StopAt:
    """An optimizer whose reader presses the stop button at one of its steps."""

    def __init__(self, step):
        self.steps_left = step

    def step(self, parameters, gradients):
        if self.steps_left == 0:
            raise KeyboardInterrupt
        self.steps_left -= 1


def test_an_interrupt_returns_what_there_is(capsys):
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    X, Y = rng.standard_normal((50, 64)), rng.integers(0, 10, 50)
    history = train(network, X, Y, StopAt(7), epochs=9, batch_size=10, rng=rng, progress=False)
    assert len(history.loss) == 7
    assert len(history.accuracy) == 1
    assert "Stopped by hand after 7 steps" in capsys.readouterr().out
    assert network.predict(X).shape == (50,)


def test_a_loss_that_is_no_number_stops_with_a_sentence():
    rng = np.random.default_rng(0)
    network = digit_network(rng)
    X, Y = rng.standard_normal((50, 64)), rng.integers(0, 10, 50)
    with (
        np.errstate(all="ignore"),
        pytest.raises(
            FloatingPointError, match=r"The loss is (nan|inf) at step \d+.*learning_rate"
        ),
    ):
        train(network, X, Y, SGD(1e200), epochs=3, batch_size=10, rng=rng, progress=False)
