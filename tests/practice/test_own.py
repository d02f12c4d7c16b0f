"""What one partner's private log adds up to."""

from typing import Any

import pytest
from little_packs import activity, day, evening

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    Accepted,
    Agreed,
    BoundariesChanged,
    CheckedIn,
    Declined,
    Noted,
    NoticeRead,
    PrivateEvent,
    Sealed,
    Withdrawn,
)
from intimacy_kit.practice.own import Own, Seal
from intimacy_kit.practice.words import Words

NEAR, CALM, CUP = activity("near", "check_in"), activity("calm", "check_in"), activity("cup")
FIRST, SECOND = Boundaries(depth=3), Boundaries(declined={"tea/cup": day(9)})
LOG: list[PrivateEvent] = [
    BoundariesChanged(partner="a", at=evening(0), boundaries=FIRST),
    CheckedIn.of(NEAR, at=evening(1), partner="a", answers={"near": 3}),
    CheckedIn.of(CALM, at=evening(1), partner="a", answers={"near": 4}),
    BoundariesChanged(partner="a", at=evening(2), boundaries=SECOND),
    CheckedIn.of(NEAR, at=evening(3), partner="a", answers={"near": 5}),
]


def own(*events: PrivateEvent) -> Own:
    """Return what these events of the partner a add up to."""
    return Own.from_events("a", events)


def said(name: str, **more: Any) -> Any:
    """Return an event of the partner a."""
    kinds: dict[str, Any] = {"agreed": Agreed, "withdrawn": Withdrawn, "noted": Noted}
    return kinds[name](partner="a", at=evening(0), **more)


def sealed(words: str, number: int = 0) -> Sealed:
    """Return an answer to the cup."""
    return Sealed.of(CUP, at=evening(0), partner="a", shown="Who?", words=Words(words), round=number)


def test_the_boundaries_are_those_set_last_and_the_silent_ones_before() -> None:
    assert [own(*LOG[:n]).boundaries for n in (0, 1, 3, 4, 5)] == [Boundaries(), FIRST, FIRST, SECOND, SECOND]
    assert [own(*LOG[:n]).settled for n in (0, 1)] == [False, True]


def test_the_version_is_how_many_events_there_were() -> None:
    assert [own(*LOG[:n]).version for n in range(6)] == [*range(6)]


def test_nothing_below_what_is_light_is_allowed_before_the_notice_was_read() -> None:
    """attack 97: what no adult has confirmed in their own words is light and ordinary."""
    unread = own(LOG[0])
    assert (unread.notice_read, unread.boundaries.depth, unread.allowed.depth) == (False, 3, 1)
    read = unread.after(NoticeRead(partner="a", at=evening(4)))
    assert (read.notice_read, read.boundaries.depth, read.allowed.depth) == (True, 3, 3)


def test_check_ins_stand_in_the_order_they_were_given() -> None:
    assert own(*LOG).check_ins == (LOG[1], LOG[2], LOG[4])


def test_a_decline_is_added_to_what_was_set_and_comes_back_on_its_day() -> None:
    declined = own(LOG[0], Declined(partner="a", at=evening(1), activity="tea/pot", until=day(3)))
    assert declined.boundaries == FIRST.declining("tea/pot", day(3))
    assert [declined.declines(day(number)) for number in (2, 3)] == [("tea/pot",), ()]


def test_a_yes_to_a_question_is_added_to_what_was_set() -> None:
    asked = Boundaries(depth=2, topics={"money": "ask"})
    said_yes = Accepted(partner="a", at=evening(1), activity="tea/pot", topics=["money"], until=day(8))
    mine = own(BoundariesChanged(partner="a", at=evening(0), boundaries=asked), said_yes)
    assert mine.boundaries == asked.accepting("tea/pot", ["money"], day(8))
    assert mine.boundaries.allow(activity("pot", depth=2, topics=["money"]), day(7))


def test_notes_stand_in_the_order_they_were_written() -> None:
    first, second = said("noted", words=Words("One.")), said("noted", words=Words("Two."), activity="tea/cup")
    assert own(first, second).notes == (first, second)


def test_an_answer_sealed_again_takes_the_place_of_the_one_before_and_is_agreed_to_anew() -> None:
    first, second = sealed("One."), sealed("Two.")
    assert own(first).seals == {"tea/cup": Seal(first)}
    assert own(first, said("agreed", activity="tea/cup")).seals == {"tea/cup": Seal(first, agreed=True)}
    assert own(first, said("agreed", activity="tea/cup"), second).seals == {"tea/cup": Seal(second)}


@pytest.mark.parametrize("kind", ["agreed", "withdrawn"])
@pytest.mark.parametrize("about", [{"activity": "tea/pot"}, {"activity": "tea/cup", "round": 1}])
def test_agreeing_to_or_withdrawing_what_was_not_sealed_changes_nothing(kind: str, about: dict[str, Any]) -> None:
    assert own(sealed("One."), said(kind, **about)).seals == {"tea/cup": Seal(sealed("One."))}


def test_what_was_withdrawn_is_not_there_any_more() -> None:
    assert own(sealed("One."), said("withdrawn", activity="tea/cup")).seals == {}


@pytest.mark.parametrize("event", [NoticeRead(partner="b", at=evening(0))])
def test_an_event_of_anybody_else_is_refused(event: PrivateEvent) -> None:
    with pytest.raises(InvalidValueError, match="private events of this partner"):
        own(event)


def test_an_event_of_anybody_else_is_refused_in_one_line() -> None:
    with pytest.raises(InvalidValueError) as refused:
        own(NoticeRead(partner="b", at=evening(0)))
    assert str(refused.value) == "'events' must be the private events of this partner"
