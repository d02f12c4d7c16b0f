"""The law: whoever lives with the first pack, nothing comes before it has rested, and no boundary is crossed.

Nor is anything locked again that was offered once, nor lost in an update. 10,000 couples live for 400 days, on all
cores: ``uv run pytest --no-cov tests/authoring/simulation/test_ten_thousand.py --full``. Every time, one couple of each
kind that goes through something, and of each tenth of the others, lives for 120 days.
"""

from collections import Counter
from pathlib import Path

import pytest

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.simulation import simulate
from intimacy_kit.authoring.simulation.couples import live
from intimacy_kit.authoring.simulation.running import Run
from intimacy_kit.authoring.simulation.tallies import Sightings, Tally
from intimacy_kit.authoring.simulation.towns import Town
from intimacy_kit.content.packs import Pack
from intimacy_kit.practice.suggestions import suggest

FOUNDATIONS = Path(__file__).parents[3] / "packs" / "foundations"
COUPLES, DAYS = 10_000, 400
#: Every time so many days are lived, by one role in so many.
FEWER_DAYS, ONE_IN = 120, 10


@pytest.fixture(scope="module")
def foundations() -> Pack:
    """The first pack, as its sources are."""
    built = compile_pack(FOUNDATIONS).pack
    assert built is not None
    return built


def test_nothing_comes_too_soon_nor_beyond_a_boundary_and_nothing_is_locked_or_lost(
    foundations: Pack, request: pytest.FixtureRequest
) -> None:
    wrong = _of_all(foundations) if request.config.getoption("--full") else _of_some(foundations)
    assert wrong == {}


def _of_all(pack: Pack) -> Counter[str]:
    """Return how often what must not be happened to 10,000 couples in 400 days."""
    report = simulate([pack], days=DAYS, couples=COUPLES)
    assert (report.couples, report.days) == (COUPLES, DAYS)
    wrong = Counter[str]()
    for life in report.lives:
        wrong.update({one.what: one.times for one in life.wrong})
    return wrong


def _of_some(pack: Pack) -> Counter[str]:
    """Return how often it happened to a few in fewer days: those of each tenth role, and one of each persona."""
    the_run = Run((pack,), days=FEWER_DAYS)
    town, roles = Town(the_run.cast, FEWER_DAYS, 0, suggest), the_run.cast.roles
    first = {role.of_persona: number for number, role in reversed([*enumerate(roles)])}
    wrong = Counter[str]()
    for number in sorted({*first.values(), *range(0, len(roles), ONE_IN)}):
        tally = Tally()
        live(town, number, 0, tally, Sightings())
        assert tally.offered
        wrong.update(tally.wrong)
    return wrong
