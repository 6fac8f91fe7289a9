"""The mathematics of backpropagation in numpy, in the letters of the page."""

from backprop_lib.activations import (
    Identity,
    ReLU,
    Sigmoid,
    Tanh,
    identity_backward,
    identity_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from backprop_lib.dense import Dense, dense_backward, dense_forward
from backprop_lib.initializers import he, xavier
from backprop_lib.losses import (
    log_softmax,
    softmax,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.network import Network
from backprop_lib.optimizers import SGD
from backprop_lib.trace import Trace
from backprop_lib.training import History, accuracy, train

__all__ = [
    "SGD",
    "Dense",
    "History",
    "Identity",
    "Network",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "Trace",
    "accuracy",
    "dense_backward",
    "dense_forward",
    "he",
    "identity_backward",
    "identity_forward",
    "log_softmax",
    "relu_backward",
    "relu_forward",
    "sigmoid_backward",
    "sigmoid_forward",
    "softmax",
    "softmax_cross_entropy_backward",
    "softmax_cross_entropy_forward",
    "tanh_backward",
    "tanh_forward",
    "train",
    "xavier",
]
