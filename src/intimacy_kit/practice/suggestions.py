"""What fits two people next, and why.

``offered = open and not retired and rested and allowed``: four questions that are asked
separately. Which of the answers comes first is a fixed, seeded order in which the activity
seen least comes before anything else, so that nothing that stays allowed is starved.

``suggest`` sees the joint log and the joint boundaries, and nothing else.
"""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import blake2b
from typing import Literal

from attrs import frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.text import Text
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.gates import Situation, is_open, is_resolved
from intimacy_kit.practice.moments import is_aware
from intimacy_kit.practice.progress import Deed, Label, Progress

__all__ = ["OFFERED_RESTS_DAYS", "Reason", "Suggestion", "has_rested", "is_rested", "stage_now", "suggest"]

_DEEP: frozenset[Label] = frozenset({("depth", 3), ("depth", 4)})

#: What was offered and not begun rests this many days, whatever the reason it was not begun.
OFFERED_RESTS_DAYS = 1

Because = Literal["journey", "landing", "orientation", "new", "waiting", "rested"]

_SENTENCES: dict[Because, str] = {
    "journey": "the next step on '{about}'",
    "landing": "a way back, after something deep",
    "orientation": "good to read before going deeper",
    "new": "new to you",
    "waiting": "still waiting for its evening",
    "rested": "you last did this on {about}",
}

#: Not those of the locale: the same arguments give the same words everywhere.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@frozen
class Reason:
    """Why an activity is suggested: one of a closed list, the same for everybody.

    >>> print(Reason("new"))
    new to you
    """

    #: Which of the reasons it is, for an app with words of its own.
    because: Because
    #: The journey, or the day, that it is about; empty where it needs none.
    about: Text | date | None = None

    def __str__(self) -> str:
        """Give the reason as a short phrase in English."""
        about = f"{self.about.day} {_MONTHS[self.about.month - 1]}" if isinstance(self.about, date) else self.about
        return _SENTENCES[self.because].format(about=about)


@frozen
class Suggestion:
    """An activity that fits now, with a reason."""

    activity: Activity
    reason: Reason


def suggest(
    catalog: Catalog,
    progress: Progress,
    allowed: Boundaries,
    *,
    now: datetime,
    minutes: int | None = None,
    seed: str = "",
    limit: int = 3,
) -> tuple[Suggestion, ...]:
    """Return up to *limit* activities that fit now, the best first.

    *allowed* is what everybody in the space allows together, ``a & b``. *now* is aware, in the
    zone the people live in: its date is their day. *minutes* is how long they have; None is as
    long as they like. The same arguments give the same suggestions; *seed* (say, the id of the
    space) gives different people a different order.

    Raises InvalidValueError for a *now* without a time zone, or a *minutes* or *limit* below 1.

    >>> from datetime import UTC
    >>> suggest(Catalog(), Progress(), Boundaries(), now=datetime(2026, 11, 23, 20, tzinfo=UTC))
    ()
    """
    if not is_aware(now):
        raise InvalidValueError("now", "must be a datetime with a time zone; pass datetime.now(zone)")
    if minutes is not None and minutes < 1:
        raise InvalidValueError("minutes", "must be 1 or more, or None for no limit")
    if limit < 1:
        raise InvalidValueError("limit", "must be 1 or more")
    situation = Situation(catalog, progress, allowed, now.date())
    fitting = {activity.id: activity for activity in catalog.values() if _offered(activity, situation, minutes)}
    ranked = sorted(fitting.values(), key=lambda activity: _rank(activity, situation, seed))
    first = _first(fitting, ranked, situation, seed=seed, alone=limit == 1)
    chosen = [first] if first else []
    taken = {suggestion.activity.id for suggestion in chosen}
    rest = (activity for activity in ranked if activity.id not in taken)
    chosen += [Suggestion(activity, _reason(activity, progress)) for activity in _varied(rest, limit - len(chosen))]
    return tuple(chosen)


def _offered(activity: Activity, now: Situation, minutes: int | None) -> bool:
    """Tell whether an activity fits: the four strata, cheapest first."""
    return (
        (minutes is None or activity.minutes <= minutes)
        and not activity.retired
        and now.allowed.allow(activity, now.today)
        and is_rested(activity, now.progress, now.today)
        and is_open(activity, now)
    )


