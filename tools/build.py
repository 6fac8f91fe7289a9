"""Write every notebook from its source, run it and keep its outputs: one converter, one direction.

    python tools/build.py [stem …]          write the notebooks: all, or those of the named stems
    python tools/build.py --check           say what differs from the sources, without running any
    python tools/build.py --list-pristine   name the notebooks whose cells are those of the sources

chapters/source/NN_topic.md (MyST) gives chapters/NN_topic.ipynb, solutions/source/NN_topic.py
(py:percent) gives solutions/NN_topic.ipynb and exercises/NN_topic.ipynb, where one line
`raise NotImplementedError` stands for all that is between # BEGIN SOLUTION and # END SOLUTION.

A notebook carries a mark of the cells it was built with. Where they no longer agree, somebody works
in it: nothing overwrites it, unless FORCE=1 is set, and then their copy is kept beside it.
"""

import argparse
import asyncio
import os
import re
import shutil
import sys
from itertools import count

import nbformat
from drift import drift
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from outputs import faults, keep_pictures, tidy
from sources import Stop, is_somebodys, metadata, named, plan, read


def main(arguments=None):
    """Do what the command line asks; leave by a readable line where that cannot be done."""
    parser = argparse.ArgumentParser(description="Write every notebook from its source.")
    parser.add_argument("stems", nargs="*", metavar="stem", help="such as 01_forward_pass")
    parser.add_argument("--check", action="store_true", help="say what differs from the sources")
    parser.add_argument("--list-pristine", action="store_true", help="name those that do not")
    wants = parser.parse_args(arguments)
    try:
        if wants.check or wants.list_pristine:
            wrong, theirs, pristine = drift(strict=os.environ.get("CI") == "true")
            if wants.list_pristine:
                for path in pristine:
                    print(named(path))
                return
            for path in theirs:
                print(f"{named(path)}: yours, left alone.")
            if wrong:
                raise Stop("\n".join(wrong))
            print(f"{len(pristine)} notebooks are what their sources say.")
        else:
            build(wants.stems, force=os.environ.get("FORCE") == "1")
    except Stop as stop:
        sys.exit(str(stop))


def build(stems, force):
    """Write all the notebooks, or those of the named stems; where one fails, write none."""
    books = plan(stems)
    theirs = [named(path) for path, book in books.items() if is_somebodys(path, book)]
    if theirs and not force:
        raise Stop(
            "Nothing was built: somebody has worked in\n  " + "\n  ".join(theirs) + "\n"
            "make build FORCE=1 builds anew, and keeps what is there beside it (….yours-1.ipynb)."
        )
    for path in books:
        path.parent.mkdir(exist_ok=True)
    wrong = [failure for failure in asyncio.run(run_all(books)) if failure]
    for path, book in books.items() if not wrong else ():
        tidy(book).metadata = metadata(book)
        keep_pictures(book, read(path) or book)
        wrong += [f"{named(path)}: {fault}." for fault in faults(book)]
    if wrong:
        raise Stop("\n".join(["Nothing was built.", *wrong]))
    for path, book in books.items():
        print(f"{named(path)}: {write(path, book, force)}")


async def run_all(books):
    """Run notebooks, two at a time; return for each what stopped it, or None."""
    turn = asyncio.Semaphore(2)
    return await asyncio.gather(*(run(path, book, turn) for path, book in books.items()))


async def run(path, book, turn):
    """Run a notebook in its own folder by a fresh kernel; return what stopped it, or None."""
    at = []
    client = NotebookClient(
        book,
        kernel_name=book.metadata.kernelspec.name,
        timeout=600,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],
        on_cell_start=lambda cell, cell_index: at.append(cell.id),
    )
    async with turn:
        try:
            await client.async_execute(env=os.environ | {"BACKPROP_NO_PROGRESS": "1"})
        except CellExecutionError as error:
            traceback = re.sub(r"\x1b\[[\d;]*m", "", error.traceback)
            line = re.search(r"(?m)^-+> *\d+ +(.+)", traceback)
            place = f", at `{line[1].strip()}`" if line else ""
            what = f"{error.ename}: {error.evalue}" if error.evalue else error.ename
            return f"{named(path)}, cell {at[-1]}{place}: {what}"
        except (CellTimeoutError, DeadKernelError) as error:
            return f"{named(path)}, cell {at[-1]}: {str(error).splitlines()[0]}"


def write(path, book, force):
    """Write a notebook all at once, and keep beside it whatever somebody had written there."""
    data, done = (nbformat.writes(book) + "\n").encode(), "written"
    if path.exists() and path.read_bytes() == data:
        return "unchanged"
    if is_somebodys(path, book):
        if not force:
            raise Stop(f"{named(path)} was changed while it was being built, and left alone.")
        copies = (path.with_suffix(f".yours-{n}.ipynb") for n in count(1))
        yours = next(copy for copy in copies if not copy.exists())
        shutil.copy2(path, yours)
        done = f"written; what was there is kept as {named(yours)}"
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)
    return done


if __name__ == "__main__":
    main()
