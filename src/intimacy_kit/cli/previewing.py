"""The page that shows a pack while it is being written."""

import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from intimacy_kit.cli.text import safe
from intimacy_kit.errors import KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST

__all__ = ["preview_command"]

_HIGHEST_PORT = 65535


@click.command("preview", short_help="Show a pack as two people would see it, while it is being written.")
@click.argument("folder", required=False, default=".", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    default=8700,
    show_default=True,
    help="Where the page is reached; the next free one if it is taken.",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def preview_command(folder: Path, port: int, *, no_open: bool) -> None:
    """Show a pack as two people would see it, on a page that follows every save.

    FOLDER is the folder of the pack's sources (default: this one). Prompts can be sealed and revealed, exercises and
    stories gone through, and each problem stands beside the text it is about. The page is reached from this machine
    only, and what is typed on it is neither sent nor kept. Ctrl-C ends it.
    """
    from intimacy_kit.authoring.preview import app, bound, server_of  # noqa: PLC0415 - needs the extra

    root = folder.parent if folder.name == MANIFEST else folder
    if not (root / MANIFEST).is_file():
        raise KitError(f"'{folder}' is not the folder of a pack: there is no {MANIFEST} in it; name the folder of one")
    with bound(port) as at:
        address = f"http://{at.getsockname()[0]}:{at.getsockname()[1]}/"
        click.echo(f"Checking {safe(root.resolve().name)} ...")
        served = app(root, beside=Catalog.installed().packs)
        problems = len(served.state.desk.look.problems)
        said = {0: "no problems", 1: "1 problem"}.get(problems, f"{problems} problems")
        click.echo(f"{address}  ({said})\nIt follows every save. Ctrl-C ends it.")
        if not no_open:
            threading.Thread(target=_open, args=[address], daemon=True).start()
        with suppress(KeyboardInterrupt):
            server_of(served).run(sockets=[at])
    click.echo("")


def _open(address: str) -> None:
    """Open the browser, unless it is one that would take this terminal."""
    with suppress(webbrowser.Error):
        found = webbrowser.get()
        if type(found) is not webbrowser.GenericBrowser:
            found.open(address)
