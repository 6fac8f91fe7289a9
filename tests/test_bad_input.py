"""Every argument of every public function, spoiled in every way: right, or refused in words."""

import re
from collections import Counter

import pytest

import backprop_lib
from tests.contract.calls import OF_FORMULAS
from tests.contract.formulas import DOORS
from tests.contract.judge import Fault, attempt, outcome
from tests.contract.objects import OF_OBJECTS
from tests.contract.procedures import OF_PROCEDURES

CALLS = [*OF_FORMULAS, *OF_OBJECTS, *OF_PROCEDURES]
RECORDS = {"History", "Trace"}  # they hold what others computed, and are made by them alone
CASES = [pytest.param(call, name, id=f"{call}-{name}") for call in CALLS for name in call.kinds]


def test_every_public_name_has_a_case():
    covered = {re.split("[ .]", call.name)[0] for call in CALLS}
    assert covered | RECORDS >= set(backprop_lib.__all__)


def test_every_function_that_takes_anything_meets_34_kinds():
    kinds = {
        call.name: {kind.name for each in call.kinds.values() for kind in each} for call in CALLS
    }
    counts = {name: len(met) for name, met in kinds.items() if met}
    assert min(counts.values()) >= 34, min(counts, key=counts.get)


@pytest.mark.parametrize(("call", "name"), CASES)
def test_no_wrong_answer_is_silent(call, name):
    faults, outcomes = [], Counter()
    for kind in call.kinds[name]:
        try:
            outcomes[outcome(call, name, kind)] += 1
        except Fault as fault:
            faults.append(f"{kind.name}: {fault}")
    assert not faults, "\n".join(faults)
    again = attempt(call, name, call.right[name]())
    assert not isinstance(again, Exception)  # a refusal leaves nothing behind
    print(f"{call}, {name}: {dict(outcomes)}")  # pytest -rP shows the table


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_missing_argument_is_named(door):
    name = next(iter(door.shapes))
    words = rf"{door.__name__}\(.*missing a required argument: '{name}'"
    with pytest.raises(TypeError, match=words):
        door()
