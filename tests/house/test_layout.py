"""The house stays tidy: short files that say why they exist, and nothing of anybody's machine."""

import ast
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("backprop_lib", "tools") for path in (ROOT / folder).rglob("*.py")]
FOLDERS = [".ci", ".github", "backprop_lib", "bench", "binder", "docs", "tests", "tools"]
FOLDERS += ["chapters/source", "solutions/source"]
TEXTS = {"", ".cff", ".cfg", ".css", ".js", ".json", ".md", ".py", ".toml", ".txt", ".yml"}
# In two halves, so that this file does not name them itself.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "anaconda" + ".org"]
MACHINES = r"(?<![\w.])/(?:home|Users|root|work|tmp|mnt)/\w"
UNWANTED = re.compile("|".join([MACHINES, *map(re.escape, REGISTRIES)]))


def texts():
    """Yield every text of the project; not what is derived from them, nor a learner's own."""
    here = (path for path in ROOT.iterdir() if path.is_file())
    deeper = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in (*here, *deeper):
        if path.suffix in TEXTS and "__pycache__" not in path.parts and path.name != ".git":
            yield path


def named(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_file_is_one_short_idea(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{named(path)} does not say why it exists"
    count = len(text.splitlines())
    assert count <= 250, f"{named(path)} has {count} lines; at most 250: is it one idea?"


def test_no_text_names_a_machine_or_a_registry():
    found = [
        f"{named(path)}:{number}: {match[0]}"
        for path in texts()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in UNWANTED.finditer(line)
    ]
    assert not found, "\n".join(found)


def test_an_old_python_can_read_the_setup():
    ast.parse((ROOT / "tools/setup_venv.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("path", [".ci/run", "binder/postBuild"])
def test_scripts_can_be_run(path):
    assert os.access(ROOT / path, os.X_OK), f"chmod +x {path}"


def test_every_command_of_the_makefile_says_what_it_is_for():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    told = set(re.findall(r"^([a-z-]+):.*## \w", makefile, re.MULTILINE))
    steps = {name for name in phony if re.match(r"set-up-|a-", name)}
    assert phony - steps == told
