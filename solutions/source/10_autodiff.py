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
# # Exercises 10 · Autodiff
#
# Eight exercises, from one rule to an engine. They belong to chapter 10,
# [Autodiff](../chapters/10_autodiff.ipynb); keep it open beside this page.
#
# It goes as before: **write** your lines in place of `raise NotImplementedError`, **run** that cell
# and the `check` below it, and where you are **stuck**, make a cell with `hint(backward)`, or
# whichever function it is.
#
# Here functions are given nodes. A `Node` has a `value` (an array), `inputs` (a tuple of nodes), a
# `rule`, and a `gradient`, which is `None` at first. `node.shape` is the shape of its value.

# %%
import numpy as np

from backprop_lib import softmax_cross_entropy_backward, softmax_cross_entropy_forward
from backprop_lib.autodiff import Node
from backprop_lib.checks import check, hint, progress

# %% [markdown]
# ## 1. The rule of a product
#
# A node holds a · b, entry by entry, for two arrays of one shape. `d` is its gradient. What are
# those of `a` and `b`?


# %%
def product_rule(d, a, b):
    """Lead the gradient of a · b to those of a and b.

    d, a, b: arrays of one shape. Returns da, db, in this order.
    """
    # BEGIN SOLUTION
    da = d * b
    db = d * a
    # END SOLUTION
    return da, db


# %%
check(product_rule)

# %% [markdown]
# ## 2. The rule of a matrix product
#
# The same for a node that holds X W. You have written it before, as a part of something larger.


# %%
def matmul_rule(d, X, W):
    """Lead the gradient of X W to those of X and W.

    d: (n, q), X: (n, p), W: (p, q). Returns dX: (n, p), dW: (p, q), in this order.
    """
    # BEGIN SOLUTION
    dX = d @ W.T
    dW = X.T @ d
    # END SOLUTION
    return dX, dW


# %%
check(matmul_rule)

# %% [markdown]
# ## 3. Back from broadcasting
#
# A value of shape `shape` was broadcast in a sum or a product, and its gradient came back as large
# as the result. Sum it to the shape of the value. Broadcasting does two things: it adds axes in
# front, and it stretches axes of size 1.
#
# First in your head: the gradient is (4, 5, 3), the value was (5, 1). Which axes are summed, and
# which of them stay?
#
# <details><summary>Answer</summary>
#
# Axis 0 is new: it is summed and goes. Axis 2 was stretched: it is summed and stays, with size 1.
#
# </details>


# %%
def sum_to_shape(gradient, shape):
    """Sum a gradient over all the copies that broadcasting made of each entry.

    gradient: an array, shape: a tuple of whole numbers, that of the value before broadcasting.
    Returns total: an array of this shape.
    """
    # BEGIN SOLUTION
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for k in range(len(shape)):
        if shape[k] == 1:
            gradient = gradient.sum(axis=k, keepdims=True)
    return gradient
    # END SOLUTION


# %%
check(sum_to_shape)

# %% [markdown]
# ## 4. In which order
#
# Put all nodes that lead to `end` into a list, each of them once, and each behind all its inputs.
# The order is not the only one; any that keeps to this will do. Some graphs are 2,000 nodes deep,
# so do without recursion.


# %%
def topological_order(end):
    """Order all nodes that lead to `end`: each stands behind all its inputs.

    end: a node. Returns order: a list of nodes, the last one is end.
    """
    # BEGIN SOLUTION
    order, met, waiting = [], set(), [(end, False)]
    while waiting:
        node, inputs_stand = waiting.pop()
        if inputs_stand:
            order.append(node)
        elif node not in met:
            met.add(node)
            waiting.append((node, True))
            waiting.extend((one, False) for one in node.inputs)
    return order
    # END SOLUTION


# %%
check(topological_order)

# %% [markdown]
# ## 5. The engine
#
# Now go back. `end` holds one number. `node.rule(node.gradient)` returns a tuple, with a gradient
# for each of `node.inputs`; a node without inputs has no rule. Values are used twice, they are
# broadcast, and a graph may have gradients of an earlier call: forget those.
#
# Exercises 3 and 4 are two of its lines. (If you skipped one, borrow ours for now: make a cell with
# `from backprop_lib.autodiff import sum_to_shape, topological_order`.)


# %%
def backward(end):
    """Set the gradient of every node that leads to `end`: of end with respect to it.

    end: a node of one number. Returns nothing; each gradient has shape and dtype of its value.
    """
    # BEGIN SOLUTION
    order = topological_order(end)
    for node in order:
        node.gradient = np.zeros_like(node.value)
    end.gradient = np.ones_like(end.value)
    for node in reversed(order):
        if node.inputs:
            gradients = node.rule(node.gradient)
            for one, gradient in zip(node.inputs, gradients, strict=True):
                one.gradient += sum_to_shape(gradient, one.shape)
    # END SOLUTION


