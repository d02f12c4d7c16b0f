"""Stores in a PostgreSQL database, to be waited for or awaited; they need the extra ``postgres``.

Every table is keyed and every statement filtered by the space first, so that Citus, YugabyteDB or CockroachDB can
spread the tables by that column. An append holds the lock of its space until it is committed; a read sees one
moment. What failed because the connection was lost or others were in the way is tried again with the same key, so an
append whose answer was lost is made once.

PostgreSQL keeps deleted rows in its files and its log for a while, and backups keep them longer. So that erased
means gone there too, give the store ``keys``.
"""

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from threading import Lock
from typing import Any, Self, TypeVar

from intimacy_kit.errors import KitError
from intimacy_kit.stores import Head, Part
from intimacy_kit.stores.attempts import PAUSES, Plan, Work, in_psycopg, psycopg
from intimacy_kit.stores.keys import KeyProvider
from intimacy_kit.stores.transactions import Rows, Steps

__all__ = ["AsyncPostgresStore", "PostgresStore"]

T = TypeVar("T")
#: What a person wrote stands in events of their own, and as words in joint ones.
_KINDS = ("event", "words")


def _new_key() -> str:
    """Return a key for an append that was given none: so that it too can be tried again."""
    return secrets.token_hex(16)


class PostgresStore:
    """Keeps events in a PostgreSQL database. Any thread of the process that opened it may use it, one at a time.

    It holds one connection; open several stores for work at the same time. A process that was forked opens its
    own. All it sets holds for one transaction, so the connection may be of a pool that knows prepared statements.

    ``PostgresStore("postgresql://app@db.example/couples", keys=keys)``
    """

    def __init__(
        self,
        conninfo: str,
        *,
        schema: str = "intimacy_kit",
        keys: KeyProvider | None = None,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        """Connect, and make the schema and its tables where they are not there yet.

        *conninfo* is a connection string of libpq; *pauses* are the seconds to wait before each further try. Raises
        StoreBusyError when the last one failed too, and StoreError for what does not pass by itself.
        """
        self._plan = Plan.of(conninfo, schema, keys, pauses)
        self._lock, self._process, self._closed = Lock(), os.getpid(), False
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        try:
            self._run(self._plan.opening)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return the store, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; closing twice is harmless, and so is closing in a process that was forked."""
        if self._process == os.getpid():
            with self._lock:
                self._closed = True
                self._undo()

    def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :meth:`intimacy_kit.stores.Store.append`."""
        return self.append_all(space, [Part(events=events, expected=expected, partner=partner)], key=key)[0]

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space; see :meth:`intimacy_kit.stores.Store.append_all`."""
        return self._write(space, partial(self._plan.logic.append, space, tuple(parts), key or _new_key()))

    def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Any, ...]:
        """Return the events of a log; see :meth:`intimacy_kit.stores.Store.events`."""
        return self._read(space, partial(self._plan.logic.events, space, partner, after, limit))

    def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Any, ...] | None:
        """Return what an append with a key added to its log; see :meth:`intimacy_kit.stores.Store.appended`."""
        return self._read(space, partial(self._plan.logic.appended, space, key, partner))

    def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""
        return self._read(space, partial(self._plan.logic.head, space, partner))

    def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Check that a log goes through a head; see :meth:`intimacy_kit.stores.Store.check_head`."""
        self._read(space, partial(self._plan.logic.check_head, space, head, partner))

    def erased(self, space: str, partner: str) -> bool:
        """Tell whether somebody was erased."""
        return self._read(space, partial(self._plan.logic.erased, space, partner))

    def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody; see :meth:`intimacy_kit.stores.Store.erase`. Their keys go after their rows."""
        self._write(space, partial(self._plan.logic.erase, space, partner, shared=shared, taken_back=tuple(taken_back)))

    def rotate(self, space: str, partner: str) -> None:
        """Keep all that a person wrote under their current key; where it was interrupted, the next call goes on."""
        for kind in _KINDS:
            after: int | None = 0
            while after is not None:
                after = self._write(space, partial(self._plan.logic.rotate, space, partner, kind, after))

    def _write(self, space: str, make: Callable[[], Steps[T]]) -> T:
        return self._run(lambda: self._plan.whole(space, make, writes=True))

    def _read(self, space: str, make: Callable[[], Steps[T]]) -> T:
        return self._run(lambda: self._plan.whole(space, make, writes=False))

    def _run(self, work: Callable[[], Work[T]]) -> T:
        """Do the work; where it failed for what passes by itself, do it again after a pause."""
        self._plan.check_usable(self._process, closed=self._closed)
        pauses = iter(self._plan.pauses)
        with self._lock:
            while True:
                try:
                    return self._once(work())
                except psycopg.Error as error:
                    refused = self._plan.refused(error)
                time.sleep(
                    refused.pause(pauses)
                )  # not in the except: what PostgreSQL quotes would hang on what is raised

    def _once(self, work: Work[T]) -> T:
        """Do the work; a connection on which anything failed but the kit's own rules is not used again."""
        try:
            rows: Any = None  # what a generator is begun with
            while True:
                rows = self._execute(*work.send(rows))
        except StopIteration as done:
            value: T = done.value
            return value
        except BaseException as error:
            self._undo(reusable=isinstance(error, KitError))
            raise

    def _execute(self, statement: str, parameters: tuple[Any, ...] | list[tuple[Any, ...]]) -> Rows:
        cursor = self._connected().cursor()
        if isinstance(parameters, list):
            cursor.executemany(in_psycopg(statement), parameters)
            return []
        cursor.execute(in_psycopg(statement), parameters or None)
        return cursor.fetchall() if cursor.description else []

    def _connected(self) -> "psycopg.Connection[tuple[Any, ...]]":
        if self._connection is None:
            self._connection = psycopg.connect(self._plan.conninfo, autocommit=True)  # the plan says BEGIN and COMMIT
        return self._connection

    def _undo(self, *, reusable: bool = False) -> None:
        """Leave nothing half done; the connection stays where it is *reusable* and still there."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if reusable:
                connection.rollback()
                self._connection = connection
        except psycopg.Error:
            pass  # it was lost, and with it what was half done
        finally:
            if self._connection is None:
                connection.close()


class AsyncPostgresStore:
    """The same, awaited. Any task of one event loop may use it, one at a time.

    An append that is cancelled was made as a whole or not at all. It connects when it is opened, entered or
    first used:
    ``async with AsyncPostgresStore("postgresql://app@db.example/couples", keys=keys) as store: ...``

    On Windows psycopg needs a SelectorEventLoop.
    """

    def __init__(
        self,
        conninfo: str,
        *,
        schema: str = "intimacy_kit",
        keys: KeyProvider | None = None,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        """Take what :class:`PostgresStore` takes, and do not connect yet."""
        self._plan = Plan.of(conninfo, schema, keys, pauses)
        self._lock, self._process, self._closed, self._opened = asyncio.Lock(), os.getpid(), False, False
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None

    async def open(self) -> Self:
        """Connect as :class:`PostgresStore` does, and return the store; opening twice is harmless."""
        async with self._lock:
            await self._open()
        return self

    async def __aenter__(self) -> Self:
        """Connect, and return the store, to be closed at the end of the block."""
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        await self.close()

    async def close(self) -> None:
        """Close the connection; closing twice is harmless, and so is closing in a process that was forked."""
        if self._process == os.getpid():
            async with self._lock:
                self._closed = True
                await self._undo()

    async def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :meth:`intimacy_kit.stores.Store.append`."""
        part = Part(events=events, expected=expected, partner=partner)
        return (await self.append_all(space, [part], key=key))[0]

    async def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space; see :meth:`intimacy_kit.stores.Store.append_all`."""
        return await self._write(space, partial(self._plan.logic.append, space, tuple(parts), key or _new_key()))

    async def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Any, ...]:
        """Return the events of a log; see :meth:`intimacy_kit.stores.Store.events`."""
        return await self._read(space, partial(self._plan.logic.events, space, partner, after, limit))

    async def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Any, ...] | None:
        """Return what an append with a key added to its log; see :meth:`intimacy_kit.stores.Store.appended`."""
        return await self._read(space, partial(self._plan.logic.appended, space, key, partner))

    async def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""
        return await self._read(space, partial(self._plan.logic.head, space, partner))

    async def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Check that a log goes through a head; see :meth:`intimacy_kit.stores.Store.check_head`."""
        await self._read(space, partial(self._plan.logic.check_head, space, head, partner))

    async def erased(self, space: str, partner: str) -> bool:
        """Tell whether somebody was erased."""
        return await self._read(space, partial(self._plan.logic.erased, space, partner))

    async def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody; see :meth:`intimacy_kit.stores.Store.erase`. Their keys go after their rows."""
        await self._write(
            space, partial(self._plan.logic.erase, space, partner, shared=shared, taken_back=tuple(taken_back))
        )

    async def rotate(self, space: str, partner: str) -> None:
        """Keep all that a person wrote under their current key; where it was interrupted, the next call goes on."""
        for kind in _KINDS:
            after: int | None = 0
            while after is not None:
                after = await self._write(space, partial(self._plan.logic.rotate, space, partner, kind, after))

    async def _write(self, space: str, make: Callable[[], Steps[T]]) -> T:
        async with self._lock:
            await self._open()
            return await self._run(lambda: self._plan.whole(space, make, writes=True))

    async def _read(self, space: str, make: Callable[[], Steps[T]]) -> T:
        async with self._lock:
            await self._open()
            return await self._run(lambda: self._plan.whole(space, make, writes=False))

    async def _open(self) -> None:
        self._plan.check_usable(self._process, closed=self._closed)
        if self._opened:
            return
        try:
            await self._run(self._plan.opening)
            self._opened = True
        finally:
            if not self._opened:
                await self._undo()

    async def _run(self, work: Callable[[], Work[T]]) -> T:
        """Do the work; where it failed for what passes by itself, do it again after a pause."""
        pauses = iter(self._plan.pauses)
        while True:
            try:
                return await self._once(work())
            except psycopg.Error as error:
                refused = self._plan.refused(error)
            await asyncio.sleep(refused.pause(pauses))  # not in the except, as above

    async def _once(self, work: Work[T]) -> T:
        """Do the work; a connection on which anything failed but the kit's own rules is not used again."""
        try:
            rows: Any = None  # what a generator is begun with
            while True:
                rows = await self._execute(*work.send(rows))
        except StopIteration as done:
            value: T = done.value
            return value
        except BaseException as error:
            await self._undo(reusable=isinstance(error, KitError))
            raise

    async def _execute(self, statement: str, parameters: tuple[Any, ...] | list[tuple[Any, ...]]) -> Rows:
        cursor = (await self._connected()).cursor()
        if isinstance(parameters, list):
            await cursor.executemany(in_psycopg(statement), parameters)
            return []
        await cursor.execute(in_psycopg(statement), parameters or None)
        return await cursor.fetchall() if cursor.description else []

    async def _connected(self) -> "psycopg.AsyncConnection[tuple[Any, ...]]":
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self._plan.conninfo, autocommit=True)
        return self._connection

    async def _undo(self, *, reusable: bool = False) -> None:
        """Leave nothing half done; the connection stays where it is *reusable* and still there."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            if reusable:
                await connection.rollback()
                self._connection = connection
        except psycopg.Error:
            pass  # it was lost, and with it what was half done
        finally:
            if self._connection is None:  # also when this was cancelled meanwhile
                await connection.close()
