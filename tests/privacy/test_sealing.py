"""Sealed answers: each writes alone, each agrees, and then all are opened at once, or none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any, cast

import pytest
from attrs import evolve
from little_packs import activity, catalog, day, evening
from privacy.rooms import CATALOG, CUP, Around, Interrupting, Losing, answer_and_agree, room, words_of
from privacy.worlds import PEOPLE

from intimacy_kit.content.activities import Prompt
from intimacy_kit.content.text import Text
from intimacy_kit.errors import (
    IdempotencyError,
    InvalidValueError,
    KitError,
    NotOfferedError,
    SpaceClosedError,
    StoreKeyError,
)
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.events import Agreed, JointEvent, Revealed, Sealed, SpaceClosed, SpaceOpened, TakenBack
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.sealing import reveal
from intimacy_kit.practice.words import Words
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space
from intimacy_kit.stores.sqlite import SQLiteStore

ROUNDS_OF_THREADS = 8


def reveals(space: Space) -> list[Revealed]:
    return [event for event in space._store.events("us") if isinstance(event, Revealed)]


@pytest.mark.parametrize("number", range(1, 7))
def test_answers_are_opened_all_at_once_when_the_last_one_has_agreed_and_not_before(number: int) -> None:
    space, people = room(number), PEOPLE[:number]
    steps = [(what, name) for name in people for what in ("seal", "agree")]
    Random(number).shuffle(steps)
    for what, name in sorted(steps, key=lambda step: step[0] == "agree"):
        assert reveals(space) == []
        assert [words_of(space, each) for each in people] == [[]] * number
        if what == "seal":
            space.seal(name, CUP, f"of {name}", at=evening(0))
        else:
            space.agree(name, CUP, at=evening(0))
    everything = {name: f"of {name}" for name in people}
    assert [words_of(space, name) for name in people] == [[everything]] * number
    assert len(reveals(space)) == 1
    assert not any(space.view(name, now=evening(0)).sealed for name in people)


@pytest.mark.parametrize("order", [*permutations(("seal ada", "agree ada", "seal ben", "agree ben"))])
def test_in_whatever_order_they_seal_and_agree_it_opens_once_or_not_at_all(order: tuple[str, ...]) -> None:
    """attack 86: whoever agrees before they sealed is refused, and an empty answer is none."""
    space, agreed = room(), 0
    for step in order:
        what, name = step.split()
        if what == "seal":
            space.seal(name, CUP, f"of {name}", at=evening(0))
        elif order.index(f"seal {name}") < order.index(step):
            space.agree(name, CUP, at=evening(0))
            agreed += 1
        else:
            with pytest.raises(NotOfferedError):
                space.agree(name, CUP, at=evening(0))
    assert len(reveals(space)) == (agreed == 2)


def test_an_answer_has_words_and_opens_nothing_by_itself() -> None:
    """attack 86: neither nothing nor an x opens the other one's answer, who has not agreed."""
    space = room()
    space.seal("ada", CUP, "Ada's words.", at=evening(0))
    with pytest.raises(InvalidValueError, match="'words'"):
        space.seal("ben", CUP, "", at=evening(0))
    answer_and_agree(space, "ben")
    space.agree("ben", CUP, at=evening(0))
    assert [words_of(space, name) for name in ("ada", "ben")] == [[], []]
    assert b"Ada" not in space.export("ben", at=evening(0)).to_json()


def _agrees_and_withdraws(space: Space) -> None:
    answer_and_agree(space, "ada")
    space.withdraw("ada", CUP, at=evening(0))


def _declines(space: Space) -> None:
    space.decline("ada", CUP, at=evening(0))


