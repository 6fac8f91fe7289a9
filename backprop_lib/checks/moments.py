"""Chapter 08, updates that divide by a size: RMSProp, Adam and AdamW, and what goes wrong."""

from dataclasses import replace

import numpy as np

from backprop_lib.checks.exercise import Exercise, WrongAnswer
from backprop_lib.checks.families import optimizers

TINY = (1e-10, -1e-12, 3e-9, 0.0)  # gradients beside which ε = 1e-8 is large
EPSILON, CORRECTION = "Where ε stands", "Adam, and its first twenty steps"


def rmsprop_step(theta, g, s, learning_rate, alpha, epsilon):
    """s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε)."""
    s = alpha * s + (1 - alpha) * g**2
    theta = theta - learning_rate * g / (np.sqrt(s) + epsilon)
    return theta, s


def adam_step(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    """θ ← θ − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta, m, v


def adamw_step(theta, g, decays, m, v, t, learning_rate, beta1, beta2, epsilon, weight_decay):
    """θ ← θ − η λ θ where decays is 1, and then Adam's step with g as it came."""
    theta = theta - learning_rate * weight_decay * decays * theta
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta, m, v


def weights_and_biases(given):
    """Let every third parameter be a bias."""
    theta = given["theta"]
    return given | {"decays": np.resize(np.array([1, 0, 1], theta.dtype), theta.shape)}


def told_at(where, wrong_answers):
    """Return wrong answers that are explained at another heading than the exercise's."""
    return tuple(replace(wrong, where=where) for wrong in wrong_answers)


def unlike_the_paper(gradient):
    """Return what can go wrong between the two moments of Adam."""
    return (
        WrongAnswer("second moment not squared", f"{gradient}**2", f"np.abs({gradient})",
            "v is a mean of the sizes, and its root is taken. It is to be a mean of the squares."),
        WrongAnswer("state shared between parameters", f"{gradient}**2",
            f"np.mean({gradient}**2)",
            "All parameters share one size, the mean over their squares. Each has its own."),
        WrongAnswer("β changed places", "beta1 * m + (1 - beta1)", "beta2 * m + (1 - beta2)",
            "m forgets by β₂. The gradients' own mean is the short one, with β₁."),
        WrongAnswer("one β for both", "beta2 * v + (1 - beta2)", "beta1 * v + (1 - beta1)",
            "v forgets by β₁. The mean of the squares is the long one, with β₂."),
        WrongAnswer("correction by the other β", "(1 - beta2**t)", "(1 - beta1**t)",
            "v is corrected by β₁. What it has forgotten goes by its own β₂.", CORRECTION),
        WrongAnswer("correction kept", "m_hat = m / (1 - beta1**t)",
            "m = m_hat = m / (1 - beta1**t)",
            "The corrected m is kept as the state, and corrected again in the next step. Keep m as"
            " it is.", CORRECTION),
        WrongAnswer("correction of v kept", "v_hat = v / (1 - beta2**t)",
            "v = v_hat = v / (1 - beta2**t)",
            "The corrected v is kept as the state, and corrected again in the next step. Keep v as"
            " it is.", CORRECTION),
        WrongAnswer("gradient for m", "learning_rate * m_hat", "learning_rate * g",
            "The step goes along the gradient, as in RMSProp. Adam's goes along m̂."),
        WrongAnswer("rate forgotten", "learning_rate * m_hat", "m_hat",
            "Each weight moves by about 1. The learning rate shortens the step."),
    )  # fmt: skip


MEAN = "alpha * s + (1 - alpha) * g**2"
RMSPROP = Exercise(
    reference=rmsprop_step,
    returns=("theta", "s"),
    where="A step for each parameter",
    shapes={"theta": "p q", "g": "p q", "s": "positive p q"},
    settings={"learning_rate": (0.1, 0.02), "alpha": (0.9, 0.99, 0.75), "epsilon": (0.5, 1e-8)},
    extremes={"g": TINY, "s": (1e-18, 0.0, 1e-20, 1e-16)},
    steps=3,
    hints=(
        "s is a mean of what, and what must be done to it before g may be divided by it?",
        "s ← α s + (1 − α) g², and with this s: θ ← θ − η g / (√s + ε).",
        "`s = alpha * s + (1 - alpha) * g**2`, and below the line `(np.sqrt(s) + epsilon)`",
    ),
    afterwards="Multiply the loss by a thousand, and nothing changes. That is what the division"
    " buys.",
    wrong_answers=(
        *told_at(EPSILON, optimizers.epsilon_place("s")),
        *optimizers.moment("s", "alpha", "g**2"),
        WrongAnswer("second moment not squared", MEAN, "alpha * s + (1 - alpha) * np.abs(g)",
            "s is a mean of the sizes, and its root is taken. It is to be a mean of the squares."),
        WrongAnswer("state shared between parameters", MEAN,
            "alpha * s + (1 - alpha) * np.mean(g**2)",
            "All parameters share one size, the mean over their squares. Each has its own."),
        WrongAnswer("bias correction", "np.sqrt(s)", "np.sqrt(s / (1 - alpha))",
            "s is corrected as in Adam's first step. RMSProp has no correction."),
        optimizers.direction("theta - learning_rate", "theta + learning_rate"),
        WrongAnswer("rate forgotten", "learning_rate * g /", "g /",
            "Each weight moves by about 1. The learning rate shortens the step."),
        WrongAnswer("sign for gradient", "learning_rate * g / (np.sqrt(s) + epsilon)",
            "learning_rate * np.sign(g)",
            "Only the sign is left. How a gradient compares with those before it counts too."),
    ),
)  # fmt: skip

ADAM = Exercise(
    reference=adam_step,
    returns=("theta", "m", "v"),
    where=CORRECTION,
    shapes={"theta": "p q", "g": "p q", "m": "zeros p q", "v": "zeros p q"},
    settings={"t": (1, 2, 3, 4), "learning_rate": (0.1, 0.02), "beta1": (0.9,), "beta2": (0.99,),
              "epsilon": (1e-8, 0.5)},
    extremes={"g": TINY},
    steps=4,
    hints=(
        "m and v began at 0. Which part of their weight still lies on that 0 after t steps?",
        "m is a mean of g, v one of g². Divide m by 1 − β₁ᵗ, v by 1 − β₂ᵗ; then Adam's step.",
        "`m_hat = m / (1 - beta1**t)`, and `m_hat / (np.sqrt(v_hat) + epsilon)`",
    ),
    afterwards="Where gradients agree, it moves by the learning rate, however large they are.",
    wrong_answers=(
        *told_at(EPSILON, optimizers.epsilon_place("v_hat")),
        *optimizers.moment("m", "beta1", "g"),
        *optimizers.moment("v", "beta2", "g**2"),
        *optimizers.correction("m", "beta1"),
        *optimizers.correction("v", "beta2"),
        *unlike_the_paper("g"),
        optimizers.direction("theta - learning_rate", "theta + learning_rate"),
    ),
)  # fmt: skip

SHRINK = "theta = theta - learning_rate * weight_decay * decays * theta"
STEP = "theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)"
ADAMW = Exercise(
    reference=adamw_step,
    returns=("theta", "m", "v"),
    where="Decay past the gradient",
    shapes={"theta": "h", "g": "h", "m": "zeros h", "v": "zeros h"},
    settings={"t": (1, 2, 3, 4), "learning_rate": (0.1, 0.02), "beta1": (0.9,), "beta2": (0.99,),
              "epsilon": (1e-8, 0.5), "weight_decay": (0.5, 0.1)},
    extremes={"g": TINY},
    together=weights_and_biases,
    steps=4,
    hints=(
        "The decay must not be divided by √v̂. So which array does it change, and when?",
        "θ ← θ − η λ θ first, where decays is 1; then Adam's step, with g as it was given.",
        "`theta = theta - learning_rate * weight_decay * decays * theta`",
    ),
    afterwards="One line more than Adam, and it decays what it says it decays.",
    wrong_answers=(
        WrongAnswer("L2 for decoupled decay", SHRINK, "g = g + weight_decay * decays * theta",
            "The decay is added to the gradient, so it goes through m and v and is divided by √v̂."
            " In AdamW it shrinks the weights by itself."),
        WrongAnswer("decay divided with the step", f"{SHRINK}\n    m =",
            "pull = weight_decay * decays * theta\n    theta = theta - learning_rate * pull /"
            " (np.sqrt((beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)) + epsilon)\n    m =",
            "The decay goes past m, and is still divided by √v̂. It is η λ θ, and no more."),
        WrongAnswer("decay of the bias", " * decays", "",
            "The biases decay too. Where decays is 0, a parameter is left alone."),
        WrongAnswer("only the biases decay", "* decays *", "* (1 - decays) *",
            "decays is 1 where a parameter decays. Here the others do."),
        WrongAnswer("decay without the rate", "learning_rate * weight_decay", "weight_decay",
            "The decay is not multiplied by the learning rate. It is η λ θ."),
        WrongAnswer("growth for decay", "theta - learning_rate * weight_decay",
            "theta + learning_rate * weight_decay",
            "The weights grow. The decay is taken away from them."),
        WrongAnswer("decay after the step", STEP,
            "theta = theta / (1 - learning_rate * weight_decay * decays)\n"
            "    theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)\n"
            "    theta = theta - learning_rate * weight_decay * decays * theta",
            "The decay comes after the step, and shrinks the step too. It comes first."),
        WrongAnswer("decay forgotten", SHRINK, "theta = theta + 0 * decays",
            "This is Adam: nothing decays."),
        WrongAnswer("no step but the decay", STEP, "theta = theta + 0 * m_hat",
            "The weights decay, and learn nothing: Adam's own step is missing."),
        *told_at(EPSILON, optimizers.epsilon_place("v_hat")[:1]),
        *told_at(CORRECTION, optimizers.correction("m", "beta1")[:2]),
        *told_at(CORRECTION, optimizers.correction("v", "beta2")[:2]),
        optimizers.direction("theta - learning_rate * m_hat", "theta + learning_rate * m_hat"),
    ),
)  # fmt: skip
