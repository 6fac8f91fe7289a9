"""Measures ours against PyTorch, a numpy loop and the floor, and says where a goal is missed.

Run by training.py. The names of nets (S, M, L) or of other measurements choose among them.
"""

import sys
from statistics import median

import torch

from bench.clock import interleave, median_ratio
from bench.contestants import NETS, floor, ours, torch_eager
from bench.others import dead_units, digits, gradient_check_time, import_time
from bench.plain import plain_numpy

GOALS = {  # ours in units of: PyTorch eager, PyTorch eager with fused Adam, the floor
    "S": (0.22, 0.35, 4.0),
    "M": (0.65, 1.0, 2.3),
    "L": (1.10, 1.25, 1.40),
}
TURNS = {"S": (200, 20), "M": (100, 3), "L": (40, 1)}  # rounds, and steps in each
OTHERS = {
    "gradient check": gradient_check_time,
    "import": import_time,
    "digits": digits,
    "dead units": dead_units,
}
PEERS = ("PyTorch", "fused Adam", "the floor", "a numpy loop")


def step_ratios(name):
    """Print one row of the table, and return (what, ratio, goal) for each goal of this net."""
    net = NETS[name]
    contestants = {
        "ours": ours(net),
        "PyTorch": torch_eager(net),
        "fused Adam": torch_eager(net, fused=True),
        "the floor": floor(net),
        "a numpy loop": plain_numpy(net),
    }
    seconds = interleave(contestants, *TURNS[name])
    ratios = {peer: median_ratio(seconds["ours"], seconds[peer]) for peer in PEERS}
    goals = dict(zip(PEERS, GOALS[name], strict=False))
    cells = [f"{ratios[peer]:.2f}" for peer in PEERS]
    cells = [
        f"{c} (≤ {goals[p]:.2f})" if p in goals else c for p, c in zip(PEERS, cells, strict=True)
    ]
    row(name, net.describe(), f"{1e6 * median(seconds['ours']):,.0f} µs", *cells)
    return [(f"{name} to {peer}", ratios[peer], goal) for peer, goal in goals.items()]


def row(name, net, *cells):
    """Print one row of the table of steps."""
    print(f"{name:3}{net:48}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def main(chosen):
    """Measure what is chosen, or all; end with a line of the ratios; return 1 short of a goal."""
    torch.set_num_threads(1)
    nets = [name for name in NETS if not chosen or name in chosen]
    if nets:
        print("A training step (forward, loss, backward, Adam; float32, one thread, checks on):")
        print("its time, and its ratio to others', the median over rounds taken in turn.\n")
        row("", "", "ours", *(f"to {peer}" for peer in PEERS))
    results = [result for name in nets for result in step_ratios(name)]
    print()
    for name, measure in OTHERS.items():
        if not chosen or name in chosen:
            results += measure()
    short = [f"{what} {value:.3g}, goal {goal:g}" for what, value, goal in results if value > goal]
    print("\n" + " · ".join(f"{what} {value:.3g}" for what, value, _ in results))
    print(f"Short of the goals: {'; '.join(short)}" if short else "All goals are met.")
    return bool(short)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
