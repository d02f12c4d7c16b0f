"""No journey stops (K512), comes back too early (K514), or needs two where it is for one (K515)."""

from collections.abc import Collection, Iterator
from functools import partial

from attrs import frozen

from intimacy_kit.authoring.proofs.findings import IN_DOUBT, Finding, Words
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile, unions
from intimacy_kit.authoring.proofs.reach import reach_in
from intimacy_kit.authoring.proofs.searching import Answers, budget, cone, plainest, search
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.journeys import Booster, Journey
from intimacy_kit.problems import Where

__all__ = ["Step", "boosters_too_early", "needing_two", "stopping", "stops"]


@frozen(eq=False)
class Step:
    """A stage of a journey, in numbers."""

    id: str
    where: Where
    journey: Journey
    #: How many of what it offers must be out of the way.
    asks: int
    #: What it offers; None is not there.
    offers: tuple[int | None, ...]


def _steps(system: System) -> Iterator[Step]:
    for pack in system.packs:
        for at, journey in enumerate(pack.journeys):
            for place, stage in enumerate(journey.stages):
                where = Where(pack.name, pointer=f"/journeys/{at}/stages/{place}")
                asks = len(stage.offers) if stage.asks is None else stage.asks
                offers = tuple(system.permitted(name) for name in stage.offers)
                yield Step(f"{journey.id}/{stage.id}", where, journey, asks, offers)


def stopping(system: System, safe: list[bool]) -> Answers[Step, Profile]:
    """Return the stages at which somebody never gets what they ask for, and who that is."""

    def surely(number: int | None) -> bool:
        group = None if number is None else system.group[number]
        return group is None or safe[group]

    steps = [step for step in _steps(system) if sum(map(surely, step.offers)) < step.asks]

    def failing(profile: Profile, asked: Collection[Step]) -> Iterator[Step]:
        reached = reach_in(system, profile)
        return (step for step in asked if sum(map(reached.resolved, step.offers)) < step.asks)

    def cases(step: Step) -> Iterator[Profile]:
        offered = [number for number in step.offers if number is not None]
        near = [*map(system.least, offered), *cone(system, [system.gates[number] for number in offered])]
        return unions(Profile(1), near)

    seeds = [EVERYTHING, *sorted({system.least(n) for step in steps for n in step.offers if n is not None})]
    return search({step: partial(cases, step) for step in steps}, seeds, failing, budget(system))


def stops(system: System, safe: list[bool]) -> Iterator[Finding]:
    """Say where a journey stops."""
    words = Words(system)
    answers = stopping(system, safe)
    tries = budget(system)
    for step, witness in answers.witnesses.items():
        shorter = partial(_is_short, system, step)
        profile, taken = plainest(system, witness, shorter) if tries > 0 else (witness, 0)
        tries -= taken
        reached = reach_in(system, profile)
        there = sum(map(reached.resolved, step.offers))
        stuck = [number for number in step.offers if not reached.resolved(number)]
        names = words.names([number for number in stuck if number is not None])
        only = f", only {there} can ever be done or put aside" if there else ""
        said = (
            f"the journey {words.one(step.journey.id)} stops here for {words.people(profile)}: it asks for {step.asks}"
            f"{only}, and {names} never open{'s' if len(stuck) == 1 else ''} to them"
        )
        yield Finding("K512", [(step.id, step.where)], said, f"mend what is told of {names}, or offer something else")
    for step in answers.unproved:
        said = f"could not decide whether the journey {words.one(step.journey.id)} goes on here for everybody"
        yield Finding(IN_DOUBT, [(step.id, step.where)], said, "offer something that waits for less", "K512")


def _is_short(system: System, step: Step, profile: Profile) -> bool:
    return sum(map(reach_in(system, profile).resolved, step.offers)) < step.asks


def boosters_too_early(system: System) -> Iterator[Finding]:
    """Say which boosters come while all they offer still rests."""
    words = Words(system)
    for pack in system.packs:
        for at, journey in enumerate(pack.journeys):
            for place, booster in enumerate(journey.boosters):
                rests = _rests(system, journey, booster)
                if rests and booster.after_days < min(rests):
                    where = Where(pack.name, pointer=f"/journeys/{at}/boosters/{place}")
                    said = (
                        f"a booster of the journey {words.one(journey.id)} comes after {booster.after_days} days, "
                        f"while all it offers still rests for {min(rests)}"
                    )
                    hint = (
                        f"let it come after {min(rests)} days or later, or write 'revisit: [{booster.after_days}]' "
                        "under 'repeat' of something it offers"
                    )
                    yield Finding("K514", [(journey.id, where)], said, hint)


def _rests(system: System, journey: Journey, booster: Booster) -> list[int]:
    """Return how long what a booster offers rests after the journey; nothing where some of it need not rest."""
    there = system.on(booster.offers)
    rests = [system.activities[number].repeat.rest_after(1) for number in there]
    return rests if system.on(journey.offers).issuperset(there) else []


def needing_two(system: System) -> Iterator[Finding]:
    """Say what journeys for one person offer that needs two."""
    words = Words(system)
    for pack in system.packs:
        for at, journey in enumerate(pack.journeys):
            parts = [(f"stages/{n}", f"{journey.id}/{one.id}", one.offers) for n, one in enumerate(journey.stages)]
            parts += [(f"boosters/{n}", journey.id, one.offers) for n, one in enumerate(journey.boosters)]
            for pointer, name, offers in parts if journey.alone else ():
                two = [n for n in sorted(system.on(offers)) if not system.activities[n].works_alone]
                if two:
                    where = Where(pack.name, pointer=f"/journeys/{at}/{pointer}")
                    said = f"the journey {words.one(journey.id)} is for one person, and {words.names(two)} need"
                    said += f"{'s' if len(two) == 1 else ''} two"
                    it, another = ("it", "another") if len(two) == 1 else ("each", "others")
                    hint = f"give {it} a form for one under 'solo', or offer {another}"
                    yield Finding("K515", [(name, where)], said, hint)