# %%
check(backward)

# %% [markdown]
# ## 6. A loss as one node
#
# Softmax and cross-entropy together, as a node with one input, `Z`. Its value comes from
# `softmax_cross_entropy_forward`, and its rule from `softmax_cross_entropy_backward`: you have
# written both in chapter 04. A node is made by `Node(value, inputs, rule)`, and a rule returns a
# tuple, also if there is one input: `(dZ,)`.


# %%
def softmax_cross_entropy_node(Z, Y):
    """Make the mean cross-entropy of softmax(Z) with the labels Y a node, with a rule of its own.

    Z: a node (n, K), Y: (n,), labels. Returns a node of one number.
    """
    # BEGIN SOLUTION
    loss, P = softmax_cross_entropy_forward(Z.value, Y)

    def rule(d):
        return (d * softmax_cross_entropy_backward(P, Y),)

    return Node(loss, (Z,), rule)
    # END SOLUTION


# %%
check(softmax_cross_entropy_node)

# %% [markdown]
# ## 7. Predict, and then run
#
# In each of these, `a` begins as `Node(3.0)`, and then `end.backward()` is called. What is
# `a.gradient`? Write your numbers *before* you run the cell below.
#
# | | |
# |---|---|
# | first | `end = a + a` |
# | second | `end = a * a.value` |
# | third | `b = a * a`, then `end = b + b` |
# | fourth | `b = a`, three times `b = b + b`, then `end = b` |
# | fifth | `end = (1 - a).relu() * a` |
# | sixth | `end = a * a`, and `end.backward()` is called twice |


# %%
def predicted_gradients():
    """Say of each computation what the gradient of a is.

    Returns six numbers, from the first's to the sixth's.
    """
    # BEGIN SOLUTION
    return 2.0, 3.0, 12.0, 8.0, 0.0, 6.0
    # END SOLUTION


# %%
check(predicted_gradients)

# %% [markdown]
# And now the engine itself.


# %%
def doubled(b, times):
    """Return b + b, and so on, as many times."""
    for _ in range(times):
        b = b + b
    return b


def experiment():
    """Go back through each of the six, and print what comes to a."""
    computations = {
        "first": lambda a: a + a,
        "second": lambda a: a * a.value,
        "third": lambda a: doubled(a * a, 1),
        "fourth": lambda a: doubled(a, 3),
        "fifth": lambda a: (1 - a).relu() * a,
        "sixth": lambda a: a * a,
    }
    for name, compute in computations.items():
        a = Node(3.0)
        end = compute(a)
        end.backward()
        if name == "sixth":
            end.backward()
        print(f"{name:7} {a.gradient:4.0f}")


experiment()

# %% [markdown]
# ## 8. Find the bug
#
# The loss for yes or no, in nodes: the mean of log(1 + e^Z) − Z Y, where Y is 0 or 1. There are
# three versions. All of them give the right loss, also for logits of ±1000, and every gradient has
# the right shape. Two of them are wrong, and one of these nearly never.


# %%
def version_a(Z, Y):
    """Return the loss: version A."""
    larger, smaller = Z.relu(), -(-Z).relu()
    losses = larger + (1 + (smaller - larger).exp()).log() - Z * Y
    return losses.mean()


def version_b(Z, Y):
    """Return the loss: version B."""
    larger = np.maximum(Z.value, 0)
    powers = np.exp(-larger) + (Z - larger).exp()
    losses = larger + powers.log() - Z * Y
    return losses.mean()


def version_c(Z, Y):
    """Return the loss: version C."""
    larger = np.maximum(Z.value, 0)
    powers = np.exp(-larger) + np.exp(Z.value - larger)
    losses = larger + np.log(powers) - Z * Y
    return losses.mean()


# %% [markdown]
# Ask of each name: is it a node, or was it taken out of the graph? And if it was: may it be? Then
# call the right one from the function below, as `return version_a(Z, Y)` would, or write it
# yourself. If you choose a wrong one, `check` says what is wrong with it.


# %%
def binary_cross_entropy_node(Z, Y):
    """Mean of log(1 + e^Z) − Z Y over all entries, in nodes.

    Z: a node (n, q), Y: (n, q), of 0 and 1. Returns a node of one number.
    """
    # BEGIN SOLUTION
    return version_b(Z, Y)
    # END SOLUTION


# %%
check(binary_cross_entropy_node)

# %% [markdown]
# ## Where you are

# %%
progress()

# %% [markdown]
# All eight passed? Then you have written every gradient of this course, and at last the lines that
# write them for you.
