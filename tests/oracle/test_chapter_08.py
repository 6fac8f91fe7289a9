"""The PyTorch numbers that chapter 08 shows are those of the oracle, and a mistake stands apart."""

import json
from pathlib import Path

import pytest

from backprop_lib.ledger.beside_pytorch import (
    LEARNING_RATE,
    PYTORCH,
    beside_pytorch,
    distance_from_pytorch,
)

ORACLE = json.loads(Path(__file__).with_name("oracle.json").read_text(encoding="utf-8"))
CASES = {"momentum": "Momentum", "AdamW": "AdamW, weight decay"}  # where the oracle says it so


@pytest.mark.parametrize(("name", "numbers"), PYTORCH.items())
def test_the_chapter_shows_the_oracles_numbers(name, numbers):
    (case,) = (case for case in ORACLE if case["name"] == CASES.get(name, name))
    start, gradients, after = numbers
    assert case["settings"]["learning_rate"] == LEARNING_RATE
    assert start == case["inputs"]["parameters"][0]
    assert gradients == [g[0] for g in case["inputs"]["gradients"][:5]]
    assert after == [round(theta[0], 6) for theta in case["float64"]["parameters"][:5]]


def adam(theta, g, m, v, t, learning_rate, first=1):
    m, v, t = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2, t + first - 1
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return theta - learning_rate * m_hat / (v_hat**0.5 + 1e-8), m, v


def test_an_update_is_given_its_state_and_its_count():
    assert distance_from_pytorch("Adam", adam) < 1e-6
    assert distance_from_pytorch("Adam", adam, first=2) > 0.01


def test_the_two_rows_agree(capsys):
    beside_pytorch("SGD", lambda theta, g, learning_rate: theta - learning_rate * g)
    ours, theirs = (line.split() for line in capsys.readouterr().out.splitlines())
    assert (ours[:2], theirs[:2]) == (["SGD", "ours"], ["SGD", "PyTorch"])
    assert ours[2:] == theirs[2:]
    assert len(ours[2:]) == 6
