"""A small exercise: all that the judge looks at, without the words that a learner would read."""

from backprop_lib.checks.exercise import Exercise


def toy(reference, *returns, wrong_answers, **spec):
    """Return an exercise without the words that a learner would read."""
    return Exercise(
        reference=reference, returns=returns, where="Here", hints=("Why?", "Because.", "`So`"),
        afterwards="Well done.", wrong_answers=wrong_answers, **spec,
    )  # fmt: skip
