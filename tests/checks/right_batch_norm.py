"""Right answers to the exercises of chapter 06, each written in another way."""

import math

import numpy as np


def forward_by_numpy(X, gamma, beta, epsilon=1e-5):
    mean, variance = X.mean(axis=0), X.var(axis=0)
    X_hat = (X - mean) / np.sqrt(variance + epsilon)
    return gamma * X_hat + beta, X_hat, mean, variance


def forward_by_unit(X, gamma, beta, epsilon=1e-5):
    X_hat, mean, variance = np.empty_like(X), np.empty_like(gamma), np.empty_like(gamma)
    for j, unit in enumerate(X.T):
        mean[j] = sum(unit) / len(unit)
        variance[j] = sum((x - mean[j]) ** 2 for x in unit) / len(unit)
        X_hat[:, j] = (unit - mean[j]) / math.sqrt(variance[j] + epsilon)
    return X_hat * gamma + beta, X_hat, mean, variance


def forward_by_einsum(X, gamma, beta, *, epsilon=1e-5):
    n = X.shape[0]
    mean = np.einsum("ij->j", X) / n
    X_hat = X - mean
    variance = np.einsum("ij,ij->j", X_hat, X_hat) / n
    X_hat /= np.sqrt(variance + epsilon)
    return np.einsum("ij,j->ij", X_hat, gamma) + beta, X_hat, mean, variance


def forward_with_matrices(X, gamma, beta, epsilon=1e-5):
    n = len(X)
    centring = np.eye(n, dtype=X.dtype) - np.full((n, n), 1 / n, X.dtype)
    centred = centring @ X
    mean = np.full(n, 1 / n, X.dtype) @ X
    variance = np.diag(centred.T @ centred) / n
    X_hat = centred * (variance + epsilon) ** -0.5
    return X_hat @ np.diag(gamma) + beta, X_hat, mean, variance


def forward_on_its_side(X, gamma, beta, epsilon=1e-5):
    columns = X.T
    mean, spread = columns.mean(axis=1, keepdims=True), columns.std(axis=1, keepdims=True)
    X_hat = ((columns - mean) / np.sqrt(spread**2 + epsilon)).T
    return [gamma * X_hat + beta, X_hat, mean[:, 0], spread[:, 0] ** 2]


def stages_one_by_one(dH, X_hat, centred, s, gamma):
    n = len(dH)
    dbeta, dscaled = dH.sum(axis=0), dH
    dgamma, dX_hat = (dscaled * X_hat).sum(axis=0), dscaled * gamma
    inverse = 1 / s
    dcentred, dinverse = dX_hat * inverse, (dX_hat * centred).sum(axis=0)
    ds = -dinverse * inverse**2
    dvariance = ds * 0.5 / s
    dsquares = np.ones_like(centred) / n * dvariance
    dcentred = dcentred + dsquares * 2 * centred
    dmean = -dcentred.sum(axis=0)
    return dbeta, dgamma, dX_hat, dinverse, ds, dvariance, dcentred, dmean, dcentred + dmean / n


def stages_from_the_end(dH, X_hat, centred, s, gamma):
    n = len(dH)
    dX_hat = gamma * dH
    along = np.mean(dX_hat * X_hat, axis=0)
    dcentred = (dX_hat - X_hat * along) / s
    dX = dcentred - dcentred.mean(axis=0)
    ds = -n * along / s
    dmean = -n * dcentred.mean(axis=0)
    return (
        dH.sum(axis=0), (dH * X_hat).sum(axis=0), dX_hat, n * along * s, ds, ds / s / 2,
        dcentred, dmean, dX,
    )  # fmt: skip


def stages_by_einsum(dH, X_hat, centred, s, gamma):
    n = dH.shape[0]
    dX_hat = np.einsum("ij,j->ij", dH, gamma)
    dinverse = np.einsum("ij,ij->j", dX_hat, centred)
    ds = dinverse * -(s**-2.0)
    dvariance = 0.5 * ds / s
    dcentred = dX_hat / s
    dcentred += centred * dvariance * (2 / n)
    dmean = -np.einsum("ij->j", dcentred)
    dbeta, dgamma = np.einsum("ij->j", dH), np.einsum("ij,ij->j", dH, X_hat)
    return dbeta, dgamma, dX_hat, dinverse, ds, dvariance, dcentred, dmean, dcentred + dmean / n


