"""What is read from a file that was changed: what was written, or an error that says where, and nothing else."""

import sqlite3
from contextlib import closing
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest
from attrs import evolve
from little_packs import activity, evening

from intimacy_kit.errors import ErasedError, StoreConflictError, StoreCorruptError, StoreKeyError
from intimacy_kit.practice.events import Answer, Completed, Noted, Offered, Revealed
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Part
from intimacy_kit.stores.chains import genesis, head_after
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.stores.statements import END

CUP = activity("cup")
FIRST, SECOND = Offered.of(CUP, at=evening(0)), Completed.of(CUP, at=evening(0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "us.db"


def note(text: str) -> Noted:
    """Return what somebody wrote down for themselves."""
    return Noted(partner="a", at=evening(0), words=Words(text))


def revealed(**said: str) -> Revealed:
    """Return what was revealed, by person."""
    answers = [Answer(who=who, shown="What helped?", words=Words(text)) for who, text in said.items()]
    return Revealed(on=evening(0).date(), activity=CUP.id, answers=answers)


def run_sql(path: Path, *statements: str) -> None:
    """Do something to a file behind the store's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


# Damage


@pytest.mark.parametrize("body", ["'canary'", "x'63616e617279'", "7", "0.5", "x''", "x'00'", "ZEROBLOB(40)"])
@pytest.mark.parametrize("column", ["body", "head"])
def test_an_event_that_was_changed_is_named_by_its_number_and_not_repeated(path: Path, column: str, body: str) -> None:
    """attack 68."""
    with SQLiteStore(path) as store:
        for partner in (None, "a"):
            event: Any = FIRST if partner is None else note("Sugar.")
            store.append_all("us", [Part(events=[event] * 3, expected=0, partner=partner)])
        run_sql(path, f"UPDATE events SET {column} = {body} WHERE version = 2")
        for partner, log in ((None, "us"), ("a", "us/a")):
            with pytest.raises(StoreCorruptError) as refused:
                store.events("us", partner=partner)
            assert (refused.value.log, refused.value.version) == (log, 2)
            assert "canary" not in "".join(format_exception(refused.value))
            assert len(store.events("us", partner=partner, limit=1)) == 1
            assert store.append_all("us", [Part(events=[], expected=3, partner=partner)]) == (3,)


def chained(text: str) -> bytes:
    """Return a body that fits a chain, whatever its text is."""
    return b"\x00" + bytes(16) + text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "canary",
        "[1]",
        '{"event": "canary"}',
        '{"event": "offered", "canary": 1}',
        '{"event": "offered", "apart": 7}',
        '{"event": "offered", "apart": {"a": 7}}',
        '{"event": "offered", "apart": {"a": "canary"}}',
        "[" * 100_000,
        '{"event": ' * 100_000,
        "1" * 5_000,
    ],
)
def test_who_writes_the_file_and_its_chain_makes_it_unreadable_and_no_more(path: Path, text: str) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        body = chained(text)
        head = head_after(genesis("us", None), 1, body[1:])
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("UPDATE events SET head = ?", (head,))
            other.execute("UPDATE events SET body = ? WHERE version = 1", (body,))
        with pytest.raises(StoreCorruptError, match=r"holds an event that cannot be read") as refused:
            store.events("us")
    assert (refused.value.log, refused.value.version) == ("us", 1)
    assert "canary" not in "".join(format_exception(refused.value))


LOST: dict[str, tuple[str, int]] = {
    "DELETE FROM events WHERE partner = '' AND version = 2": ("us", 2),
    f"DELETE FROM events WHERE partner = '' AND version IN (3, {END})": ("us", 0),
    f"DELETE FROM events WHERE partner = '' AND version = {END}": ("us", 0),
    "DELETE FROM events WHERE partner = ''": ("us", 0),
    "DELETE FROM events WHERE partner = '' AND version = 3": ("us", 3),
    "DELETE FROM events WHERE partner = '' AND version < 4": ("us", 1),
    f"UPDATE events SET body = x'07' WHERE version = {END}": ("us", 0),
    f"UPDATE events SET body = x'0000000000000004' WHERE version = {END}": ("us", 4),
    f"UPDATE events SET body = x'0000000000000002' WHERE version = {END}": ("us", 0),
    f"UPDATE events SET head = x'07' WHERE version = {END}": ("us", 0),
    f"UPDATE events SET head = 7 WHERE version = {END}": ("us", 0),
    "UPDATE events SET partner = 'c' WHERE version = 2 AND partner = ''": ("us", 2),
    "UPDATE events SET body = (SELECT body FROM events WHERE version = 1 AND partner = '') WHERE version = 2": (
        "us",
        2,
    ),
    "DELETE FROM words WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET partner = 'c' WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET partner = CAST(x'ff' AS TEXT) WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET version = 2 WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET body = 'canary' WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET body = x'63616e617279' WHERE partner = 'b'": ("us", 3),
    "UPDATE words SET body = (SELECT body FROM words WHERE partner = 'a') WHERE partner = 'b'": ("us", 3),
}


@pytest.mark.parametrize("damage", LOST)
def test_what_was_lost_or_moved_is_reported_and_nothing_goes_on_over_it(path: Path, damage: str) -> None:
    """attack 68, attack 70."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST, SECOND, revealed(a="Salt.", b="Pepper.")], expected=0, key="k")
        store.append("us", [note("Sugar.")], expected=0, partner="a")
        run_sql(path, damage)
        with pytest.raises(StoreCorruptError) as refused:
            store.events("us")
        assert (refused.value.log, refused.value.version) == LOST[damage]
        assert refused.value.reason.startswith(
            ("has lost all it had", "has lost its end", "has another end", "holds ", "lost words")
        )
        for expected in (0, 2, 3):
            with pytest.raises((StoreCorruptError, StoreConflictError)):
                store.append("us", [FIRST, SECOND, revealed(a="Salt.", b="Pepper.")], expected=expected, key="k")
        assert store.events("us", partner="b") == ()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE keys SET key = 'k2' WHERE key = 'k'",
        "UPDATE keys SET trace = x'07'",
        "UPDATE keys SET scope = 'b'",
        "UPDATE keys SET start = start + 1",
        "UPDATE keys SET stop = stop + 1",
        "UPDATE keys SET checksum = x'07'",
        "UPDATE keys SET partner = 7 WHERE partner = 'a'",
        "UPDATE keys SET partner = 'c' WHERE partner = 'a'",
        "UPDATE keys SET partner = CAST(x'e1' AS TEXT) WHERE partner = 'a'",
    ],
)
def test_a_damaged_key_lets_nothing_be_appended_twice(path: Path, damage: str) -> None:
    """attack 66, attack 68: one of the two ways to a key is damaged, as a flipped bit can only damage one."""
    parts = [Part(events=[FIRST], expected=0), Part(events=[note("Sugar.")], expected=0, partner="a")]
    with SQLiteStore(path) as store:
        store.append_all("us", parts, key="k")
        run_sql(path, damage)
        if "key = 'k2'" in damage:
            with pytest.raises(StoreCorruptError):
                store.append_all("us", parts, key="k2")
        with pytest.raises(StoreCorruptError, match=r"has a damaged key of an append"):
            store.append_all("us", [evolve(part, expected=1) for part in parts], key="k")


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("damage", ["UPDATE marks SET mark = x'07'", "UPDATE marks SET proof = x'07'"])
def test_a_damaged_mark_lets_nobody_come_back(path: Path, damage: str, shared: bool) -> None:
    """attack 68, attack 80."""
    with SQLiteStore(path) as store:
        store.append("us", [revealed(a="Salt.", b="Pepper.")], expected=0)
        store.erase("us", "a", shared=shared)
        run_sql(path, damage)
        for partner, event in (("a", note("Again.")), (None, revealed(a="Again.", b="Yes."))):
            with pytest.raises(StoreCorruptError, match=r"has a damaged mark of an erasure") as refused:
                store.append_all("us", [Part(events=[event], expected=int(partner is None), partner=partner)])
            assert refused.value.log == "us/a"
        if shared:
            with pytest.raises(StoreCorruptError, match=r"lost words of an event") as refused:
                store.events("us")
            assert (refused.value.log, refused.value.version) == ("us", 1)
        else:
            assert len(store.events("us")) == 1


