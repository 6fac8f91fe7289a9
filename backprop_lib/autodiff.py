"""Automatic differentiation: values that remember what made them, so that gradients find back.

    >>> a = Node(3.0)
    >>> b = a * a + a
    >>> b.backward()
    >>> a.gradient  # 2 a + 1
    array(7.)

A Node holds a value, its inputs, and a rule: from the gradient of the value, the gradients of the
inputs. Computing draws the graph. The rule may be that of one multiplication, or of a whole layer.
"""

import numpy as np

from backprop_lib.activations import relu_backward, relu_forward, tanh_backward, tanh_forward
from backprop_lib.shapes import admit
from backprop_lib.values import require_number


class Node:
    """One value of a computation, its inputs, and the rule that leads its gradient back to them.

    +, −, *, /, @ and ** by a number work as they do in numpy, broadcasting included; so do sum,
    mean, exp, log, tanh, relu and [index]. Arrays and numbers that meet a Node become one. Two
    nodes are equal where they are one and the same.

    Args:
        value: an array of any shape, or a number. Integers become float64. It is copied.
        inputs: a tuple of the nodes it was made of; none for a parameter or for data.
        rule: from the gradient of the value to a tuple, one gradient for each input. One that is
            as large as the input was after broadcasting is summed to the input's shape.
        operation: what made it, in a word or a sign; for the eye only.

    Attributes:
        value: read-only; a change in place would make gradients wrong. gradient: of its shape, once
            `backward` was called on what it led to.

    Source: R. E. Wengert, "A simple automatic derivative evaluation program", CACM 7 (1964);
    S. Linnainmaa (1970) for the way backward.
    """

    __array_ufunc__ = None  # so that numpy leaves `array @ node` to the node

    def __array_function__(self, function, *_):
        raise TypeError(f"np.{function.__name__} takes arrays, not a Node: node.value is one.")

    def __init__(self, value, inputs=(), rule=None, operation=""):
        nodes = isinstance(inputs, tuple) and all(isinstance(one, Node) for one in inputs)
        if not nodes or callable(rule) != bool(inputs):
            raise TypeError(
                f"inputs is {inputs!r:.60} and rule is {rule!r:.60},"
                " expected a tuple of Nodes and a function, or neither."
            )
        self.value = admit({"value": "*"}, {"value": value})[0].copy()
        self.value.flags.writeable = False
        self.inputs, self.rule, self.operation = inputs, rule, operation
        self.gradient = None

    def __repr__(self):
        made = f", made by {self.operation}" if self.operation else ""
        return f"Node({self.value}{made})"

    @property
    def shape(self):
        """The shape of the value."""
        return self.value.shape

    def backward(self):
        """Give every node that led here its gradient: of this one number with respect to it.

        The gradients of an earlier call are forgotten; PyTorch adds to them.

        Raises:
            ValueError: the value is more than one number.
        """
        if self.value.size != 1:
            raise ValueError(
                f"backward starts at one number, the loss; this value has shape {self.shape}. "
                "Its sum, or its mean, is one number."
            )
        order = topological_order(self)
        for node in order:
            node.gradient = np.zeros_like(node.value)
        self.gradient = np.ones_like(self.value)
        for node in reversed(order):
            for one, gradient in zip(node.inputs, node._to_inputs(), strict=True):
                one.gradient += sum_to_shape(gradient, one.shape)  # it may have other uses

    def _to_inputs(self):
        if not self.inputs:
            return ()
        self.gradient.flags.writeable = False  # no rule may change what others read
        gradients = self.rule(self.gradient)
        if not (isinstance(gradients, tuple) and len(gradients) == len(self.inputs)):
            raise TypeError(
                f"rule of the node made by {self.operation or '…'} returned {gradients!r:.60},"
                f" expected a tuple of {len(self.inputs)}: one gradient for each input."
            )
        return gradients

    # The rules. On the left the value, then its inputs, then from its gradient d to theirs.

    def __add__(self, other):
        inputs, a, b = self._with(other)
        return Node(a + b, inputs, lambda d: (d, d), "+")

    def __sub__(self, other):
        inputs, a, b = self._with(other)
        return Node(a - b, inputs, lambda d: (d, -d), "−")

    def __mul__(self, other):
        inputs, a, b = self._with(other)
        return Node(a * b, inputs, lambda d: (d * b, d * a), "·")

    def __truediv__(self, other):
        inputs, a, b = self._with(other)
        return Node(a / b, inputs, lambda d: (d / b, -d * (a / b) / b), "/")

    def __matmul__(self, other):
        inputs, a, b = self._with(other)
        admit({"A": "n p", "B": "p q"}, {"A": a, "B": b})
        return Node(a @ b, inputs, lambda d: (d @ b.T, a.T @ d), "@")

    def __pow__(self, power):
        a, power = self.value, require_number("power", power)
        less = power - 1 if power else 0  # the slope of a⁰ is 0, at 0 too
        return Node(a**power, (self,), lambda d: (d * power * a**less,), f"power {power:g}")

    def __getitem__(self, index):
        a = self.value

        def rule(d):
            gradient = np.zeros_like(a)
            np.add.at(gradient, index, d)  # an entry that was taken twice gets both
            return (gradient,)

        return Node(a[index], (self,), rule, "[ ]")

    def sum(self, axis=None, keepdims=False):
        """Sum over an axis, or over everything: each entry's gradient is that of its sum."""
        shape, kept = self.shape, self.value.sum(axis=axis, keepdims=True)
        return Node(kept if keepdims else kept.squeeze(axis), (self,),
                    lambda d: (np.broadcast_to(d.reshape(kept.shape), shape),), "sum")  # fmt: skip

    def mean(self, axis=None, keepdims=False):
        """Mean over an axis, or over everything."""
        total = self.sum(axis, keepdims)
        return total / (self.value.size // total.value.size)

    def exp(self):
        """e to the power of each entry; d e^a / da is e^a."""
        value = np.exp(self.value)
        return Node(value, (self,), lambda d: (d * value,), "exp")

    def log(self):
        """Natural logarithm of each entry."""
        a = self.value
        return Node(np.log(a), (self,), lambda d: (d / a,), "log")

    def tanh(self):
        """Hyperbolic tangent of each entry, with the rule of chapter 01."""
        Z = self.value
        return Node(tanh_forward(Z), (self,), lambda dA: (tanh_backward(dA, Z),), "tanh")

    def relu(self):
        """max(0, entry), with the rule of chapter 02: at 0 the slope is 0."""
        Z = self.value
        return Node(relu_forward(Z), (self,), lambda dA: (relu_backward(dA, Z),), "relu")

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self._met(other) + self

    def __rsub__(self, other):
        return self._met(other) - self

    def __rmul__(self, other):
        return self._met(other) * self

    def __rtruediv__(self, other):
        return self._met(other) / self

    def __rmatmul__(self, other):
        return self._met(other) @ self

    def __iter__(self):
        return (self[k] for k, _ in enumerate(self.value))

    def __bool__(self):
        return bool(self.value)

    def _met(self, other):
        """The other operand as a Node; a number or a mask takes our type, so that float32 stays."""
        if isinstance(other, Node):
            return other
        number = isinstance(other, (int, float, np.integer, np.floating))
        mask = getattr(other, "dtype", None) == np.bool
        return Node(np.asanyarray(other, dtype=self.value.dtype) if number or mask else other)

    def _with(self, other):
        """Both operands, and the values they have now."""
        other = self._met(other)
        return (self, other), self.value, other.value


def topological_order(end):
    """Return all nodes that lead to `end`, itself the last: each stands after all its inputs.

    Depth first, with a list in place of recursion: Python refuses to recurse a thousand deep, and
    a graph is as deep as its computation is long.

    >>> a = Node(2.0)
    >>> b = a * a
    >>> topological_order(b) == [a, b]
    True
    """
    order, seen, waiting = [], set(), [(end, False)]
    while waiting:
        node, inputs_stand = waiting.pop()
        if inputs_stand:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting.extend((one, False) for one in node.inputs)
    return order


def sum_to_shape(gradient, shape):
    """Sum a gradient over the axes along which its value was broadcast: dA = Σ over the copies.

    Args:
        gradient: an array of the shape that broadcasting made.
        shape: the shape of the value before, which the sum has too.

    Raises:
        ValueError, TypeError: no value of this shape is ever broadcast to the gradient's.

    >>> sum_to_shape(np.array([[1.0, 2.0], [3.0, 4.0]]), (2,))
    array([4., 6.])
    """
    (gradient,) = admit({"gradient": "*"}, {"gradient": gradient})
    new = gradient.ndim - len(shape)
    if new < 0 or any(a not in (1, b) for a, b in zip(shape, gradient.shape[new:], strict=True)):
        raise ValueError(f"A gradient of shape {gradient.shape} does not sum to shape {shape}.")
    stretched = [new + k for k, size in enumerate(shape) if size == 1]
    return gradient.sum(axis=(*range(new), *stretched)).reshape(shape)