def stages_by_unit(dH, X_hat, centred, s, gamma):
    n, p = dH.shape
    found = [[] for _ in range(9)]
    for j in range(p):
        dx_hat = dH[:, j] * gamma[j]
        dinverse = dx_hat @ centred[:, j]
        ds = -dinverse / s[j] / s[j]
        dvariance = ds / s[j] / 2
        dcentred = dx_hat / s[j] + centred[:, j] * (2 * dvariance / n)
        dmean = -sum(dcentred)
        parts = sum(dH[:, j]), dH[:, j] @ X_hat[:, j], dx_hat, dinverse, ds, dvariance, dcentred
        for one, part in zip(found, (*parts, dmean, dcentred + dmean / n), strict=True):
            one.append(part)
    return [np.array(one, dH.dtype).T.copy() for one in found]


def stages_with_the_mean_of_its_own(dH, X_hat, centred, s, gamma):
    dX_hat = dH * gamma
    dinverse = np.sum(dX_hat * centred, axis=0)
    ds = -dinverse / (s * s)
    dvariance = ds / s / 2
    through = 2 * dvariance * centred / len(dH)
    dmean = -(dX_hat / s).sum(axis=0) - through.sum(axis=0)
    dcentred = through + dX_hat / s
    dX = dcentred + dmean / len(dH)
    dgamma = np.add.reduce(dH * X_hat)
    return np.add.reduce(dH), dgamma, dX_hat, dinverse, ds, dvariance, dcentred, dmean, dX


def backward_with_means(dH, X_hat, variance, gamma, epsilon=1e-5):
    dX_hat = dH * gamma
    dX = dX_hat - dX_hat.mean(axis=0) - X_hat * (dX_hat * X_hat).mean(axis=0)
    return dX / np.sqrt(variance + epsilon), (dH * X_hat).sum(axis=0), dH.sum(axis=0)


def backward_as_the_paper_has_it(dH, X_hat, variance, gamma, epsilon=1e-5):
    n, dX_hat, s = len(dH), dH * gamma, np.sqrt(variance + epsilon)
    centred = X_hat * s
    dvariance = (dX_hat * centred).sum(axis=0) * -0.5 * (variance + epsilon) ** -1.5
    dmean = -(dX_hat / s).sum(axis=0) + dvariance * -2 * centred.mean(axis=0)
    dX = dX_hat / s + dvariance * 2 * centred / n + dmean / n
    return dX, np.sum(dH * X_hat, axis=0), np.sum(dH, axis=0)


