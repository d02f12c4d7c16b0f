"""Made-up spaces in pairs: the same joint log and the same joint boundaries now, and two private logs of one person.

What differs is what that person keeps to themselves. Everything is drawn from a ``random.Random`` that is passed in,
so that a seed gives the same pairs everywhere.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any

from attrs import evolve, frozen
from little_packs import activity, catalog, day, evening, journey
from privacy.shelves import Shelf

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.vocabulary import SKILLS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries, together
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    Answer,
    BoundariesChanged,
    CheckedIn,
    Completed,
    Declined,
    Event,
    JointEvent,
    JourneyChosen,
    Noted,
    NoticeRead,
    Offered,
    Paused,
    PrivateEvent,
    Revealed,
    Sealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
    Withdrawn,
)
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Store
from intimacy_kit.stores.spaces import Space

__all__ = ["CATALOGS", "PEOPLE", "Drawing", "Pair", "World", "catalog_of", "of_seed"]

PEOPLE = ("ada", "ben", "cyd", "dov", "eli", "fay")

_SLUGS = ("assam", "bancha", "ceylon", "darjeeling", "earl-grey", "fennel", "genmaicha", "hibiscus")
_TOPICS = ("home", "work", "money", "worry", "faith", "loss")
_ANSWERS = ("no", "ask", "yes")
CATALOGS = 24
#: How many people a space is for: mostly two.
_SIZES = (1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 5, 6)
_LAST_DAY = 20


@frozen
class World:
    """A space as it is at a moment."""

    catalog: Catalog
    logs: Mapping[str | None, tuple[Event, ...]]
    seed: str
    now: datetime
    #: What everybody in the space allows together.
    allowed: Boundaries

    def space(self, store: Store | None = None) -> Space:
        """Return the space, in a store of lists if in none."""
        return Space(store or Shelf(self.logs), "us", self.catalog, seed=self.seed)

    def holds(self, who: str, kind: str) -> bool:
        """Tell whether somebody's private log holds an event of a kind."""
        return any(event.event == kind for event in self.logs.get(who, ()))


