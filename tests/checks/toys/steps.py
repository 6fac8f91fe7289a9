"""Toys of optimizers: state that goes on, returned or in place, of one array or several."""

import numpy as np

from backprop_lib.checks.exercise import WrongAnswer
from backprop_lib.checks.families import optimizers
from tests.checks.toys.spec import toy


def adam_step(theta, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v


def momentum_step(parameters, gradients, velocities, learning_rate, momentum):
    for i in range(len(parameters)):
        velocities[i][...] = momentum * velocities[i] + gradients[i]
        parameters[i] -= learning_rate * velocities[i]


def clip_together(gradients, limit):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return [g * min(1, limit / norm) for g in gradients], norm


def decayed_step(theta, gradient, v, learning_rate, decay, epsilon):
    v = 0.9 * v + (1 - 0.9) * gradient**2
    step = gradient / (np.sqrt(v) + epsilon)
    return theta - learning_rate * (step + decay * theta), v


def two_arrays(given):
    names = ("parameters", "gradients", "velocities")
    lists = {k: [given[f"{k}_W"], given[f"{k}_b"]] for k in names if f"{k}_W" in given}
    return given | lists


TINY = (1e-10, -1e-12, 3e-9, 0.0)
ADAM = toy(
    adam_step, "theta", "m", "v", steps=4, extremes={"gradient": TINY},
    shapes={"theta": "p q", "gradient": "p q", "m": "zeros p q", "v": "zeros p q"},
    settings={"t": (1, 2, 3, 4), "learning_rate": (0.1,), "beta1": (0.9,), "beta2": (0.99,),
              "epsilon": (1e-8, 0.5)},
    wrong_answers=(
        *optimizers.epsilon_place("v_hat"),
        *optimizers.moment("m", "beta1", "gradient"),
        *optimizers.moment("v", "beta2", "gradient**2"),
        *optimizers.correction("m", "beta1"), *optimizers.correction("v", "beta2"),
        optimizers.direction("theta - learning", "theta + learning"),
    ),
)  # fmt: skip
DECAY = toy(
    decayed_step, "theta", "v", steps=3, extremes={"gradient": TINY},
    shapes={"theta": "p q", "gradient": "p q", "v": "zeros p q"},
    settings={"learning_rate": (0.1,), "decay": (0.01, 0.5), "epsilon": (1e-8, 0.5)},
    wrong_answers=(
        *optimizers.epsilon_place("v"),
        *optimizers.moment("v", "0.9", "gradient**2"),
        optimizers.decoupled("v = 0.9",
            "gradient = gradient + decay * theta\n    decay, v = 0, 0.9"),
    ),
)  # fmt: skip
MOMENTUM = toy(
    momentum_step, updates=("parameters", "velocities"), steps=3, together=two_arrays,
    shapes={f"{k}_{a}": letters for k in ("parameters", "gradients", "velocities")
            for a, letters in (("W", "p q"), ("b", "q"))},
    settings={"learning_rate": (0.1,), "momentum": (0.9, 0.5)},
    wrong_answers=(
        WrongAnswer("a new array", "parameters[i] -= learning_rate * velocities[i]",
            "theta = parameters[i] - learning_rate * velocities[i]", "New."),
        WrongAnswer("state shared", "velocities[i][...] = momentum * velocities[i] + gradients[i]",
            "velocities[i][...] = momentum * velocities[0].sum() + gradients[i]", "Shared."),
        optimizers.direction("parameters[i] -=", "parameters[i] +="),
    ),
)  # fmt: skip
CLIP = toy(
    clip_together, "gradients", "norm", together=two_arrays,
    shapes={"gradients_W": "p q", "gradients_b": "q"}, settings={"limit": (0.5, 100.0)},
    extremes={"gradients_W": (1e-3, -1e3)},
    wrong_answers=(
        optimizers.global_norm("limit / norm)", "limit / np.sqrt((g**2).sum()))"),
        WrongAnswer("always shortened", "min(1, limit / norm)", "(limit / norm)", "If longer."),
        WrongAnswer("norm squared", "np.sqrt(sum((g**2).sum() for g in gradients))",
            "sum((g**2).sum() for g in gradients)", "Root."),
    ),
)  # fmt: skip
