"""Whether a gate holds: judged from the joint log and the joint boundaries, and nothing else."""

from datetime import date

from attrs import frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import (
    AllOf,
    AnyOf,
    Count,
    DistinctDays,
    Done,
    Elapsed,
    Gate,
    Resolved,
)
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.progress import Deed, Progress

__all__ = ["Situation", "holds", "is_open", "is_resolved"]


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


def is_open(activity: Activity, now: Situation) -> bool:
    """Tell whether an activity is open: its gate holds, or it was offered once."""
    return (
        activity.requires is None or now.progress.of(activity).offered_on is not None or holds(activity.requires, now)
    )


def is_resolved(activity_id: str, now: Situation) -> bool:
    """Tell whether an activity is out of the way.

    It was completed or skipped; or, while that holds, it is withheld by a boundary or a decline,
    retired, or gone with its pack. What a broken pack holds is not resolved: it may come back.
    """
    return _deed(activity_id, now).times > 0 or _is_out_of_reach(activity_id, now)


def holds(gate: Gate, now: Situation) -> bool:
    """Tell whether a gate holds."""
    match gate:
        case Resolved(id):
            return is_resolved(id, now)
        case Done(id):
            return _deed(id, now).completed
        case Count():
            return _counted(gate, now)
        case Elapsed(days, since):
            first = _deed(since, now).first_on
            return _is_out_of_reach(since, now) or (first is not None and (now.today - first).days >= days)
        case DistinctDays(n):
            return len(now.progress.days) >= n
        case AllOf(of):
            return all(holds(part, now) for part in of)
        case AnyOf(of):
            return any(holds(part, now) for part in of)
    return sum(holds(part, now) for part in gate.of) >= gate.n


def _deed(activity_id: str, now: Situation) -> Deed:
    activity = now.catalog.get(activity_id)
    return now.progress.deeds.get(activity_id, Deed()) if activity is None else now.progress.of(activity)


def _is_out_of_reach(activity_id: str, now: Situation) -> bool:
    activity = now.catalog.get(activity_id)
    if activity is None:
        return activity_id.partition("/")[0] not in now.catalog.refused
    return activity.retired or not now.allowed.allow(activity, now.today)


def _counted(count: Count, now: Situation) -> bool:
    if count.by != "journey":
        return now.progress.counts.get((count.by, count.value), 0) >= count.n
    name = str(count.value)
    journey = now.catalog.journeys.get(name)
    if journey is None:
        return name.partition("/")[0] not in now.catalog.refused
    return sum(_deed(activity, now).times > 0 for activity in journey.offers) >= count.n
