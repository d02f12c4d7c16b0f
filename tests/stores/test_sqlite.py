"""The SQLite store: what a file, a crash, a full disk and other programs do to it."""

import gc
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
from typing import Any

import pytest
from little_packs import activity, evening

from intimacy_kit.errors import InvalidValueError, StoreBusyError, StoreCorruptError, StoreError, StoreVersionError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Answer, BoundariesChanged, Completed, Noted, NoticeRead, Offered, Revealed
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import sqlite as module
from intimacy_kit.stores.files import mended_for_wal
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.sqlite import FORMAT, SQLiteStore
from intimacy_kit.stores.statements import END

APPENDER = Path(__file__).with_name("appender.py")
CUP = activity("cup")
FIRST, SECOND = Offered.of(CUP, at=evening(0)), Completed.of(CUP, at=evening(0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "us.db"


def note(text: str, number: int = 0) -> Noted:
    """Return what somebody wrote down for themselves."""
    return Noted(partner="a", at=evening(number), words=Words(text))


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
    extra = 3  # FULL, and the folder is synced after the journal is gone, which is the commit
    for _ in ("a new file", "an old one"):
        with SQLiteStore(path) as store:
            ask = store._connection.execute
            assert ask("PRAGMA journal_mode").fetchone() == ("delete",)
            assert ask("PRAGMA synchronous").fetchone() == (extra,)
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
    rows = run_sql(
        path, f"SELECT partner, INSTR(body, 'canary') > 0 FROM events WHERE version < {END} ORDER BY partner"
    )
    assert rows == [("", 0), ("a", 1)]
    assert run_sql(path, "SELECT scope, partner, stop FROM keys ORDER BY scope") == [("", "", 1), ("a", "a", 1)]


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
    """attack 70."""
    make(path)
    before = path.read_bytes()
    assert why_not(path) == f"store '{path}' is a database of another program; choose another path"
    assert path.read_bytes() == before


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_file_of_a_later_kit_is_refused_and_left_as_it_is(path: Path, journal: str) -> None:
    """attack 73."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    run_sql(path, f"PRAGMA journal_mode = {journal}", "PRAGMA user_version = 3")
    before = path.read_bytes()
    with pytest.raises(StoreVersionError) as refused:
        SQLiteStore(path)
    assert (refused.value.found, refused.value.supported) == (3, 2)
    assert str(refused.value) == f"store '{path}' is in format 3, this kit reads up to 2; upgrade intimacy-kit"
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary, " * 100, b"SQLite format 3\x00" + b"\xff" * 1000, b"S"])
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
    """attack 62."""
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


@pytest.mark.parametrize("name", ["", "us\0.db", b"us.db"])
def test_what_names_no_file_is_refused(name: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"^'path' must name a file$"):
        SQLiteStore(name)


def test_a_name_that_looks_like_a_uri_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with SQLiteStore("file:us.db?mode=memory") as store:
        store.append("us", [FIRST], expected=0)
    assert [found.name for found in tmp_path.iterdir()] == ["file:us.db?mode=memory"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_a_new_file_is_for_its_owner_alone(path: Path) -> None:
    SQLiteStore(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_must_be_there_and_is_lost_is_reported_and_not_begun_anew(path: Path) -> None:
    """attack 70: what became of a file that was there is not taken for a new one."""
    with pytest.raises(StoreError, match=r"is not there; put a backup in its place$"):
        SQLiteStore(path, must_exist=True)
    assert not path.exists()
    path.write_bytes(b"")
    with pytest.raises(StoreCorruptError, match=r"is empty; put a backup in its place$"):
        SQLiteStore(path, must_exist=True)
    assert path.read_bytes() == b""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    with SQLiteStore(path, must_exist=True) as store:
        assert store.events("us") == (FIRST,)


# Journals


def test_nothing_maps_the_file_and_what_is_erased_is_overwritten(path: Path) -> None:
    """attack 72."""
    with SQLiteStore(path) as store:
        asked = {
            name: store._connection.execute(f"PRAGMA {name}").fetchone() for name in ("mmap_size", "secure_delete")
        }
    assert asked == {"mmap_size": (0,), "secure_delete": (1,)}


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_a_write_ahead_log_is_refused_where_sqlite_may_lose_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], mended: bool
) -> None:
    """attack 71."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert mended_for_wal(version) is mended
    if mended:
        with SQLiteStore(path, journal="wal") as store:
            assert store.append("us", [FIRST], expected=0) == 1
            assert run_sql(path, "PRAGMA journal_mode") == [("wal",)]
    else:
        with pytest.raises(InvalidValueError, match=r"^'journal' must be 'delete' with SQLite .* may lose"):
            SQLiteStore(path, journal="wal")
        assert not path.exists()


def test_there_is_no_other_journal(path: Path) -> None:
    with pytest.raises(InvalidValueError, match=r"^'journal' must be 'delete' or 'wal'$"):
        SQLiteStore(path, journal="off")  # type: ignore[arg-type]


def test_a_file_with_a_write_ahead_log_is_read_when_it_is_opened_without(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "mended_for_wal", lambda _: True)
    with SQLiteStore(path, journal="wal") as store:
        store.append("us", [FIRST], expected=0)
    with SQLiteStore(path) as store:
        assert store.events("us") == (FIRST,)
    assert run_sql(path, "PRAGMA journal_mode") == [("delete",)]


def half_written(path: Path) -> None:
    """Leave a file and its journal as a program leaves them that is killed in the middle of a commit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that pages are written before the commit
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE events SET body = x'00' || ZEROBLOB(300) WHERE partner = 'a'")
        for name in (path, Path(f"{path}-journal")):
            shutil.copyfile(name, f"{name}.copy")
        connection.execute("ROLLBACK")
    for name in (path, Path(f"{path}-journal")):
        Path(f"{name}.copy").replace(name)


def test_a_commit_that_was_cut_off_is_undone(path: Path) -> None:
    """attack 70: the journal is still there."""
    notes = tuple(note("x" * 300, n) for n in range(100))
    with SQLiteStore(path) as store:
        store.append("us", notes, expected=0, partner="a")
    before = path.read_bytes()
    half_written(path)
    assert path.read_bytes() != before
    with SQLiteStore(path) as store:
        assert store.events("us", partner="a") == notes


def test_a_commit_that_was_cut_off_and_lost_its_journal_is_reported(path: Path) -> None:
    """attack 70: somebody deleted the journal."""
    with SQLiteStore(path) as store:
        store.append("us", [note("x" * 300, n) for n in range(100)], expected=0, partner="a")
    half_written(path)
    Path(f"{path}-journal").unlink()
    with SQLiteStore(path) as store, pytest.raises(StoreCorruptError) as reported:
        store.events("us", partner="a")
    assert reported.value.log == "us/a"


def test_a_file_that_was_cut_is_reported_and_left_as_it_is(path: Path) -> None:
    """attack 70."""
    with SQLiteStore(path) as store:
        store.append("us", [note("x" * 300, n) for n in range(100)], expected=0, partner="a")
    whole = path.read_bytes()
    for size in (1, 99, 100, 512, 4095, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(StoreCorruptError) as reported, SQLiteStore(path) as store:
            store.events("us", partner="a")
        assert reported.value.log == ("us/a" if size == len(whole) - 1 else "")
        assert path.read_bytes() == whole[:size]
    path.write_bytes(whole)
    with SQLiteStore(path) as store:
        assert len(store.events("us", partner="a")) == 100


# Others at the same time


def test_a_file_that_is_locked_says_that_it_is_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """attack 64: and trying again with the key is safe."""
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    busy = f"store '{path}' is in use by another program; try again in a moment"
    with SQLiteStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.append("us", [FIRST], expected=0)
        other.execute("BEGIN EXCLUSIVE")
        for attempt in (lambda: store.append("us", [SECOND], expected=1, key="k"), lambda: store.events("us")):
            with pytest.raises(StoreBusyError) as refused:
                attempt()
            assert str(refused.value) == busy
        assert why_not(path) == busy
        other.execute("ROLLBACK")
        assert [store.append("us", [SECOND], expected=1, key="k") for _ in range(2)] == [2, 2]


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


FORK = """
import os, sys
from intimacy_kit.errors import StoreError
from intimacy_kit.stores.sqlite import SQLiteStore
with SQLiteStore(sys.argv[1]) as store:
    if os.fork() == 0:
        try:
            store.events("us")
        except StoreError as error:
            print(error)
        store.close()
        with SQLiteStore(sys.argv[1]) as own:
            print(len(own.events("us")), flush=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), len(store.events("us")))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is nothing to fork here")
def test_a_process_that_was_forked_is_told_to_open_the_file_itself(path: Path) -> None:
    """attack 75."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
    said = subprocess.run(
        [sys.executable, "-c", FORK, str(path)], capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()
    told = f"store '{path}' was opened by the process that this one was forked from; open it again here"
    assert said == [told, "1", "0 1"]


def test_a_forked_process_does_not_close_the_file_of_its_parent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """attack 75."""
    with SQLiteStore(path) as store:
        with monkeypatch.context() as forked:
            forked.setattr(os, "getpid", lambda: 1)
            store.close()
            with pytest.raises(StoreError, match=r"forked from; open it again here$") as refused:
                store.append("us", [FIRST], expected=0)
            assert refused.value.store == str(path)
        assert store.append("us", [FIRST], expected=0) == 1


def test_any_thread_may_use_a_store_that_another_one_opened(path: Path) -> None:
    """attack 75."""
    with SQLiteStore(path) as store, ThreadPoolExecutor(1) as thread:
        assert thread.submit(store.append, "us", [FIRST], expected=0).result() == 1
        assert thread.submit(store.events, "us").result() == store.events("us")


# Copies


def test_a_copy_made_while_others_write_is_whole_and_opens_elsewhere(path: Path, tmp_path: Path) -> None:
    """attack 78."""
    writers = [_start(path, name, 60) for name in ("ada", "ben")]
    with SQLiteStore(path) as store:
        before = 0
        for n in range(5):
            there = len(store.events("us"))
            store.copy_to(tmp_path / f"copy-{n}")
            with SQLiteStore(tmp_path / f"copy-{n}", must_exist=True) as copy:
                copied = copy.events("us")
                assert before <= there <= len(copied)
                assert store.events("us")[: len(copied)] == copied
                store.check_head("us", copy.head("us"))
                copy.append("us", [SECOND], expected=len(copied))
            before = there
        assert [len(process.communicate(timeout=60)[0].split()) for process in writers] == [60, 60]
        assert len(store.events("us")) == 120


def test_an_older_copy_that_was_put_in_place_is_told_by_a_head_that_was_kept(path: Path, tmp_path: Path) -> None:
    """attack 69."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        store.copy_to(tmp_path / "old")
        store.append("us", [SECOND], expected=1)
        head = store.head("us")
    shutil.copyfile(tmp_path / "old", path)
    with SQLiteStore(path) as store:
        for _ in ("as it was", "when it went on"):
            with pytest.raises(StoreCorruptError, match=r"an older copy was put in place"):
                store.check_head("us", head)
            store.append("us", [FIRST], expected=len(store.events("us")))


def test_a_copy_goes_over_nothing_and_leaves_nothing_half_done(path: Path, tmp_path: Path) -> None:
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        before = path.read_bytes()
        with pytest.raises(StoreError, match=r"cannot be copied over something that is there; choose another path$"):
            store.copy_to(path)
        with pytest.raises(StoreError, match=r"cannot be copied; check who may write to the folder of the copy$"):
            store.copy_to(tmp_path / "nowhere" / "copy")
        assert store.append("us", [SECOND], expected=1) == 2
    assert [found.name for found in tmp_path.iterdir()] == ["us.db"]
    assert path.read_bytes() != before


def test_a_copy_of_a_file_that_is_locked_is_given_up(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    with SQLiteStore(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        store.append("us", [FIRST], expected=0)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusyError, match=r"is in use by another program; try again in a moment$"):
            store.copy_to(tmp_path / "copy")
        assert [found.name for found in tmp_path.iterdir() if "journal" not in found.name] == ["us.db"]
        other.execute("ROLLBACK")
        store.copy_to(tmp_path / "copy")
    with SQLiteStore(tmp_path / "copy") as copy:
        assert copy.events("us") == (FIRST,)


def test_a_copy_is_made_where_no_folder_can_be_opened(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_on_windows(where: Any, *rest: Any) -> int:
        if os.path.isdir(where):  # noqa: PTH112
            raise PermissionError
        return opened(where, *rest)

    opened = os.open
    monkeypatch.setattr(os, "open", as_on_windows)
    with SQLiteStore(path) as store:
        store.copy_to(tmp_path / "copy")
    assert (tmp_path / "copy").exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
def test_a_copy_is_for_its_owner_alone(path: Path, tmp_path: Path) -> None:
    with SQLiteStore(path) as store:
        store.copy_to(tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


# Erasing


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_of_who_was_erased_no_byte_is_left_in_any_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, journal: Any
) -> None:
    """attack 80: written, overwritten by nothing, moved about by many appends, and then searched for."""
    monkeypatch.setattr(module, "mended_for_wal", lambda _: True)
    with SQLiteStore(path, journal=journal) as store:
        for n in range(60):
            store.append("us", [note(f"canary-a-{n} " * 40, n)], expected=n, partner="a", key=f"k{n}")
            store.append(
                "us", [Noted(partner="b", at=evening(n), words=Words(f"stays-{n} " * 20))], expected=n, partner="b"
            )
            answers = [Answer(who=who, shown="Tea?", words=Words(f"canary-{who}-{n}")) for who in ("a", "b")]
            store.append("us", [Revealed(on=evening(n).date(), activity=CUP.id, answers=answers)], expected=n)
        there = b"".join(found.read_bytes() for found in path.parent.iterdir())
        assert there.count(b"canary-a-") >= 60
        store.erase("us", "a", shared=True)
        assert path.stat().st_size < 0.7 * len(there)
        assert run_sql(path, "PRAGMA freelist_count") == [(0,)]
        left = b"".join(found.read_bytes() for found in path.parent.iterdir())
        assert left.count(b"canary-a-") == 0
        assert left.count(b"canary-b-") == 60
        assert len(store.events("us", partner="b")) == 60


def test_an_erasure_that_somebody_who_reads_keeps_waiting_says_so_and_is_done_the_next_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BUSY_SECONDS", 0.05)
    monkeypatch.setattr(module, "mended_for_wal", lambda _: True)
    with (
        SQLiteStore(path, journal="wal") as store,
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
    ):
        store.append("us", [note("canary")], expected=0, partner="a")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        with pytest.raises(StoreBusyError, match=r"erase again in a moment$|in use by another program"):
            store.erase("us", "a", shared=True)
        reader.execute("COMMIT")
        store.erase("us", "a", shared=True)
        assert all(b"canary" not in found.read_bytes() for found in path.parent.iterdir())


def _start(path: Path, name: str, count: int, batch: int = 1) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(APPENDER), str(path), name, str(count), str(batch)], stdout=subprocess.PIPE
    )


def test_two_processes_that_retry_leave_no_gap_and_no_double(path: Path) -> None:
    """attack 65."""
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
    """attack 60."""
    batch, acknowledged, survived = 5, 0, []
    for time in range(8):
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
    assert len(set(survived)) == 8


def test_a_full_disk_keeps_what_was_there_and_the_store_goes_on_when_there_is_space(path: Path) -> None:
    """attack 62, attack 63: SQLite has rolled back by itself then."""
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


@pytest.mark.skipif(os.name == "nt", reason="there is no such limit")
@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_a_disk_that_reports_an_error_keeps_what_was_there(path: Path, room: int) -> None:
    """attack 62: the file may not grow further than that, which the system reports as an error of the disk."""
    import resource  # noqa: PLC0415 - not on Windows

    many = [note("x" * 1000, n) for n in range(60)]
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, before[1]))
        try:
            with pytest.raises(StoreError, match=r"the disk reports an error; nothing was kept$|the disk is full"):
                store.append("us", many, expected=0, partner="a", key="k1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert (store.events("us"), store.events("us", partner="a")) == ((FIRST,), ())
        assert store.append("us", many, expected=0, partner="a", key="k1") == 60


class Failing:
    """A connection that fails at one statement, as a disk or a network share does."""

    def __init__(self, connection: sqlite3.Connection, at: str, code: int) -> None:
        self._connection, self._at, self._code = connection, at, code

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        if statement.startswith(self._at):
            error = sqlite3.OperationalError("canary")
            error.sqlite_errorcode = self._code
            raise error
        return self._connection.execute(statement, *parameters)


@pytest.mark.parametrize("at", ["BEGIN", "SELECT", "INSERT", "COMMIT"])
@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (sqlite3.SQLITE_IOERR_FSYNC, StoreError, "cannot be read or written: the disk reports an error"),
        (sqlite3.SQLITE_FULL, StoreError, "the disk is full"),
        (sqlite3.SQLITE_READONLY_DBMOVED, StoreError, "cannot be written"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, StoreError, "cannot be opened"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusyError, "in use by another program"),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreCorruptError, "is damaged"),
        (sqlite3.SQLITE_ERROR, StoreCorruptError, "is damaged"),
    ],
)
def test_whatever_fails_in_the_middle_nothing_is_kept_and_the_store_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, at: str, code: int, kind: type[StoreError], said: str
) -> None:
    """attack 62, attack 63."""
    with SQLiteStore(path) as store:
        store.append("us", [FIRST], expected=0)
        with monkeypatch.context() as patch:
            patch.setattr(store, "_connection", Failing(store._connection, at, code))
            with pytest.raises(kind, match=said) as failed:
                store.append("us", [SECOND], expected=1, key="k1")
        assert "canary" not in "".join(format_exception(failed.value))
        assert failed.value.store == str(path)
        assert not store._connection.in_transaction
        assert store.events("us") == (FIRST,)
        assert store.append("us", [SECOND], expected=1, key="k1") == 2


def test_a_store_in_memory_that_nobody_has_any_more_is_closed() -> None:
    store = MemoryStore()
    connection = store._connection
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
