"""The engine: what a small explorer does when a control moves, and when something goes wrong."""

import threading
import time

import numpy as np
import pytest

from backprop_lib.explorers.controls import Choice, Integer, Number, Switch
from backprop_lib.explorers.encoding import encode
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.panels import Board, Matrix, Microscope, Sum, Words
from tests.explorers.demos import Race
from tests.explorers.test_contract import ask, numbers_sent, whole_sweep

CONTROLS = (
    Number(
        name="factor", label="factor", minimum=-1, maximum=1, step=0.5, value=0.5, entry="W[0, 0]"
    ),
    Integer(name="n", label="examples", minimum=1, maximum=3, value=2),
    Choice(
        name="kind", label="kind", options={"plain": "plain", "square": "squared"}, value="plain"
    ),
    Switch(name="backward", label="backward", value=False),
)


class Small(Explorer):
    """X · W = Z, and dW below W once `backward` is on. factor = 0 cannot be computed."""

    def __init__(self, controls=CONTROLS, **settings):
        board = Board((
            Matrix("X"),
            Matrix("W", role="parameter", before="·", below=Matrix("dW", role="backward")),
            Matrix("Z", before="=", below=Matrix("dZ", role="backward")),
        ))  # fmt: skip
        sums = (Sum("Z[i, j] = X[i, k] W[k, j]"), Sum("dW[k, j] = X[i, k] dZ[i, j]"))
        super().__init__("Small", controls, (board, Microscope(sums), Words()), **settings)

    def compute(self, factor, n, kind, backward):
        if factor == 0:
            raise ZeroDivisionError("factor is 0")
        X = np.arange(1.0, 2 * n + 1).reshape(n, 2)
        W = np.array([[factor], [2.0]])
        Z = X @ W if kind == "plain" else (X @ W) ** 1
        gradients = {"dZ": np.ones((n, 1)), "dW": X.T @ np.ones((n, 1))} if backward else {}
        return {"X": X, "W": W, "Z": Z} | gradients

    def words(self, arrays, **parameters):
        return f"Z has {len(arrays['Z'])} rows."


def test_set_moves_the_frame():
    small = Small()
    small.set(factor=1, n=3)
    assert small.parameters == {"factor": 1.0, "n": 3, "kind": "plain", "backward": False}
    assert small.frame["parameters"] == small.parameters
    assert dict(small.frame["shapes"])["Z"] == (3, 1)
    assert repr(small) == "Z has 3 rows."


def test_what_is_not_computed_yet_is_not_in_the_frame_but_has_its_room():
    small = Small()
    assert "dW" not in dict(small.frame["shapes"])
    assert small.largest["dW"] == [2, 1]
    small.figure().canvas.draw()
    small.set(backward=True)
    assert dict(small.frame["shapes"])["dW"] == (2, 1)
    small.figure().canvas.draw()


def test_a_gradient_is_explained_by_its_examples():
    small = Small(picked=("dW", 0, 0))
    assert small.explained() == ""
    small.set(backward=True)
    assert small.explained() == "dW[0, 0] = 1.0000 + 3.0000 = 4.0000."


def test_the_picked_entry_stays_inside_a_smaller_batch():
    small = Small()
    small.pick("Z", 1, 0)
    small.set(n=1)
    assert small.picked_entry() == ("Z", 0, 0)
    small.set(n=2)
    assert small.picked_entry() == ("Z", 1, 0)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (("X", 0, 0), "X cannot be picked"),
        (("Q", 0, 0), "Q cannot be picked"),
        (("Z", 5, 0), r"no Z\[5, 0\]: Z has shape \(2, 1\)"),
        (("Z", -1, 0), r"no Z\[-1, 0\]"),
        (("Z", 0), r"no Z\[0\]"),
        (("dW", 0, 0), "dW cannot be picked"),
    ],
)
def test_what_cannot_be_picked_is_refused(entry, words):
    with pytest.raises(ValueError, match=words):
        Small().pick(*entry)


