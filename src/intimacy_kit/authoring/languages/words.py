"""What can be wrong with the words of a translation, beside the original they are for."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from attrs import frozen

from intimacy_kit.authoring.languages.tags import letters_of
from intimacy_kit.loading.preflight import bad_character

__all__ = ["MOST_SHORT_WORDS", "Finding", "wrong_with_words"]

#: So few words may well be the same in both languages: a name, "Tea", "OK, OK".
MOST_SHORT_WORDS = 3
#: So few letters say nothing about the letters of a language.
_FEW_LETTERS = 4

_STRONG = re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<!\*)\*(?=[^\s*])[^*]+(?<=[^\s*])\*(?!\*)")
#: What other kinds of text know, and a pack shows as it is.
_FOREIGN_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});|\[[^\[\]]+\]\([^()]*\)|__\S|`"
)
_NUMBERS = re.compile(r"\d+")

#: A mark that a language does not use, and its own. Spanish is looked at by itself.
_MARKS = {
    "ARABIC": (("?", "؟"), (";", "؛")),
    "ARMENIAN": (("?", "՞"),),
    "CJK|HIRAGANA|KATAKANA": (("?", "？"),),  # noqa: RUF001 - what Chinese and Japanese use
    "GREEK": (("?", ";"),),
}
_OPENED = (("?", "¿"), ("!", "¡"))


@frozen
class Finding:
    """One thing wrong with some words."""

    code: str
    said: str
    hint: str
    #: The very words; empty is all of them.
    part: str = ""


Rule = Callable[[str, str, str], Iterator[Finding]]


def wrong_with_words(original: str, words: str, language: str, written_in: str) -> Iterator[Finding]:
    """Say what is wrong with words in a language for an original in another.

    >>> [finding.code for finding in wrong_with_words("Wait *20* minutes.", "Espera 30 minutos.", "es", "en")]
    ['K810', 'K821']
    """
    yield from _characters(words)
    if _same(original, words) and not _related(language, written_in):
        if len(words.split()) > MOST_SHORT_WORDS:
            yield Finding("K812", "this is still the original", f"say it in '{language}'")
        return
    foreign = _letters(words, language)
    for rule in () if foreign else _RULES:
        yield from rule(original, words, language)
    yield from foreign


def _related(language: str, other: str) -> bool:
    return language.partition("-")[0] == other.partition("-")[0]


def _same(original: str, words: str) -> bool:
    return original.strip().casefold() == words.strip().casefold()


def _characters(words: str) -> Iterator[Finding]:
    if name := bad_character(words):
        char = chr(int(name.removeprefix("U+"), 16))
        said = f"the words hold the character {name}, which cannot be seen or changes how text is shown"
        yield Finding("K009", said, "take it out", char)
    if words != words.strip():
        hint = "take the blank out, or the line break (\\n)"
        yield Finding("K011", "the words begin or end with blank space", hint)


def _markup(original: str, words: str, _: str) -> Iterator[Finding]:
    for name, pattern, sign in (("strong", _STRONG, "**"), ("emphasised", _EMPHASIS, "*")):
        wanted, found = len(pattern.findall(original)), len(pattern.findall(words))
        if wanted != found:
            said = f"the original has {_so_many(wanted, f'{name} part')}, the words have {found or 'none'}"
            extra = pattern.search(words) if found > wanted else None
            hint = f"put {sign} right before and right after what is {name}, without a blank"
            yield Finding("K810", said, hint, extra[0] if extra else "")
            return
    if words.count("*") != original.count("*") and "*" in _STRONG.sub("", _EMPHASIS.sub("", words)):
        yield Finding("K810", "a * stands here by itself", "it can only stand around words, for *emphasis*", "*")
    elif original.strip().count("\n") != words.strip().count("\n"):
        hint = "break the line (\\n) where the original does, and nowhere else"
        yield Finding("K810", "the words have other paragraphs than the original", hint)


def _so_many(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _foreign_markup(original: str, words: str, _: str) -> Iterator[Finding]:
    found = _FOREIGN_MARKUP.search(words)
    if found and found[0] not in original:
        hint = "write plain words; *emphasis* and **strong** are all the markup there is"
        yield Finding("K811", "people would see this as it stands here", hint, found[0])


def _marks(_: str, words: str, language: str) -> Iterator[Finding]:
    for mark, own in _MARKS.get(letters_of(language), ()):
        if mark in words:
            yield Finding("K818", f"'{language}' has a sign of its own for this", f"write {own}", mark)
    if _related(language, "es"):
        for closing, opening in _OPENED:
            if _runs(words, closing) > _runs(words, opening):
                said = f"in Spanish this begins with {opening}"
                yield Finding("K818", said, f"put {opening} where the question or the call begins", closing)


def _runs(words: str, sign: str) -> int:
    """Return how often a sign stands, several in a row counted once."""
    return len(re.findall(f"{re.escape(sign)}+", words))


def _letters(words: str, language: str) -> tuple[Finding, ...]:
    """Say that words are in the letters of another language."""
    wanted = letters_of(language)
    names = [unicodedata.name(char, "") for char in words if char.isalpha()]
    if not wanted or len(names) < _FEW_LETTERS or any(name.startswith(tuple(wanted.split("|"))) for name in names):
        return ()
    found = names[0].split()[0].title()
    hint = "were the words pasted into the wrong file?"
    return (Finding("K819", f"none of this is in the letters of '{language}', but in {found} ones", hint),)


def _numbers(original: str, words: str, _: str) -> Iterator[Finding]:
    """Say which number is another one; a number that is spelled out on either side says nothing."""
    wanted, found = _values(original), _values(words)
    wrong = [written for written in _NUMBERS.findall(words) if int(written) not in wanted]
    if wanted and wrong and len(wanted) == len(found):
        missing = sorted(set(wanted) - set(found))
        instead = f"the original says {missing[0]}" if missing else f"the original says {wanted[0]}"
        yield Finding("K821", "this is another number than in the original", instead, wrong[0])


def _values(words: str) -> list[int]:
    return [int(written) for written in _NUMBERS.findall(words)]


_RULES: tuple[Rule, ...] = (_markup, _foreign_markup, _marks, _numbers)
