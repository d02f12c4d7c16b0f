"""What the joint events so far add up to: a fold, no more, and never the catalog."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, TypeVar

from attrs import evolve, field, frozen

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries, Touching
from intimacy_kit.practice.carrying import Credits, credits_after, kin_of, not_counted
from intimacy_kit.practice.deeds import NOTHING, AboutActivity, Deed, Label
from intimacy_kit.practice.events import (
    Answer,
    Completed,
    JointEvent,
    JourneyChosen,
    Migrated,
    Offered,
    Paused,
    Revealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
)

if TYPE_CHECKING:
    from intimacy_kit.loading.catalog import Catalog
    from intimacy_kit.practice.own import Own
    from intimacy_kit.practice.views import View

__all__ = ["Progress"]


@frozen(kw_only=True)
class Progress:
    """What the joint events so far add up to.

    >>> Progress.from_events([]).version
    0
    """

    #: How many events it holds; what a store expects at the next append.
    version: int = 0
    #: What happened with each activity, by the id it had then.
    deeds: MappingProxyType[str, Deed] = field(default=MappingProxyType({}))
    #: The same by how often each was seen, those seen longest ago first.
    rounds: MappingProxyType[int, MappingProxyType[str, Deed]] = field(default=MappingProxyType({}), repr=False)
    #: How many different activities were acted on, by label.
    counts: MappingProxyType[Label, int] = field(default=MappingProxyType({}))
    #: What was completed or skipped, by day.
    days: MappingProxyType[date, tuple[str, ...]] = field(default=MappingProxyType({}))
    #: The names of the migrations that were applied, the first one first.
    migrations: tuple[str, ...] = ()
    #: What an id counts for as well since a migration: pairs of the new id and the old one, with what is credited.
    credited: Credits = field(default=MappingProxyType({}))
    #: The journey they follow; None is none.
    journey: str | None = None
    #: The activity they began last and neither completed nor skipped; None where there is none.
    unfinished: str | None = None
    #: The moves made in it up to where it was left.
    moves: tuple[str, ...] = ()
    #: Whom the space is for, and who has not left; empty where nobody said.
    people: tuple[str, ...] = ()
    #: What becomes of the words somebody shared, when they are erased; one of ``SHARED``.
    shared: str = "removed"
    #: Whether the space is over: closed by somebody, or left by everybody.
    closed: bool = False
    #: The answers that were revealed, by activity, the first round first; what was taken back or erased has no words.
    revealed: MappingProxyType[str, tuple[Revealed, ...]] = field(default=MappingProxyType({}), repr=False)

    @classmethod
    def from_events(cls, events: Iterable[JointEvent]) -> Self:
        """Fold the events of a joint log, oldest first; raise InvalidValueError for a private one."""
        return cls().after(*events)

    def of(self, activity: Touching) -> Deed:
        """Return what happened with an activity, under any id it ever had."""
        deed = self.deeds.get(activity.id, NOTHING)
        for alias in activity.aliases:
            if alias in self.deeds:
                before = self.deeds[alias]
                deed |= before if self.credited.get((activity.id, alias)) != "offered" else before.as_offered
        return deed

    def view(
        self,
        partner: "Own",
        catalog: "Catalog",
        allowed: Boundaries,
        *,
        now: datetime,
        minutes: int | None = None,
        seed: str = "",
    ) -> "View":
        """Return all that one partner's screens need; see :func:`intimacy_kit.practice.views.view`.

        *partner* is what is theirs alone; nobody else's can be passed beside it.

        >>> from datetime import UTC
        >>> from intimacy_kit import Catalog
        >>> from intimacy_kit.practice.own import Own
        >>> now = datetime(2026, 11, 23, 20, tzinfo=UTC)
        >>> Progress().view(Own(partner="a"), Catalog(), Boundaries(), now=now).suggestions
        ()
        """
        from intimacy_kit.practice.views import view  # noqa: PLC0415 - a view is made of progress, and of much else

        return view(self, partner, catalog, allowed, now=now, minutes=minutes, seed=seed)

    def rounds_of(self, activity_id: str) -> int:
        """Return how often sealed answers to an activity were revealed: the round that is going on now."""
        return len(self.revealed.get(activity_id, ()))

    def after(self, *events: JointEvent) -> Self:
        """Return the progress after more events; raise InvalidValueError for a private one."""
        deeds, counts, days = self.deeds.copy(), self.counts.copy(), self.days.copy()
        rounds = {seen: ids.copy() for seen, ids in self.rounds.items()}
        left, apart = (self.unfinished, self.moves), []
        credited, kin = self.credited, kin_of(self.credited)
        for event in events:
            if not isinstance(event, AboutActivity):
                apart.append(event)
                if isinstance(event, Migrated):
                    credited = credits_after(credited, event)
                    kin = kin_of(credited)
                continue
            name = event.activity
            before = deeds.get(name, NOTHING)
            deed = before.after(event)
            if not isinstance(event, Offered):
                left = _left_off(event, left)
            if deed is before:
                continue
            deeds[name] = deed
            _put_last(rounds, name, before, deed)
            if deed.times > before.times:
                new = deed.labels - before.labels
                for label in not_counted(new, kin[name], deeds) if name in kin else new:
                    counts[label] = counts.get(label, 0) + 1
                day = event.at.date()
                days[day] = (*days.get(day, ()), name)
        progress = type(self)(
            version=self.version + len(events),
            deeds=MappingProxyType(deeds),
            rounds=MappingProxyType({seen: MappingProxyType(ids) for seen, ids in rounds.items() if ids}),
            counts=MappingProxyType(counts),
            days=MappingProxyType(days),
            journey=self.journey,
            unfinished=left[0],
            moves=left[1],
            migrations=self.migrations,
            credited=credited,
            people=self.people,
            shared=self.shared,
            closed=self.closed,
            revealed=self.revealed,
        )
        return reduce(_after_what_is_rare, apart, progress)


def _put_last(rounds: dict[int, dict[str, Deed]], name: str, before: Deed, deed: Deed) -> None:
    """Put what was met once more last among what was seen as often."""
    if before is not NOTHING:
        del rounds[before.seen][name]
    rounds.setdefault(deed.seen, {})[name] = deed


_Some = TypeVar("_Some", bound=Progress)


def _after_what_is_rare(progress: _Some, event: JointEvent) -> _Some:
    """Return the progress after an event that is not about practising: it happens now and then."""
    match event:
        case JourneyChosen():
            return evolve(progress, journey=event.journey)
        case Migrated():
            return _after_migration(progress, event)
        case SpaceOpened():
            if progress.people or progress.closed:  # the terms are those it was opened with
                return progress
            return evolve(progress, people=event.people, shared=event.shared)
        case SpaceLeft():
            people = tuple(person for person in progress.people if person != event.who)
            return evolve(progress, people=people, closed=progress.closed or not people)
        case SpaceClosed():
            return evolve(progress, closed=True)
        case Revealed() | TakenBack():
            so_far = progress.revealed.get(event.activity, ())
            now = (*so_far, event) if isinstance(event, Revealed) else _without(so_far, event)
            return evolve(progress, revealed=MappingProxyType({**progress.revealed, event.activity: now}))
        case _:
            raise InvalidValueError("events", "must be joint; this one belongs to one partner's log")


def _after_migration(progress: _Some, event: Migrated) -> _Some:
    instead = {one.old: one.new for one in event.carried}
    journey = instead.get(progress.journey or "", progress.journey)
    return evolve(progress, migrations=(*progress.migrations, event.name), journey=journey)


def _without(revealed: tuple[Revealed, ...], taken: TakenBack) -> tuple[Revealed, ...]:
    """Return what was revealed, without the words that somebody took back."""
    return tuple(
        evolve(one, answers=[_without_words(answer, taken.who) for answer in one.answers])
        if number == taken.round
        else one
        for number, one in enumerate(revealed)
    )


def _without_words(answer: Answer, who: str) -> Answer:
    return evolve(answer, words=None) if answer.who == who else answer


def _left_off(
    event: Started | Paused | Completed | Skipped, before: tuple[str | None, tuple[str, ...]]
) -> tuple[str | None, tuple[str, ...]]:
    """Return what is unfinished after an event, and the moves made in it."""
    match event:
        case Started():
            return event.activity, ()
        case Paused():
            return event.activity, event.moves
        case Completed() | Skipped() if before[0] == event.activity:
            return None, ()
        case _:
            return before