@frozen
class Pair:
    """Two worlds that differ in one private log only."""

    one: World
    other: World
    #: Whose log differs.
    a: str
    #: Who looks.
    b: str
    #: Who is in the space.
    people: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the joint boundaries are the same value; else they withhold the same activities today."""
        return self.one.allowed == self.other.allowed

    def differ_in(self, *kinds: str) -> bool:
        """Tell whether the two logs hold other events of some kinds."""

        def those(world: World) -> list[Event]:
            return [event for event in world.logs.get(self.a, ()) if event.event in kinds]

        return those(self.one) != those(self.other)


# Catalogs


@cache
def catalog_of(number: int) -> Catalog:
    """Return one of the catalogs; making them costs more than all the rest."""
    random = Random(f"catalog {number}")
    there = [_activity(random, slug) for slug in _SLUGS]
    near = activity("near", "check_in")
    ways = [journey("way", random.sample(_SLUGS, 2), random.sample(_SLUGS, 2))]
    return catalog(*there, near, activity("light"), journeys=ways, refused=["broken"])


def _activity(random: Random, slug: str) -> Activity:
    depth = random.choice((1, 1, 2, 2, 3, 4))
    return activity(
        slug,
        random.choice(("prompt", "prompt", "exercise", "story", "guide")),
        depth=depth,
        topics=random.sample(_TOPICS, random.choice((0, 1, 1, 2))) if depth > 1 else ["home"],
        skills=random.sample(SKILLS[:3], random.choice((1, 2))),
        minutes=random.choice((5, 10, 20)),
        rests=random.choice((1, 5, 20)),
        requires=_gate(random),
        retired=random.random() < 0.05,
        purpose=random.choice(("practice", "practice", "practice", "orientation", "landing")),
        aliases=["tea/old-assam"] if slug == "assam" else [],
    )


def _gate(random: Random) -> Gate | None:
    def name() -> str:
        return f"tea/{random.choice(_SLUGS)}"

    makers: list[Callable[[], Gate | None]] = [
        lambda: None,
        lambda: None,
        lambda: Resolved(name()),
        lambda: Done(name()),
        lambda: Count("depth", random.choice((1, 2)), 1),
        lambda: Count("journey", "tea/way", 1),
        lambda: Elapsed(3, name()),
        lambda: DistinctDays(2),
        lambda: AtLeast(1, [Resolved(name()), Resolved("gone/away")]),
        lambda: AllOf([Resolved(name()), Resolved("broken/cup")]),
    ]
    return random.choice(makers)()


# Logs


@frozen
class Drawing:
    """What events are drawn from."""

    random: Random
    catalog: Catalog
    ids: tuple[str, ...]

    @classmethod
    def of(cls, random: Random, there: Catalog) -> "Drawing":
        return cls(random, there, tuple(there))

    def name(self) -> str:
        """Return the id of an activity: of one that is there, that has another name now, or that no pack has."""
        return self.random.choice((*self.ids, "tea/old-assam", "gone/away"))

    def activity(self) -> Activity:
        return self.catalog[self.random.choice(self.ids)]

    def at(self) -> datetime:
        return evening(self.random.randrange(_LAST_DAY), self.random.randrange(24))

    def until(self) -> date:
        return self.random.choice((ALWAYS, day(self.random.randrange(2 * _LAST_DAY))))

    def words(self) -> Words:
        return Words(f"{self.random.choice('abcde')}{self.random.randrange(1000)}")

    def boundaries(self) -> Boundaries:
        """Return boundaries that leave something to do, as a rule."""
        random = self.random
        return Boundaries(
            depth=random.choice((1, 2, 3, 4, 4)),
            topics={topic: random.choice(("no", "ask", "yes", "yes", "yes")) for topic in random.sample(_TOPICS, 4)},
            declined={self.name(): self.until() for _ in range(random.choice((0, 0, 1, 2)))},
            accepted=[self.yes() for _ in range(random.choice((0, 0, 1)))],
            paused=random.random() < 0.03,
        )

    def yes(self) -> tuple[str, tuple[str, ...], date]:
        about = self.activity()
        return about.id, tuple(about.topics) or ("money",), self.until()

    # The joint log

    def joint(self, people: tuple[str, ...], gone: tuple[str, ...]) -> tuple[JointEvent, ...]:
        """Return a joint log; *gone* are people who have left."""
        random = self.random
        opened = SpaceOpened(at=evening(0), people=[*people, *gone], shared=random.choice(("removed", "kept")))
        log: list[JointEvent] = [opened, *(SpaceLeft(on=day(random.randrange(_LAST_DAY)), who=who) for who in gone)]
        log += [self._done(people) for _ in range(random.randrange(7))]
        if random.random() < 0.04:
            log.append(SpaceClosed(on=day(_LAST_DAY)))
        return tuple(log)

    def _done(self, people: tuple[str, ...]) -> JointEvent:
        random, at = self.random, self.at()
        match random.randrange(12):
            case 0:
                return JourneyChosen(at=at, journey=random.choice((None, "tea/way")))
            case 1 | 2:
                answers = [Answer(who=who, shown="Who?", words=random.choice((self.words(), None))) for who in people]
                return Revealed(on=at.date(), activity=self.activity().id, answers=answers)
            case 3:
                about = self.activity().id
                return TakenBack(on=at.date(), who=random.choice(people), activity=about, round=random.randrange(2))
            case 4:
                return Paused.of(self.activity(), at=at, moves=random.choice(([], ["next"], ["next", "next"])))
        kind = random.choice((Offered, Offered, Started, Completed, Completed, Skipped))
        return kind.of(self.activity(), at=at)

    # Private logs

    def private(self, who: str) -> PrivateEvent:
        """Return an event of any kind that somebody keeps to themselves."""
        random = self.random
        match random.randrange(8):
            case 0:
                return BoundariesChanged(partner=who, at=self.at(), boundaries=self.boundaries())
            case 1 | 2:
                return Declined(partner=who, at=self.at(), activity=self.name(), until=self.until())
            case 3:
                name, topics, until = self.yes()
                return Accepted(partner=who, at=self.at(), activity=name, topics=topics, until=until)
        return self.quiet(who)

    def quiet(self, who: str) -> PrivateEvent:
        """Return an event that has nothing to do with what is allowed."""
        random, at = self.random, self.at()
        fields: dict[str, Any] = {"partner": who, "at": at}
        match random.randrange(8):
            case 0:
                return Noted(**fields, words=self.words(), activity=random.choice((None, self.name())))
            case 1:
                near = self.catalog["tea/near"]
                return CheckedIn.of(near, **fields, answers={"near": random.randrange(1, 8)})
            case 2:
                return Agreed(**fields, activity=self.name(), round=random.randrange(2))
            case 3:
                return Withdrawn(**fields, activity=self.name(), round=random.randrange(2))
        return Sealed.of(self.activity(), **fields, shown="Who?", words=self.words(), round=random.randrange(2))

    def log(self, who: str) -> tuple[PrivateEvent, ...]:
        """Return a private log of somebody who, as a rule, read the notice and set boundaries."""
        random = self.random
        log = [self.private(who) for _ in range(random.randrange(3))]
        log.append(BoundariesChanged(partner=who, at=self.at(), boundaries=self.boundaries()))
        if random.random() < 0.8:
            log.append(NoticeRead(partner=who, at=self.at()))
        return (*log, *(self.quiet(who) for _ in range(random.randrange(3))))

    def log_to(self, who: str, allowed: Boundaries, others: Boundaries) -> tuple[PrivateEvent, ...]:
        """Return a private log that comes to allow what is wanted, whatever happened on the way there."""
        random = self.random
        if allowed == Boundaries() and random.random() < 0.5:  # they never said a word about it
            return tuple(self.quiet(who) for _ in range(random.choice((0, 1, 2))))
        log = [self.private(who) for _ in range(random.choice((0, 1, 1, 2, 3)))]
        if allowed.depth > 1 or random.random() < 0.5:
            log.append(NoticeRead(partner=who, at=self.at()))
        else:  # whatever they set, nothing deeper is allowed before they read it
            allowed = allowed.with_depth(random.randint(1, 4))
        log.append(BoundariesChanged(partner=who, at=self.at(), boundaries=allowed))
        log += [self.quiet(who) for _ in range(random.choice((0, 1, 1, 2)))]
        log += self._without_effect(who, others) if random.random() < 0.6 else []
        return tuple(log)

    def _without_effect(self, who: str, others: Boundaries) -> list[PrivateEvent]:
        """Return a decline of what others decline for longer, or a yes that others' no makes void."""
        at, found = self.at(), list[PrivateEvent]()
        for name, until in others.declined[:1]:
            found.append(Declined(partner=who, at=at, activity=name, until=min(until, self.until())))
        refused = [topic for topic in _TOPICS if others.answer(topic) == "no"]
        if refused:
            about, until = self.activity().id, self.until()
            topics = self.random.sample(refused, 1)
            found.append(Accepted(partner=who, at=at, activity=about, topics=topics, until=until))
        return found

    def as_narrow(self, mine: Boundaries, others: Boundaries) -> Boundaries:
        """Return other boundaries that, together with those of others, come to the same."""
        random, theirs, ours = self.random, dict(others.declined), dict(mine.declined)
        depth = mine.depth if mine.depth < others.depth else random.randint(others.depth, 4)
        topics = {topic: self._answer(mine.answer(topic), others.answer(topic)) for topic in _TOPICS}
        declined = {name: until for name, until in ours.items() if until > theirs.get(name, date.min)}
        declined |= {name: min(until, self.until()) for name, until in theirs.items() if random.random() < 0.5}
        declined |= {name: until for name, until in ours.items() if until > theirs.get(name, date.min)}
        found = Boundaries(
            depth=depth,
            topics=topics,
            declined=declined,
            accepted=mine.accepted,
            paused=random.random() < 0.5 if others.paused else mine.paused,
        )
        return found if found & others == mine & others else mine

    def _answer(self, mine: str, theirs: str) -> Any:
        """Return an answer that, together with theirs, comes to the same as mine."""
        if _ANSWERS.index(mine) < _ANSWERS.index(theirs):
            return mine
        return self.random.choice(_ANSWERS[_ANSWERS.index(theirs) :])

    def in_vain(self, who: str, others: Boundaries, on: date) -> PrivateEvent:
        """Return a decline of what is withheld anyway, or gone, or a decline that is over."""
        withheld = [name for name in self.ids if not others.allow(self.catalog[name], on)]
        name, until = self.random.choice(
            [("gone/away", ALWAYS), (self.random.choice(self.ids), on), *((name, ALWAYS) for name in withheld)]
        )
        return Declined(partner=who, at=self.at(), activity=name, until=until)


