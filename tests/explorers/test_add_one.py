"""What docs/explorers.md says of adding one: its example is one, and what is forgotten is named."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from backprop_lib import explorers
from backprop_lib.explorers import front_end
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.panels import Panel
from tests.explorers.test_contract import EXPLORERS


def test_the_guides_example_is_an_explorer():
    guide = Path(__file__).parents[2] / "docs" / "explorers.md"
    (code,) = re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    lint = [sys.executable, "-m", "ruff", "check", "--stdin-filename", front_end.__file__, "-"]
    found = subprocess.run(lint, input=code, capture_output=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stdout
    names = {}
    exec(code, names)
    scaled = names["Scaled"]()
    scaled.set(scale=-1)
    assert repr(scaled) == "With scale -1 the squares of Z sum to 2.00."
    assert scaled._repr_mimebundle_()[0]["image/png"]


def test_every_explorer_is_exported():
    modules = [f"{explorers.__name__}.{found.name}" for found in iter_modules(explorers.__path__)]
    for module in modules:
        import_module(module)
    kinds = {kind.__name__ for kind in Explorer.__subclasses__() if kind.__module__ in modules}
    missing = kinds - set(explorers.__all__)
    assert not missing, f"{missing} not in __all__ of backprop_lib/explorers/__init__.py"


def test_every_panel_stands_in_both_languages():
    kinds = {kind.__name__.lower() for kind in Panel.__subclasses__()}
    assert kinds == {file.stem for file in (front_end.PAGE / "panels").glob("*.js")}
    shown = {panel["kind"] for kind in EXPLORERS for panel in kind().spec["panels"]}
    assert shown == kinds


def test_every_control_is_shown_somewhere():
    shown = {c["kind"] for kind in EXPLORERS for c in kind().spec["controls"]}
    assert shown == {"number", "integer", "choice", "switch", "scrubber"}
