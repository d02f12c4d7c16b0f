"""Words in several languages: which of them somebody gets, and by which rule."""

import sys

import pytest

from intimacy_kit.content.languages import (
    PSEUDO,
    PSEUDO_RIGHT_TO_LEFT,
    best_language,
    closest_language,
    is_pseudo,
    is_right_to_left,
    isolated,
)
from intimacy_kit.content.text import Text


def test_a_longer_wanted_tag_is_met_by_a_shorter_one_and_never_the_other_way_round() -> None:
    assert best_language(["de-AT-1996"], ["en", "de"]) == "de"
    assert best_language(["de-AT-1996"], ["de", "de-AT"]) == "de-AT"
    assert best_language(["pt"], ["pt-BR"]) == ""


def test_a_language_in_another_script_is_never_given() -> None:
    assert best_language(["zh-TW"], ["zh-Hans", "zh-Hant"]) == ""
    assert best_language(["zh-Hant-TW"], ["zh-Hans", "zh-Hant"]) == "zh-Hant"


def test_capitals_and_underscores_do_not_matter_and_the_tag_is_given_as_it_is_there() -> None:
    assert best_language(["PT_br"], ["pt-BR"]) == "pt-BR"
    assert best_language(["de_AT"], ["DE"]) == "DE"


def test_the_first_wanted_language_wins_whatever_the_order_of_those_that_are_there() -> None:
    assert best_language(["fr", "es", "de"], ["de", "es"]) == "es"
    assert best_language([], ["de"]) == ""
    assert best_language(["", "-", "x" * 100_000, "a-" * 50_000], ["de"]) == ""


def test_a_text_tells_in_which_language_it_answers() -> None:
    text = Text("Tea", "en", {"ar": "شاي"})
    assert text.language_for("ar-EG") == "ar"
    assert text.language_for("fr") == "en"
    assert text.language_for() == "en"
    assert Text("Tea").language_for("es") == "en"
    assert Text("Tea").in_language("es") == "Tea"
    assert text.in_language("AR_eg") == "شاي"


def test_langcodes_finds_what_the_prefix_rule_does_not_and_says_that_it_did() -> None:
    pytest.importorskip("langcodes")
    found = closest_language(["pt-PT"], ["en", "pt-BR"])
    assert (found.language, found.rule) == ("pt-BR", "langcodes")
    assert closest_language(["nb"], ["en", "no"]).language == "no"
    assert closest_language(["zh-TW"], ["zh-Hans", "zh-Hant"]).language == "zh-Hant"


def test_langcodes_gives_nobody_a_language_they_have_to_puzzle_out() -> None:
    pytest.importorskip("langcodes")
    assert closest_language(["zh-TW"], ["zh-Hans"]).language == ""
    assert closest_language(["uk"], ["ru"]).language == ""
    assert closest_language(["eu", "es-MX"], ["es"]).language == "es"
    assert closest_language(["not a tag", "*", ""], ["es"]).language == ""


def test_what_is_there_exactly_is_not_left_for_something_near() -> None:
    pytest.importorskip("langcodes")
    assert closest_language(["pt"], ["pt-BR", "pt"]).language == "pt"


def test_nobody_is_given_a_pseudo_language_who_did_not_ask_for_it() -> None:
    pytest.importorskip("langcodes")
    assert closest_language(["ar"], [PSEUDO_RIGHT_TO_LEFT]).language == ""
    assert closest_language(["ar-XB"], [PSEUDO_RIGHT_TO_LEFT]).language == "ar-XB"
    assert best_language(["en-XA"], ["en", PSEUDO]) == PSEUDO
    assert [is_pseudo(tag) for tag in ("en_xa", "ar-XB", "ar", "en")] == [True, True, False, False]


def test_without_langcodes_the_prefix_rule_decides_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langcodes", None)
    found = closest_language(["pt-PT", "es-MX"], ["pt-BR", "es"])
    assert (found.language, found.rule) == ("es", "prefix")


@pytest.mark.parametrize(
    "tag", ["ar", "ar-EG", "he", "fa-AF", "ur", "yi", "ckb", "dv", "pa-PK", "pa-Arab", "ar-XB", "ks"]
)
def test_these_run_from_right_to_left(tag: str) -> None:
    assert is_right_to_left(tag)


@pytest.mark.parametrize("tag", ["en", "es-MX", "ja", "pa", "uz", "ar-Latn", "ks-Deva", "tr", "en-XA", "ku", "az"])
def test_these_run_from_left_to_right(tag: str) -> None:
    assert not is_right_to_left(tag)


def test_isolated_words_stand_between_the_marks_of_unicode() -> None:
    assert isolated("tea") == "\N{FIRST STRONG ISOLATE}tea\N{POP DIRECTIONAL ISOLATE}"
