"""Chapter 09, how many steps there are, and which examples go into each: what goes wrong there."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.sandbox import Code


def before_training(n, batch_size, epochs, K):
    """⌈n / batch_size⌉ steps in each epoch; the last batch is what is left; log K."""
    in_an_epoch = -(-n // batch_size)
    steps = epochs * in_an_epoch
    last = n - (in_an_epoch - 1) * batch_size
    loss = np.log(K)
    return steps, last, loss


def mini_batches(n, batch_size, rng):
    """The numbers 0 … n − 1 in a random order, cut into pieces."""
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def plans(_):
    """Return trainings whose last batch is whole, short, and the only one."""
    found = [(1500, 50, 10, 10), (1500, 32, 8, 10), (10, 4, 3, 2), (7, 20, 5, 100), (9, 3, 1, 3)]
    names = "n", "batch_size", "epochs", "K"
    return [Case(f"{n} examples by {size}", dict(zip(names, (n, size, *rest), strict=True)))
            for n, size, *rest in found]  # fmt: skip


def numbers_to_cut(rng):
    """Return counts that the batch size divides, and does not, and exceeds."""
    pairs = (10, 4), (60, 20), (50, 8), (30, 1), (13, 20)
    return [
        Case(f"{n} by {size}", {"n": n, "batch_size": size, "rng": Code(
            f"np.random.default_rng({rng.integers(10, 1000)})")})
        for n, size in pairs
    ]  # fmt: skip


def seen_in_batches(given, batches):
    """Return what can be said of mini-batches, whatever their order."""
    n, size = given["n"], given["batch_size"]
    flat = np.concatenate(batches)
    times = np.bincount(np.clip(flat, 0, n - 1), minlength=n)
    starts = [set(batch.tolist()) == set(range(k, min(k + size, n)))
              for k, batch in zip(range(0, n, size), batches, strict=True)]  # fmt: skip
    return {
        "sizes": [len(batch) for batch in batches],
        "how often each example comes": sorted(set(times.tolist())),
        "in order": bool((np.diff(flat) == 1).all()),
        "each batch a piece of the order": bool(all(starts)) and n > size,
        "always the same order": bool((flat == np.random.default_rng(0).permutation(n)).all()),
    }


CEILING, LEFT = "-(-n // batch_size)", "n - (in_an_epoch - 1) * batch_size"
BEFORE = Exercise(
    reference=before_training,
    returns=("steps", "last", "loss"),
    cases_of=plans,
    where="Before the first step",
    hints=(
        "Ten examples, four at a time: how many batches are there, and how many are in the last?",
        "n / batch_size, rounded up, in each epoch; what the full batches leave; −log 1/K = log K.",
        "`steps = epochs * int(np.ceil(n / batch_size))`, and the loss is `np.log(K)`",
    ),
    afterwards="Run the next cell, and hold a real training against it.",
    wrong_answers=(
        WrongAnswer("rounded down", CEILING, "max(1, n // batch_size)",
            "The last batch, which is shorter, is not counted. It makes a step too."),
        WrongAnswer("one too many", CEILING, "n // batch_size + 1",
            "Where the batch size divides n, there is no shorter batch at the end."),
        WrongAnswer("epochs forgotten", "epochs * in_an_epoch", "in_an_epoch",
            "These are the steps of one epoch."),
        WrongAnswer("one step an epoch", "epochs * in_an_epoch", "epochs",
            "This is one step for each epoch. There is one for each batch."),
        WrongAnswer("one step an example", CEILING, "n",
            "This is one step for each example. There is one for each batch."),
        WrongAnswer("epochs one batch after another", "epochs * in_an_epoch",
            "-(-n * epochs // batch_size)",
            "The epochs are put end to end and cut as one. Each ends with its own last batch."),
        WrongAnswer("remainder 0", LEFT, "n % batch_size",
            "Where the batch size divides n, the last batch is as large as the others, not empty."),
        WrongAnswer("last as large as all", LEFT, "batch_size",
            "The last batch holds what is left, and that may be less."),
        WrongAnswer("share for its logarithm", "np.log(K)", "1 / K",
            "1/K is the probability that each class gets. The loss is its −log, log K."),
        WrongAnswer("sign of the loss", "np.log(K)", "np.log(1 / K)",
            "This is log 1/K, which is below 0. The loss is its negative, log K."),
        WrongAnswer("logarithm to the base 2", "np.log(K)", "np.log2(K)",
            "This counts in bits. The loss is taken with the natural logarithm."),
        WrongAnswer("logarithm to the base 10", "np.log(K)", "np.log10(K)",
            "This is the logarithm to the base 10. The loss is taken with the natural one."),
        WrongAnswer("half a chance", "np.log(K)", "np.log(2)",
            "This is right for two classes. With K of them, each gets 1/K."),
    ),
)  # fmt: skip

ORDER, CUT = "rng.permutation(n)", "order[start : start + batch_size]"
STARTS = "range(0, n, batch_size)"
BATCHES = Exercise(
    reference=mini_batches,
    returns=("batches",),
    measured=seen_in_batches,
    cases_of=numbers_to_cut,
    where="The whole loop",
    hints=(
        "How often may an example come in one epoch, and how often must it?",
        "Draw one random order of 0 to n − 1, and cut it: batch_size in each piece, the last less.",
        "`order = rng.permutation(n)`, and then `order[start:start + batch_size]` for each start",
    ),
    afterwards="Call it anew in each epoch: the same rng then gives another order.",
    wrong_answers=(
        WrongAnswer("no shuffle", ORDER, "np.arange(n)",
            "The examples come in their order. Where they are sorted, each batch is of one class."),
        WrongAnswer("drawn with repeats", ORDER, "rng.integers(n, size=n)",
            "Some examples come twice, and others not at all. An epoch meets each of them once."),
        WrongAnswer("seeded anew", ORDER, "np.random.default_rng(0).permutation(n)",
            "The order is the same in every epoch. Draw it from the rng that is given."),
        WrongAnswer("shuffled only inside", CUT,
            "rng.permutation(np.arange(n)[start : start + batch_size])",
            "Each batch is shuffled, but always holds the same examples. Shuffle all, then cut."),
        WrongAnswer("last one left out", STARTS, "range(0, max(1, n - batch_size + 1), batch_size)",
            "The last batch is left out where it is shorter. Its examples are never met."),
        WrongAnswer("batches overlap", CUT, "order[start : start + batch_size + 1]",
            "Each batch also holds the first example of the next. A piece ends before its end"
            " index."),
        WrongAnswer("one too few in each", CUT, "order[start : start + batch_size - 1]",
            "Each batch is one too short: a piece ends before its end index."),
        WrongAnswer("first batch again and again", CUT, "order[:batch_size]",
            "Every batch is the first one."),
        WrongAnswer("number 0 left out", ORDER, "(rng.permutation(n - 1) + 1)",
            "Example 0 never comes. Python counts from 0."),
        WrongAnswer("counted from 1", ORDER, "(rng.permutation(n) + 1)",
            "The numbers go from 1 to n. Python counts from 0, so there is no example n."),
        WrongAnswer("starts one after another", STARTS, "range(n)",
            "A batch begins at every example. The next one begins batch_size later."),
    ),
)  # fmt: skip
