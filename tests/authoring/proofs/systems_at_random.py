"""Small systems of packs, each from one number: ``system(1234)`` is the same one everywhere and for ever.

Gates drawn blindly break nearly every promise at once. So most systems are drawn *tame*, step by step, so that
everything holds; then some faults, drawn by coin, are put in. The rest is *wild*, for what nobody thought of, or
*knotted*, for what holds for each topic by itself and not for two of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from attrs import evolve
from authoring.proofs.gates_at_random import Gates
from authoring.proofs.wild_gates_at_random import TOPICS
from little_packs import activity, pack

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Elapsed, Gate
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.timing import Repeat
from intimacy_kit.content.vocabulary import ORDINARY_TOPICS

__all__ = ["FAULTS", "system", "written"]

#: What can be wrong on purpose, and in what share of the tame systems.
FAULTS = {
    "circle": 0.57,
    "stuck": 0.2,
    "too much": 0.35,
    "coercive": 0.9,
    "jump": 0.4,
    "unprepared": 0.4,
    "no landing": 0.17,
    "leaning": 0.93,
    "idle part": 0.2,
    "nothing asked": 0.85,
    "journey stops": 0.5,
}

#: How many are tame, wild and knotted, in a hundred.
MOODS = (80, 7, 13)
PACKS = ("milk", "rye", "tea")
SLUGS = "abcdefgh"
UNKNOWN_TOPIC = "juggling"
SKILLS = ("listening", "empathy", "trust")
KINDS = ("prompt", "exercise", "guide")
PURPOSES = ("practice", "orientation", "landing")
_TENDER = 3


def system(number: int) -> tuple[Pack, ...]:
    """Return the packs of a system: 1 to 3 packs with 3 to 8 activities in all, and now and then a journey or two."""
    return _Drawing(number).packs()


class _Drawing:
    """One system while it is drawn."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.names = self.some(PACKS, self.random.choices((1, 2, 3), (9, 8, 4))[0])
        self.mood = self.random.choices(("tame", "wild", "knotted"), MOODS)[0]
        self.topics = self.some(TOPICS, self.random.choice((3, 4) if self.mood == "knotted" else (2, 2, 3, 3, 4)))
        self.ways = [f"{self.random.choice(self.names)}/{slug}" for slug in ("walk", "way") if self.chance(0.4)]
        self.faults = frozenset(fault for fault, share in FAULTS.items() if self.chance(share))
        self.gates = Gates(self.random, self.faults, self.ways)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, values: Sequence[Any], most: int) -> list[Any]:
        return self.random.sample(list(values), min(most, len(values)))

    def packs(self) -> tuple[Pack, ...]:
        ungated = self.ungated()
        for one in ungated:
            self.gates.there.append(evolve(one, requires=self.gate(one, ungated)))
        activities = self.gates.there
        if self.mood == "tame" and "circle" in self.faults:
            activities = self.gates.in_circle(activities)
        if self.mood == "knotted":
            activities = self.gates.with_knot(activities)
        if "no landing" in self.faults and self.chance(0.5):
            activities = self.gates.with_late_landing(activities)
        journeys = [self.journey(way) for way in self.ways]
        return tuple(self.pack(name, activities, journeys) for name in sorted(self.names))

    def gate(self, one: Activity, everybody: Sequence[Activity]) -> Gate | None:
        match self.mood:
            case "tame":
                return self.gates.tame(one)
            case "wild":
                return self.gates.wild(one, everybody)
            case _:
                return self.gates.knotted(one, everybody) if self.chance(0.5) else None

    def pack(self, name: str, activities: Sequence[Activity], journeys: Sequence[Journey]) -> Pack:
        ours = sorted((one for one in activities if one.pack == name), key=lambda one: one.id)
        languages = self.random.choice((["en"], ["en"], ["en", "es"], ["es"]))
        return evolve(pack(name, ours, [way for way in journeys if _pack_of(way) == name]), languages=languages)

    def ungated(self) -> list[Activity]:
        """Return the activities without their gates, in the order in which they may build on each other."""
        number = self.random.choice((3, 4, 5, 5, 6, 6, 7, 7, 8, 8))
        shares = (1, 4, 2, 1) if self.mood == "knotted" else (3, 3, 4, 2)
        depths = sorted(self.random.choices((1, 2, 3, 4), shares, k=number))
        if "coercive" in self.faults and self.chance(0.5):
            self.random.shuffle(depths)
        slugs = self.some(SLUGS, number)
        beginnings = ["orientation"] if self.mood == "tame" else []
        beginnings += ["landing"] if "no landing" not in self.faults or self.chance(0.3) else []
        return [
            self.activity(slug, depth, beginnings.pop(0) if beginnings else None)
            for slug, depth in zip(slugs, depths, strict=True)
        ]

    def activity(self, slug: str, depth: int, beginning: str | None) -> Activity:
        """Draw an activity; a beginning is of a purpose, and there for everybody."""
        depth = 1 if beginning else depth
        kind = self.random.choice(KINDS)
        return activity(
            slug,
            kind,
            pack=self.pack_for(depth, beginning),
            depth=depth,
            topics=[] if beginning else self.topics_at(depth),
            skills=self.some(SKILLS, self.random.choice((1, 1, 2))),
            purpose=beginning or self.random.choices(PURPOSES, (8, 1, 1))[0],
            retired=not beginning and self.chance(0.17),
            aliases=[f"{self.random.choice(self.names)}/old-{slug}"] if self.chance(0.15) else [],
            repeat=Repeat(self.random.choice((5, 20, 60)), revisit=self.random.choice(((), (), (3,), (30, 90)))),
            **({"solo": Text("Alone.")} if kind == "prompt" and self.chance(0.4) else {}),
        )

    def topics_at(self, depth: int) -> list[str]:
        topics = self.some(
            self.topics, self.random.choice((0, 0, 1, 1, 2) if "coercive" in self.faults else (0, 0, 1, 2))
        )
        if depth == 1:
            return [topic for topic in topics if topic in ORDINARY_TOPICS]
        return [*topics, UNKNOWN_TOPIC] if self.chance(0.03) else topics

    def pack_for(self, depth: int, beginning: str | None) -> str:
        """Return a pack; what is tender stands beside the first orientation, unless it is to lean on another pack."""
        beside = beginning == "orientation" or (
            depth >= _TENDER and "leaning" not in self.faults and self.mood == "tame"
        )
        return self.names[0] if beside else self.random.choice(self.names)

    def journey(self, way: str) -> Journey:
        """Draw a journey; where it is to stop, it asks for something that somebody misses."""
        stages = [self.stage(number) for number in range(self.random.choice((1, 1, 2)))]
        offered = sorted({offer for stage in stages for offer in stage.offers})
        offered += [one.id for one in self.some(self.gates.there, 3) if one.id not in offered]
        boosters = [
            Booster(
                after_days=self.random.choice((2, 4, 7, 30)), offers=self.some(offered, self.random.choice((1, 1, 2)))
            )
            for _ in range(self.random.choice((0, 1, 1, 2)))
        ]
        words = Text("A way.")
        return Journey(id=way, title=words, about=words, stages=stages, boosters=boosters, alone=self.chance(0.6))

    def stage(self, number: int) -> Stage:
        there, hurt = self.gates.there, self.gates.hurt
        offered = self.some(there, self.random.choice((1, 2, 3, 4)))
        if self.mood == "tame":
            fine = [one for one in there if one.id not in hurt and not one.topics] or offered
            offered = self.some(fine, len(offered))
            if "journey stops" in self.faults:
                offered += self.some([one for one in there if one.id in hurt and one not in offered], 2)
        offers = [self.gates.named(one) for one in offered]
        offers += ["gone/away"] if self.chance(0.1) else []
        stops = "journey stops" in self.faults or self.chance(0.5)
        asks = None if stops else self.random.randint(1, len(offers))
        return Stage(id=f"stage-{number}", title=Text("A stage"), offers=offers, asks=asks)


