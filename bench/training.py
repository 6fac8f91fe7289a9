"""`make bench`: how long a training step of ours takes beside PyTorch's, and what a floor allows.

It installs the project and its peer PyTorch into .bench, once, and measures there with one thread.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

TORCH = "torch==2.13.0"
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".bench"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.txt"
LOG = VENV / "setup.log"
SETTINGS = {
    **dict.fromkeys(["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"], "1"),
    "PYTHONDONTWRITEBYTECODE": "",  # an import is measured as it is the second time
    "PYTHONPYCACHEPREFIX": str(VENV / "pycache"),
}


def wanted():
    """Return what .bench is to hold: where it changes, .bench is out of date."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{digest} {ROOT} {sys.version} {TORCH}"


def set_up():
    """Make .bench unless it is there; end with one sentence where pip cannot."""
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted():
        return
    print(f"Setting up .bench with {TORCH}, once: some minutes. Its log: {LOG.relative_to(ROOT)}")
    venv.create(VENV, clear=True, with_pip=True)
    install = [PYTHON, "-m", "pip", "install", "--editable", str(ROOT), TORCH]
    with LOG.open("w", encoding="utf-8") as log:
        failed = subprocess.run(install, stdout=log, stderr=log, cwd=ROOT, check=False).returncode
    if failed:
        sys.exit(f"Not set up; pip's words are in {LOG.relative_to(ROOT)}")
    STAMP.write_text(wanted(), encoding="utf-8")


def main():
    """Set up, and measure in a process that knows of one thread from its start."""
    set_up()
    command = [PYTHON, "-m", "bench.measure", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=ROOT, env=os.environ | SETTINGS, check=False).returncode)


if __name__ == "__main__":
    main()
