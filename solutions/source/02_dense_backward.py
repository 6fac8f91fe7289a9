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
# # Exercises 02 · Back through dense layers
#
# Eight functions, from one bend to two layers and a step. They belong to chapter 02,
# [Back through dense layers](../chapters/02_dense_backward.ipynb); keep it open beside this page.
#
# It goes as in exercises 01. **Write** your lines in place of `raise NotImplementedError`. **Run**
# that cell and the `check` below it. Where you are **stuck**, make a cell with
# `hint(dense_backward)`, or whichever function it is.
#
# Where arrays go in, the old rules hold: what comes out has their dtype, no input is changed, and
# one example is a batch of one. There is one new rule, and you can hold it against every line:
# **a gradient has the shape of its value.**

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Back through a bend
#
# `dA` says what a nudge of each entry of `A` does to the loss. `Z` is what went into ReLU. What
# does a nudge of each entry of `Z` do? At Z = 0 exactly, take the slope 0.


# %%
def relu_backward(dA, Z):
    """dZ = dA ⊙ 1[Z > 0].

    dA: (n, q), Z: (n, q). Returns dZ: (n, q), a new array.
    """
    # BEGIN SOLUTION
    return dA * (Z > 0)
    # END SOLUTION


# %%
check(relu_backward)

# %% [markdown]
# ## 2. Back through a smooth bend
#
# The same for A = tanh Z. Its slope differs from entry to entry: it is 1 − A².


# %%
def tanh_backward(dA, Z):
    """dZ = dA ⊙ (1 − A²), where A = tanh Z; also at Z = ±1000.

    dA: (n, q), Z: (n, q). Returns dZ: (n, q), a new array.
    """
    # BEGIN SOLUTION
    A = np.tanh(Z)
    return dA * (1 - A**2)
    # END SOLUTION


# %%
check(tanh_backward)

# %% [markdown]
# ## 3. The shapes, before anything runs
#
# A dense layer, Z = XW + b, with n examples, p inputs and q units. Say the shape of each gradient.
# A shape is a tuple, as `X.shape` is. That of b is `(q,)`: with one axis, the comma stays.


# %%
def gradient_shapes(n, p, q):
    """Return the shapes of dZ, dX, dW and db, where Z = X W + b.

    n, p, q: whole numbers. Returns four tuples, in this order.
    """
    # BEGIN SOLUTION
    dZ = (n, q)
    dX = (n, p)
    dW = (p, q)
    db = (q,)
    # END SOLUTION
    return dZ, dX, dW, db


# %%
check(gradient_shapes)

# %% [markdown]
# ## 4. Back through a dense layer
#
# Three gradients from one. You have just said their shapes.
#
# First one by hand. A layer has one input and one unit, and two examples go through it:
# `X = [[1], [2]]`. What comes back is `dZ = [[3], [-1]]`. What are `dW` and `db`?
#
# <details><summary>Answer</summary>
#
# dW = (1)(3) + (2)(−1) = 1, as a table of one number, [[1]]. db = 3 − 1 = 2, as [2].
#
# </details>


# %%
def dense_backward(dZ, X, W):
    """dX = dZ Wᵀ, dW = Xᵀ dZ, db = Σᵢ dZᵢ (the sum over the n examples).

    dZ: (n, q), X: (n, p), W: (p, q). Returns dX: (n, p), dW: (p, q), db: (q,), in this order.
    """
    # BEGIN SOLUTION
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    # END SOLUTION
    return dX, dW, db


# %%
check(dense_backward)

# %% [markdown]
# ## 5. A value used twice
#
# Let c = b + b. Nudge b by a little, and c moves by twice as much: b stands in two places, and
# each passes the nudge on. So the gradients from the two places are added.
#
# A *skip connection* uses X twice: once as it is, and once through a layer. Here that layer has no
# bias, and `W` is square, so that both parts of the sum have the same shape.


