"""What one partner's private log adds up to."""

from little_packs import activity, day, evening

from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import BoundariesChanged, CheckedIn, NoticeRead, PrivateEvent
from intimacy_kit.practice.private import boundaries_in, check_ins_in, has_read_notice

NEAR, CALM = (activity(slug, "check_in") for slug in ("near", "calm"))
FIRST, SECOND = Boundaries(depth=3), Boundaries(declined={"tea/cup": day(9)})
LOG: list[PrivateEvent] = [
    BoundariesChanged(partner="a", at=evening(0), boundaries=FIRST),
    CheckedIn.of(NEAR, at=evening(1), partner="a", answers={"near": 3}),
    CheckedIn.of(CALM, at=evening(1), partner="a", answers={"near": 4}),
    BoundariesChanged(partner="a", at=evening(2), boundaries=SECOND),
    CheckedIn.of(NEAR, at=evening(3), partner="a", answers={"near": 5}),
]


def test_the_boundaries_are_those_set_last_and_the_silent_ones_before() -> None:
    assert [boundaries_in(LOG[:n]) for n in (0, 1, 3, 4, 5)] == [Boundaries(), FIRST, FIRST, SECOND, SECOND]


def test_the_notice_was_read_once_it_was_read() -> None:
    assert not has_read_notice(LOG)
    assert has_read_notice([*LOG, NoticeRead(partner="a", at=evening(4))])


def test_the_answers_to_one_check_in_stand_in_the_order_they_were_given() -> None:
    assert check_ins_in(LOG, "tea/near") == (LOG[1], LOG[4])
    assert check_ins_in(LOG, "tea/cup") == ()
