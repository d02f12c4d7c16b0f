"""Sealed answers: each writes alone, each agrees, and then all are opened at once, or none.

What is decided here is decided from the joint progress and what is everybody's own. Whoever runs it sees all of
that, which is the host's server; what it leads to is either one joint event with everybody's words, or nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from intimacy_kit.practice.events import Answer, Revealed
from intimacy_kit.practice.own import Own, Seal
from intimacy_kit.practice.progress import Progress

__all__ = ["reveal", "seal_of", "taken_back"]


@frozen
class _Described:
    """An activity as it was when an answer to it was sealed."""

    id: str
    depth: int
    topics: frozenset[str]
    aliases: tuple[str, ...] = ()


def seal_of(own: Own, progress: Progress, activity_id: str) -> Seal | None:
    """Return what somebody sealed of an activity and what was not opened since; None where there is nothing."""
    seal = own.seals.get(activity_id)
    return seal if seal and seal.answer.round == progress.rounds_of(activity_id) else None


def reveal(progress: Progress, people: Iterable[Own], activity_id: str, *, at: datetime) -> Revealed | None:
    """Return the event that opens everybody's answers, if everybody sealed, agreed and still allows it; else None.

    Those who must are the people of the space. Lowering a boundary or declining what was answered keeps an answer
    shut as withdrawing it does, and looks the same. Nothing says who was first, or when.
    """
    owns = {own.partner: own for own in people}
    if progress.closed or not progress.people:
        return None
    seals = [_opened_by(owns[person], progress, activity_id, at) for person in progress.people if person in owns]
    answers = [seal.answer for seal in seals if seal is not None]
    if len(answers) < len(progress.people):
        return None
    first = answers[0]
    return Revealed(
        activity=activity_id,
        at=at,
        rev=first.rev,
        kind=first.kind,
        skills=first.skills,
        topics=first.topics,
        depth=first.depth,
        answers=[Answer(who=one.partner, shown=one.shown, words=one.words) for one in answers],
    )


def _opened_by(own: Own, progress: Progress, activity_id: str, at: datetime) -> Seal | None:
    """Return somebody's sealed answer if they agreed to open it and still allow what it answers, asked or not."""
    seal = seal_of(own, progress, activity_id)
    if seal is None or not seal.agreed:
        return None
    described = _Described(activity_id, seal.answer.depth, seal.answer.topics)
    return seal if own.allowed.as_if_asked().allow(described, at.date()) else None


def taken_back(progress: Progress, partner: str, activity_id: str) -> int | None:
    """Return the last round in which words of somebody were revealed and not taken back; None where there is none."""
    rounds = [
        number
        for number, one in enumerate(progress.revealed.get(activity_id, ()))
        if any(answer.who == partner and answer.words for answer in one.answers)
    ]
    return rounds[-1] if rounds else None
