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
# # Exercises 07 · Dropout
#
# Six exercises, from the mask to a test of somebody else's. They belong to chapter 07,
# [Dropout](../chapters/07_dropout.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(dropout_forward)`,
# or whichever function it is.
#
# Every random number comes from the `rng` that you are given: `rng.random((n, p))` is a table of
# numbers, evenly spread from 0 to 1. Your mask will be another one than ours. So `check` looks at
# what can be said of any right mask: its values, the share of zeros, and who is dropped together.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Draw a mask, and apply it
#
# First in your head: drop_prob is 0.8. How many of ten units stay, on average, and by what is each
# of them multiplied?
#
# <details><summary>Answer</summary>
#
# Two stay, and each is multiplied by 1 / 0.2 = 5.
#
# </details>


# %%
def dropout_forward(A, drop_prob, rng):
    """H = A ⊙ M; M is 0 with the chance drop_prob, and 1 / (1 − drop_prob) otherwise.

    A: (n, p), drop_prob: from 0 to below 1, rng: a numpy Generator.
    Returns H: (n, p) and M: (n, p), the mask, which the way back needs.
    """
    # BEGIN SOLUTION
    M = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return A * M, M
    # END SOLUTION


# %%
check(dropout_forward)

# %% [markdown]
# ## 2. Training and evaluation
#
# The same, but `training` says which of the two it is. In evaluation, return a copy, `A.copy()`:
# whoever writes into H must not change A with it.


# %%
def dropout_layer(A, drop_prob, rng, training):
    """Return H: A with some units dropped and the others scaled in training; A in evaluation.

    A: (n, p), drop_prob: from 0 to below 1, rng: a numpy Generator, training: True or False.
    """
    # BEGIN SOLUTION
    if not training:
        return A.copy()
    M = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)
    return A * M
    # END SOLUTION


# %%
check(dropout_layer)

# %% [markdown]
# ## 3. Predict, and then run
#
# A is a large table, and all its entries are 3. The drop_prob is 0.75. Write down five numbers
# *before* you run the experiment below:
#
# - what an entry that stays becomes;
# - the share of entries of H that are 0;
# - the mean of H;
# - the variance of H, which is the mean of the squared distances from that mean;
# - the mean of what comes out in evaluation.


# %%
def dropout_numbers():
    """Return stays, share, mean, variance, evaluation: five numbers, in this order."""
    # BEGIN SOLUTION
    return 12.0, 0.75, 3.0, 27.0, 3.0
    # END SOLUTION


# %%
check(dropout_numbers)

# %% [markdown]
# And now the experiment.

# %%
from backprop_lib import Dropout


def experiment():
    """Drop from a million threes, and print what can be measured."""
    A = np.full((1000, 1000), 3.0)
    layer = Dropout(0.75, np.random.default_rng(0))
    H = layer.forward(A)
    print(f"what stays becomes {H.max():.2f}")
    print(f"share of zeros     {(H == 0).mean():.3f}")
    print(f"mean               {H.mean():.2f}")
    print(f"variance           {H.var():.1f}")
    print(f"in evaluation      {layer.apply(A).mean():.2f}")


experiment()

# %% [markdown]
# ## 4. The way back
#
# `dH` is the gradient of what dropout handed on. `M` is the mask that went forward.


# %%
def dropout_backward(dH, M):
    """Return dA: (n, p), the gradient of what went into dropout.

    dH: (n, p), gradient of H = A ⊙ M. M: (n, p).
    """
    # BEGIN SOLUTION
    return dH * M
    # END SOLUTION


# %%
check(dropout_backward)

# %% [markdown]
# ## 5. Find the bug
#
# In training, A goes through dropout, and what comes out goes into a dense layer without a bias:
# Z = HW. Somebody wrote one pass there and back. There are three versions. All of them run, every
# shape is right, and so is `draw_mask`, which they call. Two of them compute something else.


# %%
def draw_mask(shape, drop_prob, rng):
    """Return a mask of this shape: 0, or 1 / (1 − drop_prob)."""
    return (rng.random(shape) >= drop_prob) / (1 - drop_prob)


def version_a(A, W, dZ, drop_prob, rng):
    """Return H, dA, dW: version A."""
    H = A * draw_mask(A.shape, drop_prob, rng)
    dW = H.T @ dZ
    dH = dZ @ W.T
    dA = dH * draw_mask(A.shape, drop_prob, rng)
    return H, dA, dW


def version_b(A, W, dZ, drop_prob, rng):
    """Return H, dA, dW: version B."""
    M = draw_mask(A.shape, drop_prob, rng)
    H = A * M
    dA = (dZ @ W.T) * M
    dW = H.T @ dZ
    return H, dA, dW


def version_c(A, W, dZ, drop_prob, rng):
    """Return H, dA, dW: version C."""
    M = draw_mask(A.shape, drop_prob, rng)
    H = A * M
    dH = dZ @ W.T
    dA = M * dH
    dW = A.T @ dZ
    return H, dA, dW


# %% [markdown]
# Ask of each: how many masks does it draw, and what goes into the dense layer? Then call the right
# one from the function below, as `return version_a(A, W, dZ, drop_prob, rng)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def there_and_back(A, W, dZ, drop_prob, rng):
    """H = A ⊙ M goes into Z = HW; back from dZ to W and to A, through the same mask.

    A: (n, p), W: (p, q), dZ: (n, q), drop_prob: from 0 to below 1, rng: a numpy Generator.
    Returns H: (n, p), dA: (n, p), dW: (p, q).
    """
    # BEGIN SOLUTION
    return version_b(A, W, dZ, drop_prob, rng)
    # END SOLUTION


# %%
check(there_and_back)

# %% [markdown]
# ## 6. Test somebody else's dropout
#
# You are given a function `dropout(A, drop_prob, rng)` that somebody wrote. It returns H and keeps
# its mask to itself. Is it right? It is if
#
# - the share of zeros in H is drop_prob, but for chance;
# - the mean is that of A, but for chance;
# - each entry is dropped for itself: not the same units in every example, and not whole examples.
#
# You choose the table A that you give it. Make it large, so that chance makes little. One that
# drops the share drop_prob + 0.1 must not pass, nor one that makes everything a tenth too large.
# (Here drop_prob is between 0.2 and 0.7.)


# %%
def dropout_is_right(dropout, drop_prob, rng):
    """Return True if `dropout` is right, and False if not.

    dropout: a function of (A, drop_prob, rng), where A is an array (n, p), that returns H: (n, p).
    """
    # BEGIN SOLUTION
    A = np.ones((200, 100))
    H = dropout(A, drop_prob, rng)
    dropped = H == 0
    share_is_right = abs(dropped.mean() - drop_prob) < 0.05
    mean_is_right = abs(H.mean() - A.mean()) < 0.05
    rows_differ = (dropped[0] != dropped).any()
    columns_differ = (dropped[:, :1] != dropped).any()
    return bool(share_is_right and mean_is_right and rows_differ and columns_differ)
    # END SOLUTION


# %%
check(dropout_is_right)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All six passed? Then you can write a layer that is never the same twice, and say whether another's
# is right. Chapter 08 is about the step: what becomes of the gradients once they are there.
