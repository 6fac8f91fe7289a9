"""Asks PyTorch: one function for each kind of question. Only make_oracle.py needs it, and torch.

PyTorch keeps the weights of a dense layer as (q, p); here they stand as in the course, (p, q).
"""

import numpy as np
import torch
from torch.nn import functional

STEPS = 8


class Draw:
    """Makes the inputs of one case, by its name: a new case leaves the others' numbers alone."""

    def __init__(self, name, dtype):
        self.rng = np.random.default_rng(list(name.encode()))
        self.dtype, self.inputs = dtype, {}

    def __call__(self, letter, *shape, scale=1):
        """Draw an array, note it by its letter, and return it as a tensor."""
        return self.note(letter, np.round(64 * scale * self.rng.standard_normal(shape)) / 64)

    def note(self, letter, array):
        """Note an array that comes from elsewhere, and return it as a tensor."""
        self.inputs[letter] = array.tolist()
        if array.dtype.kind == "i":
            return torch.tensor(array)
        return torch.tensor(array, dtype=self.dtype, requires_grad=True)


def gradients(out, d_out, **values):
    """Return the gradient of each value, by its letter, when d_out flows back from out."""
    found = torch.autograd.grad(out, list(values.values()), d_out)
    return dict(zip((f"d{letter}" for letter in values), found, strict=True))


def activation(draw, function, slope=None):  # the function knows its slope already
    numbers = np.round(128 * draw.rng.standard_normal((6, 5))) / 64
    numbers[0, :2] = 0, 0  # at the kink as well
    Z = draw.note("Z", numbers)
    A = function(Z)
    return {"A": A, **gradients(A, draw("dA", 6, 5), Z=Z)}


def dense(draw):
    X, W, b = draw("X", 5, 4), draw("W", 4, 3), draw("b", 3)
    Z = functional.linear(X, W.T, b)
    return {"Z": Z, **gradients(Z, draw("dZ", 5, 3), X=X, W=W, b=b)}


def softmax_cross_entropy(draw, targets):
    Z, labels = draw("Z", 6, 4, scale=3), draw.rng.integers(0, 4, 6)
    soft = draw.rng.integers(0, 65, (6, 4)) / 64  # the rows need not sum to 1
    Y = draw.note("Y", {"labels": labels, "one-hot": np.eye(4)[labels], "soft": soft}[targets])
    loss = functional.cross_entropy(Z, Y.detach())
    values = {"loss": loss, "P": torch.softmax(Z, dim=1), "log_P": torch.log_softmax(Z, dim=1)}
    return {**values, **gradients(loss, None, Z=Z)}


def binary_cross_entropy(draw):
    Z, Y = draw("Z", 6, 3, scale=3), draw.note("Y", draw.rng.integers(0, 65, (6, 3)) / 64)
    loss = functional.binary_cross_entropy_with_logits(Z, Y.detach())
    return {"loss": loss, "P": torch.sigmoid(Z), **gradients(loss, None, Z=Z)}


def mean_squared_error(draw):
    Z, Y = draw("Z", 6, 3), draw("Y", 6, 3)
    loss = functional.mse_loss(Z, Y)
    return {"loss": loss, **gradients(loss, None, Z=Z)}


def batch_norm(draw, momentum, epsilon):
    """Four training passes, with the running statistics after each, and an evaluation pass."""
    layer = torch.nn.BatchNorm1d(3, momentum=momentum, eps=epsilon, dtype=draw.dtype)
    gamma, beta = draw("gamma", 3), draw("beta", 3)
    layer.weight, layer.bias = torch.nn.Parameter(gamma), torch.nn.Parameter(beta)
    X, dH, results = draw("X", 5, 6, 3, scale=2), draw("dH", 5, 6, 3), []
    for number in range(5):
        layer.train(number < 4)
        here = X[number].detach().requires_grad_()
        H = layer(here)
        flowed = gradients(H, dH[number], X=here, gamma=layer.weight, beta=layer.bias)
        statistics = {"mean": layer.running_mean, "variance": layer.running_var}
        results.append({"H": H, **flowed, **{k: v.clone() for k, v in statistics.items()}})
    return {letter: torch.stack([result[letter] for result in results]) for letter in results[0]}


def layer_norm(draw, epsilon):
    X, gamma, beta = draw("X", 5, 4, scale=2), draw("gamma", 4), draw("beta", 4)
    H = functional.layer_norm(X, (4,), gamma, beta, epsilon)
    return {"H": H, **gradients(H, draw("dH", 5, 4), X=X, gamma=gamma, beta=beta)}


