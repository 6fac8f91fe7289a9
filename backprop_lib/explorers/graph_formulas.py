"""The rules of a graph in letters: how a value is made, and what its gradient hands to an input."""

import re

# The operation of a Node: what its value is, its formula, what each input gets of d, the gradient
# of the value m, and a remark on that. a and b are the inputs.
RULES = {
    "+": ("a sum", "a + b", ("d", "d"), "a sum hands its gradient on"),
    "−": ("a difference", "a − b", ("d", "− d"), "what is taken away gets it with a minus"),
    "·": ("a product", "a · b", ("b · d", "a · d"), "times the other factor"),
    "/": ("a quotient", "a / b", ("d / b", "− d · m / b"), "times the slope of the quotient"),
    "@": ("a product of tables", "a b", ("d b^T", "a^T d"), "times the other table"),
    "sum": ("a sum of entries", "Σ a", ("d",), "every entry gets the gradient of its sum"),
    "[ ]": ("some of its entries", "a[…]", ("[… d …]",), "what was not taken gets 0"),
    "exp": ("e to this power", "exp(a)", ("m · d",), "the slope of exp is its value"),
    "log": ("its natural logarithm", "log(a)", ("d / a",), "log has the slope 1 over its input"),
    "tanh": ("the hyperbolic tangent", "tanh(a)", ("(1 − m²) · d",), "times the slope of tanh"),
    "relu": ("what is above 0", "relu(a)", ("(a > 0) · d",), "only where the input is above 0"),
}


def number(value):
    """Return a number in a formula.

    >>> number(-1.0), number(0.5)
    ('(−1)', '0.5')
    """
    text = f"{abs(value):g}"
    return f"(−{text})" if value < 0 else text


def raised(power):
    """Return a power as it stands behind a letter.

    >>> raised(2.0), raised(-1.0), raised(0.5)
    ('²', '⁻¹', ' ** 0.5')
    """
    if power % 1:
        return f" ** {number(power)}"
    return f"{power:g}".translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))


def exponent(operation):
    """Return the power in "power 2"; None for other operations."""
    return float(operation.split()[1]) if operation.startswith("power ") else None


def sign(operation, constants):
    """Return what stands at a box: the operation, with the number that it was done with.

    Args:
        constants: for each input the number as text where it is one, "" where it is a node.

    >>> sign("·", ["", "2"]), sign("+", ["", ""]), sign("power 2", [""])
    ('· 2', '+', 'power 2')
    """
    if len(constants) != 2:
        return operation
    return f"{constants[0]} {operation} {constants[1]}".strip()


def rule(operation, count):
    """Return (what it is called, formula, what each input gets, a remark)."""
    power = exponent(operation)
    if power is not None:
        less = "" if power == 2 else raised(power - 1)
        slope = f"{number(power)} a{less} · d"
        return "a power", f"a{raised(power)}", (slope,), "times the slope of the power"
    own = f"{operation or 'f'}({', '.join('ab'[:count])})"
    other = operation or "a rule of its own", own, ("rule(d)",) * count, "by a rule of its own"
    return RULES.get(operation, other)


def called(operation):
    """Return what a value is, by the operation that made it."""
    return rule(operation, 1)[0]


def remark(operation):
    """Return what a rule does to the gradient on its way to the input."""
    return rule(operation, 1)[3]


def times(count):
    """Return how often.

    >>> times(2), times(5)
    ('twice', '5 times')
    """
    return {2: "twice", 3: "three times", 4: "four times"}.get(count, f"{count} times")


def made(operation, operands):
    """Return how a value is made: "w · x"."""
    return filled(rule(operation, len(operands))[1], operands)


def handed(operation, operands, value, k, summed):
    """Return what the gradient of `value` hands to input k: "x · dp", "Σ dz"."""
    text = filled(rule(operation, len(operands))[2][k], operands, value)
    minus = "− " * text.startswith("− ")
    return f"{minus}Σ {text.removeprefix('− ')}" if summed else text


def filled(text, operands, value=""):
    """Return a rule with the names of this graph in place of its letters.

    >>> filled("a^T d", ["X^1", "W"], "z")
    'X^{1T} dz'
    """
    names = dict(zip("ab", operands, strict=False)) | {"m": value, "d": f"d{value}"}

    def name(found):
        letter, turned = names[found[1]], found[2]
        if not turned:
            return letter
        return f"{letter}T}}".replace("^", "^{") if "^" in letter else f"{letter}^T"

    return re.sub(r"(?<![a-z])([abmd])(?![a-z])(\^T)?", name, text)


def added(terms):
    """Return a sum of terms, some of which begin with a minus.

    >>> added(["dp", "− dq"])
    'dp − dq'
    """
    return " + ".join(terms).replace("+ − ", "− ")
