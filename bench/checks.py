"""How good the checks are, over every exercise: what they refuse, explain and let pass, how fast.

`python -m bench.checks` ends with one line of figures, and exits with 1 where a goal is missed.
`python -m bench.checks dense_forward …` measures the exercises of those names alone.
"""

import sys
import time
from collections import Counter

import numpy as np

from backprop_lib.checks import sandbox
from backprop_lib.checks.course import exercises
from backprop_lib.checks.diagnosis import trials
from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import explanations, kinds_of, wrong_function
from backprop_lib.checks.values import mapped
from tests.checks.equivalent import EQUIVALENT
from tests.checks.exercises import RIGHT, WRITTEN, told
from tests.checks.solutions import mutants

SEEDS = 200  # for each right answer
NAMED_SEEDS = 10  # for each wrong answer by name; pairs are tried once
FIRST = 5  # so many of each kind are timed in an exercise


def main(names=()):
    """Measure every exercise, or those of the names, and hold the figures against the goals."""
    chosen = [(chapter, one) for chapter, one in exercises() if one.name in names or not names]
    if unknown := set(names) - {one.name for _, one in chosen}:
        sys.exit(f"no exercise is called {', '.join(sorted(unknown))}; EXERCISES of its chapter?")
    start, count, seconds, missed = time.perf_counter(), Counter(), {}, []
    print(f"{'exercise':26}{'by name':>9}{'pairs':>7}{'mutants':>9}{'ways':>6}")
    for chapter, one in chosen:
        before = count.copy()
        missed += [f"{one.name}: {words}" for words in (
            *mistakes(one, count), *changes(chapter, one, count), *right_ways(one, count)
        )]  # fmt: skip
        timed(one, seconds)
        row = count - before
        print(f"{one.name:26}{row['named']:9}{row['pairs']:7}{row['mutants']:9}{row['ways']:6}")
    count["unlisted"] = sum("survives" in words for words in missed)
    medians = {kind: 1000 * np.median(values) for kind, values in seconds.items()}
    share = 1 - count["not told"] / (count["named"] + count["pairs"])
    refused = 1 - count["unlisted"] / count["mutants"]
    goals = {
        "diagnosed": share >= 0.95,
        "mutants refused": refused >= 0.99,
        "a verdict takes at most 50 ms": medians["right"] <= 50,
        "and with diagnosis at most 300 ms": max(medians.values()) <= 300,
    }
    missed += [f"goal missed: {goal}" for goal, reached in goals.items() if not reached]
    print(*missed, sep="\n", end="\n" * bool(missed))
    print(
        f"checks: {count['exercises']} exercises;"
        f" {count['named']} wrong answers and {count['pairs']} pairs, {count['let pass']} let pass,"
        f" {share:.2%} diagnosed ({count['as well']} by an equal explanation);"
        f" {count['mutants']} mutants, {refused:.2%} refused, {count['equivalent']} more right;"
        f" {count['ways']} right answers × {SEEDS} seeds, {count['refused']} refused;"
        f" medians {medians['right']:.0f} ms, explained {medians['named']:.0f} ms,"
        f" unexplained {medians['unexplained']:.0f} ms; {time.perf_counter() - start:.0f} s"
    )
    return bool(missed)


def mistakes(one, count):
    """Count how the named wrong answers and their pairs are told; yield what must not be."""
    count["exercises"] += 1
    if len(one.wrong_answers) < 7:
        yield f"only {len(one.wrong_answers)} named wrong answers"
    for wrong in explanations(one):
        single = len(wrong.names) == 1
        for seed in range(NAMED_SEEDS if single else 1):
            how, verdict = told(one, wrong, seed)
            if how == "no mistake":
                continue
            count["named" if single else "pairs"] += seed == 0
            words = " + ".join(wrong.names)
            if how == "passed":
                count["let pass"] += 1
                yield f"{words} is let pass with seed {seed}"
            elif how == "not":
                count["not told"] += 1
                print(f"    {words}: not told, but {' + '.join(verdict.mistakes) or 'nothing'}")
            elif how == "as well":
                count["as well"] += 1
                print(f"    {words} = {' + '.join(verdict.mistakes)}")


def changes(chapter, one, count):
    """Count which mutants of the solution are refused; yield the survivors that nobody listed."""
    sandbox.LIMIT, limit = 0.5, sandbox.LIMIT  # some never end
    survivors = set()
    for words, function in mutants(chapter, one.name):
        count["mutants"] += 1
        if judge(function, one).status != "wrong":
            survivors.add(words)
    sandbox.LIMIT = limit
    listed = EQUIVALENT.get(one.name, {}).keys()
    count["equivalent"] += len(survivors & listed)
    count["mutants"] -= len(survivors & listed)
    for words in survivors & listed:
        print(f"    {words}: {EQUIVALENT[one.name][words]}")
    yield from (f"{words} survives" for words in sorted(survivors - listed))
    yield from (f"{words} is listed as right, and is refused" for words in listed - survivors)


def right_ways(one, count):
    """Try every right answer on all seeds; yield those that are refused."""
    if len(WRITTEN[one.name]) < 5:
        yield f"only {len(WRITTEN[one.name])} ways to write it"
    count["ways"] += len(RIGHT[one.name])
    for seed in range(SEEDS):
        for answer in RIGHT[one.name]:
            verdict = judge(answer, one, seed)
            if not verdict.passed:
                count["refused"] += 1
                yield f"{answer.__name__} is refused with seed {seed}: {verdict.sentences[0]}"


def timed(one, seconds):
    """Time verdicts as a learner's first one, when nothing is known yet."""
    singles = [wrong.function for wrong in explanations(one) if len(wrong.names) == 1]

    def unknown(*arguments, **named):
        return mapped(one.reference(*arguments, **named), lambda leaf: leaf * 3)

    kinds = {"right": RIGHT[one.name][:FIRST], "named": singles[:FIRST], "unexplained": [unknown]}
    for kind, functions in kinds.items():
        for function in functions:
            for known in (trials, kinds_of, wrong_function):
                known.cache_clear()
            start = time.perf_counter()
            judge(function, one)
            seconds.setdefault(kind, []).append(time.perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
