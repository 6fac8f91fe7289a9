"""The dense layer: every input touches every output through one weight."""

import numpy as np

from backprop_lib.layer import Layer, Parameter
from backprop_lib.shapes import admit, doors, takes


@takes(X="n p", W="p q", b="q")
def dense_forward(X, W, b):
    """Z = X W + b.

    Args:
        X: (n, p), one example in each row.
        W: (p, q), one output unit in each column.
        b: (q,), added to every row.

    Returns:
        Z: (n, q).

    >>> dense_forward([[1, 2]], [[3, 4, 5], [6, 7, 8]], [0, 0, 100])
    array([[ 15.,  18., 121.]])
    """
    return X @ W + b


@takes(dZ="n q", X="n p", W="p q")
def dense_backward(dZ, X, W):
    """dX = dZ Wᵀ, dW = Xᵀ dZ, db = Σᵢ dZᵢ (the sum over the n examples).

    Args:
        dZ: (n, q), gradient of the loss with respect to Z.
        X: (n, p), what went in.
        W: (p, q), the weights it met.

    Returns:
        dX: (n, p); dW: (p, q); db: (q,).

    >>> dX, dW, db = dense_backward([[1, 10]], [[2, 3, 4]], [[1, 0], [0, 1], [1, 1]])
    >>> dX
    array([[ 1., 10., 11.]])
    >>> dW
    array([[ 2., 20.],
           [ 3., 30.],
           [ 4., 40.]])
    >>> db
    array([ 1., 10.])
    """
    dX = dZ @ W.T
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    return dX, dW, db


class Dense(Layer):
    """A dense layer: W (p, q) and b (q,), which starts at 0 where it is not given.

    It holds no activation. `dense.W = …` copies into W, so that an optimizer keeps seeing it.
    """

    parameter_names = ("W", "b")
    W, b, dW, db = Parameter(), Parameter(), Parameter(), Parameter()

    def __init__(self, W, b=None):
        (W,) = admit({"W": "p q"}, {"W": W})
        b = np.zeros(W.shape[1]) if b is None else b
        _, b = admit({"W": "p q", "b": "q"}, {"W": W, "b": b})
        self.hold(W=W.copy(), b=b.astype(W.dtype))
        self.sizes = W.shape

    def apply(self, X):
        """Return Z = X W + b, remembering nothing."""
        return dense_forward(X, self.W, self.b)

    def backward(self, dZ):
        """Keep dW and db, and return dX."""
        return self._keep_gradients(dZ) @ self.W.T

    def backward_to_parameters(self, dZ):
        """Keep dW and db; dX would be a third of the work."""
        self._keep_gradients(dZ)

    def _keep_gradients(self, dZ):
        """Write `dense_backward`'s dW and db where they belong: a large network feels each copy."""
        X = self.remembered()
        if not doors.open:
            dZ, X, _ = admit({"dZ": "n q", "X": "n p", "W": "p q"}, {"dZ": dZ, "X": X, "W": self.W})
        np.matmul(X.T, dZ, out=self.dW)
        np.add.reduce(dZ, axis=0, out=self.db)
        return dZ

    def __repr__(self):
        p, q = self.sizes
        return f"Dense({p} → {q})"
