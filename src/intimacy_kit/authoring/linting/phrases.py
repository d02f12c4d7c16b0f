"""Finding listed words and phrases in a text."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

from attrs import frozen

from intimacy_kit.authoring.linting.reading import Said, Word, plain_words, unquoted, words_in
from intimacy_kit.problems import Problem

__all__ = ["Listed", "Phrases", "spelled_out"]

#: So many words before a phrase are looked at for one that turns it round.
_BEFORE = 4
#: What may stand between the words of a phrase.
_BETWEEN = frozenset(" -\n\u2011")
_TURNED_ROUND = frozenset(
    {
        "no",
        "not",
        "never",
        "nobody",
        "none",
        "nothing",
        "without",
        "neither",
        "nor",
        "cannot",
        "isn't",
        "don't",
        "doesn't",
    }
    | {"can't", "won't", "needn't", "mustn't", "no-one", "nor", "instead", "aren't", "wasn't", "didn't", "stop"}
)


@frozen
class Listed:
    """One list of words and phrases that have no place in some texts."""

    code: str
    #: What is wrong; ``{found}`` stands for the words that were found.
    message: str
    #: What to do; ``{instead}`` stands for what the list gives for that phrase.
    hint: str
    #: Pairs of a phrase and what to write instead; ``hold/holds space`` is two phrases.
    phrases: tuple[tuple[str, str], ...]
    #: Which texts it is for.
    where: Callable[[Said], bool]
    #: Whether words such as *not* and *nobody* shortly before the phrase make it right.
    may_be_turned_round: bool = False


@frozen
class _Known:
    words: tuple[str, ...]
    instead: str
    listed: Listed


def spelled_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """Give every way to read a phrase in which some words have alternatives.

    >>> list(spelled_out("hold/holds space"))
    [('hold', 'space'), ('holds', 'space')]
    """
    return product(*(word.split("/") for word in phrase.split()))


class Phrases:
    """Some lists, made ready for looking through many texts: by the first two words of each phrase."""

    def __init__(self, lists: Iterable[Listed]) -> None:
        self._by_start: dict[tuple[str, str], list[_Known]] = {}
        for listed in lists:
            for phrase, instead in listed.phrases:
                for words in spelled_out(phrase):
                    start = (words[0], words[1] if len(words) > 1 else "")
                    self._by_start.setdefault(start, []).append(_Known(words, instead, listed))

    def problems(self, said: Said) -> Iterator[Problem]:
        """Give a problem for each list that a text has a phrase of: about the first it has."""
        plain = plain_words(said.words)
        starts = {*pairwise(plain), *((word, "") for word in plain)}
        if self._by_start.keys().isdisjoint(starts):
            return
        words = words_in(said.words)
        bare = unquoted(said.words) if said.told else said.words
        seen: set[str] = set()
        for index, known in self._candidates(words):
            listed = known.listed
            if listed.code in seen or not _stands(known, words, index, bare) or not listed.where(said):
                continue
            if not (listed.may_be_turned_round and _turned_round(words, index)):
                seen.add(listed.code)
                start, end = words[index].start, words[index + len(known.words) - 1].end
                message = listed.message.format(found=said.words[start:end])
                hint = listed.hint.format(instead=known.instead)
                yield said.problem(listed.code, message, hint, said.part(start, end))

    def _candidates(self, words: list[Word]) -> Iterator[tuple[int, _Known]]:
        for index, word in enumerate(words):
            following = words[index + 1].word if index + 1 < len(words) else ""
            for start in ((word.word, following), (word.word, "")):  # the longer one first
                yield from ((index, known) for known in self._by_start.get(start, ()))


def _stands(known: _Known, words: list[Word], index: int, bare: str) -> bool:
    """Tell whether a phrase stands at a word, with nothing but a blank or a hyphen between its words."""
    there = words[index : index + len(known.words)]
    if tuple(word.word for word in there) != known.words or bare[there[0].start].isspace():
        return False
    return all(set(bare[one.end : two.start]) <= _BETWEEN for one, two in pairwise(there))


def _turned_round(words: list[Word], index: int) -> bool:
    return any(word.word in _TURNED_ROUND for word in words[max(0, index - _BEFORE) : index])
