"""What people allow: a ceiling of depth, topics, and activities declined until a date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Protocol

from attrs import evolve, field, frozen

from intimacy_kit.content.checks import is_id, is_topic, whole
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, TOPICS
from intimacy_kit.errors import InvalidValueError

__all__ = ["ALWAYS", "Answer", "Boundaries", "Touching"]

Answer = Literal["no", "ask", "yes"]

#: Declined until this day is declined for good.
ALWAYS = date.max

_ANSWERS: tuple[Answer, ...] = ("no", "ask", "yes")
_ORDINARY = frozenset(ORDINARY_TOPICS)


class Touching(Protocol):
    """What boundaries need to know of an activity."""

    @property
    def id(self) -> str:
        """The full id."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The ids it had before."""

    @property
    def depth(self) -> int:
        """How deep it goes, 1 to 4."""

    @property
    def topics(self) -> frozenset[str]:
        """What it touches on."""


def _by_default(topic: str) -> Answer:
    return "yes" if topic in ORDINARY_TOPICS else "no"


def _topics(
    answers: Mapping[str, Answer] | tuple[tuple[str, Answer], ...],
) -> tuple[tuple[str, Answer], ...]:
    """Sort the answers and drop those that go without saying, so that equal boundaries are equal."""
    pairs = answers.items() if isinstance(answers, Mapping) else answers
    known = dict(pairs)
    for topic, answer in known.items():
        if not is_topic(topic):
            raise InvalidValueError("topics", "must name topics such as in_laws")
        if answer not in _ANSWERS:
            raise InvalidValueError("topics", "must say yes, ask or no to each topic")
    return tuple(sorted((t, a) for t, a in known.items() if t in TOPICS and a != _by_default(t)))


def _declined(until: Mapping[str, date] | Iterable[tuple[str, date]]) -> tuple[tuple[str, date], ...]:
    pairs = dict(until.items() if isinstance(until, Mapping) else until)
    for activity_id, day in pairs.items():
        if not is_id(activity_id):
            raise InvalidValueError("declined", "must name activities by their full id")
        if type(day) is not date:
            raise InvalidValueError("declined", "must say until which date")
    return tuple(sorted(pairs.items()))


@frozen(kw_only=True)
class Boundaries:
    """What one person allows, or what several people allow together.

    Without a word from anybody: depth 1 and ordinary topics, nothing else. ``a & b`` is what
    both allow; whose boundary it was cannot be told from it. A topic this kit does not know
    is never allowed.

    >>> ada, ben = Boundaries(depth=3, topics={"money": "yes"}), Boundaries(depth=2)
    >>> (ada & ben).depth, (ada & ben).answer("money"), (ada & ben).answer("home")
    (2, 'no', 'yes')
    """

    #: The deepest depth, 1 to 4.
    depth: int = field(default=min(DEPTHS), validator=whole(min(DEPTHS), max(DEPTHS)))
    #: Pairs of topic and answer, where the answer is not the one that goes without saying.
    topics: tuple[tuple[str, Answer], ...] = field(default=(), converter=_topics)
    #: Pairs of activity and the first day on which it may be offered again.
    declined: tuple[tuple[str, date], ...] = field(default=(), converter=_declined)
    _welcome: frozenset[str] = field(init=False, eq=False, repr=False)
    _until: Mapping[str, date] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Keep what is looked up again and again: the topics that are welcome, and until when what is declined."""
        welcome = (_ORDINARY - {topic for topic, _ in self.topics}) | {
            t for t, answer in self.topics if answer == "yes"
        }
        object.__setattr__(self, "_welcome", welcome)
        object.__setattr__(self, "_until", dict(self.declined))

    def answer(self, topic: str) -> Answer:
        """Return yes, ask or no to a topic."""
        return dict(self.topics).get(topic, _by_default(topic))

    def cover(self, depth: int, topics: frozenset[str]) -> bool:
        """Tell whether a depth and topics are within the boundaries.

        A topic that somebody wants to be asked about first is not, until everybody was asked.
        """
        return depth <= self.depth and topics <= self._welcome

    def decline(self, activity: Touching, on: date) -> bool:
        """Tell whether an activity is declined on a day, under any id it ever had."""
        return bool(self._until) and any(on < self._until.get(name, on) for name in (activity.id, *activity.aliases))

    def allow(self, activity: Touching, on: date) -> bool:
        """Tell whether an activity is within the boundaries on a day (in the zone people live in)."""
        return self.cover(activity.depth, activity.topics) and not self.decline(activity, on)

    def __and__(self, other: "Boundaries") -> "Boundaries":
        """Return what both allow: the lower depth, the narrower answers, and the declines of each."""
        topics = {
            topic: min(self.answer(topic), other.answer(topic), key=_ANSWERS.index)
            for topic in dict(self.topics) | dict(other.topics)
        }
        declined = dict(self.declined)
        for activity_id, until in other.declined:
            declined[activity_id] = max(until, declined.get(activity_id, until))
        return Boundaries(depth=min(self.depth, other.depth), topics=topics, declined=declined)

    def with_depth(self, depth: int) -> "Boundaries":
        """Return the same boundaries with another ceiling of depth."""
        return evolve(self, depth=depth)

    def with_answer(self, topic: str, answer: Answer) -> "Boundaries":
        """Return the same boundaries with another answer to a topic the kit knows."""
        if topic not in TOPICS:
            raise InvalidValueError("topic", f"must be one of {', '.join(TOPICS)}")
        return evolve(self, topics=dict(self.topics) | {topic: answer})

    def declining(self, activity_id: str, until: date = ALWAYS) -> "Boundaries":
        """Return the same boundaries with an activity declined up to a day, which is the first one after."""
        return evolve(self, declined=dict(self.declined) | {activity_id: until})

    def not_declining(self, activity_id: str) -> "Boundaries":
        """Return the same boundaries without a decline of an activity."""
        return evolve(self, declined={name: until for name, until in self.declined if name != activity_id})
