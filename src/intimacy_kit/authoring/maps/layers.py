"""Which layer everything stands in: how many things come before it, on the shortest way."""

from collections import Counter
from collections.abc import Mapping

from attrs import field, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import (
    AllOf,
    AnyOf,
    AtLeast,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Gate,
    Resolved,
    named_in,
)
from intimacy_kit.content.vocabulary import TOPICS
from intimacy_kit.loading.catalog import Catalog

__all__ = ["Layers", "is_withheld", "layers_of"]

_KNOWN = frozenset(TOPICS)


@frozen
class Layers:
    """Where every activity stands for people who allow everything and skip nothing for ever."""

    #: The layer of each activity that opens one day; 0 is open from the start.
    of: Mapping[str, int]
    #: Those that never open.
    stuck: frozenset[str]
    #: Those of them that wait for themselves, round some corners.
    circling: frozenset[str]

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return max(self.of.values(), default=-1) + 1


def is_withheld(activity: Activity) -> bool:
    """Tell whether nobody is ever offered it: it is retired, or touches a topic this kit does not know."""
    return activity.retired or not activity.topics <= _KNOWN


@frozen
class _Reached:
    """What was acted on so far, and what that adds up to."""

    catalog: Catalog
    ids: set[str] = field(factory=set)
    counts: Counter[tuple[str, str | int]] = field(factory=Counter)

    def add(self, activity: Activity) -> None:
        self.ids.add(activity.id)
        self.counts.update(("skill", skill) for skill in activity.skills)
        self.counts.update(("topic", topic) for topic in activity.topics)
        self.counts.update([("kind", activity.kind), ("depth", activity.depth)])

    def opens(self, gate: Gate | None) -> bool:
        match gate:
            case None:
                return True
            case Resolved(id) | Elapsed(since=id):
                return self._is_resolved(id)
            case Done(id):
                return self.catalog.id_now(id) in self.ids
            case Count():
                return self._counted(gate)
            case DistinctDays():
                return bool(self.ids)
            case AllOf(of):
                return all(self.opens(part) for part in of)
            case AnyOf(of):
                return any(self.opens(part) for part in of)
        return self._of_several(gate)

    def _of_several(self, gate: AtLeast) -> bool:
        return sum(self.opens(part) for part in gate.of) >= gate.n

    def _is_resolved(self, activity_id: str) -> bool:
        activity = self.catalog.get(activity_id)
        return activity is None or is_withheld(activity) or activity.id in self.ids

    def _counted(self, count: Count) -> bool:
        if count.by != "journey":
            return self.counts[count.by, count.value] >= count.n
        journey = self.catalog.journeys.get(str(count.value))
        return journey is None or len({self.catalog.id_now(one) for one in journey.offers} & self.ids) >= count.n


def layers_of(catalog: Catalog) -> Layers:
    """Return where everything stands: all that opens at once, then what that opens, and so on.

    A gate with alternatives opens by the earliest of them.
    """
    reached, layers = _Reached(catalog), dict[str, int]()
    waiting = [activity for activity in catalog.values() if not is_withheld(activity)]
    layer = 0
    while opened := [activity for activity in waiting if reached.opens(activity.requires)]:
        for activity in opened:
            reached.add(activity)
            layers[activity.id] = layer
        waiting = [activity for activity in waiting if activity.id not in layers]
        layer += 1
    stuck = {activity.id: activity for activity in waiting}
    return Layers(layers, frozenset(stuck), frozenset(_circling(stuck, catalog)))


def _circling(stuck: Mapping[str, Activity], catalog: Catalog) -> set[str]:
    """Return those that come back to themselves when one follows what each waits for."""
    waits_for = {
        one.id: {catalog.id_now(name) for name, atom in named_in(one.requires) if not isinstance(atom, Count)}
        & stuck.keys()
        for one in stuck.values()
    }
    return {start for start in stuck if start in _beyond(start, waits_for)}


def _beyond(start: str, waits_for: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = waits_for[ahead.pop()] - found
        found |= new
        ahead += sorted(new)
    return found