def is_rested(activity: Activity, progress: Progress, today: date) -> bool:
    """Tell whether an activity has rested since it was last acted on, and since it was last offered."""
    offered_on = progress.of(activity).offered_on
    offered_long_ago = offered_on is None or (today - offered_on).days >= OFFERED_RESTS_DAYS
    return offered_long_ago and has_rested(activity, progress, today)


def has_rested(activity: Activity, progress: Progress, today: date) -> bool:
    """Tell whether an activity has rested as long as it says since it was last completed or skipped."""
    last_on = progress.of(activity).last_on
    return last_on is None or (today - last_on).days >= activity.repeat.after_days


def _rank(activity: Activity, now: Situation, seed: str) -> tuple[int, int, bytes]:
    """Return the place of an activity in the order: seen fewest times, longest ago, then chance.

    What was offered was seen, done or not: otherwise what people never do would come before all else for ever.
    """
    deed = now.progress.of(activity)
    last = deed.offered_on.toordinal() if deed.offered_on else 0
    return max(deed.times, deed.shown), last, _chance(activity.id, now, seed)


def _chance(name: str, now: Situation, seed: str) -> bytes:
    return blake2b(f"{seed}\n{now.today}\n{name}".encode(), digest_size=8).digest()


def _first(
    fitting: dict[str, Activity], ranked: list[Activity], now: Situation, *, seed: str, alone: bool
) -> Suggestion | None:
    """Return the one suggestion that may come before the order; None where nothing asks for that.

    Where it would stand alone, the journey takes one day in two, by chance, so that nothing else is starved.
    """
    if landing := _landing(ranked, now):
        return landing
    if orientation := _orientation(ranked, now):
        return orientation
    journey = now.catalog.journeys.get(now.progress.journey or "")
    if journey is None or (alone and _chance(journey.id, now, seed)[0] % 2):
        return None
    return _next_on(journey, fitting, now)


def _landing(ranked: list[Activity], now: Situation) -> Suggestion | None:
    """Return a way to come back, on a day on which something tender or deep was done."""
    deeds = now.progress.deeds.values()
    if any(deed.last_on == now.today and deed.labels & _DEEP for deed in deeds):
        for activity in ranked:
            if activity.purpose == "landing":
                return Suggestion(activity, Reason("landing"))
    return None


def _orientation(ranked: list[Activity], now: Situation) -> Suggestion | None:
    """Return what is good to read before going deeper, once, where they allow going deeper."""
    if now.allowed.depth > 1:
        for activity in ranked:
            if activity.purpose == "orientation" and now.progress.of(activity) == Deed():
                return Suggestion(activity, Reason("orientation"))
    return None


def _next_on(journey: Journey, fitting: dict[str, Activity], now: Situation) -> Suggestion | None:
    """Return what comes next on a journey, of what fits."""
    stage = stage_now(journey, now)
    for activity_id in stage.offers if stage else ():
        activity = fitting.get(now.catalog.id_now(activity_id))
        if activity is not None and now.progress.of(activity).times == 0:
            return Suggestion(activity, Reason("journey", journey.title))
    return None


def stage_now(journey: Journey, now: Situation) -> Stage | None:
    """Return the stage people are at: the first that has not got what it asks; None when all have.

    What people do not allow, declined or skipped is resolved: no stage waits for it.
    """
    for stage in journey.stages:
        asks = len(stage.offers) if stage.asks is None else stage.asks
        if sum(is_resolved(activity, now) for activity in stage.offers) < asks:
            return stage
    return None


def _varied(ranked: Iterable[Activity], most: int) -> list[Activity]:
    """Return the first of each kind, then the others in order, up to so many."""
    kinds: set[str] = set()
    first: list[Activity] = []
    others: list[Activity] = []
    for activity in ranked:
        (others if activity.kind in kinds else first).append(activity)
        kinds.add(activity.kind)
    return [*first, *others][:most]


def _reason(activity: Activity, progress: Progress) -> Reason:
    deed = progress.of(activity)
    if deed.last_on is not None:
        return Reason("rested", deed.last_on)
    return Reason("new") if deed.offered_on is None else Reason("waiting")
