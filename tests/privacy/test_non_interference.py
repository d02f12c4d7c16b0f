"""The law: whatever one person keeps to themselves, what another one sees is the same to the byte.

Two histories with the same joint log and the same joint boundaries now, however the private events of one person
differ, give every other one the same view, the same exports and the same errors. 5,000 pairs are tried every time, a
million on all cores by ``uv run pytest --no-cov tests/privacy/test_non_interference.py --full``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from random import Random
from typing import Any, get_args

import pytest
from attrs import evolve
from privacy.comparing import PAIRS_A_SEED, compare, unlike
from privacy.observing import CHANNELS, Seen, difference, probes_of, seen
from privacy.worlds import Pair, World, of_seed

from intimacy_kit.errors import NotOfferedError
from intimacy_kit.practice.events import PrivateEvent
from intimacy_kit.practice.suggestions import Reason, Suggestion
from intimacy_kit.practice.views import View
from intimacy_kit.stores.spaces import Space

PAIRS, ALL_PAIRS = 5_000, 1_000_000
#: The pairs are shared out, so that all cores work on them.
SHARDS = 10
#: In how many pairs each leak is to be caught.
PAIRS_A_LEAK = 3


@pytest.fixture(scope="module", params=range(SHARDS))
def found(request: pytest.FixtureRequest) -> Counter[str]:
    """Return what came of a share of the pairs."""
    shard = int(request.param)
    if not request.config.getoption("--full"):
        return compare(range(shard, PAIRS // PAIRS_A_SEED, SHARDS))
    return compare(range(shard, ALL_PAIRS // PAIRS_A_SEED, SHARDS))


def test_whatever_somebody_keeps_to_themselves_nobody_else_can_tell(found: Counter[str]) -> None:
    """attack 79, attack 83, attack 84, attack 85, attack 91: view, order, reasons, errors, exports, ids and sizes."""
    assert [told for told in found if told.startswith("seed")] == []
    assert found["pairs"] == PAIRS // SHARDS or found["pairs"] == ALL_PAIRS // SHARDS
    # Most of the pairs differ in a decline, an ask or a seal, and show something; many show an error.
    assert found["telling"] * 2 >= found["pairs"]
    assert found["same"] * 2 >= found["pairs"]
    assert found["refused"] * 4 >= found["pairs"]
    assert found["asks"] * 50 >= found["pairs"]
    assert min(found[f"of {size}"] for size in range(1, 7))


# A test of the test: what leaks is caught


def _one_less(view: View) -> View:
    return evolve(view, suggestions=view.suggestions[1:])


def _another_reason(view: View) -> View:
    return evolve(view, suggestions=tuple(Suggestion(one.activity, Reason("booster")) for one in view.suggestions))


def _another_name(view: View) -> View:
    first = view.suggestions[0]
    named = Suggestion(evolve(first.activity, id=f"{first.activity.id}-2"), first.reason)
    return evolve(view, suggestions=(named, *view.suggestions[1:]))


#: For each channel, an observation that gives something away in it.
LEAKS: dict[str, Callable[[Seen], Seen]] = {
    "suggestions": lambda seen: seen.with_view(_one_less(seen.view)),
    "reasons": lambda seen: seen.with_view(_another_reason(seen.view)),
    "order": lambda seen: seen.with_view(evolve(seen.view, suggestions=seen.view.suggestions[::-1])),
    "open": lambda seen: seen.with_view(evolve(seen.view, open=seen.view.open[1:])),
    "asks": lambda seen: seen.with_view(evolve(seen.view, asks=(seen.view.suggestions[0].activity,))),
    "errors": lambda seen: evolve(seen, answers=tuple(f"{told} (ask again tomorrow)" for told in seen.answers)),
    "export_json": lambda seen: evolve(seen, export_bytes=seen.export_bytes.replace(b'"own"', b'"Own"')),
    "export_markdown": lambda seen: evolve(seen, markdown=seen.markdown.replace("yours", "Yours")),
    "identifiers": lambda seen: seen.with_view(_another_name(seen.view)),
    "sizes": lambda seen: evolve(seen, view_bytes=seen.view_bytes + b" "),
}

KINDS = [kind.event for kind in get_args(PrivateEvent)]


@cache
def pairs_that_differ_by(kind: str) -> list[tuple[Pair, Seen, Seen]]:
    """Return pairs of which one world holds an event of a kind and the other does not, and what is seen of both."""
    found: list[tuple[Pair, Seen, Seen]] = []
    for pair in (pair for seed in range(2000) for pair in of_seed(seed, 3)):
        if pair.one.holds(pair.a, kind) != pair.other.holds(pair.a, kind):
            probes = probes_of(pair, Random(1), 2)
            one, other = (seen(world, pair.b, probes) for world in (pair.one, pair.other))
            found += [(pair, one, other)] if len(one.view.suggestions) > 1 else []
        if len(found) == PAIRS_A_LEAK:
            return found
    raise AssertionError("no such pairs")


@pytest.mark.parametrize("channel", LEAKS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_by_any_channel_that_there_is_an_event_of_any_kind_is_caught(kind: str, channel: str) -> None:
    def leaking(pair: Pair, world: World, seen: Seen) -> Seen:
        return LEAKS[channel](seen) if world.holds(pair.a, kind) else seen

    for pair, one, other in pairs_that_differ_by(kind):
        assert difference(one, other) == set()
        told = difference(leaking(pair, pair.one, one), leaking(pair, pair.other, other))
        assert channel in told


def test_every_kind_of_private_event_and_every_channel_has_a_leak_of_its_own() -> None:
    assert len(KINDS) == len(set(KINDS)) == 9
    assert LEAKS.keys() == CHANNELS.keys() - {"answers", "rest", "version"}


class Hinting(Space):
    """A space that draws its order by something of everybody's."""

    def view(self, partner: str, *, now: datetime, minutes: int | None = None) -> View:
        self._seed += str(len(self._store.events(self._space, partner="ada")))
        return super().view(partner, now=now, minutes=minutes)


class Explaining(Space):
    """A space that is too helpful when something does not fit."""

    def start(self, partner: str, activity_id: str, **more: Any) -> None:
        try:
            super().start(partner, activity_id, **more)
        except NotOfferedError:
            declined = [one for one in self._store.events(self._space, partner="ada") if one.event == "declined"]
            raise NotOfferedError(f"{activity_id} ({len(declined)} declined)") from None


class Counting(Space):
    """A space that numbers what everybody writes, so that its exports show how much there is."""

    def export(self, partner: str, **more: Any) -> Any:
        return evolve(
            super().export(partner, **more), space=f"us-{len(self._store.events(self._space, partner='ada'))}"
        )


class Announcing(Space):
    """A space that says who has sealed an answer."""

    def view(self, partner: str, *, now: datetime, minutes: int | None = None) -> View:
        view = super().view(partner, now=now, minutes=minutes)
        sealed = any(one.event == "sealed" for one in self._store.events(self._space, partner="ada"))
        return evolve(view, people=(*view.people, "(ada has answered)") if sealed else view.people)


@pytest.mark.parametrize("careless", [Hinting, Explaining, Counting, Announcing])
def test_a_careless_space_is_caught(careless: type[Space]) -> None:
    def pairs() -> Iterator[Pair]:
        yield from (pair for seed in range(60) for pair in of_seed(seed, 4) if pair.a == "ada")

    assert any(unlike(pair, careless, 8) for pair in pairs())
    assert not any(unlike(pair, Space, 1) for pair in islice(pairs(), 10))
