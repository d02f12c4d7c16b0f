"""What happened, one frozen value per fact, and its form as a JSON document.

A *joint* event is known to everybody in the space. A *private* event belongs to one partner
and says so; it never goes into the joint log. Events about an activity carry what the fold
needs to know of it (kind, skills, topics, depth, rev), so that history reads without the pack.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, Self

from attrs import field, fields, frozen

from intimacy_kit.content.checks import (
    distinct,
    instance,
    instances,
    is_id,
    is_slug,
    is_topic,
    matching,
    one_of,
    optional,
    unordered,
    whole,
)
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, SKILLS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.preflight import bad_character
from intimacy_kit.practice.boundaries import Boundaries

__all__ = [
    "BoundariesChanged",
    "CheckedIn",
    "Completed",
    "Event",
    "JointEvent",
    "JourneyChosen",
    "NoticeRead",
    "Offered",
    "Paused",
    "PrivateEvent",
    "Skipped",
    "Started",
    "event_from",
    "is_aware",
    "is_name",
    "to_document",
]

_LONGEST_NAME = 128
_HIGHEST_POINT = 100
_LEAP = "(?:(?:19|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)"
_DATE = (
    "(?:(?:19|[2-9][0-9])[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_DAY = re.compile(_DATE)
_MOMENT = re.compile(
    f"{_DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{{6}})?[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)

_id = matching(is_id, "must be an id such as foundations/coming-back")
_topic = matching(is_topic, "must be topics such as in_laws")


def is_name(value: object) -> bool:
    """Tell whether the value can be an id of the host's: 1 to 128 characters that can be seen, no space around them.

    Whatever else stood in an event could be written, and not be read again.

    >>> is_name("Zoë"), is_name(" Zoë"), is_name("Zo\u200b")
    (True, False, False)
    """
    return (
        type(value) is str and 1 <= len(value) <= _LONGEST_NAME and value == value.strip() and not bad_character(value)
    )


def is_aware(value: object) -> bool:
    """Tell whether the value is a datetime that knows its offset from UTC, in whole minutes.

    >>> from datetime import UTC
    >>> is_aware(datetime(2026, 11, 23, tzinfo=UTC)), is_aware(datetime(2026, 11, 23))
    (True, False)
    """
    return isinstance(value, datetime) and value.tzinfo is not None and _MOMENT.fullmatch(value.isoformat()) is not None


_aware = matching(is_aware, "must be a datetime with a time zone; pass datetime.now(zone)")
_move = matching(is_name, "must be moves")
_partner = matching(is_name, "must be an id of 1 to 128 characters, without space around it")


class Described(Protocol):
    """What an event keeps of an activity."""

    kind: ClassVar[str]

    @property
    def id(self) -> str:
        """The full id."""

    @property
    def rev(self) -> int:
        """The revision."""

    @property
    def skills(self) -> tuple[str, ...]:
        """What it practises."""

    @property
    def topics(self) -> frozenset[str]:
        """What it touches on."""

    @property
    def depth(self) -> int:
        """How deep it goes."""


@frozen(kw_only=True)
class _OfActivity:
    """A fact about an activity, as the activity was then."""

    activity: str = field(validator=_id)
    #: When, aware; its date is the day it counts for. Equal is what is written the same, zone and all.
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    rev: int = field(default=1, validator=whole(1, 10_000))
    kind: str = field(validator=one_of(KINDS))
    skills: tuple[str, ...] = field(converter=tuple[str, ...], validator=distinct(one_of(SKILLS), least=1, most=10))
    topics: frozenset[str] = field(default=frozenset(), converter=unordered, validator=distinct(_topic, most=20))
    depth: int = field(validator=whole(min(DEPTHS), max(DEPTHS)))

    @classmethod
    def of(cls, activity: Described, *, at: datetime, **more: Any) -> Self:
        """Return the event for an activity; *at* is aware, in the zone the people live in."""
        return cls(
            activity=activity.id,
            at=at,
            rev=activity.rev,
            kind=activity.kind,
            skills=activity.skills,
            topics=activity.topics,
            depth=activity.depth,
            **more,
        )


@frozen(kw_only=True)
class Offered(_OfActivity):
    """An activity was put before them; it never locks again through history."""

    event: ClassVar[str] = "offered"
    partner: ClassVar[None] = None


@frozen(kw_only=True)
class Started(_OfActivity):
    """They began it."""

    event: ClassVar[str] = "started"
    partner: ClassVar[None] = None


@frozen(kw_only=True)
class Paused(_OfActivity):
    """They left it for now, to go on another time."""

    event: ClassVar[str] = "paused"
    partner: ClassVar[None] = None

    #: The moves made so far; making them again leads to the same place.
    moves: tuple[str, ...] = field(default=(), converter=tuple[str, ...], validator=instances(_move, most=500))


@frozen(kw_only=True)
class Completed(_OfActivity):
    """They did it to the end."""

    event: ClassVar[str] = "completed"
    partner: ClassVar[None] = None


@frozen(kw_only=True)
class Skipped(_OfActivity):
    """They put it aside together, before or after beginning it."""

    event: ClassVar[str] = "skipped"
    partner: ClassVar[None] = None


@frozen(kw_only=True)
class JourneyChosen:
    """They chose a journey to follow; None is none."""

    event: ClassVar[str] = "journey_chosen"
    partner: ClassVar[None] = None

    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    journey: str | None = field(default=None, validator=optional(_id))


@frozen(kw_only=True)
class BoundariesChanged:
    """Somebody set their own boundaries."""

    event: ClassVar[str] = "boundaries_changed"

    #: Whose, by the id that the host gave.
    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    boundaries: Boundaries = field(repr=False, validator=instance(Boundaries, "boundaries"))


@frozen(kw_only=True)
class NoticeRead:
    """Somebody read, alone, the notice that comes before depth 2."""

    event: ClassVar[str] = "notice_read"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)


def _sorted_pairs(answers: Any) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(dict(answers).items()))


def _is_answer(pair: Any) -> bool:
    name, point = pair
    return is_slug(name) and type(point) is int and 0 <= point <= _HIGHEST_POINT


@frozen(kw_only=True)
class CheckedIn(_OfActivity):
    """Somebody answered a check-in for themselves."""

    event: ClassVar[str] = "checked_in"

    partner: str = field(validator=_partner)
    #: Pairs of question and point of the scale.
    answers: tuple[tuple[str, int], ...] = field(
        converter=_sorted_pairs,
        repr=False,
        validator=instances(matching(_is_answer, "must give a point of the scale for each question"), least=1, most=50),
    )


JointEvent = Offered | Started | Paused | Completed | Skipped | JourneyChosen
PrivateEvent = BoundariesChanged | NoticeRead | CheckedIn
Event = JointEvent | PrivateEvent

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
    days = {activity: _read_day(until) for activity, until in declined.items()}
    return Boundaries(depth=document["depth"], topics=topics, declined=days)


def _read_day(day: Any) -> date:
    if type(day) is not str or not _DAY.fullmatch(day):
        raise InvalidValueError("day", "must be a date such as 2026-11-23")
    return date.fromisoformat(day)


def _read_moment(moment: Any) -> datetime:
    if type(moment) is not str or not _MOMENT.fullmatch(moment):
        raise InvalidValueError("at", "must be a moment such as 2026-11-23T20:00:00+01:00")
    return datetime.fromisoformat(moment)


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
    "at": (datetime.isoformat, _read_moment),
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
