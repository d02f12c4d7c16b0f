"""Evenings made up by chance, lived in two ways each."""

from collections.abc import Iterator
from random import Random

from intimacy_kit.content.vocabulary import SENSITIVE_TOPICS
from intimacy_kit.testing.actions import (
    Action,
    Agree,
    Allow,
    Complete,
    Decline,
    Note,
    Pause,
    Resume,
    Seal,
    Skip,
    Start,
    TakeBackDecline,
    Withdraw,
)
from intimacy_kit.testing.checks.evenings import Evening, asking, tell_apart
from intimacy_kit.testing.checks.stages import Rehearsal, Step
from intimacy_kit.testing.reports import Evidence

__all__ = ["made_up"]


def made_up(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Live as many made-up evenings as are asked for, in two ways each."""
    for number in range(rehearsal.pairs):
        evening = _drawn(rehearsal, Random(f"{rehearsal.seed}/{number}"), number % 2)  # noqa: S311 - to be repeated
        yield from tell_apart(rehearsal, evening)


def _drawn(rehearsal: Rehearsal, draw: Random, hides: int) -> Evening:
    """Draw an evening: what both do, and two ways of what one of them keeps to themselves in between.

    The one who looks on allows nothing sensitive and goes no deeper than some depth, so what the other one allows
    beyond that is for nobody to see. No answer that is agreed to is ever agreed to by both.
    """
    hider, looker = rehearsal.people[hides], rehearsal.people[1 - hides]
    depth = draw.randint(1, 3)
    before: list[Step] = [*rehearsal.settled(depth)]
    joint: list[tuple[str, Action]] = []
    for name in draw.sample(rehearsal.choice.light, min(3, len(rehearsal.choice.light))):
        endings: list[list[Action]] = [[], [Complete(name)], [Skip(name)], [Seal(name, rehearsal.word(name))]]
        ends = draw.choice(endings)
        joint += [
            (draw.choice([hider, looker]) if not isinstance(act, Seal) else looker, act) for act in [Start(name), *ends]
        ]
    before += [step for step in joint if not rehearsal.lacks(type(step[1]))]
    hidden = [one for one in _hidden(rehearsal, draw, depth) if not rehearsal.lacks(*(type(act) for act in one))]
    ways = [
        [(hider, act) for one in draw.sample(hidden, min(len(hidden), most)) for act in one]
        for most in (3, draw.randint(0, 3))
    ]
    asks = draw.sample(asking(rehearsal), 6)
    return Evening(before=before, ways=ways, asks=asks, hides=hides, looks=1 - hides)


def _hidden(rehearsal: Rehearsal, draw: Random, depth: int) -> list[list[Action]]:
    """Return what somebody may do that changes nothing for anybody else, each with all that belongs to it."""
    about, choice = draw.choice(rehearsal.prompts), rehearsal.choice
    seal = Seal(about, rehearsal.word("drawn", longer=draw.randint(0, 60)))
    found: list[list[Action]] = [
        [seal],
        [seal, Agree(about)],
        [seal, Withdraw(about)],
        [Decline(about, draw.choice(["now", "month", "always"])), TakeBackDecline(about)],
        [Note(rehearsal.word("drawn", longer=draw.randint(0, 60)))],
        [
            Allow(
                depth=draw.randint(depth, 4), topics={draw.choice(SENSITIVE_TOPICS): draw.choice(["no", "ask", "yes"])}
            )
        ],
        [Pause(), Resume()],
    ]
    found += [[Decline(name, draw.choice(["now", "month", "always"]))] for name in choice.touching[:2]]
    return found
