"""A store in one SQLite file, with the rollback journal and full synchronisation.

An append is one transaction: when ``append`` returns, the events outlive a crash of the
program and, as far as the disk tells the truth, of the machine. The file must lie on a disk of the
machine: locks on network shares do not hold.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Literal, Self, TypeVar

from intimacy_kit.errors import InvalidValueError, StoreBusyError, StoreCorruptError, StoreError
from intimacy_kit.stores import Head, Part
from intimacy_kit.stores.coders import coder_for
from intimacy_kit.stores.files import (
    FORMAT,
    Alone,
    Transaction,
    begin,
    connect,
    copy,
    found_format,
    mended_for_wal,
    place_of,
)
from intimacy_kit.stores.keys import KeyProvider
from intimacy_kit.stores.migrating import copies_of, migrate
from intimacy_kit.stores.transactions import Rows, Steps, Transactions, result

__all__ = ["FORMAT", "AsyncSQLiteStore", "Journal", "SQLiteStore"]

T = TypeVar("T")
#: How SQLite makes a commit whole: a rollback journal, or a write-ahead log where SQLite is mended for it.
Journal = Literal["delete", "wal"]

_BUSY_SECONDS = 5.0
_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"


class SQLiteStore:
    """Keeps events in a file. Any thread of the process that opened it may use it, one at a time.

    Several processes may open the same file; a process that was forked opens its own store.

    >>> with SQLiteStore(":memory:") as store:
    ...     store.events("us")
    ()
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        journal: Journal = "delete",
        keys: KeyProvider | None = None,
        must_exist: bool = False,
    ) -> None:
        """Open the file, or begin it; raises StoreError or StoreVersionError and leaves it untouched.

        A file of the format before is brought to this one; the copy that is made before lies beside it, with
        ``.format-1`` at the end of its name, until somebody is erased. *journal* "wal" raises InvalidValueError
        where SQLite is of a version that may lose commits with it. *keys* encrypts what belongs to one person.
        With *must_exist*, what is not there or empty raises StoreError: it was there before, so it was lost.
        """
        self._open(place_of(path), os.fspath(path), journal, keys, must_exist=must_exist)

    def _open(self, place: str, name: str, journal: Journal, keys: KeyProvider | None, *, must_exist: bool) -> None:
        if journal not in {"delete", "wal"}:
            raise InvalidValueError("journal", "must be 'delete' or 'wal'")
        if journal == "wal" and not mended_for_wal(sqlite3.sqlite_version_info):
            rule = f"must be 'delete' with SQLite {sqlite3.sqlite_version}: its write-ahead log may lose what was kept"
            raise InvalidValueError("journal", rule)
        self._name, self._place, self._journal = name, place, journal
        self._alone = Alone(name)
        self._logic = Transactions(name, coder_for(name, keys))
        self._connection = connect(name, place, _BUSY_SECONDS, must_exist=must_exist)
        try:
            with self._alone:
                self._prepare(must_exist=must_exist)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        """Return the store, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        if not self._alone.is_forked:  # what a forked process does to the file would be done to its parent
            with self._alone:
                self._connection.close()

    def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :class:`intimacy_kit.stores.Store`."""
        return self.append_all(space, (Part(events=events, expected=expected, partner=partner),), key=key)[0]

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space, everything or nothing; see :class:`intimacy_kit.stores.Store`."""
        return self._run(_WRITE, self._logic.append(space, parts, key))

    def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Any, ...]:
        """Return the events of a log, oldest first; an unknown log is empty."""
        return self._run(_READ, self._logic.events(space, partner, after, limit))

    def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Any, ...] | None:
        """Return what an append with a key added to its log; see :meth:`intimacy_kit.stores.Store.appended`."""
        return self._run(_READ, self._logic.appended(space, key, partner))

    def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""
        return self._run(_READ, self._logic.head(space, partner))

    def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Raise StoreCorruptError if a log does not go through a head; see :class:`intimacy_kit.stores.Store`."""
        self._run(_READ, self._logic.check_head(space, head, partner))

    def erased(self, space: str, partner: str) -> bool:
        """Tell whether somebody was erased."""
        return self._run(_READ, self._logic.erased(space, partner))

    def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody; see :class:`intimacy_kit.stores.Store`.

        The file is written anew, so that no byte of theirs is left in it, and the copies that the kit
        made of it are deleted. Copies by :meth:`copy_to` and backups are the host's to deal with. Where somebody else
        reads just then it raises StoreBusyError: erase again, until it returns.
        """
        self._run(_WRITE, self._logic.erase(space, partner, shared=shared, taken_back=taken_back))
        with self._alone:
            self._clean()

    def rotate(self, space: str, partner: str) -> None:
        """Keep what belongs to somebody under the current key; what was done before a crash stays done."""
        for kind in ("event", "words"):
            last: int | None = 0
            while last is not None:
                last = self._run(_WRITE, self._logic.rotate(space, partner, kind, last))

    def copy_to(self, path: str | os.PathLike[str]) -> None:
        """Copy the file as it is between two appends, while others go on; the copy can be opened like any store.

        Raises StoreError where something is there already, or nothing can be written.
        """
        place = place_of(path)
        if os.path.lexists(place):
            raise StoreError(self._name, "cannot be copied over something that is there; choose another path")
        with self._alone:
            copy(self._connection, self._name, place)

    def _prepare(self, *, must_exist: bool) -> None:
        """Check that the file is ours, or make an empty one so; nothing is written before that."""
        with Transaction(self._connection, _READ):
            found = found_format(self._connection, self._name)
        if must_exist and not found:
            raise StoreCorruptError(self._name, "is empty; put a backup in its place")
        self._connection.execute(f"PRAGMA journal_mode = {self._journal}")
        if found == FORMAT:
            return
        self._connection.execute("PRAGMA auto_vacuum = NONE")
        with Transaction(self._connection, _WRITE):
            found = found_format(self._connection, self._name)  # another process may have been faster
            if found == 0:
                begin(self._connection)
            elif found < FORMAT:
                migrate(self._connection, self._name, self._place, self._logic.coder)
        if found:
            with suppress(sqlite3.OperationalError):  # it only makes the file smaller
                self._connection.execute("VACUUM")

    def _clean(self) -> None:
        """Leave no byte of what was deleted."""
        for path in copies_of(self._place):
            with suppress(FileNotFoundError):
                path.unlink()
        self._connection.execute("VACUUM")
        if self._journal == "wal" and self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise StoreBusyError(self._name, "is read by another program; erase again in a moment")

    def _run(self, begin: str, steps: Steps[T]) -> T:
        statement = next(steps)
        with self._alone, Transaction(self._connection, begin):
            while statement is not None:
                statement = steps.send(self._execute(*statement))
        return result(steps)

    def _execute(self, statement: str, parameters: Any) -> Rows:
        if type(parameters) is list:
            self._connection.executemany(statement, parameters)
            return []
        return self._connection.execute(statement, parameters).fetchall()


class AsyncSQLiteStore:
    """The same for asyncio, in threads. What is cancelled while it runs is done as a whole, or not at all.

    >>> async def evening():
    ...     async with AsyncSQLiteStore(":memory:") as store:
    ...         return await store.events("us")
    >>> asyncio.run(evening())
    ()
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        journal: Journal = "delete",
        keys: KeyProvider | None = None,
        must_exist: bool = False,
    ) -> None:
        """Take what :class:`SQLiteStore` takes; the file is opened by :meth:`open`, or by ``async with``."""
        self._name = os.fspath(path)
        self._opening = partial(SQLiteStore, path, journal=journal, keys=keys, must_exist=must_exist)
        self._store: SQLiteStore | None = None

    async def open(self) -> Self:
        """Open the file and return the store; raises what :class:`SQLiteStore` raises. Opened again, it begins anew."""
        await self.close()
        self._store = await asyncio.to_thread(self._opening)
        return self

    async def __aenter__(self) -> Self:
        """Open the file and return the store, to be closed at the end of the block."""
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        """Close the file."""
        await self.close()

    async def close(self) -> None:
        """Close the file, when what is being done is done; closing twice is harmless."""
        if self._store is not None:
            await asyncio.to_thread(self._store.close)

    async def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :class:`intimacy_kit.stores.Store`."""
        return await self._do(SQLiteStore.append, space, events, expected=expected, partner=partner, key=key)

    async def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space, everything or nothing; see :class:`intimacy_kit.stores.Store`."""
        return await self._do(SQLiteStore.append_all, space, parts, key=key)

    async def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Any, ...]:
        """Return the events of a log, oldest first; an unknown log is empty."""
        return await self._do(SQLiteStore.events, space, partner=partner, after=after, limit=limit)

    async def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Any, ...] | None:
        """Return what an append with a key added to its log; see :meth:`intimacy_kit.stores.Store.appended`."""
        return await self._do(SQLiteStore.appended, space, key, partner=partner)

    async def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""
        return await self._do(SQLiteStore.head, space, partner=partner)

    async def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Raise StoreCorruptError if a log does not go through a head; see :class:`intimacy_kit.stores.Store`."""
        await self._do(SQLiteStore.check_head, space, head, partner=partner)

    async def erased(self, space: str, partner: str) -> bool:
        """Tell whether somebody was erased."""
        return await self._do(SQLiteStore.erased, space, partner)

    async def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody; see :meth:`SQLiteStore.erase`."""
        await self._do(SQLiteStore.erase, space, partner, shared=shared, taken_back=taken_back)

    async def rotate(self, space: str, partner: str) -> None:
        """Keep what belongs to somebody under the current key; see :meth:`SQLiteStore.rotate`."""
        await self._do(SQLiteStore.rotate, space, partner)

    async def copy_to(self, path: str | os.PathLike[str]) -> None:
        """Copy the file; see :meth:`SQLiteStore.copy_to`."""
        await self._do(SQLiteStore.copy_to, path)

    async def _do(self, work: Callable[..., T], *given: Any, **named: Any) -> T:
        if self._store is None:
            raise StoreError(self._name, "is not open; use 'async with', or await its open() first")
        return await asyncio.to_thread(work, self._store, *given, **named)
