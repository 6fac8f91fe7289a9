"""The panel that draws the sweep itself: one number, over all positions of a control."""

import math
from dataclasses import dataclass, field

from backprop_lib.explorers.panels.panel import Panel
from backprop_lib.explorers.panels.plot import PLOT, Plot


@dataclass(frozen=True)
class Along(Panel):
    """One number over the sweep of the control moved last: where the hand may go.

    `of` names a single number of the frame, such as the loss; without it, it is the picked entry.
    Where it cannot be computed the curve has a gap.
    """

    of: str = ""
    wide: bool = field(default=False, kw_only=True)

    @property
    def roles(self):
        """A number that is named is the loss."""
        return {self.of: "loss"} if self.of else {}

    def draw(self, paper, left, top, width):
        """Draw the curve over the first control on the page that holds a number."""
        control = next((c for c in paper.explorer.shown if paper.explorer.sweeps(c)), None)
        name, index = self.of, ()
        if paper.made and not name:
            name, index = paper.made.then or paper.made.of[0], paper.picked[1:]
        if control is None or name not in paper.arrays:
            return 0
        entry = paper.entry(name, *index) if index else [paper.symbol(name)]
        moves = paper.piece(f" as the {control.label} moves", "muted")
        paper.write(left, top + 10, [*entry, moves])
        xs = control.positions()
        frames = [paper.explorer.frame_at(**paper.parameters | {control.name: x})[0] for x in xs]
        ys = [float(arrays[name][index]) if name in arrays else math.nan for arrays in frames]
        now, value = paper.parameters[control.name], paper.value(name, index)
        role = paper.roles[name]
        plot = Plot(paper, left, top, width, xs, ys)
        plot.foot(control.entry or control.label)
        plot.curve(xs, ys, role)
        plot.point(now, value, role, True)
        plot.value(now, value, paper.said(name, value), xs, ys)
        return PLOT
