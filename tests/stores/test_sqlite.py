"""The SQLite store: what a file, a crash, a full disk and other programs do to it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from time import sleep
from traceback import format_exception

import pytest
from little_packs import activity, evening

from intimacy_kit.errors import StoreError, StoreVersionError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, Completed, NoticeRead, Offered
from intimacy_kit.stores import sqlite as module
from intimacy_kit.stores.sqlite import FORMAT, SQLiteStore

APPENDER = Path(__file__).with_name("appender.py")
CUP = activity("cup")
FIRST, SECOND = Offered.of(CUP, at=evening(0)), Completed.of(CUP, at=evening(0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "us.db"


def run_sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Do something to a file behind the store's back; return what the last statement gives."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def why_not(path: Path) -> str:
    """Return what is said about a file that cannot be opened."""
    with pytest.raises(StoreError) as refused:
        SQLiteStore(path)
    return str(refused.value)


# Files


def test_what_was_written_is_there_when_the_file_is_opened_again(path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0, key="k1")
        store.append("us", [NoticeRead(partner="a", at=evening(0))], expected=0, partner="a")
    with SQLiteStore(str(path)) as store:
        assert store.events("us") == (FIRST,)
        assert store.events("us", partner="a") == (NoticeRead(partner="a", at=evening(0)),)
        assert store.append("us", [FIRST], expected=0, key="k1") == 1
        assert store.append("us", [SECOND], expected=1) == 2


def test_two_stores_on_one_file_see_each_others_events(path: Path) -> None:
    with SQLiteStore(path) as one, SQLiteStore(path) as other:
        one.append("us", [FIRST], expected=0)
        assert other.append("us", [SECOND], expected=1) == 2
        assert one.events("us") == (FIRST, SECOND)


def test_the_rollback_journal_and_full_synchronisation_are_in_force(path: Path) -> None:
    full = 2
    for _ in ("a new file", "an old one"):
        with SQLiteStore(path) as store:
            ask = store._connection.execute
            assert ask("PRAGMA journal_mode").fetchone() == ("delete",)
            assert ask("PRAGMA synchronous").fetchone() == (full,)
    run_sql(path, "PRAGMA journal_mode = WAL")
    SQLiteStore(path).close()
    assert run_sql(path, "PRAGMA journal_mode") == [("delete",)]


def test_no_private_event_stands_in_the_joint_log_of_the_file(path: Path) -> None:
    canary = BoundariesChanged(
        partner="a", at=evening(0), boundaries=Boundaries(declined={"tea/canary": evening(9).date()})
    )
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0, key="k")
        store.append("us", [canary], expected=0, partner="a", key="k")
    rows = run_sql(path, "SELECT partner, event LIKE '%canary%', event LIKE '%partner%' FROM events ORDER BY partner")
    assert rows == [("", 0, 0), ("a", 1, 1)]
    assert run_sql(path, "SELECT partner, version FROM appends ORDER BY partner") == [("", 1), ("a", 1)]


def test_an_empty_file_is_begun(path: Path) -> None:
    path.write_bytes(b"")
    with SQLiteStore(path) as store:
        assert store.append("us", [FIRST], expected=0) == 1


OTHERS: dict[str, Callable[[Path], object]] = {
    "tables of its own": lambda path: run_sql(path, "CREATE TABLE people (name TEXT)"),
    "a version like ours": lambda path: run_sql(path, "CREATE TABLE events (e)", f"PRAGMA user_version = {FORMAT}"),
    "a later version": lambda path: run_sql(path, "CREATE TABLE events (e)", "PRAGMA user_version = 99"),
    "an application id": lambda path: run_sql(path, "PRAGMA application_id = 7"),
    "a write-ahead log": lambda path: run_sql(path, "PRAGMA journal_mode = WAL", "CREATE TABLE people (name TEXT)"),
}


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path, make: Callable[[Path], object]) -> None:
    make(path)
    before = path.read_bytes()
    assert why_not(path) == f"store '{path}' is a database of another program; choose another path"
    assert path.read_bytes() == before


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_file_of_a_later_kit_is_refused_and_left_as_it_is(path: Path, journal: str) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    run_sql(path, f"PRAGMA journal_mode = {journal}", "PRAGMA user_version = 2")
    before = path.read_bytes()
    with pytest.raises(StoreVersionError) as refused:
        SQLiteStore(path)
    assert (refused.value.found, refused.value.supported) == (2, 1)
    assert str(refused.value) == f"store '{path}' is in format 2, this kit reads up to 1; upgrade intimacy-kit"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary, " * 100, b"SQLite format 3\x00" + b"\xff" * 1000])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert why_not(path) == f"store '{path}' is not a database, or is damaged; it was left as it is"
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "us.db"
    assert why_not(path) == f"store '{path}' cannot be opened; check that its folder exists"


def test_a_closed_store_says_so_and_closing_twice_is_harmless(path: Path) -> None:
    store = SQLiteStore(path)
    store.close()
    store.close()
    said = f"^store '{path}' is closed, or cannot be used in this state$".replace("\\", "\\\\")
    with pytest.raises(StoreError, match=said):
        store.append("us", [FIRST], expected=0)
    with pytest.raises(StoreError, match=said):
        store.events("us")


TRY_TO_WRITE = """
import os, sys
from datetime import UTC, datetime
from intimacy_kit.errors import StoreError
from intimacy_kit.practice.events import JourneyChosen
from intimacy_kit.stores.sqlite import SQLiteStore
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.setuid(65534)  # nobody: root may write everywhere
try:
    with SQLiteStore(sys.argv[1]) as store:
        print(len(store.events("us")), "there")
        store.append("us", [JourneyChosen(at=datetime(2026, 11, 23, tzinfo=UTC))], expected=1)
