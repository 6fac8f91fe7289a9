"""Lets the PyTorch in .bench write oracle.json anew; installs it there, once: some minutes."""

import subprocess
import sys

from bench.training import PYTHON, ROOT, set_up

set_up()
command = [PYTHON, "-m", "tests.oracle.make_oracle"]
sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
