"""Imports point down only, and the mathematics needs numpy and nothing else."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "backprop_lib"
# From the ground up. A module may import from the floors below its own, and from its own floor
# when that closes no circle. A package's modules stand on the floor of the package.
FLOORS = [
    {"values", "shapes", "look", "environment"},
    {"activations", "gelu", "softmax", "dense", "batch_norm", "layer_norm", "dropout", "layer"},
    {"losses", "initializers", "optimizers", "clipping", "schedules"},
    {"network", "trace", "history", "training", "datasets", "autodiff"},
    {"gradient_check"},
    {"ledger"},
    {"checks"},  # above the mathematics, and never an explorer
    {"figures"},
    {"explorers"},
]
OUTSIDE = {  # the packages a part may use; every other part: numpy only
    "environment": {"packaging"},
    "training": {"numpy", "tqdm"},
    "figures": {"IPython", "matplotlib", "numpy"},
    "explorers": {"IPython", "PIL", "anywidget", "ipywidgets", "matplotlib", "numpy", "traitlets"},
}
MODULES = sorted(set(LIBRARY.rglob("*.py")) - {LIBRARY / "__init__.py"})


def part(path):
    """Return the name that FLOORS knows the module by."""
    return Path(path).relative_to(LIBRARY).parts[0].removesuffix(".py")


def imports(path):
    """Yield the full name of every module that this file imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            name = ".".join(filter(None, [base, node.module]))
            if name == "backprop_lib":  # from backprop_lib import dense
                yield from (f"{name}.{alias.name}" for alias in node.names)
            else:
                yield name


def floor(name):
    """Return the number of the part's floor."""
    found = [number for number, parts in enumerate(FLOORS) if name in parts]
    assert found, f"{name} stands on no floor: add it to FLOORS in tests/house/test_imports.py"
    return found[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_imports_point_down(path):
    mine = part(path)
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "backprop_lib":
            assert rest, f"{mine} imports the whole library: name the module it needs"
            assert floor(rest[0]) <= floor(mine), f"{mine} imports {rest[0]}, which stands above it"
        elif top not in sys.stdlib_module_names:
            allowed = OUTSIDE.get(mine, {"numpy"})
            assert top in allowed, f"{mine} imports {top}; it may use {', '.join(sorted(allowed))}"


def test_imports_close_no_circle():
    graph = {}
    for path in MODULES:
        below = {name.split(".")[1] for name in imports(path) if name.startswith("backprop_lib.")}
        graph.setdefault(part(path), set()).update(below - {part(path)})
    TopologicalSorter(graph).prepare()  # raises CycleError with the circle's names


def test_the_library_alone_loads_no_figures_and_no_widgets():
    code = "import sys, backprop_lib; print(*{name.split('.')[0] for name in sys.modules})"
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
    loaded = set(answer.stdout.decode().split())
    assert "numpy" in loaded
    assert not loaded & {"matplotlib", "ipywidgets", "anywidget", "IPython", "traitlets"}
