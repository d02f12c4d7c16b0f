"""The files of a pack as they lie there: what goes into its package, and the names that every computer can keep."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from intimacy_kit.authoring.building import compiled_path
from intimacy_kit.content.checks import is_language_tag
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.documents import PACK_FILE
from intimacy_kit.problems import Problem, Where

__all__ = ["check_files"]

_INIT = "__init__.py"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]*[A-Za-z0-9_-]")
#: What Windows keeps for itself, with whatever ending.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
#: What computers put into folders by themselves; no builder is misled by it.
_BY_ITSELF = {"thumbs.db", "desktop.ini"}
_FOLDERS = ("prompts", "exercises", "check-ins", "journeys", "stories", "guides", "locale", "migrations")


def check_files(root: Path, pack: Pack) -> Iterator[Problem]:
    """Give the files that do not belong into the package of a pack, and names that some computers cannot keep."""
    folder = compiled_path(root, pack).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _comes_by_itself(path.relative_to(folder)):
            yield from _wrong_in_package(path, path.relative_to(root).as_posix(), folder)
    yield from _wrong_names(root)


def _comes_by_itself(file: Path) -> bool:
    return "__pycache__" in file.parts or file.name.startswith(".") or file.name.lower() in _BY_ITSELF


def _wrong_in_package(path: Path, file: str, folder: Path) -> Iterator[Problem]:
    belongs = path.parent == folder and (path.name in {_INIT, PACK_FILE} or _is_overlay(path.name))
    if path.name == _INIT and path.stat().st_size:
        yield Problem(Where(file), "K910", "this is code", "a pack is words only: leave this file empty")
    elif path.suffix == ".py" and path.name != _INIT:
        yield Problem(Where(file), "K910", "this is code", "a pack is words only: delete it")
    elif not belongs:
        hint = f"delete it, or keep it elsewhere; the package holds an empty {_INIT} and {PACK_FILE}"
        yield Problem(Where(file), "K913", "no app reads this", hint)


def _is_overlay(name: str) -> bool:
    """Tell whether a file holds a translation; of one in a language that is not shipped, K407 is told."""
    tag = re.fullmatch(r"pack\.(.+)\.json", name)
    return tag is not None and is_language_tag(tag[1])


def _wrong_names(root: Path) -> Iterator[Problem]:
    paths = sorted(path for name in _FOLDERS for path in root.glob(f"{name}/**/*") if path.is_file())
    alike: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        file = path.relative_to(root).as_posix()
        alike[file.lower()].append(file)
        if not _PLAIN_NAME.fullmatch(path.name):
            hint = "use the letters a to z, digits and hyphens"
            yield Problem(Where(file), "K919", "not every computer can keep such a file name", hint)
        elif (name := path.name.lower().partition(".")[0]) in _DEVICES:
            hint = "give it another name"
            yield Problem(Where(file), "K919", f"Windows keeps the name '{name}' for itself", hint)
    for first, *others in alike.values():
        for other in others:
            hint = "give them names that differ in more than capitals"
            yield Problem(Where(other), "K919", f"on many computers this is the same file as {first}", hint)
