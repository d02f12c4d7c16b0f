"""The door to all commands; each is imported when it is called, so that nobody needs what only others use."""

from collections.abc import Mapping
from errno import EPIPE
from importlib import import_module
from typing import cast

import click

from intimacy_kit.cli import install_line
from intimacy_kit.cli.text import safe
from intimacy_kit.errors import KitError

__all__ = ["cli"]

#: What people do, the commands for it, where each is, and what it does in a line.
_COMMANDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "For two people, or one": {
        "play": ("playing_here", "Spend an evening with it, in this terminal."),
        "packs": ("looking", "List the installed packs and their problems, or what is in one."),
        "show": ("looking", "Print one activity, such as foundations/teller-and-keeper."),
    },
    "Write a pack": {
        "new": ("starting", "Begin a pack: a folder with all it needs, and examples."),
        "preview": ("previewing", "Show it as two people would see it, while it is being written."),
        "check": ("checking", "Say everything that is wrong with it, and mend what is safe to mend."),
        "explain": ("checking", "Say what a code such as K102 means, with an example."),
        "import": ("importing", "Take prompts from a spreadsheet into it."),
        "translate": ("translating", "Bring it into other languages."),
        "schemas": ("starting", "Renew what an editor knows about its files."),
    },
    "Before it is released": {
        "prove": ("proving", "Prove that nobody gets stuck, is pressed, or falls too deep."),
        "simulate": ("simulating", "Let made-up couples live with it, and see how it goes."),
        "map": ("mapping", "Draw what opens what, as a picture."),
        "diff": ("comparing", "Say what changed since another version, and what version that asks for."),
        "build": ("building", "Compile it and build its wheel; with --release, remember what was released."),
    },
    "When something is wrong": {
        "doctor": ("examining", "Look at packs, versions and stores, and say what mends what is wrong."),
    },
}
_PLACES = {name: place for commands in _COMMANDS.values() for name, (place, _) in commands.items()}


class _Kit(click.Group):
    """Turns what the kit raises into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks so
        """Return the names of all commands."""
        return list(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Return a command; importing it may need an extra."""
        if cmd_name not in _PLACES:
            return None
        module = import_module(f"intimacy_kit.cli.{_PLACES[cmd_name]}")
        return cast("click.Command", getattr(module, f"{cmd_name}_command"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Write the commands by what people do, without importing any of them."""
        for about, commands in _COMMANDS.items():
            with formatter.section(about):
                formatter.write_dl([(name, said) for name, (_, said) in commands.items()], col_max=10)

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
    help="Prompts, exercises and stories for two people, or one.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all is well, 1 problems were found, 2 the call was wrong.",
)
@click.version_option(package_name="intimacy-kit", message="%(prog)s %(version)s")
def cli() -> None:
    """Be the door to all commands."""
