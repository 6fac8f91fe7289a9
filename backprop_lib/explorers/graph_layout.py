"""Where the nodes of a graph stand: columns by depth, and rows in which arrows seldom cross."""

from itertools import pairwise

import numpy as np

LANE = 0.5  # of a box: the room that an arrow has where it passes a column
SWEEPS = 12


def arrange(inputs):
    """Return (places, routes) of a graph, in columns and rows.

    An arrow that passes a column has a lane of its own in it, so that it crosses no box.

    Args:
        inputs: for each node the numbers of the nodes it is made of; these come before it.

    Returns:
        places: (column, row) of each node. routes: for each node and each of its inputs the
        (column, row) of every lane on the way.

    >>> arrange([(), (0, 0)])
    ([(0, 0.0), (1, 0.0)], [[], [[], []]])
    """
    depth = columns(inputs)
    column = list(depth)
    size = [room(sum(made.count(n) for made in inputs)) for n in range(len(inputs))]
    links, lanes = [], [[] for _ in inputs]  # links join neighbouring columns
    for node, made in enumerate(inputs):
        for one in made:
            way = []
            for passed in range(depth[one] + 1, depth[node]):
                way.append(len(column))
                column.append(passed)
                size.append(LANE)
            links += zip([one, *way], [*way, node], strict=True)
            lanes[node].append(way)
    row = straightened(untangled(column, links), links, size)
    pairs = [pair for made, ways in zip(inputs, lanes, strict=True)
             for pair in pairwise(entries(made, ways))]  # fmt: skip
    if sum(row[b] < row[a] for a, b in pairs) * 2 > len(pairs):
        row = [-y for y in row]  # the first input above the second, where it can be
    place = [(x, round(y - min(row), 3)) for x, y in zip(column, row, strict=True)]
    routes = [[[place[k] for k in way] for way in ways] for ways in lanes]
    return place[: len(inputs)], routes


def room(uses):
    """Return the room of a box in rows: one whose value is used often has many arrows."""
    return 1 + 0.4 * max(0, uses - 2)


def columns(inputs):
    """Return each node's column: one after the last of its inputs; what has none, before its use.

    >>> columns([(), (0,), (), (1, 2)])
    [0, 1, 1, 2]
    """
    depth = []
    for made in inputs:
        depth.append(1 + max((depth[one] for one in made), default=-1))
    users = [[n for n, made in enumerate(inputs) if node in made] for node in range(len(inputs))]
    return [depth[node] if made else min(depth[n] for n in users[node]) - 1
            for node, made in enumerate(inputs)]  # fmt: skip


def entries(made, ways):
    """Return where each arrow comes from last: its last lane, or the input itself."""
    return [way[-1] if way else one for one, way in zip(made, ways, strict=True)]


def untangled(column, links):
    """Return the nodes of each column from top to bottom, in an order with few crossings.

    Each column is sorted by where its neighbours stand, to and fro; the best order is kept.
    """
    order = [[k for k, x in enumerate(column) if x == here] for here in range(max(column) + 1)]
    best, least = order, crossings(order, links)
    for sweep in range(2 * SWEEPS):
        place = {k: i for some in order for i, k in enumerate(some)}
        way = 1 if sweep % 2 else -1
        for some in order[::way]:
            near = {k: neighbours(k, links, way) for k in some}
            some = sorted(some, key=lambda k: mean([place[n] for n in near[k]], place[k]))
            order[column[some[0]]] = some
            place |= {k: i for i, k in enumerate(some)}
        order = [list(some) for some in order]
        if crossings(order, links) < least:
            best, least = [list(some) for some in order], crossings(order, links)
    return best


def crossings(order, links):
    """Return how many pairs of arrows cross."""
    place = {k: i for some in order for i, k in enumerate(some)}
    column = {k: x for x, some in enumerate(order) for k in some}
    return sum(
        column[a] == column[c] and (place[a] - place[c]) * (place[b] - place[d]) < 0
        for k, (a, b) in enumerate(links)
        for c, d in links[:k]
    )


def straightened(order, links, size):
    """Return each node's row: near the rows of its neighbours, and as far apart as it must be."""
    row = [0.0] * len(size)
    for sweep in range(2 * SWEEPS + 1):
        way = 0 if sweep == 2 * SWEEPS else 1 if sweep % 2 else -1
        for some in order[::-1] if way == 1 else order:
            wish = [mean([row[n] for n in neighbours(k, links, way)], row[k]) for k in some]
            for k, y in zip(some, spaced(wish, [size[k] for k in some]), strict=True):
                row[k] = y
    return row


def neighbours(node, links, way):
    """Return the nodes that links join it to: on the left (way −1), on the right (1), both (0)."""
    left = [a for a, b in links if b == node] if way <= 0 else []
    return left + ([b for a, b in links if a == node] if way >= 0 else [])


def mean(values, otherwise):
    """Return the mean; where there are no values, the other."""
    return float(np.mean(values)) if values else otherwise


def spaced(wish, size):
    """Return places in this order, not closer than their sizes, with the least squares moved.

    >>> spaced([0, 0], [1, 1])
    [-0.5, 0.5]
    """
    foot = np.cumsum([0, *((a + b) / 2 for a, b in pairwise(size))])
    blocks = []  # of neighbours that touch: [their mean, how many]
    for one in np.array(wish) - foot:
        blocks.append([one, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, count = blocks.pop()
            mean, many = blocks[-1]
            blocks[-1] = [(mean * many + value * count) / (many + count), many + count]
    level = [value for value, count in blocks for _ in range(count)]
    return [float(y) for y in np.array(level) + foot]