def test_words_that_were_lost_are_not_taken_for_erased_ones(path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [revealed(a="Salt.", b="Pepper.")], expected=0)
        store.erase("us", "a", shared=False)
        run_sql(path, "DELETE FROM words WHERE partner = 'a'")
        with pytest.raises(StoreCorruptError, match=r"lost words of an event"):
            store.events("us")


@pytest.mark.parametrize("first", [1, 2])
def test_a_first_byte_that_says_encrypted_is_told_from_what_is_encrypted(path: Path, first: int) -> None:
    """attack 68, attack 81: without keys, the one was changed and the other needs its keys."""
    with SQLiteStore(path) as store:
        store.append("us", [revealed(a="Salt.", b="Pepper.")], expected=0)
        store.append("us", [note("Sugar.")], expected=0, partner="a")
        with closing(sqlite3.connect(path)) as other, other:
            for table in ("events", "words"):
                where = f"partner = 'a' AND version < {END}"
                (body,) = other.execute(f"SELECT body FROM {table} WHERE {where}").fetchone()
                other.execute(f"UPDATE {table} SET body = ? WHERE {where}", (bytes([first]) + body[1:],))
        for log, partner in (("us", None), ("us/a", "a")):
            with pytest.raises(StoreCorruptError) as changed:
                store.events("us", partner=partner)
            assert (changed.value.log, changed.value.version) == (log, 1)
        with closing(sqlite3.connect(path)) as other, other:
            for table in ("events", "words"):
                other.execute(f"UPDATE {table} SET body = ? WHERE {where}", (bytes([first]) + bytes(99),))
        for partner in (None, "a"):
            with pytest.raises(StoreKeyError):
                store.events("us", partner=partner)


