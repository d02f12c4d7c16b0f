"""What is true of a small system, found the slow way: by trying every profile, every state and every world.

Each property is its definition written down. The codes are those of the proofs; a set holds ids of activities,
or of journeys ("tea/way"), or of stages ("tea/way/first").
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from authoring.proofs.gates_by_hand import holds, holds_without, names_in, parts_of, paths_in
from authoring.proofs.imagined_worlds import worlds
from authoring.proofs.small_systems import Ids, Lived, SameEvening, System, Unprepared, states, union

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, Done, Gate
from intimacy_kit.content.journeys import Booster, Journey, Stage
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.vocabulary import DEPTHS, SENSITIVE_TOPICS

__all__ = ["PROPERTIES", "Truth", "circles", "stuck", "wrong_cycles"]

_PERSONAL, _TENDER = 2, 3
_MOST_ATOMS = 12


class Truth:
    """The brute force on one system; what is found once is kept."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.system = System(packs)
        self._states: dict[tuple[object, ...], frozenset[Ids]] = {}

    def states(self, permitted: Ids, *, without: Ids = frozenset(), kind: type[Lived] = Lived) -> frozenset[Ids]:
        """Return all states of people who are permitted this, and never act on what is left out."""
        key = (permitted, without & permitted, kind)
        if key not in self._states:
            self._states[key] = states(self.system, permitted, permitted - without, kind)
        return self._states[key]

    def reached(self, permitted: Ids, *, without: Ids = frozenset(), kind: type[Lived] = Lived) -> Ids:
        """Return all that these people can come to act on."""
        return union(self.states(permitted, without=without, kind=kind))

    @property
    def reachable(self) -> Ids:
        """What those reach who allow everything."""
        return self.reached(self.system.top)

    def gate(self, name: str) -> Gate | None:
        """Return the gate of an activity."""
        return self.system.activities[name].requires

    def gates(self) -> Iterator[tuple[str, Gate]]:
        """Give the ids and gates of all that anybody may be offered."""
        return ((name, gate) for name in sorted(self.system.top) if (gate := self.gate(name)) is not None)

    def deep(self, least: int) -> Ids:
        """Return the reachable ones of a depth and more."""
        return frozenset(name for name in self.reachable if self.system.activities[name].depth >= least)


# --- what cannot be reached


def stuck(truth: Truth) -> Ids:
    """Return what even those never come to who allow everything."""
    return truth.system.top - truth.reachable


def waits_for(truth: Truth) -> Mapping[str, Ids]:
    """Return for each stuck activity the stuck ones that its gate names."""
    among = stuck(truth)
    return {name: truth.system.on(names_in(truth.gate(name))) & among for name in among}


def _shortest_way(start: str, end: str, waits: Mapping[str, Ids]) -> int | None:
    """Return how many steps lead from one to the other, at least one; None where no way does."""
    steps, now, seen = 1, waits[start], waits[start]
    while now:
        if end in now:
            return steps
        now = union(waits[name] for name in now) - seen
        seen |= now
        steps += 1
    return None


def circles(truth: Truth) -> Mapping[Ids, int]:
    """Return each set of activities that all wait for each other, with the length of its shortest circle."""
    waits = waits_for(truth)
    found: dict[Ids, int] = {}
    for name in waits:
        if (length := _shortest_way(name, name, waits)) is not None:
            together = frozenset(
                other for other in waits if _shortest_way(name, other, waits) and _shortest_way(other, name, waits)
            )
            found[together] = min(length, found.get(together, length))
    return found


def wrong_cycles(truth: Truth, reported: Sequence[Sequence[str]]) -> Iterator[str]:
    """Say what is wrong with the cycles that were reported."""
    waits, expected = waits_for(truth), circles(truth)
    for cycle in reported:
        if any(name not in waits for name in cycle):
            yield f"{cycle} names something that is not stuck"
        elif len(set(cycle)) < len(cycle) or cycle[0] != min(cycle):
            yield f"{cycle} names something twice, or does not begin with the smallest id"
        elif any(after not in waits[before] for before, after in pairwise([*cycle, cycle[0]])):
            yield f"{cycle} has a step that does not wait for the next"
        elif not any(set(cycle) <= together and len(cycle) == length for together, length in expected.items()):
            yield f"{cycle} is not a shortest one of {[*map(sorted, expected)]}"
    for together in expected:
        if len([cycle for cycle in reported if set(cycle) <= together]) != 1:
            yield f"{sorted(together)} wait for each other, which is not told exactly once"


