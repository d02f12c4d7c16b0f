"""What a proof is, how far a search goes, what holds by construction, and how fast it is."""

from collections.abc import Collection, Iterator
from time import process_time

import pytest
from attrs import evolve, frozen
from authoring.proofs.proving import GROUND, LANDING, LIGHT, ORIENTATION, proof_of, told
from little_packs import activity, journey, pack

from intimacy_kit.authoring.proofs import prove, searching
from intimacy_kit.authoring.proofs.cycles import shortest_cycles
from intimacy_kit.authoring.proofs.findings import Words
from intimacy_kit.authoring.proofs.profiles import EVERYTHING, Profile
from intimacy_kit.authoring.proofs.rules import ANYTHING, IMPOSSIBLE, TRUE, Atom, Rules
from intimacy_kit.authoring.proofs.searching import search
from intimacy_kit.authoring.proofs.starving import starved_by_order
from intimacy_kit.authoring.proofs.systems import System
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Resolved
from intimacy_kit.content.journeys import Booster
from intimacy_kit.problems import Problem, Where

MONEY = {"topics": {"money"}}


def test_a_problem_names_the_pack_and_points_into_it_once_for_each_activity() -> None:
    proof = proof_of(
        activity("a"), activity("b", requires=Count("depth", 1, 9)), activity("c", requires=Count("depth", 1, 9))
    )
    assert proof.packs == ("tea",)
    assert [(one.where, one.code) for one in proof.problems] == [
        (Where("tea", pointer=f"/activities/{at}/requires"), code) for code in ("K503",) for at in (1, 2)
    ]
    assert {one.message for one in proof.problems if one.code == "K503"} == {
        ("2 activities ask for 9 of depth 1 (light) first, and apart from each of them this pack has 2: 'b' and 'c'")
    }


def test_of_nothing_everything_holds_and_a_pack_without_anything_for_anybody_does_not() -> None:
    assert prove([]).holds
    for pack_of in (proof_of(), proof_of(activity("old", retired=True))):
        assert pack_of.found("K519") == {"tea"}
        assert pack_of.problems == (
            Problem(
                Where("tea"), "K519", "nothing here can be offered to anybody", "write something, or take 'retired' out"
            ),
        )


def test_a_proof_says_what_there_is_for_properties_to_speak_of() -> None:
    assert prove([]).there == proof_of(activity("old", retired=True, requires=DistinctDays(2))).there == frozenset()
    assert proof_of(activity("a"), activity("b", depth=3, requires=Done("gone/away"))).there == {"activities", "gates"}
    assert proof_of(activity("a", depth=2)).there == {"activities", "personal"}
    assert proof_of(activity("a", depth=4), journeys=[journey("way", ["a"])]).there == {
        *("activities", "personal", "tender", "journeys")
    }
    boosted = evolve(journey("way", ["a"]), alone=True, boosters=[Booster(after_days=90, offers=["tea/a"])])
    both = prove([pack("tea", [activity("a")], [boosted]), pack("rye", [])])
    assert both.there == {"activities", "packs", "journeys", "boosters", "journeys for one"}


def test_what_waits_for_what_never_opens_is_told_with_it() -> None:
    chain = [activity("a000", requires=Done("tea/old"))]
    chain += [activity(f"a{n:03}", requires=Done(f"tea/a{n - 1:03}")) for n in range(1, 500)]
    proof = proof_of(*chain, *LIGHT, activity("old", retired=True))
    (finding,) = [one for one in proof.findings if one.code == "K501"]
    assert finding.message == (
        "'a000' never opens to anybody, and 499 others wait for it; 'old', which is retired, must be done first"
    )
    assert len([one for one in proof.problems if one.code == "K501"]) == 500


def test_what_asks_for_too_much_is_told_once_and_what_waits_for_it_with_its_name() -> None:
    much = activity("much", requires=Count("depth", 1, 9))
    proof = proof_of(*LIGHT, much, *(activity(slug, requires=Done("tea/much")) for slug in "xy"))
    assert [(one.code, one.explains) for one in proof.findings] == [("K501", ""), ("K503", "K501")]
    assert proof.found("K501") == {"tea/x", "tea/y"}
    assert "2 activities never open to anybody: 'x' and 'y'; they wait for 'much', which never opens" in told(proof)


def test_what_leans_on_another_pack_is_told_once_and_what_waits_for_it_with_its_name() -> None:
    leaning = activity("leaning", requires=AllOf([Done("gone/away"), Count("depth", 1, 9)]))
    proof = proof_of(*LIGHT, leaning, activity("x", requires=Done("tea/leaning")))
    assert [(one.code, one.explains) for one in proof.findings] == [("K501", ""), ("K503", "K501"), ("K508", "K501")]
    assert proof.found("K501") == {"tea/x"}


