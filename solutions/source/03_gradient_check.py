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
# # Exercises 03 · Check a gradient
#
# Six functions: a prediction, three nudges, one comparison, and a network with three bugs in it.
# They belong to chapter 03, [Check a gradient](../chapters/03_gradient_check.ipynb); keep it open
# beside this page.
#
# It goes as before. **Write** your lines in place of `raise NotImplementedError`. **Run** that cell
# and the `check` below it. Where you are **stuck**, make a cell with `hint(central_difference)`, or
# whichever function it is.
#
# What is new: some functions here are *given a function*. You call it, as in `function(value)`, and
# it gives you a number: the loss.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Predict, before you run
#
# Take f(w) = w³, whose slope is 3w². The chapter nudged it by h in three ways, and each way finds
# almost that:
#
# - one side, ((w + h)³ − w³) / h;
# - both sides, ((w + h)³ − (w − h)³) / 2h;
# - to the side, Im (w + ih)³ / h.
#
# *By how much is each one off?* That is, what it finds, minus 3w². Work it out on paper, as a
# formula in w and h. Your function then only computes the three formulas.


# %%
def predicted_errors(w, h):
    """How far each nudge of w³ is off: what it finds, minus 3w².

    w, h: numbers. Returns one_side, both_sides, to_the_side: three numbers, in this order.
    """
    # BEGIN SOLUTION
    one_side = 3 * w * h + h**2
    both_sides = h**2
    to_the_side = -(h**2)
    # END SOLUTION
    return one_side, both_sides, to_the_side


# %%
check(predicted_errors)

# %% [markdown]
# ## 2. Nudge every entry, on both sides
#
# `function` takes an array and returns a number. How fast does that number move with each entry of
# `value`, the other entries left alone?
#
# `np.ndindex(value.shape)` runs through all indices of an array, whatever its shape. For (2, 3)
# they are (0, 0), (0, 1), (0, 2), (1, 0) and so on. With `index` one of these, `value[index]` is
# that entry. The `value` that you were given must stay as it is: nudge a `value.copy()`.


# %%
def central_difference(function, value, h):
    """(f(v + h) − f(v − h)) / 2h, for each entry v of `value` on its own.

    function: array -> number. value: an array of any shape. h: the nudge.
    Returns the gradient, a new array with the shape of `value`.
    """
    gradient = np.zeros_like(value)
    # BEGIN SOLUTION
    for index in np.ndindex(value.shape):
        above, below = value.copy(), value.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (function(above) - function(below)) / (2 * h)
    # END SOLUTION
    return gradient


# %%
check(central_difference)

# %% [markdown]
# ## 3. Nudge every entry, to the side
#
# The same with the complex step. An array of floats has no room for i:
# `value.astype(complex)` makes a copy that has. Python writes i as `1j`, and `z.imag` is the
# imaginary part of z.


# %%
def complex_step(function, value, h):
    """Im f(v + ih) / h, for each entry v of `value` on its own.

    function: array -> number, and complex numbers pass through it. value: an array of any shape.
    h: the nudge, such as 1e-30. Returns the gradient, a new array with the shape of `value`.
    """
    gradient = np.zeros_like(value)
    # BEGIN SOLUTION
    for index in np.ndindex(value.shape):
        nudged = value.astype(complex)
        nudged[index] += h * 1j
        gradient[index] = function(nudged).imag / h
    # END SOLUTION
    return gradient


# %%
check(complex_step)

# %% [markdown]
# ## 4. Near enough?
#
# Two gradients of the same shape, ours and a slow one. How long is their difference, as a part of
# the longer of the two?
#
# First one by hand. Ours is (3, 0), the slow one is (3, 4). What is the error?
#
# <details><summary>Answer</summary>
#
# The difference is (0, −4), of length 4. The lengths of the two are 3 and 5, and the longer is 5.
# So the error is 4/5 = 0.8.
#
# </details>


# %%
def relative_error(ours, slow):
    """‖ours − slow‖ / max(‖ours‖, ‖slow‖), over all entries; 0 where both are zero.

    ours, slow: arrays of one shape, whichever it is. Returns a number.
    """
    # BEGIN SOLUTION
    longer = max(np.linalg.norm(ours), np.linalg.norm(slow))
    if longer == 0:
        return 0.0
    return np.linalg.norm(ours - slow) / longer
    # END SOLUTION


# %%
check(relative_error)

# %% [markdown]
# ## 5. Two calls for all entries
#
# *How fast does the number move when all entries of `value` move together?* Move all of `value` by
# h along `direction`, and by h against it. First bring `direction` to length 1: divide it by the
# root of the sum of its squares.


