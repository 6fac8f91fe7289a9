"""The network of notes A and B, with its examples in columns, on top of the library's own rows."""

from itertools import pairwise

import numpy as np

from backprop_lib.activations import Tanh, tanh_forward
from backprop_lib.dense import Dense, dense_forward
from backprop_lib.losses import softmax_cross_entropy_forward
from backprop_lib.network import Network
from backprop_lib.softmax import softmax


class ColumnNetwork:
    """tanh layers, then softmax cross-entropy, with random weights and m random examples.

    Every value has its name: A0 is X, then W1, b1, Z1, A1 and so on up to A{L}. In columns
    A0 is (p, m), W1 is (q, p), b1 is (q, 1) and Z1 is (q, m).
    """

    def __init__(self, rng, sizes=(5, 4, 3), m=7):
        self.L, self.m = len(sizes) - 1, m
        self.given = {"A0": rng.standard_normal((sizes[0], m))}
        for level, (p, q) in enumerate(pairwise(sizes), start=1):
            self.given[f"W{level}"] = rng.standard_normal((q, p))
            self.given[f"b{level}"] = rng.standard_normal((q, 1))
        self.labels = rng.integers(0, sizes[-1], m)
        self.Y = np.eye(sizes[-1])[self.labels].T
        self.values = self.forward()

    def __getitem__(self, name):
        return self.values[name]

    def forward(self, **changed):
        """Return every value by its name; those in `changed` stand instead of the network's."""
        values = self.given | changed
        for level in range(1, self.L + 1):
            X, W, b = values[f"A{level - 1}"], values[f"W{level}"], values[f"b{level}"]
            Z = values.setdefault(f"Z{level}", dense_forward(X.T, W.T, b[:, 0]).T)
            A = softmax(Z.T).T if level == self.L else tanh_forward(Z)
            values.setdefault(f"A{level}", A)
        return values

    def truth(self, gradient, name):
        """Return ∂(mean loss)/∂(the value of that name), found slowly by `gradient`."""

        def loss(value):
            Z = self.forward(**{name: value})[f"Z{self.L}"]
            return softmax_cross_entropy_forward(Z.T, self.labels)[0]

        return gradient(loss, self[name])

    def in_rows(self):
        """Return the same network as the library has it; its X is A0.T."""
        layers = []
        for level in range(1, self.L + 1):
            layers += [Dense(self[f"W{level}"].T, self[f"b{level}"][:, 0]), Tanh()]
        return Network(*layers[:-1])
