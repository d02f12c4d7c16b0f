"""Packs and histories drawn from a seed, which look like real ones: the same seed gives the same ones everywhere.

A pack without mistakes is one that could be released: what is deeper waits for enough of the depth before it, what is
tender for an orientation, and each gate names only what comes earlier and asks for no more than its own activity, so
that the proofs find nothing. Where there are *mistakes*, as in the middle of writing, such a share of the gates is
thrown together.
"""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any, TypeVar

from attrs import define, field

from intimacy_kit.content.activities import (
    Activity,
    Arc,
    CheckIn,
    Exercise,
    Guide,
    Prompt,
    Question,
    Scale,
    Scene,
    Step,
    Story,
)
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import AtMost, Repeat
from intimacy_kit.content.vocabulary import KINDS, ORDINARY_TOPICS, SENSITIVE_TOPICS, SKILLS, TOPICS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, Offered
from intimacy_kit.practice.progress import Progress

__all__ = ["ALL_ALLOWED", "BY_DEFAULT", "NOW", "catalog_of", "forget", "pack_of", "progress_after"]

#: The evening on which everything is asked.
NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)

#: A new couple that has said nothing: light and ordinary.
BY_DEFAULT = Boundaries()
#: One that allows everything there is.
ALL_ALLOWED = Boundaries(depth=4, topics=dict.fromkeys(SENSITIVE_TOPICS, "yes"))

_T = TypeVar("_T")

#: A pack holds at most so many activities; more of them are several packs.
_MOST_IN_A_PACK = 10_000
#: Of so many, in percent.
_KINDS = dict(zip(KINDS, (60, 29, 4, 2, 5), strict=True))
_DEPTHS = {1: 54, 2: 24, 3: 13, 4: 9}
_TOPICS = {0: 25, 1: 45, 2: 30}
_MINUTES = {1: 8, 2: 8, 3: 8, 5: 28, 10: 20, 15: 14, 20: 9, 30: 5}
#: The rest in days, once the days of boosters are over.
_RESTS = {14: 5, 20: 20, 30: 15, 60: 60}
_BOOSTER, _GATED_LIGHT, _OWN_GATE = 0.02, 0.08, 0.4
_HALF = 0.5

_TENDER, _DEEP = 3, 4
#: How much of the depth before it something deeper asks for.
_BEFORE = {2: 3, 3: 2, 4: 2}

#: What every pack begins with, whatever its size: kind, depth and purpose, none of it touching a topic.
_SPINE = (
    ("guide", 1, "orientation"),
    ("exercise", 1, "landing"),
    ("prompt", 1, "practice"),
    ("prompt", 1, "practice"),
    ("exercise", 1, "practice"),
    ("prompt", 2, "practice"),
    ("prompt", 2, "practice"),
    ("prompt", 3, "practice"),
    ("exercise", 3, "practice"),
    ("prompt", 4, "practice"),
)
_PER_JOURNEY, _MOST_JOURNEYS, _STAGES, _OFFERS, _ASKS = 40, 25, 4, 6, 3


@lru_cache
def pack_of(size: int, seed: int = 1, *, name: str = "bench", mistakes: float = 0.0, topics: int | None = None) -> Pack:
    """Return a pack of so many activities, 10 or more.

    Of all beyond the first 10, the share *mistakes* has gates that are thrown together. The pack touches at most so
    many *topics*; None is all there are.
    """
    half = len(TOPICS) if topics is None else topics // 2
    ordinary = ORDINARY_TOPICS[:half]
    sensitive = SENSITIVE_TOPICS if topics is None else SENSITIVE_TOPICS[: topics - half]
    draft = _Draft(name, Random(seed), mistakes, ordinary, [*ordinary, *sensitive])
    for kind, depth, purpose in _SPINE:
        draft.add(kind, depth, frozenset(), purpose)
    while len(draft.activities) < size:
        draft.add_any()
    return Pack(
        name=name,
        title=Text(name),
        version="1.0",
        authors=["intimacy-kit"],
        about=Text("Drawn from a seed."),
        activities=draft.activities,
        journeys=_journeys(name, draft.activities),
    )


