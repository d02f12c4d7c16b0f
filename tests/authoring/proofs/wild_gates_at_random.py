"""Wild gates for systems at random, and what all gates are drawn from."""

from collections.abc import Sequence
from random import Random
from typing import Any

from attrs import Factory, define

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved

TOPICS = ("home", "play", "money", "faith", "loss")
NO_WAYS = ("gone/way", "tea/no-way")


@define
class WildGates:
    """Draws the gate of one activity after the other, each over those that came before."""

    random: Random
    faults: frozenset[str]
    #: The ids of the journeys that there will be.
    ways: Sequence[str]
    #: The activities before, with their gates.
    there: list[Activity] = Factory(list)
    #: The ids of what somebody misses on purpose, and of all that names it.
    hurt: set[str] = Factory(set)

    def chance(self, share: float) -> bool:
        """Toss a coin that falls so in this share of throws."""
        return self.random.random() < share

    def faulty(self, fault: str, share: float) -> bool:
        """Tell whether a fault is to be put in, in this share of the places where it could be."""
        return fault in self.faults and self.chance(share)

    def some(self, values: Sequence[Any], most: int) -> list[Any]:
        """Draw some different values."""
        return self.random.sample(list(values), min(most, len(values)))

    def named(self, one: Activity) -> str:
        """Return a name of an activity, now and then an earlier one."""
        return self.random.choice((one.id, one.id, *one.aliases))

    def nowhere(self) -> str:
        """Return an id of nothing, in a pack that is missing or in one that is there."""
        here = [f"{other.pack}/nowhere" for other in self.there]
        return self.random.choice(("gone/away", "gone/far", *here))

    def on_a_way(self) -> Count:
        """Return a count over a journey, which may be missing."""
        way = self.random.choice([*self.ways, *self.ways, *NO_WAYS])
        return Count("journey", way, self.random.choice((1, 1, 2)))

    def wild(self, one: Activity, everybody: Sequence[Activity]) -> Gate | None:
        """Return any gate at all, most often over what came before."""
        if not self.there or self.chance(0.2):
            return None
        return self._wild(one, everybody, self.random.choice((0, 1, 1, 2)))

    def _wild(self, one: Activity, everybody: Sequence[Activity], height: int) -> Gate:
        if height == 0:
            return self._atom(one, everybody)
        parts = [
            self._wild(one, everybody, height - self.random.choice((1, 1, 2)) if height > 1 else 0)
            for _ in range(self.random.choice((1, 2, 2, 3)))
        ]
        least = self.random.randint(1, len(parts) + self.chance(0.1))
        return self.random.choice([AllOf(parts), AllOf(parts), AnyOf(parts), AtLeast(least, parts)])

    def _atom(self, one: Activity, everybody: Sequence[Activity]) -> Gate:
        others = [other for other in everybody if other.id != one.id]
        other = self.random.choice(self.there if self.there and self.chance(0.75) else others)
        name = self.nowhere() if self.chance(0.05) else self.named(other)
        by, value = self.random.choice(labels([other]))
        kind = self.random.choices(("resolved", "done", "elapsed", "count", "journey", "days"), (6, 4, 2, 5, 1.5, 1))[0]
        match kind:
            case "resolved":
                return Resolved(name)
            case "done":
                return Done(name)
            case "elapsed":
                return Elapsed(self.random.choice((1, 3, 7)), name)
            case "count":
                return Count(by, value, self.random.choice((1, 1, 2, 2, 3)))
            case "journey":
                return self.on_a_way()
            case _:
                return DistinctDays(self.random.choice((1, 2, 3)))


def labels(activities: Sequence[Activity]) -> list[tuple[str, str | int]]:
    """Return what these count towards."""
    return sorted(
        {
            label
            for one in activities
            for label in [
                ("kind", one.kind),
                ("depth", one.depth),
                *(("skill", skill) for skill in one.skills),
                *(("topic", topic) for topic in one.topics),
            ]
        },
        key=str,
    )
