"""Right answers to the exercises of chapter 03, each written in another way."""

import cmath
import math

import numpy as np


def errors_as_slopes(w, h):
    one, both, aside = 3 * w * w + 3 * w * h + h * h, 3 * w * w + h * h, 3 * w * w - h * h
    return one - 3 * w * w, both - 3 * w * w, aside - 3 * w * w


def errors_factored(w, h):
    return h * (3 * w + h), h * h, -h * h


def errors_in_a_list(w, h):
    return [3 * h * w + h**2, h**2, (1j * h).real - h**2]


def errors_from_derivatives(w, h):
    second, third = 6 * w, 6
    return second / 2 * h + third / 6 * h**2, third / 6 * h**2, -third / 6 * h**2


def errors_as_numpy_has_them(w, h):
    square = np.square(np.float64(h))
    return square + 3 * w * h, square, np.negative(square)


def difference_in_turn(function, value, h):
    gradient, nudged = np.empty_like(value), value.copy()
    for index, before in np.ndenumerate(value):
        nudged[index] = before + h
        up = function(nudged)
        nudged[index] = before - h
        gradient[index] = 0.5 * (up - function(nudged)) / h
        nudged[index] = before
    return gradient


def difference_flat(function, value, h):
    def at(flat):
        return function(flat.reshape(value.shape))

    flat = value.ravel()
    steps = h * np.eye(value.size)
    slopes = [(at(flat + step) - at(flat - step)) / (2 * h) for step in steps]
    return np.reshape(slopes, value.shape)


def difference_with_the_iterator(function, value, h):
    gradient = np.zeros(value.shape)
    places = np.nditer(value, flags=["multi_index"])
    for _ in places:
        step = np.zeros(value.shape)
        step[places.multi_index] = h
        gradient[places.multi_index] = (function(value + step) - function(value - step)) / h / 2
    return gradient


def difference_of_means(function, value, h):
    gradient = np.zeros_like(value)
    for k in range(value.size):
        step = np.zeros_like(value)
        step.flat[k] = h
        up, here, down = function(value + step), function(value), function(value - step)
        gradient.flat[k] = ((up - here) / h + (here - down) / h) / 2
    return gradient


def difference_of_one_quotient(function, value, h):
    def slope(index):
        above, below = np.array(value), np.array(value)
        above[index], below[index] = above[index] + h, below[index] - h
        return (function(below) - function(above)) / (-2 * h)

    return np.array([slope(index) for index in np.ndindex(*value.shape)]).reshape(value.shape)


def step_in_turn(function, value, h):
    gradient, nudged = np.zeros(value.shape), value + 0j
    for index, before in np.ndenumerate(value):
        nudged[index] = complex(before, h)
        gradient[index] = np.imag(function(nudged)) / h
        nudged[index] = before
    return gradient


def step_flat(function, value, h):
    slopes = [
        function((value.ravel() + 1j * h * unit).reshape(value.shape)).imag / h
        for unit in np.eye(value.size)
    ]
    return np.array(slopes).reshape(value.shape)


def step_with_a_table_of_zeros(function, value, h):
    gradient = np.empty_like(value)
    for index in np.ndindex(value.shape):
        step = np.zeros(value.shape, complex)
        step[index] = 1j
        gradient[index] = (function(value + h * step) / h).imag
    return gradient


def step_downward(function, value, h):
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        nudged = value.astype(np.complex128)
        nudged[index] -= 1j * h
        gradient[index] = -function(nudged).imag / h
    return gradient


def step_by_conjugates(function, value, h):
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        nudged = np.array(value, complex)
        nudged[index] += cmath.rect(h, math.pi / 2).imag * 1j
        found = function(nudged)
        gradient[index] = ((found - np.conj(found)) / 2j).real / h
    return gradient


def error_by_roots(ours, slow):
    lengths = [math.sqrt((array**2).sum()) for array in (ours, slow, ours - slow)]
    return lengths[2] / max(lengths[:2]) if any(lengths) else 0.0


def error_of_flat_ones(ours, slow):
    a, b = ours.ravel(), slow.ravel()
    if not (a.any() or b.any()):
        return 0.0
    return float(np.sqrt((a - b) @ (a - b)) / np.sqrt(max(a @ a, b @ b)))


def error_by_loops(ours, slow):
    apart = long = longer = 0.0
    for a, b in zip(ours.flat, slow.flat, strict=True):
        apart, long, longer = apart + (a - b) ** 2, long + a * a, longer + b * b
    return (apart / max(long, longer)) ** 0.5 if max(long, longer) else 0.0


def error_by_einsum(ours, slow):
    def length(array):
        return np.sqrt(np.einsum("i,i->", array.ravel(), array.ravel()))

    longer = np.maximum(length(ours), length(slow))
    return np.float64(0) if longer == 0 else length(slow - ours) / longer


