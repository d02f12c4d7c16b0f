"""What the address of a page asks for: a language, a place in an activity, and what the list is narrowed down to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from attrs import field, fields, frozen

from intimacy_kit.authoring.preview.reading import Piece
from intimacy_kit.content.vocabulary import DEPTHS, KINDS, SKILLS

__all__ = ["Asked", "Filter"]


#: No day has minutes, and no exercise steps, with more digits.
_MOST_DIGITS = 4


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS else 0


def _one_of(given: str, known: Sequence[str]) -> str:
    return given if given in known else ""


@frozen
class Filter:
    """What is looked for; nothing looks for everything.

    >>> looked_for = Filter.of({"kind": "prompt", "minutes": "x", "skill": "juggling"})
    >>> looked_for, looked_for.query
    (Filter(q='', kind='prompt', skill='', depth=0, topic='', minutes=0, problems=False), {'kind': 'prompt'})
    """

    #: Words that all stand in it.
    q: str = ""
    kind: str = ""
    skill: str = ""
    depth: int = 0
    topic: str = ""
    #: How many minutes there are at most.
    minutes: int = 0
    #: Whether only that is shown which has problems.
    problems: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Return what the query of an address looks for; what is not known there is left out."""
        depth = _number(query.get("depth", ""))
        return cls(
            q=query.get("q", "").strip(),
            kind=_one_of(query.get("kind", ""), KINDS),
            skill=_one_of(query.get("skill", ""), SKILLS),
            depth=depth if depth in DEPTHS else 0,
            topic=query.get("topic", ""),
            minutes=_number(query.get("minutes", "")),
            problems=bool(query.get("problems")),
        )

    @property
    def query(self) -> dict[str, str]:
        """The query that looks for it, without what it leaves open."""
        values = ((one.name, getattr(self, one.name)) for one in fields(type(self)))
        return {name: "1" if value is True else str(value) for name, value in values if value}

    def fits(self, piece: Piece, problems: int) -> bool:
        """Tell whether an activity with so many problems is what is looked for."""
        return all(self._reasons(piece, problems))

    def _reasons(self, piece: Piece, problems: int) -> Iterator[bool]:
        yield not self.kind or piece.kind == self.kind
        yield not self.skill or self.skill in piece.listed("skills")
        yield not self.depth or piece.document.get("depth") == self.depth
        yield not self.topic or self.topic in piece.listed("topics")
        minutes = piece.document.get("minutes")
        yield not self.minutes or (isinstance(minutes, int) and minutes <= self.minutes)
        yield not self.problems or problems > 0
        if self.q:
            said = " ".join(_words(piece)).casefold()
            yield all(word in said for word in self.q.casefold().split())


@frozen
class Asked:
    """What an address asks for beside its path."""

    query: Mapping[str, str] = field(factory=dict)

    @property
    def filter(self) -> Filter:
        """What the list is narrowed down to."""
        return Filter.of(self.query)

    def language(self, there: Sequence[str]) -> str:
        """Return the language that is wanted if it is there, else the first one, the pack was written in."""
        return _one_of(self.query.get("lang", ""), there) or there[0]

    @property
    def step(self) -> int:
        """The step of an exercise, counted from 1; 0 before it begins."""
        return _number(self.query.get("step", ""))

    @property
    def is_stopped(self) -> bool:
        """Whether an exercise was left there."""
        return "stop" in self.query

    @property
    def way(self) -> tuple[str, ...]:
        """The scenes that were chosen in a story."""
        return tuple(part for part in self.query.get("way", "").split(",") if part)


def _words(piece: Piece) -> Iterator[str]:
    """Give all words of a piece, and what its title is in other languages."""
    yield piece.key
    yield from _strings(piece.document)
    if piece.value is not None:
        yield from (words for _, words in piece.value.title.others)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _strings(part)
        case list():
            for part in value:
                yield from _strings(part)
