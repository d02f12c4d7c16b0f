"""Events as JSON documents: how each field is written, and read again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import fields

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    BoundariesChanged,
    CheckedIn,
    Completed,
    Event,
    JourneyChosen,
    NoticeRead,
    Offered,
    Paused,
    Skipped,
    Started,
)
from intimacy_kit.practice.moments import read_day, read_moment

__all__ = ["event_from", "to_document"]

_EVENTS: dict[str, type[Any]] = {
    kind.event: kind
    for kind in (
        Offered,
        Started,
        Paused,
        Completed,
        Skipped,
        JourneyChosen,
        BoundariesChanged,
        NoticeRead,
        CheckedIn,
    )
}


def _boundaries_document(boundaries: Boundaries) -> dict[str, Any]:
    return {
        "depth": boundaries.depth,
        "topics": dict(boundaries.topics),
        "declined": {activity: until.isoformat() for activity, until in boundaries.declined},
    }


def _read_boundaries(document: Any) -> Boundaries:
    topics, declined = document.get("topics", {}), document.get("declined", {})
    if not document.keys() <= {"depth", "topics", "declined"} or type(topics) is not dict or type(declined) is not dict:
        raise InvalidValueError("boundaries", "must hold depth, topics and declined")
    days = {activity: read_day(until) for activity, until in declined.items()}
    return Boundaries(depth=document["depth"], topics=topics, declined=days)


def _read_list(values: Any) -> tuple[Any, ...]:
    if type(values) is not list:
        raise InvalidValueError("value", "must be a list")
    return tuple(values)


def _read_answers(values: Any) -> dict[str, Any]:
    if type(values) is not dict:
        raise InvalidValueError("answers", "must give a point of the scale for each question")
    return values


def _read_set(values: Any) -> frozenset[Any]:
    if len(_read_list(values)) > len(set(values)):
        raise InvalidValueError("value", "must not hold the same value twice")
    return frozenset(values)


#: How a field is written into a document, and how it is read; the others stand there as they are.
_FIELDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "at": (datetime.isoformat, read_moment),
    "skills": (list, _read_list),
    "topics": (sorted, _read_set),
    "moves": (list, _read_list),
    "boundaries": (_boundaries_document, _read_boundaries),
    "answers": (dict, _read_answers),
}


def to_document(event: Event) -> dict[str, Any]:
    """Return an event as a JSON document that ``event.schema.json`` accepts.

    >>> from datetime import UTC
    >>> to_document(NoticeRead(partner="a", at=datetime(2026, 11, 23, 20, 0, tzinfo=UTC)))
    {'event': 'notice_read', 'partner': 'a', 'at': '2026-11-23T20:00:00+00:00'}
    """
    document: dict[str, Any] = {"event": event.event}
    for attribute in fields(type(event)):
        value = getattr(event, attribute.name)
        if value is not None:
            write, _ = _FIELDS.get(attribute.name, (_as_is, _as_is))
            document[attribute.name] = write(value)
    return document


def event_from(document: object) -> Event:
    """Return the event that a document describes.

    Raises InvalidValueError where ``event.schema.json`` would refuse the document; what it
    says holds none of anybody's words.

    >>> event_from({"event": "notice_read", "partner": "a", "at": "2026-11-23T20:00:00+00:00"}).partner
    'a'
    """
    written: dict[str, Any] = {**document} if isinstance(document, dict) else {}
    kind = written.pop("event", None)
    if type(kind) is not str or kind not in _EVENTS or None in written.values():
        raise InvalidValueError("event", "must be a document of a kind this kit knows")
    try:
        values = {name: _FIELDS.get(name, (_as_is, _as_is))[1](value) for name, value in written.items()}
        event: Event = _EVENTS[kind](**values)
    except (TypeError, AttributeError, KeyError):  # a field is missing, unknown, or of quite another type
        raise InvalidValueError("event", "must hold the fields of its kind") from None  # Python's words quote the field
    return event


def _as_is(value: Any) -> Any:
    return value
