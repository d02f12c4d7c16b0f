"""Whatever one person does alone, in between, the others see the same: through a space, over a store.

Two spaces live the same days. One person does other things alone in each of them: they write, seal, agree, withdraw,
decline, accept, pause for a while, and widen what the others keep narrow. Ten pairs of lives are lived every time, a
thousand by ``uv run pytest --no-cov tests/privacy/test_acting_alone.py --full``.
"""

from collections.abc import Callable
from datetime import datetime
from random import Random

import pytest
from attrs import field, frozen
from little_packs import evening
from privacy.observing import PROBES, difference, seen
from privacy.worlds import CATALOGS, PEOPLE, World, catalog_of

from intimacy_kit.errors import IdempotencyError, KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Answer, Boundaries
from intimacy_kit.practice.events import Event, Offered
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space

LIVES, ALL_LIVES, DAYS = 10, 1_000, 3
#: Declined by everybody else, and answered by everybody together.
DECLINED, OPENED = "tea/bancha", "tea/light"


@frozen
class Home:
    """A space in a store of its own, and one person in it who does things alone."""

    catalog: Catalog
    people: tuple[str, ...]
    a: str
    #: What this person does alone is drawn from here.
    alone: Random
    store: MemoryStore = field(factory=MemoryStore)
    done: list[str] = field(factory=list)

    @property
    def space(self) -> Space:
        return Space(self.store, "us", self.catalog, seed="of the host's")

    def begin(self) -> None:
        self.space.open(self.people, at=evening(0))
        for who in self.people:
            narrow: dict[str, Answer] = {"money": "ask"}
            narrow |= {"loss": "no", "worry": "yes"} if who != self.a else {}
            self.space.read_notice(who, at=evening(0))
            self.space.allow(who, at=evening(0), depth=3 if who == self.a else 2, topics=narrow)
            if who != self.a:
                self.space.decline(who, DECLINED, at=evening(0), scope="always")

    def act_alone(self, now: datetime) -> None:
        """Let the one person do some things alone; what does not fit is refused, and that is theirs alone as well."""
        for _ in range(self.alone.randrange(4)):
            what = self.alone.choice([*ALONE])
            try:
                ALONE[what](self, now)
            except KitError as refused:
                what = f"{what}: {type(refused).__name__}"
            self.done.append(what)

    def world(self, now: datetime) -> World:
        logs: dict[str | None, tuple[Event, ...]] = {None: self.store.events("us")}
        logs |= {who: self.store.events("us", partner=who) for who in self.people}
        return World(self.catalog, logs, "of the host's", now, Boundaries())

    def about(self) -> str:
        """Return an activity: of those that were on the table, if any."""
        met = [event.activity for event in self.store.events("us") if isinstance(event, Offered)]
        return self.alone.choice(met or [OPENED])


def _decline_and_take_back(home: Home, now: datetime) -> None:
    home.space.decline(home.a, home.about(), at=now, scope="always")
    for name in {*home.space.view(home.a, now=now).own.declines(now.date())} - {DECLINED}:
        home.space.take_back_decline(home.a, name, at=now)


def _pause_and_resume(home: Home, now: datetime) -> None:
    home.space.pause(home.a, at=now)
    home.space.resume(home.a, at=now)


def _accept(home: Home, now: datetime) -> None:
    asked = home.space.view(home.a, now=now).asks
    home.space.accept(home.a, asked[0].id if asked else OPENED, at=now)


def _agree(home: Home, now: datetime) -> None:
    """Agree to open an answer that not everybody has given."""
    home.space.agree(home.a, home.about(), at=now)


def _key(home: Home) -> str:
    return f"key-{home.alone.randrange(100)}"


#: What one person does alone. Nothing of it changes what everybody allows together.
ALONE: dict[str, Callable[[Home, datetime], None]] = {
    "note": lambda home, now: home.space.note(home.a, f"note {home.alone.random()}", at=now, key=_key(home)),
    "check_in": lambda home, now: home.space.check_in(home.a, "tea/near", {"near": 3}, at=now),
    "read_notice": lambda home, now: home.space.read_notice(home.a, at=now),
    "seal": lambda home, now: home.space.seal(home.a, home.about(), "words", at=now, key=_key(home)),
    "agree": _agree,
    "withdraw": lambda home, now: home.space.withdraw(home.a, home.about(), at=now),
    "decline": lambda home, now: home.space.decline(home.a, DECLINED, at=now, scope="month"),
    "decline_and_take_back": _decline_and_take_back,
    "accept": _accept,
    "pause_and_resume": _pause_and_resume,
    "deeper": lambda home, now: home.space.allow(home.a, at=now, depth=home.alone.choice((2, 3, 4))),
    "wider": lambda home, now: home.space.allow(home.a, at=now, topics={"loss": home.alone.choice(("no", "yes"))}),
}


