"""``intimacy-kit play``: an evening in this terminal, kept in a file on this machine."""

import sys
from datetime import datetime
from pathlib import Path

import click

from intimacy_kit.cli.given import catalog_with
from intimacy_kit.cli.playing import default_store, play, play_scripted
from intimacy_kit.cli.session import Names
from intimacy_kit.cli.table import TerminalTable
from intimacy_kit.content.vocabulary import CIRCUMSTANCES
from intimacy_kit.stores.sqlite import SQLiteStore

__all__ = ["play_command"]


@click.command("play")
@click.argument("activity", required=False, default="")
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that keeps what you did (default: play.db in your user data folder).",
)
@click.option("--minutes", type=click.IntRange(1, 1440), help="How many minutes you have; otherwise it asks.")
@click.option(
    "--for",
    "circumstances",
    type=click.Choice(CIRCUMSTANCES),
    multiple=True,
    metavar="WHAT",
    help="Leave out what was written for others: such as text_only, video, no_device, small_children. May be repeated.",
)
@click.option(
    "--pack",
    "packs",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Also play a compiled pack that is not installed.",
)
def play_command(
    activity: str, store: Path | None, minutes: int | None, circumstances: tuple[str, ...], packs: tuple[Path, ...]
) -> None:
    """Spend an evening with it: two people at one keyboard, or one alone.

    It asks what to call you and how much time there is, lets each of you set boundaries alone, suggests three
    things, and walks you through the one you choose. You can stop on every screen with q. The next time it goes
    on where you left off. With ACTIVITY (such as foundations/first-minute) it begins with that one,
    where it is light or was on the table before, has rested, and both of you allow it.

    What you did is kept in the store, on this machine only. Whoever can read that file can read what each of you
    allows; on a shared computer, put it where only you can.

    Without a terminal it plays a short scripted evening and keeps nothing.
    """
    catalog = catalog_with(packs)
    if activity:
        catalog[activity]  # an unknown one is said at once, not after ten questions
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        play_scripted(catalog)
        return
    path = store or default_store()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)  # the store of two people is for nobody else on this machine
    with SQLiteStore(path) as kept:
        now = lambda: datetime.now().astimezone()  # noqa: E731 - the zone of this machine is the people's
        try:
            table, names = TerminalTable(), Names.beside(path)
            play(table, kept, catalog, names, now, first=activity, minutes=minutes, circumstances=circumstances)
        except KeyboardInterrupt:
            click.echo("\n\n  Stopped. What you did is kept.")
            sys.exit(130)