def test_nobody_learns_whether_another_one_sealed_agreed_or_declined_to_answer() -> None:
    """attack 85, attack 90: until it is open, silence, a seal, an agreement and a decline look the same."""
    acts: list[Callable[[Space], None]] = [
        lambda _: None,
        lambda space: space.seal("ada", CUP, "Words.", at=evening(0), key="k"),
        lambda space: answer_and_agree(space, "ada"),
        _agrees_and_withdraws,
    ]
    saw = []
    for act in acts:
        space = room()
        act(space)
        space.seal("ben", CUP, "Ben's.", at=evening(0))
        space.withdraw("ben", CUP, at=evening(0))
        with pytest.raises(NotOfferedError) as refused:
            space.agree("ben", CUP, at=evening(0))
        space.seal("ben", CUP, "Ben's again.", at=evening(0))
        view, export = space.view("ben", now=evening(0)), space.export("ben", at=evening(0))
        saw.append(
            (
                str(refused.value),
                view.to_json(),
                export.to_json(),
                export.to_markdown(),
                space._store.head("us").version,
            )
        )
    assert len({repr(one) for one in saw}) == 1


def test_agreeing_says_nothing_about_the_other_one() -> None:
    """attack 85: the answer to agreeing is the same, open or not; what is open, the view shows."""
    space = room()
    for name in ("ada", "ben"):
        space.seal(name, CUP, f"of {name}", at=evening(0))
    agree: Callable[..., object] = space.agree
    answers = [agree(name, CUP, at=evening(0)) for name in ("ada", "ben")]
    assert answers == [None, None]
    assert words_of(space, "ada") == [{"ada": "of ada", "ben": "of ben"}]


def test_what_was_opened_is_in_the_order_of_names_and_of_a_day_not_of_an_hour() -> None:
    """attack 85: nothing says who was first, and nothing at what hour the last one agreed."""
    found = []
    for order in (("ada", "ben"), ("ben", "ada")):
        space = room()
        for hour, name in enumerate(order, 9):
            space.seal(name, CUP, f"of {name}", at=evening(0, hour))
            space.agree(name, CUP, at=evening(0, 10 * (hour == 9) + 3 + hour))
        found += reveals(space)
    assert found[0].answers == found[1].answers
    assert found[0] == found[1]
    assert found[0].on == day(0)


# Taking back


def test_a_withdrawn_answer_is_as_if_it_had_not_been_written() -> None:
    space = room()
    answer_and_agree(space, "ada")
    space.withdraw("ada", CUP, at=evening(0))
    answer_and_agree(space, "ben")
    assert reveals(space) == []
    assert space.view("ada", now=evening(0)).sealed == ()
    with pytest.raises(NotOfferedError):
        space.withdraw("ada", CUP, at=evening(0))
    with pytest.raises(NotOfferedError):
        space.agree("ada", CUP, at=evening(0))


def test_an_answer_sealed_again_has_to_be_agreed_to_again() -> None:
    space = room()
    answer_and_agree(space, "ada")
    space.seal("ada", CUP, "Better words.", at=evening(0))
    answer_and_agree(space, "ben")
    assert reveals(space) == []
    space.agree("ada", CUP, at=evening(0))
    assert words_of(space, "ben") == [{"ada": "Better words.", "ben": "of ben, 1"}]


def race(at_call: int, first: Callable[[Space], object], second: Callable[[Space], object]) -> tuple[Space, bool]:
    """Let the second one act right before a call that the first one makes of the store; tell whether there was one."""
    store = MemoryStore()
    space = room(store=store)
    answer_and_agree(space, "ada")
    space.seal("ben", CUP, "of ben, 1", at=evening(0))
    between: Any = Interrupting(store, at_call, lambda: second(space))
    first(Space(between, "us", CATALOG))
    if not between.acted:
        second(space)
    return space, between.acted


