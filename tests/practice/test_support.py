"""Where help is: always open, never logged, and never older than it says."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from inspect import signature
from typing import Any

import pytest
from attrs import evolve

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.support import HELP, NOTICE, SUPPORT, Support, SupportEntry, SupportProvider, support

TODAY = date(2026, 11, 23)
LINE = SupportEntry(
    name="Somebody to talk to",
    kind="helpline",
    contact="the number on the poster",
    languages=["es", "en"],
    hours="at night",
    source="the town hall",
    checked_on=TODAY - timedelta(100),
    expires_on=TODAY + timedelta(1),
)


class Poster:
    """A provider that knows some entries, and remembers which places it was asked for."""

    def __init__(self, *entries: Any) -> None:
        self.known, self.asked = entries, list[str]()

    def entries(self, place: str) -> Iterable[Any]:
        self.asked.append(place)
        return self.known


def test_without_a_provider_it_says_what_is_true_everywhere() -> None:
    assert support(on=TODAY) == Support(SUPPORT, (), complete=True)


def test_the_texts_of_the_kit_name_no_number() -> None:
    """attack 96: a number of unknown age may be the wrong one."""
    assert not any(char.isdigit() for text in (NOTICE, SUPPORT) for char in text.words)


def test_what_is_current_is_shown_in_the_order_of_the_provider() -> None:
    other = evolve(LINE, name="Other")
    poster = Poster(other, LINE)
    assert support(poster, on=TODAY, place="ES") == Support(SUPPORT, (other, LINE))
    assert poster.asked == ["ES"]


@pytest.mark.parametrize(
    ("checked", "expires", "shown"), [(-1, 1, True), (0, 1, True), (-1, 0, False), (1, 2, False), (-366, 0, False)]
)
def test_an_entry_is_shown_from_the_day_it_was_checked_until_it_expires(
    checked: int, expires: int, *, shown: bool
) -> None:
    """attack 96: what expired is not shown; the text of the kit stays."""
    dated = evolve(LINE, checked_on=TODAY + timedelta(checked), expires_on=TODAY + timedelta(expires))
    found = support(Poster(dated), on=TODAY)
    assert (found.entries == (dated,), found.text) == (shown, SUPPORT)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_an_entry_that_never_expires_or_did_before_it_was_checked_is_refused(days: int) -> None:
    with pytest.raises(InvalidValueError, match="'expires_on' must be 1 to 366 days after checked_on"):
        evolve(LINE, expires_on=LINE.checked_on + timedelta(days))


def test_an_entry_may_be_good_for_a_year() -> None:
    assert evolve(LINE, expires_on=LINE.checked_on + timedelta(366)).is_current(LINE.checked_on + timedelta(365))


@pytest.mark.parametrize(
    "wrong", [{"kind": "friend"}, {"name": ""}, {"contact": "x" * 301}, {"source": ""}, {"checked_on": "today"}]
)
def test_an_entry_says_who_how_and_since_when(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match=f"'{next(iter(wrong))}' must be"):
        evolve(LINE, **wrong)


def test_every_kind_of_help_can_be_named() -> None:
    assert {evolve(LINE, kind=kind).kind for kind in HELP} == set(HELP)


class Down:
    """A provider that cannot be reached."""

    def entries(self, place: str) -> Iterable[SupportEntry]:
        raise TimeoutError(place)


class HalfDown:
    """A provider that breaks off in the middle."""

    def entries(self, place: str) -> Iterable[SupportEntry]:
        yield LINE
        raise OSError(place)


@pytest.mark.parametrize("provider", [Down(), HalfDown(), Poster("no entry")])
def test_a_provider_that_fails_never_keeps_the_page_from_opening(provider: SupportProvider) -> None:
    assert support(provider, on=TODAY) == Support(SUPPORT, (), complete=False)


def test_nobody_is_named_to_open_it_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """attack 95: no person, no space and no store can be passed; no record is made, also where a provider fails."""
    assert [*signature(support).parameters] == ["provider", "on", "place"]
    with caplog.at_level(logging.DEBUG):
        support(Poster(LINE), on=TODAY)
        support(Down(), on=TODAY)
    assert caplog.records == []


def test_without_a_place_the_provider_is_asked_for_what_is_anywhere() -> None:
    poster = Poster(LINE)
    assert support(poster, on=TODAY).entries == (LINE,)
    assert poster.asked == [""]
