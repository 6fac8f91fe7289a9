"""Right answers to the exercises of chapter 08, each written in another way."""

import itertools
import math
from functools import reduce

import numpy as np


def first_steps_from_the_formulas(g, learning_rate):
    s, m_hat, v_hat = 0.01 * g**2, g, g**2
    leap, unit = g / math.sqrt(s), m_hat / math.sqrt(v_hat)
    return [-learning_rate * move for move in (g, g, g + 0.9 * g, leap, unit)]


def first_steps_with_epsilon(g, learning_rate):
    s = (1 - 0.99) * g**2
    m, v = (1 - 0.9) * g, (1 - 0.999) * g**2
    adam = (m / (1 - 0.9**1)) / (np.sqrt(v / (1 - 0.999**1)) + 1e-8)
    rmsprop = g / (np.sqrt(s) + 1e-8)
    return tuple(-learning_rate * np.array([g, g, 1.9 * g, rmsprop, adam]))


def first_steps_by_cases(g, learning_rate):
    downhill = -learning_rate if g > 0 else learning_rate
    return -g * learning_rate, -g * learning_rate, -g * learning_rate * 1.9, 10 * downhill, downhill


def first_steps_by_the_size(g, learning_rate):
    sgd = g * -learning_rate
    return sgd, sgd, sgd + 0.9 * sgd, sgd / abs(g) / 0.1, sgd / abs(g)


def momentum_on_copies(theta, g, v, learning_rate, momentum):
    v, theta = v.copy(), theta.copy()
    v *= momentum
    v += g
    theta -= learning_rate * v
    return theta, v


def momentum_by_entry(theta, g, v, learning_rate, momentum):
    new, speed = np.empty_like(theta), np.empty_like(v)
    for place in np.ndindex(theta.shape):
        speed[place] = momentum * v[place] + g[place]
        new[place] = theta[place] - learning_rate * speed[place]
    return new, speed


def momentum_in_two_parts(theta, g, v, learning_rate, momentum):
    return theta - learning_rate * momentum * v - learning_rate * g, v * momentum + g


def momentum_with_the_rate_taken_out_again(theta, g, v, learning_rate, momentum):
    moved = momentum * (-learning_rate * v) - learning_rate * g
    return theta + moved, moved / -learning_rate


def nesterov_with_a_place_ahead(theta, g, v, learning_rate, momentum):
    here = theta + learning_rate * momentum * v
    v = momentum * v + g
    here = here - learning_rate * v
    return here - learning_rate * momentum * v, v


def nesterov_multiplied_out(theta, g, v, learning_rate, momentum):
    step = (1 + momentum) * g + momentum**2 * v
    return theta - learning_rate * step, g + momentum * v


def nesterov_in_two_steps(theta, g, v, learning_rate, momentum):
    v = np.multiply(momentum, v) + g
    theta = theta - learning_rate * g
    theta -= learning_rate * momentum * v
    return theta, v


def nesterov_by_entry(theta, g, v, learning_rate, momentum):
    speed = np.array([momentum * a + b for a, b in zip(v.flat, g.flat, strict=True)], v.dtype)
    speed = speed.reshape(v.shape)
    return theta + (g + speed * momentum) * -learning_rate, speed


def rmsprop_by_power(theta, g, s, learning_rate, alpha, epsilon):
    s = s + (1 - alpha) * (g * g - s)
    return theta - learning_rate * (g / (epsilon + s**0.5)), s


def rmsprop_on_copies(theta, g, s, learning_rate, alpha, epsilon):
    s, theta = s.copy(), theta.copy()
    s *= alpha
    s += (1 - alpha) * np.square(g)
    size = np.sqrt(s)
    size += epsilon
    theta -= learning_rate / size * g
    return theta, s


def rmsprop_by_entry(theta, g, s, learning_rate, alpha, epsilon):
    new, mean = np.zeros_like(theta), np.zeros_like(s)
    for i, j in np.ndindex(*theta.shape):
        mean[i, j] = s[i, j] * alpha + g[i, j] ** 2 * (1 - alpha)
        new[i, j] = theta[i, j] - learning_rate * g[i, j] / (np.sqrt(mean[i, j]) + epsilon)
    return new, mean


def rmsprop_by_average(theta, g, s, learning_rate, alpha, epsilon):
    s = np.average([s, g**2], axis=0, weights=[alpha, 1 - alpha]).astype(s.dtype)
    return theta - np.divide(learning_rate * g, np.sqrt(s) + epsilon), s


def adam_with_a_rate_of_its_own(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    root = math.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + epsilon * root), m, v


