"""References inside a pack: one test for each way in which a name can lead nowhere."""

from typing import Any

import pytest
from strategies import PROMPT, Document, Json, pack_of

from intimacy_kit.loading.documents import read_document
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.loading.references import check_beside, check_references
from intimacy_kit.problems import Problem, Where


def prompt(name: str, **more: Json) -> Document:
    return {**PROMPT, "id": name, **more}


def story(*scenes: Document) -> Document:
    arc = {"struggle": "Rain.", "turning_point": "A bird.", "outcome": "A walk.", "stayed_hard": "The rain."}
    told = {"title": "The heron", "people": "Two.", "arc": arc, "scenes": list(scenes)}
    return {**_common("heron"), "kind": "story", **told}


def scene(name: str, *to: str) -> Document:
    choices = [{"text": "Go", "to": target} for target in to]
    return {"id": name, "paragraphs": ["Water."], **({"choices": choices} if choices else {})}


def exercise(*steps: Document, **more: Json) -> Document:
    return {
        **_common("talk"),
        "kind": "exercise",
        "title": "Talk",
        "about": "Ten minutes.",
        "steps": list(steps),
        **more,
    }


def journey(name: str = "steps", **stage: Json) -> Document:
    stages = [{"id": "first", "title": "First", "offers": ["cup"], **stage}]
    return {"id": name, "title": "Steps", "about": "One by one.", "stages": stages}


def _common(name: str) -> Document:
    return {"id": name, "skills": ["trust"], "depth": 1, "minutes": 5}


ORIENTATION = prompt("welcome", purpose="orientation")

