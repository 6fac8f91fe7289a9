"""Make the folder handout/: the course as a class gets it, without the solutions.

    python tools/handout.py

It holds what a learner needs and nothing else. Only notebooks as they were built go in, so that
nobody's answers are handed out by mistake.
"""

import shutil
import sys

from drift import drift
from sources import ROOT, Stop, named

FOLDER = ROOT / "handout"
WHOLE = "backprop_lib", "chapters/images", "tools/jupyterlab"
FILES = (
    "LICENSE", "LICENSE-content", "CITATION.cff", "environment.yml", "pyproject.toml",
    "tools/setup_venv.py", "chapters/formulas.pdf", "docs/troubleshooting.md",
)  # fmt: skip
NOTEBOOKS = "chapters", "exercises"


def main():
    """Make the folder, or say in a line why not."""
    if FOLDER.exists():
        raise Stop("handout/ is there already. Move it away: what may be in it is not overwritten.")
    wrong, theirs, pristine = drift(strict=False)
    if wrong:
        raise Stop(
            "\n".join(["Nothing was made: not every notebook is what its source says.", *wrong])
        )
    if theirs:
        names = "\n  ".join(map(named, theirs))
        raise Stop(
            f"Nothing was made: somebody has worked in\n  {names}\n"
            "make build FORCE=1 builds anew, and keeps what is there beside it (….yours-1.ipynb)."
        )
    books = [path for path in pristine if path.parent.name in NOTEBOOKS]
    ignored = shutil.ignore_patterns("__pycache__", ".*", "explorer*.gif", "explorer.png")
    for name in WHOLE:
        shutil.copytree(ROOT / name, FOLDER / name, ignore=ignored)
    for path in [*(ROOT / name for name in FILES), *books]:
        target = FOLDER / named(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(ROOT / "tools/handout.md", FOLDER / "README.md")
    print(f"handout/ is made: {len(books)} notebooks, and no solutions.")


if __name__ == "__main__":
    try:
        main()
    except Stop as stop:
        sys.exit(str(stop))
