"""The door of every formula: it declares its shapes once, and refuses in words what does not fit.

    @takes(X="n p", W="p q", b="q")
    def dense_forward(X, W, b):
        return X @ W + b

The letters are the shape table of the course. The same letter means the same size, `"*"` means any
shape (the same for every `"*"`), `"labels n"` means n integers, one class for each example, and
`"labels n or n K"` leaves a choice. `"* not NaN"` is for the few formulas that would lose a NaN
without a word, `"p not negative"` for variances. Arguments that are not declared are settings; the
formula looks at them itself.
"""

import functools
import inspect
import threading

import numpy as np

from backprop_lib.values import require_no_nan, require_not_negative

LETTERS = {"n": "examples", "p": "in", "q": "out", "K": "classes"}
GUARDS = {"NaN": require_no_nan, "negative": require_not_negative}
_MEMORY = 1000  # argument signatures a door remembers, so that a second call costs about 1 µs


class _Doors(threading.local):
    """Whether all doors stand open in this thread; only a network opens them, and shuts them again.

    It does so for a pass whose shapes and types have come through every door before: looking again
    would cost a fifth of a training step of a small network.
    """

    open = False


doors = _Doors()


def takes(**declared):
    """Declare the shape of every array; the function itself is then only its formula.

    Lists and integers arrive as float64 arrays, float32 and complex stay as they are; where types
    are mixed, all arrive in the widest. So a formula may work in place on what it made itself.

    Raises (when the function is called):
        ValueError: a shape does not fit, or there is no example in the batch.
        TypeError: an argument is missing, or is not made of numbers.
    """
    shapes, guards = {}, []
    for k, (name, letters) in enumerate(declared.items()):
        shapes[name], _, words = letters.partition(" not ")
        if words:
            guards.append((GUARDS[words], k, name))
    count = len(shapes)

    def declare(formula):
        signature = inspect.signature(formula)
        known = set()

        @functools.wraps(formula)
        def door(*arguments, **named):
            if doors.open:
                return formula(*arguments, **named)
            try:
                kinds = tuple([(a.__class__, a.dtype, a.shape) for a in arguments[:count]])
                if kinds in known and named.keys().isdisjoint(shapes):
                    for guard, k, name in guards:
                        guard(name, arguments[k])
                    return formula(*arguments, **named)
            except AttributeError:  # a list, a number, None: `admit` will say
                pass
            try:
                bound = signature.bind(*arguments, **named)
            except TypeError as reason:
                raise TypeError(f"{formula.__name__}{signature}: {reason}") from None
            arrays = {name: bound.arguments[name] for name in shapes}
            admitted = admit(shapes, arrays)
            for guard, k, name in guards:
                guard(name, admitted[k])
            if all(a is b for a, b in zip(arrays.values(), admitted, strict=True)):
                if len(known) >= _MEMORY:
                    known.clear()
                known.add(tuple([(a.__class__, a.dtype, a.shape) for a in admitted]))
            bound.arguments.update(zip(shapes, admitted, strict=True))
            return formula(*bound.args, **bound.kwargs)

        door.shapes = shapes
        return door

    return declare


def admit(shapes, arguments):
    """Return the arguments as arrays that fit their declared shapes, or refuse in words.

    Parameters are looked at first, then what they meet, and gradients last: so a layer's own W is
    never blamed for the X it is given, nor a value for its gradient's shape.

    Raises:
        ValueError: a shape does not fit.
        TypeError: an argument is not made of numbers.
    """
    admitted, sizes = {}, {}
    for name in sorted(arguments, key=lambda name: (_is_gradient(name), name == "X")):
        letters = _choose(shapes[name], arguments[name])
        array = _as_array(name, arguments[name], labels=letters.startswith("labels"))
        _fit(name, array, letters.removeprefix("labels "), sizes)
        admitted[name] = array
    numbers = [array.dtype for array in admitted.values() if array.dtype != np.int64]
    widest = np.result_type(*numbers) if numbers else None
    return [
        array if array.dtype in (widest, np.int64) else array.astype(widest)
        for array in map(admitted.get, arguments)
    ]


def _choose(letters, value):
    """Of `labels n or n K`, the one with as many axes as the value; (n, 1) is labels gone wrong."""
    labels, _, table = letters.partition(" or ")
    try:
        shape = np.shape(value)
    except (ValueError, TypeError):  # rows of different lengths, no array at all
        shape = ()
    return table if table and len(shape) == 2 and shape[1] > 1 else labels


def _is_gradient(name):
    return len(name) > 1 and name[0] == "d"


def _as_array(name, value, labels):
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array, expected a plain one: {name}.filled(…) makes it so."
        )
    try:
        array = value if type(value) is np.ndarray else np.asarray(value)
    except (ValueError, TypeError):
        raise ValueError(f"{name} has rows of different lengths, expected a full table.") from None
    kind, wanted = array.dtype.kind, "whole numbers (labels)" if labels else "numbers"
    if kind not in ("biu" if labels else "biufc"):
        came = repr(value) if array.ndim == 0 else f"an array of {array.dtype}"
        advice = " Y.astype(int) makes labels of them." if labels and kind == "f" else ""
        raise TypeError(f"{name} is {came:.60}, expected an array of {wanted}.{advice}")
    if labels:
        return array.astype(np.int64, copy=False)
    fits = array.dtype.char in "fdFD" and array.dtype.isnative
    return array if fits else array.astype(np.complex128 if kind == "c" else np.float64)


def _fit(name, array, letters, sizes):
    if array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}: it is empty, expected at least one example."
        )
    if letters == "*":
        wanted = sizes.setdefault("*", array.shape)
    else:
        letters = letters.split()
        wanted = tuple(sizes.get(letter, letter) for letter in letters)
    if not _agree(array.shape, wanted):
        shape = "(" + ", ".join(map(str, wanted)) + ("," if len(wanted) == 1 else "") + ")"
        raise ValueError(
            f"{name} has shape {array.shape}, expected {shape}{_meaning(letters)}."
            + _advice(name, array, wanted, of_examples=letters[0] in "n*")
        )
    if letters != "*":
        sizes.update(zip(letters, array.shape, strict=True))


def _meaning(letters):
    named = [f"{letter} {LETTERS[letter]}" for letter in letters if letter in LETTERS]
    return f" ({', '.join(named)})" if named else ""


def _advice(name, array, wanted, of_examples):
    """What most often makes this shape, in one sentence; nothing where no cause is likely."""
    if array.ndim == 2 and _agree(array.shape[::-1], wanted):
        return " It looks transposed."
    if of_examples and array.ndim == 1 and len(wanted) == 2:
        if wanted[0] == len(array) > 1:
            return f" One number for each example is a column: {name}.reshape(-1, 1)."
        if _agree((1, len(array)), wanted):
            return f" One example is a batch of one: {name}.reshape(1, -1)."
    if array.ndim == 2 and len(wanted) == 1 and 1 in array.shape:
        return f" It has one axis too many: {name}.reshape(-1)."
    if _is_gradient(name):
        return " A gradient has the shape of its value."
    return ""


def _agree(shape, wanted):
    """Whether each size is the wanted one; a letter not met before takes any size."""
    return len(shape) == len(wanted) and all(
        size == want or isinstance(want, str) for size, want in zip(shape, wanted, strict=True)
    )
