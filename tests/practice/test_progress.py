"""What the joint events add up to."""

from itertools import groupby, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from little_packs import activity, day, evening, histories, joint_events, patient, private_events

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.deeds import Deed
from intimacy_kit.practice.events import (
    Answer,
    Completed,
    JointEvent,
    JourneyChosen,
    Migrated,
    Offered,
    Paused,
    PrivateEvent,
    Revealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
)
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.words import Words

CUP = activity("cup", depth=2, topics=["home"], skills=["trust", "repair"])
POT = activity("pot", "exercise", skills=["trust"])
OF_CUP = frozenset([("kind", "prompt"), ("depth", 2), ("skill", "trust"), ("skill", "repair"), ("topic", "home")])


def after(*events: JointEvent) -> Progress:
    return Progress.from_events(events)


@patient
@given(histories, histories)
def test_a_history_in_two_parts_adds_up_to_the_same(first: list[JointEvent], second: list[JointEvent]) -> None:
    begun = Progress.from_events(first)
    for event in second:
        begun = begun.after(event)
    assert begun == Progress.from_events([*first, *second])


@patient
@given(histories, joint_events())
def test_going_on_leaves_what_was_there_as_it_was(history: list[JointEvent], event: JointEvent) -> None:
    before = Progress.from_events(history)
    before.after(event)
    assert before == Progress.from_events(history)
    with pytest.raises(TypeError):
        before.deeds["tea/cup"] = Deed()  # type: ignore[index]


@patient
@given(histories)
def test_the_version_is_how_many_events_there_were(history: list[JointEvent]) -> None:
    assert Progress.from_events(history).version == len(history)


def test_a_whole_story_of_one_activity() -> None:
    progress = after(
        Offered.of(CUP, at=evening(1)),
        Offered.of(CUP, at=evening(1)),
        Skipped.of(CUP, at=evening(2)),
        Offered.of(CUP, at=evening(3)),
        Completed.of(CUP, at=evening(5)),
    )
    assert progress.of(CUP) == Deed(
        offered_on=day(3), shown=2, times=2, first_on=day(2), last_on=day(5), done=1, done_on=day(5), labels=OF_CUP
    )
    assert progress.days == {day(2): ("tea/cup",), day(5): ("tea/cup",)}
    assert progress.of(CUP).completed
    assert progress.of(POT) == Deed()


def test_skipping_is_acting_but_not_completing() -> None:
    assert after(Skipped.of(CUP, at=evening(0))).of(CUP) == Deed(
        times=1, first_on=day(0), last_on=day(0), labels=OF_CUP
    )


def test_beginning_counts_towards_nothing_and_pausing_and_choosing_leave_no_trace() -> None:
    progress = after(
        Started.of(CUP, at=evening(0)), Paused.of(CUP, at=evening(0)), JourneyChosen(at=evening(0), journey="tea/way")
    )
    assert progress.deeds == {"tea/cup": Deed(begun_on=day(0))}
    assert progress.of(CUP).seen == 1
    assert (progress.counts, progress.days) == ({}, {})


def test_rest_is_counted_from_when_it_was_done_or_put_aside_after_a_beginning() -> None:
    offered, begun = Offered.of(CUP, at=evening(4)), Started.of(CUP, at=evening(4))
    done, skipped = Completed.of(CUP, at=evening(2)), Skipped.of(CUP, at=evening(4))
    histories = {
        (offered,): None,
        (offered, begun): None,
        (skipped,): None,
        (offered, skipped): None,
        (offered, begun, skipped): day(4),
        (begun, skipped): day(4),
        (done, offered): day(2),
        (done, offered, skipped): day(2),
        (done, offered, begun): day(2),
        (done, offered, begun, skipped): day(4),
    }
    for history, expected in histories.items():
        for events in permutations(history):
            assert after(*events).of(CUP).rests_from == expected


@patient
@given(histories)
def test_what_was_seen_is_kept_by_how_often_and_longest_ago_first(history: list[JointEvent]) -> None:
    progress = Progress.from_events(history)
    kept = {name: seen for seen, names in progress.rounds.items() for name in names}
    assert kept == {name: deed.seen for name, deed in progress.deeds.items() if deed.seen}
    about = [event.activity for event in history if isinstance(event, Offered | Started | Completed | Skipped)]
    for names in progress.rounds.values():
        lasts = [len(about) - about[::-1].index(name) for name in names]
        assert lasts == sorted(lasts)


