"""What somebody declined: it goes away for everybody, as long as they said, and nothing tells that it did."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from intimacy_kit.content.activities import Activity
from intimacy_kit.stores.spaces import Scope
from intimacy_kit.testing.actions import (
    Complete,
    Decline,
    Offer,
    Start,
    TakeBackDecline,
)
from intimacy_kit.testing.checks.comparing import Pages, compared
from intimacy_kit.testing.checks.stages import Check, Rehearsal, UncheckedError
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]

_MONTH = timedelta(days=30)


def _stays_away(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One declines what fits, for a month and for good; everybody asks for it, on several days."""
    first, *_ = rehearsal.people
    about = rehearsal.prompts[0]
    scopes: dict[Scope, Sequence[int]] = {"now": (0,), "month": (0, 15, 29), "always": (0, 400)}
    for scope, days in scopes.items():
        for day in days:
            stage = rehearsal.stage()
            if day and not stage.has_clock:
                continue
            stage.act(first, Decline(about, scope))
            if day:
                stage.later(timedelta(days=day))
            for who in rehearsal.people:
                if stage.try_(who, Start(about)).done:
                    yield Evidence(f"'{about}' could be begun {day} days after it was declined, scope '{scope}'", who)


def _not_shown(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """One declines what the pages of another one show, which show only what fits."""
    first, other, *_ = rehearsal.people
    pages = rehearsal.stage().look(other)
    fitting = {name: data for name, data in pages.items() if not _names_any(rehearsal, data, rehearsal.choice.deepest)}
    shown = [
        one for one in rehearsal.choice.light if any(_names(rehearsal.catalog[one], data) for data in fitting.values())
    ]
    if not shown or not rehearsal.choice.deepest:
        raise UncheckedError("no page shows what fits, and only that, by its id or its words")
    for about in shown[:3]:
        stage = rehearsal.stage()
        stage.act(first, Decline(about, "month"))
        for name, data in stage.look(other).items():
            if name in fitting and _names(rehearsal.catalog[about], data):
                yield Evidence(f"shows '{about}' among what fits, after {first} declined it", other, name)


def _names_any(rehearsal: Rehearsal, data: bytes, activities: Sequence[str]) -> bool:
    return any(_names(rehearsal.catalog[name], data) for name in activities)


def _names(activity: Activity, data: bytes) -> bool:
    """Tell whether a page names an activity."""
    return any(name.encode() in data for name in (activity.id, *_titles(activity)))


def _titles(activity: Activity) -> tuple[str, str]:
    """Return what an activity is called, as it is and as it stands on a page of the web."""
    title = str(activity.title)
    return title, escape(title)


def _asked_again(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """After its days, what was declined comes again, and nothing says that it was declined, or for how long."""
    first, other, *_ = rehearsal.people
    about = rehearsal.prompts[0]
    seen: list[Pages] = []
    scopes: tuple[Scope, ...] = ("now", "month")
    for scope in scopes:
        stage = rehearsal.stage()
        stage.act(first, Decline(about, scope))
        stage.later(_MONTH + timedelta(days=1))
        seen.append(stage.compare_later(stage.look(other)))
        if not stage.try_(first, Start(about)).done:
            yield Evidence(f"'{about}' cannot be begun after its days are over, scope '{scope}'", first)
    yield from compared(other, seen, "a month ago something was declined for that day, or for a month")


def _taken_back(rehearsal: Rehearsal) -> Iterator[Evidence]:
    stage, about = rehearsal.stage(), rehearsal.prompts[0]
    stage.act(rehearsal.people[0], Decline(about, "always"), TakeBackDecline(about))
    if not stage.try_(rehearsal.people[1], Start(about)).done:
        yield Evidence(f"'{about}' cannot be begun after the decline was taken back", rehearsal.people[1])


def _refused_alike(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Ask for what one declined, for what they refuse, for what is deeper than they go, and for what rests."""
    first, other, *_ = rehearsal.people
    declined, resting, *_ = rehearsal.prompts
    cases = [("declined", declined)]
    cases += [("deeper than they allow", name) for name in rehearsal.choice.deepest[:1]]
    cases += [("about what they refuse", name) for name in rehearsal.choice.touching[:1]]
    cases += [] if rehearsal.lacks(Complete) else [("resting", resting)]
    seen: dict[str, Pages] = {}
    for why, about in cases:
        stage = rehearsal.stage()
        stage.act(first, Decline(declined, "always"))
        if not rehearsal.lacks(Complete):
            stage.act(other, Start(resting), Complete(resting))
        seen[why] = {
            f"answer to {type(ask).__name__}": _without_name(
                rehearsal.catalog[about], stage.told(stage.try_(other, ask))
            )
            for ask in (Start(about, key="ask-1"), Offer(about, key="ask-2"))
            if not rehearsal.lacks(type(ask))
        }
    for why, pages in seen.items():
        yield from compared(other, (seen["declined"], pages), f"it was asked for something declined; or {why}")


def _without_name(activity: Activity, data: bytes) -> bytes:
    for name in (activity.id, *_titles(activity), activity.slug):
        data = data.replace(name.encode(), b"<activity>")
    return data


CHECKS: Sequence[Check] = (
    Check(
        name="declined stays away",
        says="What somebody declined cannot be begun by anybody, as long as they said.",
        run=_stays_away,
        needs=(Decline, Start),
        attacks=(89, 90),
    ),
    Check(
        name="declined is not shown",
        says="What somebody declined is on no page that shows what fits.",
        run=_not_shown,
        needs=(Decline,),
        attacks=(89, 90),
    ),
    Check(
        name="asked again",
        says="After its days, what was declined comes again, and no page of anybody else's tells that it was.",
        run=_asked_again,
        needs=(Decline, Start),
        attacks=(89,),
    ),
    Check(
        name="decline taken back",
        says="What was declined for good comes again when that is taken back.",
        run=_taken_back,
        needs=(Decline, TakeBackDecline, Start),
    ),
    Check(
        name="errors",
        says="What somebody declined or refuses, and what rests or is too deep, is refused in the same words.",
        run=_refused_alike,
        needs=(Start, Decline),
        attacks=(83,),
    ),
)
