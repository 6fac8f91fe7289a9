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
# # Exercises 08 · Optimizers
#
# Nine exercises: five updates, clipping, a schedule, a prediction and a bug. They belong to chapter
# 08, [Optimizers](../chapters/08_optimizers.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(momentum_step)`, or
# whichever function it is.
#
# `theta` and its gradient `g` are arrays of one shape, and everything goes entry by entry. Change
# no array that you are given: each update returns new ones.

# %%
import numpy as np

from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. Predict, and then run
#
# One weight, five optimizers, and a single step of each. The gradient `g` is large, so you may
# leave ε out. All state is 0 before the step: `v`, `s`, `m`. By how much does each optimizer change
# the weight? (Down is negative.) Momentum and Nesterov have μ = 0.9, RMSProp has α = 0.99, and Adam
# has β₁ = 0.9 and β₂ = 0.999, with its bias correction.
#
# Work it out on paper, and write it *before* you run the experiment below.


# %%
def first_steps(g, learning_rate):
    """Return the change of a weight in the first step of each optimizer.

    g: the gradient, a number that is not 0. np.sign(g) is 1 or −1.
    Returns sgd, momentum, nesterov, rmsprop, adam: five numbers.
    """
    # BEGIN SOLUTION
    plain = -learning_rate * g  # v is g, so momentum's first step is this too
    nesterov = 1.9 * plain  # g + 0.9 v
    adam = -learning_rate * np.sign(g)  # g / √g²
    rmsprop = 10 * adam  # √s is a tenth of |g|
    return plain, plain, nesterov, rmsprop, adam
    # END SOLUTION


# %%
check(first_steps)

# %% [markdown]
# And now the experiment, with a large gradient and a small one.

# %%
from backprop_lib import SGD, Adam, Momentum, Nesterov, RMSProp


def experiment():
    """Take one step with each optimizer, and print by how much it changed the weight."""
    for optimizer in (SGD, Momentum, Nesterov, RMSProp, Adam):
        changes = []
        for g in (400.0, -0.004):
            theta = np.zeros(1)
            optimizer(learning_rate=0.01).step(theta, np.array([g]))
            changes.append(f"{theta[0]:11.6f}")
        print(f"{optimizer.__name__:8}", *changes)


experiment()

# %% [markdown]
# ## 2. Momentum
#
# `v` is the velocity after the step before. Return the new weights, and the new velocity for the
# next step.


# %%
def momentum_step(theta, g, v, learning_rate, momentum):
    """v ← μ v + g, θ ← θ − η v.

    theta, g, v: arrays of one shape. learning_rate: η, momentum: μ. Returns theta, v.
    """
    # BEGIN SOLUTION
    v = momentum * v + g
    theta = theta - learning_rate * v
    return theta, v
    # END SOLUTION


# %%
check(momentum_step)

# %% [markdown]
# ## 3. Nesterov
#
# The velocity is momentum's. Only the step differs.


# %%
def nesterov_step(theta, g, v, learning_rate, momentum):
    """v ← μ v + g, θ ← θ − η (g + μ v).

    theta, g, v: arrays of one shape. learning_rate: η, momentum: μ. Returns theta, v.
    """
    # BEGIN SOLUTION
    v = momentum * v + g
    theta = theta - learning_rate * (g + momentum * v)
    return theta, v
    # END SOLUTION


# %%
check(nesterov_step)

# %% [markdown]
# ## 4. RMSProp
#
# `s` is the running mean of the squares. Renew it first. Then the step divides by its root. Mind
# where ε stands.


# %%
def rmsprop_step(theta, g, s, learning_rate, alpha, epsilon):
    """s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε).

    theta, g, s: arrays of one shape. alpha: α, the share of the past. Returns theta, s.
    """
    # BEGIN SOLUTION
    s = alpha * s + (1 - alpha) * g**2
    theta = theta - learning_rate * g / (np.sqrt(s) + epsilon)
    return theta, s
    # END SOLUTION


# %%
check(rmsprop_step)

# %% [markdown]
# ## 5. Adam
#
# `t` is 1 in the first step. What you return as `m` and `v` goes into the next step, so return them
# *without* the correction.
#
# First in your head: what is `1 - beta1**t` after very many steps?
#
# <details><summary>Answer</summary>
#
# 1. The correction is for the beginning, and goes away by itself.
#
# </details>


