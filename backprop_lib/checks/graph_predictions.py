"""Chapter 10, predict and then run: the gradients of six small graphs."""

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer


def predicted_gradients():
    """The gradient of a, where a is 3: what each use of it brings, added."""
    first = 2.0
    second = 3.0
    third = 12.0
    fourth = 8.0
    fifth = 0.0
    sixth = 6.0
    return first, second, third, fourth, fifth, sixth


PREDICTIONS = Exercise(
    reference=predicted_gradients,
    returns=("first", "second", "third", "fourth", "fifth", "sixth"),
    cases_of=lambda _: [Case("a = 3", {})],
    where="A value used twice",
    hints=(
        "How many uses has each value, and what comes back to it from each of them?",
        "Uses add, steps multiply. A value that was taken out is a constant, and sends nothing.",
        "`return 2.0, 3.0, …`: the second is a · 3, since `a.value` is no node",
    ),
    afterwards="Run the next cell: a graph of a few nodes can always be asked.",
    wrong_answers=(
        WrongAnswer("first overwritten", "first = 2.0", "first = 1.0",
            "The first: a is used twice, and each use brings 1. They add."),
        WrongAnswer("first as a product", "first = 2.0", "first = 6.0",
            "The first: this is the gradient of a · a. Here a is added to itself."),
        WrongAnswer("second as if nothing was taken out", "second = 3.0", "second = 6.0",
            "The second: `a.value` is an array and no node. As far as the graph can see it is a"
            " constant, 3.", "What goes wrong"),
        WrongAnswer("second nothing", "second = 3.0", "second = 0.0",
            "The second: one factor was taken out, the other is still a, times 3.",
            "What goes wrong"),
        WrongAnswer("third overwritten", "third = 12.0", "third = 6.0",
            "The third: b is used twice, so its gradient is 2, and a gets 2 · 2a."),
        WrongAnswer("third one path of four", "third = 12.0", "third = 3.0",
            "The third: b is used twice, and in b a is used twice. That makes four paths, of 3"
            " each."),
        WrongAnswer("third the value", "third = 12.0", "third = 18.0",
            "The third: this is the value of the end. Its gradient is 2 · 2a."),
        WrongAnswer("fourth added", "fourth = 8.0", "fourth = 6.0",
            "The fourth: each round doubles what is there, so the rounds multiply: 2 · 2 · 2.",
            "Computing draws a graph"),
        WrongAnswer("fourth one round", "fourth = 8.0", "fourth = 2.0",
            "The fourth: there are three rounds, and the name b is another node in each.",
            "Computing draws a graph"),
        WrongAnswer("fourth the value", "fourth = 8.0", "fourth = 24.0",
            "The fourth: this is the value of the end. It is 8 a, so the gradient is 8.",
            "Computing draws a graph"),
        WrongAnswer("fifth without the bend", "fifth = 0.0", "fifth = -5.0",
            "The fifth: this is the gradient of (1 − a) · a. At 3, 1 − a is −2, and ReLU is off.",
            "Every node has one rule"),
        WrongAnswer("fifth through the bend", "fifth = 0.0", "fifth = -3.0",
            "The fifth: at 3, 1 − a is −2. ReLU is flat there, and lets nothing back.",
            "Every node has one rule"),
        WrongAnswer("fifth past the bend", "fifth = 0.0", "fifth = 1.0",
            "The fifth: a is multiplied by what ReLU makes of −2. That is 0.",
            "Every node has one rule"),
        WrongAnswer("sixth added up", "sixth = 6.0", "sixth = 12.0",
            "The sixth: this is PyTorch's answer, which adds up until it is told to forget. Ours"
            " begins anew in each call.", "If you know PyTorch"),
        WrongAnswer("sixth overwritten", "sixth = 6.0", "sixth = 3.0",
            "The sixth: a is used twice in a · a. Each use brings a."),
    ),
)  # fmt: skip
