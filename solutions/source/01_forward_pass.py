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
# # Exercises 01 · The forward pass
#
# Six functions, from one layer to a whole network. They belong to chapter 01,
# [The forward pass](../chapters/01_forward_pass.ipynb); keep it open beside this page.
#
# For each function:
#
# 1. **Write** your lines in place of `raise NotImplementedError`, and run the cell.
# 2. **Run** the cell below it. `check` tries your function on inputs of many shapes, also on a
#    single example. It says what is wrong, where, and often why.
# 3. **Stuck?** Make a cell with `hint(dense_forward)`. Each call helps a little more: first with a
#    question, then the formula, then the line.
#
# `progress()` at the end shows what is done. A small file in the folder `exercises` remembers it,
# `.backprop_progress.json`. The same notebook with our lines in it is in `solutions`; nothing is
# recorded there.
#
# Your functions keep three rules wherever arrays go in. From float32 comes float32, and from
# float64 comes float64. No input is changed. One example is a batch of one, and keeps its axis.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. One layer
#
# Examples are rows. A column of `W` belongs to one unit.


# %%
def dense_forward(X, W, b):
    """Z = X W + b.

    X: (n, p), W: (p, q), b: (q,). Returns Z: (n, q).
    """
    # BEGIN SOLUTION
    return X @ W + b
    # END SOLUTION


# %%
check(dense_forward)

# %% [markdown]
# Before you go on, do one by hand. Row 2 of the little network's examples is (1, −1). Unit 2 has
# the weights (1, −1) and the bias −1. What is `Z[2, 2]`?
#
# <details><summary>Answer</summary>
#
# (1)(1) + (−1)(−1) − 1 = 1.
#
# </details>

# %% [markdown]
# ## 2. The bend
#
# Without it, two layers are no more than one.


# %%
def relu_forward(Z):
    """A = max(0, Z), for each entry on its own.

    Z: (n, q). Returns A: (n, q), a new array.
    """
    # BEGIN SOLUTION
    return np.maximum(Z, 0)
    # END SOLUTION


# %%
check(relu_forward)

# %% [markdown]
# ## 3. A bend that saturates
#
# The formula is one line. But at Z = −1000 it asks for e^1000, which no float64 can hold. numpy
# then warns, and so does `check`. Find a way on which no power grows large.


# %%
def sigmoid_forward(Z):
    """A = 1 / (1 + e^−Z), for each entry on its own, without overflow at Z = ±1000.

    Z: (n, q). Returns A: (n, q), a new array.
    """
    # BEGIN SOLUTION
    small = np.exp(-np.abs(Z))  # e^−|Z| is never above 1
    return np.where(Z > 0, 1, small) / (1 + small)
    # END SOLUTION


# %%
check(sigmoid_forward)

# %% [markdown]
# ## 4. Through two layers
#
# Dense, ReLU, dense. Return every value that you meet, not only the last. The way back will ask for
# `Z1` and `A1`, and softmax makes the probabilities from `Z2`.


# %%
def two_layer_forward(X, W1, b1, W2, b2):
    """Z1 = X W1 + b1, A1 = max(0, Z1), Z2 = A1 W2 + b2.

    X: (n, p), W1: (p, h), b1: (h,), W2: (h, q), b2: (q,).
    Returns Z1: (n, h), A1: (n, h), Z2: (n, q), in this order.
    """
    # BEGIN SOLUTION
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    # END SOLUTION
    return Z1, A1, Z2


# %%
check(two_layer_forward)

# %% [markdown]
# ## 5. The same in columns
#
# Many books write an example as a column. The numbers are the same, the factors change places, and
# b is a column too. Added as a plain list it would go wrong, and for n = q without a word.


# %%
def dense_forward_columns(X, W, b):
    """Z = W X + b, an example in each column.

    X: (p, n), W: (q, p), b: (q, 1). Returns Z: (q, n).
    """
    # BEGIN SOLUTION
    return W @ X + b
    # END SOLUTION


# %%
check(dense_forward_columns)

# %% [markdown]
# ## 6. How much there is to learn
#
# A network of dense layers is described by its sizes: `[64, 32, 10]` takes 64 numbers, has 32
# hidden units and gives 10. How many weights and biases does it have in all?


# %%
def parameter_count(sizes):
    """Count all weights and biases of the dense layers between neighbouring sizes.

    sizes: a list of whole numbers, such as [64, 32, 10]. Returns a whole number, here 2410.
    """
    count = 0
    # BEGIN SOLUTION
    for layer in range(1, len(sizes)):
        p, q = sizes[layer - 1], sizes[layer]
        count += p * q + q
    # END SOLUTION
    return count


# %%
check(parameter_count)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All six passed? Then you have written a forward pass. Chapter 02 walks the same road back.
