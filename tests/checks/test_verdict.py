"""A verdict keeps to its schema, counts the hints, and raises one line for a machine."""

import json
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator, ValidationError

from backprop_lib import checks
from backprop_lib.checks import check, hint
from tests.checks.exercises import EXERCISES, RIGHT, by_name

SCHEMA = json.loads(Path(checks.__file__).with_name("verdict.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def dense_forward(X, W, b):
    return X @ W - b


def answers(one):
    """Return functions with the exercise's name: right, wrong and known, wrong and not, a stub."""

    def named(function):
        def answer(*arguments, **settings):
            return function(*arguments, **settings)

        answer.__name__, answer.__wrapped__ = one.name, RIGHT[one.name][0]
        return answer

    def stub(*_, **__):
        raise NotImplementedError

    def unknown(*arguments, **settings):
        print("here", arguments)
        value = one.reference(*arguments, **settings)
        return value[::-1] * 2 if isinstance(value, tuple) else np.asarray(value) * 7 + 1

    return [named(f) for f in (RIGHT[one.name][0], unknown, stub, lambda *_, **__: 1 / 0)]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])


@pytest.mark.parametrize("one", EXERCISES, ids=by_name)
def test_every_verdict_keeps_to_the_schema(one):
    verdicts = [check(answer).as_dict() for answer in answers(one)]
    assert [v["verdict"] for v in verdicts] == ["passed", "wrong", "not attempted", "wrong"]
    for verdict in verdicts:
        VALIDATOR.validate(verdict)
        assert json.loads(json.dumps(verdict)) == verdict


@pytest.mark.parametrize("thing", [len, "text", None, lambda X: X, dense_forward])
def test_every_other_verdict_keeps_to_it_too(thing):
    VALIDATOR.validate(check(thing).as_dict())
    VALIDATOR.validate(check().as_dict())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", "nearly"), ("misconceptions", ["a", "a"]), ("hints", -1), ("hints", 1.5),
        ("sentences", []), ("problem", ""), ("chapter", "two"), ("seconds", 3),
        ("figures", {"a": "b"}),
    ],
)  # fmt: skip
def test_what_is_no_verdict_is_refused(key, value):
    with pytest.raises(ValidationError):
        VALIDATOR.validate(check(dense_forward).as_dict() | {key: value})


def test_hints_are_counted_in_the_verdict():
    counts = []
    for _ in range(5):
        counts.append(check(dense_forward).as_dict()["hints"])
        hint(dense_forward)
    assert counts == [0, 1, 2, 3, 3]


def test_require_raises_one_readable_line_and_nothing_where_it_is_right():
    with pytest.raises(AssertionError) as raised:
        check(dense_forward).require()
    assert str(raised.value) == (
        "dense_forward: wrong (b subtracted). b is subtracted; it is added."
    )
    assert check(answers(EXERCISES[0])[0]).require() is None


PREDICTED = [one for one in EXERCISES if not one.cases(np.random.default_rng(0))[0].arguments]


@pytest.mark.parametrize("one", PREDICTED, ids=by_name)
def test_a_wrong_prediction_is_not_told_what_is_right(one):
    solution = one.reference()

    def guess():
        return tuple("other" if isinstance(value, str) else 0.123 for value in solution)

    guess.__name__, guess.__wrapped__ = one.name, RIGHT[one.name][0]
    verdict = check(guess)
    assert verdict.status == "wrong"
    assert not verdict.example
    assert "expected" not in verdict.facts
    assert not [value for value in solution if repr(value) in repr(verdict)]


def test_a_large_answer_of_a_wrong_shape_is_not_printed_in_full():
    def dropout_forward(A, drop_prob, rng):
        M = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
        return A * M, M[:, :1]

    verdict = check(dropout_forward)
    assert verdict.problem == "wrong shape"
    assert len(repr(verdict)) < 2000
