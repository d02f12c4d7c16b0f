"""Where couples live: the calendar, what surrounds each role, and the events that are the same for everybody."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from attrs import define, field, frozen

from intimacy_kit.authoring.simulation.casts import Cast, Role
from intimacy_kit.authoring.simulation.profiles import Profile
from intimacy_kit.authoring.simulation.worlds import World
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, Offered, Skipped, Started
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.suggestions import Suggestion

__all__ = ["FIRST_EVENING", "Span", "Suggest", "Town"]

#: A Monday. Every couple begins on it, so that events can be shared; chance makes the couples differ.
FIRST_EVENING = datetime(2027, 1, 4, 20, tzinfo=UTC)
#: So many events are kept to be used again.
_KEPT = 100_000

Happening = type[Offered] | type[Started] | type[Completed] | type[Skipped]


class Suggest(Protocol):
    """What suggests: :func:`intimacy_kit.practice.suggestions.suggest`, or something to try the simulation with."""

    def __call__(
        self,
        catalog: Catalog,
        progress: Progress,
        allowed: Boundaries,
        *,
        now: datetime,
        minutes: int | None = None,
        seed: str = "",
        limit: int = 3,
    ) -> tuple[Suggestion, ...]:
        """Return what fits now."""


@frozen(eq=False)
class Span:
    """Some days on which neither the packs nor the boundaries of a couple change, but for what they decline."""

    #: The first day, and the first one after it, counted from 0.
    first: int
    until: int
    world: World
    #: The place of the world among the worlds.
    of_world: int
    allowed: Boundaries
    #: The numbers of all that may be shown to them.
    permitted: frozenset[int]
    #: Those of them that were given, and are for them at all: these are counted.
    counted: frozenset[int]
    #: The depths of what is counted.
    depths: frozenset[int]


@define
class Town:
    """What is the same for all couples."""

    cast: Cast
    days: int
    seed: int
    suggest: Suggest
    _spans: dict[int, tuple[Span, ...]] = field(factory=dict)
    _permitted: dict[tuple[int, str], frozenset[int]] = field(factory=dict)
    _events: dict[tuple[Happening, int, int, int], Offered | Started | Completed | Skipped] = field(factory=dict)
    _evenings: dict[int, datetime] = field(factory=dict)

    def evening(self, day: int) -> datetime:
        """Return the evening of a day of the calendar, counted from 0."""
        if day not in self._evenings:
            self._evenings[day] = FIRST_EVENING + timedelta(days=day)
        return self._evenings[day]

    def event(self, happening: Happening, span: Span, number: int, day: int) -> Offered | Started | Completed | Skipped:
        """Return an event about an activity on a day of the calendar: made once, as values can be shared."""
        key = (happening, span.of_world, number, day)
        if key not in self._events:
            if len(self._events) >= _KEPT:
                self._events.clear()
            self._events[key] = happening.of(span.world.there[number], at=self.evening(day))
        return self._events[key]

    def spans(self, role_number: int) -> tuple[Span, ...]:
        """Return what a role goes through."""
        if role_number not in self._spans:
            self._spans[role_number] = tuple(self._gone_through(self.cast.roles[role_number]))
        return self._spans[role_number]

    def _gone_through(self, role: Role) -> list[Span]:
        eras = role.persona.eras
        ends = [*(era.day for era in eras[1:]), self.days]
        spans = []
        for era, end in zip(eras, ends, strict=True):
            profile, world = era.profile or role.profile, self.cast.worlds[era.world]
            permitted = self._permitted_in(era.world, profile)
            fits, given = role.persona.fits, self.cast.given
            counted = frozenset(number for number in permitted if number < given and fits(world.there[number]))
            depths = frozenset(world.there[number].depth for number in counted)
            spans.append(Span(era.day, end, world, era.world, profile.boundaries, permitted, counted, depths))
        return spans

    def _permitted_in(self, of_world: int, profile: Profile) -> frozenset[int]:
        key = (of_world, profile.name)
        if key not in self._permitted:
            there = self.cast.worlds[of_world].there
            self._permitted[key] = frozenset(number for number, one in there.items() if profile.permits(one))
        return self._permitted[key]
