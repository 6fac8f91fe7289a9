"""Chapter 08, updates with a velocity: momentum and Nesterov, and what goes wrong in them."""

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families import optimizers

WHERE = "Momentum"


def momentum_step(theta, g, v, learning_rate, momentum):
    """v ← μ v + g, θ ← θ − η v."""
    v = momentum * v + g
    theta = theta - learning_rate * v
    return theta, v


def nesterov_step(theta, g, v, learning_rate, momentum):
    """v ← μ v + g, θ ← θ − η (g + μ v)."""
    v = momentum * v + g
    theta = theta - learning_rate * (g + momentum * v)
    return theta, v


GIVEN = {
    "shapes": {"theta": "p q", "g": "p q", "v": "p q"},
    "settings": {"learning_rate": (0.1, 0.5, 0.02), "momentum": (0.9, 0.5, 0.75)},
    "steps": 3,
}
NEW, MOVE = "v = momentum * v + g", "theta = theta - learning_rate * v"
LOOK = "learning_rate * (g + momentum * v)"
RATE_INSIDE = (
    "The rate is in the velocity. While it is constant, that takes the same steps; but here v has"
    " no rate in it, and what comes back as v is to be the velocity itself."
)
SHARED = (
    WrongAnswer("velocity as a mean", NEW, "v = momentum * v + (1 - momentum) * g",
        "The velocity is made a mean here. It is a sum: the whole g is added."),
    WrongAnswer("no past", NEW, "v = g",
        "The velocity forgets: it is the gradient alone. The share μ of the old one stays."),
    WrongAnswer("nothing forgotten", NEW, "v = v + g",
        "The whole old velocity stays, so it never slows down. Only the share μ of it does."),
    WrongAnswer("μ on the gradient", NEW, "v = v + momentum * g",
        "The share μ is taken of the gradient. It is the share of the old velocity that stays."),
    WrongAnswer("μ on both", NEW, "v = momentum * (v + g)",
        "The new gradient is shortened by μ too. Only what is old is."),
    WrongAnswer("rate for momentum", NEW, "v = learning_rate * v + g",
        "The velocity is kept by the learning rate. Its share is the momentum."),
    WrongAnswer("gradient taken away", NEW, "v = momentum * v - g",
        "The gradient is taken away from the velocity. Here v points uphill, and the step goes"
        " against it."),
)  # fmt: skip

MOMENTUM = Exercise(
    reference=momentum_step,
    returns=("theta", "v"),
    where=WHERE,
    hints=(
        "Which of the two is made first, and which of them does the step use?",
        "v ← μ v + g, and with this new v: θ ← θ − η v.",
        "`v = momentum * v + g`, and then `theta = theta - learning_rate * v`",
    ),
    afterwards="With momentum 0 it is plain descent. With 0.9 it may become ten times as fast.",
    wrong_answers=(
        *SHARED,
        optimizers.direction("theta - learning_rate", "theta + learning_rate"),
        WrongAnswer("velocity and rate mixed up", f"g\n    {MOVE}",
            "learning_rate * g\n    theta = theta - v", RATE_INSIDE),
        WrongAnswer("rate twice", NEW, "v = momentum * v + learning_rate * g",
            "The rate counts twice, in the velocity and in the step."),
        WrongAnswer("rate forgotten", "learning_rate * v", "v",
            "The weights move by the whole velocity. The learning rate shortens the step."),
        WrongAnswer("old velocity", f"{NEW}\n    {MOVE}", f"{MOVE}\n    {NEW}",
            "The step uses the old velocity, so every gradient comes a step late. Renew v first."),
        WrongAnswer("velocity not used", MOVE, "theta = theta - learning_rate * g",
            "The step goes along the gradient alone. The velocity is kept, and never used."),
        WrongAnswer("Nesterov's step", MOVE,
            "theta = theta - learning_rate * (g + momentum * v)",
            "This is Nesterov's step. Momentum's goes along v."),
        WrongAnswer("gradient for velocity", "return theta, v", "return theta, g + 0 * v",
            "The gradient comes back in place of the velocity, so the next step knows no past."),
    ),
    **GIVEN,
)  # fmt: skip

NESTEROV = Exercise(
    reference=nesterov_step,
    returns=("theta", "v"),
    where=WHERE,
    hints=(
        "Momentum steps along v. What does Nesterov's form put in its place, after the same v?",
        "v ← μ v + g, and then θ ← θ − η (g + μ v), with the new v in the bracket.",
        "`theta = theta - learning_rate * (g + momentum * v)`",
    ),
    afterwards="One product more in each step, and it brakes a step earlier than momentum.",
    wrong_answers=(
        *SHARED,
        optimizers.direction("theta - learning_rate", "theta + learning_rate"),
        WrongAnswer("no look ahead", LOOK, "learning_rate * v",
            "This is momentum's step. Nesterov's goes along g + μ v, with the new v."),
        WrongAnswer("look ahead alone", LOOK, "learning_rate * momentum * v",
            "The gradient of this step is missing beside μ v."),
        WrongAnswer("whole velocity ahead", LOOK, "learning_rate * (g + v)",
            "The whole velocity is added to g. Only the share μ of it goes on."),
        WrongAnswer("v for g", LOOK, "learning_rate * (v + momentum * v)",
            "In the bracket v stands for g, and has g in it already. It is g + μ v."),
        WrongAnswer("bracket forgotten", LOOK, "learning_rate * g + momentum * v",
            "Only g is multiplied by the rate. Put g + μ v in parentheses."),
        WrongAnswer("rate forgotten", LOOK, "(g + momentum * v)",
            "The weights move by the whole bracket. The learning rate shortens the step."),
        WrongAnswer("velocity and rate mixed up", f"g\n    theta = theta - {LOOK}",
            "learning_rate * g\n    theta = theta - (learning_rate * g + momentum * v)",
            RATE_INSIDE),
        WrongAnswer("the step comes back as v", "return theta, v",
            "return theta, g + momentum * v",
            "What comes back as v has looked ahead. The velocity is μ v + g, and no more."),
    ),
    **GIVEN,
)  # fmt: skip
