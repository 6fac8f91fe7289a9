"""Mistakes that a step of a formula invites wherever it stands: a family for each such step."""
