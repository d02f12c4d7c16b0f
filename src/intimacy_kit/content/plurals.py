"""Which form of a word a number takes, by the plural categories of Unicode CLDR.

The texts of a pack say no number, so nothing in a pack needs this. It is for what a host writes around them:
"3 minutes", "2 of 5 done".
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from intimacy_kit.errors import InvalidValueError

__all__ = ["CATEGORIES", "PLURAL_RULES", "in_number", "plural_categories", "plural_category", "plural_forms"]

#: The categories, in the order of CLDR.
CATEGORIES = ("zero", "one", "two", "few", "many", "other")

_MILLIONS = "many: n != 0 and n % 1000000 = 0"
_SLAVIC = "one: n % 10 = 1 and n % 100 != 11; few: n % 10 = 2..4 and n % 100 != 12..14"
_DUAL = "one: n = 1; two: n = 2"

#: What whole numbers take which category: the facts of Unicode CLDR 47.0 (``plurals.json``, cardinal), with what
#: it says of fractions left out. What fits no category is ``other``. Each rule is followed by its languages.
_RULES: tuple[tuple[str, str], ...] = (
    (
        "one: n = 1",
        (
            "af an asa ast az bal bem bez bg brx ce cgg chr ckb da de dv ee el en eo et eu fi fo fur fy gl gsw ha "
            "haw hu ia io jgo jmc ka kaj kcg kk kkj kl ks ksb ku ky lb lg lij mas mgo ml mn mr nah nb nd ne nl nn "
            "nnh no nr ny nyn om or os pap ps rm rof rwk saq sc sd sdh seh sn so sq ss ssy st sv sw syr ta te teo "
            "tig tk tn tr ts ug ur uz ve vo vun wae xh xog yi"
        ),
    ),
    (
        "",
        "bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi wo yo yue zh",
    ),
    ("one: n = 0..1", "ak am as bho bn csw doi fa ff gu guw hi hy kab kn ln mg nso pa pcm si ti wa zu"),
    (_DUAL, "he iu naq sat se sma smi smj smn sms"),
    (f"one: n = 1; {_MILLIONS}", "ca es it lld pt-PT scn vec"),
    (f"one: n = 0..1; {_MILLIONS}", "fr pt"),
    (_SLAVIC, "bs hr sr"),
    (f"{_SLAVIC}; many: n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14", "be ru uk"),
    (
        (
            "one: n = 1; few: n % 10 = 2..4 and n % 100 != 12..14; "
            "many: n != 1 and n % 10 = 0..1 or n % 10 = 5..9 or n % 100 = 12..14"
        ),
        "pl",
    ),
    ("one: n = 1; few: n = 2..4", "cs sk"),
    ("one: n % 100 = 1; two: n % 100 = 2; few: n % 100 = 3..4", "dsb hsb sl"),
    ("one: n = 1,2,3 or n % 10 != 4,6,9", "ceb fil"),
    ("one: n % 10 = 1 and n % 100 != 11", "is mk"),
    ("one: n = 1; few: n = 0 or n != 1 and n % 100 = 1..19", "ro"),
    ("zero: n % 10 = 0 or n % 100 = 11..19; one: n % 10 = 1 and n % 100 != 11", "lv prg"),
    ("one: n % 10 = 1 and n % 100 != 11..19; few: n % 10 = 2..9 and n % 100 != 11..19", "lt"),
    ("zero: n = 0; one: n = 1", "blo ksh lag"),
    (f"zero: n = 0; {_DUAL}; few: n % 100 = 3..10; many: n % 100 = 11..99", "ar ars"),
    (f"zero: n = 0; {_DUAL}; few: n = 3; many: n = 6", "cy"),
    (f"{_DUAL}; few: n = 3..6; many: n = 7..10", "ga"),
    (f"{_DUAL}; few: n = 0 or n % 100 = 3..10; many: n % 100 = 11..19", "mt"),
    ("one: n = 1,11; two: n = 2,12; few: n = 3..10,13..19", "gd"),
    ("one: n % 10 = 1; two: n % 10 = 2; few: n % 100 = 0,20,40,60,80", "gv"),
    ("one: n = 0..1; few: n = 2..10", "shi"),
    ("one: n = 0..1 or n = 11..99", "tzm"),
    (
        (
            "one: n % 10 = 1 and n % 100 != 11,71,91; two: n % 10 = 2 and n % 100 != 12,72,92; "
            f"few: n % 10 = 3..4,9 and n % 100 != 10..19,70..79,90..99; {_MILLIONS}"
        ),
        "br",
    ),
    (
        (
            "zero: n = 0; one: n = 1; two: n % 100 = 2,22,42,62,82 or n % 1000 = 0 and n % 100000 = 1000..20000,40000,"
            "60000,80000 or n != 0 and n % 1000000 = 100000; few: n % 100 = 3,23,43,63,83; "
            "many: n != 1 and n % 100 = 1,21,41,61,81"
        ),
        "kw",
    ),
)

#: The rules by language; one that is not in it has only the category ``other``.
PLURAL_RULES: Mapping[str, str] = {language: rule for rule, languages in _RULES for language in languages.split()}

_CONDITION = re.compile(r"n(?: % (?P<modulus>[0-9]+))? (?P<sign>!?=) (?P<ranges>[0-9.,]+)")

#: One condition: a modulus (0 is none), whether it is turned round, and ranges of numbers.
_Condition = tuple[int, bool, tuple[tuple[int, int], ...]]


@cache
def _parsed(rules: str) -> tuple[tuple[str, tuple[tuple[_Condition, ...], ...]], ...]:
    """Return the categories of a rule, each with its alternatives, each of those with its conditions."""
    return tuple(
        (category, tuple(tuple(map(_condition, each.split(" and "))) for each in alternatives.split(" or ")))
        for category, alternatives in (part.split(": ") for part in rules.split("; ") if part)
    )


def _condition(written: str) -> _Condition:
    found: Any = _CONDITION.fullmatch(written)  # each of them is one
    ranges = (part.partition("..") for part in found["ranges"].split(","))
    return int(found["modulus"] or 0), found["sign"] == "!=", tuple((int(a), int(b or a)) for a, _, b in ranges)


def _holds(condition: _Condition, n: int) -> bool:
    modulus, turned, ranges = condition
    value = n % modulus if modulus else n
    return any(low <= value <= high for low, high in ranges) is not turned


def _rule_of(language: str) -> str:
    parts = language.replace("_", "-").split("-")
    for length in range(min(len(parts), 2), 0, -1):
        tag = "-".join([parts[0].lower(), *(part.upper() for part in parts[1:length])])
        if tag in PLURAL_RULES:
            return PLURAL_RULES[tag]
    return ""


def plural_category(language: str, n: int) -> str:
    """Return the category of a whole number in a language: zero, one, two, few, many or other.

    A language that CLDR does not know takes ``other`` for every number.

    >>> plural_category("en", 1), plural_category("pl", 3), plural_category("ar", 11), plural_category("ja", 1)
    ('one', 'few', 'many', 'other')
    """
    for category, alternatives in _parsed(_rule_of(language)):
        if any(all(_holds(condition, abs(n)) for condition in conditions) for conditions in alternatives):
            return category
    return "other"


def plural_categories(language: str) -> tuple[str, ...]:
    """Return the categories that whole numbers take in a language, in the order of CLDR.

    >>> plural_categories("en"), plural_categories("ar")
    (('one', 'other'), ('zero', 'one', 'two', 'few', 'many', 'other'))
    """
    named = {category for category, _ in _parsed(_rule_of(language))}
    # In Polish, Russian and their like the rules leave no whole number to 'other'.
    taken = named | {plural_category(language, n) for n in range(200)}
    return tuple(category for category in CATEGORIES if category in taken)


def in_number(language: str, n: int, forms: Mapping[str, str]) -> str:
    """Return the form that a number takes, with the number in place of ``{n}``.

    *forms* gives words by category; ``other`` stands in for one that is not given.
    Raises InvalidValueError where ``other`` is missing.

    >>> minutes = {"one": "{n} minuta", "few": "{n} minuty", "other": "{n} minut"}
    >>> in_number("pl", 1, minutes), in_number("pl", 3, minutes), in_number("pl", 5, minutes)
    ('1 minuta', '3 minuty', '5 minut')
    """
    if "other" not in forms:
        raise InvalidValueError("forms", "must give the words for 'other', which every language has")
    return forms.get(plural_category(language, n), forms["other"]).replace("{n}", str(n))


def plural_forms(language: str) -> str:
    """Return the ``Plural-Forms`` line of a PO file: the same rules, as gettext and the tools around it write them.

    >>> plural_forms("en"), plural_forms("ja")
    ('nplurals=2; plural=(n == 1 ? 0 : 1);', 'nplurals=1; plural=0;')
    """
    categories = plural_categories(language)
    rules = dict(_parsed(_rule_of(language)))
    said = str(len(categories) - 1)
    for number in range(len(categories) - 2, -1, -1):
        alternatives = (" && ".join(map(_in_c, conditions)) for conditions in rules[categories[number]])
        said = f"{' || '.join(alternatives)} ? {number} : {said}"
    return f"nplurals={len(categories)}; plural={f'({said})' if len(categories) > 1 else said};"


def _in_c(condition: _Condition) -> str:
    """Return one condition as gettext writes it."""
    modulus, turned, ranges = condition
    value = f"n % {modulus}" if modulus else "n"
    parts = [f"{value} == {low}" if low == high else f"({value} >= {low} && {value} <= {high})" for low, high in ranges]
    said = parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"
    if not turned:
        return said
    return said.replace("==", "!=") if len(ranges) == 1 and ranges[0][0] == ranges[0][1] else f"!({said})"
