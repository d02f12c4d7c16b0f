"""Files of format 1, as the first release wrote them, are brought to format 2: at once, or not at all."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from little_packs import activity, evening

from intimacy_kit.errors import (
    ErasedError,
    IdempotencyError,
    StoreConflictError,
    StoreCorruptError,
    StoreError,
    StoreKeyError,
)
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, Completed, NoticeRead, Offered
from intimacy_kit.stores import migrating
from intimacy_kit.stores.bodies import write
from intimacy_kit.stores.keys import FolderKeys
from intimacy_kit.stores.sqlite import SQLiteStore

#: What the first release made.
TABLES = """
CREATE TABLE events (
    space TEXT NOT NULL, partner TEXT NOT NULL, version INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (space, partner, version)
) WITHOUT ROWID;
CREATE TABLE appends (
    space TEXT NOT NULL, partner TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (space, partner, key)
) WITHOUT ROWID;
PRAGMA application_id = 1768647028;
PRAGMA user_version = 1;
"""
CUP = activity("cup")
JOINT: list[Any] = [(Offered if n % 2 else Completed).of(CUP, at=evening(n)) for n in range(9)]
OWN: list[Any] = [NoticeRead(partner="a", at=evening(n)) for n in range(3)] + [
    BoundariesChanged(partner="a", at=evening(3), boundaries=Boundaries(depth=3, topics={"money": "ask"}))
]


def keep(connection: sqlite3.Connection, log: tuple[str, str], before: int, events: list[Any], key: str = "") -> None:
    """Append as the first release did."""
    texts = [write(event).text.decode() for event in events]
    rows = [(*log, version, text) for version, text in enumerate(texts, before + 1)]
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
    if key:
        digest = sha256("\n".join(texts).encode()).digest()
        connection.execute("INSERT INTO appends VALUES (?, ?, ?, ?, ?)", (*log, key, before + len(texts), digest))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a file of format 1: joint and private logs of two spaces, with keys of appends of different sizes."""
    with closing(sqlite3.connect(tmp_path / "us.db", isolation_level=None)) as connection:
        connection.executescript(TABLES)
        for space in ("us", "them"):
            keep(connection, (space, ""), 0, [], "none")
            keep(connection, (space, ""), 0, JOINT[:1], "one")
            keep(connection, (space, ""), 1, JOINT[1:5])
            keep(connection, (space, ""), 5, JOINT[5:], "four")
        keep(connection, ("us", "a"), 0, OWN[:3], "three")
        keep(connection, ("us", "a"), 3, OWN[3:])
        keep(connection, ("us", "b"), 0, [], "nothing at all")
    return tmp_path / "us.db"


def check(path: Path) -> None:
    """Check that all that a file of format 1 held is there, and that its keys still are what they were."""
    with SQLiteStore(path) as store:
        assert store.events("us") == store.events("them") == tuple(JOINT)
        assert store.events("us", partner="a") == tuple(OWN)
        assert store.append("us", [], expected=0, key="none") == 0
        assert store.append("us", JOINT[:1], expected=0, key="one") == 1
        assert store.append("us", JOINT[5:], expected=0, key="four") == 9
        assert store.append("us", OWN[:3], expected=0, partner="a", key="three") == 3
        assert store.append("us", [], expected=0, partner="b", key="nothing at all") == 0
        for others in (JOINT[4:5], JOINT[6:], []):
            with pytest.raises(IdempotencyError):
                store.append("us", others, expected=9, key="four")
        with pytest.raises(StoreConflictError):
            store.append("us", JOINT[:1], expected=0, key="new")
        store.check_head("us", store.head("us"))


def test_a_file_of_the_first_release_is_read_and_its_keys_still_are_known(path: Path) -> None:
    check(path)
    check(path)
    with SQLiteStore(path) as store:
        assert store.append("us", JOINT[:1], expected=9) == 10
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (2,)


def test_what_people_wrote_is_encrypted_on_the_way_where_there_are_keys(path: Path, tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path / "keys")
    with SQLiteStore(path, keys=keys) as store:
        assert store.events("us") == tuple(JOINT)
        assert store.events("us", partner="a") == tuple(OWN)
    with SQLiteStore(path) as without:
        assert without.events("us") == tuple(JOINT)
        with pytest.raises(StoreKeyError):
            without.events("us", partner="a")


def test_a_copy_is_made_before_and_goes_when_somebody_is_erased(path: Path) -> None:
    """attack 74, attack 80."""
    before = sqlite3.connect(path).execute("SELECT * FROM events").fetchall()
    copy = path.with_name("us.db.format-1")
    with SQLiteStore(path) as store:
        assert sqlite3.connect(copy).execute("SELECT * FROM events").fetchall() == before
        assert copy.stat().st_mode & 0o077 == 0
        Path(f"{copy}.part").write_bytes(b"half")
        store.erase("us", "a", shared=True)
        assert [found.name for found in path.parent.iterdir()] == ["us.db"]
        assert store.events("us") == tuple(JOINT)
        with pytest.raises(ErasedError):
            store.append("us", OWN[:3], expected=0, partner="a", key="three")


