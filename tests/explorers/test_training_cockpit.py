"""The training cockpit: its record is a real training's, and what is wrong shows as it should."""

from itertools import pairwise

import numpy as np
import pytest

from backprop_lib import SGD, Dense, Network, ReLU, he, train
from backprop_lib.checks.sick_trainings import diagnoses
from backprop_lib.datasets import load_digits
from backprop_lib.explorers.recorded_training import (
    LAYERS,
    REACH,
    SICK,
    STEPS,
    TRAININGS,
    sick_trainings,
    training,
)
from backprop_lib.explorers.training_cockpit import EDGE, TrainingCockpit
from backprop_lib.explorers.training_curves import training_curves


@pytest.fixture(scope="module")
def explorer():
    return TrainingCockpit()


def trained(rate=0.1):
    """Return the network of the record and its history, trained by the library."""
    digits, rng = load_digits(), np.random.default_rng(0)
    sizes, layers = (64, 32, 16, 10), []
    for p, q in pairwise(sizes):
        layers += [Dense(he(p, q, rng)), ReLU()]
    network = Network(*layers[:-1])
    history = train(
        network, digits.X_train[:600], digits.Y_train[:600], SGD(rate), epochs=10, batch_size=20,
        rng=rng, held_out=(digits.X_held_out, digits.Y_held_out), progress=False,
    )  # fmt: skip
    return network, history


@pytest.mark.parametrize(("kind", "rate"), [("well", 0.1), ("low", 0.001), ("high", 1.0)])
def test_the_record_is_what_the_librarys_training_does(kind, rate):
    network, history = trained(rate)
    found, digits = training(kind), load_digits()
    np.testing.assert_allclose(found["loss"][0], history.loss[0])
    np.testing.assert_allclose(found["loss"][1:], np.reshape(history.loss, (-1, 5)).mean(axis=1))
    np.testing.assert_allclose(found["held out"][6::6], history.held_out_loss)
    np.testing.assert_allclose(found["share"][6::6], history.held_out_accuracy)
    np.testing.assert_array_equal(found["read"][-1], network.predict(digits.X_held_out))
    trace = network.trace(digits.X_held_out, digits.Y_held_out)
    for level in LAYERS:
        Z = trace.Z[level]
        counts, _ = np.histogram(np.clip(Z, -REACH, REACH), 32, (-REACH, REACH))
        np.testing.assert_allclose(found["spread"][-1][level - 1], counts / Z.size)
        assert found["dead"][-1][level - 1] == sum(Z.max(axis=0) <= 0)


def test_the_first_gradient_and_the_first_update_are_the_networks():
    rng, digits = np.random.default_rng(0), load_digits()
    layers = [Dense(he(p, q, rng)) for p, q in ((64, 32), (32, 16), (16, 10))]
    network = Network(layers[0], ReLU(), layers[1], ReLU(), layers[2])
    first = rng.permutation(600)[:20]
    network.backpropagate(digits.X_train[first], digits.Y_train[first])
    found = training("well")
    for level in LAYERS:
        dW, W = network.layers[2 * level - 2].dW, network.layers[2 * level - 2].W
        np.testing.assert_allclose(found["gradient"][level - 1, 0], np.linalg.norm(dW))
        ratio = 0.1 * np.linalg.norm(dW) / np.linalg.norm(W)
        np.testing.assert_allclose(found["update"][level - 1, 0], ratio)


