"""Sealed answers: each writes alone, each agrees, and then all are opened at once, or none.

What is decided here is decided from the joint progress and what is everybody's own. Whoever runs it sees all of
that, which is the host's server; what it leads to is either one joint event with everybody's words, or nothing.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from intimacy_kit.practice.boundaries import together
from intimacy_kit.practice.events import Answer, JointEvent, Revealed, TakenBack
from intimacy_kit.practice.own import Own, Seal
from intimacy_kit.practice.progress import Progress

__all__ = ["reveal", "reveals_taken_back", "seal_of", "taken_back"]


@frozen
class _Described:
    """An activity as it was when an answer to it was sealed."""

    id: str
    depth: int
    topics: frozenset[str]
    aliases: tuple[str, ...]


def seal_of(own: Own, progress: Progress, activity_id: str) -> Seal | None:
    """Return what somebody sealed of an activity and what was not opened since; None where there is nothing."""
    seal = own.seals.get(activity_id)
    return seal if seal and seal.answer.round == progress.rounds_of(activity_id) else None


def reveal(
    progress: Progress, people: Iterable[Own], activity_id: str, *, on: date, aliases: tuple[str, ...] = ()
) -> Revealed | None:
    """Return the event that opens everybody's answers, if everybody sealed, agreed and still allows them; else None.

    Those who must are the people of the space. Each must allow what each of the answers was about, as it was then.
    Lowering a boundary or declining keeps all of them shut as withdrawing does, and looks the same. Nothing says who
    was first, or when. *aliases* are the ids that the activity had before.
    """
    owns = {own.partner: own for own in people}
    if progress.closed or not progress.people or not owns.keys() >= set(progress.people):
        return None
    seals = [seal_of(owns[person], progress, activity_id) for person in progress.people]
    answers = [seal.answer for seal in seals if seal is not None and seal.agreed]
    allowed = together(owns[person].allowed.as_if_asked() for person in progress.people)
    about = [_Described(activity_id, one.depth, one.topics, aliases) for one in answers]
    if len(answers) < len(progress.people) or not all(allowed.allow(one, on) for one in about):
        return None
    opened = [Answer(who=one.partner, shown=one.shown, words=one.words) for one in answers]
    return Revealed(on=on, activity=activity_id, answers=opened)


def taken_back(progress: Progress, partner: str, activity_id: str) -> int | None:
    """Return the last round in which words of somebody were revealed and not taken back; None where there is none."""
    rounds = [
        number
        for number, one in enumerate(progress.revealed.get(activity_id, ()))
        if any(answer.who == partner and answer.words for answer in one.answers)
    ]
    return rounds[-1] if rounds else None


def reveals_taken_back(joint: Iterable[JointEvent], partner: str) -> tuple[int, ...]:
    """Return the versions of the reveals in which somebody took their words back: nobody keeps these."""
    events = tuple(joint)
    taken = {(one.activity, one.round) for one in events if isinstance(one, TakenBack) and one.who == partner}
    rounds: Counter[str] = Counter()
    versions = []
    for version, event in enumerate(events, 1):
        if isinstance(event, Revealed):
            if (event.activity, rounds[event.activity]) in taken:
                versions.append(version)
            rounds[event.activity] += 1
    return tuple(versions)
