"""A disk that is full, or that reports errors: a typed error, nothing half kept, and the store goes on afterwards."""

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import which

import pytest
from durability.appends import SPACE, Account, keep, planned, versions_of
from durability.disks import strace
from durability.places import folder_in_memory, program
from little_packs import evening

from intimacy_kit.errors import StoreError
from intimacy_kit.practice.events import Noted
from intimacy_kit.practice.words import Words
from intimacy_kit.stores.sqlite import SQLiteStore

FULL = "cannot grow: the disk is full; nothing was kept, free some space and try again"
BROKEN = "cannot be read or written: the disk reports an error; nothing was kept"
DAMAGED = "is not a database, or is damaged; it was left as it is"
UNOPENED = "cannot be opened; check that its folder exists"
UNWRITABLE = "cannot be written; check who may write to the file and its folder"

APPENDS = 40


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 256 KiB."""
    (place := tmp_path / "little").mkdir()
    if os.name == "nt" or os.geteuid() != 0 or which("mount") is None:
        pytest.skip("only root can make a little file system here")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no little file system can be made here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_file_system_is_named_and_the_store_goes_on_when_there_is_space(little_disk: Path) -> None:
    """attack 62, attack 63: also where SQLite has rolled back by itself."""
    path, rest = little_disk / "us.db", little_disk / "something else"
    rest.write_bytes(bytes(100_000))
    note = Noted(partner="ada", at=evening(0), words=Words("ü" * 4000))
    with SQLiteStore(path) as store:
        with pytest.raises(StoreError) as full:
            _append_again_and_again(store, note)
        kept = store.head(SPACE, partner="ada").version
        assert (full.value.store, full.value.reason) == (str(path), FULL)
        assert kept > 3
        for _ in range(3):
            with pytest.raises(StoreError, match="the disk is full"):
                store.append(SPACE, [note] * 3, expected=kept, partner="ada", key=f"note-{kept}")
        assert store.events(SPACE, partner="ada") == (note,) * kept
        rest.unlink()
        assert store.append(SPACE, [note], expected=kept, partner="ada", key=f"note-{kept}") == kept + 1
    with SQLiteStore(path) as store:
        assert store.events(SPACE, partner="ada") == (note,) * (kept + 1)


def _append_again_and_again(store: SQLiteStore, note: Noted) -> None:
    for version in count():
        store.append(SPACE, [note], expected=version, partner="ada", key=f"note-{version}")


def test_a_file_system_that_was_full_from_the_beginning_takes_a_store_later(little_disk: Path) -> None:
    """attack 62."""
    path, rest = little_disk / "us.db", little_disk / "something else"
    with pytest.raises(OSError, match="No space"):
        rest.write_bytes(bytes(300 * 1024))
    with pytest.raises(StoreError) as full:
        SQLiteStore(path)
    assert full.value.reason in {FULL, UNOPENED}
    rest.unlink()
    append = planned("ada", 1)
    with SQLiteStore(path) as store:
        assert keep(store, append, versions_of(store)) == (1,)


#: Which call to the operating system fails, with what, which one first, each how-many-th after it, and what is said.
FAULTS = {
    "no space to write": ("pwrite64", "ENOSPC", 20, 41, {FULL}),
    "no more quota": ("pwrite64", "EDQUOT", 20, 41, {BROKEN}),
    "an error at writing": ("pwrite64", "EIO", 20, 43, {BROKEN}),
    "an error at synchronising": ("fdatasync", "EIO", 1, 8, {BROKEN}),
    "an error at reading": ("pread64", "EIO", 3, 11, {BROKEN, DAMAGED}),  # SQLite says so itself now and then
    "an error at removing the journal": ("unlink", "EIO", 1, 5, {BROKEN}),
    "no more open files": ("openat", "EMFILE", 2, 5, {UNOPENED, UNWRITABLE}),
}


@pytest.mark.skipif(which("strace") is None, reason="strace is not there to let calls fail")
@pytest.mark.parametrize(("call", "error", "first", "step", "said"), FAULTS.values(), ids=FAULTS)
def test_calls_that_fail_now_and_then_cost_nothing_but_another_try(
    tmp_path: Path, call: str, error: str, first: int, step: int, said: set[str]
) -> None:
    """attack 62, attack 63: each time it is another call of an append that fails."""
    account = Account()
    with folder_in_memory() as folder:
        path = folder / "us.db"
        options = ("-P", str(path), "-P", f"{path}-journal", "-e", f"trace={call}")
        fault = f"inject={call}:error={error}:when={first}+{step}"
        failing = strace(tmp_path / "calls", *options, "-e", fault)
        with program("appending", path, "ada", APPENDS, before=failing) as it:
            assert it.stdout
            assert it.stderr
            answers, told = _split(it.stdout.read())
            assert it.stderr.read() == ""
            assert it.wait() == 0
        for number, *answer in answers:
            account.add("ada", planned("ada", number), answer)
        with SQLiteStore(path) as store:
            account.compare(store)
    assert account.appends == APPENDS
    assert told.keys() <= said
    assert sum(told.values()) > 5


def _split(printed: str) -> tuple[list[list[int]], dict[str, int]]:
    """Return the answers, and how often what was said."""
    lines = printed.splitlines()
    told = [match for line in lines if (match := re.fullmatch(r"(\d+) x \w+: (.*)", line))]
    answers = [[*map(int, line.split())] for line in lines[: len(lines) - len(told)]]
    return answers, {match[2]: int(match[1]) for match in told}