def adam_on_copies(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    theta, m, v = theta.copy(), m.copy(), v.copy()
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * np.square(g)
    size = np.sqrt(v / (1 - pow(beta2, t))) + epsilon
    theta -= learning_rate * (m / (1 - pow(beta1, t))) / size
    return theta, m, v


def adam_by_the_weights(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    m_weights = sum((1 - beta1) * beta1**k for k in range(t))
    v_weights = sum((1 - beta2) * beta2**k for k in range(t))
    m = g * (1 - beta1) + m * beta1
    v = g**2 * (1 - beta2) + v * beta2
    return theta - learning_rate * (m / m_weights) / ((v / v_weights) ** 0.5 + epsilon), m, v


def adam_by_entry(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    theta, m, v = theta.copy(), m.copy(), v.copy()
    for k in np.ndindex(theta.shape):
        m[k] = beta1 * m[k] + (1 - beta1) * g[k]
        v[k] = beta2 * v[k] + (1 - beta2) * g[k] ** 2
        size = np.sqrt(v[k] / (1 - beta2**t)) + epsilon
        theta[k] = theta[k] - learning_rate * m[k] / (1 - beta1**t) / size
    return theta, m, v


def adam_in_turn(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon):
    old = (m, beta1, g), (v, beta2, g**2)
    m, v = (beta * mean + (1 - beta) * new for mean, beta, new in old)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return theta + -learning_rate * (m_hat / (epsilon + np.sqrt(v_hat))), m, v


def adamw_after(adam):
    """Return AdamW, with some Adam in it."""

    def adamw(theta, g, decays, m, v, t, learning_rate, beta1, beta2, epsilon, weight_decay):
        shrunk = theta * (1 - learning_rate * weight_decay * decays)
        return adam(shrunk, g, m, v, t, learning_rate, beta1, beta2, epsilon)

    adamw.__name__ = f"adamw_after_{adam.__name__}"
    return adamw


def adamw_where(theta, g, decays, m, v, t, learning_rate, beta1, beta2, epsilon, weight_decay):
    m, v = beta1 * m + g * (1 - beta1), beta2 * v + g * g * (1 - beta2)
    step = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    pull = np.where(decays > 0, weight_decay * theta, 0)
    return theta - learning_rate * (step + pull), m, v


def adamw_by_mask(theta, g, decays, m, v, t, learning_rate, beta1, beta2, epsilon, weight_decay):
    theta = theta.copy()
    theta[decays == 1] *= 1 - learning_rate * weight_decay
    return adam_on_copies(theta, g, m, v, t, learning_rate, beta1, beta2, epsilon)


def clipped_in_one_row(gradients, limit):
    row = np.concatenate([g.ravel() for g in gradients])
    norm = np.linalg.norm(row)
    if norm > limit:
        row = row * (limit / norm)
    parts = np.split(row, np.cumsum([g.size for g in gradients])[:-1])
    return [part.reshape(g.shape) for part, g in zip(parts, gradients, strict=True)], norm


def clipped_by_lengths(gradients, limit):
    norm = math.hypot(*(np.linalg.norm(g) for g in gradients))
    return [g / max(1, norm / limit) for g in gradients], norm


def clipped_on_copies(gradients, limit):
    squares = 0.0
    for g in gradients:
        squares += float(np.vdot(g, g))
    norm, shorter = squares**0.5, [g.copy() for g in gradients]
    for g in shorter:
        if norm > limit:
            g *= limit / norm
    return shorter, norm


def clipped_by_reduce(gradients, limit):
    norm = np.sqrt(reduce(lambda total, g: total + np.sum(np.abs(g) ** 2), gradients, 0.0))
    factor = 1.0 if norm <= limit else limit / norm
    return [factor * g for g in gradients], norm


def clipped_by_entry(gradients, limit):
    norm = math.sqrt(math.fsum(x * x for x in itertools.chain(*(g.flat for g in gradients))))
    return [np.multiply(g, np.minimum(1, limit / norm)) for g in gradients], norm


def rates_by_cases(rate, warm, steps, count):
    rates = np.zeros(count)
    for t in range(min(count, steps)):
        rates[t] = 0.5 * rate * (1 + math.cos(math.pi * t / steps))
        if t + 1 < warm:
            rates[t] *= (t + 1) / warm
    return rates


def rates_by_half_angle(rate, warm, steps, count):
    t = np.linspace(0, count - 1, count)
    half = np.pi / 2 * np.clip(t / steps, 0, 1)
    return rate * np.cos(half) ** 2 * np.clip((1 + t) / warm, None, 1)


def rates_by_sine(rate, warm, steps, count):
    def one(t):
        progress = min(t, steps) / steps
        wave = rate * (0.5 - 0.5 * math.sin(math.pi * (progress - 0.5)))
        return wave * min(t + 1, warm) / warm

    return np.array([one(t) for t in range(count)])


def rates_from_tables(rate, warm, steps, count):
    rise = np.append(np.arange(1, warm + 1) / warm, np.ones(count))[:count]
    wave = (1 + np.cos(np.linspace(0, np.pi, steps + 1))) / 2
    return rate * rise * np.append(wave, np.zeros(count))[:count]


def rates_where(rate, warm, steps, count):
    t = np.arange(count)
    rates = np.where(t < steps, rate / 2 + rate / 2 * np.cos(t * np.pi / steps), 0.0)
    rates[: warm - 1] *= (t[: warm - 1] + 1) / warm
    return rates


def layers_by_stack(W, gradients, learning_rate):
    W = np.stack(W)
    m, v = np.zeros_like(W), np.zeros_like(W)
    for t, g in enumerate(map(np.stack, gradients), start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        W = W - learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return [w.copy() for w in W]


def layers_in_place(W, gradients, learning_rate):
    W = [w.copy() for w in W]
    state = [(np.zeros_like(w), np.zeros_like(w)) for w in W]
    for t, step in enumerate(gradients, start=1):
        for w, g, (m, v) in zip(W, step, state, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            w -= learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return W


def layers_by_sums(W, gradients, learning_rate):
    new = [w.copy() for w in W]
    for t in range(1, len(gradients) + 1):
        for k in range(len(W)):
            seen = [step[k] for step in gradients[:t]]
            long, short = ([beta ** (t - 1 - i) for i in range(t)] for beta in (0.999, 0.9))
            m_hat = np.average(seen, axis=0, weights=short)
            v_hat = np.average(np.square(seen), axis=0, weights=long)
            new[k] -= learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)
    return new


def layers_by_adam(W, gradients, learning_rate):
    for k, w in enumerate(W):
        m, v = np.zeros_like(w), np.zeros_like(w)
        for t, step in enumerate(gradients, start=1):
            w, m, v = adam_in_turn(w, step[k], m, v, t, learning_rate, 0.9, 0.999, 1e-8)
        yield w


def layers_with_the_state_in_a_dict(W, gradients, learning_rate):
    state = {k: [w, 0 * w, 0 * w] for k, w in enumerate(W)}
    for t, step in enumerate(gradients):
        for k, (w, m, v) in state.items():
            m, v = 0.9 * m + (1 - 0.9) * step[k], 0.999 * v + (1 - 0.999) * step[k] ** 2
            size = np.sqrt(v / (1 - 0.999 ** (t + 1))) + 1e-8
            state[k] = [w - learning_rate * m / (1 - 0.9 ** (t + 1)) / size, m, v]
    return [w for w, _, _ in state.values()]


RIGHT = {
    "first_steps": [
        first_steps_from_the_formulas,
        first_steps_with_epsilon,
        first_steps_by_cases,
        first_steps_by_the_size,
        lambda g, rate: (
            [-rate * g] * 2 + [-1.9 * rate * g] + [-rate * g / abs(g) * k for k in (10, 1)]
        ),
    ],
    "momentum_step": [
        momentum_on_copies,
        momentum_by_entry,
        momentum_in_two_parts,
        momentum_with_the_rate_taken_out_again,
        lambda theta, g, v, rate, mu: (theta - rate * (g + mu * v), g + mu * v),
    ],
    "nesterov_step": [
        nesterov_with_a_place_ahead,
        nesterov_multiplied_out,
        nesterov_in_two_steps,
        nesterov_by_entry,
        lambda theta, g, v, rate, mu: (theta - rate * (g + mu * (mu * v + g)), mu * v + g),
    ],
    "rmsprop_step": [
        rmsprop_by_power,
        rmsprop_on_copies,
        rmsprop_by_entry,
        rmsprop_by_average,
        lambda theta, g, s, rate, alpha, epsilon: (
            theta - rate * g / (np.sqrt(alpha * s + (1 - alpha) * g * g) + epsilon),
            s * alpha + (1 - alpha) * g**2,
        ),
    ],
    "adam_step": [
        adam_with_a_rate_of_its_own,
        adam_on_copies,
        adam_by_the_weights,
        adam_by_entry,
        adam_in_turn,
    ],
    "adamw_step": [
        adamw_after(adam_with_a_rate_of_its_own),
        adamw_after(adam_by_the_weights),
        adamw_after(adam_by_entry),
        adamw_where,
        adamw_by_mask,
    ],
    "clip_together": [
        clipped_in_one_row,
        clipped_by_lengths,
        clipped_on_copies,
        clipped_by_reduce,
        clipped_by_entry,
    ],
    "schedule_rates": [
        rates_by_cases,
        rates_by_half_angle,
        rates_by_sine,
        rates_from_tables,
        rates_where,
    ],
    "adam_layers": [
        layers_by_stack,
        layers_in_place,
        layers_by_sums,
        layers_by_adam,
        layers_with_the_state_in_a_dict,
    ],
}
