"""The proofs against brute force, on small systems at random.

300 systems every time; with ``--full`` thousands. A failure prints the number of each system, and the system.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random

import pytest
from attrs import evolve, frozen
from authoring.proofs.brute_force import (
    PROPERTIES,
    Truth,
    circles,
    stuck,
    wrong_cycles,
)
from authoring.proofs.gates_by_hand import holds, names_in, parts_of
from authoring.proofs.laws import broken_laws
from authoring.proofs.small_systems import Ids, Lived, Profile
from authoring.proofs.systems_at_random import system, written
from little_packs import day, evening

from intimacy_kit.authoring.proofs import Proof, prove
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count
from intimacy_kit.content.vocabulary import DEPTHS, TOPICS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed
from intimacy_kit.practice.gates import Situation, is_open, is_resolved
from intimacy_kit.practice.progress import Progress

#: The properties of which a third of the systems are to break each, and a third to keep it.
STEERED = (
    *("K501", "K502", "K503", "K504", "K505", "K506", "K507"),
    *("K508 of one pack", "K508 of several packs", "K510", "K511", "K512", "K514", "K515"),
)
#: What is never found here: that something starves (no gate says so), and that something could not be proved.
NEVER = ("K513", "K516")
#: Longer ago than any gate waits.
LONG_AGO, TODAY = 0, 1000
MANY_DAYS = 5


@frozen
class Judged:
    """What brute force and the proofs say about one system."""

    number: int
    expected: Mapping[str, Ids]
    found: Mapping[str, Ids]
    wrong_cycles: tuple[str, ...]
    #: The properties that something in the system could break, each with whether it does.
    judged: Mapping[str, bool]

    def __str__(self) -> str:
        return _shown(self.number)


def _shown(number: int) -> str:
    return f"system {number}\n{written(system(number))}"


@cache
def judged(number: int) -> Judged:
    packs = system(number)
    truth, proof = Truth(packs), prove(packs)
    expected = {code: decide(truth) for code, decide in PROPERTIES.items()}
    expected["K501"] = stuck(truth) - {name for cycle in proof.cycles for name in cycle}
    expected["K502"] = frozenset(name for together in circles(truth) for name in together)
    found = {code: _found(proof, code) for code in (*expected, *NEVER)}
    return Judged(number, expected, found, tuple(wrong_cycles(truth, proof.cycles)), _judged(truth, expected))


def _found(proof: Proof, code: str) -> Ids:
    """Return what was found; journeys by their own ids, whichever part of them is meant."""
    if code not in {"K514", "K515"}:
        return proof.found(code)
    return frozenset("/".join(name.split("/")[:2]) for name in proof.found(code))


def _judged(truth: Truth, expected: Mapping[str, Ids]) -> Mapping[str, bool]:
    """Return what the system breaks and keeps of what it could break; so many are the denominators of the shares."""
    there, gates = truth.system.activities, [gate for _, gate in truth.gates()]
    parts = [part for gate in gates for part in parts_of(gate)]
    named = [there.get(truth.system.id_now(name)) for gate in gates for name in names_in(gate)]
    journeys = truth.system.journeys.values()
    before = {depth: truth.system.of_depth(depth - 1) & truth.system.top for depth in DEPTHS}
    packs = "K508 of one pack" if len(truth.system.packs) == 1 else "K508 of several packs"
    could = {
        "K501": True,
        "K502": True,
        "K503": any(isinstance(part, Count | AtLeast) for part in parts),
        "K504": bool(truth.reachable),
        "K505": any(before[there[name].depth] for name in truth.deep(2)),
        "K506": bool(truth.deep(3)),
        "K507": bool(truth.deep(3)),
        packs: True,
        "K510": any(one is not None and one.retired for one in named),
        "K511": any(isinstance(part, AllOf | AnyOf | AtLeast) for part in parts),
        "K512": bool(journeys),
        "K514": any(journey.boosters for journey in journeys),
        "K515": any(journey.alone for journey in journeys),
        "K517": bool(truth.deep(2)),
        "K518": bool(truth.system.of_purpose("landing")),
    }
    breaks = {packs if code == "K508" else code: bool(names) for code, names in expected.items()}
    assert not any(it_does and not could.get(code) for code, it_does in breaks.items())
    return {code: breaks[code] for code, it_could in could.items() if it_could}


@pytest.mark.parametrize("code", ["K501", *PROPERTIES])
def test_the_proofs_find_what_is_so_and_nothing_else(code: str, numbers: range) -> None:
    wrong = [
        f"{code} expected of {sorted(one.expected[code])}, found of {sorted(one.found[code])} in {one}"
        for one in map(judged, numbers)
        if one.expected[code] - _told_by(code, one) != one.found[code] - _told_by(code, one)
    ]
    _nothing(wrong)


def _told_by(code: str, one: Judged) -> Ids:
    """Return what need not be told by a code: K503 and K508 say why it never opens."""
    return one.expected["K503"] | one.expected["K508"] if code == "K501" else frozenset()


def test_whatever_never_opens_is_told_and_nothing_else_is_said_never_to_open(numbers: range) -> None:
    wrong = [f"{one.found['K501']} in {one}" for one in map(judged, numbers) if not _is_told(one)]
    _nothing(wrong)


def _is_told(one: Judged) -> bool:
    proof = prove(system(one.number))
    explained = {name for finding in proof.findings if finding.explains for name, _ in finding.about}
    return one.found["K501"] <= one.expected["K501"] <= one.found["K501"] | explained


def test_each_circle_is_told_once_and_by_a_shortest_way_round(numbers: range) -> None:
    _nothing([f"{said} in {one}" for one in map(judged, numbers) for said in one.wrong_cycles])


def test_what_is_told_of_a_circle_and_its_cycles_are_the_same(numbers: range) -> None:
    _nothing([f"{one.found['K502']} in {one}" for one in map(judged, numbers) if not _fits(one)])


def _fits(one: Judged) -> bool:
    return one.found["K502"] <= one.expected["K502"] and bool(one.found["K502"]) == bool(one.expected["K502"])


@pytest.mark.parametrize("code", NEVER)
def test_small_systems_leave_nothing_in_doubt_and_starve_nothing(code: str, numbers: range) -> None:
    _nothing([f"{code} of {sorted(one.found[code])} in {one}" for one in map(judged, numbers) if one.found[code]])


@pytest.mark.parametrize("code", STEERED)
def test_a_third_of_the_systems_break_each_property_and_a_third_keep_it(code: str, numbers: range) -> None:
    breaks = [one.judged[code] for one in map(judged, numbers) if code in one.judged]
    assert len(breaks) >= len(numbers) / 12
    assert 1 / 3 <= sum(breaks) / len(breaks) <= 2 / 3


def test_nothing_is_a_dead_end_and_no_gate_closes_and_no_order_matters(numbers: range) -> None:
    wrong = [f"{said} in system {number}" for number in numbers for said in broken_laws(Truth(system(number)))]
    _nothing(wrong)


def test_the_engine_has_the_same_gates_open_as_brute_force(numbers: range) -> None:
    _nothing(
        [f"{said} in system {number}\n{written(system(number))}" for number in numbers for said in _unlike(number)]
    )


def _unlike(number: int) -> Iterator[str]:
    """Say where the engine judges otherwise: half-way and at the end, for each profile."""
    random, truth = Random(number), Truth(system(number))
    catalog = Catalog(truth.system.packs)
    for profile in truth.system.profiles:
        people, allowed = truth.system.permitted(profile), _boundaries(profile)
        for acted in (random.choice(sorted(truth.states(people), key=sorted)), truth.reached(people)):
            situation = Situation(catalog, _progress(truth, acted, random), allowed, day(TODAY))
            world = Lived(truth.system, people, acted)
            for activity in truth.system.activities.values():
                if is_open(activity, situation) != holds(activity.requires, world):
                    yield f"for {profile} after {sorted(acted)} the gate of {activity.id}"
                for name in (activity.id, *names_in(activity.requires)):
                    if is_resolved(name, situation) != world.resolved(name):
                        yield f"for {profile} after {sorted(acted)} whether {name} is resolved"


def _boundaries(profile: Profile) -> Boundaries:
    answers = {topic: "no" if topic in profile.refused else "yes" for topic in TOPICS}
    return Boundaries(depth=profile.depth, topics=answers)


def _progress(truth: Truth, acted: Ids, random: Random) -> Progress:
    """Return the progress of people who did all of these long ago, in any order, and the first one again and again.

    What was renamed they did under any of its names.
    """
    there = [truth.system.activities[name] for name in random.sample(sorted(acted), len(acted))]
    done = [(one, random.choice((one.id, *one.aliases))) for one in there]
    days = [*enumerate(done), *((later, done[0]) for later in range(len(done), MANY_DAYS) if done)]
    return Progress.from_events(
        evolve(Completed.of(one, at=evening(LONG_AGO + number)), activity=name) for number, (one, name) in days
    )


def _nothing(wrong: Sequence[str]) -> None:
    assert not wrong, f"{len(wrong)} times, first\n" + "\n\n".join(wrong[:3])
