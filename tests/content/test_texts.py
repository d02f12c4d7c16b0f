"""All that a pack says, text by text."""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import fields, has
from hypothesis import HealthCheck, given, settings
from little_packs import activity, pack
from strategies import WHOLE, packs

from intimacy_kit.content.text import Text
from intimacy_kit.content.texts import in_language, is_safety, texts, texts_of, with_words
from intimacy_kit.loading.reading import pack_from

often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def every_text(value: object) -> Iterator[Text]:
    """Give all texts in a value, found by looking into everything."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, (tuple, frozenset)):
        for one in value:
            yield from every_text(one)
    elif has(type(value)):
        for one in fields(type(value)):
            yield from every_text(getattr(value, one.name))


def value_at(document: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


def test_a_text_is_called_by_its_place_in_words_that_a_translator_can_follow() -> None:
    said = [one.context for one, _ in texts(pack_from(WHOLE))]
    assert said[:8] == [
        "title",
        "about",
        "tasse/text",
        "tasse/follow_ups.deeper",
        "tasse/solo",
        "tasse/after",
        "tasse/evidence.note",
        "rede/title",
    ]
    assert {"rede/steps.1.each.wer", "rede/roles.wer", "rede/cautions.1", "rede/when_stuck.1.then"} < set(said)
    assert {"reiher/scenes.fluss.paragraphs.1", "reiher/scenes.fluss.choices.1.text", "reiher/reflections.1"} < set(
        said
    )
    assert {"nah/questions.wie.text", "nah/scale.low_label", "frage/answer.1", "frage/seek_help"} < set(said)
    assert said[-4:] == ["weg/title", "weg/about", "weg/stages.eins.title", "weg/stages.eins.about"]


@often
@given(packs())
def test_every_text_of_a_pack_is_given_once_with_the_place_where_it_stands(document: Any) -> None:
    there = pack_from(document)
    found = [one for one, _ in texts(there)]
    assert sorted(one.text.words for one in found) == sorted(text.words for text in every_text(there))
    assert all(value_at(document, one.pointer) == one.text.words for one in found)
    assert all(len(one.text.words) <= one.most for one in found)


@often
@given(packs())
def test_words_in_another_language_are_put_beside_their_originals_and_nothing_else_changes(document: Any) -> None:
    there = pack_from(document)
    language = "es"
    words = {one.context: {language: f"¡{one.text.words}!"} for one, _ in texts(there)}
    translated = with_words(there, words)
    assert {text.others for text in every_text(translated)} == {
        ((language, words[one.context][language]),) for one, _ in texts(there)
    }
    assert in_language(translated, "fr", there.languages[0]) == in_language(there, "fr")
    assert [text.words for text in every_text(translated)] == [text.words for text in every_text(there)]


def test_what_no_text_is_called_changes_nothing_not_even_the_value() -> None:
    there = pack_from(WHOLE)
    same = with_words(there, {"tasse/texts": {"es": "Hm"}, "nobody/text": {"es": "Hm"}})
    assert same == there
    assert all(a is b for a, b in zip(same.activities, there.activities, strict=True))


def test_words_are_added_to_those_in_other_languages() -> None:
    there = with_words(pack("tea", [activity("cup")]), {"cup/text": {"es": "Taza", "de": "Tasse"}})
    again = with_words(there, {"cup/text": {"es": "Tacita"}})
    assert again.activities[0].title.others == (("de", "Tasse"), ("es", "Tacita"))


def test_an_activity_in_another_language_falls_back_text_by_text() -> None:
    there = with_words(pack("tea", [activity("cup", solo=Text("Alone."))]), {"cup/text": {"es": "Taza"}})
    cup: Any = in_language(there, "es-MX").activities[0]
    assert (cup.text, cup.solo) == (Text("Taza", "es"), Text("Alone.", "en"))
    assert in_language(there.activities[0], "es") == cup
    assert in_language(there, "fr") == in_language(there, "en")


@pytest.mark.parametrize(
    ("fields", "kind", "safe"),
    [
        ({}, "prompt", set()),
        ({"depth": 3}, "prompt", {"after"}),
        ({"depth": 2}, "prompt", set()),
        ({"purpose": "support"}, "prompt", {"text", "after"}),
        ({"purpose": "orientation"}, "guide", {"title", "answer.1"}),
        ({"purpose": "orientation", "retired": True}, "guide", set()),
        ({"seek_help": Text("Soon.")}, "guide", {"seek_help"}),
        ({"cautions": [Text("Stop.")]}, "exercise", {"cautions.1"}),
        ({"purpose": "landing"}, "exercise", set()),
    ],
)
def test_safety_text_is_what_people_must_be_able_to_read(fields: Any, kind: str, safe: set[str]) -> None:
    owner = activity("cup", kind, **fields)
    assert {one.context for one in texts_of(owner) if is_safety(owner, one.context)} == {f"cup/{name}" for name in safe}


def test_what_repairs_a_tender_prompt_and_the_ways_out_of_an_exercise_are_safety_text() -> None:
    there = pack_from(WHOLE)
    safe = {one.context for one, owner in texts(there) if is_safety(owner, one.context)}
    assert safe == {
        "rede/cautions.1",
        "rede/when_stuck.1.when",
        "rede/when_stuck.1.then",
        "frage/title",
        "frage/answer.1",
        "frage/seek_help",
    }
    assert not is_safety(there, "title")
    tender = activity("cup", depth=3)
    assert is_safety(tender, "cup/follow_ups.repair")
    assert not is_safety(tender, "cup/follow_ups.deeper")
    assert not is_safety(activity("cup", depth=2), "cup/follow_ups.repair")
