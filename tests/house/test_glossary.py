"""One glossary: every term and symbol of the course is in it, and stands where it says."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "chapters" / "source"
CHAPTERS = {path.stem: path.read_text("utf-8") for path in sorted(SOURCES.glob("[0-9]*.md"))}
PAGE = (SOURCES / "glossary.md").read_text("utf-8")
WORDS, SYMBOLS = PAGE.split("\n## Symbols\n")
PLACE = r"\(?\[chapter (\d\d), ([^\]]+)\]\((\w+)\.ipynb(?:#([^)\s]+))?\)\)?"
ENTRY = re.compile(rf"(?m)^\*\*(.+?)\*\*: (.+?[.?])(?: \*Also\* (.+?)\.)? {PLACE}$")
ROW = re.compile(rf"(?m)^\| (\$.+?\$) \| (.+?) \| (.*?) ?\| {PLACE} \|$")
ENTRIES, ROWS = ENTRY.findall(WORDS), ROW.findall(SYMBOLS)
# Bold, and no term to look up: the form of every opening, a word of one experiment, school words.
NO_TERMS = {"You need", "It takes", "add", "twins", "mean", "imaginary part"}


def part(stem, heading):
    """Return what stands under a heading of a chapter; before the first one, under its title."""
    title, *parts = re.split(r"(?m)^## ", CHAPTERS[stem].split("\n# ", 1)[1])
    found = {text.split("\n")[0]: text for text in parts}
    return found[heading] if heading in found else {title.split("\n")[0][5:]: title}[heading]


def stems(words):
    """Return the beginnings of the words: enough to know one again in 'saturated', 'saturation'."""
    return {word[:5] for word in re.findall(r"[a-z0-9]+", words.lower())}


def formulas(text):
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return " ".join(re.findall(r"\$\$?(.+?)\$\$?", text, flags=re.DOTALL))


def used(symbol, text):
    end = r"(?![a-zA-Z])" if symbol[-1].isalpha() else ""
    return re.search(rf"(?<![\\^a-zA-Z]){re.escape(symbol)}{end}", formulas(text))


def bold(chapter):
    """Yield what a chapter sets in bold to name it: a few words without a sign, of two or more."""
    text = re.sub(r"```.*?```", "", CHAPTERS[chapter], flags=re.DOTALL)
    for term in re.findall(r"\*\*([A-Za-z][\w' -]+)\*\*", text):
        if len(term.split()) <= 3 and term not in NO_TERMS:
            yield term.removesuffix("'s")


def test_every_line_is_an_entry():
    lines = re.findall(r"(?m)^(?:\*\*|\| \$).*$", PAGE)
    assert len(lines) == len(ENTRIES) + len(ROWS)
    assert len(ENTRIES) >= 70


def test_the_terms_are_sorted_and_under_their_letters():
    terms = [entry[0].casefold() for entry in ENTRIES]
    assert terms == sorted(set(terms))
    for first, last, text in re.findall(r"(?ms)^## (\w) to (\w)$(.*?)(?=^## |\Z)", WORDS):
        assert {term[0].upper() for term, *_ in ENTRY.findall(text)} >= {first, last}
        assert all(first <= term[0].upper() <= last for term, *_ in ENTRY.findall(text))


@pytest.mark.parametrize("entry", [*ENTRIES, *ROWS], ids=lambda entry: entry[0])
def test_its_link_leads_to_a_heading_of_that_chapter(entry):
    number, heading, stem, anchor = entry[-4:]
    assert stem.startswith(number)
    assert part(stem, heading)
    titles = re.findall(r"(?m)^# \d\d · (.+)$", CHAPTERS[stem])
    assert anchor == ("" if heading in titles else heading.replace(" ", "-"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry[0])
def test_the_chapter_has_the_term_there(entry):
    term, _, also, _, heading, stem, _ = entry
    there = stems(part(stem, heading))
    assert any(stems(name) <= there for name in [term, *re.split(r"[,;] ", also)] if name)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_term_that_a_chapter_sets_in_bold_is_in_it(chapter):
    heads = [stems(f"{term} {also}") for term, _, also, *_ in ENTRIES]
    missing = [term for term in bold(chapter) if not any(stems(term) <= head for head in heads)]
    assert not missing


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_symbols_are_used_where_the_table_says(row):
    here, stem, heading = ROWS.index(row), row[-2], row[-3]
    before = [text for name, text in CHAPTERS.items() if name < stem]
    for symbol in re.findall(r"\$(.+?)\$", row[0]):
        assert used(symbol, part(stem, heading))
        if symbol not in re.findall(r"\$(.+?)\$", " ".join(one[0] for one in ROWS[:here])):
            assert not any(used(symbol, text) for text in before)
