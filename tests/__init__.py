"""Tests that mirror the package; `tests/house` keeps the repository's own promises."""
