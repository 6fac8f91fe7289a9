"""Mistakes around an optimizer's step: ε's place, the moments, their correction, the direction."""

from backprop_lib.checks.exercise import WrongAnswer


def epsilon_place(v, epsilon="epsilon"):
    """Return what can go wrong with `np.sqrt(v) + epsilon`, under a step."""
    right = f"np.sqrt({v}) + {epsilon}"
    return (
        WrongAnswer("ε inside the root", right, f"np.sqrt({v} + {epsilon})",
            "ε is under the root. Where gradients are tiny, its root is far larger than they are,"
            " and the steps become tiny too. Add it after the root."),
        WrongAnswer("ε forgotten", right, f"np.sqrt({v})",
            "ε is missing: where a gradient has always been 0, this divides 0 by 0."),
        WrongAnswer("root forgotten", right, f"{v} + {epsilon}",
            f"The step is divided by {v} itself, which is a square. Take its root."),
    )


def moment(name, beta, new):
    """Return what can go wrong with `beta * name + (1 - beta) * new`, a running mean."""
    right = f"{beta} * {name} + (1 - {beta}) * {new}"
    return (
        WrongAnswer(f"shares swapped in {name}", right, f"(1 - {beta}) * {name} + {beta} * {new}",
            f"Past and present have changed places: {beta} is the share of the past in {name}."),
        WrongAnswer(f"no past in {name}", right, f"(1 - {beta}) * {new}",
            f"{name} forgets. It is to keep the share {beta} of what it was."),
        WrongAnswer(f"1 − {beta} forgotten", right, f"{beta} * {name} + {new}",
            f"{name} is a sum here, not a mean: the new part counts 1 − {beta}."),
    )


def correction(name, beta, t="t"):
    """Return what can go wrong with `name / (1 - beta**t)`."""
    right = f"{name} / (1 - {beta}**{t})"
    return (
        WrongAnswer(f"no bias correction of {name}", right, f"{name} + 0",
            f"{name} began at 0 and is still too small in the first steps. Divide by"
            f" 1 − {beta}^{t}."),
        WrongAnswer(f"off by one in {t}, for {name}", right, f"{name} / (1 - {beta}**({t} + 1))",
            f"{name} is corrected as if it were a step later. {t} is 1 in the first step."),
        WrongAnswer(f"corrected by {beta}, not its power", right, f"{name} / (1 - {beta})",
            f"{name} is corrected as in the first step, for ever. Divide by 1 − {beta}^{t}."),
    )


def direction(right, uphill):
    """Return the mistake of a step along the gradient: `right` steps against it."""
    return WrongAnswer("step uphill", right, uphill,
        "The step goes along the gradient, uphill. The loss falls the other way.")


def decoupled(right, coupled):
    """Return the mistake of adding the decay to the gradient where it goes past the moments."""
    return WrongAnswer("L2 for decoupled decay", right, coupled,
        "The decay is added to the gradient, so it is divided by √v like the rest. In AdamW it"
        " shrinks the weights by itself.")


def global_norm(right, each):
    """Return the mistake of clipping every array by its own length."""
    return WrongAnswer("clipped one by one", right, each,
        "Each array is clipped by its own length, which turns the step. All of them together have"
        " one length: shorten all by the same factor.")
