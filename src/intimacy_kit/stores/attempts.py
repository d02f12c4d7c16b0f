"""What both PostgreSQL stores do alike: everything but waiting."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, Self, TypeVar

from attrs import frozen

from intimacy_kit.errors import KitError, StoreBusyError, StoreCorruptError, StoreError, StoreVersionError
from intimacy_kit.practice.events import is_name
from intimacy_kit.stores.coders import coder_for
from intimacy_kit.stores.keys import KeyProvider
from intimacy_kit.stores.statements import tables
from intimacy_kit.stores.transactions import Rows, Statement, Steps, Transactions, result

try:
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
except ImportError:  # also where it is there, and libpq is not
    raise KitError("a PostgreSQL store needs more than the kit itself: pip install 'intimacy-kit[postgres]'") from None

__all__ = ["FORMAT", "PAUSES", "Plan", "Refused", "Work", "in_psycopg", "psycopg"]

T = TypeVar("T")
#: What a connection does, from its BEGIN to its COMMIT, and what comes out of it.
Work = Generator[Statement, Rows, T]

#: The format of what is kept, in the row of each space.
FORMAT = 2
#: How long to wait, in seconds, before the second try, the third, ...
PAUSES = (0.1, 0.3, 1.0, 3.0)
_LOCK_SECONDS = 5
_CONNECT_SECONDS = 10

_SPACES = "CREATE TABLE spaces (space TEXT NOT NULL, format BIGINT NOT NULL, PRIMARY KEY (space))"
_TABLES = (*tables("BYTEA"), _SPACES)
_FOUND = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = ?"
_FORMAT_OF = "SELECT format FROM spaces WHERE space = ?"
_ADD_SPACE = "INSERT INTO spaces (space, format) VALUES (?, ?) ON CONFLICT (space) DO NOTHING"

_WRITING = "READ COMMITTED READ WRITE"
_READING = "REPEATABLE READ READ ONLY"  # several SELECTs see one moment

#: What passes by itself: two that begin the tables at once, a server that restarts, has become a replica or is full.
_PASSES = frozenset({"23505", "42P06", "42P07", "57P01", "57P02", "57P03", "57P05", "53300", "25006"})
#: The classes of what passes: the connection was lost, the transaction was rolled back for the sake of another.
_CLASSES_THAT_PASS = frozenset({"08", "40"})


@frozen
class Refused:
    """Why a try failed."""

    error: StoreError
    #: Whether the next one may do better.
    passes: bool

    def pause(self, pauses: Iterator[float]) -> float:
        """Return how long to wait before the next try; raise the error where there is none."""
        pause = next(pauses, None) if self.passes else None
        if pause is None:
            raise self.error
        return pause


@frozen
class Plan:
    """How a store works."""

    name: str
    conninfo: str
    schema: str
    pauses: tuple[float, ...]
    logic: Transactions

    @classmethod
    def of(cls, conninfo: str, schema: str, keys: KeyProvider | None, pauses: Sequence[float]) -> Self:
        """Return the plan of a store; raise StoreError for what is no connection string, it may hold a password."""
        given: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS}
        try:
            given |= conninfo_to_dict(conninfo) | {"client_encoding": "utf8"}
        except psycopg.Error:
            schema = ""
        if not is_name(schema):
            raise StoreError(
                "postgresql", "cannot be opened: give a connection string of libpq, and a name of a schema"
            )
        name = f"postgresql:{given.get('dbname', '')}/{schema}"
        return cls(name, make_conninfo(**given), schema, tuple(pauses), Transactions(name, coder_for(name, keys)))

    def opening(self) -> Work[None]:
        """Make the tables where they are not there yet, everything or nothing."""
        wanted = {statement.split()[2] for statement in _TABLES}
        found = {name for (name,) in (yield _FOUND, (self.schema,))} & wanted
        if found == wanted:
            return
        if found:
            raise StoreError(self.name, "has tables of another program; choose another schema")
        yield f"{self._begin(_WRITING)}; CREATE SCHEMA IF NOT EXISTS {self._quoted}", ()
        for statement in _TABLES:
            yield statement, ()
        yield "COMMIT", ()

    def whole(self, space: str, make: Callable[[], Steps[T]], *, writes: bool) -> Work[T]:
        """Do the work of a transaction in one space, which nobody else writes to meanwhile."""
        steps = make()
        statement = next(steps)  # checks what was given, the space too
        yield self._begin(_WRITING if writes else _READING), ()
        lock = f"{_FORMAT_OF} FOR UPDATE" if writes else _FORMAT_OF
        found = yield lock, (space,)
        if writes and not found:
            yield _ADD_SPACE, (space, FORMAT)
            found = yield lock, (space,)
        if found and found[0][0] > FORMAT:
            raise StoreVersionError(self.name, found[0][0], FORMAT)
        while statement is not None:
            statement = steps.send((yield statement))
        yield "COMMIT", ()
        return result(steps)

    def _begin(self, kind: str) -> str:
        """Return what begins a transaction: it sets nothing for longer, a pool may give the connection to others.

        Where the server was told to acknowledge what is not on the disk, it is told otherwise.
        """
        return (
            f"BEGIN ISOLATION LEVEL {kind}; SET LOCAL search_path TO {self._quoted}; "
            f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'; SELECT set_config('synchronous_commit', 'on', true) "
            "WHERE current_setting('synchronous_commit') = 'off'"
        )

    @property
    def _quoted(self) -> str:
        return sql.Identifier(self.schema).as_string()

    def refused(self, error: psycopg.Error) -> Refused:
        """Say what PostgreSQL said, without what it says about values."""
        state = error.sqlstate or ""
        lost = not state and isinstance(error, psycopg.OperationalError)
        if lost or state in _PASSES or state[:2] in _CLASSES_THAT_PASS:
            reason = "cannot be reached just now, or does not let this account in; check the server, then try again"
            return Refused(StoreBusyError(self.name, reason), passes=True)
        return Refused(self._lasting(state), passes=False)

    def _lasting(self, state: str) -> StoreError:
        match state:
            case "55P03" | "57014":
                return StoreBusyError(self.name, "is in use by another program; try again in a moment")
            case "53100":
                reason = "cannot grow: the disk is full; nothing was kept, free some space and try again"
            case "42501":
                reason = "may not be used by this account; grant it the schema and its tables"
            case "XX001" | "XX002":
                return StoreCorruptError(self.name, "is damaged, says PostgreSQL; it was left as it is")
            case _:
                reason = f"refused a statement, with SQLSTATE {state or 'none'}"
        return StoreError(self.name, reason)

    def check_usable(self, process: int, *, closed: bool) -> None:
        """Raise StoreError where the connection was closed, or belongs to the process that this one was forked from."""
        if closed:
            raise StoreError(self.name, "is closed, or cannot be used in this state")
        if process != os.getpid():
            raise StoreError(self.name, "was opened before this process was forked; open one in each process")


def in_psycopg(statement: str) -> str:
    """Return a statement with its parameters as psycopg writes them."""
    return statement.replace("?", "%s")
