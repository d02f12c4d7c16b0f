"""An app that keeps the promises passes, and each of many that do not is caught by the check for it."""

import base64
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conformance.leaking import LEAKS
from conformance.room import CATALOG, Disk, Room

from intimacy_kit import Catalog
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.testing import CHECKS, KINDS, Action, Answered, Note, assert_host_keeps_promises, check_host

#: As many made-up evenings as it takes to come upon what only they show.
PAIRS = {"made up": 8}

mistakes = pytest.mark.parametrize("leaking", LEAKS, ids=lambda leaking: leaking.__name__)


class Three(Room):
    people = ("ada", "ben", "cleo")


class Installed(Room):
    catalog = Catalog.installed()


def test_an_app_that_keeps_the_promises_passes_every_check() -> None:
    """The host's part of attack 83, attack 84, attack 85, attack 86, attack 87, attack 88, attack 89, attack 90,
    attack 92, attack 94, attack 95, attack 96 and attack 100 is in the kit; this app does its part.
    """
    report = assert_host_keeps_promises(Three(), catalog=CATALOG, pairs=2)
    assert [one.check for one in report.of("passed")] == [check.name for check in CHECKS]


def test_an_app_with_the_installed_packs_passes(request: pytest.FixtureRequest) -> None:
    some = ["same twice", "reasons", "pauses", "asks", "opened together", "declined is not shown", "raising", "asking"]
    only = () if request.config.getoption("--full") else some
    report = check_host(Installed(), catalog=Installed.catalog, pairs=100, only=only)
    assert report.passed, str(report)
    gated = {one.check for one in report.of("not checked")}
    assert gated <= {"asks", "asking", "notice first", "closed by whom"}, "all that is deeper has a gate in the packs"


@mistakes
def test_a_mistake_is_caught_by_the_check_for_it(leaking: type[Room]) -> None:
    """One app for each mistake. attack 83: SaysWhoDeclined, SaysWhoRefuses, PadsByWhatIsThere; attack 85:
    SaysWhoAnswered, CountsIds, SortsByWhatOthersWrote, NotifiesWithTheHour; attack 86: OpensAtOnce,
    TakesAnythingForAnAnswer; attack 87: LosesTheRace, IgnoresWithdrawals; attack 88: KeepsACopyOfWhatWasOpened;
    attack 89: OffersWhatWasDeclined, CachesBoundaries, AsksOnlyWhoActs; attack 92: BelievesTheForm; attack 94:
    GivesAReason, SaysWhoClosed, StaysOpen; attack 95: LocksSupport, LogsSupport; attack 96: KeepsOldNumbers;
    attack 79: ExportsEverybody; attack 80: KeepsASearchIndex; attack 82: LogsErrorsWithWords; attack 100:
    ErasesWhatWasKept.
    """
    name = LEAKS[leaking]
    report = check_host(leaking(), catalog=CATALOG, pairs=PAIRS.get(name, 2), only=[name])
    (result,) = report.results
    assert result.outcome == "failed", result.why
    assert 1 <= len(result.evidence) <= 6
    assert not result.evidence[0].what.startswith(("the app refused", "KeyError")), "it was seen, not stumbled upon"
    assert not any(mark in str(report) for mark in ("kept0", "and more", "Call")), "a report quotes nobody"


def test_there_is_a_mistake_for_every_check() -> None:
    assert {*LEAKS.values()} == {check.name for check in CHECKS}


def test_a_failing_app_fails_its_test_with_the_whole_report() -> None:
    class Silent(Room):
        lacks = KINDS

        def see(self, _partner: str) -> dict[str, bytes]:
            return {}

    with pytest.raises(AssertionError, match=r"FAILED +same twice: ") as failed:
        assert_host_keeps_promises(Silent(), catalog=CATALOG, pairs=0)
    assert "1 failed" in str(failed.value)


def test_erased_words_are_gone_from_a_real_file(tmp_path: Path) -> None:
    """attack 80."""
    report = check_host(Disk(tmp_path), catalog=CATALOG, only=["erased at rest"])
    assert report.passed, str(report)


def test_what_was_opened_may_stay_with_those_who_read_it() -> None:
    """attack 100."""

    class Keeps(Room):
        shared = "kept"

    report = check_host(Keeps(), catalog=CATALOG, only=["erased", "erased twice"])
    assert report.passed, str(report)


def test_words_left_in_a_real_file_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """attack 80."""
    monkeypatch.setattr(SQLiteStore, "erase", lambda *_, **__: None)
    (result,) = check_host(Disk(tmp_path), catalog=CATALOG, only=["erased at rest"]).results
    assert {one.page for one in result.evidence} == {"us.db"}


class BacksUp(Room):
    """An app with a backup of all notes, written as bytes are often written."""

    def __init__(self, written: Callable[[str], bytes]) -> None:
        super().__init__()
        self.written = written
        self.backup = b""

    def send(self, partner: str, action: Action) -> Answered:
        if isinstance(action, Note):
            self.backup += self.written(action.words)
        return super().send(partner, action)

    def at_rest(self) -> Iterable[tuple[str, bytes]] | None:
        return [("backup", self.backup)]


@pytest.mark.parametrize(
    "written",
    [
        str.encode,
        lambda words: words.encode("utf-16-le"),
        lambda words: words.encode("utf-16-be"),
        lambda words: words.encode().hex().encode(),
        lambda words: base64.b64encode(words.encode()),
        lambda words: base64.b64encode(b"1" + words.encode()),
        lambda words: base64.b64encode(b"12" + words.encode()),
    ],
)
def test_words_are_found_in_the_ways_bytes_are_often_written(written: Callable[[str], bytes]) -> None:
    (result,) = check_host(BacksUp(written), catalog=CATALOG, only=["erased at rest"]).results
    assert [one.page for one in result.evidence] == ["backup"]


def test_the_checklist_for_apps_names_every_check_and_no_other() -> None:
    text = (Path(__file__).parents[2] / "docs" / "host-checklist.md").read_text("utf-8")
    rows = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    named = {name.strip() for row in rows for part in row[-1].split(";") for name in part.split(",") if ":" not in part}
    assert named - {"by hand", "checks"} == {check.name for check in CHECKS} - {"same twice"}
    listed = {int(number) for row in rows if row[0].strip() != "what to do" for number in row[1].split(",")}
    assert {number for check in CHECKS for number in check.attacks} <= listed
