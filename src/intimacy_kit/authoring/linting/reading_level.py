"""How easily a text is read: a twelve-year-old should follow it at first hearing."""

import re
from collections.abc import Iterator, Sequence

from intimacy_kit.authoring.linting.reading import Said, count, plain_words, sentences
from intimacy_kit.problems import Problem

__all__ = ["HIGHEST_GRADE", "check_level", "check_sentences", "grade", "syllables"]

#: An activity of fewer words cannot be judged, and no part of it of fewer than the second number.
_LEAST_WORDS, _LEAST_OF_PART = 60, 20
#: The longest stretch of words without a full stop, a colon or a semicolon.
_LONGEST_STRETCH = 40
#: The highest school grade; twelve-year-olds sit in the sixth and seventh.
HIGHEST_GRADE = 7.5

_VOWELS = re.compile(r"[aeiouy\u00e0-\u00ff]+")
_SILENT_END = re.compile(r"(?:[^aeiouyl]e|[^aeiouylscgzxh]es|[^aeiouytd]ed|[aeiouy]le)$")
_STOP = re.compile(r"[;:](?=\s)")


def syllables(word: str) -> int:
    """Guess how many syllables an English word has: its groups of vowels, without a silent *e* at its end.

    >>> [syllables(word) for word in ("tea", "table", "stopped", "kitchen", "the", "wanted")]
    [1, 2, 1, 2, 1, 2]
    """
    groups = len(_VOWELS.findall(word))
    return max(1, groups - 1 if _SILENT_END.search(word) else groups)


def grade(text: str) -> float:
    """Return the school grade in which a text can be read, after the formula of Flesch and Kincaid.

    The formula is that of Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75 of the Naval
    Technical Training Command, Millington: 0.39 x words per sentence + 11.8 x syllables per word - 15.59. It knows
    lengths only, so whole activities are judged by it, and kindly.

    >>> round(grade("The bus was late. We sat on the wall and ate the last pear."), 1)
    -1.1
    """
    words = plain_words(text)
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / max(1, len(sentences(text))) + 11.8 * spoken / len(words) - 15.59


def check_level(texts: Sequence[Said]) -> Iterator[Problem]:
    """Say whether the texts of one activity, written in English, are hard to read; where they are hardest."""
    read = [said for said in texts if said.field != "note"]
    whole = "\n".join(said.words for said in read)
    if count(whole) < _LEAST_WORDS or (found := grade(whole)) <= HIGHEST_GRADE:
        return
    longer = [said for said in read if count(said.words) >= _LEAST_OF_PART] or read
    hardest = max(longer, key=lambda said: grade(said.words))
    hint = "use shorter words and shorter sentences, here first: a twelve-year-old should follow it at first hearing"
    yield hardest.problem("K765", f"this is written for school grade {found:.0f}", hint)


def check_sentences(said: Said) -> Iterator[Problem]:
    """Say which sentence is too long to be read aloud; for languages that write blanks."""
    if said.field == "note" or len(said.words) < 2 * _LONGEST_STRETCH:
        return
    for sentence in sentences(said.words):
        words = max(count(stretch) for stretch in _STOP.split(sentence))
        if words > _LONGEST_STRETCH:
            hint = "make two of it, or part it with a semicolon where a reader can breathe"
            yield said.problem("K766", f"{words} words without a stop", hint, sentence.strip())
