"""What else is to be quick: a gradient check, the import, learning the digits, and dead units."""

import copy
import itertools
import subprocess
import sys
import time
from statistics import median

import numpy as np
import torch

import backprop_lib as bl
from backprop_lib.datasets import load_digits
from backprop_lib.gradient_check import gradient_check
from bench.clock import interleave, median_ratio
from bench.contestants import NETS, Net, our_network, torch_network

DIGITS = Net((64, 64, 32, 10), 64, batch_norm=True, drop_prob=0.2)
EPOCHS, RATE, SEEDS = 20, 0.01, range(5)


def gradient_check_time():
    """A complex-step check of an 8-16-16-10 tanh network, 586 parameters, 8 examples."""
    rng = np.random.default_rng(0)
    sizes = itertools.pairwise((8, 16, 16, 10))
    layers = [layer for p, q in sizes for layer in (bl.Dense(bl.xavier(p, q, rng)), bl.Tanh())]
    network = bl.Network(*layers[:-1])
    X, Y = rng.standard_normal((8, 8)), rng.integers(0, 10, 8)
    seconds = interleave({"check": lambda: gradient_check(network, X, Y)}, 20, 1)["check"]
    error = gradient_check(network, X, Y).error
    milliseconds = 1e3 * min(seconds)  # the least disturbed: there is nothing to hold it against
    print(f"Gradient check by complex step: {milliseconds:.1f} ms, error {error:.1e}")
    return [("gradient check, ms", milliseconds, 15), ("its error", error, 1e-15)]


def import_time():
    """`import backprop_lib` beside `import numpy`, each in processes of their own."""

    def fresh(module):
        code = (
            "from time import perf_counter as now; start = now(); import {}; print(now() - start)"
        )
        command = [sys.executable, "-c", code.format(module)]
        return float(subprocess.run(command, capture_output=True, check=True).stdout)

    turns = [(fresh("backprop_lib"), fresh("numpy")) for _ in range(16)][1:]
    ours, numpys = zip(*turns, strict=True)
    ratio = median_ratio(ours, numpys)
    print(f"Import: {1e3 * median(ours):.0f} ms, numpy alone {1e3 * median(numpys):.0f} ms")
    return [("import to numpy's", ratio, 1.3)]


def digits():
    """The digits with batch norm and dropout: the same training by `train` and by PyTorch."""
    ours, theirs, accuracies, their_accuracies = [], [], [], []
    for seed in SEEDS:
        start = time.perf_counter()
        accuracies.append(our_training(seed))
        middle = time.perf_counter()
        their_accuracies.append(torch_training(seed))
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    ratio, worst = median_ratio(ours, theirs), min(accuracies)
    print(
        f"Digits, {EPOCHS} epochs: {median(ours):.2f} s, PyTorch {median(theirs):.2f} s; held out"
        f" {', '.join(f'{a:.1%}' for a in accuracies)}, PyTorch's worst {min(their_accuracies):.1%}"
    )
    return [("digits to PyTorch", ratio, 0.4), ("digits wrong, %", 100 * (1 - worst), 3)]


def our_training(seed):
    """Return the held-out accuracy after training."""
    data, rng = load_digits(), np.random.default_rng(seed)
    network = our_network(DIGITS, rng).copy(np.float32)
    steps = EPOCHS * -(-len(data.X_train) // DIGITS.batch_size)
    history = bl.train(
        network,
        data.X_train,
        data.Y_train,
        bl.Adam(bl.cosine(RATE, steps)),
        epochs=EPOCHS,
        batch_size=DIGITS.batch_size,
        rng=rng,
        held_out=(data.X_held_out, data.Y_held_out),
        progress=False,
    )
    return history.held_out_accuracy[-1]


def torch_training(seed):
    """Do the same in PyTorch: a loss for each step, and after each epoch both accuracies."""
    torch.manual_seed(seed)
    data = load_digits()
    X, X_held_out = (torch.from_numpy(X).float() for X in (data.X_train, data.X_held_out))
    Y, Y_held_out = torch.from_numpy(data.Y_train), torch.from_numpy(data.Y_held_out)
    network, loss_function = torch_network(DIGITS), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    steps = EPOCHS * -(-len(X) // DIGITS.batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    losses, accuracies, held_out_losses, held_out_accuracies = [], [], [], []
    for _ in range(EPOCHS):
        network.train()
        for batch in torch.randperm(len(X)).split(DIGITS.batch_size):
            optimizer.zero_grad(set_to_none=True)
            loss = loss_function(network(X[batch]), Y[batch])
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        network.eval()
        with torch.inference_mode():
            accuracies.append((network(X).argmax(dim=1) == Y).float().mean().item())
            Z = network(X_held_out)
            held_out_losses.append(loss_function(Z, Y_held_out).item())
            held_out_accuracies.append((Z.argmax(dim=1) == Y_held_out).float().mean().item())
    return held_out_accuracies[-1]


def dead_units():
    """Adam steps with half the units dead, soon after they died and 4,000 steps later, in turn."""
    rng = np.random.default_rng(0)
    network, optimizer = our_network(NETS["S"], rng).copy(np.float32), bl.Adam(1e-3)
    batches = itertools.cycle(NETS["S"].batches(rng))

    def steps(network, optimizer):
        def step():
            network.backpropagate(*next(batches))
            optimizer.step(network.parameters, network.gradients)

        return step

    step = steps(network, optimizer)
    for _ in range(50):
        step()
    for layer in network.layers[0:3:2]:
        layer.b[: layer.b.size // 2] = -1e6  # no input reaches that far
    young = steps(network.copy(), copy.deepcopy(optimizer))
    for _ in range(4000):
        step()
    seconds = interleave({"old": step, "young": young}, 30, 10)
    ratio = median_ratio(seconds["old"], seconds["young"])
    times = [f"{1e6 * median(seconds[age]):.0f} µs" for age in ("young", "old")]
    print(f"Dead units: a step takes {times[0]} at first and {times[1]} 4,000 steps later")
    return [("dead units, end to start", ratio, 1.1)]
