"""A clock for a busy machine: contestants take turns, and only ratios within a turn count."""

import gc
import statistics
import time


def interleave(contestants, rounds, steps):
    """Let each contestant take `steps` steps a round, and return its seconds per step by round.

    The order turns from round to round: nobody always runs in another one's cache.
    """
    names = list(contestants)
    seconds = {name: [] for name in names}
    for name in names:  # the first call is never like the others
        for _ in range(max(3, steps)):
            contestants[name]()
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                step = contestants[name]
                start = time.perf_counter()
                for _ in range(steps):
                    step()
                seconds[name].append((time.perf_counter() - start) / steps)
    finally:
        gc.enable()
    return seconds


def median_ratio(ours, theirs):
    """Return the median of the ratios within each round."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
