"""``intimacy-kit diff``: what changed between two versions of a pack, and by how much the version has to rise."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from intimacy_kit.authoring.updates.changes import Change
from intimacy_kit.authoring.updates.checking import RELEASED
from intimacy_kit.authoring.updates.comparing import Comparison, compare
from intimacy_kit.authoring.updates.opening import open_version
from intimacy_kit.authoring.updates.versions import bump_between
from intimacy_kit.cli.given import tell, terminal
from intimacy_kit.cli.text import plain
from intimacy_kit.errors import InvalidPackError, KitError

__all__ = ["diff_command"]

_DIFF = """Say what changed between two versions of a pack: in meaning, not in text.

OLD and NEW are each a folder of sources, a wheel, a compiled pack.json, a released.json, or the name of an installed
pack. With one folder, it is compared with what it released last. Each change has the rise of the version it asks for;
where the new version rose by less, or something changed that never may, the exit code is 1.

\b
intimacy-kit diff evening-talks
intimacy-kit diff dist/intimacy_pack_evening_talks-1.0.0-py3-none-any.whl evening-talks
intimacy-kit diff foundations packs/foundations
"""
_STYLES = {"never": "bold red", "major": "red", "minor": "yellow", "patch": "dim"}


@click.command("diff", help=_DIFF)
@click.argument("versions", nargs=-1, required=True, metavar="[OLD] NEW")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
def diff_command(versions: tuple[str, ...], form: str) -> None:
    """Compare two versions, and print what changed."""
    if len(versions) > 2:  # noqa: PLR2004 - an old one and a new one
        raise KitError(f"two versions can be compared, not {len(versions)}")
    old, new = versions if len(versions) > 1 else (str(Path(versions[0]) / RELEASED), versions[0])
    if len(versions) == 1 and not Path(old).is_file():
        raise KitError(f"'{versions[0]}' has not been released yet; name an older version to compare it with")
    try:
        compared = compare(open_version(old), open_version(new))
    except InvalidPackError as error:
        tell(error.problems, Path(new) if Path(new).is_dir() else Path())
    if compared.old.name != compared.new.name:
        raise KitError(f"'{compared.old.name}' and '{compared.new.name}' are two packs, not two versions of one")
    if form == "json":
        click.echo(json.dumps(_document(compared), ensure_ascii=False, indent=1))
    else:
        _show(terminal(), compared)
    sys.exit(0 if compared.fits else 1)


def _document(compared: Comparison) -> dict[str, Any]:
    return {
        "pack": compared.new.name,
        "old": compared.old.version,
        "new": compared.new.version,
        "needed": compared.needed,
        "least": compared.least,
        "fits": compared.fits,
        "changes": [
            {"about": one.about, "what": one.what, "bump": one.bump, "said": one.said} for one in compared.changes
        ],
    }


def _show(console: Console, compared: Comparison) -> None:
    old, new = compared.old.version, compared.new.version
    console.print(plain(f"{compared.new.name} {old} -> {new}", "bold"))
    if compared.changes:
        console.print()
        console.print(_table(compared))
    console.print()
    console.print(plain(_verdict(compared), "green" if compared.fits else "bold red"), soft_wrap=True)


def _table(compared: Comparison) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
    for fold in (False, False, False, True):
        table.add_column(no_wrap=not fold, overflow="fold")
    ordered = sorted(compared.changes, key=lambda one: (list(_STYLES).index(one.bump), one))
    for change in ordered:
        table.add_row(*_row(change))
    return table


def _row(change: Change) -> list[Any]:
    style = _STYLES[change.bump]
    what = change.what.replace("_", " ")
    return [plain(change.bump, style), plain(change.about or "the pack", "cyan"), plain(what), plain(change.said)]


def _verdict(compared: Comparison) -> str:
    if compared.refused:
        count = len(compared.refused)
        return f"{'1 change' if count == 1 else f'{count} changes'} that no version may make; mend what says never"
    risen = bump_between(compared.old.version, compared.new.version)
    if compared.fits:
        return "nothing changed" if compared.needed == "none" else f"asks for a {compared.needed} version, and is one"
    return f"asks for a {compared.needed} version: {compared.least} or higher" + (
        f"; {compared.new.version} is only a {risen} one" if risen != "none" else ""
    )
