"""Making the folder of a new pack: all of it, or nothing."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.starting.beginning import (
    SCHEMA_FOLDER,
    Beginning,
    files_of,
    refuse_unless_empty,
    schema_files,
)
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidPackError, KitError

__all__ = ["create", "refresh_schemas"]


def create(folder: Path, beginning: Beginning) -> Pack:
    """Write a new pack into a folder and return it; where anything goes wrong, nothing of it stays.

    Raises KitError where the folder holds anything already.
    """
    refuse_unless_empty(folder)
    with TemporaryDirectory(prefix="intimacy-kit-") as place:
        made = Path(place) / "pack"
        _write(made, files_of(beginning))
        built = build(made)
        if built.pack is None:  # the kit's own templates are wrong then; say it all
            raise InvalidPackError(beginning.name, built.problems)
        _move(made, folder)
    return built.pack


def refresh_schemas(folder: Path) -> int:
    """Write the copy of the schemas that an editor reads anew; return how many files changed."""
    wanted = schema_files()
    old = {name: path.read_text("utf-8") for name in wanted if (path := folder / name).is_file()}
    changed = {name: text for name, text in wanted.items() if old.get(name) != text}
    if (folder / SCHEMA_FOLDER).is_symlink():
        raise KitError(f"'{folder / SCHEMA_FOLDER}' is a link; delete it, and try again")
    _write(folder, changed)
    return len(changed)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")


def _move(made: Path, folder: Path) -> None:
    """Copy what was made to its place; take it away again where that does not end well."""
    was_there = folder.exists()
    names = [path.name for path in made.iterdir()]
    try:
        shutil.copytree(made, folder, dirs_exist_ok=True)
    except BaseException:
        for name in names:
            _take_away(folder / name)
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _take_away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
