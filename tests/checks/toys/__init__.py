"""Small exercises of every kind that a chapter may bring: a few lines of spec carry each."""

from backprop_lib.checks.exercise import Exercise
from tests.checks.toys import chance, losses, normalization, steps, training

MODULES = (losses, normalization, chance, steps, training)
TOYS = {
    toy.name: toy
    for module in MODULES
    for toy in vars(module).values()
    if isinstance(toy, Exercise)
}
