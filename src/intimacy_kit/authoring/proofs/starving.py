"""Nothing that stays allowed is starved: not by the order of selection, and not by limits (K513)."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from intimacy_kit.authoring.proofs.findings import Finding, Words, grouped
from intimacy_kit.authoring.proofs.systems import System, labels_of
from intimacy_kit.content.timing import AtMost
from intimacy_kit.practice.ordering import ORDER
from intimacy_kit.problems import Where

__all__ = ["Key", "starved_by_limits", "starved_by_order"]


class Key(Protocol):
    """What is to be known of one key of an order."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def capped(self) -> bool:
        """Whether it decides over at most one of the activities that are suggested together."""

    @property
    def fair(self) -> bool:
        """Whether it gives every activity that stays allowed its place, sooner or later."""


def starved_by_order(order: Iterable[Key] = ORDER) -> Iterator[Finding]:
    """Say which key of the order of selection stands before the fair one, and is not capped."""
    for key in order:
        if key.fair:
            return
        if not key.capped:
            said = f"the order of selection asks for '{key.name}' before it is fair: what never comes first never comes"
            yield Finding("K513", [(key.name, Where("intimacy-kit"))], said, "cap it, or let a fair key come before it")
            return
    said = "the order of selection has no fair key: what never comes first never comes"
    yield Finding("K513", [("order", Where("intimacy-kit"))], said, "add a fair key")


def starved_by_limits(system: System) -> Iterator[Finding]:
    """Say what a limit a week may keep away for ever, since others of its label may come all the time.

    An activity of a limit of n a week waits while n others of the label were acted on within the six days before.
    Were that so on every day, n / 6 of them would be acted on a day; but each comes only once in its rest
    time in the long run, and those under the same limit or a lower one wait just as long.
    """
    words = Words(system)
    limited = (
        (limit, number)
        for number, activity in enumerate(system.activities)
        for limit in [activity.repeat.at_most]
        if limit is not None and limit.per == "week" and system.kin[number] is not None
    )
    for limit, numbers in grouped(limited):
        if sum(_pace(system, limit)) * 6 < limit.n:
            continue
        label = words.label((limit.by, limit.value))
        said = (
            f"{words.those(numbers, 'waits', 'wait')} while {limit.n} {label} came within a week, and others may come "
            f"all the time{words.also(numbers)}"
        )
        hint = "give all of them the same limit, or raise it"
        yield Finding(
            "K513", [(system.activities[n].id, system.where(n, "/repeat/at_most")) for n in numbers], said, hint
        )


def _pace(system: System, limit: AtMost) -> Iterator[float]:
    """Give how often a day what is not held back by the limit itself may come, in the long run."""
    for number, activity in enumerate(system.activities):
        if system.kin[number] is None or (limit.by, limit.value) not in labels_of(activity):
            continue
        own = activity.repeat.at_most
        if own is None or (own.by, own.value, own.per) != (limit.by, limit.value, "week") or own.n > limit.n:
            yield 1 / activity.repeat.after_days
