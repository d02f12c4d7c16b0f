"""What happened, one frozen value per fact, joint or private.

A *joint* event is known to everybody in the space. A *private* event belongs to one partner
and says so; it never goes into the joint log. Events about an activity carry what the fold
needs to know of it (kind, skills, topics, depth, rev), so that history reads without the pack.
"""

from datetime import datetime
from typing import Any, ClassVar, Protocol, Self

from attrs import field, frozen

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
from intimacy_kit.loading.preflight import bad_character
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.moments import is_aware

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
    "is_name",
]

_LONGEST_NAME = 128
_HIGHEST_POINT = 100
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
