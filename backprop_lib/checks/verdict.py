"""A verdict: passed, wrong with a diagnosis, or not attempted; for people and for machines."""

from dataclasses import dataclass, field

from backprop_lib.checks.card import Card

STATES = {"passed": "passed", "wrong": "not right yet", "not attempted": "not attempted"}
TONES = {"passed": "passed", "wrong": "wrong", "not attempted": "open"}


@dataclass(repr=False)
class Verdict:
    """What `check` found out. Shown as a card; `require()` raises unless it is passed.

    status: "passed", "wrong" or "not attempted". problem: what is wrong to look at, such as "wrong
    shape". mistakes: names of the known mistakes that explain it, one or two, or none.
    """

    status: str
    sentences: tuple = ()
    exercise: str | None = None
    chapter: str | None = None
    problem: str = ""
    mistakes: tuple = ()
    where: str = ""
    facts: dict = field(default_factory=dict)
    line: str = ""
    example: str = ""
    printed: str = ""
    hints: int = 0
    notice: str = ""

    @property
    def passed(self):
        """Whether the answer is right."""
        return self.status == "passed"

    def require(self):
        """Raise AssertionError with one readable line unless the exercise is passed."""
        if not self.passed:
            known = f" ({' and '.join(self.mistakes)})" if self.mistakes else ""
            raise AssertionError(
                f"{self.exercise or 'check'}: {self.status}{known}. "
                + " ".join(" ".join(self.sentences).split())
            )

    def as_dict(self):
        """Return the verdict as plain data, ready for JSON."""
        return {
            "exercise": self.exercise,
            "chapter": self.chapter,
            "verdict": self.status,
            "problem": self.problem,
            "misconceptions": list(self.mistakes),
            "sentences": list(self.sentences),
            "where": self.where,
            "figures": dict(self.facts),
            "line": self.line,
            "example": self.example,
            "printed": self.printed,
            "hints": self.hints,
        }

    def card(self):
        """Return the card that a notebook shows."""
        card = Card(TONES[self.status], self.exercise or "check", STATES[self.status])
        if len(self.sentences) > 1:
            card.text("Two things at once:").steps(self.sentences)
        else:
            card.text("".join(self.sentences))
        card.code("In your code:", self.line)
        if self.passed:
            card.text(f"Tried on {self.facts['tried on']}.", soft=True)
        else:
            card.rows(list(self.facts.items()))
        card.code("The smallest input found where it goes wrong, ready to paste:", self.example)
        card.code("Your function printed:", self.printed)
        if self.status == "wrong":
            ask = f", or ask for `hint({self.exercise})`."
            card.place("Look again at", self.where, self.chapter, ask)
        return card.text(self.notice, soft=True)

    def __repr__(self):
        return repr(self.card())

    def _repr_html_(self):
        return self.card()._repr_html_()
