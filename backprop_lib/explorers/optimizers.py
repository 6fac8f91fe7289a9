"""A race of optimizers: from one start down one landscape, with the rates under your hand."""

from functools import lru_cache

import numpy as np

from backprop_lib.explorers.controls import Choice, Number, Scrubber
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import length
from backprop_lib.explorers.panels import Curve, Landscape, Lines, Words
from backprop_lib.optimizers import SGD, Adam, Momentum, Nesterov, RMSProp

STEPS = 100
ACROSS, UP = (-10.0, 10.0), (-7.5, 7.5)
LOW, HIGH = 1e-6, 999.0  # a loss beyond is drawn at the edge, where this still fits
FAR = 1e4  # so far off is a weight held whose steps explode
TURN = np.array([[0.8, -0.6], [0.6, 0.8]])  # a 3-4-5 triangle: by 37 degrees
WIDTH = 3.0  # of the hole in the plateau
WAVE = np.pi / 4  # the saddle's floor lies 4 to each side of its ridge


def _ravine(theta):
    """0.02 u² + 2 w²: curvatures 0.04 and 4."""
    return 0.02 * theta[0] ** 2 + 2 * theta[1] ** 2, theta * _along([0.04, 4.0], theta)


def _slanting(theta):
    """The ravine, turned."""
    loss, gradient = _ravine(np.tensordot(TURN.T, theta, 1))
    return loss, np.tensordot(TURN, gradient, 1)


def _saddle(theta):
    """0.05 u² + 1 + cos(πw/4): a ridge along w = 0, level in the middle, and a floor beside it."""
    u, w = theta
    gradient = np.stack([0.1 * u, -WAVE * np.sin(WAVE * w)])
    return 0.05 * u**2 + 1 + np.cos(WAVE * w), gradient


def _plateau(theta):
    """1 − exp(−(u² + w²) / 18): next to no slope, but for a hole in the middle."""
    hole = np.exp(-(theta**2).sum(axis=0) / (2 * WIDTH**2))
    return 1 - hole, theta * hole / WIDTH**2


LANDSCAPES = {  # how it is called, its loss and gradient, the start
    "ravine": ("ravine", _ravine, (-9.0, 2.0)),
    "slanting": ("slanting ravine", _slanting, (-8.4, -3.8)),  # the ravine's start, turned
    "saddle": ("saddle", _saddle, (-8.0, 0.01)),
    "plateau": ("plateau", _plateau, (-6.5, 3.5)),
}
RACERS = (  # blue: plain; orange: with a velocity; green: divided by the root of the squares
    Curve("SGD", "SGD", "forward"),
    Curve("Momentum", "momentum", "backward"),
    Curve("Nesterov", "Nesterov", "backward"),
    Curve("RMSProp", "RMSProp", "parameter"),
    Curve("Adam", "Adam", "parameter"),
)


class OptimizerRace(Explorer):
    """Five optimizers walk down one landscape: their paths, and the loss after each step.

    All take the same learning rate. Momentum is μ for momentum and Nesterov, and β₁ for Adam; β is
    the memory of the squares, α for RMSProp and β₂ for Adam. ε is 1e-8.

    Args:
        landscape: "ravine", "slanting", "saddle" or "plateau". learning_rate, momentum, beta: what
            the sliders start at. step: how many steps are walked, up to 100.

    Raises:
        ValueError, TypeError: a value that its control refuses.
    """

    def __init__(self, landscape="ravine", learning_rate=0.2, momentum=0.9, beta=0.99, step=25):
        options = {name: label for name, (label, _, _) in LANDSCAPES.items()}
        controls = [
            Scrubber(name="step", label="step", value=step, minimum=0, maximum=STEPS),
            Number(name="learning_rate", label="learning rate", value=learning_rate,
                   minimum=0.02, maximum=0.6, step=0.02),
            Number(name="momentum", label="momentum", value=momentum,
                   minimum=0, maximum=0.95, step=0.05),
            Number(name="beta", label="β, of the squares", value=beta,
                   minimum=0.9, maximum=0.999, step=0.003),
            Choice(name="landscape", label="landscape", value=landscape, options=options),
        ]  # fmt: skip
        losses = tuple(Curve(f"loss of {c.name}", c.label, c.role) for c in RACERS)
        walks = tuple(Curve(c.name, "", c.role) for c in RACERS)
        panels = [
            Landscape("from above", "height", ACROSS, UP, walks, at="step", names=("u", "w")),
            Lines("loss over the steps", "steps", losses, at="step", log="y", across="step"),
            Words(),
        ]
        super().__init__("A race of optimizers", controls, panels)

    def compute(self, step, learning_rate, momentum, beta, landscape):
        """Return the landscape's height, all five paths, and the loss along each."""
        arrays = {"height": _height(landscape), "step": step, "steps": np.arange(STEPS + 1.0)}
        return arrays | _paths(learning_rate, momentum, beta, landscape)

    def words(self, arrays, step, learning_rate, momentum, beta, landscape):
        """Say where each is after so many steps, the lowest first."""
        label, _, _ = LANDSCAPES[landscape]
        now = {c.label: float(arrays[f"loss of {c.name}"][step]) for c in RACERS}
        order = sorted(now, key=now.get)
        said = ", ".join(f"{name} {_said(now[name])}" for name in order)
        return (
            f"The {label}, learning rate {learning_rate:g}, momentum {momentum:g}, β {beta:g}."
            f" The loss after {step} steps: {said}."
        )


@lru_cache(maxsize=8)
def _height(landscape):
    """Return the loss over the whole map, its root, so that the floor shows too."""
    points = np.stack(np.meshgrid(np.linspace(*ACROSS, 81), np.linspace(*UP, 61)))
    loss, _ = LANDSCAPES[landscape][1](points)
    return np.sqrt(loss)


@lru_cache(maxsize=64)
def _paths(learning_rate, momentum, beta, landscape):
    """Return each path (STEPS + 1, 2), and the loss along it."""
    _, slope, start = LANDSCAPES[landscape]
    optimizers = {
        "SGD": SGD(learning_rate),
        "Momentum": Momentum(learning_rate, momentum),
        "Nesterov": Nesterov(learning_rate, momentum),
        "RMSProp": RMSProp(learning_rate, beta),
        "Adam": Adam(learning_rate, momentum, beta),
    }
    arrays = {}
    for name, optimizer in optimizers.items():
        theta, path = np.array(start), np.empty((STEPS + 1, 2))
        for place in path:
            place[:] = theta
            optimizer.step(theta, slope(theta)[1])
        arrays[name] = np.clip(path, -FAR, FAR)
        arrays[f"loss of {name}"] = np.clip(slope(path.T)[0], LOW, HIGH)
    return arrays


def _said(loss):
    if loss >= HIGH:
        return "lost"
    return "at the bottom" if loss <= LOW else length(loss)


def _along(numbers, theta):
    return np.reshape(numbers, (2,) + (1,) * (theta.ndim - 1))
