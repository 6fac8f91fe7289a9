"""`make mutants`: break the mathematics in every small way, and count the breaks no test notices.

mutmut makes the mutants: each is one change in one function, < for <= or None for an argument. It
works on a copy in .mutants, where it has an environment of its own too. `make mutants` ends with 1
where the score falls short, or where a mutant survives that mutants_survivors.txt does not list.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import textwrap
import tomllib
import venv
from pathlib import Path

MUTMUT = "mutmut==3.8.1"
ROOT = Path(__file__).resolve().parent.parent
NO_MATHEMATICS = {"__init__", "environment", "figures", "look"}
MODULES = sorted({path.stem for path in ROOT.glob("backprop_lib/*.py")} - NO_MATHEMATICS)
# Not the ledger's, which remember their figures: mutmut runs them once, and forks from there.
TESTS = [f"tests/test_{name}.py" for name in (*MODULES, "bad_input")]
TESTS += [f"tests/test_{name}.txt" for name in MODULES]  # the doctests
TESTS += ["tests/contract", "tests/properties", "tests/oracle"]
WORK = ROOT / ".mutants"
BIN, COPY = WORK / "venv" / "bin", WORK / "copy"
STAMP = WORK / "venv" / "installed.txt"
ONE_THREAD = dict.fromkeys(["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"], "1")
SETTINGS = {
    "source_paths": ["backprop_lib"],
    "only_mutate": [f"backprop_lib/{name}.py" for name in MODULES],
    "also_copy": ["conftest.py"],
    "pytest_add_cli_args": ["-p", "no:cacheprovider"],
    "timeout_multiplier": 3.0,  # of what the tests take, and a minute: a busy machine is no hang
    "timeout_constant": 60.0,
}


def main():
    """Set up, copy, let mutmut work, and hold what it found against the list."""
    set_up()
    copy_the_project()
    print("mutmut is at work, for a quarter of an hour on two cores. Its log: .mutants/run.log")
    if run(BIN / "mutmut", "run", log="run.log"):
        sys.exit("mutmut did not come to its end; its words are in .mutants/run.log")
    judge = [sys.executable, "-m", "bench.mutants_judge", COPY / "mutants"]
    sys.exit(subprocess.run(judge, cwd=ROOT, check=False).returncode)


def set_up():
    """Make the environment unless it is there; end with one sentence where pip cannot."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tools = project["optional-dependencies"]["test"]
    tools = [need for need in tools if need.startswith(("hypothesis", "pytest>"))]
    needs = [MUTMUT, *project["dependencies"], *tools]
    wanted = f"{ROOT} {sys.version} {needs}"
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    print(f"Setting up .mutants with {MUTMUT}, once: a minute or two. Its log: .mutants/setup.log")
    venv.create(BIN.parent, clear=True, with_pip=True)
    if run(BIN / "python", "-m", "pip", "install", *needs, log="setup.log"):
        sys.exit("Not set up; pip's words are in .mutants/setup.log")
    STAMP.write_text(wanted, "utf-8")


def run(*command, log):
    """Run a command in the copy, with its words in a log; return whether it failed."""
    COPY.mkdir(exist_ok=True)
    with (WORK / log).open("w", encoding="utf-8") as words:
        environment = os.environ | ONE_THREAD
        end = subprocess.run(
            command, cwd=COPY, env=environment, stdout=words, stderr=words, check=False
        )
    return end.returncode != 0


def copy_the_project():
    """Copy the library and its tests, in the form that mutmut can work on."""
    shutil.rmtree(COPY, ignore_errors=True)
    for folder in ("backprop_lib", "tests"):
        shutil.copytree(ROOT / folder, COPY / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in MODULES:
        path = COPY / "backprop_lib" / f"{name}.py"
        source = path.read_text("utf-8")
        path.write_text(undecorated(source), "utf-8")
        (COPY / "tests" / f"test_{name}.txt").write_text(doctests(name, source), "utf-8")
    shutil.copy(ROOT / "bench" / "mutants_conftest.py", COPY / "conftest.py")
    found = [test for test in TESTS if (COPY / test).exists()]
    settings = {**SETTINGS, "pytest_add_cli_args_test_selection": found}
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (COPY / "pyproject.toml").write_text(project + "\n[tool.mutmut]\n" + "".join(lines), "utf-8")


def undecorated(source):
    """Return the source with `f = decorator(f)` behind each f: mutmut skips what is decorated."""
    lines, edits = source.splitlines(keepends=True), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            words = [ast.unparse(decorator) for decorator in reversed(node.decorator_list)]
            indent = " " * node.col_offset
            after = [f"{indent}{node.name} = {word}({node.name})\n" for word in words]
            first = node.decorator_list[0].lineno
            edits.append((first - 1, node.lineno - 1, node.end_lineno, after))
    for first, start, end, after in sorted(edits, reverse=True):
        lines[end:end] = after
        del lines[first:start]
    return "".join(lines)


def doctests(name, source):
    """Return a module's doctests as one text: in the code, each mutant would bring its own."""
    kinds = ast.FunctionDef, ast.ClassDef, ast.Module
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds))
    texts = [ast.get_docstring(node) or "" for node in nodes]
    texts = [textwrap.dedent(text) for text in texts if ">>>" in text]
    return "\n\n".join([f">>> from backprop_lib.{name} import *", *texts]) + "\n"


if __name__ == "__main__":
    main()
