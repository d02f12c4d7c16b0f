"""All lives, on all cores: the same report everywhere, and everybody in it."""

import json
import multiprocessing
import os
import signal

import pytest
from authoring.simulation.living import life, lived, shelf
from little_packs import UNKNOWN_TOPIC, activity, pack

from intimacy_kit.authoring.simulation import Limits, Report, simulate
from intimacy_kit.authoring.simulation.pages import page
from intimacy_kit.authoring.simulation.running import Run, _begin, _live_here, run
from intimacy_kit.authoring.simulation.telling import told
from intimacy_kit.content.activities import Activity
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog

PACKS = (
    shelf(9, 5),
    pack("coffee", [activity(f"bean-{n}", depth=2, topics=["money"], pack="coffee") for n in range(3)]),
)


def as_json(report: Report) -> str:
    return json.dumps(report.to_document())


def test_the_report_is_the_same_on_one_core_and_on_two() -> None:
    one, two = (simulate(PACKS, days=9, couples=100, seed=3, jobs=jobs) for jobs in (1, 2))
    assert one == two
    assert as_json(one) == as_json(two)
    assert page(one) == page(two)


def test_a_process_of_its_own_lives_a_chunk_as_this_one_does() -> None:
    the_run = Run(PACKS, days=3)
    _begin(the_run)
    chunk = tuple(the_run.lives)[:5]
    assert _live_here(chunk) == _live_here(chunk)
    assert _live_here(chunk).couples == 5


def test_another_seed_is_other_couples() -> None:
    assert as_json(lived(*PACKS, days=9, seed=1)) != as_json(lived(*PACKS, days=9, seed=2))
    assert as_json(lived(*PACKS, days=9, seed=1)) == as_json(lived(*PACKS, days=9, seed=1))


def test_a_catalog_is_lived_with_as_its_packs_are() -> None:
    there = Catalog(PACKS, refused=["broken"])
    assert simulate(there, days=3, jobs=1) == lived(*reversed(PACKS), refused=("broken",), days=3)
    assert simulate(PACKS, days=3, jobs=1) == simulate(Catalog(PACKS), days=3, jobs=1)


def test_everybody_lives_however_few_couples_are_asked_for() -> None:
    the_run = Run(PACKS, days=50)
    roles = len(the_run.cast.roles)
    report = lived(*PACKS, days=2, couples=1)
    assert report.couples == sum(one.couples for one in report.lives)
    assert {one.couples for one in report.lives} == {1}
    assert [*Run(PACKS, days=50, couples=2 * roles + 1).lives][:4] == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert len([*Run(PACKS, days=50, couples=2 * roles + 1).lives]) == 2 * roles + 1


def test_more_couples_are_added_to_the_ones_there_are() -> None:
    one, several = lived(*PACKS, days=8), lived(*PACKS, days=8, couples=200)
    assert life(several, "everyday").couples > 1
    assert life(several, "everyday").looks == 8 * life(several, "everyday").couples
    assert set(life(several, "everyday").never) <= set(life(one, "everyday").never)


def test_it_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    report = simulate(PACKS, days=2, jobs=1, progress=lambda done, of: heard.append((done, of)))
    assert heard[0] == (0, report.couples)
    assert heard[1] == (16, report.couples)
    assert heard[-1] == (report.couples, report.couples)


def test_who_would_live_longer_than_the_days_are_is_left_out_and_told() -> None:
    report = lived(*PACKS, days=31)
    assert report.left_out == (
        "updated: that happens on day 45, and only 31 days are lived",
        "dares for a while: that happens on day 60, and only 31 days are lived",
    )
    assert {"one stops", "long away", "removes tea", "removes coffee"} <= {one.name for one in report.personas}


def test_of_several_packs_the_others_stay_when_one_is_removed() -> None:
    report = lived(*PACKS, days=40)
    assert {one.id.partition("/")[0] for one in report.activities} == {"tea", "coffee"}
    assert life(report, "removes tea", "up to personal").allowed == 3
    assert life(report, "removes coffee", "up to personal").allowed == 14


@pytest.mark.parametrize("name", ["days", "couples", "jobs"])
def test_a_number_below_one_is_refused(name: str) -> None:
    numbers = {name: 0}
    with pytest.raises(InvalidValueError, match=f"'{name}' must be 1 or more"):
        simulate(PACKS, **numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "there",
    [[], [activity("old", retired=True)], [activity("cup", depth=2, topics=[UNKNOWN_TOPIC])]],
    ids=["empty", "retired", "unknown"],
)
def test_packs_with_nothing_for_anybody_are_a_problem(there: list[Activity]) -> None:
    report = simulate([pack("tea", there)], couples=50)
    assert " ".join(map(str, report.problems)) == (
        "tea: K519 nothing here can be offered to anybody (write something, or take 'retired' out)"
    )
    assert (report.couples, report.lives, report.measures) == (0, (), ())
    assert told(report).endswith("and nobody to live with.\n")
    assert "Nobody could live with it." in page(report)
    assert "Limits" not in page(report)


def test_of_several_packs_with_nothing_each_is_told_and_no_pack_at_all_is_nothing_too() -> None:
    report = simulate([pack("tea", []), pack("rye", [])])
    assert [(problem.where.file, problem.code) for problem in report.problems] == [("rye", "K519"), ("tea", "K519")]
    assert [problem.code for problem in simulate([]).problems] == ["K519"]


def test_a_limit_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'never_offered' must be a number, and nan is none"):
        Limits(never_offered=float("nan"))


@pytest.mark.parametrize("posix", [True, False])
def test_who_stops_listening_stops_all_processes(monkeypatch: pytest.MonkeyPatch, *, posix: bool) -> None:
    if not posix:
        monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    before = set(multiprocessing.active_children())

    def interrupt(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(PACKS, days=60, couples=500, jobs=2, progress=interrupt)
    assert set(multiprocessing.active_children()) <= before


def test_a_limit_below_nothing_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'never_offered' must be 0 or more"):
        Limits(never_offered=-1)


def test_all_cores_are_used_unless_somebody_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    the_run = Run(PACKS, days=1)
    assert run(the_run, None, lambda _done, _of: None).couples == the_run.size
