"""The order in which activities come, walked from its beginning, and only as far as somebody asks.

Never seen before seen once, seen once before seen twice; among those seen equally often, the one seen longest
ago; among those never seen, chance. This key of fairness stands before everything that is not capped, so that
nothing that stays allowed is starved: whatever is first in the order is among the next suggestions, and being
suggested moves it back.

Nothing is sorted: what was seen is kept in order by the progress, and what was not is shuffled as it is walked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from hashlib import blake2b
from itertools import chain, count, islice
from struct import Struct

from attrs import frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.content.timing import AtMost
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.gates import Rule, Situation, rules_of
from intimacy_kit.practice.resting import OFFERED_RESTS_DAYS, rests_until

__all__ = ["ORDER", "Entry", "Key", "chance", "earliest", "entries_of", "in_order"]


_EIGHT = Struct(">8Q")
_64_BITS = 2**64 - 1
_NONE: Mapping[str, Deed] = {}


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
    depth: int
    topics: frozenset[str]
    minutes: int
    #: The days it rests at least after it was done.
    rest: int
    #: A number of its own, from which its place among what is new is drawn where little is left.
    number: int
    limit: AtMost | None
    rule: Rule | None


def entries_of(catalog: Catalog) -> dict[str, Entry]:
    """Return the entries of a catalog by id, in the order of ids, without what is retired."""
    return catalog.once(_entries)


def _entries(catalog: Catalog) -> dict[str, Entry]:
    rules = rules_of(catalog)
    return {
        one.id: Entry(
            activity=one,
            id=one.id,
            depth=one.depth,
            topics=one.topics,
            minutes=one.minutes,
            rest=min((one.repeat.after_days, *one.repeat.revisit)),
            number=chance(one.id),
            limit=one.repeat.at_most,
            rule=rules.get(one.id),
        )
        for _, one in sorted(catalog.items())
        if not one.retired
    }


def _all(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(entries_of(catalog).values())


def _renamed(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries_of(catalog).values() if entry.activity.aliases)


def in_order(now: Situation, seed: str) -> Iterator[tuple[Entry, Deed | None]]:
    """Give what depth and topics allow and what has rested, in the order in which it comes, each with its deed.

    What was never seen comes with None. Gates, limits and declines are not asked about here. Who allows less sees
    the same order with gaps: from the place of what is there nothing can be told about what is not.
    """
    deeds = now.progress.deeds
    merged = {
        entry.id: deed
        for entry in now.catalog.once(_renamed)
        if any(alias in deeds for alias in entry.activity.aliases)
        for deed in [now.progress.of(entry.activity)]
    }
    return chain(_new(merged, now, f"{seed}\n{now.today}"), _seen_and_rested(merged, now))


def _new(merged: Mapping[str, Deed], now: Situation, key: str) -> Iterator[tuple[Entry, None]]:
    """Give what was never seen and depth and topics allow, in an order drawn by a key.

    Where much is left it is shuffled as far as it is walked; where little is, that is put in order. Which of the two
    depends on nothing that anybody allows.
    """
    much = 2 * len(now.progress.deeds) < len(now.catalog.once(_all))
    return _shuffled(merged, now, key) if much else _put_in_order(merged, now, key)


def _shuffled(merged: Mapping[str, Deed], now: Situation, key: str) -> Iterator[tuple[Entry, None]]:
    """Give what is new, each order as likely as any other.

    Fisher and Yates' shuffle of all entries, in which only what was moved is kept.
    """
    entries, deeds, cover, today = now.catalog.once(_all), now.progress.deeds, now.allowed.cover, now.today
    moved: dict[int, int] = {}
    now_at, size = moved.get, len(entries)
    for place, draw in enumerate(islice(_chances(key), size)):
        other = place + draw % (size - place)
        entry = entries[now_at(other, other)]
        moved[other] = now_at(place, place)
        if entry.id not in deeds and cover(entry, today) and entry.id not in merged:
            yield entry, None


def _put_in_order(merged: Mapping[str, Deed], now: Situation, key: str) -> Iterator[tuple[Entry, None]]:
    """Give what is new, each at a place that depends on none of the others."""
    deeds, cover, today = now.progress.deeds, now.allowed.cover, now.today
    accepted = now.allowed.accepted  # one of those that are alike may be allowed, and the others not
    left = [
        entry
        for alike in now.catalog.once(_alike)
        if accepted or cover(alike[0], today)
        for entry in alike
        if entry.id not in deeds and entry.id not in merged and (not accepted or cover(entry, today))
    ]
    if left:
        turned, factor = islice(_chances(key), 2)
        left.sort(key=lambda entry: (entry.number ^ turned) * (factor | 1) & _64_BITS)
    for entry in left:
        yield entry, None


def _alike(catalog: Catalog) -> Sequence[Sequence[Entry]]:
    """Return the entries, those together that have the same depth and the same topics."""
    alike: dict[tuple[int, frozenset[str]], list[Entry]] = {}
    for entry in catalog.once(_all):
        alike.setdefault((entry.depth, entry.topics), []).append(entry)
    return tuple(alike.values())


def _seen_and_rested(merged: Mapping[str, Deed], now: Situation) -> Iterator[tuple[Entry, Deed]]:
    """Give what was seen, the fewest times and longest ago first; what was seen under two names counts once."""
    entries, rounds, cover, today = entries_of(now.catalog), now.progress.rounds, now.allowed.cover, now.today
    latest = {rest: today - timedelta(rest) for rest in now.catalog.once(_rests)}
    latest_of_all = max(latest.values(), default=today)
    lately = today - timedelta(OFFERED_RESTS_DAYS)
    for seen in sorted({*rounds, *(deed.seen for deed in merged.values())} if merged else rounds):
        for name, deed in merged.items():
            entry = entries[name]
            if deed.seen == seen and today >= rests_until(entry.activity, deed) and cover(entry, today):
                yield entry, deed
        for name, deed in rounds.get(seen, _NONE).items():
            # Most of what people know rests because it was done, or was only ever offered: that is seen at a glance.
            done, offered = deed.done_on, deed.offered_on
            if (done is not None and done > latest_of_all) or (offered is not None and offered > lately):
                continue
            known = entries.get(name)
            if known is None or name in merged or (done is not None and done > latest[known.rest]):
                continue
            if (deed.last_on is None or today >= rests_until(known.activity, deed)) and cover(known, today):
                yield known, deed


def _rests(catalog: Catalog) -> frozenset[int]:
    return frozenset(entry.rest for entry in entries_of(catalog).values())


def _chances(key: str) -> Iterator[int]:
    """Give endless chance numbers of 64 bits; the same key gives the same ones."""
    return chain.from_iterable(_EIGHT.unpack(blake2b(f"{key}\n{block}".encode()).digest()) for block in count())


def chance(*words: object) -> int:
    """Return a chance number of 64 bits for some words."""
    return next(_chances("\n".join(map(str, words))))


def earliest(entries: Iterable[tuple[Entry, Deed]]) -> Entry | None:
    """Return the entry that comes first in the order of what was seen fewest times and longest ago."""
    first = min(entries, key=lambda pair: (pair[1].seen, str(pair[1].offered_on or ""), pair[0].id), default=None)
    return first[0] if first else None
