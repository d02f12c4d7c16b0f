"""Words on their way to a terminal: made safe, wrapped for reading, with emphasis."""

import re

from rich.text import Text as RichText

from intimacy_kit.content.text import Text

__all__ = ["paragraphs", "plain", "safe", "styled", "unmarked"]

_JOINERS = "\u200c\u200d"
_MARKS = re.compile(r"\*\*(?=\S)(?P<strong>[^*]+)(?<=\S)\*\*|\*(?=\S)(?P<emphasis>[^*]+)(?<=\S)\*")


def safe(words: object) -> str:
    r"""Return words that a terminal can only show: whatever would steer it is spelled out.

    >>> safe("red\x1b[31m"), safe("tea\n")
    ('red\\x1b[31m', 'tea\n')
    """
    return "".join(
        char
        if char.isprintable() or char == "\n" or char in _JOINERS
        else char.encode("unicode_escape").decode("ascii")
        for char in str(words)
    )


def styled(words: Text | str, style: str = "") -> RichText:
    """Return words with their emphasis, for rich; nothing in them is read as markup of rich."""
    text = safe(words)
    result = RichText(style=style)
    end = 0
    for mark in _MARKS.finditer(text):
        result.append(text[end : mark.start()])
        result.append(mark["strong"] or mark["emphasis"], "bold" if mark["strong"] else "italic")
        end = mark.end()
    result.append(text[end:])
    return result


def plain(words: object, style: str = "") -> RichText:
    """Return words for rich as they are: a name, a line of a source, where a star is a star."""
    return RichText(safe(words), style)


def unmarked(words: Text | str) -> str:
    """Return words without the marks of their emphasis, to be put inside other words.

    >>> unmarked("so *that* is it")
    'so that is it'
    """
    return _MARKS.sub(lambda mark: mark["strong"] or mark["emphasis"], str(words))


def paragraphs(words: Text | str) -> list[RichText]:
    """Return the paragraphs of a text, each for rich."""
    return [styled(part) for part in str(words).split("\n\n")]