def live(home: Home, b: str, together: Random) -> list[bytes]:
    """Let people live some days, and return what one of them saw."""
    others = [who for who in home.people if who != home.a]
    home.begin()
    saw: list[bytes] = []
    for number in range(DAYS):
        now = evening(number)
        home.act_alone(now)
        saw += [home.space.view(b, now=now).to_json(), home.space.export(b, at=now).to_json()]
        found = [one.activity.id for one in home.space.view(b, now=now).suggestions]
        home.space.offer(b, found, at=now)
        for who in others:
            home.space.note(who, "Today.", at=now)
            if found and together.random() < 0.5:
                home.space.seal(who, together.choice(found), f"of {who}", at=now, key=f"day {number}")
        home.act_alone(now)
        if found:
            what = together.choice([home.space.start, home.space.complete, home.space.skip, home.space.put_down])
            what(together.choice(others), found[0], at=now)
        saw.append(home.space.view(b, now=now).to_json())
    return saw


def open_answers(home: Home, now: datetime) -> None:
    """Let everybody answer the same, in whatever order: the one who does things alone comes first, last or between."""
    order = home.alone.sample(home.people, len(home.people))
    for who in order:
        home.space.seal(who, OPENED, f"of {who}", at=now)
    for who in home.alone.sample(order, len(order)):
        home.space.agree(who, OPENED, at=now)


@pytest.fixture(scope="module")
def lives(request: pytest.FixtureRequest) -> int:
    return ALL_LIVES if request.config.getoption("--full") else LIVES


def test_whatever_one_does_alone_the_others_see_and_get_and_are_told_the_same(lives: int) -> None:
    """attack 83, attack 85, attack 89, attack 91, attack 94: also a pause that ended, and who was first to answer."""
    told, opened = set[str](), 0
    for seed in range(lives):
        random = Random(seed)
        people = tuple(random.sample(PEOPLE, random.choice((2, 2, 3, 4, 6))))
        homes = [Home(catalog_of(seed % CATALOGS), people, people[0], Random(f"{seed} {n}")) for n in range(2)]
        saw = [live(home, people[1], Random(seed)) for home in homes]
        assert saw[0] == saw[1], (seed, homes[0].done, homes[1].done)
        now = evening(DAYS)
        for home in homes:
            open_answers(home, now)
        joint = [home.store.events("us") for home in homes]
        assert joint[0] == joint[1]
        opened += joint[0][-1].event == "revealed"
        name = random.choice([DECLINED, OPENED, homes[0].about()])
        tries = [(what, name) for what in PROBES]
        assert difference(*(seen(home.world(now), people[1], tries) for home in homes)) == set()
        assert [home.store.head("us").version for home in homes] == [len(joint[0])] * 2
        told.update(homes[0].done + homes[1].done if homes[0].done != homes[1].done else ())
    assert told >= ALONE.keys() - {"agree", "accept"}
    assert opened == lives


def test_a_key_that_another_one_used_is_a_key_like_any_other() -> None:
    """attack 83: a retry with a guessed key says nothing about what was done under it in another log."""
    catalog = catalog_of(0)
    homes = [Home(catalog, ("ada", "ben"), "ada", Random(0)) for _ in range(2)]
    answers: list[list[str]] = []
    for home, ada_used_it in zip(homes, (True, False), strict=True):
        home.begin()
        home.space.offer("ben", [OPENED], at=evening(0))
        home.space.note("ada", "A note of ada's.", at=evening(0), key="guessed" if ada_used_it else "")
        told = []
        for _ in range(2):
            home.space.note("ben", "Mine.", at=evening(0), key="guessed")
            told.append(repr(home.store.events("us", partner="ben")[1:]))
            with pytest.raises(IdempotencyError) as refused:
                home.space.seal("ben", OPENED, "Mine too.", at=evening(0), key="guessed")
            told.append(str(refused.value))
        home.space.start("ben", OPENED, at=evening(0), key="guessed")
        told.append(repr(home.store.events("us")))
        answers.append(told)
    assert answers[0] == answers[1]
