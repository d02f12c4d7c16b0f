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
    fixed = fix(root, Catalog.installed().packs)
    for problem in fixed.mended:
        click.echo(f"mended  {problem.where}  {problem.code}  {problem.message}", err=True)
    if fixed.left.problems and not fixed.mended:
        click.echo("nothing of this can be mended without you", err=True)
