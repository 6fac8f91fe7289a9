"""The exercises of chapter 08: what is right, what goes wrong, and where to look again."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.moments import ADAM, ADAMW, RMSPROP
from backprop_lib.checks.rates import CLIP, RATES
from backprop_lib.checks.velocities import MOMENTUM, NESTEROV


def first_steps(g, learning_rate):
    """By how much each optimizer changes a weight in its first step; all state was 0."""
    plain = -learning_rate * g
    ahead = -learning_rate * (g + 0.9 * g)
    leap = -learning_rate * 10 * np.sign(g)
    unit = -learning_rate * np.sign(g)
    return plain, plain, ahead, leap, unit


def adam_layers(W, gradients, learning_rate):
    """Adam's steps for several layers: each with its own m and v, and all with one t."""
    W = [w.copy() for w in W]
    m = [np.zeros_like(w) for w in W]
    v = [np.zeros_like(w) for w in W]
    for t in range(len(gradients)):
        for k in range(len(W)):
            g = gradients[t][k]
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g**2
            m_hat = m[k] / (1 - 0.9 ** (t + 1))
            v_hat = v[k] / (1 - 0.999 ** (t + 1))
            W[k] = W[k] - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return W


def large_gradients(_):
    """Return gradients of either sign, all so large that ε is next to nothing."""
    pairs = ((400.0, 0.01), (-1600.0, 0.1), (250.0, 0.5), (-900.0, 0.002), (3000.0, 1.0))
    return [Case(f"g = {g:g} at η = {rate}", {"g": g, "learning_rate": rate}) for g, rate in pairs]


def trainings(rng):
    """Return layers of one shape, with gradients for a few steps; some are tiny."""
    cases = {
        "3 layers, 4 steps": (3, 4, (2, 3), 1.0),
        "2 layers, 6 steps": (2, 6, (2, 2), 1.0),
        "1 layer": (1, 5, (3, 2), 1.0),
        "1 step": (3, 1, (2, 2), 1.0),
        "tiny gradients": (2, 4, (2, 2), 1e-9),
    }
    found = []
    for words, (layers, steps, shape, size) in cases.items():
        W = [rng.standard_normal(shape).round(1) for _ in range(layers)]
        gradients = [
            [size * (rng.standard_normal(shape).round(1) + 0.05) for _ in W] for _ in range(steps)
        ]
        arguments = {"W": W, "gradients": gradients, "learning_rate": 0.1}
        found.append(Case(words, arguments))
    return found


FIRST = "Adam, and its first twenty steps"
PREDICTED = Exercise(
    reference=first_steps,
    returns=("sgd", "momentum", "nesterov", "rmsprop", "adam"),
    cases_of=large_gradients,
    where=FIRST,
    hints=(
        "All state was 0. What are v, s, m̂ and v̂ after the first gradient alone?",
        "v = g; s = 0.01 g², so √s = 0.1 |g|; m̂ = g and v̂ = g². And g / |g| is the sign of g.",
        "`return -learning_rate * g, …, -learning_rate * 10 * np.sign(g), …`",
    ),
    afterwards="Two of the five do not ask how large the gradient is.",
    wrong_answers=(
        WrongAnswer("full speed at once", "return plain, plain", "return plain, 10 * plain",
            "Momentum is ten times as fast only after many steps. In the first one v is g.",
            "Momentum"),
        WrongAnswer("momentum as a mean", "return plain, plain", "return plain, 0.1 * plain",
            "v is a sum, not a mean: the whole first gradient is in it.", "Momentum"),
        WrongAnswer("Nesterov like momentum", "g + 0.9 * g", "g",
            "Nesterov's first step is longer than momentum's: it goes along g + 0.9 v, and v is"
            " g.", "Momentum"),
        WrongAnswer("Nesterov ahead alone", "g + 0.9 * g", "0.9 * g",
            "g itself is missing: Nesterov's step goes along g + 0.9 v.", "Momentum"),
        WrongAnswer("RMSProp like Adam", "10 * np.sign(g)", "np.sign(g)",
            "RMSProp has no correction: s is 0.01 g², so g is divided by a tenth of its size.",
            "A step for each parameter"),
        WrongAnswer("root forgotten", "10 * np.sign(g)", "100 * np.sign(g)",
            "0.01 is in s. Its root, 0.1, is what g is divided by.", "A step for each parameter"),
        WrongAnswer("RMSProp by the gradient", "10 * np.sign(g)", "10 * g",
            "g is divided by its own size, so of the gradient only the sign is left.",
            "A step for each parameter"),
        WrongAnswer("RMSProp, sign lost", "10 * np.sign(g)", "10",
            "Of the gradient the sign is left: where g is negative, the weight grows.",
            "A step for each parameter"),
        WrongAnswer("Adam without correction", "unit = -learning_rate",
            "unit = -learning_rate * np.sqrt(10)",
            "That is 0.1 over the root of 0.001: Adam without its bias correction."),
        WrongAnswer("only v corrected", "unit = -learning_rate", "unit = -learning_rate * 0.1",
            "m is 0.1 g, and is to be corrected too: m̂ is g."),
        WrongAnswer("Adam by the gradient", "unit = -learning_rate * np.sign(g)", "unit = plain",
            "Adam divides by the size of g. Its first step is η long, whatever g."),
        WrongAnswer("Adam, sign lost", "unit = -learning_rate * np.sign(g)",
            "unit = -learning_rate",
            "The step is η long, and goes against the sign of g."),
    ),
)  # fmt: skip

