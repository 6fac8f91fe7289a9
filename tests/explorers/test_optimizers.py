"""The race: each path is the library's optimizer on the right slope, and the words say so."""

import numpy as np
import pytest

from backprop_lib import SGD, Adam, Momentum, Nesterov, RMSProp
from backprop_lib.explorers.optimizers import LANDSCAPES, LOW, RACERS, TURN, OptimizerRace
from tests.explorers.test_contract import corners

START = {"learning_rate": 0.2, "momentum": 0.9, "beta": 0.99, "step": 25}


@pytest.fixture(scope="module")
def race():
    return OptimizerRace()


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_every_gradient_is_the_slope_of_its_loss(landscape):
    slope = LANDSCAPES[landscape][1]
    points, h = np.random.default_rng(0).uniform(-6, 6, (2, 50)), 1e-5
    _, gradient = slope(points)
    for k in (0, 1):
        nudge = h * np.eye(2)[:, [k]]
        numeric = (slope(points + nudge)[0] - slope(points - nudge)[0]) / (2 * h)
        np.testing.assert_allclose(gradient[k], numeric, atol=1e-8)


@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_no_loss_is_below_the_floor_and_the_floor_is_on_the_map(race, landscape):
    height = race.arrays(**START | {"landscape": landscape})["height"]
    assert height.min() >= 0
    assert height.min() < 0.1


def test_the_slanting_ravine_is_the_ravine_turned():
    points = np.random.default_rng(1).normal(size=(2, 20))
    ravine, slanting = LANDSCAPES["ravine"][1], LANDSCAPES["slanting"][1]
    np.testing.assert_allclose(slanting(TURN @ points)[0], ravine(points)[0])
    np.testing.assert_allclose(TURN @ LANDSCAPES["ravine"][2], LANDSCAPES["slanting"][2])


def test_every_path_is_what_the_librarys_optimizer_walks(race):
    for at in corners(race):
        rate, mu, beta = at["learning_rate"], at["momentum"], at["beta"]
        _, slope, start = LANDSCAPES[at["landscape"]]
        arrays = race.arrays(**at)
        walkers = SGD(rate), Momentum(rate, mu), Nesterov(rate, mu), RMSProp(rate, beta)
        for walker in (*walkers, Adam(rate, mu, beta)):
            theta, path = np.array(start), arrays[type(walker).__name__]
            for place in path[:10]:
                np.testing.assert_allclose(place, np.clip(theta, -1e4, 1e4))
                walker.step(theta, slope(theta)[1])
            assert path.shape == (101, 2)


def test_turning_the_ravine_matters_only_to_those_with_a_rate_for_each_weight(race):
    straight = race.arrays(**START | {"landscape": "ravine"})
    turned = race.arrays(**START | {"landscape": "slanting"})
    for name in ("SGD", "Momentum", "Nesterov"):
        np.testing.assert_allclose(turned[name], straight[name] @ TURN.T, atol=1e-9)
    for name in ("RMSProp", "Adam"):
        at_25 = [arrays[f"loss of {name}"][25] for arrays in (straight, turned)]
        assert at_25[1] > 2 * at_25[0]


def test_what_the_chapter_says_of_the_rates_in_the_ravine(race):
    ravine = START | {"landscape": "ravine"}
    at_rate = {
        rate: race.arrays(**ravine | {"learning_rate": rate}) for rate in (0.2, 0.36, 0.5, 0.52)
    }
    w = {rate: abs(arrays["SGD"][:, 1]) for rate, arrays in at_rate.items()}
    assert w[0.2][2] < 0.1
    np.testing.assert_allclose(w[0.5], 2, rtol=1e-6)
    assert w[0.52][100] > 1e3
    assert abs(at_rate[0.36]["Nesterov"][100]).max() > 10
    assert at_rate[0.52]["loss of Momentum"][100] < 0.01
    losses = {curve.name: at_rate[0.2][f"loss of {curve.name}"][25] for curve in RACERS}
    assert min(losses, key=losses.get) == "RMSProp"
    assert max(losses, key=losses.get) == "SGD"


def test_what_the_chapter_says_of_the_saddle_and_of_the_plateau(race):
    arrays = race.arrays(**START | {"landscape": "saddle"})
    sideways = {curve.name: abs(arrays[curve.name][10, 1]) for curve in RACERS}
    assert min(sideways["RMSProp"], sideways["Adam"]) > 1
    assert max(sideways["SGD"], sideways["Momentum"], sideways["Nesterov"]) < 0.5
    arrays = race.arrays(**START | {"landscape": "plateau"})
    walked = {c.name: np.linalg.norm(arrays[c.name][25] - arrays[c.name][0]) for c in RACERS}
    assert walked["SGD"] < 0.5
    assert min(walked["RMSProp"], walked["Adam"]) > 4


def test_without_momentum_orange_lies_on_blue(race):
    arrays = race.arrays(**START | {"landscape": "ravine", "momentum": 0.0})
    for name in ("Momentum", "Nesterov"):
        np.testing.assert_allclose(arrays[name], arrays["SGD"])


def test_the_colours_tell_the_ideas(race):
    assert race.roles["SGD"] == "forward"
    assert race.roles["Momentum"] == race.roles["Nesterov"] == "backward"
    assert race.roles["RMSProp"] == race.roles["Adam"] == "parameter"


def test_the_sentence_names_the_lowest_first_and_says_who_is_lost():
    words = repr(OptimizerRace(learning_rate=0.52, step=60))
    assert words.startswith("The ravine, learning rate 0.52, momentum 0.9, β 0.99.")
    assert "after 60 steps: RMSProp at the bottom" in words
    assert words.endswith("SGD lost, Nesterov lost.")


def test_losses_survive_float32_and_a_logarithm(race):
    for at in corners(race):
        for curve in RACERS:
            sent = race.arrays(**at)[f"loss of {curve.name}"].astype(np.float32)
            assert np.isfinite(np.log(sent)).all()
            assert sent.min() >= np.float32(LOW)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"landscape": "cliff"}, "landscape is 'cliff', expected one of ravine, slanting"),
        ({"learning_rate": 2.0}, "learning_rate is 2.0, expected"),
        ({"momentum": 1.0}, "momentum is 1.0, expected"),
        ({"step": 101}, "step is 101, expected"),
    ],
)
def test_a_start_out_of_range_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        OptimizerRace(**wrong)
