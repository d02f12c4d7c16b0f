"""Stores with keys: what their files show, what another key reads, and what stays of somebody who was erased."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from awaiting import Awaiting
from little_packs import activity, evening
from postgres import new_place, server

from intimacy_kit.errors import IdempotencyError, InvalidValueError, StoreCorruptError, StoreKeyError
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import Answer, BoundariesChanged, Noted, Offered, Revealed
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Part
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.postgres import AsyncPostgresStore, PostgresStore
from intimacy_kit.stores.sqlite import AsyncSQLiteStore, SQLiteStore

CUP = activity("cup")
OFFERED = Offered.of(CUP, at=evening(0))
#: What stands in private events, besides words.
PRIVATE = [b"boundaries", b"money", b"noted", b"tea/canary"]


class InAFile:
    """A store in a file, and what can be done to it behind its back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "us.db"

    def open(self, keys: Any) -> Any:
        return SQLiteStore(self.path, keys=keys)

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(statement).fetchall()

    def rows(self) -> bytes:
        return self.files()

    def files(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.path.parent.glob("us.db*"))


class InAFileAwaited(InAFile):
    """The same, awaited."""

    def open(self, keys: Any) -> Any:
        return Awaiting(AsyncSQLiteStore(self.path, keys=keys))


class InADatabase:
    """A store in PostgreSQL, and what can be done to it behind its back."""

    def __init__(self, _: Path) -> None:
        self.place = new_place()

    def open(self, keys: Any) -> Any:
        return PostgresStore(**self.place, keys=keys)

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        return server().run(statement, schema=self.place["schema"])

    def rows(self) -> bytes:
        tables = self.run(f"SELECT tablename FROM pg_tables WHERE schemaname = '{self.place['schema']}'")
        values = [value for (table,) in tables for row in self.run(f"SELECT * FROM {table}") for value in row]
        return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)

    def files(self) -> bytes:
        server().run("CHECKPOINT")
        return b"".join(path.read_bytes() for path in server().folder.rglob("*") if path.is_file())


class InADatabaseAwaited(InADatabase):
    """The same, awaited."""

    def open(self, keys: Any) -> Any:
        return Awaiting(AsyncPostgresStore(**self.place, keys=keys))


@pytest.fixture(params=[InAFile, InAFileAwaited, InADatabase, InADatabaseAwaited])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return request.param(tmp_path)


class Told:
    """What both revealed, what each keeps to themselves, and what Ada refuses; in words that were never told before."""

    def __init__(self) -> None:
        self.token = f"canary{secrets.token_hex(8)}"
        self.notes = [self.note("ada", n) for n in range(3)]
        refused = Boundaries(depth=3, topics={"money": "yes"}, declined={f"tea/{self.token}": ALWAYS})
        self.ada = (*self.notes, BoundariesChanged(partner="ada", at=evening(0), boundaries=refused))
        self.ben = (self.note("ben", 0),)
        answers = [Answer(who=who, shown="Tea?", words=Words(f"{self.token} of {who}")) for who in ("ada", "ben")]
        self.joint = (OFFERED, Revealed(on=evening(0).date(), activity=CUP.id, answers=answers))

    def note(self, partner: str, number: int) -> Noted:
        return Noted(partner=partner, at=evening(number), words=Words(f"{self.token} {partner} {number}"))

    def write(self, store: Any) -> None:
        parts = [
            Part(events=self.joint, expected=0),
            Part(events=self.ada, expected=0, partner="ada"),
            Part(events=self.ben, expected=0, partner="ben"),
        ]
        assert store.append_all("us", parts, key="k1") == (2, 4, 1)

    def check(self, store: Any) -> None:
        """Check that everything reads as it was written."""
        assert store.events("us") == self.joint
        assert store.events("us", partner="ada") == self.ada
        assert store.events("us", partner="ben") == self.ben


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def keys(tmp_path: Path) -> FolderKeys:
    return FolderKeys(tmp_path / "keys")


@pytest.fixture
def begun(kept: Any, keys: FolderKeys, told: Told) -> Iterator[Any]:
    with kept.open(keys) as store:
        told.write(store)
        yield store


class Failing:
    """Keys whose service goes away after so many questions."""

    def __init__(self, keys: FolderKeys, questions: int) -> None:
        self.keys, self.left = keys, questions

    def __getattr__(self, name: str) -> Any:
        if self.left == 0:
            raise TimeoutError("the key service is away")
        self.left -= 1
        return getattr(self.keys, name)


# Reading


def test_everything_reads_as_it_was_written(begun: Any, kept: Any, keys: FolderKeys, told: Told) -> None:
    told.check(begun)
    with kept.open(keys) as again:
        told.check(again)


