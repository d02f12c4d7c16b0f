"""A store in memory, for tests and for evenings that leave no trace."""

from collections.abc import Iterable
from threading import Lock
from typing import Any

from intimacy_kit.errors import IdempotencyError, StoreConflictError
from intimacy_kit.practice.events import Event
from intimacy_kit.stores import check_append, check_log, log_name, to_text

__all__ = ["MemoryStore"]

_Log = tuple[str, str | None]


class MemoryStore:
    """Keeps events until the program ends. Any thread may use it.

    >>> MemoryStore().events("us")
    ()
    """

    def __init__(self) -> None:
        self._logs: dict[_Log, list[Event]] = {}
        self._appends: dict[tuple[_Log, str], tuple[tuple[Event, ...], int]] = {}
        self._lock = Lock()

    def append(
        self, space: str, events: Iterable[Any], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :class:`intimacy_kit.stores.Store`."""
        checked = check_append(space, events, partner, key)
        for event in checked:
            to_text(event)  # refuses what a store on disk would refuse
        log = (space, partner)
        with self._lock:
            if key and (log, key) in self._appends:
                before, version = self._appends[log, key]
                if before != checked:
                    raise IdempotencyError(log_name(*log), key)
                return version
            kept = self._logs.setdefault(log, [])
            if len(kept) != expected:
                raise StoreConflictError(log_name(*log), expected, len(kept))
            kept.extend(checked)
            if key:
                self._appends[log, key] = (checked, len(kept))
            return len(kept)

    def events(self, space: str, *, partner: str | None = None) -> tuple[Any, ...]:
        """Return the events of a log, oldest first; an unknown log is empty."""
        check_log(space, partner)
        with self._lock:
            return tuple(self._logs.get((space, partner), ()))
