"""Chapter 10, losses as nodes: by one rule, or by the long way, and what goes wrong in them."""

import numpy as np

from backprop_lib.autodiff import Node
from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.families.softmax import row_sum, shift
from backprop_lib.checks.figures import literal
from backprop_lib.checks.graphs import Graph, loss_seen


def softmax_cross_entropy_node(Z, Y):
    """One node: the mean of −log P at the labels; its rule is d · (P − onehot(Y)) / n."""
    n = len(Y)
    shifted = Z.value - Z.value.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    P = powers / powers.sum(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(n), Y]

    def rule(d):
        dZ = P.copy()
        dZ[np.arange(n), Y] -= 1
        return (d * dZ / n,)

    return Node(losses.mean(), (Z,), rule)


def binary_cross_entropy_node(Z, Y):
    """Mean of log(1 + e^Z) − Z Y; what is taken out of the exponents is a constant."""
    shift = np.maximum(Z.value, 0)
    powers = np.exp(-shift) + (Z - shift).exp()
    losses = powers.log() + shift - Z * Y
    return losses.mean()


def logits_and_labels(rng):
    """Return logits as a node, ordinary, far apart, and of one example, with a label for each."""
    tables = {
        "2 examples": rng.standard_normal((2, 3)).round(1),
        "1 example": rng.standard_normal((1, 3)).round(1),
        "all sizes equal": rng.standard_normal((3, 3)).round(1),
        "2 classes": rng.standard_normal((5, 2)).round(1),
        "float32 numbers": rng.standard_normal((3, 4)).astype(np.float32).round(1),
        "logits of 1000": rng.permuted(np.tile([1000.0, 0.0, -1000.0], (3, 1)), axis=1),
        "rows far apart": np.array([[1000.0, 999.0, 998.0], [-1000.0, -999.0, -998.0]]),
    }
    cases = []
    for words, table in tables.items():
        Y = rng.integers(table.shape[1], size=len(table))
        cases.append(Case(words, {"Z": Graph(f"Node({literal(table)})"), "Y": Y}))
    return cases


def logits_and_truths(rng):
    """Return logits as a node, some of them just 0 and some very large, and a 0 or 1 for each."""
    tables = {
        "4 examples": rng.standard_normal((4, 2)).round(1),
        "1 example": rng.standard_normal((1, 3)).round(1),
        "logits of 0": np.array([[0.0, 1.0], [0.0, -1.5], [2.0, 0.0]]),
        "logits of 1000": np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [1.0, -1.0]]),
        "logits of −1000": np.array([[-1000.0, 1.0], [-1.0, -1000.0]]),
        "float32 numbers": rng.standard_normal((3, 3)).astype(np.float32).round(1),
    }
    cases = []
    for words, table in tables.items():
        Y = (np.arange(table.size).reshape(table.shape) % 2).astype(table.dtype)
        cases.append(Case(words, {"Z": Graph(f"Node({literal(table)})"), "Y": Y}))
    return cases


SEEN = ("loss", "dZ", "dZ of 2 loss")
RULE, AT_LABELS, IN_RULE = "return (d * dZ / n,)", "shifted[np.arange(n), Y]", "dZ = P.copy()"
SHIFTED = "Z.value - Z.value.max(axis=1, keepdims=True)"
TOTAL = "np.log(np.exp(shifted).sum(axis=1))"
SOFTMAX = Exercise(
    reference=softmax_cross_entropy_node,
    returns=SEEN,
    cases_of=logits_and_labels,
    through=loss_seen,
    where="A layer is a node too",
    hints=(
        "In chapter 04 you wrote dZ for a loss that ends the graph. What if it does not end there?",
        "The rule: d · (P − onehot(Y)) / n, where d is the gradient of the loss, a number.",
        "`Node(loss, (Z,), lambda d: (d * softmax_cross_entropy_backward(P, Y),))`",
    ),
    afterwards="One node, exact at 1000 too: a rule of your own is worth it where numbers"
    " would overflow on the way.",
    wrong_answers=(
        *shift("Z.value", SHIFTED),
        *row_sum("powers", "powers.sum(axis=1, keepdims=True)"),
        WrongAnswer("long way, not shifted", "n = len(Y)",
            "P = Z.exp() / Z.exp().sum(axis=1, keepdims=True)\n"
            "    return -P[np.arange(len(Y)), Y].log().mean()\n"
            "    n = len(Y)",
            "In these small steps e^1000 overflows, and ∞ / ∞ is NaN. Make it one node, with the"
            " rule of chapter 04, which takes the largest number from each row first."),
        WrongAnswer("long way, log(0)", "n = len(Y)",
            "powers = (Z - Z.value.max(axis=1, keepdims=True)).exp()\n"
            "    P = powers / powers.sum(axis=1, keepdims=True)\n"
            "    return -P[np.arange(len(Y)), Y].log().mean()\n"
            "    n = len(Y)",
            "Nothing overflows in these small steps, but P rounds to 0 where a logit is very low,"
            " and log 0 is −∞. Make it one node, with the rule of chapter 04."),
        WrongAnswer("d ignored", RULE, "return (dZ / n,)",
            "The rule does not look at d. Here it is 1 only if the loss ends the graph; of twice"
            " the loss, the gradient is twice as large.", "Every node has one rule"),
        WrongAnswer("d added", RULE, "return (d + dZ / n,)",
            "The rule adds d. Slopes along a path multiply.", "Every node has one rule"),
        WrongAnswer("1/n forgotten in the rule", RULE, "return (d * dZ,)",
            "The gradient is n times too large. The loss is a mean, so 1/n stands in its rule."),
        WrongAnswer("1/n twice in the rule", RULE, "return (d * dZ / n / n,)",
            "The gradient is divided by n twice. The loss is a mean, so 1/n stands in it once."),
        WrongAnswer("by classes in the rule", RULE, "return (d * dZ / dZ.shape[1],)",
            "The gradient is divided by the number of classes. The loss is a mean over examples."),
        WrongAnswer("sign of the rule", RULE, "return (-d * dZ / n,)",
            "The gradient has the wrong sign: it is P less 1 at the label."),
        WrongAnswer("label not subtracted", "dZ[np.arange(n), Y] -= 1", "pass",
            "The rule hands back P. At the label, 1 is to be taken from it."),
        WrongAnswer("P changed in the rule", IN_RULE, "dZ = P",
            "The rule takes 1 from P itself. Asked again, it takes one more: a rule changes nothing"
            " that it will need. Begin with P.copy().", "What goes wrong"),
        WrongAnswer("sum for the mean", "losses.mean()", "losses.sum()",
            "The value is the sum over the examples. The loss is their mean."),
        WrongAnswer("sign of the loss", "losses.mean()", "-losses.mean()",
            "The loss is log P here, and below 0. It is −log P."),
        WrongAnswer("log(0)", "losses = " + TOTAL + " - " + AT_LABELS,
            "losses = -np.log(P[np.arange(n), Y])",
            "P rounds to 0 where a logit is very low, and log 0 is −∞. Take the logarithm before"
            " the rounding: log P = Z − log Σ e^Z, with Z shifted."),
        WrongAnswer("logit of the label alone", TOTAL, "0",
            "The loss is the label's shifted logit alone. The logarithm of the sum is missing."),
    ),
)  # fmt: skip

