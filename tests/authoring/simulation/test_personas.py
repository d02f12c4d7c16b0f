"""Who uses it: what each of them does with what is offered."""

from random import Random

import pytest
from attrs import evolve
from little_packs import activity, catalog, journey

from intimacy_kit.authoring.simulation.personas import Persona, personas
from intimacy_kit.authoring.simulation.profiles import profiles
from intimacy_kit.content.text import Text
from intimacy_kit.practice.suggestions import Because, Reason, Suggestion

THERE = catalog(
    activity("cup", topics=["food"]),
    activity("pot", depth=3, topics=["money"], minutes=20),
    activity("mug", depth=2, solo=Text("Alone.")),
    journeys=[journey("way", ["cup", "mug"])],
)
PROFILES = profiles(THERE.values())
EVERYBODY = {one.name: one for one in personas(THERE, PROFILES, update=1, removals=[("tea", 2, 3)])}


def offered(*slugs: str, because: Because = "new") -> list[Suggestion]:
    reasons: list[Because] = ["new"] * (len(slugs) - 1) + [because]
    return [Suggestion(THERE[f"tea/{slug}"], Reason(why)) for slug, why in zip(slugs, reasons, strict=True)]


def answers(name: str, *slugs: str, because: Because = "new", seed: int = 0) -> list[str]:
    return list(EVERYBODY[name].answers(offered(*slugs, because=because), Random(seed)))


def test_everybody_is_there() -> None:
    assert list(EVERYBODY) == [
        "everyday",
        "shallow-first",
        "deep-first",
        "ignores most",
        "skips half",
        "five minutes",
        "weekends",
        "one alone",
        "one stops",
        "long away",
        "declines food",
        "declines money",
        "follows tea/way",
        "updated",
        "removes tea",
        "dares for a while",
    ]


def test_nobody_dares_where_there_is_nothing_more_to_allow() -> None:
    light = catalog(activity("cup"))
    names = [one.name for one in personas(light, profiles(light.values()), update=1, removals=[])]
    assert "dares for a while" not in names
    assert "updated" in names


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("everyday", ["take", "ignore", "ignore"]),
        ("shallow-first", ["ignore", "take", "ignore"]),
        ("deep-first", ["take", "ignore", "ignore"]),
        ("one alone", ["ignore", "ignore", "take"]),
        ("declines food", ["take", "decline", "ignore"]),
        ("declines money", ["decline", "take", "ignore"]),
        ("follows tea/way", ["take", "ignore", "ignore"]),
    ],
)
def test_what_is_taken_of_a_tender_a_light_and_a_personal_one(name: str, taken: list[str]) -> None:
    assert answers(name, "pot", "cup", "mug") == taken


@pytest.mark.parametrize("because", ["journey", "booster"])
def test_who_follows_a_journey_takes_what_is_on_it(because: Because) -> None:
    assert answers("follows tea/way", "pot", "cup", "mug", because=because) == ["ignore", "ignore", "take"]


def test_one_alone_takes_nothing_where_nothing_can_be_done_alone() -> None:
    assert answers("one alone", "pot", "cup") == ["ignore", "ignore"]
    assert [EVERYBODY["one alone"].fits(one) for one in THERE.values()] == [False, False, True]


def test_who_skips_half_puts_half_aside_and_takes_one_of_the_rest() -> None:
    drawn = [answer for seed in range(400) for answer in answers("skips half", "cup", "pot", "mug", seed=seed)]
    share = {answer: drawn.count(answer) / len(drawn) for answer in set(drawn)}
    assert share == pytest.approx({"give up": 0.25, "skip": 0.25, "take": 0.29, "ignore": 0.21}, abs=0.04)
    assert all(answers("skips half", "cup", "pot", seed=seed).count("take") <= 1 for seed in range(99))


def test_who_ignores_most_takes_one_thing_in_five_looks() -> None:
    taken = sum("take" in answers("ignores most", "cup", "pot", seed=seed) for seed in range(400))
    assert taken == pytest.approx(80, abs=25)
    chance = Random(1)
    assert sum(EVERYBODY["ignores most"].opens(0, chance) for _ in range(400)) == pytest.approx(200, abs=40)


def test_how_long_they_have() -> None:
    week = {name: [one.minutes(day) for day in range(7)] for name, one in EVERYBODY.items()}
    assert week["everyday"] == [None] * 7
    assert week["five minutes"] == [5] * 7
    assert week["weekends"] == [10] * 5 + [None] * 2
    assert [EVERYBODY["five minutes"].fits(one) for one in THERE.values()] == [True, False, True]


def test_one_who_stops_does_not_come_back() -> None:
    opens = EVERYBODY["one stops"].opens
    assert [opens(day, Random(0)) for day in (0, 19, 20, 400)] == [True, True, False, False]


def test_those_to_whom_something_happens_say_when() -> None:
    assert {name: one.happens for name, one in EVERYBODY.items() if one.happens} == {
        "one stops": 20,
        "long away": 30,
        "updated": 45,
        "removes tea": 30,
        "dares for a while": 60,
    }
    worlds = {name: [(era.day, era.world) for era in one.eras] for name, one in EVERYBODY.items() if one.eras[1:]}
    assert worlds == {
        "updated": [(0, 0), (45, 1)],
        "removes tea": [(0, 2), (30, 3)],
        "dares for a while": [(0, 0), (30, 0), (60, 0)],
    }


def test_a_persona_is_a_value() -> None:
    one = EVERYBODY["everyday"]
    assert evolve(one) == one
    assert isinstance(one, Persona)
