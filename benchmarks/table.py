"""The table of what was measured, and its place in ``README.md``."""

import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.limits import Limit, verdict
from benchmarks.measuring import Row

__all__ = ["README", "machine", "table", "written"]

#: What the table is written into.
README = Path(__file__).with_name("README.md")

_BEGIN, _END = "<!-- measured -->", "<!-- end of what was measured -->"
_HEAD = ("work", "beside", "kit", "beside it", "median (quartiles)", "must", "beyond", "reached")


def table(rows: Iterable[Row], limits: Mapping[str, Limit]) -> str:
    """Return a table in Markdown, which can be read as text as well: all columns are as wide as their widest cell."""
    lines = [_HEAD, *(_cells(row, limits) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([padded[0], rule, *padded[1:]])


def _cells(row: Row, limits: Mapping[str, Limit]) -> tuple[str, ...]:
    limit = limits[row.limit] if row.limit else Limit(what="")
    low, middle, high = (_number(number) for number in (row.value.low, row.value.middle, row.value.high))
    measured = f"**{middle} {row.unit}** ({low} to {high})"
    lines = (_line(limit, line, row.unit) for line in (limit.must, limit.beyond))
    return row.work, row.beside, row.ours, row.theirs, measured, *lines, verdict(row, limits)


def _line(limit: Limit, line: float | None, unit: str) -> str:
    if line is None:
        return ""
    return f"{'≥' if limit.upwards else '≤'} {line:,g} {unit}"


def _number(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"  # noqa: PLR2004 - three figures are as many as mean something


def machine() -> str:
    """Return on what it was measured, without saying whose it is."""
    return (
        f"Python {platform.python_version()}, {platform.system()} on {platform.machine()}, {os.cpu_count()} processors"
    )


def written(text: str, measured: str) -> str:
    r"""Return a text in which what stands between the marks is what was measured.

    >>> print(written("Before\n<!-- measured -->\nold\n<!-- end of what was measured -->\nafter", "new"))
    Before
    <!-- measured -->
    <BLANKLINE>
    new
    <BLANKLINE>
    <!-- end of what was measured -->
    after
    """
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"there is no {_BEGIN} followed by {_END}")
    return f"{before}{begin}\n\n{measured}\n\n{end}{after}"
