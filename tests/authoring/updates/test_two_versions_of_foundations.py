"""Two versions of foundations with every kind of change: each is named, and 200 couples go on as if nothing was."""

import json
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from little_packs import evening
from two_versions import EXPECTED, first_version, second_version

from intimacy_kit import Boundaries, Catalog, Progress, suggest
from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.updates.changes import CHANGES
from intimacy_kit.cli.commands import cli
from intimacy_kit.content.vocabulary import SENSITIVE_TOPICS
from intimacy_kit.practice.events import Completed, JointEvent, JourneyChosen, Offered, Skipped, Started
from intimacy_kit.practice.gates import Situation, is_open, is_resolved
from intimacy_kit.practice.suggestions import peek
from intimacy_kit.practice.updating import catch_up

HISTORIES = 200
DAYS = 45
LATER = evening(DAYS + 1)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    parent = tmp_path_factory.mktemp("versions")
    for make, name in ((first_version, "old"), (second_version, "new")):
        make(parent / name)
        assert build(parent / name).problems == ()
    return parent / "old", parent / "new"


@pytest.fixture(scope="module")
def catalogs(folders: tuple[Path, Path]) -> tuple[Catalog, Catalog]:
    old, new = (Catalog([pack]) for folder in folders for pack in [build(folder).pack] if pack)
    return old, new


def diff(*arguments: object) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, ["diff", *map(str, arguments)], prog_name="intimacy-kit")
    return ran.exit_code, ran.output


def test_every_change_is_named_and_no_other(folders: tuple[Path, Path]) -> None:
    code, output = diff(*folders, "--format", "json")
    found = json.loads(output)
    assert {(one["about"], one["what"]) for one in found["changes"]} == EXPECTED
    assert (code, found["needed"], found["least"], found["fits"]) == (0, "major", "0.2.0", True)


def test_every_kind_of_change_that_a_version_may_make_is_among_them() -> None:
    may = {what for what, bump in CHANGES.items() if bump != "never"}
    assert may - {what for _, what in EXPECTED} == {"kit_newer"}  # there is no newer kit than this one


def test_a_version_that_rose_by_less_is_refused(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (compiled,) = (folders[1] / "src").glob("*/pack.json")
    document = json.loads(compiled.read_bytes()) | {"version": "0.1.1"}
    (tmp_path / "pack.json").write_text(json.dumps(document), "utf-8")
    code, output = diff(folders[0], tmp_path / "pack.json")
    assert code == 1
    assert "asks for a major version: 0.2.0 or higher; 0.1.1 is only a minor one" in output


# 200 couples


def history(there: Catalog, seed: int) -> tuple[list[JointEvent], Boundaries]:
    """Let a couple live with a pack for some weeks; what they allow, and what they take up, is their own."""
    chance = Random(seed)
    topics = {topic: "yes" for topic in SENSITIVE_TOPICS if chance.random() < 0.6}
    allowed = Boundaries(depth=chance.randint(1, 4), topics=topics)
    progress, events = Progress(), list[JointEvent]()

    def keep(*more: JointEvent) -> None:
        nonlocal progress
        events.extend(more)
        progress = progress.after(*more)

    if chance.random() < 0.5:
        keep(JourneyChosen(at=evening(0), journey=f"foundations/{chance.choice(['first-steps', 'other-way'])}"))
    for day in range(DAYS):
        now = evening(day)
        for suggestion in suggest(there, progress, allowed, now=now, seed=str(seed)):
            activity = suggestion.activity
            keep(Offered.of(activity, at=now))
            if chance.random() < 0.6:
                kind = Completed if chance.random() < 0.8 else Skipped
                keep(Started.of(activity, at=now), kind.of(activity, at=now))
            elif chance.random() < 0.2:
                allowed = allowed.declining(activity.id, (now + timedelta(days=300)).date())
    return events, allowed


@pytest.fixture(scope="module")
def histories(catalogs: tuple[Catalog, Catalog]) -> list[tuple[list[JointEvent], Boundaries]]:
    return [history(catalogs[0], seed) for seed in range(HISTORIES)]


def test_they_met_what_became_something_else(histories: list[tuple[list[JointEvent], Boundaries]]) -> None:
    met = {event.activity for events, _ in histories for event in events if isinstance(event, Completed)}
    gone = {"go-on-hoping", "whose-hands", "eyes-still-on-you", "story-at-a-full-table", "say-i-dont-mind"}
    assert {f"foundations/{slug}" for slug in gone} <= met
    assert any("foundations/whose-hands" in dict(allowed.declined) for _, allowed in histories)


def test_nothing_they_did_is_lost_and_nothing_is_locked_again(
    catalogs: tuple[Catalog, Catalog], histories: list[tuple[list[JointEvent], Boundaries]]
) -> None:
    old, new = catalogs
    for events, allowed in histories:
        before = Progress.from_events(events)
        said, report = catch_up(before, new, at=LATER)
        after = Progress.from_events([*events, *said])
        assert report.relocked == report.unknown == ()
        assert set(report.applied) == {"foundations/2027-03-hopes", "foundations/2027-03-tables"}
        assert after.deeds == before.deeds
        assert all(after.counts[label] >= n for label, n in before.counts.items())
        was, now = (
            Situation(there, progress, allowed, LATER.date()) for there, progress in ((old, before), (new, after))
        )
        for name in before.deeds:
            activity = new.get(name)
            if activity is None or activity.retired:
                assert name in report.retired
                continue
            if before.of(old[name]).offered_on is not None:
                assert is_open(activity, now)
            if is_resolved(name, was) and after.credited.get((activity.id, name)) != "offered":
                assert is_resolved(activity.id, now)
                assert after.of(activity).times >= before.of(old[name]).times


def test_nothing_they_declined_comes_back_and_nothing_is_offered_beyond_what_they_allow(
    catalogs: tuple[Catalog, Catalog], histories: list[tuple[list[JointEvent], Boundaries]]
) -> None:
    new = catalogs[1]
    for events, allowed in histories:
        before = Progress.from_events(events)
        after = before.after(*catch_up(before, new, at=LATER)[0])
        declined = {new.id_now(name) for name, until in allowed.declined if LATER.date() < until}
        parts = {"foundations/story-half-told", "foundations/story-well-told"}
        declined |= parts if parts & declined else set()
        for offered in peek(new, after, allowed, now=LATER):
            assert offered.activity.id not in declined
            assert offered.activity.depth <= allowed.depth


def test_a_migration_is_said_once(
    catalogs: tuple[Catalog, Catalog], histories: list[tuple[list[JointEvent], Boundaries]]
) -> None:
    progress = Progress.from_events(histories[0][0])
    said, _ = catch_up(progress, catalogs[1], at=LATER)
    again, report = catch_up(progress.after(*said), catalogs[1], at=LATER)
    assert (len(said), again, report.applied) == (2, (), ())


def test_whoever_followed_a_journey_that_was_renamed_still_does(catalogs: tuple[Catalog, Catalog]) -> None:
    progress = Progress.from_events([JourneyChosen(at=evening(0), journey="foundations/other-way")])
    said, _ = catch_up(progress, catalogs[1], at=LATER)
    assert progress.after(*said).journey == "foundations/another-way"
