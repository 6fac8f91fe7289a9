"""Changes of a solution that are no mistakes: why each of them is right too."""

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
    "dense_backward_columns": {
        "db = dZ.sum(axis=1, keepdims=True)  →  db = dZ.sum(axis=-1, keepdims=True)":
            "of two axes, the last is axis 1",
    },
}  # fmt: skip
