"""A ledger that says right has to notice when the library is not: break it, and see which fail."""

import sys

import numpy as np
import pytest

from backprop_lib.ledger import ROWS


def scaled(function, k):
    """Return a function whose k-th result is twice as long."""

    def broken(*arguments, **settings):
        results = list(function(*arguments, **settings))
        results[k] = 2 * results[k]
        return tuple(results)

    return broken


def written_twice(name):
    """Break what a Dense layer writes into its gradients."""

    def breaker(dense):
        class Broken(dense):
            def _keep_gradients(self, dZ):
                dZ = super()._keep_gradients(dZ)
                getattr(self, name)[...] *= 2
                return dZ

        return Broken

    return breaker


def passing_on(dA, Z):
    return np.positive(dA)


def unshifted(Z):
    powers = np.exp(np.asarray(Z))
    return powers / powers.sum(axis=1, keepdims=True)


def diagonal(dP, Z):
    P = unshifted(Z)
    return dP * P * (1 - P)


def without_beta(forward):
    def broken(X, gamma, beta, **settings):
        return forward(X, gamma, 0 * beta, **settings)

    return broken


def over_units(X, gamma, beta, *, epsilon=1e-5):
    mean, variance = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    X_hat = (X - mean) / np.sqrt(variance + epsilon)
    return gamma * X_hat + beta, X_hat, X.mean(axis=0), X.var(axis=0)


