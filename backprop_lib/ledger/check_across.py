"""The checks across the notes: each is right by itself, and what happens when two are mixed."""

from backprop_lib.ledger.column_network import ColumnNetwork
from backprop_lib.ledger.figure import agrees, fails


def transposed(rng, gradient):
    """Hold the transposed gradient of the same network in rows against columns."""
    net = ColumnNetwork(rng, m=8)
    trace = net.in_rows().trace(net["A0"].T, net.labels)
    yield agrees("dW of columns = (dW of rows)ᵀ", trace.dW[1].T, net.truth(gradient, "W1"))


def sheet_into_overview(rng, gradient):
    """Put note B's dZ, which has no 1/m, into note A's dW, which has none either."""
    net = ColumnNetwork(rng, m=8)
    dZ, truth = net["A2"] - net.Y, net.truth(gradient, "W2")
    dW = dZ @ net["A1"].T
    yield fails("as written, B's dZ in A's dW", dW, truth)
    yield agrees("corrected, 1/m once", dW / net.m, truth)


def mean_into_sheet(rng, gradient):
    """Put a dZ that holds 1/m into note B's dW, which brings its own."""
    net = ColumnNetwork(rng, m=8)
    dZ, truth = (net["A2"] - net.Y) / net.m, net.truth(gradient, "W2")
    dW = dZ @ net["A1"].T
    yield fails("as written, 1/m in dZ and in dW", dW / net.m, truth)
    yield agrees("corrected, 1/m once", dW, truth)
