"""What is missing before an activity comes, if anything is: in a writer's view, and in one that everybody may see.

The view for everybody is not made by leaving something out. It is never told what anybody allows, so that it says the
same whatever that is.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import evolve, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.vocabulary import DEPTHS, SENSITIVE_TOPICS, TOPICS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.deeds import NOTHING, Deed
from intimacy_kit.practice.gates import Situation, holds, is_open
from intimacy_kit.practice.moments import day_of
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.resting import has_room, rests_until

__all__ = ["Explanation", "Missing", "explain"]

What = Literal[
    "retired",
    "unknown_topic",
    "boundaries",
    "rest",
    "limit",
    "resolved",
    "done",
    "count",
    "elapsed",
    "distinct_days",
    "never",
]

#: More ways to open a gate than this are not compared with each other.
_MOST_WAYS = 50

_ALL = Boundaries(depth=max(DEPTHS), topics=dict.fromkeys(SENSITIVE_TOPICS, "yes"))


@frozen
class Missing:
    """One thing that keeps an activity back.

    >>> print(Missing("count", "skill listening", 2))
    2 more of skill listening
    """

    #: Which of the closed list it is.
    what: What
    #: The activity, the label or the limit it is about; empty where it needs none.
    about: str = ""
    #: How many more activities or days; 0 where it is no number.
    n: int = 0
    #: The first day on which it is no longer missing, where that is known.
    until: date | None = None

    def __str__(self) -> str:
        """Give it as a short phrase in English."""
        return _SENTENCES[self.what](self)


def _days(n: int, more: str = "") -> str:
    return f"{n} {more}{'day' if n == 1 else 'days'}"


_SENTENCES: dict[What, Callable[[Missing], str]] = {
    "retired": lambda _: "it is not offered any more",
    "unknown_topic": lambda _: "it touches on a topic that this release of the kit does not know",
    "boundaries": lambda missing: f"it is beyond what everybody allows: {missing.about}",
    "rest": lambda missing: f"it rests until {missing.until}",
    "limit": lambda missing: f"there was enough of {missing.about}",
    "resolved": lambda missing: f"'{missing.about}' comes before it",
    "done": lambda missing: f"'{missing.about}' has to be done before it",
    "count": lambda missing: f"{missing.n} more of {missing.about}",
    "elapsed": lambda missing: (
        f"{_days(missing.n, 'more ')} after '{missing.about}'"
        if missing.until
        else f"'{missing.about}' comes before it, and {_days(missing.n)} between them"
    ),
    "distinct_days": lambda missing: f"{_days(missing.n, 'more ')} on which something is done",
    "never": lambda missing: f"it asks for {missing.about}, which never holds",
}


@frozen
class Explanation:
    """That an activity fits now, or the fewest things that are missing."""

    activity: str
    missing: tuple[Missing, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def __str__(self) -> str:
        """Give it as a line in English."""
        return f"{self.activity}: {', '.join(map(str, self.missing)) or 'it fits now'}"


def explain(
    catalog: Catalog,
    progress: Progress,
    activity_id: str,
    *,
    now: datetime,
    allowed: Boundaries | None = None,
) -> Explanation:
    """Say that an activity fits now, or the smallest set of things that are missing.

    What is named counts towards what is counted; apart from that each count is told for itself, although one
    activity may serve several.

    *now* is aware, in the zone the people live in. Without *allowed* this is the view for everybody: it speaks of
    what both did and of days, as if everything were allowed, and so cannot give away what anybody refuses. With
    *allowed* (what everybody in the space allows together) it is the view of a writer who tries a pack out: it names
    boundaries as well, and belongs on no screen of people who share a space.

    Raises UnknownActivityError, and InvalidValueError for a *now* without a time zone.

    >>> from datetime import UTC
    >>> from intimacy_kit.content.activities import Prompt
    >>> from intimacy_kit.content.packs import Pack
    >>> from intimacy_kit.content.text import Text
    >>> cup = Prompt(id="tea/cup", text=Text("Which cup?"), skills=["kindness"], depth=2, minutes=5,
    ...              requires=Count("depth", 1, 3))
    >>> tea = Pack(name="tea", title=Text("Tea"), version="1.0", authors=["Ada"], about=Text("."), activities=[cup])
    >>> evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    >>> print(explain(Catalog([tea]), Progress(), "tea/cup", now=evening))
    tea/cup: 3 more of depth 1
    >>> print(explain(Catalog([tea]), Progress(), "tea/cup", now=evening, allowed=Boundaries()))
    tea/cup: it is beyond what everybody allows: depth 2, 3 more of depth 1
    """
    activity, today = catalog[activity_id], day_of(now)
    situation = Situation(catalog, progress, _ALL if allowed is None else allowed, today)
    missing = [*_of_itself(activity), *_beyond(activity, allowed, today), *_of_days(activity, progress, today)]
    if activity.requires and not is_open(activity, situation):
        missing += _fewest(_told_once(way, situation) for way in _ways(activity.requires, situation))
    return Explanation(activity.id, tuple(missing))


def _of_itself(activity: Activity) -> Iterable[Missing]:
    if activity.retired:
        yield Missing("retired")
    if not activity.topics <= set(TOPICS):
        yield Missing("unknown_topic")


def _beyond(activity: Activity, allowed: Boundaries | None, today: date) -> Iterable[Missing]:
    """Give what crosses a boundary; nothing where nobody's were passed."""
    if allowed is None:
        return
    if activity.depth > allowed.depth:
        yield Missing("boundaries", f"depth {activity.depth}")
    for topic in sorted(activity.topics):
        if allowed.answer(topic) != "yes" and not allowed.agree(activity, today):
            yield Missing("boundaries", f"topic {topic}")
    if allowed.decline(activity, today):
        yield Missing("boundaries", "it is declined for now")
    if allowed.paused:
        yield Missing("boundaries", "somebody pauses")


