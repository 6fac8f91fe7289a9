"""The oracle: layers, losses and optimizers against PyTorch's numbers, which lie here as JSON."""

import json
from pathlib import Path

import numpy as np
import pytest

import backprop_lib
from backprop_lib import (
    GELU,
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    BinaryCrossEntropy,
    Dense,
    Dropout,
    Identity,
    LayerNorm,
    LeakyReLU,
    MeanSquaredError,
    Momentum,
    Nesterov,
    Network,
    ReLU,
    RMSProp,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Tanh,
    batch_norm_backward,
    batch_norm_evaluate_backward,
    batch_norm_evaluate_forward,
    batch_norm_forward,
    binary_cross_entropy_backward,
    binary_cross_entropy_forward,
    clip_by_global_norm,
    constant,
    cosine,
    dense_backward,
    dense_forward,
    dropout_backward,
    dropout_forward,
    gelu_backward,
    gelu_forward,
    identity_backward,
    identity_forward,
    layer_norm_backward,
    layer_norm_forward,
    leaky_relu_backward,
    leaky_relu_forward,
    log_softmax,
    mean_squared_error_backward,
    mean_squared_error_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    softmax,
    softmax_backward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
    tanh_backward,
    tanh_forward,
    warm_up,
)

NO_ORACLE = {
    "he": "random draws",
    "xavier": "random draws",
    "Trace": "a record of what the layers compute, held against them in test_trace.py",
    "History": "a record",
    "accuracy": "a count",
    "train": "a loop around backpropagate and step, which are both here",
}
LIMITS = {"float64": 1e-12, "float32": 1e-5}  # of the largest entry
CASES = json.loads(Path(__file__).with_name("oracle.json").read_text(encoding="utf-8"))
ACTIVATIONS = {
    "identity": (identity_forward, identity_backward, Identity),
    "relu": (relu_forward, relu_backward, ReLU),
    "leaky_relu": (leaky_relu_forward, leaky_relu_backward, LeakyReLU),
    "sigmoid": (sigmoid_forward, sigmoid_backward, Sigmoid),
    "tanh": (tanh_forward, tanh_backward, Tanh),
    "gelu": (gelu_forward, gelu_backward, GELU),
    "softmax": (softmax, softmax_backward, Softmax),
}
OPTIMIZERS = {kind.__name__: kind for kind in (SGD, Momentum, Nesterov, RMSProp, Adam, AdamW)}
SCHEDULES = {
    "constant": constant(0.5),
    "cosine": cosine(0.5, steps=7),
    "cosine to a final rate": cosine(0.5, steps=7, final=0.125),
    "warm-up": warm_up(4, 0.5),
    "warm-up and cosine": warm_up(4, cosine(0.5, steps=7)),
}


class Masked(np.random.Generator):
    """A Generator that makes dropout draw the mask that PyTorch drew."""

    def __init__(self, M):
        super().__init__(np.random.PCG64(0))
        self.M = M

    def random(self, size=None, dtype=np.float64, out=None):
        assert size == self.M.shape
        return (self.M > 0).astype(dtype)  # kept where the number is at least drop_prob


def activation(case, Z, dA):
    forward, backward, layer = ACTIVATIONS[case["subject"]]
    yield {"A": forward(Z, **case["settings"]), "dZ": backward(dA, Z, **case["settings"])}
    layer = layer(**case["settings"])
    yield {"A": layer.forward(Z), "dZ": layer.backward(dA)}


def dense(case, X, W, b, dZ):
    dX, dW, db = dense_backward(dZ, X, W)
    yield {"Z": dense_forward(X, W, b), "dX": dX, "dW": dW, "db": db}
    layer = Dense(W, b)
    yield {"Z": layer.forward(X), "dX": layer.backward(dZ), "dW": layer.dW, "db": layer.db}


def softmax_cross_entropy(case, Z, Y):
    loss, P = softmax_cross_entropy_forward(Z, Y)
    dZ = softmax_cross_entropy_backward(P, Y)
    yield {"loss": loss, "P": P, "log_P": log_softmax(Z), "dZ": dZ}
    loss_function = SoftmaxCrossEntropy()
    yield {"loss": loss_function.forward(Z, Y), "dZ": loss_function.backward()}


def binary_cross_entropy(case, Z, Y):
    loss, P = binary_cross_entropy_forward(Z, Y)
    yield {"loss": loss, "P": P, "dZ": binary_cross_entropy_backward(P, Y)}
    loss_function = BinaryCrossEntropy()
    yield {"loss": loss_function.forward(Z, Y), "dZ": loss_function.backward()}


def mean_squared_error(case, Z, Y):
    yield {"loss": mean_squared_error_forward(Z, Y), "dZ": mean_squared_error_backward(Z, Y)}
    loss_function = MeanSquaredError()
    yield {"loss": loss_function.forward(Z, Y), "dZ": loss_function.backward()}


def norm_results(H, dX, dgamma, dbeta):
    return {"H": H, "dX": dX, "dgamma": dgamma.copy(), "dbeta": dbeta.copy()}


def batch_norm(case, X, gamma, beta, dH):
    epsilon = {"epsilon": case["settings"]["epsilon"]}
    layer = in_type_of(X, BatchNorm(3, **case["settings"]), gamma=gamma, beta=beta)
    by_object, by_function = [], []
    for number in range(4):
        H, X_hat, _, variance = batch_norm_forward(X[number], gamma, beta, **epsilon)
        gradients = batch_norm_backward(dH[number], X_hat, variance, gamma, **epsilon)
        by_function.append(norm_results(H, *gradients))
        H, dX = layer.forward(X[number]), layer.backward(dH[number])
        statistics = {"mean": layer.running_mean, "variance": layer.running_variance}
        statistics = {letter: value.copy() for letter, value in statistics.items()}
        by_object.append({**norm_results(H, dX, layer.dgamma, layer.dbeta), **statistics})
    H = batch_norm_evaluate_forward(X[4], gamma, beta, **statistics, **epsilon)
    gradients = batch_norm_evaluate_backward(dH[4], X[4], gamma, **statistics, **epsilon)
    evaluated = norm_results(H, *gradients)
    yield stacked([*by_function, evaluated])
    yield stacked([*by_object, {**evaluated, "H": layer.apply(X[4]), **statistics}])


