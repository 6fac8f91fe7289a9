"""Says whether a reader's environment can run the course, and if not, what to do."""

import platform
from importlib.metadata import PackageNotFoundError, metadata, version

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

REMEDY = "From the course's folder, `pip install -e .` puts it right; then restart the kernel."


def report():
    """Print "Ready", or one line for each thing that is missing, too old or too new.

    What is needed stands in the installed package's own metadata, which is pyproject.toml's.
    """
    problems = _problems()
    if problems:
        print("Not ready yet.", *problems, REMEDY, sep="\n")
    else:
        print("Ready. This Python and its packages can run the whole course.")


def _problems():
    try:
        needs = metadata("backprop-lib")
    except PackageNotFoundError:
        return ["backprop_lib is not installed."]
    python = SpecifierSet(needs["Requires-Python"])
    problems = []
    if platform.python_version() not in python:
        problems.append(f"Python is {platform.python_version()}, expected {python}.")
    for line in needs.get_all("Requires-Dist"):
        need = Requirement(line)
        if need.marker:  # an extra: for tests, not for reading
            continue
        try:
            found = version(need.name)
        except PackageNotFoundError:
            problems.append(f"{need.name} is missing, expected {need.specifier}.")
        else:
            if found not in need.specifier:
                problems.append(f"{need.name} is {found}, expected {need.specifier}.")
    return problems
