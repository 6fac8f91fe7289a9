"""Counts what became of the mutants, and holds the survivors against the list of those that may."""

import ast
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

GOAL = 0.95
COLUMNS = ["killed", "hangs", "survives", "no test", "only words"]
NOTICED = {"killed", "hangs"}
LIST = Path(__file__).with_name("mutants_survivors.txt")
OUTCOMES = {  # by pytest's exit code, or by the signal that ended it
    **dict.fromkeys([1, 2, 3], "killed"),  # 2: the library cannot even be imported
    **dict.fromkeys([-24, 24, 36, 152, 255], "hangs"),
    **dict.fromkeys([5, 33], "no test"),
    0: "survives",
}


@dataclass(frozen=True)
class Mutant:
    """One change in one function, as one line, and what became of it.

    only_words: it changes nothing but the text of an error.
    """

    module: str
    change: str
    outcome: str
    only_words: bool


def judge(copy):
    """Print the table and every survivor that is not listed; return whether anything is amiss."""
    mutants = [mutant for path in sorted(copy.rglob("*.py.meta")) for mutant in read(path)]
    listed = accepted()
    unnoticed = [mutant for mutant in mutants if mutant.outcome not in NOTICED]
    alive = [mutant for mutant in unnoticed if not mutant.only_words]
    strange = [mutant for mutant in alive if mutant.change not in listed]
    gone = sorted(listed.keys() - {mutant.change for mutant in alive})
    print("".join([f"{'':16}{'mutants':>9}", *(f"{name:>12}" for name in COLUMNS)]))
    for module in sorted({mutant.module for mutant in mutants}):
        print(row(module, [each for each in mutants if each.module == module]))
    print(row("all", mutants))
    for each in strange:
        print(f"Not listed, {each.outcome}: {each.change}")
    for change in gone:
        print(f"Listed, but killed or no longer there: {change}")
    kept = [each for each in mutants if not each.only_words]
    print(
        f"mutants: {share(mutants):.1%} of {len(mutants)} killed; {share(kept):.1%} of the"
        f" {len(kept)} that change more than the words of an error; {len(alive)} survive,"
        f" {len(alive) - len(strange)} of them with a reason in bench/{LIST.name}"
    )
    return bool(strange or gone) or share(mutants) < GOAL


def row(name, mutants):
    """Return a line of the table; `only words` are survivors that only words would notice."""
    count = Counter(
        "only words" if each.only_words and each.outcome == "survives" else each.outcome
        for each in mutants
    )
    return "".join([f"{name:16}{len(mutants):9}", *(f"{count[name]:12}" for name in COLUMNS)])


def share(mutants):
    """Return how many of them were noticed, from 0 to 1."""
    return sum(mutant.outcome in NOTICED for mutant in mutants) / len(mutants)


def accepted():
    """Return change -> reason: a line that begins with # is the reason for those below it."""
    listed, reason = {}, ""
    for line in LIST.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = line.removeprefix("# ")
        elif line.strip():
            listed[line.strip()] = reason
    return listed


def read(meta):
    """Yield the mutants of a module; the file beside `meta` holds them all, under mangled names."""
    module = meta.name.removesuffix(".py.meta")
    nodes = ast.walk(ast.parse(meta.with_suffix("").read_text("utf-8")))
    functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    codes = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    for key, code in codes.items():
        name = key.rpartition(".")[2]
        stem = name.partition("__mutmut_")[0]
        before, after = functions[f"{stem}__mutmut_orig"], functions[name]
        function = stem.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        before.name = after.name = function.rpartition(".")[2]
        change = f"{module}.{function}: {difference(before, after)}"
        only_words = ast.dump(without_words(before)) == ast.dump(without_words(after))
        yield Mutant(module, change, OUTCOMES.get(code, f"ended with {code}"), only_words)


def difference(before, after):
    """Return the statement that differs, with what differs as {before → after}."""
    texts = (ast.unparse(node).splitlines() for node in (before, after))
    pairs = ((old, new) for old, new in zip(*texts, strict=True) if old != new)
    return "; ".join(
        _marked(*(re.findall(r"\w+|\s+|[<>=!*]+|[^\w\s]", line) for line in pair)) for pair in pairs
    )


def _marked(old, new):
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    parts = (line[head : len(line) - tail] for line in (old, new))
    middle = " → ".join("".join(part) for part in parts)
    end = old[len(old) - tail :]
    return f"{''.join(old[:head])}{{{middle}}}{''.join(end)}".strip()


def without_words(function):
    """Return a copy of the function in which every error says nothing."""
    copy = ast.parse(ast.unparse(function))
    for node in ast.walk(copy):
        if isinstance(node, ast.Raise):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    part.value = ""
    return copy


if __name__ == "__main__":
    sys.exit(judge(Path(sys.argv[1])))
