"""The other panels of the static frame: formula, microscope, curves and words."""

import textwrap

import numpy as np

from backprop_lib.explorers.controls import Number
from backprop_lib.explorers.notation import candidates, decimal, length, tokens
from backprop_lib.explorers.paper import COLOUR, symbol

LINE, PLOT = 25, 200  # heights of a term in the microscope and of a curve
ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)


def formula(paper, panel, left, top, width):
    """The formulas at work, live shapes under their letters."""
    pieces = []
    for line in filter(None, (*panel.lines, panel.when.get(paper.parameters.get(panel.control)))):
        pieces += [paper.piece(" " * 12, size=22)] * bool(pieces) + written(paper, line)
    paper.write(left + width / 2, top + 24, pieces, (0.5, 0.5))
    return 48


def written(paper, line, through=""):
    """Return a formula in pieces; the letter g is called as the control `through` says."""
    pieces = []
    for text, power in tokens(line):
        named = (one for one in candidates(text, power) if one[0] in paper.roles)
        name, turned = next(named, (None, False))
        if name:
            pieces.append(paper.over_shape(name, 25, turned))
            continue
        text = paper.called(through) if through and text == "g" else text
        word = text if text.isspace() else f"$\\mathrm{{{text}}}^{{{power}}}$"
        pieces.append(paper.piece(word, size=22))
    return pieces


def scrubber(paper, panel, left, top, width):
    """The step of the pass, as its formula; at the end one sentence."""
    if not paper.stop:
        paper.text(left + width / 2, top + 16, panel.note, size=16)
        return 32
    line = written(paper, paper.stop.formula, panel.through)
    paper.write(left + width / 2, top + 24, line, (0.5, 0.5))
    paper.text(left + width / 2, top + 58, paper.stop.note, "muted")
    return 68


def microscope(paper, panel, left, top, width):
    """The terms of the picked entry, each bar beginning where the last one ended, and their sum."""
    made, index = paper.made, paper.picked[1:]
    if made is None:
        return 0
    name, role = made.of[0], paper.roles[made.of[0]]
    at = dict(zip(made.of[1:], index, strict=True))
    factors, plus = (
        [(n, *(at.get(i, i) for i in letters)) for n, *letters in part]
        for part in (made.factors, made.plus)
    )
    title = [*paper.entry(name, *index), paper.piece(" = ")]
    title += [paper.piece(f"$\\Sigma_{made.over}$ ", size=15)] * bool(made.over)
    title += paper.product(factors)
    for one in plus:
        title += [paper.piece(" + "), *paper.entry(*one)]
    paper.write(left, top + 10, title)

    value, run, lines = paper.value(name, index), 0.0, []
    for entries, term in paper.rows:
        numbers = [paper.said(n, paper.value(n, i)) for n, *i in entries]
        said = " · ".join(numbers) if len(numbers) > 1 else ""
        lines.append((paper.product(entries), said, term, run, "normal"))
        run += term
    lines.append((paper.entry(name, *index), "", value, 0, "bold"))
    if made.then in paper.arrays:
        said = f"{paper.called(made.through)}({paper.said(name, value)})"
        lines.append(
            (paper.entry(made.then, *index), said, paper.value(made.then, index), 0, "normal")
        )
    if made.nudged:
        label = [paper.piece("nudge "), *paper.entry(name[1:], *index)]
        lines.append((label, "(L₊ − L₋) / 2h", paper.value(made.nudged, index), 0, "normal"))

    ends = [abs(v) for _, _, amount, start, _ in lines for v in (start, start + amount)]
    reach = nice(max([1e-9, *filter(np.isfinite, ends)]))
    zero, half = left + width * 0.88, width * 0.12 / reach
    paper.line([zero] * 2, [top + 28, top + 30 + LINE * len(lines)])
    for k, (label, said, amount, start, weight) in enumerate(lines):
        y = top + 42 + LINE * k
        paper.write(left, y, label)
        paper.text(left + width * 0.37, y, said, "muted", ha="left")
        number = paper.said(name, amount, exact=True)
        paper.text(left + width * 0.75, y, number, ha="right", fontweight=weight)
        if np.isfinite(amount) and np.isfinite(start):
            x, length = zero + half * min(start, start + amount), half * abs(amount)
            alpha = 0.6 if k < len(paper.rows) else 1
            paper.fill(x, y - 7, length, 14, "negative" if amount < 0 else role, alpha)
    sum_line = top + 42 + LINE * (len(paper.rows) - 0.5)
    paper.line([left, left + width], [sum_line] * 2, "ink")
    return 42 + LINE * len(lines)


def nice(reach):
    """Return a round number that is not smaller, so that the scale seldom changes."""
    power = 10.0 ** np.floor(np.log10(reach))
    return power * next(step for step in ROUND if step * power >= reach * 0.9999)


