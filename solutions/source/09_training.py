# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Exercises 09 · Training
#
# Eight exercises, from the first batch to six trainings that went wrong. They belong to chapter 09,
# [Training](../chapters/09_training.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(mini_batches)`, or
# whichever function it is. Change no array that you are given.
#
# Run this cell first. The loss and its gradient are those of chapter 04: you have written them.

# %%
import numpy as np

from backprop_lib import softmax_cross_entropy_backward, softmax_cross_entropy_forward
from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Predict, and then run
#
# There are `n` examples of `K` classes. In your head first: 1,500 examples, 32 at a time, 8 epochs.
# How many steps is that? How many examples are in the last batch of an epoch? And what will the
# loss be before the first step, if the network knows nothing?


# %%
def before_training(n, batch_size, epochs, K):
    """Say beforehand how many steps a training takes, and where its loss begins.

    n, batch_size, epochs, K: whole numbers. Returns steps: of the whole training; last: the number
    of examples in an epoch's last batch; loss: of a network that gives each class 1/K.
    """
    # BEGIN SOLUTION
    in_an_epoch = int(np.ceil(n / batch_size))
    steps = epochs * in_an_epoch
    last = n - (in_an_epoch - 1) * batch_size
    return steps, last, np.log(K)
    # END SOLUTION


# %%
check(before_training)

# %% [markdown]
# And now a real training. How near is the first loss? (It is not quite log 10: random weights are
# not quite nothing.)

# %%
from backprop_lib import SGD, Dense, Network, ReLU, he, train
from backprop_lib.datasets import load_digits


def first_experiment():
    """Train a small network on 1,500 digits, and print the number of steps and the first loss."""
    rng = np.random.default_rng(0)
    network = Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))
    X, Y, _, _ = load_digits()
    plan = {"epochs": 8, "batch_size": 32, "rng": rng}
    history = train(network, X, Y, SGD(0.1), progress=False, **plan)
    print(f"{len(history.loss)} steps; first loss {history.loss[0]:.2f}, log 10 = {np.log(10):.2f}")


first_experiment()

# %% [markdown]
# ## 2. Mini-batches
#
# Cut the examples into batches, in a random order. A batch is an array of numbers that say *which*
# examples are in it, from 0 to n − 1. All randomness comes from `rng`; `rng.permutation(n)` is an
# array of the numbers 0 to n − 1 in a random order.


# %%
def mini_batches(n, batch_size, rng):
    """Cut 0 … n − 1 into batches, in a random order; each comes exactly once.

    n, batch_size: whole numbers; the last batch may be shorter. rng: a numpy Generator.
    Returns batches: a list of arrays of whole numbers.
    """
    # BEGIN SOLUTION
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    # END SOLUTION


# %%
check(mini_batches)

# %% [markdown]
# ## 3. One epoch
#
# A single layer, Z = X W + b, and softmax with cross-entropy after it. Go through the batches once.
# After each batch comes a step, and the next batch meets the new W and b.
#
# `softmax_cross_entropy_forward(Z, Y)` gives you `loss, P`, and
# `softmax_cross_entropy_backward(P, Y)` gives you `dZ`, with the 1/n in it.


# %%
def one_epoch(W, b, X, Y, batches, learning_rate):
    """Take a step after each batch: W ← W − learning_rate · dW, b ← b − learning_rate · db.

    W: (p, K). b: (K,). X: (n, p). Y: (n,), labels. batches: a list of arrays of whole numbers.
    Returns W and b after the last step, and losses: a list with each batch's loss before its step.
    """
    # BEGIN SOLUTION
    losses = []
    for batch in batches:
        x, y = X[batch], Y[batch]
        loss, P = softmax_cross_entropy_forward(x @ W + b, y)
        losses.append(loss)
        dZ = softmax_cross_entropy_backward(P, y)
        W = W - learning_rate * x.T @ dZ
        b = b - learning_rate * dZ.sum(axis=0)
    return W, b, losses
    # END SOLUTION


# %%
check(one_epoch)

# %% [markdown]
# ## 4. Accuracy
#
# Which share of the examples is read right? The network reads the class with the largest logit.


# %%
def share_right(Z, Y):
    """Return the share of the examples whose largest logit is the one that Y names.

    Z: (n, K), logits. Y: (n,), labels. Returns share: a number from 0 to 1.
    """
    # BEGIN SOLUTION
    return np.mean(np.argmax(Z, axis=1) == Y)
    # END SOLUTION


# %%
check(share_right)

# %% [markdown]
# ## 5. The confusion matrix
#
# One number hides *what* goes wrong. Count, for each class, what its examples were read as.


# %%
def confusion_matrix(Z, Y):
    """C[i, k] is the number of examples of class i that were read as class k.

    Z: (n, K), logits. Y: (n,), labels. Returns C: (K, K), whole numbers.
    """
    # BEGIN SOLUTION
    K = Z.shape[1]
    counts = np.zeros((K, K), int)
    np.add.at(counts, (Y, Z.argmax(axis=1)), 1)
    return counts
    # END SOLUTION


# %%
check(confusion_matrix)

# %% [markdown]
# ## 6. Overfit one batch
#
# Write the test that every new network should pass first. `step(x, y)` takes one training step on
# these examples, and returns the loss *before* it. Take 100 steps on the first 16 examples. The
# network passes if the last loss is below 0.1.


