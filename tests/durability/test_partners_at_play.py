"""Partners do whatever they can in a space, in whatever order, in every store, beside a plain model of it.

Dozens of evenings with every run of the suite, and thousands with one command, which takes a quarter of an hour:
``uv run pytest --no-cov tests/durability/test_partners_at_play.py --full``.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import postgres
import pytest
from durability.places import folder_in_memory
from durability.plain_model import FOR_EVER, PlainActivity, PlainModel
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from little_packs import activity, catalog, day, evening, journey

from intimacy_kit.content.gates import Resolved
from intimacy_kit.errors import ErasedError, IdempotencyError, KitError, NotOfferedError, SpaceClosedError
from intimacy_kit.practice.views import View
from intimacy_kit.stores import Store
from intimacy_kit.stores.exports import read_export, take_in
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.postgres import PostgresStore
from intimacy_kit.stores.spaces import Space
from intimacy_kit.stores.sqlite import SQLiteStore

PLAIN = {
    "tea/light": PlainActivity(topics=("home",), rests=2),
    "tea/again": PlainActivity(rests=1),
    "tea/personal": PlainActivity(depth=2, rests=5, needs="tea/light"),
    "tea/money": PlainActivity(depth=2, topics=("money",), rests=3),
    "tea/deep": PlainActivity(depth=3, topics=("money", "worry"), needs="tea/personal"),
}
CATALOG = catalog(
    *(
        activity(
            name.removeprefix("tea/"),
            depth=one.depth,
            topics=one.topics,
            rests=one.rests,
            requires=Resolved(one.needs) if one.needs else None,
        )
        for name, one in PLAIN.items()
    ),
    activity("near", "check_in", depth=4),  # nobody gets that far, so it is never open
    journeys=[journey("way", ["light", "personal"], ["deep"])],
)
EVERYBODY = ["ada", "ben", "cleo"]

#: What has its key in the log of all.
TOGETHER = {"offer", "start", "put_down", "complete", "skip", "choose_journey", "leave", "close"}

people = st.sampled_from(EVERYBODY)
names = st.sampled_from([*PLAIN])


class AtPlay(RuleBasedStateMachine):
    """What people can do, in a store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.model = PlainModel({}, [], "removed")
        self.number = 0
        self.keys: list[tuple[str, str, str, Callable[[str], None]]] = []

    @initialize(several=st.sampled_from([2, 2, 2, 3, 1]), shared=st.sampled_from(["removed", "kept"]))
    def begin(self, several: int, shared: str) -> None:
        self.store = self.begun()
        self.space = self.entered()
        self.model = PlainModel(PLAIN, EVERYBODY[:several], shared)
        self.space.open(reversed(EVERYBODY[:several]), at=self.now, shared=shared)
        self.space.open(EVERYBODY[:several], at=self.now, shared=shared)

    def begun(self) -> Store:
        return self.stack.enter_context(MemoryStore())

    def entered(self) -> Space:
        return Space(self.store, "us", CATALOG, seed="tea")

    def teardown(self) -> None:
        self.stack.close()

    @property
    def now(self) -> Any:
        return evening(self.model.today)

    def words(self, who: str) -> str:
        self.number += 1
        return f"{who} says {self.number:04}."

    def who(self, someone: str) -> str:
        """Return one of those who are here, whatever was drawn."""
        return self.model.everybody[EVERYBODY.index(someone) % len(self.model.everybody)]

    def act(
        self, refusal: type[KitError] | None, who: str, action: str, *given: Any, again: bool = False, **named: Any
    ) -> None:
        """Do something with a key; where it is refused, then with this exception. Done again, it is done once."""
        self.number += 1
        key = f"key {self.number}"

        def do(key: str) -> None:
            getattr(self.space, action)(who, *given, at=self.now, key=key, **named)

        if who in self.model.erased:  # nothing is left that could be wrong in another way first
            with pytest.raises((ErasedError, NotOfferedError, SpaceClosedError)):
                do(key)
            return
        if refusal is not None:
            with pytest.raises(refusal) as refused:
                do(key)
            assert refused.type is refusal
            return
        do(key)
        self.keys.append((who, key, action, do))
        if again:
            do(key)

    # What somebody does alone

    @rule(someone=people, again=st.booleans())
    def note(self, someone: str, again: bool) -> None:
        who = self.who(someone)
        words = self.words(who)
        self.act(self.model.note(who, words), who, "note", words, again=again)

    @rule(someone=people, point=st.integers(1, 7))
    def check_in(self, someone: str, point: int) -> None:
        who = self.who(someone)
        self.act(self.model.check_in(who, point), who, "check_in", "tea/near", {"near": point})

    @rule(someone=people)
    def read_notice(self, someone: str) -> None:
        who = self.who(someone)
        self.act(self.model.read_notice(who), who, "read_notice")

    @rule(
        someone=people,
        depth=st.integers(1, 3),
        answers=st.dictionaries(
            st.sampled_from(["money", "worry", "home"]), st.sampled_from(["yes", "ask", "no"]), max_size=2
        ),
        again=st.booleans(),
    )
    def allow(self, someone: str, depth: int, answers: dict[str, str], again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.allow(who, depth, answers), who, "allow", depth=depth, topics=answers, again=again)

    @rule()
    def get_closer(self) -> None:
        """All of them allow much, so that there is something to be done."""
        for who in self.model.people:
            if not self.model.mine[who].notice:
                self.read_notice(who)
            self.allow(who, 3, {"money": "ask", "worry": "yes"}, again=False)

    @rule(someone=people, name=names, scope=st.sampled_from(["now", "month", "always"]), again=st.booleans())
    def decline(self, someone: str, name: str, scope: Any, again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.decline(who, name, scope), who, "decline", name, scope=scope, again=again)

    @rule(someone=people, name=names)
    def take_back_decline(self, someone: str, name: str) -> None:
        who = self.who(someone)
        self.act(self.model.take_back_decline(who, name), who, "take_back_decline", name)

    @rule(someone=people, which=st.integers(0, 2), again=st.booleans())
    def accept(self, someone: str, which: int, again: bool) -> None:
        """Only what is put to somebody can be answered; see the view for what may be."""
        who = self.who(someone)
        asks = [one.id for one in self.space.view(who, now=self.now).asks]
        if which < len(asks):
            self.act(self.model.accept(who, asks[which]), who, "accept", asks[which], again=again)

    @rule(someone=people, name=names)
    def accept_what_is_no_question(self, someone: str, name: str) -> None:
        who = self.who(someone)
        if self.model.view(who)["closed"] or not self.model.may_be_asked(who, name):
            self.act(self.model.accept(who, name), who, "accept", name)

    @rule(someone=people)
    def pause(self, someone: str) -> None:
        who = self.who(someone)
        self.act(self.model.pause(who), who, "pause")

    @rule(someone=people)
    def resume(self, someone: str) -> None:
        who = self.who(someone)
        self.act(self.model.pause(who, paused=False), who, "resume")

    # Sealed answers

    @rule(someone=people, name=names, again=st.booleans())
    def seal(self, someone: str, name: str, again: bool) -> None:
        who = self.who(someone)
        words = self.words(who)
        self.act(self.model.seal(who, name, words), who, "seal", name, words, again=again)

    @rule(someone=people, name=names, again=st.booleans())
    def agree(self, someone: str, name: str, again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.agree(who, name), who, "agree", name, again=again)

    @rule(someone=people, name=names, again=st.booleans())
    def withdraw(self, someone: str, name: str, again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.withdraw(who, name), who, "withdraw", name, again=again)

    @rule(name=names, rounds=st.integers(1, 2), someone=people, what=st.sampled_from(["withdraw", "pause", "decline"]))
    def all_open_what_they_say(self, name: str, rounds: int, someone: str, what: str) -> None:
        """Once, or twice; at last somebody takes it back, or keeps it shut a moment before."""
        for _ in range(rounds):
            for who in self.model.people:
                self.seal(who, name, again=False)
            for who in self.model.people[1:]:
                self.agree(who, name, again=True)
            if what == "pause":
                self.pause(someone)
            elif what == "decline":
                self.decline(someone, name, "now", again=False)
            for who in self.model.people[:1]:
                self.agree(who, name, again=True)
        if what == "withdraw":
            self.withdraw(someone, name, again=True)

    # What they do together

    @rule(someone=people, some=st.sets(names), again=st.booleans())
    def offer(self, someone: str, some: set[str], again: bool) -> None:
        who, some_names = self.who(someone), sorted(some)
        self.act(self.model.offer(who, some_names), who, "offer", some_names, again=again)

    @rule(someone=people, name=names, again=st.booleans())
    def start(self, someone: str, name: str, again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.start(who, name), who, "start", name, again=again)

    @rule(
        someone=people,
        name=names,
        what=st.sampled_from([("put_down", "paused"), ("complete", "done"), ("complete", "done"), ("skip", "skipped")]),
        again=st.booleans(),
    )
    def become(self, someone: str, name: str, what: tuple[str, str], again: bool) -> None:
        who = self.who(someone)
        self.act(self.model.become(who, what[1], name), who, what[0], name, again=again)

    @rule(someone=people, way=st.sampled_from([None, "tea/way"]))
    def choose(self, someone: str, way: str | None) -> None:
        who = self.who(someone)
        self.act(self.model.choose(who, way), who, "choose_journey", way)

    # Time, and what goes wrong

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.model.today += days

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 10_000))
    def try_again_what_was_done(self, which: int) -> None:
        who, key, _, do = self.keys[which % len(self.keys)]
        with suppress(*(ErasedError, NotOfferedError, SpaceClosedError) if who in self.model.erased else ()):
            do(key)

    @precondition(lambda self: self.keys)
    @rule(which=st.integers(0, 10_000))
    def use_a_key_for_something_else(self, which: int) -> None:
        who, key, action, _ = self.keys[which % len(self.keys)]
        refused = (IdempotencyError, ErasedError) if who in self.model.erased else IdempotencyError
        if action not in TOGETHER:
            with pytest.raises(refused):
                self.space.note(who, "never kept", at=self.now, key=key)
        elif action != "offer":  # it may have come to nothing, which tells nothing
            with pytest.raises(IdempotencyError):
                self.space.offer(who, ["tea/near"], at=self.now, key=key)

    @rule()
    def close_the_program_and_open_it_again(self) -> None:
        self.reopen()
        self.space = self.entered()

    def reopen(self) -> None:
        """A store in memory goes on."""

    @precondition(lambda self: self.number > 10)
    @rule(someone=people, again=st.booleans(), really=st.integers(0, 3))
    def leave(self, someone: str, again: bool, really: int) -> None:
        who = self.who(someone)
        if really == 0:
            self.act(self.model.leave(who), who, "leave", again=again)

    @precondition(lambda self: self.number > 20)
    @rule(someone=people, really=st.integers(0, 3))
    def close(self, someone: str, really: int) -> None:
        who = self.who(someone)
        if really == 0:
            self.act(self.model.close(who), who, "close", again=True)

    @precondition(lambda self: self.number > 10)
    @rule(someone=people, really=st.integers(0, 3))
    def erase(self, someone: str, really: int) -> None:
        who = self.who(someone)
        if really == 0:
            self.model.erase(who)
            self.space.erase(who, at=self.now)

    @rule()
    def take_all_to_another_store(self) -> None:
        """What each of them takes along, put together again, is what they have.

        But for what somebody took back after they had left: that is in their own export only.
        """
        exports = {who: self.space.export(who, at=self.now) for who in self.model.everybody}
        longest_first = sorted(exports.values(), key=lambda export: -len(export.joint))
        with MemoryStore() as other:
            for export in longest_first * 2:
                assert read_export(export.to_json()) == export
                take_in(other, read_export(export.to_json()), partner=export.partner, space="there")
            there = Space(other, "there", CATALOG, seed="tea")
            for who in self.model.everybody:
                if who in self.model.people:
                    assert there.view(who, now=self.now).to_json() == self.space.view(who, now=self.now).to_json()
                assert there.export(who, at=self.now).own == exports[who].own

    # What has to hold

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        for who in self.model.everybody:
            view = self.space.view(who, now=self.now)
            assert _plain(view, self.now) == self.model.view(who)
            assert all(self.model.may_be_asked(who, one.id) for one in view.asks)
            assert {one.activity.id for one in view.suggestions} <= {*view.open}
            shown = view.to_json().decode()
            assert not any(words in shown for words in self.model.never_shown_to(who))

    @invariant()
    def nothing_is_open_that_somebody_refuses(self) -> None:
        for who in self.model.everybody:
            for name in self.space.view(who, now=self.now).open:
                assert self.model.allowed(name)