@lru_cache
def catalog_of(size: int, seed: int = 1) -> Catalog:
    """Return the catalog of so many activities in packs without mistakes, as few of them as it takes."""
    sizes = [min(_MOST_IN_A_PACK, size - begin) for begin in range(0, size, _MOST_IN_A_PACK)]
    return Catalog(pack_of(most, seed + place, name=f"bench-{place}") for place, most in enumerate(sizes))


def forget() -> None:
    """Let go of everything that was drawn: the collector looks through all that is kept, whoever is measured."""
    pack_of.cache_clear()
    catalog_of.cache_clear()
    gc.collect()


def progress_after(activities: Sequence[Activity], days_ago: int, *, over: int = 1) -> Progress:
    """Return the progress of people who did some activities, the last ones so many days ago.

    They did equally many on each of *over* days in a row.
    """
    return Progress.from_events(_done(activities, days_ago, over))


def _done(activities: Sequence[Activity], days_ago: int, over: int) -> Iterator[JointEvent]:
    for place, activity in enumerate(activities):
        at = NOW - timedelta(days_ago + over - 1 - place * over // len(activities))
        yield Offered.of(activity, at=at)
        yield Completed.of(activity, at=at)


@define
class _Draft:
    """A pack as it is written: each activity knows what came before it."""

    name: str
    chance: Random
    mistakes: float
    #: What light activities touch, and what deeper ones do.
    ordinary: Sequence[str]
    mixed: Sequence[str]
    activities: list[Activity] = field(factory=list)
    #: How many have a label, of those that are light and touch nothing: they are there for everybody.
    for_everybody: Counter[tuple[str, str]] = field(factory=Counter)

    def add_any(self) -> None:
        """Add an activity as they come."""
        depth = self.drawn(_DEPTHS)
        self.add(self.drawn(_KINDS), depth, self.topics(depth))

    def add(self, kind: str, depth: int, topics: frozenset[str], purpose: str = "practice") -> None:
        """Add an activity."""
        chance, number = self.chance, len(self.activities)
        skills = chance.sample(SKILLS, chance.choice((1, 2, 2, 2, 3)))
        requires = None if number < len(_SPINE) and depth == 1 else self.gate(depth, skills[0])
        self.activities.append(
            _activity(
                kind,
                number,
                id=f"{self.name}/a{number}",
                skills=skills,
                depth=depth,
                topics=topics,
                minutes=self.drawn(_MINUTES),
                requires=requires,
                repeat=self.repeat(depth, purpose),
                purpose=purpose,
            )
        )
        if depth == 1 and not topics:
            self.for_everybody.update([("kind", kind), *(("skill", skill) for skill in skills)])

    def drawn(self, shares: Mapping[_T, int]) -> _T:
        """Draw one by its share."""
        return self.chance.choices([*shares], [*shares.values()])[0]

    def topics(self, depth: int) -> frozenset[str]:
        """Draw what is touched: nothing, one topic, or a topic and its neighbour.

        People write about the same things together, so there are far fewer pairs than there could be.
        """
        topics, many = self.ordinary if depth == 1 else self.mixed, self.drawn(_TOPICS)
        at = self.chance.randrange(len(topics))
        at -= at % 2 if many > 1 else 0
        return frozenset(topics[at : at + many])

    def repeat(self, depth: int, purpose: str) -> Repeat:
        """Draw when it comes again; what is deep comes at most once a week, and a landing on every evening."""
        revisit = (7, 14) if self.chance.random() < _BOOSTER else ()
        at_most = AtMost("depth", depth, 1, "week") if depth == _DEEP else None
        rests = Repeat(self.drawn(_RESTS), revisit=revisit, at_most=at_most)
        return Repeat(1) if purpose == "landing" else rests

    def gate(self, depth: int, skill: str) -> Gate | None:
        """Draw what must have happened before."""
        chance, begun = self.chance, len(self.activities) >= len(_SPINE)
        if begun and chance.random() < self.mistakes:
            return self.thrown_together(depth)
        if depth == 1:
            return self.own(skill) if chance.random() < _GATED_LIGHT else None
        gates = self.shared(depth)
        if begun and chance.random() < _OWN_GATE:
            gates.append(self.own(skill))
        return gates[0] if len(gates) == 1 else AllOf(gates)

    def shared(self, depth: int) -> list[Gate]:
        """Return what everything of a depth asks for: some of the depth before it, and an orientation where needed."""
        before = Count("depth", depth - 1, _BEFORE[depth])
        return [before] if depth < _TENDER else [Done(self.activities[0].id), before]

    def own(self, skill: str) -> Gate:
        """Draw what one activity asks for that others do not: of what comes earlier, no more than everybody has."""
        chance = self.chance
        one, two, three = (self.activities[at].id for at in chance.sample(range(1, len(self.activities)), 3))
        most = min(self.for_everybody["skill", skill], 5)
        return chance.choice(
            [
                Count("skill", skill, chance.randint(1, most)) if most else DistinctDays(2),
                Count("kind", "exercise", chance.randint(1, min(self.for_everybody["kind", "exercise"], 6))),
                DistinctDays(chance.randint(2, 9)),
                Elapsed(chance.randint(1, 14), one),
                Resolved(one),
                Resolved(two),
                AnyOf([Resolved(one), Resolved(two)]),
                AtLeast(2, [Resolved(one), Resolved(two), Resolved(three)]),
            ]
        )

    def thrown_together(self, depth: int) -> Gate:
        """Draw what somebody in a hurry would ask for."""
        chance = self.chance
        atoms: list[Gate] = []
        for _ in range(chance.randint(1, 3)):
            topic, skill = chance.choice(self.mixed), chance.choice(SKILLS)
            asked = chance.randint(1, 5)
            some: list[Gate] = [
                Resolved(f"{self.name}/a{chance.randrange(len(self.activities) + 1)}"),
                Count("skill", skill, asked),
                Count("depth", max(1, depth - 1), asked),
                Count("topic", topic, asked),
                DistinctDays(asked),
            ]
            atoms.append(chance.choice(some))
        if len(atoms) == 1:
            return atoms[0]
        return AllOf(atoms) if chance.random() < _HALF else AnyOf(atoms)


def _activity(kind: str, number: int, **common: Any) -> Activity:
    title = Text(f"Number {number}, about {common['skills'][0]}")
    match kind:
        case "prompt":
            asked = Text(f"What did you notice this week, about {common['skills'][0]}, number {number}?")
            return Prompt(text=asked, after=_THANKS if common["depth"] >= _TENDER else None, **common)
        case "exercise":
            return Exercise(title=title, about=_SENTENCE, steps=_STEPS, **common)
        case "story":
            return Story(title=title, people=_SENTENCE, arc=_ARC, scenes=_SCENES, **common)
        case "check_in":
            return CheckIn(title=title, about=_SENTENCE, questions=_QUESTIONS, scale=_SCALE, validated=False, **common)
        case _:
            return Guide(title=title, answer=(_SENTENCE,), **common)


_THANKS = Text("Say thank you. No advice tonight.")
_SENTENCE = Text("One tells, the other listens, and then they change.")
_STEPS = (Step(text=_SENTENCE), Step(text=_SENTENCE, seconds=120, in_turns=True))
_ARC = Arc(struggle=_SENTENCE, turning_point=_SENTENCE, outcome=_SENTENCE, stayed_hard=_SENTENCE)
_SCENES = (Scene(id="kitchen", paragraphs=(_SENTENCE, _SENTENCE)),)
_QUESTIONS = (Question("near", _SENTENCE),)
_SCALE = Scale(1, 7, Text("not at all"), Text("very"))


def _journeys(name: str, activities: Sequence[Activity]) -> Iterator[Journey]:
    """Give the journeys of a pack: each through neighbours, from what is light to what is deeper."""
    for number in range(min(len(activities) // _PER_JOURNEY, _MOST_JOURNEYS)):
        part = activities[number * _PER_JOURNEY :][: _STAGES * _OFFERS]
        ids = [activity.id for activity in sorted(part, key=lambda activity: activity.depth)]
        yield Journey(
            id=f"{name}/way-{number}",
            title=Text(f"Way {number}"),
            about=_SENTENCE,
            stages=[
                Stage(id=f"s{at}", title=_SENTENCE, offers=ids[at * _OFFERS :][:_OFFERS], asks=_ASKS)
                for at in range(_STAGES)
            ],
        )
