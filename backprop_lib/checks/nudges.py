"""Chapter 03, three nudges: of each entry, to the side, along a direction; and what goes wrong."""

import numpy as np

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer
from backprop_lib.checks.sandbox import Code

FUNCTIONS = {  # none treats two entries alike; all let complex numbers through
    "(V**3).sum() + V.sum()**2": (2, 3),
    "np.exp(V[0]) * V[1] + V[2]**3": (3,),
    "np.sin(V * np.arange(1, 5)).sum() + (V[0] * V[1]).sum()": (2, 4),
    "np.tanh(3 * V).sum()": (1,),
    "(V @ V.T @ V).sum()": (3, 3),
}


def central_difference(function, value, h):
    """(f(v + h) − f(v − h)) / 2h, for each entry v of `value` on its own."""
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        above, below = value.copy(), value.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (function(above) - function(below)) / (2 * h)
    return gradient


def complex_step(function, value, h):
    """Im f(v + i h) / h, for each entry v of `value` on its own."""
    gradient = np.zeros_like(value)
    for index in np.ndindex(value.shape):
        nudged = value.astype(complex)
        nudged[index] += h * 1j
        gradient[index] = function(nudged).imag / h
    return gradient


def slope_along(function, value, direction, h):
    """(f(v + h u) − f(v − h u)) / 2h, with u the direction at length 1."""
    u = direction / np.linalg.norm(direction)
    return (function(value + h * u) - function(value - h * u)) / (2 * h)


def functions(*nudges, along=False):
    """Return what makes a case of each function, with a value for it and one of the nudges."""

    def cases(rng):
        made = []
        for k, (text, shape) in enumerate(FUNCTIONS.items()):
            values = {"function": Code(f"lambda V: {text}"), "value": rng.uniform(0.5, 1.5, shape)}
            if along:
                values["direction"] = rng.standard_normal(shape)
            made.append(Case(f"f(V) = {text}", values | {"h": nudges[k % len(nudges)]}))
        return made

    return cases


NUDGES = "above[index] += h\n        below[index] -= h"
QUOTIENT = "(function(above) - function(below)) / (2 * h)"
CENTRAL = Exercise(
    reference=central_difference,
    returns=("gradient",),
    cases_of=functions(0.01, 0.1, 1e-3, 1e-4, 0.02),
    where="Nudge on both sides",
    hints=(
        "Which one number do you change for entry [i, j], and what must be as before for the next?",
        "For each entry on its own: (f(v + h) − f(v − h)) / 2h, all other entries as they were.",
        "`for index in np.ndindex(value.shape):`, and in it `above[index] += h`",
    ),
    afterwards="Two calls for each entry. It takes any function, and knows no formula.",
    wrong_answers=(
        WrongAnswer("one side", QUOTIENT, "(function(above) - function(value)) / h",
            "This nudges upward only, so the bend stays in: off by about h, where both sides are"
            " off by h²."),
        WrongAnswer("the lower side", QUOTIENT, "(function(value) - function(below)) / h",
            "This nudges downward only, so the bend stays in. Take both sides."),
        WrongAnswer("one side over 2h", QUOTIENT, "(function(above) - function(value)) / (2 * h)",
            "From value to above it is one h, and it is divided by 2h."),
        WrongAnswer("h for 2h", "(2 * h)", "h",
            "From below to above it is 2h, and it is divided by h: twice too long."),
        WrongAnswer("2h without parentheses", "/ (2 * h)", "/ 2 * h",
            "`/ 2 * h` divides by 2 and then multiplies by h. Put 2 * h in parentheses."),
        WrongAnswer("not divided", " / (2 * h)", "",
            "This is how far the loss moves. Divide by how far the entry moved, 2h."),
        WrongAnswer("mean of both", "(function(above) - function(below))",
            "(function(above) + function(below))",
            "The two are added. How far they are apart is asked."),
        WrongAnswer("all entries at once", NUDGES, "above += h\n        below -= h",
            "All entries are nudged at once, and each is told the sum of all slopes. Nudge"
            " `[index]` alone."),
        WrongAnswer("one array for both", "value.copy(), value.copy()",
            "(one := value.copy()), one",
            "above and below are one array: what is added is taken away again. Each needs its own"
            " copy."),
        WrongAnswer("value itself nudged", "value.copy(), value.copy()", "value, value.copy()",
            "The caller's value is nudged, and never put back: later entries are nudged from"
            " another place."),
        WrongAnswer("last entry only", "gradient[index] =",
            "gradient = np.zeros_like(value)\n        gradient[index] =",
            "Only the last entry is left: the gradient is begun anew for each. Begin it once,"
            " above the loop."),
        WrongAnswer("whole rows", "np.ndindex(value.shape)", "range(len(value))",
            "A loop over `len(value)` goes by rows, and nudges all of a row at once. np.ndindex"
            " goes by entries."),
        WrongAnswer("a part of the entry", NUDGES,
            "above[index] *= 1 + h\n        below[index] *= 1 - h",
            "The entry is moved by h times itself. Then the distance is not 2h."),
        WrongAnswer("an h of its own", "gradient = np.zeros_like(value)",
            "h, gradient = 1e-5, np.zeros_like(value)",
            "It nudges by an h of its own. Take the h that is given: 1e-5 is not always best.",
            "Why smaller is not better"),
    ),
)  # fmt: skip

