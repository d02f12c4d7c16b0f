"""What somebody is asked about, alone: the questions themselves; what follows from a yes is tried with spaces."""

import pytest
from little_packs import activity, catalog, day, evening

from intimacy_kit.errors import NotOfferedError
from intimacy_kit.practice.asking import ASKED_AT_ONCE, accept, asks
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, NoticeRead
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress

THERE = catalog(*(activity(f"bill-{n}", depth=2, topics=["money"]) for n in range(9)))
ASKED = Boundaries(depth=2, topics={"money": "ask"})
OWN = Own.from_events(
    "a",
    [NoticeRead(partner="a", at=evening(0)), BoundariesChanged(partner="a", at=evening(0), boundaries=ASKED)],
)


def asked(number: int, **more: str) -> list[str]:
    """Return what is asked on a day."""
    return [one.id for one in asks(THERE, Progress(), OWN, now=evening(number), **more)]


def test_three_questions_stay_for_a_week_that_begins_on_monday() -> None:
    weeks = [{tuple(asked(7 * week + number)) for number in range(7)} for week in range(9)]
    assert day(0).weekday() == 0
    assert {len(one) for week in weeks for one in week} == {ASKED_AT_ONCE}
    assert [len(week) for week in weeks] == [1] * 9
    assert len(set.union(*weeks)) > 1


def test_without_a_seed_it_is_the_empty_one() -> None:
    assert asked(0) == asked(0, seed="")
    assert len({tuple(asked(0, seed=str(seed))) for seed in range(9)}) > 1


def test_what_is_asked_with_a_seed_is_answered_with_it() -> None:
    for seed in map(str, range(9)):
        for name in asked(0, seed=seed):
            assert accept(THERE, Progress(), OWN, name, now=evening(0), seed=seed).activity == name
    for name in asked(0):
        assert accept(THERE, Progress(), OWN, name, now=evening(0)).activity == name
    not_asked = {*THERE} - {*asked(0)}
    with pytest.raises(NotOfferedError):
        accept(THERE, Progress(), OWN, min(not_asked), now=evening(0))
