"""Training: shuffle, take a small batch, go forward and back, take a step, and keep a history."""

import numpy as np

from backprop_lib.batch_norm import BatchNorm
from backprop_lib.clipping import clip_by_global_norm
from backprop_lib.history import History, admit_examples, dense_layers
from backprop_lib.values import require_generator, require_number


def train(
    network,
    X,
    Y,
    optimizer,
    *,
    epochs,
    batch_size,
    rng,
    held_out=None,
    max_norm=None,
    progress=True,
):
    """Train `network` in place on the examples X (n, p) and their targets Y.

    Each epoch meets every example once, in a fresh order, `batch_size` at a time; the last batch of
    an epoch may be shorter. The optimizer steps after each batch, never in the middle of one.

    Args:
        network: a Network; its parameters change. optimizer: such as SGD, one for each network.
        epochs: how often to go through all examples. batch_size: how many at a time.
        rng: a numpy Generator, for the order. held_out: (X, Y) to measure on, never trained on.
        max_norm: the longest gradient to step along; a longer one is clipped to it.
        progress: whether to show a progress bar.

    Returns:
        A History. An interrupt (the stop button) ends the training early and returns what there is.

    Raises:
        TypeError, ValueError: an argument that does not fit.
        FloatingPointError: the loss is no longer a number; it says at which step, in which layer.
    """
    X, Y = admit_examples(network, X, Y)
    if held_out is not None:
        held_out = _admit_held_out(network, held_out)
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "step", None)):
        raise TypeError(f"optimizer is {optimizer!r:.60}, expected one such as SGD(0.1).")
    require_number("epochs", epochs, at_least=1, whole=True)
    require_number("batch_size", batch_size, at_least=1, whole=True)
    require_generator(rng)
    if max_norm is not None:
        require_number("max_norm", max_norm, above=0)
    _require_no_batch_of_one(network, len(X), batch_size)
    from tqdm.auto import tqdm  # noqa: PLC0415 - here, or it would double the library's import

    history = History()
    try:
        with (
            tqdm(range(epochs), desc="training", unit="epoch", disable=not progress) as bar,
            np.errstate(over="ignore", invalid="ignore"),  # `backpropagate` says it in words
        ):
            for _ in bar:
                *others, last = batches(len(X), batch_size, rng)
                for batch in (*others, last):
                    loss = _backpropagate(network, X[batch], Y[batch], step=len(history.loss))
                    if max_norm is not None:
                        clip_by_global_norm(network.gradients, max_norm)
                    if batch is last:
                        weights = [layer.W.copy() for layer in dense_layers(network)]
                    optimizer.step(network.parameters, network.gradients, network.decays)
                    history.loss.append(float(loss))
                history.end_epoch(network, weights, (X, Y), held_out)
                shown = {"loss": f"{loss:.3f}"}
                if history.accuracy:
                    shown["accuracy"] = f"{history.accuracy[-1]:.1%}"
                bar.set_postfix(shown)
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


def _admit_held_out(network, held_out):
    try:
        X, Y = held_out
    except (TypeError, ValueError):
        raise TypeError(f"held_out is {held_out!r:.60}, expected a pair (X, Y).") from None
    try:
        return admit_examples(network, X, Y)
    except (TypeError, ValueError) as reason:
        raise type(reason)(f"held_out: {reason}") from None


def _backpropagate(network, X, Y, step):
    try:
        return network.backpropagate(X, Y)
    except FloatingPointError as reason:
        raise FloatingPointError(
            f"{reason} That was at step {step}. The steps are probably too long:"
            " try a smaller learning_rate."
        ) from None


def _require_no_batch_of_one(network, n, batch_size):
    smallest = n % batch_size or min(n, batch_size)
    if smallest == 1 and any(isinstance(layer, BatchNorm) for layer in network.layers):
        raise ValueError(
            f"batch_size is {batch_size}, and of {n} examples that leaves a last batch of one,"
            " where batch norm makes every number 0. Take another batch_size."
        )
