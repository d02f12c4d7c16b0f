"""Words of a pack on their way to a page: emphasis and marked words as elements, everything else as it is."""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from markupsafe import Markup, escape

from intimacy_kit.content.text import Text

__all__ = ["Said", "marked", "paragraphs", "said"]

_EMPHASIS = re.compile(r"\*\*(?=\S)(?P<strong>[^*]+)(?<=\S)\*\*|\*(?=\S)(?P<em>[^*]+)(?<=\S)\*")
_BREAK = re.compile(r"\n[ \t]*\n\s*")

Span = tuple[int, int]


@frozen
class Said:
    """Words in one language."""

    words: str
    #: The tag of the language they are in.
    language: str


def said(text: Text | str, wanted: str) -> Said:
    """Return a text in the language that is wanted, or as it was written.

    >>> said(Text("Tea", "en", {"es": "Té"}), "es-MX")
    Said(words='Té', language='es')
    """
    if isinstance(text, str):
        return Said(text, "")
    return Said(text.in_language(wanted), text.language_for(wanted))


def paragraphs(words: str, wrong: Iterable[str] = ()) -> tuple[Markup, ...]:
    """Return the paragraphs of words, as HTML; what is *wrong* in them is marked where it stands first.

    >>> paragraphs("so *that* is <it>", ["that is"])[0]
    Markup('so <em>that</em> is &lt;it&gt;')
    >>> paragraphs("so that is it", ["that is"])[0]
    Markup('so <mark>that is</mark> it')
    """
    spans = [(at, at + len(part)) for part in wrong if part and (at := words.find(part)) >= 0]
    return tuple(Markup("").join(_emphasised(words, span, spans)) for span in _split(words))


def marked(line: str, spans: Sequence[Span]) -> Markup:
    """Return a line of a source as it is, with some of it marked."""
    return Markup("").join(_cut(line, (0, len(line)), spans))


def _split(words: str) -> Iterator[Span]:
    begin = 0
    for gap in _BREAK.finditer(words):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, len(words)


def _emphasised(words: str, span: Span, wrong: Sequence[Span]) -> Iterator[Markup]:
    begin, end = span
    for mark in _EMPHASIS.finditer(words, begin, end):
        name = str(mark.lastgroup)
        yield from _cut(words, (begin, mark.start()), wrong)
        inside = Markup("").join(_cut(words, mark.span(name), wrong))
        yield Markup("<{0}>{1}</{0}>").format(name, inside)
        begin = mark.end()
    yield from _cut(words, (begin, end), wrong)


def _cut(words: str, span: Span, wrong: Sequence[Span]) -> Iterator[Markup]:
    """Give a part of the words, what is wrong in it marked."""
    begin, end = span
    edges = {begin, end, *(edge for one in wrong for edge in one if begin < edge < end)}
    for first, last in zip(sorted(edges), sorted(edges)[1:], strict=False):
        inside = escape(words[first:last])
        is_wrong = any(start <= first and last <= stop for start, stop in wrong)
        yield Markup("<mark>{}</mark>").format(inside) if is_wrong else inside
