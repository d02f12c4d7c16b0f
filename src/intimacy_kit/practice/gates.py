"""Whether a gate holds: judged from the joint log and the joint boundaries, and nothing else.

The gates of a catalog are compiled once, each to a function of a :class:`Situation`. Counts per skill, topic, kind
and depth are kept by the progress, those per journey by the situation, so that all gates share them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

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
)
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.deeds import NOTHING, Deed
from intimacy_kit.practice.progress import Progress

__all__ = ["Rule", "Situation", "holds", "is_open", "is_resolved", "rules_of"]


@frozen
class Situation:
    """All that gates are judged by."""

    catalog: Catalog
    #: What the joint log adds up to.
    progress: Progress
    #: What everybody in the space allows together.
    allowed: Boundaries
    #: The day where the people live.
    today: date
    _on_journeys: dict[str, int] = field(init=False, eq=False, repr=False, factory=dict)

    def acted_on(self, journey: str) -> int:
        """Return how many activities of a journey of the catalog were acted on; it is counted once."""
        count = self._on_journeys.get(journey)
        if count is None:
            offers = {self.catalog.id_now(offer) for offer in self.catalog.journeys[journey].offers}
            count = self._on_journeys[journey] = sum(_deed(offer, self).times > 0 for offer in offers)
        return count


#: A compiled gate.
Rule = Callable[[Situation], bool]


def rules_of(catalog: Catalog) -> Mapping[str, Rule]:
    """Return the compiled gates of a catalog by activity; those that are alike are one function.

    What has no gate is not in it.
    """
    return catalog.once(_compiled)


def _compiled(catalog: Catalog) -> Mapping[str, Rule]:
    shared: dict[Gate, Rule] = {}

    def rule(gate: Gate) -> Rule:
        if gate not in shared:
            shared[gate] = _rule(gate, catalog)
        return shared[gate]

    return {activity.id: rule(activity.requires) for activity in catalog.values() if activity.requires}


def is_open(activity: Activity, now: Situation) -> bool:
    """Tell whether an activity of the catalog is open: its gate holds, or it was offered once."""
    rule = rules_of(now.catalog).get(activity.id)
    return rule is None or now.progress.of(activity).offered_on is not None or rule(now)


def is_resolved(activity_id: str, now: Situation) -> bool:
    """Tell whether an activity is out of the way.

    It was completed or skipped; or, while that holds, it is withheld by a boundary or a decline,
    retired, or gone with its pack. What a broken pack holds is not resolved: it may come back.
    """
    rule = now.catalog.once(_resolved_on_journeys).get(activity_id)
    return rule(now) if rule else _resolved(activity_id, now.catalog)(now)


def _resolved_on_journeys(catalog: Catalog) -> Mapping[str, Rule]:
    """Return what is asked about at every look, where people follow a journey: whether its activities are resolved."""
    offers = {offer for journey in catalog.journeys.values() for offer in journey.offers}
    return {offer: _resolved(offer, catalog) for offer in offers}


def holds(gate: Gate, now: Situation) -> bool:
    """Tell whether a gate holds."""
    return _rule(gate, now.catalog)(now)


def _rule(gate: Gate, catalog: Catalog) -> Rule:
    match gate:
        case Resolved(id):
            return _resolved(id, catalog)
        case Done(id):
            return _done(id, catalog)
        case Count():
            return _counted(gate, catalog)
        case Elapsed():
            return _elapsed(gate, catalog)
        case DistinctDays(n):
            return lambda now: len(now.progress.days) >= n
        case AllOf(of):
            return _all([_rule(part, catalog) for part in of])
        case AnyOf(of):
            return _any([_rule(part, catalog) for part in of])
    return _several(gate, [_rule(part, catalog) for part in gate.of])


def _all(rules: Sequence[Rule]) -> Rule:
    def rule(now: Situation) -> bool:
        for part in rules:  # noqa: SIM110 - a loop is twice as fast as all() over a generator
            if not part(now):
                return False
        return True

    return rule


def _any(rules: Sequence[Rule]) -> Rule:
    def rule(now: Situation) -> bool:
        for part in rules:  # noqa: SIM110 - as above
            if part(now):
                return True
        return False

    return rule


def _several(gate: AtLeast, rules: Sequence[Rule]) -> Rule:
    return lambda now: sum(rule(now) for rule in rules) >= gate.n


def _done(activity_id: str, catalog: Catalog) -> Rule:
    deed_of = _lookup(activity_id, catalog)

    def rule(now: Situation) -> bool:
        deed = deed_of(now)
        return deed is not None and deed.done_on is not None

    return rule


def _resolved(activity_id: str, catalog: Catalog) -> Rule:
    out_of_reach = _out_of_reach(activity_id, catalog)
    if out_of_reach is None:
        return _always
    deed_of = _lookup(activity_id, catalog)

    def rule(now: Situation) -> bool:
        deed = deed_of(now)
        return (deed is not None and deed.times > 0) or out_of_reach(now)

    return rule


def _elapsed(gate: Elapsed, catalog: Catalog) -> Rule:
    out_of_reach = _out_of_reach(gate.since, catalog)
    if out_of_reach is None:
        return _always

    deed_of, days = _lookup(gate.since, catalog), timedelta(gate.days)

    def rule(now: Situation) -> bool:
        deed = deed_of(now)
        first = deed.first_on if deed is not None else None
        return (first is not None and now.today - first >= days) or out_of_reach(now)

    return rule


def _lookup(activity_id: str, catalog: Catalog) -> Callable[[Situation], Deed | None]:
    """Return what finds the deed of an activity: by its name, unless it had several."""
    activity = catalog.get(activity_id)
    if activity is not None and activity.aliases:
        return lambda now: now.progress.of(activity)
    name = catalog.id_now(activity_id)
    return lambda now: now.progress.deeds.get(name)


def _always(_: Situation) -> bool:
    return True


def _never(_: Situation) -> bool:
    return False


def _out_of_reach(activity_id: str, catalog: Catalog) -> Rule | None:
    """Return what tells whether an activity is out of reach; None where it always is."""
    activity = catalog.get(activity_id)
    if activity is None:
        return _never if activity_id.partition("/")[0] in catalog.refused else None
    if activity.retired:
        return None
    return lambda now: not now.allowed.allow(activity, now.today)


def _counted(count: Count, catalog: Catalog) -> Rule:
    n = count.n
    if count.by != "journey":
        label = count.by, count.value
        return lambda now: now.progress.counts.get(label, 0) >= n
    name = str(count.value)
    if name in catalog.journeys:
        return lambda now: now.acted_on(name) >= n
    return _never if name.partition("/")[0] in catalog.refused else _always


def _deed(activity_id: str, now: Situation) -> Deed:
    activity = now.catalog.get(activity_id)
    return now.progress.deeds.get(activity_id, NOTHING) if activity is None else now.progress.of(activity)