@patient
@given(histories, st.randoms())
def test_rest_and_gates_see_the_same_days_in_whatever_order_they_came(history: list[JointEvent], random: Any) -> None:
    def seen(events: list[JointEvent]) -> dict[str, Any]:
        progress = Progress.from_events(events)
        deeds = {
            name: (deed.offered_on, deed.times, deed.completed, deed.first_on, deed.last_on, deed.rests_from)
            for name, deed in progress.deeds.items()
        }
        days = {day: sorted(names) for day, names in progress.days.items()}
        return {"deeds": deeds, "counts": dict(progress.counts), "days": days}

    mixed: list[JointEvent] = []
    for migrated, events in groupby(history, lambda event: isinstance(event, Migrated)):
        some = list(events)
        if not migrated:  # what two ids count as is from then on, and never for what was before
            random.shuffle(some)
        mixed += some
    assert seen(mixed) == seen(history)


def test_a_clock_that_was_set_back_shortens_no_rest() -> None:
    progress = after(
        Offered.of(CUP, at=evening(9)),
        Completed.of(CUP, at=evening(9)),
        Offered.of(CUP, at=evening(2)),
        Completed.of(CUP, at=evening(2)),
    )
    deed = progress.of(CUP)
    assert (deed.offered_on, deed.first_on, deed.last_on) == (day(9), day(2), day(9))


@patient
@given(histories, private_events)
def test_a_private_event_is_refused_without_saying_whose(history: list[JointEvent], event: PrivateEvent) -> None:
    with pytest.raises(InvalidValueError) as refused:
        Progress.from_events([*history, event])  # type: ignore[list-item]
    assert str(refused.value) == "'events' must be joint; this one belongs to one partner's log"


def test_what_was_done_under_an_earlier_name_was_done() -> None:
    mug = activity("mug", depth=2, topics=["home"], skills=["trust", "repair"], aliases=["tea/cup", "tea/beaker"])
    progress = after(Completed.of(CUP, at=evening(1)), Offered.of(mug, at=evening(7)), Skipped.of(mug, at=evening(8)))
    assert progress.of(mug) == Deed(
        offered_on=day(7), shown=1, times=2, first_on=day(1), last_on=day(8), done=1, done_on=day(1), labels=OF_CUP
    )
    assert progress.of(CUP).times == 1


def test_doing_the_same_again_counts_once_and_only_what_is_new_in_it_counts_more() -> None:
    cup_now = activity("cup", depth=2, topics=["home", "money"], skills=["trust"], rev=2)
    progress = after(
        Completed.of(CUP, at=evening(0)),
        Skipped.of(CUP, at=evening(1)),
        Completed.of(cup_now, at=evening(2)),
        Completed.of(POT, at=evening(2)),
    )
    assert dict(progress.counts) == {
        ("kind", "prompt"): 1,
        ("kind", "exercise"): 1,
        ("depth", 2): 1,
        ("depth", 1): 1,
        ("skill", "trust"): 2,
        ("skill", "repair"): 1,
        ("topic", "home"): 1,
        ("topic", "money"): 1,
    }


def test_the_journey_is_the_one_chosen_last() -> None:
    chosen = [JourneyChosen(at=evening(0), journey=journey) for journey in ("tea/way", "tea/other")]
    assert after(*chosen).journey == "tea/other"
    assert after(*chosen, JourneyChosen(at=evening(1))).journey is None


def test_what_was_left_can_be_taken_up_where_it_was() -> None:
    left = after(Started.of(POT, at=evening(0)), Paused.of(POT, at=evening(0), moves=["next", "next"]))
    assert (left.unfinished, left.moves) == ("tea/pot", ("next", "next"))


@pytest.mark.parametrize("end", [Completed, Skipped])
def test_what_is_over_is_not_unfinished(end: Any) -> None:
    over = after(Paused.of(POT, at=evening(0), moves=["next"]), end.of(POT, at=evening(1)))
    assert (over.unfinished, over.moves) == (None, ())


def test_doing_something_else_in_between_forgets_nothing() -> None:
    left = after(Paused.of(POT, at=evening(0), moves=["next"]), Completed.of(CUP, at=evening(1)))
    assert (left.unfinished, left.moves) == ("tea/pot", ("next",))


def test_beginning_anew_begins_at_the_beginning() -> None:
    again = after(Paused.of(POT, at=evening(0), moves=["next"]), Started.of(POT, at=evening(1)))
    assert (again.unfinished, again.moves) == ("tea/pot", ())


# What people share


def opened(*people: str, shared: str = "removed") -> SpaceOpened:
    return SpaceOpened(at=evening(0), people=people, shared=shared)


def revealed(*said: str, number: int = 0) -> Revealed:
    """Return a reveal of what a, b, ... said."""
    answers = [Answer(who=who, shown="Who?", words=Words(words)) for who, words in zip("abcdef", said, strict=False)]
    return Revealed(on=evening(number).date(), activity="tea/cup", answers=answers)


