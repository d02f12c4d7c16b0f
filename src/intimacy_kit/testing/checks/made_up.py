"""Evenings made up by chance, lived in two ways each."""

from collections.abc import Iterator, Sequence
from random import Random

from intimacy_kit.content.vocabulary import SENSITIVE_TOPICS
from intimacy_kit.practice.boundaries import Answer
from intimacy_kit.stores.spaces import Scope
from intimacy_kit.testing.actions import (
    Action,
    Agree,
    Allow,
    ChooseJourney,
    Complete,
    Decline,
    Note,
    Pause,
    PutDown,
    Resume,
    Seal,
    Skip,
    Start,
    TakeBackDecline,
    Withdraw,
)
from intimacy_kit.testing.checks.evenings import Evening, asking, tell_apart
from intimacy_kit.testing.checks.stages import Rehearsal, Script, Step, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["made_up"]

_ANSWERS: tuple[Answer, ...] = ("no", "ask", "yes")
_SCOPES: tuple[Scope, ...] = ("now", "month", "always")


def made_up(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Live as many made-up evenings as are asked for, in two ways each."""
    for number in range(rehearsal.pairs):
        yield from tell_apart(rehearsal, _drawn(rehearsal, Random(f"{rehearsal.seed}/{number}"), number % 2))  # noqa: S311 - to be repeated


def _drawn(rehearsal: Rehearsal, draw: Random, hides: int) -> Evening:
    """Draw an evening: what both do, and two ways of what one of them keeps to themselves in between.

    The one who looks on allows nothing sensitive and goes no deeper than some depth, so what the other one allows
    beyond that is for nobody to see. No answer that is agreed to is ever agreed to by both. One way has an answer, a
    decline or a yes to being asked in it, where the app has them.
    """
    hider, looker = rehearsal.people[hides], rehearsal.people[1 - hides]
    depth = draw.randint(1, 3)
    hidden = [one for one in _hidden(rehearsal, draw, depth) if not rehearsal.lacks(*(type(act) for act in one))]
    if not hidden:
        raise UncheckedError("the app has nothing that somebody does for themselves")
    together = _together(rehearsal, draw, hider, looker)
    ways = [
        _mixed(draw, together, hider, [hidden[0], *draw.sample(hidden, min(2, len(hidden)))]),
        _mixed(draw, together, hider, draw.sample(hidden, draw.randint(0, min(3, len(hidden))))),
    ]
    asks = draw.sample(asking(rehearsal), 6)
    return Evening(before=rehearsal.settled(depth), ways=ways, asks=asks, hides=hides, looks=1 - hides)


def _together(rehearsal: Rehearsal, draw: Random, hider: str, looker: str) -> list[Step]:
    """Draw what both do and know of; what is sealed, the one who looks on seals."""
    steps: list[tuple[str, Action]] = []
    for name in draw.sample(rehearsal.choice.light, min(3, len(rehearsal.choice.light))):
        endings: list[list[Action]] = [[], [Complete(name)], [Skip(name)], [PutDown(name)]]
        steps += [(draw.choice([hider, looker]), act) for act in [Start(name), *draw.choice(endings)]]
        steps += [(looker, Seal(name, rehearsal.word(name)))] if draw.randint(0, 1) else []
    steps += [(looker, ChooseJourney(name)) for name in [*rehearsal.catalog.journeys][:1]]
    return [step for step in steps if not rehearsal.lacks(type(step[1]))]


def _mixed(draw: Random, together: Script, hider: str, hidden: Sequence[Sequence[Action]]) -> Script:
    """Put what one does for themselves in between, each with all that belongs to it."""
    mixed = [[step] for step in together]
    for acts in hidden:
        mixed.insert(draw.randint(0, len(mixed)), [(hider, act) for act in acts])
    return [step for steps in mixed for step in steps]


def _hidden(rehearsal: Rehearsal, draw: Random, depth: int) -> list[list[Action]]:
    """Draw what somebody may do that changes nothing for anybody else, what is hardest to hide first."""
    about = draw.choice(rehearsal.prompts)
    seal = Seal(about, rehearsal.word("drawn", longer=draw.randint(0, 60)))
    answer, scope = draw.choice(_ANSWERS), draw.choice(_SCOPES)
    told: list[list[Action]] = [
        [seal],
        [seal, Agree(about)],
        [seal, Withdraw(about)],
        [Decline(about, scope), TakeBackDecline(about)],
        [Allow(topics={draw.choice(SENSITIVE_TOPICS): "ask"})],
    ]
    told += [[Decline(name, scope)] for name in rehearsal.choice.touching[:2]]
    draw.shuffle(told)
    plain: list[list[Action]] = [
        [Note(rehearsal.word("drawn too", longer=draw.randint(0, 60)))],
        [Allow(depth=draw.randint(depth, 4), topics={draw.choice(SENSITIVE_TOPICS): answer})],
        [Pause(), Resume()],
    ]
    return [*told, *plain]
