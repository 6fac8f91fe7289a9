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
# # Exercises 06 · Batch norm
#
# Nine exercises, from the way forward to a batch norm with a bug. They belong to chapter 06,
# [Batch norm](../chapters/06_batch_norm.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with
# `hint(batch_norm_forward)`, or whichever function it is.
#
# An example is a row of X, and a unit is a column.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Forward, in training
#
# Bring each unit to mean 0 and variance 1 over the batch. Then scale and shift it.
#
# First in your head: a unit is 2, 2, 10, 10 in the four examples. What is its X̂?
#
# <details><summary>Answer</summary>
#
# The mean is 6, and the four numbers are −4, −4, 4, 4 away from it. The variance is 16 and its root
# is 4. So X̂ is −1, −1, 1, 1.
#
# </details>


# %%
def batch_norm_forward(X, gamma, beta, epsilon=1e-5):
    """X̂ = (X − mean) / √(variance + ε), H = γ ⊙ X̂ + β, with the variance divided by n.

    X: (n, p), n ≥ 2. gamma, beta: (p,).
    Returns H: (n, p), X_hat: (n, p), mean: (p,), variance: (p,).
    """
    # BEGIN SOLUTION
    mean = X.mean(axis=0)
    variance = ((X - mean) ** 2).mean(axis=0)
    X_hat = (X - mean) / np.sqrt(variance + epsilon)
    H = gamma * X_hat + beta
    return H, X_hat, mean, variance
    # END SOLUTION


# %%
check(batch_norm_forward)

# %% [markdown]
# ## 2. Back, in small steps
#
# The way forward took nine steps:
#
# ```
# mean     = X.mean(axis=0)
# centred  = X - mean
# squares  = centred**2
# variance = squares.mean(axis=0)
# s        = np.sqrt(variance + epsilon)
# inverse  = 1 / s
# X_hat    = centred * inverse
# scaled   = gamma * X_hat
# H        = scaled + beta
# ```
#
# Answer each of them, the last one first. Nine gradients are asked for, so `check` can say which
# step is the first to be wrong. Where a gradient has two parts, return their sum.


# %%
def batch_norm_stages(dH, X_hat, centred, s, gamma):
    """Go back through the nine steps, from H to X.

    dH, X_hat, centred: (n, p). s, gamma: (p,).
    Returns dbeta, dgamma: (p,), dX_hat: (n, p), dinverse, ds, dvariance: (p,), dcentred: (n, p),
    dmean: (p,), dX: (n, p).
    """
    # BEGIN SOLUTION
    n = len(dH)
    dbeta = dH.sum(axis=0)
    dgamma = (dH * X_hat).sum(axis=0)
    dX_hat = dH * gamma
    dinverse = (dX_hat * centred).sum(axis=0)
    ds = -dinverse / s**2
    dvariance = ds / (2 * s)
    dcentred = dX_hat / s + 2 * centred * dvariance / n
    dmean = -dcentred.sum(axis=0)
    dX = dcentred + dmean / n
    # END SOLUTION
    return dbeta, dgamma, dX_hat, dinverse, ds, dvariance, dcentred, dmean, dX


# %%
check(batch_norm_stages)

# %% [markdown]
# ## 3. Back, at once
#
# Now do the same without the small steps, from no more than the way forward keeps.


# %%
def batch_norm_backward(dH, X_hat, variance, gamma, epsilon=1e-5):
    """dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ, dX = γ/s ⊙ (dH − mean(dH) − X̂ ⊙ mean(dH ⊙ X̂)).

    dH, X_hat: (n, p). variance, gamma: (p,). s is √(variance + ε).
    Returns dX: (n, p), dgamma: (p,), dbeta: (p,).
    """
    # BEGIN SOLUTION
    n = len(dH)
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    dX = gamma / np.sqrt(variance + epsilon) * (dH - dbeta / n - X_hat * dgamma / n)
    return dX, dgamma, dbeta
    # END SOLUTION


# %%
check(batch_norm_backward)

# %% [markdown]
# ## 4. Predict, and then run
#
# Each line below changes one thing, and all else stays. (ε is so small that it does not matter.)
# What becomes of the gradient or the values asked for: are they the `"same"`, `"tenfold"`,
# `"a tenth"` or `"zero"`? Write your guess *before* you run the experiment below.
#
# | | what is changed | what is asked for |
# |---|---|---|
# | first | X is multiplied by 10 | X̂ |
# | second | X is multiplied by 10 | dX |
# | third | γ is multiplied by 10 | dX |
# | fourth | γ is multiplied by 10 | dγ |
# | fifth | every entry of dH becomes 1 | dX |
# | sixth | X is multiplied by 10, *in evaluation* | dX |


