"""What somebody allows: it counts at once, for themselves only, and nobody else can say it for them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from intimacy_kit.practice.asking import YES_HOLDS_DAYS
from intimacy_kit.testing.actions import (
    Accept,
    Action,
    Allow,
    Decline,
    Erase,
    Leave,
    Note,
    Offer,
    ReadNotice,
    Seal,
    Start,
    Withdraw,
)
from intimacy_kit.testing.checks.comparing import compared
from intimacy_kit.testing.checks.stages import Check, RefusedError, Rehearsal, Stage, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]


def _lowered(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Everybody allows something; then one no longer does, and others ask for it at once."""
    about, allows, refuses = _allowed_or_not(rehearsal)
    for who in rehearsal.people:
        stage = rehearsal.stage()
        _settle(rehearsal, stage, allows)
        stage.act(who, refuses)
        for other in rehearsal.people:
            if stage.try_(other, Start(about)).done:
                yield Evidence(f"'{about}' could be begun right after {who} no longer allowed it", other)


def _raised(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One refuses something; all others allow everything, and ask for it."""
    about, allows, refuses = _allowed_or_not(rehearsal)
    first, *others = rehearsal.people
    stage = rehearsal.stage()
    _settle(rehearsal, stage, allows)
    stage.act(first, refuses)
    for who in others:
        stage.act(who, allows, Allow(depth=4))
        for ask in (Offer(about), Start(about)):
            if not rehearsal.lacks(type(ask)) and stage.try_(who, ask).done and isinstance(ask, Start):
                yield Evidence(f"'{about}' could be begun, and {first} does not allow it", who)
    stage = rehearsal.stage()
    _settle(rehearsal, stage, allows)
    if not stage.try_(first, Start(about)).done:
        raise RefusedError(f"the app refused to begin '{about}' though everybody allows it")


def _noticed(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Everybody allows what is deeper, and all but one read the notice."""
    about = rehearsal.some(rehearsal.choice.deeper, "activities that are deeper, ordinary and without a gate")[0]
    stage = rehearsal.stage()
    last = rehearsal.people[-1]
    for who in rehearsal.people:
        stage.act(who, *([] if who == last else [ReadNotice()]), Allow(depth=4))
    if stage.try_(last, Start(about)).done:
        yield Evidence(f"'{about}' could be begun, and {last} has not read the notice", last)
    stage.act(last, ReadNotice(), Start(about))


def _asked(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Everybody wants to be asked about a topic; one after the other says yes to an activity."""
    first, *others = rehearsal.people
    for days in (0, YES_HOLDS_DAYS):
        stage, about = _one_is_asked(rehearsal)
        for who in others:
            if stage.try_(who, Start(about)).done:
                yield Evidence(f"'{about}' could be begun before everybody who wants to be asked said yes", who)
            stage.act(who, Accept(about))
        if not days:
            stage.act(first, Start(about))
        elif stage.has_clock:
            stage.later(timedelta(days))
            if stage.try_(first, Start(about)).done:
                yield Evidence(f"'{about}' could be begun {days} days after everybody said yes to it", first)


def _one_is_asked(rehearsal: Rehearsal) -> tuple[Stage, str]:
    """Let everybody want to be asked, and the first one say yes to something they are asked about."""
    among = rehearsal.some(rehearsal.choice.open_touching, "activities about one sensitive topic, without a gate")
    stage = rehearsal.stage()
    _settle(rehearsal, stage, Allow(depth=4, topics={rehearsal.choice.topic: "ask"}))
    for about in among:
        if stage.try_(rehearsal.people[0], Accept(about)).done:
            return stage, about
    raise UncheckedError("nobody was asked about anything that the catalog has without a gate")


def _allowed_or_not(rehearsal: Rehearsal) -> tuple[str, Allow, Allow]:
    """Return an activity, and how somebody allows it and no longer does."""
    if rehearsal.choice.open_touching:
        topic = rehearsal.choice.topic
        return rehearsal.choice.open_touching[0], Allow(depth=4, topics={topic: "yes"}), Allow(topics={topic: "no"})
    for about in rehearsal.choice.light:
        for topic in sorted(rehearsal.catalog[about].topics):
            return about, Allow(topics={topic: "yes"}), Allow(topics={topic: "no"})
    raise UncheckedError("the catalog has nothing without a gate that touches a topic")


def _settle(rehearsal: Rehearsal, stage: Stage, allows: Allow) -> None:
    stage.play([*rehearsal.settled(), *((who, allows) for who in rehearsal.people)])


def _as_another(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One, logged in as themselves, names another one in each action they send."""
    first, other, *_ = rehearsal.people
    about = rehearsal.prompts[0]
    actions: list[Action] = [
        Note(rehearsal.word("forged")),
        Allow(depth=3),
        ReadNotice(),
        Decline(about, "always"),
        Seal(about, rehearsal.word("forged")),
        Withdraw(about),
        Leave(),
        Erase(),
    ]
    actions = [action for action in actions if not rehearsal.lacks(type(action))]
    if not actions:
        raise UncheckedError("the app has nothing that somebody does for themselves")
    stage = rehearsal.stage()
    if not rehearsal.lacks(Seal):
        stage.act(first, Seal(about, rehearsal.word("their own")))
    before = stage.compare_later(stage.look(first))
    for action in actions:
        answered = stage.forge(other, first, action)
        if answered is None:
            raise UncheckedError("the app does not say how somebody would name another one (Host.send_as)")
        if answered.done:
            yield Evidence(f"the app did '{type(action).__name__}' for {first}, and it was {other} who sent it", other)
        after = stage.compare_later(stage.look(first))
        yield from compared(first, (before, after), f"{other} tried '{type(action).__name__}' in the name of {first}")


CHECKS: Sequence[Check] = (
    Check(
        name="lowering",
        says="What somebody no longer allows cannot be begun any more, at once.",
        run=_lowered,
        needs=(Allow, Start),
        attacks=(89,),
    ),
    Check(
        name="raising",
        says="What somebody allows counts for themselves only: others cannot raise what one refuses.",
        run=_raised,
        needs=(Allow, Start),
        attacks=(89,),
    ),
    Check(
        name="asking",
        says="What somebody wants to be asked about can be begun when everybody asked said yes, and not for ever.",
        run=_asked,
        needs=(Allow, Accept, Start),
        attacks=(83, 84),
    ),
    Check(
        name="notice first",
        says="Nothing deeper than light can be begun until each read the notice.",
        run=_noticed,
        needs=(Allow, ReadNotice, Start),
    ),
    Check(
        name="own name only",
        says="Nobody acts in the name of another one.",
        run=_as_another,
        attacks=(89, 92),
    ),
)
