"""The panel that shows how one entry is made: each term a bar that begins where the last ended."""

from dataclasses import asdict, dataclass

import numpy as np

from backprop_lib.explorers.notation import nice
from backprop_lib.explorers.panels.panel import Panel
from backprop_lib.explorers.sums import Sum

LINE = 25  # the height of a term


@dataclass(frozen=True)
class Microscope(Panel):
    """The sum that made the picked entry, one bar for each term."""

    sums: tuple[Sum, ...]
    share = 2.0

    def spec(self, largest):
        """Return the panel as the page reads it."""
        return super().spec(largest) | {"sums": [asdict(s) | {"terms": s.terms} for s in self.sums]}

    def draw(self, paper, left, top, width):
        """Draw the terms of the picked entry, and their sum."""
        made, index = paper.made, paper.picked[1:]
        if made is None:
            return 0
        name, role = made.of[0], paper.roles[made.of[0]]
        at = dict(zip(made.of[1:], index, strict=True))
        factors, plus = (
            [(n, *(at.get(i, i) for i in letters)) for n, *letters in part]
            for part in (made.factors, made.plus)
        )
        title = [*paper.entry(name, *index), paper.piece(" = ")]
        title += [paper.piece(f"$\\Sigma_{made.over}$ ", size=15)] * bool(made.over)
        title += paper.product(factors)
        for one in plus:
            title += [paper.piece(" + "), *paper.entry(*one)]
        paper.write(left, top + 10, title)

        value, run, lines = paper.value(name, index), 0.0, []
        for entries, term in paper.rows:
            numbers = [paper.said(n, paper.value(n, i)) for n, *i in entries]
            said = " · ".join(numbers) if len(numbers) > 1 else ""
            lines.append((paper.product(entries), said, term, run, "normal"))
            run += term
        lines.append((paper.entry(name, *index), "", value, 0, "bold"))
        if made.then in paper.arrays:
            said = f"{paper.called(made.through)}({paper.said(name, value)})"
            lines.append(
                (paper.entry(made.then, *index), said, paper.value(made.then, index), 0, "normal")
            )
        if made.nudged:
            label = [paper.piece("nudge "), *paper.entry(name[1:], *index)]
            lines.append((label, "by ± h", paper.value(made.nudged, index), 0, "normal"))

        ends = [abs(v) for _, _, amount, start, _ in lines for v in (start, start + amount)]
        reach = nice(max([1e-9, *filter(np.isfinite, ends)]))
        zero, half = left + width * 0.88, width * 0.12 / reach
        paper.line([zero] * 2, [top + 28, top + 30 + LINE * len(lines)])
        for k, (label, said, amount, start, weight) in enumerate(lines):
            y = top + 42 + LINE * k
            paper.write(left, y, label)
            paper.text(left + width * 0.37, y, said, "muted", ha="left")
            number = paper.said(name, amount, exact=True)
            paper.text(left + width * 0.75, y, number, ha="right", fontweight=weight)
            if np.isfinite(amount) and np.isfinite(start):
                x, length = zero + half * min(start, start + amount), half * abs(amount)
                alpha = 0.6 if k < len(paper.rows) else 1
                paper.fill(x, y - 7, length, 14, "negative" if amount < 0 else role, alpha)
        sum_line = top + 42 + LINE * (len(paper.rows) - 0.5)
        paper.line([left, left + width], [sum_line] * 2, "ink")
        return 42 + LINE * len(lines)
