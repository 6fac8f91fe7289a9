"""The course: its chapters in their order, how long each takes, and the exercises to each."""

from importlib import import_module
from importlib.util import find_spec

MINUTES = {  # to read; the exercises take as much again
    "00_start_here": 30,
    "01_forward_pass": 40,
    "02_dense_backward": 60,
    "03_gradient_check": 60,
    "04_softmax_cross_entropy": 60,
    "05_through_the_layers": 60,
    "06_batch_norm": 60,
    "07_dropout": 40,
    "08_optimizers": 60,
    "09_training": 60,
    "10_autodiff": 45,
}


def exercises_of(chapter):
    """Return the exercises of a chapter, from the module of its name; there may be none."""
    module = f"backprop_lib.checks.{chapter[3:]}"
    return import_module(module).EXERCISES if find_spec(module) else ()


def exercises():
    """Return (chapter, exercise) for every exercise of the course."""
    return [(chapter, one) for chapter in MINUTES for one in exercises_of(chapter)]
