"""Three paths: open, they make the gradient that nudging finds; closed, the words tell."""

import numpy as np
import pytest

from backprop_lib import batch_norm_evaluate_backward, batch_norm_forward
from backprop_lib.explorers.batch_norm import MISSING, PATHS, SIZES, UNITS, ThreePaths, drawn
from backprop_lib.gradient_check import complex_step
from tests.explorers.test_contract import corners


@pytest.fixture(scope="module")
def explorer():
    return ThreePaths()


@pytest.fixture
def at(explorer):
    return explorer.parameters | {"n": 6}


def test_every_corner_is_finite_and_survives_float32(explorer):
    for place in corners(explorer):
        arrays = explorer.arrays(**place)
        assert all(np.isfinite(array.astype(np.float32)).all() for array in arrays.values())
        assert arrays["X"].shape == arrays["H"].shape == arrays["yours"].shape == (place["n"],)
        assert (arrays["must be 0"] >= 0).all()
        error, *sums = arrays["must be 0"]
        assert error <= 2
        assert max(sums) <= 1 + 1e-12


@pytest.mark.parametrize("upstream", ["random", "leaning", "ones"])
def test_with_all_paths_open_it_is_what_nudging_finds(explorer, at, upstream):
    at |= {"upstream": upstream, "gamma": -1.5, "beta": 0.7, "scale": 2.0, "shift": 3.0}
    arrays = explorer.arrays(**at)
    dH = drawn(upstream)[1][:6, :1]

    def loss(X):
        return (dH * batch_norm_forward(X, [-1.5], [0.7])[0]).sum()

    truth = complex_step(loss, arrays["X"][:, None])[:, 0]
    np.testing.assert_allclose(arrays["right"], truth, atol=1e-12)
    np.testing.assert_allclose(arrays["yours"], truth, atol=1e-12)
    assert arrays["must be 0"][0] == 0


def test_the_straight_path_alone_is_the_way_back_of_evaluation(explorer, at):
    arrays = explorer.arrays(**at | {"through_mean": False, "through_variance": False})
    X, dH = (table[:6] for table in drawn("random"))
    ones = np.ones(UNITS)
    alone, _, _ = batch_norm_evaluate_backward(dH, X, ones, X.mean(axis=0), X.var(axis=0))
    np.testing.assert_allclose(arrays["yours"], alone[:, 0])


@pytest.mark.parametrize("name", MISSING)
def test_the_curve_is_the_error_of_the_closed_paths_at_each_size(explorer, at, name):
    closed = {path: path in MISSING[name] for path in PATHS}
    for n in (2, 6, 64):
        arrays = explorer.arrays(**at | closed | {"n": n})
        expected = arrays[name][SIZES.index(n)]
        assert arrays["must be 0"][0] == pytest.approx(expected, abs=1e-6)


def test_the_error_hangs_neither_on_scale_nor_shift_nor_gamma_nor_beta(explorer, at):
    at |= {"through_mean": False}
    one = explorer.arrays(**at)["must be 0"][0]
    for change in ({"scale": 3.0}, {"shift": -4.0}, {"gamma": 2.5}, {"beta": 1.0}):
        assert explorer.arrays(**at | change)["must be 0"][0] == pytest.approx(one, rel=1e-3)


def test_a_scale_and_a_shift_of_X_leave_H_and_the_scale_shortens_dX(explorer, at):
    one = explorer.arrays(**at)
    other = explorer.arrays(**at | {"scale": 4.0, "shift": 2.0})
    np.testing.assert_allclose(other["H"], one["H"], atol=1e-3)
    np.testing.assert_allclose(other["right"], one["right"] / 4, atol=1e-3)


@pytest.mark.parametrize(
    ("paths", "upstream", "words"),
    [
        (tuple(PATHS), "random", "All three paths are open. dX is right."),
        (("direct", "through_variance"), "random", "Σ dX is not 0."),
        (("direct", "through_mean"), "random", "Σ dX X̂ is not 0."),
        (("direct",), "random", "Σ dX and Σ dX X̂ are not 0."),
        ((), "random", "dX is off by 1.00."),
        ((), "ones", "And yet dX is right here"),
        (("direct", "through_mean"), "ones", "And yet dX is right here"),
        (("direct", "through_variance"), "ones", "dX is off by 1.00. Σ dX is not 0."),
    ],
)
def test_the_sentence_says_what_is_closed_and_what_betrays_it(paths, upstream, words):
    assert words in repr(ThreePaths(paths, upstream))


def test_a_large_batch_hides_the_error_of_a_random_gradient_and_of_no_other(explorer, at):
    random = explorer.arrays(**at)
    leaning = explorer.arrays(**at | {"upstream": "leaning"})
    assert random["neither"][-1] < 0.06
    assert leaning["neither"][-1] > 0.6


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"paths": ("sideways",)}, "There is no path 'sideways', expected some of direct"),
        ({"n": 1}, "n is 1, expected"),
        ({"upstream": "zeros"}, "upstream is 'zeros', expected one of random"),
    ],
)
def test_a_start_out_of_range_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        ThreePaths(**wrong)
