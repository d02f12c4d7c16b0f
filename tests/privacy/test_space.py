"""What people do in a space, one method after the other: who may, what follows, and what is refused."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from little_packs import activity, catalog, day, evening
from privacy.rooms import CATALOG, CUP, Around, Losing, answer_and_agree, room, words_of
from privacy.worlds import PEOPLE

from intimacy_kit.errors import (
    ErasedError,
    IdempotencyError,
    InvalidValueError,
    KitError,
    NotOfferedError,
    SpaceClosedError,
    StoreBusyError,
    StoreConflictError,
    UnknownActivityError,
)
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import ALWAYS, Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, Noted, Offered, PrivateEvent, SpaceOpened
from intimacy_kit.practice.views import View
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Store
from intimacy_kit.stores.acting import TRIES
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import DECLINED_DAYS, Scope, Space

NOW = evening(0)


def joint(space: Space) -> tuple[JointEvent, ...]:
    return space._store.events("us")


def own(space: Space, who: str) -> tuple[PrivateEvent, ...]:
    return space._store.events("us", partner=who)


def kinds(events: tuple[JointEvent, ...] | tuple[PrivateEvent, ...]) -> list[str]:
    return [event.event for event in events]


def open_to(space: Space, who: str = "ben", number: int = 0) -> tuple[str, ...]:
    return space.view(who, now=evening(number)).open


# Opening


@pytest.mark.parametrize("number", range(1, 7))
def test_a_space_is_for_one_to_six_people_who_all_see_the_same(number: int) -> None:
    space, people = room(number), PEOPLE[:number]
    views = [space.view(name, now=NOW) for name in people]
    assert {view.people for view in views} == {people}
    assert {(view.suggestions, view.open) for view in views} == {(views[0].suggestions, views[0].open)}
    assert views[0].open == ("tea/cup", "tea/later", "tea/near", "tea/pot", "tea/story")
    assert not any(view.closed for view in views)


@pytest.mark.parametrize("people", [[], [*PEOPLE, "gil"], ["ada", "ada"], [" "], [1]])
def test_a_space_for_anybody_else_is_refused(people: list[str]) -> None:
    with pytest.raises(InvalidValueError, match="'people'"):
        Space(MemoryStore(), "us", CATALOG).open(people, at=NOW)


def test_opening_it_again_on_the_same_terms_is_harmless_and_on_others_refused() -> None:
    """attack 100: what becomes of what is shared is fixed when the space is opened."""
    space = room(shared="kept")
    space.open(("ben", "ada"), at=evening(3), shared="kept")
    assert kinds(joint(space)) == ["space_opened"]
    for people, shared in ((("ada", "ben"), "removed"), (("ada",), "kept"), (("ada", "ben", "cyd"), "kept")):
        with pytest.raises(InvalidValueError) as refused:
            space.open(people, at=NOW, shared=shared)
        assert str(refused.value) == "'people' must be those the space was opened for, on the same terms"
    with pytest.raises(InvalidValueError, match="'shared'"):
        space.open(("ada", "ben"), at=NOW, shared="sold")


class Ahead(Around):
    """A store in which somebody else is always faster, so many times."""

    def __init__(self, store: Store, times: int) -> None:
        super().__init__(store)
        self.times = times

    def append_all(self, *args: Any, **more: Any) -> Any:
        self._be_slower()
        return self.store.append_all(*args, **more)

    def append(self, *args: Any, **more: Any) -> Any:
        self._be_slower()
        return self.store.append(*args, **more)

    def _be_slower(self) -> None:
        if self.times:
            self.times -= 1
            raise StoreConflictError("us", 0, 1)


@pytest.mark.parametrize("what", ["open", "note"])
def test_who_is_slower_looks_again_and_again_and_gives_up_in_the_end(what: str) -> None:
    store = MemoryStore() if what == "open" else room(1)._store
    for times in (TRIES, TRIES - 1):
        slow: Any = Ahead(store, times)
        space = Space(slow, "us", CATALOG)
        act = partial(space.open, ["ada"]) if what == "open" else partial(space.note, "ada", "Words.")
        if times == TRIES:
            with pytest.raises(StoreBusyError) as busy:
                act(at=NOW)
            why = "is in use by many at once; nothing was kept, try again in a moment"
            assert str(busy.value) == f"store 'us' {why}"
        else:
            act(at=NOW)
    assert kinds(store.events("us")) == ["space_opened"]
    assert kinds(store.events("us", partner="ada"))[2:] == (["noted"] if what == "note" else [])


def test_two_who_open_it_at_once_open_it_once() -> None:
    store = MemoryStore()

    class Faster(Around):
        def append(self, *args: Any, **more: Any) -> Any:
            if not store.events("us"):
                store.append("us", [SpaceOpened(at=NOW, people=["ada", "ben"])], expected=0)
            return self.store.append(*args, **more)

    faster: Any = Faster(store)
    Space(faster, "us", CATALOG).open(["ada", "ben"], at=NOW)
    assert kinds(store.events("us")) == ["space_opened"]


# Who may

ACTIONS: dict[str, Callable[..., object]] = {
    "leave": lambda space, who, at=NOW: space.leave(who, at=at, key="k"),
    "close": lambda space, who, at=NOW: space.close(who, at=at, key="k"),
    "read_notice": lambda space, who, at=NOW: space.read_notice(who, at=at, key="k"),
    "allow": lambda space, who, at=NOW: space.allow(who, at=at, depth=2, key="k"),
    "decline": lambda space, who, at=NOW: space.decline(who, CUP, at=at, key="k"),
    "take_back_decline": lambda space, who, at=NOW: space.take_back_decline(who, CUP, at=at, key="k"),
    "accept": lambda space, who, at=NOW: space.accept(who, "tea/money", at=at, key="k"),
    "pause": lambda space, who, at=NOW: space.pause(who, at=at, key="k"),
    "resume": lambda space, who, at=NOW: space.resume(who, at=at, key="k"),
    "note": lambda space, who, at=NOW: space.note(who, "Words.", at=at, activity_id=CUP, key="k"),
    "check_in": lambda space, who, at=NOW: space.check_in(who, "tea/near", {"near": 7}, at=at, key="k"),
    "seal": lambda space, who, at=NOW: space.seal(who, CUP, "Words.", at=at, key="k"),
    "agree": lambda space, who, at=NOW: space.agree(who, "tea/pot", at=at, key="k"),
    "withdraw": lambda space, who, at=NOW: space.withdraw(who, "tea/pot", at=at, key="k"),
    "offer": lambda space, who, at=NOW: space.offer(who, [CUP], at=at, key="k"),
    "start": lambda space, who, at=NOW: space.start(who, CUP, at=at, key="k"),
    "put_down": lambda space, who, at=NOW: space.put_down(who, CUP, at=at, moves=["next"], key="k"),
    "complete": lambda space, who, at=NOW: space.complete(who, CUP, at=at, key="k"),
    "skip": lambda space, who, at=NOW: space.skip(who, CUP, at=at, key="k"),
    "choose_journey": lambda space, who, at=NOW: space.choose_journey(who, "tea/way", at=at, key="k"),
}
OTHERS: dict[str, Callable[..., object]] = {
    "view": lambda space, who, at=NOW: space.view(who, now=at),
    "export": lambda space, who, at=NOW: space.export(who, at=at),
    "write_export": lambda space, who, at=NOW: space.write_export(who, at=at),
    "erase": lambda space, who, at=NOW: space.erase(who, at=at),
}
#: What is somebody's own stays theirs after the end: to be seen, added to, taken back, exported and erased.
AFTER_THE_END = {
    *(
        "read_notice",
        "allow",
        "decline",
        "take_back_decline",
        "pause",
        "resume",
        "note",
        "check_in",
        "seal",
        "withdraw",
    ),
    *("view", "export", "write_export", "erase"),
}


def busy_room(exports: Path | None = None) -> Space:
    """Return a space in which ada can do everything that there is to do."""
    space = room(exports=exports)
    space.allow("ada", at=NOW, topics={"money": "ask"})
    space.seal("ada", "tea/pot", "Words.", at=NOW)
    return space


def test_every_action_of_a_space_is_tried_here() -> None:
    named = {name for name, value in vars(Space).items() if not name.startswith("_") and callable(value)}
    assert named == ACTIONS.keys() | OTHERS.keys() | {"open", "catch_up"}  # those two are the host's


@pytest.mark.parametrize("what", [*ACTIONS, *OTHERS])
@pytest.mark.parametrize("opened", [True, False])
def test_nobody_else_can_do_anything_in_a_space(what: str, opened: bool, tmp_path: Path) -> None:
    """attack 83, attack 89: an unknown person, and a space that is none, are answered alike."""
    space = busy_room(tmp_path) if opened else Space(MemoryStore(), "us", CATALOG, exports=tmp_path)
    before = joint(space)
    with pytest.raises(SpaceClosedError, match="'us' is not open to this person"):
        (ACTIONS | OTHERS)[what](space, "eve")
    assert (joint(space), own(space, "eve")) == (before, ())


@pytest.mark.parametrize("what", ACTIONS)
def test_what_is_tried_again_with_its_key_is_done_once(what: str) -> None:
    """attack 66: the first answer counts, whatever happened since; the key for anything else is refused."""
    space = busy_room()
    ACTIONS[what](space, "ada")
    after = joint(space), own(space, "ada")
    assert after != (joint(busy_room()), own(busy_room(), "ada"))
    for _ in range(2):
        ACTIONS[what](space, "ada")
        assert (joint(space), own(space, "ada")) == after
    other = "note" if what != "note" else "pause"
    log = joint if kinds(own(space, "ada")) == kinds(own(busy_room(), "ada")) else own
    refused = "skip" if log is joint and what != "skip" else "complete" if log is joint else other
    with pytest.raises(IdempotencyError):
        ACTIONS[refused](space, "ada")


@pytest.mark.parametrize("what", ACTIONS)
def test_an_action_whose_acknowledgement_was_lost_is_done_once(what: str) -> None:
    space = busy_room()
    losing = Space(Losing(space._store), "us", CATALOG, seed="of the host's")
    with pytest.raises(ConnectionResetError):
        ACTIONS[what](losing, "ada")
    after = joint(space), own(space, "ada")
    ACTIONS[what](losing, "ada")
    assert (joint(space), own(space, "ada")) == after


@pytest.mark.parametrize("what", [*ACTIONS, *OTHERS])
@pytest.mark.parametrize("end", ["left", "closed"])
def test_after_the_end_what_is_ones_own_is_still_ones_own_and_nothing_joint_can_be_done(
    what: str, end: str, tmp_path: Path
) -> None:
    """attack 94: it holds at once and alone, and nobody can keep the space going."""
    space = busy_room(tmp_path)
    if end == "left":
        space.leave("ada", at=NOW)
    else:
        space.close("ben", at=NOW)
    before = joint(space)
    if what in AFTER_THE_END:
        (ACTIONS | OTHERS)[what](space, "ada")
    else:
        with pytest.raises(SpaceClosedError):
            (ACTIONS | OTHERS)[what](space, "ada")
    assert joint(space)[: len(before)] == before
    assert kinds(joint(space)[len(before) :]) == (["space_left"] if what == "erase" and end == "closed" else [])


@pytest.mark.parametrize("what", ACTIONS)
def test_nothing_that_one_does_is_written_in_another_ones_name(what: str) -> None:
    """attack 89, attack 99: what is done by ada stands in her own log or in the joint one, and names nobody but her."""
    space = busy_room()
    before, theirs = joint(space), own(space, "ben")
    ACTIONS[what](space, "ada")
    assert own(space, "ben") == theirs
    for event in joint(space)[len(before) :]:
        assert getattr(event, "who", "ada") == "ada"
    assert {event.partner for event in own(space, "ada")} == {"ada"}


# Allowing


def test_each_sets_only_their_own_and_the_lowest_counts_at_once() -> None:
    """attack 89: whoever raises theirs raises nothing for anybody else."""
    space = room()
    space.allow("ada", at=NOW, topics={"money": "yes", "loss": "yes"})
    assert "tea/money" not in open_to(space)
    space.allow("ben", at=NOW, depth=4, topics={"money": "yes"})
    assert "tea/money" in open_to(space)
    space.allow("ada", at=NOW, depth=1)
    assert open_to(space) == ("tea/cup", "tea/near", "tea/story")
    space.allow("ben", at=NOW, depth=4)
    assert open_to(space) == ("tea/cup", "tea/near", "tea/story")
    assert space.view("ada", now=NOW).own.boundaries == Boundaries(depth=1, topics={"money": "yes", "loss": "yes"})


def test_before_the_notice_was_read_nothing_is_allowed_that_is_not_light() -> None:
    """attack 97."""
    space = Space(MemoryStore(), "us", CATALOG)
    space.open(["ada", "ben"], at=NOW)
    for name in ("ada", "ben"):
        space.allow(name, at=NOW, depth=4)
    space.read_notice("ada", at=NOW)
    assert open_to(space) == ("tea/cup", "tea/near", "tea/story")
    space.read_notice("ben", at=NOW)
    assert "tea/pot" in open_to(space)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"depth": 5}, "'depth'"), ({"topics": {"juggling": "yes"}}, "'topic'"), ({"topics": {"money": "?"}}, "'topics'")],
)
def test_boundaries_that_cannot_be_are_refused_and_change_nothing(wrong: dict[str, object], named: str) -> None:
    space = room()
    before = own(space, "ada")
    with pytest.raises(InvalidValueError, match=named):
        space.allow("ada", at=NOW, **wrong)  # type: ignore[arg-type]
    assert own(space, "ada") == before


@pytest.mark.parametrize(("scope", "back"), [("now", 1), ("month", 30), ("always", None)])
def test_a_decline_holds_for_its_scope_for_everybody_and_shows_to_nobody_else(scope: Scope, back: int | None) -> None:
    """attack 90: inside its scope it is not offered again, and there is nothing that would ask again."""
    space = room(3)
    space.decline("ada", CUP, at=NOW, scope=scope)
    for number in range(40):
        there = back is not None and number >= back
        assert (CUP in open_to(space, "cyd", number)) == there
        assert (CUP in space.view("ada", now=evening(number)).own.declines(day(number))) != there
    assert space.view("ben", now=NOW).to_document()["boundaries"]["declined"] == {}
    for name in ("ben", "cyd"):
        with pytest.raises(NotOfferedError):
            space.start(name, CUP, at=NOW)
    assert b'"event": "declined"' not in space.export("ben", at=NOW).to_json()


def test_a_decline_can_be_taken_back_and_widened_and_an_unknown_scope_is_none() -> None:
    space = room()
    space.decline("ada", "tea/mug", at=NOW)
    space.decline("ada", CUP, at=NOW, scope="always")
    assert space.view("ada", now=NOW).own.declines(day(0)) == (CUP, "tea/mug")
    space.take_back_decline("ada", CUP, at=NOW)
    assert CUP in open_to(space)
    with pytest.raises(InvalidValueError, match="'scope' must be now, month or always"):
        space.decline("ada", CUP, at=NOW, scope="week")  # type: ignore[arg-type]
    assert DECLINED_DAYS == {"now": 1, "month": 30}


def test_nobody_takes_back_the_decline_of_another_one() -> None:
    """attack 89."""
    space = room()
    space.decline("ada", CUP, at=NOW, scope="always")
    space.take_back_decline("ben", CUP, at=NOW)
    assert CUP not in open_to(space)
    assert dict(space.view("ada", now=NOW).own.boundaries.declined) == {CUP: ALWAYS}


def test_something_can_be_declined_that_is_not_there() -> None:
    space = room()
    space.decline("ada", "gone/away", at=NOW)
    assert space.view("ada", now=NOW).own.declines(day(0)) == ("gone/away",)
    with pytest.raises(InvalidValueError):
        space.decline("ada", "no id at all", at=NOW)


def test_what_is_over_does_not_pile_up_in_boundaries() -> None:
    space = room()
    for number in range(5):
        space.decline("ada", CUP, at=evening(number))
        space.allow("ada", at=evening(number + 1), depth=2)
    assert space.view("ada", now=evening(6)).own.boundaries.declined == ()


# Pausing


def test_a_pause_works_at_once_and_alone_and_looks_like_a_day_with_nothing() -> None:
    """attack 94: ended by nobody else; not by whom it was; and what was begun is still there afterwards."""
    space, empty = room(), room(there=Catalog())
    space.start("ben", CUP, at=NOW)
    space.put_down("ben", CUP, at=NOW, moves=["next"])
    before = space.view("ben", now=NOW)
    assert (before.unfinished, before.moves) == (CUP, ("next",))
    space.pause("ada", at=NOW)
    space.resume("ben", at=NOW)
    paused, nothing = (each.view("ben", now=NOW).to_document() for each in (space, empty))
    assert {name for name in paused if paused[name] != nothing[name]} == set()
    with pytest.raises(NotOfferedError):
        space.start("ben", "tea/pot", at=NOW)
    space.resume("ada", at=NOW)
    assert space.view("ben", now=NOW).open == before.open
    assert space.view("ben", now=NOW).moves == ("next",)


# Asking


def asking(*answers: str) -> Space:
    """Return a space of people who answer so when it comes to money."""
    space = room(len(answers))
    for name, answer in zip(PEOPLE, answers, strict=False):
        space.allow(name, at=NOW, topics={"money": answer})  # type: ignore[dict-item]
    return space


def test_the_key_of_a_yes_is_for_that_activity() -> None:
    """attack 66."""
    space = asking("ask", "yes")
    space.accept("ada", "tea/money", at=NOW, key="k")
    space.accept("ada", "tea/money", at=NOW, key="k")
    with pytest.raises(IdempotencyError):
        space.accept("ada", "tea/both", at=NOW, key="k")


def asks(space: Space, who: str, number: int = 0) -> list[str]:
    return [one.id for one in space.view(who, now=evening(number)).asks]


@pytest.mark.parametrize("answers", list(product(("no", "ask", "yes"), repeat=3)))
def test_it_opens_when_everybody_who_wants_to_be_asked_said_yes_and_nobody_said_no(answers: tuple[str, ...]) -> None:
    """attack 85: who is asked does not learn whether anybody else is, or what they said."""
    space, asked = asking(*answers), [name for name, said in zip(PEOPLE, answers, strict=False) if said == "ask"]
    assert [asks(space, name) == ["tea/money"] for name in PEOPLE[:3]] == [said == "ask" for said in answers]
    for place, name in enumerate(asked):
        before = [space.view(each, now=NOW).to_json() for each in PEOPLE[:3] if each != name]
        assert "tea/money" not in open_to(space, name)
        space.accept(name, "tea/money", at=NOW)
        assert asks(space, name) == []
        if place < len(asked) - 1 or "no" in answers:
            assert [space.view(each, now=NOW).to_json() for each in PEOPLE[:3] if each != name] == before
    opens = "no" not in answers
    assert [("tea/money" in open_to(space, name)) for name in PEOPLE[:3]] == [opens] * 3


def test_a_yes_holds_for_a_week_and_for_that_one() -> None:
    space = asking("ask", "yes")
    space.accept("ada", "tea/money", at=NOW)
    assert [("tea/money" in open_to(space, "ben", number)) for number in (0, 6, 7)] == [True, True, False]
    assert [asks(space, "ada", number) for number in (6, 7)] == [[], ["tea/money"]]


def test_to_say_no_is_to_decline_and_to_say_nothing_is_a_no() -> None:
    space, silent = asking("ask", "ask"), asking("ask", "ask")
    for each in (space, silent):
        each.accept("ben", "tea/money", at=NOW)
    space.decline("ada", "tea/money", at=NOW, scope="month")
    assert asks(space, "ada") == []
    assert [asks(space, "ada", number) for number in (29, 30)] == [[], ["tea/money"]]
    assert space.view("ben", now=NOW).to_json() == silent.view("ben", now=NOW).to_json()


@pytest.mark.parametrize("wrong", [CUP, "tea/pot", "tea/loss", "tea/both", "tea/mug"])
def test_a_yes_to_what_was_not_asked_is_none(wrong: str) -> None:
    space = asking("ask", "ask")
    with pytest.raises(NotOfferedError):
        space.accept("ada", wrong, at=NOW)
    with pytest.raises(UnknownActivityError):
        space.accept("ada", "gone/away", at=NOW)
    assert "accepted" not in kinds(own(space, "ada"))


def test_a_yes_to_what_has_changed_since_holds_no_more_and_it_is_asked_anew() -> None:
    """attack 98: the update touches on something more, or goes deeper than somebody allows."""
    space = asking("ask", "yes")
    space.accept("ada", "tea/money", at=NOW)
    money = CATALOG["tea/money"]
    for update, asked, opens in (
        (evolve(money, rev=2), [], True),
        (evolve(money, rev=2, topics=["money", "home"]), ["tea/money"], False),
        (evolve(money, rev=2, topics=["money", "loss"]), [], False),
        (evolve(money, rev=2, depth=4), [], False),
    ):
        updated = Space(space._store, "us", catalog(update), seed="of the host's")
        assert asks(updated, "ada") == asked
        assert ("tea/money" in open_to(updated)) == opens


def test_at_most_three_questions_stand_there_the_same_all_week() -> None:
    """attack 90: it is not asked again and again."""
    there = catalog(*(activity(f"money-{n}", depth=2, topics=["money"], rests=1) for n in range(9)))
    space = room(there=there)
    space.allow("ada", at=NOW, topics={"money": "ask"})
    weeks = [asks(space, "ada", number) for number in range(14)]
    assert {len(one) for one in weeks} == {3}
    assert len({*map(tuple, weeks[:7])}) == len({*map(tuple, weeks[7:])}) == 1
    assert weeks[0] != weeks[7]


def test_what_is_asked_can_be_accepted_whatever_the_seed_of_the_space() -> None:
    there = catalog(*(activity(f"money-{n}", depth=2, topics=["money"]) for n in range(9)))
    room_there = room(there=there)
    room_there.allow("ada", at=NOW, topics={"money": "ask"})
    found = set()
    for seed in "abc":
        space = Space(room_there._store, "us", there, seed=seed)
        found.add(tuple(asks(space, "ada")))
        for name in asks(space, "ada"):
            space.accept("ada", name, at=NOW)
            space.decline("ada", name, at=NOW)
            space.take_back_decline("ada", name, at=NOW)
    assert len(found) == 3


def test_the_order_of_suggestions_is_that_of_the_seed_of_the_space() -> None:
    there = catalog(*(activity(f"cup-{n}") for n in range(9)))
    store = room(there=there)._store
    shown = {
        seed: [one.activity.id for one in Space(store, "us", there, seed=seed).view("ada", now=NOW).suggestions]
        for seed in ("", "a", "b")
    }
    assert len({*map(tuple, shown.values())}) == 3


# Doing things together


def test_what_does_not_fit_is_left_out_of_what_is_offered_and_refused_when_it_is_begun() -> None:
    """attack 83: what is too deep, refused, declined, gated, resting, retired: the same words."""
    space = room()
    space.decline("ada", "tea/story", at=NOW)
    space.start("ben", CUP, at=NOW)
    space.complete("ben", CUP, at=NOW)
    wrong = ["tea/money", "tea/both", "tea/story", "tea/old", CUP]
    before = joint(space)
    space.offer("ben", wrong, at=evening(1))
    assert [event.activity for event in joint(space)[len(before) :] if isinstance(event, Offered)] == ["tea/story"]
    told = []
    for name in ("tea/money", "tea/both", "tea/old", CUP):
        with pytest.raises(NotOfferedError) as refused:
            space.start("ben", name, at=evening(2))
        told.append(str(refused.value).replace(name, "..."))
    assert len(set(told)) == 1


def test_what_is_on_the_table_today_can_be_begun_and_done() -> None:
    space = room()
    space.offer("ada", [CUP, "tea/pot"], at=NOW)
    space.start("ben", CUP, at=NOW)
    space.put_down("ada", CUP, at=NOW, moves=["next", "next"])
    assert (space.view("ben", now=NOW).unfinished, space.view("ben", now=NOW).moves) == (CUP, ("next", "next"))
    space.complete("ben", CUP, at=NOW)
    space.skip("ada", "tea/pot", at=NOW)
    view = space.view("ada", now=NOW)
    assert view.done == ((day(0), CUP), (day(0), "tea/pot"))
    assert (view.unfinished, view.moves) == (None, ())
    assert kinds(joint(space)) == ["space_opened", "offered", "offered", "started", "paused", "completed", "skipped"]


def test_what_was_on_the_table_is_no_longer_when_somebody_declines_it() -> None:
    space = room()
    space.offer("ben", [CUP], at=NOW)
    space.decline("ada", CUP, at=NOW)
    with pytest.raises(NotOfferedError):
        space.start("ben", CUP, at=NOW)
    space.complete("ben", CUP, at=NOW)  # what they did, they did


def test_what_was_on_the_table_is_no_longer_when_its_pack_has_retired_it() -> None:
    """attack 58: what was done with it before can still be kept as done."""
    space = room()
    space.offer("ben", [CUP], at=NOW)
    updated = Space(space._store, "us", catalog(evolve(CATALOG[CUP], retired=True)), seed="of the host's")
    with pytest.raises(NotOfferedError):
        updated.start("ben", CUP, at=NOW)
    updated.complete("ben", CUP, at=NOW)


@pytest.mark.parametrize("what", ["complete", "skip", "put_down"])
def test_what_was_never_met_is_not_kept_as_done(what: str) -> None:
    space = room()
    with pytest.raises(NotOfferedError):
        getattr(space, what)("ben", "tea/money", at=NOW)
    with pytest.raises(UnknownActivityError):
        getattr(space, what)("ben", "gone/away", at=NOW)


def test_what_somebody_wrote_is_never_refused_because_of_what_another_one_allows() -> None:
    """attack 83, attack 85: not even the moment at which it stops to fit is told, and no words are lost."""
    space = room()
    space.decline("ada", CUP, at=NOW)
    space.seal("ben", CUP, "Of ben.", at=NOW)
    space.agree("ben", CUP, at=NOW)
    space.close("ada", at=NOW)
    space.seal("ben", CUP, "Of ben, still writing.", at=NOW)
    assert [one.answer.words.text for one in space.view("ben", now=NOW).sealed] == ["Of ben, still writing."]
    assert reveals_of(space) == []


def reveals_of(space: Space) -> list[Any]:
    """Return the reveals in the joint log."""
    return [event for event in joint(space) if event.event == "revealed"]


def test_nobody_is_kept_from_pausing_leaving_or_taking_back_by_what_another_one_writes() -> None:
    """attack 94: what others keep to themselves is no part of what these rest on."""

    class Writing(Around):
        """A store in which ada writes something down whenever anybody is about to append."""

        def append_all(self, *args: Any, **more: Any) -> Any:
            noted = Noted(partner="ada", at=NOW, words=Words("Again."))
            self.store.append("us", [noted], expected=len(self.store.events("us", partner="ada")), partner="ada")
            return self.store.append_all(*args, **more)

    space = room()
    space.seal("ben", CUP, "Of ben.", at=NOW)
    busy = Space(Writing(space._store), "us", CATALOG, seed="of the host's")
    busy.pause("ben", at=NOW)
    busy.note("ben", "Quiet.", at=NOW)
    busy.withdraw("ben", CUP, at=NOW)
    busy.leave("ben", at=NOW)
    assert kinds(own(space, "ben"))[-3:] == ["boundaries_changed", "noted", "withdrawn"]
    assert space.view("ada", now=NOW).people == ("ada",)


def test_a_key_under_which_nothing_came_about_does_not_stand_for_another_action() -> None:
    """attack 66."""
    space = room()
    space.pause("ben", at=NOW)
    space.offer("ada", [CUP], at=NOW, key="k")
    with pytest.raises(IdempotencyError):
        space.leave("ada", at=NOW, key="k")
    assert "ada" in space.view("ben", now=NOW).people


def test_a_key_of_one_change_does_not_stand_for_another_that_would_change_nothing_then() -> None:
    """attack 66."""
    space = room()
    space.pause("ada", at=NOW)
    space.allow("ada", at=NOW, depth=1, key="k")
    space.resume("ada", at=NOW)
    with pytest.raises(IdempotencyError):
        space.pause("ada", at=NOW, key="k")


def test_a_change_is_known_by_its_key_after_others_that_led_to_the_same() -> None:
    """attack 66: also where all was said in the same second."""
    space = room()
    space.allow("ada", at=NOW, depth=2, key="k")
    space.pause("ada", at=NOW)
    space.resume("ada", at=NOW)
    before = own(space, "ada")
    space.allow("ada", at=NOW, depth=2, key="k")
    assert own(space, "ada") == before


@pytest.mark.parametrize("what", ["now", "month", "always", "leave", "close", "withdraw"])
def test_what_is_tried_again_on_the_next_day_is_known_by_its_key(what: str) -> None:
    """attack 66: nothing of it is counted from the second try."""
    space = busy_room()
    space.offer("ada", [CUP], at=NOW)
    act = ACTIONS[what] if what in ACTIONS else partial(Space.decline, activity_id=CUP, scope=what, key="k")
    act(space, "ada", at=NOW)
    before = joint(space), own(space, "ada")
    act(space, "ada", at=evening(1))
    assert (joint(space), own(space, "ada")) == before


def test_a_journey_is_followed_by_both_and_an_unknown_one_is_refused() -> None:
    space = room()
    space.choose_journey("ada", "tea/way", at=NOW)
    assert space.view("ben", now=NOW).journey == "tea/way"
    assert space.view("ben", now=NOW).suggestions[0].reason.because == "journey"
    space.choose_journey("ben", None, at=NOW)
    assert space.view("ada", now=NOW).journey is None
    with pytest.raises(InvalidValueError, match="'journey'"):
        space.choose_journey("ben", "tea/nowhere", at=NOW)


def test_the_minutes_they_have_limit_what_is_suggested_and_not_what_is_open() -> None:
    there = catalog(activity("short"), activity("long", minutes=30))
    view = room(there=there).view("ada", now=NOW, minutes=10)
    assert [one.activity.slug for one in view.suggestions] == ["short"]
    assert view.open == ("tea/long", "tea/short")


def test_a_view_leaves_out_what_was_written_for_others_and_opens_no_less() -> None:
    there = catalog(activity("letter", suits={"text_only"}), activity("song", suits={"same_room"}))
    view = room(there=there).view("ada", now=NOW, circumstances=["text_only"])
    assert [one.activity.slug for one in view.suggestions] == ["letter"]
    assert view.open == ("tea/letter", "tea/song")


def test_a_space_keeps_the_catalog_it_began_with_and_history_is_read_without_the_pack() -> None:
    """attack 58: an update or a removal shows at the next beginning; nothing that was done or written is lost."""
    space = room()
    space.start("ben", CUP, at=NOW)
    space.complete("ben", CUP, at=NOW)
    answer_and_agree(space, "ada", "ben")
    space.note("ada", "Words.", at=NOW, activity_id=CUP)
    without = Space(space._store, "us", Catalog(), seed="of the host's")
    assert open_to(without) == ()
    assert without.view("ben", now=NOW).done == space.view("ben", now=NOW).done == ((day(0), CUP),)
    assert words_of(without, "ben") == words_of(space, "ben") != []
    assert without.export("ada", at=NOW).to_json() == space.export("ada", at=NOW).to_json()
    assert "tea/pot" in open_to(space)


# Alone


def test_a_check_in_takes_a_point_of_its_scale_for_each_question() -> None:
    space = room()
    space.check_in("ada", "tea/near", {"near": 7}, at=NOW)
    for wrong in ({}, {"near": 8}, {"near": 0}, {"near": 3, "far": 3}, {"far": 3}):
        with pytest.raises(
            InvalidValueError, match="'answers' must give a point of its scale for each question of the check-in"
        ):
            space.check_in("ada", "tea/near", wrong, at=NOW)
    with pytest.raises(InvalidValueError, match="'activity_id' must name a check-in"):
        space.check_in("ada", CUP, {"near": 3}, at=NOW)
    assert [one.answers for one in space.view("ada", now=NOW).own.check_ins] == [(("near", 7),)]
    assert space.view("ben", now=NOW).own.check_ins == ()


def test_notes_are_shown_to_the_one_who_wrote_them() -> None:
    space = room()
    space.note("ada", "About a cup.", at=NOW, activity_id=CUP)
    space.note("ada", "About nothing.", at=NOW)
    assert [one["words"] for one in space.view("ada", now=NOW).to_document()["notes"]] == [
        "About a cup.",
        "About nothing.",
    ]
    assert b"About" not in space.view("ben", now=NOW).to_json() + space.export("ben", at=NOW).to_json()


# The end


def test_who_leaves_sees_what_was_up_to_that_day_and_the_others_go_on() -> None:
    """attack 94: the others see that somebody left, and on which day; no hour, and no reason."""
    space = room(3)
    space.start("ada", CUP, at=NOW)
    space.complete("ada", CUP, at=NOW)
    space.leave("cyd", at=evening(1, 9))
    space.start("ada", "tea/pot", at=evening(2))
    space.complete("ada", "tea/pot", at=evening(2))
    gone, there = space.view("cyd", now=evening(3)), space.view("ben", now=evening(3))
    assert (gone.people, gone.closed, gone.suggestions, gone.open, gone.asks) == (("ada", "ben"), True, (), (), ())
    assert gone.done == ((day(0), CUP),)
    assert (there.people, there.closed) == (("ada", "ben"), False)
    assert there.done == ((day(0), CUP), (day(2), "tea/pot"))
    left = space.export("ben", at=evening(3)).to_json()
    assert b'"on": "2026-11-24"' in left
    assert b"2026-11-24T" not in left


@pytest.mark.parametrize("end", ["leave", "close"])
def test_nobody_is_asked_anything_any_more_when_it_is_over(end: str) -> None:
    """attack 90, attack 94."""
    space = asking("ask", "ask")
    getattr(space, end)("ada", at=NOW)
    assert asks(space, "ada") == []
    assert asks(space, "ben") == ([] if end == "close" else ["tea/money"])


def test_the_boundaries_of_who_left_count_no_more() -> None:
    space = room(3)
    space.allow("cyd", at=NOW, depth=1)
    assert "tea/pot" not in open_to(space)
    space.leave("cyd", at=NOW)
    assert "tea/pot" in open_to(space)


def test_a_space_that_everybody_left_is_over() -> None:
    space = room(2)
    for name in ("ada", "ben"):
        space.leave(name, at=NOW)
    assert [space.view(name, now=NOW).closed for name in ("ada", "ben")] == [True, True]
    assert space._store.events("us")[-1].event == "space_left"


def test_a_space_is_closed_for_everybody_by_anybody_and_it_is_not_said_by_whom() -> None:
    """attack 94."""
    spaces = []
    for name in ("ada", "ben"):
        space = room(3)
        answer_and_agree(space, "ada", "ben", "cyd")
        space.close(name, at=evening(1))
        spaces.append([space.view("cyd", now=evening(2)).to_json(), space.export("cyd", at=evening(2)).to_json()])
        assert space.view("cyd", now=evening(2)).closed
        assert words_of(space, "cyd") != []
        with pytest.raises(SpaceClosedError):
            space.close(name, at=evening(2))
        with pytest.raises(SpaceClosedError):
            space.leave(name, at=evening(2))
    assert spaces[0] == spaces[1]


def test_nothing_in_a_space_compares_people_or_counts_what_one_of_them_did() -> None:
    """attack 90, attack 91: no figure per person, no row of days, nothing that is sent or due."""
    space = room()
    space.start("ada", CUP, at=NOW)
    space.complete("ada", CUP, at=NOW)
    joint_part = {"people", "closed", "suggestions", "open", "unfinished", "journey", "done", "revealed"}
    mine = {"partner", "asks", "sealed", "notice_read", "boundaries", "check_ins", "notes"}
    document = space.view("ben", now=NOW).to_document()
    assert document.keys() == joint_part | mine
    assert not any("ada" in str(document[name]) for name in joint_part - {"people", "revealed"})
    assert isinstance(space.view("ben", now=NOW), View)
    named = " ".join([*vars(Space), *vars(View)])
    assert not any(word in named for word in ("remind", "notify", "nudge", "streak", "score", "compare", "rate"))


# Erasing


@pytest.mark.parametrize("shared", ["removed", "kept"])
def test_who_is_erased_leaves_and_what_was_opened_follows_the_terms_of_the_beginning(shared: str) -> None:
    """attack 100."""
    space = room(3, shared=shared)
    answer_and_agree(space, "ada", "ben", "cyd")
    space.note("ada", "A note of ada's.", at=NOW)
    for _ in range(2):
        space.erase("ada", at=evening(1))
    assert words_of(space, "ben")[0]["ada"] == (None if shared == "removed" else "of ada, 1")
    assert words_of(space, "ben")[0]["ben"] == "of ben, 1"
    gone = space.view("ada", now=evening(1))
    assert (gone.closed, gone.own.notes, gone.people, own(space, "ada")) == (True, (), ("ben", "cyd"), ())
    assert kinds(joint(space)).count("space_left") == 1
    with pytest.raises(ErasedError):
        space.note("ada", "More.", at=evening(2))
    space.start("ben", CUP, at=evening(2))


def test_an_erasure_that_was_interrupted_goes_on_where_it_was() -> None:
    store = MemoryStore()
    space = room(store=store)

    class Failing(Around):
        def erase(self, *_: object, **__: object) -> None:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Space(Failing(store), "us", CATALOG).erase("ada", at=NOW)
    assert space.view("ben", now=NOW).people == ("ben",)
    assert own(space, "ada")
    space.erase("ada", at=NOW)
    assert own(space, "ada") == ()


def test_everything_a_space_refuses_is_an_error_of_the_kit() -> None:
    """attack 83: ben tries everything with everything there is, and meets nothing but two kinds of no."""
    space = room()
    space.decline("ada", CUP, at=NOW, scope="always")
    refused = set()
    for name in (*CATALOG, "gone/away"):
        for what in (space.accept, space.agree, space.withdraw, space.start, space.complete, space.skip):
            try:
                what("ben", name, at=NOW)
            except KitError as no:
                refused.add((type(no), str(no).replace(name, "...")))
    assert {kind for kind, _ in refused} == {NotOfferedError, UnknownActivityError}
    assert len(refused) == 2


def test_an_event_says_what_it_says_also_when_the_clock_goes_back() -> None:
    """attack 67."""
    space = room()
    space.start("ben", CUP, at=evening(5))
    space.complete("ben", CUP, at=evening(3))
    assert [type(event) for event in joint(space)][-1] is Completed
    assert space.view("ada", now=evening(4)).done == ((day(3), CUP),)


@pytest.mark.parametrize("what", [*ACTIONS, *OTHERS])
@pytest.mark.parametrize("at", [NOW.replace(tzinfo=None), NOW.date(), "today"], ids=["naive", "a day", "no moment"])
def test_a_moment_is_one_with_a_time_zone_whatever_is_done(what: str, at: Any, tmp_path: Path) -> None:
    space = busy_room(tmp_path)
    before = joint(space), own(space, "ada")
    name = "now" if what == "view" else "at"
    with pytest.raises(InvalidValueError, match=f"'{name}' must be a datetime with a time zone"):
        (ACTIONS | OTHERS)[what](space, "ada", at)
    assert (joint(space), own(space, "ada")) == before


def test_a_decline_on_one_of_the_last_days_of_the_calendar_holds_to_the_end_of_it() -> None:
    space = room()
    space.decline("ada", CUP, at=NOW.replace(year=9999, month=12, day=30), scope="month")
    assert own(space, "ada")[-1].until == date.max
