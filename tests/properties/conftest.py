"""200 examples a property, the same in every run; HYPOTHESIS_PROFILE=nightly makes it 2,000."""

import os

from hypothesis import HealthCheck, settings

ALIKE = {"derandomize": True, "deadline": None, "database": None}
settings.register_profile("ordinary", max_examples=200, **ALIKE)
settings.register_profile(
    "nightly", max_examples=2000, suppress_health_check=list(HealthCheck), **ALIKE
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))
