"""The panels of an explorer, as plain data: which arrays of the frame to show, and how.

To add one: a class here, and its drawing in figure_panels.py and in page/panels.js.
"""

from dataclasses import asdict, dataclass, field
from typing import ClassVar

from backprop_lib.explorers.layout import layout
from backprop_lib.explorers.notation import candidates, plain, plain_formula, tokens
from backprop_lib.explorers.sums import Sum


@dataclass(frozen=True)
class Panel:
    """Something to look at: `wide` panels stand alone, the others side by side with their share."""

    wide: ClassVar = False
    share: ClassVar = 1.0

    def spec(self, largest):
        """Return the panel as the page reads it; `largest` is each array's largest shape."""
        return {"kind": type(self).__name__.lower(), "wide": self.wide} | asdict(self)


@dataclass(frozen=True)
class Matrix:
    """One array of the frame on a board, with its gradient `below` it in the same shape."""

    name: str
    role: str = "forward"
    before: str = ""  # the sign before it; a word such as "softmax" stands on an arrow
    through: str = ""  # the control that names what stands on the arrow
    below: "Matrix | None" = None
    plus: "Matrix | None" = None  # what is added, as b to XW: it stands between value and gradient
    marked: str = ""  # the array that says, for each row, which column is outlined

    @property
    def scale(self):
        """Which tint and how many digits its numbers have."""
        return "gradient" if self.role == "backward" else "value"

    def family(self):
        """Return the matrix and all that stand with it."""
        return [self, *(one for m in (self.plus, self.below) if m for one in m.family())]


@dataclass(frozen=True)
class Board(Panel):
    """An equation of matrices. One that is not in the frame is drawn as a dotted outline."""

    wide = True

    matrices: tuple[Matrix, ...]
    tight: bool = False  # smaller cells, and three digits in each

    def spec(self, largest):
        """Return the panel as the page reads it: where everything stands."""
        return {"kind": "board", "wide": True, "layout": layout(self, largest)}


@dataclass(frozen=True)
class Microscope(Panel):
    """The sum that made the picked entry, one bar for each term."""

    sums: tuple[Sum, ...]
    share = 2.0

    def spec(self, largest):
        """Return the panel as the page reads it."""
        return super().spec(largest) | {"sums": [asdict(s) | {"terms": s.terms} for s in self.sums]}


@dataclass(frozen=True)
class Lines(Panel):
    """A curve, and every entry of an array as a point on it: (x, y) names of arrays."""

    curve: tuple[str, str]
    points: tuple[str, str]
    through: str  # the control that names the function


@dataclass(frozen=True)
class Along(Panel):
    """One number over the sweep of the control moved last: where the hand may go.

    `of` names a single number of the frame, such as the loss; without it, it is the picked entry.
    """

    of: str = ""

    @property
    def matrices(self):
        """What it shows, with its role."""
        return (Matrix(self.of, "loss"),) if self.of else ()


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


@dataclass(frozen=True)
class Bars(Panel):
    """One bar for each single number: (what it is the number of, its name in the frame)."""

    title: str
    bars: tuple[tuple[str, str], ...]

    @property
    def matrices(self):
        """What it shows the lengths of, with its role."""
        return tuple(Matrix(name, "backward") for name, _ in self.bars)


@dataclass(frozen=True)
class Stop:
    """One step of a pass: the array it makes, the formula at work, and a quiet remark."""

    name: str
    formula: str = ""
    note: str = ""

    @property
    def uses(self):
        """The arrays at work, the one that is made among them."""
        return {name for token in tokens(self.formula) for name, _ in candidates(*token)}


@dataclass(frozen=True)
class Scrubber(Panel):
    """A rail of stops; what a later stop makes is not shown yet. At the end everything is."""

    wide = True

    stops: tuple[Stop, ...]
    note: str  # what is said at the end, where everything is shown
    through: str = ""  # the control that names the function g in the formulas

    def at(self, step):
        """Return the Stop with this name; None at the end, where everything is shown."""
        return next((stop for stop in self.stops if stop.name == step), None)

    def later(self, step):
        """Return the names of what the stops after this one make."""
        names = [stop.name for stop in self.stops]
        return names[names.index(step) + 1 :] if step in names else []

    def said(self, step):
        """Return the stop in words; nothing at the end."""
        stop = self.at(step)
        if not stop:
            return ""
        formula = f"{plain_formula(stop.formula)}, " if "=" in stop.formula else ""
        return f"At {plain(step)}: {formula}{stop.note}."

    def spec(self, largest):
        """Return the panel as the page reads it: formulas as (text, superscript) pairs."""
        stops = [
            asdict(stop)
            | {"formula": tokens(stop.formula), "uses": sorted(stop.uses & largest.keys())}
            | {"said": self.said(stop.name)}
            for stop in self.stops
        ]
        return super().spec(largest) | {"stops": stops}


@dataclass(frozen=True)
class Words(Panel):
    """What the explorer shows now, said in words."""

    wide = True