# --- gates that ask for too much, or too little


def asks_for_too_much(truth: Truth) -> Ids:
    """K503: a count of more than there is in a language, or at least more than all."""
    return frozenset(
        name for name, gate in truth.gates() if any(_is_too_much(truth, name, part) for part in parts_of(gate))
    )


def _is_too_much(truth: Truth, name: str, part: Gate) -> bool:
    match part:
        case AtLeast(n, of):
            return n > len(of)
        case Count(n=n):
            labelled = truth.system.labelled(part)
            ours = next(pack for pack in truth.system.packs if pack.name == truth.system.activities[name].pack)
            return labelled is not None and any(
                n > len((labelled & truth.system.top & _in_language(truth.system, language)) - {name})
                for language in ours.languages
            )
        case _:
            return False


def _in_language(system: System, language: str) -> Ids:
    return frozenset(one.id for pack in system.packs if language in pack.languages for one in pack.activities)


def can_be_judged_alone(gate: Gate) -> bool:
    """Tell whether a gate is small enough, and has no part that can never hold for its own reasons."""
    atoms = {part for part in parts_of(gate) if not isinstance(part, AllOf | AnyOf | AtLeast)}
    return len(atoms) <= _MOST_ATOMS and not any(
        isinstance(part, AtLeast) and part.n > len(part.of) for part in parts_of(gate)
    )


def never_true(truth: Truth) -> Ids:
    """K509: false in every world."""
    return _of_gates(truth, lambda gate: not any(holds(gate, world) for world in worlds(truth.system, gate)))


def always_true(truth: Truth) -> Ids:
    """K510: true in every world."""
    return _of_gates(truth, lambda gate: _is_always_true(truth, gate))


def redundant(truth: Truth) -> Ids:
    """K511: a part can be left out and no world shows it; where nothing is asked at all, K510 says so."""
    return _of_gates(truth, lambda gate: not _is_always_true(truth, gate) and _has_idle_part(truth, gate))


def _of_gates(truth: Truth, test: Callable[[Gate], bool]) -> Ids:
    return frozenset(name for name, gate in truth.gates() if can_be_judged_alone(gate) and test(gate))


def _is_always_true(truth: Truth, gate: Gate) -> bool:
    return all(holds(gate, world) for world in worlds(truth.system, gate))


def _has_idle_part(truth: Truth, gate: Gate) -> bool:
    """Tell whether some part is left that no world has shown to be needed."""
    idle = set(paths_in(gate))
    for world in worlds(truth.system, gate):
        held = holds(gate, world)
        idle = {path for path in idle if holds_without(gate, path, world) == held}
        if not idle:
            return False
    return True


# --- what somebody misses, or meets too early


def coercive(truth: Truth) -> Ids:
    """K504: somebody is permitted it, and would have to allow more to come to it."""
    return truth.reachable & union(people - truth.reached(people) for people in truth.system.kinds_of_people)


def jumps(truth: Truth) -> Ids:
    """K505: somebody who allows the depth before can come to it without anything of that depth."""
    found = set()
    for people in truth.system.kinds_of_people:
        for depth in range(_PERSONAL, max(DEPTHS) + 1):
            before = truth.system.of_depth(depth - 1)
            if people & before:
                found |= truth.reached(people, without=before) & truth.system.of_depth(depth)
    return truth.reachable & found


def without_orientation(truth: Truth) -> Ids:
    """K506: tender or deep, and somebody can come to it who did no orientation."""
    orientations = truth.system.of_purpose("orientation")
    return truth.deep(_TENDER) & union(
        truth.reached(people, without=orientations, kind=Unprepared) for people in truth.system.kinds_of_people
    )


def without_landing(truth: Truth) -> Ids:
    """K507: tender or deep, and somebody has no landing that is open on the same evening."""
    return frozenset(
        name
        for people in truth.system.kinds_of_people
        for name in people & truth.deep(_TENDER)
        if not any(
            holds(truth.gate(landing), SameEvening(truth.system, people, frozenset([name])))
            for landing in (people & truth.system.of_purpose("landing")) - {name}
        )
    )


