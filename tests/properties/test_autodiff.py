"""Properties of the engine: broadcasting, sums and indices go back as their own transposes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from backprop_lib.autodiff import Node, sum_to_shape, topological_order
from tests.properties.tables import SEEDS

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, max_side=4)


def whole(seed, shape):
    """Return small whole numbers: their sums are exact, in whatever order."""
    return np.random.default_rng(seed).integers(-8, 9, shape).astype(float)


def require_the_transpose(function, value, seed):
    """⟨g, f(v)⟩ = ⟨fᵀ(g), v⟩ for a linear f."""
    node = Node(value)
    made = function(node)
    g = whole(seed + 1, made.shape)
    (made * g).sum().backward()
    assert node.gradient.shape == node.shape
    assert (g * made.value).sum() == (node.gradient * value).sum()


@given(data=st.data(), shape=SHAPES, seed=SEEDS)
def test_summing_to_a_shape_is_the_transpose_of_broadcasting_from_it(data, shape, seed):
    other = data.draw(hnp.broadcastable_shapes(shape, max_dims=4, max_side=4))
    large = np.broadcast_shapes(shape, other)
    x, g = whole(seed, shape), whole(seed + 1, large)
    before = g.copy()
    summed = sum_to_shape(g, shape)
    assert summed.shape == shape
    assert (np.broadcast_to(x, large) * g).sum() == (x * summed).sum()
    np.testing.assert_array_equal(g, before)
    require_the_transpose(lambda node: node + np.zeros(other), x, seed)


@given(data=st.data(), shape=SHAPES, keepdims=st.booleans(), seed=SEEDS)
def test_sums_and_means_over_any_axes(data, shape, keepdims, seed):
    axes = st.none() | (hnp.valid_tuple_axes(len(shape)) if shape else st.just(()))
    axis = data.draw(axes)
    value = whole(seed, shape)
    require_the_transpose(lambda node: node.sum(axis, keepdims), value, seed)
    node = Node(value)
    np.testing.assert_array_equal(
        node.sum(axis, keepdims).value, value.sum(axis, keepdims=keepdims)
    )
    mean = node.mean(axis, keepdims)
    np.testing.assert_allclose(mean.value, value.mean(axis, keepdims=keepdims), rtol=1e-15)
    mean.sum().backward()
    np.testing.assert_allclose(node.gradient, mean.value.size / value.size, rtol=1e-14)


@given(data=st.data(), shape=hnp.array_shapes(max_dims=3, max_side=4), seed=SEEDS)
def test_any_index_and_an_entry_taken_twice(data, shape, seed):
    kinds = hnp.basic_indices(shape, allow_newaxis=True) | hnp.integer_array_indices(shape)
    index = data.draw(kinds)
    value = whole(seed, shape)
    if value[index].size:
        require_the_transpose(lambda node: node[index], value, seed)


@given(seed=SEEDS, count=st.integers(1, 30))
def test_in_any_graph_each_node_stands_once_and_after_its_inputs(seed, count):
    rng = np.random.default_rng(seed)
    nodes = [Node(1.0)]
    for _ in range(count):
        inputs = tuple(nodes[k] for k in rng.integers(0, len(nodes), rng.integers(1, 4)))
        nodes.append(Node(1.0, inputs, lambda d, inputs=inputs: (d,) * len(inputs)))
    order = topological_order(nodes[-1])
    assert len(order) == len(set(order))
    place = {node: k for k, node in enumerate(order)}
    assert place[nodes[-1]] == len(order) - 1
    assert all(place[one] < place[node] for node in order for one in node.inputs)
    nodes[-1].backward()
    paths = {nodes[-1]: 1.0}  # the gradient is the number of paths, counted the other way round
    for node in reversed(order):
        for one in node.inputs:
            paths[one] = paths.get(one, 0) + paths[node]
    assert {node: float(node.gradient) for node in order} == paths
