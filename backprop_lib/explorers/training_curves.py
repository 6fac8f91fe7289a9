"""The curves of recorded trainings side by side: the loss above, the update ratios below."""

import numpy as np

from backprop_lib import figures
from backprop_lib.explorers.recorded_training import LAYERS


def training_curves(records):
    """Return a figure of {title: record, as `training` keeps it}: a column for each.

    Above, the loss: batches solid, held out dashed, the level of log 10 grey. Below, the update
    ratio of layers 1, 2, 3, on a scale of powers of ten; where it is 0 there is nothing.
    """
    figure, axes = figures.subplots(
        2, len(records), width=11, height=4, sharex=True, sharey="row", squeeze=False
    )
    pink, green = figures.COLOUR["loss"], figures.COLOUR["parameter"]
    for (title, found), (above, below) in zip(records.items(), axes.T, strict=True):
        above.axhline(np.log(10), color=figures.COLOUR["line"])
        above.plot(found["step"], found["loss"], color=pink, label="batches")
        above.plot(found["step"], found["held out"], "--", color=pink, label="held out")
        above.set(title=title, ylim=(0, 3.5))
        for level, line in zip(LAYERS, ("-", "--", ":"), strict=True):
            ratios = np.where(found["update"][level - 1] > 0, found["update"][level - 1], np.nan)
            below.plot(found["step"], ratios, line, color=green, label=f"layer {level}")
        below.set(yscale="log", ylim=(1e-6, 1), xlabel="step")
        below.minorticks_off()
    for axis, name in zip(axes[:, 0], ("loss", "update ratio"), strict=True):
        axis.set_ylabel(name)
        axis.legend(frameon=False, fontsize=8, loc="lower left")
    return figure
