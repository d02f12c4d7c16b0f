"""The benchmarks are what they say: packs that look real, peers that agree, lines that fail, a table in its place."""

import importlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from little_packs import EVERYTHING, activity, boundaries, catalog, catalogs, evening, gates, histories, situation

from intimacy_kit.authoring.proofs import prove
from intimacy_kit.content.gates import AllOf, AnyOf, AtLeast, Count, DistinctDays, Done, Elapsed, Resolved
from intimacy_kit.content.vocabulary import KINDS
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import Completed, JointEvent, Skipped
from intimacy_kit.practice.gates import Situation, holds, rules_of
from intimacy_kit.practice.progress import Progress

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT))  # they are no part of the kit, and are installed nowhere

from benchmarks import __main__ as command  # noqa: E402
from benchmarks import brute_force, corpora, limits, measuring, suggesting, table, translated  # noqa: E402

MISSING = "needs the peers: uv run --group bench pytest tests/test_benchmarks.py"

#: Sizes so small that they say nothing, and take no time.
TINY = measuring.Effort(rounds=2, lasting=0.0, quick=True)


def row(median: float, *, unit: str = "x", limit: str = "speed") -> measuring.Row:
    spread = measuring.Spread(median - 0.5, median, median + 0.5)
    return measuring.Row("a gate", "a peer", "1 µs", "9 µs", spread, unit, limit)


# Packs


@pytest.mark.parametrize("mistakes", [0.0, 0.3])
def test_a_seed_gives_the_same_pack_each_time_and_another_seed_another_one(mistakes: float) -> None:
    first = corpora.pack_of(200, 1, mistakes=mistakes)
    corpora.pack_of.cache_clear()
    assert corpora.pack_of(200, 1, mistakes=mistakes) == first
    assert corpora.pack_of(200, 2, mistakes=mistakes) != first


def test_a_pack_has_the_proportions_of_a_real_one() -> None:
    activities = corpora.pack_of(1000).activities
    shares = [Counter(getattr(one, name) for one in activities) for name in ("kind", "depth")]
    assert len(activities) == len({one.id for one in activities}) == 1000
    assert set(shares[0]) == set(KINDS)
    assert shares[0].most_common(1)[0][0] == "prompt"
    assert shares[1][1] > shares[1][2] > shares[1][3] > shares[1][4] > 50
    assert {len(one.topics) for one in activities} == {0, 1, 2}


def test_half_of_a_pack_is_gated_and_many_gates_are_shared() -> None:
    gated = [one.requires for one in corpora.pack_of(1000).activities if one.requires]
    assert 450 <= len(gated) <= 550
    assert len(set(gated)) < len(gated) / 2
    assert {type(part) for gate in gated for part in translated.atoms(gate)} == {
        Resolved,
        Done,
        Count,
        Elapsed,
        DistinctDays,
    }


@pytest.mark.parametrize("size", [10, 30, 100, 1000])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_pack_without_mistakes_could_be_released(size: int, seed: int) -> None:
    pack = corpora.pack_of(size, seed)
    assert len(pack.activities) == size
    assert prove([pack]).problems == ()


def test_a_pack_touches_no_more_topics_than_it_is_asked_to() -> None:
    touched = {topic for one in corpora.pack_of(200, topics=6).activities for topic in one.topics}
    assert len(touched) == 6


def test_what_is_too_much_for_one_pack_is_several() -> None:
    there = corpora.catalog_of(20_010)
    assert [len(pack.activities) for pack in there.packs] == [10_000, 10_000, 10]
    assert len(there) == 20_010


def test_people_did_equally_many_on_each_day() -> None:
    activities = corpora.pack_of(20 * 6).activities
    progress = corpora.progress_after(activities, 3, over=6)
    ago = {(corpora.NOW.date() - day).days: len(done) for day, done in progress.days.items()}
    assert ago == dict.fromkeys(range(3, 9), 20)


# Peers


