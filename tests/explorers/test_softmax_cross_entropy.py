"""Push and pull: right at every corner, and only the formula as it stands is ever NaN."""

import numpy as np
import pytest

from backprop_lib import log_softmax, softmax, softmax_backward
from backprop_lib.explorers.softmax_cross_entropy import PushAndPull
from tests.explorers.test_contract import corners


@pytest.fixture
def explorer():
    return PushAndPull()


def test_every_corner_is_softmax_and_its_loss(explorer):
    for at in corners(explorer):
        arrays, right = explorer.arrays(**at), int(at["right"])
        Z = np.array([[at["z0"], at["z1"], at["z2"]]]) + at["added"]
        np.testing.assert_array_equal(arrays["Z"], Z[0])
        np.testing.assert_allclose(arrays["P"], softmax(Z / at["temperature"])[0], atol=1e-15)
        cost = -log_softmax(Z / at["temperature"])[0, right]
        np.testing.assert_allclose(arrays["loss"], cost, rtol=1e-12)
        np.testing.assert_array_equal(arrays["Y"], np.arange(3) == right)
        assert all(np.isfinite(arrays[name]).all() for name in arrays if name != "P as it stands")


def test_dZ_is_what_the_long_way_finds_and_sums_to_0(explorer):
    for z0 in (-2.0, 0.0, 3.0):
        for temperature in (0.5, 1.0, 5.0):
            at = explorer.parameters | {"z0": z0, "temperature": temperature}
            arrays = explorer.arrays(**at)
            dP = -arrays["Y"] / arrays["P"]
            long_way = softmax_backward([dP], [arrays["Z"] / temperature])[0] / temperature
            np.testing.assert_allclose(arrays["dZ"], long_way, atol=1e-13)
    for at in corners(explorer):
        assert abs(explorer.arrays(**at)["dZ"].sum()) < 1e-12


def test_a_nudge_of_each_logit_agrees(explorer):
    at, h = explorer.parameters | {"temperature": 2.0}, 1e-5
    for k in range(3):
        losses = [explorer.arrays(**at | {f"z{k}": at[f"z{k}"] + d})["loss"] for d in (h, -h)]
        slope = (losses[0] - losses[1]) / (2 * h)
        np.testing.assert_allclose(explorer.arrays(**at)["dZ"][k], slope, atol=1e-9)


def test_what_is_added_to_all_changes_nothing_but_the_formula_as_it_stands(explorer):
    lost = []
    for added, arrays in explorer.sweep("added"):
        for name in ("P", "dZ", "loss"):
            np.testing.assert_allclose(arrays[name], explorer.present[1][name], atol=1e-12)
        if np.isfinite(arrays["P as it stands"]).all():
            np.testing.assert_allclose(arrays["P as it stands"], arrays["P"], atol=0.1)
        else:
            lost.append(added)
    assert max(a for a in lost if a < 0) == -750
    assert min(a for a in lost if a > 0) == 710


def test_another_right_class_leaves_the_probabilities_and_moves_the_pull(explorer):
    frames = dict(explorer.sweep("right"))
    for right, arrays in frames.items():
        np.testing.assert_array_equal(arrays["P"], frames["0"]["P"])
        assert list(np.flatnonzero(arrays["dZ"] < 0)) == [int(right)]


def test_its_words(explorer):
    assert repr(explorer) == (
        "Class 1 is right and has p = 0.299, so the loss is 1.208. A step goes against dZ: class 1"
        " is pulled up (0.701), the others are pushed down (0.602 and 0.099); in sum that is 0."
    )
    explorer.set(added=1000, right="0")
    assert "Class 0 is right and has p = 0.602" in repr(explorer)
    assert repr(explorer).endswith("As it stands, the formula takes e^1002: ∞ / ∞ is NaN.")
    explorer.set(added=-1000, temperature=0.5)
    assert repr(explorer).endswith("As it stands, the formula takes e^−1996: 0 / 0 is NaN.")


def test_what_is_lost_can_be_drawn(explorer):
    explorer.set(added=1000)
    explorer.figure().canvas.draw()


def test_only_the_controls_that_are_asked_for():
    shown = PushAndPull(controls=("z0", "right")).spec["controls"]
    assert [control["name"] for control in shown if control["shown"]] == ["z0", "right"]
    with pytest.raises(ValueError, match="no control 'scale'"):
        PushAndPull(controls=("scale",))
