"""How far the translations of a pack have come, language by language."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from intimacy_kit.authoring.languages.matching import Match, State, match, po_files, po_of
from intimacy_kit.authoring.languages.po_files import PoFile
from intimacy_kit.authoring.languages.tags import wrong_with_tag
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem

__all__ = ["Status", "status"]


@frozen
class Status:
    """How far one translation has come; what is retired is not counted."""

    #: The tag of the language.
    language: str
    #: Whether the manifest lists it.
    shipped: bool
    #: How many texts the pack has.
    texts: int
    #: How many of them have words that fit.
    translated: int
    #: How many have no words.
    missing: int
    #: How many have words that somebody has to look at: the original has changed, or nobody is sure.
    stale: int
    #: How many words of the originals are still to be done.
    words_left: int
    #: How many safety texts the pack has, and how many of them have words that fit.
    safety: int
    safe: int
    #: What is wrong with the file itself; then the figures say little.
    problems: tuple[Problem, ...] = ()

    @property
    def percent(self) -> int:
        """How much is translated, of a hundred; a hundred only where all is."""
        return 100 * self.translated // self.texts


def status(root: Path, pack: Pack) -> Iterator[Status]:
    """Give how far each language has come: those the pack ships first, then work in progress."""
    begun = [language for language in po_files(root) if not wrong_with_tag(language) and language != pack.languages[0]]
    for language in dict.fromkeys([*pack.languages[1:], *begun]):
        yield _of(language, pack, po_of(root, language))


def _of(language: str, pack: Pack, po: PoFile) -> Status:
    asked = [one for one in match(pack, po) if one.asked]
    states = Counter(one.state for one in asked)
    left = [one for one in asked if one.state != State.DONE]
    safety = [one for one in asked if one.safety]
    return Status(
        language=language,
        shipped=language in pack.languages,
        texts=len(asked),
        translated=states[State.DONE],
        missing=states[State.MISSING] + states[State.ABSENT],
        stale=states[State.CHANGED] + states[State.UNSURE],
        words_left=sum(map(_length, left)),
        safety=len(safety),
        safe=sum(one.state == State.DONE for one in safety),
        problems=po.problems,
    )


def _length(one: Match) -> int:
    return len(one.said.text.words.split())
