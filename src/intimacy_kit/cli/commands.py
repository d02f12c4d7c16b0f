"""The commands: they parse, call and print, and nothing else."""

import sys
from datetime import datetime
from errno import EPIPE
from pathlib import Path

import click

from intimacy_kit.cli import install_line
from intimacy_kit.cli.checking import check_command, explain_command
from intimacy_kit.cli.given import tell, terminal
from intimacy_kit.cli.mapping import map_command
from intimacy_kit.cli.playing import default_store, play, play_scripted
from intimacy_kit.cli.proving import prove_command
from intimacy_kit.cli.session import Names
from intimacy_kit.cli.showing import show_activity, show_pack, show_packs
from intimacy_kit.cli.simulating import simulate_command
from intimacy_kit.cli.table import TerminalTable
from intimacy_kit.cli.text import safe
from intimacy_kit.cli.translating import translate_group
from intimacy_kit.errors import KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST, load_pack
from intimacy_kit.stores.sqlite import SQLiteStore

__all__ = ["cli"]

_FOLDER = click.Path(exists=True, path_type=Path)


_HELP = """Prompts, exercises and stories for two people, or one.

\b
Just try it:     intimacy-kit play
Look around:     intimacy-kit packs
Write a pack:    intimacy-kit check my-pack; intimacy-kit build my-pack
Before release:  intimacy-kit prove my-pack; intimacy-kit simulate my-pack; intimacy-kit map my-pack
"""


class _Kit(click.Group):
    """Turns what the kit raises into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KitError as error:
            said = str(error)
        except ModuleNotFoundError as error:
            said = install_line(error)
        except OSError as error:
            if error.errno == EPIPE:  # whoever read along has gone; click knows what to do
                raise
            what = f"'{error.filename}': " if error.filename else ""
            said = f"{what}{(error.strerror or 'cannot be used').lower()}"
        raise click.UsageError(safe(said))


@click.group(
    cls=_Kit,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all is well, 1 problems were found, 2 the call was wrong.",
)
@click.version_option(package_name="intimacy-kit", message="%(prog)s %(version)s")
def cli() -> None:
    """Be the door to all commands."""


@cli.command("play")
@click.argument("activity", required=False, default="")
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that keeps what you did (default: play.db in your user data folder).",
)
@click.option("--minutes", type=click.IntRange(1, 1440), help="How many minutes you have; otherwise it asks.")
@click.option("--pack", "packs", type=_FOLDER, multiple=True, help="Also play a compiled pack that is not installed.")
def play_command(activity: str, store: Path | None, minutes: int | None, packs: tuple[Path, ...]) -> None:
    """Spend an evening with it: two people at one keyboard, or one alone.

    It asks what to call you and how much time there is, lets each of you set boundaries alone, suggests three
    things, and walks you through the one you choose. You can stop on every screen with q. The next time it goes
    on where you left off. With ACTIVITY (such as foundations/first-minute) it begins with that one,
    where it is light or was on the table before, has rested, and both of you allow it.

    What you did is kept in the store, on this machine only. Whoever can read that file can read what each of you
    allows; on a shared computer, put it where only you can.

    Without a terminal it plays a short scripted evening and keeps nothing.
    """
    catalog = _catalog(packs)
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
            play(TerminalTable(), kept, catalog, Names.beside(path), now, first=activity, minutes=minutes)
        except KeyboardInterrupt:
            click.echo("\n\n  Stopped. What you did is kept.")
            sys.exit(130)


def _catalog(packs: tuple[Path, ...]) -> Catalog:
    """Return what is installed, and the packs in some folders beside it."""
    installed = Catalog.installed()
    extra = [load_pack(path) for path in packs]
    named = {pack.name for pack in extra}
    kept = [pack for pack in installed.packs if pack.name not in named]
    catalog = Catalog([*kept, *extra], installed.problems, installed.refused - named)
    if not catalog.packs:
        raise KitError("no pack is installed; the first one: pip install intimacy-pack-foundations")
    return catalog


@cli.command("packs")
@click.argument("name", required=False, default="")
def packs_command(name: str) -> None:
    """List the installed packs and their problems; with NAME, what is in one."""
    catalog = Catalog.installed()
    if name:
        show_pack(terminal(), catalog, name)
        return
    show_packs(terminal(), catalog)
    sys.exit(1 if catalog.problems else 0)


@cli.command("show")
@click.argument("activity")
@click.option(
    "--pack", "packs", type=_FOLDER, multiple=True, help="Also look in a compiled pack that is not installed."
)
def show_command(activity: str, packs: tuple[Path, ...]) -> None:
    """Print one activity, such as foundations/teller-and-keeper."""
    show_activity(terminal(), _catalog(packs)[activity])


@cli.command("build")
@click.argument("path", type=_FOLDER)
def build_command(path: Path) -> None:
    """Compile the sources of a pack to its pack.json."""
    from intimacy_kit.authoring.building import build, compiled_path  # noqa: PLC0415 - needs the extra

    path = path.parent if path.name == MANIFEST else path
    if not path.is_dir():
        raise KitError(f"'{path}' is a file; name the folder of the sources")
    built = build(path)
    if built.pack is None:
        tell(built.problems, path)
    click.echo(f"{compiled_path(path, built.pack)}: {len(built.pack.activities)} activities")


cli.add_command(check_command)
cli.add_command(explain_command)
cli.add_command(prove_command)
cli.add_command(simulate_command)
cli.add_command(map_command)
cli.add_command(translate_group)
