"""Optimizers: what to do with the gradients once they are all there."""

from backprop_lib.shapes import admit, require_number


class SGD:
    """Stochastic gradient descent: θ ← θ − learning_rate · ∂loss/∂θ.

    θ stands for all parameters at once, one flat vector; the gradient has the same shape.

    >>> import numpy as np
    >>> parameters = np.array([1.0, 2.0])
    >>> SGD(learning_rate=0.1).step(parameters, gradients=np.array([10.0, -10.0]))
    >>> parameters
    array([0., 3.])
    """

    def __init__(self, learning_rate):
        """Take a step size above 0.

        Raises:
            TypeError, ValueError: a learning_rate that is not a number above 0.
        """
        self.learning_rate = require_number("learning_rate", learning_rate, above=0)

    def step(self, parameters, gradients):
        """Change `parameters` in place, against the gradient.

        Raises:
            ValueError: the two vectors differ in shape.
            TypeError: `parameters` is no array of floats, so it cannot be changed in place.
        """
        vectors = {"parameters": parameters, "gradients": gradients}
        admitted, gradients = admit({"parameters": "*", "gradients": "*"}, vectors)
        if admitted is not parameters:
            raise TypeError(
                f"parameters is {parameters!r:.60}, expected an array of floats:"
                " it is changed in place."
            )
        parameters -= self.learning_rate * gradients
