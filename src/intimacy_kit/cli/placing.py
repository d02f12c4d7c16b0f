"""Where the problems of packs stand, in what was named on a command line."""

from collections.abc import Iterable

from attrs import evolve

from intimacy_kit.cli.given import Given
from intimacy_kit.problems import Problem

__all__ = ["placed"]


def placed(problem: Problem, given: Iterable[Given]) -> Problem:
    """Return a problem at its line in the sources of the pack it is about, where there are any.

    What is about the whole of a pack has its file, and no line: nothing in the first line is wrong.
    """
    one = next((one for one in given if one.pack.name == problem.where.file), None)
    if one is None:
        return problem
    there = one.placed(problem)
    return there if problem.where.pointer else evolve(there, where=evolve(there.where, line=0, column=0))
