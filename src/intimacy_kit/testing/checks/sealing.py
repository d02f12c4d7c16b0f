"""Sealed answers: nothing before everybody agreed, then everything at once; and who takes theirs back, wins."""

from collections.abc import Iterator, Sequence

from intimacy_kit.testing.actions import Action, Agree, Decline, Note, Seal, Start, Withdraw
from intimacy_kit.testing.checks.comparing import compared, found_in
from intimacy_kit.testing.checks.stages import Check, Rehearsal, Stage, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]

#: How often a race is run.
_RACES = 5


def _opened(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Everybody seals, then one after the other agrees; after each step, everybody looks."""
    stage, about = _begun(rehearsal)
    for who in rehearsal.people:
        stage.act(who, Seal(about, _answer(rehearsal, who)))
        yield from _still_shut(rehearsal, stage, f"{who} sealed an answer, and nobody has agreed")
    for place, who in enumerate(rehearsal.people):
        stage.act(who, Agree(about))
        if place < len(rehearsal.people) - 1:
            yield from _still_shut(rehearsal, stage, "not everybody has agreed")
    for who in rehearsal.people:
        pages = stage.look(who)
        for other in rehearsal.people:
            if not [*found_in(_mark(rehearsal, other), pages.items())]:
                yield Evidence(f"the answer of {other} stands nowhere, and everybody agreed to open them", who)


def _withdrawn(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One takes back what they sealed, before and after they agreed, or declines it; then the others agree."""
    first, *others = rehearsal.people
    about = rehearsal.prompts[0]
    ways: list[list[Action]] = [[Withdraw(about)], [Agree(about), Withdraw(about)], [Agree(about), Decline(about)]]
    for way in ways:
        if rehearsal.lacks(*(type(action) for action in way)):
            continue
        stage, _ = _begun(rehearsal)
        for who in rehearsal.people:
            stage.act(who, Seal(about, _answer(rehearsal, who)))
        stage.act(first, *way)
        for who in others:
            stage.act(who, Agree(about))
        yield from _still_shut(rehearsal, stage, f"{first} took it back before the last one agreed")
        stage.try_(first, Seal(about, rehearsal.word("another answer")))
        yield from _still_shut(rehearsal, stage, f"{first} answered anew and has not agreed to that")


def _taken_back(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One takes back what was opened."""
    first, *others = rehearsal.people
    stage, about = _begun(rehearsal)
    _open(rehearsal, stage, about)
    stage.act(first, Withdraw(about))
    for who in others:
        yield from _not_seen(rehearsal, stage, who, first, "it was opened, and taken back since")
        if not [*found_in(_mark(rehearsal, who), stage.look(who).items())]:
            yield Evidence(f"the answer of {who} is gone, and it was {first} who took theirs back", who)


def _raced(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One takes back what they sealed and agreed to, at the moment in which the last one agrees."""
    first, *others = rehearsal.people
    for _ in range(_RACES):
        stage, about = _begun(rehearsal)
        for who in rehearsal.people:
            stage.act(who, Seal(about, _answer(rehearsal, who)))
        for who in rehearsal.people[:-1]:
            stage.act(who, Agree(about))
        if stage.race([(first, Withdraw(about)), (others[-1], Agree(about))]) is None:
            raise UncheckedError("the app does not say how several act at once (Host.send_all)")
        for who in others:
            yield from _not_seen(rehearsal, stage, who, first, f"{first} took it back while the last one agreed")


def _thin(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One sealed and did not agree; the others answer next to nothing, and agree."""
    first, *others = rehearsal.people
    for words in ("", " ", "x"):
        stage, about = _begun(rehearsal)
        stage.act(first, Seal(about, _answer(rehearsal, first)))
        for who in others:
            stage.try_(who, Seal(about, words))
            stage.try_(who, Agree(about))
            yield from _not_seen(
                rehearsal, stage, who, first, "somebody answered next to nothing, and agreed to open it"
            )
    stage, about = _begun(rehearsal)
    stage.act(first, Seal(about, _answer(rehearsal, first)), Agree(about))
    for who in others:
        stage.try_(who, Agree(about))
        yield from _not_seen(rehearsal, stage, who, first, "somebody agreed who has not answered")


def _retried(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """The same action comes again, with the same key: everybody's pages stay as they are."""
    stage, about = _begun(rehearsal)
    last = rehearsal.people[-1]
    for who in rehearsal.people[:-1]:
        stage.act(who, Seal(about, _answer(rehearsal, who)), Agree(about))
    actions: list[Action] = [
        Note(rehearsal.word("once"), key="once-1"),
        Seal(about, _answer(rehearsal, last), key="once-2"),
        Agree(about, key="once-3"),
    ]
    for action in actions:
        if rehearsal.lacks(type(action)):
            continue
        stage.act(last, action)
        before = {who: stage.compare_later(stage.look(who)) for who in rehearsal.people}
        stage.try_(last, action)
        for who in rehearsal.people:
            again = stage.compare_later(stage.look(who))
            yield from compared(
                who, (before[who], again), f"{type(action).__name__} came once, or twice with the same key"
            )


def _retried_late(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """An agreement comes again when the answers were opened, and new ones are sealed."""
    stage, about = _begun(rehearsal)
    first, *others = rehearsal.people
    for who in rehearsal.people:
        stage.act(who, Seal(about, rehearsal.word(f"first of {who}")))
    stage.act(first, Agree(about, key="late-1"))
    for who in others:
        stage.act(who, Agree(about))
    for who in rehearsal.people:
        stage.act(who, Seal(about, _answer(rehearsal, who)))
    for who in others:
        stage.act(who, Agree(about))
    stage.try_(first, Agree(about, key="late-1"))
    yield from _still_shut(rehearsal, stage, f"an agreement of {first} came again that was about an earlier answer")


def _begun(rehearsal: Rehearsal) -> tuple[Stage, str]:
    stage, about = rehearsal.stage(), rehearsal.prompts[0]
    if not rehearsal.lacks(Start):
        stage.act(rehearsal.people[0], Start(about))
    return stage, about


def _open(rehearsal: Rehearsal, stage: Stage, about: str) -> None:
    for who in rehearsal.people:
        stage.act(who, Seal(about, _answer(rehearsal, who)), Agree(about))


def _label(who: str) -> str:
    return f"sealed by {who}"


def _answer(rehearsal: Rehearsal, who: str) -> str:
    return rehearsal.word(_label(who))


def _mark(rehearsal: Rehearsal, who: str) -> str:
    return rehearsal.mark(_label(who))


def _still_shut(rehearsal: Rehearsal, stage: Stage, when: str) -> Iterator[Evidence]:
    for who in rehearsal.people:
        for other in rehearsal.people:
            if other != who:
                yield from _not_seen(rehearsal, stage, who, other, when)


def _not_seen(rehearsal: Rehearsal, stage: Stage, who: str, other: str, when: str) -> Iterator[Evidence]:
    for page, place in found_in(_mark(rehearsal, other), stage.look(who).items()):
        yield Evidence(f"shows the answer of {other}, though {when}", who, page, place)


_NEEDS = (Seal, Agree)

CHECKS: Sequence[Check] = (
    Check(
        name="opened together",
        says="Sealed answers are seen by nobody else until everybody agreed, and then all of them by everybody.",
        run=_opened,
        needs=_NEEDS,
        attacks=(85, 86),
    ),
    Check(
        name="withdrawn",
        says="An answer taken back, or declined, before the last one agreed stays shut, and so do all others.",
        run=_withdrawn,
        needs=(*_NEEDS, Withdraw),
        attacks=(87,),
    ),
    Check(
        name="withdrawn in a race",
        says="An answer taken back at the moment in which the last one agrees is seen by nobody afterwards.",
        run=_raced,
        needs=(*_NEEDS, Withdraw),
        attacks=(87,),
    ),
    Check(
        name="taken back",
        says="An answer taken back after it was opened is on no page of anybody else's; their own answers stay.",
        run=_taken_back,
        needs=(*_NEEDS, Withdraw),
        attacks=(88,),
    ),
    Check(
        name="thin answers",
        says="An empty or thin answer, or none, opens nobody else's.",
        run=_thin,
        needs=_NEEDS,
        attacks=(86,),
    ),
    Check(
        name="retries",
        says="The same action sent again with the same key is done once.",
        run=_retried,
        needs=_NEEDS,
        attacks=(66,),
    ),
    Check(
        name="late retries",
        says="An agreement that is sent again late agrees to nothing that was written since.",
        run=_retried_late,
        needs=_NEEDS,
        attacks=(66, 86),
    ),
)
