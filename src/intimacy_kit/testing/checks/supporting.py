"""The support page: open in every state, the same in every state, and never kept anywhere that it was opened."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from intimacy_kit.testing.actions import Action, Close, Erase, Leave, Pause
from intimacy_kit.testing.checks.comparing import Pages, compared
from intimacy_kit.testing.checks.stages import Check, Rehearsal, Stage, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]

#: After so many days, nothing that was checked before may still be called right.
_OUT_OF_DATE = timedelta(days=2 * 366)


def _open_always(rehearsal: Rehearsal) -> Iterator[Evidence]:
    first, other, *_ = rehearsal.people
    states: list[tuple[Action, ...]] = [(), (Pause(),), (Leave(),), (Close(),), (Erase(),)]
    usual = _page(rehearsal.stage(), first)
    for state in states:
        if rehearsal.lacks(*map(type, state)):
            continue
        stage = rehearsal.stage()
        stage.act(first, *state)
        when = ", ".join(type(action).__name__ for action in state) or "nothing"
        for who in (first, other):
            page = _page(stage, who)
            if not page:
                yield Evidence(f"the support page is empty after {when} of {first}", who)
            yield from compared(who, ({"support": usual}, {"support": page}), f"nothing; or {when} of {first}")


def _leaves_no_trace(rehearsal: Rehearsal) -> Iterator[Evidence]:
    first, other, *_ = rehearsal.people
    stages = rehearsal.stage()
    seen: list[dict[str, Pages]] = []
    for opens in (False, True):
        stage = rehearsal.stage()
        if opens:
            for _ in range(3):
                _page(stage, first)
        seen.append({who: stage.compare_later(stage.look(who)) for who in (first, other)})
    for who in (first, other):
        yield from compared(who, [kept[who] for kept in seen], f"{first} opened the support page, or not")
    before = stages.kept()
    _page(stages, first)
    yield from compared("", (before, stages.kept()), f"before and after {first} opened the support page")


def _page(stage: Stage, who: str) -> bytes:
    page = stage.support(who)
    if page is None:
        raise UncheckedError("the app does not describe its support page (Host.support)")
    return page


def _expires(rehearsal: Rehearsal) -> Iterator[Evidence]:
    first = rehearsal.people[0]
    stage = rehearsal.stage()
    if not rehearsal.host.contacts:
        raise UncheckedError("the app names no contacts of its support page (Host.contacts)")
    today = _page(stage, first)
    for contact in rehearsal.host.contacts:
        if contact.encode() not in today:
            yield Evidence("a contact that the app names is not on the support page", first, "support")
    stage.later(_OUT_OF_DATE)
    later = _page(stage, first)
    for contact in rehearsal.host.contacts:
        if contact.encode() in later:
            place = later.index(contact.encode())
            yield Evidence("shows a contact that nobody looked at for two years", first, "support", place)


CHECKS: Sequence[Check] = (
    Check(
        name="support open",
        says="The support page opens in every state, for everybody, and is the same in each.",
        run=_open_always,
        attacks=(95,),
    ),
    Check(
        name="support unseen",
        says="That somebody opened the support page is on no page, in no log and in nothing that is kept.",
        run=_leaves_no_trace,
        attacks=(95,),
    ),
    Check(
        name="support current",
        says="The support page shows no contact that nobody made sure of for two years.",
        run=_expires,
        attacks=(96,),
    ),
)
