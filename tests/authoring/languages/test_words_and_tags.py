"""Tags that nobody asks for, and words that cannot be right beside their original."""

import pytest

from intimacy_kit.authoring.languages.tags import letters_of, wrong_with_tag
from intimacy_kit.authoring.languages.words import wrong_with_words


@pytest.mark.parametrize(
    "tag", ["es", "pt-BR", "zh-Hant-TW", "es-419", "sr-Latn", "de-CH-1996", "gsw", "tl", "kr", "br", "fil"]
)
def test_these_are_tags(tag: str) -> None:
    assert wrong_with_tag(tag) is None


@pytest.mark.parametrize(
    ("tag", "said", "hint"),
    [
        ("jp", "no language is called 'jp'", "write 'ja'"),
        ("cz-CZ", "no language is called 'cz'", "write 'cs-CZ'"),
        ("iw", "no language is called 'iw'", "write 'he'"),
        ("sh", "no language is called 'sh'", "write 'sr-Latn'"),
        ("Spanish", "no language is called 'Spanish'", "write 'es'"),
        ("spa", "no language is called 'spa'", "write 'es'"),
        ("pt_BR", "'pt_BR' is not written as tags are", "write 'pt-BR'"),
        ("ZH-hant-tw", "'ZH-hant-tw' is not written as tags are", "write 'zh-Hant-TW'"),
        ("en-UK", "'en-UK' is not written as tags are", "write 'en-GB'"),
        ("es-LA", "'es-LA' is not written as tags are", "write 'es-419'"),
        ("qq", "'qq' is the tag of no language", "a tag is such as es, pt-BR or zh-Hant"),
        ("my language", "'my language' is the tag of no language", "a tag is such as es, pt-BR or zh-Hant"),
        ("", "'' is the tag of no language", "a tag is such as es, pt-BR or zh-Hant"),
        ("de-a-b-c-d", "'de-a-b-c-d' is the tag of no language", "a tag is such as es, pt-BR or zh-Hant"),
    ],
)
def test_these_are_none_and_it_is_said_which_is_meant(tag: str, said: str, hint: str) -> None:
    wrong = wrong_with_tag(tag)
    assert wrong is not None
    assert (wrong.said, wrong.hint) == (said, hint)


def test_languages_are_written_in_their_letters_unless_a_script_says_otherwise() -> None:
    assert [letters_of(tag) for tag in ("fa", "zh-TW", "zh-Hans", "fr-CA", "ru-Latn", "tlh", "uz", "sr-Cyrl")] == [
        "ARABIC",
        "CJK|HIRAGANA|KATAKANA",
        "CJK|HIRAGANA|KATAKANA",
        "LATIN",
        "LATIN",
        "",
        "",
        "CYRILLIC",
    ]
    assert letters_of("ff-Adlm") == ""


def found(original: str, words: str, language: str = "es", written_in: str = "en") -> list[tuple[str, str]]:
    return [(one.code, one.part) for one in wrong_with_words(original, words, language, written_in)]


@pytest.mark.parametrize(
    ("original", "words", "language"),
    [
        ("Who *made* it?", "¿Quién lo *hizo*?", "es"),
        ("Who **made** it?", "¿Quién lo **hizo**?", "es"),
        ("Three minutes.", "3 minutos.", "es"),
        ("20 minutes.", "Veinte minutos.", "es"),
        ("20 or 30 minutes.", "30 o 20 minutos.", "es"),
        ("It is 10 at 20.", "A las 20, son 10, ni 9.", "es"),
        ("OK, OK, tea", "OK, OK, tea", "es"),
        ("Tea, for the two of us.", "Tea, for the two of us.", "en-GB"),
        ("Stop.", "停。", "zh"),
        ("Who?", "谁？", "zh-Hans"),  # noqa: RUF001 - the question mark of Chinese
        ("Who?", "من؟", "ar"),
        ("Who?", "OK", "ar"),
        ("Who?", "Ποιος;", "el"),
        ("Really?!", "¡¿De verdad?!", "es"),
        ("One.\n\nTwo.", "Uno.\n\nDos.", "es"),
        ("See [1].", "Véase [1].", "es"),
        ("5 * 3", "5 * 3", "es"),
        ("Ask <b>.", "Pide <b>.", "es"),
        ("Say it.", "Դdelays", "hy"),
    ],
)
def test_there_is_nothing_wrong_with_these(original: str, words: str, language: str) -> None:
    assert found(original, words, language) == []


@pytest.mark.parametrize(
    ("original", "words", "language", "wrong"),
    [
        ("Who made it?", "¿Quién lo *hizo* hoy?", "es", ("K810", "*hizo*")),
        ("Who *made* it?", "¿Quién lo hizo?", "es", ("K810", "")),
        ("Who *made* it?", "¿Quién lo * hizo *?", "es", ("K810", "")),
        ("Who *made* it?", "¿Quién lo **hizo**?", "es", ("K810", "**hizo**")),
        ("Tea.", "Té * con leche.", "es", ("K810", "*")),
        ("One. Two.", "Uno.\n\nDos.", "es", ("K810", "")),
        ("Tea.", "T&eacute;.", "es", ("K811", "&eacute;")),
        ("Tea.", "<i>Té</i>.", "es", ("K811", "<i>")),
        ("Tea.", "Té [aquí](x).", "es", ("K811", "[aquí](x)")),
        ("Who made it today?", "who made it today?", "es", ("K812", "")),
        ("Who made it?", "Quién lo hizo?", "es-MX", ("K818", "?")),
        ("Sit down.", "Siéntate!", "es", ("K818", "!")),
        ("Who made it?", "من فعلها?", "ar", ("K818", "?")),
        ("Who made it?", "Ποιος το έκανε?", "el", ("K818", "?")),
        ("Who made it?", "谁做的?", "zh", ("K818", "?")),
        ("Who made it?", "Quién lo hizo", "ar", ("K819", "")),
        ("Who made it?", "Кто это сделал", "es", ("K819", "")),
        ("Wait 20 minutes.", "Espera 30 minutos.", "es", ("K821", "30")),
        ("Wait 20 or 20.", "Espera 20 o 30.", "es", ("K821", "30")),
        ("Tea.", "T\u200bé.", "es", ("K009", "\u200b")),
        ("Tea.", " Té.", "es", ("K011", "")),
    ],
)
def test_there_is_something_wrong_with_these(original: str, words: str, language: str, wrong: tuple[str, str]) -> None:
    assert found(original, words, language) == [wrong]


def test_what_is_not_translated_at_all_is_told_once() -> None:
    assert found("Who made *this* in 1999?", "Who made *this* in 1999?", "ar") == [("K812", "")]
