"""SQLite files: whether one is ours and whole, how it is opened, what SQLite says about it, and copies of it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock

from intimacy_kit.errors import (
    InvalidValueError,
    StoreBusyError,
    StoreCorruptError,
    StoreError,
    StoreVersionError,
)
from intimacy_kit.stores.statements import tables

__all__ = [
    "FORMAT",
    "Alone",
    "Transaction",
    "begin",
    "connect",
    "copy",
    "explained",
    "explaining",
    "found_format",
    "lenient",
    "mended_for_wal",
    "place_of",
]

#: The format of the file (``PRAGMA user_version``).
FORMAT = 2

#: "ikit" in ASCII: tells a file of the kit from one of another program (``PRAGMA application_id``).
_APPLICATION = 0x696B6974
_MEMORY = ":memory:"
#: How many bytes the smallest database has.
_SMALLEST = 512

#: Said to SQLite at every opening; none of it writes.
_ALWAYS = (
    "PRAGMA synchronous = EXTRA",  # FULL does not sync the folder after the journal is unlinked: that is the commit
    "PRAGMA secure_delete = ON",  # what is erased is overwritten with zeros
    "PRAGMA mmap_size = 0",  # in a mapped file a stray pointer or a failing disk does what no error reports
    "PRAGMA temp_store = MEMORY",  # no word of anybody's in a file elsewhere
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
)


def place_of(path: str | os.PathLike[str]) -> str:
    """Return what to open; raise InvalidValueError for what names no file.

    It is absolute, so that nothing is taken for a URI; where a link leads to a file, its copies lie beside the file.
    """
    name = os.fspath(path)
    if type(name) is not str or not name or "\0" in name:
        raise InvalidValueError("path", "must name a file")
    return name if name == _MEMORY else os.path.realpath(name)


def connect(store: str, place: str, seconds: float, *, must_exist: bool) -> sqlite3.Connection:
    """Open a file and change nothing in it; one that is not there is begun, for its owner alone to read."""
    if place != _MEMORY:
        try:
            _begin_file(store, place, must_exist=must_exist)
        except OSError:
            raise StoreError(store, "cannot be opened; check that its folder exists") from None
    with explaining(store):
        connection = sqlite3.connect(place, timeout=seconds, isolation_level=None, check_same_thread=False)
    connection.text_factory = lenient
    try:
        with explaining(store):
            for statement in _ALWAYS:
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_file(store: str, place: str, *, must_exist: bool) -> None:
    """Make an empty file that nobody else can read where there is none: SQLite would let others read it."""
    try:
        size = os.stat(place).st_size  # noqa: PTH116 - it is a string already
    except FileNotFoundError:
        if must_exist:
            raise StoreError(store, "is not there; put a backup in its place") from None
        with suppress(FileExistsError):  # another process was faster
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return
    if 0 < size < _SMALLEST:  # SQLite takes one byte for none, and begins anew
        raise StoreCorruptError(store, _DAMAGED)


def lenient(text: bytes) -> str:
    """Return text that may be damaged; the kit then finds that it is not what it wrote."""
    return text.decode(errors="surrogateescape")


def found_format(connection: sqlite3.Connection, store: str) -> int:
    """Return the format of a file, 0 for an empty one; raise for one that this kit cannot use."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    schema = _schema(connection)
    if application != _APPLICATION:
        if _expected() <= schema:
            raise StoreCorruptError(store, _DAMAGED)
        if application or found or schema:
            raise StoreError(store, "is a database of another program; choose another path")
        return 0
    if found > FORMAT:
        raise StoreVersionError(store, found, FORMAT)
    if found < 1 or (found == FORMAT and not _is_whole(connection, schema)):
        raise StoreCorruptError(store, _DAMAGED)
    version: int = found
    return version


def _is_whole(connection: sqlite3.Connection, schema: set[tuple[object, ...]]) -> bool:
    """Tell whether the tables are those that the kit makes, and the file is one that SQLite writes as the kit says."""
    ours = {row[2] for row in _expected()}
    moving: int = connection.execute("PRAGMA auto_vacuum").fetchone()[0]
    return {row for row in schema if row[2] in ours} == _expected() and not moving


