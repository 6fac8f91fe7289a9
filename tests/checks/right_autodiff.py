"""Right answers to the exercises of chapter 10, each written in another way."""

from collections import deque
from graphlib import TopologicalSorter

import numpy as np

from backprop_lib import (
    binary_cross_entropy_backward,
    binary_cross_entropy_forward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.autodiff import Node
from backprop_lib.autodiff import sum_to_shape as summed


def product_by_loop(d, a, b):
    da, db = np.empty_like(a), np.empty_like(b)
    for place in np.ndindex(d.shape):
        da[place], db[place] = d[place] * b[place], a[place] * d[place]
    return da, db


def matmul_by_example(d, X, W):
    dW = np.zeros_like(W)
    for i in range(len(X)):
        dW += np.outer(X[i], d[i])
    return np.stack([W @ row for row in d]), dW


def sum_in_a_while(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = np.add.reduce(gradient)
    for axis, size in enumerate(shape):
        if size < gradient.shape[axis]:
            gradient = np.expand_dims(gradient.sum(axis), axis)
    return gradient


def sum_from_behind(gradient, shape):
    for k in range(1, gradient.ndim + 1):
        if k > len(shape) or shape[-k] == 1:
            gradient = gradient.sum(axis=-k, keepdims=True)
    return gradient.reshape(shape)


def sum_over_all_at_once(gradient, shape):
    full = (1,) * (gradient.ndim - len(shape)) + shape
    axes = tuple(k for k in range(gradient.ndim) if full[k] != gradient.shape[k])
    return np.reshape(np.sum(gradient, axis=axes), shape)


def sum_by_entries(gradient, shape):
    total = np.zeros(shape, gradient.dtype)
    number = np.broadcast_to(np.arange(total.size).reshape(shape), gradient.shape)
    np.add.at(total.reshape(-1), number, gradient)
    return total


def sum_by_copies(gradient, shape):
    total = np.zeros_like(gradient, shape=shape)
    copies = [np.broadcast_to(total, gradient.shape).strides[k] == 0 for k in range(gradient.ndim)]
    for place in np.ndindex(gradient.shape):
        inside = [0 if copied else i for i, copied in zip(place, copies, strict=True)]
        total[tuple(inside[gradient.ndim - len(shape) :])] += gradient[place]
    return total


def order_by_the_standard_library(end):
    graph, waiting = {}, [end]
    while waiting:
        node = waiting.pop()
        if node not in graph:
            graph[node] = node.inputs
            waiting.extend(node.inputs)
    return [*TopologicalSorter(graph).static_order()]


def order_by_counting_uses(end):
    uses, near, order = {end: 0}, [end], deque()
    for node in near:
        for one in node.inputs:
            if one not in uses:
                uses[one] = 0
                near.append(one)
            uses[one] += 1
    ready = [end]
    while ready:
        node = ready.pop()
        order.appendleft(node)
        for one in node.inputs:
            uses[one] -= 1
            if uses[one] == 0:
                ready.append(one)
    return [*order]


def order_with_an_iterator_each(end):
    order, met, stack = [], {end}, [(end, iter(end.inputs))]
    while stack:
        node, left = stack[-1]
        for one in left:
            if one not in met:
                met.add(one)
                stack.append((one, iter(one.inputs)))
                break
        else:
            order.append(node)
            stack.pop()
    return order


def order_that_is_yielded(end):
    stood, waiting = set(), [end]
    while waiting:
        missing = [one for one in waiting[-1].inputs if one not in stood]
        if missing:
            waiting += missing
        elif (node := waiting.pop()) not in stood:
            stood.add(node)
            yield node


def order_by_depth(end):
    depth, waiting = {}, [end]
    while waiting:
        node = waiting[-1]
        missing = [one for one in node.inputs if one not in depth]
        waiting.extend(missing)
        if not missing:
            depth[node] = 1 + max((depth[one] for one in node.inputs), default=0)
            waiting.pop()
    return tuple(sorted(depth, key=depth.get))


def backward_with_a_dict(end):
    gradients = {end: np.ones_like(end.value)}
    for node in reversed(order_by_the_standard_library(end)):
        node.gradient = gradients[node]
        parts = node.rule(node.gradient) if node.inputs else ()
        for one, part in zip(node.inputs, parts, strict=True):
            part = summed(part, one.shape)
            gradients[one] = gradients[one] + part if one in gradients else part


def backward_with_none(end):
    order = order_by_counting_uses(end)
    for node in order:
        node.gradient = None
    end.gradient = np.full_like(end.value, 1)
    for node in order[::-1]:
        if not node.inputs:
            continue
        for one, part in zip(node.inputs, node.rule(node.gradient), strict=True):
            part = sum_from_behind(np.asarray(part), one.shape)
            one.gradient = part if one.gradient is None else one.gradient + part


def backward_as_they_become_ready(end):
    left = {}
    for node in (order := order_that_is_yielded(end)):
        node.gradient = 0 * node.value
        for one in node.inputs:
            left[one] = left.get(one, 0) + 1
    end.gradient, ready = end.gradient + 1, [end]
    while ready:
        node = ready.pop(0)
        parts = node.rule(node.gradient) if node.rule else []
        for k, one in enumerate(node.inputs):
            one.gradient = one.gradient + summed(parts[k], one.shape)
            left[one] -= 1
            ready += [one] * (left[one] == 0)
    return order


def backward_by_collecting(end):
    parts = {end: [np.ones(end.shape, end.value.dtype)]}
    for node in reversed(order_by_depth(end)):
        node.gradient = sum(parts[node])
        if node.inputs:
            for one, part in zip(node.inputs, node.rule(node.gradient), strict=True):
                parts.setdefault(one, []).append(summed(part, one.shape))
    return end


def backward_by_pulling(end):
    order = order_with_an_iterator_each(end)
    parts = {node: [] for node in order}
    while order:
        node = order.pop()
        total = np.zeros_like(node.value) if node is not end else np.ones_like(node.value)
        for part in parts[node]:
            total = np.add(total, part)
        node.gradient = total
        for place, one in enumerate(node.inputs):
            parts[one].append(sum_in_a_while(node.rule(total)[place], one.shape))


def loss_in_primitives(Z, Y):
    shifted = Z - Z.value.max(axis=1, keepdims=True)
    log_P = shifted - shifted.exp().sum(axis=1, keepdims=True).log()
    return -log_P[np.arange(len(Y)), Y].mean()


def loss_by_onehot(Z, Y):
    onehot = np.eye(Z.shape[1], dtype=Z.value.dtype)[Y]
    shift = Z.value.max(axis=1, keepdims=True)
    total = (Z - shift).exp().sum(axis=1, keepdims=True).log() + shift
    return (total - (Z * onehot).sum(axis=1, keepdims=True)).sum() / len(Y)


def loss_with_a_lambda(Z, Y):
    loss, P = softmax_cross_entropy_forward(Z.value, Y)
    dZ = softmax_cross_entropy_backward(P, Y)
    return Node(loss, (Z,), lambda d: (dZ * d,), "loss")


def loss_with_a_rule_by_examples(Z, Y):
    def rule(d):
        dZ = np.zeros_like(Z.value)
        for i, y in enumerate(Y):
            powers = np.exp(Z.value[i] - Z.value[i].max())
            dZ[i] = d / len(Y) * powers / powers.sum()
            dZ[i, y] -= d / len(Y)
        return (dZ,)

    return Node(softmax_cross_entropy_forward(Z.value, Y)[0], inputs=(Z,), rule=rule)


def loss_of_two_nodes(Z, Y):
    top = Z.value.max(axis=1, keepdims=True)
    P = np.exp(Z.value - top)
    total = P.sum(axis=1, keepdims=True)
    P = P / total
    log_sum = Node(top + np.log(total), (Z,), lambda d: (d * P,), "log Σ e")
    return (log_sum[:, 0] - Z[np.arange(len(Y)), Y]).mean()


def predicted_by_slopes():
    a = 3.0
    return 1 + 1, a, 2 * (a + a), 2**3, 0 * a, a + a


def predicted_by_an_engine():
    found = []
    for compute in (
        lambda a: a + a,
        lambda a: a * a.value,
        lambda a: 2 * (a * a),
        lambda a: 8 * a,
        lambda a: (1 - a).relu() * a,
        lambda a: a * a,
    ):
        a = Node(3.0)
        compute(a).backward()
        found.append(a.gradient.item())
    return found


def binary_by_one_rule(Z, Y):
    loss, P = binary_cross_entropy_forward(Z.value, Y)
    return Node(loss, (Z,), lambda d: (d * binary_cross_entropy_backward(P, Y),))


def binary_with_the_sigmoid_as_rule(Z, Y):
    z = Z.value
    slope = np.exp(-np.logaddexp(0, -z))
    softplus = Node(np.logaddexp(0, z), (Z,), lambda d: (d * slope,))
    return (softplus - Y * Z).sum() / z.size


def binary_shifted_by_a_node(Z, Y):
    top = Z.relu()  # what comes back by way of it adds to 0
    return (top + ((-top).exp() + (Z - top).exp()).log() - Z * Y).mean()


def binary_with_the_labels_inside(Z, Y):
    turned = Z * (1 - 2 * Y)
    top = np.where(turned.value > 0, turned.value, 0)
    return (((turned - top).exp() + np.exp(-top)).log() + top).mean()


def binary_by_selection(Z, Y):
    up = (Z.value > 0).astype(Z.value.dtype)
    size = Z * (2 * up - 1)
    return (Z * (up - Y) + (1 + (-size).exp()).log()).mean()


RIGHT = {
    "product_rule": [
        product_by_loop,
        lambda d, a, b: (b * d, a * d),
        lambda d, a, b: [np.multiply(d, b), np.multiply(d, a)],
        lambda d, a, b: (np.einsum("ij,ij->ij", d, b), np.einsum("ij,ij->ij", d, a)),
        lambda d, a, b: tuple(d * other for other in (b, a)),
    ],
    "matmul_rule": [
        matmul_by_example,
        lambda d, X, W: (np.dot(d, W.T), np.dot(X.T, d)),
        lambda d, X, W: ((W @ d.T).T, (d.T @ X).T),
        lambda d, X, W: (np.einsum("ik,jk->ij", d, W), np.einsum("ij,ik->jk", X, d)),
        lambda d, X, W: [np.matmul(d, np.swapaxes(W, 0, 1)), np.transpose(X) @ d],
    ],
    "sum_to_shape": [
        sum_in_a_while,
        sum_from_behind,
        sum_over_all_at_once,
        sum_by_entries,
        sum_by_copies,
    ],
    "topological_order": [
        order_by_the_standard_library,
        order_by_counting_uses,
        order_with_an_iterator_each,
        order_that_is_yielded,
        order_by_depth,
    ],
    "backward": [
        backward_with_a_dict,
        backward_with_none,
        backward_as_they_become_ready,
        backward_by_collecting,
        backward_by_pulling,
    ],
    "softmax_cross_entropy_node": [
        loss_in_primitives,
        loss_by_onehot,
        loss_with_a_lambda,
        loss_with_a_rule_by_examples,
        loss_of_two_nodes,
    ],
    "predicted_gradients": [
        predicted_by_slopes,
        predicted_by_an_engine,
        lambda: (2, 3, 12, 8, 0, 6),
        lambda: [2.0, 3.0, 12.0, 8.0, 0.0, 6.0],
        lambda: np.array([2, 3, 12, 8, 0, 6.0]).tolist(),
    ],
    "binary_cross_entropy_node": [
        binary_by_one_rule,
        binary_with_the_sigmoid_as_rule,
        binary_shifted_by_a_node,
        binary_with_the_labels_inside,
        binary_by_selection,
    ],
}
