"""One mask, both ways: the numbers are dropout's own, and the sentence says when dA is wrong."""

import numpy as np
import pytest

from backprop_lib import Dropout
from backprop_lib.explorers.dropout import DRAWS, OneMask
from tests.explorers.test_contract import corners


@pytest.fixture(scope="module")
def explorer():
    return OneMask()


def test_every_corner_is_what_dropout_does_with_that_mask(explorer):
    for at in corners(explorer):
        arrays = explorer.arrays(**at)
        M = arrays["M"]
        scale = 1 / (1 - at["drop_prob"]) if at["training"] else 1.0
        assert set(np.unique(M)) <= {0.0, scale}
        np.testing.assert_array_equal(arrays["H"], arrays["A"] * M)
        assert arrays["mean of H"] == pytest.approx(arrays["H"].mean())
        np.testing.assert_array_equal(arrays["dA"], arrays["dH"] * arrays["M′"])
        if at["back"] == "same":
            layer = Dropout(0.5, np.random.default_rng(0))
            layer.memory = M
            np.testing.assert_array_equal(arrays["dA"], layer.backward(arrays["dH"]))


def test_in_evaluation_everything_goes_through_as_it_is(explorer):
    arrays = explorer.arrays(drop_prob=0.8, draw=3, training=False, back="same")
    np.testing.assert_array_equal(arrays["H"], arrays["A"])
    np.testing.assert_array_equal(arrays["dA"], arrays["dH"])
    assert "H is A." in explorer.words(arrays, drop_prob=0.8, draw=3, training=False, back="same")


def test_more_drop_prob_drops_more_and_brings_nobody_back(explorer):
    before = np.zeros((3, 5), bool)
    for drop_prob, arrays in explorer.sweep("drop_prob"):
        silent = arrays["M"] == 0
        assert (silent | ~before).all()
        assert drop_prob or not silent.any()
        before = silent


def test_a_new_draw_is_another_mask_and_all_of_them_drop_the_right_share(explorer):
    masks = np.array([arrays["M"] for _, arrays in explorer.sweep("draw")])
    assert len(masks) == DRAWS
    assert (masks[1:] != masks[:-1]).any(axis=(1, 2)).all()
    assert np.mean(masks == 0) == pytest.approx(0.5, abs=0.03)


def test_the_mean_over_the_draws_comes_near_to_the_entry(explorer):
    draws = [arrays["H"][0, 0] for _, arrays in explorer.sweep("draw")]
    arrays = explorer.present[1]
    np.testing.assert_allclose(arrays["so far"], np.cumsum(draws) / np.arange(1, DRAWS + 1))
    assert arrays["so far"][-1] == pytest.approx(arrays["A"][0, 0], abs=0.25)


@pytest.mark.parametrize(
    ("back", "words"),
    [("same", "dA is right"), ("unscaled", "entries of dA are wrong"), ("fresh", "dA are wrong")],
)
def test_the_sentence_says_whether_the_gradient_is_right(back, words):
    explorer = OneMask(back=back)
    arrays = explorer.present[1]
    wrong = np.count_nonzero(arrays["dA"] != arrays["dH"] * arrays["M"])
    assert words in repr(explorer)
    assert bool(wrong) == (back != "same")
    if wrong:
        assert f"{wrong} of the 15 entries" in repr(explorer)


def test_where_nothing_is_dropped_every_way_back_is_right(explorer):
    for back in ("same", "unscaled", "fresh"):
        at = {"drop_prob": 0.0, "draw": 1, "training": True, "back": back}
        assert "dA is right" in explorer.words(explorer.arrays(**at), **at)


def test_forward_is_blue_and_backward_is_vermilion(explorer):
    assert [explorer.roles[name] for name in ("A", "M", "H")] == ["forward"] * 3
    assert [explorer.roles[name] for name in ("dA", "dH")] == ["backward"] * 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"drop_prob": 1.0}, "drop_prob is 1.0, expected a number from 0 to 0.95"),
        ({"back": "other"}, "back is 'other', expected one of same, unscaled, fresh"),
    ],
)
def test_a_start_out_of_range_is_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        OneMask(**wrong)
