"""All the exercises there are, for the tests that hold over each of them."""

from importlib import import_module

from backprop_lib.checks import CHAPTERS

SPECS = [import_module(f"backprop_lib.checks.{name}") for name in CHAPTERS]
EXERCISES = [exercise for spec in SPECS for exercise in spec.EXERCISES]
DENSE, RELU, SIGMOID, TWO_LAYERS, COLUMNS, COUNT = SPECS[0].EXERCISES
BY_NAME = {exercise.name: exercise for exercise in EXERCISES}


def by_name(thing):
    """Return the test id of an exercise."""
    return getattr(thing, "name", None)