WRONG: list[tuple[str, Document, list[str]]] = [
    (
        "K201: an id stands twice",
        pack_of(prompt("cup"), prompt("cup")),
        [
            (
                "pack.json#/activities/1/id: K201 the id 'cup' is taken by a prompt "
                "(give this one another; every id in a pack is used once)"
            )
        ],
    ),
    (
        "K201: an alias is somebody's id",
        pack_of(prompt("cup", aliases=["mug"]), prompt("mug")),
        [
            (
                "pack.json#/activities/1/id: K201 the id 'mug' is taken by a prompt "
                "(give this one another; every id in a pack is used once)"
            )
        ],
    ),
    (
        "K201: an alias is one's own id",
        pack_of(prompt("cup", aliases=["mug", "cup"])),
        [
            (
                "pack.json#/activities/0/aliases/1: K201 the id 'cup' is taken by a prompt "
                "(give this one another; every id in a pack is used once)"
            )
        ],
    ),
    (
        "K201: a journey has the id of an activity",
        pack_of(prompt("cup"), journeys=[journey("cup")]),
        [
            (
                "pack.json#/journeys/0/id: K201 the id 'cup' is taken by a prompt "
                "(give this one another; every id in a pack is used once)"
            )
        ],
    ),
    (
        "K201: a scene stands twice",
        pack_of(story(scene("river", "home"), scene("home"), scene("home"))),
        ["pack.json#/activities/0/scenes/2/id: K201 the scene 'home' stands twice (give one of them another name)"],
    ),
    (
        "K201: a stage stands twice",
        pack_of(prompt("cup"), journeys=[{**journey(), "stages": journey()["stages"] * 2}]),
        ["pack.json#/journeys/0/stages/1/id: K201 the stage 'first' stands twice (give one of them another id)"],
    ),
    (
        "K202: a link leads nowhere",
        pack_of(prompt("cup", links=["mugg"]), prompt("mug")),
        ["pack.json#/activities/0/links/0: K202 there is no activity 'mugg' in this pack (did you mean 'mug'?)"],
    ),
    (
        "K202: a gate names what is not there, deep inside",
        pack_of(prompt("cup", requires={"any": [{"all": [{"elapsed": {"days": 1, "since": "xyzzy"}}]}]})),
        [
            (
                "pack.json#/activities/0/requires: K202 there is no activity 'xyzzy' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            )
        ],
    ),
    (
        "K202: a count names a journey that is not there",
        pack_of(prompt("cup", requires={"count": {"n": 1, "journey": "stepps"}}), journeys=[journey()]),
        ["pack.json#/activities/0/requires: K202 there is no journey 'stepps' in this pack (did you mean 'steps'?)"],
    ),
    (
        "K202: a count names an activity as a journey",
        pack_of(prompt("cup", requires={"count": {"n": 1, "journey": "cup"}})),
        [
            (
                "pack.json#/activities/0/requires: K202 there is no journey 'cup' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            )
        ],
    ),
    (
        "K202: a stage offers what is not there",
        pack_of(prompt("cup"), journeys=[journey(offers=["cup", "tea/xyzzy"])]),
        [
            (
                "pack.json#/journeys/0/stages/0/offers/1: K202 there is no activity 'xyzzy' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            )
        ],
    ),
    (
        "K203: done names something else than an orientation",
        pack_of(prompt("cup"), prompt("mug", requires={"done": "cup"})),
        [
            (
                "pack.json#/activities/1/requires: K203 'done' may only name an orientation of depth 1 without topics, "
                "and 'cup' is none (write {resolved: cup}, which also holds for those who decline it)"
            )
        ],
    ),
    (
        "K203: done names an orientation that is deep, or touches something",
        pack_of(
            {**ORIENTATION, "depth": 2},
            {**ORIENTATION, "id": "hello", "topics": ["home"]},
            prompt("mug", requires={"all": [{"done": "welcome"}, {"done": "hello"}]}),
        ),
        [
            f"pack.json#/activities/2/requires: K203 'done' may only name an orientation of depth 1 without topics, "
            f"and '{name}' is none (write {{resolved: {name}}}, which also holds for those who decline it)"
            for name in ("welcome", "hello")
        ],
    ),
    (
        "K204: an activity links to itself (name another one, or take this out)",
        pack_of(prompt("cup", links=["tea/cup"])),
        ["pack.json#/activities/0/links/0: K204 an activity links to itself (name another one, or take this out)"],
    ),
    (
        "K204: an activity requires itself (name another one, or take this out)",
        pack_of(prompt("cup", requires={"resolved": "cup"})),
        ["pack.json#/activities/0/requires: K204 an activity requires itself (name another one, or take this out)"],
    ),
    (
        "K205: a choice leads to no scene, though to nearly one",
        pack_of(story(scene("river", "home", "hom"), scene("home"))),
        ["pack.json#/activities/0/scenes/0/choices/1/to: K205 there is no scene 'hom' (did you mean 'home'?)"],
    ),
    (
        "K205: a choice leads to no scene at all",
        pack_of(story(scene("river", "home", "xyzzy"), scene("home"))),
        ["pack.json#/activities/0/scenes/0/choices/1/to: K205 there is no scene 'xyzzy' (the scenes are river, home)"],
    ),
    (
        "K206: no choice leads to a scene",
        pack_of(story(scene("river", "home"), scene("home"), scene("bridge", "hut"), scene("hut"))),
        [
            (
                "pack.json#/activities/0/scenes/2/id: K206 no choice leads to the scene 'bridge' "
                "(let a choice lead there: - [What is done](#bridge); or take the scene out)"
            ),
            (
                "pack.json#/activities/0/scenes/3/id: K206 no choice leads to the scene 'hut' "
                "(let a choice lead there: - [What is done](#hut); or take the scene out)"
            ),
        ],
    ),
    (
        "K207: a story goes round for ever",
        pack_of(story(scene("river", "bridge", "home"), scene("bridge", "hut"), scene("hut", "bridge"), scene("home"))),
        [
            (
                "pack.json#/activities/0/scenes/1/choices: K207 from the scene 'bridge' the story never ends "
                "(let one of its choices lead on; a scene without choices is an end)"
            ),
            (
                "pack.json#/activities/0/scenes/2/choices: K207 from the scene 'hut' the story never ends "
                "(let one of its choices lead on; a scene without choices is an end)"
            ),
        ],
    ),
    (
        "K208: a step names a role that is nearly there",
        pack_of(exercise({"text": "Talk.", "each": {"tellr": "Tell."}}, roles={"teller": "the teller"})),
        ["pack.json#/activities/0/steps/0/each/tellr: K208 there is no role 'tellr' (did you mean 'teller'?)"],
    ),
    (
        "K208: a step names a role in an exercise without roles",
        pack_of(exercise({"text": "Talk.", "each": {"teller": "Tell."}})),
        ["pack.json#/activities/0/steps/0/each/teller: K208 there is no role 'teller' (name it under 'roles')"],
    ),
    (
        "K209: the steps take longer than the exercise",
        pack_of(
            exercise({"text": "Talk.", "seconds": 180}, {"text": "Listen.", "seconds": 60, "in_turns": True}, minutes=4)
        ),
        [
            (
                "pack.json#/activities/0/minutes: K209 the steps take 5 minutes, the exercise says 4 "
                "(write minutes: 5, or shorten the steps; one in turns takes its time for each of 2)"
            )
        ],
    ),
    (
        "K209: with three roles a turn comes three times",
        pack_of(
            exercise(
                {"text": "Talk.", "seconds": 150, "in_turns": True}, roles={"a": "one", "b": "another", "c": "a third"}
            )
        ),
        [
            (
                "pack.json#/activities/0/minutes: K209 the steps take 7 minutes 30 seconds, the exercise says 5 "
                "(write minutes: 8, or shorten the steps; one in turns takes its time for each of 3)"
            )
        ],
    ),
    (
        "K210: a stage asks for more than it offers",
        pack_of(prompt("cup"), journeys=[journey(asks=2)]),
        [
            (
                "pack.json#/journeys/0/stages/0/asks: K210 the stage asks for 2 and offers 1 "
                "(write asks: 1 or less, or offer more)"
            )
        ],
    ),
    (
        "K210: one activity named in both ways counts once",
        pack_of(prompt("cup"), journeys=[journey(offers=["cup", "tea/cup"], asks=2)]),
        [
            (
                "pack.json#/journeys/0/stages/0/asks: K210 the stage asks for 2 and offers 1 "
                "(write asks: 1 or less, or offer more)"
            )
        ],
    ),
    (
        "K211: a scene is called like a move",
        pack_of(story(scene("river", "stop", "next"), scene("stop"), scene("next"))),
        [
            (
                "pack.json#/activities/0/scenes/1/id: K211 a scene cannot be called 'stop' "
                "(that is a move in every story; give it another name)"
            ),
            (
                "pack.json#/activities/0/scenes/2/id: K211 a scene cannot be called 'next' "
                "(that is a move in every story; give it another name)"
            ),
        ],
    ),
    (
        "several at once, in the order of the pack",
        pack_of(prompt("cup", links=["xyzzy", "plugh"]), journeys=[journey(offers=["waldo"])]),
        [
            (
                "pack.json#/activities/0/links/0: K202 there is no activity 'xyzzy' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            ),
            (
                "pack.json#/activities/0/links/1: K202 there is no activity 'plugh' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            ),
            (
                "pack.json#/journeys/0/stages/0/offers/0: K202 there is no activity 'waldo' in this pack "
                "(write the id as it stands in its file, or take it out here)"
            ),
        ],
    ),
]


@pytest.mark.parametrize(("document", "lines"), [pytest.param(*case, id=name) for name, *case in WRONG])
def test_a_name_that_leads_nowhere_is_told_where_it_stands(document: Any, lines: list[str]) -> None:
    # attack 29
    assert [str(problem) for problem in check_references(pack_from(document), "pack.json")] == lines
    assert [str(problem) for problem in read_document(document).problems] == lines


def test_in_a_large_pack_the_nearest_name_is_looked_for_only_a_few_times() -> None:
    # attack 9: 400 names times 400 to compare them with would take seconds
    pack = pack_from(pack_of(*[prompt(f"cup-{n}", links=["cup-x"]) for n in range(400)]))
    problems = check_references(pack, "pack.json")
    assert len(problems) == 400
    assert [problem.hint.startswith("did you mean") for problem in problems] == [True] * 5 + [False] * 395


FINE: list[tuple[str, Document]] = [
    ("names in other packs", pack_of(prompt("cup", links=["other/x"], requires={"resolved": "other/x"}))),
    ("a journey of another pack", pack_of(prompt("cup", requires={"count": {"n": 1, "journey": "other/x"}}))),
    ("an orientation of another pack", pack_of(prompt("cup", requires={"done": "other/x"}))),
    ("offers of another pack", pack_of(journeys=[journey(offers=["other/x"])])),
    ("an orientation that is really done", pack_of(ORIENTATION, prompt("cup", requires={"done": "welcome"}))),
    ("an alias in a gate", pack_of(prompt("cup", aliases=["mug"]), prompt("pot", requires={"resolved": "mug"}))),
    ("counts of other things", pack_of(prompt("cup", requires={"count": {"n": 1, "depth": 1}}))),
    (
        "a journey that is counted",
        pack_of(prompt("cup", requires={"count": {"n": 1, "journey": "steps"}}), journeys=[journey()]),
    ),
    ("a circle in a story with a way out", pack_of(story(scene("river", "river", "home"), scene("home")))),
    ("a story of one scene", pack_of(story(scene("river")))),
    ("steps that fit", pack_of(exercise({"text": "Talk.", "seconds": 150, "in_turns": True}, {"text": "Rest."}))),
    (
        "roles that are there",
        pack_of(exercise({"text": "Talk.", "each": {"a": "Tell."}}, roles={"a": "one", "b": "two"})),
    ),
    ("a stage that asks for all", pack_of(prompt("cup"), journeys=[journey(asks=1)])),
    ("one scene name in two stories", pack_of(story(scene("river")), {**story(scene("river")), "id": "otter"})),
]


@pytest.mark.parametrize("document", [pytest.param(document, id=name) for name, document in FINE])
def test_a_name_that_leads_somewhere_is_no_problem(document: Any) -> None:
    assert check_references(pack_from(document)) == ()


def test_a_name_that_another_pack_does_not_have_is_told_at_its_place_with_one_that_it_has() -> None:
    tea = pack_from(
        pack_of(
            prompt("cup", links=["other/potts", "gone/x", "tea/cup"], requires={"resolved": "other/xyzzy"}),
            journeys=[{**journey(offers=["other/mug"]), "boosters": [{"after_days": 30, "offers": ["other/walkk"]}]}],
        )
    )
    other = pack_from(
        {
            **pack_of(prompt("pots", aliases=["mug"]), journeys=[{**journey(offers=["pots"]), "id": "walk"}]),
            "name": "other",
        }
    )
    lists = "'intimacy-kit packs other' lists what it has"
    assert check_beside(tea, [other]) == (
        Problem(
            Where(pointer="/activities/0/requires"),
            "K212",
            "there is no 'xyzzy' in the pack 'other'",
            lists,
            "other/xyzzy",
        ),
        Problem(
            Where(pointer="/activities/0/links/0"),
            "K212",
            "there is no 'potts' in the pack 'other'",
            "did you mean 'other/pots'?",
            "other/potts",
        ),
        Problem(
            Where(pointer="/journeys/0/boosters/0/offers/0"),
            "K212",
            "there is no 'walkk' in the pack 'other'",
            "did you mean 'other/walk'?",
            "other/walkk",
        ),
    )
    assert check_beside(tea, []) == ()
    many = pack_from({**pack_of(*[prompt(f"potts-{n}") for n in range(2001)]), "name": "other"})
    assert {problem.hint for problem in check_beside(tea, [many])} == {lists}
