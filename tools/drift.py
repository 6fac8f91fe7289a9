"""Whether the notebooks are what the sources say: found by comparing cells, without running any."""

import copy
from itertools import zip_longest

from outputs import faults, tidy
from sources import is_somebodys, metadata, named, notebooks, plan, read

LARGEST = 600_000  # bytes


def drift(strict):
    """Return what is wrong, whose work is left alone, and which notebooks are as they should be.

    An exercise that somebody answered is theirs. Strict is for CI, where nobody answers any: there
    it is wrong like every other notebook that left its source.
    """
    books, wrong, theirs, pristine = plan(), [], [], []
    for path, wanted in books.items():
        found = read(path)
        if found is None:
            what = "is not a notebook" if path.exists() else "is missing"
            wrong.append(f"{named(path)} {what}; run make build.")
        elif change := difference(wanted, found):
            if not is_somebodys(path, wanted):
                wrong.append(f"{named(path)}: {change}; run make build.")
            elif path.parent.name == "exercises" and not strict:
                theirs.append(path)
            else:
                wrong.append(
                    f"{named(path)}: {change}. It was changed here and not in its source; "
                    "make build FORCE=1 builds it anew, and keeps this one beside it."
                )
        else:
            pristine.append(path)
            wrong += [f"{named(path)}: {fault}; run make build." for fault in faults(found)]
            if strict and not as_built(found):
                wrong.append(f"{named(path)} was saved after it was built; run make build.")
            if path.stat().st_size > LARGEST:
                wrong.append(f"{named(path)} is larger than {LARGEST // 1000} kB.")
    for path in notebooks():
        if path in books:
            continue
        if is_somebodys(path) and not strict:
            theirs.append(path)
        else:
            wrong.append(f"{named(path)}: no source gives it; delete it, or write its source.")
    return wrong, theirs, pristine


def as_built(book):
    """Return whether a notebook is just as the build writes it, its outputs' pieces included."""
    again = tidy(copy.deepcopy(book))
    again.metadata = metadata(again)
    return again == book


def difference(wanted, found):
    """Return where a notebook first leaves its source, in words; None where it does not.

    Empty cells do not count: Jupyter adds one after the last that is run.
    """
    wanted = [cell for cell in wanted.cells if cell.source.strip()]
    found = [cell for cell in found.cells if cell.source.strip()]
    for want, have in zip_longest(wanted, found):
        if want is None or (have and have.get("id") not in [cell.id for cell in wanted]):
            return f"cell {have.get('id')} is not in the source"
        if have is None or want.id not in [cell.get("id") for cell in found]:
            return f"cell {want.id} is missing"
        if want.id != have.id:
            return f"cell {want.id} is not in its place"
        if want.cell_type != have.cell_type:
            return f"cell {want.id} is a {have.cell_type} cell, its source a {want.cell_type} cell"
        for here, there in zip_longest(have.source.split("\n"), want.source.split("\n")):
            if here != there:
                return f"cell {want.id} says {here!r}, its source {there!r}"
        if not want.metadata.items() <= have.metadata.items():
            return f"cell {want.id} has lost its {', '.join(want.metadata)}"
    return None
