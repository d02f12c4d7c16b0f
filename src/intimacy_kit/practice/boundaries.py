"""What people allow: a ceiling of depth, topics, what was declined or agreed to until a date, and a pause."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_
from typing import Literal, Protocol

from attrs import evolve, field, frozen

from intimacy_kit.content.checks import boolean, is_id, is_topic, whole
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, TOPICS
from intimacy_kit.errors import InvalidValueError

__all__ = ["ALWAYS", "Answer", "Boundaries", "Touching", "together"]

Answer = Literal["no", "ask", "yes"]

#: A yes to one activity that touches on topics somebody wants to be asked about: id, topics, the first day after.
Accepted = tuple[str, tuple[str, ...], date]

#: Declined until this day is declined for good.
ALWAYS = date.max

#: What an activity touches on at most.
_MOST_TOPICS = 20

_ANSWERS: tuple[Answer, ...] = ("no", "ask", "yes")
_ORDINARY = frozenset(ORDINARY_TOPICS)


class Covered(Protocol):
    """What boundaries need to know of an activity to cover it."""

    @property
    def id(self) -> str:
        """The full id."""

    @property
    def depth(self) -> int:
        """How deep it goes, 1 to 4."""

    @property
    def topics(self) -> frozenset[str]:
        """What it touches on."""


class Touching(Covered, Protocol):
    """What boundaries need to know of an activity."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """The ids it had before."""


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


def _accepted(given: Iterable[tuple[str, Iterable[str], date]]) -> tuple[Accepted, ...]:
    """Sort what was agreed to; of two yeses to the same, the later one counts."""
    latest: dict[tuple[str, tuple[str, ...]], date] = {}
    for activity_id, topics, until in given:
        named = tuple(sorted(topics))
        if not is_id(activity_id) or not 1 <= len(named) <= _MOST_TOPICS or type(until) is not date:
            raise InvalidValueError("accepted", "must hold a full id, 1 to 20 topics and a date for each activity")
        if not all(map(is_topic, named)):
            raise InvalidValueError("accepted", "must name topics such as in_laws")
        latest[activity_id, named] = max(until, latest.get((activity_id, named), until))
    return tuple(sorted((*about, until) for about, until in latest.items()))


@frozen(kw_only=True)
class Boundaries:
    """What one person allows, or what several people allow together.

    Without a word from anybody: depth 1 and ordinary topics, nothing else. ``a & b`` is what
    both allow; whose boundary it was cannot be told from it. A topic this kit does not know
    is never allowed. A topic with the answer ``ask`` is allowed for one activity at a time, after
    a yes to it, and for some days. While somebody pauses, nothing is allowed at all.

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
    #: What was agreed to after being asked: activity, its topics then, and the first day on which it is asked again.
    accepted: tuple[Accepted, ...] = field(default=(), converter=_accepted)
    #: Whether nothing is wanted for now.
    paused: bool = field(default=False, validator=boolean)
    _welcome: frozenset[str] = field(init=False, eq=False, repr=False)
    _until: Mapping[str, date] = field(init=False, eq=False, repr=False)
    _agreed: Mapping[tuple[str, frozenset[str]], date] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Keep what is looked up again and again, and no yes that is not needed or does not help.

        So what two allow together says nothing about who was asked: a yes to what needs none is no part of it.
        """
        welcome = (_ORDINARY - {topic for topic, _ in self.topics}) | {
            t for t, answer in self.topics if answer == "yes"
        }
        asks = {topic for topic, answer in self.topics if answer == "ask"}
        needed = tuple(yes for yes in self.accepted if set(yes[1]) & asks and set(yes[1]) <= welcome | asks)
        object.__setattr__(self, "accepted", needed)
        object.__setattr__(self, "_welcome", welcome)
        object.__setattr__(self, "_until", dict(self.declined))
        object.__setattr__(self, "_agreed", {(name, frozenset(topics)): until for name, topics, until in needed})

    def answer(self, topic: str) -> Answer:
        """Return yes, ask or no to a topic."""
        return dict(self.topics).get(topic, _by_default(topic))

    def cover(self, activity: Covered, on: date) -> bool:
        """Tell whether depth and topics of an activity are within the boundaries on a day.

        A topic that somebody wants to be asked about first is not, until everybody was asked about this activity
        with these topics.
        """
        return (
            activity.depth <= self.depth
            and (activity.topics <= self._welcome or (bool(self._agreed) and self.agree(activity, on)))
            and not self.paused
        )

    def agree(self, activity: Covered, on: date) -> bool:
        """Tell whether everybody who wants to be asked about an activity with these topics said yes to it."""
        return on < self._agreed.get((activity.id, activity.topics), on)

    def decline(self, activity: Touching, on: date) -> bool:
        """Tell whether an activity is declined on a day, under any id it ever had."""
        until = self._until
        return bool(until) and (
            on < until.get(activity.id, on) or any(on < until.get(alias, on) for alias in activity.aliases)
        )

    def allow(self, activity: Touching, on: date) -> bool:
        """Tell whether an activity is within the boundaries on a day (in the zone people live in)."""
        return self.cover(activity, on) and not self.decline(activity, on)

    def __and__(self, other: "Boundaries") -> "Boundaries":
        """Return what both allow: the lower depth, the narrower answers, and the declines of each."""
        topics = {
            topic: min(self.answer(topic), other.answer(topic), key=_ANSWERS.index)
            for topic in dict(self.topics) | dict(other.topics)
        }
        declined = dict(self.declined)
        for activity_id, until in other.declined:
            declined[activity_id] = max(until, declined.get(activity_id, until))
        return Boundaries(
            depth=min(self.depth, other.depth),
            topics=topics,
            declined=declined,
            accepted=(*_agreed_by_both(self, other), *_agreed_by_both(other, self)),
            paused=self.paused or other.paused,
        )

    def with_depth(self, depth: int) -> "Boundaries":
        """Return the same boundaries with another ceiling of depth."""
        return evolve(self, depth=depth)

    def with_answer(self, topic: str, answer: Answer) -> "Boundaries":
        """Return the same boundaries with another answer to a topic the kit knows."""
        if topic not in TOPICS:
            raise InvalidValueError("topic", f"must be one of {', '.join(TOPICS)}")
        return evolve(self, topics=dict(self.topics) | {topic: answer})

    def declining(self, activity_id: str, until: date = ALWAYS) -> "Boundaries":
        """Return the same boundaries with an activity declined up to a day, which is the first one after.

        A no takes back a yes that was given before: after that day they are asked anew.
        """
        accepted = [yes for yes in self.accepted if yes[0] != activity_id]
        return evolve(self, declined=dict(self.declined) | {activity_id: until}, accepted=accepted)

    def accepting(self, activity_id: str, topics: Iterable[str], until: date) -> "Boundaries":
        """Return the same boundaries with a yes, up to a day, to one activity that touches on what is asked about."""
        return evolve(self, accepted=(*self.accepted, (activity_id, topics, until)))

    def as_if_asked(self) -> "Boundaries":
        """Return what would be allowed if every question were answered with yes."""
        return evolve(self, topics={t: "yes" if answer == "ask" else answer for t, answer in self.topics})

    def pausing(self, *, paused: bool = True) -> "Boundaries":
        """Return the same boundaries with a pause, or without one."""
        return evolve(self, paused=paused)

    def without_what_is_over(self, on: date) -> "Boundaries":
        """Return the same boundaries without declines and yeses whose day has come, so that they do not grow."""
        return evolve(
            self,
            declined={name: until for name, until in self.declined if on < until},
            accepted=[one for one in self.accepted if on < one[2]],
        )

    def not_declining(self, activity_id: str) -> "Boundaries":
        """Return the same boundaries without a decline of an activity."""
        return evolve(self, declined={name: until for name, until in self.declined if name != activity_id})


def _agreed_by_both(one: Boundaries, other: Boundaries) -> Iterable[Accepted]:
    """Give what one person agreed to where the other one agreed to it as well, or needs not be asked about it."""
    theirs = {(name, topics): until for name, topics, until in other.accepted}
    for name, topics, until in one.accepted:
        if all(other.answer(topic) == "yes" for topic in topics):
            yield name, topics, until
        elif (name, topics) in theirs:
            yield name, topics, min(until, theirs[name, topics])


def together(people: Iterable[Boundaries]) -> Boundaries:
    """Return what all of these people allow; of nobody, what goes without saying.

    >>> together([Boundaries(depth=3), Boundaries(depth=2), Boundaries(depth=4)]).depth
    2
    """
    return reduce(and_, people) if (people := tuple(people)) else Boundaries()