except StoreError as error:
    print(error)
"""


@pytest.fixture
def folder_for_anybody() -> Iterator[Path]:
    """A folder that somebody else may look into; those of pytest are closed to others."""
    folder = Path(mkdtemp(prefix="intimacy-kit-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def try_to_write(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", TRY_TO_WRITE, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


def test_a_file_that_may_only_be_read_is_read_and_says_why_it_is_not_written(folder_for_anybody: Path) -> None:
    path = folder_for_anybody / "us.db"
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    path.chmod(0o444)
    before = path.read_bytes()
    why = f"store '{path}' cannot be written; check who may write to the file and its folder"
    assert try_to_write(path) == ["1 there", why]
    assert path.read_bytes() == before


def test_a_file_that_became_read_only_while_it_was_open_says_so_and_keeps_what_it_has(path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match=r"cannot be written; check who may write to the file and its folder$"):
            store.append("us", [SECOND], expected=1)
        assert store.events("us") == (FIRST,)
        store._connection.execute("PRAGMA query_only = OFF")
        assert store.append("us", [SECOND], expected=1) == 2


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be closed to writing there by their mode")
def test_a_folder_that_may_only_be_read_says_why_nothing_is_begun(folder_for_anybody: Path) -> None:
    folder_for_anybody.chmod(0o555)
    path = folder_for_anybody / "us.db"
    assert try_to_write(path) == [f"store '{path}' cannot be opened; check that its folder exists"]


# Others at the same time


def test_a_file_that_is_locked_says_that_it_is_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    busy = f"store '{path}' is in use by another program; try again in a moment"
    with SQLiteStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.append("us", [FIRST], expected=0)
        other.execute("BEGIN EXCLUSIVE")
        for attempt in (lambda: store.append("us", [SECOND], expected=1), lambda: store.events("us")):
            with pytest.raises(StoreError) as refused:
                attempt()
            assert str(refused.value) == busy
        assert why_not(path) == busy
        other.execute("ROLLBACK")
        assert store.append("us", [SECOND], expected=1) == 2


def test_a_reader_that_stays_keeps_an_append_from_being_half_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    with SQLiteStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        store.append("us", [FIRST], expected=0)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        with pytest.raises(StoreError, match="is in use by another program"):
            store.append("us", [SECOND], expected=1, key="k1")
        reader.execute("COMMIT")
        assert store.events("us") == (FIRST,)
        assert store.append("us", [SECOND], expected=1, key="k1") == 2


def test_a_file_that_another_process_begins_at_the_same_time_is_begun_once(path: Path) -> None:
    many = [_start(path, f"p{n}", 1) for n in range(4)]
    assert [process.communicate(timeout=60)[0] for process in many] == [b"1\n"] * 4
    with SQLiteStore(path) as store:
        assert sorted(event.activity for event in store.events("us")) == [f"p{n}/n-1" for n in range(4)]


def test_a_file_that_another_thread_begins_at_the_same_time_is_begun_once(path: Path) -> None:
    def open_and_close(_: int) -> None:
        SQLiteStore(path).close()

    with closing(sqlite3.connect(path, isolation_level=None)) as slow, ThreadPoolExecutor(2) as threads:
        slow.execute("BEGIN IMMEDIATE")  # both find an empty file, and wait until they may begin it
        both = threads.map(open_and_close, range(2))
        sleep(0.5)
        slow.execute("ROLLBACK")
        assert [*both] == [None, None]
    with SQLiteStore(path) as store:
        assert store.append("us", [FIRST], expected=0) == 1


def _start(path: Path, name: str, count: int, batch: int = 1) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(APPENDER), str(path), name, str(count), str(batch)], stdout=subprocess.PIPE
    )


def test_two_processes_that_retry_leave_no_gap_and_no_double(path: Path) -> None:
    both = [_start(path, name, 100) for name in ("ada", "ben")]
    said = [process.communicate(timeout=60)[0].split() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert [len(acknowledged) for acknowledged in said] == [100, 100]
    with SQLiteStore(path) as store:
        log = [event.activity for event in store.events("us")]
    assert len(log) == 200
    for name in ("ada", "ben"):
        assert [one for one in log if one.startswith(name)] == [f"{name}/n-{n}" for n in range(1, 101)]


# Crashes


def test_what_was_acknowledged_outlives_kill_9_in_order_and_once(path: Path) -> None:
    batch, acknowledged, survived = 5, 0, []
    for time in range(20):
        process = _start(path, "us", 0, batch)
        assert process.stdout
        for _ in range(1 + time % 4):
            process.stdout.readline()
        process.kill()
        rest = process.communicate()[0].split(b"\n")
        acknowledged += (1 + time % 4) * batch + (len(rest) - 1) * batch
        with SQLiteStore(path) as store:
            log = [event.activity for event in store.events("us")]
        assert log == [f"us/n-{n}" for n in range(1, len(log) + 1)]
        assert len(log) % batch == 0
        assert acknowledged <= len(log) <= acknowledged + batch
        acknowledged = len(log)
        survived.append(len(log))
    assert len(set(survived)) == 20


def test_a_full_disk_keeps_what_was_there_and_the_store_goes_on_when_there_is_space(path: Path) -> None:
    many = [Offered.of(activity(f"cup-{n}"), at=evening(n)) for n in range(1000)]
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        for _ in range(2):
            with pytest.raises(StoreError) as full:
                store.append("us", many, expected=1, key="k1")
            assert str(full.value) == (
                f"store '{path}' cannot grow: the disk is full; nothing was kept, free some space and try again"
            )
        assert store.events("us") == (FIRST,)
        store._connection.execute("PRAGMA max_page_count = 1000000")
        assert store.append("us", many, expected=1, key="k1") == 1001
    with SQLiteStore(path) as store:
        assert store.events("us") == (FIRST, *many)


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        """'{"event": "canary"}'""",
        """'{"event": "offered", "canary": 1}'""",
        "'canary'",
        "CAST(x'63616e617279ff' AS TEXT)",
        "x'63616e617279ff'",
        "7",
    ],
)
def test_an_event_that_cannot_be_read_is_named_by_its_number_and_not_repeated(path: Path, damage: str) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [NoticeRead(partner="a", at=evening(n)) for n in range(3)], expected=0, partner="a")
        run_sql(path, f"UPDATE events SET event = {damage} WHERE version = 2")
        with pytest.raises(StoreError) as refused:
            store.events("us", partner="a")
    assert str(refused.value) == f"store '{path}' holds an event that cannot be read: number 2 of 'us/a'"
    assert "canary" not in "".join(format_exception(refused.value))
