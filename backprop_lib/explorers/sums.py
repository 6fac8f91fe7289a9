"""How an entry is made: a product and a sum in index letters, its terms, and its sentence."""

import re
from dataclasses import dataclass, field

import numpy as np

from backprop_lib.explorers.notation import decimal, entry_name, indexed, joined


@dataclass(frozen=True)
class Sum:
    """How an entry is made: "Z[i, j] = X[i, k] W[k, j] + b[j]" sums over k, which Z does not have.

    `then` is the array made from it entry by entry, `through` the control that names the function.
    `nudged` is the array that holds the same numbers found by nudging.
    """

    text: str
    then: str = ""
    through: str = ""
    nudged: str = ""
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

    def said(self, picked, arrays, digits, then):
        """Return in words how the picked entry is made, and what is made of it where `then`."""
        index, name = picked[1:], self.of[0]

        def now(name):
            return decimal(arrays[name][index], digits)

        terms = [term for _, term in self.rows(picked, arrays)]
        added = f" = {joined(terms, digits)}" if len(terms) > 1 else ""
        after = f", and {entry_name(self.then, *index)} = {now(self.then)}" if then else ""
        nudge = f", by nudging {now(self.nudged)}" if self.nudged else ""
        return f"{entry_name(name, *index)}{added} = {now(name)}{after}{nudge}."
