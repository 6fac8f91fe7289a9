"""Chapter 05, how large the first weights must be: its exercises, and what goes wrong in them."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.sandbox import Code

FIRST = "How large the first weights must be"


def layer_growth(p, q, v):
    """√(p v / 2) forward and √(q v / 2) backward: a dense layer of variance v, and a ReLU."""
    forward = np.sqrt(p * v / 2)
    backward = np.sqrt(q * v / 2)
    return forward, backward


def predictions():
    """What 30 layers of 100 units make of a gradient: one factor for each layer, 30 times."""
    first = "vanish"
    second = "keep"
    third = "explode"
    fourth = "vanish"
    fifth = "keep"
    sixth = "explode"
    return first, second, third, fourth, fifth, sixth


def first_weights(sizes, rng):
    """W[k] ~ Normal(0, 2/p), p inputs: for layers that ReLU follows."""
    W = []
    for k in range(len(sizes) - 1):
        p, q = sizes[k], sizes[k + 1]
        W.append(rng.standard_normal((p, q)) * np.sqrt(2 / p))
    return W


def layers_to_predict(_):
    """Return layers that keep the size forward, backward, both ways, and neither."""
    found = [(4, 4, 0.5), (100, 50, 0.02), (50, 100, 0.01), (64, 10, 2 / 64), (1, 3, 1.0)]
    return [Case(f"p = {p}, q = {q}", {"p": p, "q": q, "v": v}) for p, q, v in found]


def sizes_to_fill(rng):
    """Return sizes so large that chance hardly shows."""
    generator = Code(f"np.random.default_rng({rng.integers(1000)})")
    lists = ([150, 100, 200], [100, 150], [200, 120, 180, 100])
    return [Case(f"sizes {sizes}", {"sizes": sizes, "rng": generator}) for sizes in lists]


def seen_in_weights(given, W):
    """Return what can be said of first weights, whoever has drawn them."""
    scales = [max(float(np.sqrt(np.mean(table**2))), 1e-9) for table in W]
    wanted = [np.sqrt(2 / p) for p in given["sizes"]]
    starts = {tuple((t.flat[1:30] / (t.flat[0] or 1)).round(6).tolist()) for t in W}
    return {
        "size of each table, in units of √(2/p)": [
            round(s / w, 1 if s > w / 2 else 2) for s, w in zip(scales, wanted, strict=False)
        ],
        "mean of each table, in units of its size": [
            round(abs(float(t.mean())) / s, 1) for t, s in zip(W, scales, strict=True)
        ],
        "units of a layer differ": all(bool((t[:, :1] != t).any()) for t in W),
        "layers differ": len(starts) == len(W),
    }


GROWTH = Exercise(
    reference=layer_growth,
    returns=("forward", "backward"),
    cases_of=layers_to_predict,
    where=FIRST,
    hints=(
        "By what is the mean square multiplied in the dense layer, and by what in the ReLU?",
        "Mean squares are multiplied by p v / 2 forward, and q v / 2 backward. Size is their root.",
        "`return np.sqrt(p * v / 2), np.sqrt(q * v / 2)`",
    ),
    afterwards="With v = 2/p the first is 1: this is what `he` does.",
    wrong_answers=(
        WrongAnswer("root forgotten forward", "np.sqrt(p * v / 2)", "p * v / 2",
            "This is what the mean square is multiplied by. The size is its root."),
        WrongAnswer("root forgotten backward", "np.sqrt(q * v / 2)", "q * v / 2",
            "This is what the gradient's mean square is multiplied by. The size is its root."),
        WrongAnswer("ReLU forgotten forward", "np.sqrt(p * v / 2)", "np.sqrt(p * v)",
            "Forward, this is the dense layer alone. ReLU takes half of the mean square."),
        WrongAnswer("ReLU forgotten backward", "np.sqrt(q * v / 2)", "np.sqrt(q * v)",
            "Backward, this is the dense layer alone. ReLU's mask takes half of the mean square."),
        WrongAnswer("half outside the root", "np.sqrt(p * v / 2)", "np.sqrt(p * v) / 2",
            "ReLU halves the mean square, not the size: the half stands under the root."),
        WrongAnswer("units forward", "np.sqrt(p * v / 2)", "np.sqrt(q * v / 2) + 0",
            "Forward goes by q here. What a layer hands on is a sum over its p inputs."),
        WrongAnswer("inputs backward", "np.sqrt(q * v / 2)", "np.sqrt(p * v / 2) + 0",
            "Backward goes by p here. What a layer hands back is a sum over its q units."),
        WrongAnswer("v for a standard deviation", "np.sqrt(p * v / 2)", "v * np.sqrt(p / 2)",
            "v is treated as a standard deviation. It is the variance, which is its square."),
        WrongAnswer("doubled forward", "np.sqrt(p * v / 2)", "np.sqrt(2 * p * v)",
            "ReLU doubles the mean square here. It puts 0 in place of half of the numbers."),
    ),
)  # fmt: skip

PREDICTIONS = Exercise(
    reference=predictions,
    returns=("first", "second", "third", "fourth", "fifth", "sixth"),
    cases_of=lambda _: [Case("thirty layers", {})],
    where=FIRST,
    hints=(
        "By which factor does each network multiply a gradient's size in one layer?",
        "√(q v / 2) with ReLU, √(q v) without a bend, at most a quarter of that with a sigmoid.",
        '`return "vanish", …`: √(100 · 0.01 / 2) is 0.71, and thirty such factors make 0.00003',
    ),
    afterwards="Run the next cell, and see by how much.",
    wrong_answers=(
        WrongAnswer("first keeps", 'first = "vanish"', 'first = "keep"',
            "The first: 100 · 0.01 is 1, but ReLU takes half. Its factor is √½, thirty times."),
        WrongAnswer("first explodes", 'first = "vanish"', 'first = "explode"',
            "The first: 100 · 0.01 / 2 is a half. That shrinks, in every layer."),
        WrongAnswer("second vanishes", 'second = "keep"', 'second = "vanish"',
            "The second: 100 · 0.02 / 2 is just 1. The twice larger variance makes up for ReLU."),
        WrongAnswer("second explodes", 'second = "keep"', 'second = "explode"',
            "The second: 100 · 0.02 is 2, but ReLU takes half of that. What is left is 1."),
        WrongAnswer("third keeps", 'third = "explode"', 'third = "keep"',
            "The third: 100 · 0.04 / 2 is 2. Its factor is √2, thirty times."),
        WrongAnswer("fourth keeps", 'fourth = "vanish"', 'fourth = "keep"',
            "The fourth: 100 · 0.01 is 1, but the sigmoid's slope is a quarter at most."),
        WrongAnswer("fourth explodes", 'fourth = "vanish"', 'fourth = "explode"',
            "The fourth: its factor is a quarter at most. That shrinks, in every layer."),
        WrongAnswer("fifth vanishes", 'fifth = "keep"', 'fifth = "vanish"',
            "The fifth: 100 · 0.01 is 1, and there is no bend that would take a part of it."),
        WrongAnswer("sixth keeps", 'sixth = "explode"', 'sixth = "keep"',
            "The sixth: 100 · 0.02 is 2, and no ReLU takes half of it. Its factor is √2."),
    ),
)  # fmt: skip

DRAWN, SCALE = "rng.standard_normal((p, q))", "np.sqrt(2 / p)"
WEIGHTS = Exercise(
    reference=first_weights,
    returns=("W",),
    measured=seen_in_weights,
    cases_of=sizes_to_fill,
    where=FIRST,
    hints=(
        "A normal number has variance 1. What does its variance become when you multiply it by s?",
        "The variance becomes s². It is to be 2/p, so s is the root of that; p counts the inputs.",
        "`W.append(rng.standard_normal((p, q)) * np.sqrt(2 / p))`",
    ),
    afterwards="Depth costs nothing now: what goes in at size 1 comes out at size 1.",
    wrong_answers=(
        WrongAnswer("variance for standard deviation", SCALE, "(2 / p)",
            "The weights are multiplied by the variance. Multiply by its root."),
        WrongAnswer("ReLU forgotten", SCALE, "np.sqrt(1 / p)",
            "1/p keeps the size without a bend. ReLU takes half of the mean square: 2/p."),
        WrongAnswer("units for inputs", SCALE, "np.sqrt(2 / q)",
            "2/q goes by the units. A value is a sum over the p inputs: 2/p."),
        WrongAnswer("xavier", SCALE, "np.sqrt(2 / (p + q))",
            "This is `xavier`, the one for tanh. With ReLU it is 2/p."),
        WrongAnswer("first layer's inputs", SCALE, "np.sqrt(2 / sizes[0])",
            "Every layer goes by the inputs of the first. Each has its own p."),
        WrongAnswer("always 0.01", SCALE, "0.01",
            "The scale is 0.01 in every layer. It depends on how many inputs there are."),
        WrongAnswer("not scaled", f" * {SCALE}", "",
            "The variance is 1: with p inputs, the mean square grows p-fold in each layer."),
        WrongAnswer("only positive", DRAWN, "rng.random((p, q))",
            "These weights are all positive, so nothing cancels. Their mean must be 0."),
        WrongAnswer("uniform as wide as normal", DRAWN, "rng.uniform(-1, 1, (p, q))",
            "Numbers drawn evenly from −1 to 1 have a variance of 1/3, not 1."),
        WrongAnswer("zeros", DRAWN, "np.zeros((p, q))",
            "All weights are 0: no gradient gets through, and all units stay alike."),
        WrongAnswer("units alike", DRAWN, "np.tile(rng.standard_normal((p, 1)), q)",
            "All units of a layer have the same weights. They will get the same gradients, and stay"
            " alike for ever."),
        WrongAnswer("seeded anew", DRAWN, "np.random.default_rng(0).standard_normal((p, q))",
            "Every layer starts from the same random numbers. Draw all of them from the rng that is"
            " given."),
        WrongAnswer("last layer left out", "len(sizes) - 1", "len(sizes) - 2",
            "A table is missing: four sizes make three layers."),
    ),
)  # fmt: skip
