"""Plural categories: well-known cases of many languages, and gettext as a second judge."""

import re
from gettext import c2py  # type: ignore[attr-defined]  # undocumented, and what gettext itself reads the line with

import pytest

from intimacy_kit.content.plurals import (
    CATEGORIES,
    PLURAL_RULES,
    in_number,
    plural_categories,
    plural_category,
    plural_forms,
)
from intimacy_kit.errors import InvalidValueError

#: By language: for each category some numbers that take it, as Unicode CLDR lists them.
KNOWN = {
    "en": {"one": [1], "other": [0, 2, 11, 21, 100]},
    "de-AT": {"one": [1], "other": [0, 2]},
    "fr": {"one": [0, 1], "many": [1_000_000, 2_000_000], "other": [2, 17, 1_000, 1_500_000]},
    "pt-BR": {"one": [0, 1], "other": [2]},
    "pt-PT": {"one": [1], "other": [0, 2]},
    "es_MX": {"one": [1], "many": [1_000_000], "other": [0, 2]},
    "ru": {"one": [1, 21, 101], "few": [2, 4, 22, 104], "many": [0, 5, 11, 12, 14, 20, 111]},
    "pl": {"one": [1], "few": [2, 4, 22, 102], "many": [0, 5, 12, 14, 21, 101, 112]},
    "cs": {"one": [1], "few": [2, 3, 4], "other": [0, 5, 22]},
    "ar": {"zero": [0], "one": [1], "two": [2], "few": [3, 10, 103], "many": [11, 99, 111], "other": [100, 102, 200]},
    "he": {"one": [1], "two": [2], "other": [0, 3, 10, 20]},
    "cy": {"zero": [0], "one": [1], "two": [2], "few": [3], "many": [6], "other": [4, 5, 7, 13]},
    "lt": {"one": [1, 21, 101], "few": [2, 9, 22], "other": [0, 10, 11, 19, 20]},
    "lv": {"zero": [0, 10, 11, 20, 111], "one": [1, 21], "other": [2, 9, 22]},
    "sl": {"one": [1, 101], "two": [2, 102], "few": [3, 4, 103], "other": [0, 5, 11, 100]},
    "ga": {"one": [1], "two": [2], "few": [3, 6], "many": [7, 10], "other": [0, 11, 20]},
    "gd": {"one": [1, 11], "two": [2, 12], "few": [3, 10, 13, 19], "other": [0, 20]},
    "mt": {"one": [1], "two": [2], "few": [0, 3, 10, 103], "many": [11, 19, 111], "other": [20, 100]},
    "ro": {"one": [1], "few": [0, 2, 19, 101, 119], "other": [20, 100, 120]},
    "is": {"one": [1, 21, 101], "other": [0, 11, 20]},
    "fil": {"one": [0, 1, 3, 5, 10], "other": [4, 6, 9, 14]},
    "br": {
        "one": [1, 21, 81],
        "two": [2, 22],
        "few": [3, 9, 49],
        "many": [1_000_000],
        "other": [0, 11, 12, 19, 71, 92],
    },
    "hi": {"one": [0, 1], "other": [2]},
    "ja": {"other": [0, 1, 2, 100]},
    "zh-Hant-TW": {"other": [0, 1]},
    "tlh": {"other": [0, 1]},
}


@pytest.mark.parametrize("language", KNOWN)
def test_a_number_takes_the_category_that_cldr_says(language: str) -> None:
    for category, numbers in KNOWN[language].items():
        assert {n: plural_category(language, n) for n in numbers} == dict.fromkeys(numbers, category)
    assert set(KNOWN[language]) <= set(plural_categories(language)) | {"many"}


def test_a_number_below_nothing_takes_the_category_of_the_number() -> None:
    assert plural_category("en", -1) == "one"


def test_categories_come_in_the_order_of_cldr_and_none_that_no_whole_number_takes() -> None:
    assert plural_categories("ar") == CATEGORIES
    assert plural_categories("ru") == ("one", "few", "many")
    assert plural_categories("fr") == ("one", "many", "other")
    assert plural_categories("ja") == ("other",)


@pytest.mark.parametrize("language", sorted({rule: tag for tag, rule in PLURAL_RULES.items()}.values()))
def test_gettext_reads_the_line_for_po_files_as_the_same_rules(language: str) -> None:
    found = re.fullmatch(r"nplurals=(\d); plural=(.*);", plural_forms(language))
    assert found is not None
    categories, form = plural_categories(language), c2py(found[2])
    assert int(found[1]) == len(categories)
    for n in (*range(21), 22, 49, 71, 72, 91, 99, 100, 101, 102, 103, 111, 112, 119, 1_000, 100_000, 1_000_000):
        assert categories[form(n)] == plural_category(language, n)


def test_a_form_that_is_not_given_is_the_other_one() -> None:
    forms = {"one": "{n} minuto", "other": "{n} minutos"}
    assert [in_number("es", n, forms) for n in (1, 2, 1_000_000)] == ["1 minuto", "2 minutos", "1000000 minutos"]


def test_forms_without_other_are_refused_in_one_line() -> None:
    with pytest.raises(InvalidValueError, match="'forms' must give the words for 'other'"):
        in_number("es", 1, {"one": "{n} minuto"})
