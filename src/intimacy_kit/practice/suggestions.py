"""What fits two people next, and why.

``offered = open and not retired and rested and allowed``: four questions that are asked
separately. Which of the answers comes first is a fixed, seeded order (:data:`~intimacy_kit.practice.ordering.ORDER`),
walked from its beginning and only until there is enough.

``peek`` and ``suggest`` see the joint log and the joint boundaries, and nothing else; neither changes anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

from attrs import field, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.checks import unordered
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import CIRCUMSTANCES, DEPTHS, PURPOSES
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.deeds import Deed, Label
from intimacy_kit.practice.gates import Situation
from intimacy_kit.practice.moments import day_of
from intimacy_kit.practice.ordering import Entry, chance, earliest, entries_of, in_order
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.resting import has_room, is_due, rests_until
from intimacy_kit.practice.ways import booster_now, stage_now

__all__ = ["Reason", "Suggestion", "fits", "peek", "suggest"]

_DEEP: frozenset[Label] = frozenset({("depth", 3), ("depth", 4)})

_KNOWN = frozenset(CIRCUMSTANCES)

#: Where one of each kind is looked for: among so many times as many as are asked for.
_LOOKED_AT = 2

#: An orientation that was passed over comes first again after so many days.
_ORIENTATION_AGAIN = 7

Because = Literal["journey", "landing", "orientation", "booster", "new", "waiting", "rested"]

_SENTENCES: dict[Because, str] = {
    "journey": "the next step on '{about}'",
    "landing": "a way back, after something deep",
    "orientation": "good to read before going deeper",
    "booster": "to come back to",
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


_NEW, _WAITING = Reason("new"), Reason("waiting")


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
    circumstances: Iterable[str] = (),
    seed: str = "",
    limit: int = 3,
) -> tuple[Suggestion, ...]:
    """Return up to *limit* activities that fit now, the best first.

    *allowed* is what everybody in the space allows together, ``a & b``. *now* is aware, in the
    zone the people live in: its date is their day. *minutes* is how long they have; None is as
    long as they like. *circumstances* is what they say of themselves and of where they are, such as
    ``{"text_only"}`` (:data:`~intimacy_kit.content.vocabulary.AXES`): what was written for others is left out.
    The same arguments give the same suggestions; *seed* gives different people a different order. Draw one
    for each space and keep it to yourself: whoever knows it can work out what would have come if everything
    were allowed. Nothing is remembered: what was put before people is an ``Offered`` event of the host's.

    At most one comes before the order: a way back after something deep, an orientation, the next
    step of a journey or a booster. Of the others, one of each kind comes first.

    Raises InvalidValueError for a *now* without a time zone, or a *minutes* or *limit* below 1, or a
    circumstance that the kit does not know.

    >>> from datetime import UTC
    >>> suggest(Catalog(), Progress(), Boundaries(), now=datetime(2026, 11, 23, 20, tzinfo=UTC))
    ()
    """
    if limit < 1:
        raise InvalidValueError("limit", "must be 1 or more")
    look = _Look(_situation(catalog, progress, allowed, now), minutes, circumstances, seed)
    first = look.first(alone=limit == 1)
    chosen = [first] if first else []
    rest = look.all()
    if first:
        rest = (found for found in rest if found[0].activity is not first.activity)
    return (*chosen, *(_suggestion(*found) for found in _varied(rest, limit - len(chosen))))


def peek(
    catalog: Catalog,
    progress: Progress,
    allowed: Boundaries,
    *,
    now: datetime,
    minutes: int | None = None,
    circumstances: Iterable[str] = (),
    seed: str = "",
) -> Iterator[Suggestion]:
    """Give everything that fits now, in the order in which it comes, for as long as somebody asks.

    The arguments are those of :func:`suggest`. Nothing is put first here, and kinds are not mixed.

    >>> from datetime import UTC
    >>> list(peek(Catalog(), Progress(), Boundaries(), now=datetime(2026, 11, 23, 20, tzinfo=UTC)))
    []
    """
    look = _Look(_situation(catalog, progress, allowed, now), minutes, circumstances, seed)
    return (_suggestion(*found) for found in look.all())


def fits(catalog: Catalog, progress: Progress, allowed: Boundaries, activity_id: str, *, now: datetime) -> bool:
    """Tell whether one activity fits now: whether :func:`peek` would give it, however long it takes.

    >>> from datetime import UTC
    >>> fits(Catalog(), Progress(), Boundaries(), "tea/cup", now=datetime(2026, 11, 23, 20, tzinfo=UTC))
    False
    """
    return _Look(_situation(catalog, progress, allowed, now), None, (), "").has(activity_id)


def _situation(catalog: Catalog, progress: Progress, allowed: Boundaries, now: datetime) -> Situation:
    return Situation(catalog, progress, allowed, day_of(now))


def _check_minutes(_: object, __: object, minutes: int | None) -> None:
    if minutes is not None and minutes < 1:
        raise InvalidValueError("minutes", "must be 1 or more, or None for no limit")


def _check_circumstances(_: object, __: object, circumstances: frozenset[str]) -> None:
    if not circumstances <= _KNOWN:
        raise InvalidValueError("circumstances", f"must be some of {', '.join(CIRCUMSTANCES)}")


@frozen
class _Look:
    """One look for what fits."""

    now: Situation
    minutes: int | None = field(validator=_check_minutes)
    circumstances: frozenset[str] = field(converter=unordered, validator=_check_circumstances)
    seed: str

    def all(self) -> Iterator[tuple[Entry, Deed | None]]:
        """Give all that fits, in order, each with what happened with it."""
        return filter(self._fits, in_order(self.now, self.seed))

    def has(self, activity_id: str) -> bool:
        """Tell whether an activity is among all that fits."""
        return any(True for _ in self._offered_by([activity_id]))

    def _fits(self, found: tuple[Entry, Deed | None]) -> bool:
        """Tell whether an activity that is within depth and topics, and has rested, fits; cheapest question first."""
        entry, deed = found
        now = self.now
        return (
            (self.minutes is None or entry.minutes <= self.minutes)
            and (not self.circumstances or entry.activity.is_for(self.circumstances))
            and not (now.allowed.declined and now.allowed.decline(entry.activity, now.today))
            and (entry.rule is None or (deed is not None and deed.offered_on is not None) or entry.rule(now))
            and (entry.limit is None or has_room(entry.limit, now.progress, now.today))
        )

    def first(self, *, alone: bool) -> Suggestion | None:
        """Return the one suggestion that may come before the order; None where nothing asks for that.

        Where it would stand alone, journey and booster take one day in two, by chance, so that nothing else is starved.
        """
        if landing := self._landing():
            return Suggestion(landing.activity, Reason("landing"))
        if orientation := self._orientation():
            return Suggestion(orientation.activity, Reason("orientation"))
        step, booster = self._step(), self._booster()
        if step is None and booster is None:
            return None
        draw = chance(self.seed, self.now.today, "first")
        if alone and draw % 2:
            return None
        return booster if step is None or (booster is not None and draw % 4 > 1) else step

    def _landing(self) -> Entry | None:
        """Return a way to come back, on a day on which something tender or deep was done."""
        progress = self.now.progress
        done_today = progress.days.get(self.now.today)
        if not done_today or not any(progress.deeds[name].labels & _DEEP for name in done_today):
            return None
        return earliest(self._those_that_fit(self.now.catalog.once(_by_purpose)["landing"]))

    def _orientation(self) -> Entry | None:
        """Return what is good to read before going deeper, where there is anything deeper that they allow.

        It comes first until it was acted on, and then no more; but not every evening.
        """
        waiting = [
            entry for entry in self.now.catalog.once(_by_purpose)["orientation"] if self._may_come_first_again(entry)
        ]
        fitting = [*self._those_that_fit(waiting)]
        return earliest(fitting) if fitting and self._goes_deeper() else None

    def _may_come_first_again(self, entry: Entry) -> bool:
        deed = self.now.progress.of(entry.activity)
        lately = self.now.today - timedelta(_ORIENTATION_AGAIN)
        return not deed.times and (deed.offered_on is None or deed.offered_on <= lately)

    def _goes_deeper(self) -> bool:
        """Tell whether they allow anything that goes deeper than what is light."""
        allowed, today = self.now.allowed, self.now.today
        deeper = self.now.catalog.once(_deeper) if allowed.depth > min(DEPTHS) else ()
        return any(allowed.allow(entry.activity, today) for entry in deeper)

    def _step(self) -> Suggestion | None:
        """Return what comes next on the journey, or back to it after its end, of what fits."""
        journey = self.now.catalog.journeys.get(self.now.progress.journey or "")
        if journey is None:
            return None
        if stage := stage_now(journey, self.now):
            offers = [(entry, deed) for entry, deed in self._offered_by(stage.offers) if not deed.times]
            because: Because = "journey"
        else:
            booster = booster_now(journey, self.now)
            offers, because = [*self._offered_by(booster.offers if booster else ())], "booster"
        # As they stand in the journey; but what was passed over lets the others go first.
        step = min(offers, key=lambda pair: pair[1].seen if because == "journey" else 0, default=None)
        return Suggestion(step[0].activity, Reason(because, journey.title)) if step else None

    def _booster(self) -> Suggestion | None:
        """Return what has come round again sooner than usual, as it says of itself."""
        catalog, progress = self.now.catalog, self.now.progress
        boosters = catalog.once(_boosters)
        if len(boosters) <= len(progress.deeds):
            known = [*boosters.values()]
        else:
            known = [boosters[name] for name in {catalog.id_now(name) for name in progress.deeds} & boosters.keys()]
        due = [entry for entry in known if is_due(entry.activity, progress.of(entry.activity))]
        found = earliest(self._those_that_fit(due)) if due else None
        return Suggestion(found.activity, Reason("booster")) if found else None

    def _offered_by(self, ids: Iterable[str]) -> Iterator[tuple[Entry, Deed]]:
        entries, catalog = entries_of(self.now.catalog), self.now.catalog
        found = (entries.get(catalog.id_now(activity_id)) for activity_id in ids)
        return self._those_that_fit(entry for entry in found if entry is not None)

    def _those_that_fit(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Deed]]:
        for entry in entries:
            deed = self.now.progress.of(entry.activity)
            if (
                self.now.allowed.cover(entry, self.now.today)
                and self.now.today >= rests_until(entry.activity, deed)
                and self._fits((entry, deed))
            ):
                yield entry, deed


def _deeper(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries_of(catalog).values() if entry.depth > min(DEPTHS))


def _by_purpose(catalog: Catalog) -> Mapping[str, tuple[Entry, ...]]:
    entries = entries_of(catalog).values()
    return {purpose: tuple(entry for entry in entries if entry.activity.purpose == purpose) for purpose in PURPOSES}


def _boosters(catalog: Catalog) -> Mapping[str, Entry]:
    return {name: entry for name, entry in entries_of(catalog).items() if entry.activity.repeat.revisit}


def _varied(ordered: Iterator[tuple[Entry, Deed | None]], most: int) -> list[tuple[Entry, Deed | None]]:
    """Return the first of each kind, then the others in order, up to so many; the very first is always among them."""
    kinds: set[str] = set()
    first: list[tuple[Entry, Deed | None]] = []
    others: list[tuple[Entry, Deed | None]] = []
    for found in islice(ordered, most * _LOOKED_AT):
        kind = found[0].activity.kind
        if kind in kinds:
            others.append(found)
            continue
        kinds.add(kind)
        first.append(found)
        if len(first) == most:
            break
    return [*first, *others][:most]


def _suggestion(entry: Entry, deed: Deed | None) -> Suggestion:
    if deed is None:
        return Suggestion(entry.activity, _NEW)
    return Suggestion(entry.activity, Reason("rested", deed.last_on) if deed.last_on else _WAITING)
