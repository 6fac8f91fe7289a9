"""Optimizers: what to do with the gradients once they are all there.

θ stands for all parameters, g for their gradients, η for the learning rate. All formulas are
element-wise, all conventions PyTorch's.
"""

import math

import numpy as np

from backprop_lib.shapes import admit
from backprop_lib.values import require_in_place, require_number

BLOCK = 32768  # numbers worked on at once: they stay in the processor's nearest memory
CLEANING = 100  # steps between two looks for fading state
FADED = 1e-30  # state below this is set to 0, before it slows every step tenfold as a denormal


class Optimizer:
    """What the optimizers share: they change one flat vector in place, by their `update`.

    learning_rate is a number above 0, or a schedule: a function of the step 0, 1, … (schedules.py).
    weight_decay adds weight_decay · θ to the gradient, as half its square in the loss would.
    """

    state_names = ()  # vectors as long as θ, which start at 0

    def __init__(self, learning_rate, weight_decay=0.0):
        if not callable(learning_rate):
            learning_rate = require_number("learning_rate", learning_rate, above=0)
        self.learning_rate = learning_rate
        self.weight_decay = require_number("weight_decay", weight_decay, at_least=0)
        self.t = 0  # steps taken
        self.state = None

    def step(self, parameters, gradients, decays=None):
        """Change `parameters` in place.

        Args:
            parameters, gradients: of one shape. decays: as long, 1 where weight decay applies and 0
                elsewhere (a network has it); everywhere if not given.

        Raises:
            ValueError: they differ in shape, between each other or from the step before.
            TypeError: `parameters` is no array of floats, so it cannot be changed in place.
        """
        require_in_place("parameters", parameters)
        gradients = _fitting("gradients", gradients, parameters)
        decays = None if decays is None else _fitting("decays", decays, parameters)
        if self.state is None:
            self.state = [np.zeros_like(parameters) for _ in self.state_names]
        if self.state and self.state[0].shape != parameters.shape:
            raise ValueError(
                f"parameters has shape {parameters.shape}, expected {self.state[0].shape} as in"
                " the steps before: each network needs an optimizer of its own."
            )
        self.t += 1
        rate = self.rate()
        for start in range(0, len(parameters), BLOCK):
            block = slice(start, start + BLOCK)
            theta, g = parameters[block], gradients[block]
            if self.weight_decay:
                pull = theta if decays is None else decays[block] * theta
                g = self.decay(theta, g, self.weight_decay * pull, rate)
            self.update(theta, g, rate, *(vector[block] for vector in self.state))
        if self.t % CLEANING == 0:
            for vector in self.state:
                vector[abs(vector) < FADED] = 0

    def rate(self):
        """Return the learning rate of this step."""
        if not callable(self.learning_rate):
            return self.learning_rate
        return require_number("learning_rate", self.learning_rate(self.t - 1), at_least=0)

    def decay(self, theta, g, pull, rate):
        """Return the gradient with weight decay's pull in it."""
        return g + pull

    def __repr__(self):
        return f"{type(self).__name__}(learning_rate={self.learning_rate})"


class SGD(Optimizer):
    """Stochastic gradient descent: θ ← θ − η g.

    >>> parameters = np.array([1.0, 2.0])
    >>> SGD(learning_rate=0.1).step(parameters, gradients=np.array([10.0, -10.0]))
    >>> parameters
    array([0., 3.])
    """

    def update(self, theta, g, rate):
        """Take one step on a block."""
        theta -= rate * g


class Momentum(Optimizer):
    """v ← μ v + g, θ ← θ − η v: gradients that agree add up, those that alternate cancel.

    Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
    """

    state_names = ("v",)

    def __init__(self, learning_rate, momentum=0.9, weight_decay=0.0):
        """Take η, and momentum μ from 0 to below 1."""
        super().__init__(learning_rate, weight_decay)
        self.momentum = require_number("momentum", momentum, at_least=0, below=1)

    def update(self, theta, g, rate, v):
        """Take one step on a block."""
        v *= self.momentum
        v += g
        theta -= rate * v


class Nesterov(Momentum):
    """v ← μ v + g, θ ← θ − η (g + μ v): momentum that looks one step ahead.

    Source: Sutskever et al. 2013, "On the importance of initialization and momentum", section 2.
    """

    def update(self, theta, g, rate, v):
        """Take one step on a block."""
        v *= self.momentum
        v += g
        theta -= rate * (g + self.momentum * v)


class RMSProp(Optimizer):
    """s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε): every parameter gets steps of a like size.

    Source: Hinton 2012, "Neural networks for machine learning", lecture 6e.
    """

    state_names = ("s",)

    def __init__(self, learning_rate, alpha=0.99, epsilon=1e-8, weight_decay=0.0):
        """Take η, the memory α from 0 to below 1, and ε above 0."""
        super().__init__(learning_rate, weight_decay)
        self.alpha = require_number("alpha", alpha, at_least=0, below=1)
        self.epsilon = require_number("epsilon", epsilon, above=0)

    def update(self, theta, g, rate, s):
        """Take one step on a block."""
        s *= self.alpha
        s += (1 - self.alpha) * g**2
        theta -= rate * g / (np.sqrt(s) + self.epsilon)


class Adam(Optimizer):
    """θ ← θ − η m̂ / (√v̂ + ε), with m̂ the mean of the gradients so far and v̂ that of their squares.

    Both are weighted means: a gradient weighs β times less with each step that passes. So m is a
    weighted sum, m ← β₁ m + g, and m̂ is m over the sum of the weights, 1 + β₁ + … + β₁ᵗ⁻¹; v and v̂
    likewise. The paper keeps (1 − β₁) m and calls the rest of that division a bias correction,
    1 / (1 − β₁ᵗ): the same m̂, with three more operations on each parameter.

    Source: Kingma and Ba 2015, "Adam", algorithm 1.
    """

    state_names = ("m", "v")

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        """Take η, the memories β₁ and β₂ from 0 to below 1, and ε above 0."""
        super().__init__(learning_rate, weight_decay)
        self.beta1 = require_number("beta1", beta1, at_least=0, below=1)
        self.beta2 = require_number("beta2", beta2, at_least=0, below=1)
        self.epsilon = require_number("epsilon", epsilon, above=0)

    def update(self, theta, g, rate, m, v):
        """Take one step on a block."""
        m *= self.beta1
        m += g
        v *= self.beta2
        v += g**2
        m_weights = (1 - self.beta1**self.t) / (1 - self.beta1)
        root = math.sqrt((1 - self.beta2**self.t) / (1 - self.beta2))  # √v̂ is √v over this
        step = np.sqrt(v)
        step += self.epsilon * root
        np.divide(m, step, out=step)
        step *= rate * root / m_weights
        theta -= step


class AdamW(Adam):
    """Adam with decoupled weight decay: θ ← θ − η · weight_decay · θ first, then Adam's own step.

    The decay does not go through m and v, so it pulls on all parameters alike.

    Source: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2.
    """

    def __init__(
        self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.01
    ):
        """Take Adam's settings, and a weight decay that is on."""
        super().__init__(learning_rate, beta1, beta2, epsilon, weight_decay)

    def decay(self, theta, g, pull, rate):
        """Pull the parameters themselves, and leave the gradient as it is."""
        theta -= rate * pull
        return g


def _fitting(name, vector, parameters):
    """Return `vector` as an array of the parameters' shape, or refuse in words."""
    alike = type(vector) is np.ndarray and vector.dtype == parameters.dtype
    if alike and vector.shape == parameters.shape:
        return vector
    return admit({"parameters": "*", name: "*"}, {"parameters": parameters, name: vector})[1]
