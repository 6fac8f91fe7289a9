"""The PyTorch numbers that chapter 08 shows are those of the oracle."""

import ast
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = {"momentum": "Momentum", "AdamW": "AdamW, weight decay"}  # where the oracle says it so


def table():
    text = (HERE.parents[1] / "chapters/source/08_optimizers.md").read_text(encoding="utf-8")
    start = text.index("PYTORCH = {")
    return ast.literal_eval(text[text.index("{", start) : text.index("\n}", start) + 2])


@pytest.mark.parametrize(("name", "numbers"), table().items())
def test_the_chapter_shows_the_oracles_numbers(name, numbers):
    cases = json.loads((HERE / "oracle.json").read_text(encoding="utf-8"))
    (case,) = (case for case in cases if case["name"] == CASES.get(name, name))
    start, gradients, after = numbers
    assert start == case["inputs"]["parameters"][0]
    assert gradients == [g[0] for g in case["inputs"]["gradients"][:5]]
    assert after == [round(theta[0], 6) for theta in case["float64"]["parameters"][:5]]
