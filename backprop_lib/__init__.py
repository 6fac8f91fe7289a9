"""The mathematics of backpropagation in numpy, in the letters of the page."""

from backprop_lib.activations import (
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    Tanh,
    identity_backward,
    identity_forward,
    leaky_relu_backward,
    leaky_relu_forward,
    relu_backward,
    relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from backprop_lib.batch_norm import (
    BatchNorm,
    batch_norm_backward,
    batch_norm_evaluate_backward,
    batch_norm_evaluate_forward,
    batch_norm_forward,
)
from backprop_lib.clipping import clip_by_global_norm
from backprop_lib.dense import Dense, dense_backward, dense_forward
from backprop_lib.dropout import Dropout, dropout_backward, dropout_forward
from backprop_lib.gelu import GELU, gelu_backward, gelu_forward
from backprop_lib.history import History, accuracy
from backprop_lib.initializers import he, xavier
from backprop_lib.layer_norm import LayerNorm, layer_norm_backward, layer_norm_forward
from backprop_lib.losses import (
    BinaryCrossEntropy,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    binary_cross_entropy_backward,
    binary_cross_entropy_forward,
    mean_squared_error_backward,
    mean_squared_error_forward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from backprop_lib.network import Network
from backprop_lib.optimizers import SGD, Adam, AdamW, Momentum, Nesterov, RMSProp
from backprop_lib.schedules import constant, cosine, warm_up
from backprop_lib.softmax import Softmax, log_softmax, softmax, softmax_backward
from backprop_lib.trace import Trace
from backprop_lib.training import train

__all__ = [
    "GELU",
    "SGD",
    "Adam",
    "AdamW",
    "BatchNorm",
    "BinaryCrossEntropy",
    "Dense",
    "Dropout",
    "History",
    "Identity",
    "LayerNorm",
    "LeakyReLU",
    "MeanSquaredError",
    "Momentum",
    "Nesterov",
    "Network",
    "RMSProp",
    "ReLU",
    "Sigmoid",
    "Softmax",
    "SoftmaxCrossEntropy",
    "Tanh",
    "Trace",
    "accuracy",
    "batch_norm_backward",
    "batch_norm_evaluate_backward",
    "batch_norm_evaluate_forward",
    "batch_norm_forward",
    "binary_cross_entropy_backward",
    "binary_cross_entropy_forward",
    "clip_by_global_norm",
    "constant",
    "cosine",
    "dense_backward",
    "dense_forward",
    "dropout_backward",
    "dropout_forward",
    "gelu_backward",
    "gelu_forward",
    "he",
    "identity_backward",
    "identity_forward",
    "layer_norm_backward",
    "layer_norm_forward",
    "leaky_relu_backward",
    "leaky_relu_forward",
    "log_softmax",
    "mean_squared_error_backward",
    "mean_squared_error_forward",
    "relu_backward",
    "relu_forward",
    "sigmoid_backward",
    "sigmoid_forward",
    "softmax",
    "softmax_backward",
    "softmax_cross_entropy_backward",
    "softmax_cross_entropy_forward",
    "tanh_backward",
    "tanh_forward",
    "train",
    "warm_up",
    "xavier",
]
