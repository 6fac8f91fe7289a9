"""Puts into .venv what a command of the Makefile needs; the second time it costs nothing.

    python3 tools/setup_venv.py lab|test|browser      (an extra of pyproject.toml)

Any Python from 3.6 on can read this file, so that an old one can say in words what is wrong.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
NEWER = ["python3.13", "python3.12", "python3.11", "python3.14"]
EXTRAS = ["lab", "test", "browser"]  # each contains the one before it
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.txt")
LOG = os.path.join(".venv", "setup.log")


def ranges():
    """Return a digest of pyproject.toml: where it changes, the installation is out of date."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def stamp():
    """Return what was installed: digest of the ranges, place of the checkout, extra."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            digest, place, extra = file.read().splitlines()
    except (OSError, ValueError):
        return "", "", ""
    return (digest, place, extra) if os.path.exists(PYTHON) else ("", "", "")


def is_there(extra):
    """Tell whether .venv holds this extra, for these ranges, in this place."""
    digest, place, found = stamp()
    return (digest, place) == (ranges(), ROOT) and EXTRAS.index(found) >= EXTRAS.index(extra)


def version(python):
    """Return (major, minor) of this interpreter, or (0, 0) where it does not run."""
    code = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        answer = subprocess.check_output([python, "-c", code], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return 0, 0
    return tuple(int(part) for part in answer.split())


def start_again_with_a_newer_python():
    """Hand over to a newer Python of this machine, or say that there is none."""
    for name in NEWER:
        if version(name) >= OLDEST:
            path = shutil.which(name)
            os.execv(path, [path, *sys.argv])
    found = sys.version.split()[0], sys.executable
    sys.exit(
        "Python %d.%d or later is needed; found %s (%s). Install a newer one, or name it: "
        "make PYTHON=/path/to/python3 lab" % (OLDEST + found)
    )


def run(command, log):
    """Run the command, all its words into the log; tell whether it went well."""
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
    log.flush()
    return not subprocess.call(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )


def make_venv(log):
    """Make .venv in its folder, which holds nothing but the log."""
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:  # Debian keeps it in a package of its own
        sys.exit(
            "Python's venv module is not complete here. "
            "On Debian or Ubuntu: apt install python3-venv (or python%d.%d-venv)"
            % sys.version_info[:2]
        )
    if not run([sys.executable, "-m", "venv", VENV], log):
        sys.exit("Python could not make a virtual environment; its words are in " + LOG)


def reason(words):
    """Say in one sentence what went wrong, by pip's own words."""
    missing = re.findall(r"No matching distribution found for ([^\s(;]+)", words)
    broken = re.findall(r"Failed (?:building wheel for|to build) '?([\w.-]+)", words)
    if "No space left on device" in words:
        return "the disk is full"
    if missing and "Retrying (" in words:
        return "%s cannot be had: the package index does not answer" % missing[0]
    if missing:
        return "%s cannot be had" % missing[0]
    if broken:
        return "%s cannot be built here" % broken[0]
    if "conflicting dependencies" in words:
        return "the ranges in pyproject.toml do not go together"
    return "pip stopped"


def install(extra):
    """Bring .venv up to this extra; only when all went well is there a stamp."""
    started = time.time()
    place = stamp()[1]
    if os.path.exists(STAMP):
        os.remove(STAMP)
    works = version(PYTHON) >= OLDEST and place in ("", ROOT)
    works = works and os.path.exists(os.path.join(VENV, "bin", "pip"))
    if not works:  # there is none; or it was moved, or half made, or its Python is gone
        shutil.rmtree(VENV, ignore_errors=True)
        os.makedirs(VENV)
    print(
        "Setting up .venv for `make %s`, once: a minute or two. Its log: %s"
        % ({"browser": "test-browser"}.get(extra, extra), LOG),
        flush=True,
    )
    with open(os.path.join(ROOT, LOG), "w+", encoding="utf-8", errors="replace") as log:
        if not works:
            make_venv(log)
        if not run([PYTHON, "-m", "pip", "install", "--editable", ".[%s]" % extra], log):
            log.seek(0)
            sys.exit("Not set up: %s. Pip's words are in %s" % (reason(log.read()), LOG))
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write("%s\n%s\n%s\n" % (ranges(), ROOT, extra))
    print("Ready after %.0f s." % (time.time() - started), flush=True)


def main():
    """Set up the extra that is named, unless it is there."""
    extra = sys.argv[1]
    if is_there(extra):
        return
    if sys.version_info < OLDEST:
        start_again_with_a_newer_python()
    try:
        install(extra)
    except KeyboardInterrupt:
        sys.exit("\nStopped before it was ready. The next time it goes on.")
    except OSError as error:
        sys.exit("Not set up: %s" % error)


if __name__ == "__main__":
    main()
