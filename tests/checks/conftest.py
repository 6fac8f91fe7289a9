"""No test of the checks writes a progress file, or sees what another test did."""

import pytest

from backprop_lib.checks import record


@pytest.fixture(autouse=True)
def nothing_recorded(monkeypatch):
    monkeypatch.setenv("BACKPROP_NO_PROGRESS", "1")
    monkeypatch.setattr(record, "_session", {})
