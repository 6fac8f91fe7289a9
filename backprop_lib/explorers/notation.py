"""How an explorer writes entries, formulas, numbers and sums, in words and in figures alike."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


def indexed(entry):
    """Split an entry into its name and its indexes.

    >>> indexed("W[0, k]")
    ('W', 0, 'k')
    """
    name, index = entry.rstrip("]").split("[")
    return (name, *(int(i) if i.isdigit() else i for i in re.split(r",\s*", index) if i))


def tokens(formula):
    """Split a formula into (text, superscript) pairs.

    >>> tokens("dW^1 = e^{-Z}")
    [('dW', '1'), (' ', ''), ('=', ''), (' ', ''), ('e', '-Z')]
    """
    pattern = r"([A-Za-z]+|\d+|\s+|[^\sA-Za-z\d^])(?:\^\{([^}]*)}|\^(\w))?"
    return [(text, braced or single) for text, braced, single in re.findall(pattern, formula)]


def candidates(text, power):
    """Return what a token may name, and whether it is transposed: the likeliest first.

    >>> candidates("A", "1T")
    [('A^1', True), ('A', True)]
    """
    turned = power.endswith("T")
    return [(f"{text}^{power.rstrip('T')}".rstrip("^"), turned), (text, turned)]


def plain_formula(formula):
    """Return a formula as plain text.

    >>> plain_formula("dW^2 = A^{1T} dZ^2")
    'dW[2] = A[1]ᵀ dZ[2]'
    """
    return "".join(re.sub(r"\^?T$", "ᵀ", plain(f"{text}^{power}")) if power else text
                   for text, power in tokens(formula))  # fmt: skip


def plain(name):
    """Return a name as plain text.

    >>> plain("dW^1")
    'dW[1]'
    """
    return re.sub(r"\^(\d+)", r"[\1]", name)


def entry_name(name, *index):
    """Return an entry as code writes it.

    >>> entry_name("W^1", 0, 1)
    'W[1][0, 1]'
    """
    return plain(name) + (f"[{', '.join(map(str, index))}]" if index else "")


def decimal(value, digits, zero="0"):
    """Return a number as every explorer writes it, an exact 0 as `zero`.

    >>> decimal(-1.5, 2), decimal(0, 2)
    ('−1.50', '0')
    """
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0 and zero is not None:
        return zero
    size = float(np.float32(abs(value)))  # in single precision and rounded up at 5: as on the page
    step = Decimal(1).scaleb(-(digits if size < 100 else 1))
    text = f"{Decimal(size).quantize(step, ROUND_HALF_UP) if size < 1e4 else size:f}"
    if size >= 1e4:
        text = f"{size:.0e}".replace("e+0", "e").replace("e+", "e")
    return ("−" if value < 0 and float(text) else "") + text


def short(value, digits):
    """Return a number in three digits at most, as it stands in a tight cell.

    >>> short(-0.125, 3), short(-10.5, 2), short(1, 2)
    ('−.125', '−10.5', '1.00')
    """
    size = abs(value)
    places = min(digits, 2 if size < 10 else 1 if size < 100 else 0) if size >= 1 else digits
    return re.sub(r"^(−?)0\.", r"\1.", decimal(value, places))


def length(value):
    """Return a length; one that has all but vanished as a power of ten.

    >>> length(0.125), length(0.00002)
    ('0.125', '2e−5')
    """
    return (
        f"{value:.0e}".replace("e-0", "e−").replace("e-", "e−")
        if 0 < value < 5e-4
        else decimal(value, 3)
    )


def nice(reach):
    """Return a round number that is not smaller, so that a scale seldom changes.

    >>> nice(0.17), nice(4), nice(0)
    (0.2, 4.0, 1e-09)
    """
    if not 1e-9 < reach < math.inf:
        return 1e-9
    power = 10.0 ** math.floor(math.log10(reach))
    return power * next(step for step in ROUND if step * power >= reach * 0.9999)


def tick(value, log=False):
    """Return a number as it stands on an axis.

    >>> tick(-0.25), tick(0.001, log=True)
    ('−0.25', '10⁻³')
    """
    if log:
        power = f"{math.log10(value):.0f}" if value > 0 else "?"
        return "10" + power.translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    return f"{value:.3g}".replace("-", "−")


def joined(terms, digits):
    """Write a sum.

    >>> joined([2.0, -1.0], 2)
    '2.00 − 1.00'
    """
    first, *rest = terms
    signs = "".join(f" {'−' if t < 0 else '+'} {decimal(abs(t), digits)}" for t in rest)
    return decimal(first, digits) + signs
