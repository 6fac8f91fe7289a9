"""The judge: tries a learner's function on every case and says what is wrong, and why."""

import dis
import time

from backprop_lib.checks import sandbox
from backprop_lib.checks.contract import dependence_problem, find_problem, signature_problem
from backprop_lib.checks.diagnosis import smallest_example, trials
from backprop_lib.checks.figures import figures, said
from backprop_lib.checks.verdict import Verdict

SHOWN = ("wrong values", "wrong shape", "not changed")  # the problems that an example makes clear


def judge(function, exercise, seed=0):
    """Return the Verdict on `function`; the same seed tries the same inputs."""
    unfit = signature_problem(function, exercise)
    if unfit:
        return _refused(exercise, unfit)
    tried = trials(exercise, seed)
    deadline = time.monotonic() + sandbox.LIMIT
    outcomes = []
    for case in tried.cases:
        outcomes.append(exercise.run(function, case, deadline))
        if _ends(outcomes[-1]):
            break
    if _not_written(function, outcomes[0]):
        return _not_attempted(exercise, outcomes[0])
    for case, outcome in zip(tried.cases, outcomes, strict=False):
        problem = find_problem(outcome, case, exercise)
        if problem:
            wrong = _wrong(exercise, problem, case, outcome)
            if len(outcomes) == len(tried.cases):
                _explain(wrong, exercise, tried.explain(outcomes))
            if case.arguments and not wrong.mistakes and problem.name in SHOWN:
                wrong.example = smallest_example(function, tried, find_problem, deadline)
            return wrong
    again = exercise.run(function, tried.cases[0], deadline)
    problem = dependence_problem(outcomes, again, exercise)
    if problem:
        return _refused(exercise, problem)
    return Verdict(
        "passed",
        (exercise.afterwards,),
        exercise.name,
        printed=outcomes[0].printed,
        facts={"tried on": ", ".join(case.words for case in tried.cases)},
    )


def _refused(exercise, problem):
    return Verdict(
        "wrong", (problem.sentence,), exercise.name, problem=problem.name, where=exercise.where
    )


def _wrong(exercise, problem, case, outcome):
    """Return the verdict without its why: the problem on this case, as it shows.

    Where nothing goes in, what comes out is a prediction, and what was expected its solution.
    """
    verdict = _refused(exercise, problem)
    verdict.printed = outcome.printed
    inputs = ", ".join(f"{name} {said(value, True)}" for name, value in case.arguments.items())
    verdict.facts = {"tried on": f"{case.words}: {inputs}"} if inputs else {}
    if problem.value and inputs:
        verdict.facts |= figures(problem.value, problem.yours, problem.expected)
    failure = outcome.failure
    if failure:
        message = f"{failure.type}: {failure.message}".removesuffix(": ")
        verdict.line = "\n".join(filter(None, (failure.line, message * (failure.kind == "error"))))
    return verdict


def _explain(verdict, exercise, explanation):
    """Add the mistakes that do just what the learner's function does, where there are such."""
    if explanation:
        verdict.mistakes = explanation.names
        verdict.sentences = tuple(mistake.sentence for mistake in explanation.mistakes)
        places = [mistake.where for mistake in explanation.mistakes if mistake.where]
        verdict.where = places[0] if places else exercise.where


def _ends(outcome):
    return outcome.failure is not None and outcome.failure.kind in ("endless", "interrupted")


def _not_written(function, outcome):
    """Whether it is a stub: NotImplementedError, `...`, or a body that does nothing at all."""
    if outcome.failure:
        return outcome.failure.kind == "not written"
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    code = getattr(function, "__code__", None)
    empty = code is not None and {i.opname for i in dis.get_instructions(code)} <= idle
    return outcome.value is Ellipsis or (outcome.value is None and empty)


def _not_attempted(exercise, outcome):
    stub = "`raise NotImplementedError`" if outcome.failure else "the stub"
    return Verdict(
        "not attempted",
        (f"Write your own lines in place of {stub}, run that cell, then this one again.",),
        exercise.name,
        printed=outcome.printed,
    )