def test_a_retry_gives_the_first_answer_and_another_body_is_refused(begun: Any, told: Told) -> None:
    """attack 66."""
    told.write(begun)
    assert begun.append("us", told.notes[:1], expected=4, partner="ada", key="k2") == 5
    assert begun.append("us", told.notes[:1], expected=4, partner="ada", key="k2") == 5
    with pytest.raises(IdempotencyError):
        begun.append("us", told.notes[1:2], expected=4, partner="ada", key="k2")


@pytest.mark.parametrize("encrypted", [True, False])
def test_no_row_and_no_file_shows_words_or_boundaries(kept: Any, keys: FolderKeys, told: Told, encrypted: bool) -> None:
    """attack 80, attack 82; a store without keys shows them all, or nothing would be proved."""
    with kept.open(keys if encrypted else None) as store:
        told.write(store)
        rows, files = kept.rows(), kept.files()
    assert [word for word in PRIVATE if (word in rows) == encrypted] == []
    assert (told.token.encode() in rows) != encrypted
    assert (told.token.encode() in files) != encrypted


@pytest.mark.parametrize("wrong", ["none", "others", "lost"])
def test_without_the_right_key_nothing_of_a_person_is_read_and_nothing_is_changed(
    begun: Any, kept: Any, told: Told, tmp_path: Path, wrong: str
) -> None:
    """attack 81."""
    begun.append("alone", [OFFERED], expected=0)
    others = FolderKeys(tmp_path / "others")
    for who in ("ada", "ben"):
        others.current("us", who)
    with kept.open({"none": None, "others": others, "lost": FolderKeys(tmp_path / "lost")}[wrong]) as store:
        for partner in ("ada", "ben", None):
            with pytest.raises(StoreKeyError) as refused:
                store.events("us", partner=partner)
            assert told.token not in str(refused.value)
        assert store.events("alone") == (OFFERED,)
        with pytest.raises(StoreKeyError):
            told.write(store)
    told.check(begun)


def test_one_lost_key_does_not_lock_what_others_keep_to_themselves(begun: Any, keys: FolderKeys, told: Told) -> None:
    """attack 81."""
    keys.destroy("us", "ada")
    assert begun.events("us", partner="ben") == told.ben
    for partner in ("ada", None):
        with pytest.raises(StoreKeyError):
            begun.events("us", partner=partner)


ADAS = "(SELECT e.{} FROM events e WHERE e.partner = 'ada' AND e.version = 1)"
BODY, HEAD = ADAS.format("body"), ADAS.format("head")
BENS_WORDS = "(SELECT w.body FROM words w WHERE w.partner = 'ben')"
PASTED = {
    "a row of ada's in ben's log": (
        f"UPDATE events SET body = {BODY} WHERE partner = 'ben' AND version = 1",
        ("ben", "us/ben", 1),
    ),
    "a row with its head": (
        f"UPDATE events SET body = {BODY}, head = {HEAD} WHERE partner = 'ben' AND version = 1",
        ("ben", "us/ben", 1),
    ),
    "an earlier row in place of a later one": (
        f"UPDATE events SET body = {BODY} WHERE partner = 'ada' AND version = 3",
        ("ada", "us/ada", 3),
    ),
    "words of ben's as ada's": (f"UPDATE words SET body = {BENS_WORDS} WHERE partner = 'ada'", (None, "us", 2)),
    "a private event as words": (f"UPDATE words SET body = {BODY} WHERE partner = 'ada'", (None, "us", 2)),
}


@pytest.mark.parametrize("paste", PASTED)
def test_what_was_pasted_from_elsewhere_is_not_believed(begun: Any, kept: Any, told: Told, paste: str) -> None:
    """attack 81: one person's ciphertext in another's row."""
    statement, (partner, log, version) = PASTED[paste]
    kept.run(statement)
    with pytest.raises(StoreCorruptError) as noticed:
        begun.events("us", partner=partner)
    assert (noticed.value.log, noticed.value.version) == (log, version)
    assert told.token not in str(noticed.value)


# Other keys


def many(told: Told) -> list[Noted]:
    """Return more notes than are kept anew at once."""
    return [told.note("ada", number) for number in range(250)]


