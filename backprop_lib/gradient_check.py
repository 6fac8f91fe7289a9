"""The gradient check: find a gradient slowly and surely, and hold a fast one against it."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.activations import ReLU
from backprop_lib.network import Network
from backprop_lib.shapes import admit

NUDGE = 1e-5  # central differences in float64: a smaller h rounds more, a larger one bends more
TINY = 1e-30  # the complex step takes no difference, so nothing is lost however small it is
LIMIT = 1e-7  # right gradients come out below 1e-8, wrong ones seldom below 1e-2
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
    (value,) = admit({"value": "*"}, {"value": value})
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
    (value,) = admit({"value": "*"}, {"value": value})
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        nudged = value.astype(complex)
        nudged[index] += TINY * 1j
        gradient[index] = function(nudged).imag / TINY
    return gradient


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
        return (
            f"WRONG, error {self.error:.2f}, cosine {self.cosine:.2f},"
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
        return max(comparison.error for comparison in self.comparisons.values())

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

    Args:
        network: a Network; it is not changed. X: (n, p). Y: (n,), labels.
        method: `complex_step`, or `central_difference`.

    Returns:
        A Report; `assert report.passed` is a test.

    Raises:
        ValueError, TypeError: what `backpropagate` refuses.
    """
    ours = network.copy()
    ours.backpropagate(X, Y)
    twin = Network(*(_of_type(layer, complex) for layer in network.layers))

    def loss(parameters):
        twin.parameters[:] = parameters
        found = twin.loss(X, Y)
        return found if np.iscomplexobj(parameters) else found.real

    expected = _named(network, method(loss, network.parameters))
    comparisons = {
        name: compare(gradient, expected[name])
        for name, gradient in _named(network, ours.gradients).items()
    }
    kinks = [abs(layer.input).min() for layer in ours.layers if isinstance(layer, ReLU)]
    return Report(comparisons, float(min(kinks, default=np.inf)))


def _of_type(layer, dtype):
    layer = layer.copy()
    for name in layer.parameter_names:
        for slot in (name, f"d{name}"):
            layer.__dict__[slot] = layer.__dict__[slot].astype(dtype)
    return layer


def _named(network, vector):
    """Cut a vector as long as the parameters into {"dW1": …, "db1": …, "dW2": …}."""
    pieces, start, level = {}, 0, 0
    for layer in network.layers:
        level += bool(layer.parameter_names)
        for name in layer.parameter_names:
            shape = getattr(layer, name).shape
            size = int(np.prod(shape))
            pieces[f"d{name}{level}"] = vector[start : start + size].reshape(shape)
            start += size
    return pieces