# %%
def skip_backward(dZ, X, W):
    """Go back through Z = X + X W, where X is used twice.

    dZ: (n, p), X: (n, p), W: (p, p). Returns dX: (n, p), dW: (p, p), in this order.
    """
    # BEGIN SOLUTION
    dX = dZ + dZ @ W.T
    dW = X.T @ dZ
    # END SOLUTION
    return dX, dW


# %%
check(skip_backward)

# %% [markdown]
# ## 6. Two layers back
#
# Forward it was Z1 = X W1 + b1, A1 = max(0, Z1), Z2 = A1 W2 + b2. Go back from `dZ2` to all four
# parameters. The arguments are all that you need, and all that the way forward had to keep.


# %%
def two_layer_backward(dZ2, X, Z1, A1, W2):
    """Go back through dense, ReLU, dense, from dZ2 to the parameters of both layers.

    dZ2: (n, q), X: (n, p), Z1: (n, h), A1: (n, h), W2: (h, q).
    Returns dW1: (p, h), db1: (h,), dW2: (h, q), db2: (q,), in this order.
    """
    # BEGIN SOLUTION
    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    # END SOLUTION
    return dW1, db1, dW2, db2


# %%
check(two_layer_backward)

# %% [markdown]
# ## 7. Find the bug
#
# Somebody wrote the way back through A = max(0, XW + b) together with one step of training: it
# returns `dX`, which goes further back, and the new `W` and `b`. There are three versions. All of
# them run, and every shape is right. But two of them compute something wrong.


# %%
def version_a(dA, Z, X, W, b, learning_rate):
    """Return dX, and W and b after the step: version A."""
    dZ = dA * (Z > 0)
    W = W - learning_rate * X.T @ dZ
    b = b - learning_rate * dZ.sum(axis=0)
    dX = dZ @ W.T
    return dX, W, b


def version_b(dA, Z, X, W, b, learning_rate):
    """Return dX, and W and b after the step: version B."""
    dZ = np.where(Z <= 0, 0, dA)
    step = learning_rate * dZ
    b = b - sum(row for row in step)
    return dZ @ W.T, W - X.T @ step, b


def version_c(dA, Z, X, W, b, learning_rate):
    """Return dX, and W and b after the step: version C."""
    on = Z > 0
    dX = (dA * on) @ W.T
    W = W - learning_rate * X.T @ (dA * on)
    b = b - learning_rate * dA.sum(axis=0)
    return dX, W, b


# %% [markdown]
# Read them line by line, and ask of each name: which value is it *now*? Then call the right one
# from the function below, as `return version_a(dA, Z, X, W, b, learning_rate)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def dense_relu_step(dA, Z, X, W, b, learning_rate):
    """All gradients of A = max(0, Z), Z = X W + b; then one step down for W and b.

    dA: (n, q), Z: (n, q), X: (n, p), W: (p, q), b: (q,), learning_rate: a number.
    Returns dX: (n, p), the new W: (p, q), the new b: (q,), in this order.
    """
    # BEGIN SOLUTION
    return version_b(dA, Z, X, W, b, learning_rate)
    # END SOLUTION


# %%
check(dense_relu_step)

# %% [markdown]
# ## 8. The same in columns
#
# With an example in each column, Z = WX + b, and b is a column. What changes on the way back?


# %%
def dense_backward_columns(dZ, X, W):
    """Go back through Z = W X + b, an example in each column.

    dZ: (q, n), X: (p, n), W: (q, p). Returns dX: (p, n), dW: (q, p), db: (q, 1), in this order.
    """
    # BEGIN SOLUTION
    dX = W.T @ dZ
    dW = dZ @ X.T
    db = dZ.sum(axis=1, keepdims=True)
    # END SOLUTION
    return dX, dW, db


# %%
check(dense_backward_columns)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All eight passed? Then you can go back through dense layers and ReLUs, however many there are.
# Chapter 03 asks how you could have known without us that it is right.
