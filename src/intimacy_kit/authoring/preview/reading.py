"""What stands in a folder of sources, piece by piece, also where something in it is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from intimacy_kit.authoring.languages.matching import po_file, po_of
from intimacy_kit.authoring.languages.po_files import PoFile
from intimacy_kit.authoring.markdown_sources import read_guide, read_story
from intimacy_kit.authoring.sources import Source
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.checks import is_slug
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.problems import Where

__all__ = ["Piece", "Reader", "pieces_of"]

#: The folders of lists: the folder, the list in each file of it, the kind of what it lists.
_LISTS = (
    ("prompts", "prompts", "prompt"),
    ("exercises", "exercises", "exercise"),
    ("check-ins", "check_ins", "check_in"),
    ("journeys", "journeys", "journey"),
)
_PROSE = (("stories", "story", read_story), ("guides", "guide", read_guide))
_NAMING = ("title", "text", "id")

_Read = TypeVar("_Read")


@frozen
class Piece:
    """One activity or journey, as it stands in the sources."""

    #: What it is called in an address: its slug, or where it stands while it has none of its own.
    key: str
    #: ``prompt``, ``exercise``, ``story``, ``check_in``, ``guide`` or ``journey``.
    kind: str
    source: Source = field(repr=False)
    #: The pointer to it in its source.
    pointer: str
    #: What is written; nothing where that is no group of fields.
    document: Mapping[str, Any] = field(repr=False)
    #: The activity or journey; None while it cannot be read.
    value: Activity | Journey | None = field(default=None, repr=False)

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.source.file

    @property
    def where(self) -> Where:
        """Where it begins."""
        return self.source.where(self.pointer)

    @property
    def place(self) -> str:
        """What tells it from every other one."""
        return f"{self.file}#{self.pointer}"

    @property
    def title(self) -> Text | str:
        """What it is called in a list: its title, or the first words of it that can be read."""
        if self.value is not None:
            return self.value.title
        names = (self.document.get(name) for name in _NAMING)
        return next((name for name in names if isinstance(name, str) and name), self.key)

    def listed(self, name: str) -> tuple[object, ...]:
        """Return what a field lists, as it is written; nothing where it is no list."""
        found = self.document.get(name)
        return tuple(found) if isinstance(found, list) else ()


class Reader:
    """Reads sources, each file again only when it has changed."""

    def __init__(self) -> None:
        self._sources = _Known[Source]()
        self._translations = _Known[PoFile]()

    def source(self, root: Path, file: str, read: Callable[[Path, str], Source]) -> Source:
        """Return what a file says; nothing where it is not there any more."""
        return self._sources.get(root / file, lambda: read(root, file)) or Source(file, None)

    def translation(self, root: Path, language: str) -> PoFile:
        """Return what the PO file of a language says; nothing where there is none."""
        file = po_file(language)
        return self._translations.get(root / file, lambda: po_of(root, language)) or PoFile(file)


class _Known(Generic[_Read]):
    """What was read of files, and the bytes it was read from."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[bytes, _Read]] = {}

    def get(self, path: Path, read: Callable[[], _Read]) -> _Read | None:
        """Return what a file says, read again if it has changed; None where it is not there."""
        try:
            data = path.read_bytes()
        except OSError:
            return None
        known = self._read.get(path)
        if known is None or known[0] != data:
            known = self._read[path] = data, read()
        return known[1]


def pieces_of(root: Path, reader: Reader, pack: Pack) -> tuple[Piece, ...]:
    """Return what stands in a folder, file by file; *pack* is what could be read of it."""
    values: dict[tuple[str, str], Activity | Journey] = {}
    for one in [*pack.activities, *pack.journeys]:
        values.setdefault(("journey" if isinstance(one, Journey) else one.kind, one.id.partition("/")[2]), one)
    named = _named(_pieces(root, reader))
    return tuple(evolve(piece, value=values.get((piece.kind, piece.key))) for piece in named)


def _pieces(root: Path, reader: Reader) -> Iterator[Piece]:
    """Give the pieces of all files, named after the place they stand at."""
    for folder, key, kind in _LISTS:
        for file in _files(root, folder, ".yaml"):
            source = reader.source(root, file, read_yaml)
            listed = source.document.get(key) if isinstance(source.document, dict) else None
            for index, document in enumerate(listed if isinstance(listed, list) else []):
                yield _piece(kind, source, f"/{key}/{index}", document)
    for folder, kind, read in _PROSE:
        for file in _files(root, folder, ".md"):
            source = reader.source(root, file, read)
            if isinstance(source.document, dict):
                yield _piece(kind, source, "", source.document)


def _piece(kind: str, source: Source, pointer: str, document: object) -> Piece:
    key = f"line-{source.where(pointer).line}-of-{source.file}"
    return Piece(key, kind, source, pointer, document if isinstance(document, dict) else {})


def _files(root: Path, folder: str, suffix: str) -> list[str]:
    if (root / folder).is_symlink():
        return []
    paths = sorted((root / folder).glob(f"*{suffix}"), key=lambda path: path.name)
    return [path.relative_to(root).as_posix() for path in paths if path.is_file() and not path.name.startswith(".")]


def _named(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give the pieces, each that is the first of its slug named by it."""
    taken: set[tuple[bool, str]] = set()
    for piece in pieces:
        slug = piece.document.get("id")
        name = piece.kind == "journey", str(slug)
        if is_slug(slug) and name not in taken:
            taken.add(name)
            yield evolve(piece, key=str(slug))
        else:
            yield piece