def allowed_by(log: tuple[Any, ...], who: str) -> Boundaries:
    """Return what a private log comes to allow."""
    return Own.from_events(who, log).allowed


def of_seed(seed: object, pairs: int = 10, *, alike: bool = True) -> Iterator[Pair]:
    """Give some pairs of worlds in which the same joint log and the same boundaries hold, drawn from a seed.

    In each of them one person's private log is another one; all the others, and what is joint, are the same. The
    first world is the same in all the pairs. Not *alike*, what everybody allows together is another thing as well.
    """
    random = Random(str(seed))
    drawing, size = Drawing.of(random, catalog_of(random.randrange(CATALOGS))), random.choice(_SIZES)
    a, b, *rest = random.sample(PEOPLE, max(size, 2))
    # A space for one holds nobody else: the other one has left, or never was in it.
    people = (b,) if size == 1 else (a, b, *rest)
    gone = (a,) if size == 1 and random.random() < 0.5 else ()
    logs: dict[str | None, tuple[Any, ...]] = {None: drawing.joint(people, gone)}
    logs |= {who: drawing.log(who) for who in (b, *rest)}
    others = together(_allowed_by(logs[who], who) for who in (b, *rest))
    now = evening(random.randrange(_LAST_DAY), random.randrange(24))
    first = World(drawing.catalog, logs, str(random.random()), now, others)
    mine = drawing.boundaries() if random.random() < 0.9 else Boundaries()
    one = _with(first, a, drawing.log_to(a, mine, others), others)
    for _ in range(20 * pairs):  # where others allow nothing, no boundaries of one more person differ
        log = drawing.log_to(a, drawing.as_narrow(mine, others) if alike else drawing.boundaries(), others)
        if random.random() < 0.15:
            log = (*log, drawing.in_vain(a, others, now.date()))
        other = _with(first, a, log, others)
        if other.logs[a] != one.logs[a] and (size == 1 or alike == _withhold_the_same(one, other)):
            yield Pair(one, other, a, b, people)
            pairs -= 1
        if not pairs:
            break


def _with(world: World, who: str, log: tuple[Any, ...], others: Boundaries) -> World:
    """Return a world with one more private log; of somebody who is not in the space, it changes nothing."""
    inside = any(isinstance(one, SpaceOpened) and who in one.people for one in world.logs[None])
    inside = inside and not any(isinstance(one, SpaceLeft) for one in world.logs[None])
    allowed = others & _allowed_by(log, who) if inside else others
    return evolve(world, logs={**world.logs, who: log}, allowed=allowed)


def _allowed_by(log: tuple[Any, ...], who: str) -> Boundaries:
    return Own.from_events(who, log).allowed


def _withhold_the_same(one: World, other: World) -> bool:
    today = one.now.date()
    return one.allowed == other.allowed or all(
        one.allowed.allow(each, today) == other.allowed.allow(each, today) for each in one.catalog.values()
    )
