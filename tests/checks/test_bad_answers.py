"""Whatever a learner's function does, and whatever is given to check, the answer is in words."""

import functools
import inspect
import signal
import sys
import threading
import time
from itertools import pairwise

import numpy as np
import pytest

import backprop_lib
from backprop_lib.checks import check, hint, sandbox
from backprop_lib.checks.exercise import Exercise
from backprop_lib.checks.judge import judge
from backprop_lib.checks.values import mapped
from tests.checks.exercises import EXERCISES
from tests.checks.toys import TOYS

KEPT = {}


def returns_nothing(X, W, b):
    Z = X @ W + b  # noqa: F841


def returns_a_list(X, W, b):
    return (X @ W + b).tolist()


def returns_two(X, W, b):
    return X @ W + b, b


def has_a_comma_too_many(X, W, b):
    return (X @ W + b,)


def returns_a_number(X, W, b):
    return 3.0


def returns_objects(X, W, b):
    return (X @ W + b).astype(object)


def returns_complex(X, W, b):
    return X @ W + b + 0j


def returns_float16(X, W, b):
    return (X @ W + b).astype(np.float16)


def returns_whole_numbers(X, W, b):
    return (X @ W + b).astype(int)


def returns_nan(X, W, b):
    return np.full((len(X), len(b)), np.nan, X.dtype)


def drops_a_row(X, W, b):
    return (X @ W + b)[1:]


def changes_X(X, W, b):
    X *= 2
    return X @ W / 2 + b


def keeps_one_array(X, W, b):
    Z = KEPT.setdefault((len(X), len(b), X.dtype), np.zeros((len(X), len(b)), X.dtype))
    Z[:] = X @ W + b
    return Z


def counts_its_calls(X, W, b, calls=[0]):  # noqa: B006
    calls[0] += 1
    return X @ W + b + (calls[0] % 9 == 0)


def stops_with_an_error(X, W, b):
    Z = X @ W.T.T.T
    Z[0] = missing  # noqa: F821
    return Z


def names_what_is_not_there(X, W, b):
    return X @ W + bias  # noqa: F821


def raises_markup(X, W, b):
    raise ValueError("<script>alert(1)</script>")


def raises_an_address(X, W, b):
    raise ValueError(object())


def raises_what_cannot_be_said(X, W, b):
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    raise Mute


def loops(X, W, b):
    while True: pass  # noqa: E701


def loops_and_catches(X, W, b):
    for _ in range(60):
        try:  # noqa: SIM105
            time.sleep(20)
        except BaseException:
            pass


def loops_and_prints(X, W, b):
    while True:
        try:
            print("again")
        except:  # noqa: E722
            continue


def sleeps(X, W, b):
    time.sleep(20)
    return X @ W + b


def calls_itself(X, W, b):
    return calls_itself(X, W, b)


def returns_what_holds_itself(X, W, b):
    Z = [X @ W + b]
    Z.append(Z)
    return Z


def exits(X, W, b):
    sys.exit(3)


def interrupts(X, W, b):
    raise KeyboardInterrupt


def takes_too_few(X, W):
    return X @ W


def returns_a_stranger(X, W, b):
    class Stranger:
        def __repr__(self):
            raise ValueError

    return Stranger()


WORDS = {
    returns_nothing: "It returns None. Is `return Z` missing at its end?",
    returns_a_list: "It returns a list, expected the array Z.",
    returns_two: "It returns a tuple, expected the array Z.",
    has_a_comma_too_many: "It returns a tuple, expected the array Z.",
    returns_a_number: "Z is a float, expected an array (4, 2).",
    returns_objects: "Z is an array of dtype object, expected float64.",
    returns_complex: "Z has dtype complex128, expected float64",
    returns_float16: "Z has dtype float16, expected float64",
    returns_whole_numbers: "Z has dtype int64, expected float64",
    returns_nan: "The shape of Z is right, its numbers are not.",
    drops_a_row: "Z has shape (3, 2), expected (4, 2).",
    changes_X: "It changes X itself",
    keeps_one_array: "hands out the same memory each time",
    counts_its_calls: "The same input, tried again, gives something else",
    stops_with_an_error: "The inner sizes of a matrix product differ",
    names_what_is_not_there: "It stops with a NameError.",
    raises_markup: "It stops with a ValueError.",
    raises_an_address: "It stops with a ValueError.",
    raises_what_cannot_be_said: "It stops with a Mute.",
    loops: "It had not come to its end after",
    loops_and_catches: "It had not come to its end after",
    loops_and_prints: "It had not come to its end after",
    sleeps: "It had not come to its end after",
    calls_itself: "It calls itself again and again",
    returns_what_holds_itself: "A list in it holds itself.",
    exits: "It asks Python to exit.",
    interrupts: "It was interrupted",
    takes_too_few: "It takes (X, W), expected (X, W, b), in this order.",
    returns_a_stranger: "Z is a Stranger, expected an array (4, 2).",
}
LINES = {
    stops_with_an_error: "Z = X @ W.T.T.T",
    names_what_is_not_there: "return X @ W + bias  # noqa: F821",
    raises_markup: 'raise ValueError("<script>alert(1)</script>")',
    raises_an_address: "raise ValueError(object())",
    loops: "while True: pass  # noqa: E701",
    calls_itself: "return calls_itself(X, W, b)",
    exits: "sys.exit(3)",
    interrupts: "raise KeyboardInterrupt",
}