# %%
def batch_norm_predictions():
    """Say of each change what it does: "same", "tenfold", "a tenth" or "zero".

    Returns six words, from the first change to the sixth.
    """
    # BEGIN SOLUTION
    return "same", "a tenth", "tenfold", "same", "zero", "same"
    # END SOLUTION


# %%
check(batch_norm_predictions)

# %% [markdown]
# And now the experiment.

# %%
from backprop_lib import batch_norm_backward as library_backward
from backprop_lib import batch_norm_evaluate_backward as library_evaluate_backward
from backprop_lib import batch_norm_forward as library_forward


def experiment():
    """Make each change, and print by how much the sizes differ."""
    rng = np.random.default_rng(0)
    X, dH = rng.standard_normal((2, 8, 3))
    gamma, beta, running_mean, running_variance = np.ones(3), np.zeros(3), np.zeros(3), np.ones(3)

    def training(X, gamma, dH):
        _, X_hat, _, variance = library_forward(X, gamma, beta, epsilon=1e-12)
        return X_hat, *library_backward(dH, X_hat, variance, gamma, epsilon=1e-12)

    def evaluation(X):
        return library_evaluate_backward(dH, X, gamma, running_mean, running_variance)[0]

    X_hat, dX, dgamma, _ = training(X, gamma, dH)
    larger, dX_of_larger, _, _ = training(10 * X, gamma, dH)
    _, dX_of_gamma, dgamma_of_gamma, _ = training(X, 10 * gamma, dH)
    _, dX_of_ones, _, _ = training(X, gamma, np.ones((8, 3)))
    pairs = {
        "first": (larger, X_hat),
        "second": (dX_of_larger, dX),
        "third": (dX_of_gamma, dX),
        "fourth": (dgamma_of_gamma, dgamma),
        "fifth": (dX_of_ones, dX),
        "sixth": (evaluation(10 * X), evaluation(X)),
    }
    for name, (after, before) in pairs.items():
        factor = np.linalg.norm(after) / np.linalg.norm(before)
        print(f"{name:7} times {factor:.2f}")


experiment()

# %% [markdown]
# ## 5. What is kept for evaluation
#
# After each training batch, the running mean and the running variance go a part of the way towards
# this batch's. Keep the unbiased variance, divided by n − 1.
#
# First in your head: the running mean is 0, the batch's mean is 5, and the momentum is 0.1. What
# is the running mean afterwards? And after a second such batch?
#
# <details><summary>Answer</summary>
#
# 0 + 0.1 · (5 − 0) = 0.5, and then 0.5 + 0.1 · (5 − 0.5) = 0.95.
#
# </details>


# %%
def update_running_statistics(running_mean, running_variance, X, momentum):
    """running ← running + momentum · (batch − running), for mean and unbiased variance.

    running_mean, running_variance: (p,), not to be changed. X: (n, p), n ≥ 2.
    Returns the new running_mean and running_variance.
    """
    # BEGIN SOLUTION
    n = len(X)
    mean = X.mean(axis=0)
    variance = ((X - mean) ** 2).sum(axis=0) / (n - 1)
    running_mean = running_mean + momentum * (mean - running_mean)
    running_variance = running_variance + momentum * (variance - running_variance)
    return running_mean, running_variance
    # END SOLUTION


# %%
check(update_running_statistics)

# %% [markdown]
# ## 6. Forward, in evaluation
#
# Now mean and variance are given. They are the running ones, and no example changes them.


# %%
def batch_norm_evaluate_forward(X, gamma, beta, mean, variance, epsilon=1e-5):
    """H = γ ⊙ (X − mean) / √(variance + ε) + β.

    X: (n, p), one example or more. gamma, beta, mean, variance: (p,). Returns H: (n, p).
    """
    # BEGIN SOLUTION
    return gamma * (X - mean) / np.sqrt(variance + epsilon) + beta
    # END SOLUTION


# %%
check(batch_norm_evaluate_forward)

# %% [markdown]
# ## 7. Back, in evaluation
#
# Which of the three paths are left?