def test_what_leans_on_another_pack_and_waits_for_more_is_told_of_both() -> None:
    leaning = activity("leaning", requires=AllOf([Done("gone/away"), Done("tea/old")]))
    proof = proof_of(*LIGHT, leaning, activity("old", retired=True))
    assert [(one.code, one.explains) for one in proof.findings] == [("K501", ""), ("K508", "")]
    assert "'leaning' never opens to anybody; 'old', which is retired, must be done first" in told(proof)


def test_what_waits_for_what_never_opens_and_for_too_much_is_told_what_to_mend_first() -> None:
    too_many = AtLeast(2, [Done("tea/assam")])
    turning = activity("turning", requires=Resolved("tea/turning"))
    proof = proof_of(*LIGHT, turning, activity("x", requires=AllOf([too_many, Resolved("tea/turning"), too_many])))
    assert (
        "'x' never opens to anybody; it waits for 'turning', which never opens either; "
        "it asks for more parts of a list than there are (mend 'turning', or ask for something else)" in told(proof)
    )
    proof = proof_of(*LIGHT, turning, activity("x", requires=AllOf([Done("tea/turning"), Done("tea/y")])))
    assert "(write 'y', or ask for something that is there)" in told(proof)


def test_what_only_seems_to_wait_for_each_other_beside_a_shorter_circle_is_told_of_itself() -> None:
    both = AllOf([Resolved("tea/y"), Resolved("tea/z")])
    proof = proof_of(
        activity("x", requires=AnyOf([Resolved("tea/y"), both])),
        activity("y", requires=Resolved("tea/x")),
        activity("z", requires=AllOf([Resolved("tea/z"), Resolved("tea/y")])),
    )
    assert proof.found("K501") | proof.found("K502") == {"tea/x", "tea/y", "tea/z"}
    assert "'x' never opens to anybody; it waits for 'y', which never opens either" in told(proof)


def test_a_stage_is_said_to_stop_for_those_who_allow_as_much_as_possible() -> None:
    topics = ("faith", "home", "money")
    there = [activity(topic, depth=2, topics={topic}, requires=Count("depth", 1, 1)) for topic in topics]
    after = activity("after", depth=2, requires=AllOf([Count("depth", 1, 1), Done("tea/money")]))
    proof = proof_of(*GROUND, *there, after, journeys=[journey("way", ["after"])])
    assert (
        "the journey 'way' stops here for people who refuse 'money': "
        "it asks for 1, and 'after' never opens to them" in told(proof)
    )


def test_circles_are_given_in_the_order_in_which_they_wait() -> None:
    proof = proof_of(activity("b", requires=Resolved("tea/c")), activity("c", requires=Done("tea/b")))
    assert proof.cycles == (("tea/b", "tea/c"),)
    assert proof_of(*GROUND).cycles == ()


@pytest.mark.parametrize(
    ("waits", "circles"),
    [
        ({1: [], 2: [1]}, []),
        ({1: [1]}, [(1,)]),
        ({1: [1, 2], 2: [3], 3: [1]}, [(1,)]),
        ({1: [2], 2: [3], 3: [1, 2]}, [(2, 3)]),
        ({3: [1], 1: [2], 2: [3], 4: [3, 5], 5: [4]}, [(3, 1, 2), (4, 5)]),
        ({1: [2, 4], 2: [3], 3: [1], 4: [5], 5: [1]}, [(1, 2, 3)]),
        ({n: [(n + 1) % 900] for n in range(900)}, [tuple(range(900))]),
    ],
)
def test_the_shortest_circle_of_each_knot_is_found(waits: dict[int, list[int]], circles: list[tuple[int, ...]]) -> None:
    assert shortest_cycles(waits) == circles


# --- the search


def multiples(case: int, asked: Collection[int]) -> Iterator[int]:
    """Fail each question in the case that is its hundredfold."""
    return (one for one in asked if case == one * 100)


def test_a_search_finds_what_fails_and_proves_what_does_not() -> None:
    found = search({1: lambda: range(200), 2: lambda: range(50)}, [7], multiples, 1000)
    assert (found.witnesses, found.unproved) == ({1: 100}, ())


