"""Two writers are killed again and again, in the middle of whatever they do; nothing acknowledged is lost.

300 times with every run of the suite, and 10,000 times in each journal mode with one command, which takes about a
quarter of an hour: ``uv run pytest --no-cov tests/durability/test_kills.py --full``. Half of them on the disk, where
most of the time goes by in the middle of a commit, and half in memory, where many appends are made between two kills.
"""

import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from random import Random
from select import select
from shutil import copyfile
from time import sleep
from typing import Any

import pytest
from durability.appends import PEOPLE, SPACE, Account, keep, planned, versions_of
from durability.places import folder_in_memory, program

from intimacy_kit.stores.files import mended_for_wal
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.sqlite import SQLiteStore

SOME, ALL = 300, 10_000
posix = pytest.mark.skipif(os.name == "nt", reason="there is neither fork nor SIGKILL")
wal = pytest.mark.skipif(
    not mended_for_wal(sqlite3.sqlite_version_info),
    reason=f"the store refuses WAL with SQLite {sqlite3.sqlite_version}, which may lose commits with it",
)


@posix
@pytest.mark.parametrize("place", ["disk", "memory"])
@pytest.mark.parametrize("journal", ["delete", pytest.param("wal", marks=wal)])
def test_what_was_acknowledged_outlives_kill_9_once_and_in_order(
    place: str, journal: str, tmp_path: Path, full: bool, tell: Callable[[str], None]
) -> None:
    """attack 60, attack 66."""
    kills = (ALL if full else SOME) // 2
    with nullcontext(tmp_path) if place == "disk" else folder_in_memory() as folder:
        summary = _killed(folder / "us.db", journal, kills, tell)
    assert summary["kills"] == kills
    assert summary["appends"] > kills / 10
    assert summary["looks"] > kills / 20
    if journal == "delete":
        assert summary["journals"] > kills / 50  # some were killed in the middle of a commit


def _killed(path: Path, journal: str, kills: int, say: Callable[[str], None]) -> dict[str, Any]:
    with program("killing", path, journal, kills, 7) as killing:
        assert killing.stdout
        assert killing.stderr
        line = ""
        for line in killing.stdout:
            say(line.strip())
        assert killing.stderr.read() == ""
        assert killing.wait(60) == 0
    summary: dict[str, Any] = json.loads(line)
    return summary


@posix
def test_a_copy_of_a_writers_files_at_any_moment_holds_all_that_was_acknowledged_by_then(tmp_path: Path) -> None:
    """attack 60: the state of the disk after a kill, many times in the life of one writer."""
    path, image = tmp_path / "us.db", tmp_path / "image.db"
    draw, said = Random(7), ""
    with program("appending", path, "ada") as writer:
        assert writer.stdout
        said += os.read(writer.stdout.fileno(), 1024).decode()  # a buffer would keep what follows to itself
        images = 0
        while images < 30 or said.count("\n") < 10:
            images += 1
            sleep(draw.uniform(0, 0.02))
            writer.send_signal(signal.SIGSTOP)
            os.waitpid(writer.pid, os.WUNTRACED)
            while select([writer.stdout], [], [], 0)[0]:
                said += os.read(writer.stdout.fileno(), 65536).decode()
            _copy(path, image)
            writer.send_signal(signal.SIGCONT)
            account, answers = Account(), [[*map(int, line.split())] for line in said.splitlines()]
            for number, *answer in answers:
                account.add("ada", planned("ada", number), answer)
            with SQLiteStore(image, must_exist=True) as store:
                account.compare(store, [planned("ada", len(answers) + 1)])


def _copy(path: Path, image: Path) -> None:
    """Copy a file, and its journal where there is one."""
    Path(f"{image}-journal").unlink(missing_ok=True)
    copyfile(path, image)
    with suppress(FileNotFoundError):
        copyfile(f"{path}-journal", f"{image}-journal")


# The account that the tests keep, tried on stores that do what they must not


@pytest.fixture
def account() -> tuple[MemoryStore, Account]:
    """A store to which both have appended, and the account of it."""
    store, account = MemoryStore(), Account()
    for number in range(1, 7):
        for writer in PEOPLE:
            append = planned(writer, number)
            account.add(writer, append, keep(store, append, versions_of(store)))
    return store, account


def test_the_account_is_content_with_a_store_that_did_what_it_said(account: tuple[MemoryStore, Account]) -> None:
    account[1].compare(account[0])
    account[1].compare(account[0], [planned("ada", 7)])


def test_the_account_complains_of_what_was_lost(account: tuple[MemoryStore, Account]) -> None:
    _, there = account
    with pytest.raises(AssertionError, match="lost what was acknowledged"):
        there.compare(MemoryStore())


def test_the_account_complains_of_what_is_there_twice(account: tuple[MemoryStore, Account]) -> None:
    store, there = account
    last = store.events(SPACE)[-1]
    store.append(SPACE, [last], expected=store.head(SPACE).version)
    with pytest.raises(AssertionError, match="there is what nobody appended"):
        there.compare(store)


def test_the_account_complains_of_two_that_changed_places() -> None:
    store, there = MemoryStore(), Account()
    first, second = planned("ada", 6), planned("ben", 6)
    for append in (first, second):
        keep(store, append, versions_of(store))
    there.add("ada", first, [2])
    there.add("ben", second, [1])
    with pytest.raises(AssertionError, match="is another one than was acknowledged"):
        there.compare(store)


def test_the_account_complains_of_an_append_that_was_torn(account: tuple[MemoryStore, Account]) -> None:
    store, there = account
    torn = planned("ada", 9)
    assert len(torn.parts) > 1
    (_, events), *_ = torn.parts
    store.append(SPACE, [event for event in events if event.partner is None], expected=store.head(SPACE).version)
    with pytest.raises(AssertionError, match="is there in part"):
        there.compare(store, [torn])


def test_the_account_complains_of_two_that_were_told_the_same_version() -> None:
    there = Account()
    there.add("ada", planned("ada", 6), [1])
    with pytest.raises(AssertionError, match="has a version twice"):
        there.add("ben", planned("ben", 6), [1])
    with pytest.raises(AssertionError, match="was put before what came first"):
        there.add("ada", planned("ada", 12), [1])
