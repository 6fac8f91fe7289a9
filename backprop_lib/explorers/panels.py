"""The panels of an explorer, as plain data: which arrays of the frame to show, and how.

To add one: a class here, and its drawing in figure_panels.py and in page/panels.js.
"""

import re
from dataclasses import asdict, dataclass, field
from typing import ClassVar

import numpy as np

from backprop_lib.explorers.notation import indexed, tokens


@dataclass(frozen=True)
class Panel:
    """Something to look at: `wide` panels stand alone, the others side by side with their share."""

    wide: ClassVar = False
    share: ClassVar = 1.0

    def spec(self):
        """Return the panel as the page reads it."""
        return {"kind": type(self).__name__.lower(), "wide": self.wide} | asdict(self)


@dataclass(frozen=True)
class Matrix:
    """One array of the frame on a board, with its gradient `below` it in the same shape."""

    name: str
    role: str = "forward"
    before: str = (
        ""  # the sign between the last matrix and this one; an arrow where `through` is set
    )
    through: str = ""  # the control that names what stands on the arrow
    below: "Matrix | None" = None

    @property
    def scale(self):
        """Which tint and how many digits its numbers have."""
        return "gradient" if self.role == "backward" else "value"


@dataclass(frozen=True)
class Board(Panel):
    """An equation of matrices. One that is not in the frame is drawn as a dotted outline."""

    wide = True

    matrices: tuple[Matrix, ...]


@dataclass(frozen=True)
class Sum:
    """How an entry is made: "Z[i, j] = X[i, k] W[k, j] + b[j]" sums over k, which Z does not have.

    `then` is the array made from it entry by entry, `through` the control that names the function.
    """

    text: str
    then: str = ""
    through: str = ""
    of: tuple = field(init=False)
    over: str = field(init=False)
    factors: tuple = field(init=False)
    plus: tuple = field(init=False)

    def __post_init__(self):
        left, right = self.text.split("=")
        product, *plus = (
            [indexed(e) for e in re.findall(r"\S+\[[^]]*]", t)] for t in right.split("+")
        )
        of = indexed(left.strip())
        over = "".join(dict.fromkeys(i for _, *at in product for i in at if i not in of[1:]))
        parts = {
            "of": of,
            "over": over,
            "factors": tuple(product),
            "plus": tuple(p for (p,) in plus),
        }
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    @property
    def terms(self):
        """The name under which the terms of every entry stand in the frame."""
        return f"{self.of[0]} terms"

    def compute(self, arrays):
        """Return the terms of every entry: the shape of the value, and one more axis."""
        at = "".join(self.of[1:])
        values, letters = zip(*((arrays[n], "".join(i)) for n, *i in self.factors), strict=True)
        products = np.einsum(f"{','.join(letters)}->{at}{self.over}", *values)
        terms = [products if self.over else products[..., None]]
        everywhere = np.ones(arrays[self.of[0]].shape)
        for name, *index in self.plus:
            terms.append(
                np.einsum(f"{''.join(index)},{at}->{at}", arrays[name], everywhere)[..., None]
            )
        return np.concatenate(terms, axis=-1)

    def rows(self, picked, arrays):
        """Return what made the picked entry: (entries multiplied, their product) for each term."""
        letters = dict(zip(self.of[1:], picked[1:], strict=True))
        terms = arrays[self.terms][tuple(picked[1:])]
        steps = range(len(terms) - len(self.plus))
        made = [
            [(n, *((letters | {self.over: k})[i] for i in at)) for n, *at in self.factors]
            for k in steps
        ] + [[(n, *(letters[i] for i in at))] for n, *at in self.plus]
        return list(zip(made, terms.tolist(), strict=True))


@dataclass(frozen=True)
class Microscope(Panel):
    """The sum that made the picked entry, one bar for each term."""

    sums: tuple[Sum, ...]
    share = 1.7

    def spec(self):
        """Return the panel as the page reads it."""
        return super().spec() | {"sums": [asdict(s) | {"terms": s.terms} for s in self.sums]}


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


@dataclass(frozen=True)
class Formula(Panel):
    """The formulas at work, live shapes under their letters; `when` goes by a control's value."""

    wide = True

    lines: tuple[str, ...]
    control: str = ""
    when: dict = field(default_factory=dict)

    def spec(self):
        """Return the panel as the page reads it: formulas as (text, superscript) pairs."""
        return super().spec() | {
            "lines": [tokens(line) for line in self.lines],
            "when": {value: tokens(line) for value, line in self.when.items()},
        }


@dataclass(frozen=True)
class Words(Panel):
    """What the explorer shows now, said in words."""

    wide = True
