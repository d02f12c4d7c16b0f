"""One source file: what it says, and where each value in it stands."""

from collections.abc import Mapping

from attrs import evolve, field, frozen

from intimacy_kit.problems import Problem, Where

__all__ = ["Place", "Source", "place_of"]

#: The code of a field that is not known: what is underlined is its name.
UNKNOWN_FIELD = "K102"

#: Line and column, both counted from 1.
Place = tuple[int, int]


@frozen
class Source:
    """What was read from one file."""

    #: The file, relative to the folder of the pack, with forward slashes.
    file: str
    #: What it says; None where it could not be read.
    document: object
    #: Where each value stands, by JSON pointer.
    places: Mapping[str, Place] = field(factory=dict, repr=False)
    #: Where the name of each field stands, by JSON pointer.
    keys: Mapping[str, Place] = field(factory=dict, repr=False)
    #: What is wrong with it already.
    problems: tuple[Problem, ...] = ()

    def where(self, pointer: str) -> Where:
        """Return the place of a value, or of the nearest value around it."""
        return Where(self.file, *place_of(pointer, self.places), pointer)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with a pointer into this document, now with line and column."""
        pointer = problem.where.pointer
        places = {**self.places, **self.keys} if problem.code == UNKNOWN_FIELD else self.places
        return evolve(problem, where=Where(self.file, *place_of(pointer, places), pointer))


def place_of(pointer: str, places: Mapping[str, Place]) -> Place:
    """Return the place of a pointer, or of the nearest value around it.

    >>> place_of("/prompts/0/depth", {"": (1, 1), "/prompts/0": (3, 5)})
    (3, 5)
    """
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, (1, 1))