def _pack_of(way: Journey) -> str:
    return way.id.partition("/")[0]


def written(packs: Iterable[Pack]) -> str:
    """Return a system as text that can be read, and mended by hand."""
    return "\n".join(line for pack in packs for line in _lines(pack))


def _lines(pack: Pack) -> Iterator[str]:
    yield f"pack {pack.name} in {', '.join(pack.languages)}"
    for one in pack.activities:
        more = [one.kind, *one.skills, *sorted(one.topics), one.purpose, *(["retired"] if one.retired else [])]
        aliases = f", once {' and '.join(one.aliases)}" if one.aliases else ""
        yield f"  {one.id}: depth {one.depth}, {', '.join(more)}{aliases}, rests {one.repeat.rest_after(1)}"
        yield f"      {_gate(one.requires)}"
    for way in pack.journeys:
        yield f"  {way.id}: a journey{' for one' if way.alone else ''}"
        yield from (f"      {stage.id} asks {stage.asks or 'all'} of {', '.join(stage.offers)}" for stage in way.stages)
        yield from (f"      after {late.after_days} days {', '.join(late.offers)}" for late in way.boosters)


def _gate(gate: Gate | None) -> str:
    match gate:
        case None:
            return "open"
        case AllOf(of) | AnyOf(of):
            return f"{'all' if isinstance(gate, AllOf) else 'any'}[{', '.join(map(_gate, of))}]"
        case AtLeast(n, of):
            return f"at least {n} of [{', '.join(map(_gate, of))}]"
        case Count(by, value, n):
            return f"{n} of {by} {value}"
        case Elapsed(days, since):
            return f"{days} days since {since}"
        case DistinctDays(n):
            return f"{n} days"
        case _:
            return f"{type(gate).__name__.lower()} {gate.id}"
