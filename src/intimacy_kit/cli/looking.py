"""``intimacy-kit packs`` and ``show``: what is installed, and what an activity says."""

import sys
from pathlib import Path

import click

from intimacy_kit.cli.given import catalog_with, terminal
from intimacy_kit.cli.showing import show_activity, show_pack, show_packs
from intimacy_kit.content.texts import in_language
from intimacy_kit.loading.catalog import Catalog

__all__ = ["packs_command", "show_command"]


@click.command("packs")
@click.argument("name", required=False, default="")
def packs_command(name: str) -> None:
    """List the installed packs and their problems; with NAME, what is in one."""
    catalog = Catalog.installed()
    if name:
        show_pack(terminal(), catalog, name)
        return
    show_packs(terminal(), catalog)
    sys.exit(1 if catalog.problems else 0)


@click.command("show")
@click.argument("activity")
@click.option(
    "--pack",
    "packs",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Also look in a compiled pack that is not installed.",
)
@click.option("--language", default="", help="A language tag such as es; where there is no translation, as written.")
def show_command(activity: str, packs: tuple[Path, ...], language: str) -> None:
    """Print one activity, such as foundations/teller-and-keeper."""
    found = catalog_with(packs)[activity]
    show_activity(terminal(), in_language(found, language) if language else found)
