"""What every loss promises as the end of a network."""

import numpy as np
import pytest

from tests.contract.layers import LOSSES, targets

every_loss = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.__name__)


def drawn(kind, seed, n=5, q=4):
    rng = np.random.default_rng(seed)
    return kind(), rng.standard_normal((n, q)), targets(kind, n, q, rng)


@every_loss
@pytest.mark.parametrize("seed", range(6))  # labels and tables of them, where there is a choice
def test_forward_backward_and_each_tell_one_story(kind, seed):
    loss, Z, Y = drawn(kind, seed)
    found, dZ = loss.forward(Z, Y), loss.backward()
    assert np.ndim(found) == 0
    assert found >= 0
    assert dZ.shape == Z.shape
    np.testing.assert_allclose(loss.each(Z, Y).mean(), found, rtol=1e-14)
    for i in range(len(Z)):
        alone = kind()
        np.testing.assert_allclose(loss.each(Z, Y)[i], alone.forward(Z[i : i + 1], Y[i : i + 1]))
        np.testing.assert_allclose(alone.backward()[0], len(Z) * dZ[i], rtol=1e-13)  # 1/n is here
    np.testing.assert_array_equal(loss.backward(), dZ)


@every_loss
def test_output_is_what_backward_starts_from_and_predict_lies_beside_it(kind):
    loss, Z, Y = drawn(kind, 0)
    loss.forward(Z, Y)
    np.testing.assert_allclose(loss.output(Z), loss.memory[0], rtol=1e-14)
    assert len(loss.predict(Z)) == len(Z)


@every_loss
def test_a_smaller_step_against_the_gradient_lowers_it(kind):
    loss, Z, Y = drawn(kind, 1)
    before, dZ = loss.forward(Z, Y), loss.backward()
    gained = before - loss.forward(Z - 1e-6 * dZ, Y)
    np.testing.assert_allclose(gained, 1e-6 * (dZ**2).sum(), rtol=1e-4)


@every_loss
def test_inputs_stay_and_objects_do_not_share_a_memory(kind):
    loss, Z, Y = drawn(kind, 0)
    Z_before, Y_before = Z.copy(), Y.copy()
    loss.forward(Z, Y)
    dZ = loss.backward()
    kind().forward(-Z, Y)
    np.testing.assert_array_equal(loss.backward(), dZ)
    np.testing.assert_array_equal(Z, Z_before)
    np.testing.assert_array_equal(Y, Y_before)


@every_loss
def test_its_name_is_said(kind):
    assert repr(kind()) == f"{kind.__name__}()"


@every_loss
def test_backward_before_forward_says_so(kind):
    words = rf"{kind.__name__}\.backward was called before {kind.__name__}\.forward"
    with pytest.raises(RuntimeError, match=words):
        kind().backward()