def as_json_logic(tree: Any, facts: Any) -> Any:
    """Judge as json-logic does, as far as translated gates go: this stands in where it is not installed."""
    if not isinstance(tree, dict):
        return tree
    ((operator, values),) = tree.items()
    if operator == "var":
        path, otherwise = values if isinstance(values, list) else (values, None)
        for name in path.split("."):
            facts = facts.get(name) if isinstance(facts, dict) else None
        return otherwise if facts is None else facts
    judged = [as_json_logic(value, facts) for value in values]
    return _OPERATORS[operator](judged)


_OPERATORS: dict[str, Callable[[list[Any]], Any]] = {
    "and": all,
    "or": any,
    "!!": any,
    "+": sum,
    "if": lambda judged: judged[1] if judged[0] else judged[2],
    ">=": lambda judged: judged[0] >= judged[1],
}


@settings(deadline=None, max_examples=200)
@given(there=catalogs(), events=histories, allowed=boundaries, gate=gates)
def test_a_translated_gate_with_what_was_looked_up_for_it_gives_the_same_answer(
    there: Catalog, events: list[JointEvent], allowed: Boundaries, gate: Any
) -> None:
    now = situation(there, *events, allowed=allowed, today=evening(40).date())
    facts = translated.history([gate], now)
    assert bool(as_json_logic(translated.json_logic(gate), facts)) == holds(gate, now)


def test_gates_are_translated_part_by_part() -> None:
    gate = AllOf([Resolved("tea/a"), AtLeast(1, [Elapsed(7, "tea/b"), DistinctDays(3)])])
    assert translated.cel(gate) == (
        '(("tea/a" in acted || "tea/a" in out) && '
        '(("tea/b" in age && age["tea/b"] >= 7 || "tea/b" in out) ? 1 : 0) + (days >= 3 ? 1 : 0) >= 1)'
    )
    assert translated.json_logic(AnyOf([Done("tea/a"), Count("topic", "money", 2)])) == {
        "or": [{"!!": [{"var": "done.tea/a"}]}, {">=": [{"var": "count.topic.money"}, 2]}]
    }


def test_a_history_holds_what_was_done_and_what_is_out_of_reach() -> None:
    deep = activity("deep", depth=4)
    there = catalog(activity("cup"), activity("pot"), deep)
    events = [Completed.of(there["tea/cup"], at=evening(0)), Skipped.of(there["tea/pot"], at=evening(3))]
    wanted = [Resolved("tea/cup"), Done("tea/pot"), Elapsed(2, "tea/deep"), Count("journey", "gone/way", 3)]
    now = Situation(there, Progress.from_events(events), Boundaries(), evening(5).date())
    found = translated.history(wanted, now)
    assert found["acted"] == {"tea/cup": True, "tea/pot": True}
    assert found["done"] == {"tea/cup": True}
    assert found["age"] == {"tea/cup": 5, "tea/pot": 2}
    assert found["out"] == {"tea/deep": True}
    assert found["days"] == 2
    assert found["count"]["journey"]["gone/way"] >= 3


def test_the_peers_agree_with_the_kit_on_every_gate() -> None:
    pytest.importorskip("json_logic", reason=MISSING)
    pytest.importorskip("celpy", reason=MISSING)
    work = importlib.import_module("benchmarks.gates")
    there = corpora.catalog_of(300)
    wanted = {one.id: one.requires for one in there.values() if one.requires}
    programs = work.programs(list(wanted.values()))
    for done, allowed in ((0, Boundaries()), (150, Boundaries()), (300, EVERYTHING)):
        now = Situation(
            there, corpora.progress_after(list(there.values())[:done], 1, over=9), allowed, evening(0).date()
        )
        ways = work.ways(list(wanted.values()), [rules_of(there)[name] for name in wanted], now, programs)
        assert len(ways) == 4
        work.agree(ways)


