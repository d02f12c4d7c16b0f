"""The SQLite store for asyncio: what is cancelled is done as a whole, or not at all."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from little_packs import activity, evening

from intimacy_kit.errors import StoreError, StoreVersionError
from intimacy_kit.practice.events import Offered
from intimacy_kit.stores.sqlite import AsyncSQLiteStore, SQLiteStore

EVENTS = [Offered.of(activity(f"cup-{n}"), at=evening(n)) for n in range(50)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "us.db"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("after", [0.0, 0.01, 0.1])
def test_an_append_that_is_cancelled_is_made_as_a_whole_or_not_at_all(path: Path, after: float) -> None:
    """attack 75: and the same key tells which."""

    async def evening_of_two() -> int:
        async with AsyncSQLiteStore(path) as store:
            with locked(path):
                append = asyncio.create_task(store.append("us", EVENTS, expected=0, key="k"))
                await asyncio.sleep(after)
                append.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await append
            there = await store.events("us")
            assert await store.append("us", EVENTS, expected=len(there), key="k") == 50
            assert await store.events("us") == tuple(EVENTS)
            return len(there)

    assert asyncio.run(evening_of_two()) in {0, 50}


def test_many_at_once_are_done_one_after_the_other(path: Path) -> None:
    async def evening_of_many() -> list[int]:
        async with AsyncSQLiteStore(path) as store:
            return await asyncio.gather(*(store.append(f"space-{n}", EVENTS[:2], expected=0) for n in range(40)))

    assert asyncio.run(evening_of_many()) == [2] * 40


def test_a_store_that_was_not_opened_says_so() -> None:
    async def ask() -> None:
        store = AsyncSQLiteStore(":memory:")
        await store.close()
        with pytest.raises(StoreError, match=r"^store ':memory:' is not open; use 'async with', or await its open"):
            await store.events("us")

    asyncio.run(ask())


def test_a_store_that_was_closed_says_so(path: Path) -> None:
    async def ask() -> None:
        store = await AsyncSQLiteStore(path).open()
        await store.close()
        await store.close()
        with pytest.raises(StoreError, match=r"is closed, or cannot be used in this state$"):
            await store.events("us")

    asyncio.run(ask())


def test_what_keeps_a_file_from_being_opened_is_said_when_it_is_opened(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.executescript("PRAGMA application_id = 1768647028; PRAGMA user_version = 9; CREATE TABLE events (e)")

    async def ask() -> None:
        async with AsyncSQLiteStore(path):
            pass

    with pytest.raises(StoreVersionError):
        asyncio.run(ask())


def test_a_copy_and_a_rotation_are_awaited_too(path: Path, tmp_path: Path) -> None:
    async def evening_of_one() -> None:
        async with AsyncSQLiteStore(path) as store:
            await store.append("us", EVENTS, expected=0)
            await store.rotate("us", "a")
            await store.copy_to(tmp_path / "copy")

    asyncio.run(evening_of_one())
    with SQLiteStore(tmp_path / "copy") as store:
        assert store.events("us") == tuple(EVENTS)
