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
# # Exercises 04 · Softmax and cross-entropy
#
# Eight functions: from the logits to the loss, and from the loss back to the logits. They belong to
# chapter 04, [Softmax and cross-entropy](../chapters/04_softmax_cross_entropy.ipynb); keep it open
# beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(softmax)`, or
# whichever function it is.
#
# The old rules hold: what comes out has the dtype of what went in, no input is changed, and one
# example is a batch of one. There is one new rule: **logits may be as large as they like**. The
# checks try 1000 and −1000, and look whether numpy warns.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Softmax
#
# First by hand. What does softmax make of the row `[1000, 1000]`? And of `[0, ln 3]`?
#
# <details><summary>Answer</summary>
#
# [½, ½]: only differences count, and there is none. And [¼, ¾]: the powers are 1 and 3.
#
# </details>


# %%
def softmax(Z):
    """P[i, k] = e^Z[i, k] / Σⱼ e^Z[i, j], at logits of any size.

    Z: (n, K). Returns P: (n, K), a new array.
    """
    # BEGIN SOLUTION
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    # END SOLUTION


# %%
check(softmax)

# %% [markdown]
# ## 2. The logarithm of softmax
#
# Take the logarithm before anything is rounded. For the logits `[0, -1000]`, the second entry of
# the result is −1000.


# %%
def log_softmax(Z):
    """log P[i, k] = Z[i, k] − log Σⱼ e^Z[i, j], at logits of any size.

    Z: (n, K). Returns log P: (n, K), a new array.
    """
    # BEGIN SOLUTION
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    # END SOLUTION


# %%
check(log_softmax)

# %% [markdown]
# ## 3. The loss
#
# It is made from the logits and the labels. You may call what you have written above. With numpy,
# you can take one entry of each row at once: `table[[0, 1, 2], [2, 0, 2]]` is the entries [0, 2],
# [1, 0] and [2, 2].


# %%
def softmax_cross_entropy_forward(Z, Y):
    """loss = −(1/n) Σᵢ log P[i, Y[i]], with P = softmax(Z), at logits of any size.

    Z: (n, K), Y: (n,), whole numbers from 0 to K − 1. Returns loss: a number, P: (n, K).
    """
    # BEGIN SOLUTION
    n = len(Y)
    log_P = log_softmax(Z)
    P = np.exp(log_P)
    loss = -log_P[np.arange(n), Y].sum() / n
    # END SOLUTION
    return loss, P


# %%
check(softmax_cross_entropy_forward)

# %% [markdown]
# ## 4. Predict, before anything runs
#
# A network has just been made, and all of its logits are 0. It gets a batch of n examples, and each
# has one right class out of K. What is the loss? What is the gradient at the logit of a right
# class, and what at the logit of any other? Say it first for n = 4 and K = 10, on paper. Then write
# it down for any n and K.


# %%
def at_the_start(n, K):
    """The loss, and the two numbers that make up dZ, where all logits are 0.

    n, K: whole numbers. Returns loss, right, other: three numbers, in this order.
    """
    # BEGIN SOLUTION
    loss = np.log(K)
    right = (1 / K - 1) / n
    other = 1 / (K * n)
    # END SOLUTION
    return loss, right, other


# %%
check(at_the_start)

# %% [markdown]
# ## 5. Back through softmax
#
# This is the long way, for any loss. `dP` says what a nudge of each probability does to the loss.
# Your `softmax` gives you P. No table of K × K is needed, and no loop.


# %%
def softmax_backward(dP, Z):
    """dZ = P ⊙ (dP − Σₖ dPₖ Pₖ), with P = softmax(Z) and the sum over each row.

    dP: (n, K), Z: (n, K). Returns dZ: (n, K), a new array.
    """
    # BEGIN SOLUTION
    P = softmax(Z)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))
    # END SOLUTION


# %%
check(softmax_backward)

# %% [markdown]
# ## 6. Back from the loss
#
# This is the short way, for cross-entropy alone.


# %%
def softmax_cross_entropy_backward(P, Y):
    """dZ = (P − Y) / n, where a label stands for a row with 1 at its class and 0 elsewhere.

    P: (n, K), Y: (n,), whole numbers from 0 to K − 1. Returns dZ: (n, K), a new array.
    """
    # BEGIN SOLUTION
    n = len(Y)
    dZ = P.copy()
    dZ[np.arange(n), Y] -= 1
    return dZ / n
    # END SOLUTION


# %%
check(softmax_cross_entropy_backward)

# %% [markdown]
# ## 7. Find the bug
#
# Now with soft labels: Y is (n, K), and a row of it may sum to anything. Three people wrote
# down the gradient at the logits. All three versions run, and on the first batch that they tried,
# all three gave the same numbers. One of them is right.


# %%
def version_a(P, Y):
    """Return dZ for soft labels: version A."""
    dP = -Y / P / len(Y)
    return P * (dP - (dP * P).sum(axis=1, keepdims=True))


def version_b(P, Y):
    """Return dZ for soft labels: version B."""
    difference = P - Y
    return difference / difference.shape[0]


def version_c(P, Y):
    """Return dZ for soft labels: version C."""
    weight = Y.T.sum(axis=0)
    return (weight[:, None] * P - Y) / len(weight)


# %% [markdown]
# Ask of each: what does it take for granted, about Y or about P? Then call the right one below, as
# `return version_a(P, Y)` would, or write it yourself. If you choose a wrong one, `check` says what
# is wrong with it.


# %%
def soft_label_backward(P, Y):
    """The gradient of −(1/n) Σᵢ Σₖ Y[i, k] log P[i, k] at the logits.

    P: (n, K), Y: (n, K), from 0 to 1. Returns dZ: (n, K), a new array.
    """
    # BEGIN SOLUTION
    return version_c(P, Y)
    # END SOLUTION


# %%
check(soft_label_backward)

# %% [markdown]
# ## 8. Yes or no
#
# There are q questions about each of n examples, and each question has a sigmoid of its own. Y is 1
# for yes and 0 for no.


# %%
def binary_cross_entropy_backward(P, Y):
    """The gradient of the mean of −Y log P − (1 − Y) log(1 − P) at the logits, P = sigmoid(Z).

    P: (n, q), Y: (n, q). Returns dZ: (n, q), a new array.
    """
    # BEGIN SOLUTION
    return (P - Y) / P.size
    # END SOLUTION


# %%
check(binary_cross_entropy_backward)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All eight passed? Then you have the first gradient of every way back, and can say for which
# networks it is the right one. Chapter 05 sends it through many layers.
