"""``intimacy-kit simulate``: living with packs before anybody does."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from typing import Any

import click
from attrs import fields_dict
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from intimacy_kit.authoring.simulation import Limits, Report, simulate
from intimacy_kit.authoring.simulation.pages import MADE, page
from intimacy_kit.authoring.simulation.telling import many, told
from intimacy_kit.cli.given import Given, given_packs, terminal
from intimacy_kit.cli.placing import placed
from intimacy_kit.cli.showing import show_problems
from intimacy_kit.errors import KitError

__all__ = ["simulate_command"]

#: What is said of each limit.
_LIMITS = {
    "never_offered": "The share of activities that may never be offered, 0 to 1.",
    "empty_run": "Days in a row on which there may be nothing.",
    "longest_wait": "Days that something may wait that could come.",
    "first_light": "By which day something light has come.",
    "first_personal": "By which day something personal has come to those who allow it.",
    "first_tender": "By which day something tender has come to those who allow it.",
    "first_deep": "By which day something deep has come to those who allow it.",
    "crossed": "How often something may be offered that people do not allow.",
    "repeated": "How often something may come again inside its rest.",
    "locked": "How often something may lock again that was offered.",
    "lost": "How often something done may be forgotten after an update.",
}


#: The part of a file that says whether it is a report, in bytes.
_HEAD = 200
_INTERRUPTED = 130


class _Share(click.FloatRange):
    """A share, 0 to 1."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; one that is not a number is within no range."""
        number = super().convert(value, param, ctx)
        if isnan(number):
            self.fail("nan is not a number; a share is 0 to 1", param, ctx)
        return number


def _with_limits(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each limit."""
    for name, words in reversed(_LIMITS.items()):
        default = fields_dict(Limits)[name].default
        kind, called = (_Share(0, 1), "SHARE") if isinstance(default, float) else (click.IntRange(0), "N")
        option = f"--max-{name.replace('_', '-')}"
        command = click.option(option, name, type=kind, metavar=called, default=default, show_default=True, help=words)(
            command
        )
    return command


@click.command("simulate", short_help="Let made-up couples live with a pack, and see how it goes.")
@click.argument("packs", nargs=-1, required=True, metavar="PACK...")
@click.option(
    "--days",
    type=click.IntRange(1),
    metavar="N",
    default=90,
    show_default=True,
    help="How many days each couple lives.",
)
@click.option(
    "--couples", type=click.IntRange(1), metavar="N", help="How many couples live, at least one of each kind."
)
@click.option("--seed", type=int, metavar="N", default=0, show_default=True, help="Another seed is other couples.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many cores are used (default: all).")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page with pictures.")
@click.option("--force", is_flag=True, help="Write the page over a file that is not such a page.")
@_with_limits
def simulate_command(
    packs: tuple[str, ...],
    *,
    as_json: bool,
    html: Path | None,
    force: bool,
    days: int,
    couples: int | None,
    seed: int,
    jobs: int | None,
    **limits: Any,
) -> None:
    """Live with packs before anybody does, and see whether it goes well.

    Made-up couples live with it day by day, offered what the kit would offer them: those who take the first thing and
    those who take the lightest, those who decline a topic each time, one alone, those who stay away for 200 days, and
    others, in every profile of what people allow that makes a difference. PACK is the folder of a pack's sources, a
    compiled pack, or the name of an installed one; several are lived with together.

    A limit that is not kept to is a problem. The same seed gives the same report, on any number of cores. A long run:
    --couples 10000 --days 400.
    """
    if html:
        _check_writable(html, force=force)
    with _stopping(), _progress() as tell:
        given = given_packs(packs, as_json=as_json)
        report = simulate(
            [one.pack for one in given],
            days=days,
            couples=couples,
            seed=seed,
            jobs=jobs,
            limits=Limits(**limits),
            progress=tell,
        )
    if couples and couples < report.couples:
        every = f"one for each of {many(len(report.personas), 'way', 'ways')} of using it, in each profile it is about"
        click.echo(f"{many(report.couples, 'couple')} lived, not {couples}: {every}", err=True)
    if as_json:
        click.echo(json.dumps(report.to_document(), ensure_ascii=False, indent=1))
    else:
        click.echo(told(report))
        _show(report, given)
    if html:  # last: whatever becomes of it, the report was printed
        html.write_text(page(report), "utf-8")
    sys.exit(0 if report.ok else 1)


def _check_writable(html: Path, *, force: bool) -> None:
    """Raise KitError where a page cannot be written, or would be written over something else."""
    if not html.parent.is_dir():
        raise KitError(f"there is no folder '{html.parent}' to write '{html.name}' in")
    if not os.access(html if html.exists() else html.parent, os.W_OK):
        raise KitError(f"'{html}' cannot be written; name another file for --html")
    if not force and html.exists() and not (html.is_file() and MADE.encode() in html.read_bytes()[:_HEAD]):
        raise KitError(f"'{html}' is not a report; name another file for --html, or write over it with --force")


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop at Ctrl-C, as other commands of a shell do."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped; nothing was written.", err=True)
        sys.exit(_INTERRUPTED)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how far it is, where somebody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("couples"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _show(report: Report, given: Sequence[Given]) -> None:
    """Print the problems, each at its place in the sources of the pack it is about."""
    roots = {one.pack.name: one.root or Path() for one in given}
    for problem in report.problems:
        show_problems(terminal(), [placed(problem, given)], roots.get(problem.where.file, Path()))
    count = len(report.problems)
    if count:
        click.echo(many(count, "problem"), err=True)
