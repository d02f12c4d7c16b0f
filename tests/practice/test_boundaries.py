"""What people allow, alone and together."""

from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import (
    EVERYTHING,
    SLUGS,
    UNKNOWN_TOPIC,
    activities,
    activity,
    boundaries,
    day,
    days,
    patient,
)

from intimacy_kit.content.vocabulary import DEPTHS, ORDINARY_TOPICS, SENSITIVE_TOPICS, TOPICS
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries, together

anything = st.sampled_from(SLUGS).flatmap(lambda slug: activities(slug, st.none()))


@patient
@given(boundaries, boundaries)
def test_what_two_allow_does_not_depend_on_who_is_named_first(ada: Boundaries, ben: Boundaries) -> None:
    assert ada & ben == ben & ada


@patient
@given(boundaries, boundaries, boundaries)
def test_what_three_allow_does_not_depend_on_who_is_asked_first(
    ada: Boundaries, ben: Boundaries, cem: Boundaries
) -> None:
    assert (ada & ben) & cem == ada & (ben & cem)


@patient
@given(boundaries)
def test_somebody_together_with_themselves_allows_what_they_allow(ada: Boundaries) -> None:
    assert ada & ada == ada


@patient
@given(st.lists(boundaries, min_size=1, max_size=4), anything, days)
def test_together_people_allow_exactly_what_each_of_them_allows(
    people: list[Boundaries], wanted: Any, number: int
) -> None:
    together = reduce(and_, people)
    assert together.allow(wanted, day(number)) == all(one.allow(wanted, day(number)) for one in people)


@patient
@given(boundaries, boundaries)
def test_together_nobody_goes_deeper_or_answers_more_than_each_alone(ada: Boundaries, ben: Boundaries) -> None:
    both = ada & ben
    more = {"no": 0, "ask": 1, "yes": 2}
    assert both.depth == min(ada.depth, ben.depth)
    assert {topic: more[both.answer(topic)] for topic in TOPICS} == {
        topic: min(more[ada.answer(topic)], more[ben.answer(topic)]) for topic in TOPICS
    }


def test_both_keep_their_declines_and_the_longer_one_wins() -> None:
    ada = Boundaries(declined={"tea/assam": day(3), "tea/bancha": day(1)})
    ben = Boundaries(declined={"tea/assam": day(9), "tea/ceylon": ALWAYS})
    assert (ada & ben).declined == (("tea/assam", day(9)), ("tea/bancha", day(1)), ("tea/ceylon", ALWAYS))


@pytest.mark.parametrize("depth", DEPTHS)
def test_silence_allows_depth_1_only(depth: int) -> None:
    assert Boundaries().allow(activity("cup", depth=depth), day(0)) == (depth == 1)


@pytest.mark.parametrize("topic", [*TOPICS, UNKNOWN_TOPIC])
def test_silence_allows_ordinary_topics_only(topic: str) -> None:
    someone = Boundaries(depth=4)
    assert someone.allow(activity("cup", depth=2, topics=[topic]), day(0)) == (topic in ORDINARY_TOPICS)


def test_one_topic_that_is_not_allowed_is_enough_to_withhold() -> None:
    someone = Boundaries(depth=4, topics={"money": "yes"})
    assert someone.allow(activity("cup", depth=2, topics=["money", "home"]), day(0))
    assert not someone.allow(activity("cup", depth=2, topics=["money", "home", "loss"]), day(0))


def test_an_unknown_topic_is_never_allowed_whatever_was_said_about_it() -> None:
    someone = Boundaries(depth=4, topics={UNKNOWN_TOPIC: "yes"})
    assert someone == Boundaries(depth=4)
    assert someone.answer(UNKNOWN_TOPIC) == "no"
    assert not someone.allow(activity("cup", depth=4, topics=[UNKNOWN_TOPIC]), day(0))


@pytest.mark.parametrize(("answer", "allowed"), [("no", False), ("ask", False), ("yes", True)])
@pytest.mark.parametrize("topic", ["money", "home"])
def test_only_yes_is_yes(topic: str, answer: Any, *, allowed: bool) -> None:
    someone = EVERYTHING.with_answer(topic, answer)
    assert someone.answer(topic) == answer
    assert someone.allow(activity("cup", depth=2, topics=[topic]), day(0)) == allowed


def test_a_decline_lasts_up_to_its_day_and_that_day_is_the_first_one_after() -> None:
    someone = Boundaries().declining("tea/cup", day(3))
    cup = activity("cup")
    assert [someone.allow(cup, day(number)) for number in range(5)] == [False, False, False, True, True]
    assert someone.allow(activity("other-cup"), day(0))


def test_a_decline_without_a_day_is_for_good() -> None:
    someone = Boundaries().declining("tea/cup")
    assert someone == Boundaries(declined={"tea/cup": ALWAYS})
    assert not someone.allow(activity("cup"), day(100_000))


