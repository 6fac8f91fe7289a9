"""The door: what it lets through as it is, and the very words it refuses the rest with."""

import re

import numpy as np
import pytest

from backprop_lib.shapes import takes


@takes(X="n p", W="p q", b="q")
def dense(X, W, b):
    return X, W, b


@takes(Z="n K", Y="labels n or n K")
def loss(Z, Y, scale=1):
    return Z, Y, scale


@takes(A="*", dA="* not NaN")
def gradient(A, dA):
    return A, dA


SHAPES = [  # a door, the shapes that it is given, what it says and what it advises
    (dense, [(5, 1), (2, 3), (3,)], "X has shape (5, 1), expected (n, 2) (n examples, p in).", ""),
    (
        dense,
        [(2, 5), (2, 3), (3,)],
        "X has shape (2, 5), expected (n, 2) (n examples, p in).",
        " It looks transposed.",
    ),
    (
        dense,
        [(2,), (2, 3), (3,)],
        "X has shape (2,), expected (n, 2) (n examples, p in).",
        " One example is a batch of one: X.reshape(1, -1).",
    ),
    (dense, [(5,), (2, 3), (3,)], "X has shape (5,), expected (n, 2) (n examples, p in).", ""),
    (
        dense,
        [(1, 2), (2, 3), (1, 3)],
        "b has shape (1, 3), expected (3,) (q out).",
        " It has one axis too many: b.reshape(-1).",
    ),
    (dense, [(1, 2), (2, 3), (3, 3)], "b has shape (3, 3), expected (3,) (q out).", ""),
    (dense, [(1, 2), (2, 3), ()], "b has shape (), expected (3,) (q out).", ""),
    (
        dense,
        [(0, 2), (2, 3), (3,)],
        "X has shape (0, 2): it is empty, expected at least one example.",
        "",
    ),
    (
        gradient,
        [(3,), (3, 1)],
        "dA has shape (3, 1), expected (3,).",
        " It has one axis too many: dA.reshape(-1).",
    ),
    (
        gradient,
        [(3,), (4,)],
        "dA has shape (4,), expected (3,).",
        " A gradient has the shape of its value.",
    ),
    (
        gradient,
        [(2, 2, 2), (2, 2)],
        "dA has shape (2, 2), expected (2, 2, 2).",
        " A gradient has the shape of its value.",
    ),
    (
        gradient,
        [(4, 3), (4,)],
        "dA has shape (4,), expected (4, 3).",
        " One number for each example is a column: dA.reshape(-1, 1).",
    ),
    (
        gradient,
        [(2, 3), (2,)],
        "dA has shape (2,), expected (2, 3).",
        " One number for each example is a column: dA.reshape(-1, 1).",
    ),
    (
        gradient,
        [(1, 3), (3,)],
        "dA has shape (3,), expected (1, 3).",
        " One example is a batch of one: dA.reshape(1, -1).",
    ),
    (
        gradient,
        [(1, 3), (1,)],
        "dA has shape (1,), expected (1, 3).",
        " A gradient has the shape of its value.",
    ),
    (dense, [(1, 2), (2,), (3,)], "W has shape (2,), expected (p, q) (p in, q out).", ""),
    (loss, [(4, 3), (4, 2)], "Y has shape (4, 2), expected (4, 3) (n examples, K classes).", ""),
]
LABELS = "expected an array of whole numbers (labels)."
KINDS = [  # a door, one of its arguments, what it says of it
    (dense, "X", "abc", "X is 'abc', expected an array of numbers."),
    (dense, "X", [["1"]], "X is an array of <U1, expected an array of numbers."),
    (dense, "W", None, "W is None, expected an array of numbers."),
    (
        dense,
        "X",
        np.ma.masked_array([[1.0]]),
        "X is a masked array, expected a plain one: X.filled(…) makes it so.",
    ),
    (dense, "X", [[1], [1, 2]], "X has rows of different lengths, expected a full table."),
    (gradient, "dA", [1, np.nan], "dA holds nan at index [1], expected finite numbers only."),
    (loss, "Y", "abcd", f"Y is 'abcd', {LABELS}"),
    (loss, "Y", [0.0], f"Y is an array of float64, {LABELS} Y.astype(int) makes labels of them."),
    (loss, "Y", [1j], f"Y is an array of complex128, {LABELS}"),
    (
        loss,
        "Y",
        [[0], [1]],
        "Y has shape (2, 1), expected (2,) (n examples). It has one axis too many: Y.reshape(-1).",
    ),
]


@pytest.mark.parametrize(("door", "shapes", "words", "advice"), SHAPES)
def test_a_wrong_shape_is_told_with_what_was_expected_and_what_most_often_helps(
    door, shapes, words, advice
):
    for _ in range(2):
        with pytest.raises(ValueError, match=f"^{re.escape(words + advice)}$"):
            door(*(np.ones(shape) for shape in shapes))


@pytest.mark.parametrize(("door", "name", "value", "words"), KINDS)
def test_what_is_no_array_of_numbers_is_told_by_its_name(door, name, value, words):
    right = {
        dense: {"X": np.ones((1, 2)), "W": np.ones((2, 3)), "b": np.ones(3)},
        gradient: {"A": np.ones(2), "dA": np.ones(2)},
        loss: {"Z": np.ones((2, 3)), "Y": [0, 1]},
    }
    for _ in range(2):
        door(**right[door])
        with pytest.raises((ValueError, TypeError), match=f"^{re.escape(words)}$"):
            door(**right[door] | {name: value})


def test_an_argument_too_few_is_told_with_the_whole_call():
    words = "dense(X, W, b): missing a required argument: 'b'"
    with pytest.raises(TypeError, match=f"^{re.escape(words)}$"):
        dense(np.ones((1, 2)), np.ones((2, 3)))


def test_what_fits_goes_through_untouched_and_the_rest_becomes_floats():
    arrays = np.ones((4, 2)), np.ones((2, 3)), np.ones(3)
    for _ in range(2):  # the second time the door knows them
        assert all(came is went for went, came in zip(arrays, dense(*arrays), strict=True))
    X, W, b = (array.astype(np.float32) for array in arrays)
    assert {array.dtype for array in dense(X, W, b)} == {np.dtype(np.float32)}
    for mixed in ([X, W, np.ones(3)], [[[1, 2]], W, b], [np.ones((1, 2), bool), W.astype(int), b]):
        assert {array.dtype for array in dense(*mixed)} == {np.dtype(float)}


def test_a_door_that_knows_the_shapes_still_refuses_nan_by_name():
    A = np.ones(2)
    gradient(A, A)
    with pytest.raises(ValueError, match=r"^dA holds nan at index \[1\], expected finite"):
        gradient(A, np.array([1, np.nan]))


def test_complex_numbers_stay_complex_in_a_type_that_numpy_multiplies_fast():
    W, b = np.ones((2, 3), np.complex64), np.ones(3, np.complex64)
    for came, wanted in (("c8", "c8"), ("c16", "c16"), (">c16", "c16"), (np.clongdouble, "c16")):
        X = np.full((1, 2), 1 + 2j).astype(came)
        arrived, *_ = dense(X, W, b)
        assert arrived.dtype == np.dtype(wanted)
        assert arrived[0, 1] == 1 + 2j


def test_labels_stay_whole_and_settings_are_the_formulas_own():
    Z, Y, scale = loss(np.ones((2, 3), np.float32), [2, 0], scale="any")
    assert (Z.dtype, Y.dtype, scale) == (np.float32, np.int64, "any")
    assert loss(Y=[0], Z=[[1]])[2] == 1
