"""All that one partner's screens need, and nothing that another one keeps to themselves.

A view is made of the joint progress, of what everybody allows together, and of what is its reader's own. Nobody
else's private log can be passed to it: two histories that differ only there give the same view, byte for byte.
"""

import json
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any

from attrs import evolve, frozen

from intimacy_kit.content.activities import Activity
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.asking import asks
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.event_documents import boundaries_document, to_document
from intimacy_kit.practice.events import Answer, JointEvent, Revealed, SpaceLeft, TakenBack
from intimacy_kit.practice.own import Own, Seal
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.sealing import seal_of
from intimacy_kit.practice.suggestions import Suggestion, peek, suggest

__all__ = ["View", "seen_by", "view"]


@frozen(kw_only=True)
class View:
    """All that one partner sees at a moment."""

    #: What is theirs alone: boundaries, notes, check-ins, sealed answers.
    own: Own
    #: Whom the space is for, and who has not left.
    people: tuple[str, ...]
    #: Whether the space is over for this person: closed, or left.
    closed: bool
    #: What fits now, the best first.
    suggestions: tuple[Suggestion, ...]
    #: All that fits now, by id, in the order of the alphabet.
    open: tuple[str, ...]
    #: What they may be asked about, alone.
    asks: tuple[Activity, ...]
    #: What they began last and did not end, where it still fits; None where there is nothing.
    unfinished: str | None
    #: The moves made in it.
    moves: tuple[str, ...]
    #: The journey they follow.
    journey: str | None
    #: What was completed or skipped, by day, the first day first.
    done: tuple[tuple[date, str], ...]
    #: The answers that were opened, in which this person has one; the first first.
    revealed: tuple[Revealed, ...]
    #: What this person sealed and what is not open.
    sealed: tuple[Seal, ...]

    def to_document(self) -> dict[str, Any]:
        """Return the view as a JSON document, the words of its reader and what was revealed to them included."""
        own, moved = self.own, self.unfinished is not None
        return {
            "partner": own.partner,
            "people": list(self.people),
            "closed": self.closed,
            "suggestions": [
                {"activity": one.activity.id, "because": one.reason.because, "reason": str(one.reason)}
                for one in self.suggestions
            ],
            "open": list(self.open),
            "asks": [one.id for one in self.asks],
            "unfinished": {"activity": self.unfinished, "moves": list(self.moves)} if moved else None,
            "journey": self.journey,
            "done": [{"on": day.isoformat(), "activity": name} for day, name in self.done],
            "revealed": [to_document(one) for one in self.revealed],
            "sealed": [to_document(one.answer) | {"agreed": one.agreed} for one in self.sealed],
            "notice_read": own.notice_read,
            "boundaries": boundaries_document(own.boundaries),
            "check_ins": [to_document(one) for one in own.check_ins],
            "notes": [to_document(one) for one in own.notes],
        }

    def to_json(self) -> bytes:
        """Return the view as bytes: the same view gives the same bytes."""
        return json.dumps(self.to_document(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def view(
    progress: Progress,
    own: Own,
    catalog: Catalog,
    allowed: Boundaries,
    *,
    now: datetime,
    minutes: int | None = None,
    circumstances: Iterable[str] = (),
    seed: str = "",
) -> View:
    """Return all that one partner sees at a moment.

    *own* is what is theirs alone, *allowed* what everybody in the space allows together; the other arguments are
    those of :func:`~intimacy_kit.practice.suggestions.suggest`. In a space that is over nothing is offered.
    """
    closed = progress.closed or bool(progress.people and own.partner not in progress.people)
    fits = [] if closed else [one.activity.id for one in peek(catalog, progress, allowed, now=now, seed=seed)]
    left = None if closed else _left_off(progress, catalog, allowed, now.date())
    return View(
        own=own,
        people=progress.people,
        closed=closed,
        suggestions=()
        if closed
        else suggest(catalog, progress, allowed, now=now, minutes=minutes, circumstances=circumstances, seed=seed),
        open=tuple(sorted(fits)),
        asks=() if closed else asks(catalog, progress, own, now=now, seed=seed),
        unfinished=left,
        moves=progress.moves if left else (),
        journey=progress.journey,
        done=tuple((day, name) for day, names in sorted(progress.days.items()) for name in names),
        revealed=tuple(
            one for name in sorted(progress.revealed) for one in progress.revealed[name] if _took_part(one, own.partner)
        ),
        sealed=tuple(seal for name in sorted(own.seals) if (seal := seal_of(own, progress, name))),
    )


def _left_off(progress: Progress, catalog: Catalog, allowed: Boundaries, today: date) -> str | None:
    """Return what is unfinished, where everybody still allows it."""
    activity = catalog.get(progress.unfinished or "")
    return activity.id if activity is not None and allowed.allow(activity, today) else None


def seen_by(events: Iterable[JointEvent], partner: str) -> tuple[JointEvent, ...]:
    """Return the joint events that one partner may take along: up to the day they left, and no words not for them.

    What somebody else took back is without its words; what this partner took back they keep.
    """
    everything, seen = tuple(events), list[JointEvent]()
    for event in everything:
        seen.append(event)
        if isinstance(event, SpaceLeft) and event.who == partner:
            break
    # What was taken back later is hidden from those who had left by then as well.
    taken = {(one.who, one.activity, one.round) for one in everything if isinstance(one, TakenBack)}
    rounds: Counter[str] = Counter()
    for place, event in enumerate(seen):
        if isinstance(event, Revealed):
            seen[place] = _without_what_is_not_for(event, rounds[event.activity], partner, taken)
            rounds[event.activity] += 1
    return tuple(seen)


def _without_what_is_not_for(
    event: Revealed, number: int, partner: str, taken: AbstractSet[tuple[str, str, int]]
) -> Revealed:
    def given(answer: Answer) -> Answer:
        mine = answer.who == partner
        shared = _took_part(event, partner) and (answer.who, event.activity, number) not in taken
        return answer if mine or shared else evolve(answer, words=None)

    return evolve(event, answers=map(given, event.answers))


def _took_part(event: Revealed, partner: str) -> bool:
    return any(answer.who == partner for answer in event.answers)
