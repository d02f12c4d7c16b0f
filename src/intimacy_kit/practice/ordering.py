"""The order in which activities come, walked from its beginning, and only as far as somebody asks.

Never seen before seen once, seen once before seen twice; among those seen equally often, the one seen longest
ago; among those never seen, chance. This key of fairness stands before everything that is not capped, so that
nothing that stays allowed is starved: whatever is first in the order is among the next suggestions, and being
suggested moves it back.

Nothing is sorted: what was seen is kept in order by the progress, and what was not is shuffled as it is walked.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import accumulate

from attrs import frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.timing import AtMost
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.gates import Rule, Situation, rules_of
from intimacy_kit.practice.progress import Deed

__all__ = ["ORDER", "Entry", "Key", "Section", "chance", "earliest", "entries_of", "in_order", "sections_of"]


@frozen
class Key:
    """One key of the order in which activities come."""

    name: str
    #: Whether it decides over at most one of the activities that are suggested together.
    capped: bool = False
    #: Whether it gives every activity that stays allowed its place, sooner or later.
    fair: bool = False


#: By what activities are ordered, the first key first. What is capped may stand before what is fair; nothing else may.
ORDER = (
    Key("landing", capped=True),
    Key("orientation", capped=True),
    Key("journey", capped=True),
    Key("booster", capped=True),
    Key("fewest_seen", fair=True),
    Key("longest_ago", fair=True),
    Key("chance"),
)


@frozen(eq=False)
class Entry:
    """An activity, with what is looked at while walking."""

    activity: Activity
    id: str
    minutes: int
    limit: AtMost | None
    rule: Rule | None
    section: "Section"


@frozen
class Section:
    """The depth and the topics that boundaries are asked about, once for all activities that have both in common."""

    depth: int
    topics: frozenset[str]


def entries_of(catalog: Catalog) -> dict[str, Entry]:
    """Return the entries of a catalog by id, without what is retired."""
    return catalog.once(_entries)


def _entries(catalog: Catalog) -> dict[str, Entry]:
    rules = rules_of(catalog)
    return {
        one.id: Entry(one, one.id, one.minutes, one.repeat.at_most, rules.get(one.id), Section(one.depth, one.topics))
        for one in catalog.values()
        if not one.retired
    }


def sections_of(catalog: Catalog) -> dict[Section, tuple[Entry, ...]]:
    """Return the entries of a catalog by depth and topics, in an order that only depends on what they are."""
    return catalog.once(_sections)


def _sections(catalog: Catalog) -> dict[Section, tuple[Entry, ...]]:
    sections: dict[Section, list[Entry]] = {}
    for _, entry in sorted(entries_of(catalog).items()):
        sections.setdefault(entry.section, []).append(entry)
    ordered = sorted(sections, key=lambda section: (section.depth, sorted(section.topics)))
    return {section: tuple(sections[section]) for section in ordered}


def _renamed(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries_of(catalog).values() if entry.activity.aliases)


def in_order(now: Situation, seed: str) -> Iterator[tuple[Entry, Deed | None]]:
    """Give what everybody allows, each once and with what happened with it, in the order in which it comes.

    Gates, rest times and declines are not asked about here. What was never seen comes with None.
    """
    cover = now.allowed.cover
    within = {
        section: entries
        for section, entries in sections_of(now.catalog).items()
        if cover(section.depth, section.topics)
    }
    merged = {
        entry.id: deed
        for entry in now.catalog.once(_renamed)
        if any(alias in now.progress.deeds for alias in entry.activity.aliases)
        for deed in [now.progress.of(entry.activity)]
        if deed.seen
    }
    yield from _unseen(within, merged, now, seed)
    for entry, deed in _seen(merged, now):
        if entry.section in within:
            yield entry, deed


def _unseen(
    within: dict[Section, tuple[Entry, ...]], merged: dict[str, Deed], now: Situation, seed: str
) -> Iterator[tuple[Entry, None]]:
    """Give what was never seen, shuffled: the same for the same seed and day."""
    deeds = now.progress.deeds
    pools = list(within.values())
    ends = list(accumulate(map(len, pools)))
    for place in _shuffled(ends[-1] if ends else 0, f"{seed}\n{now.today}"):
        pool = bisect_right(ends, place)
        entry = pools[pool][place - ends[pool]]
        deed = deeds.get(entry.id)
        if (deed is None or not deed.seen) and entry.id not in merged:
            yield entry, None


def _seen(merged: dict[str, Deed], now: Situation) -> Iterator[tuple[Entry, Deed]]:
    """Give what was seen, the fewest times and longest ago first; what was seen under two names counts once."""
    entries, deeds, rounds = entries_of(now.catalog), now.progress.deeds, now.progress.rounds
    for seen in sorted({*rounds, *(deed.seen for deed in merged.values())}):
        for name, deed in merged.items():
            if deed.seen == seen:
                yield entries[name], deed
        for name in rounds.get(seen, ()):
            entry = entries.get(name)
            if entry is not None and name not in merged:
                yield entry, deeds[name]


def _shuffled(size: int, key: str) -> Iterator[int]:
    """Give the numbers below *size* in an order drawn by a key, each order as likely as any other.

    Fisher and Yates' shuffle, in which only what was moved is kept.
    """
    moved: dict[int, int] = {}
    for place, chance in zip(range(size), _chances(key), strict=False):
        other = place + chance % (size - place)
        yield moved.get(other, other)
        moved[other] = moved.get(place, place)


def _chances(key: str) -> Iterator[int]:
    """Give endless chance numbers of 64 bits; the same key gives the same ones."""
    block = 0
    while True:
        drawn = blake2b(f"{key}\n{block}".encode()).digest()
        yield from (int.from_bytes(drawn[start : start + 8], "big") for start in range(0, 64, 8))
        block += 1


def chance(*words: object) -> int:
    """Return a chance number of 64 bits for some words."""
    return next(_chances("\n".join(map(str, words))))


def earliest(entries: Iterable[tuple[Entry, Deed]]) -> Entry | None:
    """Return the entry that comes first in the order of what was seen fewest times and longest ago."""
    first = min(entries, key=lambda pair: (pair[1].seen, str(pair[1].offered_on or ""), pair[0].id), default=None)
    return first[0] if first else None
