"""Keeps pytest from importing what needs torch: the course itself never does."""

collect_ignore = ["make_oracle.py", "pytorch.py"]
