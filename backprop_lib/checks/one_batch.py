"""Chapter 09, overfit one batch: a test for networks, and what goes wrong in the test."""

from backprop_lib.checks.exercise import Case, Exercise, WrongAnswer

KINDS = {  # by what a pretended network multiplies an example's loss each time it meets it
    "learns": 0.93,
    "learns at once": 0.5,
    "learns too slowly": 0.99,
    "learns far too slowly": 0.995,
    "hardly learns": 0.999,
}


class PretendedStep:
    """A training step of a network that learns each example by heart, or does not.

    An example's first number i is its own, by which it is recognised. Its loss begins between 2.5
    and 2.9, and is `factor` times as high each time it is met; 1 comes on top where its label is
    not i mod 7. The kind "jumps back" learns, and forgets all in its last step.
    """

    def __init__(self, kind):
        self.kind, self.factor = kind, KINDS.get(kind, KINDS["learns"])
        self.calls, self.times = 0, {}  # how often each example was met before this batch
        self.batch, self.examples, self.again = None, [], 0  # the batch, and how often it came

    def __call__(self, X, Y):
        """Take a step, and return the loss before it."""
        self.calls += 1
        batch = X[:, 0].tobytes(), Y.tobytes()
        if self.kind == "jumps back" and self.calls == 100:
            self.batch, self.examples, self.times = None, [], {}
        if batch != self.batch:  # the same one again is quick: a check makes many thousand calls
            for i in self.examples:
                self.times[i] = self.times.get(i, 0) + self.again
            self.batch, self.examples, self.again = batch, X[:, 0].tolist(), 0
            n, met = len(Y), [(i, self.times.get(i, 0)) for i in self.examples]
            self.loss = sum((2.5 + i / 100) * self.factor**times for i, times in met) / n
            self.wrong = float((X[:, 0] % 7 != Y).sum()) / n
        loss = self.loss * self.factor**self.again + self.wrong
        self.again += 1
        return loss

    def __repr__(self):
        return f"a step of a network that {self.kind}"


def overfits(step, X, Y):
    """100 steps on the first 16 examples; then the loss must be below 0.1."""
    x, y = X[:16], Y[:16]
    losses = []
    for _ in range(100):
        losses += [step(x, y)]
    passed = losses[-1] < 0.1
    return passed, losses


def networks_to_test(rng):
    """Return pretended networks, a right one and those with something wrong."""
    cases = []
    for kind in (*KINDS, "jumps back"):
        X = rng.standard_normal((40, 3)).round(2)
        X[:, 0] = rng.permutation(40)
        labels = X[:, 0].astype(int) % 7
        arguments = {"step": PretendedStep(kind), "X": X, "Y": labels}
        cases.append(Case(f"a network that {kind}", arguments))
    return cases


def seen_in_test(_, passed, losses):
    """Return what is compared: NumPy's True is as good as Python's."""
    return {"passed": bool(passed), "losses": losses}


BATCH, TEST = "X[:16], Y[:16]", "losses[-1] < 0.1"
OVERFIT = Exercise(
    reference=overfits,
    returns=("passed", "losses"),
    measured=seen_in_test,
    cases_of=networks_to_test,
    where="Overfit one batch",
    hints=(
        "Which examples go into the second step, and which into the hundredth?",
        "The same 16 each time. Keep all 100 losses; the last one must be below 0.1.",
        "`losses = [step(X[:16], Y[:16]) for _ in range(100)]`, and then look at `losses[-1]`",
    ),
    afterwards="It takes a second, and no network that fails it is worth an hour.",
    wrong_answers=(
        WrongAnswer("less is enough", TEST, "losses[-1] < losses[0]",
            "A loss that falls is not enough: one with a bug falls too. It must come near 0."),
        WrongAnswer("half is enough", TEST, "losses[-1] < losses[0] / 2",
            "Half of the first loss is not enough. A batch can be learned by heart, so the loss"
            " must come near 0."),
        WrongAnswer("below log K", TEST, "losses[-1] < 2.3",
            "Below log K is only better than nothing. The loss must come near 0."),
        WrongAnswer("best for last", TEST, "min(losses) < 0.1",
            "The smallest of all losses is looked at. A training that jumps away at the end passes"
            " too: look at the last."),
        WrongAnswer("mean for last", TEST, "np.mean(losses) < 0.1",
            "The mean of all losses is looked at. It still remembers the start: look at the last."),
        WrongAnswer("first for last", TEST, "losses[0] < 0.1",
            "The first loss is looked at. Nothing is learned by then."),
        WrongAnswer("upside down", TEST, "losses[-1] > 0.1",
            "It passes those that fail, and fails those that pass."),
        WrongAnswer("all examples", BATCH, "X, Y",
            "All examples go in. Whether a network can learn one batch by heart shows much sooner,"
            " and says more."),
        WrongAnswer("fresh batches", "step(x, y)",
            "step(*(np.roll(a, -16 * len(losses), axis=0)[:16] for a in (X, Y)))",
            "Every step meets other examples. Take the same batch each time: it is to be learned"
            " by heart."),
        WrongAnswer("one example", BATCH, "X[:1], Y[:1]",
            "This is a batch of one. The biases alone can learn that; take 16."),
        WrongAnswer("labels of others", BATCH, "X[:16], Y[-16:]",
            "The labels belong to other examples."),
        WrongAnswer("one step", "range(100)", "range(1)",
            "It takes a single step. Nothing is learned by heart at once: take 100."),
        WrongAnswer("one step too few", "range(100)", "range(99)",
            "It takes 99 steps, expected 100."),
    ),
)  # fmt: skip
