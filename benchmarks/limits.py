"""The lines that ratios must not fall under, as ``limits.toml`` draws them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from attrs import frozen

from benchmarks.measuring import Row

__all__ = ["LIMITS", "Limit", "fallen", "for_a_quick_run", "read_limits", "verdict"]

#: Where they are kept.
LIMITS = Path(__file__).with_name("limits.toml")

_FIELDS = {"what", "least", "most", "beyond", "quick"}


@frozen(kw_only=True)
class Limit:
    """A line: no less than ``least``, or no more than ``most``."""

    #: What is measured, in words.
    what: str
    #: What must be reached; None of both is nothing.
    least: float | None = None
    most: float | None = None
    #: What is reached where it goes well.
    beyond: float | None = None
    #: The line of a quick run: of small sizes, and with room for a restless machine; None is no line.
    quick: float | None = None

    def reaches(self, value: float, line: float) -> bool:
        """Tell whether a value is on the good side of a line.

        >>> Limit(what="speed", least=8.0).reaches(9.5, 8.0), Limit(what="growth", most=3.0).reaches(9.5, 3.0)
        (True, False)
        """
        return value >= line if self.upwards else value <= line

    @property
    def upwards(self) -> bool:
        """Whether more is better; where nothing must be, less is."""
        return self.least is not None

    @property
    def must(self) -> float | None:
        """The line, whichever side of it is the good one."""
        return self.most if self.least is None else self.least


def read_limits(path: Path = LIMITS) -> dict[str, Limit]:
    """Return the limits of a file by name; raise ValueError for one that nobody can check."""
    limits = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, fields in limits.items():
        if unknown := fields.keys() - _FIELDS:
            raise ValueError(f"{name}: nothing is called {', '.join(sorted(unknown))}")
        if {"least", "most"} <= fields.keys():
            raise ValueError(f"{name}: either least or most, not both")
    return {name: Limit(**fields) for name, fields in limits.items()}


def for_a_quick_run(limits: Mapping[str, Limit]) -> dict[str, Limit]:
    """Return the limits of a quick run: those that have a line for it."""
    return {
        name: Limit(what=limit.what, least=limit.quick) if limit.upwards else Limit(what=limit.what, most=limit.quick)
        for name, limit in limits.items()
    }


Verdict = Literal["beyond", "must", "not reached", ""]


def verdict(row: Row, limits: Mapping[str, Limit]) -> Verdict:
    """Return which line a row reaches; nothing where there is none for it."""
    limit = limits[row.limit] if row.limit else Limit(what="")
    if limit.beyond is not None and limit.reaches(row.value.middle, limit.beyond):
        return "beyond"
    if limit.must is not None:
        return "must" if limit.reaches(row.value.middle, limit.must) else "not reached"
    return ""


def fallen(rows: Iterable[Row], limits: Mapping[str, Limit]) -> Iterator[str]:
    """Say of which rows the median of the ratios is on the wrong side of its line."""
    for row in rows:
        if row.unit != "x" or not row.limit:
            continue
        limit = limits[row.limit]
        line = limit.must
        if line is not None and not limit.reaches(row.value.middle, line):
            side = "at least" if limit.upwards else "at most"
            yield f"{row.work}, beside {row.beside}: {row.value.middle:.3g} x, and it must be {side} {line:g} x"
