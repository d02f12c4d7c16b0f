"""Words for people, in one or more languages."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from intimacy_kit.content.checks import is_language_tag, language_tag
from intimacy_kit.content.languages import best_language
from intimacy_kit.errors import InvalidValueError

__all__ = ["Text"]


def _pairs(others: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    pairs = tuple(sorted(others.items() if isinstance(others, Mapping) else others))
    for tag, words in pairs:
        if not is_language_tag(tag) or type(words) is not str or not words.strip():
            raise InvalidValueError("others", "must give words for each language tag, and leave out what has none")
    return pairs


def _filled(_: object, __: object, words: str) -> None:
    if type(words) is not str or not words:
        raise InvalidValueError("text", "must be words, at least one character")


@frozen
class Text:
    """What a pack says in one place, with its translations.

    ``*word*`` is emphasis, ``**word**`` is stronger, and a blank line ends a paragraph; nothing else in it is markup.

    >>> title = Text("Coming back", "en", {"es": "Volver"})
    >>> title.in_language("es-MX", "en")
    'Volver'
    >>> print(title)
    Coming back
    """

    #: The words in the language the pack was written in.
    words: str = field(validator=_filled)
    #: The tag (BCP 47) of that language.
    language: str = field(default="en", validator=language_tag)
    #: The words in other languages, as pairs of tag and words.
    others: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)

    def __str__(self) -> str:
        """Give the words in the language the pack was written in."""
        return self.words

    def in_language(self, *wanted: str) -> str:
        """Give the words in the first wanted language there is, else as they were written.

        A wanted ``de-AT`` is met by ``de-AT``, then by ``de``: the prefix rule of
        :func:`~intimacy_kit.content.languages.best_language`, whatever else is installed.
        """
        if not self.others:
            return self.words
        return {**dict(self.others), self.language: self.words}[self.language_for(*wanted)]

    def language_for(self, *wanted: str) -> str:
        """Give the tag of the language that ``in_language`` gives words in; a page sets ``lang`` and ``dir`` by it.

        >>> Text("Coming back", "en", {"es": "Volver"}).language_for("es-MX")
        'es'
        """
        return best_language(wanted, [self.language, *(tag for tag, _ in self.others)]) or self.language
