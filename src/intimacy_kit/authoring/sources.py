"""One source file: what it says, and where each value in it stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from attrs import evolve, field, frozen

from intimacy_kit.loading.explaining import explain
from intimacy_kit.problems import Problem, Where

__all__ = ["Place", "Source", "place_of", "wrong_with"]

#: The codes that are about the name of a field and not about its value: a field that is not known, a role of nobody.
_ABOUT_A_NAME = {"K102", "K208"}

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
    #: The whole text of the file.
    text: str = field(default="", repr=False)

    @property
    def fields(self) -> dict[str, Any]:
        """What it says by field, where it is known to be an object: its schema saw to that, or the caller."""
        return cast("dict[str, Any]", self.document)

    def where(self, pointer: str) -> Where:
        """Return the place of a value, or of the nearest value around it."""
        return Where(self.file, *place_of(pointer, self.places), pointer)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with a pointer into this document, now with line and column."""
        pointer = problem.where.pointer
        if problem.code in _ABOUT_A_NAME:
            name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            where = Where(self.file, *place_of(pointer, {**self.places, **self.keys}), pointer)
            return evolve(problem, where=where, part=name)
        place = place_of(pointer, self.places)
        if problem.part:
            place = self._place_of_words(problem.part, pointer, place) or place
        return evolve(problem, where=Where(self.file, *place, pointer))

    def _place_of_words(self, words: str, pointer: str, begin: Place) -> Place | None:
        """Return where words stand in the value at a pointer, which begins there, in one line or broken over several.

        None where they are not found: in double quotes, a character may be written in another way.
        """
        lines = self.text.split("\n")
        ends = [
            place
            for places in (self.places, self.keys)
            for other, place in places.items()
            if place > begin and not other.startswith(f"{pointer}/")
        ]
        last, column = min(ends, default=(len(lines), len(lines[-1]) + 1))
        said = "\n".join([*lines[begin[0] - 1 : last - 1], lines[last - 1][: column - 1]])[begin[1] - 1 :]
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = re.search(rf"(?<![\w-]){pattern}(?![\w-])", said) or re.search(pattern, said)
        if found is None:
            return None
        before = said[: found.start()].split("\n")
        return begin[0] + len(before) - 1, len(before[-1]) + (begin[1] if len(before) == 1 else 1)


def place_of(pointer: str, places: Mapping[str, Place]) -> Place:
    """Return the place of a pointer, or of the nearest value around it.

    >>> place_of("/prompts/0/depth", {"": (1, 1), "/prompts/0": (3, 5)})
    (3, 5)
    """
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return places.get(pointer, (1, 1))


def wrong_with(source: Source, schema: str) -> Iterator[Problem]:
    """Give what is wrong with a source: its own problems, and what a schema has against it."""
    yield from source.problems
    if source.document is None and not source.problems:
        yield Problem(Where(source.file, 1, 1), "K409", "the file is empty", "delete it, or write something in it")
    elif source.document is not None:
        found = explain(schema, source.document, source.file)
        yield from (source.placed(problem) for problem in _each_mistake_once(found))


def _each_mistake_once(found: Sequence[Problem]) -> Iterator[Problem]:
    """Give of what a schema has against a document what is worth telling a writer: one mistake is one problem.

    A field that is misspelt is not missing too; a count without its number is not also told to be none; and of the
    lists in which a value does not stand, the one is told that has a word like it, or else the shorter one.
    """
    misspelt = {(_around(problem), problem.hint) for problem in found if problem.code == "K102"}
    incomplete = {problem.where.pointer for problem in found if problem.code == "K101"}
    unlisted: dict[str, Problem] = {}
    for problem in found:
        pointer, near = problem.where.pointer, f"did you mean {problem.message.removesuffix(' is missing')}?"
        if problem.code == "K104":
            unlisted[pointer] = min(unlisted.get(pointer, problem), problem, key=_usefulness)
        elif not (problem.code == "K101" and (pointer, near) in misspelt) and not (
            problem.code == "K112" and pointer in incomplete
        ):
            yield problem
    yield from unlisted.values()


def _around(problem: Problem) -> str:
    return problem.where.pointer.rpartition("/")[0]


def _usefulness(problem: Problem) -> tuple[bool, int]:
    return not problem.hint.startswith("did you mean"), len(problem.hint)
