"""The gradient check: find a gradient slowly and surely, and hold a fast one against it."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.activations import LeakyReLU, ReLU
from backprop_lib.dense import Dense
from backprop_lib.history import require_network
from backprop_lib.shapes import admit
from backprop_lib.values import require_number

NUDGE = 1e-5  # central differences in float64: a smaller h rounds more, a larger one bends more
TINY = 1e-30  # the complex step takes no difference, so nothing is lost however small it is
LIMIT = 1e-7  # right gradients come out below 1e-8, wrong ones seldom below 1e-2
CHUNK = 256  # nudges worked on at once: as many as fit in the processor's near memory
ZERO = 1e-10  # a length below which a gradient is taken to be zero


def central_difference(function, value, h=NUDGE):
    """(f(v + h) − f(v − h)) / 2h, for each entry v of `value` on its own.

    Args:
        function: array -> number. value: real, any shape; it is not changed. h: the nudge.

    Returns:
        The gradient, the shape of `value`.

    >>> central_difference(lambda w: (w**2).sum(), [3.0, -1.0]).round(6)
    array([ 6., -2.])
    """
    value, h = _admit(function, value), require_number("h", h, above=0)
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        above, below = value.copy(), value.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (function(above) - function(below)) / (2 * h)
    return gradient


def complex_step(function, value):
    """Im f(v + i·h) / h with h = 10⁻³⁰, for each entry v of `value` on its own: exact to rounding.

    Args:
        function: array -> number, made of steps that take complex numbers (no abs, no comparison of
            imaginary parts). value: real, any shape; it is not changed.

    Returns:
        The gradient, the shape of `value`.

    Source: Squire and Trapp 1998, "Using complex variables to estimate derivatives of real
    functions".

    >>> complex_step(lambda w: (w**2).sum(), [3.0, -1.0])
    array([ 6., -2.])
    """
    value = _admit(function, value)
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        nudged = value.astype(complex)
        nudged[index] += TINY * 1j
        gradient[index] = function(nudged).imag / TINY
    return gradient


def _admit(function, value):
    if not callable(function):
        raise TypeError(f"function is {function!r:.60}, expected a function of the array.")
    (value,) = admit({"value": "*"}, {"value": value})
    return value.astype(float)  # a nudge of 1e-5 is lost in float32


@dataclass(frozen=True)
class Comparison:
    """A gradient held against one that is known to be right.

    error: ‖ours − expected‖ / max(‖ours‖, ‖expected‖), 0 where both are zero. cosine: 1 when they
    point the same way. length: ‖ours‖ / ‖expected‖. worst: the index that is furthest off.
    """

    error: float
    cosine: float
    length: float
    worst: tuple
    ours: float
    expected: float

    def __repr__(self):
        if self.error < LIMIT:  # how far below is rounding, and differs from machine to machine
            return f"agrees, error below {1e-8 if self.error < 1e-8 else LIMIT:.0e}"
        error = f"{self.error:.2f}" if self.error > 0.005 else f"{self.error:.0e}"
        return (
            f"WRONG, error {error}, cosine {self.cosine:.2f},"
            f" length {self.length:.2f} times,"
            f" worst at {list(self.worst)}: {self.ours:.4g}, expected {self.expected:.4g}"
        )


def compare(ours, expected):
    """Return the Comparison of two gradients of the same shape.

    Raises:
        ValueError: the shapes differ, which is already an answer.
    """
    ours, expected = admit({"ours": "*", "expected": "*"}, {"expected": expected, "ours": ours})[
        ::-1
    ]
    lengths = np.linalg.norm(ours), np.linalg.norm(expected)
    difference = np.abs(ours - expected)
    worst = np.unravel_index(difference.argmax(), difference.shape)
    both_zero, one_zero = max(lengths) < ZERO, min(lengths) < ZERO
    return Comparison(
        error=0.0 if both_zero else float(np.linalg.norm(difference) / max(lengths)),
        cosine=float(both_zero) if one_zero else float((ours * expected).sum() / np.prod(lengths)),
        length=1.0 if both_zero else float(lengths[0] / lengths[1]) if lengths[1] else np.inf,
        worst=tuple(int(i) for i in worst),
        ours=float(ours[worst]),
        expected=float(expected[worst]),
    )


@dataclass(frozen=True)
class Report:
    """What a gradient check found: a Comparison for each parameter, and how near a kink it went.

    kink: the smallest |Z| in front of a ReLU; infinite where there is none.
    """

    comparisons: dict
    kink: float = np.inf

    @property
    def error(self):
        """The largest error of all parameters."""
        errors = [comparison.error for comparison in self.comparisons.values()]
        return float(np.max(errors))  # Python's max would lose a NaN

    @property
    def passed(self):
        """Whether every gradient agrees."""
        return self.error < LIMIT

    def __repr__(self):
        lines = [f"{name:4} {comparison!r}" for name, comparison in self.comparisons.items()]
        if self.kink < 100 * NUDGE:
            lines.append(
                f"A Z lies {self.kink:.0e} from ReLU's kink: there a central difference"
                " means nothing."
            )
        return "\n".join(lines)


def gradient_check(network, X, Y, method=complex_step):
    """Hold every gradient that `network.backpropagate(X, Y)` finds against a slow and certain one.

    The slow one is that of the same training pass: batch norm looks at its batch, and dropout keeps
    the mask it drew. All is worked out in float64, whatever the network's own type.

    Args:
        network: a Network; it is not changed. X: (n, p). Y: the targets.
        method: `complex_step`, or `central_difference`.

    Returns:
        A Report; `assert report.passed` is a test.

    Raises:
        ValueError, TypeError: what `backpropagate` refuses; a method that is neither of the two.
    """
    if method is not complex_step and method is not central_difference:
        raise ValueError(f"method is {method!r:.60}, expected complex_step or central_difference.")
    require_network(network)
    ours = network.copy(float)
    ours.backpropagate(X, Y)
    comparisons, kinks, level = {}, [np.inf], 0
    value, Y = ours.layers[0].memory, ours.loss_function.memory[1]
    for k, layer in enumerate(ours.layers):
        level += isinstance(layer, Dense)
        if isinstance(layer, ReLU | LeakyReLU):
            kinks.append(abs(value).min())
        for name in layer.parameter_names:

            def losses(nudge, k=k, name=name, value=value):
                return np.concatenate(list(_nudged_losses(ours, k, name, nudge, value, Y)))

            if method is complex_step:
                slow = losses(TINY * 1j).imag / TINY
            else:
                slow = (losses(NUDGE) - losses(-NUDGE)) / (2 * NUDGE)
            gradient = getattr(layer, f"d{name}")
            comparisons[f"d{name}{level}"] = compare(gradient, slow.reshape(gradient.shape))
        value = layer.replay(value)
    return Report(comparisons, float(min(kinks)))


def _nudged_losses(network, k, name, nudge, value, Y):
    """Yield the losses, a chunk at a time, that follow when one entry of a parameter is nudged.

    `value` is what goes into layer k. What comes out for each nudged entry is stacked, and where no
    example looks at another, the rest of the network takes the stack as one large batch.
    """
    layer, rest = network.layers[k].copy(type(nudge)), network.layers[k + 1 :]
    parameter, n, each = getattr(layer, name), len(Y), network.loss_function.each
    value = value.astype(type(nudge))  # once, and not at every door

    def replay_rest(value):
        for layer in rest:
            value = layer.replay(value)
        return value

    places = list(np.ndindex(parameter.shape))
    for start in range(0, len(places), CHUNK):
        outs = []
        for place in places[start : start + CHUNK]:
            before = parameter[place]
            parameter[place] += nudge
            outs.append(layer.replay(value))
            parameter[place] = before
        if all(layer.row_wise for layer in rest):
            losses = each(replay_rest(np.concatenate(outs)), np.concatenate([Y] * len(outs)))
            yield losses.reshape(-1, n).mean(axis=1)
        else:
            yield np.array([each(replay_rest(out), Y).mean() for out in outs])
