"""Why a document was refused, in the words that writers read."""

import json
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import PROMPT, TEA, Json, broken, events, pack_of, packs, paths_of, replaced, value_at

from intimacy_kit.loading.explaining import explain, pointer_to, schema, schema_names, similar_to
from intimacy_kit.problems import Problem, Where

GOLDEN = Path(__file__).with_name("golden_problems.txt")

PROMPT_SOURCE = {name: value for name, value in PROMPT.items() if name != "kind"}
EXERCISE = {
    "id": "small-talk",
    "title": "Small talk",
    "about": "Ten minutes about nothing.",
    "skills": ["conversation"],
    "depth": 1,
    "minutes": 10,
    "steps": [{"text": "Talk."}],
}
STORY_HEAD = {
    "id": "heron",
    "title": "The heron",
    "people": "Two, by a river.",
    "arc": {"struggle": "Rain.", "turning_point": "A bird.", "outcome": "A walk.", "stayed_hard": "The rain."},
    "skills": ["empathy"],
    "depth": 1,
    "minutes": 5,
}
MANIFEST = {name: value for name, value in TEA.items() if name not in {"activities", "journeys"}}


def _prompt(**more: Json) -> Json:
    return {"prompts": [{**PROMPT_SOURCE, **more}]}


def _exercise(**more: Json) -> Json:
    return {"exercises": [{**EXERCISE, **more}]}


def _without(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != name}


#: What a writer did, the schema, and the document.
MISTAKES: list[tuple[str, str, Json]] = [
    ("forgot the text", "prompts", {"prompts": [_without(PROMPT_SOURCE, "text")]}),
    ("forgot the skills", "prompts", {"prompts": [_without(PROMPT_SOURCE, "skills")]}),
    ("misspelt a field", "prompts", _prompt(follow_up={"deeper": "And then?"})),
    ("made up a field", "prompts", _prompt(xyzzy="gratitude")),
    ("wrote a skill almost right", "prompts", _prompt(skills=["listning"])),
    ("made up a skill", "prompts", _prompt(skills=["xyzzy"])),
    ("gave one skill instead of a list", "prompts", _prompt(skills="trust")),
    ("named a skill twice", "prompts", _prompt(skills=["trust", "trust"])),
    ("wrote the depth as a word", "prompts", _prompt(depth="tender")),
    ("went deeper than there is", "prompts", _prompt(depth=5)),
    ("planned a whole day", "prompts", _prompt(minutes=600)),
    ("wrote a number where words belong", "prompts", _prompt(text=7)),
    ("wrote yes for true", "prompts", _prompt(retired="yes")),
    ("wrote off for false", "prompts", _prompt(retired="off")),
    ("left a field empty", "prompts", _prompt(solo=None)),
    ("left a text empty", "prompts", _prompt(solo="")),
    ("wrote an essay", "prompts", _prompt(text="u" * 301)),
    ("wrote an id with capitals and blanks", "prompts", _prompt(id="First cup")),
    ("touched money at depth 1", "prompts", _prompt(topics=["money"])),
    ("touched what is no topic", "prompts", _prompt(depth=2, topics=["monney"])),
    ("did not say how it lands", "prompts", _prompt(depth=3)),
    ("wrote two rules in one gate", "prompts", _prompt(requires={"resolved": "a", "distinct_days": 3})),
    ("wished for a gate that forbids", "prompts", _prompt(requires={"not": {"resolved": "a"}})),
    ("counted two things", "prompts", _prompt(requires={"count": {"n": 1, "skill": "trust", "depth": 2}})),
    ("counted nothing", "prompts", _prompt(requires={"count": {"n": 1}})),
    ("wrote the wrong kind", "prompts", _prompt(kind="question")),
    ("wrote an empty file of prompts", "prompts", {"prompts": []}),
    ("made too many roles", "exercises", _exercise(roles={f"role-{n}": "one" for n in range(7)})),
    ("timed a step of one second", "exercises", _exercise(steps=[{"text": "Talk.", "seconds": 1}])),
    ("wrote a half minute", "exercises", _exercise(minutes=0.5)),
    ("put the scenes into the head", "story", {**STORY_HEAD, "scenes": "Once upon a time"}),
    ("wrote a version without quotes", "manifest", {**MANIFEST, "version": 1.0}),
    ("wrote the language in words", "manifest", {**MANIFEST, "languages": ["English"]}),
    ("wrote several things wrong at once", "prompts", _prompt(depth=0, mood="sad", txt="Hm?")),
]


def _golden() -> str:
    parts = [
        "\n".join([f"# The writer {what}", *(str(problem) for problem in explain(name, document, f"{name}.yaml")), ""])
        for what, name, document in MISTAKES
    ]
    return "\n".join(parts)


def test_typical_mistakes_are_told_in_these_words() -> None:
    """After a change of words: look at the difference, and if every line is better, write it there by hand."""
    # attack 16, attack 17
    assert _golden() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(("what", "name", "document"), MISTAKES, ids=[what for what, _, _ in MISTAKES])
def test_what_is_told_does_not_change_what_was_written(what: str, name: str, document: Json) -> None:  # noqa: ARG001
    before = deepcopy(document)
    explain(name, document)
    assert document == before


@pytest.mark.parametrize(
    ("word", "known", "nearest"),
    [
        ("tittle", ["title", "text"], "title"),
        ("listning", ["listening", "trust"], "listening"),
        ("xyzzy", ["title", "text"], ""),
        ("", ["title"], ""),
        ("title", [], ""),
    ],
)
def test_the_nearest_word_is_found_if_any_is_near(word: str, known: list[str], nearest: str) -> None:
    assert similar_to(word, known) == nearest


