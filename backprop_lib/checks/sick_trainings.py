"""Chapter 09, the diagnosis: six sick trainings, and what each may be mistaken for."""

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer


def diagnoses():
    """What ails A to F: read from the loss, and where that is level, from the update ratios."""
    a = "labels"
    b = "missing"
    c = "high"
    d = "dead"
    e = "order"
    f = "low"
    return a, b, c, d, e, f


DIAGNOSES = Exercise(
    reference=diagnoses,
    returns=("A", "B", "C", "D", "E", "F"),
    cases_of=lambda _: [Case("the six of the figure", {})],
    where="Six sick trainings",
    hints=(
        "Three losses stay level. What do their update ratios say?",
        "Level: dead at 0, low if tiny, else labels. Falling: missing, order. Leaping: high.",
        '`return "labels", "missing", "high", "dead", "order", "low"`',
    ),
    afterwards="Three of the six had the same loss curve. The update ratios told them apart.",
    wrong_answers=(
        WrongAnswer("A low", 'a = "labels"', 'a = "low"',
            "A: its loss is level, but the weights move by about half a per cent in each step. The"
            " rate is not too low. There is nothing to be understood."),
        WrongAnswer("A dead", 'a = "labels"', 'a = "dead"',
            "A: its loss is level, but all layers move. In a dead network they do not."),
        WrongAnswer("B low", 'b = "missing"', 'b = "low"',
            "B: it learns slowly, but layers 2 and 3 move by about half a per cent in each"
            " step. Look at layer 1."),
        WrongAnswer("B dead", 'b = "missing"', 'b = "dead"',
            "B: layer 1 does not move, but its units are not dead: the loss still falls through"
            " what they hand on."),
        WrongAnswer("C order", 'c = "high"', 'c = "order"',
            "C: the loss leaps, but the batches do no better than the held-out digits. Look at how"
            " far the weights move."),
        WrongAnswer("C dead", 'c = "high"', 'c = "dead"',
            "C: units die in it, but late. Look at how far the weights moved before that."),
        WrongAnswer("D low", 'd = "dead"', 'd = "low"',
            "D: the updates are not small, they are 0. A low rate makes them small."),
        WrongAnswer("D missing", 'd = "dead"', 'd = "missing"',
            "D: no layer moves. A gradient that gets lost on the way leaves the layers behind it"
            " moving."),
        WrongAnswer("E high", 'e = "order"', 'e = "high"',
            "E: the loss goes up and down, but regularly, and on the batches it falls. The held-out"
            " digits go badly all the same."),
        WrongAnswer("E labels", 'e = "order"', 'e = "labels"',
            "E: with wrong labels the batches would not be learned so soon. Here they are, and the"
            " next class throws them over."),
        WrongAnswer("F labels", 'f = "low"', 'f = "labels"',
            "F: its loss is level, but it does fall a little, held out too. The weights move by a"
            " ten-thousandth in each step."),
        WrongAnswer("F dead", 'f = "low"', 'f = "dead"',
            "F: the updates are small, but they are not 0."),
    ),
)  # fmt: skip
