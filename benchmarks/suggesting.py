"""What comes next: ``suggest`` beside a plain loop that asks of every activity whether it fits."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from heapq import nsmallest
from itertools import count
from random import Random

from benchmarks.corpora import ALL_ALLOWED, BY_DEFAULT, NOW, catalog_of, progress_after
from benchmarks.measuring import Effort, Row, Times, side_by_side
from intimacy_kit.content.activities import Activity
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.resting import has_room, is_rested
from intimacy_kit.practice.suggestions import peek, suggest

__all__ = ["fitting", "rows", "scan"]

_KIT, _SCAN, _SMALL, _BIG = "suggest", "testing every gate", "small", "big"
_MICRO = 1e6
_WHO = {"light and ordinary": BY_DEFAULT, "everything allowed": ALL_ALLOWED}


def fitting(catalog: Catalog, progress: Progress, allowed: Boundaries, now: datetime) -> list[Activity]:
    """Return all that fits now, asking of each activity in turn, the cheapest question first."""
    today = now.date()
    situation = Situation(catalog, progress, allowed, today)
    return [
        activity
        for activity in catalog.values()
        if not activity.retired
        and allowed.allow(activity, today)
        and is_rested(activity, progress, today)
        and is_open(activity, situation)
        and ((limit := activity.repeat.at_most) is None or has_room(limit, progress, today))
    ]


def scan(catalog: Catalog, progress: Progress, allowed: Boundaries, *, now: datetime, seed: str) -> list[Activity]:
    """Return three of all that fits: what was seen least first, then longest ago, then by chance."""
    chance = Random(f"{seed}\n{now.date()}").random

    def rank(activity: Activity) -> tuple[int, date, float]:
        deed = progress.of(activity)
        return deed.seen, deed.offered_on or date.min, chance()

    return nsmallest(3, fitting(catalog, progress, allowed, now), key=rank)


def rows(effort: Effort) -> Iterator[Row]:
    """Measure new couples, how that grows, and couples that have seen everything."""
    size = 1_000 if effort.quick else 10_000
    for who, allowed in _WHO.items():
        yield from _new(size, who, allowed, effort)
    for who, allowed in _WHO.items():
        yield _growth(size // 10, size * 10, who, allowed, effort)
    yield from _seen(size, effort)


def _new(size: int, who: str, allowed: Boundaries, effort: Effort) -> Iterator[Row]:
    times = _beside_scanning(catalog_of(size), Progress(), allowed, effort)
    work = f"three of {size:,}, a new couple, {who}"
    yield _row(work, times, "suggest-new")
    spread = times.each(_KIT, lambda seconds: seconds * _MICRO)
    yield Row(work, "the clock", times.words(_KIT), "", spread, "µs", "suggest-new-time")


def _growth(small: int, big: int, who: str, allowed: Boundaries, effort: Effort) -> Row:
    sizes = {_SMALL: small, _BIG: big}
    ways = {name: _each_time_anew(suggest, catalog_of(size), Progress(), allowed) for name, size in sizes.items()}
    times = side_by_side(ways, effort)
    return Row(
        f"three of {big:,}, a new couple, {who}",
        f"of {small:,}",
        times.words(_BIG),
        times.words(_SMALL),
        times.ratio(_BIG, _SMALL),
        limit="suggest-growth",
    )


def _seen(size: int, effort: Effort) -> Iterator[Row]:
    """Measure those who did everything: when all of it rests, with a catalog that is new too, and when nothing does."""
    catalog = catalog_of(size)
    activities = list(catalog.values())
    resting = progress_after(activities, 1, over=5)
    times = _beside_scanning(catalog, resting, ALL_ALLOWED, effort)
    yield _row(f"three of {size:,}, all seen, all resting", times, "suggest-seen")
    times = side_by_side({_KIT: _in_a_new(catalog, resting, suggest), _SCAN: _in_a_new(catalog, resting, scan)}, effort)
    yield _row(f"three of {size:,}, all seen, all resting, in a catalog made for it", times, "")
    rested = progress_after(activities, 100, over=300)
    times = _beside_scanning(catalog, rested, ALL_ALLOWED, effort)
    yield _row(f"three of {size:,}, all seen, nothing resting", times, "suggest-seen")


def _row(work: str, times: Times, limit: str) -> Row:
    return Row(work, _SCAN, times.words(_KIT), times.words(_SCAN), times.ratio(_SCAN, _KIT), limit=limit)


def _beside_scanning(catalog: Catalog, progress: Progress, allowed: Boundaries, effort: Effort) -> Times:
    agree(catalog, progress, allowed)
    ways = {name: _each_time_anew(way, catalog, progress, allowed) for name, way in ((_KIT, suggest), (_SCAN, scan))}
    return side_by_side(ways, effort)


def agree(catalog: Catalog, progress: Progress, allowed: Boundaries) -> None:
    """See that both find the same to fit; raise AssertionError where they do not."""
    ours = {suggestion.activity.id for suggestion in peek(catalog, progress, allowed, now=NOW)}
    assert ours == {activity.id for activity in fitting(catalog, progress, allowed, NOW)}
    assert {suggestion.activity.id for suggestion in suggest(catalog, progress, allowed, now=NOW)} <= ours


def _each_time_anew(
    way: Callable[..., object], catalog: Catalog, progress: Progress, allowed: Boundaries
) -> Callable[[], object]:
    """Return a call that draws another order each time: how far is walked depends on it."""
    seeds, ask = count(), partial(way, catalog, progress, allowed, now=NOW)
    return lambda: ask(seed=str(next(seeds)))


def _in_a_new(catalog: Catalog, progress: Progress, way: Callable[..., object]) -> Callable[[], object]:
    """Return a call that makes the catalog of its packs first, so that nothing was made of it before."""
    return lambda: way(Catalog(catalog.packs), progress, ALL_ALLOWED, now=NOW, seed="")
