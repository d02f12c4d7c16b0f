"""A report as text, 80 columns wide."""

from collections.abc import Iterator
from textwrap import wrap

from intimacy_kit.authoring.simulation.groups import groups
from intimacy_kit.authoring.simulation.reports import Measure, Report

__all__ = ["cut", "heading", "number", "told", "value"]

_WIDTH = 80


def told(report: Report) -> str:
    """Return what was lived through, and each limit with what was found; the problems are not in it."""
    return "\n".join([*_said(heading(report)), "", *_lived(report), "", *_measured(report), *_left_out(report), ""])


def heading(report: Report) -> str:
    """Return in a sentence what was lived with, and by how many."""
    packs = " and ".join(f"{name} {version}" for name, version in report.packs)
    return (
        f"{packs}: {number(len(report.activities))} activities, lived with for {report.days} days by"
        f" {number(report.couples)} couples: {len(report.personas)} ways of using it,"
        f" {len(report.pools)} profiles of what people allow, seed {report.seed}."
    )


def number(value: float) -> str:
    """Return a number as people read it.

    >>> number(12345), number(2.50), number(3.0)
    ('12,345', '2.5', '3')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def value(measure: Measure, found: float) -> str:
    """Return a value of what is measured: a share in per cent, anything else as it is."""
    return f"{100 * found:.0f}%" if measure.share else number(found)


def cut(words: str, most: int) -> str:
    """Return words, or as many characters of them as there is room for.

    >>> cut("without habits", 10)
    'without h…'
    """
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _said(sentence: str, indent: str = "") -> list[str]:
    return wrap(sentence, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _lived(report: Report) -> Iterator[str]:
    row = "{:<26}{:>9}{:>12}{:>11}{:>8}{:>7}{:>7}".format
    yield row("those who", "couples", "offered", "done", "never", "empty", "wait")
    for group in groups(report):
        yield row(
            cut(group.name, 26),
            number(group.couples),
            number(group.offered),
            number(group.taken),
            f"{100 * group.never_offered:.0f}%",
            number(group.empty),
            number(group.wait),
        )
    yield ""
    yield from _said(
        "never: activities they allow that were offered to none of them. empty: the most days in a row on which they"
        " looked and there was nothing. wait: the most days something that could have come did not."
    )


def _measured(report: Report) -> Iterator[str]:
    row = "{:<25}{:>6}{:>7}  {:<9}".format
    yield row("limits", "found", "limit", "").rstrip()
    for one in report.measures:
        head = row(one.name, value(one, one.value), value(one, one.limit), "ok" if one.ok else "TOO MUCH")
        whose = wrap(one.whose, _WIDTH - len(head), break_on_hyphens=False) if one.value else []
        yield f"{head}{''.join(whose[:1])}".rstrip()
        for line in whose[1:]:
            yield " " * len(head) + line


def _left_out(report: Report) -> Iterator[str]:
    if report.left_out:
        yield ""
        yield "not lived"
        for reason in report.left_out:
            yield from _said(reason, "  ")
