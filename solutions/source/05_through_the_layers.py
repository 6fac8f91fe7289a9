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
# # Exercises 05 · Through the layers
#
# Eight exercises, from the two loops to what goes wrong in deep networks. They belong to chapter
# 05, [Through the layers](../chapters/05_through_the_layers.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(forward_layers)`, or
# whichever function it is.
#
# Here there are lists: `W[k]` is one layer's table, and `W` is the list of all of them. Python
# counts from 0, so `W[0]` belongs to layer 1. Change no list and no table that you are given.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Forward, through any number of layers
#
# There is a ReLU between each two dense layers. The last Z is not bent.
#
# First in your head: there are 5 layers. How many times is something bent?
#
# <details><summary>Answer</summary>
#
# Four times, once between each two layers.
#
# </details>


# %%
def forward_layers(X, W, b):
    """Z[k] = A[k] W[k] + b[k], where A[0] = X and A[k] = max(0, Z[k − 1]).

    X: (n, p), W: a list of tables, b: a list of as many biases.
    Returns Z: a list of as many tables, before their bend.
    """
    # BEGIN SOLUTION
    Z, A = [], X
    for k in range(len(W)):
        Z.append(A @ W[k] + b[k])
        A = np.maximum(Z[k], 0)
    return Z
    # END SOLUTION


# %%
check(forward_layers)

# %% [markdown]
# ## 2. Back, through any number of layers
#
# `dZ` is the gradient at the last layer. `A[k]` is what went into layer `k`, so `A[0]` is X, and
# `Z[k]` is what came out of it, before the bend. `dX` is not asked for.
#
# One thing is carried through the loop. Keep its name, and give it a new value in each round.


# %%
def backward_layers(dZ, Z, A, W):
    """dW[k] = A[k]ᵀ dZ, db[k] = Σᵢ dZᵢ; then dZ ← dZ W[k]ᵀ ⊙ 1[Z[k − 1] > 0] for layer k − 1.

    dZ: the shape of the last Z. Z, A, W: lists with an entry for each layer.
    Returns dW, db: two such lists, the first layer's first.
    """
    # BEGIN SOLUTION
    dW, db = [], []
    for k in reversed(range(len(W))):
        dW.insert(0, A[k].T @ dZ)
        db.insert(0, dZ.sum(axis=0))
        if k > 0:
            dA = dZ @ W[k].T
            dZ = dA * (Z[k - 1] > 0)
    return dW, db
    # END SOLUTION


# %%
check(backward_layers)

# %% [markdown]
# ## 3. What a layer does to a size
#
# A dense layer has p inputs and q units. Its weights have the mean 0 and the variance v, its biases
# are 0, and a ReLU follows it. By which factor do the two together multiply the *size* of the
# values, and by which the size of the gradient? (Size is the root of the mean square.)


# %%
def layer_growth(p, q, v):
    """Return by what a dense layer with ReLU multiplies the size of values, and of gradients.

    p, q: whole numbers, v: the variance of the weights. Returns forward, backward: two numbers.
    """
    # BEGIN SOLUTION
    forward = np.sqrt(p * v / 2)
    backward = np.sqrt(q * v / 2)
    return forward, backward
    # END SOLUTION


# %%
check(layer_growth)

# %% [markdown]
# ## 4. Predict, and then run
#
# Six networks, each with 30 layers of 100 units. A gradient of size 1 starts at the end. What
# becomes of its size on the way to layer 1? Does it `"vanish"`, does it `"explode"`, or does it
# `"keep"` what it had, up to a factor of ten or so? Write your guess *before* you run the
# experiment below.
#
# | | activation | variance of the weights |
# |---|---|---|
# | first | ReLU | 0.01 |
# | second | ReLU | 0.02 |
# | third | ReLU | 0.04 |
# | fourth | sigmoid | 0.01 |
# | fifth | none | 0.01 |
# | sixth | none | 0.02 |


# %%
def predictions():
    """Say of each network what a gradient does in it: "vanish", "explode" or "keep".

    Returns six words, from the first network's to the sixth's.
    """
    # BEGIN SOLUTION
    return "vanish", "keep", "explode", "vanish", "keep", "explode"
    # END SOLUTION


# %%
check(predictions)

# %% [markdown]
# And now the experiment.

# %%
from backprop_lib import Dense, Identity, Network, ReLU, Sigmoid


def experiment():
    """Send a gradient of size 1 back through each of the six networks, and print its size then."""
    activations = [ReLU, ReLU, ReLU, Sigmoid, Identity, Identity]
    variances = [0.01, 0.02, 0.04, 0.01, 0.01, 0.02]
    for activation, v in zip(activations, variances, strict=True):
        rng = np.random.default_rng(0)
        layers = []
        for _ in range(30):
            layers += [Dense(np.sqrt(v) * rng.standard_normal((100, 100))), activation()]
        network = Network(*layers[:-1])
        network.forward(rng.standard_normal((50, 100)))
        dX = network.backward(rng.standard_normal((50, 100)))
        size = np.sqrt(np.mean(dX**2))
        print(f"{activation.__name__:8}  variance {v}:  from 1 to {size:.1g}")


