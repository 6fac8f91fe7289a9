"""A network: layers in a row; forward goes through them, and backward is forward reversed."""

import math

import numpy as np

from backprop_lib.dense import Dense
from backprop_lib.layer import Layer, Parameter
from backprop_lib.losses import Loss, SoftmaxCrossEntropy
from backprop_lib.shapes import admit, doors
from backprop_lib.trace import record
from backprop_lib.values import require_finite


class Network:
    """Layers in a row, and a loss at their end.

    All parameters live in one flat vector, `parameters`, and all gradients in another, `gradients`.
    Each layer's W, b, dW and db are views of them, so an optimizer is one line over one array.
    `decays` is 1 where a parameter is a weight and 0 elsewhere: weight decay pulls on weights only.

    Every method looks at what it is given at the door: X of another width, NaN or infinity, targets
    that do not fit raise a ValueError that names the argument.

    >>> from backprop_lib import Dense, ReLU, he
    >>> rng = np.random.default_rng(0)
    >>> Network(Dense(he(64, 32, rng)), ReLU(), Dense(he(32, 10, rng)))
    Network(Dense(64 → 32), ReLU(), Dense(32 → 10)): 2410 parameters
    """

    parameters, gradients = Parameter(), Parameter()

    def __init__(self, *layers, loss_function=SoftmaxCrossEntropy(), dtype=None):  # noqa: B008
        """Copy the layers, and gather their parameters.

        Args:
            layers: the first and the last are dense. loss_function: a copy of it is used.
            dtype: what all numbers are kept in; the dense layers' own if not given.

        Raises:
            TypeError: something that is not a layer, or not a loss.
            ValueError: sizes that do not follow one another.
        """
        _require_chain(layers)
        if not isinstance(loss_function, Loss):
            raise TypeError(
                f"loss_function is {loss_function!r:.60}, expected one such as"
                " SoftmaxCrossEntropy()."
            )
        own = np.result_type(*(layer.W for layer in layers if isinstance(layer, Dense)))
        dtype = own if dtype is None else dtype
        _require_dtype(dtype)
        self.layers = tuple(layer.copy(dtype) for layer in layers)
        self.loss_function = loss_function.copy()
        self._known = set()  # the shapes of X and Y that went all the way
        places = [(layer, name) for layer in self.layers for name in layer.parameter_names]
        values = [getattr(layer, name) for layer, name in places]
        self.__dict__["parameters"] = np.concatenate([value.ravel() for value in values])
        self.__dict__["gradients"] = np.zeros_like(self.parameters)
        self.decays = np.zeros_like(self.parameters)
        start = 0
        for (layer, name), value in zip(places, values, strict=True):
            piece = slice(start, start + value.size)
            layer.place(name, self.parameters[piece].reshape(value.shape))
            layer.place(f"d{name}", self.gradients[piece].reshape(value.shape))
            self.decays[piece] = name == "W"
            start += value.size

    def forward(self, X):
        """Return the logits (n, K) of the examples X (n, p) in a training pass.

        Each layer remembers what it needs for the way back; batch norm looks at this batch, and
        dropout drops.
        """
        out = self.admit_examples(X)
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, dZ):
        """Send dZ (n, K) back through the layers, filling `gradients`; return dX (n, p).

        Raises:
            RuntimeError: nothing went forward yet. ValueError: dZ has not the shape of the logits.
        """
        gradient = self._in_own_type(*admit({"dZ": "n K"}, {"dZ": dZ}))
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def backpropagate(self, X, Y):
        """Go forward and back once: fill `gradients`, change no parameter, return the loss.

        Raises:
            FloatingPointError: the loss is not finite; it names the layer where that begins.
        """
        out, Y = self.admit_examples(X), self.admit_targets(Y)
        kind = out.shape, Y.shape
        doors.open = kind in self._known
        try:
            for layer in self.layers:
                out = layer.forward(out)
            loss = self.loss_function.forward(out, Y)
            self.require_finite(loss, X)
            gradient = self.loss_function.backward()
            for layer in self.layers[:0:-1]:
                gradient = layer.backward(gradient)
            self.layers[0].backward_to_parameters(gradient)
        finally:
            doors.open = False
        self._known.add(kind)
        return loss

    def loss(self, X, Y):
        """Return the mean loss of the examples X (n, p) with the targets Y, in evaluation."""
        return self.loss_function.formula(self._logits(X), self.admit_targets(Y))[0]

    def probabilities(self, X):
        """Return P (n, K), what the network thinks of each example; nothing is remembered."""
        return self.loss_function.output(self._logits(X))

    def predict(self, X):
        """Return the likeliest class of each example, (n,), or what else the loss asks for.

        Raises:
            ValueError: the logits are not finite, so no class is the likeliest.
        """
        Z = self._logits(X)
        require_finite("The last layer's Z", Z)
        return self.loss_function.predict(Z)

    def trace(self, X, Y):
        """Return every value and every gradient of one pass, and leave this network as it is."""
        return record(self.copy(), self.admit_examples(X), self.admit_targets(Y))

    def summary(self):
        """Return a table: each layer, the shape of what it hands on, its number of parameters."""
        rows, size = [], None
        for layer in self.layers:
            size = layer.sizes[1] if layer.sizes else size
            count = sum(getattr(layer, name).size for name in layer.parameter_names)
            rows.append((repr(layer), f"(n, {size})", f"{count:,}"))
        rows = [("layer", "hands on", "parameters"), *rows]
        rows.append(("total", "", f"{self.parameters.size:,}"))
        first, second, third = (max(map(len, column)) for column in zip(*rows, strict=True))
        return "\n".join(f"{a:{first}}  {b:{second}}  {c:>{third}}" for a, b, c in rows)

    def copy(self, dtype=None):
        """Return a network of its own with the same numbers, in `dtype` if given."""
        return Network(*self.layers, loss_function=self.loss_function, dtype=dtype)

    def _logits(self, X):
        out = self.admit_examples(X)
        for layer in self.layers:
            out = layer.apply(out)
        return out

    def admit_examples(self, X):
        """Return X (n, p) as the network works on it, or refuse in words."""
        dtype, wanted = self.parameters.dtype, self.layers[0].sizes[0]
        if not (type(X) is np.ndarray and X.dtype == dtype and X.ndim == 2 and X.size):
            X = self._in_own_type(*admit({"X": "n p"}, {"X": X}))
        if X.shape[1] != wanted:
            raise ValueError(f"X has {X.shape[1]} columns, expected {wanted}: one for each input.")
        require_finite("X", X)
        return X

    def admit_targets(self, Y):
        """Return the targets as the loss takes them, or refuse in words."""
        dtype = self.parameters.dtype
        if not (type(Y) is np.ndarray and Y.dtype == (np.int64 if Y.ndim == 1 else dtype)):
            Y = self._in_own_type(*admit({"Y": self.loss_function.targets}, {"Y": Y}))
        return Y

    def _in_own_type(self, array):
        """Numbers take the type of the parameters: float32 stays so. Labels and complex stay."""
        dtype = self.parameters.dtype
        return array.astype(dtype) if array.dtype.kind == dtype.kind else array

    def require_finite(self, loss, X):
        """Refuse a loss of NaN or infinity, and name the layer of the last pass where it begins."""
        if not math.isfinite(loss):
            raise FloatingPointError(f"The loss is {loss}. {self._first_overflow(X)}")

    def _first_overflow(self, out):
        for number, layer in enumerate(self.layers, start=1):
            out = layer.replay(out)
            if not np.isfinite(out).all():
                return f"Layer {number}, {layer!r}, is the first to hand on NaN or infinity."
        return "Every layer hands on finite numbers; the loss itself overflows."

    def __repr__(self):
        layers = ", ".join(map(repr, self.layers))
        return f"Network({layers}): {self.parameters.size} parameters"


def _require_dtype(dtype):
    try:
        fits = np.dtype(dtype).char in "fd"
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise TypeError(f"dtype is {dtype!r:.60}, expected np.float32 or np.float64.")


def _require_chain(layers):
    """Refuse what is not a layer, and a layer that cannot take what comes out before it."""
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"Network got {layer!r}, expected layers such as Dense(W) and ReLU().")
    if not (layers and isinstance(layers[0], Dense) and isinstance(layers[-1], Dense)):
        raise ValueError(
            "A Network starts and ends with a Dense layer:"
            " the loss takes the last one's numbers as they are."
        )
    size = None
    for number, layer in enumerate(layers, start=1):
        if layer.sizes:
            p, q = layer.sizes
            if size not in (None, p):
                raise ValueError(
                    f"Layer {number} takes {p} numbers, but {size} come out before it."
                )
            size = q
