"""What every panel is: plain data for the page, and its own drawing for the static frame.

To add one: a module here with a class, and a file of its name in page/ that sets PANELS[kind].
"""

from dataclasses import asdict, dataclass
from typing import ClassVar

from backprop_lib.explorers.notation import tokens


@dataclass(frozen=True)
class Panel:
    """Something to look at: `wide` panels stand alone, the others side by side with their share.

    Titles are written like formulas: the name of an array stands in its letters and its colour.
    """

    wide: ClassVar = False
    share: ClassVar = 1.0

    @property
    def roles(self):
        """The role of each array that the panel shows, by name."""
        return {}

    def spec(self, largest):
        """Return the panel as the page reads it; `largest` is each array's largest shape."""
        spec = {"kind": type(self).__name__.lower(), "wide": self.wide} | asdict(self)
        return spec | ({"title": tokens(self.title)} if "title" in spec else {})

    def draw(self, paper, left, top, width):
        """Draw it at (left, top), so wide, in pixels; return its height."""
        raise NotImplementedError


@dataclass(frozen=True)
class Curve:
    """One curve or path of a panel: the array it is read from, how it is called, its role."""

    name: str
    label: str = ""
    role: str = "forward"


def roles(curves):
    """Return the role of each curve's array."""
    return {curve.name: curve.role for curve in curves}


def dashes(curves):
    """Return which dash each curve has, so that two curves of one colour differ."""
    return [sum(other.role == one.role for other in curves[:k]) for k, one in enumerate(curves)]