def _of_days(activity: Activity, progress: Progress, today: date) -> Iterable[Missing]:
    if (until := rests_until(activity, progress.of(activity))) > today:
        yield Missing("rest", until=until)
    if (limit := activity.repeat.at_most) and not has_room(limit, progress, today):
        yield Missing("limit", f"{limit.by} {limit.value} for a {limit.per}")


#: One way to open a gate: all that is missing for it.
_Way = frozenset[Missing]


def _fewest(ways: Iterable[_Way]) -> list[Missing]:
    fewest: _Way = min(ways, key=_cost)
    return sorted(fewest, key=str)


def _told_once(way: _Way, now: Situation) -> _Way:
    """Return a way without what another part of it brings along: what is named counts, and what is done is resolved."""
    named = {
        one.about for one in way if one.what in {"done", "resolved", "elapsed"} and not _deed_of(one.about, now).times
    }
    brought = Counter(label for name in named if name in now.catalog for label in _labels(now.catalog[name], now))
    done = {one.about for one in way if one.what == "done"}
    left = (evolve(one, n=one.n - brought[one.about]) if one.what == "count" else one for one in way)
    return frozenset(
        one
        for one in left
        if not (one.what == "count" and one.n <= 0) and not (one.what == "resolved" and one.about in done)
    )


def _labels(activity: Activity, now: Situation) -> Iterable[str]:
    """Give what an activity counts towards, as it is told."""
    yield f"kind {activity.kind}"
    yield f"depth {activity.depth}"
    yield from (f"skill {skill}" for skill in activity.skills)
    yield from (f"topic {topic}" for topic in activity.topics)
    for name, journey in now.catalog.journeys.items():
        if activity.id in map(now.catalog.id_now, journey.offers):
            yield f"journey {name}"


def _deed_of(name: str, now: Situation) -> Deed:
    activity = now.catalog.get(name)
    return now.progress.of(activity) if activity else NOTHING


def _cost(way: _Way) -> tuple[int, int, list[str]]:
    """Return how much a way asks for: activities first, then days, then the alphabet."""
    days = sum(missing.n for missing in way if missing.what in {"elapsed", "distinct_days"})
    activities = sum(max(missing.n, 1) for missing in way if missing.what in {"resolved", "done", "count"})
    return activities, days, sorted(map(str, way))


def _ways(gate: Gate, now: Situation) -> list[_Way]:
    """Return the ways to open a gate, those that ask for fewest first; one that asks for nothing where it is open."""
    if holds(gate, now):
        return [frozenset()]
    match gate:
        case AllOf(of):
            return _together([_ways(part, now) for part in of])
        case AnyOf(of):
            return _best(way for part in of for way in _ways(part, now))
        case AtLeast(n, of) if n <= len(of):
            return _of_several(n, [_ways(part, now) for part in of])
        case AtLeast(n, of):
            return [frozenset([Missing("never", f"{n} of {len(of)} rules")])]
        case _:
            return [frozenset([_missing(gate, now)])]


def _together(parts: list[list[_Way]]) -> list[_Way]:
    """Return the ways to open several gates, where what is missing for two of them is missing once."""
    ways: list[_Way] = [frozenset()]
    for part in parts:
        ways = _best(_joined(way, more) for way in ways for more in part)
    return ways


def _of_several(n: int, parts: list[list[_Way]]) -> list[_Way]:
    """Return the ways to open so many of several gates."""
    opened: list[list[_Way]] = [[frozenset()], *([] for _ in range(n))]
    for part in parts:
        for count in range(n, 0, -1):
            more = (_joined(way, another) for way in opened[count - 1] for another in part)
            opened[count] = _best([*opened[count], *more])
    return opened[n]


def _joined(one: _Way, other: _Way) -> _Way:
    """Return what is missing for both; of two numbers about the same thing, the higher one."""
    most: dict[tuple[What, str], Missing] = {}
    for missing in one | other:
        key = missing.what, missing.about
        most[key] = max(missing, most.get(key, missing), key=lambda candidate: candidate.n)
    return frozenset(most.values())


def _best(ways: Iterable[_Way]) -> list[_Way]:
    return sorted(set(ways), key=_cost)[:_MOST_WAYS]


def _missing(atom: Resolved | Done | Count | Elapsed | DistinctDays, now: Situation) -> Missing:
    """Return what is missing for an atom that does not hold."""
    match atom:
        case Resolved(id):
            return Missing("resolved", now.catalog.id_now(id))
        case Done(id):
            return Missing("done", now.catalog.id_now(id))
        case Count(by, value, n):
            return Missing("count", f"{by} {value}", n - _counted(atom, now))
        case Elapsed(days, since):
            return _waiting(now.catalog.id_now(since), days, now)
    return Missing("distinct_days", n=atom.n - len(now.progress.days))


def _counted(count: Count, now: Situation) -> int:
    if count.by != "journey":
        return now.progress.counts.get((count.by, count.value), 0)
    return now.acted_on(str(count.value)) if str(count.value) in now.catalog.journeys else 0


def _waiting(since: str, days: int, now: Situation) -> Missing:
    first = _deed_of(since, now).first_on
    if first is None:
        return Missing("elapsed", since, days)
    until = first + timedelta(days)
    return Missing("elapsed", since, (until - now.today).days, until)
