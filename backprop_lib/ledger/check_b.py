"""The checks of note B, the formula sheet: columns, and 1/m in dW and db instead of in dZ.

In columns dW is (q, p), and `.T` on both sides of a library call is the whole translation.
"""

import numpy as np

from backprop_lib.activations import (
    identity_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from backprop_lib.dense import dense_backward, dense_forward
from backprop_lib.ledger.column_network import ColumnNetwork
from backprop_lib.ledger.figure import agrees, fails, number
from backprop_lib.losses import (
    binary_cross_entropy_backward,
    binary_cross_entropy_forward,
    mean_squared_error_backward,
    mean_squared_error_forward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.softmax import softmax, softmax_backward


def output_minus_target(rng, gradient):
    """Hold A − Y against m ∂J/∂Z for outputs and losses that fit together, and that do not.

    Every step is element-wise or a whole example's, so rows serve here as well as columns.
    """
    m, K = 7, 3
    Z, Y = rng.standard_normal((m, K)), np.eye(K)[rng.integers(0, K, m)]

    def half_squared(output):
        return lambda Z: 0.5 * ((output(Z) - Y) ** 2).sum() / m

    def cross_entropy(Z):
        return softmax_cross_entropy_forward(Z, Y)[0]

    def binary(Z):  # summed over the K outputs, as the note has it; the library takes their mean
        return K * binary_cross_entropy_forward(Z, Y)[0]

    def squared(Z):  # the mean over the outputs too
        return mean_squared_error_forward(Z, Y)

    pairs = [
        ("softmax + cross-entropy", softmax, cross_entropy, agrees),
        ("sigmoid + binary cross-entropy", sigmoid_forward, binary, agrees),
        ("identity + ½ squared error", identity_forward, half_squared(identity_forward), agrees),
        ("identity + squared error", identity_forward, lambda Z: K * squared(Z), fails),
        ("identity + mean squared error", identity_forward, squared, fails),
        ("sigmoid + ½ squared error", sigmoid_forward, half_squared(sigmoid_forward), fails),
        ("softmax + ½ squared error", softmax, half_squared(softmax), fails),
        ("tanh + ½ squared error", tanh_forward, half_squared(tanh_forward), fails),
    ]
    for words, output, loss, judged in pairs:
        yield judged(f"as written, {words}", output(Z) - Y, m * gradient(loss, Z))
    P = softmax(Z)
    truth = gradient(cross_entropy, Z)
    yield fails("as written, read as ∂J/∂Z of the mean", P - Y, truth)
    yield agrees("corrected, softmax + cross-entropy", softmax_cross_entropy_backward(P, Y), truth)
    ours = binary_cross_entropy_backward(sigmoid_forward(Z), Y)
    yield agrees("corrected, sigmoid + binary cross-entropy", ours, gradient(binary, Z) / K)
    ours = mean_squared_error_backward(Z, Y)
    yield agrees("corrected, identity + mean squared error", ours, gradient(squared, Z))


def last_weights(rng, gradient):
    """Hold (1/m) dZ Aᵀ against ∂J/∂W, with a dZ without 1/m and with one that has it."""
    net = ColumnNetwork(rng)
    dZ, A, m, truth = net["A2"] - net.Y, net["A1"], net.m, net.truth(gradient, "W2")
    yield agrees("as written", dZ @ A.T / m, truth)
    dZ = softmax_cross_entropy_backward(net["A2"].T, net.labels)
    yield agrees("the library", dense_backward(dZ, A.T, net["W2"].T)[1].T, truth)
    yield fails("1/m twice", dZ.T @ A.T / m, truth)


def last_biases(rng, gradient):
    """Hold (1/m) Σ dZ against ∂J/∂b, with the axis and without."""
    net = ColumnNetwork(rng)
    dZ, truth = net["A2"] - net.Y, net.truth(gradient, "b2")
    yield agrees("as written, over the examples", dZ.sum(axis=1, keepdims=True) / net.m, truth)
    _, _, db = dense_backward(dZ.T / net.m, net["A1"].T, net["W2"].T)
    yield agrees("the library", db.reshape(-1, 1), truth)
    yield fails("without an axis", np.full_like(truth, dZ.sum() / net.m), truth)
    yield fails("the axis not kept", dZ.sum(axis=1) / net.m, truth)


def one_layer_down(rng, gradient):
    """Hold Wᵀ dZ ∗ g′(Z) against m ∂J/∂Z of the layer below."""
    net = ColumnNetwork(rng)
    truth, Z = net.m * net.truth(gradient, "Z1"), net["Z1"]
    dA = net["W2"].T @ (net["A2"] - net.Y)
    yield agrees("as written", dA * _slope(Z), truth)
    yield agrees("the library", tanh_backward(dA, Z), truth)
    yield fails("g′ at A instead of at Z", dA * _slope(net["A1"]), truth)
    yield fails("g′ left out", dA, truth)


def why_element_wise(rng, gradient):
    """Build the Jacobians of tanh and of softmax, one output at a time, and multiply by them."""
    z, v = rng.standard_normal((2, 4))
    of_tanh, of_softmax = (_jacobian(gradient, f, z) for f in (tanh_forward, softmax))
    yield number("tanh, largest entry off the diagonal", _off_diagonal(of_tanh))
    yield agrees("corrected, tanh: Jᵀv = g′(z) ⊙ v", tanh_backward(v, z), of_tanh.T @ v)
    yield number("softmax, largest entry off the diagonal", _off_diagonal(of_softmax))
    yield fails("softmax, its diagonal ⊙ v", np.diag(of_softmax) * v, of_softmax.T @ v)
    ours = softmax_backward([v], [z])[0]
    yield agrees("softmax, Jᵀv", ours, of_softmax.T @ v)


def every_value(rng, gradient):
    """Hold dZ^[l] of all layers of a deep network against m ∂J/∂Z^[l]."""
    yield from _all_layers(rng, gradient, "Z")


def every_weight(rng, gradient):
    """Hold dW^[l] of all layers of a deep network against ∂J/∂W^[l]."""
    yield from _all_layers(rng, gradient, "W")


def every_bias(rng, gradient):
    """Hold db^[l] of all layers of a deep network against ∂J/∂b^[l]."""
    yield from _all_layers(rng, gradient, "b")


def adjoint(rng, gradient):
    """Leave out the transpose where a square W lets it pass; and say what the transpose is."""
    net = ColumnNetwork(rng, sizes=(5, 4, 4))
    W, dZ, truth = net["W2"], net["A2"] - net.Y, net.m * net.truth(gradient, "A1")
    yield fails("as written, W fits without it where it is square", W @ dZ, truth)
    yield agrees("corrected, Wᵀ dZ", dense_backward(dZ.T, net["A1"].T, W.T)[0].T, truth)
    W, a, z = (rng.standard_normal(shape) for shape in ((3, 5), (5, 6), (3, 6)))
    out = dense_forward(a.T, W.T, np.zeros(3)).T
    yield agrees("adjoint, (W a) · z = a · (Wᵀ z)", (out * z).sum(0), (a * (W.T @ z)).sum(0))


def deviation(rng, gradient):
    """Compare deviation and gradient of an output that is wrong and sure of itself."""
    Z, Y = np.full((1, 1), -6.0), np.ones((1, 1))
    A = sigmoid_forward(Z)
    dZ = sigmoid_backward(A - Y, Z)
    truth = gradient(lambda Z: 0.5 * ((sigmoid_forward(Z) - Y) ** 2).sum(), Z)
    yield fails("as written, sigmoid + ½ squared error at z = −6", A - Y, truth)
    yield agrees("corrected, the gradient", dZ, truth)
    yield number("deviation a − y", (A - Y).item())
    yield number("gradient of ½ squared error", dZ.item())


def slope_bounds_the_flow(rng, gradient):
    """Send 1 back through ten sigmoids where their slope is largest."""
    dA, Z = rng.standard_normal((2, 3, 5))
    truth = gradient(lambda Z: (dA * sigmoid_forward(Z)).sum(), Z)
    yield agrees("as written, dA ⊙ σ′(Z)", sigmoid_backward(dA, Z), truth)
    largest = sigmoid_backward(1.0, 0.0)
    yield number("the largest σ′", largest)
    yield number("ten layers of it", largest**10)


def _slope(Z):
    """g′(Z) of the hidden layers."""
    return tanh_backward(np.ones_like(Z), Z)


def _jacobian(gradient, output, z):
    """Return ∂(output k)/∂(z j) at [k, j], a row for each output."""
    return np.stack([gradient(lambda z: output([z])[0, k], z) for k in range(len(z))])  # noqa: B023


def _off_diagonal(jacobian):
    return abs(jacobian - np.diag(np.diag(jacobian))).max()


def _all_layers(rng, gradient, letter):
    """Yield the error of note B's d`letter` over four layers at once, and the library's."""
    net = ColumnNetwork(rng, sizes=(6, 5, 4, 5, 3))
    dZ = {4: net["A4"] - net.Y}
    for k in (3, 2, 1):
        dZ[k] = net[f"W{k + 1}"].T @ dZ[k + 1] * _slope(net[f"Z{k}"])
    written = {
        "Z": dZ,
        "W": {k: dZ[k] @ net[f"A{k - 1}"].T / net.m for k in dZ},
        "b": {k: dZ[k].sum(axis=1, keepdims=True) / net.m for k in dZ},
    }[letter]
    scale = net.m if letter == "Z" else 1  # the note's dZ is m times the gradient of the mean
    truth = _flat(scale * net.truth(gradient, f"{letter}{k}") for k in dZ)
    yield agrees("as written, four layers", _flat(written.values()), truth)
    ours = getattr(net.in_rows().trace(net["A0"].T, net.labels), f"d{letter}")
    yield agrees("the library's network", _flat(scale * ours[k].T for k in dZ), truth)


def _flat(arrays):
    return np.concatenate([array.ravel() for array in arrays])
