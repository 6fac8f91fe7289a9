"""Changes of a solution that are no mistakes: why each of them is right too."""

AS_MANY_ENTRIES = (
    "for index in np.ndindex(value.shape):  →  for index in np.ndindex(gradient.shape):"
)
RATIO = "[learning_rate * np.linalg.norm(dW[k]) / np.linalg.norm(W[k])"
EACH_LAYER = "each list has an entry for each layer"
EQUIVALENT = {
    "relu_forward": {
        "return np.maximum(Z, 0)  →  return np.maximum(0, Z)": "the larger of two has no order",
    },
    "sigmoid_forward": {
        "return np.where(Z > 0, 1, small) / (1 + small)  →  "
        "return np.where(Z >= 0, 1, small) / (1 + small)": "at Z = 0, e^−|Z| is 1",
    },
    "two_layer_forward": {
        "A1 = np.maximum(Z1, 0)  →  A1 = np.maximum(0, Z1)": "the larger of two has no order",
    },
    "two_layer_backward": {
        "dZ1 = dA1 * (Z1 > 0)  →  dZ1 = dA1 * (A1 > 0)": "A1 is positive just where Z1 is",
    },
    "central_difference": {AS_MANY_ENTRIES: "the gradient has the shape of its value"},
    "complex_step": {AS_MANY_ENTRIES: "the gradient has the shape of its value"},
    "relative_error": {
        "longer = max(np.linalg.norm(ours), np.linalg.norm(slow))  →  "
        "longer = max(np.linalg.norm(slow), np.linalg.norm(ours))": "the longer has no order",
        "return 0.0  →  return 0": "a number is a number",
        "return np.linalg.norm(ours - slow) / longer  →  "
        "return np.linalg.norm(slow - ours) / longer": "a length has no direction",
    },
    "network_gradients": {
        "dZ2 = P.copy()  →  dZ2 = P": "P is made inside, and not needed again",
        "n = len(X)  →  n = len(Y)": "there is a label for each example",
    },
    "forward_layers": {
        "A = np.maximum(Z[k], 0)  →  A = np.maximum(0, Z[k])": "the larger of two has no order",
        "for k in range(len(W)):  →  for k in range(len(b)):": "each layer has a W and a b",
    },
    "backward_layers": {
        "for k in reversed(range(len(W))):  →  for k in reversed(range(len(A))):": EACH_LAYER,
        "for k in reversed(range(len(W))):  →  for k in reversed(range(len(Z))):": EACH_LAYER,
        "if k > 0:  →  if k != 0:": "k is never below 0",
    },
    "update_ratios": {
        f"return {RATIO} for k in range(len(W))]  →  return {RATIO} for k in range(len(dW))]":
            "each W has its gradient",
    },
    "deep_step": {
        "for k in reversed(range(len(W))):  →  for k in reversed(range(len(A))):": EACH_LAYER,
        **{
            "return [W[k] - steps[k] for k in range(len(W))]  →  "
            f"return [W[k] - steps[k] for k in range(len({other}))]": EACH_LAYER
            for other in ("A", "steps")
        },
    },
    "softmax_cross_entropy_forward": {
        "n = len(Y)  →  n = len(Z)": "Z has as many rows as there are labels",
    },
    "softmax_cross_entropy_backward": {
        "n = len(Y)  →  n = len(P)": "P has as many rows as there are labels",
    },
    "soft_label_backward": {
        "return (weight[:, None] * P - Y) / len(weight)  →  "
        f"return (weight[:, None] * P - Y) / len({other})": "all three have n rows"
        for other in ("P", "Y")
    },
    "binary_cross_entropy_backward": {
        f"return (P - Y) / P.size  →  return (P - Y) / {other}.size": "all three have n q entries"
        for other in ("Y", "P.T")
    },
}  # fmt: skip
