"""Simulation: deliveries a second, beside the same days with something that suggests the first three of a list."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from benchmarks.corpora import pack_of
from benchmarks.measuring import Effort, Row, side_by_side
from intimacy_kit.authoring.simulation import simulate
from intimacy_kit.authoring.simulation.reporting import report_of
from intimacy_kit.authoring.simulation.reports import Report
from intimacy_kit.authoring.simulation.running import Run, run
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import Reason, Suggestion

__all__ = ["rows"]

_KIT, _FLOOR = "simulate", "the first three of a list"
_TOPICS = 2


def rows(effort: Effort) -> Iterator[Row]:
    """Measure a simulation on one core, from the packs to the report."""
    size, days = (60, 20) if effort.quick else (200, 90)
    pack = pack_of(size, topics=_TOPICS)
    ours = partial(simulate, [pack], days=days, jobs=1)
    floor = partial(_without_choosing, pack, days)
    delivered, on_floor = _delivered(ours()), _delivered(floor())
    times = side_by_side({_KIT: ours, _FLOOR: floor}, effort)
    work = f"simulation of {size}, {days} days, one core"
    rates = times.each(_KIT, lambda seconds: delivered / seconds), times.each(_FLOOR, lambda s: on_floor / s)
    per_delivery = times.words(_KIT, delivered), times.words(_FLOOR, on_floor)
    yield Row(work, "the clock", f"{delivered:,} deliveries", "", rates[0], "a second", "simulation-rate")
    ratio = times.ratio(_KIT, _FLOOR, parts=(delivered, on_floor))
    yield Row(work, _FLOOR, *per_delivery, ratio, limit="simulation-floor")


def _delivered(report: Report) -> int:
    return sum(life.offered for life in report.lives)


def _without_choosing(pack: Pack, days: int) -> Report:
    the_run = Run((pack,), days=days, suggest=_first_of_a_list)
    return report_of(the_run, run(the_run, 1, lambda _done, _of: None))


def _first_of_a_list(
    catalog: Catalog,
    progress: Progress,
    allowed: Boundaries,
    *,
    now: datetime,
    minutes: int | None = None,
    seed: str = "",
    limit: int = 3,
) -> tuple[Suggestion, ...]:
    """Choose nothing: whoever asks gets what comes first."""
    del progress, allowed, now, minutes, seed
    return catalog.once(_listed)[:limit]


def _listed(catalog: Catalog) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(activity, Reason("new")) for activity in catalog.values())
