"""Beside nbval (`-p tests.binder.memory`): how much memory each notebook's kernel took, at most."""

import re
from pathlib import Path

import pytest

ROOM = 2000  # MB that Binder gives, to everything together
SERVER = 200  # MB; 144 were measured
AT_ONCE = 6  # notebooks that a reader may have open, all of them as large as the largest
MOST = (ROOM - SERVER) / AT_ONCE
peaks = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a notebook's last cell, ask the system before nbval ends the kernel."""
    if nextitem is not None and nextitem.parent is item.parent:
        return (yield)
    notebook = f"{item.path.parent.name}/{item.path.name}"
    peaks[notebook] = peak(item.parent.kernel.km.provisioner.pid)
    done = yield
    assert peaks[notebook] <= MOST, (
        f"{notebook}: its kernel took {peaks[notebook]:.0f} MB, at most {MOST:.0f} are allowed"
    )
    return done


def peak(process):
    """Return the most memory, in MB, that a process has ever had (Linux keeps count)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024 / 1e6


def pytest_terminal_summary(terminalreporter):
    if peaks:
        terminalreporter.section(f"MB of memory, of at most {MOST:.0f}")
        for notebook, size in peaks.items():
            terminalreporter.write_line(f"{size:4.0f}  {notebook}")