def no_neighbours(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    dX = dH * gamma / np.sqrt(variance + epsilon)
    return dX, (dH * X_hat).sum(axis=0), dH.sum(axis=0)


def as_in_training(X, gamma, beta, mean, variance, *, epsilon=1e-5):
    centred = X - X.mean(axis=0)
    return gamma * centred / np.sqrt((centred**2).mean(axis=0) + epsilon) + beta


def unscaled(A, drop_prob, rng):
    M = 1.0 * (rng.random(A.shape) >= drop_prob)
    return A * M, M


def uphill(optimizer):
    class Uphill(optimizer):
        def update(self, theta, g, *rest):
            return super().update(theta, -g, *rest)

    return Uphill


def forgetful(optimizer):
    class Forgetful(optimizer):
        def step(self, *arguments):
            self.t = 0
            return super().step(*arguments)

    return Forgetful


def whole_batch(train):
    def broken(network, X, Y, optimizer, *, batch_size, **settings):
        return train(network, X, Y, optimizer, batch_size=len(X), **settings)

    return broken


# The library's function, what it is broken into, and the rows that have to fail by it.
BROKEN = [
    ("dense_forward", "b forgotten", lambda f: lambda X, W, b: f(X, W, 0 * b), "A2 C1"),
    ("dense_backward", "dX twice", lambda f: scaled(f, 0), "A8 A11 B11 C17"),
    ("dense_backward", "dW twice", lambda f: scaled(f, 1), "A6 B3 C15 C21"),
    ("dense_backward", "db twice", lambda f: scaled(f, 2), "A7 B4 C16"),
    ("Dense", "dW twice", written_twice("dW"), "B8 C26 X1"),
    ("Dense", "db twice", written_twice("db"), "B9"),
    ("relu_forward", "linear", lambda f: np.positive, "C2"),
    ("relu_backward", "no mask", lambda f: passing_on, "C3 C13 C14 C21 C26"),
    ("tanh_forward", "linear", lambda f: np.positive, "A3 A5 B5 B6"),
    ("tanh_backward", "no slope", lambda f: passing_on, "A5 A7 B5 B6 B7 B8 B9 X1"),
    ("sigmoid_forward", "linear", lambda f: np.positive, "B2 B12 B13"),
    ("sigmoid_backward", "no slope", lambda f: passing_on, "B12 B13"),
    ("softmax", "not shifted", lambda f: unshifted, "C9"),
    ("softmax_backward", "the diagonal alone", lambda f: diagonal, "A5 B6"),
    (
        "softmax_cross_entropy_forward",
        "a sum",
        lambda f: lambda Z, Y: (f(Z, Y)[0] * len(Y), f(Z, Y)[1]),
        "B2 C8 C11 C15 C16 C17 X1 X2 X3 A4 A6",
    ),
    (
        "softmax_cross_entropy_backward",
        "without 1/n",
        lambda f: lambda P, Y: f(P, Y) * len(Y),
        "B2 B3 B8 C11 C15 C16 C17 C26 X1",
    ),
    (
        "softmax_cross_entropy_backward",
        "Σ y taken for 1",
        lambda f: lambda P, Y: (P - Y) / len(Y) if np.ndim(Y) == 2 else f(P, Y),
        "C11",
    ),
    (
        "binary_cross_entropy_backward",
        "the outputs summed",
        lambda f: lambda P, Y: f(P, Y) * P.shape[1],
        "B2",
    ),
    ("mean_squared_error_backward", "without 2", lambda f: lambda Z, Y: f(Z, Y) / 2, "B2"),
    ("batch_norm_forward", "β forgotten", without_beta, "C6"),
    ("batch_norm_forward", "over the units", lambda f: over_units, "C4"),
    ("batch_norm_backward", "no neighbours", lambda f: no_neighbours, "C3 C18 C19 C21"),
    ("batch_norm_backward", "dγ twice", lambda f: scaled(f, 1), "C19"),
    ("batch_norm_backward", "dβ twice", lambda f: scaled(f, 2), "C19"),
    ("batch_norm_evaluate_forward", "as in training", lambda f: as_in_training, "C4 C18"),
    ("batch_norm_evaluate_backward", "twice", lambda f: scaled(f, 0), "C18"),
    ("dropout_forward", "unscaled", lambda f: unscaled, "C7"),
    ("dropout_backward", "unscaled", lambda f: lambda dH, M: dH * (M > 0), "C20 C21"),
    ("SGD", "uphill", uphill, "C22"),
    ("Adam", "always its first step", forgetful, "C23"),
    ("train", "the whole batch at once", whole_batch, "C24"),
]
ONLY_NUMBERS = {"A12", "C12", "C25"}  # nothing there has to agree, or to fail


def kept_by_classes(modules, function):
    """Return (class, attribute) wherever a layer or a loss holds the function as its own."""
    classes = {value for module in modules for value in vars(module).values() if is_class(value)}
    return [
        (owner, slot)
        for owner in classes
        for slot, value in vars(owner).items()
        if isinstance(value, staticmethod) and value.__func__ is function
    ]


def is_class(value):
    return isinstance(value, type) and value.__module__.startswith("backprop_lib")


def failing(monkeypatch, name, breaker):
    """Put the broken function wherever the library uses it; return the rows that then fail."""
    modules = [module for key, module in sys.modules.items() if key.startswith("backprop_lib")]
    original = next(vars(module)[name] for module in modules if name in vars(module))
    broken = breaker(original)
    with monkeypatch.context() as patch, np.errstate(all="ignore"):
        for module in modules:
            if vars(module).get(name) is original:
                patch.setattr(module, name, broken)
        for owner, slot in kept_by_classes(modules, original):
            patch.setattr(owner, slot, staticmethod(broken))
        return {row.id for row in ROWS.values() if not all(f.holds for f in row.measure())}


@pytest.mark.parametrize(
    ("name", "breaker", "expected"),
    [(name, breaker, expected) for name, _, breaker, expected in BROKEN],
    ids=[f"{name}: {words}" for name, words, _, _ in BROKEN],
)
def test_a_broken_library_is_noticed(monkeypatch, name, breaker, expected):
    assert set(expected.split()) <= failing(monkeypatch, name, breaker)


def test_every_row_that_uses_the_library_can_fail(monkeypatch):
    noticed = set()
    for name, _, breaker, _ in BROKEN:
        noticed |= failing(monkeypatch, name, breaker)
    checked = {row.id for row in ROWS.values() if row.check}
    assert checked - noticed == ONLY_NUMBERS
