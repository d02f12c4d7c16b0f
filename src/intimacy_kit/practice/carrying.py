"""What an id counts for as well since a migration: the ids it had before, and what of them is credited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from intimacy_kit.practice.deeds import Deed, Label
from intimacy_kit.practice.events import Migrated

__all__ = ["Credits", "credits_after", "kin_of", "not_counted"]

#: Pairs of a new id and an old one, with what is credited: ``done`` or ``offered``.
Credits = MappingProxyType[tuple[str, str], str]


def credits_after(so_far: Credits, event: Migrated) -> Credits:
    """Return what is credited after a migration, also over several of them.

    >>> from datetime import UTC, datetime
    >>> from intimacy_kit.practice.events import Carried
    >>> walk = Carried(old="tea/walk", new="tea/short-walk", credit="offered")
    >>> event = Migrated(at=datetime(2027, 3, 1, tzinfo=UTC), name="tea/walks", carried=[walk])
    >>> dict(credits_after(MappingProxyType({}), event))
    {('tea/short-walk', 'tea/walk'): 'offered'}
    """
    credited = dict(so_far)
    for one in event.carried:
        olds = {old: credit for (new, old), credit in credited.items() if new == one.old} | {one.old: "done"}
        news = {new: credit for (new, old), credit in credited.items() if old == one.new} | {one.new: "done"}
        for old, before in olds.items():
            for new, after in news.items():
                full = (before, one.credit, after) == ("done", "done", "done")
                if new != old:  # what became itself again is what it was
                    credited[new, old] = "done" if full else "offered"
    return MappingProxyType(credited)


def kin_of(credited: Credits) -> Mapping[str, set[str]]:
    """Return, for each id, those it is counted together with: what was done under one is not counted again."""
    kin: dict[str, set[str]] = defaultdict(set)
    for (new, old), credit in credited.items():
        if credit == "done":
            kin[new].add(old)
            kin[old].add(new)
    return kin


def not_counted(labels: Iterable[Label], kin: Iterable[str], deeds: Mapping[str, Deed]) -> list[Label]:
    """Return the labels that none of some ids counted towards yet."""
    before = [deeds[name].labels for name in kin if name in deeds]
    return [label for label in labels if not any(label in counted for counted in before)]
