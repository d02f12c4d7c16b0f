"""Small systems of packs: who is permitted what, and every state that people come to.

States are found by taking one step at a time. Nothing here is clever: it is meant for at most eight or so activities.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations

from attrs import define, field, frozen
from authoring.proofs.gates_by_hand import World, holds

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import Count
from intimacy_kit.content.journeys import Journey
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS, TOPICS

Ids = frozenset[str]
NOBODY: Ids = frozenset()


@frozen
class Profile:
    """What people allow: up to which depth, and without which topics."""

    depth: int
    refused: Ids


@define(slots=False)
class System:
    """The activities and journeys of some packs."""

    packs: tuple[Pack, ...] = field(converter=tuple[Pack, ...])

    @cached_property
    def activities(self) -> Mapping[str, Activity]:
        """All activities by id."""
        return {activity.id: activity for pack in self.packs for activity in pack.activities}

    @cached_property
    def journeys(self) -> Mapping[str, Journey]:
        """All journeys by id."""
        return {journey.id: journey for pack in self.packs for journey in pack.journeys}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The id of today for each earlier one."""
        return {alias: activity.id for activity in self.activities.values() for alias in activity.aliases}

    @cached_property
    def topics(self) -> Ids:
        """The topics that occur."""
        return frozenset(topic for activity in self.activities.values() for topic in activity.topics)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every ceiling of depth with every set of refused topics."""
        return tuple(Profile(depth, refused) for depth in DEPTHS for refused in subsets(self.topics))

    @cached_property
    def top(self) -> Ids:
        """What those are permitted who allow everything."""
        return self.permitted(Profile(max(DEPTHS), NOBODY))

    @cached_property
    def kinds_of_people(self) -> frozenset[Ids]:
        """What each profile permits; two profiles that permit the same are one."""
        return frozenset(self.permitted(profile) for profile in self.profiles)

    def id_now(self, name: str) -> str:
        """Return the id of today; an unknown one stays as it is."""
        return self.aliases.get(name, name)

    def permitted(self, profile: Profile) -> Ids:
        """Return the ids of what a profile permits."""
        return frozenset(
            activity.id
            for activity in self.activities.values()
            if not activity.retired
            and all(topic in TOPICS for topic in activity.topics)
            and activity.depth <= profile.depth
            and not activity.topics & profile.refused
        )

    def of_purpose(self, purpose: str) -> Ids:
        """Return the ids of what is there for a purpose."""
        return frozenset(name for name, activity in self.activities.items() if activity.purpose == purpose)

    def of_depth(self, depth: int) -> Ids:
        """Return the ids of one depth."""
        return frozenset(name for name, activity in self.activities.items() if activity.depth == depth)

    def on(self, offers: Iterable[str]) -> Ids:
        """Return the ids of today for what a journey or a part of it offers."""
        return frozenset(map(self.id_now, offers))

    def labelled(self, count: Count) -> Ids | None:
        """Return the ids of all that a count is over; None where it is over a journey that is not there."""
        if count.by == "journey":
            journey = self.journeys.get(str(count.value))
            return None if journey is None else self.on(journey.offers)
        return frozenset(name for name, one in self.activities.items() if _has_label(one, count))


def _has_label(activity: Activity, count: Count) -> bool:
    match count.by:
        case "skill":
            return count.value in activity.skills
        case "topic":
            return count.value in activity.topics
        case "kind":
            return count.value == activity.kind
        case _:
            return count.value == activity.depth


def subsets(values: Iterable[str]) -> Iterator[Ids]:
    """Give every subset."""
    values = sorted(values)
    return (frozenset(some) for size in range(len(values) + 1) for some in combinations(values, size))


@frozen
class Lived:
    """A state: what some people were permitted, and what of it they acted on; time flows freely."""

    system: System
    permitted: Ids
    acted: Ids

    def resolved(self, name: str) -> bool:
        """Acted on, not permitted, or not there."""
        now = self.system.id_now(name)
        return now in self.acted or now not in self.permitted

    def done(self, name: str) -> bool:
        """Acted on."""
        return self.system.id_now(name) in self.acted

    def elapsed(self, name: str, days: int) -> bool:  # noqa: ARG002 - days go by
        """Tell whether the days begin to run."""
        return self.resolved(name)

    def counted(self, count: Count) -> bool:
        """Tell whether enough different activities were acted on."""
        labelled = self.system.labelled(count)
        return labelled is None or len(self.acted & labelled) >= count.n

    def lived(self, days: int) -> bool:  # noqa: ARG002 - what was done once can be done again
        """Tell whether days can be filled."""
        return bool(self.acted)


@frozen
class Unprepared(Lived):
    """The same for people who put every orientation aside."""

    def resolved(self, name: str) -> bool:
        """An orientation is out of the way, others as they are."""
        return self.system.id_now(name) in self.system.of_purpose("orientation") or super().resolved(name)

    def done(self, name: str) -> bool:
        """No orientation was done."""
        return self.system.id_now(name) not in self.system.of_purpose("orientation") and super().done(name)


@frozen
class SameEvening(Lived):
    """The same on the evening of the first thing ever done."""

    def elapsed(self, name: str, days: int) -> bool:  # noqa: ARG002 - not one day went by
        """Only what is not permitted, or not there, is waited for no longer."""
        return self.system.id_now(name) not in self.permitted

    def lived(self, days: int) -> bool:
        """It is the first day."""
        return days == 1


def states(
    system: System, permitted: Ids, may_act: Ids | None = None, kind: Callable[[System, Ids, Ids], World] = Lived
) -> frozenset[Ids]:
    """Return every state that people come to from nothing, one open activity of *may_act* at a time."""
    may_act = permitted if may_act is None else may_act
    seen = {NOBODY}
    waiting = [NOBODY]
    while waiting:
        acted = waiting.pop()
        world = kind(system, permitted, acted)
        for name in may_act - acted:
            if holds(system.activities[name].requires, world) and (then := acted | {name}) not in seen:
                seen.add(then)
                waiting.append(then)
    return frozenset(seen)


def union(several: Iterable[Ids]) -> Ids:
    """Return what is in one of several sets."""
    return frozenset(name for one in several for name in one)