def as_answer(function, name="dense_forward"):
    """Return the function under the exercise's name, as if that had been its `def`."""
    return type(function)(
        function.__code__, function.__globals__, name, function.__defaults__, function.__closure__
    )


@pytest.mark.parametrize("function", WORDS, ids=lambda function: function.__name__)
def test_a_function_that_cannot_be_right_is_answered_in_words(function, monkeypatch, capfd):
    monkeypatch.setattr(sandbox, "LIMIT", 0.2)
    start = time.monotonic()
    verdict = check(as_answer(function))
    assert time.monotonic() - start < 2
    assert verdict.status == "wrong"
    assert WORDS[function] in verdict.sentences[0]
    assert verdict.problem
    for form in (repr(verdict), verdict._repr_html_()):
        assert "Traceback" not in form
        assert "0x" not in form
        assert "backprop_lib" not in form
    with pytest.raises(AssertionError, match=r"^dense_forward: wrong\. [^\n]+$"):
        verdict.require()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("function", LINES, ids=lambda function: function.__name__)
def test_the_learners_own_line_is_shown(function, monkeypatch):
    monkeypatch.setattr(sandbox, "LIMIT", 0.2)
    lines, first = inspect.getsourcelines(function)
    number = first + [line.strip() for line in lines].index(LINES[function])
    shown = check(as_answer(function)).line.splitlines()
    assert shown[0] == f"line {number}: {LINES[function]}"


def test_an_error_is_shown_with_its_message():
    shown = check(as_answer(names_what_is_not_there)).line
    assert shown.splitlines()[1] == "NameError: name 'bias' is not defined"


def test_what_a_function_prints_is_shown_shortened_and_not_lost(capfd):
    def dense_forward(X, W, b):
        print("X is", X.shape)
        print("x" * 1_000_000, file=sys.stderr)
        return X @ W + b

    verdict = check(dense_forward)
    assert verdict.passed
    assert verdict.printed.startswith("X is (4, 3)\nxxx")
    assert len(verdict.printed) < 1000
    assert verdict.printed.endswith("more characters")
    assert "Your function printed:" in repr(verdict)
    assert capfd.readouterr() == ("", "")


OTHERS = {
    "relu_forward": "Z",
    "two_layer_forward": "X, W1, b1, W2, b2",
    "parameter_count": "sizes",
    "gradient_shapes": "n, p, q",
}


@pytest.mark.parametrize("name", OTHERS)
def test_exercises_with_other_returns_are_answered_too(name):
    values = ("None", "[1.0]", "1.5", "True", "'text'", "(1, 2, 3)", "(1, 2, 3, 4)", "__import__")
    for value in values:
        space = {}
        exec(f"def {name}({OTHERS[name]}): return {value}\n", space)
        verdict = check(space[name])
        expected = "not attempted" if value == "None" else "wrong"
        assert verdict.status == expected, value
        assert verdict.sentences


@pytest.mark.parametrize("part", [lambda Z: Z, lambda Z: Z[:], lambda Z: Z.T.T])
def test_a_view_of_the_input_is_named(part):
    identity = Exercise(
        reference=backprop_lib.identity_forward,
        returns=("A",),
        shapes={"Z": "n q"},
        where="Activations",
        hints=("?", "", ""),
        afterwards="",
        wrong_answers=(),
    )
    assert judge(backprop_lib.identity_forward, identity).passed
    verdict = judge(part, identity)
    assert verdict.problem == "a view of its input"
    assert "shares its memory with Z" in verdict.sentences[0]


def test_a_whole_number_with_a_point_is_told_that_it_is_right_but_for_the_point():
    def parameter_count(sizes):
        return float(sum(p * q + q for p, q in pairwise(sizes)))

    verdict = check(parameter_count)
    assert "The number is right; a count is whole" in verdict.sentences[0]


NO_SHAPES = {
    "[n, q]": "dZ is a list, expected a tuple of whole numbers",
    "n * q": "dZ is an int, expected a tuple",
    "(n, 2.0)": "dZ is a tuple, expected a tuple of whole numbers",
    "__import__('numpy').ones((n, q))": "dZ is an array, expected a tuple",
    "(__import__('numpy').ones(2),)": "dZ is a tuple, expected a tuple of whole numbers",
    "(n, q + 1)": "The shape of dZ is not right.",
}


@pytest.mark.parametrize("dZ", NO_SHAPES)
def test_what_is_no_shape_is_told_so(dZ):
    space = {}
    exec(f"def gradient_shapes(n, p, q): return {dZ}, (n, p), (p, q), (q,)", space)
    verdict = check(space["gradient_shapes"])
    assert verdict.status == "wrong"
    assert NO_SHAPES[dZ] in verdict.sentences[0]
    assert verdict.facts["tried on"] == "4 examples: n 4, p 3, q 2"