# Plain loops


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 60), st.sampled_from([1, 100]), st.sampled_from([corpora.BY_DEFAULT, corpora.ALL_ALLOWED]))
def test_the_loop_over_everything_finds_the_same_to_fit(done: int, days_ago: int, allowed: Boundaries) -> None:
    there = corpora.catalog_of(60)
    progress = corpora.progress_after(list(there.values())[:done], days_ago)
    suggesting.agree(there, progress, allowed)
    three = suggesting.scan(there, progress, allowed, now=corpora.NOW, seed="us")
    fits = suggesting.fitting(there, progress, allowed, corpora.NOW)
    assert len(three) == min(3, len(fits))
    seen = sorted(progress.of(one).seen for one in fits)
    assert [progress.of(one).seen for one in three] == seen[:3]


@pytest.mark.parametrize("seed", range(6))
def test_brute_force_finds_the_same_to_be_coercive(seed: int) -> None:
    pack = corpora.pack_of(25, seed, mistakes=0.5, topics=4)
    assert brute_force.coerced(pack) == prove([pack]).found("K504")


# Lines


def test_the_lines_are_no_looser_than_those_of_the_design() -> None:
    drawn = limits.read_limits()
    assert drawn["gate-json-logic"].least >= 8
    assert drawn["gate-cel-python"].least >= 500
    assert drawn["suggest-new"].least >= 150
    assert drawn["suggest-growth"].most <= 3
    assert drawn["suggest-seen"].least >= 5
    assert drawn["proofs-1000"].most <= 1
    assert drawn["proofs-10000"].most <= 12
    assert drawn["simulation-rate"].least >= 24_000


@pytest.mark.parametrize(
    ("limit", "ratio", "reached", "falls"),
    [
        (limits.Limit(what="", least=8, beyond=20), 25.0, "beyond", False),
        (limits.Limit(what="", least=8, beyond=20), 8.0, "must", False),
        (limits.Limit(what="", least=8, beyond=20), 7.9, "not reached", True),
        (limits.Limit(what="", most=3, beyond=1.5), 1.4, "beyond", False),
        (limits.Limit(what="", most=3), 3.0, "must", False),
        (limits.Limit(what="", most=3), 3.1, "not reached", True),
        (limits.Limit(what="", beyond=25), 30.0, "", False),
    ],
)
def test_a_ratio_on_the_wrong_side_of_its_line_fails(
    limit: limits.Limit, ratio: float, reached: str, falls: bool
) -> None:
    assert limits.verdict(row(ratio), {"speed": limit}) == reached
    assert bool([*limits.fallen([row(ratio)], {"speed": limit})]) == falls


def test_what_falls_is_named_with_its_line() -> None:
    (said,) = limits.fallen([row(7.0)], {"speed": limits.Limit(what="", least=8)})
    assert said == "a gate, beside a peer: 7 x, and it must be at least 8 x"


def test_seconds_are_told_and_never_fail() -> None:
    line = {"speed": limits.Limit(what="", most=1)}
    assert limits.verdict(row(5.0, unit="s"), line) == "not reached"
    assert [*limits.fallen([row(5.0, unit="s"), row(5.0, limit="")], line)] == []


def test_a_quick_run_has_lines_of_its_own_or_none() -> None:
    drawn = {"a": limits.Limit(what="", least=8, beyond=20, quick=5), "b": limits.Limit(what="", most=3)}
    assert limits.for_a_quick_run(drawn) == {"a": limits.Limit(what="", least=5), "b": limits.Limit(what="")}


@pytest.mark.parametrize("wrong", ["[speed]\nwhat = ''\natleast = 8", "[speed]\nwhat = ''\nleast = 8\nmost = 9"])
def test_a_line_that_nobody_can_check_is_refused(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "limits.toml").write_text(wrong, "utf-8")
    with pytest.raises(ValueError, match="speed"):
        limits.read_limits(tmp_path / "limits.toml")


# Measuring


def test_each_way_has_its_turn_in_each_round_and_another_one_begins() -> None:
    turns: list[str] = []
    ways = {name: lambda name=name: turns.append(name) for name in "abc"}
    times = measuring.side_by_side(ways, measuring.Effort(rounds=3, lasting=0.0))
    assert "".join(turns[-9:]) == "abcbcacab"
    assert [len(seconds) for seconds in times.rounds.values()] == [3, 3, 3]


