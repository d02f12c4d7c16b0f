"""History under a changed catalog: what has to be said in the log once, and a report of what became of it."""

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.migrations import Migration
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.events import Carried, Migrated
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress

__all__ = ["UpdateReport", "catch_up"]


@frozen(kw_only=True)
class UpdateReport:
    """What became of a history under the packs that are there now; nothing of it was lost."""

    #: The migrations that are applied now and were not before, by name.
    applied: tuple[str, ...] = ()
    #: Pairs of an id in the history and the id it has now.
    aliased: tuple[tuple[str, str], ...] = ()
    #: Ids in the history that are retired: not offered any more, still readable.
    retired: tuple[str, ...] = ()
    #: Ids in the history that no pack here knows; they are kept as they are, and count again when their pack is back.
    unknown: tuple[str, ...] = ()
    #: What goes deeper, or touches on more, than when it was done: only those see it who allow that now.
    deeper: tuple[str, ...] = ()
    #: What was once offered and is locked now; always empty, and a test holds it so.
    relocked: tuple[str, ...] = ()


def catch_up(progress: Progress, catalog: Catalog, *, at: datetime) -> tuple[tuple[Migrated, ...], UpdateReport]:
    """Return the events to append so that a log knows of all migrations, and the report of what became of it.

    Each migration is said once, by its name; called again, there is nothing to append. *at* is aware, in the zone the
    people live in.

    >>> from datetime import UTC
    >>> catch_up(Progress(), Catalog(), at=datetime(2026, 11, 23, tzinfo=UTC))[0]
    ()
    """
    new = [migration for migration in catalog.migrations if migration.name not in progress.migrations]
    events = tuple(Migrated(at=at, name=one.name, carried=_carried(one)) for one in new)
    after = progress.after(*events)
    return events, UpdateReport(
        applied=tuple(event.name for event in events),
        aliased=tuple((name, catalog.id_now(name)) for name in sorted(after.deeds) if catalog.id_now(name) != name),
        retired=tuple(name for name in sorted(after.deeds) if _is_retired(name, catalog)),
        unknown=tuple(name for name in sorted(after.deeds) if name not in catalog and not _is_retired(name, catalog)),
        deeper=tuple(one.id for one in _met(after, catalog) if _goes_deeper(one, after.of(one))),
        relocked=tuple(one.id for one in _met(after, catalog) if not _stays_open(one, after, catalog, at)),
    )


def _carried(migration: Migration) -> tuple[Carried, ...]:
    return tuple(
        Carried(old=old, new=new, credit=one.credit)
        for one in migration.operations
        for old in one.old
        for new in one.new
    )


def _is_retired(name: str, catalog: Catalog) -> bool:
    """Tell whether an id is retired: its activity says so, or a migration does."""
    activity = catalog.get(name)
    return activity.retired if activity is not None else name in catalog.retired


def _met(progress: Progress, catalog: Catalog) -> Iterator[Activity]:
    """Give the activities that are offered still and that they met, under whatever id."""
    names = {catalog.id_now(name) for name in progress.deeds}
    return (catalog[name] for name in sorted(names) if name in catalog and not catalog[name].retired)


def _goes_deeper(activity: Activity, deed: Deed) -> bool:
    """Tell whether an activity asks for more than what they did under its name."""
    depths = [int(value) for by, value in deed.labels if by == "depth"]
    topics = {value for by, value in deed.labels if by == "topic"}
    return bool(depths) and (activity.depth > max(depths) or not activity.topics <= topics)


def _stays_open(activity: Activity, progress: Progress, catalog: Catalog, at: datetime) -> bool:
    """Tell whether what was once offered is open; whether people allow it is another question."""
    if progress.of(activity).offered_on is None:
        return True
    return is_open(activity, Situation(catalog, progress, Boundaries(), at.date()))
