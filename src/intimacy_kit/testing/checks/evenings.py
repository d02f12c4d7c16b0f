"""One evening in several ways, of which one person must not be able to tell which it was.

Each way is lived in a fresh space. What differs is only what one person does that nobody else may learn of, and what
all allow together is the same each time. The other one looks, asks for things, looks again, and looks on the next day;
all of it has to be the same, byte for byte.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from attrs import frozen

from intimacy_kit.testing.actions import (
    Action,
    Note,
    Offer,
    Seal,
    Start,
    Withdraw,
)
from intimacy_kit.testing.checks.comparing import compared
from intimacy_kit.testing.checks.stages import Look, Rehearsal, Script, UncheckedError, kinds_in, told
from intimacy_kit.testing.reports import Evidence

__all__ = ["Evening", "apart", "asking", "by", "seen_by", "tell_apart"]


@frozen(kw_only=True)
class Evening:
    """One evening, of which there are several versions for the one who looks on to tell apart."""

    #: What one person does for themselves, one way or another.
    ways: Sequence[Script]
    #: What happens before.
    before: Script = ()
    #: What the other one asks for in the end.
    asks: Sequence[Action] = ()
    #: Who hides something, and who looks on: places among the people.
    hides: int = 0
    looks: int = 1


def apart(describe: Callable[[Rehearsal, str], Evening]) -> Callable[[Rehearsal], Iterator[Evidence]]:
    """Return a check that lives an evening in each of its ways, and gives where the one who looks on can tell."""

    def run(rehearsal: Rehearsal) -> Iterator[Evidence]:
        yield from tell_apart(rehearsal, describe(rehearsal, rehearsal.people[0]))

    return run


def tell_apart(rehearsal: Rehearsal, evening: Evening) -> Iterator[Evidence]:
    """Live an evening in each of its ways, and give where the one who looks on can tell which one it was."""
    who = rehearsal.people[evening.looks]
    ways = [way for way in evening.ways if not rehearsal.lacks(*kinds_in(way))]
    if len(ways) < 2:  # noqa: PLR2004 - nothing to compare
        raise UncheckedError("the app has none of these actions")
    first = seen_by(rehearsal, evening, ways[0], who)
    for way in ways[1:]:
        yield from compared(
            who, (first, seen_by(rehearsal, evening, way, who)), _ways(rehearsal, evening, ways[0], way)
        )


def _ways(rehearsal: Rehearsal, evening: Evening, one: Script, other: Script) -> str:
    hider = rehearsal.people[evening.hides]
    return f"{hider} did {told(one, hider)}; or {told(other, hider)}"


def seen_by(rehearsal: Rehearsal, evening: Evening, way: Script, who: str) -> dict[str, bytes]:
    """Live an evening in one way, and return all that somebody saw, was answered, and saw afterwards."""
    stage = rehearsal.stage()
    stage.play([*evening.before, Look(who), *way])
    seen = stage.compare_later(stage.look(who))
    for number, ask in enumerate(ask for ask in evening.asks if not rehearsal.lacks(type(ask))):
        seen[f"answer {number + 1}, to {type(ask).__name__}"] = stage.told(stage.try_(who, ask))
    after = {"after asking": stage.compare_later(stage.look(who))}
    if stage.has_clock:
        stage.later(timedelta(days=1))
        after["a day later"] = stage.compare_later(stage.look(who))
    return seen | {f"{name}, {when}": data for when, pages in after.items() for name, data in pages.items()}


def by(who: str, *ways: Sequence[Action]) -> list[Script]:
    """Return ways of one person's doings."""
    return [[(who, action) for action in way] for way in ways]


def asking(rehearsal: Rehearsal, *more: str) -> list[Action]:
    """Return what somebody asks for who would like to know: what fits and what does not, and a note of their own."""
    first, second, *_ = rehearsal.prompts
    asks: list[Action] = [Withdraw(first), Offer(first)]
    for activity in dict.fromkeys(
        [first, second, *rehearsal.choice.touching[:1], *rehearsal.choice.deepest[:1], *more]
    ):
        asks += [Start(activity), Seal(activity, rehearsal.word("asking"))]
    return [*asks, Note(rehearsal.word("asking too"))]
