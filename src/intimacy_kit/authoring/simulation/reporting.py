"""From what was counted to a report."""

from collections import Counter
from collections.abc import Iterator

from intimacy_kit.authoring.simulation.casts import Cast, Role
from intimacy_kit.authoring.simulation.reports import Left, Life, PersonaSeen, Report, Seen, Wrong
from intimacy_kit.authoring.simulation.running import Lived, Run
from intimacy_kit.authoring.simulation.tallies import Sightings, Tally
from intimacy_kit.authoring.simulation.towns import Town
from intimacy_kit.content.vocabulary import DEPTHS

__all__ = ["A_DAY", "report_of"]

#: So many activities are offered a day.
A_DAY = 3
_WEEK = 7
_MOST_IDS = 100


def report_of(the_run: Run, lived: Lived) -> Report:
    """Return the report of a run: not yet with any limits."""
    town = Town(the_run.cast, the_run.days, the_run.seed, the_run.suggest)
    roles = the_run.cast.roles
    lives = tuple(_life(town, number, lived.tallies[number]) for number in range(len(roles)))
    return Report(
        packs=tuple((pack.name, pack.version) for pack in the_run.packs),
        days=the_run.days,
        couples=the_run.size,
        seed=the_run.seed,
        personas=tuple(_personas(town, lived)),
        lives=lives,
        activities=tuple(_activities(town, lived)),
        pools=tuple(_pools(the_run.cast, lives)),
        left_out=the_run.cast.left_out,
    )


def _life(town: Town, number: int, tally: Tally) -> Life:
    role, names = town.cast.roles[number], town.cast.names
    always = sorted(_always(town, number))
    never = [one for one in always if not tally.seen >> one & 1]
    possible = min(len(always), A_DAY * tally.looks // tally.couples)
    weeks = -(-town.days // _WEEK)
    return Life(
        persona=role.persona.name,
        profile=role.profile.name,
        couples=tally.couples,
        looks=tally.looks,
        offered=tally.offered,
        taken=tally.taken,
        skipped=tally.skipped,
        declined=tally.declined,
        distinct=round(tally.distinct / tally.couples, 1),
        pool=len(frozenset[int]().union(*(span.permitted for span in town.spans(number)))),
        allowed=len(always),
        possible=possible,
        shown=len(always) - len(never),
        never_offered=_share(len(always), len(never), possible, tally.distinct / tally.couples),
        never=tuple(names[one] for one in never[:_MOST_IDS]),
        empty=tally.empty,
        longest_empty_run=tally.longest_empty,
        longest_wait=tally.longest_wait,
        longest_waited=names[tally.longest_waited] if tally.longest_waited >= 0 else "",
        first_looks=tuple(tally.first_look.get(depth) for depth in DEPTHS),
        missed=tuple(tally.looked_for.get(depth) for depth in DEPTHS),
        left=tuple(round(tally.left[week] / tally.couples, 1) for week in range(weeks)),
        wrong=tuple(
            Wrong(what=what, times=times, ids=tuple(names[one] for one in tally.examples[what]))
            for what, times in sorted(tally.wrong.items())
        ),
    )


def _share(allowed: int, never: int, possible: int, distinct: float) -> float:
    """Return the share of activities that were offered to nobody.

    Where there are more than a couple can be shown at all, it is no larger than the share of what a couple could be
    shown and was not.
    """
    if not possible:
        return 0.0
    return round(max(0.0, min(never / allowed, 1 - distinct / possible)), 4)


def _always(town: Town, number: int) -> frozenset[int]:
    """Return what was there and allowed all the time, behind the same gate."""
    spans = town.spans(number)
    always = frozenset.intersection(*(span.counted for span in spans))
    return frozenset(one for one in always if len({span.world.there[one].requires for span in spans}) == 1)


def _personas(town: Town, lived: Lived) -> Iterator[PersonaSeen]:
    weeks = -(-town.days // _WEEK)
    for number, persona in enumerate(town.cast.personas):
        roles = [n for n, role in enumerate(town.cast.roles) if role.of_persona == number]
        tallies = [lived.tallies[role] for role in roles]
        always = frozenset[int]().union(*(_always(town, role) for role in roles))
        never = [one for one in sorted(always) if not any(tally.seen >> one & 1 for tally in tallies)]
        possible = min(len(always), max(A_DAY * tally.looks // tally.couples for tally in tallies))
        distinct = max(tally.distinct / tally.couples for tally in tallies)
        done, waits = Counter[tuple[int, int]](), Counter[int]()
        for tally in tallies:
            done.update(tally.weeks)
            waits.update(tally.waits)
        yield PersonaSeen(
            name=persona.name,
            about=persona.about,
            among=persona.among or persona.name,
            steady=persona.steady,
            stays=persona.stays,
            alone=persona.alone,
            couples=sum(tally.couples for tally in tallies),
            allowed=len(always),
            possible=possible,
            never_offered=_share(len(always), len(never), possible, distinct),
            never=tuple(town.cast.names[one] for one in never[:_MOST_IDS]),
            weeks=tuple(tuple(done[week, depth] for depth in DEPTHS) for week in range(weeks)),
            waits=tuple(sorted(waits.items())),
        )


def _activities(town: Town, lived: Lived) -> Iterator[Seen]:
    possible = Counter[int]()
    for number, tally in lived.tallies.items():
        for one in frozenset.union(*(span.counted for span in town.spans(number))):
            possible[one] += tally.couples
    sightings = [lived.sightings.get(number, Sightings()) for number in range(len(town.cast.personas))]
    for number, activity in town.cast.worlds[0].there.items():
        days = [sighting.first_day[number] for sighting in sightings if number in sighting.first_day]
        yield Seen(
            id=activity.id,
            kind=activity.kind,
            depth=activity.depth,
            retired=activity.retired,
            offered=sum(sighting.offered[number] for sighting in sightings),
            couples=sum(sighting.couples[number] for sighting in sightings),
            possible=possible[number],
            first_day=min(days, default=None),
            longest_wait=max((sighting.longest_wait.get(number, 0) for sighting in sightings), default=0),
            by_persona=tuple(sighting.offered[number] for sighting in sightings),
        )


def _pools(cast: Cast, lives: tuple[Life, ...]) -> Iterator[Left]:
    """Give what is left for each profile, as those find it who look every day: they are the first persona."""
    by_role: list[tuple[Role, Life]] = [*zip(cast.roles, lives, strict=True)]
    for role, life in by_role:
        if role.of_persona == 0:
            yield Left(profile=role.profile.name, depth=role.profile.depth, allowed=life.allowed, left=life.left)
