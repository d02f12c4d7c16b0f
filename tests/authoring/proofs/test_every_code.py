"""Every code of the proofs: a pack that fails with it, what a writer reads then, and the pack mended.

What is read stands in ``golden/``; to write it anew after a change that is meant:
``REWRITE_GOLDEN=1 uv run pytest tests/authoring/proofs/test_every_code.py``. Then read it; a writer will.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from authoring.proofs.proving import GROUND, LANDING, LIGHT, ORIENTATION, told
from little_packs import UNKNOWN_TOPIC, activity, journey, pack

from intimacy_kit.authoring.proofs import PROPERTIES, prove
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Gate, Resolved
from intimacy_kit.content.journeys import Booster
from intimacy_kit.content.packs import Pack
from intimacy_kit.content.timing import AtMost, Repeat

GOLDEN = Path(__file__).parent / "golden"


def personal(slug: str, requires: Gate | None = None, **fields: Any) -> Any:
    """Return something personal, after something light, that asks for one thing more."""
    ramp = Count("depth", 1, 1)
    return activity(slug, depth=2, requires=ramp if requires is None else AllOf([ramp, requires]), **fields)


def deep_one(slug: str, **fields: Any) -> Any:
    """Return something tender, after something personal and an orientation."""
    return activity(slug, **{"depth": 3, "requires": AllOf([Count("depth", 2, 1), Done("tea/before")]), **fields})


def tea(*activities: Any, ground: Sequence[Any] = GROUND, **fields: Any) -> tuple[Pack, ...]:
    """Return the pack ``tea``, on good ground."""
    return (evolve(pack("tea", (*ground, *activities), fields.pop("journeys", ())), **fields),)


def rye(*activities: Any, **fields: Any) -> Pack:
    """Return the other pack."""
    return evolve(pack("rye", activities), **fields)


@frozen
class Case:
    """A pack that fails, and the same pack mended."""

    code: str
    #: What it fails of.
    ids: frozenset[str]
    fails: tuple[Pack, ...]
    mended: tuple[Pack, ...]


WARM = Count("skill", "affection", 2)
THREE = [Resolved(one.id) for one in LIGHT]
SIXTY = [activity(f"p{n:02}", depth=2 + n % 3, requires=Count("depth", 1, 3)) for n in range(60)]
MONEY = {"topics": {"money"}}
WAY = journey("way", ["assam", "darjeeling"])
WALK = journey("walk", ["assam", "darjeeling"], ["bancha", "earl"])
RYE_WAY = evolve(journey("way", ["assam"]), id="rye/way", stages=[evolve(WAY.stages[0], offers=["rye/crust"])])
LIMIT = Repeat(60, at_most=AtMost("skill", "trust", 1, "week"))
TWO = activity("talk", "exercise")
BOOSTED = evolve(
    journey("way", ["assam", "bancha"]), boosters=[Booster(after_days=7, offers=["tea/assam", "tea/bancha"])]
)
ALONE = evolve(
    journey("way", ["assam"], ["bancha"]), alone=True, boosters=[Booster(after_days=90, offers=["tea/ceylon"])]
)

CASES = {
    "K501-nothing-light": Case(
        "K501",
        frozenset(one.id for one in (*SIXTY, *LIGHT)),
        tea(*SIXTY, *(evolve(one, requires=Done("tea/p00")) for one in LIGHT), ground=()),
        tea(*(evolve(one, depth=2) for one in SIXTY)),
    ),
    "K501-every-kind-of-reason": Case(
        "K501",
        frozenset(
            f"tea/{slug}" for slug in ("after-retired", "after-stuck", "days", "misspelt", "of-today", "waiting")
        ),
        tea(
            activity("after-gone", requires=Done("gone/away")),
            activity("after-retired", requires=Done("tea/retired")),
            activity("after-stuck", requires=Done("tea/after-gone")),
            activity("misspelt", requires=Done("tea/retierd")),
            activity("days", requires=AllOf([DistinctDays(2), Elapsed(2, "tea/after-gone")])),
            activity("too-many", requires=AtLeast(3, [DistinctDays(1)])),
            activity("waiting", requires=AnyOf([AllOf([DistinctDays(2), DistinctDays(3)]), Resolved("tea/days")])),
            activity("retired", retired=True, requires=Done("gone/away")),
            activity("of-tomorrow", depth=2, topics={UNKNOWN_TOPIC}, requires=Done("gone/away")),
            activity("of-today", depth=2, requires=AllOf([Done("tea/of-tomorrow"), Done("gone/away")])),
            ground=(),
        ),
        tea(
            activity("after-gone", requires=Resolved("gone/away")),
            activity("after-retired", requires=AnyOf([Done("tea/retired"), DistinctDays(2)])),
            activity("after-stuck", requires=Done("tea/after-gone")),
            activity("days", requires=AllOf([DistinctDays(2), Elapsed(2, "tea/after-gone")])),
            activity("too-many", requires=AtLeast(1, [DistinctDays(1)])),
            activity("waiting", requires=Resolved("tea/days")),
            activity("retired", retired=True),
            ground=(),
        ),
    ),
    "K501-of-several-packs": Case(
        "K501",
        frozenset({"tea/after-gone", "rye/crumbs"}),
        (
            *tea(activity("after-gone", requires=Done("gone/away"))),
            rye(activity("crumbs", pack="rye", requires=Done("tea/after-gone"))),
        ),
        (
            *tea(activity("after-gone", requires=Resolved("gone/away"))),
            rye(activity("crumbs", pack="rye", requires=Resolved("tea/after-gone"))),
        ),
    ),
    "K502-in-circles": Case(
        "K502",
        frozenset({"tea/a", "tea/b", "tea/p", "tea/q", "tea/r", "tea/self"}),
        tea(
            personal("p", Resolved("tea/q")),
            personal("q", Elapsed(3, "tea/r")),
            personal("r", AnyOf([Resolved("tea/p"), Done("gone/away")])),
            personal("a", AllOf([Resolved("tea/b"), Resolved("tea/p")])),
            personal("b", Resolved("tea/a")),
            personal("behind", Resolved("tea/b")),
            personal("self", Resolved("tea/me"), aliases=["tea/me"]),
        ),
        tea(
            personal("p", Resolved("tea/q")),
            personal("q", Elapsed(3, "tea/r")),
            personal("r"),
            personal("a", Resolved("tea/p")),
            personal("b", Resolved("tea/a")),
            personal("behind", Resolved("tea/b")),
            personal("self"),
        ),
    ),
    "K503-more-than-there-is": Case(
        "K503",
        frozenset(f"tea/{slug}" for slug in ("either", "journey", "money", "more", "much", "parts", "stories")),
        tea(
            activity("more", depth=2, requires=Count("depth", 1, 9)),
            activity("much", depth=2, requires=Count("depth", 1, 9)),
            personal("money", Count("topic", "money", 1)),
            personal("stories", Count("kind", "story", 2), skills=["trust"]),
            personal("journey", Count("journey", "tea/way", 3)),
            personal("either", AnyOf([Count("skill", "trust", 2), DistinctDays(2)]), skills=["trust"]),
            personal("parts", AnyOf([AtLeast(3, [DistinctDays(3), Resolved("tea/assam")]), DistinctDays(2)])),
            personal("gone", Count("journey", "gone/way", 9)),
            activity("after-all-light", depth=2, requires=Count("depth", 1, 5)),
            activity("retired", retired=True, requires=Count("depth", 1, 99)),
            journeys=[WAY],
        ),
        tea(
            activity("more", depth=2, requires=Count("depth", 1, 5)),
            personal("money", Count("topic", "money", 1), **MONEY),
            personal("coins", **MONEY),
            personal("stories", Count("kind", "prompt", 2)),
            personal("journey", Count("journey", "tea/way", 2)),
            personal("darjeeling"),
            personal("either", AnyOf([Count("skill", "trust", 1), DistinctDays(2)])),
            personal("trusting", skills=["trust"]),
            personal("parts", AtLeast(2, [DistinctDays(3), Resolved("tea/assam")])),
            journeys=[WAY],
        ),
    ),
    "K503-in-one-language": Case(
        "K503",
        frozenset({"tea/gruss"}),
        (
            *tea(personal("gruss", WARM), languages=["en", "de"]),
            rye(activity("warm", skills=["affection"], pack="rye"), languages=["de"]),
            evolve(pack("oat", [activity("kind", skills=["affection"], pack="oat")]), languages=["en", "de"]),
        ),
        tea(
            personal("gruss", WARM),
            *(activity(slug, skills=["affection"]) for slug in ("warm", "kind")),
            languages=["en", "de"],
        ),
    ),
    "K504-a-refused-topic": Case(
        "K504",
        frozenset({"tea/after", "tea/count", "tea/deeper", "tea/further", "tea/many"}),
        tea(
            personal("money", **MONEY),
            deep_one("tender"),
            personal("after", Done("tea/money")),
            personal("further", Resolved("tea/after")),
            personal("deeper", Done("tea/tender")),
            personal("count", Count("topic", "money", 1)),
            activity("many", depth=2, requires=Count("depth", 1, 7)),
            activity("time", topics={"time"}),
            activity("home", topics={"home"}),
            personal("either", AnyOf([Done("tea/money"), DistinctDays(1)])),
        ),
        tea(
            personal("money", **MONEY),
            deep_one("tender"),
            personal("after", Resolved("tea/money")),
            personal("further", Resolved("tea/after")),
            personal("deeper", Resolved("tea/tender")),
            personal("count", Count("topic", "money", 1), **MONEY),
            activity("many", depth=2, requires=Count("depth", 1, 5)),
            activity("time", topics={"time"}),
            activity("home", topics={"home"}),
        ),
    ),
    "K504-nothing-else-is-there": Case(
        "K504",
        frozenset(f"tea/{slug}" for slug in ("another-day", "further", "shallow", "topical")),
        tea(
            activity("home", topics={"home"}),
            activity("another-day", requires=DistinctDays(2)),
            activity("further", requires=Resolved("tea/another-day")),
            activity("shallow", topics={"home"}, requires=Count("depth", 2, 1)),
            activity("topical", requires=Count("topic", "home", 1)),
            activity("deeper", depth=2, topics={"home"}, requires=Count("depth", 1, 1)),
            activity("or-elsewhere", topics={"home"}, requires=AnyOf([Done("gone/away"), Done("tea/home")])),
            ground=(),
        ),
        tea(activity("home"), activity("another-day", requires=DistinctDays(2)), ground=()),
    ),
    "K504-each-waits-for-the-others-topic": Case(
        "K504",
        frozenset({"tea/bread", "tea/butter"}),
        tea(
            personal("bread", AnyOf([Resolved("tea/butter"), Count("skill", "trust", 1)]), topics={"faith"}),
            personal("butter", AnyOf([Resolved("tea/bread"), Count("skill", "trust", 1)]), **MONEY),
            *(activity(f"trust-{topic}", topics={topic}, skills=["trust"]) for topic in ("home", "work")),
        ),
        tea(
            personal("bread", AnyOf([Resolved("tea/butter"), Count("skill", "trust", 1)]), topics={"faith"}),
            personal("butter", **MONEY),
            *(activity(f"trust-{topic}", topics={topic}, skills=["trust"]) for topic in ("home", "work")),
        ),
    ),
    "K505-a-jump": Case(
        "K505",
        frozenset({"tea/at-once", "tea/by-topic", "tea/elsewhere"}),
        tea(
            personal("warm"),
            activity("at-once", depth=2),
            activity("elsewhere", depth=2, requires=DistinctDays(3)),
            deep_one("by-topic", requires=AllOf([Done("tea/before"), Resolved("tea/coins")]), topics={"faith"}),
            personal("coins", **MONEY),
        ),
        tea(
            personal("warm"),
            activity("at-once", depth=2, requires=Count("depth", 1, 1)),
            activity("elsewhere", depth=2, requires=AllOf([DistinctDays(3), Count("depth", 1, 1)])),
            deep_one("by-topic", requires=AllOf([Done("tea/before"), Resolved("tea/warm")])),
        ),
    ),
    "K506-unprepared": Case(
        "K506",
        frozenset({"tea/all", "tea/bare", "tea/declined", "tea/tender"}),
        tea(
            personal("warm"),
            deep_one("tender", requires=Count("depth", 2, 1)),
            deep_one("declined", requires=AllOf([Count("depth", 2, 1), Resolved("tea/before")])),
            deep_one("all", requires=AllOf([Count("depth", 2, 1), DistinctDays(2)])),
            evolve(personal("bare", **MONEY), depth=3, requires=Resolved("tea/lent")),
            personal("lent", **MONEY),
            deep_one("read-first", requires=Count("depth", 2, 1), purpose="orientation"),
        ),
        tea(personal("warm"), deep_one("tender"), deep_one("declined")),
    ),
    "K506-no-orientation": Case(
        "K506",
        frozenset({"tea/tender"}),
        tea(
            personal("warm"),
            activity("tender", depth=3, requires=Count("depth", 2, 1)),
            activity("about-home", purpose="orientation", topics={"home"}),
            activity("never-open", purpose="orientation", requires=Done("gone/away")),
            ground=(*LIGHT, LANDING),
        ),
        tea(personal("warm"), deep_one("tender")),
    ),
    "K507-stranded": Case(
        "K507",
        frozenset({"tea/soon", "tea/tender", "tea/way-back"}),
        tea(
            personal("warm"),
            deep_one("tender"),
            deep_one("soon"),
            deep_one("way-back", purpose="landing", rests=1),
            activity("tomorrow", purpose="landing", rests=1, requires=Elapsed(1, "tea/soon")),
            activity("on-the-second-day", purpose="landing", rests=1, requires=DistinctDays(2)),
            activity("at-home", purpose="landing", rests=1, requires=DistinctDays(1), topics={"home"}),
            activity("never", purpose="landing", rests=1, requires=Done("gone/away")),
            ground=(*LIGHT, ORIENTATION),
        ),
        tea(personal("warm"), deep_one("tender"), deep_one("soon"), deep_one("way-back", purpose="landing", rests=1)),
    ),
    "K517-nothing-between": Case(
        "K517",
        frozenset({"tea/tender", "tea/warmer"}),
        tea(
            activity("tender", depth=3, requires=AllOf([DistinctDays(2), Done("tea/before")])),
            activity("warmer", depth=3, requires=AllOf([DistinctDays(2), Done("tea/before")])),
            activity("waiting", depth=2, requires=Done("gone/away")),
        ),
        tea(personal("warm"), deep_one("tender")),
    ),
    "K517-nothing-between-for-some": Case(
        "K517",
        frozenset({"tea/tender"}),
        tea(personal("money", **MONEY), deep_one("tender", **MONEY)),
        tea(personal("money", **MONEY), personal("home", topics={"home"}), deep_one("tender", **MONEY)),
    ),
    "K518-landings-that-stay-away": Case(
        "K518",
        frozenset({"tea/seldom", "tea/seldom-too", "tea/boosted", "tea/limited"}),
        tea(
            personal("warm"),
            deep_one("tender"),
            activity("seldom", purpose="landing", rests=365),
            activity("seldom-too", purpose="landing", rests=365),
            activity("boosted", purpose="landing", repeat=Repeat(1, revisit=[1, 7])),
            activity("limited", purpose="landing", repeat=Repeat(1, at_most=AtMost("kind", "prompt", 9, "day"))),
            activity("retired", purpose="landing", retired=True),
        ),
        tea(personal("warm"), activity("seldom", purpose="landing", rests=365)),
    ),
    "K519-nothing-for-anybody": Case(
        "K519",
        frozenset({"tea", "rye"}),
        (
            *tea(
                activity("old", retired=True),
                activity("of-tomorrow", depth=2, topics={UNKNOWN_TOPIC}, requires=Done("gone/away")),
                ground=(),
            ),
            rye(),
        ),
        (*tea(activity("old", retired=True)), rye()),
    ),
    "K508-leaning-on-another-pack": Case(
        "K508",
        frozenset({"tea/count", "tea/crumbs", "tea/done", "tea/faith"}),
        (
            *tea(
                personal("done", Done("rye/crust")),
                personal("crumbs", Resolved("tea/done")),
                personal("count", Count("skill", "affection", 1)),
                personal("faith", Count("topic", "faith", 1), topics={"faith"}),
                personal("resolved", Resolved("rye/crust")),
                personal("journey", Count("journey", "rye/way", 1)),
            ),
            rye(
                activity("crust", pack="rye", skills=["affection"]),
                activity("grace", pack="rye", depth=2, topics={"faith"}, requires=Count("depth", 1, 1)),
                journeys=[RYE_WAY],
            ),
        ),
        (
            *tea(
                personal("done", Resolved("rye/crust")),
                personal("crumbs", Resolved("tea/done")),
                personal("count", Count("skill", "listening", 1)),
                personal("journey", Count("journey", "rye/way", 1)),
            ),
            rye(activity("crust", pack="rye", skills=["affection"]), journeys=[RYE_WAY]),
        ),
    ),
    "K508-done-elsewhere": Case(
        "K508",
        frozenset({"tea/either", "tea/only"}),
        tea(
            personal("only", Done("rye/crust")),
            personal("either", AnyOf([Done("rye/crust"), Done("rye/crumb"), DistinctDays(2)])),
            activity("retired", retired=True, requires=Done("rye/crust")),
        ),
        tea(personal("only", Resolved("rye/crust")), personal("either", DistinctDays(2))),
    ),
    "K510-always-true": Case(
        "K510",
        frozenset({"tea/after-retired", "tea/days-after"}),
        tea(
            activity("old", retired=True),
            activity("after-retired", requires=Resolved("tea/old")),
            activity("days-after", requires=AnyOf([Elapsed(3, "tea/old"), DistinctDays(9)])),
            activity("after-done", requires=AnyOf([Done("tea/old"), DistinctDays(9)])),
        ),
        tea(activity("after-done", requires=AnyOf([Done("tea/old"), DistinctDays(9)]))),
    ),
    "K511-idle-parts": Case(
        "K511",
        frozenset(
            f"tea/{slug}"
            for slug in ("again", "always", "at-least", "both", "days", "fewer", "long", "nested", "sooner", "twice")
        ),
        tea(
            activity("twice", requires=AllOf([Resolved("tea/assam"), Resolved("tea/assam")])),
            activity("again", requires=AllOf([Resolved("tea/bancha"), Resolved("tea/bancha")])),
            activity("fewer", requires=AllOf([Count("depth", 1, 3), Count("depth", 1, 2)])),
            activity("days", requires=AnyOf([DistinctDays(3), DistinctDays(5)])),
            activity("sooner", requires=AllOf([Elapsed(7, "tea/assam"), Elapsed(3, "tea/assam"), DistinctDays(4)])),
            activity(
                "nested",
                requires=AllOf(
                    [Done("tea/before"), AnyOf([Count("depth", 1, 2), AllOf([Count("depth", 1, 3), DistinctDays(2)])])]
                ),
            ),
            activity("at-least", requires=AtLeast(1, [Done("tea/before"), Resolved("tea/before"), DistinctDays(4)])),
            activity("both", requires=AtLeast(2, [Done("tea/before"), AllOf([DistinctDays(3), DistinctDays(2)])])),
            activity(
                "long",
                requires=AnyOf([DistinctDays(2), AllOf([DistinctDays(3), AtLeast(2, [Done("tea/before"), *THREE])])]),
            ),
            activity("too-many", requires=AnyOf([AtLeast(3, [DistinctDays(2), DistinctDays(2)]), DistinctDays(2)])),
            activity("many", requires=AllOf([DistinctDays(n) for n in range(1, 14)])),
            activity("always", requires=AllOf([DistinctDays(2), Resolved("tea/old")])),
            activity("old", retired=True),
        ),
        tea(
            activity("twice", requires=Resolved("tea/assam")),
            activity("fewer", requires=AllOf([Count("depth", 1, 3), Count("skill", "listening", 2)])),
            activity("days", requires=AnyOf([DistinctDays(3), Count("depth", 1, 2)])),
            activity("sooner", requires=AllOf([Elapsed(7, "tea/assam"), Elapsed(3, "tea/bancha")])),
            activity("nested", requires=AllOf([Done("tea/before"), AnyOf([Count("depth", 1, 2), DistinctDays(2)])])),
            activity("at-least", requires=AtLeast(2, [Done("tea/before"), Resolved("tea/assam"), DistinctDays(4)])),
        ),
    ),
    "K512-a-journey-that-stops": Case(
        "K512",
        frozenset({"tea/way/stage-0", "tea/walk/stage-1"}),
        tea(
            personal("darjeeling", Done("gone/away")),
            personal("earl", Done("tea/coins")),
            personal("coins", **MONEY),
            journeys=[
                WAY,
                evolve(WALK, stages=[evolve(WALK.stages[0], asks=1), WALK.stages[1]]),
            ],
        ),
        tea(
            personal("darjeeling"),
            personal("earl", Resolved("tea/coins")),
            personal("coins", **MONEY),
            journeys=[WAY, WALK],
        ),
    ),
    "K513-kept-away-by-others": Case(
        "K513",
        frozenset({"tea/kept-away"}),
        tea(
            activity("kept-away", skills=["trust"], repeat=LIMIT),
            *(activity(f"often-{n}", skills=["trust"], rests=5) for n in range(2)),
            activity("daily", repeat=Repeat(60, at_most=AtMost("skill", "listening", 1, "day"))),
        ),
        tea(
            activity("kept-away", skills=["trust"], repeat=LIMIT),
            activity("too", skills=["trust"], repeat=evolve(LIMIT, after_days=1)),
            activity("seldom", skills=["trust"], rests=90),
            activity("retired", skills=["trust"], rests=1, retired=True),
        ),
    ),
    "K514-too-early": Case(
        "K514",
        frozenset({"tea/way"}),
        tea(
            journeys=[
                BOOSTED,
                evolve(BOOSTED, id="tea/walk", boosters=[Booster(after_days=7, offers=["tea/assam", "tea/ceylon"])]),
            ]
        ),
        tea(
            journeys=[
                evolve(
                    BOOSTED,
                    boosters=[
                        Booster(after_days=60, offers=["tea/assam", "tea/bancha"]),
                        Booster(after_days=7, offers=["gone/cup"]),
                    ],
                )
            ]
        ),
    ),
    "K515-needing-two": Case(
        "K515",
        frozenset({"tea/way", "tea/way/stage-0", "tea/way/stage-1"}),
        tea(TWO, journeys=[ALONE, evolve(ALONE, id="tea/walk", alone=False)]),
        tea(TWO, ground=[evolve(one, solo=one.text) for one in LIGHT], journeys=[ALONE]),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_pack_that_fails_is_told_so_in_words_for_writers(name: str) -> None:
    # attack 30, attack 31
    case = CASES[name]
    proof = prove(case.fails)
    check(name, told(proof))
    assert proof.found(case.code) == case.ids
    assert not proof.holds


@pytest.mark.parametrize("name", CASES)
def test_the_same_pack_mended_holds(name: str) -> None:
    assert told(prove(CASES[name].mended)) == ""


def test_every_code_of_every_property_has_its_case() -> None:
    cases = {case.code for case in CASES.values()}
    assert cases == {code for one in PROPERTIES for code in one.codes}


def check(name: str, seen: str) -> None:
    """Compare what was said with what is kept."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8", newline="\n")
    assert seen == path.read_text("utf-8")