@pytest.mark.parametrize("seed", [0, 2])  # the chapter's, and that of its exercise
def test_each_thing_wrong_shows_as_the_chapter_says(seed):
    found = {kind: training(kind, seed) for kind in TRAININGS}
    well, start = found["well"], np.log(10)
    assert well["share"][-1] > 0.85
    for kind in found.keys() - {"well"}:
        assert found[kind]["share"][-1] < well["share"][-1] - 0.1
    for kind in ("low", "dead", "labels"):  # flat at log K
        assert abs(found[kind]["loss"] - start).max() < 0.3
    assert found["low"]["update"].max() < 3e-4
    assert found["low"]["held out"][-1] < found["low"]["held out"][0]
    assert found["dead"]["update"].max() == 0
    assert found["labels"]["update"].min() > 1e-3
    assert found["labels"]["held out"][-1] > start
    assert found["labels"]["share"][-1] < 0.15
    assert found["high"]["update"].max() > 0.1
    assert found["high"]["loss"][20:].max() > start
    assert found["order"]["loss"][-20:].mean() < 1.5 < 2 < found["order"]["held out"][-20:].mean()
    assert found["missing"]["update"][0].max() == 0
    assert found["missing"]["update"][1:].min() > 1e-3
    assert abs(found["missing"]["held out"] - found["missing"]["loss"])[10:].max() < 0.3


def test_a_share_is_the_diagonal_of_what_is_read_as_what(explorer):
    labels = load_digits().Y_held_out
    weights = np.bincount(labels) / len(labels)
    for kind in TRAININGS:
        for step in (0, 150, STEPS):
            arrays = explorer.arrays(kind=kind, step=step)
            np.testing.assert_allclose(arrays["confusion"].sum(axis=1), 1)
            assert np.diag(arrays["confusion"]) @ weights == pytest.approx(float(arrays["share"]))


def test_a_step_between_two_looks_is_taken_for_the_nearest(explorer):
    near = explorer.arrays(kind="well", step=101)
    assert float(near["step"]) == 100
    np.testing.assert_array_equal(
        near["confusion"], explorer.arrays(kind="well", step=100)["confusion"]
    )


def test_nothing_that_is_drawn_on_a_scale_of_powers_is_0(explorer):
    for kind in TRAININGS:
        arrays = explorer.arrays(kind=kind, step=0)
        for level in LAYERS:
            assert arrays[f"gradient {level}"].min() >= EDGE
            assert arrays[f"update {level}"].min() >= EDGE


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("well", "Training: well, step 300."),
        (
            "dead",
            "Update ratios of layers 1, 2, 3: 0, 0, 0. Dead units in layers 1 and 2: 3 and 16.",
        ),
        ("missing", "Update ratios of layers 1, 2, 3: 0, 0."),
    ],
)
def test_the_sentence_says_what_moves_and_what_is_dead(kind, words):
    assert words in repr(TrainingCockpit(kind, step=STEPS))


def test_the_loss_begins_near_log_K():
    for kind in TRAININGS:
        assert "The loss is 2." in repr(TrainingCockpit(kind, step=0))


def test_gradients_are_vermilion_and_updates_green(explorer):
    for level in LAYERS:
        assert explorer.roles[f"gradient {level}"] == "backward"
        assert explorer.roles[f"update {level}"] == "parameter"
        assert explorer.roles[f"spread {level}"] == "forward"
    assert explorer.roles["held out"] == "loss"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "ill"}, "kind is 'ill', expected one of well, high"),
        ({"step": 301}, "step is 301, expected a number from 0 to 300"),
    ],
)
def test_a_start_out_of_range_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        TrainingCockpit(**wrong)


def test_the_six_of_the_exercise_are_those_that_its_answer_names():
    assert tuple(SICK.values()) == diagnoses()
    assert set(SICK.values()) == TRAININGS.keys() - {"well"}
    for letter, found in sick_trainings().items():
        assert found is training(SICK[letter], seed=2)


def test_an_unknown_training_is_refused():
    with pytest.raises(KeyError):
        training("ill")


def test_the_curves_are_those_of_the_record_and_an_update_of_0_is_not_drawn():
    found = training("missing")
    (above, below) = training_curves({"ill": found}).axes
    assert above.get_title() == "ill"
    _, batches, held_out = above.lines
    np.testing.assert_array_equal(batches.get_ydata(), found["loss"])
    np.testing.assert_array_equal(held_out.get_ydata(), found["held out"])
    first, second, third = below.lines
    assert np.isnan(first.get_ydata()).all()
    np.testing.assert_array_equal(second.get_ydata(), found["update"][1])
    np.testing.assert_array_equal(third.get_ydata(), found["update"][2])
