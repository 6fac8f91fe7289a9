"""Changes of a solution that are no mistakes: why each of them is right too."""

AS_MANY_ENTRIES = (
    "for index in np.ndindex(value.shape):  →  for index in np.ndindex(gradient.shape):"
)
RATIO = "[learning_rate * np.linalg.norm(dW[k]) / np.linalg.norm(W[k])"
EACH_LAYER = "each list has an entry for each layer"
NEVER_EQUAL = {
    "M = (rng.random(A.shape) >= drop_prob) / (1 - drop_prob)  →  "
    "M = (rng.random(A.shape) > drop_prob) / (1 - drop_prob)":
        "chance seldom draws drop_prob itself",
}  # fmt: skip
SHARE_NEAR = "share_is_right = abs(dropped.mean() - drop_prob) < 0.05"
MEAN_NEAR = "mean_is_right = abs(H.mean() - A.mean()) < 0.05"
ROWS_DIFFER = "rows_differ = (dropped[0] != dropped).any()"
NEVER_FEWER = {
    "while gradient.ndim > len(shape):  →  while gradient.ndim != len(shape):":
        "broadcasting takes no axis away",
}  # fmt: skip
AGAIN = {
    "if node not in met:  →  if node not in order:":
        "no node leads to itself, so one that comes again stands already; only slower",
}  # fmt: skip
PAIRS = "for one, gradient in zip(node.inputs, gradients"
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
    "batch_norm_forward": {
        "variance = ((X - mean) ** 2).mean(axis=0)  →  variance = ((mean - X) ** 2).mean(axis=0)":
            "a square has no sign",
    },
    "batch_norm_stages": {
        f"n = len(dH)  →  n = len({other})": "all three have n rows"
        for other in ("X_hat", "centred")
    },
    "batch_norm_backward": {"n = len(dH)  →  n = len(X_hat)": "both have n rows"},
    "update_running_statistics": {
        "variance = ((X - mean) ** 2).sum(axis=0) / (n - 1)  →  "
        "variance = ((mean - X) ** 2).sum(axis=0) / (n - 1)": "a square has no sign",
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
    "dropout_forward": NEVER_EQUAL,
    "dropout_layer": NEVER_EQUAL,
    "dropout_is_right": {
        **{
            f"A = np.ones((200, 100))  →  A = np.ones({shape})": "any large table will do"
            for shape in ("(100, 200)", "(199, 100)", "(200, 101)", "(200, 99)", "(201, 100)")
        },
        "H = dropout(A, drop_prob, rng)  →  H = dropout(A.T, drop_prob, rng)":
            "any large table will do",
        "dropped = H == 0  →  dropped = H.T == 0": "rows and columns are asked the same",
        "return bool(share_is_right and mean_is_right and rows_differ and columns_differ)  →  "
        "return share_is_right and mean_is_right and rows_differ and columns_differ":
            "numpy's True is as good as Python's",
        f"{MEAN_NEAR}  →  mean_is_right = abs(A.mean() - H.mean()) < 0.05": "a size has no sign",
        f"{SHARE_NEAR}  →  share_is_right = abs(drop_prob - dropped.mean()) < 0.05":
            "a size has no sign",
        f"{MEAN_NEAR}  →  {MEAN_NEAR.replace('H.mean()', 'H.T.mean()')}": "the mean is the same",
        f"{MEAN_NEAR}  →  {MEAN_NEAR.replace('A.mean()', 'A.T.mean()')}": "the mean is the same",
        f"{MEAN_NEAR}  →  {MEAN_NEAR.replace('A.mean()', 'A.max()')}": "all of them are ones",
        f"{MEAN_NEAR}  →  {MEAN_NEAR.replace('A.mean()', 'share_is_right.mean()')}":
            "a 1 where the share is right, and elsewhere it is False anyway",
        f"{MEAN_NEAR}  →  {MEAN_NEAR.replace('<', '<=')}": "chance seldom hits the limit",
        f"{SHARE_NEAR}  →  {SHARE_NEAR.replace('<', '<=')}": "chance seldom hits the limit",
        f"{ROWS_DIFFER}  →  {ROWS_DIFFER.replace('[0]', '[1]')}": "any row will do",
        f"{ROWS_DIFFER}  →  {ROWS_DIFFER.replace('[0]', '[-1]')}": "any row will do",
    },
    "first_steps": {
        "adam = -learning_rate * np.sign(g)  →  adam = -learning_rate / np.sign(g)":
            "divided by 1 or −1 is the same as times",
    },
    "clip_together": {
        "scale = min(1, limit / norm)  →  scale = min(limit / norm, 1)":
            "the smaller of two has no order",
    },
    "schedule_rates": {
        "progress = np.minimum(t / steps, 1)  →  progress = np.minimum(1, t / steps)":
            "the smaller of two has no order",
        "return wave * np.minimum(1, (t + 1) / warm)  →  "
        "return wave * np.minimum((t + 1) / warm, 1)": "the smaller of two has no order",
    },
    "overfits": {
        "return (losses[-1] < 0.1, losses)  →  return (losses[-1] <= 0.1, losses)":
            "no loss is just 0.1",
    },
    "trained": {
        "for start in range(0, len(X), batch_size):  →  "
        f"for start in range(0, len({other}), batch_size):": "as many as there are examples"
        for other in ("Y", "order")
    },
    "sum_to_shape": NEVER_FEWER,
    "topological_order": AGAIN,
    "backward": {
        **NEVER_FEWER,
        **AGAIN,
        "end.gradient = np.ones_like(end.value)  →  node.gradient = np.ones_like(end.value)":
            "after the loop, node is the last: the end",
        "end.gradient = np.ones_like(end.value)  →  end.gradient = np.ones_like(node.value)":
            "after the loop, node is the last: the end",
        **{
            f"{PAIRS}, strict=True):  →  {PAIRS}{other}):": "a rule returns one for each input"
            for other in ("", ", strict=False")
        },
    },
    "predicted_gradients": {
        "return (2.0, 3.0, 12.0, 8.0, 0.0, 6.0)  →  return (2.0, 3.0, 12.0, 8.0, 0, 6.0)":
            "a number is a number",
    },
    "binary_cross_entropy_node": {
        "larger = np.maximum(Z.value, 0)  →  larger = np.maximum(0, Z.value)":
            "the larger of two has no order",
        **{
            "larger = np.maximum(Z.value, 0)  →  "
            f"larger = np.maximum(Z.value, {other})": "any shift near it keeps the powers small"
            for other in (1, -1)
        },
    },
}  # fmt: skip
