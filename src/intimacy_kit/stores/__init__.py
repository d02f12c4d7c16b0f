"""Where events are kept: one joint log for each space, and one private log for each partner in it."""

from collections.abc import Iterable
from typing import Any, Protocol, overload

from attrs import field, frozen

from intimacy_kit.content.checks import matching, whole
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.events import Event, JointEvent, PrivateEvent, is_name

__all__ = ["AsyncStore", "Head", "Part", "Store", "check_key", "check_log", "check_page", "check_parts", "log_name"]

_DIGEST_BYTES = 32
_MOST_EVENTS = 2**53


def _is_digest(value: object) -> bool:
    try:
        return type(value) is str and len(bytes.fromhex(value)) == _DIGEST_BYTES
    except ValueError:
        return False


@frozen(kw_only=True)
class Part:
    """What goes into one log, when several are appended to at once.

    >>> Part(events=[], expected=0).partner is None
    True
    """

    #: What happened, oldest first; none where only the version of the log is to hold.
    events: tuple[Event, ...] = field(converter=tuple[Event, ...])
    #: The version of the log that was read.
    expected: int
    #: Whose private log it is; None for the joint one.
    partner: str | None = None


@frozen
class Head:
    """Where a log stands. Kept outside the store, it tells later whether the log was put back or changed.

    It is safe to show to anybody: it tells how many events there are, and nothing of what they are.
    """

    #: How many events the log has.
    version: int = field(validator=whole(0, _MOST_EVENTS))
    #: The head of its hash chain, 64 hexadecimal digits.
    digest: str = field(validator=matching(_is_digest, "must be 64 hexadecimal digits"))


class Store(Protocol):
    """What keeps events.

    A log is named by a space, and by a partner where it is that partner's private one; both
    ids are the host's and say nothing to the kit (1 to 128 characters that can be seen, as is a
    key). The version of a log is how many events it has.

    Everything here raises InvalidValueError for what cannot be, StoreBusyError where trying again may help,
    StoreCorruptError for a log that is not as it was written, StoreKeyError for one that is encrypted under another
    key, and StoreError for what the disk or the network did.
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
        if the events are others. An event in the wrong log raises InvalidValueError, one for
        somebody who was erased ErasedError.
        """

    def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space, everything or nothing; return their versions in the order of the parts.

        Raises what :meth:`append` raises. The key belongs to the log of the first part.
        """

    @overload
    def events(
        self, space: str, *, partner: None = None, after: int = 0, limit: int | None = None
    ) -> tuple[JointEvent, ...]: ...

    @overload
    def events(
        self, space: str, *, partner: str, after: int = 0, limit: int | None = None
    ) -> tuple[PrivateEvent, ...]: ...

    def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Event, ...]:
        """Return the events of a log, oldest first; an unknown or an erased log is empty.

        *after* leaves out so many of the oldest, and at most *limit* are returned. What somebody
        who was erased had revealed reads as no words.
        """

    def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Event, ...] | None:
        """Return the events that an append with a key added to the log the key belongs to; None for an unknown key."""

    def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""

    def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Raise StoreCorruptError if a log does not go through a head that was returned for it earlier.

        Then an older copy was put in place, or what happened was changed. Raises ErasedError for
        the log of somebody who was erased.
        """

    def erased(self, space: str, partner: str) -> bool:
        """Tell whether somebody was erased."""

    def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody: their log, its keys and, where *shared*, their words in the joint log; harmless twice.

        Where not *shared*, their words stay, but for those of the joint events with the versions *taken_back*. A mark
        stays that says nothing by itself: nothing can be appended for this person again.
        """


class AsyncStore(Protocol):
    """The same as :class:`Store`, awaited. An append that is cancelled was made as a whole or not at all."""

    @overload
    async def append(
        self, space: str, events: Iterable[JointEvent], *, expected: int, partner: None = None, key: str = ""
    ) -> int: ...

    @overload
    async def append(
        self, space: str, events: Iterable[PrivateEvent], *, expected: int, partner: str, key: str = ""
    ) -> int: ...

    async def append(
        self, space: str, events: Iterable[Event], *, expected: int, partner: str | None = None, key: str = ""
    ) -> int:
        """Append events to a log; see :meth:`Store.append`."""

    async def append_all(self, space: str, parts: Iterable[Part], *, key: str = "") -> tuple[int, ...]:
        """Append to several logs of a space; see :meth:`Store.append_all`."""

    @overload
    async def events(
        self, space: str, *, partner: None = None, after: int = 0, limit: int | None = None
    ) -> tuple[JointEvent, ...]: ...

    @overload
    async def events(
        self, space: str, *, partner: str, after: int = 0, limit: int | None = None
    ) -> tuple[PrivateEvent, ...]: ...

    async def events(
        self, space: str, *, partner: str | None = None, after: int = 0, limit: int | None = None
    ) -> tuple[Event, ...]:
        """Return the events of a log; see :meth:`Store.events`."""

    async def appended(self, space: str, key: str, *, partner: str | None = None) -> tuple[Event, ...] | None:
        """See :meth:`Store.appended`."""

    async def head(self, space: str, *, partner: str | None = None) -> Head:
        """Return where a log stands."""

    async def check_head(self, space: str, head: Head, *, partner: str | None = None) -> None:
        """Check that a log goes through a head; see :meth:`Store.check_head`."""

    async def erased(self, space: str, partner: str) -> bool:
        """See :meth:`Store.erased`."""

    async def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> None:
        """Erase somebody; see :meth:`Store.erase`."""


def log_name(space: str, partner: str | None) -> str:
    """Return what a log is called in messages."""
    return f"{space}/{partner}" if partner else space


def check_log(space: str, partner: str | None) -> None:
    """Raise InvalidValueError for what cannot name a log."""
    for name, value in (("space", space), ("partner", partner)):
        if not is_name(value) and not (name == "partner" and value is None):
            raise InvalidValueError(name, "must be an id of 1 to 128 characters, without space around it")


def check_key(key: str) -> None:
    """Raise InvalidValueError for what cannot be the key of an append."""
    if not is_name(key):
        raise InvalidValueError("key", "must be of 1 to 128 characters, without space around it, or empty for none")


def check_page(after: int, limit: int | None) -> None:
    """Raise InvalidValueError for what is no page of a log."""
    if type(after) is not int or not 0 <= after <= _MOST_EVENTS:
        raise InvalidValueError("after", "must be a version: 0, or how many events were read before")
    if limit is not None and (type(limit) is not int or not 0 <= limit <= _MOST_EVENTS):
        raise InvalidValueError("limit", "must be a number of events, or None for all")


def check_parts(space: str, parts: Iterable[Part], key: str) -> tuple[Part, ...]:
    """Return the parts of an append; raise InvalidValueError where one cannot be.

    So no private event ever reaches the joint log, or the log of somebody else.
    """
    checked = tuple(parts)
    if not checked or not all(isinstance(part, Part) for part in checked):
        raise InvalidValueError("parts", "must be one or more values of Part")
    if len({part.partner for part in checked}) < len(checked):
        raise InvalidValueError("parts", "must each be for another log")
    if key:
        check_key(key)
    for part in checked:
        check_log(space, part.partner)
        _check_events(part.events, part.partner)
    return checked


def _check_events(events: tuple[Any, ...], partner: str | None) -> None:
    if not all(isinstance(event, Event) for event in events):
        raise InvalidValueError("events", "must be events, such as Completed.of(activity, at=now)")
    if any(event.partner != partner for event in events):
        rule = "must be joint" if partner is None else "must be the private events of this partner"
        raise InvalidValueError("events", f"{rule}; a private event belongs into the log of its partner")
