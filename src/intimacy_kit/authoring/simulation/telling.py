"""A report as text, 80 columns wide."""

from collections.abc import Iterator
from textwrap import wrap

from intimacy_kit.authoring.simulation.groups import groups
from intimacy_kit.authoring.simulation.reports import Measure, Report

__all__ = ["cut", "heading", "many", "number", "share", "told", "value"]

_WIDTH = 80
#: A limit and what was found take as many columns.
_FOUND = 31
#: What is said of a measure.
_JUDGED = {True: "ok", False: "TOO MUCH", None: "-"}


def told(report: Report) -> str:
    """Return what was lived through, and each limit with what was found; the problems are not in it."""
    lived = ["", *_lived(report), "", *_measured(report), *_left_out(report)] if report.lives else []
    return "\n".join([*_said(heading(report)), *lived, ""])


def heading(report: Report) -> str:
    """Return in a sentence what was lived with, and by how many."""
    packs = " and ".join(f"{name} {version}" for name, version in report.packs)
    there = f"{packs}: {many(len(report.activities), 'activity', 'activities')}"
    if not report.lives:
        return f"{there}, and nobody to live with."
    return (
        f"{there}, lived with for"
        f" {many(report.days, 'day')} by {many(report.couples, 'couple')}:"
        f" {many(len(report.personas), 'way', 'ways')} of using it,"
        f" {many(len(report.pools), 'profile')} of what people allow, seed {report.seed}."
    )


def number(value: float) -> str:
    """Return a number as people read it.

    >>> number(12345), number(2.50), number(3.0)
    ('12,345', '2.5', '3')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def value(measure: Measure, found: float | None) -> str:
    """Return a value of what is measured: a share in per cent, anything else as it is, or that it never happened."""
    if found is None:
        return f"not in {many(measure.lived, 'day')}"
    return share(found) if measure.share else number(found)


def share(of: float | None) -> str:
    """Return a share in per cent, or a dash where there is none.

    >>> share(0.25), share(None)
    ('25%', '-')
    """
    return "-" if of is None else f"{100 * of:.0f}%"


def many(count: int, one: str, several: str = "") -> str:
    """Return how many of something there are.

    >>> many(1, "day"), many(1200, "day"), many(2, "activity", "activities")
    ('1 day', '1,200 days', '2 activities')
    """
    return f"1 {one}" if count == 1 else f"{number(count)} {several or one + 's'}"


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
            share(group.never_offered),
            number(group.empty),
            number(group.wait),
        )
    yield ""
    yield from _said(
        "never: activities they allow that were offered to none of them. empty: the most days in a row on which they"
        " looked and there was nothing for them. wait: the most days something that could have come did not."
    )


def _measured(report: Report) -> Iterator[str]:
    yield "{:<25}{:>6}{:>7}".format("limits", "found", "limit")
    for one in report.measures:
        name = one.name if one.value is not None else one.name.removesuffix(", day")
        found = f"{value(one, one.value):>{_FOUND - len(name)}}"
        head = f"{name}{found}{value(one, one.limit):>7}  {_JUDGED[one.ok]:<9}"
        whose = wrap(one.whose, _WIDTH - len(head), break_on_hyphens=False) if one.value != 0 else []
        yield f"{head}{''.join(whose[:1])}".rstrip()
        for line in whose[1:]:
            yield " " * len(head) + line


def _left_out(report: Report) -> Iterator[str]:
    if report.left_out:
        yield ""
        yield "not lived"
        for reason in report.left_out:
            yield from _said(reason, "  ")