def dropout(draw):
    """PyTorch draws the mask, on an array of ones; from then on it is an input like the others."""
    torch.manual_seed(0)
    A, M = draw("A", 6, 5), draw.note("M", functional.dropout(torch.ones(6, 5), 0.5).numpy())
    H = A * M.detach()
    return {"H": H, **gradients(H, draw("dH", 6, 5), A=A)}


def network(draw, learning_rate, momentum, weight_decay):
    """Eight layers, eight steps with Nesterov's momentum and weight decay on the weights only."""
    linear = [torch.nn.Linear(p, q) for p, q in ((4, 6), (6, 5), (5, 3))]
    batch_norm, layer_norm = torch.nn.BatchNorm1d(6), torch.nn.LayerNorm(5)
    layers = torch.nn.ModuleList([linear[0], batch_norm, linear[1], layer_norm, linear[2]])
    layers.to(draw.dtype)
    for number, layer in enumerate(linear, start=1):
        q, p = layer.weight.shape
        layer.weight.data = draw(f"W{number}", p, q).detach().T
        layer.bias.data = draw(f"b{number}", q).detach()
    M = draw.note("M", 2.0 * (draw.rng.random((8, 6)) < 0.5)).detach()
    X, Y = draw("X", 8, 4), draw.note("Y", draw.rng.integers(0, 3, 8))

    def forward(M):
        A = torch.tanh(batch_norm(linear[0](X))) * M
        return linear[2](functional.gelu(layer_norm(linear[1](A)), approximate="tanh"))

    def flat(look):
        found = [look(parameter).detach() for parameter in layers.parameters()]
        return torch.cat([(v.T if v.ndim == 2 else v).reshape(-1) for v in found])

    groups = [
        {"params": [p for p in layers.parameters() if p.ndim == 2], "weight_decay": weight_decay},
        {"params": [p for p in layers.parameters() if p.ndim == 1]},
    ]
    optimizer = torch.optim.SGD(groups, learning_rate, momentum, nesterov=True)
    results = {"loss": [], "gradients": [], "dX": [], "parameters": []}
    for _ in range(STEPS):
        optimizer.zero_grad()
        X.grad = None
        loss = functional.cross_entropy(forward(M), Y)
        loss.backward()
        optimizer.step()
        values = loss.detach(), flat(lambda p: p.grad), X.grad.clone(), flat(lambda p: p)
        for entries, value in zip(results.values(), values, strict=True):
            entries.append(value)
    layers.eval()
    results = {letter: torch.stack(entries) for letter, entries in results.items()}
    return {**results, "P": torch.softmax(forward(1), dim=1)}


def optimizer(draw, make, weights_only=False, schedule=None, **settings):
    """The parameters after each step; with weights_only, weight decay pulls on the first two."""
    start, steps = draw("parameters", 5).detach(), draw("gradients", STEPS, 5).detach()
    groups = [{"params": [torch.nn.Parameter(piece)]} for piece in (start[:2], start[2:])]
    if weights_only:
        groups[1]["weight_decay"] = 0.0
    words = {"learning_rate": "lr", "epsilon": "eps"}
    settings = {words.get(name, name): value for name, value in settings.items()}
    if "beta1" in settings:
        settings["betas"] = settings.pop("beta1"), settings.pop("beta2")
    made = make(groups, **settings)
    scheduler, results, rates = schedule and schedule(made), [], []
    (first,), (second,) = (group["params"] for group in made.param_groups)
    for gradient in steps:
        first.grad, second.grad = gradient[:2].clone(), gradient[2:].clone()
        rates.append(made.param_groups[0]["lr"])
        made.step()
        if scheduler:
            scheduler.step()
        results.append(torch.cat([first.detach(), second.detach()]))
    results = {"parameters": torch.stack(results)}
    return {**results, "rates": torch.tensor(rates, dtype=draw.dtype)} if schedule else results


def clip_by_global_norm(draw, limit):
    """PyTorch scales by limit / (‖g‖ + 10⁻⁶): a limit as much larger makes it limit / ‖g‖."""
    vector = torch.nn.Parameter(torch.zeros(6, dtype=draw.dtype))
    vector.grad = draw("gradients", 6).detach()
    norm = vector.grad.norm()
    norm = torch.nn.utils.clip_grad_norm_([vector], limit * float((norm + 1e-6) / norm))
    return {"norm": norm, "gradients": vector.grad}
