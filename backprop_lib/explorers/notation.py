"""How an explorer writes entries, formulas, numbers and sums, in words and in figures alike."""

import math
import re


def indexed(entry):
    """Split an entry into its name and its indexes.

    >>> indexed("W[0, k]")
    ('W', 0, 'k')
    """
    name, index = entry.rstrip("]").split("[")
    return (name, *(int(i) if i.isdigit() else i for i in re.split(r",\s*", index)))


def tokens(formula):
    """Split a formula into (text, superscript) pairs.

    >>> tokens("dW^1 = e^{-Z}")
    [('dW', '1'), (' ', ''), ('=', ''), (' ', ''), ('e', '-Z')]
    """
    pattern = r"([A-Za-z]+|\d+|\s+|[^\sA-Za-z\d^])(?:\^\{([^}]*)}|\^(\w))?"
    return [(text, braced or single) for text, braced, single in re.findall(pattern, formula)]


def plain(name):
    """Return a name as plain text.

    >>> plain("dW^1")
    'dW¹'
    """
    letter, _, power = name.partition("^")
    return letter + power.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def entry_name(name, *index):
    """Return an entry as code writes it.

    >>> entry_name("W^1", 0, 1)
    'W¹[0, 1]'
    """
    return f"{plain(name)}[{', '.join(map(str, index))}]"


def decimal(value, digits, zero="0"):
    """Return a number as every explorer writes it, an exact 0 as `zero`.

    >>> decimal(-1.5, 2), decimal(0, 2)
    ('−1.50', '0')
    """
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0 and zero is not None:
        return zero
    size = abs(value)
    text = f"{size:.{digits if size < 100 else 1}f}"
    if size >= 1e4:
        text = f"{size:.0e}".replace("e+0", "e").replace("e+", "e")
    return ("−" if value < 0 and float(text) else "") + text


def joined(terms, digits):
    """Write a sum.

    >>> joined([2.0, -1.0], 2)
    '2.00 − 1.00'
    """
    first, *rest = terms
    signs = "".join(f" {'−' if t < 0 else '+'} {decimal(abs(t), digits)}" for t in rest)
    return decimal(first, digits) + signs
