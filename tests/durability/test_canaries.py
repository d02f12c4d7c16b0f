"""Words that stand nowhere else are typed as answers and notes: nothing shows them, and an erase leaves none of them.

A few hundred with every run of the suite, and 10,000 with one command, which takes ten to 20 minutes:
``uv run pytest --no-cov tests/durability/test_canaries.py --full``.
"""

import logging
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import postgres
import pytest
from durability.canaries import MARK, Canaries, Listener, said_by, told
from little_packs import activity, catalog, evening

from intimacy_kit.errors import KitError, StoreConflictError
from intimacy_kit.practice.events import Noted, Revealed, Sealed
from intimacy_kit.practice.words import LONGEST, Words
from intimacy_kit.stores import Part
from intimacy_kit.stores.acting import read
from intimacy_kit.stores.exports import read_export
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.postgres import PostgresStore
from intimacy_kit.stores.spaces import Space
from intimacy_kit.stores.sqlite import SQLiteStore

SOME, ALL = 40, 2_000  # in each of five stores
#: How many are typed in one space: there is a limit to what one couple writes.
IN_A_SPACE = 40
SLUGS = ("cup", "pot", "leaf")
CATALOG = catalog(*(activity(slug, depth=2) for slug in SLUGS))
ACTIVITIES = tuple(f"tea/{slug}" for slug in SLUGS)


class Kept:
    """A store, and all the bytes that it leaves anywhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = self.open()

    def open(self) -> Any:
        return MemoryStore()

    def bytes(self) -> Iterator[bytes]:
        """Give all there is of it; the folder holds the exports, too."""
        yield from (path.read_bytes() for path in self.folder.rglob("*") if path.is_file())
        if isinstance(self.store, MemoryStore):
            yield self.store._connection.serialize()


class InAFile(Kept):
    keys: FolderKeys | None = None

    def open(self) -> Any:
        return SQLiteStore(self.folder / "us.db", keys=self.keys)


class InAnEncryptedFile(InAFile):
    def __init__(self, folder: Path) -> None:
        self.keys = FolderKeys(folder / "keys")
        super().__init__(folder)


class AtAServer(Kept):
    def open(self) -> Any:
        self.place = postgres.new_place()
        return PostgresStore(self.place["conninfo"], schema=self.place["schema"])

    def bytes(self) -> Iterator[bytes]:
        yield from super().bytes()
        for table in ("events", "words", "keys", "logs", "marks", "spaces"):
            yield repr([*_plain(postgres.server().run(f"SELECT * FROM {table}", schema=self.place["schema"]))]).encode()


def _plain(rows: list[tuple[Any, ...]]) -> Iterator[Any]:
    for row in rows:
        yield [bytes(one) if isinstance(one, bytes | memoryview) else one for one in row]


class EncryptedAtAServer(AtAServer):
    """Encrypted, so that erased is erased in the files of the server and in what it logs, too."""

    def open(self) -> Any:
        self.place = postgres.new_place()
        keys = FolderKeys(self.folder / "keys")
        return PostgresStore(self.place["conninfo"], schema=self.place["schema"], keys=keys)

    def bytes(self) -> Iterator[bytes]:
        yield from super().bytes()
        postgres.server().run("CHECKPOINT")
        yield from (path.read_bytes() for path in postgres.server().folder.rglob("*") if path.is_file())


STORES = [Kept, InAFile, InAnEncryptedFile, EncryptedAtAServer, AtAServer]


@pytest.fixture(params=STORES, ids=lambda kind: kind.__name__)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    kept: Kept = request.param(tmp_path)
    with kept.store:
        yield kept


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Hears all loggers, those of the drivers too, at the level at which they say most."""
    listener, root = Listener(), logging.getLogger()
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield listener
    root.removeHandler(listener)
    root.setLevel(before)


