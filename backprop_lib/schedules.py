"""Schedules: how the learning rate changes from step to step; each makes a function of the step.

`Adam(learning_rate=warm_up(100, cosine(0.001, steps=4000)))`.
"""

import math

from backprop_lib.values import require_number


def constant(rate):
    """η(t) = rate.

    >>> constant(0.1)(7)
    0.1
    """
    rate = require_number("rate", rate, above=0)
    return lambda step: rate


def cosine(rate, steps, final=0.0):
    """η(t) = final + (rate − final) (1 + cos(π t / steps)) / 2, from t = 0; final after `steps`.

    Args:
        rate: where it starts, above 0. steps: how many it takes to come down.
        final: where it ends, from 0 to `rate`.

    Raises:
        TypeError, ValueError: a number that is out of range.

    Source: Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with warm restarts",
    equation 5.

    >>> eta = cosine(0.1, steps=4)
    >>> [round(eta(step), 4) for step in range(6)]
    [0.1, 0.0854, 0.05, 0.0146, 0.0, 0.0]
    """
    rate = require_number("rate", rate, above=0)
    steps = require_number("steps", steps, at_least=1, whole=True)
    final = require_number("final", final, at_least=0, at_most=rate)

    def eta(step):
        progress = min(step / steps, 1)
        return final + (rate - final) * (1 + math.cos(math.pi * progress)) / 2

    return eta


def warm_up(steps, schedule):
    """η(t) = schedule(t) · min(1, (t + 1) / steps): a straight line up over the first steps.

    Args:
        steps: how many it takes to reach the whole rate. schedule: a number, or another schedule,
            which counts its steps from 0 too.

    Raises:
        TypeError, ValueError: a number that is out of range.

    Source: Goyal et al. 2017, "Accurate, large minibatch SGD", section 2.2.

    >>> eta = warm_up(4, 0.1)
    >>> [round(eta(step), 4) for step in range(6)]
    [0.025, 0.05, 0.075, 0.1, 0.1, 0.1]
    """
    steps = require_number("steps", steps, at_least=1, whole=True)
    if not callable(schedule):
        schedule = constant(require_number("schedule", schedule, above=0))
    return lambda step: schedule(step) * min(1, (step + 1) / steps)
