"""Problems where they belong: to a piece of the pack, and there to a text."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from intimacy_kit.authoring.preview.reading import Piece
from intimacy_kit.problems import Problem

__all__ = ["Note", "Notes", "noted"]

#: The parts of a pointer to something in a list, such as ``/prompts/3``: nothing, the list, the place.
_PARTS = 3


@frozen
class Note:
    """A problem, and what it is about within a piece."""

    problem: Problem
    #: The pointer within the piece, such as ``/steps/0/text``; empty where it is about the whole.
    pointer: str

    @property
    def part(self) -> str:
        """The words it is about; empty is all of the text."""
        return self.problem.part

    @property
    def about(self) -> str:
        """What it is about, in words: ``steps 1, text``."""
        names = [part for part in self.pointer.split("/") if part]
        said = [f" {int(name) + 1}" if name.isdigit() else f", {name.replace('_', ' ')}" for name in names]
        return "".join(said).removeprefix(", ")


@frozen
class Notes:
    """The notes of one piece, given out text by text while its page is made; ``rest`` is what no text took."""

    notes: tuple[Note, ...] = ()
    _taken: set[Note] = field(init=False, factory=set, repr=False, eq=False)

    def at(self, pointer: str) -> tuple[Note, ...]:
        """Return the notes about one text."""
        here = tuple(note for note in self.notes if note.pointer == pointer)
        self._taken.update(here)
        return here

    def under(self, pointer: str) -> tuple[Note, ...]:
        """Return the notes about something and all that is in it, but what another text took already."""
        here = tuple(
            note
            for note in self.notes
            if note not in self._taken and (note.pointer == pointer or note.pointer.startswith(f"{pointer}/"))
        )
        self._taken.update(here)
        return here

    @property
    def rest(self) -> tuple[Note, ...]:
        """The notes that no text took so far."""
        return tuple(note for note in self.notes if note not in self._taken)


def noted(
    pieces: Iterable[Piece], problems: Iterable[Problem]
) -> tuple[Mapping[str, Sequence[Note]], tuple[Problem, ...]]:
    """Return the notes of each piece, by its place, and the problems that belong to none."""
    by_file: dict[str, dict[str, Piece]] = {}
    for piece in pieces:
        by_file.setdefault(piece.file, {})[piece.pointer] = piece
    found: dict[str, list[Note]] = {}
    others: list[Problem] = []
    for problem in problems:
        owner = _piece_of(problem, by_file.get(problem.where.file, {}))
        if owner is None:
            others.append(problem)
        else:
            found.setdefault(owner.place, []).append(Note(problem, _pointer_in(owner, problem)))
    return found, tuple(others)


def _piece_of(problem: Problem, pieces: Mapping[str, Piece]) -> Piece | None:
    """Return the piece of a file a problem is about, by its pointer, else by its line."""
    where = problem.where
    if "" in pieces:  # a story or a guide, which has its file for itself
        return pieces[""]
    if where.pointer:
        return pieces.get("/".join(where.pointer.split("/", _PARTS)[:_PARTS]))
    before = [piece for piece in pieces.values() if piece.where.line <= where.line]
    return before[-1] if before else None


def _within(pointer: str, around: str) -> bool:
    return pointer == around or pointer.startswith(f"{around}/")


def _pointer_in(piece: Piece, problem: Problem) -> str:
    """Return where in a piece a problem is: its pointer, else the value that begins last before its place."""
    where = problem.where
    if where.pointer or not where.line:
        return where.pointer.removeprefix(piece.pointer)
    here = (where.line, where.column)
    before = [
        (at, len(pointer), pointer)
        for pointer, at in piece.source.places.items()
        if _within(pointer, piece.pointer) and at <= here
    ]
    return max(before)[2].removeprefix(piece.pointer) if before else ""
