"""A training loop in numpy as most people write it: dictionaries, one array at a time."""

import itertools

import numpy as np

EPSILON = 1e-5
BETA1, BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8


class Plain:
    """Dense layers with ReLU, batch norm and dropout where the net has them, and Adam."""

    def __init__(self, net, learning_rate, rng):
        self.net, self.learning_rate, self.rng = net, learning_rate, rng
        self.last = len(net.dense)
        self.parameters = {}
        for number, (p, q) in enumerate(net.dense, start=1):
            W = rng.standard_normal((p, q)) * np.sqrt(2 / p)
            self.parameters[f"W{number}"] = W.astype(np.float32)
            self.parameters[f"b{number}"] = np.zeros(q, np.float32)
            if net.batch_norm and number < self.last:
                self.parameters[f"gamma{number}"] = np.ones(q, np.float32)
                self.parameters[f"beta{number}"] = np.zeros(q, np.float32)
        self.running = {
            name: [np.zeros_like(value), np.ones_like(value)]
            for name, value in self.parameters.items()
            if name.startswith("gamma")
        }
        self.m = {name: np.zeros_like(value) for name, value in self.parameters.items()}
        self.v = {name: np.zeros_like(value) for name, value in self.parameters.items()}
        self.t = 0

    def forward(self, X):
        """Return the probabilities and a cache of everything on the way."""
        theta, cache, A = self.parameters, {}, X
        for k in range(1, self.last + 1):
            cache[f"A{k - 1}"] = A
            Z = A @ theta[f"W{k}"] + theta[f"b{k}"]
            if k == self.last:
                break
            if self.net.batch_norm:
                mean, variance = Z.mean(axis=0), Z.var(axis=0)
                X_hat = (Z - mean) / np.sqrt(variance + EPSILON)
                Z = theta[f"gamma{k}"] * X_hat + theta[f"beta{k}"]
                running = self.running[f"gamma{k}"]
                running[0] = 0.9 * running[0] + 0.1 * mean
                running[1] = 0.9 * running[1] + 0.1 * variance
                cache[f"X_hat{k}"], cache[f"variance{k}"] = X_hat, variance
            A = np.maximum(0, Z)
            cache[f"Z{k}"] = Z
            if self.net.drop_prob:
                keep = 1 - self.net.drop_prob
                mask = (self.rng.random(A.shape) < keep).astype(np.float32) / np.float32(keep)
                A = A * mask
                cache[f"mask{k}"] = mask
        powers = np.exp(Z - Z.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True), cache

    def backward(self, P, Y_one_hot, cache):
        """Return the gradients, by name."""
        theta, gradients, n = self.parameters, {}, len(P)
        dZ = (P - Y_one_hot) / n
        for k in range(self.last, 0, -1):
            gradients[f"W{k}"] = cache[f"A{k - 1}"].T @ dZ
            gradients[f"b{k}"] = np.sum(dZ, axis=0)
            if k == 1:
                break
            dA = dZ @ theta[f"W{k}"].T
            if self.net.drop_prob:
                dA = dA * cache[f"mask{k - 1}"]
            dZ = np.where(cache[f"Z{k - 1}"] > 0, dA, 0)
            if self.net.batch_norm:
                X_hat = cache[f"X_hat{k - 1}"]
                gradients[f"gamma{k - 1}"] = np.sum(dZ * X_hat, axis=0)
                gradients[f"beta{k - 1}"] = np.sum(dZ, axis=0)
                dX_hat = dZ * theta[f"gamma{k - 1}"]
                dZ = (
                    n * dX_hat - np.sum(dX_hat, axis=0) - X_hat * np.sum(dX_hat * X_hat, axis=0)
                ) / (n * np.sqrt(cache[f"variance{k - 1}"] + EPSILON))
        return gradients

    def adam(self, gradients):
        """Take one step of Adam, parameter by parameter."""
        self.t += 1
        for name, gradient in gradients.items():
            self.m[name] = BETA1 * self.m[name] + (1 - BETA1) * gradient
            self.v[name] = BETA2 * self.v[name] + (1 - BETA2) * gradient**2
            m_hat = self.m[name] / (1 - BETA1**self.t)
            v_hat = self.v[name] / (1 - BETA2**self.t)
            self.parameters[name] -= self.learning_rate * m_hat / (np.sqrt(v_hat) + ADAM_EPSILON)

    def step(self, X, Y):
        """Take one training step and return the loss."""
        Y_one_hot = np.eye(self.net.sizes[-1], dtype=np.float32)[Y]
        P, cache = self.forward(X)
        loss = -np.mean(np.sum(Y_one_hot * np.log(P + 1e-8), axis=1))
        self.adam(self.backward(P, Y_one_hot, cache))
        return loss


def plain_numpy(net, learning_rate=1e-3, seed=0):
    """Return one step of it."""
    rng = np.random.default_rng(seed)
    network = Plain(net, learning_rate, rng)
    batches = itertools.cycle(net.batches(rng))

    def step():
        network.step(*next(batches))

    return step