def test_a_decline_under_an_earlier_name_still_counts() -> None:
    someone = Boundaries().declining("tea/mug", day(3))
    cup = activity("cup", aliases=["tea/beaker", "tea/mug"])
    assert [someone.allow(cup, day(number)) for number in (2, 3)] == [False, True]


def test_declining_again_replaces_the_day() -> None:
    assert Boundaries().declining("tea/cup").declining("tea/cup", day(3)).declined == (("tea/cup", day(3)),)


def test_boundaries_that_allow_the_same_are_equal() -> None:
    said = Boundaries(topics={"money": "no", "home": "yes", UNKNOWN_TOPIC: "yes", "loss": "ask"})
    assert said == Boundaries(topics=[("loss", "ask")])
    assert hash(said) == hash(Boundaries(topics={"loss": "ask"}))
    assert Boundaries(topics={"loss": "yes", "money": "ask"}) == Boundaries(topics={"money": "ask", "loss": "yes"})


def test_taking_a_word_back_leaves_nothing_behind() -> None:
    assert Boundaries().with_depth(3).with_answer("loss", "yes").with_answer("loss", "no").with_depth(1) == Boundaries()


def test_changing_one_thing_keeps_the_others() -> None:
    someone = Boundaries(depth=2, topics={"loss": "yes"}, declined={"tea/cup": day(1)})
    assert someone.with_depth(3) == Boundaries(depth=3, topics={"loss": "yes"}, declined={"tea/cup": day(1)})
    assert someone.with_answer("home", "no") == Boundaries(
        depth=2, topics={"loss": "yes", "home": "no"}, declined={"tea/cup": day(1)}
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"depth": 0}, "'depth' must be a whole number from 1 to 4"),
        ({"depth": 5}, "'depth' must be a whole number from 1 to 4"),
        ({"depth": True}, "'depth' must be a whole number from 1 to 4"),
        ({"topics": {"In laws": "yes"}}, "'topics' must name topics such as in_laws"),
        ({"topics": {"money": "perhaps"}}, "'topics' must say yes, ask or no to each topic"),
        ({"topics": {"money": True}}, "'topics' must say yes, ask or no to each topic"),
        ({"declined": {"cup": day(1)}}, "'declined' must name activities by their full id"),
        ({"declined": {"tea/cup": "2026-11-23"}}, "'declined' must say until which date"),
        ({"declined": {"tea/cup": datetime(2026, 11, 23)}}, "'declined' must say until which date"),  # noqa: DTZ001
    ],
)
def test_what_boundaries_cannot_be_is_refused_in_one_line(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Boundaries(**wrong)
    assert str(refused.value) == said


def test_nobody_can_answer_to_a_topic_that_does_not_exist() -> None:
    with pytest.raises(InvalidValueError, match=r"^'topic' must be one of home, work, "):
        Boundaries().with_answer(UNKNOWN_TOPIC, "yes")


def test_every_sensitive_topic_can_be_allowed() -> None:
    wanted = activity("cup", depth=4, topics=SENSITIVE_TOPICS[:20])
    assert EVERYTHING.allow(wanted, day(0))


def test_a_decline_is_taken_back_and_others_stay() -> None:
    declining = Boundaries().declining("tea/cup").declining("tea/pot")
    assert declining.not_declining("tea/cup") == Boundaries().declining("tea/pot")
    assert declining.not_declining("tea/kettle") == declining


# Being asked first, and pausing

ASKED = Boundaries(depth=2, topics={"money": "ask", "worry": "yes"})
BILL = activity("bill", depth=2, topics=["money"])


def test_a_yes_opens_one_activity_up_to_a_day_and_no_other() -> None:
    someone = ASKED.accepting("tea/bill", ["money"], day(7))
    assert [someone.allow(BILL, day(number)) for number in (0, 6, 7)] == [True, True, False]
    assert not someone.allow(activity("other-bill", depth=2, topics=["money"]), day(0))


@pytest.mark.parametrize(
    "changed",
    [
        activity("bill", depth=2, topics=["money", "loss"]),
        activity("bill", depth=2, topics=["money", "home"]),
        activity("bill", depth=3, topics=["money"]),
    ],
    ids=["touches on more that is refused", "touches on more that is welcome", "goes deeper"],
)
def test_a_yes_is_void_when_the_activity_is_not_what_was_asked_about(changed: Any) -> None:
    """attack 98: consent to what it was is none to what an update made of it."""
    assert not ASKED.accepting("tea/bill", ["money"], day(7)).allow(changed, day(0))


def test_a_yes_declines_and_refusals_are_stronger_than() -> None:
    someone = ASKED.accepting("tea/bill", ["money"], day(7))
    assert not someone.declining("tea/bill", day(3)).allow(BILL, day(0))
    assert not someone.with_answer("money", "no").allow(BILL, day(0))
    assert not someone.with_depth(1).allow(BILL, day(0))


def test_a_yes_is_forgotten_when_the_topic_is_refused_and_not_remembered_when_it_is_asked_again() -> None:
    refused = ASKED.accepting("tea/bill", ["money"], day(7)).with_answer("money", "no")
    assert refused.accepted == ()
    assert not refused.with_answer("money", "ask").allow(BILL, day(0))


@pytest.mark.parametrize("topics", [["worry"], ["home"], ["loss"], ["money", "loss"]])
def test_a_yes_that_is_not_needed_or_does_not_help_is_not_kept(topics: list[str]) -> None:
    assert ASKED.accepting("tea/bill", topics, day(7)) == ASKED


def test_together_it_opens_when_everybody_who_wants_to_be_asked_said_yes() -> None:
    said_yes, willing = ASKED.accepting("tea/bill", ["money"], day(7)), EVERYTHING
    for other, opens in ((willing, True), (said_yes, True), (ASKED, False), (Boundaries(depth=2), False)):
        assert (said_yes & other).allow(BILL, day(0)) == opens == (other & said_yes).allow(BILL, day(0))


def test_together_a_yes_holds_as_long_as_the_shorter_one() -> None:
    longer, shorter = (ASKED.accepting("tea/bill", ["money"], day(number)) for number in (9, 4))
    assert (longer & shorter).accepted == shorter.accepted == (shorter & longer).accepted


def test_of_two_yeses_to_the_same_the_later_one_counts() -> None:
    someone = ASKED.accepting("tea/bill", ["money"], day(9)).accepting("tea/bill", ["money"], day(4))
    assert someone.accepted == (("tea/bill", ("money",), day(9)),)


@pytest.mark.parametrize(
    "accepted",
    [
        ("bill", ["money"], day(1)),
        ("tea/bill", [], day(1)),
        ("tea/bill", [f"topic_{number}" for number in range(21)], day(1)),
        ("tea/bill", ["Money"], day(1)),
        ("tea/bill", ["money"], datetime(2026, 11, 23)),  # noqa: DTZ001
    ],
)
def test_a_yes_names_an_activity_its_topics_and_a_day(accepted: Any) -> None:
    with pytest.raises(InvalidValueError, match="'accepted' must"):
        Boundaries(accepted=[accepted])


def test_as_if_asked_is_what_would_be_allowed_if_every_answer_were_yes() -> None:
    assert ASKED.as_if_asked() == Boundaries(depth=2, topics={"money": "yes", "worry": "yes"})


def test_while_somebody_pauses_nothing_is_allowed() -> None:
    """attack 94: for everybody it looks as if there were nothing."""
    pausing = EVERYTHING.pausing()
    assert not (pausing & EVERYTHING).allow(activity("cup"), day(0))
    assert (pausing.pausing(paused=False) & EVERYTHING).allow(activity("cup"), day(0))


def test_what_is_over_is_left_out() -> None:
    someone = ASKED.accepting("tea/bill", ["money"], day(4)).declining("tea/cup", day(4)).declining("tea/pot")
    assert someone.without_what_is_over(day(3)) == someone
    assert someone.without_what_is_over(day(4)) == ASKED.declining("tea/pot")


@pytest.mark.parametrize("paused", [1, "yes", None])
def test_a_pause_is_true_or_false(paused: Any) -> None:
    with pytest.raises(InvalidValueError, match="'paused' must be true or false"):
        Boundaries(paused=paused)


def test_of_nobody_what_goes_without_saying_is_allowed_and_of_one_what_they_allow() -> None:
    assert together([]) == Boundaries()
    assert together([ASKED]) == ASKED
    assert together(iter([ASKED, EVERYTHING, Boundaries()])) == ASKED & Boundaries()


HOME_ONLY = Boundaries(depth=2, topics=dict.fromkeys(ORDINARY_TOPICS, "no") | {"home": "yes", "money": "ask"})


def test_what_touches_on_all_that_is_welcome_is_welcome() -> None:
    assert HOME_ONLY.allow(activity("cup", depth=2, topics=["home"]), day(0))
    assert HOME_ONLY.accepting("tea/bill", ["home", "money"], day(7)).allow(
        activity("bill", depth=2, topics=["home", "money"]), day(0)
    )


def test_a_yes_is_to_up_to_twenty_topics() -> None:
    many = SENSITIVE_TOPICS[:20]
    asked = Boundaries(depth=2, topics=dict.fromkeys(SENSITIVE_TOPICS, "ask"))
    assert asked.accepting("tea/cup", many, day(7)).allow(activity("cup", depth=2, topics=many), day(0))


def test_as_if_asked_what_is_refused_stays_refused() -> None:
    someone = Boundaries(depth=2, topics={"money": "ask", "home": "no"})
    assert someone.as_if_asked() == Boundaries(depth=2, topics={"money": "yes", "home": "no"})
