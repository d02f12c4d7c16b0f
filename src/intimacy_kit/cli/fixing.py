"""``intimacy-kit check --fix``: what was mended is said before what is left."""

from pathlib import Path

import click

from intimacy_kit.authoring.fixing import fix
from intimacy_kit.errors import KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST

__all__ = ["fix_sources"]


def fix_sources(root: Path) -> None:
    """Mend what can be mended safely, and print it to where messages go; raise KitError where there are no sources."""
    if not (root / MANIFEST).is_file():
        raise KitError(f"'{root}' holds no sources; only sources can be mended")
    mended = fix(root, Catalog.installed().packs).mended
    for problem in mended:
        click.echo(f"mended  {problem.where}  {problem.code}  {problem.message}", err=True)