# %%
def adam_step(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    """θ ← θ − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).

    m is the running mean of g, by β₁, and v that of g², by β₂.
    theta, g, m, v: arrays of one shape. t: 1, 2, … Returns theta, m, v.
    """
    # BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    theta = theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta, m, v
    # END SOLUTION


# %%
check(adam_step)

# %% [markdown]
# ## 6. AdamW
#
# All parameters of a network stand in one row, weights and biases. `decays` is as long, with 1
# where a parameter decays and 0 at the biases. You may call your `adam_step`.


# %%
def adamw_step(theta, g, decays, m, v, t, learning_rate, beta1, beta2, epsilon, weight_decay):
    """θ ← θ − η λ θ where decays is 1, and then Adam's step with g as it came.

    theta, g, decays, m, v: rows of one length. weight_decay: λ. Returns theta, m, v.
    """
    # BEGIN SOLUTION
    theta = theta - learning_rate * weight_decay * decays * theta
    return adam_step(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon)
    # END SOLUTION


# %%
check(adamw_step)

# %% [markdown]
# ## 7. Clip
#
# `gradients` is a list of arrays, such as dW and db of every layer. Shorten them if all of them
# together are longer than `limit`, and return how long they were.


# %%
def clip_together(gradients, limit):
    """g ← g · min(1, limit / ‖g‖), with ‖g‖ over all arrays together.

    gradients: a list of arrays, not all zero. limit: a number above 0.
    Returns gradients: a list of as many new arrays, and norm: ‖g‖ as it was.
    """
    # BEGIN SOLUTION
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    scale = min(1, limit / norm)
    return [g * scale for g in gradients], norm
    # END SOLUTION


# %%
check(clip_together)

# %% [markdown]
# ## 8. A schedule
#
# The rates of the first `count` steps, with a warm-up over `warm` steps and a cosine over `steps`
# steps. Both count from step 0, and the two factors are multiplied. From step `steps` on the rate
# is 0.
#
# First in your head: which of the two factors is 1 at the first step?
#
# <details><summary>Answer</summary>
#
# The cosine's. The warm-up's is 1 / N there.
#
# </details>


# %%
def schedule_rates(rate, warm, steps, count):
    """η (1 + cos(π t / T)) / 2 · min(1, (t + 1) / N), where t / T is 1 at most.

    rate: η. warm: N. steps: T. count: of how many steps, t = 0, 1, … Returns rates: (count,).
    """
    # BEGIN SOLUTION
    t = np.arange(count)
    progress = np.minimum(t / steps, 1)
    wave = rate * (1 + np.cos(np.pi * progress)) / 2
    return wave * np.minimum(1, (t + 1) / warm)
    # END SOLUTION


# %%
check(schedule_rates)

# %% [markdown]
# ## 9. Find the bug
#
# Somebody wrote Adam for a network of several layers, all with a W of the same shape.
# `gradients[0]` holds the gradients of the first step, one for each layer, `gradients[1]` those of
# the second, and so on. What comes back is every W after the last step. There are three versions.
# All of them run, and two of them compute something else.


# %%
def version_a(W, gradients, learning_rate):
    """Return every W after Adam's steps: version A."""
    W = [w.copy() for w in W]
    m = [np.zeros_like(W[0])] * len(W)
    v = [np.zeros_like(W[0])] * len(W)
    for t, step in enumerate(gradients, start=1):
        for k, g in enumerate(step):
            m[k] *= 0.9
            m[k] += 0.1 * g
            v[k] *= 0.999
            v[k] += 0.001 * g**2
            m_hat, v_hat = m[k] / (1 - 0.9**t), v[k] / (1 - 0.999**t)
            W[k] -= learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return W


def version_b(W, gradients, learning_rate):
    """Return every W after Adam's steps: version B."""
    W = list(W)
    for k in range(len(W)):
        m, v = 0, 0
        for t in range(1, len(gradients) + 1):
            g = gradients[t - 1][k]
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
            W[k] = W[k] - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return W


def version_c(W, gradients, learning_rate):
    """Return every W after Adam's steps: version C."""
    W, t = [w.copy() for w in W], 0
    m = [np.zeros_like(w) for w in W]
    v = [np.zeros_like(w) for w in W]
    for step in gradients:
        for k, g in enumerate(step):
            t += 1
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g**2
            m_hat, v_hat = m[k] / (1 - 0.9**t), v[k] / (1 - 0.999**t)
            W[k] -= learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return W


# %% [markdown]
# Take two layers and two steps, and follow `m` and `t` on paper. Then call the right version
# from the function below, as `return version_a(W, gradients, learning_rate)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def adam_layers(W, gradients, learning_rate):
    """Adam's steps for several layers: each has its own m and v, and a step has one t.

    W: a list of tables of one shape. gradients: for each step a list of as many tables.
    β₁ = 0.9, β₂ = 0.999, ε = 1e-8. Returns W: a list of new tables.
    """
    # BEGIN SOLUTION
    return version_b(W, gradients, learning_rate)
    # END SOLUTION


# %%
check(adam_layers)

# %% [markdown]
# Version B goes through all steps of layer 1 before it begins with layer 2. In a real training
# that is impossible. Why, and why is it right here?
#
# <details><summary>Answer</summary>
#
# The gradients of the second step depend on where the first step led *all* layers. So they are not
# known beforehand. Here they were given. Adam itself never lets one layer look at another.
#
# </details>

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All nine passed? Then you know what happens between one gradient and the next. Chapter 09 puts all
# the parts together, and trains.
