"""Looking at a SQLite file of the kit without changing it, and without telling anything that stands in it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from attrs import field, frozen

from intimacy_kit.errors import StoreCorruptError, StoreError, StoreKeyError
from intimacy_kit.stores.coders import coder_for
from intimacy_kit.stores.files import FORMAT, Transaction, explaining, found_format, lenient
from intimacy_kit.stores.statements import END
from intimacy_kit.stores.transactions import Transactions, result

__all__ = ["Examined", "examine"]

_LOGS = "SELECT space, partner FROM logs"
_COUNTS = "SELECT count(DISTINCT space), count(*) FROM events WHERE version < ?"


@frozen
class Examined:
    """What was seen of a store: how much it holds, and nothing of what that says."""

    #: The format of the file; 0 where it is empty.
    format: int
    spaces: int = 0
    events: int = 0
    #: How many logs cannot be read without a key, and were not looked into.
    sealed: int = 0
    #: Whether everybody on this machine may read it; its owner alone should.
    readable_by_others: bool = field(default=False)


def examine(path: str | os.PathLike[str]) -> Examined:
    """Look whether a file is a store of the kit, and whole: every log is read from its beginning.

    Raises StoreError where there is no such file or it is none of the kit's, StoreCorruptError where a byte is not as
    it was written, and StoreVersionError where a later kit wrote it.
    """
    name = os.fspath(path)
    if not Path(path).is_file():
        raise StoreError(name, "is no file; nothing was kept there yet")
    others = os.name == "posix" and bool(Path(path).stat().st_mode & 0o077)
    with explaining(name), closing(_opened(path)) as connection:
        with Transaction(connection, "BEGIN"):
            found = found_format(connection, name)
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise StoreCorruptError(name, "is damaged; put a backup in its place")
        if found != FORMAT:  # an older one is brought to this format when it is opened, and looked into then
            return Examined(found, readable_by_others=others)
        with Transaction(connection, "BEGIN"):
            spaces, events = connection.execute(_COUNTS, (END,)).fetchone()
        sealed = sum(_sealed(connection, name))
    return Examined(found, spaces, events, sealed, others)


def _opened(path: str | os.PathLike[str]) -> sqlite3.Connection:
    uri = f"{Path(path).resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.text_factory = lenient
    return connection


def _sealed(connection: sqlite3.Connection, name: str) -> Iterator[bool]:
    """Read every log, and tell of each whether it needs a key."""
    logic = Transactions(name, coder_for(name, None))
    for space, partner in connection.execute(_LOGS).fetchall():
        steps = logic.events(space, partner or None, 0, None)
        statement = next(steps)
        try:
            with Transaction(connection, "BEGIN"):
                while statement is not None:
                    statement = steps.send(connection.execute(*statement).fetchall())
            result(steps)
        except StoreKeyError:
            yield True
        else:
            yield False
