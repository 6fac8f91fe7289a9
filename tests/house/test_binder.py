"""Binder as it will be: what repo2docker makes of binder/, and where the README's badge leads."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.binder.image import PYTHON, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.fixture(scope="module")
def recipe():
    """The Dockerfile that Binder would build; asking for it needs no Docker."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_binder_takes_its_frozen_base_for_our_python(recipe):
    # The file is copied under a name in which -2e is a full stop and -2d a hyphen.
    found = re.findall(r"environment-2epy-2d(\d+)-2e(\d+)-2dlinux", recipe)
    assert [".".join(version) for version in found] == [PYTHON]


def test_binder_installs_the_requirements_then_runs_postbuild_and_nothing_else(recipe):
    steps = re.findall(r"^RUN (.*\b(?:binder/|pip|env update).*)", recipe, re.MULTILINE)
    assert steps == [
        '${KERNEL_PYTHON_PREFIX}/bin/pip install --no-cache-dir -r "binder/requirements.txt"',
        "chmod +x binder/postBuild",
        "./binder/postBuild",
    ]
    assert "environment.yml" not in recipe  # that one is for conda's readers


def test_postbuild_finds_the_python_that_runs_the_notebooks(recipe):
    assert "\nENV PATH=${NB_PYTHON_PREFIX}/bin:" in recipe  # so that pip is its pip
    assert "\nENV KERNEL_PYTHON_PREFIX=${NB_PYTHON_PREFIX}\n" in recipe


def test_the_badge_opens_in_jupyterlab_the_chapter_that_make_lab_opens():
    start = re.search(r"^START := (.+)$", MAKEFILE, re.MULTILINE)[1]
    assert start == min(path.relative_to(ROOT).as_posix() for path in ROOT.glob("chapters/*.ipynb"))
    repository = PROJECT["urls"]["Repository"].removeprefix("https://github.com/")
    wanted = f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/{start}"
    assert set(re.findall(r"https://mybinder\.org/v2/[^)\s\"]+", README)) == {wanted}


def test_what_a_browser_or_a_kernel_may_load_is_small():
    places = "chapters", "exercises", "solutions", "backprop_lib/datasets"
    files = [path for place in places for path in (ROOT / place).rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    assert 1 < size <= 12, f"{size:.1f} MB"
