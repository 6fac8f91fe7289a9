"""How far off a value is, in words and numbers: the worst entry, the direction, the length."""

import numpy as np

from backprop_lib.checks.sandbox import Code
from backprop_lib.checks.values import agreement, is_shape, numeric, wide


def figures(name, yours, expected, slack=0.0):
    """Return what was expected and what came as labelled text; `name` is the value's own."""
    if is_shape(expected):
        return {"expected": f"{name} {expected}", "yours": f"{name} {said(yours)}"}
    if not numeric(yours) or not isinstance(expected, np.ndarray):
        return {"expected": said(expected), "yours": said(yours)}
    if yours.shape != expected.shape or yours.dtype != expected.dtype:
        kind = f"{name} {expected.shape} {expected.dtype}", f"{name} {yours.shape} {yours.dtype}"
        return dict(zip(("expected", "yours"), kind, strict=True))
    differ = ~agreement(yours, expected, slack)
    if not differ.any():
        return {}
    place = _worst(yours, expected, differ)
    entry = f"{name}[{', '.join(map(str, place))}] ="
    return {
        "expected": f"{entry} {expected[place]:.6g}",
        "yours": f"{entry} {yours[place]:.6g}, the furthest off",
        "overall": f"{differ.sum()} of {differ.size} numbers differ; {overall(yours, expected)}",
    }


def overall(yours, expected):
    """Return the direction and length of `yours` against `expected`, in words."""
    yours, expected = (wide(a).ravel() for a in (yours, expected))
    if not np.isfinite(yours).all():
        return f"{(~np.isfinite(yours)).sum()} are NaN or infinite"
    length, wanted = np.linalg.norm(yours), np.linalg.norm(expected)
    if not length or not wanted:
        return "yours are all 0" if not length else "all 0 was expected"
    cosine = float(np.clip((yours @ expected.conj()).real / length / wanted, -1, 1))
    ratio = length / wanted
    if abs(cosine) > 1 - 1e-9:
        size = f"{ratio:.3g} times too long" if ratio > 1 else f"{1 / ratio:.3g} times too short"
        size = "the right length" if abs(ratio - 1) < 1e-3 else size
        return f"{'right' if cosine > 0 else 'opposite'} direction, {size}"
    angle = np.degrees(np.arccos(cosine))
    turn = f"{angle:.0f}°" if angle >= 1 else "less than 1°"
    size = "about as long" if abs(ratio - 1) < 0.05 else f"{ratio:.2g} times as long"
    return f"{turn} off in direction, {size}"


def said(value, short=False):
    """Return a value in a few characters, an array by its shape."""
    if isinstance(value, np.ndarray):
        return f"{value.shape}" if short else f"an array {value.shape} {value.dtype}"
    if isinstance(value, (list, tuple)) and len(value) > 8:
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    try:
        return f"{value.item() if isinstance(value, np.generic) else value!r:.60}"
    except Exception:
        return f"a {type(value).__name__}"


def literal(value):
    """Return a value as Python, ready to paste."""
    if isinstance(value, np.ndarray):
        numbers = f"{value.tolist()}".replace("nan", "np.nan").replace("inf", "np.inf")
        return f"np.array({numbers}{', np.float32' if value.dtype == np.float32 else ''})"
    if isinstance(value, (list, tuple)):
        inside = ", ".join(map(literal, value))
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {literal(part)}' for key, part in value.items())}}}"
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    return repr(value) if isinstance(value, (Code, str)) else said(value)


def _worst(yours, expected, differ):
    with np.errstate(all="ignore"):
        distance = np.abs(wide(yours) - wide(expected))
    distance = np.where(np.isnan(distance), np.inf, distance)
    flat = np.argmax(np.where(differ, distance, -1))
    return tuple(int(i) for i in np.unravel_index(flat, differ.shape))
