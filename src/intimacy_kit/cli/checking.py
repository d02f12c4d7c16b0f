"""``intimacy-kit check`` and ``explain``: all that is wrong with a pack, and what each code means."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from attrs import frozen

from intimacy_kit.authoring.codes import FAMILIES, page, titles
from intimacy_kit.authoring.diagnostics.formats import as_github, as_json, as_sarif
from intimacy_kit.authoring.fixing import FIXED
from intimacy_kit.cli.given import terminal
from intimacy_kit.cli.pages import show_page
from intimacy_kit.cli.showing import show_problems
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidPackError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE, kit_release, load_pack
from intimacy_kit.problems import Problem

__all__ = ["check_command", "explain_command", "folder_of"]


@frozen
class _Found:
    """What was found in one place."""

    pack: Pack | None
    problems: Sequence[Problem]
    #: The folder that the files of the problems lie in.
    root: Path


def folder_of(path: Path) -> Path:
    """Return the folder that is meant by a path: that of the manifest, where the manifest itself is named."""
    return path.parent if path.name == MANIFEST else path


_CHECK = """Check a pack: the folder of its sources, or a compiled pack.json.

Everything is told at once: what cannot be read, names that lead nowhere, words that are hard to answer or
exclude somebody, sentences that another installed pack has too, missing translations, what keeps it from being
published, and where somebody would get stuck. 'intimacy-kit explain K102' says more about a code.

\b
intimacy-kit check evening-talks
intimacy-kit check evening-talks --fix
intimacy-kit check evening-talks --format sarif > problems.sarif
"""


@click.command("check", help=_CHECK)
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=".")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How problems are printed: to be read, as JSON, as SARIF 2.1.0, or for a workflow on GitHub.",
)
@click.option("--fix", is_flag=True, help="First mend what can be mended without changing what anything means.")
def check_command(path: Path, form: str, *, fix: bool) -> None:
    """Check a pack, and print what is wrong with it."""
    path = folder_of(path)
    if fix:
        from intimacy_kit.cli.fixing import fix_sources  # noqa: PLC0415 - only when it is asked for

        fix_sources(path)
    found = _of_sources(path) if _is_source(path) else _compiled(path)
    if form != "text":
        click.echo(_written(form, found, _within(found.root)))
        sys.exit(1 if found.problems else 0)
    if found.pack is None or found.problems:
        show_problems(terminal(), found.problems, found.root)
        click.echo("1 problem" if len(found.problems) == 1 else f"{len(found.problems)} problems", err=True)
        _say_what_fix_mends(found.problems, path)
        sys.exit(1)
    there = len(found.pack.activities)
    many = "1 activity" if there == 1 else f"{there} activities"
    click.echo(f"{found.pack.name} {found.pack.version}: {many}, no problems")


def _say_what_fix_mends(problems: Sequence[Problem], path: Path) -> None:
    count = sum(problem.code in FIXED for problem in problems)
    if count:
        which = "it" if len(problems) == 1 else "one of them" if count == 1 else f"up to {count} of them"
        click.echo(f"'intimacy-kit check {path} --fix' mends {which}", err=True)


def _within(root: Path) -> str:
    """Return the folder of a pack as a repository calls it that one is in; what lies elsewhere has no name there."""
    folder = Path(os.path.relpath(root)).as_posix()
    return "" if folder == "." or folder.startswith("..") else f"{folder}/"


def _is_source(path: Path) -> bool:
    """Tell whether a path is a folder of sources; beside words without a manifest, what was compiled says nothing."""
    if (path / MANIFEST).is_file():
        return True
    if not path.is_dir() or (path / PACK_FILE).is_file():
        return False
    from intimacy_kit.authoring.gathering import has_sources  # noqa: PLC0415 - needs the extra

    return has_sources(path)


def _of_sources(root: Path) -> _Found:
    from intimacy_kit.authoring.checking import check  # noqa: PLC0415 - it needs more than reading what is compiled

    checked = check(root, Catalog.installed().packs)
    return _Found(checked.pack, checked.problems, root)


def _compiled(path: Path) -> _Found:
    try:
        return _Found(load_pack(path), (), Path())
    except InvalidPackError as error:
        return _Found(None, error.problems, Path())


def _written(form: str, found: _Found, within: str) -> str:
    match form:
        case "json":
            return as_json(found.problems, found.root)
        case "sarif":
            return as_sarif(found.problems, found.root, kit_release(), within)
        case _:
            return as_github(found.problems, found.root, within)


@click.command("explain")
@click.argument("code", required=False, default="")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the list is printed.")
def explain_command(code: str, form: str) -> None:
    """Say what a code means, with an example that fails and the same one mended; without CODE, list them all."""
    if code:
        show_page(terminal(), page(code))
        if code.upper() in FIXED:
            click.echo("'intimacy-kit check --fix' mends most of this by itself.")
    elif form == "json":
        click.echo(json.dumps(titles(), ensure_ascii=False, indent=1))
    else:
        for family, about in FAMILIES.items():
            click.echo(f"\n{family}xx  {about}")
            for one, title in titles().items():
                if one.startswith(family):
                    click.echo(f"  {one}  {title}")
