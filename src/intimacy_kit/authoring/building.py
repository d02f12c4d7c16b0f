"""From the sources of a pack to its ``pack.json``: the same sources give the same bytes everywhere."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import field, frozen

from intimacy_kit.authoring.gathering import Gathered, gather
from intimacy_kit.authoring.languages.compiling import compile_overlays, write_overlays
from intimacy_kit.authoring.measured import README, readme_of
from intimacy_kit.authoring.project_file import place_in_project
from intimacy_kit.authoring.sources import Source
from intimacy_kit.content.packs import Pack
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE, kit_release, read_pack
from intimacy_kit.loading.installed import GROUP
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.problems import Problem, Where

__all__ = ["MANIFEST", "PROJECT", "Built", "build", "compile_pack", "compiled_path", "package_of", "stale"]

#: What makes a folder a distribution.
PROJECT = "pyproject.toml"

#: The table of pyproject.toml that an app finds a pack by.
_ENTRIES = f'[project.entry-points."{GROUP}"]'

#: Stands for a manifest that cannot be read, so that the rest can be looked at.
_STAND_IN = {
    "format": 1,
    "name": "unnamed",
    "title": "Unnamed",
    "version": "0.1.0",
    "languages": ["en"],
    "authors": ["unknown"],
    "licence": "unknown",
    "about": "Unknown.",
}


@frozen
class Built:
    """What compiling gives: the pack and its bytes, or all that is wrong with the sources."""

    #: The pack; None where there is any problem.
    pack: Pack | None
    #: The bytes of its ``pack.json``; empty where there is any problem.
    data: bytes = field(repr=False)
    #: All problems, in the order of files and lines.
    problems: tuple[Problem, ...] = ()
    #: The pack, or where there is a problem what could be read of it, under whatever name; None where that is nothing.
    readable: Pack | None = field(default=None, repr=False, eq=False)
    #: As *readable*, and behind it the words of prompts of which these alone could be read.
    worded: Pack | None = field(default=None, repr=False, eq=False)
    #: Whether *readable* is all there is.
    whole: bool = field(default=True, repr=False, eq=False)
    #: Whether *readable* has the name, the version and the languages that the manifest gives it.
    named: bool = field(default=True, repr=False, eq=False)
    _gathered: Gathered | None = field(default=None, repr=False, eq=False)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with a pointer into the ``pack.json``, now at its line and column in the sources.

        Where nothing was gathered, it stays as it is.
        """
        return self._gathered.placed(problem) if self._gathered else problem


def compile_pack(root: Path) -> Built:
    """Compile the sources in a folder; nothing is written."""
    there = gather(root)
    named = not any(problem.where.file == MANIFEST for problem in there.problems)
    problems = [*there.problems, *(_distribution(root, there.manifest) if named else ())]
    document: dict[str, Any] = {
        **(there.manifest.fields if named else _STAND_IN),
        "activities": [part.document for part in there.activities],
        "journeys": [part.document for part in there.journeys],
        **({"migrations": list(there.migrations.documents)} if there.migrations.documents else {}),
    }
    if problems:
        told = tuple(sorted(problems))
        worded = {**document, "activities": [part.document for part in (*there.activities, *there.drafts)]}
        return Built(None, b"", told, _readable(document), _readable(worded), not there.problems, named, there)
    data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    read = read_pack(data, MANIFEST, kit=kit_release())
    if read.pack is None:
        placed = tuple(sorted(there.placed(problem) for problem in read.problems))
        readable = _readable(document)
        return Built(None, b"", placed, readable, readable, gathered=there)
    return Built(read.pack, data, (), read.pack, read.pack, gathered=there)


def _readable(document: dict[str, Any]) -> Pack | None:
    try:
        return pack_from(document)
    except InvalidValueError:  # such as too many activities for one pack
        return None


def compiled_path(root: Path, pack: Pack) -> Path:
    """Return where the compiled pack belongs."""
    return root / "src" / package_of(pack.name) / PACK_FILE


def build(root: Path) -> Built:
    """Compile the sources in a folder and write ``pack.json`` and what is measured, unless there is any problem."""
    built = compile_pack(root)
    if built.pack:
        path = compiled_path(root, built.pack)
        if not path.resolve().is_relative_to(root.resolve()):
            file = path.relative_to(root).as_posix()
            hint = "a pack holds its own files"
            return Built(None, b"", (Problem(Where(file), "K305", "this leads out of the pack by a link", hint),))
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_bytes(built.data)
        write_overlays(path.parent, compile_overlays(root, built.pack))
        there, now = readme_of(root, built.pack)
        if there != now:
            (root / README).write_text(now, "utf-8")
    return built


def stale(root: Path, built: Built) -> tuple[Problem, ...]:
    """Say what lies beside the sources and is not what they give now: the compiled pack, and what is measured of it."""
    return tuple(_stale(root, built.pack, built.data)) if built.pack else ()


def _stale(root: Path, pack: Pack, data: bytes) -> Iterator[Problem]:
    path, hint = compiled_path(root, pack), "run 'intimacy-kit build'"
    file = Where(path.relative_to(root).as_posix())
    if not path.is_file():
        yield Problem(file, "K407", "the pack is not compiled yet", hint)
    elif path.read_bytes() != data:
        yield Problem(file, "K407", "the sources have changed since it was built", hint)
    there, now = readme_of(root, pack)
    if there != now:
        yield Problem(Where(README), "K407", "what is measured in it is not what the sources give now", hint)


def _distribution(root: Path, manifest: Source) -> Iterator[Problem]:
    """Say where pyproject.toml names another pack, or another version of it."""
    if not (root / PROJECT).is_file():
        return
    name, version = manifest.fields["name"], manifest.fields["version"]
    wanted = {name: package_of(name)}
    try:
        text = (root / PROJECT).read_text("utf-8")
        project = tomllib.loads(text).get("project", {})
        entries, released = project.get("entry-points", {}).get(GROUP, {}), project.get("version", version)
    except (ValueError, AttributeError):
        yield Problem(Where(PROJECT), "K401", "this is not TOML with a [project] in it")
        return
    if released != version:
        line, column, part = place_in_project(text, "version", str(released))
        said = f"the version is not that of {MANIFEST}"
        yield Problem(Where(PROJECT, line, column), "K412", said, f'write version = "{version}"', part)
    if entries != wanted:
        line = next((n for n, line in enumerate(text.split("\n"), 1) if line.startswith(_ENTRIES)), 1)
        hint = f'under {_ENTRIES} write {name} = "{wanted[name]}", and nothing else'
        yield Problem(Where(PROJECT, line, 1), "K412", "an app would not find this pack", hint)


def package_of(name: str) -> str:
    """Return the package that holds a pack: the module name that its entry point has.

    >>> package_of("tea-time")
    'intimacy_pack_tea_time'
    """
    return f"intimacy_pack_{name.replace('-', '_')}"
