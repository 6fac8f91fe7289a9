"""Training reaches what it promises, meets every example once an epoch, and can be stopped."""

import re

import numpy as np
import pytest

from backprop_lib import (
    SGD,
    Adam,
    BatchNorm,
    Dense,
    Dropout,
    LayerNorm,
    Momentum,
    Network,
    ReLU,
    accuracy,
    he,
    train,
)
from backprop_lib.datasets import load_digits
from backprop_lib.training import batches


def digit_network(rng):
    return Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))


def some_digits(n=50):
    digits = load_digits()
    return digits.X_train[:n], digits.Y_train[:n]


def run(network, X, Y, optimizer, seed=0, **settings):
    settings = {"epochs": 1, "batch_size": 10, "progress": False} | settings
    return train(network, X, Y, optimizer, rng=np.random.default_rng(seed), **settings)


@pytest.mark.parametrize("seed", range(2))
def test_the_digits_are_learned_to_95_percent_held_out(seed):
    digits, network = load_digits(), digit_network(np.random.default_rng(seed))
    held_out = digits.X_held_out, digits.Y_held_out
    history = run(
        network, digits.X_train, digits.Y_train, SGD(learning_rate=0.5), seed,
        epochs=20, batch_size=32, held_out=held_out,
    )  # fmt: skip
    assert history.held_out_accuracy[-1] == accuracy(network, *held_out) >= 0.95
    assert history.loss[0] > 2 > 0.2 > history.held_out_loss[-1]
    assert len(history.loss) == 20 * int(np.ceil(len(digits.X_train) / 32))
    assert len(history.accuracy) == len(history.held_out_loss) == 20


def test_the_same_seed_trains_the_same_network():
    runs = []
    for _ in range(2):
        rng = np.random.default_rng(3)
        layers = Dense(he(64, 32, rng)), BatchNorm(32), ReLU(), Dropout(0.2, rng)
        network = Network(*layers, Dense(he(32, 10, rng)))
        run(network, *some_digits(100), Adam(0.01), epochs=2, batch_size=30)
        runs.append(network.parameters)
    np.testing.assert_array_equal(*runs)


def test_a_step_is_backpropagate_then_the_optimizer_on_each_batch_in_turn():
    rng = np.random.default_rng(0)
    X, Y = some_digits(25)
    trained, by_hand = digit_network(rng), None
    by_hand, optimizer, order = (
        trained.copy(),
        Momentum(0.1, weight_decay=0.5),
        np.random.default_rng(5),
    )
    history = run(trained, X, Y, Momentum(0.1, weight_decay=0.5), seed=5, epochs=2)
    losses = []
    for _ in range(2):
        for batch in batches(25, 10, order):
            losses.append(by_hand.backpropagate(X[batch], Y[batch]))
            optimizer.step(by_hand.parameters, by_hand.gradients, by_hand.decays)
    assert history.loss == losses
    np.testing.assert_array_equal(trained.parameters, by_hand.parameters)


def test_batches_hold_every_example_once_and_keep_the_last_short_one():
    drawn = list(batches(10, 4, np.random.default_rng(0)))
    assert [len(batch) for batch in drawn] == [4, 4, 2]
    assert sorted(np.concatenate(drawn)) == list(range(10))
    assert list(np.concatenate(drawn)) != list(range(10))


def test_max_norm_clips_what_the_optimizer_sees():
    lengths = []

    class Watching(SGD):
        def step(self, parameters, gradients, decays=None):
            lengths.append(np.linalg.norm(gradients))

    run(digit_network(np.random.default_rng(0)), *some_digits(), Watching(0.1), max_norm=0.125)
    np.testing.assert_allclose(lengths, 0.125)  # all five were longer


def test_a_bar_counts_the_epochs_and_says_how_it_goes_unless_told_not_to(capsys):
    network, settings = digit_network(np.random.default_rng(0)), {"epochs": 3, "batch_size": 10}
    train(network, *some_digits(), SGD(0.1), rng=np.random.default_rng(0), **settings)
    bar = r"training: 100%.* 3/3 .*[\d?](epoch/s|s/epoch), loss=\d\.\d{3}, accuracy=\d+\.\d%"
    assert re.search(bar, capsys.readouterr().err)
    run(network, *some_digits(), SGD(0.1))
    assert not capsys.readouterr().err


def test_one_example_at_a_time_is_a_batch_too():
    network = digit_network(np.random.default_rng(0))
    assert len(run(network, *some_digits(5), SGD(0.1), batch_size=1).loss) == 5


class StopAt(SGD):
    """An optimizer whose reader presses the stop button at one of its steps."""

    def step(self, parameters, gradients, decays=None):
        if self.t == 7:
            raise KeyboardInterrupt
        super().step(parameters, gradients, decays)


def test_an_interrupt_returns_what_there_is(capsys):
    network, (X, Y) = digit_network(np.random.default_rng(0)), some_digits()
    history = run(network, X, Y, StopAt(0.1), epochs=9)
    assert len(history.loss) == 7
    assert len(history.accuracy) == len(history.update_ratio[1]) == 1
    assert "Stopped by hand after 7 steps" in capsys.readouterr().out
    assert network.predict(X).shape == (50,)
    more = run(network, X, Y, SGD(0.1))  # and it can go on
    assert len(more.loss) == 5


@pytest.mark.parametrize(
    "middle",
    [ReLU(), BatchNorm(32), LayerNorm(32), Dropout(0.5, np.random.default_rng(0))],
    ids=repr,
)
def test_a_loss_that_is_no_number_stops_with_a_sentence_that_says_where(middle):
    rng, (X, Y) = np.random.default_rng(0), some_digits()
    network = Network(Dense(he(64, 32, rng)), middle, ReLU(), Dense(he(32, 10, rng)))
    words = (
        r"Layer \d, (Dense|BatchNorm|LayerNorm)\(.*\).*"
        r" That was at step [1-9]\d*\..*smaller learning_rate"
    )
    with pytest.raises(FloatingPointError, match=words):
        run(network, X, Y, SGD(1e200), epochs=3)


def test_a_last_batch_of_one_before_batch_norm_is_refused_before_anything_moves():
    rng = np.random.default_rng(0)
    network = Network(Dense(he(64, 8, rng)), BatchNorm(8), ReLU(), Dense(he(8, 10, rng)))
    before, (X, Y) = network.parameters.copy(), some_digits(21)
    with pytest.raises(ValueError, match=r"batch_size is 10, and of 21 examples .* batch of one"):
        run(network, X, Y, SGD(0.1))
    np.testing.assert_array_equal(network.parameters, before)
    run(network, X, Y, SGD(0.1), batch_size=11)
    run(network, X, Y, SGD(0.1), batch_size=100)  # one batch of 21
    run(digit_network(rng), X, Y, SGD(0.1))  # without batch norm, a batch of one is fine


def test_an_optimizer_for_two_networks_is_refused():
    rng, optimizer = np.random.default_rng(0), Adam(0.01)
    run(digit_network(rng), *some_digits(), optimizer)
    other = Network(Dense(he(64, 10, rng)))
    with pytest.raises(ValueError, match="each network needs an optimizer of its own"):
        run(other, *some_digits(), optimizer)
