"""Days and moments: which ones events can have, and how they are written (ISO 8601, with the offset)."""

import re
from datetime import UTC, date, datetime
from typing import Any

from intimacy_kit.errors import InvalidValueError

__all__ = ["day_of", "is_aware", "is_day", "read_day", "read_moment"]

# A day that the calendar has, from 1900 on; the same pattern stands in event.schema.json.
_LEAP = "(?:(?:19|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)"
_DATE = (
    "(?:(?:19|[2-9][0-9])[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_FIRST_YEAR = 1900
_DAY = re.compile(_DATE)
_MOMENT = re.compile(
    f"{_DATE}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{{6}})?[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)


def is_aware(value: object) -> bool:
    """Tell whether the value is a datetime that knows its offset from UTC, in whole minutes.

    >>> from datetime import UTC
    >>> is_aware(datetime(2026, 11, 23, tzinfo=UTC)), is_aware(datetime(2026, 11, 23))
    (True, False)
    """
    if not isinstance(value, datetime) or value.year < _FIRST_YEAR:
        return False
    if value.tzinfo is UTC:
        return True
    offset = value.utcoffset()
    return offset is not None and not offset.seconds % 60 and not offset.microseconds


def day_of(moment: datetime, name: str = "now") -> date:
    """Return the day of a moment, in its own zone; raise InvalidValueError for one that does not know its zone.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 11, 23, 20, tzinfo=UTC))
    datetime.date(2026, 11, 23)
    """
    if not is_aware(moment):
        raise InvalidValueError(name, "must be a datetime with a time zone; pass datetime.now(zone)")
    return moment.date()


def is_day(value: object) -> bool:
    """Tell whether the value is a day that can be kept: from 1900 on."""
    return type(value) is date and value.year >= _FIRST_YEAR


def read_day(day: Any) -> date:
    """Return the day that a document writes as 2026-11-23; raise InvalidValueError for anything else."""
    if type(day) is not str or not _DAY.fullmatch(day):
        raise InvalidValueError("day", "must be a date such as 2026-11-23")
    return date.fromisoformat(day)


def read_moment(moment: Any) -> datetime:
    """Return the aware moment that a document writes as 2026-11-23T20:00:00+01:00; else raise InvalidValueError."""
    if type(moment) is not str or not _MOMENT.fullmatch(moment):
        raise InvalidValueError("at", "must be a moment such as 2026-11-23T20:00:00+01:00")
    return datetime.fromisoformat(moment)
