"""How sums and formulas are read, and that a Sum's terms are numpy's."""

import numpy as np
import pytest

from backprop_lib.explorers.notation import decimal, joined, tokens
from backprop_lib.explorers.panels import Heatmap, Sum
from tests.explorers.demos import Depth

rng = np.random.default_rng(0)
ARRAYS = {
    "X": rng.normal(size=(5, 3)),
    "W": rng.normal(size=(3, 4)),
    "b": rng.normal(size=4),
    "dZ": rng.normal(size=(5, 4)),
    "S": rng.normal(size=(5, 4)),
}
TRUTH = {
    "Z[i, j] = X[i, k] W[k, j] + b[j]": ARRAYS["X"] @ ARRAYS["W"] + ARRAYS["b"],
    "dW[k, j] = X[i, k] dZ[i, j]": ARRAYS["X"].T @ ARRAYS["dZ"],
    "dX[i, k] = dZ[i, j] W[k, j]": ARRAYS["dZ"] @ ARRAYS["W"].T,
    "db[j] = dZ[i, j]": ARRAYS["dZ"].sum(axis=0),
    "dA[i, j] = dZ[i, j] S[i, j]": ARRAYS["dZ"] * ARRAYS["S"],
}


@pytest.mark.parametrize("text", TRUTH)
def test_the_terms_of_a_sum_are_numpys(text):
    made, truth = Sum(text), TRUTH[text]
    arrays = ARRAYS | {made.of[0]: truth}
    terms = made.compute(arrays)
    assert terms.shape[:-1] == truth.shape
    np.testing.assert_allclose(terms.sum(axis=-1), truth, atol=1e-12)
    arrays[made.terms] = terms
    for index in np.ndindex(truth.shape):
        for entries, term in made.rows((made.of[0], *index), arrays):
            product = np.prod([arrays[name][tuple(at)] for name, *at in entries])
            assert term == pytest.approx(product)


def test_a_sum_knows_what_meets():
    made = Sum("Z^2[i, j] = A^1[i, k] W^2[k, j] + b^2[j]", then="P", through="softmax")
    assert made.of == ("Z^2", "i", "j")
    assert made.over == "k"
    assert made.factors == (("A^1", "i", "k"), ("W^2", "k", "j"))
    assert made.plus == (("b^2", "j"),)


def test_curves_hold_their_span_in_every_frame():
    depth = Depth()
    for scale in (0.8, 1.0):
        depth.set(scale=scale)
        written = [text.get_text() for text in depth.figure().axes[0].texts]
        assert {"10⁻³", "10⁰"} <= set(written)


def test_rows_and_columns_are_numbered_where_they_are_few():
    heatmap = Heatmap("read as", "C")
    assert heatmap.spec({"C": [10, 10]})["numbered"] == (10, 10)
    assert heatmap.spec({"C": [3]})["numbered"] == (1, 3)
    assert heatmap.spec({"C": [10, 64]})["numbered"] == (0, 0)


def test_a_formula_is_split_into_letters_and_powers():
    assert tokens("A^1 = max(0, Z)")[0] == ("A", "1")
    assert "".join(text for text, _ in tokens("A = 1 / (1 + e^{−Z})")) == "A = 1 / (1 + e)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.005, "1.00"),
        (-2.5, "−2.50"),
        (-0.001, "0.00"),
        (123.456, "123.5"),
        (-54321.0, "−5e4"),
        (2e13, "2e13"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_are_written_the_same_everywhere(value, text):
    assert decimal(value, 2) == text


def test_a_sum_is_written_with_its_signs():
    assert joined([-1.0, -2.0, 0.0, 3.5], 2) == "−1.00 − 2.00 + 0 + 3.50"
