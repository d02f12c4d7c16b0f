"""What people allow, enumerated: every profile that makes a difference in what they may see."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import field, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS, TOPICS
from intimacy_kit.practice.boundaries import Answer, Boundaries

__all__ = ["Profile", "profiles"]

_KNOWN = frozenset(TOPICS)


@frozen(slots=False)
class Profile:
    """What two people allow together: a ceiling of depth, and the topics they refuse.

    >>> profile = Profile("up to tender, without money", 3, frozenset(["money"]))
    >>> profile.boundaries.answer("money"), profile.boundaries.answer("loss")
    ('no', 'yes')
    """

    #: In words: "up to tender, without money".
    name: str
    #: The deepest depth, 1 to 4.
    depth: int
    #: The topics they refuse; every other one that the kit knows is welcome.
    refused: frozenset[str] = frozenset()
    #: Whether it differs from others in depth, and in sensitive topics all together, only.
    broad: bool = field(default=False, eq=False)

    @cached_property
    def boundaries(self) -> Boundaries:
        """The same, as the engine is told it."""
        welcome: dict[str, Answer] = {topic: "yes" for topic in SENSITIVE_TOPICS if topic not in self.refused}
        unwelcome: dict[str, Answer] = {topic: "no" for topic in ORDINARY_TOPICS if topic in self.refused}
        return Boundaries(depth=self.depth, topics={**welcome, **unwelcome})

    def permits(self, activity: Activity) -> bool:
        """Tell whether an activity may be shown to them: judged here once more, and not by asking the engine."""
        return (
            activity.depth <= self.depth
            and not activity.retired
            and activity.topics.isdisjoint(self.refused)
            and activity.topics <= _KNOWN
        )


def profiles(activities: Iterable[Activity]) -> tuple[Profile, ...]:
    """Return the profiles that differ in what they permit of some activities, those who allow least first.

    Every ceiling of depth, with all sensitive topics that occur, with none, with all but one, with one alone, and with
    one ordinary topic refused. Of profiles that permit the same the first stays; one that permits nothing goes.
    """
    there = tuple(activities)
    seen: set[frozenset[str]] = {frozenset()}
    found = []
    for profile in _thinkable(frozenset(topic for activity in there for topic in activity.topics)):
        permitted = frozenset(activity.id for activity in there if profile.permits(activity))
        if permitted not in seen:
            seen.add(permitted)
            found.append(profile)
    return tuple(found)


def _thinkable(topics: frozenset[str]) -> Iterator[Profile]:
    sensitive = [topic for topic in SENSITIVE_TOPICS if topic in topics]
    for depth, word in DEPTHS.items():
        name = f"up to {word}"
        yield Profile(name, depth, broad=True)
        yield Profile(f"{name}, no sensitive topic", depth, frozenset(sensitive), broad=True)
        for topic in sensitive:
            yield Profile(f"{name}, without {topic}", depth, frozenset([topic]))
        for topic in sensitive:
            others = frozenset(sensitive) - {topic}
            yield Profile(f"{name}, of the sensitive topics only {topic}", depth, others)
        for topic in ORDINARY_TOPICS:
            if topic in topics:
                yield Profile(f"{name}, without {topic}", depth, frozenset([topic]))