# %%
def batch_norm_evaluate_backward(dH, X, gamma, mean, variance, epsilon=1e-5):
    """dX = γ/s ⊙ dH, dγ = Σᵢ dHᵢ ⊙ X̂ᵢ, dβ = Σᵢ dHᵢ, with s = √(variance + ε).

    dH, X: (n, p). gamma, mean, variance: (p,).
    Returns dX: (n, p), dgamma: (p,), dbeta: (p,).
    """
    # BEGIN SOLUTION
    s = np.sqrt(variance + epsilon)
    X_hat = (X - mean) / s
    dX = gamma / s * dH
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    return dX, dgamma, dbeta
    # END SOLUTION


# %%
check(batch_norm_evaluate_backward)

# %% [markdown]
# ## 8. Layer norm, back
#
# Now mean and variance go over the units of each example, along a row. γ and β still belong to
# the units, so they differ along the row.


# %%
def layer_norm_backward(dH, X_hat, variance, gamma, epsilon=1e-5):
    """dX = (dX̂ − mean(dX̂) − X̂ ⊙ mean(dX̂ ⊙ X̂)) / s, with dX̂ = dH ⊙ γ and means over a row.

    dH, X_hat: (n, p). variance: (n,), one for each example. gamma: (p,).
    Returns dX: (n, p), dgamma: (p,), dbeta: (p,).
    """
    # BEGIN SOLUTION
    dgamma = (dH * X_hat).sum(axis=0)
    dbeta = dH.sum(axis=0)
    dX_hat = dH * gamma
    mean = dX_hat.mean(axis=1, keepdims=True)
    along = (dX_hat * X_hat).mean(axis=1, keepdims=True)
    s = np.sqrt(variance + epsilon)[:, None]
    dX = (dX_hat - mean - X_hat * along) / s
    return dX, dgamma, dbeta
    # END SOLUTION


# %%
check(layer_norm_backward)

# %% [markdown]
# ## 9. Find the bug
#
# This is the whole way forward of batch norm, with a momentum of 0.1. In training it uses this
# batch's statistics, and moves the two running arrays *in place*. In evaluation it uses the running
# arrays. There are four versions. All of them run, and every shape is right. Three of them compute
# something else.


# %%
def version_a(X, gamma, beta, running_mean, running_variance, training):
    """Return H, and move the running statistics: version A."""
    n = max(len(X), 2)
    mean, variance = X.mean(axis=0), X.var(axis=0)
    if not training:
        mean, variance = running_mean.copy(), running_variance.copy()
    running_mean += 0.1 * (X.mean(axis=0) - running_mean)
    running_variance += 0.1 * (X.var(axis=0) * n / (n - 1) - running_variance)
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


def version_b(X, gamma, beta, running_mean, running_variance, training):
    """Return H, and move the running statistics: version B."""
    mean, variance = running_mean, running_variance
    if training:
        n, mean, variance = len(X), X.mean(axis=0), X.var(axis=0)
        running_mean += 0.1 * (mean - running_mean)
        running_variance = 0.9 * running_variance + 0.1 * variance * n / (n - 1)
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


def version_c(X, gamma, beta, running_mean, running_variance, training):
    """Return H, and move the running statistics: version C."""
    mean, variance = running_mean, running_variance
    if training:
        mean, variance = X.mean(axis=0), X.var(axis=0)
        running_mean += 0.1 * (mean - running_mean)
        running_variance += 0.1 * (variance - running_variance)
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


def version_d(X, gamma, beta, running_mean, running_variance, training):
    """Return H, and move the running statistics: version D."""
    mean, variance = running_mean, running_variance
    if training:
        n, mean, variance = len(X), X.mean(axis=0), X.var(axis=0)
        running_mean *= 0.9
        running_mean += 0.1 * mean
        running_variance *= 0.9
        running_variance += 0.1 * variance * n / (n - 1)
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


# %% [markdown]
# Read them line by line. In which mode does each line run, and which array does it change? Then
# call the right one from the function below, as `return version_a(X, gamma, …)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def batch_norm_pass(X, gamma, beta, running_mean, running_variance, training):
    """H in training or in evaluation; a training pass moves the running statistics in place.

    X: (n, p). gamma, beta, running_mean, running_variance: (p,). training: True or False.
    Returns H: (n, p).
    """
    # BEGIN SOLUTION
    return version_d(X, gamma, beta, running_mean, running_variance, training)
    # END SOLUTION


# %%
check(batch_norm_pass)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All nine passed? Then you can write the layer that most people call from a library, and know where
# it goes wrong. Chapter 07 has another layer that is not the same in training and in evaluation.