READ = "function(nudged).imag / h"
COMPLEX = Exercise(
    reference=complex_step,
    returns=("gradient",),
    cases_of=functions(1e-30, 1e-20, 1e-100, 1e-30, 1e-2),
    where="A nudge to the side",
    hints=(
        "In which part of f(w + ih) does the slope stand, and what does it stand beside?",
        "For each entry on its own: Im f(v + ih) / h, where Im is the part with i.",
        "`nudged[index] += h * 1j`, and then `function(nudged).imag / h`",
    ),
    afterwards="One call for each entry, and all digits are right. h = 1e-100 does no harm.",
    wrong_answers=(
        WrongAnswer("real part", READ, "function(nudged).real / h",
            "The part without i is taken. That is the loss; the slope is in the imaginary part."),
        WrongAnswer("length of the number", READ, "np.abs(function(nudged)) / h",
            "`abs` gives the length of a complex number, real and imaginary part together."),
        WrongAnswer("not divided", READ, "function(nudged).imag",
            "The imaginary part is h times the slope: divide by h."),
        WrongAnswer("divided by 2h", READ, "function(nudged).imag / (2 * h)",
            "It is divided by 2h. There is one nudge, by h, and no other side."),
        WrongAnswer("nudged upward", "h * 1j", "h",
            "The nudge is not to the side: without `1j` nothing becomes imaginary."),
        WrongAnswer("upward and to the side", "h * 1j", "h + h * 1j",
            "The nudge goes upward too. `h + 1j * h` moves both parts; add `1j * h` alone."),
        WrongAnswer("all entries at once", "nudged[index] +=", "nudged +=",
            "All entries are nudged at once, and each is told the sum of all slopes."),
        WrongAnswer("nudges pile up",
            "for index in np.ndindex(value.shape):\n        nudged = value.astype(complex)",
            "nudged = value.astype(complex)\n    for index in np.ndindex(value.shape):",
            "Earlier entries stay nudged, so each slope holds those before it too. Begin with a"
            " new copy for each entry."),
        WrongAnswer("last entry only", "gradient[index] =",
            "gradient = np.zeros_like(value)\n        gradient[index] =",
            "Only the last entry is left: the gradient is begun anew for each."),
        WrongAnswer("complex comes out", "np.zeros_like(value)", "np.zeros(value.shape, complex)",
            "The numbers are right, but the gradient is an array of complex numbers. It has the"
            " type of value."),
        WrongAnswer("nudged by 1", "nudged[index] += h * 1j", "nudged[index] += 1j",
            "The nudge is i, and not ih."),
    ),
)

ALONG = Exercise(
    reference=slope_along,
    returns=("slope",),
    cases_of=functions(0.01, 0.1, 1e-3, 1e-4, 0.02, along=True),
    where="What it costs",
    hints=(
        "How far do all entries together move, and how far do you want them to?",
        "With u the direction at length 1: (f(v + hu) − f(v − hu)) / 2h. It takes two calls.",
        "`u = direction / np.linalg.norm(direction)`, then `function(value + h * u)`",
    ),
    afterwards="Hold it against (gradient * u).sum(). Two calls for all entries, however many.",
    wrong_answers=(
        WrongAnswer("direction as long as it came", "direction / np.linalg.norm(direction)",
            "direction",
            "The direction is taken at the length it came with, so the slope is that much too"
            " large or too small. Divide it by its length first."),
        WrongAnswer("length squared", "np.linalg.norm(direction)", "(direction**2).sum()",
            "The direction is divided by its length squared. Take the root."),
        WrongAnswer("largest entry for length", "np.linalg.norm(direction)",
            "np.abs(direction).max()",
            "The direction is divided by its largest entry. Its length is the root of the sum of"
            " all squares."),
        WrongAnswer("sum for length", "np.linalg.norm(direction)", "np.abs(direction).sum()",
            "The direction is divided by the sum of its entries. Its length is the root of the sum"
            " of all squares."),
        WrongAnswer("signs alone", "direction / np.linalg.norm(direction)", "np.sign(direction)",
            "Of the direction only the signs are left."),
        WrongAnswer("one side", "function(value - h * u)) / (2 * h)", "function(value)) / h",
            "This nudges to one side only. Off by about h, where both sides are off by h².",
            "Nudge on both sides"),
        WrongAnswer("h for 2h", "(2 * h)", "h",
            "From one side to the other it is 2h, and it is divided by h.", "Nudge on both sides"),
        WrongAnswer("not divided", " / (2 * h)", "",
            "This is how far the loss moves. Divide by how far the values moved, 2h."),
        WrongAnswer("every entry by h", "value + h * u) - function(value - h * u)",
            "value + h) - function(value - h)",
            "Every entry is moved by h, and the direction is not asked."),
        WrongAnswer("whole step", "value + h * u) - function(value - h * u)",
            "value + u) - function(value - u)",
            "The values move by u, and not by h times u."),
    ),
)