def test_no_word_is_shown_by_accident_nor_left_after_an_erase(
    kept: Kept, listener: Listener, full: bool, tell: Callable[[str], None]
) -> None:
    """attack 80, attack 82, attack 79, attack 85."""
    canaries, most = Canaries(Random(7)), ALL if full else SOME
    spaces = max(1, most // IN_A_SPACE)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for number in range(spaces):
            _live(kept, f"us-{number}", canaries, most // spaces)
            if number % 10 == 9:
                tell(f"{type(kept).__name__}: {number + 1} spaces of {spaces}")
    assert next(canaries.given) >= most
    _show_nothing(str(one.message) for one in warned)
    _show_nothing(listener.heard)


def _show_nothing(texts: Iterator[str] | list[str]) -> None:
    shown = [text for text in texts if MARK in text]
    assert shown == [], f"{len(shown)} show a canary"


def _live(kept: Kept, name: str, canaries: Canaries, most: int) -> None:
    """Let ada type so many canaries in a space of its own, look for them everywhere, and erase her."""
    exports = kept.folder / "exports"
    space = Space(kept.store, name, CATALOG, exports=exports)
    space.open(["ada", "ben"], at=evening(0))
    for person in ("ada", "ben"):
        space.read_notice(person, at=evening(0))
        space.allow(person, depth=2, at=evening(0))
    space.offer("ben", ACTIVITIES, at=evening(0))
    shared, typed = _type(space, canaries, most)
    _are_not_shown(kept, space, name)
    _are_seen_by_nobody_else(space, shared)
    _do_what_fails(kept, space, name, canaries)
    for person in ("ada", "ben"):
        space.write_export(person, at=evening(1))
    there = b"".join(kept.bytes())
    assert all(one.encode() in there for one in typed) or not _is_plain(kept)
    space.erase("ada", at=evening(1))
    assert not any(MARK.encode() in content for content in kept.bytes())
    assert MARK not in space.view("ben", now=evening(1)).to_json().decode()
    _show_nothing(_failures(lambda: space.note("ada", canaries(), at=evening(1))))


def _is_plain(kept: Kept) -> bool:
    return type(kept) in {Kept, InAFile}


def _type(space: Space, canaries: Canaries, most: int) -> tuple[set[str], set[str]]:
    """Type so many; return those that ben may see, and some that are kept in any case."""
    shared: set[str] = set()
    kept: set[str] = set()
    number = 0

    def word() -> str:
        nonlocal number
        number += 1
        return canaries()

    def seal(name: str) -> str:
        said = word()
        space.seal("ada", name, said, at=evening(0), key=f"seal-{number}")
        return said

    while number < most:
        name = ACTIVITIES[number % len(ACTIVITIES)]
        kept.add(note := word())
        space.note("ada", note, at=evening(0), activity_id=name, key=f"note-{number}")
        seal(name)
        if number % 4 == 0:
            space.withdraw("ada", name, at=evening(0))
            continue
        said = seal(name)
        space.agree("ada", name, at=evening(0))
        space.seal("ben", name, "robin", at=evening(0))
        space.agree("ben", name, at=evening(0))
        if number % 4 == 1:
            space.withdraw("ada", name, at=evening(0))
        else:
            shared.add(said)
        seal(name)
    return shared, {_bare(note) for note in kept if "\n" not in note and "\x1b" not in note}


def _bare(words: str) -> str:
    start = words.index(MARK)
    return words[start : start + len(MARK) + 18]


def _are_not_shown(kept: Kept, space: Space, name: str) -> None:
    now = read(kept.store, name, "ada")
    export, view = space.export("ada", at=evening(0)), space.view("ada", now=evening(0))
    assert MARK.encode() in export.to_json()
    assert MARK in export.to_markdown()
    assert MARK.encode() in view.to_json()
    events = [*kept.store.events(name), *kept.store.events(name, partner="ada")]
    answers = [answer for event in events if isinstance(event, Revealed) for answer in event.answers]
    _show_nothing(told([space, kept.store, now, export, view, view.own, view.sealed, now.progress, *events, *answers]))


def _are_seen_by_nobody_else(space: Space, shared: set[str]) -> None:
    """Look for canaries in all that ben is shown or may take along: there are those that were opened, and no others."""
    export, view = space.export("ben", at=evening(0)), space.view("ben", now=evening(0))
    opened = [answer.words for one in view.revealed for answer in one.answers if answer.who == "ada" and answer.words]
    assert {words.text for words in opened} == shared
    for text in (export.to_json().decode(), export.to_markdown(), view.to_json().decode()):
        assert {*_names(text)} == {*_names(" ".join(shared))}


def _names(text: str) -> Iterator[str]:
    return (MARK + part[:18] for part in text.split(MARK)[1:])


# What fails


def _failures(*attempts: Callable[[], object]) -> Iterator[str]:
    for attempt in attempts:
        with pytest.raises(KitError) as failed:
            attempt()
        yield from said_by(failed.value)


def _do_what_fails(kept: Kept, space: Space, name: str, canaries: Canaries) -> None:
    """Do all that is refused, with words at hand; what is said about it holds none of them."""
    at, store = evening(0), kept.store
    noted = Noted(partner="ada", at=at, words=Words(canaries()))
    sealed = Sealed.of(CATALOG["tea/cup"], at=at, partner="ada", shown="?", words=Words(canaries()))
    there = store.head(name, partner="ada").version
    store.append(name, [noted], expected=there, partner="ada", key="noted")
    export = space.export("ada", at=at).to_json()
    _show_nothing(
        _failures(
            lambda: space.note("ada", canaries() * LONGEST, at=at),
            lambda: space.note("ada", canaries() + "\ud800", at=at),
            lambda: space.note("ada", canaries(), at=at.replace(tzinfo=None)),
            lambda: space.note("ada", canaries(), at=at, key="noted"),
            lambda: space.note("eve", canaries(), at=at),
            lambda: space.seal("ada", "tea/none", canaries(), at=at),
            lambda: space.seal("ada", "tea/cup", canaries(), at=at, shown="?" * 2 * LONGEST),
            lambda: store.append(name, [noted], expected=there, partner="ada"),
            lambda: store.append(name, [sealed], expected=0),
            lambda: store.append(name, [sealed], expected=0, partner="ben"),
            lambda: store.append(name, [sealed], expected=there + 1, partner="ada", key="noted"),
            lambda: store.append_all(name, [Part(events=[noted], expected=0, partner="ada")] * 2),
            lambda: read_export(export[:-20]),
            lambda: read_export(export.replace(b'"noted"', b'"noticed"')),
            lambda: read_export(export.replace(b'"words"', b'"word"')),
            lambda: read_export(canaries().encode()),
            lambda: Words([canaries()]),  # type: ignore[arg-type]
        )
    )
    for careless in (  # what was not wrapped stands bare in what a debugger shows, but in no message
        lambda: store.append(name, [noted, canaries()], expected=there, partner="ada"),
        lambda: Noted(partner="ada", at=at, words=canaries()),  # type: ignore[arg-type]
    ):
        _show_nothing([next(_failures(careless))])


def test_no_word_is_shown_by_a_file_that_is_damaged_or_encrypted_under_another_key(tmp_path: Path) -> None:
    """attack 68, attack 81, attack 82."""
    canaries, at = Canaries(Random(7)), evening(0)
    for keys in (None, FolderKeys(tmp_path / "keys")):
        path = tmp_path / f"{keys is None}.db"
        with SQLiteStore(path, keys=keys) as store:
            notes = [Noted(partner="ada", at=at, words=Words(canaries())) for _ in range(3)]
            store.append("us", notes, expected=0, partner="ada")
            with closing(sqlite3.connect(path, isolation_level=None)) as behind:
                behind.execute(
                    "UPDATE events SET body = substr(body, 1, 40) || x'ff' || substr(body, 42) WHERE version = 2"
                )
            said = [*_failures(lambda: store.events("us", partner="ada"))]
            assert "event 2" in said[0]
            _show_nothing(said)
        with SQLiteStore(path, keys=FolderKeys(tmp_path / "others")) as store:
            _show_nothing(_failures(lambda: store.events("us", partner="ada")))
        _show_nothing(_failures(lambda: store.append("us", notes, expected=3, partner="ada")))  # noqa: B023 - it is closed


def test_no_word_is_shown_by_a_full_disk(tmp_path: Path) -> None:
    """attack 62, attack 82."""
    canaries = Canaries(Random(7))
    with SQLiteStore(tmp_path / "us.db") as store:
        store._connection.execute("PRAGMA max_page_count = 12")
        notes = [Noted(partner="ada", at=evening(0), words=Words(canaries() * 100)) for _ in range(30)]
        _show_nothing(_failures(lambda: store.append("us", notes, expected=0, partner="ada")))


def test_whoever_looks_for_canaries_finds_them_in_what_was_logged_raised_or_shown(listener: Listener) -> None:
    def careless(words: Words) -> None:
        try:
            int(words.text)
        except ValueError:
            raise StoreConflictError(words.text, 0, 1) from None

    said = Words(Canaries(Random(7))())
    with pytest.raises(StoreConflictError) as raised:
        careless(said)
    logging.getLogger("anybody").debug("said: %s", said.text)
    found = [[*said_by(raised.value)], listener.heard, [*told([said.text])]]
    assert all(any(MARK in text for text in texts) for texts in found)