@pytest.mark.parametrize("at_call", range(8))
@pytest.mark.parametrize("withdraws_first", [True, False])
def test_withdrawing_wins_every_race(at_call: int, withdraws_first: bool) -> None:
    """attack 87: at every point between the reading and the writing of one, the other one acts; both ways round."""

    def withdraw(space: Space) -> None:
        space.withdraw("ada", CUP, at=evening(0))

    def agree(space: Space) -> None:
        space.agree("ben", CUP, at=evening(0))

    space, between = race(at_call, *((withdraw, agree) if withdraws_first else (agree, withdraw)))
    reads = 2 if withdraws_first else 3  # the joint log and one's own, or everybody's; and then it is appended
    assert between == (at_call <= reads)
    for name in ("ada", "ben"):
        assert all(one["ada"] is None for one in words_of(space, name))
    assert b"of ada" not in space.export("ben", at=evening(0)).to_json()
    assert len(reveals(space)) == sum(isinstance(one, TakenBack) for one in space._store.events("us")) <= 1


@pytest.mark.parametrize("at_call", range(5))
def test_two_who_agree_in_the_same_moment_open_it_once(at_call: int) -> None:
    store = MemoryStore()
    space = room(store=store)
    for name in ("ada", "ben"):
        space.seal(name, CUP, f"of {name}", at=evening(0))
    between: Any = Interrupting(store, at_call, lambda: space.agree("ben", CUP, at=evening(0)))
    Space(between, "us", CATALOG).agree("ada", CUP, at=evening(0))
    if not between.acted:
        space.agree("ben", CUP, at=evening(0))
    assert words_of(space, "ada") == words_of(space, "ben") == [{"ada": "of ada", "ben": "of ben"}]


def test_threads_on_a_file_open_it_once_or_not_and_withdrawing_wins(tmp_path: Path) -> None:
    """attack 87."""
    opened = 0
    for number in range(ROUNDS_OF_THREADS):
        path = tmp_path / f"{number}.db"
        with SQLiteStore(path) as store:
            answer_and_agree(room(store=store), "ada")
            room_of_ben = Space(store, "us", CATALOG)
            room_of_ben.seal("ben", CUP, "of ben, 1", at=evening(0))
        start = Barrier(2)

        def act(withdraws: bool, path: Path = path, start: Barrier = start) -> None:
            with SQLiteStore(path) as store:
                space = Space(store, "us", CATALOG)
                start.wait()
                if withdraws:
                    space.withdraw("ada", CUP, at=evening(0))
                else:
                    space.agree("ben", CUP, at=evening(0))

        with ThreadPoolExecutor(2) as people:
            list(people.map(act, (True, False)))
        with SQLiteStore(path) as store:
            space = Space(store, "us", CATALOG)
            assert all(one["ada"] is None for one in words_of(space, "ben"))
            opened += len(reveals(space))
    assert opened <= ROUNDS_OF_THREADS


def test_threads_that_agree_open_it_once(tmp_path: Path) -> None:
    people = PEOPLE[:4]
    with SQLiteStore(tmp_path / "us.db") as store:
        space = room(people, store=store)
        for name in people:
            space.seal(name, CUP, f"of {name}", at=evening(0))
    start = Barrier(len(people))

    def agree(name: str) -> None:
        with SQLiteStore(tmp_path / "us.db") as store:
            start.wait()
            Space(store, "us", CATALOG).agree(name, CUP, at=evening(0))

    with ThreadPoolExecutor(len(people)) as threads:
        list(threads.map(agree, people))
    with SQLiteStore(tmp_path / "us.db") as store:
        assert words_of(Space(store, "us", CATALOG), "ada") == [{name: f"of {name}" for name in people}]


def test_what_was_taken_back_is_shown_to_nobody_any_more_and_kept_by_the_one_who_wrote_it() -> None:
    """attack 88."""
    space = room(3)
    answer_and_agree(space, "ada", "ben", "cyd")
    space.withdraw("ada", CUP, at=evening(1))
    for name in ("ben", "cyd"):
        assert words_of(space, name) == [{"ada": None, "ben": "of ben, 1", "cyd": "of cyd, 1"}]
        export, view = space.export(name, at=evening(1)), space.view(name, now=evening(1))
        assert b"of ada" not in export.to_json() + export.to_markdown().encode() + view.to_json()
        assert "no longer there" in export.to_markdown()
    assert b"of ada" in space.export("ada", at=evening(1)).to_json()
    with pytest.raises(NotOfferedError):
        space.withdraw("ada", CUP, at=evening(1))


