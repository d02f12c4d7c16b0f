"""One couple's life, day by day: the engine suggests, they answer, and somebody watches.

The watching asks the engine nothing: what may be shown is known from the profile, and how long something
rests is counted here a second time.
"""

from bisect import bisect_left
from functools import partial
from random import Random

from attrs import define, field

from intimacy_kit.authoring.simulation.personas import Answer, Persona
from intimacy_kit.authoring.simulation.tallies import Sightings, Tally
from intimacy_kit.authoring.simulation.towns import Happening, Span, Town
from intimacy_kit.content.activities import Activity
from intimacy_kit.content.timing import AtMost
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, JourneyChosen, Offered, Skipped, Started
from intimacy_kit.practice.gates import Situation, is_open
from intimacy_kit.practice.progress import Progress

__all__ = ["live"]

_WEEK = 7
#: What was offered and not begun comes again on the next day at the earliest.
_OFFERED_RESTS = 1

_HAPPENS: dict[Answer, tuple[Happening, ...]] = {
    "take": (Completed,),
    "give up": (Started, Skipped),
    "skip": (Skipped,),
}


def live(town: Town, role_number: int, couple: int, tally: Tally, sightings: Sightings) -> None:
    """Live one life of a role, and count what happened."""
    role = town.cast.roles[role_number]
    name = f"{town.seed}/{role.persona.name}/{role.profile.name}/{couple}"
    life = _Life(town, role.persona, name, tally, sightings)
    for span in town.spans(role_number):
        life.enter(span)
        for day in range(span.first, span.until):
            life.spend(day)
            if day % _WEEK == _WEEK - 1 or day == town.days - 1:
                tally.left[day // _WEEK] += life.left
    life.end()


@define
class _Life:
    town: Town
    persona: Persona
    name: str
    tally: Tally
    sightings: Sightings
    chance: Random = field(init=False)
    span: Span = field(init=False)
    progress: Progress = field(factory=Progress)
    allowed: Boundaries = field(factory=Boundaries)
    #: At each look: what gates are judged by, and the place of the span among the spans.
    looks: list[tuple[Situation, int]] = field(factory=list)
    #: Each span they came to, and at which look.
    spans: list[tuple[Span, int]] = field(factory=list)
    seen: set[int] = field(factory=set)
    declined: set[int] = field(factory=set)
    #: What is counted and was never offered.
    left: int = 0
    empty: int = 0
    #: The first day of the calendar on which each may come again.
    rests: dict[int, int] = field(factory=dict)
    #: How often each was done or put aside, and how often it was done to the end.
    times: dict[int, int] = field(factory=dict)
    done: dict[int, int] = field(factory=dict)
    #: What was acted on, and when.
    acts: list[tuple[int, Activity]] = field(factory=list)
    #: From which look on they allow each depth, as long as it has not come.
    awaited: dict[int, int] = field(factory=dict)
    came: set[int] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.chance = Random(self.name)  # noqa: S311 - nothing here is a secret
        self.tally.couples += 1
        if self.persona.journey:
            chosen = JourneyChosen(at=self.town.evening(0), journey=self.persona.journey)
            self.progress = self.progress.after(chosen)

    def enter(self, span: Span) -> None:
        """Go on in other packs, or within other boundaries."""
        for depth in [depth for depth in self.awaited if depth not in span.depths]:
            self.tally.never(depth, len(self.looks) - self.awaited.pop(depth))
        for depth in span.depths - self.came:
            self.awaited.setdefault(depth, len(self.looks))
        self.span = span
        self.allowed = span.allowed
        self.left = len(span.counted - self.seen)
        if self.spans:
            self._look_back(span.first)
        self.spans.append((span, len(self.looks)))

    def spend(self, day: int) -> None:
        """Live one day."""
        persona, span = self.persona, self.span
        if not persona.opens(day, self.chance):
            return
        today = self._on_calendar(day)
        minutes = persona.minutes(day)
        evening = self.town.evening(today)
        self.looks.append(
            (Situation(span.world.catalog, self.progress, self.allowed, evening.date()), len(self.spans) - 1)
        )
        shown = self.town.suggest(
            span.world.catalog, self.progress, self.allowed, now=evening, minutes=minutes, seed=self.name
        )
        self._count_empty(nothing=not any(persona.can_do(suggestion.activity) for suggestion in shown))
        if not shown:
            return
        events: list[JointEvent] = []
        numbers = [span.world.numbers[suggestion.activity.id] for suggestion in shown]
        for number, suggestion in zip(numbers, shown, strict=True):
            self._watch(number, suggestion.activity, today, minutes)
            if number not in self.seen:
                self._meet(number, suggestion.activity, day)
            self.sightings.offered[number] += 1
            events.append(self.town.event(Offered, span, number, today))
        for number, suggestion, answer in zip(numbers, shown, persona.answers(shown, self.chance), strict=True):
            if answer != "ignore":
                self._act(answer, number, suggestion.activity, day, events)
        self.tally.offered += len(shown)
        self.progress = self.progress.after(*events)

    def _count_empty(self, *, nothing: bool) -> None:
        """Count the looks in a row at which there was nothing for them."""
        self.empty = self.empty + 1 if nothing else 0
        self.tally.empty += nothing
        self.tally.longest_empty = max(self.empty, self.tally.longest_empty)

    def end(self) -> None:
        """Look back on a life."""
        tally, looks = self.tally, len(self.looks)
        tally.looks += looks
        for depth, since in self.awaited.items():
            tally.never(depth, looks - since)
        self._look_back(self.town.days)
        given = [number for number in self.seen if number < self.town.cast.given]
        tally.distinct += len(given)
        for number in given:
            tally.seen |= 1 << number
        self._still_wait()

    def _on_calendar(self, day: int) -> int:
        since, days = self.persona.away
        return day + days if day >= since else day

    def _watch(self, number: int, activity: Activity, today: int, minutes: int | None) -> None:
        """See whether something may be shown now: judged apart from the engine."""
        if (
            number not in self.span.permitted
            or number in self.declined
            or (minutes is not None and activity.minutes > minutes)
        ):
            self.tally.note("crossed", number)
        limit = activity.repeat.at_most
        if today < self.rests.get(number, 0) or (limit is not None and self._is_too_much(limit, today)):
            self.tally.note("repeated", number)
        self.rests[number] = max(today + _OFFERED_RESTS, self.rests.get(number, 0))

    def _is_too_much(self, limit: AtMost, today: int) -> bool:
        recent = {one.id for on, one in self.acts if today - on < limit.days and _has(one, limit)}
        return len(recent) >= limit.n

    def _meet(self, number: int, activity: Activity, day: int) -> None:
        """Count what is seen for the first time."""
        self.seen.add(number)
        look = len(self.looks) - 1
        waited = look - self._could_come_from(number, look)
        self.tally.waits[waited] += 1
        if number not in self.span.counted:
            return
        self.left -= 1
        self.tally.waited(waited, number)
        sightings = self.sightings
        sightings.couples[number] += 1
        sightings.first_day[number] = min(day, sightings.first_day.get(number, day))
        sightings.longest_wait[number] = max(waited, sightings.longest_wait.get(number, 0))
        if activity.depth in self.awaited:
            self.tally.came(activity.depth, look + 1 - self.awaited.pop(activity.depth))
            self.came.add(activity.depth)

    def _act(self, answer: Answer, number: int, activity: Activity, day: int, events: list[JointEvent]) -> None:
        """Do something with what is shown."""
        today = self._on_calendar(day)
        if answer == "decline":
            self.tally.declined += 1
            self.declined.add(number)
            self.allowed = self.allowed.declining(activity.id)
            return
        events += [self.town.event(happening, self.span, number, today) for happening in _HAPPENS[answer]]
        self.acts.append((today, activity))
        if answer == "take":
            self.tally.taken += 1
            self.tally.weeks[day // _WEEK, activity.depth] += 1
            self.done[number] = self.done.get(number, 0) + 1
        else:
            self.tally.skipped += 1
        self.times[number] = self.times.get(number, 0) + 1
        if answer != "skip":  # what was put aside at once rests no longer than what was ignored
            self.rests[number] = today + activity.repeat.rest_after(self.done.get(number, 0))

    def _look_back(self, day: int) -> None:
        """See that nothing done is lost, and that all that was offered could be offered again, once it has rested."""
        span, today = self.span, self._on_calendar(day)
        there = span.world.there
        everything = self.town.suggest(
            span.world.catalog,
            self.progress,
            self.allowed,
            now=self.town.evening(today),
            seed=self.name,
            limit=max(1, len(there)),
        )
        come = {span.world.numbers[suggestion.activity.id] for suggestion in everything}
        for number in sorted((self.seen & span.permitted) - self.declined - come):
            if self.rests[number] <= today and there[number].repeat.at_most is None:
                self.tally.note("locked", number)
        for number in sorted(self.times.keys() & there.keys()):
            if self.progress.of(there[number]).times < self.times[number]:
                self.tally.note("lost", number)

    def _could_come_from(self, number: int, look: int) -> int:
        """Return the first look from which on an activity could come, without a gap, up to one at which it could."""
        while True:
            first = self.spans[self.looks[look][1]][1]
            if self._could_come(number, first):
                look = first
            else:
                look = bisect_left(range(look), True, lo=first + 1, key=partial(self._could_come, number))  # noqa: FBT003 - a key
            if look > first or look == 0 or not self._could_come(number, look - 1):
                return look
            look -= 1

    def _could_come(self, number: int, look: int) -> bool:
        """Tell whether an activity was permitted and open at a look; within a span it stays so."""
        situation, place = self.looks[look]
        span = self.spans[place][0]
        return number in span.permitted and is_open(span.world.there[number], situation)

    def _still_wait(self) -> None:
        """Count the waits of what never came, as far as they are longer than what is known."""
        looks = len(self.looks)
        for number in sorted(self.span.counted - self.seen):
            longer = looks - self.tally.longest_wait - 1
            if longer < 0:
                return
            if self._could_come(number, longer) and self._could_come(number, looks - 1):
                self.tally.waited(looks - self._could_come_from(number, looks - 1), number)


def _has(activity: Activity, limit: AtMost) -> bool:
    """Tell whether an activity is of what there must not be too much of."""
    match limit.by:
        case "skill":
            return limit.value in activity.skills
        case "topic":
            return limit.value in activity.topics
        case "kind":
            return activity.kind == limit.value
        case _:
            return activity.depth == limit.value