def test_a_pointer_is_written_as_the_standard_asks() -> None:
    assert pointer_to(()) == ""
    assert pointer_to(("each", "a/b", "~", 0)) == "/each/a~1b/~0/0"


def test_a_value_that_cannot_be_shown_is_called_this() -> None:
    # attack 27
    said = [
        explain("prompts", _prompt(mood=value))[0].message
        for value in ("sad", "u" * 41, "a\nb", "\x1b[2J", ["sad"], 5, True, 0.5)
    ]
    this = "this is not known here"
    assert said == [
        "'sad' is not known here",
        this,
        this,
        this,
        this,
        "5 is not known here",
        "true is not known here",
        "0.5 is not known here",
    ]


def test_a_field_whose_name_cannot_be_shown_is_called_this() -> None:
    found = explain("story", {**STORY_HEAD, "a\nb": 1, "u" * 41: 1})
    assert {problem.message for problem in found} == {"this is not a field here"}
    assert all("did you mean" not in problem.hint for problem in found)


def test_a_word_that_is_in_no_list_is_not_also_told_to_be_written_wrongly() -> None:
    assert [p.code for p in explain("prompts", _prompt(depth=2, topics=["In laws"]))] == ["K104"]
    assert [p.code for p in explain("pack", pack_of({**PROMPT, "depth": 2, "topics": ["In laws"]}))] == ["K105"]


def test_at_most_a_thousand_problems_are_told() -> None:
    assert len(explain("prompts", {"prompts": [{}] * 400})) == 1000


def test_a_list_of_many_objects_is_compared_in_no_time_and_no_more_of_it_is_looked_at_than_it_may_hold() -> None:
    # attack 25
    many = [{"n": n} for n in range(50_000)]
    begun = time.perf_counter()
    found = explain("prompts", _prompt(skills=[*many, many[0]]))
    assert time.perf_counter() - begun < 2.0
    assert [problem.code for problem in found] == ["K108", "K109", *["K104"] * 10]


def test_objects_in_a_list_are_compared_by_what_they_hold_and_true_is_not_1() -> None:
    def codes(*skills: Json) -> set[str]:
        return {problem.code for problem in explain("prompts", _prompt(skills=list(skills)))}

    assert "K109" in codes({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert "K109" not in codes({"a": 1}, {"a": 2})
    assert "K109" not in codes(True, 1)


@pytest.mark.parametrize("name", schema_names())
def test_no_schema_is_asked_for_from_anywhere_else(name: str) -> None:
    assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert isinstance(explain(name, {}), tuple)


def test_problems_are_sorted_and_say_each_thing_once() -> None:
    # attack 17
    found = explain("prompts", {"prompts": [{**PROMPT_SOURCE, "id": 5, "depth": 9, "text": 1}, {}]}, "a.yaml")
    assert list(found) == sorted(set(found))
    assert found[0] == Problem(
        Where("a.yaml", pointer="/prompts/0/depth"),
        "K107",
        "9 is too large, the most is 4",
        "write a number from 1 to 4",
    )


CANARIES = ("Canary-in-a-text", "canary_word", "canary-slug/canary-slug", "Ċanary")


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken(events()), st.data())
def test_nothing_anybody_wrote_stands_in_what_is_said_in_private(document: Any, data: st.DataObject) -> None:
    # attack 27
    path = data.draw(st.sampled_from(list(paths_of(document))))
    canary = data.draw(st.sampled_from(CANARIES))
    value = value_at(document, path)
    grown = {canary: value} if data.draw(st.booleans()) else canary
    hidden = replaced(document, path, {**value, canary: canary} if isinstance(value, dict) else grown)
    for problem in explain("event", hidden, private=True):
        assert "anary" not in str(problem)
        assert "anary" not in problem.where.pointer
        assert "canary" not in repr(problem)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken(packs() | events()))
def test_what_is_wrong_is_the_same_in_private(document: Any) -> None:
    for name in ("pack", "event"):
        openly = {problem.code for problem in explain(name, document)}
        assert {problem.code for problem in explain(name, document, private=True)} == openly


def test_in_private_a_pointer_ends_before_a_name_that_is_somebodys_own() -> None:
    document = {
        "event": "boundaries_changed",
        "partner": "a",
        "at": "2026-11-23T20:00:00+01:00",
        "boundaries": {"depth": 9, "topics": {"infidelity": "perhaps"}, "declined": {"tea/cup": "soon"}, "secret": 1},
    }
    assert [str(problem) for problem in explain("event", document, "log", private=True)] == [
        (
            "log#/boundaries: K102 this is not a field here "
            "(there could also be depth, topics, declined, accepted, paused)"
        ),
        "log#/boundaries/declined: K105 this is not written as it must be (A day, such as 2026-11-23.)",
        "log#/boundaries/depth: K107 this is too large, the most is 4 (write a number from 1 to 4)",
        "log#/boundaries/topics: K104 this is not known here (it is one of no, ask, yes)",
    ]


def test_the_words_of_the_schemas_are_no_secret() -> None:
    document = json.loads('{"event": "journey_chosen", "at": "soon"}')
    assert [p.where.pointer for p in explain("event", document, private=True)] == ["/at"]


def test_in_private_not_even_the_length_of_what_was_written_is_said() -> None:
    document = _prompt(text="u" * 301, skills=["trust"] * 11)
    said = {problem.message for problem in explain("prompts", document, private=True)}
    assert {"the text is longer than 300 characters", "the list is too long, the most is 10"} <= said
    assert not [problem.hint for problem in explain("prompts", document, private=True) if "1" in problem.hint]