def words_of(progress: Progress) -> list[list[str | None]]:
    """Return what can be read of the answers to the cup, round by round."""
    return [
        [answer.words.text if answer.words else None for answer in one.answers]
        for one in progress.revealed.get("tea/cup", ())
    ]


def test_a_space_is_for_those_it_was_opened_for_on_the_terms_it_was_opened_with() -> None:
    progress = Progress.from_events([opened("b", "a", shared="kept"), opened("x")])
    assert (progress.people, progress.shared, progress.closed) == (("a", "b"), "kept", False)


def test_a_space_without_a_word_is_for_nobody_in_particular() -> None:
    assert (Progress().people, Progress().shared, Progress().closed) == ((), "removed", False)


def test_who_left_is_not_there_any_more_and_when_everybody_left_it_is_closed() -> None:
    left = [SpaceLeft(on=day(1), who=who) for who in "xab"]
    states = [Progress.from_events([opened("a", "b"), *left[:number]]) for number in range(4)]
    assert [(state.people, state.closed) for state in states] == [
        (("a", "b"), False),
        (("a", "b"), False),
        (("b",), False),
        ((), True),
    ]


def test_a_space_that_was_closed_stays_closed() -> None:
    closed = Progress.from_events([opened("a", "b"), SpaceClosed(on=day(1))])
    assert closed.closed
    assert closed.after(SpaceLeft(on=day(2), who="a"), opened("c")).closed
    everybody_left = closed.after(SpaceLeft(on=day(2), who="a"), SpaceLeft(on=day(2), who="b"))
    assert everybody_left.after(opened("c")).people == ()


def test_what_was_revealed_stands_round_by_round() -> None:
    progress = Progress.from_events([revealed("tea", "milk"), revealed("rain", "sun", number=40)])
    assert words_of(progress) == [["tea", "milk"], ["rain", "sun"]]
    assert (progress.rounds_of("tea/cup"), progress.rounds_of("tea/pot")) == (2, 0)


def test_what_was_taken_back_of_a_round_is_not_there_any_more_and_the_rest_is() -> None:
    """attack 88."""
    rounds = [revealed("tea", "milk"), revealed("rain", "sun", number=40)]
    back = TakenBack(on=day(41), who="a", activity="tea/cup", round=1)
    assert words_of(Progress.from_events([*rounds, back])) == [["tea", "milk"], [None, "sun"]]


@pytest.mark.parametrize("about", [("c", "tea/cup", 0), ("a", "tea/pot", 0), ("a", "tea/cup", 7)])
def test_taking_back_what_is_not_there_changes_nothing(about: tuple[str, str, int]) -> None:
    who, name, number = about
    back = TakenBack(on=day(41), who=who, activity=name, round=number)
    assert words_of(Progress.from_events([revealed("tea", "milk"), back])) == [["tea", "milk"]]


def test_answers_stand_in_the_order_of_the_ids_and_one_for_each_person() -> None:
    first, second = Answer(who="b", shown="Who?"), Answer(who="a", shown="Who?")
    assert [one.who for one in Revealed(on=evening(0).date(), activity="tea/cup", answers=[first, second]).answers] == [
        "a",
        "b",
    ]
    with pytest.raises(InvalidValueError, match="one answer for each person"):
        Revealed(on=evening(0).date(), activity="tea/cup", answers=[first, first])


@pytest.mark.parametrize("people", [[], ["a", "a"], [*"abcdefg"], [" a"], [1], [None, "a"]])
def test_a_space_is_for_one_to_six_different_people(people: Any) -> None:
    with pytest.raises(InvalidValueError, match="'people' must"):
        SpaceOpened(at=evening(0), people=people)


def test_practising_forgets_neither_who_is_there_nor_their_terms_nor_what_was_revealed() -> None:
    opened = SpaceOpened(at=evening(0), people=["a", "b"], shared="kept")
    revealed = Revealed(on=day(0), activity="tea/cup", answers=[Answer(who="a", shown="Tea?", words=Words("Yes."))])
    before = after(opened, revealed)
    for practised in (before.after(Completed.of(CUP, at=evening(1))), before.after(Offered.of(POT, at=evening(1)))):
        assert (practised.people, practised.shared, practised.closed) == (("a", "b"), "kept", False)
        assert practised.revealed == {"tea/cup": (revealed,)}
    assert before.after(SpaceClosed(on=day(1)), Completed.of(CUP, at=evening(1))).closed


def test_what_was_done_counts_the_same_after_it_was_offered_again() -> None:
    again = after(Completed.of(CUP, at=evening(0)), Offered.of(CUP, at=evening(9)))
    assert again.of(CUP).labels == OF_CUP
    assert again.of(CUP) == Deed(
        offered_on=day(9), shown=1, times=1, first_on=day(0), last_on=day(0), done=1, done_on=day(0), labels=OF_CUP
    )