def test_what_is_taken_back_after_somebody_left_is_hidden_from_them_too() -> None:
    """attack 88: what ben sees ends with the day he left; taking words back reaches him all the same."""
    space = room()
    answer_and_agree(space, "ada", "ben")
    space.leave("ben", at=evening(1))
    before = space.export("ben", at=evening(3)).joint
    space.withdraw("ada", CUP, at=evening(2))
    export = space.export("ben", at=evening(3))
    assert b"of ada" not in export.to_json() + space.view("ben", now=evening(3)).to_json()
    assert len(export.joint) == len(before)
    assert b"of ben" in export.to_json()


def test_what_was_opened_can_be_taken_back_when_the_space_is_over() -> None:
    space = room()
    answer_and_agree(space, "ada", "ben")
    space.close("ben", at=evening(1))
    space.withdraw("ada", CUP, at=evening(2))
    assert words_of(space, "ben") == [{"ada": None, "ben": "of ben, 1"}]


# What keeps an answer shut


def _declines_by_another_name(space: Space) -> None:
    space.decline("ada", "tea/mug", at=evening(0))


def _refuses_the_topic(space: Space) -> None:
    space.allow("ada", at=evening(0), topics={"home": "no"})


def _pauses(space: Space) -> None:
    space.pause("ada", at=evening(0))


TOUCHING = catalog(activity("cup", topics=["home"], aliases=["tea/mug"]), activity("near", "check_in"))


@pytest.mark.parametrize("lowers", [_declines, _declines_by_another_name, _refuses_the_topic, _pauses])
def test_who_lowers_a_boundary_after_agreeing_keeps_the_answer_shut_and_it_looks_like_nothing(
    lowers: Callable[[Space], None],
) -> None:
    """attack 85, attack 89: ben learns no more than if ada had not agreed yet."""
    saw = []
    for what in (lowers, lambda space: space.withdraw("ada", CUP, at=evening(0))):
        space = room(there=TOUCHING)
        answer_and_agree(space, "ada")
        space.seal("ben", CUP, "of ben, 1", at=evening(0))
        what(space)
        space.agree("ben", CUP, at=evening(0))
        document = space.view("ben", now=evening(0)).to_document()
        saw.append({name: document[name] for name in ("revealed", "sealed", "people", "done", "closed")})
        assert reveals(space) == []
    assert saw[0] == saw[1]


def test_who_allows_it_again_agrees_again_and_it_opens() -> None:
    space = room()
    space.offer("ada", [CUP], at=evening(0))
    answer_and_agree(space, "ada")
    space.decline("ada", CUP, at=evening(0))
    answer_and_agree(space, "ben")
    space.take_back_decline("ada", CUP, at=evening(0))
    assert reveals(space) == []
    space.agree("ada", CUP, at=evening(0))
    assert len(reveals(space)) == 1


def test_a_question_lapsed_does_not_keep_shut_what_was_agreed_to() -> None:
    space = room(1)
    space.offer("ada", [CUP], at=evening(0))
    space.allow("ada", at=evening(0), topics={"money": "yes"})
    space.seal("ada", "tea/money", "Words.", at=evening(0))
    space.allow("ada", at=evening(0), topics={"money": "ask"})
    space.agree("ada", "tea/money", at=evening(0))
    assert len(reveals(space)) == 1


def test_nobody_is_shown_the_answer_to_words_deeper_than_they_allow() -> None:
    """attack 98: ada agreed to open what the pack said then; ben answered what it says now, two depths below."""
    store = MemoryStore()
    space = room(store=store)
    space.allow("ada", at=evening(0), depth=2)
    answer_and_agree(space, "ada")
    deeper = catalog(evolve(CATALOG[CUP], depth=3, rev=2), activity("near", "check_in"))
    later = Space(store, "us", deeper)
    later.offer("ben", ["tea/near"], at=evening(0))
    space.offer("ben", [CUP], at=evening(0))
    later.seal("ben", CUP, "An answer to something deeper.", at=evening(0))
    later.agree("ben", CUP, at=evening(0))
    assert reveals(later) == []


