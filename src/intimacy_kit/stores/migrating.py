"""From format 1 of a SQLite file, where an event was a text and nothing else, to format 2 with its chains.

All of it is one transaction: after a crash the file is in the one format or in the other, and opening it goes on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from intimacy_kit.errors import StoreCorruptError
from intimacy_kit.practice.events import is_name
from intimacy_kit.stores import log_name
from intimacy_kit.stores import statements as sql
from intimacy_kit.stores.chains import genesis, head_after, key_sum, key_trace, salted
from intimacy_kit.stores.coders import PLAIN, Coder, Place
from intimacy_kit.stores.files import begin, copy
from intimacy_kit.stores.verifying import END_BYTES

__all__ = ["copies_of", "migrate"]

_LOGS = "SELECT DISTINCT space, partner FROM events_1 UNION SELECT space, partner FROM appends"
_EVENTS = """SELECT version, CAST(event AS BLOB) FROM events_1
WHERE space = ? AND partner = ? ORDER BY version"""
_KEYS = "SELECT key, version, digest FROM appends WHERE space = ? AND partner = ?"

#: How many bytes are tried at most to find out where an append began.
_TRIED = 64 * 1024 * 1024


def copies_of(place: str) -> list[Path]:
    """Return what the kit may have left beside a file: the copy of an earlier format, whole or half done."""
    return [Path(f"{place}.format-1{ending}") for ending in ("", ".part", ".part-journal")]


def migrate(connection: sqlite3.Connection, store: str, place: str, coder: Coder) -> None:
    """Bring a file to format 2, within a transaction that holds the write lock; a copy is made before.

    Raises StoreCorruptError where a log has a gap, and changes nothing then.
    """
    with closing(sqlite3.connect(place, isolation_level=None)) as reader:
        copy(reader, store, f"{place}.format-1")
    connection.execute("ALTER TABLE events RENAME TO events_1")
    begin(connection)
    for space, partner in connection.execute(_LOGS).fetchall():
        if not is_name(space) or (partner and not is_name(partner)):
            raise StoreCorruptError(store, "names a log in a way that no kit does")
        events = connection.execute(_EVENTS, (space, partner)).fetchall()
        for version, (found, _) in enumerate(events, 1):
            if found != version:
                raise StoreCorruptError(store, "lost an event", log_name(space, partner), version)
        texts = [text for _, text in events]
        _keep_events(connection, coder, (space, partner), texts)
        _keep_keys(connection, (space, partner), texts)
    connection.execute("DROP TABLE events_1")
    connection.execute("DROP TABLE appends")


def _keep_events(connection: sqlite3.Connection, coder: Coder, log: tuple[str, str], texts: list[bytes]) -> None:
    """Keep the texts of a log letter by letter; one that cannot be read is reported when it is read, as before."""
    space, partner = log
    head = genesis(space, partner)
    for version, text in enumerate(texts, 1):
        body = salted(text)
        head = head_after(head, version, body)
        kept = coder.seal(Place(space, partner, version, partner, "event"), body) if partner else PLAIN + body
        connection.execute(sql.ADD_EVENT, (*log, version, head, kept))
    if texts:
        connection.execute(sql.ADD_LOG, log)
        connection.execute(sql.SET_END, (*log, sql.END, head, len(texts).to_bytes(END_BYTES, "big")))


def _keep_keys(connection: sqlite3.Connection, log: tuple[str, str], texts: list[bytes]) -> None:
    """Keep the keys of a log. One whose events are not found any more still refuses to be used again."""
    space, partner = log
    for key, stop, digest in connection.execute(_KEYS, log).fetchall():
        start = next((start for start in _starts(texts, stop, digest)), stop + 1)
        checksum = key_sum(space, partner, key, partner, (start, stop))
        trace = key_trace(space, partner, key)
        connection.execute(sql.ADD_KEY, (space, partner, key, partner, trace, start, stop, checksum))


def _starts(texts: list[bytes], stop: int, digest: bytes) -> Iterator[int]:
    """Give the version after which an append began that ended at a version: format 1 kept only a digest of it all."""
    tried = 0
    for start in range(min(stop, len(texts)), -1, -1):
        together = b"\n".join(texts[start:stop])
        if sha256(together).digest() == digest:
            yield start
        tried += len(together)
        if tried > _TRIED:
            return