# %%
def slope_along(function, value, direction, h):
    """(f(v + h u) − f(v − h u)) / 2h, where u is `direction` brought to length 1.

    function: array -> number. value, direction: arrays of one shape, whichever it is. h: the nudge.
    Returns a number.
    """
    # BEGIN SOLUTION
    u = direction / np.linalg.norm(direction)
    return (function(value + h * u) - function(value - h * u)) / (2 * h)
    # END SOLUTION


# %%
check(slope_along)

# %% [markdown]
# ## 6. Find the bug
#
# Somebody wrote a network: dense, tanh, dense, softmax, and the mean loss. The way forward is
# right. The way back holds **three** bugs. All shapes are right, and it trains.
#
# (The largest logit of each row is taken away before `exp`, so that no power grows too large; that
# changes no probability. `.real` is there because a complex number has no order.)


# %%
def forward(X, W1, b1, W2, b2):
    """Return A1, what came out of tanh, and P, the probabilities."""
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    powers = np.exp(Z2 - Z2.real.max(axis=1, keepdims=True))
    return A1, powers / powers.sum(axis=1, keepdims=True)


def loss(X, Y, W1, b1, W2, b2):
    """Return the mean of −log P over the right classes."""
    _, P = forward(X, W1, b1, W2, b2)
    return -np.log(P[np.arange(len(Y)), Y]).sum() / len(Y)


def somebodys_gradients(X, Y, W1, b1, W2, b2):
    """Return dW1, db1, dW2, db2. Three lines are wrong."""
    n = len(X)
    A1, P = forward(X, W1, b1, W2, b2)
    dZ2 = P.copy()
    dZ2[np.arange(n), Y] -= 1
    dZ2 = dZ2 / n

    dW2 = A1.T @ dZ2
    db2 = dZ2.mean(axis=0)
    dA1 = dZ2 @ W2.T

    dZ1 = dA1 * (1 - np.tanh(A1) ** 2)
    dW1 = X.T @ dZ1 / n
    db1 = dZ1.sum(axis=0)
    return dW1, db1, dW2, db2


# %% [markdown]
# Here is a check of all four. It uses the library's functions, so it runs without your own.
# In it, `lambda v: loss(X, Y, v, b1, W2, b2)` is the loss as a function of `W1` alone. Run it. Read
# its lines from the last to the first, with the checklist of the chapter beside you.


# %%
def check_all(gradients):
    """Print a comparison for each of the four gradients that `gradients` returns."""
    from backprop_lib import gradient_check

    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((5, 4)), np.array([0, 2, 1, 1, 0])
    W1, b1, W2, b2 = (rng.standard_normal(shape) for shape in ((4, 6), 6, (6, 3), 3))
    ours = gradients(X, Y, W1, b1, W2, b2)
    slow = [
        gradient_check.complex_step(lambda v: loss(X, Y, v, b1, W2, b2), W1),
        gradient_check.complex_step(lambda v: loss(X, Y, W1, v, W2, b2), b1),
        gradient_check.complex_step(lambda v: loss(X, Y, W1, b1, v, b2), W2),
        gradient_check.complex_step(lambda v: loss(X, Y, W1, b1, W2, v), b2),
    ]
    for name, one, other in zip(("dW1", "db1", "dW2", "db2"), ours, slow, strict=True):
        print(name, gradient_check.compare(one, other))


check_all(somebodys_gradients)

# %% [markdown]
# Now copy the body of `somebodys_gradients` into the function below, and mend it.
# `check_all(network_gradients)`, in a cell of its own, tells you what is still wrong. Mend one bug
# at a time, and look again: a bug can hide behind another.


# %%
def network_gradients(X, Y, W1, b1, W2, b2):
    """Go forward through dense, tanh, dense, softmax and the mean loss, and back.

    X: (n, p), Y: (n,) labels, W1: (p, h), b1: (h,), W2: (h, K), b2: (K,).
    Returns dW1: (p, h), db1: (h,), dW2: (h, K), db2: (K,), in this order.
    """
    # BEGIN SOLUTION
    n = len(X)
    A1, P = forward(X, W1, b1, W2, b2)
    dZ2 = P.copy()
    dZ2[np.arange(n), Y] -= 1
    dZ2 = dZ2 / n

    dW2 = A1.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T

    dZ1 = dA1 * (1 - A1**2)
    dW1 = X.T @ dZ1
    db1 = dZ1.sum(axis=0)
    # END SOLUTION
    return dW1, db1, dW2, db2


# %%
check(network_gradients)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All six passed? Then you can find out for yourself whether a gradient is right. Chapter 04 begins
# where every way back begins: at the loss.
