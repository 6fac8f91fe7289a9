"""Makes .venv/binder, the Python that Binder's readers get: repo2docker's base, then binder/.

    python -m tests.binder.image

The base's versions are read where repo2docker has them frozen: conda packages, taken here by pip.
"""

import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHON = (ROOT / "binder/runtime.txt").read_text("utf-8").strip().removeprefix("python-")
IMAGE = ROOT / ".venv/binder"
LOG = ROOT / ".venv/binder.log"
# A line ends in …/name-version-build.conda#digest. The build of what is Python begins pyh or py311.
FROZEN = re.compile(r"/([^/]+)-([^/-]+)-py(?:h|\d)[^/-]*\.(?:conda|tar\.bz2)#")
NAMES = {  # conda's, where pip has another
    "brotli-python": "brotli",
    "jupyterhub-base": "jupyterhub",
    "nbconvert-core": "nbconvert",
    "python-fastjsonschema": "fastjsonschema",
}


def base():
    """Return {name: version} of the Python packages that are there before binder/ adds any."""
    lock = f"repo2docker/buildpacks/conda/environment.py-{PYTHON}-linux-64.lock"
    text = distribution("jupyter-repo2docker").locate_file(lock).read_text("utf-8")
    found = FROZEN.findall(text)
    return {canonicalize_name(NAMES.get(name, name)): version for name, version in found}


def make():
    """Install base and requirements where they have changed; then do what postBuild does."""
    lines = "".join(f"{name}=={version}\n" for name, version in base().items())
    wanted = lines + (ROOT / "binder/requirements.txt").read_text("utf-8")
    frozen, stamp = IMAGE / "base.txt", IMAGE / "installed.txt"
    python = IMAGE / "bin/python"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        run(sys.executable, "-m", "venv", "--clear", IMAGE)
        frozen.write_text(lines, "utf-8")
        run(python, "-m", "pip", "install", "--no-deps", "--requirement", frozen)
        run(python, "-m", "pip", "install", "--requirement", "binder/requirements.txt")
        stamp.write_text(wanted, "utf-8")
    run("binder/postBuild")
    run(python, "-m", "pip", "check")
    # Under a name of its own, so that the tests' Python can ask for it.
    run(python, "-m", "ipykernel", "install", "--prefix", IMAGE, "--name", "binder")


def run(*command):
    """Run a command as in the image, its words into the log; where it fails, stop."""
    path = os.pathsep.join([str(IMAGE / "bin"), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "NB_PYTHON_PREFIX": str(IMAGE)}
    with LOG.open("a") as log:
        failed = subprocess.call(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    if failed:
        sys.exit(f"Not made: {' '.join(map(str, command))} failed. Its words: {LOG}")


if __name__ == "__main__":
    LOG.write_text("")
    make()
