"""tools/outputs.py finds what is wrong with an output, and keeps a picture that did not change."""

import base64
import io

import nbformat
import pytest
from PIL import Image

from tests.house.small_course import CHAPTER_BOOK, ROOT, SOLUTION_BOOK


def png(colour, **settings):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, format="png", **settings)
    return base64.b64encode(file.getvalue()).decode()


def picture(data, text="A square that is red all over.", **metadata):
    data = {"image/png": data, "text/plain": text}
    return nbformat.v4.new_output("display_data", data, metadata={"image/png": metadata})


RED = "A square that is red all over."
SAID = nbformat.v4.new_output("stream", text="5\n")
WARNS = nbformat.v4.new_output("stream", name="stderr", text="careful\n")


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (picture(png("red"), alt=RED), None),
        (picture(png("red")), "no sentence"),
        (picture(png("red"), alt=""), "no sentence"),
        (picture(png("red"), text="Red.", alt="Red."), "no sentence"),
        (picture(png("red"), text="<Figure size 640x480>", alt=RED), "no sentence"),
        (SAID, None),
        (WARNS, "writes to stderr, as a warning does: careful"),
        (nbformat.v4.new_output("stream", text="<function f at 0x7f3c52>"), "at 0x7f3c52"),
        (nbformat.v4.new_output("stream", text="/a/site-packages/numpy"), "site-packages"),
        (nbformat.v4.new_output("stream", text=f"in {ROOT}/x.py"), str(ROOT)),
    ],
)
def test_a_fault_in_an_output_is_found(course, output, fault):
    course.run()
    course.edit(CHAPTER_BOOK, lambda book: book.cells[2].update(outputs=[output]))
    _, stopped = course.run("--check")
    if fault is None:
        assert stopped is None
    else:
        assert stopped.startswith("chapters/01_forward_pass.ipynb: cell 01_forward_pass-03 ")
        assert fault in stopped


def test_outputs_that_were_cleared_are_found(course):
    course.run()
    course.edit(CHAPTER_BOOK, lambda book: book.cells[2].update(execution_count=None, outputs=[]))
    course.edit(SOLUTION_BOOK, lambda book: book.cells[1].update(execution_count=None))
    stopped = course.run("--check")[1].splitlines()
    assert [line.split(": ")[1] for line in stopped] == [
        "cell 01_forward_pass-03 was not run; run make build.",
        "cell 01_forward_pass-02 was not run; run make build.",
    ]


def test_a_build_stops_at_a_fault_before_it_writes(course, tools, monkeypatch):
    async def run_all(books):
        return [None]

    monkeypatch.setattr(tools.build, "run_all", run_all)
    _, stopped = course.run()
    assert "chapters/01_forward_pass.ipynb: cell 01_forward_pass-03 was not run." in stopped
    assert "is tagged raises-exception, but raised none." in stopped
    assert course.bytes() == {}


def test_a_large_notebook_is_found(course):
    course.run()
    long = nbformat.v4.new_output("stream", text="5" * 600_000)
    course.edit(CHAPTER_BOOK, lambda book: book.cells[2].update(outputs=[long]))
    assert "is larger than 600 kB" in course.run("--check")[1]


def test_a_build_changes_no_byte_where_the_pictures_look_the_same(course, tools, monkeypatch):
    counted = tools.build.run_all

    def showing(**settings):
        async def run_all(books):
            for book in books.values():
                book.cells[-1].outputs = [picture(png("red", **settings), alt=RED)]
                book.cells[-1].metadata.pop("tags", None)
            return await counted(books)

        monkeypatch.setattr(tools.build, "run_all", run_all)

    showing(compress_level=0)
    course.run()
    first = course.bytes()
    showing(compress_level=9)
    assert course.run()[0].count("unchanged") == 3
    assert course.bytes() == first


def test_an_old_picture_stays_where_its_pixels_do(tools):
    old, same, other = png("red", compress_level=0), png("red", compress_level=9), png("blue")
    assert old != same

    def book(*pictures):
        cell = nbformat.v4.new_code_cell(id="a", outputs=[picture(p) for p in pictures])
        return nbformat.v4.new_notebook(cells=[cell])

    new = book(same, other, same)
    tools.outputs.keep_pictures(new, book(old, old))
    assert [output.data["image/png"] for output in new.cells[0].outputs] == [old, other, same]
