"""Pausing, leaving and closing: at once, alone, and without a reason or an hour for anybody else."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from intimacy_kit.testing.actions import (
    Action,
    Agree,
    Allow,
    Close,
    Decline,
    Leave,
    Note,
    Pause,
    Resume,
    Seal,
    Start,
    Withdraw,
)
from intimacy_kit.testing.checks.comparing import compared, found_in
from intimacy_kit.testing.checks.stages import Check, Rehearsal, Script, UncheckedError, kinds_in, told
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]

#: Early and late on one day, and when the others look: since the midnight with which everything begins.
_EARLY = timedelta(hours=8, minutes=13, seconds=7)
_LATE = timedelta(hours=21, minutes=47, seconds=31)
_LOOK = timedelta(hours=23)


def _paused(rehearsal: Rehearsal) -> Iterator[Evidence]:
    stage, about = rehearsal.stage(), rehearsal.prompts[0]
    first, *others = rehearsal.people
    stage.act(first, Pause())
    for who in others:
        if stage.try_(who, Start(about)).done:
            yield Evidence(f"'{about}' could be begun, and {first} pauses", who)
    stage.act(first, Resume())
    stage.act(first, Start(about))


def _closed(rehearsal: Rehearsal) -> Iterator[Evidence]:
    about = rehearsal.prompts[0]
    for closer in rehearsal.people[:2]:
        stage = rehearsal.stage()
        stage.act(closer, Close())
        for who in rehearsal.people:
            for ask in (Start(about), Agree(about)):  # what somebody was writing may be kept: it is theirs
                if not rehearsal.lacks(type(ask)) and stage.try_(who, ask).done:
                    yield Evidence(f"'{type(ask).__name__}' was done, and {closer} closed the space", who)


def _left(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One leaves: at once, whatever the others do, and they can do nothing more with it themselves."""
    about = rehearsal.prompts[0]
    first, other, *_ = rehearsal.people
    stage = rehearsal.stage()
    stage.act(first, Leave())
    if stage.try_(first, Start(about)).done:
        yield Evidence(f"'{about}' could be begun by somebody who left", first)
    if not rehearsal.lacks(Seal, Agree):
        stage = rehearsal.stage()
        stage.act(first, Seal(about, rehearsal.word("left")), Leave())
        stage.try_(other, Seal(about, rehearsal.word("stayed")))
        stage.try_(other, Agree(about))
        for page, place in found_in(rehearsal.mark("left"), stage.look(other).items()):
            yield Evidence(f"shows the sealed answer of {first}, who left", other, page, place)


def _by_whom(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One or another one closes the space; a third looks."""
    if len(rehearsal.people) < 3:  # noqa: PLR2004 - of two, each knows who it was
        raise UncheckedError("spaces are for two here, and of two each knows who it was (Host.people)")
    first, looks, *others = rehearsal.people
    seen = []
    for who in (first, others[-1]):
        stage = rehearsal.stage()
        stage.act(who, Close())
        seen.append(stage.compare_later(stage.look(looks)))
    yield from compared(looks, seen, f"the space was closed by {first}; or by {others[-1]}")


def _hours(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One does something for themselves early or late on a day; another one looks in the night, and on the next day."""
    first, other, *_ = rehearsal.people
    alone = [one for one in _alone(rehearsal) if not rehearsal.lacks(*kinds_in([*one[0], *one[1]]))]
    if not alone:
        raise UncheckedError("the app has nothing that somebody does alone")
    for before, does in alone:
        seen = []
        for hour in (_EARLY, _LATE):
            stage = rehearsal.stage()
            stage.play([timedelta(hours=1), *before, hour, *does, _LOOK])
            pages = stage.compare_later(stage.look(other))
            stage.later(timedelta(days=1, hours=9))
            later = stage.compare_later(stage.look(other))
            seen.append(pages | {f"{name}, a day later": data for name, data in later.items()})
        yield from compared(other, seen, f"{first}, early or late on the same day: {told(does, first)}")


def _alone(rehearsal: Rehearsal) -> Iterator[tuple[Script, Script]]:
    """Give what somebody can do alone, each with what happened before."""
    first = rehearsal.people[0]
    about = rehearsal.prompts[0]
    seal = (first, Seal(about, rehearsal.word("early or late")))
    everybody: list[tuple[str, Action]] = []
    for who in rehearsal.people:
        everybody += [(who, Seal(about, rehearsal.word(f"of {who}"))), (who, Agree(about))]
    alone: list[Action] = [Note(rehearsal.word("noted")), Decline(about), Allow(depth=2), Pause(), Leave(), Close()]
    for action in alone:
        yield [], [(first, action)]
    yield [], [seal]
    yield [seal], [(first, Agree(about))]
    yield [seal], [(first, Withdraw(about))]
    yield everybody, [(first, Withdraw(about))]
    yield [step for step in everybody if step != (first, Agree(about))], [(first, Agree(about))]


CHECKS: Sequence[Check] = (
    Check(
        name="pausing",
        says="A pause holds at once, for everybody, and ends when the one who pauses ends it.",
        run=_paused,
        needs=(Pause, Resume, Start),
        attacks=(94,),
    ),
    Check(
        name="closing",
        says="When one closed the space, nobody keeps it alive.",
        run=_closed,
        needs=(Close, Start),
        attacks=(94,),
    ),
    Check(
        name="leaving",
        says="Who left takes their sealed answers along, and does nothing more there.",
        run=_left,
        needs=(Leave, Start),
        attacks=(94,),
    ),
    Check(
        name="closed by whom",
        says="Nobody can tell from their pages who closed the space.",
        run=_by_whom,
        needs=(Close,),
        attacks=(94,),
    ),
    Check(
        name="hours",
        says="Nobody can tell from their pages at what hour of a day somebody did what they do alone.",
        run=_hours,
        attacks=(85, 94),
    ),
)
