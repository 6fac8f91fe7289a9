"""The panel that walks a pass: a rail of stops, and the formula at work."""

from dataclasses import asdict, dataclass

from backprop_lib.explorers.notation import candidates, plain, plain_formula, tokens
from backprop_lib.explorers.panels.panel import Panel


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
class Walk(Panel):
    """A rail of stops; what a later stop makes is not shown yet. At the end everything is."""

    wide = True

    stops: tuple[Stop, ...]
    note: str  # what is said at the end, where everything is shown
    through: str = ""  # the control that names the function g in the formulas
    numbers: bool = False  # below the letters, in place of shapes; for a walk along a Graph

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

    def draw(self, paper, left, top, width):
        """Draw the step of the pass as its formula; at the end one sentence."""
        if not paper.stop:
            paper.text(left + width / 2, top + 16, self.note, size=16)
            return 32
        line = paper.formula(paper.stop.formula, self.through, self.numbers)
        paper.write(left + width / 2, top + 24, line, (0.5, 0.5))
        paper.text(left + width / 2, top + 58, paper.stop.note, "muted")
        return 68
