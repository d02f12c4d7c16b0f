"""What one person keeps to themselves makes no difference to what another one sees, or is answered."""

from collections.abc import Iterator

from intimacy_kit.testing.actions import (
    Accept,
    Action,
    Agree,
    Allow,
    CheckIn,
    Decline,
    Note,
    Pause,
    ReadNotice,
    Resume,
    Seal,
    Start,
    TakeBackDecline,
    Withdraw,
)
from intimacy_kit.testing.checks.comparing import compared
from intimacy_kit.testing.checks.evenings import Evening, apart, asking, by, seen_by
from intimacy_kit.testing.checks.made_up import made_up
from intimacy_kit.testing.checks.stages import Check, Look, Rehearsal, Step, Try
from intimacy_kit.testing.reports import Evidence

__all__ = ["CHECKS"]


def _notes(rehearsal: Rehearsal, who: str) -> Evening:
    about = rehearsal.prompts[0]
    short, long = rehearsal.word("note"), rehearsal.word("note", longer=30)
    checks: list[list[Action]] = []
    for one in rehearsal.choice.check_ins[:1]:
        points = (one.scale.low, one.scale.high)
        checks += [[CheckIn(one.id, {asked.id: point for asked in one.questions})] for point in points]
    return Evening(
        before=rehearsal.settled(),
        ways=by(
            who,
            [],
            [Note(short)],
            [Note(long), Note(short)],
            [Note(short, key="same"), Note(short, key="same")],
            *checks,
        ),
        asks=asking(rehearsal, about),
    )


def _bounds(rehearsal: Rehearsal, who: str) -> Evening:
    """What somebody allows beyond what all others do, or did for a moment only."""
    topic = rehearsal.choice.topic
    topics: list[list[Action]] = [[Allow(topics={topic: "yes"})], [Allow(topics={topic: "ask"})]] if topic else []
    return Evening(
        before=rehearsal.settled(depth=2),
        ways=by(
            who, [], [Allow(depth=3)], [Allow(depth=4)], *topics, [Allow(depth=1), Allow(depth=2)], [Pause(), Resume()]
        ),
        asks=asking(rehearsal),
    )


def _notice(rehearsal: Rehearsal, who: str) -> Evening:
    """Whether somebody read the notice while they allow nothing for which it is needed, or the other one did not."""
    return Evening(ways=by(who, [], [ReadNotice()], [ReadNotice(), Allow(depth=3)]), asks=asking(rehearsal))


def _declines(rehearsal: Rehearsal, who: str) -> Evening:
    """For how long somebody declined something; or what does not fit anyway, or took it back."""
    fits = rehearsal.prompts[0]
    withheld = [*rehearsal.choice.touching[:1], *rehearsal.choice.deepest[:1]]
    rest: list[Action] = [Decline(name, "always") for name in withheld]
    return Evening(
        before=[*rehearsal.settled(depth=1), (who, Decline(rehearsal.prompts[1], "month"))],
        ways=by(
            who,
            [],
            rest or [Note("nothing")],
            [Decline(rehearsal.prompts[1], "always")],
            [Decline(rehearsal.prompts[1], "month")] * 3,
            [Decline(fits, "month"), TakeBackDecline(fits)],
        ),
        asks=asking(rehearsal, *withheld),
    )


def _reasons(rehearsal: Rehearsal, who: str) -> Evening:
    """Why a topic is not spoken about: not a word about it, no, to be asked, or yes and each activity declined."""
    about = rehearsal.some(rehearsal.choice.touching, "activities that touch a sensitive topic")
    topic = rehearsal.choice.topic
    others = [(person, Allow(topics={topic: "yes"})) for person in rehearsal.people if person != who]
    declined = [Decline(name, ("month", "always")[place % 2]) for place, name in enumerate(about)]
    return Evening(
        before=[*rehearsal.settled(depth=4), *others],
        ways=by(
            who,
            [],
            [Allow(topics={topic: "no"})],
            [Allow(topics={topic: "ask"})],
            [*declined, Allow(topics={topic: "yes"})],
        ),
        asks=asking(rehearsal, *about[:2], *rehearsal.choice.open_touching[:1]),
    )