RETURNING = [one for one in (*EXERCISES, *TOYS.values()) if one.returns]
BAD = {
    "None": lambda value: None,
    "nothing": lambda value: (),
    "an empty list": lambda value: [],
    "a list in a list": lambda value: [[value]],
    "a text": lambda value: "text",
    "objects": lambda value: mapped(value, lambda leaf: np.array([leaf, None], object)[:1]),
    "complex": lambda value: mapped(value, lambda leaf: leaf + 1j if np.ndim(leaf) else 1j),
    "float16": lambda value: mapped(value, lambda leaf: np.float16(np.size(leaf) * [0.3])),
    "itself": lambda value: judge,
    "a generator": lambda value: (1 / 0 for _ in "a"),
    "an error": lambda value: 1 / 0,
    "an exit": sys.exit,
    "recursion": lambda value: BAD["recursion"]([value]),
    "a megabyte": lambda value: print("x" * 1_000_000),
}


@pytest.mark.parametrize("what", BAD)
def test_every_kind_of_exercise_answers_bad_values_in_words(what, capfd):
    for one in RETURNING:

        @functools.wraps(one.reference)
        def answer(*arguments, one=one, **named):
            return BAD[what](one.reference(*arguments, **named))

        verdict = judge(answer, one)
        assert verdict.status == "wrong", (one.name, verdict)
        assert all(sentence.endswith((".", "?")) for sentence in verdict.sentences)
        assert verdict.problem
        assert "Traceback" not in repr(verdict)
    assert capfd.readouterr() == ("", "")


STUBS = """
def dense_forward(X, W, b): raise NotImplementedError
def dense_forward(X, W, b): raise NotImplementedError("later")
def dense_forward(X, W, b): ...
def dense_forward(X, W, b): pass
def dense_forward(X, W, b): "Z = X W + b"
def dense_forward(X, W, b): return None
def dense_forward(X, W, b): return ...
""".strip().splitlines()


@pytest.mark.parametrize("stub", STUBS)
def test_a_stub_is_not_attempted_and_not_wrong(stub):
    space = {}
    exec(stub, space)
    verdict = check(space["dense_forward"])
    assert verdict.status == "not attempted"
    assert "in place of" in verdict.sentences[0]
    with pytest.raises(AssertionError, match="not attempted"):
        verdict.require()


class NoName:
    def __call__(self, X, W, b):
        return X @ W + b


NOT_ANSWERS = {
    "a text": ("dense_forward", "without quotation marks"),
    "a result": (np.ones((2, 2)), "without calling it"),
    "None": (None, "without calling it"),
    "a class": (backprop_lib.Dense, "`Dense` is a class"),
    "a lambda": (lambda X, W, b: X @ W + b, "A lambda has no name"),
    "an object": (NoName(), "has no name"),
    "a partial": (functools.partial(returns_nan), "has no name"),
    "a built-in": (len, "There is no exercise named `len`"),
    "a misspelling": (as_answer(returns_nan, "dense_foward"), "Is it `dense_forward`?"),
    "a module": (np, "not a function"),
}


@pytest.mark.parametrize("what", NOT_ANSWERS)
def test_what_is_no_answer_to_any_exercise_is_told_so(what):
    thing, words = NOT_ANSWERS[what]
    verdict = check(thing)
    assert verdict.status == "not attempted"
    assert words in verdict.sentences[0]
    assert words.replace("`", "") in " ".join(repr(hint(thing)).split())


def test_nothing_at_all_is_told_so():
    assert "Which function?" in repr(check())
    assert "Which function?" in repr(hint())


def test_our_own_function_is_not_taken_for_the_learners():
    for function in (backprop_lib.dense_forward, backprop_lib.dense_forward.__wrapped__):
        verdict = check(function)
        assert verdict.status == "not attempted"
        assert "is ours, from backprop_lib, not yours" in verdict.sentences[0]


def test_a_fault_of_ours_is_admitted_and_no_traceback(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("of our own")

    monkeypatch.setattr(backprop_lib.checks, "judge", broken)
    verdict = check(as_answer(returns_nan))
    assert "Our mistake, not yours" in verdict.sentences[0]


def test_without_the_main_thread_there_is_no_timer_and_still_a_verdict():
    def dense_forward(X, W, b):
        return X @ W + b

    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(check(dense_forward)))
    thread.start()
    thread.join()
    assert verdicts[0].passed


def test_timers_traces_and_outputs_are_as_before(monkeypatch):
    monkeypatch.setattr(sandbox, "LIMIT", 0.1)
    handler, trace, out = signal.getsignal(signal.SIGALRM), sys.gettrace(), sys.stdout
    assert check(as_answer(loops_and_catches)).problem == "never ends"
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert sys.gettrace() is trace
    assert sys.stdout is out
