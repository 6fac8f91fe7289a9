"""Chapter 09, epochs: a step after each batch, and what goes wrong in the loop."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer


def one_epoch(W, b, X, Y, batches, learning_rate):
    """A step after each batch, along the gradient of its own mean loss."""
    weights, bias, losses = W.copy(), b.copy(), []
    for batch in batches:
        x, y = X[batch], Y[batch]
        loss, dZ = loss_and_gradient(x @ weights + bias, y)
        losses.append(loss)
        weights = weights - learning_rate * x.T @ dZ
        bias = bias - learning_rate * dZ.sum(axis=0)
    return weights, bias, losses


def trained(W, b, X, Y, orders, batch_size, learning_rate):
    """An epoch for each order: cut it into batches, and step after each."""
    weights, bias = W.copy(), b.copy()
    for order in orders:
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            x, y = X[batch], Y[batch]
            _, dZ = loss_and_gradient(x @ weights + bias, y)
            weights = weights - learning_rate * x.T @ dZ
            bias = bias - learning_rate * dZ.sum(axis=0)
    return weights, bias


def loss_and_gradient(Z, Y):
    """Return the mean cross-entropy after softmax, and dZ."""
    n = len(Y)
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_P = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dZ = np.exp(log_P)
    dZ[np.arange(n), Y] -= 1
    return -log_P[np.arange(n), Y].sum() / n, dZ / n


def examples_to_learn(rng, **more):
    """Return weights, examples and labels of a single layer."""
    n, p, K = 10, 3, 4
    drawn = {"W": rng.standard_normal((p, K)), "b": rng.standard_normal(K),
             "X": rng.standard_normal((n, p)), "Y": rng.integers(K, size=n)}  # fmt: skip
    return drawn | more


def epochs_to_go(rng):
    """Return batches of equal sizes, of different ones, of one example, and a single one."""
    kinds = {"10 examples by 4": 4, "by 5": 5, "by 1": 1, "all in one batch": 10}
    cases = []
    for words, size in kinds.items():
        order = rng.permutation(10)
        batches = [order[k : k + size] for k in range(0, 10, size)]
        given = examples_to_learn(rng, batches=batches, learning_rate=0.5)
        cases.append(Case(words, given))
    return [*cases, _as_float32(cases[0])]


def trainings_to_go(rng):
    """Return orders of one epoch and of several, with a last batch that is short or whole."""
    kinds = {"3 epochs by 4": (3, 4), "2 epochs by 5": (2, 5), "1 epoch by 3": (1, 3)}
    cases = []
    for words, (epochs, size) in kinds.items():
        orders = [rng.permutation(10) for _ in range(epochs)]
        given = examples_to_learn(rng, orders=orders, batch_size=size, learning_rate=0.5)
        cases.append(Case(words, given))
    return [*cases, _as_float32(cases[0])]


def _as_float32(case):
    given = case.arguments | {k: case.arguments[k].astype(np.float32) for k in ("W", "b", "X")}
    return Case("float32 numbers", given)


INTO, LOGITS, MOVED = "X[batch], Y[batch]", "x @ weights + bias", "losses.append(loss)"
STEP_W, STEP_B = "- learning_rate * x.T @ dZ", "bias - learning_rate * dZ.sum(axis=0)"
PUT_OFF = (
    "All gradients are taken at the weights of the start, as if the step came after the epoch. Step"
    " after each batch: the next one meets the new weights."
)
EPOCH = Exercise(
    reference=one_epoch,
    returns=("W", "b", "losses"),
    cases_of=epochs_to_go,
    where="Step after each batch",
    hints=(
        "How often do the weights move in one epoch of five batches?",
        "For each batch: its rows of X and Y, Z = X W + b, loss, dZ, and a step of W and b.",
        "`x, y = X[batch], Y[batch]`, and last in the loop `W = W - learning_rate * x.T @ dZ`",
    ),
    afterwards="This loop, with a network in place of W and b, is all of training.",
    wrong_answers=(
        WrongAnswer("step put off", LOGITS, "x @ W + b", PUT_OFF),
        WrongAnswer("all examples in every step", INTO, "X, Y",
            "Every step goes through all the examples. Each takes its own batch."),
        WrongAnswer("labels by position", INTO, "X[batch], Y[: len(batch)]",
            "The labels are the first ones of Y, whatever the batch holds. Take Y[batch], as X."),
        WrongAnswer("examples by position", INTO, "X[: len(batch)], Y[batch]",
            "The examples are the first ones of X, whatever the batch holds. Take X[batch], as Y."),
        WrongAnswer("first batch again and again", INTO, "X[batches[0]], Y[batches[0]]",
            "Every step takes the first batch."),
        WrongAnswer("last batch left out", "in batches:", "in batches[:-1]:",
            "The last batch is left out."),
        WrongAnswer("1/n of all examples", MOVED, f"{MOVED}\n        dZ = dZ * len(x) / len(X)",
            "The gradient is divided by the number of all examples. A batch has its own mean."),
        WrongAnswer("1/n forgotten", MOVED, f"{MOVED}\n        dZ = dZ * len(x)",
            "The gradient is a sum over the batch. The loss is a mean: dZ holds 1/n."),
        WrongAnswer("uphill in W", STEP_W, "+ learning_rate * x.T @ dZ",
            "W goes along its gradient, uphill. The loss falls the other way."),
        WrongAnswer("uphill in b", STEP_B, "bias + learning_rate * dZ.sum(axis=0)",
            "b goes along its gradient, uphill. The loss falls the other way."),
        WrongAnswer("b stays", STEP_B, "bias",
            "b never moves. It is a parameter too."),
        WrongAnswer("mean for sum in db", STEP_B, "bias - learning_rate * dZ.mean(axis=0)",
            "db is a mean over the examples. dZ holds 1/n already: sum."),
        WrongAnswer("learning rate forgotten in W", STEP_W, "- x.T @ dZ",
            "W takes the whole gradient for its step. Times the learning rate."),
        WrongAnswer("1/n twice", MOVED, f"{MOVED}\n        dZ = dZ / len(x)",
            "The gradient is divided by the number of examples twice. dZ holds 1/n already."),
        WrongAnswer("loss after the step", STEP_B,
            f"{STEP_B}\n        losses[-1] = loss_and_gradient({LOGITS}, y)[0]",
            "Each loss is that of its batch after the step. Keep the one before it."),
        WrongAnswer("last loss alone", MOVED, "losses = [loss]",
            "Only the last loss comes back. Keep one for each batch."),
    ),
)  # fmt: skip

SLOPE = "_, dZ = loss_and_gradient(x @ weights + bias, y)"
CUT = "order[start : start + batch_size]"
TRAINED = Exercise(
    reference=trained,
    returns=("W", "b"),
    cases_of=trainings_to_go,
    where="The whole loop",
    hints=(
        "The last batch may be shorter than the others. Which version knows?",
        "Each batch: its own rows of X and of Y, its own mean, and the weights as they are now.",
        "`return version_b(W, b, X, Y, orders, batch_size, learning_rate)`",
    ),
    afterwards="With 1,500 examples, either bug would have trained, and nobody would have known.",
    wrong_answers=(
        WrongAnswer("batch size for n", SLOPE,
            f"{SLOPE}\n            dZ = dZ * len(x) / batch_size",
            "The gradient is divided by batch_size, also where the last batch is shorter. Its step"
            " is too short then: divide by the examples that there are."),
        WrongAnswer("weights of the epoch's start", SLOPE,
            "old = (weights, bias) if start == 0 else old\n"
            "            _, dZ = loss_and_gradient(x @ old[0] + old[1], y)",
            "All gradients of an epoch are taken at the weights of its start. The next batch goes"
            " through the new weights."),
        WrongAnswer("labels by position", INTO, "X[batch], Y[start : start + batch_size]",
            "X is taken in the new order, and Y in the old one. The labels belong to other"
            " examples."),
        WrongAnswer("no order", CUT, "np.arange(len(X))[start : start + batch_size]",
            "The examples come as they stand in X, in every epoch. Take them by the order."),
        WrongAnswer("first order for all", CUT, "orders[0][start : start + batch_size]",
            "Every epoch takes the order of the first."),
        WrongAnswer("one epoch", "in orders:", "in orders[:1]:",
            "It stops after one epoch. There is an epoch for each order."),
        WrongAnswer("last batch left out", "range(0, len(X), batch_size)",
            "range(0, len(X) - batch_size + 1, batch_size)",
            "Where the last batch is shorter, it is left out."),
        WrongAnswer("step put off", LOGITS, "x @ W + b", PUT_OFF),
        WrongAnswer("all examples in every step", CUT, "order",
            "Every step goes through all the examples. Each takes its own batch."),
        WrongAnswer("uphill in W", STEP_W, "+ learning_rate * x.T @ dZ",
            "W goes along its gradient, uphill. The loss falls the other way."),
        WrongAnswer("b stays", STEP_B, "bias",
            "b never moves. It is a parameter too."),
        WrongAnswer("mean for sum in db", STEP_B, "bias - learning_rate * dZ.mean(axis=0)",
            "db is a mean over the examples. dZ holds 1/n already: sum."),
    ),
)  # fmt: skip