def lines(paper, panel, left, top, width):
    """The function's curve, and every entry as a point on it."""
    (of, to), index = panel.points, paper.picked[1:]
    xs, ys = paper.arrays[of], paper.arrays[to]
    title = [paper.symbol(to), paper.piece(f" = {paper.called(panel.through)}("), paper.symbol(of)]
    curve = [paper.arrays[name] for name in panel.curve]
    paper.write(left, top + 10, [*title, paper.piece(")")])
    point = plot(paper, left, top, width, *curve, to, symbol(of))
    for place in np.ndindex(xs.shape):
        point(xs[place], ys[place], bool(paper.made) and (of, *place) == (paper.made.of[0], *index))
    return PLOT


def along(paper, panel, left, top, width):
    """One number over the sweep of the first control on the page that holds a number."""
    control = next((c for c in paper.explorer.shown if type(c) is Number), None)
    name, index = panel.of, ()
    if paper.made and not name:
        name, index = paper.made.then or paper.made.of[0], paper.picked[1:]
    if control is None or name not in paper.arrays:
        return 0
    entry = paper.entry(name, *index) if index else [paper.symbol(name)]
    paper.write(left, top + 10, [*entry, paper.piece(f" as the {control.label} moves", "muted")])
    sweep = paper.explorer.sweep(control.name)
    xs, ys = [v for v, _ in sweep], [float(arrays[name][index]) for _, arrays in sweep]
    point = plot(paper, left, top, width, xs, ys, name, control.entry or control.label)
    point(paper.parameters[control.name], paper.value(name, index), True)
    return PLOT


def plot(paper, left, top, width, xs, ys, name, label):
    """Draw a curve on bare axes, 0 in sight; return the function that puts a point on it."""
    role, finite = paper.roles[name], [y for y in ys if np.isfinite(y)]
    low, high = min(0, *finite), max(0, *finite)
    upper, lower = top + 36, top + PLOT - 24

    def place(x, y):
        across = (np.clip(x, xs[0], xs[-1]) - xs[0]) / (xs[-1] - xs[0])
        up = (np.clip(y, low, high) - low) / ((high - low) or 1)
        return left + width * across, lower - (lower - upper) * up

    def point(x, y, picked):
        if not np.isfinite(x + y):
            return
        (across, up), edge = place(x, y), COLOUR["ink" if picked else "ground"]
        style = {"s": 60, "linewidth": 1.4} if picked else {"s": 32, "linewidth": 0.6, "alpha": 0.6}
        paper.axes.scatter(
            across, up, color=COLOUR[role], edgecolor=edge, zorder=3 + picked, **style
        )
        if picked:  # the value stands on the side where the curve is not
            k = int(np.argmax(np.asarray(xs) >= x))
            rise = np.sign(ys[min(k + 1, len(ys) - 1)] - ys[max(k - 1, 0)])
            side = 1 if across < left + 45 else -1 if across > left + width - 45 else -int(rise)
            align = {1: "left", 0: "center", -1: "right"}[side]
            paper.text(across + 11 * side, up - (8 if side else 17), paper.said(name, y),
                       fontweight="bold", ha=align)  # fmt: skip

    paper.line([left, left + width], [place(0, 0)[1]] * 2)
    paper.line([place(0, 0)[0]] * 2, [upper, lower])
    paper.line(*zip(*(place(x, y) for x, y in zip(xs, ys, strict=True)), strict=True), role, 2)
    foot = top + PLOT - 8
    paper.text(left, foot, decimal(xs[0], 0), "muted", 12, ha="left")
    paper.text(left + width / 2, foot, label, "muted", 12)
    paper.text(left + width, foot, decimal(xs[-1], 0), "muted", 12, ha="right")
    return point


def bars(paper, panel, left, top, width):
    """One bar for each single number, from 0."""
    paper.text(left, top + 10, panel.title, size=14, ha="left")
    values = [float(paper.every[number]) for _, number in panel.bars]
    reach = nice(max([1e-9, *filter(np.isfinite, values)]))
    for k, ((name, _), value) in enumerate(zip(panel.bars, values, strict=True)):
        y = top + 42 + 26 * k
        paper.write(left, y, [paper.symbol(name)])
        if name not in paper.explorer.later() and np.isfinite(value):
            role = paper.roles.get(name, "backward")
            paper.fill(left + 40, y - 7, (width - 100) * value / reach, 14, role, 1)
            paper.text(left + width, y, length(value), ha="right")
    return 42 + 26 * len(values)


def words(paper, panel, left, top, width):
    """What there is to see, said in words."""
    wrapped = textwrap.wrap(paper.explorer.described(), int(width / 6.4))
    for k, line in enumerate(wrapped):
        paper.text(left, top + 9 + 19 * k, line, "muted", 12, ha="left")
    return 19 * len(wrapped)