experiment()

# %% [markdown]
# ## 5. The first weights
#
# Draw the weights of a ReLU network, so that each layer with its ReLU keeps the size of the values.
# Every number comes from `rng`: `rng.standard_normal((p, q))` is a table of normal numbers, with
# mean 0 and variance 1.


# %%
def first_weights(sizes, rng):
    """W[k] ~ Normal(0, 2/p), where p is the number of inputs of layer k.

    sizes: a list of whole numbers, from the inputs to the units of the last layer; [64, 32, 10]
    makes two layers. rng: a numpy Generator. Returns W: a list of tables (p, q).
    """
    # BEGIN SOLUTION
    W = []
    for k in range(len(sizes) - 1):
        p, q = sizes[k], sizes[k + 1]
        W.append(rng.standard_normal((p, q)) * np.sqrt(2 / p))
    return W
    # END SOLUTION


# %%
check(first_weights)

# %% [markdown]
# ## 6. Count the dead
#
# A unit is dead if it is off in every example. `A` holds what each hidden layer handed on after its
# ReLU. How many units of each layer are dead?


# %%
def dead_units(A):
    """Count, in each layer, the units that are 0 in every example.

    A: a list of tables (n, q). Returns dead: a list of as many whole numbers.
    """
    # BEGIN SOLUTION
    return [(a == 0).all(axis=0).sum() for a in A]
    # END SOLUTION


# %%
check(dead_units)

# %% [markdown]
# ## 7. How far a step moves the weights
#
# A plain step changes W by −learning rate · dW. How long is that change, measured in lengths of W?
# The length of a table is the root of its summed squares; numpy has `np.linalg.norm` for it.


# %%
def update_ratios(W, dW, learning_rate):
    """learning_rate ‖dW‖ / ‖W‖, in each layer.

    W, dW: lists of tables. Returns ratios: a list of as many numbers.
    """
    # BEGIN SOLUTION
    return [learning_rate * np.linalg.norm(dW[k]) / np.linalg.norm(W[k]) for k in range(len(W))]
    # END SOLUTION


# %%
check(update_ratios)

# %% [markdown]
# ## 8. Find the bug
#
# The network has dense layers without biases, and tanh between each two. `A[k]` is what goes into
# `W[k]`: `A[0]` is X, and `A[1]` is tanh of `A[0] @ W[0]`. Somebody wrote one step of training,
# from `dZ` at the last layer to all the new weights. There are three versions. All of them run,
# for any sizes, and every shape is right. Two of them compute something else.


# %%
def version_a(dZ, A, W, learning_rate):
    """Return all weights after the step: version A."""
    W = list(W)
    for k in reversed(range(len(W))):
        W[k] = W[k] - learning_rate * A[k].T @ dZ
        if k > 0:
            dA = dZ @ W[k].T
            dZ = dA * (1 - A[k] ** 2)
    return W


def version_b(dZ, A, W, learning_rate):
    """Return all weights after the step: version B."""
    gradients = [A[-1].T @ dZ]
    for k in range(len(W) - 1, 0, -1):
        slope = 1 - np.tanh(A[k]) ** 2
        dZ = slope * (dZ @ W[k].T)
        gradients.insert(0, A[k - 1].T @ dZ)
    return [W[k] - learning_rate * gradients[k] for k in range(len(W))]


def version_c(dZ, A, W, learning_rate):
    """Return all weights after the step: version C."""
    steps = []
    for k in reversed(range(len(W))):
        steps.append(learning_rate * A[k].T @ dZ)
        dZ = (dZ @ W[k].T) * (1 - A[k] * A[k])
    steps.reverse()
    return [W[k] - steps[k] for k in range(len(W))]


# %% [markdown]
# Read them line by line, and ask of each name: which value is it *now*? Then call the right one
# from the function below, as `return version_a(dZ, A, W, learning_rate)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def deep_step(dZ, A, W, learning_rate):
    """All gradients of tanh layers first; then one step down for every W.

    dZ: the gradient at the last layer. A, W: lists, A[k] is what went into layer k.
    Returns the new W: a list of tables.
    """
    # BEGIN SOLUTION
    return version_c(dZ, A, W, learning_rate)
    # END SOLUTION


# %%
check(deep_step)

# %% [markdown]
# One thing was left open. In its last round, version C multiplies by `1 - A[0] * A[0]`, and `A[0]`
# is X, which never went through a tanh. Is that a mistake?
#
# <details><summary>Answer</summary>
#
# Only a waste. The `dZ` that it makes there belongs to a layer that does not exist, and nobody uses
# it.
#
# </details>

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All eight passed? Then you can go back through any number of layers, and say beforehand what will
# arrive. Chapter 06 puts a layer between the layers that sets the sizes right by itself.
