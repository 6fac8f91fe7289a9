"""A row of the ledger: what a note says, the verdict, what is right instead, and how to measure it.

Formulas stand between dollar signs, in LaTeX, in the letters of their note; `plain` makes them
readable without a typesetter.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backprop_lib.gradient_check import complex_step

NOTES = {
    "A": "note A (overview, columns)",
    "B": "note B (formula sheet, columns)",
    "C": "note C (step by step, rows)",
    "X": "across the notes",
}
GROUPS = ("forward", "backward", "losses", "normalization", "dropout", "updates", "words")
VERDICTS = {
    "right": "holds as it stands",
    "half right": "holds under a condition that the note does not state",
    "wrong": "fails the gradient check, or would if it were code",
    "misleading": "the words lead to a wrong picture, or promise too much",
    "missing": "named in the note, and no formula given",
    "disputed": "a choice, or a claim that others contradict",
    "clash": "right within one note, wrong when two notes are mixed",
}
# How the formula lays out its examples, and over what its loss goes. "either": it holds in both
# layouts, for a sum and for a mean. Words have no convention.
CONVENTIONS = (
    "columns", "columns, one example", "columns, sum", "columns, mean",
    "rows", "rows, one example", "rows, sum",
    "rows and columns", "either", "",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One formula or claim, judged.

    says: as the note has it. correction: what is right, in the note's own letters, where that
    differs. why: the reason, or the condition. translated: the right formula in the other layout,
    where that differs. check: (rng, gradient) -> Figures; None where there are only words.
    """

    id: str
    group: str
    convention: str
    verdict: str
    says: str
    correction: str = ""
    why: str = ""
    translated: str = ""
    check: Callable | None = None

    @property
    def note(self):
        """The note it stands in."""
        return NOTES[self.id[0]]

    def measure(self, gradient=complex_step, seed=0):
        """Run the check and return its Figures; none where the row has no check.

        Args:
            gradient: `complex_step` or `central_difference`. seed: of everything that is drawn.
        """
        return tuple(self.check(np.random.default_rng(seed), gradient)) if self.check else ()

    def __repr__(self):
        lines = [f"{self.id}  {plain(self.says)}", f"    {self.verdict}, {self.note}"]
        lines += [f"    {plain(text)}" for text in (self.correction, self.why) if text]
        return "\n".join(lines)


_SIGNS = {
    r"\mathrm{drop\_prob}": "drop_prob", "^T": "ᵀ", r"\to": "→", r"\leftarrow": "←",
    r"\odot": "⊙", r"\cdot": "·", r"\ast": "∗", r"\partial ": "∂",
    r"\sum": "Σ", r"\log": "log", r"\max": "max",
    r"\beta": "β", r"\gamma": "γ", r"\varepsilon": "ε", r"\eta": "η", r"\theta": "θ",
    r"\mu": "μ", r"\sigma": "σ", r"\,": " ", "^2": "²", "'": "′", "-": "−",
}  # fmt: skip


def plain(text):
    r"""Return `text` with the LaTeX between its dollar signs written in plain signs.

    >>> plain(r"Sum: $db = \sum_i dZ_i$, so $dW = X^T dZ$.")
    'Sum: db = Σ_i dZ_i, so dW = Xᵀ dZ.'
    """
    return re.sub(r"\$([^$]*)\$", lambda match: _plain_formula(match[1]), text)


def _plain_formula(latex):
    latex = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", latex)
    latex = re.sub(r"\\hat (\w)", "\\1\u0302", latex)
    latex = re.sub(r"\\(?:text|operatorname)\{([^{}]*)\}", r"\1", latex)
    latex = re.sub(r"\\sqrt\{([^{}]*)\}", r"√(\1)", latex)
    for sign, plain_sign in _SIGNS.items():
        latex = latex.replace(sign, plain_sign)
    latex = re.sub(r"\{(.|\[.*?|\(.*?)\}", r"\1", latex)  # a brace around one sign, [l] or (j)
    return re.sub(" +", " ", latex)
