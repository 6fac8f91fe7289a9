"""Chapter 08, how long a step is: clipping, a schedule with warm-up, and what goes wrong."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families import optimizers


def clip_together(gradients, limit):
    """g ← g · min(1, limit / ‖g‖), with ‖g‖ over all arrays together; and ‖g‖ as it was."""
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    scale = min(1, limit / norm)
    return [g * scale for g in gradients], norm


def schedule_rates(rate, warm, steps, count):
    """η (1 + cos(π t / T)) / 2 · min(1, (t + 1) / N) for t = 0, 1, …, with 0 after the end."""
    t = np.arange(count)
    progress = np.minimum(t / steps, 1)
    wave = rate * (1 + np.cos(np.pi * progress)) / 2
    return wave * np.minimum(1, (t + 1) / warm)


def gradients_to_clip(rng):
    """Return gradients that are too long, short enough, and of very different lengths."""
    cases = {
        "a W and a b": ([(2, 3), (3,)], (1.0, 1.0), 0.5),
        "short enough": ([(2, 2), (2,)], (0.1, 0.1), 5.0),
        "two layers": ([(2, 3), (3,), (3, 2), (2,)], (3.0, 0.1, 1.0, 0.5), 2.0),
        "a long W and a short b": ([(2, 2), (2,)], (40.0, 0.2), 1.0),
        "one array": ([(3,)], (2.0,), 0.25),
        "each short enough, together too long": ([(1, 2)] * 9, (0.9,) * 9, 1.0),
    }
    found = []
    for words, (shapes, lengths, limit) in cases.items():
        arrays = [rng.standard_normal(shape) for shape in shapes]
        arrays = [
            length * array / np.linalg.norm(array)
            for array, length in zip(arrays, lengths, strict=True)
        ]
        found.append(Case(words, {"gradients": arrays, "limit": limit}))
    return found


def schedules(_):
    """Return schedules that end before the training, with it, and after it; or do not warm up."""
    names = ("rate", "warm", "steps", "count")
    settings = {
        "a training longer than the schedule": (0.2, 4, 10, 13),
        "no warm-up": (0.1, 1, 8, 8),
        "a short schedule": (0.5, 3, 4, 9),
        "a schedule cut off": (0.02, 6, 20, 10),
        "a warm-up longer than the schedule": (0.3, 5, 3, 6),
    }
    return [Case(words, dict(zip(names, some, strict=True))) for words, some in settings.items()]


SCALE, EACH = "min(1, limit / norm)", "[g * scale for g in gradients]"
LENGTH = "np.sqrt(sum((g**2).sum() for g in gradients))"
CLIP = Exercise(
    reference=clip_together,
    returns=("gradients", "norm"),
    cases_of=gradients_to_clip,
    where="Clip the whole gradient",
    hints=(
        "How long is the gradient of the whole network, if its parts are in several arrays?",
        "‖g‖ is the root of all squares of all arrays. Each array times min(1, limit / ‖g‖).",
        "`norm = np.sqrt(sum((g**2).sum() for g in gradients))`",
    ),
    afterwards="One factor for all, so the direction is what it was.",
    wrong_answers=(
        optimizers.global_norm(EACH,
            "[g * min(1, limit / np.linalg.norm(g)) for g in gradients]"),
        WrongAnswer("always shortened", SCALE, "limit / norm",
            "Short gradients are made longer, up to the limit. Those that are short enough stay."),
        WrongAnswer("root forgotten", LENGTH, "sum((g**2).sum() for g in gradients)",
            "The squares are summed, and the root is missing."),
        WrongAnswer("lengths summed", LENGTH, "sum(np.linalg.norm(g) for g in gradients)",
            "The lengths of the arrays are added. Squares add up, lengths do not: take the root at"
            " the end."),
        WrongAnswer("longest array", LENGTH, "max(np.linalg.norm(g) for g in gradients)",
            "The longest array's length stands for the whole. All of them together are longer."),
        WrongAnswer("sizes summed", LENGTH, "sum(np.abs(g).sum() for g in gradients)",
            "The sizes of the entries are summed. A length is the root of the summed squares."),
        WrongAnswer("mean for sum", LENGTH,
            "np.sqrt(sum((g**2).sum() for g in gradients) / sum(g.size for g in gradients))",
            "This is the size of an entry, a root mean square. The length is the root of the sum."),
        WrongAnswer("entry by entry", EACH, "[np.clip(g, -limit, limit) for g in gradients]",
            "Each entry is cut off at the limit, which turns the step. Shorten all by one factor."),
        WrongAnswer("limit taken for 1", SCALE, "min(1, 1 / norm)",
            "Too long gradients get the length 1. They are to have the limit's."),
        WrongAnswer("always the length 1", SCALE, "1 / norm",
            "Every gradient gets the length 1. Those that are longer than the limit are to get the"
            " limit's, and the others stay."),
        WrongAnswer("the larger factor", SCALE, "max(1, limit / norm)",
            "Nothing is ever shortened: the factor is the smaller of the two."),
        WrongAnswer("only the long arrays", EACH,
            "[g * scale if np.linalg.norm(g) > limit else g.copy() for g in gradients]",
            "Arrays that are short by themselves are left alone, which turns the step. One factor"
            " for all."),
        WrongAnswer("the length afterwards", f"{EACH}, norm", f"{EACH}, min(norm, limit)",
            "This is the length after clipping. How long it was is what tells of trouble."),
    ),
)  # fmt: skip

WAVE, RISE = "(1 + np.cos(np.pi * progress)) / 2", "np.minimum(1, (t + 1) / warm)"
RATES = Exercise(
    reference=schedule_rates,
    returns=("rates",),
    cases_of=schedules,
    where="A rate that changes",
    hints=(
        "Two factors stand beside the rate. What is each of them at step 0, and at the end?",
        "η (1 + cos(π t / T)) / 2, times min(1, (t + 1) / N). After T steps, t / T stays 1.",
        "`t = np.arange(count)`, and `progress = np.minimum(t / steps, 1)`",
    ),
    afterwards="Long training runs of all kinds begin and end like this.",
    wrong_answers=(
        WrongAnswer("off by one in the warm-up", "(t + 1)", "t",
            "The first step has the rate 0, so its batch is wasted. Steps count from 0: take"
            " t + 1."),
        WrongAnswer("steps from 1", "np.arange(count)", "np.arange(1, count + 1)",
            "The steps are counted from 1, so every rate comes a step early."),
        WrongAnswer("no warm-up", f" * {RISE}", "",
            "There is no warm-up: the first steps are as long as any."),
        WrongAnswer("warm-up without end", RISE, "(t + 1) / warm",
            "The warm-up goes on making the rate larger. Its factor is 1 at most."),
        WrongAnswer("the larger factor", RISE, "np.maximum(1, (t + 1) / warm)",
            "The factor is the larger of the two. It is 1 at most, and less in the warm-up."),
        WrongAnswer("rising wave", "1 + np.cos", "1 - np.cos",
            "The wave rises from 0 to the whole rate. It goes down: 1 + cos."),
        WrongAnswer("half forgotten", f"rate * {WAVE}", f"rate * {WAVE[:-4]}",
            "1 + cos is 2 at the start. Half of it is to be taken."),
        WrongAnswer("a whole wave", "np.pi *", "2 * np.pi *",
            "That is a whole wave: at the end the rate is back where it was. Take half a wave."),
        WrongAnswer("π forgotten", "np.pi * progress", "progress",
            "Half a wave is π long, and π is missing."),
        WrongAnswer("degrees", "np.pi *", "180 *",
            "np.cos takes its angle in radians: half a wave is π, not 180."),
        WrongAnswer("wave a step too short", "t / steps", "t / max(steps - 1, 1)",
            "The wave is at its end a step early. It takes T steps, so it is t / T."),
        WrongAnswer("wave goes on", "np.minimum(t / steps, 1)", "t / steps",
            "After the end the wave rises again. Stop it: t / T is 1 at most."),
        WrongAnswer("straight line down", WAVE, "(1 - progress)",
            "The rate falls along a straight line. Half a cosine wave is asked for."),
        WrongAnswer("wave after the warm-up", "t / steps",
            "np.maximum(t - warm, 0) / max(steps - warm, 1)",
            "The wave begins after the warm-up. That is done too; here both count from step 0."),
    ),
)  # fmt: skip