def _asked(rehearsal: Rehearsal, who: str) -> Evening:
    """What somebody said yes to when they were asked; the others want to be asked as well, and were not yet."""
    about = rehearsal.some(rehearsal.choice.open_touching, "activities about one sensitive topic, without a gate")
    asked = [(person, Allow(topics={rehearsal.choice.topic: "ask"})) for person in rehearsal.people]
    accepts = [Try(who, Accept(name)) for name in about]
    return Evening(
        before=[*rehearsal.settled(depth=4), *asked], ways=[[], accepts[:1], accepts], asks=asking(rehearsal, *about)
    )


def _depths(rehearsal: Rehearsal, who: str) -> Evening:
    """Why nothing deeper is there: one allows what is light only, or has not read the notice."""
    others = [step for step in rehearsal.settled(depth=4) if isinstance(step, tuple) and step[0] != who]
    return Evening(
        before=others,
        ways=by(who, [Allow(depth=4)], [ReadNotice(), Allow(depth=1)], []),
        asks=asking(rehearsal, *rehearsal.choice.deeper[:1]),
    )


def _pauses(rehearsal: Rehearsal, who: str) -> Evening:
    """Why there is nothing at all: a pause, or each thing that would fit declined."""
    declined = [Decline(name, "always") for name in rehearsal.choice.at_first]
    return Evening(ways=by(who, [Pause()], declined, [*declined, Pause()]), asks=asking(rehearsal))


def _sealed(rehearsal: Rehearsal, who: str) -> Evening:
    """Whether somebody answered, or agreed, while the other one has not answered."""
    return Evening(before=_begun(rehearsal), ways=by(who, *_answers(rehearsal)), asks=asking(rehearsal))


def _sealed_both(rehearsal: Rehearsal, who: str) -> Evening:
    """The same, after the other one answered and did not agree."""
    sealed = [(person, _seal(rehearsal, person)) for person in rehearsal.people if person != who]
    return Evening(before=[*_begun(rehearsal), *sealed], ways=by(who, *_answers(rehearsal)), asks=asking(rehearsal)[4:])


def _sealed_waiting(rehearsal: Rehearsal, who: str) -> Evening:
    """The same, after the others answered and agreed; so this one does not agree, or not to the last they wrote."""
    about = rehearsal.prompts[0]
    waiting: list[Step] = []
    for person in rehearsal.people:
        waiting += [(person, _seal(rehearsal, person)), (person, Agree(about))] if person != who else []
    seal, other = _seal(rehearsal, who), Seal(about, rehearsal.word("another", longer=20))
    return Evening(
        before=[*_begun(rehearsal), *waiting],
        ways=by(
            who, [], [seal], [other], [seal, other], [seal, Withdraw(about)], [Decline(about), TakeBackDecline(about)]
        ),
        asks=asking(rehearsal)[4:],
    )


def _begun(rehearsal: Rehearsal) -> list[Step]:
    start = Start(rehearsal.prompts[0])
    return [*rehearsal.settled(), *([] if rehearsal.lacks(Start) else [(rehearsal.people[1], start)])]


def _seal(rehearsal: Rehearsal, who: str) -> Seal:
    return Seal(rehearsal.prompts[0], rehearsal.word(f"answer of {who}"))


def _answers(rehearsal: Rehearsal) -> list[list[Action]]:
    about = rehearsal.prompts[0]
    short, long = Seal(about, rehearsal.word("short")), Seal(about, rehearsal.word("long", longer=100))
    agree, back = Agree(about), Withdraw(about)
    return [[], [short], [long], [short, agree], [short, agree, long], [short, back], [short, agree, back]]


