"""Training: shuffle, take a small batch, go forward and back, take a step, and keep a history."""

from dataclasses import dataclass, field

import numpy as np
from tqdm.auto import tqdm

from backprop_lib.shapes import admit, require_generator, require_labels, require_number


@dataclass
class History:
    """What happened: `loss` has one entry for each step, everything else one for each epoch."""

    loss: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    held_out_loss: list = field(default_factory=list)
    held_out_accuracy: list = field(default_factory=list)

    def __repr__(self):
        return f"History: {len(self.loss)} steps, {len(self.accuracy)} epochs"


def train(network, X, Y, optimizer, *, epochs, batch_size, rng, held_out=None, progress=True):
    """Train `network` in place on the examples X (n, p) and their labels Y (n,).

    Each epoch meets every example once, in a fresh order, `batch_size` at a time; the last batch of
    an epoch may be shorter. The optimizer steps after each batch, never in the middle of one.

    Args:
        network: a Network; its parameters change. optimizer: such as SGD.
        epochs: how often to go through all examples. batch_size: how many at a time.
        rng: a numpy Generator, for the order. held_out: (X, Y) to measure on, never trained on.
        progress: whether to show a progress bar.

    Returns:
        A History. An interrupt (the stop button) ends the training early and returns what there is.

    Raises:
        TypeError, ValueError: an argument that does not fit.
        FloatingPointError: the loss is no longer a number; the learning rate is the first suspect.
    """
    X, Y = _admit_examples(network, X, Y)
    held_out = held_out and _admit_examples(network, *held_out)
    require_number("epochs", epochs, at_least=1, whole=True)
    require_number("batch_size", batch_size, at_least=1, whole=True)
    require_generator(rng)
    history = History()
    try:
        with tqdm(range(epochs), desc="training", unit="epoch", disable=not progress) as bar:
            for _ in bar:
                for batch in batches(len(X), batch_size, rng):
                    loss = network.backpropagate(X[batch], Y[batch])
                    _require_a_number(loss, step=len(history.loss))
                    optimizer.step(network.parameters, network.gradients)
                    history.loss.append(float(loss))
                history.accuracy.append(accuracy(network, X, Y))
                if held_out:
                    history.held_out_loss.append(float(network.loss(*held_out)))
                    history.held_out_accuracy.append(accuracy(network, *held_out))
                bar.set_postfix(loss=f"{loss:.3f}", accuracy=f"{history.accuracy[-1]:.1%}")
    except KeyboardInterrupt:
        print(
            f"Stopped by hand after {len(history.loss)} steps; the network keeps what it learned."
        )
    return history


def batches(n, batch_size, rng):
    """Yield the indices 0 … n − 1 in random order, `batch_size` at a time, each exactly once."""
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def accuracy(network, X, Y):
    """Return the share of examples whose likeliest class is the right one, from 0 to 1."""
    X, Y = _admit_examples(network, X, Y)
    return float((network.predict(X) == Y).mean())


def _admit_examples(network, X, Y):
    X, Y = admit({"X": "n p", "Y": "labels n"}, {"X": X, "Y": Y})
    require_labels(Y, network.layers[-1].W.shape[1])
    return X, Y


def _require_a_number(loss, step):
    if not np.isfinite(loss):
        raise FloatingPointError(
            f"The loss is {loss} at step {step}. The steps are probably too long:"
            " try a smaller learning_rate."
        )
