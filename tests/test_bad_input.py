"""One contract for every door: a wrong argument is named, with what came and what was expected."""

import numpy as np
import pytest

import backprop_lib
from backprop_lib import SGD, Dense, Network, accuracy, he, train, xavier

SIZES = {"n": 4, "p": 3, "q": 2, "K": 5}
DOORS = [f for f in vars(backprop_lib).values() if hasattr(f, "shapes")]


def fitting(spec):
    """Return an argument that fits its declared shape."""
    rng, letters = np.random.default_rng(0), spec.removeprefix("labels ").split()
    shape = (4, 3) if spec == "*" else tuple(SIZES[letter] for letter in letters)
    return rng.integers(0, 5, shape) if spec.startswith("labels") else rng.standard_normal(shape)


def wrong_arguments(spec, others):
    """Yield (kind, how to spoil a right argument, the error it deserves)."""
    letters = spec.removeprefix("labels ").split()
    yield "None", lambda a: None, TypeError
    yield "string", lambda a: "abc", TypeError
    yield "strings", lambda a: a.astype(str), TypeError
    yield "objects", lambda a: np.full(a.shape, None), TypeError
    yield "masked", np.ma.masked_array, TypeError
    yield "ragged", lambda a: [[1.0, 2.0], [3.0]], ValueError
    yield "empty batch", lambda a: a[:0], ValueError
    if spec != "*":
        yield "one axis too many", lambda a: a[..., None], ValueError
        yield "one axis too few", lambda a: a[0], ValueError
    if letters[0] in others:  # a size that nothing else shares is free
        yield "one row too many", lambda a: np.concatenate([a, a[:1]]), ValueError
    if letters[-1] in others and fitting(spec).ndim == 2:
        yield "transposed", lambda a: a.T, ValueError
    if spec.startswith("labels"):
        yield "floats as labels", lambda a: a.astype(float), TypeError
        yield "label −1", lambda a: np.append(a[:-1], -1), ValueError
        yield "label K", lambda a: np.append(a[:-1], SIZES["K"]), ValueError


CASES = [
    pytest.param(door, name, spoil, refusal, id=f"{door.__name__}-{name}-{kind}")
    for door in DOORS
    for name, spec in door.shapes.items()
    for kind, spoil, refusal in wrong_arguments(
        spec, others=" ".join(door.shapes[other] for other in door.shapes if other != name)
    )
]


@pytest.mark.parametrize(("door", "name", "spoil", "refusal"), CASES)
def test_a_wrong_argument_is_refused_by_name(door, name, spoil, refusal):
    arguments = {each: fitting(spec) for each, spec in door.shapes.items()}
    right = arguments[name]
    arguments[name] = spoil(right)
    with pytest.raises(refusal) as refused:
        door(**arguments)
    words = str(refused.value)
    # Of two arguments that disagree either may be named; a wrong kind has only one culprit.
    culprits = [name] if refusal is TypeError else list(arguments)
    assert words.split(maxsplit=1)[0] in culprits, words
    assert "expected" in words, words
    arguments[name] = right
    door(**arguments)  # a refusal leaves nothing behind


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.parametrize(
    "form",
    [np.ndarray.tolist, np.asfortranarray, lambda a: a.astype(int), lambda a: a[::-1].copy()[::-1]],
    ids=["lists", "columns first", "integers", "reversed view"],
)
def test_what_fits_is_taken_in_any_form(door, form):
    """Whole numbers as lists, integers or strided arrays give what float64 arrays give."""
    arguments = [np.round(3 * fitting(spec)) for spec in door.shapes.values()]
    arguments = [
        fitting(spec) if spec.startswith("labels") else argument
        for spec, argument in zip(door.shapes.values(), arguments, strict=True)
    ]
    if door.__name__.startswith("softmax_cross_entropy_backward"):
        arguments[0] = np.ones((4, 5))
    expected = door(*arguments)
    came = door(*[form(argument) for argument in arguments])
    for one, other in zip(
        *(r if isinstance(r, tuple) else (r,) for r in (came, expected)), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=1e-13)
        assert one.dtype == np.float64


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_missing_argument_is_named(door):
    name = next(iter(door.shapes))
    with pytest.raises(
        TypeError, match=rf"{door.__name__}\(.*missing a required argument: '{name}'"
    ):
        door()


def digits_like():
    rng = np.random.default_rng(0)
    return Network(Dense(he(3, 5, rng))), rng.standard_normal((4, 3)), np.array([0, 1, 2, 4]), rng


def trained(**changes):
    network, X, Y, rng = digits_like()
    settings = {"optimizer": SGD(0.1), "epochs": 1, "batch_size": 2, "rng": rng, "progress": False}
    arguments = {"network": network, "X": X, "Y": Y} | settings | changes
    return train(**arguments)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: he(0, 2, np.random.default_rng(0)), "p is 0, expected a whole number"),
        (lambda: xavier(2, 2.5, np.random.default_rng(0)), r"q is 2\.5, expected a whole number"),
        (lambda: he(2, 2, 0), "rng is 0, expected a Generator"),
        (lambda: SGD(0), "learning_rate is 0, expected a number above 0"),
        (lambda: SGD(True), "learning_rate is True, expected a number"),
        (lambda: SGD(float("nan")), "learning_rate is nan, expected a number above 0"),
        (lambda: SGD(0.1).step([1.0], [1.0]), "parameters is .*, expected an array of floats"),
        (lambda: SGD(0.1).step(np.ones(2), np.ones(3)), r"gradients has shape \(3,\), expected"),
        (lambda: Dense([1.0, 2.0]), r"W has shape \(2,\), expected \(p, q\)"),
        (lambda: Dense(np.ones((2, 3)), np.ones(2)), r"b has shape \(2,\), expected \(3,\)"),
        (lambda: trained(epochs=0), "epochs is 0, expected a whole number of at least 1"),
        (lambda: trained(batch_size=2.0), r"batch_size is 2\.0, expected a whole number"),
        (lambda: trained(rng=None), "rng is None, expected a Generator"),
        (lambda: trained(Y=[0, 1, 2, 5]), "Y holds the label 5, expected 0 to 4"),
        (lambda: trained(Y=[[0], [1], [2], [3]]), r"Y has shape \(4, 1\), expected \(4,\)"),
        (lambda: trained(held_out=([[1.0, 2.0, np.nan]], [0])), "X holds nan"),
        (lambda: accuracy(*digits_like()[:2], [[0], [1], [2], [3]]), r"Y has shape \(4, 1\)"),
        (lambda: digits_like()[0].loss(np.ones((4, 3)), [0, 1]), r"Y has shape \(2,\), expected"),
        (lambda: digits_like()[0].predict([1.0, 2.0, 3.0]), r"One example is a batch of one"),
        (lambda: digits_like()[0].trace(np.ones((0, 3)), []), "X has shape .* it is empty"),
    ],
)  # fmt: skip
def test_everything_else_refuses_by_name_too(call, words):
    with pytest.raises((ValueError, TypeError), match=words):
        call()