KILLED = """
import os, signal, sys
from intimacy_kit.stores import sqlite
from intimacy_kit.stores.sqlite import SQLiteStore

path, every = sys.argv[1], int(sys.argv[2])
whole, connect = open(path, "rb").read(), sqlite.connect

def open_copy(name, kill_at):
    folder, ran = f"{path}-{name}", []
    os.mkdir(folder)
    with open(f"{folder}/us.db", "wb") as file:
        file.write(whole)

    def noting(statement):
        ran.append(statement)
        if len(ran) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def opened(*given, **named):
        connection = connect(*given, **named)
        connection.set_trace_callback(noting)
        return connection

    sqlite.connect = opened
    SQLiteStore(f"{folder}/us.db").close()
    return len(ran)

many = open_copy("whole", 0)
for number in sorted({*range(1, many, every), many - 1, many}):
    if os.fork() == 0:
        open_copy(number, number)
        os._exit(0)
    print(number, os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no such kill")
def test_whenever_it_is_killed_the_file_is_old_or_new_and_goes_on_when_it_is_opened(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """attack 74: killed at each statement, with ``--full``; at every twentieth without."""
    every = "1" if request.config.getoption("--full") else "20"
    program = [sys.executable, "-c", KILLED, str(path), every]
    said = subprocess.run(program, capture_output=True, text=True, check=True, timeout=300).stdout.split()
    assert {*said[1::2]} == {"-9"}
    assert int(said[-2]) > 60
    formats = set()
    for number in said[::2]:
        file = Path(f"{path}-{number}") / "us.db"
        with closing(sqlite3.connect(file)) as connection:
            formats.add(connection.execute("PRAGMA user_version").fetchone()[0])
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        check(file)
    assert formats == {1, 2}


DAMAGED: dict[str, tuple[str, int]] = {
    "DELETE FROM events WHERE version = 2 AND space = 'us'": ("us", 2),
    "UPDATE events SET version = 11 WHERE version = 9 AND space = 'us'": ("us", 9),
    "UPDATE events SET space = ' us' WHERE version = 1 AND partner = 'a'": ("", 0),
    "UPDATE events SET partner = CAST(x'ff' AS TEXT) WHERE version = 4 AND partner = 'a'": ("", 0),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_of_the_first_release_is_reported_and_left_as_it_is(path: Path, damage: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(StoreCorruptError) as reported:
            SQLiteStore(path)
        assert (reported.value.log, reported.value.version) == DAMAGED[damage]
        assert path.read_bytes() == before


def test_an_event_that_could_not_be_read_before_is_kept_and_reported_when_it_is_read(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE events SET event = 'canary' WHERE version = 2 AND space = 'us' AND partner = ''")
    with SQLiteStore(path) as store:
        with pytest.raises(StoreCorruptError, match=r"holds an event that cannot be read \(log 'us', event 2\)$"):
            store.events("us")
        assert store.events("us", limit=1) == tuple(JOINT[:1])
        assert store.events("us", after=2) == tuple(JOINT[2:])


def test_a_key_whose_events_are_not_found_any_more_is_not_free_either(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE appends SET digest = x'00' WHERE key IN ('one', 'four')")
    with SQLiteStore(path) as store:
        for key, events in (("one", JOINT[:1]), ("one", []), ("four", JOINT[5:]), ("four", JOINT)):
            with pytest.raises(IdempotencyError):
                store.append("us", events, expected=9, key=key)
        assert store.append("us", OWN[:3], expected=0, partner="a", key="three") == 3


def test_a_key_of_more_than_can_be_tried_in_good_time_is_not_free_either(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "_TRIED", 0)
    with SQLiteStore(path) as store:
        assert store.append("us", JOINT[:1], expected=9, key="one") == 1
        with pytest.raises(IdempotencyError):
            store.append("us", JOINT[5:], expected=9, key="four")


@pytest.fixture
def no_room_for_a_copy(path: Path) -> Iterator[None]:
    """Put a folder where the copy would go."""
    (path.parent / "us.db.format-1").mkdir()
    yield
    (path.parent / "us.db.format-1").rmdir()


@pytest.mark.usefixtures("no_room_for_a_copy")
def test_without_a_copy_nothing_is_changed(path: Path) -> None:
    """attack 74."""
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"cannot be copied; check who may write to the folder of the copy$"):
        SQLiteStore(path)
    assert path.read_bytes() == before
    assert not path.with_name("us.db.format-1.part").exists()


def test_two_that_open_it_at_once_bring_it_to_the_new_format_once(path: Path) -> None:
    open_it = "import sys; from intimacy_kit.stores.sqlite import SQLiteStore; SQLiteStore(sys.argv[1]).close()"
    both = [subprocess.Popen([sys.executable, "-c", open_it, str(path)]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    check(path)
