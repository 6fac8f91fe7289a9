"""Draws for the checks that go through a ReLU, whose kink no gradient check may step across."""

KINK = 1e-3  # central differences nudge by a hundredth of this


def clear_of_kinks(rng, shapes, in_front_of_relu):
    """Draw arrays of these shapes, again until no entry in front of the ReLU is near 0."""
    while True:
        drawn = [rng.standard_normal(shape) for shape in shapes]
        if abs(in_front_of_relu(*drawn)).min() > KINK:
            return drawn