def test_a_search_tries_what_is_likely_first_and_nothing_twice() -> None:
    tried: list[int] = []

    def failing(case: int, asked: Collection[int]) -> Iterator[int]:
        tried.append(case)
        return multiples(case, asked)

    found = search({1: lambda: range(3), 2: lambda: range(5)}, [200, 2, 2], failing, 1000)
    assert (found.witnesses, found.unproved, tried) == ({2: 200}, (), [200, 2, 0, 1])


def test_a_search_ends_with_its_budget() -> None:
    found = search({1: lambda: range(200), 2: lambda: range(50)}, [200], multiples, 60)
    assert (found.witnesses, found.unproved) == ({2: 200}, (1,))
    assert search({1: lambda: range(9), 2: lambda: range(9)}, range(30, 99), multiples, 5).unproved == (1, 2)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search tries anything."""
    monkeypatch.setattr(searching, "_MOST", 0)


@pytest.mark.usefixtures("hasty")
def test_what_could_not_be_decided_is_told_as_that() -> None:
    proof = proof_of(
        *GROUND,
        activity("money", depth=2, requires=Count("depth", 1, 1), **MONEY),
        activity("after", depth=2, requires=AllOf([Count("depth", 1, 1), Done("tea/money")])),
        journeys=[journey("way", ["after"], ["assam"])],
    )
    assert proof.found("K516") == {"tea/after", "tea/way/stage-0"}
    assert not proof.holds
    assert "could not decide whether everybody who is allowed 'after' comes to it" in told(proof)
    assert "could not decide whether the journey 'way' goes on here for everybody" in told(proof)
    assert [one.in_doubt for one in proof.findings] == ["K504", "K512"]


@pytest.mark.usefixtures("hasty")
def test_what_is_wrong_for_another_reason_stays_in_doubt() -> None:
    waiting = AllOf([Done("tea/money"), Count("depth", 1, 99)])
    proof = proof_of(
        *GROUND,
        activity("money", depth=2, requires=Count("depth", 1, 1), **MONEY),
        activity("after", depth=2, requires=AnyOf([waiting, Done("tea/money")])),
    )
    assert (proof.found("K516"), proof.found("K503")) == ({"tea/after"}, {"tea/after"})


@pytest.mark.usefixtures("hasty")
def test_each_proof_says_for_itself_what_it_could_not_decide() -> None:
    # Where 'money' is refused, 'warm' is out of the way of 'tender', and so is the landing that asks for it.
    activities = (
        activity("assam"),
        ORIENTATION,
        activity("warm", depth=2, requires=Count("depth", 1, 1), **MONEY),
        activity("cold", depth=2, requires=Count("depth", 1, 1)),
        activity("tender", depth=3, requires=Resolved("tea/warm")),
        activity("way-back", purpose="landing", requires=Resolved("tea/cold")),
    )
    doubts = [(one.in_doubt, one.message) for one in proof_of(*activities).findings if one.code == "K516"]
    assert doubts == [
        ("K505", "could not decide whether 'tender' opens before anything of depth 2 (personal) was done"),
        ("K506", "could not decide whether 'tender' opens before any orientation was done"),
        ("K507", "could not decide whether something leads back on the evening after 'tender'"),
    ]
    leaning = prove(
        [pack("tea", [*GROUND, activity("a", requires=Done("rye/b"))]), pack("rye", [activity("b", pack="rye")])]
    )
    assert (leaning.found("K516"), leaning.found("K508")) == ({"tea/a"}, frozenset())
    assert "could not decide whether 'tea/a' opens without the other packs" in told(leaning)


def test_what_needs_two_topics_at_once_is_searched_for_among_what_matters() -> None:
    # Only who allows both, and nothing light but what has no topic, has nobody to begin with.
    topics = ("home", "work", "food", "play")
    trust = [activity(f"trust-{topic}", topics={topic}, skills=["trust"]) for topic in topics]
    either = Count("skill", "trust", 1)
    proof = proof_of(
        *GROUND,
        *trust,
        activity(
            "a", depth=2, topics={"faith"}, requires=AllOf([Count("depth", 1, 1), AnyOf([Resolved("tea/b"), either])])
        ),
        activity(
            "b", depth=2, topics={"money"}, requires=AllOf([Count("depth", 1, 1), AnyOf([Resolved("tea/a"), either])])
        ),
        activity("c", depth=2, topics={"loss"}, requires=Count("depth", 1, 1)),
    )
    assert proof.found("K504") == {"tea/a", "tea/b"}
    assert "people who refuse 'food', 'home', 'play' and 'work' never come to 'a': it waits for 'b'" in told(proof)


def test_what_only_looks_coercive_is_proved_by_looking_at_everybody() -> None:
    # Whoever allows money has done it, and whoever refuses it has it out of the way; no single way is there for all.
    proof = proof_of(
        *GROUND,
        activity("money", depth=2, requires=Count("depth", 1, 1), **MONEY),
        activity(
            "after",
            depth=2,
            requires=AllOf([Count("depth", 1, 1), AnyOf([Count("topic", "money", 1), Resolved("tea/b")])]),
        ),
        activity("b", depth=2, requires=AllOf([Count("depth", 1, 1), AnyOf([Resolved("tea/money")])])),
    )
    assert proof.holds, told(proof)


@pytest.mark.parametrize(("elsewhere", "jumps"), [("home", {"tea/tender"}), ("faith", set())])
def test_a_step_between_that_everybody_has_who_allows_any_is_no_jump(elsewhere: str, jumps: set[str]) -> None:
    # Whoever refuses faith has 'bread' out of the way; do they allow anything of its depth?
    ready = [Done("tea/before"), Resolved("tea/bread")]
    proof = proof_of(
        *GROUND,
        activity("bread", depth=2, requires=Count("depth", 1, 1), topics={"faith"}),
        activity("other", depth=2, requires=Count("depth", 1, 1), topics={elsewhere}),
        activity("tender", depth=3, requires=AllOf(ready)),
        activity("faithful", depth=3, requires=AllOf(ready), topics={"faith"}),
    )
    assert proof.found("K505") == jumps


def test_who_is_named_allows_as_much_as_possible_and_still_misses_it() -> None:
    trust = [activity(f"trust-{topic}", topics={topic}, skills=["trust"]) for topic in ("home", "work")]
    deep = activity("deep", depth=3, requires=AllOf([Count("depth", 2, 1), Done("tea/before")]))
    either = activity("a", depth=2, requires=AllOf([Count("depth", 1, 1), Count("skill", "trust", 1)]))
    also = activity("warm", depth=2, requires=Count("depth", 1, 1))
    proof = proof_of(*GROUND, *trust, deep, either, also)
    assert "people who refuse 'home' and 'work' never come to 'a'" in told(proof)
    # Trust can come from what is tender, too: then who misses it stops before that.
    proof = proof_of(*GROUND, *trust, evolve(deep, skills=["trust"]), either, also)
    assert "people who allow depth 2 at most and refuse 'home' and 'work' never come to 'a'" in told(proof)


def test_where_time_is_short_people_are_named_as_they_were_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "_MOST", 8)
    trust = [activity(f"trust-{topic}", topics={topic}, skills=["trust"]) for topic in ("home", "work")]
    both = [
        activity(slug, depth=2, requires=AllOf([Count("depth", 1, n), Count("skill", "trust", 1)]))
        for n, slug in enumerate("abcde", 1)
    ]
    said = told(proof_of(*GROUND, *trust, *both, activity("coins", depth=2, requires=Count("depth", 1, 1), **MONEY)))
    assert "people who refuse 'home' and 'work' never come to 'a', 'b' and 'c'" in said
    assert "people who refuse 'home', 'money' and 'work' never come to 'd' and 'e'" in said


def test_a_landing_after_one_thing_is_none_after_another() -> None:
    tender = [activity(slug, depth=3, requires=AllOf([Count("depth", 2, 1), Done("tea/before")])) for slug in "xyz"]
    landings = [
        activity("after-x", purpose="landing", requires=Done("tea/x")),
        activity("after-x-and-y", purpose="landing", requires=AllOf([Resolved("tea/x"), Resolved("tea/y")])),
    ]
    warm = activity("warm", depth=2, requires=Count("depth", 1, 1))
    assert proof_of(*GROUND[:-1], warm, *tender, *landings).found("K507") == {"tea/y", "tea/z"}


# --- selection


@frozen
class Key:
    name: str
    capped: bool = False
    fair: bool = False


FAIR, CAPPED, GREEDY = Key("seldom", fair=True), Key("journey", capped=True), Key("tier")


@pytest.mark.parametrize("order", [(FAIR,), (CAPPED, FAIR), (CAPPED, FAIR, GREEDY)])
def test_an_order_that_is_fair_before_anything_uncapped_starves_nothing(order: tuple[Key, ...]) -> None:
    assert list(starved_by_order(order)) == []


@pytest.mark.parametrize(
    ("order", "name", "said"),
    [
        ((GREEDY, FAIR), "tier", "asks for 'tier' before it is fair"),
        ((CAPPED, GREEDY, FAIR), "tier", "asks for 'tier' before it is fair"),
        ((CAPPED,), "order", "has no fair key"),
        ((), "order", "has no fair key"),
    ],
)
def test_an_order_that_is_greedy_first_starves_something(order: tuple[Key, ...], name: str, said: str) -> None:
    (finding,) = starved_by_order(order)
    assert finding.code == "K513"
    assert finding.about == ((name, Where("intimacy-kit")),)
    assert said in finding.message


def test_the_order_of_the_kit_starves_nothing() -> None:
    assert list(starved_by_order()) == []


# --- words


TOPICS = ("faith", "home", "loss", "money", "work")
OCCURRING = System([pack("tea", [activity(topic, depth=3, topics={topic}) for topic in TOPICS])])


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (EVERYTHING, "everybody"),
        (Profile.of(3, TOPICS), "everybody"),
        (Profile.of(2, TOPICS), "people who allow depth 2 at most"),
        (Profile.of(3, TOPICS[1:]), "people who refuse 'faith'"),
        (Profile.of(4, TOPICS[3:]), "people who refuse 'faith', 'home' and 'loss'"),
        (Profile.of(3, ["home"]), "people who refuse every topic but 'home'"),
        (Profile(1), "people who allow depth 1 at most and refuse every topic"),
    ],
)
def test_people_are_called_by_what_they_refuse(profile: Profile, said: str) -> None:
    assert Words(OCCURRING).people(profile) == said


def test_few_topics_that_are_refused_are_all_named_and_many_are_counted() -> None:
    many = System([pack("tea", [activity(t, depth=3, topics={t}) for t in (*TOPICS, "body", "play", "time")])])
    refusing = Profile.of(4, ["work", "time"])
    assert Words(many).people(refusing) == "people who refuse 'body', 'faith', 'home' and 3 others"


def test_labels_are_called_as_writers_say_them() -> None:
    labels = [("depth", 2), ("skill", "trust"), ("topic", "money"), ("kind", "story"), ("journey", "tea/way")]
    words = [Words(System([pack("tea", [])])).label(label) for label in labels]  # type: ignore[arg-type]
    assert words == [
        "of depth 2 (personal)",
        "of the skill 'trust'",
        "of the topic 'money'",
        "of the kind 'story'",
        "of the journey 'way'",
    ]


# --- gates as a graph


def test_a_gate_that_stands_twice_is_one_node() -> None:
    rules = Rules()
    atoms = [rules.leaf(Atom("done", number)) for number in (1, 2, 1)]
    assert atoms[0] == atoms[2] != atoms[1]
    assert rules.joined(1, atoms[:2]) == rules.joined(1, reversed(atoms[:2])) != rules.joined(2, atoms[:2])
    assert rules.joined(1, atoms[:1]) == atoms[0]


def test_the_fewest_atoms_are_missing() -> None:
    rules = Rules()
    one, two, three = (Atom("done", number) for number in (1, 2, 3))
    a, b, c = map(rules.leaf, (one, two, three))
    both = rules.joined(2, [a, b])
    assert rules.missing(both, lambda _: False) == (one, two)
    assert rules.missing(both, lambda atom: atom == one) == (two,)
    assert rules.missing(both, lambda _: True) == rules.missing(TRUE, lambda _: False) == ()
    assert rules.missing(rules.joined(1, [both, c]), lambda _: False) == (three,)
    assert rules.missing(rules.joined(2, [both, c]), lambda _: False) == (three, one, two)
    impossible = rules.joined(3, [a, b])
    assert rules.missing(impossible, lambda _: True) == (IMPOSSIBLE,)
    assert rules.missing(rules.joined(1, [impossible, both]), lambda _: False) == (one, two)
    assert Atom("days", n=2).label == ANYTHING


# --- speed


def test_a_thousand_activities_are_proved_while_somebody_waits() -> None:
    gates = [Count("depth", 1, 3), AllOf([Count("depth", 1, 2), DistinctDays(2)])]
    topics = ("home", "work", "food", "play", "money", "faith")
    light = [activity(f"a{n}", topics={topics[n % 4]} if n % 3 else set()) for n in range(400)]
    warm = [activity(f"b{n}", depth=2, topics={topics[n % 6]}, requires=gates[n % 2]) for n in range(600)]
    begin = process_time()
    proof = proof_of(*light, *warm, ORIENTATION, LANDING)
    assert proof.holds
    assert process_time() - begin < 5  # a tenth of that; machines differ


def test_retired_activities_are_asked_for_nothing() -> None:
    assert proof_of(*GROUND, evolve(activity("old", requires=Done("gone/away")), retired=True)).holds