def _plain(view: View, now: Any) -> dict[str, Any]:
    """Return a view as the model has it."""
    own, today = view.own, {day(number): number for number in range(1000)}
    return {
        "people": [*view.people],
        "closed": view.closed,
        "open": [*view.open],
        "unfinished": view.unfinished,
        "journey": view.journey,
        "done": [(today[when], name) for when, name in view.done],
        "revealed": [
            (one.activity, {answer.who: answer.words and answer.words.text for answer in one.answers})
            for one in view.revealed
        ],
        "sealed": {seal.answer.activity: (seal.answer.words.text, seal.agreed) for seal in view.sealed},
        "notes": [note.words.text for note in own.notes],
        "check_ins": [point for one in own.check_ins for _, point in one.answers],
        "notice": own.notice_read,
        "depth": own.boundaries.depth,
        "declined": {name: today.get(until, FOR_EVER) for name, until in own.boundaries.declined if now.date() < until},
        "accepted": {name: today[until] for name, _, until in own.boundaries.accepted if now.date() < until},
        "paused": own.boundaries.paused,
    }


class AtPlayInAFile(AtPlay):
    """The same, in a file that is closed and opened again now and then."""

    def begun(self) -> Store:
        self.path = self.stack.enter_context(folder_in_memory()) / "us.db"
        self.file = self.stack.enter_context(SQLiteStore(self.path))
        return self.file

    def reopen(self) -> None:
        self.file.close()
        self.store = self.file = self.stack.enter_context(SQLiteStore(self.path, must_exist=True))


