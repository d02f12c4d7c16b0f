"""Words of a pack on their way to a page: emphasis and marked words as elements, everything else as it is."""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from markupsafe import Markup, escape

from intimacy_kit.content.text import Text

__all__ = ["Said", "marked", "paragraphs", "right_to_left", "said"]

_EMPHASIS = re.compile(r"\*\*(?=\S)(?P<strong>[^*]+)(?<=\S)\*\*|\*(?=\S)(?P<em>[^*]+)(?<=\S)\*")
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"})
_SCRIPT = 4

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
    there = dict(text.others) | {text.language: text.words}
    parts = wanted.split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return Said(text.in_language(wanted), next((tag for tag in tags if tag in there), text.language))


def right_to_left(tag: str) -> bool:
    """Tell whether a language is written from right to left.

    >>> right_to_left("ar-EG"), right_to_left("az-Arab"), right_to_left("de"), right_to_left("ar-Latn")
    (True, True, False, False)
    """
    language, *more = tag.lower().split("-")
    scripts = [part for part in more if len(part) == _SCRIPT and part.isalpha()]
    return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else language in _RIGHT_TO_LEFT


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