def without_step(truth: Truth) -> Ids:
    """K517: of a depth below which nothing can be reached that touches no sensitive topic."""
    plain = {name for name in truth.reachable if not _activity(truth, name).topics & set(SENSITIVE_TOPICS)}
    return frozenset(
        name for name in truth.deep(_PERSONAL) if not plain & truth.system.of_depth(_activity(truth, name).depth - 1)
    )


def landing_away(truth: Truth) -> Ids:
    """K518: a landing that does not come again on the day after, whenever it was done, where something is tender."""
    landings = truth.system.of_purpose("landing") & truth.system.top
    tender = any(_activity(truth, name).depth >= _TENDER for name in truth.system.top)
    repeats = {name: _activity(truth, name).repeat for name in landings if tender}
    return frozenset(
        name
        for name, repeat in repeats.items()
        if repeat.at_most or any(repeat.rest_after(times) > 1 for times in range(1, len(repeat.revisit) + 2))
    )


def leaning(truth: Truth) -> Ids:
    """K508: open to everybody who is permitted it while all packs are there, and not when some are gone."""
    if len(truth.system.packs) == 1:
        return frozenset(name for name, gate in truth.gates() if _is_done_elsewhere(truth, gate))
    missed = {truth: _missed(truth) for truth in map(Truth, _some_of(truth.system.packs))}
    return frozenset(
        name for name in truth.system.top - _missed(truth) if any(name in names for names in missed.values())
    )


def _is_done_elsewhere(truth: Truth, gate: Gate) -> bool:
    return any(
        isinstance(part, Done)
        and truth.system.id_now(part.id) not in truth.system.activities
        and part.id.partition("/")[0] != truth.system.packs[0].name
        for part in parts_of(gate)
    )


def _missed(truth: Truth) -> Ids:
    """Return what somebody is permitted and never comes to, be it that nobody does."""
    return union(people - truth.reached(people) for people in truth.system.kinds_of_people)


def _some_of(packs: Sequence[Pack]) -> Iterator[list[Pack]]:
    for chosen in range(1, 2 ** len(packs)):
        yield [pack for place, pack in enumerate(packs) if chosen >> place & 1]


# --- journeys


def _stages(truth: Truth) -> Iterator[tuple[str, Stage]]:
    for journey in truth.system.journeys.values():
        yield from ((f"{journey.id}/{stage.id}", stage) for stage in journey.stages)


def stops(truth: Truth) -> Ids:
    """K512: a stage of which somebody never gets done what it asks."""
    found = set()
    for people in truth.system.kinds_of_people:
        world = Lived(truth.system, people, truth.reached(people))
        for name, stage in _stages(truth):
            asks = len(stage.offers) if stage.asks is None else stage.asks
            if len([offer for offer in stage.offers if world.resolved(offer)]) < asks:
                found.add(name)
    return frozenset(found)


def boosted_too_early(truth: Truth) -> Ids:
    """K514: a booster comes while all that it offers still rests."""
    return frozenset(
        journey.id
        for journey in truth.system.journeys.values()
        if any(_rests(truth, journey, booster) for booster in journey.boosters)
    )


def _rests(truth: Truth, journey: Journey, booster: Booster) -> bool:
    offered = truth.system.on(booster.offers) & truth.system.top
    return bool(offered) and all(
        name in truth.system.on(journey.offers) and booster.after_days < _activity(truth, name).repeat.rest_after(1)
        for name in offered
    )


def needs_two(truth: Truth) -> Ids:
    """K515: a journey for one person offers what needs two."""
    return frozenset(
        journey.id
        for journey in truth.system.journeys.values()
        if journey.alone
        for part in (*journey.stages, *journey.boosters)
        if any(not _activity(truth, name).works_alone for name in truth.system.on(part.offers) & truth.system.top)
    )


def _activity(truth: Truth, name: str) -> Activity:
    return truth.system.activities[name]


#: What decides each property; K501 and K502 are told together, by ``stuck`` and ``wrong_cycles``.
PROPERTIES: Mapping[str, Callable[[Truth], Ids]] = {
    "K503": asks_for_too_much,
    "K504": coercive,
    "K505": jumps,
    "K506": without_orientation,
    "K507": without_landing,
    "K508": leaning,
    "K509": never_true,
    "K510": always_true,
    "K511": redundant,
    "K512": stops,
    "K514": boosted_too_early,
    "K515": needs_two,
    "K517": without_step,
    "K518": landing_away,
}
