"""What happened, one frozen value per fact, joint or private.

A *joint* event is known to everybody in the space. A *private* event belongs to one partner
and says so; it never goes into the joint log. Events about an activity carry what the fold
needs to know of it (kind, skills, topics, depth, rev), so that history reads without the pack.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Protocol, Self

from attrs import field, frozen

from intimacy_kit.content.checks import (
    distinct,
    filled,
    instance,
    instances,
    is_id,
    is_slug,
    is_topic,
    matching,
    one_of,
    optional,
    ordered,
    unordered,
    whole,
)
from intimacy_kit.content.migrations import CREDITS, is_migration
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, SKILLS
from intimacy_kit.loading.preflight import bad_character
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.moments import is_aware, is_day
from intimacy_kit.practice.words import LONGEST, Words

__all__ = [
    "MOST_PEOPLE",
    "SHARED",
    "Accepted",
    "Agreed",
    "Answer",
    "BoundariesChanged",
    "Carried",
    "CheckedIn",
    "Completed",
    "Declined",
    "Event",
    "JointEvent",
    "JourneyChosen",
    "Migrated",
    "Noted",
    "NoticeRead",
    "Offered",
    "Paused",
    "PrivateEvent",
    "Revealed",
    "Sealed",
    "Skipped",
    "SpaceClosed",
    "SpaceLeft",
    "SpaceOpened",
    "Started",
    "TakenBack",
    "Withdrawn",
    "is_name",
]

#: How many people a space is for at most.
MOST_PEOPLE = 6

#: What becomes of the words somebody shared, when they are erased: the others lose them too, or keep them.
SHARED = ("removed", "kept")

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
        type(value) is str
        and 1 <= len(value) <= _LONGEST_NAME
        and value == value.strip()
        and "\n" not in value
        and not bad_character(value)
    )


_aware = matching(is_aware, "must be a datetime with a time zone; pass datetime.now(zone)")
_move = matching(is_name, "must be moves")
_partner = matching(is_name, "must be an id of 1 to 128 characters, without space around it")
_day = matching(is_day, "must be a date from 1900 on")
_round = whole(0, 10_000)
_words = instance(Words, "words")
_shown = filled(LONGEST)


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
    skills: tuple[str, ...] = field(converter=ordered, validator=distinct(one_of(SKILLS), least=1, most=10))
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


def _in_order(people: Any) -> tuple[str, ...]:
    """Return ids in the order of the alphabet; what cannot be sorted is left to the validator to refuse."""
    names = tuple(people)
    return tuple(sorted(names)) if all(type(name) is str for name in names) else names


def _by_person(answers: Any) -> tuple[Any, ...]:
    given = tuple(answers)
    return tuple(sorted(given, key=lambda one: one.who)) if all(isinstance(one, Answer) for one in given) else given


def _of_different_people(answers: Any) -> bool:
    return len({answer.who for answer in answers}) == len(answers)


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
    moves: tuple[str, ...] = field(default=(), converter=ordered, validator=instances(_move, most=500))


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
class Carried:
    """One id that what happened with another one counts for as well, from now on."""

    old: str = field(validator=_id)
    new: str = field(validator=_id)
    #: What it counts as: ``done`` as it was, or only as ``offered``.
    credit: str = field(default="done", validator=one_of(CREDITS))


@frozen(kw_only=True)
class Migrated:
    """A pack they use was updated, and some ids became others; said once, by the name of the migration.

    It carries what became of which id, so that history reads without the pack.
    """

    event: ClassVar[str] = "migrated"
    partner: ClassVar[None] = None

    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    #: ``pack-name/name``.
    name: str = field(validator=matching(is_migration, "must be a name such as tea/2027-03-two-walks"))
    carried: tuple[Carried, ...] = field(
        default=(), converter=tuple[Carried, ...], validator=instances(instance(Carried, "carried"), most=2000)
    )


@frozen(kw_only=True)
class SpaceOpened:
    """They began to share a space; it says for whom it is, and what becomes of what they share."""

    event: ClassVar[str] = "space_opened"
    partner: ClassVar[None] = None

    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    #: The people it is for, by the ids that the host gave, in the order of the alphabet.
    people: tuple[str, ...] = field(converter=_in_order, validator=distinct(_partner, least=1, most=MOST_PEOPLE))
    #: What becomes of the words somebody shared, when they are erased; one of ``SHARED``.
    shared: str = field(default="removed", validator=one_of(SHARED))


@frozen(kw_only=True)
class SpaceLeft:
    """Somebody left; which day is known, not which hour."""

    event: ClassVar[str] = "space_left"
    partner: ClassVar[None] = None

    on: date = field(validator=_day)
    who: str = field(validator=_partner)


@frozen(kw_only=True)
class SpaceClosed:
    """The space was closed for everybody; it is not said by whom."""

    event: ClassVar[str] = "space_closed"
    partner: ClassVar[None] = None

    on: date = field(validator=_day)


@frozen(kw_only=True)
class Answer:
    """What one person answered, beside the words they answered to."""

    who: str = field(validator=_partner)
    #: The words of the prompt as they were shown, whatever becomes of the pack.
    shown: str = field(validator=_shown)
    #: Their words; None where they were erased.
    words: Words | None = field(default=None, validator=optional(_words))


@frozen(kw_only=True)
class Revealed:
    """Everybody's sealed answers were opened, all at once.

    Which day is known, not which hour: that would be when the last of them agreed.
    """

    event: ClassVar[str] = "revealed"
    partner: ClassVar[None] = None

    on: date = field(validator=_day)
    activity: str = field(validator=_id)
    #: In the order of the ids, which says nothing about who was first.
    answers: tuple[Answer, ...] = field(
        converter=_by_person,
        validator=[
            instances(instance(Answer, "answers"), least=1, most=MOST_PEOPLE),
            matching(_of_different_people, "must hold one answer for each person"),
        ],
    )


@frozen(kw_only=True)
class TakenBack:
    """Somebody took back an answer that had been revealed; it is shown no more, though it may be remembered."""

    event: ClassVar[str] = "taken_back"
    partner: ClassVar[None] = None

    on: date = field(validator=_day)
    who: str = field(validator=_partner)
    activity: str = field(validator=_id)
    #: Which time they answered it, counted from 0.
    round: int = field(validator=_round)


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


@frozen(kw_only=True)
class Declined:
    """Somebody does not want an activity up to a day; nobody else ever learns of it."""

    event: ClassVar[str] = "declined"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    activity: str = field(validator=_id)
    #: The first day on which it may be offered again.
    until: date = field(validator=_day)


@frozen(kw_only=True)
class Accepted:
    """Somebody was asked about an activity, alone, and said yes."""

    event: ClassVar[str] = "accepted"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    activity: str = field(validator=_id)
    #: What it touched on when they were asked; should it touch on something else, the yes holds no more.
    topics: frozenset[str] = field(converter=unordered, validator=distinct(_topic, least=1, most=20))
    #: The first day on which they are asked again.
    until: date = field(validator=_day)


@frozen(kw_only=True)
class Sealed(_OfActivity):
    """Somebody wrote an answer that nobody else can read until everybody has, and agreed to open them."""

    event: ClassVar[str] = "sealed"

    partner: str = field(validator=_partner)
    #: The words of the prompt as they were shown to them.
    shown: str = field(validator=_shown)
    words: Words = field(validator=_words)
    #: How often answers to this activity had been revealed before.
    round: int = field(default=0, validator=_round)


@frozen(kw_only=True)
class Agreed:
    """Somebody agreed that the answers are opened once everybody does."""

    event: ClassVar[str] = "agreed"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    activity: str = field(validator=_id)
    round: int = field(default=0, validator=_round)


@frozen(kw_only=True)
class Withdrawn:
    """Somebody took back what they had sealed, before it was opened."""

    event: ClassVar[str] = "withdrawn"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    activity: str = field(validator=_id)
    round: int = field(default=0, validator=_round)


@frozen(kw_only=True)
class Noted:
    """Somebody wrote something down for themselves."""

    event: ClassVar[str] = "noted"

    partner: str = field(validator=_partner)
    at: datetime = field(validator=_aware, eq=datetime.isoformat)
    words: Words = field(validator=_words)
    #: What it is about; None is nothing in particular.
    activity: str | None = field(default=None, validator=optional(_id))


JointEvent = (
    Offered
    | Started
    | Paused
    | Completed
    | Skipped
    | JourneyChosen
    | Migrated
    | SpaceOpened
    | SpaceLeft
    | SpaceClosed
    | Revealed
    | TakenBack
)
PrivateEvent = BoundariesChanged | NoticeRead | CheckedIn | Declined | Accepted | Sealed | Agreed | Withdrawn | Noted
Event = JointEvent | PrivateEvent
