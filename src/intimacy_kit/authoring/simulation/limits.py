"""Limits: how much of what a simulation finds is too much."""

from collections.abc import Callable
from math import isnan
from typing import Any

from attrs import field, frozen

from intimacy_kit.errors import InvalidValueError

__all__ = ["Limits"]


def _not_below(least: float) -> Callable[[Any, Any, float], None]:
    def check(_: object, attribute: Any, value: float) -> None:
        if isnan(value):
            raise InvalidValueError(attribute.name, "must be a number, and nan is none")
        if not least <= value:
            raise InvalidValueError(attribute.name, f"must be {least} or more")

    return check


@frozen(kw_only=True)
class Limits:
    """How much is allowed; beyond it a run fails.

    >>> Limits(never_offered=0.2).never_offered
    0.2
    """

    #: The share of activities never offered, 0 to 1: in each profile to those who take something whenever they look,
    #: and all profiles together to those who hold back.
    never_offered: float = field(default=0.1, validator=_not_below(0))
    #: Days in a row on which somebody looked and there was nothing.
    empty_run: int = field(default=3, validator=_not_below(0))
    #: Days somebody looked before something came that could have. Where it takes longer to show everything once,
    #: at three a day, half as long again as that.
    longest_wait: int = field(default=75, validator=_not_below(0))
    #: By which look something of each depth has come to those who allow it and take something whenever they look.
    first_light: int = field(default=3, validator=_not_below(1))
    first_personal: int = field(default=21, validator=_not_below(1))
    first_tender: int = field(default=60, validator=_not_below(1))
    first_deep: int = field(default=90, validator=_not_below(1))
    #: What was offered beyond a boundary, or beyond the time they had.
    crossed: int = field(default=0, validator=_not_below(0))
    #: What came again inside its rest, or more often than it says.
    repeated: int = field(default=0, validator=_not_below(0))
    #: What was offered once, is allowed and has rested, and could not be offered again.
    locked: int = field(default=0, validator=_not_below(0))
    #: What was done, and forgotten after an update.
    lost: int = field(default=0, validator=_not_below(0))