def _schema(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    return {*connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")}


@cache
def _expected() -> set[tuple[object, ...]]:
    """Return the schema of a file of this format."""
    with closing(sqlite3.connect(_MEMORY, isolation_level=None)) as connection:
        begin(connection)
        return _schema(connection)


def begin(connection: sqlite3.Connection) -> None:
    """Make the tables of this format, and say so; within a transaction."""
    for statement in tables("BLOB", " WITHOUT ROWID"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def mended_for_wal(version: tuple[int, ...]) -> bool:
    """Tell whether a version of SQLite can keep a write-ahead log: 3.7.0 to 3.51.2 can lose what was committed.

    The mend was brought to the lines of 3.44 and 3.50 too.

    >>> mended_for_wal((3, 40, 1)), mended_for_wal((3, 50, 7)), mended_for_wal((3, 51, 2)), mended_for_wal((3, 51, 3))
    (False, True, False, True)
    """
    return version >= (3, 51, 3) or any(line <= version < (3, line[1] + 1) for line in ((3, 44, 6), (3, 50, 7)))


def copy(connection: sqlite3.Connection, store: str, place: str) -> None:
    """Copy a database, as it is between two transactions, to a path: as a whole, or not at all.

    What is there is replaced. Nobody but the owner may read the copy.
    """
    half_done = f"{place}.part"
    try:
        Path(half_done).unlink(missing_ok=True)
        os.close(os.open(half_done, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with explaining(store), closing(sqlite3.connect(half_done, isolation_level=None)) as target:
            target.execute("PRAGMA synchronous = FULL")
            connection.backup(target, progress=_or_give_up)
        os.replace(half_done, place)  # noqa: PTH105 - they are strings already
        _to_disk(os.path.dirname(place))  # noqa: PTH120 - as above
    except OSError:
        raise StoreError(store, "cannot be copied; check who may write to the folder of the copy") from None
    finally:
        with suppress(OSError):
            Path(half_done).unlink(missing_ok=True)


class _WaitedError(sqlite3.OperationalError):
    """Somebody else held the file all the time."""

    sqlite_errorcode = sqlite3.SQLITE_BUSY


def _or_give_up(status: int, *_: object) -> None:
    """Stop a copy that SQLite has waited for long enough; Python would begin anew for ever."""
    if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        raise _WaitedError


def _to_disk(folder: str) -> None:
    """See that the name of a new file outlives a power cut."""
    with suppress(PermissionError):  # on Windows no folder can be opened
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


#: How Python passes on what SQLite says; the second where SQLite quotes a file that is damaged.
_SAID = (sqlite3.Error, UnicodeDecodeError)
_DAMAGED = "is not a database, or is damaged; it was left as it is"


@contextmanager
def explaining(store: str) -> Iterator[None]:
    """Turn what SQLite says into a StoreError, without anything that was bound or read."""
    try:
        yield
    except _SAID as error:
        raise explained(store, error) from None


def explained(store: str, error: BaseException) -> StoreError:
    """Return what to raise for what SQLite said, without anything that was bound or read.

    Whatever it refuses to run that the kit wrote, it refuses because the file is not what the kit made.
    """
    match getattr(error, "sqlite_errorcode", 0 if isinstance(error, sqlite3.Error) else sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusyError(store, "is in use by another program; try again in a moment")
        case sqlite3.SQLITE_FULL:
            return StoreError(store, "cannot grow: the disk is full; nothing was kept, free some space and try again")
        case sqlite3.SQLITE_IOERR:
            return StoreError(store, "cannot be read or written: the disk reports an error; nothing was kept")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreError(store, "cannot be written; check who may write to the file and its folder")
        case sqlite3.SQLITE_CANTOPEN:
            return StoreError(store, "cannot be opened; check that its folder exists")
        case 0 | sqlite3.SQLITE_MISUSE | sqlite3.SQLITE_NOMEM:
            return StoreError(store, "is closed, or cannot be used in this state")
        case _:
            return StoreCorruptError(store, _DAMAGED)


class Alone:
    """Lets no other thread in, and no process that was forked; says what SQLite says in the words of the kit.

    It is entered for every append and read: a class, for a generator takes three times as long.
    """

    def __init__(self, store: str) -> None:
        self._store, self._lock, self._process = store, Lock(), os.getpid()

    @property
    def is_forked(self) -> bool:
        """Whether this is another process than the one that opened the store."""
        return os.getpid() != self._process

    def __enter__(self) -> None:
        if self.is_forked:
            raise StoreError(self._store, "was opened by the process that this one was forked from; open it again here")
        self._lock.acquire()

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self._lock.release()
        if isinstance(error, _SAID):
            raise explained(self._store, error) from None


class Transaction:
    """Begins, and commits at the end; undoes everything where something is raised."""

    def __init__(self, connection: sqlite3.Connection, begin: str) -> None:
        self._connection, self._begin = connection, begin

    def __enter__(self) -> None:
        self._connection.execute(self._begin)

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        try:
            if error is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:  # SQLite may have rolled back by itself, on a full disk
                self._connection.execute("ROLLBACK")
