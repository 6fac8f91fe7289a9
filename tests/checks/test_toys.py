"""The judge carries every kind of exercise the course has: labels, state, chance, functions."""

import inspect
import math
from dataclasses import replace
from functools import wraps
from itertools import islice

import numpy as np
import pytest

from backprop_lib.checks.exercise import Exercise
from backprop_lib.checks.judge import judge
from backprop_lib.checks.misconceptions import explanations
from backprop_lib.checks.values import mapped
from tests.checks.exercises import BY_NAME, by_name, told
from tests.checks.toys import TOYS

SEEDS = 20


def adam_in_place(theta, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    new_m, new_v = m.copy(), v.copy()
    new_m *= beta1
    new_m += gradient - beta1 * gradient
    new_v += (1 - beta2) * (gradient * gradient - v)
    rate = learning_rate * math.sqrt(1 - beta2**t) / (1 - beta1**t)
    step = new_m / (np.sqrt(new_v) + epsilon * math.sqrt(1 - beta2**t))
    return [theta - rate * step, new_m, new_v]


def momentum_by_name(parameters, gradients, velocities, learning_rate, momentum):
    for theta, gradient, velocity in zip(parameters, gradients, velocities, strict=True):
        velocity *= momentum
        velocity += gradient
        theta -= velocity * learning_rate


def clip_as_one_vector(gradients, limit):
    norm = float(np.linalg.norm(np.concatenate([g.ravel() for g in gradients])))
    scale = 1 if norm <= limit else limit / norm
    return tuple(scale * g for g in gradients), norm


def batch_norm_staged(dH, X_hat, variance, gamma, epsilon=1e-5):
    n = len(dH)
    dX_hat = dH * gamma
    centring = np.eye(n, dtype=dH.dtype) - np.ones((n, n), dH.dtype) / n
    root = np.sqrt(variance + epsilon)
    dvariance = -0.5 * (dX_hat * X_hat).sum(axis=0) / root**2
    dX = centring @ (dX_hat / root) + 2 / n * dvariance * X_hat * root
    return dX, (dH * X_hat).sum(axis=0), dH.sum(axis=0)


def batch_norm_with_numpy(X, gamma, beta, running_mean, running_variance, training, epsilon=1e-5):
    mean, variance = running_mean.copy(), running_variance.copy()
    if training:
        mean, variance = X.mean(axis=0), X.var(axis=0)
        for running, batch in ((running_mean, mean), (running_variance, variance)):
            running *= 0.9
            running += 0.1 * batch
    return (X - mean) * (gamma / (variance + epsilon) ** 0.5) + beta


def dropout_by_choice(A, drop_prob, rng):
    kept = rng.choice([False, True], A.shape, p=[drop_prob, 1 - drop_prob])
    M = kept.astype(A.dtype) / A.dtype.type(1 - drop_prob)
    return M * A, M


def batches_in_turn(X, Y, batch_size, rng):
    order = np.arange(len(X))
    rng.shuffle(order)
    for some in np.split(order, range(batch_size, len(X), batch_size)):
        yield X[some], Y[some]


def difference_in_turn(function, X, h):
    gradient, nudged = np.empty_like(X), X.copy()
    for i in range(X.size):
        old = nudged.flat[i]
        nudged.flat[i] = old + h
        up = function(nudged)
        nudged.flat[i] = old - h
        gradient.flat[i] = 0.5 * (up - function(nudged)) / h
        nudged.flat[i] = old
    return gradient


def softmax_by_jacobian(dP, Z):
    """Where one logit is by far the largest, nearly all of this cancels, and so it rounds."""
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return np.stack([dp @ (np.diag(p) - np.outer(p, p)) for dp, p in zip(dP, P, strict=True)])


OTHERWISE = {
    "softmax_backward": softmax_by_jacobian,
    "softmax": lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)),
    "softmax_cross_entropy_backward": lambda P, Y: (P - np.eye(P.shape[1]).astype(P.dtype)[Y])
    / len(Y),
    "adam_step": adam_in_place,
    "momentum_step": momentum_by_name,
    "clip_together": clip_as_one_vector,
    "batch_norm_pass": batch_norm_with_numpy,
    "batch_norm_backward": batch_norm_staged,
    "dropout_forward": dropout_by_choice,
    "batches": batches_in_turn,
    "central_difference": difference_in_turn,
    "share_right": lambda P, Y: np.mean(P.argmax(axis=1) == Y),
    "predict": lambda P: np.argmax(P, axis=1).astype(np.int32),
}
SHOWN = [toy for toy in TOYS.values() if toy.returns and not toy.measured]
NINE = {  # what CS231n's own checks let through
    "kept axis in db": BY_NAME["dense_backward"],
    ">= 0": BY_NAME["relu_backward"],
    "no max-shift": TOYS["softmax"],
    "ε inside the root": TOYS["adam_step"],
    "momentum swapped in running_mean": TOYS["batch_norm_pass"],
    "unbiased running variance": TOYS["batch_norm_pass"],
    "batch statistics in evaluation": TOYS["batch_norm_pass"],
    "keep for drop": TOYS["dropout_forward"],
    "not rescaled": TOYS["dropout_forward"],
}


@pytest.mark.parametrize("name", TOYS)
def test_right_answers_are_passed_however_they_are_written(name):
    toy = TOYS[name]
    for seed in range(SEEDS):
        for answer in (toy.reference, OTHERWISE.get(name, toy.reference)):
            verdict = judge(answer, toy, seed)
            assert verdict.passed, f"seed {seed}\n{verdict}"