# %%
def overfits(step, X, Y):
    """Take 100 steps on the first 16 examples; the last loss must be below 0.1.

    step: a function (x, y) -> loss, a number. X: (n, p). Y: (n,).
    Returns passed: True or False; losses: a list of the 100 losses.
    """
    # BEGIN SOLUTION
    losses = [step(X[:16], Y[:16]) for _ in range(100)]
    return losses[-1] < 0.1, losses
    # END SOLUTION


# %%
check(overfits)

# %% [markdown]
# It has passed the check? Then try it on two networks. They are the same, but the second one's
# gradient has the wrong sign. (This cell needs the one of the first experiment, above.)

# %%
from backprop_lib import Adam


def new_step(sign):
    """Return the training step of a fresh network, its gradient times `sign`."""
    rng = np.random.default_rng(0)
    network = Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))
    optimizer = Adam(0.01)

    def step(x, y):
        loss = network.backpropagate(x, y)
        optimizer.step(network.parameters, sign * network.gradients)
        return loss

    return step


def second_experiment():
    """Try the test on a network that learns, and on one that goes uphill."""
    X, Y, _, _ = load_digits()
    for sign in (1, -1):
        try:
            passed, losses = overfits(new_step(sign), X, Y)
        except NotImplementedError:
            print("First write overfits, above.")
            return
        print(f"sign {sign:2}: passed {passed}, from {losses[0]:.2f} to {losses[-1]:.2g}")


second_experiment()

# %% [markdown]
# ## 7. The diagnosis
#
# Six trainings of one network, each with one thing wrong. No two have the same. Run this cell, and
# look. Above: the loss, on the batches (solid) and held out (dashed); the grey line is log 10.
# Below: each layer's update ratio, on a scale of powers of ten. Where there is no line, it is 0.

# %%
from backprop_lib import figures
from backprop_lib.explorers.recorded_training import sick_trainings
from backprop_lib.explorers.training_curves import training_curves

figures.show(
    training_curves(sick_trainings()),
    "Six trainings. A: loss level, updates ordinary. B: loss falls slowly, no updates in layer 1. "
    "C: loss leaps about, large updates, later hardly any. D: loss level, no updates. E: loss up "
    "and down, held out high. F: loss nearly level, updates tiny.",
)

# %% [markdown]
# | word | what is wrong |
# |---|---|
# | `"high"` | the learning rate is too high |
# | `"low"` | the learning rate is too low |
# | `"dead"` | the units of a layer are dead |
# | `"order"` | the examples come sorted by class, and are not shuffled |
# | `"labels"` | each picture has the label of another one |
# | `"missing"` | a gradient is missing on its way to a layer |


# %%
def diagnoses():
    """Say of each training what is wrong with it, in one of the six words.

    Returns six words, from A's to F's.
    """
    # BEGIN SOLUTION
    return "labels", "missing", "high", "dead", "order", "low"
    # END SOLUTION


# %%
check(diagnoses)

# %% [markdown]
# ## 8. Find the bug
#
# Somebody wrote several epochs, for the single layer of exercise 3. `orders` holds an order of all
# the examples for each epoch, such as `rng.permutation(n)` makes. There are three versions. All of
# them run, and in each the loss goes down. Two of them compute something else.


# %%
def version_a(W, b, X, Y, orders, batch_size, learning_rate):
    """Return W and b after the last epoch: version A."""
    for order in orders:
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            Z = X[batch] @ W + b
            powers = np.exp(Z - Z.max(axis=1, keepdims=True))
            dZ = powers / powers.sum(axis=1, keepdims=True)
            dZ[np.arange(len(batch)), Y[batch]] -= 1
            dZ = dZ / batch_size
            W = W - learning_rate * X[batch].T @ dZ
            b = b - learning_rate * dZ.sum(axis=0)
    return W, b


def version_b(W, b, X, Y, orders, batch_size, learning_rate):
    """Return W and b after the last epoch: version B."""
    for order in orders:
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            x, y = X[batch], Y[batch]
            _, P = softmax_cross_entropy_forward(x @ W + b, y)
            dZ = softmax_cross_entropy_backward(P, y)
            W, b = W - learning_rate * x.T @ dZ, b - learning_rate * dZ.sum(axis=0)
    return W, b


def version_c(W, b, X, Y, orders, batch_size, learning_rate):
    """Return W and b after the last epoch: version C."""
    for order in orders:
        Z = X @ W + b
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            _, P = softmax_cross_entropy_forward(Z[batch], Y[batch])
            dZ = softmax_cross_entropy_backward(P, Y[batch])
            W = W - learning_rate * X[batch].T @ dZ
            b = b - learning_rate * dZ.sum(axis=0)
    return W, b


# %% [markdown]
# Ask of each line: *which* examples, and *which* weights? Then call the right one from the function
# below, as `return version_a(W, b, X, Y, orders, batch_size, learning_rate)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def trained(W, b, X, Y, orders, batch_size, learning_rate):
    """Go through an epoch for each order, batch by batch, with a step after each batch.

    W: (p, K). b: (K,). X: (n, p). Y: (n,), labels. orders: a list of arrays (n,), the numbers
    0 … n − 1 in some order. Returns W and b after the last step.
    """
    # BEGIN SOLUTION
    return version_b(W, b, X, Y, orders, batch_size, learning_rate)
    # END SOLUTION


# %%
check(trained)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All eight passed? Then you can train a network, tell whether it goes well, and say what is wrong
# where it does not.
