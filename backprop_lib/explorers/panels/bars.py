"""The panel of bars: one for each number, from 0."""

from dataclasses import dataclass

import numpy as np

from backprop_lib.explorers.notation import decimal, length, nice
from backprop_lib.explorers.panels.panel import Panel


@dataclass(frozen=True)
class Bars(Panel):
    """One bar for each number of each array: (the letter it is the number of, its array).

    `labels` call the entries of an array; `signed` bars go to both sides of 0, push and pull.
    `reach` is what the longest bar stands for; where it is 0, the largest number decides.
    """

    title: str
    bars: tuple[tuple[str, str], ...]
    role: str = "backward"
    signed: bool = False
    labels: tuple[str, ...] = ()
    reach: float = 0

    @property
    def roles(self):
        """The role of each letter."""
        return {letter: self.role for letter, _ in self.bars}

    def draw(self, paper, left, top, width):
        """Draw the bars below each other."""
        paper.title(left, top + 10, self.title)
        rows = [(letter, label, float(value)) for letter, number in self.bars
                for label, value in self.rows(paper.every[number])]  # fmt: skip
        reach = self.reach or nice(max([0, *(abs(v) for *_, v in rows if np.isfinite(v))]))
        zero, room = left + 60, width - 120
        if self.signed:
            zero, room = zero + room / 2, room / 2
        paper.line([zero, zero], [top + 28, top + 30 + 26 * len(rows)])
        for k, (letter, label, value) in enumerate(rows):
            y = top + 42 + 26 * k
            paper.write(left, y, [paper.piece(label)] if label else [paper.symbol(letter)])
            if letter not in paper.explorer.later() and np.isfinite(value):
                ends = sorted((0, room * np.clip(value / reach, -1, 1)))
                colour = "negative" if value < 0 else paper.roles[letter]
                paper.fill(zero + ends[0], y - 7, ends[1] - ends[0], 14, colour, 1)
            if letter not in paper.explorer.later():
                said = decimal(value, 3) if self.signed else length(value)
                paper.text(left + width, y, said, ha="right")
        return 42 + 26 * len(rows)

    def rows(self, values):
        """Return (label, value) for each entry of one array."""
        values = np.ravel(values)
        if len(values) == 1 and not self.labels:
            return [("", values[0])]
        labels = self.labels or tuple(map(str, range(len(values))))
        return list(zip(labels, values, strict=True))
