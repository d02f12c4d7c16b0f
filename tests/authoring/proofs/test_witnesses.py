"""Whom the messages of the proofs name: brute force has to agree that just these people miss it, or meet it too early.

The messages are read as a writer would read them: up to which depth, and without which topics.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

import pytest
from authoring.proofs.brute_force import Truth
from authoring.proofs.gates_by_hand import holds
from authoring.proofs.small_systems import Ids, Lived, Profile, SameEvening, System, Unprepared
from authoring.proofs.systems_at_random import system, written
from little_packs import activity, pack

from intimacy_kit.authoring.proofs import Finding, prove
from intimacy_kit.content.vocabulary import DEPTHS, TOPICS


def _people(said: str, there: System) -> Ids:
    """Return what those are permitted of whom a message speaks; of nobody in particular, everything."""
    refused = set(re.findall(r"'(\w+)'", said.partition("refuse ")[2]))
    if "refuse every topic" in said:
        refused = (there.topics & frozenset(TOPICS)) - refused
    assert "others" not in said
    depth = re.search(r"allow depth (\d)", said)
    return there.permitted(Profile(int(depth[1]) if depth else max(DEPTHS), frozenset(refused)))


def _missed(said: str, names: Ids, truth: Truth) -> bool:
    people = _people(said.partition(" never come to ")[0], truth.system)
    return names <= people - truth.reached(people)


def _jumped_to(said: str, names: Ids, truth: Truth) -> bool:
    people = _people(_before_what(said), truth.system)
    befores = [truth.system.of_depth(truth.system.activities[name].depth - 1) for name in names]
    return all(people & before and names <= truth.reached(people, without=before) for before in befores)


def _met_unprepared(said: str, names: Ids, truth: Truth) -> bool:
    people, orientations = _people(_before_what(said), truth.system), truth.system.of_purpose("orientation")
    return names <= truth.reached(people, without=orientations, kind=Unprepared)


def _before_what(said: str) -> str:
    """Return who it is: "for people who refuse 'money', 'lent' opens before ..."; nothing for everybody."""
    return said.partition(" open")[0].rpartition(", ")[0] if said.startswith("for ") else ""


def _stranded(said: str, names: Ids, truth: Truth) -> bool:
    who = said.partition("nothing leads back")[0]
    people = _people(who, truth.system)
    landings = people & truth.system.of_purpose("landing")
    return names <= people and not any(
        holds(truth.gate(landing), SameEvening(truth.system, people, frozenset([name])))
        for name in names
        for landing in landings - {name}
    )


def _stopped(said: str, names: Ids, truth: Truth) -> bool:
    people = _people(re.split(": it asks", said.partition(" for ")[2])[0], truth.system)
    world = Lived(truth.system, people, truth.reached(people))
    stages = {f"{way.id}/{one.id}": one for way in truth.system.journeys.values() for one in way.stages}
    return all(
        sum(map(world.resolved, stages[name].offers)) < (stages[name].asks or len(stages[name].offers))
        for name in names
    )


def _missed_without_packs(said: str, names: Ids, truth: Truth) -> bool:
    if len(truth.system.packs) == 1:
        return True
    have, _, rest = said.partition(" without ")
    packs = [pack for pack in truth.system.packs if f"'{pack.name}'" in have]
    return bool(packs) and _missed(rest, names, Truth(packs))


TELLS: Mapping[str, Callable[[str, Ids, Truth], bool]] = {
    "K504": _missed,
    "K505": _jumped_to,
    "K506": _met_unprepared,
    "K507": _stranded,
    "K508": _missed_without_packs,
    "K512": _stopped,
}


def test_of_whomever_a_message_speaks_it_is_true(numbers: range) -> None:
    wrong = list(chain.from_iterable(map(_wrong, numbers)))
    assert not wrong, f"{len(wrong)} times, first\n{wrong[0]}"


def _wrong(number: int) -> Iterator[str]:
    packs = system(number)
    truth = Truth(packs)
    for finding in prove(packs).findings:
        if finding.code in TELLS and not TELLS[finding.code](finding.message, _names(finding), truth):
            yield f"{finding.code} {finding.message} in system {number}\n{written(packs)}"


def _names(finding: Finding) -> Ids:
    return frozenset(name for name, _ in finding.about)


THREE = System(
    [
        pack(
            "tea",
            [
                activity("light"),
                activity("lent", depth=2, topics=["money"]),
                activity("prayed", depth=2, topics=["faith"]),
            ],
        )
    ]
)


@pytest.mark.parametrize(
    ("said", "permitted"),
    [
        ("everybody", 3),
        ("people who allow depth 1 at most", 1),
        ("people who allow depth 2 at most and refuse 'money'", 2),
        ("people who refuse 'faith' and 'money'", 1),
        ("people who refuse every topic", 1),
        ("people who refuse every topic but 'faith'", 2),
    ],
)
def test_people_are_understood(said: str, permitted: int) -> None:
    assert len(_people(said, THREE)) == permitted


@pytest.mark.parametrize("code", TELLS)
def test_what_is_said_of_the_wrong_people_is_noticed(code: str, numbers: range) -> None:
    """Say of those who refuse nothing what is true of somebody else only."""
    for packs in map(system, numbers):
        truth = Truth(packs)
        for finding in prove(packs).findings:
            said = re.sub(r"(allow depth \d at most|refuse [^:;]*?'\w+')(?= never|, |:)", "", finding.message)
            if finding.code == code and said != finding.message and not TELLS[code](said, _names(finding), truth):
                return
    pytest.fail("everything is believed")
