"""A folder of sources as it is at one moment: what can be read of it, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from intimacy_kit.authoring.checking import check
from intimacy_kit.authoring.diagnostics.snippets import Snippet, with_snippets
from intimacy_kit.authoring.languages.compiling import overlays_of
from intimacy_kit.authoring.languages.matching import match
from intimacy_kit.authoring.maps.words import Named
from intimacy_kit.authoring.preview.notes import Note, Notes, noted
from intimacy_kit.authoring.preview.reading import Piece, Reader, pieces_of
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.loading.overlays import read_overlay, with_overlays
from intimacy_kit.problems import Problem

__all__ = ["Look", "look"]

#: What is shown of a folder in which nothing can be read.
_NOTHING = Pack(
    name="unnamed", title=Text("A pack without a title"), version="0.0", authors=["unknown"], about=Text("…")
)
#: The code of a compiled pack that is older than its sources.
_UNBUILT = "K407"


@frozen(eq=False)
class Look:
    """A folder as it is at one moment."""

    #: The pack, or what can be read of it.
    pack: Pack
    #: Every activity and journey that stands in the sources, file by file, also where it cannot be read.
    pieces: tuple[Piece, ...]
    #: All problems, in the order of files and lines, but that it is not built.
    problems: tuple[Problem, ...]
    #: The problems that belong to no activity and no journey.
    others: tuple[Problem, ...]
    #: Whether the compiled pack is not what the sources give now; while somebody writes, it never is.
    unbuilt: bool
    #: What tells this moment from others.
    version: str
    #: The pack and those beside it.
    catalog: Catalog = field(repr=False)
    #: Each problem with the line it is about.
    snippets: tuple[tuple[Problem, Snippet | None], ...] = field(repr=False)
    _notes: Mapping[str, Sequence[Note]] = field(repr=False)
    #: What stopped the kit from looking again since; a mistake of its own.
    trouble: str = ""

    @property
    def activities(self) -> tuple[Piece, ...]:
        """Every activity that stands in the sources."""
        return tuple(piece for piece in self.pieces if piece.kind != "journey")

    @property
    def journeys(self) -> tuple[Piece, ...]:
        """Every journey that stands in the sources."""
        return tuple(piece for piece in self.pieces if piece.kind == "journey")

    @property
    def named(self) -> Named:
        """How activities are called in a sentence about a gate."""
        return Named(Catalog([self.pack]))

    def notes(self, piece: Piece) -> Notes:
        """Return the problems of a piece, to be set beside its texts."""
        return Notes(tuple(self._notes.get(piece.place, ())))

    def manifest_notes(self) -> Notes:
        """Return the problems of the manifest."""
        return Notes(tuple(Note(one, one.where.pointer) for one in self.others if one.where.file == MANIFEST))

    def count(self, piece: Piece) -> int:
        """Return how many problems a piece has."""
        return len(self._notes.get(piece.place, ()))

    def owners(self) -> dict[Problem, Piece]:
        """Return the piece that each problem belongs to."""
        return {note.problem: piece for piece in self.pieces for note in self._notes.get(piece.place, ())}


def look(root: Path, reader: Reader, beside: Sequence[Pack] = (), version: str = "") -> Look:
    """Check a folder and return it as it is now; *beside* are the installed packs."""
    manifest = reader.source(root, MANIFEST, read_yaml).document
    said = manifest if isinstance(manifest, dict) else {}
    others = tuple(pack for pack in beside if pack.name != said.get("name"))
    checked = check(root, others)
    problems = tuple(problem for problem in checked.problems if problem.code != _UNBUILT)
    pack = _translated(root, reader, checked.built.readable) if checked.built.readable else _NOTHING
    pieces = pieces_of(root, reader, pack)
    notes, unplaced = noted(pieces, problems)
    return Look(
        pack=pack,
        pieces=pieces,
        problems=problems,
        others=unplaced,
        unbuilt=len(problems) < len(checked.problems),
        version=version,
        catalog=Catalog([pack, *others]),
        snippets=tuple(with_snippets(problems, root)),
        notes=notes,
    )


def _translated(root: Path, reader: Reader, pack: Pack) -> Pack:
    """Return what can be read of a pack with what its PO files say, as far as that would be shipped."""
    found = {language: match(pack, reader.translation(root, language)) for language in pack.languages[1:]}
    overlays = zip(found, overlays_of(pack, found).items(), strict=True)
    read = (read_overlay(data, file, pack, language).overlay for language, (file, data) in overlays)
    return with_overlays(pack, [overlay for overlay in read if overlay])
