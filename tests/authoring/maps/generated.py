"""Packs as large and as entangled as they come, made up from a seed."""

from random import Random

from little_packs import activity
from little_packs import pack as pack_of

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.text import Text
from intimacy_kit.content.vocabulary import KINDS, SKILLS

__all__ = ["generated"]

_FIRST = (
    "quiet",
    "old",
    "small",
    "late",
    "warm",
    "seven",
    "other",
    "half",
    "open",
    "long",
    "borrowed",
    "second",
    "left",
)
_SECOND = ("kettle", "letter", "window", "corner", "morning", "sentence", "drawer", "station", "neighbour", "question")
_THIRD = ("again", "by-the-door", "in-the-rain", "at-noon", "without-words", "for-two", "on-the-way-home")


def generated(
    seed: int, *, activities: int = 200, journeys: int = 4, gated: float = 0.5, circles: int = 0, retired: int = 0
) -> Pack:
    """Return a pack of activities with all kinds of gates, on some journeys or on none."""
    chance = Random(seed)
    slugs = _slugs(chance, activities)
    made: list[Activity] = []
    shared: list[Gate] = [Count("depth", depth, 3) for depth in (1, 2, 3)]
    for at, slug in enumerate(slugs):
        depth = 1 + min(3, at * 4 // activities)
        gate = None
        if at > activities // 5 and chance.random() < gated:
            gate = shared[depth - 2] if depth > 1 and chance.random() < 0.6 else _gate(chance, slugs[:at], 2)
        purpose = {3: "orientation", 5: "landing", 7: "support"}.get(at, "practice")
        kind = "guide" if at == 3 else chance.choice(KINDS)
        fields = {"depth": depth, "requires": gate, "purpose": purpose, "skills": chance.sample(SKILLS, 2)}
        made.append(activity(slug, kind, **fields, retired=activities - retired <= at))
    for at in range(circles):
        others = [f"ring-{at}-{number}" for number in range(at + 1)]
        for number, slug in enumerate(others):
            made.append(activity(slug, requires=Resolved(f"tea/{others[number - 1]}")))
        made.append(activity(f"behind-ring-{at}", depth=2, requires=Elapsed(3, f"tea/{others[0]}")))
    ways = [_journey(chance, number, slugs) for number in range(journeys)]
    return pack_of("tea", made, ways)


def _slugs(chance: Random, count: int) -> list[str]:
    slugs: list[str] = []
    while len(slugs) < count:
        slug = "-".join([chance.choice(_FIRST), chance.choice(_SECOND), *chance.sample(_THIRD, chance.randint(0, 1))])
        if slug not in slugs:
            slugs.append(slug)
    return slugs


def _gate(chance: Random, before: list[str], nested: int) -> Gate:
    name = f"tea/{chance.choice(before)}"
    atoms: list[Gate] = [
        Resolved(name),
        Resolved(name),
        Done("tea/" + before[3]),
        Elapsed(chance.randint(1, 14), name),
        Count("skill", chance.choice(SKILLS), chance.randint(1, 3)),
        Count("kind", chance.choice(KINDS), 2),
        Count("journey", "tea/way-0", 2),
        DistinctDays(chance.randint(1, 5)),
    ]
    if not nested or chance.random() < 0.6:
        return chance.choice(atoms)
    parts = [_gate(chance, before, nested - 1) for _ in range(chance.randint(2, 3))]
    return chance.choice([AllOf(parts), AnyOf(parts), AtLeast(2, parts)])


def _journey(chance: Random, number: int, slugs: list[str]) -> Journey:
    offers = sorted(chance.sample(range(len(slugs)), min(len(slugs), 32)))
    stages = [
        Stage(
            id=f"stage-{at}",
            title=Text(f"The {_FIRST[at]} {_SECOND[(at + number) % len(_SECOND)]}"),
            offers=[f"tea/{slugs[one]}" for one in offers[at * 8 : at * 8 + 8]],
            asks=3,
        )
        for at in range(4)
        if offers[at * 8 : at * 8 + 8]
    ]
    boosters = [Booster(after_days=30, offers=[f"tea/{slugs[0]}"])] if number == 0 else []
    title = Text(f"A way through the {_FIRST[number]} months, and back")
    about = Text("Made up.")
    return Journey(
        id=f"tea/way-{number}", title=title, about=about, stages=stages, boosters=boosters, alone=number == 1
    )
