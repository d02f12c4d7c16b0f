"""Where events are kept: one joint log for each space, and one private log for each partner in it."""

import json
from collections.abc import Iterable
from typing import Protocol, overload

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.preflight import Limits
from intimacy_kit.practice.event_documents import to_document
from intimacy_kit.practice.events import Event, JointEvent, PrivateEvent, is_name

__all__ = ["KEPT", "Store", "check_append", "check_log", "log_name", "to_text"]

#: How large a kept event may be: boundaries that decline all of the largest pack fit.
KEPT = Limits(size=4 * 1024 * 1024, depth=16, nodes=1_000_000, string=20_000)


class Store(Protocol):
    """What keeps events.

    A log is named by a space, and by a partner where it is that partner's private one; both
    ids are the host's and say nothing to the kit (1 to 128 characters that can be seen, as is a
    key). The version of a log is how many events it has.
    """

    @overload
    def append(
        self, space: str, events: Iterable[JointEvent], *, expected: int, partner: None = None, key: str = ""
    ) -> int: ...

    @overload
    def append(
        self, space: str, events: Iterable[PrivateEvent], *, expected: int, partner: str, key: str = ""
    ) -> int: ...

    def append(
        self, space: str, events: Iterable[Event], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log, all or none, and return its new version.

        *expected* is the version that was read; when somebody else was faster it raises
        StoreConflictError and appends nothing. *key* makes a retry harmless: an append with a
        key that this log has seen returns the version it led to then, or raises IdempotencyError
        if the events are others. An event in the wrong log raises InvalidValueError.
        """

    @overload
    def events(self, space: str, *, partner: None = None) -> tuple[JointEvent, ...]: ...

    @overload
    def events(self, space: str, *, partner: str) -> tuple[PrivateEvent, ...]: ...

    def events(self, space: str, *, partner: str | None = None) -> tuple[Event, ...]:
        """Return the events of a log, oldest first; an unknown log is empty."""


def log_name(space: str, partner: str | None) -> str:
    """Return what a log is called in messages."""
    return space if partner is None else f"{space}/{partner}"


def check_log(space: str, partner: str | None) -> None:
    """Raise InvalidValueError for what cannot name a log."""
    for name, value in (("space", space), ("partner", partner)):
        if not is_name(value) and not (name == "partner" and value is None):
            raise InvalidValueError(name, "must be an id of 1 to 128 characters, without space around it")


def check_append(space: str, events: Iterable[Event], partner: str | None, key: str) -> tuple[Event, ...]:
    """Return the events; raise InvalidValueError where one does not belong into this log.

    So no private event ever reaches the joint log, or the log of somebody else.
    """
    checked = tuple(events)
    check_log(space, partner)
    if key and not is_name(key):
        raise InvalidValueError("key", "must be of 1 to 128 characters, without space around it, or empty for none")
    if not all(isinstance(event, Event) for event in checked):
        raise InvalidValueError("events", "must be events, such as Completed.of(activity, at=now)")
    if any(event.partner != partner for event in checked):
        rule = "must be joint" if partner is None else "must be the private events of this partner"
        raise InvalidValueError("events", f"{rule}; a private event belongs into the log of its partner")
    return checked


def to_text(event: Event) -> str:
    """Return an event as the JSON text that is kept; raise InvalidValueError if it is too large to be read again."""
    text = json.dumps(to_document(event), ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > KEPT.size:
        raise InvalidValueError("events", f"must be of at most {KEPT.size} bytes each")
    return text
