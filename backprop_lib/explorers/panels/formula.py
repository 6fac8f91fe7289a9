"""The panel of formulas, live shapes under their letters."""

from dataclasses import dataclass, field

from backprop_lib.explorers.notation import tokens
from backprop_lib.explorers.panels.panel import Panel


@dataclass(frozen=True)
class Formula(Panel):
    """The formulas at work, live shapes under their letters; `when` goes by a control's value."""

    wide = True

    lines: tuple[str, ...]
    control: str = ""
    when: dict = field(default_factory=dict)

    def spec(self, largest):
        """Return the panel as the page reads it: formulas as (text, superscript) pairs."""
        return super().spec(largest) | {
            "lines": [tokens(line) for line in self.lines],
            "when": {value: tokens(line) for value, line in self.when.items()},
        }

    def draw(self, paper, left, top, width):
        """Draw the formulas side by side."""
        now = self.when.get(paper.parameters.get(self.control))
        pieces = []
        for line in filter(None, (*self.lines, now)):
            pieces += [paper.piece(" " * 12, size=22)] * bool(pieces) + paper.formula(line)
        paper.write(left + width / 2, top + 24, pieces, (0.5, 0.5))
        return 48