def _looked(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Whether somebody looked."""
    who, other = rehearsal.people[:2]
    seen = [
        seen_by(rehearsal, Evening(ways=(), before=rehearsal.settled(), asks=asking(rehearsal)), way, other)
        for way in ((), (Look(who),))
    ]
    yield from compared(other, seen, f"{who} looked, or not")


def _same_twice(rehearsal: Rehearsal) -> Iterator[Evidence]:
    """Live the same evening twice; what differs then is the app's own doing."""
    way = [step for step in _begun(rehearsal) if isinstance(step, tuple)]
    for who, place in ((rehearsal.people[0], 0), (rehearsal.people[1], 1)):
        evening = Evening(ways=(), asks=asking(rehearsal), looks=place)
        if not rehearsal.stage().look(who):
            yield Evidence("nothing can be fetched: Host.see gave no pages", who)
        seen = [seen_by(rehearsal, evening, way, who) for _ in range(2)]
        yield from compared(who, seen, "the same actions in two fresh spaces")


_TOLD = "Nobody can tell from their pages, or from what the app answers them,"

CHECKS = (
    Check(
        name="same twice",
        says="The same actions in two fresh spaces give the same pages, so that pages can be compared.",
        run=_same_twice,
    ),
    Check(name="notes", says=f"{_TOLD} what somebody wrote down or checked in.", run=apart(_notes), attacks=(85,)),
    Check(
        name="boundaries",
        says=f"{_TOLD} what somebody allows beyond what they allow themselves.",
        run=apart(_bounds),
        attacks=(83, 84),
    ),
    Check(
        name="notice",
        says=f"{_TOLD} whether somebody read the notice.",
        run=apart(_notice),
        needs=(ReadNotice, Allow),
    ),
    Check(
        name="declines",
        says=f"{_TOLD} for how long somebody declined something, or that they declined what does not fit anyway.",
        run=apart(_declines),
        needs=(Decline,),
        attacks=(83, 90),
    ),
    Check(
        name="reasons",
        says=f"{_TOLD} whether somebody said no to a topic, wants to be asked, declined all of it, or said nothing.",
        run=apart(_reasons),
        needs=(Allow, Decline),
        attacks=(83, 84),
    ),
    Check(
        name="asks",
        says=f"{_TOLD} what somebody said yes to when they were asked, before they were asked themselves.",
        run=apart(_asked),
        needs=(Allow, Accept),
        attacks=(83, 84),
    ),
    Check(
        name="depths",
        says=f"{_TOLD} whether somebody allows what is light only, or has not read the notice.",
        run=apart(_depths),
        needs=(ReadNotice, Allow),
        attacks=(83,),
    ),
    Check(
        name="pauses",
        says=f"{_TOLD} whether somebody pauses, or declined each thing there is.",
        run=apart(_pauses),
        needs=(Pause, Decline),
        attacks=(94,),
    ),
    Check(
        name="sealed before",
        says=f"{_TOLD} whether somebody answered, while they have not answered themselves.",
        run=apart(_sealed),
        needs=(Seal,),
        attacks=(85,),
    ),
    Check(
        name="sealed beside",
        says=f"{_TOLD} whether somebody answered, while they have not agreed to open theirs.",
        run=apart(_sealed_both),
        needs=(Seal,),
        attacks=(85,),
    ),
    Check(
        name="sealed after",
        says=f"{_TOLD} whether somebody answered and did not agree, after they agreed to open theirs.",
        run=apart(_sealed_waiting),
        needs=(Seal, Agree),
        attacks=(85,),
    ),
    Check(name="looks", says=f"{_TOLD} whether somebody looked.", run=_looked, attacks=(85,)),
    Check(
        name="made up",
        says=f"{_TOLD} anything that one keeps to themselves, on made-up evenings lived in two ways.",
        run=made_up,
        attacks=(83, 84, 85),
    ),
)
