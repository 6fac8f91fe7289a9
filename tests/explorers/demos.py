"""Small explorers that show every control and every panel; they teach nothing, they are tested."""

import numpy as np

from backprop_lib.explorers.controls import Choice, Integer, Number, Scrubber, Switch
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.panels import (
    Along,
    Bars,
    Board,
    Curve,
    Distribution,
    Formula,
    Graph,
    Heatmap,
    Landscape,
    Lines,
    Matrix,
    Microscope,
    Node,
    Stop,
    Sum,
    Walk,
    Words,
    spread,
)

STEPS = 60


class Race(Explorer):
    """Two optimizers go down a valley; the scrubber walks along their paths."""

    costly = True

    def __init__(self):
        rate = Number(
            name="rate", label="learning rate", minimum=0.01, maximum=0.2, step=0.01, value=0.08
        )
        controls = [rate, Scrubber(name="t", label="step", minimum=0, maximum=STEPS, value=25)]
        racers = (Curve("descent", "descent", "forward"), Curve("heavy", "momentum", "backward"))
        losses = tuple(Curve(f"{c.name} loss", c.label, c.role) for c in racers)
        panels = [
            Landscape(
                "the valley", "field", (-3, 3), (-2, 2), racers, at="t", names=("w^1", "w^2")
            ),
            Lines("loss over the steps", "steps", losses, at="t", log="y", across="step"),
            Words(),
        ]
        super().__init__("A race", controls, panels)

    def compute(self, rate, t):
        """Return the valley, both paths and their losses."""
        ws = np.meshgrid(np.linspace(-3, 3, 60), np.linspace(-2, 2, 45))
        paths = {"descent": self.path(rate, 0.0), "heavy": self.path(rate, 0.8)}
        losses = {f"{n} loss": self.loss(*path.T) for n, path in paths.items()}
        return {"field": np.log(self.loss(*ws) + 0.1), "t": t, "steps": np.arange(STEPS + 1)} | (
            paths | losses
        )

    def words(self, arrays, **at):
        """Say how far each is."""
        here = [float(arrays[f"{name} loss"][at["t"]]) for name in ("descent", "heavy")]
        return f"After {at['t']} steps descent is at {here[0]:.3f}, momentum at {here[1]:.3f}."

    @staticmethod
    def loss(w, v):
        """Return ½ (w² / 4 + 6 v²)."""
        return (w**2 / 4 + 6 * v**2) / 2

    @staticmethod
    def path(rate, momentum):
        """Return (STEPS + 1, 2): where the optimizer is after each step."""
        w, velocity, path = np.array([-2.6, 1.4]), np.zeros(2), []
        for _ in range(STEPS + 1):
            path.append(w)
            velocity = momentum * velocity + w * (0.25, 6)
            w = w - rate * velocity
        return np.array(path)


class Nudge(Explorer):
    """The error of a central difference over h, and of a one-sided one."""

    def __init__(self):
        controls = [
            Integer(name="exponent", label="log₁₀ h", minimum=-14, maximum=-1, value=-5),
            Choice(name="f", label="function", options={"exp": "exp", "sin": "sin"}, value="exp"),
        ]
        curves = (
            Curve("central", "central", "backward"),
            Curve("one-sided", "one side", "backward"),
        )
        panels = [
            Formula(("dW = W + h",), "f", {"exp": "f = e^{x}", "sin": "f = sin(x)"}),
            Board((Matrix("W"), Matrix("dW", "backward", before="≈")), tight=True),
            Lines("error over h", "h", curves, at="here", log="xy", across="h"),
            Bars("error", (("c", "now"), ("o", "now one-sided"))),
            Words(),
        ]
        super().__init__("Nudges", controls, panels)

    def compute(self, exponent, f):
        """Return both errors for every h."""
        function, slope = (np.exp, np.exp) if f == "exp" else (np.sin, np.cos)
        h, x = np.logspace(-14, -1, 53), 0.7
        central = np.abs((function(x + h) - function(x - h)) / (2 * h) - slope(x))
        one = np.abs((function(x + h) - function(x)) / h - slope(x))
        here = 10.0**exponent
        k = np.argmin(np.abs(np.log10(h) - exponent))
        return {
            "h": h, "here": here, "central": central + 1e-17, "one-sided": one + 1e-17,
            "now": central[k], "now one-sided": one[k],
            "W": [[function(x), slope(x)]], "dW": [[h[k], slope(x)]],
        }  # fmt: skip

    def words(self, arrays, **at):
        """Say the two errors."""
        return f"With h = 10^{at['exponent']} the error is {float(arrays['now']):.0e}."


