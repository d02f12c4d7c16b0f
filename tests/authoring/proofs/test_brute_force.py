"""Whether brute force itself is right, on systems whose truth anybody can see."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve
from authoring.proofs.brute_force import PROPERTIES, Truth, circles, stuck, wrong_cycles
from authoring.proofs.laws import broken_laws
from authoring.proofs.systems_at_random import system, written
from little_packs import activity, journey, pack

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Booster, Journey
from intimacy_kit.content.timing import Repeat

HELLO = activity("hello", purpose="orientation")
BYE = activity("bye", purpose="landing")
MINE = activity("mine", depth=2)
MONEY = activity("money", depth=2, topics=["money"])
OLD = activity("old", retired=True)


def waits(slug: str, gate: Gate, **fields: Any) -> Activity:
    return activity(slug, requires=gate, **fields)


def of(*activities: Activity, journeys: Sequence[Journey] = ()) -> Truth:
    return Truth([pack("tea", activities, journeys)])


def found(code: str, truth: Truth) -> list[str]:
    return sorted(name.partition("/")[2] for name in PROPERTIES[code](truth))


def test_a_profile_is_a_ceiling_and_what_is_refused() -> None:
    truth = of(HELLO, MINE, MONEY, OLD, activity("later", depth=2, topics=["juggling"]))
    assert len(truth.system.profiles) == 4 * 2**2
    assert truth.system.kinds_of_people == {
        frozenset({"tea/hello"}),
        frozenset({"tea/hello", "tea/mine"}),
        frozenset({"tea/hello", "tea/mine", "tea/money"}),
    }


def test_states_are_what_people_come_to_step_by_step() -> None:
    truth = of(HELLO, BYE, waits("then", Done("tea/hello")))
    states = {"".join(sorted(name[4] for name in state)) for state in truth.states(truth.system.top)}
    assert states == {"", "h", "b", "bh", "ht", "bht"}
    assert not list(broken_laws(truth))


OPEN = {
    "resolved, for it is retired": Resolved("tea/old"),
    "resolved, for its pack is missing": Resolved("gone/away"),
    "resolved, for nothing has that name": Resolved("tea/nowhere"),
    "elapsed, for time flows": Elapsed(7, "tea/hello"),
    "elapsed, for it is retired": Elapsed(7, "tea/old"),
    "days, for things come again": DistinctDays(30),
    "a count of two": Count("depth", 1, 2),
    "a journey that is missing": Count("journey", "gone/way", 9),
    "one of two": AnyOf([Done("tea/old"), Done("tea/hello")]),
    "two of three": AtLeast(2, [Done("tea/old"), Done("tea/hello"), Resolved("tea/bye")]),
}
SHUT = {
    "done, though it is retired": Done("tea/old"),
    "done, though its pack is missing": Done("gone/away"),
    "a count of three": Count("depth", 1, 3),
    "both": AllOf([Done("tea/old"), Done("tea/hello")]),
    "two of one": AtLeast(2, [Done("tea/hello")]),
}


@pytest.mark.parametrize("gate", OPEN.values(), ids=OPEN)
def test_it_can_be_reached(gate: Gate) -> None:
    assert not stuck(of(HELLO, BYE, OLD, waits("then", gate, depth=2)))


@pytest.mark.parametrize("gate", SHUT.values(), ids=SHUT)
def test_it_cannot_be_reached(gate: Gate) -> None:
    assert stuck(of(HELLO, BYE, OLD, waits("then", gate, depth=2))) == {"tea/then"}


def test_what_was_renamed_is_found_by_each_of_its_names() -> None:
    new = evolve(HELLO, aliases=["tea/hi"])
    assert not stuck(of(new, waits("then", Done("tea/hi"))))


def test_days_need_something_to_fill_them_with() -> None:
    assert stuck(of(waits("then", DistinctDays(1)))) == {"tea/then"}


def test_the_circle_is_the_short_one() -> None:
    truth = of(
        waits("a", AllOf([Resolved("tea/b"), Resolved("tea/c")])),
        waits("b", Resolved("tea/c")),
        waits("c", Resolved("tea/a")),
        waits("d", Resolved("tea/a")),
    )
    assert circles(truth) == {frozenset({"tea/a", "tea/b", "tea/c"}): 2}
    assert not list(wrong_cycles(truth, [("tea/a", "tea/c")]))


@pytest.mark.parametrize(
    "cycles",
    [
        [],
        [("tea/a", "tea/b", "tea/c")],
        [("tea/c", "tea/a")],
        [("tea/a", "tea/c"), ("tea/a", "tea/c")],
        [("tea/a", "tea/d")],
        [("tea/a", "tea/e")],
    ],
    ids=["not told", "longer than need be", "begun elsewhere", "told twice", "not waiting", "not stuck"],
)
def test_any_other_cycle_is_wrong(cycles: list[tuple[str, ...]]) -> None:
    truth = of(
        waits("a", AllOf([Resolved("tea/b"), Resolved("tea/c")])),
        waits("b", Resolved("tea/c")),
        waits("c", Resolved("tea/a")),
        waits("d", Resolved("tea/a")),
        activity("e"),
    )
    assert list(wrong_cycles(truth, cycles))


def test_asking_for_more_than_there_is() -> None:
    enough, more = Count("skill", "listening", 2), Count("skill", "listening", 3)
    truth = of(HELLO, BYE, waits("enough", enough, skills=["trust"]), waits("more", more, skills=["trust"]))
    assert found("K503", truth) == ["more"]


def test_nothing_counts_towards_itself_and_nothing_retired_counts() -> None:
    assert found("K503", of(HELLO, waits("then", Count("depth", 1, 2)))) == ["then"]
    assert found("K503", of(HELLO, OLD, waits("then", Count("depth", 1, 2)))) == ["then"]
    assert found("K503", of(HELLO, BYE, waits("then", Count("depth", 1, 2)))) == []


def test_what_is_there_in_one_language_only_is_missing_in_the_other() -> None:
    gate = Count("kind", "guide", 1)
    rye = evolve(pack("rye", [activity("guide", "guide", pack="rye")]), languages=["en"])
    tea = evolve(pack("tea", [waits("then", gate)]), languages=["en", "es"])
    assert found("K503", Truth([rye, tea])) == ["then"]
    assert found("K503", Truth([rye, evolve(tea, languages=["en"])])) == []


def test_a_refused_topic_presses_unless_refusing_it_is_enough() -> None:
    assert found("K504", of(MONEY, waits("then", Done("tea/money"), depth=2))) == ["then"]
    assert found("K504", of(MONEY, waits("then", Resolved("tea/money"), depth=2))) == []
    assert found("K504", of(HELLO, MONEY, waits("then", Count("topic", "money", 1)))) == ["then"]


def test_what_is_open_to_those_who_refuse_either_may_be_shut_to_those_who_allow_both() -> None:
    truth = of(
        waits("a", Resolved("tea/b"), depth=2, topics=["money"]),
        waits("b", Resolved("tea/a"), depth=2, topics=["faith"]),
    )
    assert stuck(truth) == {"tea/a", "tea/b"}
    helped = of(
        waits("a", AnyOf([Resolved("tea/b"), Done("tea/loss")]), depth=2, topics=["money"]),
        waits("b", Resolved("tea/a"), depth=2, topics=["faith"]),
        activity("loss", depth=2, topics=["loss"]),
    )
    assert found("K504", helped) == ["a", "b"]


def test_a_jump_passes_over_the_depth_between() -> None:
    assert found("K505", of(HELLO, MINE)) == ["mine"]
    assert found("K505", of(HELLO, waits("mine", Resolved("tea/hello"), depth=2))) == []
    assert found("K505", of(waits("mine", DistinctDays(1), depth=2), MONEY)) == []


def test_whoever_allows_nothing_between_does_not_jump() -> None:
    only = of(activity("lent", depth=2, topics=["money"]), waits("deep", Resolved("tea/lent"), depth=3))
    assert found("K505", only) == []


def test_only_done_makes_sure_of_an_orientation() -> None:
    for gate, wrong in ((Done("tea/hello"), []), (Resolved("tea/hello"), ["deep"]), (None, ["deep"])):
        assert found("K506", of(HELLO, activity("deep", depth=3, requires=gate))) == wrong


def test_an_orientation_put_aside_counts_for_nothing() -> None:
    assert found("K506", of(HELLO, waits("deep", Count("depth", 1, 1), depth=3))) == []
    assert found("K506", of(HELLO, BYE, waits("deep", Count("depth", 1, 1), depth=3))) == ["deep"]


@pytest.mark.parametrize(
    ("gate", "lands"),
    [
        (None, True),
        (Resolved("tea/deep"), True),
        (DistinctDays(1), True),
        (Count("depth", 3, 1), True),
        (Elapsed(1, "tea/old"), True),
        (Elapsed(1, "tea/deep"), False),
        (DistinctDays(2), False),
        (Resolved("tea/hello"), False),
    ],
)
def test_a_landing_is_open_on_the_same_evening(gate: Gate | None, lands: bool) -> None:
    truth = of(HELLO, OLD, activity("deep", depth=3), evolve(BYE, requires=gate))
    assert found("K507", truth) == ([] if lands else ["deep"])


def test_a_landing_that_somebody_refuses_is_none_for_them() -> None:
    bye = activity("bye", depth=2, topics=["money"], purpose="landing")
    assert found("K507", of(activity("deep", depth=3), bye)) == ["deep"]
    assert found("K507", of(activity("deep", depth=3, topics=["money"]), bye)) == []


def test_what_opens_only_beside_another_pack_leans_on_it() -> None:
    rye = pack("rye", [activity("hello", pack="rye")])
    for gate, leans in ((Done("rye/hello"), ["then"]), (Resolved("rye/hello"), []), (Count("depth", 1, 1), ["then"])):
        assert found("K508", Truth([rye, pack("tea", [waits("then", gate)])])) == leans
    assert found("K508", Truth([pack("tea", [waits("then", Done("rye/hello"))])])) == ["then"]


def test_always_true_is_what_waits_for_something_retired() -> None:
    truth = of(
        HELLO,
        OLD,
        waits("a", Resolved("tea/old")),
        waits("b", AnyOf([Elapsed(3, "tea/old"), Done("tea/hello")])),
        waits("c", AllOf([Resolved("tea/old"), Done("tea/hello")])),
        waits("d", Done("tea/old")),
        waits("e", Resolved("tea/nowhere")),
    )
    assert found("K510", truth) == ["a", "b"]
    assert found("K511", truth) == ["c"]


IDLE = [
    AnyOf([Resolved("tea/hello"), Done("tea/hello")]),
    AllOf([Elapsed(3, "tea/hello"), Resolved("tea/hello")]),
    AllOf([Elapsed(3, "tea/hello"), Elapsed(2, "tea/hello")]),
    AnyOf([Count("depth", 1, 1), Count("depth", 1, 2)]),
    AllOf([DistinctDays(1), DistinctDays(2)]),
    AtLeast(1, [Resolved("tea/hello"), AllOf([Resolved("tea/hello"), DistinctDays(1)])]),
    AnyOf([DistinctDays(5), AllOf([DistinctDays(3), AnyOf([Resolved("tea/hello"), Resolved("tea/hello")])])]),
]
NEEDED = [
    Done("tea/hello"),
    AllOf([Resolved("tea/hello")]),
    AnyOf([Elapsed(3, "tea/hello"), Done("tea/hello")]),
    AllOf([Resolved("tea/hello"), Resolved("tea/bye")]),
    AtLeast(2, [Resolved("tea/hello"), Done("tea/hello"), DistinctDays(1)]),
    AllOf([Count("depth", 1, 1), Count("kind", "prompt", 1)]),
    AllOf([Resolved("tea/hello"), DistinctDays(1)]),
    AnyOf([AtLeast(2, [DistinctDays(1)]), Resolved("tea/hello")]),
]


@pytest.mark.parametrize("gate", IDLE)
def test_a_part_that_no_world_needs_is_redundant(gate: Gate) -> None:
    assert found("K511", of(HELLO, BYE, waits("then", gate))) == ["then"]


@pytest.mark.parametrize("gate", NEEDED)
def test_a_part_that_some_world_needs_is_not(gate: Gate) -> None:
    assert found("K511", of(HELLO, BYE, waits("then", gate))) == []


def test_a_journey_stops_where_somebody_cannot_do_what_it_asks() -> None:
    lent = waits("lent", Done("tea/money"), depth=2)
    for asks, stops in ((None, ["way/stage-1"]), (1, [])):
        way = journey("way", ["hello"], ["lent", "bye"], asks=asks)
        assert found("K512", of(HELLO, BYE, MONEY, lent, journeys=[way])) == stops
    assert found("K512", of(HELLO, MONEY, journeys=[journey("way", ["hello", "money"])])) == []


def test_a_booster_comes_too_early_while_all_of_it_rests() -> None:
    way, hello = journey("way", ["hello", "bye"]), evolve(HELLO, repeat=Repeat(60, revisit=[7]))
    for days, offers, early in (
        (6, ["tea/hello"], ["way"]),
        (7, ["tea/hello"], []),
        (10, ["tea/hello", "tea/bye"], []),
        (6, ["tea/hello", "tea/bye"], ["way"]),
        (6, ["tea/hello", "tea/mine"], []),
    ):
        late = evolve(way, boosters=[Booster(after_days=days, offers=offers)])
        assert found("K514", of(hello, BYE, MINE, journeys=[late])) == early


def test_a_journey_for_one_offers_nothing_that_needs_two() -> None:
    alone = evolve(journey("way", ["hello"]), alone=True)
    guide = activity("hello", "guide")
    assert found("K515", of(HELLO, journeys=[alone])) == ["way"]
    assert found("K515", of(HELLO, journeys=[evolve(alone, alone=False)])) == []
    assert found("K515", of(guide, journeys=[alone])) == []


def test_laws_that_are_broken_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = of(HELLO, waits("then", Done("tea/hello")), BYE)
    monkeypatch.setattr("authoring.proofs.laws.holds", lambda _, world: not world.done("tea/hello"))
    assert any("closes something" in said for said in broken_laws(truth))
    assert any("reachable" in said for said in broken_laws(truth))


def test_a_number_is_a_system() -> None:
    assert system(7) == system(7)
    assert system(7) != system(8)
    assert "pack " in written(system(7))
