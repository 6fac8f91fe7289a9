"""What the sources say: the cells of every notebook before it has run, and whose a notebook is."""

import hashlib
import json
import re
from pathlib import Path

import jupytext
import nbformat

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = "chapters", "solutions", "exercises"
KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
BLOCK = re.compile(r"(?ms)^([ \t]*)# BEGIN SOLUTION\n(.*?\S.*?)\n\1# END SOLUTION$")
SOLVED, STUB = r"\2", r"\1raise NotImplementedError"
MARKER = re.compile(r"(?i)#\W*(begin|end)\W*solution.*")


class Stop(Exception):
    """What somebody has to decide or to put right, in readable lines."""


def named(path):
    """Return a path as it is spoken of: from the root of the course."""
    return path.relative_to(ROOT).as_posix()


def notebooks():
    """Return every notebook that lies where built ones do."""
    return sorted(p for folder in FOLDERS for p in ROOT.glob(f"{folder}/*.ipynb"))


def plan(stems=()):
    """Return {path: notebook, not yet run} for all the sources, or those of the given stems."""
    books = {}
    for source in sorted([*ROOT.glob("chapters/source/*.md"), *ROOT.glob("solutions/source/*.py")]):
        stem = source.stem
        if not re.fullmatch(r"(\d\d_)?[a-z][a-z0-9_]*", stem):
            raise Stop(
                f"{named(source)}: a source is named NN_topic, as 01_forward_pass is; an appendix,"
                " topic."
            )
        if stems and stem not in stems:
            continue
        if source.suffix == ".md":
            books[ROOT / f"chapters/{stem}.ipynb"] = notebook(source, "md:myst")
        else:
            books[ROOT / f"solutions/{stem}.ipynb"] = notebook(source, "py:percent", SOLVED)
            books[ROOT / f"exercises/{stem}.ipynb"] = notebook(source, "py:percent", STUB)
    if missing := set(stems) - {path.stem for path in books}:
        raise Stop(f"No source is named {', '.join(sorted(missing))}.")
    if not books:
        raise Stop("There is no source in chapters/source, nor in solutions/source.")
    return books


def notebook(source, form, solution=None):
    """Return the notebook of one source; `solution` replaces what its markers enclose."""
    text = source.read_text(encoding="utf-8")
    book = nbformat.v4.new_notebook()
    book.cells = [cell for cell in jupytext.reads(text, form).cells if cell.source.strip()]
    replaced = 0
    for k, cell in enumerate(book.cells, start=1):
        cell.id = f"{source.stem}-{k:02d}"
        if solution and cell.cell_type == "code":
            cell.source, n = BLOCK.subn(solution, cell.source)
            replaced += n
        if alone := MARKER.search(cell.source):
            raise Stop(
                f"{named(source)}, cell {cell.id}: {alone[0]!r} has no partner here. A solution "
                "stands in one code cell of solutions/source, between the lines # BEGIN SOLUTION "
                "and # END SOLUTION, indented alike."
            )
    if solution and not replaced:
        raise Stop(f"{named(source)}: nothing stands between # BEGIN SOLUTION and # END SOLUTION.")
    book.metadata = metadata(book)
    return book


def metadata(book):
    """Return what a built notebook says of itself: its kernel, and the mark of its cells."""
    return nbformat.from_dict({"kernelspec": KERNEL, "backprop": {"built": mark(book)}})


def mark(book):
    """Return a digest of all that a reader could lose: the kind and the text of each cell."""
    held = [[cell.cell_type, cell.source] for cell in book.cells if cell.source.strip()]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:16]


def read(path):
    """Return the notebook at path, or None where there is none to be read."""
    try:
        book = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        nbformat.validate(book)
    except Exception:  # half a file, a merge's marks, another format: each fails in its own way
        return None
    return book


def is_somebodys(path, wanted=None):
    """Return whether the cells at path are neither what a build wrote nor what it would write."""
    book = read(path)
    if book is None:
        return path.exists()
    built = book.metadata.get("backprop", {}).get("built")
    return mark(book) not in (built, wanted and mark(wanted))