def error_with_hypot(ours, slow):
    ours, slow = ours.ravel().tolist(), slow.ravel().tolist()
    apart = math.hypot(*(a - b for a, b in zip(ours, slow, strict=True)))
    return apart / (max(math.hypot(*ours), math.hypot(*slow)) or 1.0)


def along_with_a_longer_step(function, value, direction, h):
    length = np.sqrt((direction**2).sum())
    step = h / length
    up, down = function(value + step * direction), function(value - step * direction)
    return (up - down) / (2 * step * length)


def along_a_line(function, value, direction, h):
    unit = direction / np.linalg.norm(direction.ravel())

    def on_the_line(t):
        return function(value + t * unit)

    return (on_the_line(h) - on_the_line(-h)) / h / 2


def along_on_own_copies(function, value, direction, h):
    above, below = value.copy(), value.copy()
    step = direction * (h / math.hypot(*direction.ravel()))
    above += step
    below -= step
    return 0.5 * (function(above) - function(below)) / h


def along_by_two_sides(function, value, direction, h):
    u = direction * np.vdot(direction, direction) ** -0.5
    here = function(value)
    forth, back = (function(value + h * u) - here) / h, (here - function(value - h * u)) / h
    return (forth + back) / 2


def along_by_einsum(function, value, direction, h):
    flat = direction.ravel()
    u = direction / np.sqrt(np.einsum("i,i->", flat, flat))
    ends = [function(value + sign * h * u) for sign in (-1, 1)]
    return np.diff(ends)[0] / (2 * h)


def _passes(X, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    Z2 = A1 @ W2 + b2
    P = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    return A1, P / P.sum(axis=1, keepdims=True)


def network_by_one_hot(X, Y, W1, b1, W2, b2):
    A1, P = _passes(X, W1, b1, W2, b2)
    dZ2 = (P - np.eye(len(b2), dtype=P.dtype)[Y]) / len(Y)
    dZ1 = (1 - A1 * A1) * (dZ2 @ W2.T)
    return X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)


def network_with_one_over_n_last(X, Y, W1, b1, W2, b2):
    A1, P = _passes(X, W1, b1, W2, b2)
    dZ2 = P
    dZ2[range(len(Y)), Y] -= 1
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1 / len(X), dZ1.mean(axis=0), A1.T @ dZ2 / len(X), dZ2.mean(axis=0)


def network_by_einsum(X, Y, W1, b1, W2, b2):
    A1, P = _passes(X, W1, b1, W2, b2)
    dZ2 = (P - np.eye(len(b2), dtype=P.dtype)[Y]) / len(Y)
    dZ1 = np.einsum("ik,jk,ij->ij", dZ2, W2, 1 - A1**2)
    dW1, dW2 = np.einsum("ij,ik->jk", X, dZ1), np.einsum("ij,ik->jk", A1, dZ2)
    return dW1, np.einsum("ij->j", dZ1), dW2, np.einsum("ij->j", dZ2)


def network_by_example(X, Y, W1, b1, W2, b2):
    A1, P = _passes(X, W1, b1, W2, b2)
    dW1, db1, dW2, db2 = (np.zeros_like(value) for value in (W1, b1, W2, b2))
    for x, y, a1, p in zip(X, Y, A1, P, strict=True):
        dz2 = p / len(X)
        dz2[y] -= 1 / len(X)
        dz1 = (W2 @ dz2) * (1 - a1**2)
        dW1 += np.outer(x, dz1)
        db1 += dz1
        dW2 += np.outer(a1, dz2)
        db2 += dz2
    return dW1, db1, dW2, db2


def network_in_columns(X, Y, W1, b1, W2, b2):
    A1, P = (value.T for value in _passes(X, W1, b1, W2, b2))
    dZ2 = P.copy()
    dZ2[Y, np.arange(len(Y))] -= 1
    dZ2 /= len(Y)
    dZ1 = (W2 @ dZ2) * (1 - A1**2)
    return (dZ1 @ X).T, dZ1.sum(axis=1), (dZ2 @ A1.T).T, dZ2.sum(axis=1)


RIGHT = {
    "predicted_errors": (
        errors_as_slopes,
        errors_factored,
        errors_in_a_list,
        errors_from_derivatives,
        errors_as_numpy_has_them,
    ),
    "central_difference": (
        difference_in_turn,
        difference_flat,
        difference_with_the_iterator,
        difference_of_means,
        difference_of_one_quotient,
    ),
    "complex_step": (
        step_in_turn,
        step_flat,
        step_with_a_table_of_zeros,
        step_downward,
        step_by_conjugates,
    ),
    "relative_error": (
        error_by_roots,
        error_of_flat_ones,
        error_by_loops,
        error_by_einsum,
        error_with_hypot,
    ),
    "slope_along": (
        along_with_a_longer_step,
        along_a_line,
        along_on_own_copies,
        along_by_two_sides,
        along_by_einsum,
    ),
    "network_gradients": (
        network_by_one_hot,
        network_with_one_over_n_last,
        network_by_einsum,
        network_by_example,
        network_in_columns,
    ),
}