CONSTANT, POWERS = "np.maximum(Z.value, 0)", "np.exp(-shift) + (Z - shift).exp()"
LOSSES = "powers.log() + shift - Z * Y"
BINARY = Exercise(
    reference=binary_cross_entropy_node,
    returns=SEEN,
    cases_of=logits_and_truths,
    through=loss_seen,
    where="What goes wrong",
    hints=(
        "At a logit of exactly 0, what is the gradient of each version, and what should it be?",
        "dZ is (P − Y) / (n q). At 0, P is a half; ReLU's slope there is 0, whichever way it came.",
        "`return version_b(Z, Y)`",
    ),
    afterwards="A value may be taken out of the graph where moving it would change nothing.",
    wrong_answers=(
        WrongAnswer("wrong at the kink", LOSSES,
            "Z.relu() - Z * Y + (1 + (-(Z.relu() + (-Z).relu())).exp()).log()",
            "Where a logit is exactly 0, the gradient lacks P, which is ½ there. Two kinks lie at"
            " 0. In the loss they cancel, but each node takes the slope 0 by itself. Let the larger"
            " of Z and 0 be a constant, and no kink is on the path."),
        WrongAnswer("exponent taken out", "(Z - shift).exp()", "Node(np.exp(Z.value - shift))",
            "The powers are made from Z.value, so no arrow leads from them to Z. P is missing in"
            " the gradient."),
        WrongAnswer("no shift", CONSTANT, "np.zeros_like(Z.value)",
            "e^1000 is more than a float holds. Take the larger of Z and 0 out of the exponents."),
        WrongAnswer("through the sigmoid", LOSSES,
            "-(Y * (1 / (1 + (-Z).exp())).log() + (1 - Y) * (1 - 1 / (1 + (-Z).exp())).log())",
            "The sigmoid rounds to 0 or 1 where a logit is far from 0, and log 0 is −∞. Take the"
            " logarithm before the rounding, as all three versions do."),
        WrongAnswer("shift not added again", " + shift", "",
            "The gradient is right, as a constant changes none. But the loss lacks what was taken"
            " out of the exponents: add it again, after the logarithm."),
        WrongAnswer("smaller for the larger", CONSTANT, "np.minimum(Z.value, 0)",
            "The smaller of Z and 0 is taken out. What is left in the exponents is then large, and"
            " overflows: take the larger one."),
        WrongAnswer("sum for the mean", "losses.mean()", "losses.sum()",
            "The loss is a sum here. It is the mean over all entries."),
        WrongAnswer("mean over the examples alone", "losses.mean()", "losses.sum() / len(Y)",
            "The sum is divided by the number of examples. The mean is over all entries, n q."),
        WrongAnswer("labels forgotten", " - Z * Y", "",
            "Y does not occur: this is the loss where every Y is 0. Take Z Y from it."),
        WrongAnswer("sign of the labels", "- Z * Y", "+ Z * Y",
            "Z Y is added. A large logit is to cost nothing where Y is 1: subtract it."),
        WrongAnswer("labels swapped", "- Z * Y", "- Z * (1 - Y)",
            "The labels are swapped: this asks for 0 where Y is 1."),
        WrongAnswer("logit taken out", "- Z * Y", "- Z.value * Y",
            "Z.value Y is a constant to the graph. The loss is right, but Y is missing from the"
            " gradient."),
        WrongAnswer("logarithm forgotten", "powers.log()", "powers",
            "The logarithm of the powers is missing."),
    ),
)  # fmt: skip
