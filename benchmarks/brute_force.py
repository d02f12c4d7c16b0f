"""Whether a pack is coercive, found out as it is defined: everybody who could be, one after the other.

People allow a depth and some topics; there are as many of them as sets of topics, at every depth, which doubles
with each topic.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, combinations

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["coerced"]


def coerced(pack: Pack) -> frozenset[str]:
    """Return what some people never come to though they allow it, while those who allow everything do.

    For packs that name only what is in them, that count no journeys, and in which nothing is retired.
    """
    everything = frozenset(topic for activity in pack.activities for topic in activity.topics)
    most = _reached(pack.activities, pack.activities)
    missed: set[str] = set()
    for depth, topics in _everybody(everything):
        permitted = [one for one in pack.activities if one.depth <= depth and one.topics <= topics]
        reached = _reached(permitted, pack.activities)
        missed.update(one.id for one in permitted if one.id in most and one.id not in reached)
    return frozenset(missed)


def _everybody(topics: Collection[str]) -> Iterator[tuple[int, frozenset[str]]]:
    for depth in DEPTHS:
        for some in chain.from_iterable(combinations(sorted(topics), many) for many in range(len(topics) + 1)):
            yield depth, frozenset(some)


def _reached(permitted: Sequence[Activity], activities: Sequence[Activity]) -> dict[str, Activity]:
    """Return what people come to who are permitted so much: more and more, until nothing opens any more."""
    withheld = {one.id for one in activities} - {one.id for one in permitted}
    reached: dict[str, Activity] = {}
    waiting = list(permitted)
    while opening := [one for one in waiting if one.requires is None or _holds(one.requires, reached, withheld)]:
        reached.update((one.id, one) for one in opening)
        waiting = [one for one in waiting if one.id not in reached]
    return reached


def _holds(gate: Gate, reached: dict[str, Activity], withheld: set[str]) -> bool:
    """Tell whether a gate comes to hold, given time."""
    match gate:
        case Resolved(name) | Elapsed(since=name):
            return name in reached or name in withheld
        case Done(name):
            return name in reached
        case DistinctDays():
            return bool(reached)
        case Count(n=n):
            return sum(_has(one, gate) for one in reached.values()) >= n
        case AllOf(of):
            return all(_holds(part, reached, withheld) for part in of)
        case AnyOf(of):
            return any(_holds(part, reached, withheld) for part in of)
        case AtLeast(n, of):
            return sum(_holds(part, reached, withheld) for part in of) >= n


def _has(activity: Activity, count: Count) -> bool:
    match count.by:
        case "skill":
            return count.value in activity.skills
        case "topic":
            return count.value in activity.topics
        case "kind":
            return activity.kind == count.value
        case _:
            return activity.depth == count.value
