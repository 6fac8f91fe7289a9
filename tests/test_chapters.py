"""What every chapter owes its reader, whatever it is about."""

import re
import tomllib
from pathlib import Path

import pytest

from backprop_lib import look
from backprop_lib.checks.course import MINUTES

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters" / "source").glob("[0-9]*.md"))
DRAWINGS = sorted((ROOT / "chapters" / "images").glob("*.svg"))
PARTS = ["Summary", "Test yourself", "If you know PyTorch", "Read on"]

every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)


def test_there_are_chapters():
    assert [path.stem[:2] for path in CHAPTERS] == [f"{k:02}" for k in range(len(CHAPTERS))]
    assert CHAPTERS


@every_chapter
def test_it_says_what_the_reader_will_be_able_to_do_needs_and_how_long_it_takes(chapter):
    opening = chapter.read_text().split("\n## ")[0]
    for promise in (f"# {chapter.stem[:2]} · ", "you can**", "**You need**", "**It takes** about"):
        assert promise in opening


@every_chapter
def test_it_ends_as_every_chapter_does(chapter):
    headings = re.findall(r"^## (.+)$", chapter.read_text(), flags=re.MULTILINE)
    assert [heading for heading in headings if heading in PARTS] == PARTS


@every_chapter
def test_every_question_has_its_answer_folded_away(chapter):
    text = chapter.read_text()
    questions = text.split("## Test yourself")[1].split("\n## ")[0]
    asked = len(re.findall(r"^\*\*\d+\.\*\*", questions, flags=re.MULTILINE))
    assert 4 <= asked <= 8
    assert questions.count("<details><summary>Answer</summary>\n\n") == asked
    assert text.count("<details>") == text.count("\n\n</details>")
    for question in text.split("**Try it")[1:]:
        assert "<details>" in question.split("\n## ")[0]


@every_chapter
def test_its_links_and_pictures_lead_somewhere(chapter):
    text = re.sub(r"```.*?```", "", chapter.read_text(), flags=re.DOTALL)
    for alt, target in re.findall(r"(!?)\[[^\]]*\]\(([^)]+)\)", text):
        if target.startswith("http"):
            continue
        file, _, place = target.partition("#")
        path = (ROOT / "chapters" / file).resolve() if file else chapter
        source = ROOT / "chapters" / "source" / f"{path.stem}.md"
        sources = ROOT / "solutions" / "source" / f"{path.stem}.py"
        is_notebook = path.suffix == ".ipynb" and (source.exists() or sources.exists())
        assert is_notebook or path.exists(), target
        assert not alt or path.exists()
        assert not place or place in places(source), target


def places(source):
    """Return what a link can name in a notebook: its headings, with a dash for each space."""
    headings = re.findall(r"^#+ (.+)$", source.read_text(), flags=re.MULTILINE)
    return {heading.replace(" ", "-") for heading in headings}


@every_chapter
def test_another_chapter_is_named(chapter):
    """A number sends nobody anywhere: the first mention of a chapter is a link with its name."""
    text = re.sub(r"```.*?```", "", chapter.read_text(), flags=re.DOTALL)
    text = re.sub(r"(?m)^\|.*$", "", text)  # a table has no room for it
    for number, after in re.findall(r"(?i)chapter (\d\d)(?! on\b)(.{,9})", text):
        named = f"[chapter {number}, " in text.lower()
        assert number == chapter.stem[:2] or named or after.startswith(", "), f"{number}{after}"


def test_every_chapter_ends_with_the_question_of_the_next():
    contents = dict(re.findall(r"^\| \[?(\d\d · .+?)(?:\]\(.*?\))? \| (.+) \| \d+ \|$",
                               (ROOT / "README.md").read_text(), flags=re.MULTILINE))  # fmt: skip
    for chapter, (title, question) in zip(CHAPTERS, [*contents.items()][1:], strict=False):
        number, name = title.split(" · ")
        (file,) = (path.stem for path in CHAPTERS if path.stem.startswith(number))
        line = f"**Next:** [chapter {number}, {name}]({file}.ipynb). {question}"
        assert chapter.read_text().rstrip().endswith(line)


@every_chapter
def test_every_picture_says_what_there_is_to_see(chapter):
    for alt in re.findall(r"!\[([^\]]*)\]\(", chapter.read_text()):
        assert len(alt) >= 20


@pytest.mark.parametrize("picture", DRAWINGS, ids=lambda path: path.name)
def test_drawings_use_the_colours_of_the_course(picture):
    used = set(re.findall(r"#[0-9A-Fa-f]{6}", picture.read_text()))
    assert used
    assert used <= set(look.LIGHT.values())


@pytest.mark.parametrize("page", ["README.md", "chapters/source/00_start_here.md"])
def test_the_table_of_contents_is_the_course(page):
    rows = re.findall(r"^\| \[?(\d\d) · (.+?)(?:\]\(.*?\))? \| .+ \| (\d+) \|$",
                      (ROOT / page).read_text(), flags=re.MULTILINE)  # fmt: skip
    titles = [path.read_text().split("\n# ")[1].split("\n")[0] for path in CHAPTERS]
    assert [f"{number} · {title}" for number, title, _ in rows] == titles
    assert [int(minutes) for *_, minutes in rows] == list(MINUTES.values())


def test_the_notation_card_is_the_lint_list():
    """The capital letters that code may use are those that chapter 00 explains."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    allowed = settings["tool"]["ruff"]["lint"]["pep8-naming"]["extend-ignore-names"]
    in_code = {re.match(r"d?[A-Z]", name.removeprefix("log_"))[0] for name in allowed}
    card = CHAPTERS[0].read_text().split("## The letters")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|", card, flags=re.MULTILINE)[2:]
    on_card = {letter for row in rows for letter in re.findall(r"\$(d?[A-Z])\$", row)}
    assert in_code == on_card
