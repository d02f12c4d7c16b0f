"""What a PO file holds: a head, and an entry for each text, as every translation tool reads and writes them.

The kit reads and writes the format itself, so that each word of a translation has a line and a column.
"""

import re
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from intimacy_kit.problems import Problem, Where

__all__ = ["FUZZY", "Entry", "Piece", "PoFile", "write_po"]

FUZZY = "fuzzy"

#: Lines of words are broken before this many characters, as gettext does.
_WIDTH = 77

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
#: A stretch of written characters, each of them one or an escape of two.
_WRITTEN = re.compile(r"\\.|.", re.DOTALL)


@frozen
class Piece:
    """One pair of quotation marks: where what stands in it begins in the whole, and in the file."""

    #: The place in the words, counted from 0.
    start: int
    line: int
    #: The column of the first character, after the quotation mark.
    column: int
    #: What is written between the marks, with its escapes.
    written: str


@frozen(kw_only=True)
class Entry:
    """One text: what it is called, the original, and the words."""

    #: What it is called in the pack: ``<slug>/<field>``; empty where the entry does not say.
    context: str
    #: The original that the words were written for.
    original: str
    #: The words; empty where there are none yet.
    words: str = ""
    #: The original before this one, where the words may not fit any more.
    previous: str = ""
    #: What translators wrote down for each other.
    notes: tuple[str, ...] = ()
    #: What the kit says of the text to translators.
    about: tuple[str, ...] = ()
    #: Where the original stands.
    references: tuple[str, ...] = ()
    #: What tools marked it with; ``fuzzy`` is "not sure".
    flags: tuple[str, ...] = ()
    #: Whether the text is not in the pack any more, and the words are only kept.
    obsolete: bool = False
    #: Where its parts stand, by keyword (``msgctxt``, ``msgid``, ``msgstr``).
    pieces: Mapping[str, tuple[Piece, ...]] = field(factory=dict, repr=False, eq=False)

    @property
    def fuzzy(self) -> bool:
        """Whether somebody, or the kit, is not sure of the words."""
        return FUZZY in self.flags

    def where(self, file: str, keyword: str = "msgstr", at: int = 0) -> Where:
        """Return the place of a character in one of its parts."""
        pieces = self.pieces.get(keyword) or next(iter(self.pieces.values()), ())
        filled = [piece for piece in pieces if piece.written] or list(pieces)
        if not filled:
            return Where(file, 1, 1)
        piece = [filled[0], *(piece for piece in filled if piece.start <= at)][-1]
        before = [one[0] for one in _WRITTEN.finditer(piece.written)][: at - piece.start]
        return Where(file, piece.line, piece.column + sum(map(len, before)))


@frozen
class PoFile:
    """A whole PO file."""

    #: The file, relative to the folder of the pack, with forward slashes.
    file: str
    #: The fields of its head, in order.
    head: tuple[tuple[str, str], ...] = ()
    #: What is written above the head.
    head_notes: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    #: What is wrong with the file itself; then it is not written again.
    problems: tuple[Problem, ...] = ()
    #: The head as an entry, for its places; None where there is none.
    head_entry: Entry | None = field(default=None, eq=False, repr=False)

    def by_context(self) -> dict[str, Entry]:
        """Return the entries that are in use, by context."""
        return {entry.context: entry for entry in self.entries if not entry.obsolete}


def write_po(po: PoFile) -> str:
    r"""Return a PO file as text.

    >>> tea = Entry(context="title", original="Tea", words="Té")
    >>> print(write_po(PoFile("locale/es.po", (("Language", "es"),), entries=(tea,))))
    msgid ""
    msgstr ""
    "Language: es\n"
    <BLANKLINE>
    msgctxt "title"
    msgid "Tea"
    msgstr "Té"
    <BLANKLINE>
    """
    head = "".join(f"{name}: {value}\n" for name, value in po.head)
    blocks = ["\n".join([*_comments("#", po.head_notes), 'msgid ""', *_keyword("msgstr", head, broken=True)])]
    blocks += ["\n".join(_entry(entry)) for entry in po.entries]
    return "\n\n".join(blocks) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    yield from _comments("#", entry.notes)
    yield from _comments("#.", entry.about)
    yield from _comments("#:", entry.references)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    gone = "#~ " if entry.obsolete else ""
    if entry.previous:
        yield from (f"{'#~|' if entry.obsolete else '#|'} {line}" for line in _keyword("msgid", entry.previous))
    if entry.context:
        yield from (gone + line for line in _keyword("msgctxt", entry.context))
    yield from (gone + line for line in _keyword("msgid", entry.original))
    yield from (gone + line for line in _keyword("msgstr", entry.words))


def _comments(sign: str, lines: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{sign} {line}".rstrip() for line in lines)


def _keyword(keyword: str, words: str, *, broken: bool = False) -> list[str]:
    """Return a keyword and its words, in several lines where they are long."""
    written = "".join(_ESCAPES.get(char, char) for char in words)
    if not broken and "\n" not in words and len(keyword) + len(written) + 3 <= _WIDTH:
        return [f'{keyword} "{written}"']
    lines = [line for part in re.findall(r"(?:(?!\\n)(?:\\.|.))*\\n|.+$", written) for line in _wrapped(part)]
    return [f'{keyword} ""', *(f'"{line}"' for line in lines)]


def _wrapped(written: str) -> Iterator[str]:
    """Give lines that are not too long, broken after blanks; a longer word stays whole."""
    line = ""
    for word in re.findall(r"\S+\s*|\s+", written):
        if line and len(line) + len(word.rstrip()) > _WIDTH - 2:
            yield line
            line = ""
        line += word
    yield line
