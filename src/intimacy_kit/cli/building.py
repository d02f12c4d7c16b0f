"""``intimacy-kit build``: from sources to what an app reads, and to a wheel that can be published."""

from pathlib import Path

import click

from intimacy_kit.authoring.building import PROJECT, build, compiled_path
from intimacy_kit.authoring.releasing import Release, release
from intimacy_kit.authoring.wheels import Wheel, build_wheel
from intimacy_kit.cli.given import tell
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST

__all__ = ["build_command"]

_BUILD = """Compile the sources of a pack, and build its wheel.

Where the folder has a pyproject.toml, the wheel is built by the builder it names, opened again, and looked into: every
file has arrived as it is, and no code is inside. With --release everything has to be well first; what was released is
remembered in released.json, so that the next release keeps what this one promised. Commit that file.

\b
intimacy-kit build evening-talks
intimacy-kit build evening-talks --no-wheel
intimacy-kit build evening-talks --release
"""


@click.command("build", help=_BUILD)
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=".")
@click.option("--release", "released", is_flag=True, help="Check everything first, and remember what was released.")
@click.option("--wheel/--no-wheel", default=True, help="Whether to build a wheel.")
@click.option(
    "--out", "folder", type=click.Path(file_okay=False, path_type=Path), help="Where the wheel goes (default: dist)."
)
def build_command(path: Path, folder: Path | None, *, released: bool, wheel: bool) -> None:
    """Compile a pack, and build its wheel."""
    path = path.parent if path.name == MANIFEST else path
    if not path.is_dir():
        raise KitError(f"'{path}' is a file; name the folder of the sources")
    folder = folder or path / "dist"
    if released:
        _show_release(release(path, folder, Catalog.installed().packs), path)
        return
    built = build(path)
    if built.pack is None:
        tell(built.problems, path)
    _show_compiled(built.pack, path)
    if wheel and (path / PROJECT).is_file():
        made = build_wheel(path, built, folder)
        if made.problems:
            tell(made.problems, path)
        _show_wheel(made)


def _show_release(made: Release, path: Path) -> None:
    if made.built.pack is None or made.wheel is None or made.problems:
        tell(made.problems, path)
    _show_compiled(made.built.pack, path)
    _show_wheel(made.wheel)
    version = made.built.pack.version
    click.echo(f"released.json: {version} is remembered; commit it, tag it v{version}, and publish the wheel")


def _show_compiled(pack: Pack, path: Path) -> None:
    click.echo(f"{compiled_path(path, pack)}: {len(pack.activities)} activities")


def _show_wheel(made: Wheel) -> None:
    here = Path.cwd()
    path = made.path.relative_to(here) if made.path.is_relative_to(here) else made.path
    click.echo(f"{path}: {made.files} files, all of them as they should be, and no code")
