"""One text of each version and address: pyproject.toml. Whatever repeats one must agree with it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.binder.image import base

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDS = {need.name: need for need in map(Requirement, PROJECT["dependencies"])}
LAB = [Requirement(line) for line in PROJECT["optional-dependencies"]["lab"]]
ADDRESS = PROJECT["urls"]["Repository"]
# What Binder's image brings, so that a pin there would only install it twice.
BINDER_BASE = base()


def lines(path, pattern):
    """Yield (file:line, match) for every line that matches."""
    for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1):
        if match := re.search(pattern, line):
            yield f"{path}:{number}", match


def test_conda_ranges_are_the_projects():
    wanted = {need.name: str(need.specifier) for need in [*NEEDS.values(), *LAB]}
    wanted["python"] = PROJECT["requires-python"]
    found = {}
    for place, match in lines("environment.yml", r"^  - ([\w-]+)(?:\s*([<>=!~].*))?$"):
        name, text = match[1], match[2] or ""
        found[name] = text
        if name in {"conda-forge", "pip"}:  # the channel; and what installs the course itself
            continue
        assert name in wanted, f"{place}: {name} is not in pyproject.toml's dependencies"
        assert Requirement(f"{name}{text}").specifier == Requirement(
            f"{name}{wanted[name]}"
        ).specifier, f"{place}: {name}{text}, but pyproject.toml says {name}{wanted[name]}"
    missing = wanted.keys() - found.keys()
    assert not missing, f"environment.yml: add {', '.join(sorted(missing))}"


def test_binder_pins_lie_within_the_ranges():
    path, found = "binder/requirements.txt", set()
    for place, match in lines(path, r"^[^#\s].*"):
        pin = Requirement(match[0])
        assert re.fullmatch(r"==[\w.]+", str(pin.specifier)), f"{place}: pin it, as in numpy==2.4.6"
        assert pin.name in NEEDS, f"{place}: {pin.name} is not in pyproject.toml's dependencies"
        assert pin.name not in BINDER_BASE, f"{place}: Binder brings {pin.name}; delete the line"
        pinned, need = Version(str(pin.specifier)[2:]), NEEDS[pin.name]
        assert pinned in need.specifier, f"{place}: {pin}, but pyproject.toml says {need}"
        found.add(pin.name)
    missing = NEEDS.keys() - found - BINDER_BASE.keys()
    assert not missing, f"{path}: pin {', '.join(sorted(missing))}"


def test_binders_base_lies_within_the_ranges():
    assert {"jupyterlab", "ipywidgets", "ipykernel", "notebook"} <= BINDER_BASE.keys()
    for need in [*NEEDS.values(), *LAB]:
        if need.name in BINDER_BASE:
            assert BINDER_BASE[need.name] in need.specifier, (
                f"pyproject.toml: {need} shuts out Binder's {BINDER_BASE[need.name]}"
            )


def test_the_docs_name_binders_versions():
    ((place, match),) = lines("docs/explorers.md", r"^\| (.+) \(Binder\) \|")
    wanted = "JupyterLab {jupyterlab}, ipywidgets {ipywidgets}".format(**BINDER_BASE)
    assert match[1] == wanted, f"{place}: Binder has {wanted}"


def test_every_python_named_is_one_we_promise():
    promised = Requirement(f"python{PROJECT['requires-python']}").specifier
    oldest = str(promised).removeprefix(">=")
    named = [
        ("binder/runtime.txt", r"^python-(3\.\d+)$"),
        ("README.md", r"Python (3\.\d+)"),
        ("tools/setup_venv.py", r"^OLDEST = \((3, \d+)\)$"),
    ]
    for path, pattern in named:
        found = list(lines(path, pattern))
        assert found, f"{path}: names no Python"
        for place, match in found:
            version = match[1].replace(", ", ".")
            assert version == oldest, f"{place}: Python {version}, but we promise {promised}"
    for place, match in lines(".github/workflows/ci.yml", r"python(?:-version)?: .*\d"):
        for version in re.findall(r"\d+\.\d+", match[0]):
            assert version in promised, f"{place}: Python {version}, but we promise {promised}"


def test_the_citation_names_this_version():
    ((place, match),) = lines("CITATION.cff", r"^version: (.+)$")
    assert match[1] == PROJECT["version"], f"{place}: pyproject.toml says {PROJECT['version']}"


@pytest.mark.parametrize("path", ["README.md", "CONTRIBUTING.md", "CITATION.cff"])
def test_addresses_are_the_projects(path):
    badge = ADDRESS.replace("https://github.com/", "https://mybinder.org/v2/gh/")
    pattern = r"https://(?:github\.com|mybinder\.org/v2/gh)/[\w-]+/[\w-]+"
    for place, match in lines(path, pattern):
        for address in re.findall(pattern, match.string):
            assert address in (ADDRESS, badge), f"{place}: {address}, but pyproject.toml: {ADDRESS}"


def test_the_readme_has_the_badge_of_ci():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"{ADDRESS}/actions/workflows/ci.yml/badge.svg" in readme
