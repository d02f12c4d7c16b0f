"""Names in plain letters, licences and languages, from what people type."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_kit.authoring.starting.licences import LICENCES, licence_named
from intimacy_kit.authoring.starting.naming import slug_of
from intimacy_kit.authoring.starting.tongues import tag_of
from intimacy_kit.content.checks import is_language_tag, is_slug
from intimacy_kit.errors import KitError


@pytest.mark.parametrize(
    ("words", "language", "slug"),
    [
        ("Evening talks", "en", "evening-talks"),
        ("Größer & näher", "de", "groesser-naeher"),
        ("Größer & näher", "de-AT", "groesser-naeher"),
        ("Naïve fjörður", "is", "naive-fjordur"),
        ("¿Y el pingüino?", "es", "y-el-pinguino"),
        ("Cœur à cœur", "fr", "coeur-a-coeur"),
        ("Łódź, Ærø, Dağ ışığı", "en", "lodz-aero-dag-isigi"),
        ("What's left", "en", "whats-left"),
        ("What\u2019s left", "en", "whats-left"),
        ("36 evenings", "en", "evenings-36"),
        ("36", "en", ""),
        ("حديث المساء", "ar", ""),
        ("夜の話 talks", "ja", "talks"),
        ("", "en", ""),
    ],
)
def test_a_slug_is_made_of_the_letters_a_reader_would_write(words: str, language: str, slug: str) -> None:
    assert slug_of(words, language) == slug


def test_a_long_title_is_cut_between_words_and_a_long_word_anywhere() -> None:
    assert slug_of("one two three", most=9) == "one-two"
    assert slug_of("abcdefghij", most=4) == "abcd"


@given(st.text(max_size=80), st.sampled_from(["en", "de", "tr"]))
def test_what_comes_out_is_a_slug_or_nothing(words: str, language: str) -> None:
    slug = slug_of(words, language)
    assert slug == "" or is_slug(slug)


@pytest.mark.parametrize("licence", LICENCES)
def test_every_licence_that_is_offered_says_where_it_can_be_read(licence: object) -> None:
    one = licence_named(getattr(licence, "id").lower())  # noqa: B009 - the parameter is any of them
    assert one is licence
    text = one.text("Ada")
    assert len(text) > 5000 or (one.link in text and one.id in text and "Ada" in text)
    assert re.fullmatch(r"[a-z ,;]+", one.allows.replace("'", ""))


def test_terms_of_ones_own_have_a_name_and_are_written_by_hand() -> None:
    own = licence_named("LicenseRef-House-Rules")
    assert own.text("Ada") == (
        "The words of this pack are by Ada, under terms of their own (LicenseRef-House-Rules).\n\n"
        "Write here what others may do with it.\n"
    )


@pytest.mark.parametrize(
    ("typed", "said"), [("CC-BY-40", "did you mean 'CC-BY-4.0'"), ("Beerware", "it is one of CC-BY-4.0,")]
)
def test_a_licence_nobody_knows_is_refused(typed: str, said: str) -> None:
    with pytest.raises(KitError, match=said):
        licence_named(typed)


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("Español", "es"),
        ("german", "de"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
    ],
)
def test_a_language_is_known_by_its_tag_or_its_name(typed: str, tag: str) -> None:
    assert tag_of(typed) == tag
    assert is_language_tag(tag)


@pytest.mark.parametrize("typed", ["", "e", "Klingon", "12"])
def test_what_is_no_language_is_refused(typed: str) -> None:
    with pytest.raises(KitError, match="write its tag"):
        tag_of(typed)
