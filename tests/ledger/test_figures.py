"""The ledger's figures: what is right passes, what is wrong fails, and the exact ones are exact."""

from functools import cache

import numpy as np
import pytest

from backprop_lib.gradient_check import central_difference, complex_step
from backprop_lib.ledger import ROWS, row
from backprop_lib.ledger.figure import agrees, fails, refused

LIMITS = {central_difference: 1e-7, complex_step: 1e-13}
CHECKED = {name: row for name, row in ROWS.items() if row.check}

every_checked_row = pytest.mark.parametrize("name", CHECKED)


@cache
def figures(name, gradient=complex_step, seed=0):
    """Return the row's figures by their words."""
    found = row(name).measure(gradient, seed)
    assert len({figure.what for figure in found}) == len(found)
    return {figure.what: figure for figure in found}


@every_checked_row
@pytest.mark.parametrize("gradient", LIMITS, ids=lambda gradient: gradient.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_right_passes_and_wrong_fails(name, gradient, seed):
    found = figures(name, gradient, seed).values()
    assert found
    for figure in found:
        assert figure.holds, figure
        if figure.kind == "agrees":
            assert figure.value < LIMITS[gradient], figure
        if figure.kind == "fails":
            assert figure.value > 0.05, figure


@every_checked_row
def test_a_verdict_is_what_the_figures_say(name):
    judged = {(figure.what.split(",")[0], figure.kind) for figure in figures(name).values()}
    as_written, corrected = ("as written", "agrees"), ("corrected", "agrees")
    refuted = ("as written", "fails")
    verdict = row(name).verdict
    if verdict == "right" and name != "A12":  # A12 is a claim with a number
        assert as_written in judged
        assert refuted not in judged
    if verdict in ("wrong", "half right") or name in ("X2", "X3"):
        assert {refuted, corrected} <= judged
    if verdict == "missing":
        assert corrected in judged


EXACT = [
    ("A4", "as written, E a mean over the batch", 5 / 6),
    ("A6", "mean loss, 1/n nowhere", 5 / 6),
    ("A7", "as written, on a batch", np.inf),
    ("A12", "parameters of 784-128-10", 101_770),
    ("A12", "forward passes for central differences", 203_540),
    ("B2", "as written, identity + squared error", 1 / 2),
    ("B2", "as written, identity + mean squared error", 1 / 3),
    ("B2", "as written, read as ∂J/∂Z of the mean", 6 / 7),
    ("B3", "1/m twice", 6 / 7),
    ("B4", "without an axis", 1),
    ("B6", "tanh, largest entry off the diagonal", 0),
    ("B13", "the largest σ′", 1 / 4),
    ("B13", "ten layers of it", 2.0**-20),
    ("C4", "as written, evaluation of one example", 1),
    ("C8", "as written, over a batch", 7 / 8),
    ("C8", "as written at ŷ = [1, 0], y = [1, 0]", np.nan),
    ("C8", "corrected, from logits of ±1000", 2000),
    ("C9", "as written at logits of 1000", np.nan),
    ("C9", "largest z that exp takes in float64", 709.782712893384),
    ("C9", "largest z that exp takes in float32", 88.72283905206835),
    ("C11", "as written, the mean of a batch", 7 / 8),
    ("C13", "a central difference at 0", 1 / 2),
    ("C13", "the library at 0", 0),
    ("C13", "1[z > 0] where z is NaN", 0),
    ("C15", "mean loss, 1/n nowhere", 7 / 8),
    ("C16", "as written, over the units, axis 1", np.inf),
    ("C20", "as written, the mask unscaled", 2 / 5),
    ("C24", "updates in one pass over 10 examples, 4 at a time", 3),
    ("C25", "|t| after 50 steps, η = 0.45", 0.8**50),
    ("C25", "|t| after 50 steps, η = 0.5", 1),
    ("C25", "|t| after 50 steps, η = 0.55", 1.2**50),
    ("C26", "c = b + b, one overwrites the other", 1 / 2),
    ("X2", "as written, B's dZ in A's dW", 7 / 8),
    ("X3", "as written, 1/m in dZ and in dW", 7 / 8),
]


@pytest.mark.parametrize(("name", "what", "value"), EXACT, ids=[f"{n}: {w}" for n, w, _ in EXACT])
def test_an_exact_figure_is_exact(name, what, value):
    np.testing.assert_allclose(figures(name)[what].value, value, rtol=1e-12, atol=0)


DRAWN = [
    ("A5", "as written, the matrix product of square ones", 0.3, 1.5),
    ("B6", "softmax, largest entry off the diagonal", 0.03, 0.25),
    ("B12", "deviation a − y", -1, -0.99),
    ("B12", "gradient of ½ squared error", -0.003, -0.002),
    ("C3", "dW, one order against the other", 0.1, 1.5),
    ("C4", "σ² unbiased", 0.10, 0.11),
    ("C7", "mean of 1 where drop_prob is 0.4, plain", 0.595, 0.605),
    ("C7", "mean of 1 where drop_prob is 0.4, inverted", 0.99, 1.01),
    ("C22", "loss saved / (η ‖g‖²)", 0.98, 1.0),
]


@pytest.mark.parametrize(("name", "what", "low", "high"), DRAWN, ids=[f"{r[0]}" for r in DRAWN])
@pytest.mark.parametrize("seed", range(5))
def test_a_drawn_figure_stays_in_its_range(name, what, low, high, seed):
    assert low < figures(name, seed=seed)[what].value < high


@pytest.mark.parametrize("seed", range(5))
def test_a_step_along_the_gradient_makes_the_loss_rise(seed):
    along, against, loss = (
        figures("C12", seed=seed)[what].value
        for what in ("loss after a step along dZ", "loss after a step against dZ", "loss")
    )
    assert against < loss < along


def test_a_figure_can_fail():
    one = np.ones(3)
    assert agrees("equal", one, one).holds
    assert not agrees("twice", 2 * one, one).holds
    assert not agrees("another shape", [one], one).holds
    assert not agrees("lost", np.nan * one, one).holds
    assert fails("twice", 2 * one, one).holds
    assert not fails("equal", one, one).holds
    assert not fails("lost", np.nan * one, one).holds
    assert not refused("it fits", lambda: one @ one).holds
    assert repr(agrees("dW", one, one)) == "dW: agrees, error below 1e-07"
    assert repr(fails("dW", 2 * one, one)) == "dW: WRONG, error 0.5"
    assert repr(fails("dW", [one], one)) == "dW: not even the shape fits"
