"""What every layer shares: it remembers what went in, and owns its parameters as views."""

import copy

import numpy as np

from backprop_lib.shapes import admit


class Parameter:
    """An array that is assigned *into*, never replaced, so that every view of it stays true.

    `dense.W = V` copies V's numbers into W. An optimizer that holds W's memory sees them. Reading
    needs no descriptor: without `__get__`, Python finds the array in the layer itself.
    """

    def __set_name__(self, owner, name):
        self.name = name

    def __set__(self, layer, value):
        present = layer.__dict__[self.name]
        (value,) = admit({self.name: "*"}, {self.name: value})
        if value.shape != present.shape:
            raise ValueError(f"{self.name} has shape {value.shape}, expected {present.shape}.")
        present[...] = value


class Layer:
    """A step of the network, in three ways forward and one back.

    `forward` is a training pass, and remembers what `backward` will need. `apply` is an evaluation
    pass: it remembers nothing and changes nothing. `replay` is the last training pass once more on
    other numbers, with the same mask and nothing remembered: what a gradient check asks for. What
    is remembered is X itself, no copy: whoever changes X in place meanwhile changes the gradients.

    A subclass gives `apply` (the formula) and `backward`, names its parameters, and gives the
    others where it differs. `sizes` are its units in and out, None where any number will do.
    """

    parameter_names = ()
    sizes = None
    row_wise = True  # whether each example goes its way without looking at the others
    memory = None

    def forward(self, X):
        """Apply the layer to X, and remember X for the way back."""
        out = self.apply(X)
        self.memory = X
        return out

    def replay(self, X):
        """Do with X what the last training pass did, remembering nothing."""
        return self.apply(X)

    def backward_to_parameters(self, dout):
        """Do `backward` without its dX, which nobody asks of a network's first layer."""
        self.backward(dout)

    def remembered(self):
        """Return what the last way forward kept.

        Raises:
            RuntimeError: nothing went forward.
        """
        if self.memory is None:
            name = type(self).__name__
            raise RuntimeError(
                f"{name}.backward was called before {name}.forward: run forward first."
            )
        return self.memory

    def hold(self, **parameters):
        """Own these arrays as parameters, each with a gradient of zeros beside it."""
        for name, value in parameters.items():
            self.__dict__.update({name: value, f"d{name}": np.zeros_like(value)})

    def place(self, name, view):
        """Move one parameter or gradient into `view`, a piece of a network's flat vector."""
        view[...] = self.__dict__[name]
        self.__dict__[name] = view

    def copy(self, dtype=None):
        """Return a layer with numbers of its own, in `dtype` if given, and nothing remembered."""
        twin = copy.copy(self)
        twin.memory = None
        for name, value in vars(twin).items():
            if isinstance(value, np.ndarray):
                twin.__dict__[name] = value.astype(dtype or value.dtype)
            elif isinstance(value, np.random.Generator):
                twin.__dict__[name] = copy.deepcopy(value)
        return twin

    def __repr__(self):
        return f"{type(self).__name__}()"
