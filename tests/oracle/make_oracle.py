"""Writes oracle.json: PyTorch's numbers, so that the mathematics does not mark its own homework.

    .venv/bin/python -m tests.oracle        (by hand: it sets up .bench, with torch, and asks there)

Every input is a multiple of 1/64: short to write, and the same number in float64 and in float32.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from torch.optim import lr_scheduler as schedulers

from tests.oracle.pytorch import (
    STEPS,
    Draw,
    activation,
    batch_norm,
    binary_cross_entropy,
    clip_by_global_norm,
    dense,
    dropout,
    layer_norm,
    mean_squared_error,
    network,
    optimizer,
    softmax_cross_entropy,
)

FILE = Path(__file__).with_name("oracle.json")


def cases():
    """Yield (subject, what is particular about it, function, settings in the course's words)."""
    yield "identity", "", partial(activation, function=lambda Z: Z * 1), {}
    yield "relu", "", partial(activation, function=functional.relu), {}
    yield "leaky_relu", "", partial(activation, function=functional.leaky_relu), {}
    steep = partial(functional.leaky_relu, negative_slope=0.25)
    yield "leaky_relu", "slope 0.25", partial(activation, function=steep), {"slope": 0.25}
    yield "sigmoid", "", partial(activation, function=torch.sigmoid), {}
    yield "tanh", "", partial(activation, function=torch.tanh), {}
    yield "gelu", "", partial(activation, function=partial(functional.gelu, approximate="tanh")), {}
    yield "softmax", "", partial(activation, function=partial(torch.softmax, dim=1)), {}
    yield "dense", "", dense, {}
    for targets in ("labels", "one-hot", "soft"):
        ask = partial(softmax_cross_entropy, targets=targets)
        yield "softmax_cross_entropy", targets, ask, {}
    yield "binary_cross_entropy", "", binary_cross_entropy, {}
    yield "mean_squared_error", "", mean_squared_error, {}
    yield "batch_norm", "", batch_norm, {"momentum": 0.1, "epsilon": 1e-5}
    yield "batch_norm", "other settings", batch_norm, {"momentum": 0.25, "epsilon": 0.125}
    yield "layer_norm", "", layer_norm, {"epsilon": 1e-5}
    yield "layer_norm", "larger epsilon", layer_norm, {"epsilon": 0.125}
    yield "dropout", "", dropout, {}
    yield "network", "", network, {"learning_rate": 0.125, "momentum": 0.75, "weight_decay": 0.25}
    yield "clip_by_global_norm", "too long", clip_by_global_norm, {"limit": 0.5}
    yield "clip_by_global_norm", "short enough", clip_by_global_norm, {"limit": 64.0}
    yield from optimizer_cases()
    yield from schedule_cases()


def optimizer_cases():
    sgd, rate = torch.optim.SGD, {"learning_rate": 0.125}
    alpha = {"alpha": 0.5, "epsilon": 0.125}
    betas = {"beta1": 0.5, "beta2": 0.75, "epsilon": 0.125}
    for subject, note, make, settings in (
        ("SGD", "", sgd, rate),
        ("Momentum", "", sgd, {**rate, "momentum": 0.9}),
        ("Nesterov", "", partial(sgd, nesterov=True), {**rate, "momentum": 0.75}),
        ("RMSProp", "", torch.optim.RMSprop, rate),
        ("RMSProp", "alpha and epsilon", torch.optim.RMSprop, {**rate, **alpha}),
        ("Adam", "", torch.optim.Adam, rate),
        ("Adam", "betas and epsilon", torch.optim.Adam, {**rate, **betas}),
        ("AdamW", "", torch.optim.AdamW, rate),
        ("AdamW", "betas and epsilon", torch.optim.AdamW, {**rate, **betas}),
    ):
        notes, ask = [note] if note else [], partial(optimizer, make=make)
        yield subject, note, ask, settings
        decaying = {**settings, "weight_decay": 0.25}
        yield subject, ", ".join([*notes, "weight decay"]), ask, decaying
        ask = partial(ask, weights_only=True)
        yield subject, ", ".join([*notes, "weight decay on weights only"]), ask, decaying


def schedule_cases():
    warm_up = partial(schedulers.LinearLR, start_factor=1 / 4, total_iters=3)
    cosine = partial(schedulers.CosineAnnealingLR, T_max=STEPS - 1)

    def both(optimizer):
        return schedulers.ChainedScheduler([warm_up(optimizer), cosine(optimizer)])

    for note, schedule in (
        ("constant", partial(schedulers.ConstantLR, factor=1.0)),
        ("cosine", cosine),
        ("cosine to a final rate", partial(cosine, eta_min=0.125)),
        ("warm-up", warm_up),
        ("warm-up and cosine", both),
    ):
        ask = partial(optimizer, make=torch.optim.Adam, schedule=schedule)
        yield "schedule", note, ask, {"learning_rate": 0.5}


def written(tensor):
    """Return the numbers as lists; each in the fewest digits that give it back exactly."""
    array = tensor.detach().numpy()
    if array.dtype == np.float32:
        array = np.array([float(str(number)) for number in array.flat]).reshape(array.shape)
    return array.tolist()


def main():
    torch.set_num_threads(1)
    lines = []
    for subject, note, ask, settings in cases():
        name = f"{subject}, {note}" if note else subject
        entry = {"name": name, "subject": subject, "settings": settings}
        for dtype in (torch.float64, torch.float32):
            draw = Draw(name, dtype)
            answers = {letter: written(value) for letter, value in ask(draw, **settings).items()}
            entry |= {"inputs": draw.inputs, str(dtype).removeprefix("torch."): answers}
        lines.append(json.dumps(entry, ensure_ascii=False))
    FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
