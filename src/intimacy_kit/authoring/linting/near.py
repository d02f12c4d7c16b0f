"""Prompts that say nearly the same as another one, in this pack or in a pack beside it.

Two prompts are compared only if they share two of their rarest words: comparing each with each would take a minute for
ten thousand of them. A word that stands in very many prompts says nothing about any of them, so it leads to the first
few only; with that, the time grows with the number of prompts and not with its square.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from rapidfuzz import fuzz

from intimacy_kit.authoring.linting.reading import plain_words
from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem, Where

__all__ = ["check_near"]

#: From this on two prompts are nearly the same (0 to 100); measured on prompts of ours, and on pairs made for it.
_NEAR = {"en": 88.0}
#: For languages whose small words we do not know, most of a short question is small words.
_NEAR_ELSEWHERE = 93.0
_RAREST = 6
_MOST_BEHIND_A_WORD = 64
_SHARED = 2
#: The shorter one has at least this part of the words of the longer one.
_AS_LONG = 0.5

#: English words that stand in every second question, and so make no two alike.
_SMALL = """
a an the and or of to in on at it is are was were be been for with you your do does did have has had what which who
when where how that this by from as so if then they them their there not no can could would will should one
"""
_SMALL_WORDS = frozenset(_SMALL.split())


@frozen
class _Read:
    """A prompt as it is compared: the words that matter, in order, and the rarest of them."""

    id: str
    words: str
    matter: frozenset[str]


class _Index:
    """The prompts that were seen, by their rarest words."""

    def __init__(self, often: Counter[str], near: float) -> None:
        self._often, self._near = often, near
        self._same: dict[str, _Read] = {}
        self._by_word: dict[str, list[_Read]] = {}

    def first_like(self, read: _Read) -> _Read | None:
        """Return a prompt seen before that says nearly the same; remember this one."""
        rarest = sorted(read.matter, key=lambda word: (self._often[word], word))[:_RAREST]
        found = self._same.get(read.words) or self._similar(read, rarest)
        self._same.setdefault(read.words, read)
        for word in rarest:
            behind = self._by_word.setdefault(word, [])
            if len(behind) < _MOST_BEHIND_A_WORD:
                behind.append(read)
        return found

    def _similar(self, read: _Read, rarest: Sequence[str]) -> _Read | None:
        shared = Counter(id(other) for word in rarest for other in self._by_word.get(word, ()))
        for word in rarest:
            for other in self._by_word.get(word, ()):
                if shared.pop(id(other), 0) >= _SHARED and self._alike(read, other):
                    return other
        return None

    def _alike(self, one: _Read, two: _Read) -> bool:
        lengths = sorted((len(one.matter), len(two.matter)))
        return lengths[0] >= _AS_LONG * lengths[1] and fuzz.token_set_ratio(one.words, two.words) >= self._near


def check_near(pack: Pack, beside: Iterable[Pack] = ()) -> Iterator[Problem]:
    """Say which prompts of a pack say nearly the same as another one."""
    language = pack.languages[0].split("-")[0].lower()
    small = _SMALL_WORDS if language == "en" else frozenset[str]()
    others = [_read(prompt, small) for other in beside if other.name != pack.name for _, prompt in _prompts(other)]
    own = [(index, _read(prompt, small)) for index, prompt in _prompts(pack)]
    often = Counter(word for read in (*others, *(read for _, read in own)) for word in read.matter)
    index = _Index(often, _NEAR.get(language, _NEAR_ELSEWHERE))
    for read in others:
        index.first_like(read)
    for number, read in own:
        if other := index.first_like(read):
            name = other.id.removeprefix(f"{pack.name}/")
            hint = "keep the better one, or ask for something else in one of them"
            said = f"'{name}' asks nearly the same"
            yield Problem(Where(pointer=f"/activities/{number}/text"), "K798", said, hint)


def _prompts(pack: Pack) -> Iterator[tuple[int, Prompt]]:
    for index, activity in enumerate(pack.activities):
        if isinstance(activity, Prompt) and not activity.retired:
            yield index, activity


def _read(prompt: Prompt, small: frozenset[str]) -> _Read:
    words = plain_words(prompt.text.words)
    matter = [word for word in words if word not in small] or words
    return _Read(prompt.id, " ".join(matter), frozenset(matter))