def test_who_has_left_is_not_waited_for_and_their_answer_stays_theirs() -> None:
    """attack 94, attack 100: leaving takes along what is sealed."""
    space = room(3)
    answer_and_agree(space, "ada", "ben")
    answer_and_agree(space, "cyd")
    assert len(reveals(space)) == 1
    answer_and_agree(space, "ada", "ben", number=2)
    space.seal("cyd", CUP, "of cyd, unopened", at=evening(0))
    space.leave("cyd", at=evening(0))
    space.agree("ada", CUP, at=evening(0))
    assert words_of(space, "ada")[1] == {"ada": "of ada, 2", "ben": "of ben, 2"}
    assert len(words_of(space, "cyd")) == 1
    assert b"unopened" in space.export("cyd", at=evening(0)).to_json()
    assert b"unopened" not in space.export("ada", at=evening(0)).to_json()


def test_in_a_space_that_is_over_nothing_is_opened() -> None:
    space = room()
    answer_and_agree(space, "ada")
    space.seal("ben", CUP, "of ben", at=evening(0))
    space.close("ada", at=evening(0))
    with pytest.raises(SpaceClosedError):
        space.agree("ben", CUP, at=evening(0))
    space.seal("ben", CUP, "More.", at=evening(0))  # what was being written is kept
    assert reveals(space) == []
    space.withdraw("ben", CUP, at=evening(0))


def test_without_people_or_after_the_end_there_is_nobody_to_open_it_for() -> None:
    opened = SpaceOpened(at=evening(0), people=["ada"])
    sealed = Sealed.of(CATALOG[CUP], at=evening(0), partner="ada", shown="Who?", words=Words("Me."))
    own = Own.from_events("ada", [sealed, Agreed(partner="ada", at=evening(0), activity=CUP)])
    logs: list[list[JointEvent]] = [[], [opened], [opened, SpaceClosed(on=day(0))]]
    found = [reveal(Progress.from_events(joint), people, CUP, on=day(0)) for joint in logs for people in ([own], [])]
    assert [one is not None for one in found] == [False, False, True, False, False, False]


# Rounds


def test_after_a_reveal_there_is_another_round_and_the_first_one_stays() -> None:
    space = room()
    answer_and_agree(space, "ada", "ben")
    with pytest.raises(NotOfferedError):
        space.agree("ada", CUP, at=evening(0))
    answer_and_agree(space, "ben", number=2)
    space.seal("ada", CUP, "of ada, 2", at=evening(0))
    assert len(reveals(space)) == 1
    space.agree("ada", CUP, at=evening(0))
    assert [one["ada"] for one in words_of(space, "ben")] == ["of ada, 1", "of ada, 2"]
    space.withdraw("ada", CUP, at=evening(1))
    assert [one["ada"] for one in words_of(space, "ben")] == ["of ada, 1", None]
    space.withdraw("ada", CUP, at=evening(1))
    assert [one["ada"] for one in words_of(space, "ben")] == [None, None]


def test_what_was_sealed_for_another_round_is_taken_back_before_what_was_opened() -> None:
    space = room()
    answer_and_agree(space, "ada", "ben")
    space.seal("ada", CUP, "of ada, 2", at=evening(0))
    space.withdraw("ada", CUP, at=evening(0))
    assert space.view("ada", now=evening(0)).sealed == ()
    assert words_of(space, "ben") == [{"ada": "of ada, 1", "ben": "of ben, 1"}]