STATE = "[np.zeros_like(w) for w in W]"
UPDATE = """m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g**2
            m_hat = m[k] / (1 - 0.9 ** (t + 1))
            v_hat = v[k] / (1 - 0.999 ** (t + 1))"""
LAYERS = Exercise(
    reference=adam_layers,
    returns=("W",),
    cases_of=trainings,
    where="What goes wrong",
    hints=(
        "With three layers and four steps: how many tables m must there be, and how far does t go?",
        "Each layer has its own m and v, made once. t is the same for all layers of a step.",
        "`return version_b(W, gradients, learning_rate)`",
    ),
    afterwards="With one layer, both others are right too. Test with more than one of everything.",
    wrong_answers=(
        WrongAnswer("state shared between parameters", UPDATE, UPDATE.replace("[k]", "[0]"),
            "All layers write into one m and one v. Each needs its own; a list times a number holds"
            " the same table many times."),
        WrongAnswer("t counted for each layer", UPDATE,
            UPDATE.replace("(t + 1)", "(t * len(W) + k + 1)"),
            "t is counted up with each layer, so the later ones are corrected as if they were"
            " further on. It counts steps."),
        WrongAnswer("state begun anew", UPDATE, f"m, v = {STATE}, {STATE}\n            {UPDATE}",
            "m and v begin anew in each step, and remember nothing. Make them once, above the"
            " loop."),
        WrongAnswer("no bias correction", "m_hat = m[k] / (1 - 0.9 ** (t + 1))\n"
            "            v_hat = v[k] / (1 - 0.999 ** (t + 1))", "m_hat, v_hat = m[k], v[k]",
            "m and v began at 0, and are not corrected for it.", FIRST),
        WrongAnswer("off by one in t", UPDATE, UPDATE.replace("(t + 1)", "(t + 2)"),
            "t is one too large in every step. It is 1 in the first.", FIRST),
        WrongAnswer("corrected by the last t", UPDATE,
            UPDATE.replace("(t + 1)", "len(gradients)"),
            "Every step is corrected as if it were the last.", FIRST),
        WrongAnswer("second moment not squared", "g**2", "np.abs(g)",
            "v is a mean of the sizes, and its root is taken. It is to be a mean of the squares.",
            FIRST),
        WrongAnswer("ε inside the root", "np.sqrt(v_hat) + 1e-8", "np.sqrt(v_hat + 1e-8)",
            "ε is under the root. Where gradients are tiny, its root is far larger than they are.",
            "Where ε stands"),
        WrongAnswer("first layer's gradient for all", "gradients[t][k]", "gradients[t][0]",
            "Every layer steps along the first layer's gradient."),
        WrongAnswer("first step's gradient for ever", "gradients[t][k]", "gradients[0][k]",
            "Every step takes the first step's gradients."),
        WrongAnswer("step uphill", "W[k] - learning_rate", "W[k] + learning_rate",
            "The step goes along the gradient, uphill. The loss falls the other way."),
        WrongAnswer("last step left out", "range(len(gradients))", "range(len(gradients) - 1)",
            "The loop ends one step too soon."),
    ),
)  # fmt: skip

EXERCISES = (PREDICTED, MOMENTUM, NESTEROV, RMSPROP, ADAM, ADAMW, CLIP, RATES, LAYERS)
