"""Which language of those that are there is the right one for somebody, and how it is written.

There are two rules, and a host chooses. The *prefix rule* needs nothing but the kit, and is the one that
:meth:`Text.in_language <intimacy_kit.content.text.Text.in_language>` goes by, always. ``closest_language`` asks the
``langcodes`` package where it is installed (``pip install 'intimacy-kit[languages]'``), and says which rule it used.
"""

from collections.abc import Collection, Iterable

from attrs import frozen

__all__ = [
    "PSEUDO",
    "PSEUDO_RIGHT_TO_LEFT",
    "Closest",
    "best_language",
    "closest_language",
    "is_pseudo",
    "is_right_to_left",
    "isolated",
]

#: The pseudo-languages, for testing: private regions (BCP 47 keeps XA and XB free) that platforms know as such.
PSEUDO = "en-XA"
PSEUDO_RIGHT_TO_LEFT = "ar-XB"

#: Longer than any tag: what is wanted beyond that is no language.
_LONGEST = 64
#: How far apart languages may be, as langcodes counts: those who read one read the other without effort
#: (Portuguese of Brazil for that of Portugal is 5, Norwegian for Bokmål 1); Russian for Ukrainian is 24.
_FARTHEST = 10

#: Scripts written from right to left, and the languages usually written in one (CLDR 47, of those with a literature).
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"}
)
_RIGHT_TO_LEFT = (
    "acm aeb ajp apc apd ar arc ars ary arz azb bal bgn bqi ckb dv fa glk he hno iw ji khw ks lad lrc luz mzn nqo pbt "
    "pnb prs ps rhg sd sdh skr syr ug ur yi"
)
#: Where a language changes its script with the country.
_RIGHT_TO_LEFT_PLACES = frozenset({"az-ir", "kk-cn", "ku-iq", "ku-ir", "ms-cc", "pa-pk", "tg-pk", "uz-af"})


def _spelled(tag: str) -> str:
    return tag.replace("_", "-").lower()


def best_language(wanted: Iterable[str], available: Collection[str]) -> str:
    """Return the first wanted language there is by the prefix rule; nothing where there is none.

    A wanted ``de-AT-1996`` is met by ``de-AT-1996``, then by ``de-AT``, then by ``de``; by nothing longer, and by
    nothing of another script: ``zh-TW`` is met by ``zh-TW`` or ``zh``, never by ``zh-Hans``. Neither capitals nor
    ``_`` for ``-`` matter. What is returned is spelled as in *available*.

    >>> best_language(["de-AT", "es"], ["en", "es", "de"]), best_language(["zh-TW"], ["zh-Hans"])
    ('de', '')
    """
    there = {_spelled(tag): tag for tag in reversed(list(available))}
    for tag in wanted:
        parts = _spelled(tag[:_LONGEST]).split("-")
        while parts:
            if (found := there.get("-".join(parts))) is not None:
                return found
            parts.pop()
    return ""


@frozen
class Closest:
    """A language that was found, and by which rule."""

    #: The tag, spelled as it is available; empty where none is near.
    language: str
    #: ``prefix`` or ``langcodes``.
    rule: str


def closest_language(wanted: Iterable[str], available: Collection[str]) -> Closest:
    """Return the first wanted language for which one is there that its readers read without effort.

    With ``langcodes`` installed, ``pt-PT`` is met by ``pt-BR``, ``nb`` by ``no``, and ``zh-TW`` by ``zh-Hant`` but not
    by ``zh-Hans``; without it, the prefix rule of ``best_language`` decides. ``rule`` says which of the two it was,
    because the same app would show other words on another machine. Give the result to ``Text.in_language``.

    >>> closest_language(["de-AT"], ["en", "de"]).language
    'de'
    """
    try:
        from langcodes import closest_match  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - an extra; typed or not by its release
        from langcodes.tag_parser import LanguageTagError  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - as above
    except ModuleNotFoundError:
        return Closest(best_language(wanted, available), "prefix")
    candidates = [tag for tag in available if not is_pseudo(tag)]
    for tag in wanted:
        exact = best_language([tag], [there for there in available if _spelled(there) == _spelled(tag)])
        if exact:
            return Closest(exact, "langcodes")
        try:
            found, _ = closest_match(tag, candidates, max_distance=_FARTHEST)
        except LanguageTagError:  # what somebody's browser sent is no language
            continue
        if found != "und":
            return Closest(found, "langcodes")
    return Closest("", "langcodes")


def is_pseudo(language: str) -> bool:
    """Tell whether a language is one of the two that are only for testing.

    >>> is_pseudo("en-XA"), is_pseudo("en-GB")
    (True, False)
    """
    return _spelled(language) in {_spelled(PSEUDO), _spelled(PSEUDO_RIGHT_TO_LEFT)}


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left; a script in its tag decides.

    >>> is_right_to_left("ar-EG"), is_right_to_left("uz"), is_right_to_left("uz-Arab"), is_right_to_left("ar-Latn")
    (True, False, True, False)
    """
    parts = _spelled(language).split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004 - as in BCP 47
    if script:
        return script in _RIGHT_TO_LEFT_SCRIPTS
    return parts[0] in _RIGHT_TO_LEFT.split() or "-".join(parts[:2]) in _RIGHT_TO_LEFT_PLACES


def isolated(words: str) -> str:
    r"""Return words to be put inside others that may run in the other direction, so that neither muddles the other.

    On a page, ``<bdi>`` or ``dir="auto"`` does the same.

    >>> isolated("shay")
    '\u2068shay\u2069'
    """
    return f"\u2068{words}\u2069"
