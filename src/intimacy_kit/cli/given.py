"""What PACK on a command line means: sources, something compiled, or the name of what is installed."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

import click
from attrs import evolve, frozen
from rich.console import Console

from intimacy_kit.authoring.diagnostics.formats import problem_document
from intimacy_kit.cli.showing import show_problems
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidPackError, KitError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE, kit_release, load_pack
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.loading.installed import find
from intimacy_kit.loading.positions import Positions
from intimacy_kit.problems import Problem

__all__ = ["Given", "catalog_with", "given_packs", "tell", "terminal"]


@frozen
class Given:
    """A pack that was named on a command line."""

    pack: Pack
    #: The folder that the files of its problems lie in; None for an installed pack, which has no sources here.
    root: Path | None
    #: Gives a problem with a pointer into the ``pack.json`` its line and column, where there is a file to show.
    placed: Callable[[Problem], Problem]


def terminal() -> Console:
    """Return the terminal, which shows words as they are."""
    return Console(highlight=False, markup=False, emoji=False)


def catalog_with(packs: Iterable[Path]) -> Catalog:
    """Return what is installed, and the packs in some folders beside it; raise KitError where that is nothing."""
    installed = Catalog.installed()
    extra = [load_pack(path) for path in packs]
    named = {pack.name for pack in extra}
    kept = [pack for pack in installed.packs if pack.name not in named]
    catalog = Catalog([*kept, *extra], installed.problems, installed.refused - named)
    if not catalog.packs:
        raise KitError("no pack is installed; the first one: pip install intimacy-pack-foundations")
    return catalog


def tell(problems: Sequence[Problem], root: Path) -> NoReturn:
    """Print problems, and exit with 1."""
    show_problems(terminal(), problems, root)
    click.echo("1 problem" if len(problems) == 1 else f"{len(problems)} problems", err=True)
    sys.exit(1)


class _BrokenError(Exception):
    """A pack cannot be used."""

    def __init__(self, problems: Sequence[Problem], root: Path) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
        self.root = root


def given_packs(names: Iterable[str], *, as_json: bool = False) -> tuple[Given, ...]:
    """Return the packs that are meant; exit with 1 and all problems where one of them cannot be used.

    The problems are printed as they are by ``check``, or *as_json* as the beginning of a report that does not hold:
    ``{"packs": [the names as they were given], "holds": false, "problems": [...]}``.

    Each name is the folder of a pack's sources, a compiled ``pack.json`` or the folder that holds it, or the
    name of an installed pack. Raises KitError for a name that is none of these, and for two packs of one name.
    """
    names = tuple(names)
    try:
        return _all_given(names)
    except _BrokenError as broken:
        if not as_json:
            tell(broken.problems, broken.root)
        problems = [problem_document(problem) for problem in broken.problems]
        report = {"packs": list(names), "holds": False, "problems": problems}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        sys.exit(1)


def _all_given(names: Iterable[str]) -> tuple[Given, ...]:
    given: dict[str, Given] = {}
    for name in names:
        one = _given(name)
        if one.pack.name in given:
            raise KitError(f"the pack '{one.pack.name}' is named twice; name each pack once")
        given[one.pack.name] = one
    return tuple(given.values())


def _given(name: str) -> Given:
    path = Path(name)
    if not path.exists():
        return _installed(name)
    path = path.parent if path.name == MANIFEST else path
    return _of_sources(path) if (path / MANIFEST).is_file() else _compiled(path)


def _of_sources(root: Path) -> Given:
    from intimacy_kit.authoring.building import compile_pack  # noqa: PLC0415 - needs the extra

    built = compile_pack(root)
    if built.pack is None:
        raise _BrokenError(built.problems, root)
    return Given(built.pack, root, built.placed)


def _compiled(path: Path) -> Given:
    try:
        pack = load_pack(path)
    except InvalidPackError as error:
        raise _BrokenError(error.problems, Path()) from error
    file = path if path.is_file() else [*path.glob(PACK_FILE), *sorted(path.glob(f"src/*/{PACK_FILE}"))][0]
    positions = cache(lambda: Positions.of(file.read_text("utf-8")))

    def placed(problem: Problem) -> Problem:
        where = positions().where(problem.where.pointer, str(file))
        return evolve(problem, where=where)

    return Given(pack, Path(), placed)


def _installed(name: str) -> Given:
    found = tuple(find(kit_release()))
    catalog = Catalog.of_found(one for one in found if one.name == name)
    if catalog.packs:
        return Given(catalog.packs[0], None, lambda problem: problem)
    if catalog.problems:
        raise _BrokenError(catalog.problems, Path())
    names = sorted({one.name for one in found if one.name})
    near = similar_to(name, names)
    hint = f"did you mean '{near}'?" if near else f"installed: {', '.join(names) or 'none'}"
    raise KitError(f"no folder, file or installed pack '{name}'; {hint}")
