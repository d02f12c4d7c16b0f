"""No gate asks for more than there is (K503), or for what only another pack has (K508)."""

from collections.abc import Container, Iterable, Iterator
from functools import cache

from attrs import frozen

from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped, listed
from intimacy_kit.authoring.proofs.rules import Label
from intimacy_kit.authoring.proofs.systems import System, labels_of
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, Done, Gate

__all__ = ["asking_too_much", "done_elsewhere", "parts_of"]


def parts_of(gate: Gate | None, pointer: str = "/requires") -> Iterator[tuple[str, Gate]]:
    """Give a gate and all its parts, outermost first, each with its pointer in the activity.

    >>> [pointer for pointer, _ in parts_of(AnyOf([Done("a/b"), AtLeast(1, [Done("a/c")])]))]
    ['/requires', '/requires/any/0', '/requires/any/1', '/requires/any/1/at_least/of/0']
    """
    if gate is None:
        return
    yield pointer, gate
    match gate:
        case AllOf(of):
            below = "all"
        case AnyOf(of):
            below = "any"
        case AtLeast(of=of):
            below = "at_least/of"
        case _:
            return
    for place, part in enumerate(of):
        yield from parts_of(part, f"{pointer}/{below}/{place}")


class _Stock:
    """How much of each label there is that anybody can be permitted, in the packs of each language."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.of = cache(self._of)
        self._having: dict[Label, set[int]] = {}
        for number, activity in enumerate(system.activities):
            for label in labels_of(activity) if system.kin[number] is not None else ():
                self._having.setdefault(label, set()).add(number)

    def _of(self, label: Label, language: str) -> frozenset[int]:
        """Return the activities of a label, of the packs that have a language."""
        packs = {number for number, pack in enumerate(self.system.packs) if language in pack.languages}
        journey = self.system.journeys.get(str(label[1])) if label[0] == "journey" else None
        having = self._having.get(label, set()) if journey is None else self.system.on(journey.offers)
        return frozenset(number for number in having if self.system.places[number][0] in packs)


@frozen
class _TooMuch:
    """What a gate asks for and does not get."""

    n: int
    there: int
    #: What is counted; None where it is the parts of a list.
    label: Label | None = None
    #: Whether it would count itself, if it could come before itself.
    besides: bool = False
    #: The languages in which there is too little; none where it is so in every one.
    languages: tuple[str, ...] = ()


def asking_too_much(system: System, closed: Container[int]) -> Iterator[Finding]:
    """Say which gates ask for more than there is; it is why those that are *closed* never open."""
    words, stock = Words(system), _Stock(system)
    found: list[tuple[_TooMuch, tuple[int, str]]] = []
    for number, pointer, part in _parts(system):
        too_much = _too_much(part, number, stock)
        if too_much:
            found.append((too_much, (number, pointer)))
    for cause, places in grouped(found):
        pointers = dict(reversed(places))  # the first of several in one gate
        numbers = sorted(pointers)
        said, hint = _said(cause, numbers, words)
        about = [(system.activities[number].id, system.where(number, pointers[number])) for number in numbers]
        yield Finding("K503", about, said, hint, explains=_explains(numbers, closed))


def _explains(numbers: Iterable[int], closed: Container[int]) -> str:
    """Return the code that is not told besides, of those of some activities that never open."""
    return "K501" if any(number in closed for number in numbers) else ""


def _parts(system: System) -> Iterator[tuple[int, str, Gate]]:
    """Give all parts of the gates of what anybody can be permitted: number, pointer, part."""
    for number, activity in enumerate(system.activities):
        if system.kin[number] is not None:
            yield from ((number, pointer, part) for pointer, part in parts_of(activity.requires))


def _too_much(part: Gate, number: int, stock: _Stock) -> _TooMuch | None:
    """Return what a part of a gate asks for and does not get; None where there is enough."""
    match part:
        case AtLeast(n, of) if n > len(of):
            return _TooMuch(n, len(of))
        case Count(by, value, n) if by != "journey" or value in stock.system.journeys:
            languages = stock.system.packs[stock.system.places[number][0]].languages
            stocks = {tag: stock.of((by, value), tag) for tag in languages}
            there = {tag: len(numbers) - (number in numbers) for tag, numbers in stocks.items()}
            lacking = tuple(tag for tag, some in there.items() if some < n)
            if lacking:
                besides = any(number in numbers for numbers in stocks.values())
                everywhere = len(lacking) == len(there)
                return _TooMuch(n, min(there.values()), (by, value), besides, () if everywhere else lacking)
    return None


def _said(cause: _TooMuch, numbers: list[int], words: Words) -> tuple[str, str]:
    """Return what is said about asking for too much, and what to do."""
    asking = words.those(numbers, "asks", "ask")
    if cause.label is None:
        said = f"{asking} for {cause.n} of a list of {cause.there}{words.also(numbers)}"
        return said, f"ask for {cause.there} or fewer"
    label = words.label(cause.label)
    others = f"apart from {words.names(numbers) if len(numbers) == 1 else 'each of them'} " if cause.besides else ""
    tongue = f" in {listed([repr(tag) for tag in cause.languages])}" if cause.languages else ""
    said = f"{asking} for {cause.n} {label} first, and {others}{words.have} {cause.there or 'none'}{tongue}"
    return said + words.also(numbers), _instead(cause, label)


def _instead(cause: _TooMuch, label: str) -> str:
    """Return what to do about asking for more of a label than there is."""
    fewer = f"{cause.there} or fewer" if cause.there > 1 else cause.there or "something else"
    return f"ask for {fewer}, or write {cause.n - cause.there}{' more' if cause.there else ''} {label}"


def done_elsewhere(system: System, closed: Container[int]) -> Iterator[Finding]:
    """Say what asks for something of another pack to be done, where one pack was given.

    For people without that pack, those that are *closed* never open.
    """
    words = Words(system)
    found: list[tuple[str, tuple[int, str]]] = []
    for number, pointer, part in _parts(system):
        if isinstance(part, Done) and system.is_elsewhere(part.id):
            found.append((part.id.partition("/")[0], (number, pointer)))
    for pack, places in grouped(found):
        pointers = dict(reversed(places))
        numbers = sorted(pointers)
        leaning = words.those(numbers, "leans", "lean")
        said = f"{leaning} on the pack '{pack}', which not everybody has{words.also(numbers)}"
        about = [(system.activities[number].id, system.where(number, pointers[number])) for number in numbers]
        hint = "ask for 'resolved', which holds without it, or for what this pack has"
        yield Finding("K508", about, said, hint, explains=_explains(numbers, closed))
