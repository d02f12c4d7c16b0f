"""How far a translation has come: each text of a pack, and what a PO file has for it."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from attrs import frozen

from intimacy_kit.authoring.languages.po_files import Entry, PoFile
from intimacy_kit.authoring.languages.po_reading import read_po
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.texts import Said, is_safety, texts
from intimacy_kit.loading.preflight import bad_character

__all__ = ["FOLDER", "SUFFIX", "Match", "State", "match", "po_file", "po_files", "po_of", "usable"]

#: The folder of the PO files of a pack, and how they end.
FOLDER, SUFFIX = "locale", ".po"


class State(StrEnum):
    """How far the translation of one text has come."""

    DONE = "translated"
    #: There is an entry without words.
    MISSING = "missing"
    #: There is not even an entry.
    ABSENT = "absent"
    #: The original says something else now.
    CHANGED = "changed"
    #: The entry is marked as fuzzy.
    UNSURE = "unsure"


@frozen
class Match:
    """One text of a pack, and its translation."""

    said: Said
    state: State
    #: What the PO file has; None where it has nothing.
    entry: Entry | None
    #: Whether people must be able to read it before they begin, or when it goes wrong.
    safety: bool
    #: Whether it is asked of a language that is shipped; what is retired is not.
    asked: bool


def match(pack: Pack, po: PoFile) -> Iterator[Match]:
    """Give each text of a pack with its translation, in the order of the pack."""
    entries = po.by_context()
    for said, owner in texts(pack):
        entry = entries.get(said.context)
        asked = not (isinstance(owner, Activity) and owner.retired)
        yield Match(said, _state(said, entry), entry, is_safety(owner, said.context), asked)


def _state(said: Said, entry: Entry | None) -> State:
    if entry is None:
        return State.ABSENT
    if entry.words == "":
        return State.MISSING
    if entry.original != said.text.words:
        return State.CHANGED
    return State.UNSURE if entry.fuzzy else State.DONE


def usable(one: Match) -> bool:
    """Tell whether the words of a translation can be shipped: done, and written as every text of a pack must be."""
    words = one.entry.words if one.entry else ""
    return (
        one.state == State.DONE and words == words.strip() and len(words) <= one.said.most and not bad_character(words)
    )


def po_file(language: str) -> str:
    """Return the name of the PO file of a language, within the folder of the pack."""
    return f"{FOLDER}/{language}{SUFFIX}"


def po_of(root: Path, language: str) -> PoFile:
    """Read the PO file of a language; one that is not there has no entries."""
    file = po_file(language)
    if not (root / file).is_file() or (root / FOLDER).is_symlink():
        return PoFile(file)
    return read_po(root, file)


def po_files(root: Path) -> list[str]:
    """Return the languages that have a PO file in a pack, by the names of the files."""
    return sorted(path.stem for path in (root / FOLDER).glob(f"*{SUFFIX}") if not path.name.startswith("."))
