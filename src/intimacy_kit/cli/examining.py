"""``intimacy-kit doctor``: packs, versions and stores as they are here, what is wrong, and what mends it."""

import json
import platform
import re
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import click
from attrs import asdict, frozen
from rich.console import Console

from intimacy_kit.cli import EXTRAS
from intimacy_kit.cli.given import terminal
from intimacy_kit.cli.playing import default_store
from intimacy_kit.cli.text import plain
from intimacy_kit.errors import KitError, StoreCorruptError, StoreVersionError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.problems import Problem
from intimacy_kit.stores.examining import examine
from intimacy_kit.stores.files import FORMAT, mended_for_wal

__all__ = ["doctor_command"]

_DOCTOR = """Look at what is here: versions, installed packs, stores; say what is wrong, and the command that mends it.

Nothing is changed, and nothing that people wrote is shown.

\b
intimacy-kit doctor
intimacy-kit doctor --store us.db
"""

#: The command that mends a problem of an installed pack, by its code; NAME stands for its distribution.
_REINSTALL, _UPGRADE = "pip install --force-reinstall NAME", "pip install --upgrade NAME"
_MENDED_BY = {
    **dict.fromkeys(("K301", "K303", "K304", "K305", "K306", "K307"), _REINSTALL),
    **dict.fromkeys(("K309", "K311"), "pip install --upgrade intimacy-kit"),
    **dict.fromkeys(("K308", "K310", "K312"), "pip uninstall NAME"),
}


@frozen
class _Line:
    """One thing that was looked at."""

    about: str
    said: str
    #: What is wrong with it; empty where it is well.
    wrong: str = ""
    #: The command that mends it.
    mend: str = ""


@click.command("doctor", help=_DOCTOR)
@click.option(
    "--store", "stores", type=click.Path(path_type=Path), multiple=True, help="Also look at this file of an app."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed.")
def doctor_command(stores: tuple[Path, ...], form: str) -> None:
    """Look at packs, versions and stores."""
    catalog = Catalog.installed()
    found = {
        "Versions": list(_versions()),
        "Packs": list(_packs(catalog)),
        "Stores": list(_stores(stores)),
        "This folder": list(_here(Path())),
    }
    if form == "json":
        click.echo(json.dumps({name: [asdict(line) for line in lines] for name, lines in found.items()}, indent=1))
    else:
        _show(terminal(), found)
    sys.exit(1 if any(line.wrong for lines in found.values() for line in lines) else 0)


def _versions() -> Iterator[_Line]:
    kit = version("intimacy-kit")
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    yield _Line("intimacy-kit", f"{kit}, with {python}")
    for extra in EXTRAS:
        missing = [name for name in _packages_of(extra) if not _is_installed(name)]
        if missing:
            yield _Line(extra, f"not installed; if you want it: pip install 'intimacy-kit[{extra}]'")
        else:
            yield _Line(extra, "installed")
    if not mended_for_wal(sqlite3.sqlite_version_info):
        yield _Line("journal", "'wal' is refused with this SQLite, which may lose commits with it; 'delete' is used")


def _packages_of(extra: str) -> list[str]:
    """Return the packages that an extra brings."""
    lines = metadata("intimacy-kit").get_all("Requires-Dist") or []
    wanted = re.compile(rf"extra\s*==\s*['\"]{extra}['\"]")
    return [re.split(r"[\s\[<>=!~;(]", line, maxsplit=1)[0] for line in lines if wanted.search(line)]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _packs(catalog: Catalog) -> Iterator[_Line]:
    for pack in catalog.packs:
        count = len(pack.activities)
        yield _Line(f"{pack.name} {pack.version}", f"{count} activities, in {', '.join(pack.languages)}")
    for problem in catalog.problems:
        name = problem.where.file.partition(" ")[0].partition(":")[0]
        yield _Line(name, "", f"{problem.code} {problem.message}", _mended_by(problem, name))
    if not catalog.packs and not catalog.problems:
        yield _Line("none", "", "no pack is installed", "pip install intimacy-pack-foundations")


def _mended_by(problem: Problem, name: str) -> str:
    return _MENDED_BY.get(problem.code, _UPGRADE).replace("NAME", name)


def _stores(stores: tuple[Path, ...]) -> Iterator[_Line]:
    kept = default_store()
    for path in (*([kept] if kept.exists() else []), *stores):
        yield _store(path)
    if not kept.exists():
        yield _Line(str(kept), "nothing was played here yet")


def _store(path: Path) -> _Line:
    try:
        seen = examine(path)
    except KitError as error:
        return _Line(str(path), "", str(error).removeprefix(f"store '{path}' "), _after(error, path))
    said = f"format {seen.format}, {seen.spaces} spaces, {seen.events} events, all as they were written"
    if seen.format < FORMAT:
        said = f"format {seen.format}; it is brought to format {FORMAT} when it is opened"
    elif seen.sealed:
        said += f"; {seen.sealed} logs need a key and were not looked into"
    if seen.readable_by_others:
        return _Line(str(path), said, "others on this machine may read it", f"chmod 600 {path}")
    return _Line(str(path), said)


def _after(error: KitError, path: Path) -> str:
    match error:
        case StoreVersionError():
            return "pip install --upgrade intimacy-kit"
        case StoreCorruptError():
            return f"cp YOUR-BACKUP {path}"
        case _:
            return ""


def _here(root: Path) -> Iterator[_Line]:
    """Look whether the current folder holds the sources of a pack."""
    if not (root / MANIFEST).is_file():
        return
    try:
        from intimacy_kit.authoring.building import compile_pack, stale  # noqa: PLC0415 - needs the extra
    except ModuleNotFoundError:
        yield _Line(MANIFEST, "", "sources cannot be looked at without the extra", "pip install 'intimacy-kit[author]'")
        return
    built = compile_pack(root)
    problems = (*built.problems, *stale(root, built))
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    if built.pack is None:
        yield _Line(MANIFEST, "", count, "intimacy-kit check")
    elif problems:
        yield _Line(f"{built.pack.name} {built.pack.version}", "", problems[0].message, "intimacy-kit build")
    else:
        yield _Line(f"{built.pack.name} {built.pack.version}", "its compiled pack is up to date")


def _show(console: Console, found: dict[str, list[_Line]]) -> None:
    for name, lines in found.items():
        if lines:
            console.print(plain(name, "bold"))
        for line in lines:
            mark = plain("  ! ", "bold red") if line.wrong else plain("    ")
            said = "; ".join(part for part in (line.said, line.wrong) if part)
            console.print(mark + plain(f"{line.about}: ", "cyan") + plain(said), soft_wrap=True)
            if line.mend:
                console.print(plain(f"      = {line.mend}", "green"), soft_wrap=True)
    wrong = sum(bool(line.wrong) for lines in found.values() for line in lines)
    said = "all is well" if not wrong else "1 thing is wrong" if wrong == 1 else f"{wrong} things are wrong"
    console.print(plain(f"\n{said}", "bold red" if wrong else "green"))