def test_who_left_takes_back_what_they_had_sealed_however_many_rounds_the_others_went_on() -> None:
    space = room(3)
    answer_and_agree(space, "ada", "ben", "cyd")
    space.seal("cyd", CUP, "of cyd, 2", at=evening(0))
    space.leave("cyd", at=evening(0))
    for number in (2, 3):
        answer_and_agree(space, "ada", "ben", number=number)
    assert [one.answer.words.text for one in space.view("cyd", now=evening(0)).sealed] == ["of cyd, 2"]
    space.withdraw("cyd", CUP, at=evening(0))
    assert space.view("cyd", now=evening(0)).sealed == ()
    assert [one["cyd"] for one in words_of(space, "cyd")] == ["of cyd, 1"]


def test_a_name_it_had_before_leads_to_the_same_answers() -> None:
    space = room()
    answer_and_agree(space, "ada", "ben")
    space.seal("ada", "tea/mug", "of ada, 2", at=evening(0))
    assert [one.answer.words.text for one in space.view("ada", now=evening(0)).sealed] == ["of ada, 2"]
    answer_and_agree(space, "ben", number=2)
    space.agree("ada", "tea/mug", at=evening(0))
    assert [one["ada"] for one in words_of(space, "ben")] == ["of ada, 1", "of ada, 2"]
    space.withdraw("ada", "tea/mug", at=evening(1))
    assert [one["ada"] for one in words_of(space, "ben")] == ["of ada, 1", None]


@pytest.mark.parametrize("opened", [True, False])
def test_what_was_answered_before_it_got_another_name_can_be_taken_back_under_any_of_them(opened: bool) -> None:
    """attack 88: an update that renames an activity leaves nobody's words out of their reach."""
    store = MemoryStore()
    before = room(store=store, there=catalog(activity("mug")))
    answer_and_agree(before, "ada", *(["ben"] if opened else []), about="tea/mug")
    Space(store, "us", CATALOG).withdraw("ada", CUP, at=evening(1))
    assert before.view("ada", now=evening(1)).sealed == ()
    assert words_of(before, "ben") == ([{"ada": None, "ben": "of ben, 1"}] if opened else [])


# What was asked


def test_the_words_of_the_prompt_as_they_were_shown_stay_with_each_answer() -> None:
    """attack 58, attack 98: also when the pack has other words since, or is gone."""
    store = MemoryStore()
    space = room(store=store)
    space.seal("ada", CUP, "Of ada.", at=evening(0), shown="¿Qué taza?")
    cup = CATALOG[CUP]
    assert isinstance(cup, Prompt)
    reworded = evolve(cup, text=Text("Which cup, really?"), rev=2)
    reworded_space = Space(store, "us", catalog(reworded))
    reworded_space.seal("ben", CUP, "Of ben.", at=evening(0))
    gone = Space(store, "us", Catalog())
    with pytest.raises(KitError):
        gone.seal("ben", CUP, "More.", at=evening(0))
    for name in ("ada", "ben"):
        gone.agree(name, CUP, at=evening(0))
    shown = [[(one.who, one.shown) for one in each.answers] for each in gone.view("ada", now=evening(0)).revealed]
    assert shown == [[("ada", "¿Qué taza?"), ("ben", "Which cup, really?")]]
    gone.withdraw("ada", CUP, at=evening(0))
    assert words_of(gone, "ben") == [{"ada": None, "ben": "Of ben."}]


def test_what_has_no_question_shows_its_title() -> None:
    space = room(1)
    space.seal("ada", "tea/story", "Words.", at=evening(0))
    assert space.view("ada", now=evening(0)).sealed[0].answer.shown == "About story."


def test_words_are_kept_letter_by_letter() -> None:
    written = " \u202eRTL\x00 \n\r\n\x1b[2J 👩‍👧 \ufeff\t"
    space = room(1)
    space.seal("ada", CUP, written, at=evening(0))
    space.agree("ada", CUP, at=evening(0))
    assert words_of(space, "ada") == [{"ada": written}]
    assert written not in repr(space.view("ada", now=evening(0)))


# Retries


