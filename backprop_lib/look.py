"""The one visual language of figures, explorers and prose: what a colour means, how numbers look.

Plain data, handed to the browser and to matplotlib. A role has two colours: the plain one fills and
outlines, the one called `ink` writes letters (4.5 : 1 on its ground, measured by a test).
The four roles are those of Okabe and Ito, "Color universal design" (2008), told apart by most eyes.
"""

LIGHT = {
    "ground": "#FFFFFF",
    "ink": "#1B1B1B",
    "muted": "#5C6066",
    "faint": "#767676",
    "line": "#DADCE0",
    "negative": "#707070",
    "forward": "#0072B2",
    "forward-ink": "#006BA8",
    "backward": "#D55E00",
    "backward-ink": "#B34F00",
    "parameter": "#009E73",
    "parameter-ink": "#007A59",
    "loss": "#CC79A7",
    "loss-ink": "#A3477B",
}
DARK = {
    "ground": "#111111",
    "ink": "#EDEDED",
    "muted": "#ABAFB5",
    "faint": "#8C8C8C",
    "line": "#3A3C40",
    "negative": "#9A9A9A",
    "forward": "#3FA3DE",
    "forward-ink": "#56B4E9",
    "backward": "#E8793A",
    "backward-ink": "#F2935B",
    "parameter": "#1FA97F",
    "parameter-ink": "#3CC79B",
    "loss": "#D186B1",
    "loss-ink": "#E59AC8",
}

# A cell's tint is CAP · |v| / (|v| + c). c is fixed, so that a vanishing gradient is seen to
# vanish, and CAP keeps the deepest tint light enough for one ink.
TINT = {"value": 1.0, "gradient": 0.1}
CAP = 0.62
DIGITS = {"value": 2, "gradient": 3}

DASHES = ((), (6, 3), (2, 2.5))  # of curves that share a colour
CELL = {"width": 48, "height": 32}  # pixels of one number in a matrix
SYMBOLS = "stix"  # matplotlib's name of the letters in which symbols are set
