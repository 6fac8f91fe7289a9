"""What every layer shares: it remembers what went in, and owns its parameters as views."""

import copy

import numpy as np


class Parameter:
    """An array that is assigned *into*, never replaced, so that every view of it stays true.

    `dense.W = V` copies V's numbers into W. An optimizer that holds W's memory sees them.
    """

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, layer, owner=None):
        return self if layer is None else layer.__dict__[self.name]

    def __set__(self, layer, value):
        present = layer.__dict__[self.name]
        value = np.asarray(value)
        if value.shape != present.shape:
            raise ValueError(f"{self.name} has shape {value.shape}, expected {present.shape}.")
        present[...] = value


class Layer:
    """A step of the network: `forward` remembers what `backward` will need.

    A subclass gives `apply` (the formula, remembering nothing) and `backward`, and names its
    parameters.
    """

    parameter_names = ()
    input = None

    def forward(self, X):
        """Apply the layer to X and remember X for the way back."""
        out = self.apply(X)
        self.input = X
        return out

    def remembered(self):
        """Return what went in on the last way forward.

        Raises:
            RuntimeError: nothing did.
        """
        if self.input is None:
            name = type(self).__name__
            raise RuntimeError(
                f"{name}.backward was called before {name}.forward: run forward first."
            )
        return self.input

    def place(self, name, view):
        """Move one parameter or gradient into `view`, a piece of a network's flat vector."""
        view[...] = self.__dict__[name]
        self.__dict__[name] = view

    def copy(self):
        """Return a layer with its own copies of the parameters, and no memory of any input."""
        twin = copy.copy(self)
        twin.input = None
        for name in self.parameter_names:
            for slot in (name, f"d{name}"):
                twin.__dict__[slot] = self.__dict__[slot].copy()
        return twin

    def __repr__(self):
        return f"{type(self).__name__}()"
