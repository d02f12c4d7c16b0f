"""Drawing the map of a pack, and writing it where nothing of anybody's is lost."""

import sys
from pathlib import Path

import click

from intimacy_kit.authoring.maps import MADE, chart_of, draw, mermaid
from intimacy_kit.cli.given import given_packs
from intimacy_kit.cli.text import safe
from intimacy_kit.errors import KitError

__all__ = ["map_command"]

_STDOUT = Path("-")
#: The part of a file that says whether it is a map, in bytes.
_HEAD = 200


@click.command("map", short_help="Draw what opens what in a pack, as a picture.")
@click.argument("packs", metavar="PACK...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file to write, or - for standard output (default: the name of the pack, .svg or .mmd, here).",
)
@click.option("--mermaid", "as_mermaid", is_flag=True, help="Write Mermaid text instead of SVG.")
@click.option("--force", is_flag=True, help="Write over a file that is not a map.")
def map_command(packs: tuple[str, ...], output: Path | None, *, as_mermaid: bool, force: bool) -> None:
    """Draw what opens what in a pack, as a picture that any browser shows.

    What is open from the start stands at the top, and below it, step by step, what that opens. Each journey is a
    lane with its stages; what stands on none has a lane for each depth. Dark boxes are gates: what must come before.
    What can never open is drawn too, and marked.

    PACK is the folder of a pack's sources, a compiled pack.json, or the name of an installed pack; of several packs
    one map is drawn. A map from before is written over, anything else is not.
    """
    meant = [given.pack for given in given_packs(packs)]
    drawn = mermaid(meant) if as_mermaid else draw(meant)
    if output == _STDOUT:
        sys.stdout.buffer.write(drawn.encode())  # UTF-8 also where the terminal knows few characters
        return
    path = output or Path(f"{'-'.join(pack.name for pack in meant)}.{'mmd' if as_mermaid else 'svg'}")
    if not force and path.exists() and MADE.encode() not in path.read_bytes()[:_HEAD]:
        raise KitError(f"'{path}' is not a map; name another --output, or write over it with --force")
    path.write_text(drawn, "utf-8", newline="\n")
    click.echo(safe(f"{path}: {chart_of(meant).note}"))