def backward_by_jacobian(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    n, dX = len(dH), np.empty_like(dH)
    for j in range(dH.shape[1]):
        x = X_hat[:, j]
        jacobian = np.eye(n) - 1 / n - np.outer(x, x) / n
        dX[:, j] = gamma[j] / math.sqrt(variance[j] + epsilon) * (jacobian.T @ dH[:, j])
    return dX, np.diag(dH.T @ X_hat).copy(), np.ones(n, dH.dtype) @ dH


def backward_with_n_outside(dH, X_hat, variance, gamma, epsilon=1e-5):
    n = len(dH)
    dgamma, dbeta = np.einsum("ij,ij->j", dH, X_hat), np.einsum("ij->j", dH)
    inside = n * dH - dbeta - X_hat * dgamma
    return gamma / n / np.sqrt(variance + epsilon) * inside, dgamma, dbeta


def backward_in_place(dH, X_hat, variance, gamma, epsilon=1e-5):
    dX = dH.copy()
    dX -= dX.mean(axis=0)
    dX -= X_hat * (dH * X_hat).mean(axis=0)
    dX *= gamma
    dX /= (variance + epsilon) ** 0.5
    return dX, sum(dH * X_hat), sum(dH)


WORDS = ["same", "a tenth", "tenfold", "same", "zero", "same"]


def predicted_by_factors():
    words = {1.0: "same", 0.1: "a tenth", 10.0: "tenfold", 0.0: "zero"}
    return [words[factor] for factor in (10 / 10, 1 / 10, 10.0, 1.0, 1.0 - 1.0, 1.0)]


def predicted_by_name():
    same, tenth, tenfold, zero = "same", "a tenth", "tenfold", "zero"
    return same, tenth, tenfold, same, zero, same


def running_by_shares(running_mean, running_variance, X, momentum):
    past = 1 - momentum
    mean, variance = X.mean(axis=0), X.var(axis=0, ddof=1)
    return past * running_mean + momentum * mean, past * running_variance + momentum * variance


def running_from_the_biased(running_mean, running_variance, X, momentum):
    n = len(X)
    variance = X.var(axis=0) * n / (n - 1)
    mean = running_mean - momentum * (running_mean - X.mean(axis=0))
    return mean, running_variance - momentum * (running_variance - variance)


def running_on_copies(running_mean, running_variance, X, momentum):
    mean, variance = running_mean.copy(), running_variance.copy()
    mean += momentum * (X.mean(axis=0) - mean)
    variance += momentum * (X.std(axis=0, ddof=1) ** 2 - variance)
    return [mean, variance]


def running_by_unit(running_mean, running_variance, X, momentum):
    mean, variance = np.empty_like(running_mean), np.empty_like(running_variance)
    for j, unit in enumerate(X.T):
        middle = sum(unit) / len(unit)
        spread = sum((x - middle) ** 2 for x in unit) / (len(unit) - 1)
        mean[j] = running_mean[j] * (1 - momentum) + middle * momentum
        variance[j] = running_variance[j] * (1 - momentum) + spread * momentum
    return mean, variance


def running_by_pairs(running_mean, running_variance, X, momentum):
    n = len(X)
    apart = ((X[:, None] - X) ** 2).sum(axis=(0, 1)) / (2 * n * (n - 1))
    pairs = ((running_mean, X.mean(axis=0)), (running_variance, apart))
    return tuple(old + momentum * (new - old) for old, new in pairs)


def evaluate_as_a_line(X, gamma, beta, mean, variance, epsilon=1e-5):
    slope = gamma / np.sqrt(variance + epsilon)
    return slope * X + (beta - slope * mean)


def evaluate_in_two_lines(X, gamma, beta, mean, variance, epsilon=1e-5):
    X_hat = (X - mean) * (variance + epsilon) ** -0.5
    return beta + X_hat * gamma


def evaluate_row_by_row(X, gamma, beta, mean, variance, *, epsilon=1e-5):
    return np.stack([gamma * (x - mean) / np.sqrt(variance + epsilon) + beta for x in X])


def evaluate_as_a_dense_layer(X, gamma, beta, mean, variance, epsilon=1e-5):
    W = np.diag(gamma / np.sqrt(variance + epsilon))
    return (X - mean) @ W + beta


def evaluate_in_place(X, gamma, beta, mean, variance, epsilon=1e-5):
    H = X.copy()
    H -= mean
    H /= np.sqrt(variance + epsilon)
    H *= gamma
    H += beta
    return H


def evaluate_back_by_einsum(dH, X, gamma, mean, variance, epsilon=1e-5):
    inverse = 1 / np.sqrt(variance + epsilon)
    X_hat = (X - mean) * inverse
    dX = np.einsum("ij,j,j->ij", dH, gamma, inverse)
    return dX, np.einsum("ij,ij->j", dH, X_hat), np.einsum("ij->j", dH)


def evaluate_back_through_dX_hat(dH, X, gamma, mean, variance, epsilon=1e-5):
    s = (variance + epsilon) ** 0.5
    dX_hat = dH * gamma
    return dX_hat / s, (dH * (X - mean)).sum(axis=0) / s, dH.sum(axis=0)


def evaluate_back_row_by_row(dH, X, gamma, mean, variance, *, epsilon=1e-5):
    s = np.sqrt(variance + epsilon)
    dX = np.array([d * gamma / s for d in dH])
    dgamma = sum(d * (x - mean) / s for d, x in zip(dH, X, strict=True))
    return dX, dgamma, sum(dH)


def evaluate_back_as_a_dense_layer(dH, X, gamma, mean, variance, epsilon=1e-5):
    W = np.diag(gamma / np.sqrt(variance + epsilon))
    X_hat = (X - mean) / np.sqrt(variance + epsilon)
    return dH @ W.T, np.diag(X_hat.T @ dH).copy(), np.ones(len(dH), dH.dtype) @ dH


def evaluate_back_by_unit(dH, X, gamma, mean, variance, epsilon=1e-5):
    dX, dgamma, dbeta = np.empty_like(dH), np.empty_like(gamma), np.empty_like(gamma)
    for j in range(dH.shape[1]):
        s = math.sqrt(variance[j] + epsilon)
        dX[:, j] = dH[:, j] * gamma[j] / s
        dgamma[j] = dH[:, j] @ (X[:, j] - mean[j]) / s
        dbeta[j] = dH[:, j].sum()
    return dX, dgamma, dbeta


def layer_norm_on_its_side(dH, X_hat, variance, gamma, epsilon=1e-5):
    d, x = (dH * gamma).T, X_hat.T
    dX = (d - d.mean(axis=0) - x * (d * x).mean(axis=0)) / np.sqrt(variance + epsilon)
    return np.ascontiguousarray(dX.T), (dH * X_hat).sum(axis=0), dH.sum(axis=0)


def layer_norm_by_row(dH, X_hat, variance, gamma, epsilon=1e-5):
    dX = np.empty_like(dH)
    for i, (d, x) in enumerate(zip(dH * gamma, X_hat, strict=True)):
        s = math.sqrt(variance[i] + epsilon)
        dX[i] = (d - d.mean() - x * (d @ x) / len(x)) / s
    return dX, sum(dH * X_hat), sum(dH)


def layer_norm_by_einsum(dH, X_hat, variance, gamma, *, epsilon=1e-5):
    p = dH.shape[1]
    d = np.einsum("ij,j->ij", dH, gamma)
    along = np.einsum("ij,ij->i", d, X_hat) / p
    dX = d - np.einsum("ij->i", d)[:, None] / p - np.einsum("ij,i->ij", X_hat, along)
    dX *= ((variance + epsilon) ** -0.5)[:, None]
    return dX, np.einsum("ij,ij->j", dH, X_hat), np.einsum("ij->j", dH)


def layer_norm_by_jacobian(dH, X_hat, variance, gamma, epsilon=1e-5):
    p, rows = dH.shape[1], []
    for d, x, v in zip(dH, X_hat, variance, strict=True):
        jacobian = (np.eye(p) - 1 / p - np.outer(x, x) / p) * gamma[:, None]
        rows.append(d @ jacobian / np.sqrt(v + epsilon))
    return np.array(rows, dH.dtype), np.diag(dH.T @ X_hat).copy(), dH.sum(axis=0)


def layer_norm_in_stages(dH, X_hat, variance, gamma, epsilon=1e-5):
    p = dH.shape[1]
    s = np.sqrt(variance + epsilon).reshape(-1, 1)
    dX_hat, centred = gamma * dH, X_hat * s
    dvariance = -(dX_hat * centred).sum(axis=1, keepdims=True) / s**3 / 2
    dcentred = dX_hat / s + 2 * centred * dvariance / p
    dX = dcentred - dcentred.sum(axis=1, keepdims=True) / p
    return dX, (X_hat * dH).sum(axis=0), dH.sum(axis=0)


def pass_with_shares(X, gamma, beta, running_mean, running_variance, training):
    if not training:
        return gamma * (X - running_mean) / np.sqrt(running_variance + 1e-5) + beta
    mean, variance = X.mean(axis=0), X.var(axis=0)
    running_mean[...] = 0.9 * running_mean + 0.1 * mean
    running_variance[...] = 0.9 * running_variance + 0.1 * X.var(axis=0, ddof=1)
    return gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta


def pass_by_out(X, gamma, beta, running_mean, running_variance, training):
    used = (X.mean(axis=0), X.var(axis=0)) if training else (running_mean, running_variance)
    H = gamma * (X - used[0]) / np.sqrt(used[1] + 1e-5) + beta
    if training:
        unbiased = X.var(axis=0, ddof=1)
        np.add(running_mean, 0.1 * (used[0] - running_mean), out=running_mean)
        np.add(running_variance, 0.1 * (unbiased - running_variance), out=running_variance)
    return H


def pass_as_a_line(X, gamma, beta, running_mean, running_variance, training):
    mean, variance = running_mean, running_variance
    if training:
        mean, variance = X.mean(axis=0), X.var(axis=0)
        running_mean -= 0.1 * (running_mean - mean)
        running_variance -= 0.1 * (running_variance - variance * (len(X) / (len(X) - 1)))
    slope = gamma * (variance + 1e-5) ** -0.5
    return X * slope + (beta - mean * slope)


def pass_by_unit(X, gamma, beta, running_mean, running_variance, training):
    H = np.empty_like(X)
    for j, unit in enumerate(X.T):
        mean, variance = running_mean[j], running_variance[j]
        if training:
            mean, variance = unit.mean(), unit.var()
            running_mean[j] += 0.1 * (mean - running_mean[j])
            running_variance[j] += 0.1 * (unit.var(ddof=1) - running_variance[j])
        H[:, j] = gamma[j] * (unit - mean) / math.sqrt(variance + 1e-5) + beta[j]
    return H


def pass_in_two_halves(X, gamma, beta, running_mean, running_variance, training):
    def line(mean, variance):
        return gamma * ((X - mean) / np.sqrt(variance + 1e-5)) + beta

    if training:
        for kept, new in ((running_mean, X.mean(0)), (running_variance, X.var(0, ddof=1))):
            kept += (new - kept) / 10
        return line(X.mean(0), X.var(0))
    return line(running_mean, running_variance)


RIGHT = {
    "batch_norm_forward": [
        forward_by_numpy,
        forward_by_unit,
        forward_by_einsum,
        forward_with_matrices,
        forward_on_its_side,
    ],
    "batch_norm_stages": [
        stages_one_by_one,
        stages_from_the_end,
        stages_by_einsum,
        stages_by_unit,
        stages_with_the_mean_of_its_own,
    ],
    "batch_norm_backward": [
        backward_with_means,
        backward_as_the_paper_has_it,
        backward_by_jacobian,
        backward_with_n_outside,
        backward_in_place,
    ],
    "batch_norm_predictions": [
        predicted_by_factors,
        predicted_by_name,
        lambda: WORDS,
        lambda: tuple(WORDS),
        lambda: [*WORDS],
    ],
    "update_running_statistics": [
        running_by_shares,
        running_from_the_biased,
        running_on_copies,
        running_by_unit,
        running_by_pairs,
    ],
    "batch_norm_evaluate_forward": [
        evaluate_as_a_line,
        evaluate_in_two_lines,
        evaluate_row_by_row,
        evaluate_as_a_dense_layer,
        evaluate_in_place,
    ],
    "batch_norm_evaluate_backward": [
        evaluate_back_by_einsum,
        evaluate_back_through_dX_hat,
        evaluate_back_row_by_row,
        evaluate_back_as_a_dense_layer,
        evaluate_back_by_unit,
    ],
    "layer_norm_backward": [
        layer_norm_on_its_side,
        layer_norm_by_row,
        layer_norm_by_einsum,
        layer_norm_by_jacobian,
        layer_norm_in_stages,
    ],
    "batch_norm_pass": [
        pass_with_shares,
        pass_by_out,
        pass_as_a_line,
        pass_by_unit,
        pass_in_two_halves,
    ],
}