def test_what_is_tried_again_with_its_key_is_done_once_and_something_else_is_refused() -> None:
    space = room()
    for _ in range(3):
        space.seal("ada", CUP, "of ada", at=evening(0), key="seal")
        space.agree("ada", CUP, at=evening(0), key="agree")
        space.seal("ben", CUP, "of ben", at=evening(0), key="seal")
        space.agree("ben", CUP, at=evening(0), key="agree")
    assert len(reveals(space)) == 1
    for _ in range(3):
        space.withdraw("ada", CUP, at=evening(1), key="back")
    assert sum(isinstance(one, TakenBack) for one in space._store.events("us")) == 1
    attempts: list[Callable[[], None]] = [
        lambda: space.seal("ada", CUP, "Other words.", at=evening(0), key="seal"),
        lambda: space.agree("ada", "tea/pot", at=evening(0), key="agree"),
        lambda: space.withdraw("ada", "tea/pot", at=evening(0), key="back"),
        lambda: space.withdraw("ada", CUP, at=evening(0), key="seal"),
    ]
    for attempt in attempts:
        with pytest.raises(IdempotencyError):
            attempt()


@pytest.mark.parametrize("times", [1, 3])
def test_an_acknowledgement_that_was_lost_leads_to_one_reveal(times: int) -> None:
    store = MemoryStore()
    space = room(store=store)
    answer_and_agree(space, "ada")
    space.seal("ben", CUP, "of ben", at=evening(0))
    losing = Space(Losing(store), "us", CATALOG)
    with pytest.raises(ConnectionResetError):
        losing.agree("ben", CUP, at=evening(0), key="agree")
    for _ in range(times):
        losing.agree("ben", CUP, at=evening(0), key="agree")
    assert len(reveals(space)) == 1
    assert len([one for one in store.events("us", partner="ben") if one.event == "agreed"]) == 1


def test_an_answer_that_was_agreed_to_before_its_prompt_was_renamed_opens_when_it_is_agreed_to_again() -> None:
    store = MemoryStore()
    space = room(store=store)
    answer_and_agree(space, "ada")
    renamed = Space(store, "us", catalog(evolve(CATALOG[CUP], id="tea/mug", aliases=(*CATALOG[CUP].aliases, CUP))))
    for who in ("ada", "ben"):
        if who == "ben":
            renamed.seal("ben", "tea/mug", "of ben", at=evening(0))
        renamed.agree(who, CUP, at=evening(0), key=who)
        renamed.agree(who, CUP, at=evening(0), key=who)
    assert [one.activity for one in reveals(space)] == ["tea/mug"]
    assert renamed.view("ada", now=evening(0)).sealed == ()


def test_a_no_takes_back_the_yes_before_it() -> None:
    space = room()
    for who in ("ada", "ben"):
        space.allow(who, at=evening(0), topics={"money": "ask"})
    (asked, *_) = space.view("ada", now=evening(0)).asks
    space.accept("ada", asked.id, at=evening(0))
    space.decline("ada", asked.id, at=evening(0))
    space.accept("ben", asked.id, at=evening(0))
    assert asked.id not in space.view("ben", now=evening(1)).open
    assert asked.id in [one.id for one in space.view("ada", now=evening(1)).asks]


def test_a_log_that_cannot_be_read_keeps_nobody_else_from_pausing_leaving_or_taking_along_what_is_theirs() -> None:
    """attack 81, attack 94: and whoever lost their key can still be erased."""

    class Unreadable(Around):
        """A store in which the log of ada cannot be read."""

        def events(self, name: str, *, partner: str | None = None) -> Any:
            if partner == "ada":
                raise StoreKeyError("us", "has no key for 'ada'")
            return self.store.events(name, partner=partner)

    space = room()
    broken = Space(cast("Any", Unreadable(space._store)), "us", CATALOG)
    broken.pause("ben", at=evening(0))
    broken.note("ben", "Quiet.", at=evening(0))
    assert broken.export("ben", at=evening(0)).own
    broken.erase("ada", at=evening(0))
    broken.leave("ben", at=evening(0))
    assert space.view("ben", now=evening(0)).closed