class Depth(Explorer):
    """How large values and gradients are, layer by layer, with a switch that breaks it."""

    LAYERS = 6
    not_finite = ("A^1",)

    def __init__(self, units=40):
        self.units = units
        controls = [
            Number(name="scale", label="scale", minimum=0.2, maximum=2, step=0.1, value=1.0,
                   role="parameter"),
            Switch(name="dead", label="break layer 3", value=False),
            Switch(name="nan", label="a NaN", value=False),
        ]  # fmt: skip
        layers = range(1, self.LAYERS + 1)
        ridges = tuple(Curve(f"spread {k}", f"layer {k}") for k in layers)
        panels = [
            Heatmap("A^1, all its entries", "A^1"),
            Distribution("A in each layer", ridges, -1, 1),
            Lines("length over depth", "layer", (Curve("rms", "A"),), log="y", across="layer",
                  span=(1e-3, 1), wide=True),
            Bars("push and pull", (("z", "pull"),), role="backward", signed=True,
                 labels=("cat", "dog", "bird", "rhinoceros")),
            Along("L"),
            Words(),
        ]  # fmt: skip
        super().__init__("Depth", controls, panels)

    def compute(self, scale, dead, nan):
        """Return the first layer's values, every layer's spread, and a loss."""
        rng = np.random.default_rng(0)
        A, arrays, sizes = rng.normal(size=(20, self.units)), {}, []
        for k in range(1, self.LAYERS + 1):
            W = rng.normal(size=(self.units, self.units)) * scale / np.sqrt(self.units)
            A = np.tanh(A @ W) * (0.01 if dead and k == 3 else 1)
            arrays[f"spread {k}"] = spread(A, -1, 1)
            if k == 1:
                arrays["A^1"] = A.copy()
            sizes.append(np.sqrt(np.mean(A**2)) + 1e-12)
        if nan:
            arrays["A^1"][1, 2:5] = np.nan, np.inf, -np.inf
        pull = np.array([0.7, -0.4, -0.2, -0.1]) * scale
        return arrays | {"layer": np.arange(1.0, 7), "rms": sizes, "pull": pull, "L": sizes[-1]}

    def words(self, arrays, **at):
        """Say how much is left in the last layer."""
        return f"In the last layer the entries are about {float(arrays['rms'][-1]):.3f} large."


class Chain(Explorer):
    """L = (w x + b)², as a graph, and its gradients step by step."""

    def __init__(self, broken=False):
        self.broken = broken
        number = {"minimum": -2, "maximum": 2, "step": 0.25}
        controls = [
            Number(name="x", label="x", value=1.5, **number),
            Number(name="w", label="w", value=-1.0, role="parameter", **number),
        ]
        nodes = (
            Node("w", 0, 0, role="parameter"), Node("x", 0, 1),
            Node("u", 1.2, 0.5, ("w", "x"), "·"),
            Node("b", 1.2, 1.5, role="parameter"), Node("z", 2.4, 1, ("u", "b"), "+"),
            Node("L", 3.6, 1, ("z",), "²", role="loss"),
        )  # fmt: skip
        stops = (
            Stop("u", "u = w x", "a product"), Stop("z", "z = u + b", "a sum"),
            Stop("L", "L = z z", "the loss"), Stop("dz", "dz = L z", "twice z"),
            Stop("du", "du = dz", "a sum hands on"), Stop("db", "db = dz", "the same"),
            Stop("dw", "dw = x du", "times the other"), Stop("dx", "dx = w du", "times the other"),
        )  # fmt: skip
        sums = (Sum("z[] = u[] + b[]"),)
        panels = [Walk(stops, "All gradients have come."), Graph(nodes), Microscope(sums), Words()]
        super().__init__("A chain", controls, panels)

    def compute(self, x, w):
        """Return every value and every gradient."""
        if self.broken and w > 1:
            raise ValueError("w is too much")
        b = 0.5
        u = w * x
        z = u + b
        dz = 2 * z
        return {
            "x": x, "w": w, "b": b, "u": u, "z": z, "L": z**2,
            "dL": 1.0, "dz": dz, "du": dz, "db": dz, "dw": dz * x, "dx": dz * w,
        }  # fmt: skip

    def words(self, arrays, **at):
        """Say the loss and one gradient."""
        return f"L is {float(arrays['L']):.2f} and dL/dw is {float(arrays['dw']):.2f}."


DEMOS = (Race, Nudge, Depth, Chain)
