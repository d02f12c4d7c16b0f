"""Where events are kept: one joint log for each space, and one private log for each partner in it."""

from collections.abc import Iterable
from typing import Protocol, overload

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.events import Event, JointEvent, PrivateEvent

__all__ = ["Store", "check_append", "log_name"]


class Store(Protocol):
    """What keeps events.

    A log is named by a space, and by a partner where it is that partner's private one; both
    ids are the host's and say nothing to the kit. The version of a log is how many events it has.
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


def check_append(space: str, events: Iterable[Event], partner: str | None) -> tuple[Event, ...]:
    """Return the events; raise InvalidValueError where one does not belong into this log.

    So no private event ever reaches the joint log, or the log of somebody else.
    """
    checked = tuple(events)
    if not space or partner == "":
        raise InvalidValueError("space" if not space else "partner", "must not be empty")
    if any(event.partner != partner for event in checked):
        rule = "must be joint" if partner is None else "must be the private events of this partner"
        raise InvalidValueError("events", f"{rule}; a private event belongs into the log of its partner")
    return checked