def test_a_ratio_is_taken_within_a_round() -> None:
    times = measuring.Times({"slow": (10.0, 40.0, 90.0), "fast": (1.0, 2.0, 3.0)})
    assert times.ratio("slow", "fast") == measuring.Spread(15.0, 20.0, 25.0)
    assert times.ratio("slow", "fast", parts=(10, 1)).middle == 2.0
    assert times.words("slow", 4) == "10 s"


def test_nothing_is_measured_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gc.isenabled", lambda: False)
    with pytest.raises(RuntimeError, match="collector"):
        measuring.side_by_side({"a": list}, TINY)


@pytest.mark.parametrize("name", ["proving", "simulating"])
def test_a_quick_run_gives_rows_that_have_their_lines(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = importlib.import_module(f"benchmarks.{name}")
    monkeypatch.setattr(work, "side_by_side", lambda ways, _: measuring.Times(dict.fromkeys(ways, (1.0, 2.0))))
    found = list(work.rows(TINY))
    assert found
    assert {one.limit for one in found} - {""} <= limits.read_limits().keys()


# The table


def test_the_table_stands_between_its_marks_and_nothing_else_changes() -> None:
    text = table.README.read_text("utf-8")
    once = table.written(text, "| one |")
    twice = table.written(once, "| two |")
    assert "| one |" in once
    assert twice == once.replace("| one |", "| two |")
    assert once.split("<!--")[0] == text.split("<!--")[0]
    assert once.rsplit("-->")[-1] == text.rsplit("-->")[-1]


def test_a_text_without_marks_is_not_written_into() -> None:
    with pytest.raises(ValueError, match="measured"):
        table.written("no marks", "| one |")


def test_the_table_says_which_line_is_reached() -> None:
    drawn = {"speed": limits.Limit(what="", least=8, beyond=20)}
    head, rule, first, second = table.table([row(9.0), row(250.0, limit="")], drawn).splitlines()
    assert len(head) == len(rule) == len(first) == len(second)
    cells = [cell.strip() for cell in first.strip("|").split("|")]
    assert cells == ["a gate", "a peer", "1 µs", "9 µs", "**9 x** (8.5 to 9.5)", "≥ 8 x", "≥ 20 x", "must"]


def test_the_machine_is_told_without_its_name() -> None:
    assert "processors" in table.machine()


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Let nothing be measured: each piece of work gives what is set here, and the table is a file of its own."""
    page = tmp_path / "README.md"
    page.write_text(table.written(table.README.read_text("utf-8"), ""), "utf-8")
    monkeypatch.setattr(command, "README", page)
    monkeypatch.setattr(command, "read_limits", lambda: {"speed": limits.Limit(what="", least=8, quick=5)})
    monkeypatch.setattr(command, "measured", lambda _work, _effort: iter([row(6.0)]))
    return page


@pytest.mark.parametrize(("arguments", "code"), [([], 1), (["--quick"], 0), (["--quick", "--write"], 2)])
def test_the_command_ends_with_1_where_a_line_is_not_kept_to(
    measured: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = measured.read_text("utf-8")
    assert command.main(arguments) == code
    told = capsys.readouterr()
    assert ("must be at least 8 x" in told.err) == (code == 1)
    assert ("| a gate" in told.out) == (code < 2)
    assert measured.read_text("utf-8") == before, "nothing is written that was not asked for"


def test_the_command_writes_the_table_where_it_is_asked_to(measured: Path) -> None:
    assert command.main(["--write"]) == 1
    assert "**6 x** (5.5 to 6.5)" in measured.read_text("utf-8")


def test_the_command_says_how_to_get_the_peers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "celpy", None)
    monkeypatch.delitem(sys.modules, "benchmarks.gates", raising=False)
    assert command.main(["gates", "--quick"]) == 2
    assert "uv run --group bench" in capsys.readouterr().err