@pytest.mark.parametrize(
    ("parameters", "error", "words"),
    [
        ({"factor": 9}, ValueError, "factor is 9, expected a number from -1 to 1"),
        ({"factor": float("nan")}, ValueError, "factor is nan, expected a number"),
        ({"factor": float("-inf")}, ValueError, "factor is -inf, expected a number"),
        ({"factor": "1"}, TypeError, "factor is '1', expected a number"),
        ({"factor": None}, TypeError, "factor is None, expected a number"),
        ({"factor": True}, TypeError, "factor is True, expected a number"),
        ({"factor": 1j}, TypeError, "factor is 1j, expected a number"),
        ({"factor": [1]}, TypeError, r"factor is \[1\], expected a number"),
        ({"n": 1.5}, ValueError, "n is 1.5, expected a whole number from 1 to 3"),
        ({"n": 0}, ValueError, "n is 0, expected a number from 1 to 3"),
        ({"kind": "round"}, ValueError, "kind is 'round', expected one of plain, square"),
        ({"kind": 1}, ValueError, "kind is 1, expected one of plain, square"),
        ({"backward": 1}, TypeError, "backward is 1, expected True or False"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(parameters, error, words):
    small = Small()
    before = dict(small.parameters)
    with pytest.raises(error, match=words):
        small.set(**parameters)
    assert small.parameters == before
    with pytest.raises(error, match=words):
        small.sweep("n" if "n" not in parameters else "factor", **parameters)


def test_numbers_of_numpy_are_numbers():
    small = Small()
    small.set(factor=np.float32(0.5), n=np.int64(3), backward=np.bool_(True))
    assert small.present[0] == {"factor": 0.5, "n": 3, "kind": "plain", "backward": True}


def test_an_exception_is_one_line_and_the_last_good_picture_stays():
    small = Small()
    good = small.frame
    small.set(factor=0)
    assert small.frame["problem"] == "ZeroDivisionError: factor is 0"
    assert small.frame["parameters"]["factor"] == 0
    assert small.frame["data"] == good["data"]
    assert repr(small) == "Z has 2 rows."
    assert small._repr_mimebundle_()[0]["image/png"]
    small.set(factor=1)
    assert small.frame["problem"] == ""


def test_a_sweep_leaves_out_the_position_that_fails():
    frames = whole_sweep(Small(), "factor")
    assert [frames[place][1] is None for place in range(5)] == [False, False, True, False, False]
    assert frames[2][0] == {}


def test_the_places_that_the_page_asks_for_first_come_first():
    message, data = ask(Small(), "factor", [3, 1])
    sent = numbers_sent(message, data)
    places = message["places"]
    assert places == [3, 1][: len(places)]
    assert [arrays["W"][0, 0] for arrays, _ in sent] == [0.5, -0.5][: len(places)]


def test_what_takes_long_is_sent_in_pieces():
    class Slow(Small):
        def compute(self, **at):
            time.sleep(0.02)
            return super().compute(**at)

    message, _ = ask(Slow(), "factor", [0, 1, 3, 4])
    assert message["places"] == [0]


def test_only_what_differs_is_sent_again():
    _, one = ask(Small(), "factor", [0])
    message, two = ask(Small(), "factor", [0, 0])
    if len(message["places"]) == 2:
        assert len(two) == len(one)
    frame = Small().frame_at(**Small().parameters)
    assert len(encode([frame, frame])[1]) == len(Small().frame["data"])


def test_a_costly_explorer_sweeps_only_its_scrubber():
    ahead = {c["name"]: c["ahead"] for c in Race().spec["controls"]}
    assert ahead == {"rate": False, "t": True}


def test_nonsense_from_the_page_changes_nothing():
    small = Small()
    good = small.frame
    small.parameters = {"factor": "much"}
    assert "factor is 'much', expected a number" in small.frame["problem"]
    assert small.frame["data"] == good["data"]


def test_several_threads_get_their_own_frames():
    small, wrong = Small(), []

    def read(factor):
        for _ in range(200):
            W = small.arrays(**small.parameters | {"factor": factor})["W"]
            if W[0, 0] != factor:
                wrong.append(W)

    threads = [threading.Thread(target=read, args=(factor,)) for factor in (-1.0, 0.5, 1.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_hidden_controls_keep_their_value_and_can_be_set_from_code():
    small = Small(shown=("n",))
    assert [c["name"] for c in small.spec["controls"] if c["shown"]] == ["n"]
    small.set(factor=1)
    assert small.frame["parameters"]["factor"] == 1
    with pytest.raises(ValueError, match="no control 'm'"):
        Small(shown=("m",))


def test_nan_and_infinity_are_drawn():
    class Broken(Small):
        def compute(self, **parameters):
            arrays = super().compute(**parameters)
            arrays["W"] = np.array([[np.nan], [np.inf]])
            arrays["Z"] = arrays["X"] @ arrays["W"]
            return arrays

    broken = Broken(picked=("Z", 0, 0))
    assert "NaN + ∞ = NaN" in repr(broken)
    broken.figure().canvas.draw()
