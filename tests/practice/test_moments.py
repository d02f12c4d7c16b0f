"""Which days and moments events can have."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from intimacy_kit.practice.moments import is_aware, is_day


@pytest.mark.parametrize(
    ("value", "can_be_kept"),
    [
        (date(1900, 1, 1), True),
        (date.max, True),
        (date(1899, 12, 31), False),
        (datetime(2026, 11, 23, tzinfo=UTC), False),
        ("2026-11-23", False),
        (None, False),
    ],
)
def test_a_day_is_a_date_from_1900_on(value: Any, can_be_kept: bool) -> None:
    assert is_day(value) == can_be_kept


@pytest.mark.parametrize(
    ("value", "can_be_kept"),
    [
        (datetime(1900, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), True),
        (datetime(2026, 11, 23, tzinfo=timezone(timedelta(seconds=30))), False),
        (datetime(2026, 11, 23, tzinfo=timezone(timedelta(microseconds=1))), False),
        (datetime(1899, 12, 31, tzinfo=UTC), False),
        (date(2026, 11, 23), False),
    ],
)
def test_a_moment_knows_its_offset_in_whole_minutes(value: Any, can_be_kept: bool) -> None:
    assert is_aware(value) == can_be_kept
