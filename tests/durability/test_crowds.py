"""Four at once: appends, conflicts and retries, in one store; what is there is what each of them was answered.

5,000 appends to each store with every run of the suite, and 100,000 with one command, which takes 20 minutes:
``uv run pytest --no-cov tests/durability/test_crowds.py --full``.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic

import postgres
import pytest
from durability.appends import Account, versions_of
from durability.crowding import CROWD, SPACES, Said, planned_in, work
from durability.places import folder_in_memory, program

from intimacy_kit.stores import Store
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.postgres import PostgresStore
from intimacy_kit.stores.sqlite import SQLiteStore

SOME, ALL = 5_000, 100_000
#: What says how far a long run is.
Tell = Callable[[str], None]

posix = pytest.mark.skipif(os.name == "nt", reason="there is no fork")


@pytest.fixture
def appends(full: bool) -> int:
    """How many there are in all."""
    return ALL if full else SOME


def test_four_threads_in_memory_leave_no_gap_and_no_double(appends: int, tell: Tell) -> None:
    """attack 65, attack 66."""
    store = MemoryStore()
    said: dict[str, list[Said]] = {name: [] for name in CROWD}
    began = monotonic()
    with store, ThreadPoolExecutor(len(CROWD)) as threads:
        for _ in threads.map(lambda name: work(store, name, appends // len(CROWD), said[name].append), CROWD):
            pass
        tell(_compared(store, said, appends, began))


@posix
def test_four_processes_at_one_file_leave_no_gap_and_no_double(appends: int, tell: Tell) -> None:
    """attack 65, attack 66."""
    with folder_in_memory() as folder:
        path = folder / "us.db"
        tell(_crowd(_opened("sqlite", path), folder, appends, "sqlite", path))


@posix
def test_four_processes_at_one_server_leave_no_gap_and_no_double(tmp_path: Path, appends: int, tell: Tell) -> None:
    """attack 65, attack 66."""
    place = postgres.new_place()
    tell(
        _crowd(_opened("postgres", *place.values()), tmp_path, appends, "postgres", place["conninfo"], place["schema"])
    )


def _crowd(opened: AbstractContextManager[Store], folder: Path, appends: int, kind: str, *where: object) -> str:
    began = monotonic()
    with opened:  # the file or the tables are there before four ask for them
        pass
    with program("crowding", folder, appends // len(CROWD), kind, *where) as crowd:
        assert crowd.stderr
        assert crowd.stderr.read() == ""
        assert crowd.wait() == 0
    said = {name: [json.loads(line) for line in (folder / name).read_text().splitlines()] for name in CROWD}
    with _opened(kind, *where) as store:
        return _compared(store, said, appends, began)


def _opened(kind: str, *where: object) -> AbstractContextManager[Store]:
    return SQLiteStore(str(where[0])) if kind == "sqlite" else PostgresStore(str(where[0]), schema=str(where[1]))


def _compared(store: Store, said: Mapping[str, Iterable[Said]], appends: int, began: float) -> str:
    """Compare a store with what each of four was answered, append by append; return what to tell of it."""
    accounts, conflicts = {space: Account(space) for space in SPACES}, 0
    ends = {space: versions_of(store, space) for space in SPACES}
    for name, lines in said.items():
        known: dict[str, int] = {}
        for what, *answer in lines:
            if isinstance(what, int):
                append = planned_in(name, what)
                accounts[append.space].add(name, append, answer)
                continue
            conflicts += 1
            space, _, partner = what.partition("/")
            expected, found = answer
            assert found != expected
            assert known.get(what, 0) <= found <= ends[space][partner or None]
            known[what] = found
    for account in accounts.values():
        account.compare(store)
    assert sum(account.appends for account in accounts.values()) == appends
    assert conflicts > appends / 100
    return f"{type(store).__name__}: {appends} appends, {conflicts} conflicts, {monotonic() - began:.0f} s\n"
