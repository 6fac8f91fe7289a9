"""The same training step in three hands: ours, a good PyTorch user's, and most people's numpy."""

import itertools
from dataclasses import dataclass

import numpy as np
import torch

import backprop_lib as bl

LEARNING_RATE = 1e-3
BATCHES = 32  # different ones, so that no network learns a single batch by heart


@dataclass(frozen=True)
class Net:
    """Dense layers of these sizes; batch norm and dropout stand behind the hidden ones."""

    sizes: tuple
    batch_size: int
    batch_norm: bool = False
    drop_prob: float = 0.0

    @property
    def dense(self):
        """The (p, q) of each dense layer."""
        return list(itertools.pairwise(self.sizes))

    def describe(self):
        """Return the net in words."""
        parts = ["-".join(map(str, self.sizes))]
        parts += ["batch norm"] * self.batch_norm + ["dropout"] * bool(self.drop_prob)
        return ", ".join([*parts, f"batch {self.batch_size}"])

    def batches(self, rng):
        """Return standard normal X, float32, and any labels Y."""
        n, p, K = self.batch_size, self.sizes[0], self.sizes[-1]
        return [
            (rng.standard_normal((n, p), np.float32), rng.integers(0, K, n)) for _ in range(BATCHES)
        ]


NETS = {
    "S": Net((64, 64, 32, 10), 64),
    "M": Net((784, 256, 128, 10), 128, batch_norm=True, drop_prob=0.2),
    "L": Net((784, 1024, 1024, 10), 512, batch_norm=True),
}


def our_network(net, rng):
    """Return the network as a reader writes it, in float64."""
    layers = []
    for p, q in net.dense[:-1]:
        layers += [bl.Dense(bl.he(p, q, rng))]
        layers += [bl.BatchNorm(q)] if net.batch_norm else []
        layers += [bl.ReLU()]
        layers += [bl.Dropout(net.drop_prob, rng)] if net.drop_prob else []
    return bl.Network(*layers, bl.Dense(bl.he(*net.dense[-1], rng)))


def ours(net, seed=0):
    """Return one step of ours, every check on."""
    rng = np.random.default_rng(seed)
    network = our_network(net, rng).copy(np.float32)
    optimizer = bl.Adam(LEARNING_RATE)
    batches = itertools.cycle(net.batches(rng))

    def step():
        X, Y = next(batches)
        network.backpropagate(X, Y)
        optimizer.step(network.parameters, network.gradients)

    return step


def torch_network(net):
    """Return the same layers in PyTorch's words."""
    layers = []
    for p, q in net.dense[:-1]:
        layers += [torch.nn.Linear(p, q)]
        layers += [torch.nn.BatchNorm1d(q)] if net.batch_norm else []
        layers += [torch.nn.ReLU()]
        layers += [torch.nn.Dropout(net.drop_prob)] if net.drop_prob else []
    return torch.nn.Sequential(*layers, torch.nn.Linear(*net.dense[-1]))


def torch_eager(net, seed=0, **adam):
    """Return one step of PyTorch's, eager; `adam` are its Adam's settings."""
    torch.manual_seed(seed)
    network = torch_network(net)
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, **adam)
    loss_function = torch.nn.CrossEntropyLoss()
    batches = itertools.cycle(
        [tuple(map(torch.from_numpy, pair)) for pair in net.batches(np.random.default_rng(seed))]
    )

    def step():
        X, Y = next(batches)
        optimizer.zero_grad(set_to_none=True)
        loss = loss_function(network(X), Y)
        loss.backward()
        optimizer.step()

    return step


def floor(net, seed=0):
    """Return the step's matrix products and nothing else: each layer's X W, Xᵀ dZ and dZ Wᵀ."""
    rng = np.random.default_rng(seed)
    n, batches = net.batch_size, itertools.cycle(net.batches(rng))

    def drawn(*shape):
        return rng.standard_normal(shape, np.float32)

    layers = [(drawn(n, p), drawn(p, q), drawn(n, q)) for p, q in net.dense]
    (_, W1, dZ1), *others = layers

    def step():
        X1, _ = next(batches)
        X1 @ W1
        for X, W, _ in others:
            X @ W
        for X, W, dZ in others:
            X.T @ dZ
            dZ @ W.T
        X1.T @ dZ1  # nobody asks for the first layer's dX

    return step
