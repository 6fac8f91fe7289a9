"""A card: the few words a check, a hint or a progress report says, in rich and in plain form."""

import textwrap
from html import escape
from pathlib import Path
from urllib.parse import quote

from backprop_lib.look import DARK, LIGHT

TONES = {  # of each kind of card: its mark, and its colour's name in the visual language
    "passed": ("✓", "parameter-ink"),
    "wrong": ("✗", "backward-ink"),
    "open": ("○", "faint"),
    "hint": ("›", "forward-ink"),
}
WIDTH = 88
# A notebook that is not trusted yet loses the style sheet, and keeps what stands at an element.
LEFT = 'style="text-align: left"'


def style():
    """Return the style sheet with the colours of both themes, in JupyterLab and elsewhere."""
    sheet = Path(__file__).with_name("card.css").read_text(encoding="utf-8")
    parts = [
        sheet.replace("CARD", ".".join(3 * ["backprop-card"])),
        *_colours(LIGHT, ""),
        "@media (prefers-color-scheme: dark) {",
        *_colours(DARK, ""),
        "}",
        *_colours(LIGHT, '[data-jp-theme-light="true"] '),
        *_colours(DARK, '[data-jp-theme-light="false"] '),
    ]
    return "<style>" + "\n".join(parts) + "</style>"


def _colours(look, where):
    return [
        f"{where}.backprop-card.{tone} {{ --tone: {look[ink]}; }}"
        for tone, (_, ink) in TONES.items()
    ]


STYLE = style()


class Card:
    """Words in order; each method adds a part, and both forms are made from the same parts.

    `tone` is one of TONES. Text between backticks is set as code in the rich form.
    """

    def __init__(self, tone, title, state):
        self.tone, self.title, self.state, self.parts = tone, title, state, []

    def text(self, sentence, soft=False):
        """Add a paragraph, a soft one in grey; nothing where there is nothing to say."""
        if sentence:
            kind = ' class="soft"' if soft else ""
            self._add(textwrap.fill(sentence, WIDTH), f"<p{kind}>{_marked(sentence)}</p>")
        return self

    def place(self, before, heading, chapter, after):
        """Add where in the chapters to look, with a link to it."""
        path = f"chapters/{chapter}.ipynb"
        link = f"../{path}#{quote(heading.replace(' ', '-'))}"
        rich = f'“<a href="{link}">{escape(heading)}</a>” in {path}'
        self._add(
            textwrap.fill(f"{before} “{heading}” in {path}{after}", WIDTH),
            f'<p class="soft">{_marked(before)} {rich}{_marked(after)}</p>',
        )
        return self

    def steps(self, sentences):
        """Add numbered paragraphs."""
        numbered = [
            textwrap.fill(f"{i}. {sentence}", WIDTH, subsequent_indent="   ")
            for i, sentence in enumerate(sentences, start=1)
        ]
        items = "".join(f"<li>{_marked(sentence)}</li>" for sentence in sentences)
        self._add("\n".join(numbered), f"<ol>{items}</ol>")
        return self

    def rows(self, rows):
        """Add a table: tuples of texts, aligned in columns; a text by itself heads those below."""
        tuples = [row for row in rows if isinstance(row, tuple)]
        if rows:
            widths = [max(map(len, column)) for column in zip(*tuples, strict=True)]
            lines, cells, indent = [], [], " " * 2 * (len(tuples) < len(rows))
            for row in rows:
                if isinstance(row, str):
                    lines.append(row)
                    across = f'colspan="{len(widths)}" class="group" {LEFT}'
                    cells.append(f"<td {across}>{escape(row)}</td>")
                    continue
                texts = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
                line = textwrap.fill(
                    "   ".join(texts).rstrip(),
                    WIDTH,
                    initial_indent=indent,
                    subsequent_indent=indent + " " * (widths[0] + 3),
                    drop_whitespace=False,
                )
                lines.append(line.replace(" \n", "\n"))
                first, *others = row
                cells.append(
                    f'<td class="soft" {LEFT}>{escape(first)}</td>'
                    + "".join(f"<td {LEFT}>{_marked(text)}</td>" for text in others)
                )
            table = "".join(f"<tr>{cell}</tr>" for cell in cells)
            self._add("\n".join(lines), f"<table>{table}</table>")
        return self

    def code(self, label, code):
        """Add a labelled block that keeps its lines."""
        if code:
            self._add(
                f"{label}\n" + textwrap.indent(code, "    "),
                f'<p class="soft">{escape(label)}</p><pre>{escape(code)}</pre>',
            )
        return self

    def _add(self, plain, rich):
        self.parts.append((plain, rich))

    def __repr__(self):
        head = f"{TONES[self.tone][0]} {self.title}: {self.state}"
        body = [textwrap.indent(plain.replace("`", ""), "  ") for plain, _ in self.parts]
        return "\n".join([head, *body])

    def _repr_html_(self):
        head = (
            f'<p class="head"><span class="mark" aria-hidden="true">{TONES[self.tone][0]}</span>'
            f" <code>{escape(self.title)}</code>"
            f" <strong>{escape(self.state)}</strong></p>"
        )
        body = "".join(rich for _, rich in self.parts)
        bar = f"border-left: 3px solid {LIGHT[TONES[self.tone][1]]}; padding: 2px 0 2px 16px"
        return f'{STYLE}<div class="backprop-card {self.tone}" style="{bar}">{head}{body}</div>'


def _marked(sentence):
    """Escape, and set what stands between backticks as code."""
    pieces = escape(sentence).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))
