"""What an app says of itself, and what the report makes of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

import pytest
from conformance.room import CATALOG, Room
from little_packs import activity, evening, journey
from little_packs import catalog as catalog_of

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.testing import (
    CHECKS,
    KINDS,
    Accept,
    Action,
    Agree,
    Allow,
    Answered,
    Complete,
    Decline,
    Erase,
    Host,
    Ignored,
    Note,
    Offer,
    Pause,
    Report,
    Resume,
    Seal,
    Skip,
    Start,
    TakeBackDecline,
    check_host,
)


class Diary(Host):
    """An app of another make, in which people only write for themselves."""

    lacks = tuple(kind for kind in KINDS if kind not in {Note, Erase})

    def begin(self, people: Sequence[str], *, seed: str) -> None:  # noqa: ARG002
        self.kept: dict[str, dict[str, str]] = {name: {} for name in people}

    def send(self, partner: str, action: Action) -> Answered:
        match action:
            case Note(words):
                self.kept[partner].setdefault(action.key, words)
            case _:
                self.kept[partner].clear()
        return Answered(True)

    def see(self, partner: str) -> Mapping[str, bytes]:
        return {"diary": "\n".join(self.kept[partner].values()).encode()}


class Shared(Diary):
    """The same app, in which there is one book for all."""

    def see(self, _partner: str) -> Mapping[str, bytes]:
        return {"diary": "\n".join(words for book in self.kept.values() for words in book.values()).encode()}


WAY = catalog_of(*CATALOG.values(), journeys=[journey("way", ["assam"])])


def outcomes(report: Report) -> dict[str, str]:
    return {one.check: one.outcome for one in report.results}


def test_an_app_that_has_little_is_checked_for_that() -> None:
    report = check_host(Diary(), catalog=CATALOG, pairs=3)
    assert report.passed, str(report)
    assert {one.check for one in report.of("passed")} == {
        *("same twice", "notes", "looks", "made up", "own words", "words of others", "erased", "erased twice"),
    }
    assert len(report.lacks) == 19
    assert "The app has no Accept, Agree, " in str(report)
    failed = check_host(Shared(), catalog=CATALOG, pairs=3).of("failed")
    assert {one.check for one in failed} >= {"notes", "made up", "words of others"}


#: What is never sent to an app that lacks something else.
NEVER_WITHOUT: Mapping[type[Action], Sequence[type[Action]]] = {
    Allow: [Accept],
    Decline: [TakeBackDecline],
    Pause: [Resume],
    Seal: [Agree],
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_an_app_has_not_is_never_sent(kind: type[Action]) -> None:
    """The app says yes to everything and shows nothing: it fails, and quickly; this is about what it is sent."""
    sent: set[type[Action]] = set()

    class Less(Room):
        lacks = (kind,)
        support = Host.support

        def send(self, _partner: str, action: Action) -> Answered:
            sent.add(type(action))
            return Answered(True)

        def send_as(self, partner: str, _other: str, action: Action) -> Answered:
            return self.send(partner, action)

        def see(self, _partner: str) -> dict[str, bytes]:
            return {}

    report = check_host(Less(), catalog=WAY, pairs=8)
    assert report.lacks == (kind.__name__,)
    assert kind not in sent
    assert {*KINDS} - sent <= {kind, *NEVER_WITHOUT.get(kind, ())}
    needing = {check.name for check in CHECKS if kind in check.needs}
    assert needing <= {one.check for one in report.of("not checked") if one.why == f"the app has no {kind.__name__}"}


def test_an_app_without_beginnings_and_ends_is_checked_for_the_rest() -> None:
    class Less(Room):
        lacks = (Start, Complete, Skip, Offer, Accept, Note)

    some = ["same twice", "sealed before", "opened together", "withdrawn", "retries", "words of others", "own words"]
    assert outcomes(check_host(Less(), catalog=CATALOG, only=some)) == dict.fromkeys(some, "passed")


def test_without_a_clock_what_needs_days_is_not_checked() -> None:
    class Clockless(Room):
        def at(self, _moment: datetime) -> bool:
            return False

    some = ["notes", "declined stays away", "asked again", "asking", "hours", "support current"]
    report = check_host(Clockless(), catalog=CATALOG, pairs=1, only=some)
    assert {one.check for one in report.of("passed")} == {"notes", "declined stays away", "asking"}
    clock = "the app has no clock that can be set (Host.at)"
    assert {one.check: one.why for one in report.of("not checked")} == dict.fromkeys(
        ["asked again", "hours", "support current"], clock
    )


def test_what_is_not_described_is_not_checked() -> None:
    class Bare(Room):
        contacts = ()
        send_all = Host.send_all
        send_as = Host.send_as
        logs = Host.logs
        at_rest = Host.at_rest
        support = Host.support

    whys = {
        "withdrawn in a race": "the app does not say how several act at once (Host.send_all)",
        "own name only": "the app does not say how somebody would name another one (Host.send_as)",
        "closed by whom": "spaces are for two here, and of two each knows who it was (Host.people)",
        "support open": "the app does not describe its support page (Host.support)",
        "support unseen": "the app does not describe its support page (Host.support)",
        "support current": "the app names no contacts of its support page (Host.contacts)",
        "logs": "the app does not describe its logs (Host.logs); what Python logged here holds no words",
        "erased at rest": "the app does not describe what it keeps (Host.at_rest)",
    }
    report = check_host(Bare(), catalog=CATALOG, only=whys)
    assert {one.check: one.why for one in report.of("not checked")} == whys


def test_an_app_that_says_it_keeps_nothing_is_not_believed() -> None:
    class Forgetful(Room):
        def at_rest(self) -> list[tuple[str, bytes]]:
            return []

    (result,) = check_host(Forgetful(), catalog=CATALOG, only=["erased at rest"]).results
    assert result.outcome == "failed"


def test_an_app_that_shows_nothing_is_not_believed() -> None:
    class Blank(Room):
        def see(self, _partner: str) -> dict[str, bytes]:
            return {}

    report = check_host(Blank(), catalog=CATALOG, only=["same twice", "own words"])
    assert outcomes(report) == {"same twice": "failed", "own words": "failed"}


def test_what_an_app_refuses_for_no_reason_is_a_failure() -> None:
    class Closed(Room):
        def send(self, _partner: str, _action: Action) -> Answered:
            return Answered(False)

    report = check_host(Closed(), catalog=CATALOG, pairs=1)
    assert {one.check for one in report.of("passed")} == {"support unseen", "support current"}
    assert "the app refused 'Agree' of ada, and nothing stands against it" in str(
        check_host(NeverAgrees(), catalog=CATALOG, only=["opened together"])
    )


class NeverAgrees(Room):
    def send(self, partner: str, action: Action) -> Answered:
        return Answered(False) if isinstance(action, Agree) else super().send(partner, action)


def test_an_answer_that_is_opened_to_nobody_is_a_failure() -> None:
    class Shy(Room):
        def home(self, _partner: str, _view: dict[str, Any]) -> dict[str, Any]:
            return {}

        def export(self, _partner: str, _document: bytes) -> bytes:
            return b""

    report = check_host(Shy(), catalog=CATALOG, only=["opened together", "taken back"])
    assert outcomes(report) == {"opened together": "failed", "taken back": "failed"}


def test_an_app_that_breaks_is_told_where_and_no_message_is_quoted() -> None:
    class Breaks(Room):
        def see(self, _partner: str) -> dict[str, bytes]:
            raise RuntimeError("words of somebody")

    report = check_host(Breaks(), catalog=CATALOG, only=["looks"])
    assert "RuntimeError was raised in see, test_describing.py:" in str(report)
    assert "words of somebody" not in str(report)


class Tokens(Room):
    """Each page has a token of its own, as forms have."""

    digits = 16

    def see(self, partner: str) -> dict[str, bytes]:
        return {name: data + b"csrf=" + token_hex(self.digits).encode() for name, data in super().see(partner).items()}


def ignored(page: str) -> Ignored:
    return Ignored(page=page, pattern=rb"csrf=[0-9a-f]+", why="drawn anew for each form")


def test_what_differs_always_may_be_ignored_and_the_report_says_how_much() -> None:
    class Described(Tokens):
        ignores = tuple(map(ignored, ("home", "own", "export.json")))

    assert not check_host(Tokens(), catalog=CATALOG, only=["same twice"]).passed
    report = check_host(Described(), catalog=CATALOG, only=["same twice", "notes", "looks"])
    assert report.passed, str(report)
    assert [(one.page, one.most) for one in report.ignored] == [("home", 37), ("own", 37), ("export.json", 37)]
    assert all(one.times > 0 for one in report.ignored)
    assert "Ignored on page 'home', " in str(report)


def test_what_differs_in_answers_may_be_ignored_as_well() -> None:
    class Answers(Room):
        def send(self, partner: str, action: Action) -> Answered:
            answered = super().send(partner, action)
            return Answered(answered.done, answered.shown + b"csrf=" + token_hex(8).encode())

    class Described(Answers):
        ignores = (ignored("answers"),)

    assert not check_host(Answers(), catalog=CATALOG, only=["same twice"]).passed
    assert check_host(Described(), catalog=CATALOG, only=["same twice"]).passed


def test_what_is_ignored_still_shows_how_long_it_is() -> None:
    class Longer(Tokens):
        ignores = tuple(map(ignored, ("home", "own", "export.json")))

        def send(self, partner: str, action: Action) -> Answered:
            self.digits += isinstance(action, Note) and partner == "ada"
            return super().send(partner, action)

    assert not check_host(Longer(), catalog=CATALOG, only=["notes"]).passed


def test_words_are_looked_for_in_what_is_ignored() -> None:
    class Hides(Diary):
        ignores = (Ignored(page="diary", pattern=b"(?s).+", why="all of it"),)

        def see(self, _partner: str) -> dict[str, bytes]:
            return {"diary": str(self.kept).encode()}

    assert not check_host(Hides(), catalog=CATALOG, only=["words of others"]).passed


@pytest.mark.parametrize("pattern", [b"(", b".*", b"x?"])
def test_what_would_ignore_everything_or_cannot_be_read_is_refused(pattern: bytes) -> None:
    with pytest.raises(InvalidValueError, match="'pattern' must"):
        Ignored(page="home", pattern=pattern, why="laziness")


def test_ids_of_the_app_stand_for_names() -> None:
    class Numbered(Room):
        def begin(self, people: Sequence[str], *, seed: str) -> dict[str, str]:
            super().begin(people, seed=seed)
            self.ids = {name: token_hex(4) for name in [*people, "space"]}
            return self.ids

        def see(self, partner: str) -> dict[str, bytes]:
            return {name: self.hidden(data) for name, data in super().see(partner).items()}

        def hidden(self, data: bytes) -> bytes:
            for name in self.people:
                data = data.replace(f'"{name}"'.encode(), f'"{self.ids[name]}"'.encode())
            return data + self.ids["space"].encode()

    report = check_host(Numbered(), catalog=CATALOG, only=["same twice", "notes", "erased"])
    assert report.passed, str(report)


def test_a_catalog_with_too_little_is_said() -> None:
    report = check_host(Room(), catalog=Catalog(), pairs=1)
    assert not report.of("failed"), str(report)
    whys = {one.check: one.why for one in report.of("not checked")}
    assert whys["notes"] == "the catalog has fewer than 3 prompts that are light, ordinary and without a gate"


class Plain(Room):
    """The app with prompts only, of which none touches on anything."""

    catalog = catalog_of(activity("assam"), activity("bancha"), activity("ceylon"))


def test_a_catalog_of_light_prompts_checks_what_it_can() -> None:
    some = [
        "same twice",
        "notes",
        "depths",
        "made up",
        "errors",
        "raising",
        "lowering",
        "reasons",
        "declined is not shown",
    ]
    report = check_host(Plain(), catalog=Plain.catalog, pairs=2, only=some)
    assert not report.of("failed"), str(report)
    whys = {one.check: one.why for one in report.of("not checked")}
    assert whys["lowering"] == "the catalog has nothing without a gate that touches a topic"
    assert whys["reasons"] == "the catalog has fewer than 1 activities that touch a sensitive topic"
    assert whys["declined is not shown"] == "no page shows what fits, and only that, by its id or its words"


def test_nobody_is_asked_about_what_rests() -> None:
    class Asked(Room):
        """Says no to every yes."""

        def send(self, partner: str, action: Action) -> Answered:
            return Answered(False) if isinstance(action, Accept) else super().send(partner, action)

    (result,) = check_host(Asked(), catalog=CATALOG, only=["asking"]).results
    assert result.why == "nobody was asked about anything that the catalog has without a gate"


def test_a_refusal_that_everybody_allows_is_a_failure() -> None:
    class Strict(Room):
        def send(self, partner: str, action: Action) -> Answered:
            deep = isinstance(action, Start) and "money" in action.activity
            return Answered(False) if deep else super().send(partner, action)

    (result,) = check_host(Strict(), catalog=CATALOG, only=["raising"]).results
    assert result.evidence[0].what == "the app refused to begin 'tea/money-matters' though everybody allows it"


def test_the_same_seed_gives_the_same_report() -> None:
    reports = [str(check_host(Room(), catalog=CATALOG, pairs=2, seed="two", only=["made up"])) for _ in range(2)]
    assert reports[0] == reports[1]


def test_checks_can_be_chosen_and_left_out_with_a_reason() -> None:
    report = check_host(Room(), catalog=CATALOG, only=["looks", "logs"], skip={"logs": "they are elsewhere"})
    assert outcomes(report) == {"looks": "passed", "logs": "not checked"}
    assert "because they are elsewhere" in str(report)
    for unknown in ({"only": ["look"]}, {"skip": {"look": "no"}}):
        with pytest.raises(InvalidValueError, match="must name checks: same twice, notes, "):
            check_host(Room(), catalog=CATALOG, **unknown)  # type: ignore[arg-type]


@pytest.mark.parametrize("people", [("ada",), ("ada", "ada"), tuple("abcdefg")])
def test_two_to_six_different_people_are_needed(people: tuple[str, ...]) -> None:
    host = Room()
    host.people = people
    with pytest.raises(InvalidValueError, match="'people' must be two to six different names"):
        check_host(host, catalog=CATALOG)


def test_a_report_is_a_document_for_machines() -> None:
    report = check_host(Shared(), catalog=CATALOG, only=["notes", "support open"], start=evening(0))
    document = json.loads(json.dumps(report.to_document()))
    assert document["passed"] is False
    assert report.exit_code == 1
    assert document["lacks"][0] == "Accept"
    notes, support = document["results"]
    assert notes["outcome"] == "failed"
    assert notes["attacks"] == [85]
    assert notes["evidence"][0] | {"what": ""} == {"what": "", "who": "ben", "page": "diary", "at": 0}
    assert support["why"] == "the app does not describe its support page (Host.support)"
    assert check_host(Diary(), catalog=CATALOG, only=["notes"]).exit_code == 0