def test_what_cannot_be_kept_anew_is_reported(path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [revealed(a="Salt.", b="Pepper.")], expected=0)
        run_sql(path, "UPDATE words SET body = 7")
        for attempt in (lambda: store.erase("us", "a", shared=False), lambda: store.rotate("us", "a")):
            with pytest.raises(StoreCorruptError, match=r"holds something that was changed") as refused:
                attempt()
            assert refused.value.log == "us"
        store.erase("us", "a", shared=True)
        with pytest.raises(ErasedError):
            store.append("us", [note("Again.")], expected=0, partner="a")


@pytest.mark.parametrize(
    "damage",
    [
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -2",
        "PRAGMA application_id = 7",
        "DROP TABLE marks",
        "ALTER TABLE words RENAME COLUMN body TO text",
        "CREATE INDEX mine ON events (space)",
        "CREATE TRIGGER mine AFTER INSERT ON events BEGIN DELETE FROM words; END",
    ],
)
def test_a_file_whose_tables_are_not_the_ones_that_were_made_is_refused_and_left_as_it_is(
    path: Path, damage: str
) -> None:
    """attack 68, attack 70."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    run_sql(path, damage)
    before = path.read_bytes()
    with pytest.raises(StoreCorruptError) as refused:
        SQLiteStore(path)
    assert str(refused.value) == f"store '{path}' is not a database, or is damaged; it was left as it is"
    assert (refused.value.log, refused.value.version, path.read_bytes()) == ("", 0, before)
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_table_of_somebody_else_in_the_file_is_no_damage(path: Path) -> None:
    SQLiteStore(path).close()
    run_sql(path, "CREATE TABLE mine (n)", "ANALYZE")
    with SQLiteStore(path) as store:
        assert store.append("us", [FIRST], expected=0) == 1


def test_a_key_of_events_that_the_log_does_not_reach_any_more_is_reported(path: Path) -> None:
    """attack 69: the log was put back, its keys were not."""
    older = path.with_name("older.db")
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        store.copy_to(older)
        store.append("us", [SECOND], expected=1, key="k")
    run_sql(older, f"ATTACH '{path}' AS newer", "INSERT INTO keys SELECT * FROM newer.keys")
    with SQLiteStore(older) as store:
        with pytest.raises(StoreCorruptError, match=r"lost events that a key of an append belongs to \(log 'us'\)$"):
            store.append("us", [SECOND], expected=1, key="k")
        assert store.events("us") == (FIRST,)


def test_a_file_that_moves_its_pages_is_not_as_it_was_made(path: Path) -> None:
    """attack 68: a flipped bit in the header would have SQLite write over what is there."""
    SQLiteStore(path).close()
    run_sql(path, "PRAGMA auto_vacuum = FULL", "VACUUM")
    with pytest.raises(StoreCorruptError):
        SQLiteStore(path)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM events WHERE version = 3",
        "DELETE FROM events WHERE version < 4",
        f"DELETE FROM events WHERE version = {END}",
        "DELETE FROM events",
        "UPDATE events SET head = x'07' WHERE version = 3",
        f"UPDATE events SET head = x'07' WHERE version = {END}",
        f"UPDATE events SET body = x'0000000000000002' WHERE version = {END}",
    ],
)
def test_nothing_is_appended_behind_an_end_that_was_changed(path: Path, damage: str) -> None:
    """attack 68."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST, SECOND, FIRST], expected=0)
        run_sql(path, damage)
        for expected in (0, 2, 3):
            with pytest.raises(StoreCorruptError) as refused:
                store.append("us", [SECOND], expected=expected)
            assert (refused.value.log, refused.value.version) == ("us", 0)
        with pytest.raises(StoreCorruptError):
            store.head("us")


def test_a_first_byte_that_was_changed_is_reported_in_a_joint_event_too(path: Path) -> None:
    """attack 68."""
    with SQLiteStore(path) as store, closing(sqlite3.connect(path)) as other:
        store.append("us", [FIRST], expected=0)
        with other:
            (body,) = other.execute("SELECT body FROM events WHERE version = 1").fetchone()
            other.execute("UPDATE events SET body = ? WHERE version = 1", (b"\x01" + body[1:],))
        with pytest.raises(StoreCorruptError) as reported:
            store.events("us")
    assert (reported.value.log, reported.value.version) == ("us", 1)


def test_an_event_behind_the_end_is_reported(path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        run_sql(path, "INSERT INTO events SELECT space, partner, 9, head, body FROM events WHERE version = 1")
        for after in (0, 1, 9):
            with pytest.raises(StoreCorruptError, match=r"has another end than it should"):
                store.events("us", after=after)


def test_a_table_whose_name_is_no_text_any_more_is_reported_and_not_repeated(path: Path) -> None:
    """attack 68: SQLite quotes the file then, and Python cannot read what it quotes."""
    SQLiteStore(path).close()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"tableeventsevents", b"table\xceventsevents"))
    with pytest.raises(StoreCorruptError, match=r"is damaged; it was left as it is$"):
        SQLiteStore(path)
