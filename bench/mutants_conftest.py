"""Makes mutmut see what it would miss, and puts the quick tests first: a mutant dies at the first.

`bench/mutants.py` lays this beside the tests in its copy of the project.
"""

import os
import sys

from hypothesis import settings
from mutmut.mutation.trampoline import get_mutant_under_test
from mutmut.state import state
from mutmut.stats import record_trampoline_hit
from tqdm import tqdm

# What runs while the library is imported: mutmut imports it once, before it chooses a mutant.
AT_IMPORT = "backprop_lib.shapes.x_takes", "backprop_lib.layer.xǁParameterǁ__set_name__"
EXAMPLES = 20  # of each property: mutants are a thousand times as many as commits

tqdm.monitor_interval = 0  # its thread could hold the bar's lock when mutmut forks, for ever

settings.register_profile(
    "mutants", max_examples=EXAMPLES, derandomize=True, deadline=None, database=None
)


def pytest_configure():
    """Import everything anew, now with the mutant in it, where the import is what it changes."""
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    if get_mutant_under_test().partition("__mutmut_")[0] in AT_IMPORT:
        for name in list(sys.modules):
            if name.partition(".")[0] in {"backprop_lib", "tests"}:
                del sys.modules[name]


def pytest_runtest_setup():
    """Every test counts as one of what runs at import."""
    if get_mutant_under_test() == "stats":
        for name in AT_IMPORT:
            record_trampoline_hit(name)


def pytest_collection_modifyitems(items):
    """Sort by the time each took; refuse a name that is another one in the next process."""
    for item in items:
        assert " at 0x" not in item.nodeid, f"give its parameters a name: {item.nodeid}"
    items.sort(key=lambda item: state().duration_by_test.get(item.nodeid, 0))
