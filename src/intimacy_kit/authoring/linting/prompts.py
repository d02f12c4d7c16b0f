"""One prompt: one question in one breath, that two people can answer differently."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from intimacy_kit.authoring.linting.askings import HELPERS, IN_FOLLOW_UPS, IN_PROMPTS, QUESTION_WORDS, WHOM, Asking
from intimacy_kit.authoring.linting.reading import Said, count, plain_words, sentences, unquoted
from intimacy_kit.content.activities import Prompt
from intimacy_kit.problems import Problem

__all__ = ["VAGUE", "asks", "check_lengths", "check_prompt", "check_shape", "vague_words"]

#: The most words of a prompt, a follow-up and a landing.
_LONGEST = {"text": 25, "deeper": 12, "lighter": 12, "repair": 12, "after": 20}
_LENGTH_CODES = {"text": "K704", "deeper": "K717", "lighter": "K717", "repair": "K717", "after": "K718"}
_LENGTH_HINTS = {
    "K704": "one breath is 25 at most; keep the detail that only this one has",
    "K717": "a curious friend needs 12 at most",
    "K718": "one line for the listener, 20 at most",
}

#: Words that fit everything; one of them in a prompt is enough.
VAGUE = frozenset({"someone", "something", "small", "moment"})

_MARKS = "?\u061f\uff1f\u037e"
_JOINED = re.compile(rf",? and (?:how|what|who|when|where|which) (?:{HELPERS}) (?:{WHOM}|my)\b[^,]*\?")
_BARE_MARK = re.compile(r"\?+")
_YES_NO = re.compile(rf"(?:^|[.:;,\u2014] )(?:and |so |but )?((?:{HELPERS}) (?:{WHOM})\b)")
_QUESTION_WORD = re.compile(rf"\b(?:{QUESTION_WORDS})\b")
_SUBORDINATE = re.compile(rf"^when (?!(?:{HELPERS})\b)")
_CHOOSES = re.compile(r"\b(?:or|which|choose|pick|either|neither|between)\b")
_OFFERS = re.compile(r"\b(?:or|choose|pick|between|rather|which of|which one)\b")
_GUESSES = re.compile(r"\b(?:guess|guesses|guessing|bet|imagine)\b")
_OPEN_END = re.compile(r"\.\.\.|\u2026|_{2,}")
_LEFT_OPEN = re.compile(r"\.\.\.|\u2026|_{2,}|\bsentence\b|\bfinish\b")
_PLAIN = re.compile(rf"^(?:{QUESTION_WORDS})\b")


def asks(text: str) -> bool:
    """Tell whether a text ends in a question mark.

    >>> asks('Do you say "both"?'), asks("Show it.")
    (True, False)
    """
    return text.rstrip("\"')*\u201d\u00bb ").endswith(tuple(_MARKS))


def check_lengths(said: Said) -> Iterator[Problem]:
    """Say which part of a prompt is too long to be said in one breath; for languages that write blanks."""
    if isinstance(said.activity, Prompt) and (most := _LONGEST.get(said.field)) and (words := count(said.words)) > most:
        code = _LENGTH_CODES[said.field]
        yield said.problem(code, f"this has {words} words", _LENGTH_HINTS[code])


def check_shape(said: Said, *, english: bool) -> Iterator[Problem]:
    """Say where the words of a prompt are not of the shape that it says."""
    shape = said.activity.shape if isinstance(said.activity, Prompt) and said.asked else None
    low, fits, wanted = said.words.lower(), True, ""
    if shape == "question":
        fits, wanted = asks(said.words), "end it in a question mark, or write 'shape: task'"
    elif shape == "finish" and english:
        fits, wanted = _LEFT_OPEN.search(low) is not None, "leave the end open with ..."
    elif shape == "pick" and english:
        fits, wanted = _OFFERS.search(low) is not None, "name what there is to choose between, with 'or'"
    elif shape == "guess" and english:
        fits, wanted = _GUESSES.search(low) is not None, "begin it with 'Guess', and let the other one put it right"
    elif shape == "task" and english:
        plain = asks(said.words) and _PLAIN.search(low) is not None
        fits, wanted = not plain, "write 'shape: question', or say what is done on the spot"
    if not fits:
        yield said.problem("K714", f"these words are no '{shape}'", wanted)


def check_prompt(said: Said) -> Iterator[Problem]:
    """Say what is wrong with the words of a prompt or of its follow-ups, written in English."""
    if said.asked:
        low = _low(said.words)
        found = list(_asked(said, low, IN_PROMPTS))
        yield from found
        yield from _one_question(said, low)
        if not {"K706", "K707", "K708"} & {problem.code for problem in found}:
            yield from _yes_or_no(said, low)
        yield from _vague(said)
    elif said.field in {"deeper", "lighter", "repair"}:
        yield from _asked(said, _low(said.words), IN_FOLLOW_UPS)


def _low(text: str) -> str:
    return unquoted(text).lower().replace("\u2019", "'")


def _asked(said: Said, low: str, askings: Iterable[Asking]) -> Iterator[Problem]:
    for asking in askings:
        if any(needle in low for needle in asking.needles) and (found := asking.pattern.search(low)):
            if asking.code == "K712" and _OPEN_END.search(low):
                continue  # a sentence to finish is spoken by whoever finishes it
            yield said.problem(asking.code, asking.message, asking.hint, _part(said, *found.span(), "?"))


def _part(said: Said, start: int, end: int, marks: str = "") -> str:
    """Return the words between two places, without the marks and blanks around them."""
    marks += " ,.:;-\u2014"
    words = said.words[start:end]
    return said.part(start + len(words) - len(words.lstrip(marks)), end - len(words) + len(words.rstrip(marks)))


def _one_question(said: Said, low: str) -> Iterator[Problem]:
    marks = [found.end() for found in _BARE_MARK.finditer(low)]
    hint = "keep one; the other can be a follow-up"
    if len(marks) > 1:
        number = {2: "two", 3: "three", 4: "four"}.get(len(marks), str(len(marks)))
        yield said.problem("K701", f"this asks {number} questions", hint, _part(said, marks[-2], marks[-1]))
    elif found := _JOINED.search(low):
        yield said.problem("K701", "this asks two questions", hint, _part(said, *found.span()))
    elif len(parts := sentences(unquoted(said.words))) > 1:
        hint = "join them with a comma or a colon, or leave one out"
        yield said.problem("K703", "this is more than one sentence", hint, said.words[-len(parts[-1]) :])


def _yes_or_no(said: Said, low: str) -> Iterator[Problem]:
    if not asks(low) or _CHOOSES.search(low):
        return
    for found in _YES_NO.finditer(low):
        if not _QUESTION_WORD.search(_SUBORDINATE.sub("", low[: found.start()])):
            hint = "begin with what, which, when or where, so that there is something to tell"
            yield said.problem("K705", "this can be answered with yes or no", hint, _part(said, *found.span(1)))
            return


def vague_words(text: str) -> list[str]:
    """Return the words of a text that would fit every other prompt as well.

    >>> vague_words("Which small thing did someone say this week?")
    ['small', 'someone', 'this week']
    """
    words = plain_words(text)
    pairs = [f"{one} {two}" for one, two in zip_longest(words, words[1:], fillvalue="")]
    return [
        word if word in VAGUE else pair
        for word, pair in zip(words, pairs, strict=True)
        if word in VAGUE or pair == "this week"
    ]


def _vague(said: Said) -> Iterator[Problem]:
    if len(vague := vague_words(said.words)) > 1:
        listed = "', '".join(vague)
        hint = "keep one at most, and write a detail that only this prompt has"
        yield said.problem("K713", f"'{listed}' would fit every prompt", hint)