def layer_norm(case, X, gamma, beta, dH):
    H, X_hat, variance = layer_norm_forward(X, gamma, beta, **case["settings"])
    gradients = layer_norm_backward(dH, X_hat, variance, gamma, **case["settings"])
    yield norm_results(H, *gradients)
    layer = in_type_of(X, LayerNorm(4, **case["settings"]), gamma=gamma, beta=beta)
    yield norm_results(layer.forward(X), layer.backward(dH), layer.dgamma, layer.dbeta)


def dropout(case, A, M, dH):
    H, ours = dropout_forward(A, 0.5, Masked(M))
    np.testing.assert_array_equal(ours, M)
    yield {"H": H, "dA": dropout_backward(dH, M)}
    layer = Dropout(0.5, Masked(M))
    layer.rng = Masked(M)
    yield {"H": layer.forward(A), "dA": layer.backward(dH)}


def network(case, X, Y, M, **parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    first = Dense(W1, b1), BatchNorm(6), Tanh(), Dropout(0.5, np.random.default_rng(0))
    second = Dense(W2, b2), LayerNorm(5), GELU()
    for short_cut in (False, True):
        network = Network(*first, *second, Dense(W3, b3))
        network.layers[3].rng = Masked(M)
        optimizer, steps = Nesterov(**case["settings"]), []
        for _ in range(8):
            if short_cut:
                values = {"loss": network.backpropagate(X, Y)}
            else:
                loss = network.loss_function.forward(network.forward(X), Y)
                values = {"loss": loss, "dX": network.backward(network.loss_function.backward())}
            values["gradients"] = network.gradients.copy()
            optimizer.step(network.parameters, network.gradients, network.decays)
            steps.append({**values, "parameters": network.parameters.copy()})
        yield {**stacked(steps), "P": network.probabilities(X)}


def optimizer(case, parameters, gradients, learning_rate=None):
    settings = dict(case["settings"])
    settings["learning_rate"] = learning_rate or settings["learning_rate"]
    decays = np.array([1, 1, 0, 0, 0], parameters.dtype) if "weights only" in case["name"] else None
    ours, steps = OPTIMIZERS.get(case["subject"], Adam)(**settings), []
    for gradient in gradients:
        ours.step(parameters, gradient, decays)
        steps.append(parameters.copy())
    yield {"parameters": np.stack(steps)}


def schedule(case, parameters, gradients):
    eta = SCHEDULES[case["name"].removeprefix("schedule, ")]
    yield {"rates": [eta(step) for step in range(len(gradients))]}
    yield from optimizer(case, parameters, gradients, learning_rate=eta)


def clipping(case, gradients):
    norm = clip_by_global_norm(gradients, **case["settings"])
    yield {"norm": norm, "gradients": gradients}


def in_type_of(X, layer, **parameters):
    layer = layer.copy(X.dtype)
    for name, value in parameters.items():
        setattr(layer, name, value)
    return layer


def stacked(steps):
    return {letter: np.stack([step[letter] for step in steps]) for letter in steps[0]}


SUBJECTS = {
    **dict.fromkeys(ACTIVATIONS, activation),
    **dict.fromkeys(OPTIMIZERS, optimizer),
    "dense": dense,
    "softmax_cross_entropy": softmax_cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "mean_squared_error": mean_squared_error,
    "batch_norm": batch_norm,
    "layer_norm": layer_norm,
    "dropout": dropout,
    "network": network,
    "schedule": schedule,
    "clip_by_global_norm": clipping,
}


@pytest.mark.parametrize("dtype", LIMITS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_ours_are_pytorchs_numbers(case, dtype):
    expected, compared = case[dtype], set()
    inputs = {letter: np.array(numbers) for letter, numbers in case["inputs"].items()}
    inputs = {k: v if v.dtype.kind == "i" else v.astype(dtype) for k, v in inputs.items()}
    for ours in SUBJECTS[case["subject"]](case, **inputs):
        compared |= ours.keys()
        for letter, value in ours.items():
            theirs = np.array(expected[letter])
            assert np.shape(value) == theirs.shape, letter
            assert getattr(value, "dtype", dtype) == dtype, letter
            error = np.abs(value - theirs).max() / np.abs(theirs).max()
            assert error <= LIMITS[dtype], f"{letter} is off by {error:.1e} of the largest entry"
    assert compared == expected.keys()


def test_every_public_name_has_an_oracle_or_a_reason():
    """What is imported here is used here: the linter sees to that."""
    missing = set(backprop_lib.__all__) - globals().keys() - NO_ORACLE.keys()
    assert not missing, f"{missing} not compared here: import it, and add it to ACTIVATIONS or so"
    assert NO_ORACLE.keys() <= set(backprop_lib.__all__) - globals().keys()


def test_every_answer_is_asked_for():
    answered = {case["subject"] for case in CASES}
    missing = SUBJECTS.keys() - answered
    assert not missing, (
        f"oracle.json has no numbers for {missing}: ask in make_oracle.py, and let"
        " .venv/bin/python -m tests.oracle write them"
    )
    unused = answered - SUBJECTS.keys()
    assert not unused, f"oracle.json has numbers for {unused}, and nothing here compares them"
