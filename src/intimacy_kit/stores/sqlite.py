"""A store in one SQLite file, with the rollback journal and full synchronisation.

An append is one transaction: when ``append`` returns, the events outlive a crash of the
program and, as far as the disk tells the truth, of the machine.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Self

from intimacy_kit.errors import (
    IdempotencyError,
    InvalidValueError,
    StoreConflictError,
    StoreError,
    StoreVersionError,
)
from intimacy_kit.loading.preflight import preflight
from intimacy_kit.practice.event_documents import event_from
from intimacy_kit.practice.events import Event
from intimacy_kit.stores import KEPT, check_append, check_log, log_name, to_text

__all__ = ["SQLiteStore"]

#: The format of the file (``PRAGMA user_version``).
FORMAT = 1

#: "ikit" in ASCII: tells a file of the kit from one of another program (``PRAGMA application_id``).
_APPLICATION = 0x696B6974
_JOINT = ""  # the partner column of a joint log; ids of partners are never empty
_BUSY_SECONDS = 5.0

_TABLES = """
CREATE TABLE events (
    space TEXT NOT NULL, partner TEXT NOT NULL, version INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (space, partner, version)
) WITHOUT ROWID;
CREATE TABLE appends (
    space TEXT NOT NULL, partner TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (space, partner, key)
) WITHOUT ROWID;
"""


class SQLiteStore:
    """Keeps events in a file. Any thread of the process that opened it may use it, one at a time.

    Several processes may open the same file; a process that was forked opens its own store.

    >>> with SQLiteStore(":memory:") as store:
    ...     store.events("us")
    ()
    """

    def __init__(self, path: str | Path) -> None:
        """Open the file, or begin it; raises StoreError or StoreVersionError and leaves it untouched."""
        self._name = str(path)
        self._lock = Lock()
        with self._explaining():
            self._connection = sqlite3.connect(
                self._name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        try:
            with self._explaining():
                self._prepare()
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
        with self._lock:
            self._connection.close()

    def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :class:`intimacy_kit.stores.Store`."""
        texts = [to_text(event) for event in check_append(space, events, partner, key)]
        log = (space, partner or _JOINT)
        digest = sha256("\n".join(texts).encode()).digest()
        with self._transaction():
            if key and (before := self._seen(log, key)):
                if before[1] != digest:
                    raise IdempotencyError(log_name(space, partner), key)
                return before[0]
            found = self._version(log)
            if found != expected:
                raise StoreConflictError(log_name(space, partner), expected, found)
            rows = [(*log, version, text) for version, text in enumerate(texts, found + 1)]
            self._connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", rows)
            version = found + len(texts)
            if key:
                self._connection.execute("INSERT INTO appends VALUES (?, ?, ?, ?, ?)", (*log, key, version, digest))
        return version

    def events(self, space: str, *, partner: str | None = None) -> tuple[Any, ...]:
        """Return the events of a log, oldest first; an unknown log is empty."""
        check_log(space, partner)
        wanted = "SELECT version, CAST(event AS BLOB) FROM events WHERE space = ? AND partner = ? ORDER BY version"
        with self._lock, self._explaining():
            rows = self._connection.execute(wanted, (space, partner or _JOINT)).fetchall()
        return tuple(self._read(log_name(space, partner), version, data) for version, data in rows)

    def _prepare(self) -> None:
        """Check that the file is ours, or make an empty one so; nothing is written before that."""
        self._connection.execute("PRAGMA synchronous = FULL")
        with self._transaction("DEFERRED"):
            found = self._format()
        self._connection.execute("PRAGMA journal_mode = DELETE")
        if found:
            return
        with self._transaction():
            if self._format():  # another process began the file in the meantime
                return
            for statement in _TABLES.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {FORMAT}")

    def _format(self) -> int:
        """Return the format of the file, 0 for an empty one; raise for one that this kit cannot use."""
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        (tables,) = self._connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        if application != _APPLICATION and (application or found or tables):
            raise StoreError(self._name, "is a database of another program; choose another path")
        if found > FORMAT:
            raise StoreVersionError(self._name, found, FORMAT)
        version: int = found
        return version

    def _version(self, log: tuple[str, str]) -> int:
        found = "SELECT COALESCE(MAX(version), 0) FROM events WHERE space = ? AND partner = ?"
        version: int = self._connection.execute(found, log).fetchone()[0]
        return version

    def _seen(self, log: tuple[str, str], key: str) -> tuple[int, bytes] | None:
        found = "SELECT version, digest FROM appends WHERE space = ? AND partner = ? AND key = ?"
        row: tuple[int, bytes] | None = self._connection.execute(found, (*log, key)).fetchone()
        return row

    def _read(self, log: str, version: int, data: bytes) -> Event:
        try:
            return event_from(preflight(data, limits=KEPT).document)
        except InvalidValueError as error:
            raise StoreError(self._name, f"holds an event that cannot be read: number {version} of '{log}'") from error

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        """Hold the write lock; commit at the end, or roll back and raise."""
        with self._lock, self._explaining():
            self._connection.execute(f"BEGIN {kind}")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite may have rolled back by itself, on a full disk
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn what SQLite says into a StoreError, without any value that was bound."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(self._name, _reason(error)) from error


def _reason(error: sqlite3.Error) -> str:
    """Say what SQLite said, for the cases people meet."""
    match getattr(error, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return "is in use by another program; try again in a moment"
        case ["SQLITE", "FULL"]:
            return "cannot grow: the disk is full; nothing was kept, free some space and try again"
        case ["SQLITE", "READONLY"]:
            return "cannot be written; check who may write to the file and its folder"
        case ["SQLITE", "CANTOPEN"]:
            return "cannot be opened; check that its folder exists"
        case ["SQLITE", "NOTADB" | "CORRUPT"]:
            return "is not a database, or is damaged; it was left as it is"
        case _:
            return "is closed, or cannot be used in this state"