class AtPlayAtAServer(AtPlay):
    """The same, in PostgreSQL."""

    def begun(self) -> Store:
        self.place = postgres.new_place()
        self.connected = self.stack.enter_context(PostgresStore(self.place["conninfo"], schema=self.place["schema"]))
        return self.connected

    def reopen(self) -> None:
        self.connected.close()
        self.store = self.connected = self.stack.enter_context(
            PostgresStore(self.place["conninfo"], schema=self.place["schema"])
        )


@pytest.mark.parametrize(
    ("kind", "some", "many", "steps"),
    [(AtPlay, 20, 1_000, 30), (AtPlayInAFile, 5, 250, 30), (AtPlayAtAServer, 3, 100, 30)],
    ids=["memory", "sqlite", "postgres"],
)
def test_whatever_they_do_they_see_what_was_promised(
    kind: type[AtPlay], some: int, many: int, steps: int, full: bool
) -> None:
    """attack 65, attack 66, attack 78, attack 79, attack 85, attack 87, attack 88, attack 89, attack 94, attack 100."""
    run_state_machine_as_test(
        kind, settings=settings(max_examples=many if full else some, stateful_step_count=steps, deadline=None)
    )


def test_who_left_can_withdraw_what_they_still_see_as_sealed() -> None:
    with MemoryStore() as store:
        space = Space(store, "us", CATALOG)
        space.open(EVERYBODY, at=evening(0))
        space.seal("cleo", "tea/light", "mine", at=evening(0))
        space.leave("cleo", at=evening(0))
        for who in ("ada", "ben"):
            space.seal(who, "tea/light", "ours", at=evening(1))
            space.agree(who, "tea/light", at=evening(1))
        assert len(space.view("cleo", now=evening(1)).sealed) == 1
        space.withdraw("cleo", "tea/light", at=evening(1))
        assert space.view("cleo", now=evening(1)).sealed == ()
