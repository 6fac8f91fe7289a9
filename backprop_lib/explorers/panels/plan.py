"""Where the boxes and arrows of a graph stand, in pixels: across the page, or down a narrow one."""

from itertools import pairwise

MORE = 0.4  # of a place: the room that a third use of a value takes, and each further one
PAD, HEAD, NUMBER = 8, 3.5, 46
NEAR = 12  # pixels: an arrow does not swerve for less


class Plan:
    """A graph that runs across the page, or `down` it: u is the way along, v across it."""

    def __init__(self, nodes, down):
        self.nodes, self.down = {node.name: node for node in nodes}, down
        self.box = (52, 84) if down else (84, 52)
        self.unit = (110, 112) if down else (178, 84)  # from one place to the next
        self.edges = [(one, n.name, k) for n in nodes for k, one in enumerate(n.inputs)]
        above = 14 * (not down and any(len(node.sign) > 1 for node in nodes))
        self.top = 0
        self.top = PAD + above - min(self.middle(name) - self.half(name) for name in self.nodes)

    def spec(self):
        """Return {"nodes", "edges", "width", "height"}: all that is drawn."""
        nodes = [self.drawn(name) for name in self.nodes]
        edges = [self.arrows(edge) for edge in self.edges]
        ends = [self.middle(name) + self.half(name) for name in self.nodes]
        ends += [v + 10 for edge in self.edges for _, v in self.lanes(edge)]
        ends += [edge["x"] + NUMBER for edge in edges if self.down]
        u, v = max(self.start(name) for name in self.nodes) + self.box[0] + PAD, max(ends) + PAD
        width, height = self.xy(u, v)
        return {"nodes": nodes, "edges": edges, "width": width, "height": height}

    def xy(self, u, v):
        """Return a point of the page."""
        return (v, u) if self.down else (u, v)

    def start(self, name):
        """Return where a box begins."""
        return PAD + self.nodes[name].x * self.unit[0]

    def middle(self, name):
        """Return where the middle of a box is, across the way."""
        return self.across(self.nodes[name].y)

    def across(self, row):
        """Return the middle of a row."""
        return self.top + row * self.unit[1] + self.box[1] / 2

    def half(self, name):
        """Return half of what a box measures across the way."""
        uses = sum(one == name for one, *_ in self.edges)
        return (self.box[1] + MORE * max(0, uses - 2) * self.unit[1]) / 2

    def drawn(self, name):
        """Return a box, and where its sign stands."""
        node, half, middle = self.nodes[name], self.half(name), self.middle(name)
        u, word = self.start(name), len(node.sign) > 1
        x, y = self.xy(u, middle - half)
        width, height = self.xy(self.box[0], 2 * half)
        above = (u + self.box[0] / 2, middle - half - 9)  # a word is wider than the room before
        sign_x, sign_y = self.xy(*(above if word and not self.down else (u - 11, middle)))
        return {"name": name, "role": node.role, "sign": node.sign, "word": word,
                "x": x, "y": y, "width": width, "height": height,
                "signX": sign_x, "signY": sign_y}  # fmt: skip

    def lanes(self, edge):
        """Return where an arrow passes columns."""
        _, name, k = edge
        route = self.nodes[name].routes[k] if self.nodes[name].routes else ()
        return [(PAD + x * self.unit[0], self.across(y)) for x, y in route]

    def port(self, edge, end):
        """Return where an arrow meets a box: those that go further down stand below the others."""
        near, far = edge[end], 1 - end
        group = [other for other in self.edges if other[end] == near]

        def goes(other):
            lanes = self.lanes(other)
            return lanes[-end][1] if lanes else self.middle(other[far])

        group.sort(key=goes)
        step = 20 if end else 56 if self.down else 24
        return self.middle(near) + step * (group.index(edge) - (len(group) - 1) / 2)

    def arrows(self, edge):
        """Return an arrow, the one that leads back, and where what it brings is written."""
        one, name, k = edge
        sign = self.nodes[name].sign
        beside = sign and (self.down or len(sign) == 1)
        room = (24 if self.down else 21) if beside else 5
        u, v = self.start(one) + self.box[0], self.port(edge, 0)
        points = [(u + 2, v)]
        for lane, row in self.lanes(edge):
            row = v if abs(row - v) < NEAR else row
            points += [(lane, row), (lane + self.box[0], row)]
        points.append((self.start(name) - room, self.port(edge, 1)))
        x, y = self.xy(*((u + 16, v + 12) if self.down else (u + 13, v + 6)))
        there, back = [(u, v - 6) for u, v in points], [(u, v + 6) for u, v in points[::-1]]
        uses = sum(other[0] == one for other in self.edges)
        return {"from": one, "to": name, "gives": f"d{one} from {name} {k}", "x": x, "y": y,
                "adds": uses > 1, "there": self.path(there), "back": self.path(back)}  # fmt: skip

    def path(self, points):
        """Return an arrow through these points as SVG writes it: curved where v changes."""
        numbers = [self.xy(*points[0])]
        for (u, v), (to_u, to_v) in pairwise(points):
            bend = max(u, to_u) - 0.3 * abs(to_u - u)  # late: a number stands where it begins
            numbers += [self.xy(bend, v), self.xy(bend, to_v), self.xy(to_u, to_v)]
        (u, v), way = points[-1], 7 if points[-1][0] < points[0][0] else -7
        head = [self.xy(u + way, v - HEAD), self.xy(u, v), self.xy(u + way, v + HEAD)]
        said = [[f"{x:g} {y:g}" for x, y in some] for some in (numbers, head)]
        return f"M{said[0][0]}C{' '.join(said[0][1:])}M{'L'.join(said[1])}"
