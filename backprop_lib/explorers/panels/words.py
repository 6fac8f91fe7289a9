"""The panel of words: what the explorer shows now, said in sentences."""

import textwrap
from dataclasses import dataclass

from backprop_lib.explorers.panels.panel import Panel


@dataclass(frozen=True)
class Words(Panel):
    """What the explorer shows now, said in words."""

    wide = True

    def draw(self, paper, left, top, width):
        """Draw the sentences, line by line."""
        wrapped = textwrap.wrap(paper.explorer.described(), int(width / 6.4))
        for k, line in enumerate(wrapped):
            paper.text(left, top + 9 + 19 * k, line, "muted", 12, ha="left")
        return 19 * len(wrapped)