def test_a_rotation_that_is_interrupted_anywhere_leaves_everything_readable_and_goes_on(
    begun: Any, kept: Any, keys: FolderKeys, told: Told
) -> None:
    """attack 81: rotated half-way."""
    begun.append("us", many(told), expected=4, partner="ada", key="k2")
    heads = begun.head("us"), begun.head("us", partner="ada")
    keys.renew("us", "ada")
    for questions in (0, 1, 100, 650, 300):
        with kept.open(Failing(keys, questions)) as failing, pytest.raises(TimeoutError):
            failing.rotate("us", "ada")
        assert begun.events("us", partner="ada") == (*told.ada, *many(told))
        assert begun.events("us") == told.joint
    begun.append("us", [told.note("ada", 7)], expected=254, partner="ada")
    begun.rotate("us", "ada")
    keys.forget("us", "ada")
    assert begun.events("us", partner="ada") == (*told.ada, *many(told), told.note("ada", 7))
    assert begun.events("us") == told.joint
    begun.check_head("us", heads[0])
    begun.check_head("us", heads[1], partner="ada")
    assert begun.append("us", many(told), expected=4, partner="ada", key="k2") == 254


def test_a_rotation_that_was_through_changes_nothing(begun: Any, kept: Any) -> None:
    begun.rotate("us", "ada")
    before = kept.run("SELECT body FROM events ORDER BY partner, version")
    begun.rotate("us", "ada")
    begun.rotate("us", "nobody")
    with pytest.raises(InvalidValueError, match="'partner' must be an id"):
        begun.rotate("us", " ")
    assert kept.run("SELECT body FROM events ORDER BY partner, version") == before


def test_a_store_that_was_begun_without_keys_is_encrypted_by_a_rotation(
    kept: Any, keys: FolderKeys, told: Told
) -> None:
    with kept.open(None) as store:
        told.write(store)
    with kept.open(keys) as store:
        told.check(store)
        assert told.token.encode() in kept.rows()
        for who in ("ada", "ben"):
            store.rotate("us", who)
        assert told.token.encode() not in kept.rows()
        told.check(store)


# Erasing


@pytest.mark.parametrize("shared", [True, False])
def test_who_is_erased_leaves_no_key_and_no_word_but_what_they_left_to_the_others(
    begun: Any, kept: Any, keys: FolderKeys, told: Told, shared: bool
) -> None:
    """attack 80, attack 100."""
    _, key = keys.current("us", "ada")
    left = None if shared else Words(f"{told.token} of ada")
    for _ in range(2):
        begun.erase("us", "ada", shared=shared)
        assert keys.key("us", "ada", "1") is None
        assert begun.events("us", partner="ada") == ()
        assert [answer.words for answer in begun.events("us")[1].answers] == [left, Words(f"{told.token} of ben")]
    assert begun.events("us", partner="ben") == told.ben
    assert kept.run("SELECT COUNT(*) FROM events WHERE partner = 'ada'") == [(0,)]
    assert told.token.encode() not in kept.rows() + kept.files()
    begun.rotate("us", "ada")
    assert [*keys._folder.rglob("*.key")] != []
    assert key not in b"".join(path.read_bytes() for path in keys._folder.rglob("*.key"))
    assert keys._numbers("us", "ada") == []


def test_when_nobody_is_left_to_keep_them_the_key_of_words_that_were_handed_over_goes_too(
    begun: Any, keys: FolderKeys
) -> None:
    """attack 80: a backup would hold the words still."""
    for who in ("ada", "ben"):
        begun.erase("us", who, shared=False)
    assert keys._numbers("us", None) == [1]
    begun.erase("us", "ada", shared=True)
    assert keys._numbers("us", None) == [1]
    begun.erase("us", "ben", shared=True)
    assert [*keys._folder.rglob("*.key")] == []


def test_a_key_service_that_is_away_when_somebody_is_erased_is_asked_again(
    begun: Any, kept: Any, keys: FolderKeys
) -> None:
    """attack 80: the rows are gone, and the next call destroys the keys."""
    with kept.open(Failing(keys, 0)) as failing, pytest.raises(TimeoutError):
        failing.erase("us", "ada", shared=True)
    assert keys.key("us", "ada", "1") is not None
    assert begun.events("us", partner="ada") == ()
    begun.erase("us", "ada", shared=True)
    assert keys.key("us", "ada", "1") is None


def test_a_backup_from_before_shows_nothing_of_who_was_erased_since(
    tmp_path: Path, keys: FolderKeys, told: Told
) -> None:
    """attack 80: whatever copies there are, the key that opened them is gone."""
    kept = InAFile(tmp_path)
    with kept.open(keys) as store:
        told.write(store)
        shutil.copy(kept.path, tmp_path / "backup.db")
        store.erase("us", "ada", shared=False)
    with SQLiteStore(tmp_path / "backup.db", keys=keys) as backup:
        assert backup.events("us", partner="ben") == told.ben
        with pytest.raises(StoreKeyError):
            backup.events("us", partner="ada")
    assert told.token.encode() not in (tmp_path / "backup.db").read_bytes()
