"""Push and pull: what each logit of one example does to the loss, and what a step does to it."""

import numpy as np

from backprop_lib.explorers.controls import Choice, Number
from backprop_lib.explorers.explorer import Explorer
from backprop_lib.explorers.notation import decimal, length
from backprop_lib.explorers.panels import Along, Bars, Words
from backprop_lib.losses import softmax_cross_entropy_backward, softmax_cross_entropy_forward

START = (1.8, 1.1, 0.0)  # about (ln 6, ln 3, ln 1): probabilities of about 0.6, 0.3, 0.1
NAMES = tuple(map(str, range(len(START))))


class PushAndPull(Explorer):
    """One example with three classes: p = softmax(z / T), its loss, and dz = (p − y) / T.

    Below, softmax stands once more as its formula is written, without the shift: where a logit is
    too large or too small for e^z, it is NaN. Nothing else ever is.

    Args:
        controls: which to show, of "z0", "z1", "z2", "temperature", "added" (to all logits) and
            "right" (the right class). All when None.

    Raises:
        ValueError: an unknown control.
    """

    not_finite = ("P as it stands",)  # shown because it is not; all else is, at every corner

    def __init__(self, controls=None):
        logits = [
            Number(name=f"z{k}", label=f"logit {k}", entry=f"Z[{k}]", value=z,
                   minimum=-6, maximum=6, step=0.1)
            for k, z in enumerate(START)
        ]  # fmt: skip
        others = [
            Number(name="temperature", label="temperature T", value=1.0,
                   minimum=0.1, maximum=5, step=0.1),
            Number(name="added", label="added to all", value=0.0,
                   minimum=-1000, maximum=1000, step=10),
            Choice(name="right", label="right class", value="1",
                   options={name: f"class {name}" for name in NAMES}),
        ]  # fmt: skip
        panels = [
            Bars("logits Z", (("Z", "Z"),), "forward", signed=True, labels=NAMES),
            Bars("P = softmax(Z / T)", (("P", "P"),), "forward", labels=NAMES),
            Bars("target Y", (("Y", "Y"),), "forward", labels=NAMES),
            Bars("dZ = (P − Y) / T", (("dZ", "dZ"),), signed=True, labels=NAMES),
            Words(),
            Bars("P, typed in as it stands", (("P", "P as it stands"),), "forward", labels=NAMES),
            Along("loss"),
        ]
        super().__init__("Push and pull", [*logits, *others], panels, shown=controls)

    def compute(self, z0, z1, z2, temperature, added, right):
        """Return Z, P, Y, dZ, the loss, and P without the shift, of this one example."""
        Z, label = np.array([[z0, z1, z2]]) + added, [int(right)]
        loss, P = softmax_cross_entropy_forward(Z / temperature, label)
        dZ = softmax_cross_entropy_backward(P, label) / temperature
        with np.errstate(over="ignore", invalid="ignore"):
            powers = np.exp(Z / temperature)
            as_it_stands = powers / powers.sum()
        Y = np.eye(len(START))[label]
        rows = {"Z": Z, "P": P, "Y": Y, "dZ": dZ, "P as it stands": as_it_stands}
        return {name: row[0] for name, row in rows.items()} | {"loss": loss}

    def words(self, arrays, right, temperature, **_):
        """Say the loss, who is pulled and who is pushed, and where the bare formula is lost."""
        right, dZ = int(right), arrays["dZ"]
        pushes = " and ".join(length(d) for k, d in enumerate(dZ) if k != right)
        p, loss = length(arrays["P"][right]), decimal(arrays["loss"], 3)
        said = [
            f"Class {right} is right and has p = {p}, so the loss is {loss}.",
            f"A step goes against dZ: class {right} is pulled up ({length(-dZ[right])}),",
            f"the others are pushed down ({pushes}); in sum that is 0.",
        ]
        if not np.isfinite(arrays["P as it stands"]).all():
            largest = arrays["Z"].max() / temperature
            why = "∞ / ∞" if largest > 0 else "0 / 0"
            said.append(f"As it stands, the formula takes e^{largest:.0f}: {why} is NaN.")
        return " ".join(said).replace("e^-", "e^−")
