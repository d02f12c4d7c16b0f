"""How a text is set: marks, blanks, capitals, and what was left over from writing; mostly in any language."""

import re
from collections.abc import Iterator
from itertools import pairwise

from intimacy_kit.authoring.linting.reading import Said, plain_words, words_in
from intimacy_kit.problems import Problem

__all__ = ["check_english_setting", "check_setting"]

#: What may end a text: a mark of any script, perhaps with a quotation mark, a bracket or emphasis after it.
_END_MARKS = ".?!\u2026:\u3002\uff1f\uff01\u061f\u06d4\u0964\u037e\u1362"
_AFTER_END = "\"')]*\u201d\u2019\u00bb\u203a\u201c\u300d\u300f\uff09 "
_LABELS = frozenset({"title", "label", "people", "when", "choice", "each", "note"})
#: Abbreviations in capitals that people say and write so.
_SPELT = frozenset({"ADHD", "COVID", "LGBT", "LGBTQ", "PTSD", "NATO", "UNESCO", "UNICEF", "DIVORCE"}) - {"DIVORCE"}

_CAPITALS = re.compile(r"\b[A-Z\u00c0-\u00de]{2,}(?:[ ,]+[A-Z\u00c0-\u00de]{2,})*\b")
_SHOUTED = re.compile(r"!{2,}|[!?]*(?:!\?|\?!)[!?]*|\?{2,}|\uff01{2,}")
_LEFT_OVER = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|XXX+|PLACEHOLDER|placeholder text|[Ll]orem ipsum|your text here|asdf\w*)\b"
    r"|\{\{?[^{}]*\}?\}|<[A-Za-z_/][^<>]*>|\[(?:NAME|name|[Pp]artner|PARTNER|insert[^\]]*|INSERT[^\]]*|\.\.\.|\u2026|[A-Z]{3,})\]|%[sd]\b"
)
_ADDRESS = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+|\+\d[\d ()/-]{6,}\d"
    r"|\b[\w-]{1,64}\.(?:com|org|net|info|io|app)\b",
    re.IGNORECASE,
)
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]+")
_BLANKS = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)|\t|(?<=\S) +\n")
_BLANK_BEFORE = re.compile(r"(?<=[^\s.:]) (?=[,;!?]|\.(?!\.)|:(?!\)))[,;!?.:]")
_STRONG = re.compile(r"\*+")
#: Small words that never stand twice in a row; *that that* and *had had* do.
_ONCE = frozenset(
    {
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "it",
        "for",
        "with",
        "you",
        "your",
        "my",
        "we",
        "they",
    }
    | {"as", "by", "are", "but", "if", "then", "when", "who", "what", "which", "not", "this", "be", "i"}
)
_PAIRS = (("\u201c", "\u201d"), ("(", ")"), ("[", "]"), ("\u00ab", "\u00bb"))


def check_setting(said: Said, following: str = "") -> Iterator[Problem]:
    """Say what is wrong with how a text is set, in any language; ``following`` is the paragraph after it."""
    words = said.words
    if found := _LEFT_OVER.search(words):
        yield said.problem("K752", f"'{found[0]}' was left over", "write the words that belong here", found[0])
    else:
        yield from _shouting(said)
    if found := _ADDRESS.search(words):
        hint = "addresses change and cannot be read aloud; put sources under evidence, and the rest into README.md"
        yield said.problem("K753", f"'{found[0]}' is an address", hint, found[0])
    if found := _PICTURES.search(words):
        yield said.problem("K754", "a picture cannot be read aloud", "say it in words", found[0])
    yield from _unclosed(said, following)
    if found := _BLANKS.search(words):
        before = words.rfind(" ", 0, found.start()) + 1
        part = (
            "" if "\n" in found[0] or "\t" in found[0] else words[before : found.end()] + _first(words[found.end() :])
        )
        yield said.problem("K757", "there are more blanks than one", "leave one", part)
    if said.field not in _LABELS and not words.rstrip(_AFTER_END).endswith(tuple(_END_MARKS)):
        yield said.problem(
            "K758", "this ends without a mark", "end it with a full stop or a question mark", _last(said)
        )
    if said.field == "title" and words.endswith((".", "\u3002")) and not words.endswith(".."):
        yield said.problem("K760", "this title ends with a full stop", "take it out", _last(said))


def check_english_setting(said: Said) -> Iterator[Problem]:
    """Say what is wrong with how a text is set, by the habits of English."""
    words = said.words
    yield from _doubled(said)
    if found := _BLANK_BEFORE.search(words):
        before = words.rfind(" ", 0, found.start()) + 1
        yield said.problem(
            "K757", f"there is a blank before '{found[0][-1]}'", "take it out", words[before : found.end()]
        )
    if said.field not in _LABELS | {"told", "note"} and words[:1].isalpha() and words[:1].islower():
        yield said.problem(
            "K759", "this begins with a small letter", "begin it with a capital", words.partition(" ")[0]
        )


def _doubled(said: Said) -> Iterator[Problem]:
    plain = plain_words(said.words)
    if any(one == two and one in _ONCE for one, two in pairwise(plain)):
        for one, two in pairwise(words_in(said.words)):
            if one.word == two.word and one.word in _ONCE and said.words[one.end : two.start].isspace():
                part = said.words[one.start : two.end]
                yield said.problem("K751", f"'{one.word}' stands twice", "leave it out once", part)
                return


def _first(words: str) -> str:
    return words.partition(" ")[0].partition("\n")[0]


def _last(said: Said) -> str:
    words = said.words.rstrip()
    return said.part(max(words.rfind(" "), words.rfind("\n")) + 1, len(words))


def _shouting(said: Said) -> Iterator[Problem]:
    if found := _SHOUTED.search(said.words):
        yield said.problem("K750", f"'{found[0]}' is shouting", "one mark is enough", found[0])
    elif not said.told:
        yield from _capitals(said)


def _capitals(said: Said) -> Iterator[Problem]:
    for found in _CAPITALS.finditer(said.words):
        loud = [word for word in found[0].replace(",", " ").split() if word not in _SPELT]
        if len(loud) > 1 or (loud and len(loud[0]) > len("ABC")):
            yield said.problem("K750", f"'{found[0]}' is shouting", "write it small; *word* gives it weight", found[0])
            return


def _unclosed(said: Said, following: str) -> Iterator[Problem]:
    words = said.words
    straight = words.count('"') % 2 and not following.startswith('"')
    opened = [one for one, two in _PAIRS if words.count(one) != words.count(two) and not following.startswith(one)]
    if straight or opened:
        mark = '"' if straight else opened[0]
        yield said.problem("K755", f"what '{mark}' opens is never closed", "close it, or take it out")
    if "*" in words and sum(len(stars) for stars in _STRONG.findall(words)) % 2:
        yield said.problem("K756", "an asterisk has no partner", "emphasis is *word* or **word**; both ends have it")