@pytest.mark.parametrize("toy", TOYS.values(), ids=by_name)
def test_mistakes_are_told_by_their_names_and_pairs_as_what_they_are(toy):
    for wrong in explanations(toy):
        how, _ = told(toy, wrong)
        assert how == "by name" or (len(wrong.names) == 2 and how in ("as well", "no mistake")), (
            wrong.names, how,
        )  # fmt: skip


@pytest.mark.parametrize("name", NINE)
def test_the_nine_bugs_that_others_let_through_are_refused_by_name(name):
    toy = NINE[name]
    (wrong,) = [e for e in explanations(toy) if e.names == (name,)]
    for seed in range(SEEDS):
        assert judge(wrong.function, toy, seed).mistakes == (name,)


@pytest.mark.parametrize("toy", SHOWN, ids=by_name)
def test_what_nobody_named_is_shown_by_an_example_that_can_be_pasted(toy):
    def triple(leaf):
        return not leaf if isinstance(leaf, bool) else leaf * 3

    @wraps(toy.reference)
    def answer(*arguments, **named):
        return mapped(toy.reference(*arguments, **named), triple)

    verdict = judge(answer, toy)
    assert verdict.status == "wrong"
    if not verdict.mistakes:  # one that is either true or false can be wrong in one way only
        assert verdict.example.count(f"\n{toy.name}(") == 1
        exec(verdict.example, {"np": np, toy.name: answer})
        assert "# expected" in verdict.example
        assert "0x" not in verdict.example


def test_an_example_of_what_is_changed_in_place_shows_it_after_the_call():
    def momentum_step(parameters, gradients, velocities, learning_rate, momentum):
        toys_step(parameters, gradients, velocities, 7 * learning_rate, momentum)

    toys_step = TOYS["momentum_step"].reference
    example = judge(momentum_step, TOYS["momentum_step"]).example
    lines = example.splitlines()
    assert lines[-3] == "parameters, velocities"
    space = {"np": np, "momentum_step": momentum_step}
    exec(example, space)
    after = "[" + ", ".join(f"np.array({a.tolist()})" for a in space["parameters"]) + "]"
    assert lines[-1].startswith(f"# yours    {after}")


WORDS = {
    "momentum_step": (
        "parameters[0] -= 1",
        "The shape of parameters[0] is right, its numbers are not.",
    ),
    "adam_step": ("return theta, m", "It returns 2 values, expected 3"),
    "softmax_cross_entropy_backward": ("return P.tolist()", "It returns a list, expected the arr"),
    "softmax_cross_entropy_forward": ("return [0.5], Z", "loss is a list, expected a number."),
    "share_right": ("return (P.argmax(axis=1) == Y).mean(keepdims=True)", "is an array (1,)"),
    "predict": ("return P.argmax(axis=1) * 1.0", "labels has dtype float64, expected int64."),
    "drops_rightly": ("return 1", "right is an int, expected True or False."),
    "diagnose": ("return 3", "diagnosis is an int, expected a text."),
    "batches": ("return [(X, Y)]", "batches has 1 part, expected 3."),
    "clip_together": ("return gradients[0], 1.0", "gradients is an array, expected a list of 2."),
    "dropout_forward": ("M = np.ones_like(A); return A * M, M", "values in M"),
    "one_epoch": ("return step(X)", "steps: 1, expected 3."),
    "batch_norm_pass": ("return X * gamma", "The shape of H is right, its numbers are not."),
    "central_difference": ("return function(X + h) - function(X - h)", "gradient is a float64"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_wrong_form_is_told_in_words(name):
    toy = TOYS[name]
    body, words = WORDS[name]
    space = {"np": np}
    exec(f"def {name}{inspect.signature(toy.reference)}: {body}", space)
    verdict = judge(space[name], toy)
    assert verdict.status == "wrong"
    assert words in verdict.sentences[0]


def test_what_is_to_be_changed_in_place_and_is_not_is_told_so():
    def momentum_step(parameters, gradients, velocities, learning_rate, momentum):
        for theta, gradient, velocity in zip(parameters, gradients, velocities, strict=True):
            theta = theta - learning_rate * (momentum * velocity + gradient)

    verdict = judge(momentum_step, TOYS["momentum_step"])
    assert "It leaves parameters as it was." in verdict.sentences[0] or verdict.mistakes


def test_chance_from_elsewhere_than_the_rng_is_found_out():
    def dropout_forward(A, drop_prob, rng):
        M = (np.random.default_rng().random(A.shape) >= drop_prob) / A.dtype.type(1 - drop_prob)
        return A * M.astype(A.dtype), M.astype(A.dtype)

    verdict = judge(dropout_forward, TOYS["dropout_forward"])
    assert verdict.problem == "calls not independent"
    assert "from the rng that it is given" in verdict.sentences[0]


def test_rounding_is_forgiven_where_the_inputs_bring_it_and_only_there(monkeypatch):
    """Over two examples all of batch norm's dX cancels but for ε: float32 leaves little of it."""
    toy = replace(TOYS["batch_norm_backward"], sizes={"2 examples": {"n": 2, "p": 3}})
    assert all(judge(batch_norm_staged, toy, seed).passed for seed in range(SEEDS))
    for wrong in islice(explanations(toy), len(toy.wrong_answers)):
        assert judge(wrong.function, toy).status == "wrong"
    monkeypatch.setattr(Exercise, "slack", lambda *_: [0, 0, 0])
    assert not all(judge(batch_norm_staged, toy, seed).passed for seed in range(SEEDS))
