"""From the sources of a pack to its ``pack.json``: the same sources give the same bytes everywhere."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from intimacy_kit.authoring.markdown_sources import read_guide, read_story
from intimacy_kit.authoring.sources import Source
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE, kit_release, read_pack
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.installed import GROUP
from intimacy_kit.problems import Problem, Where

__all__ = ["MANIFEST", "Built", "build", "compile_pack", "compiled_path", "stale"]

_PROJECT = "pyproject.toml"

#: The folders of YAML lists: the folder, the schema of a file in it, the list in it, the kind of what it lists.
_LISTS = (
    ("prompts", "prompts", "prompts", "prompt"),
    ("exercises", "exercises", "exercises", "exercise"),
    ("check-ins", "check-ins", "check_ins", "check_in"),
    ("journeys", "journeys", "journeys", ""),
)
_PROSE = (("stories", "story", "scenes", read_story), ("guides", "guide", "answer", read_guide))
_FOLDERS = tuple(folder for folder, *_ in (*_LISTS, *_PROSE))
#: What people call these folders when they mean one of them.
_MISNAMED = {folder.replace("-", ""): folder for folder in _FOLDERS} | {
    "checkin": "check-ins",
    "exercise": "exercises",
    "guide": "guides",
    "journey": "journeys",
    "prompt": "prompts",
    "story": "stories",
}


@frozen
class _Item:
    """One activity or journey, and where it comes from."""

    document: dict[str, Any]
    source: Source
    #: The pointer to it in its source.
    pointer: str


@frozen
class _Origins:
    """Where each part of a compiled document comes from."""

    manifest: Source
    #: What ``activities`` comes from, in its order.
    activities: tuple[_Item, ...]
    #: What ``journeys`` comes from, in its order.
    journeys: tuple[_Item, ...]

    def placed(self, problem: Problem) -> Problem:
        """Return a problem about the compiled document, now at the place in the sources that it comes from."""
        match problem.where.pointer.split("/", 3):
            case ["", "activities", index, *rest]:
                item = self.activities[int(index)]
            case ["", "journeys", index, *rest]:
                item = self.journeys[int(index)]
            case _:
                return self.manifest.placed(problem)
        pointer = item.pointer + "".join(f"/{part}" for part in rest)
        return Problem(item.source.where(pointer), problem.code, problem.message, problem.hint)


@frozen
class Built:
    """What compiling gives: the pack and its bytes, or all that is wrong with the sources."""

    #: The pack; None where there is any problem.
    pack: Pack | None
    #: The bytes of its ``pack.json``; empty where there is any problem.
    data: bytes = field(repr=False)
    #: All problems, in the order of files and lines.
    problems: tuple[Problem, ...] = ()
    _origins: _Origins | None = field(default=None, repr=False, eq=False)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem with a pointer into the ``pack.json``, now at its line and column in the sources.

        Where nothing was built, it stays as it is.
        """
        return self._origins.placed(problem) if self._origins else problem


def compile_pack(root: Path) -> Built:
    """Compile the sources in a folder; nothing is written."""
    manifest = _manifest(root)
    items, journeys, problems = _items(root)
    problems = [*_checked(manifest, "manifest"), *_distribution(root, manifest), *problems]
    if problems:
        return Built(None, b"", tuple(sorted(problems)))
    items.sort(key=lambda item: str(item.document["id"]))
    document = {
        **manifest.document,  # type: ignore[dict-item]  # the schema saw to that
        "activities": [item.document for item in items],
        "journeys": [item.document for item in journeys],
    }
    data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    origins = _Origins(manifest, tuple(items), tuple(journeys))
    read = read_pack(data, MANIFEST, kit=kit_release())
    if read.problems:
        return Built(None, b"", tuple(sorted(origins.placed(problem) for problem in read.problems)))
    return Built(read.pack, data, (), origins)


def compiled_path(root: Path, pack: Pack) -> Path:
    """Return where the compiled pack belongs."""
    return root / "src" / _package(pack.name) / PACK_FILE


def build(root: Path) -> Built:
    """Compile the sources in a folder and write ``pack.json``, unless there is any problem."""
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
    return built


def stale(root: Path, built: Built) -> tuple[Problem, ...]:
    """Say whether the compiled pack that lies beside the sources is not what they give now."""
    if built.pack is None:
        return ()
    path = compiled_path(root, built.pack)
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        return (Problem(Where(file), "K407", "the pack is not compiled yet", "run 'intimacy-kit build'"),)
    if path.read_bytes() != built.data:
        return (
            Problem(Where(file), "K407", "the sources have changed since it was built", "run 'intimacy-kit build'"),
        )
    return ()


def _distribution(root: Path, manifest: Source) -> Iterator[Problem]:
    """Say where pyproject.toml names another pack, or another version of it."""
    if not (root / _PROJECT).is_file() or not isinstance(manifest.document, dict):
        return
    name, version = str(manifest.document.get("name")), manifest.document.get("version")
    wanted = {name: _package(name)}
    try:
        project = tomllib.loads((root / _PROJECT).read_text("utf-8")).get("project", {})
        entries, released = project.get("entry-points", {}).get(GROUP, {}), project.get("version", version)
    except (ValueError, AttributeError):
        yield Problem(Where(_PROJECT), "K401", "this is not TOML with a [project] in it")
        return
    if released != version:
        said = f"the version is not that of {MANIFEST}"
        yield Problem(Where(_PROJECT), "K412", said, f'write version = "{version}"')
    if entries != wanted:
        hint = f'under [project.entry-points."{GROUP}"] write {name} = "{wanted[name]}", and nothing else'
        yield Problem(Where(_PROJECT), "K412", "an app would not find this pack", hint)


def _package(name: str) -> str:
    return f"intimacy_pack_{name.replace('-', '_')}"


def _manifest(root: Path) -> Source:
    if (root / MANIFEST).is_file():
        return read_yaml(root, MANIFEST)
    hint = "this is not the folder of a pack's sources"
    return Source(MANIFEST, None, problems=(Problem(Where(MANIFEST), "K408", "the file is missing", hint),))


def _checked(source: Source, schema: str) -> Iterator[Problem]:
    """Give what is wrong with a source: its own problems, and what the schema has against it."""
    yield from source.problems
    if source.document is None and not source.problems:
        yield Problem(Where(source.file, 1, 1), "K409", "the file is empty", "delete it, or write something in it")
    elif source.document is not None:
        yield from (source.placed(problem) for problem in explain(schema, source.document, source.file))


def _items(root: Path) -> tuple[list[_Item], list[_Item], list[Problem]]:
    """Return activities, journeys and problems of all source files."""
    activities: list[_Item] = []
    journeys: list[_Item] = []
    problems = list(_misnamed(root))
    for folder, schema, key, kind in _LISTS:
        for file in _files(root, folder, ".yaml", problems):
            source = read_yaml(root, file)
            wrong = list(_checked(source, schema))
            problems += wrong
            for index, document in enumerate([] if wrong else source.document[key]):  # type: ignore[index]  # checked
                item = _Item({**({"kind": kind} if kind else {}), **document}, source, f"/{key}/{index}")
                (activities if kind else journeys).append(item)
    for folder, kind, body, read in _PROSE:
        for file in _files(root, folder, ".md", problems):
            source = read(root, file)
            wrong = list(_prose_problems(source, kind, body))
            problems += wrong
            if not wrong:
                activities.append(_Item({"kind": kind, **source.document}, source, ""))  # type: ignore[dict-item]  # checked
    return activities, journeys, problems


def _prose_problems(source: Source, kind: str, body: str) -> Iterator[Problem]:
    """Give what is wrong with a story or a guide; its head is checked without its text."""
    if not isinstance(source.document, dict):
        yield from _checked(source, kind)
        return
    head = {name: value for name, value in source.document.items() if name != body}
    yield from _checked(evolve(source, document=head), kind)
    if body not in source.document and not source.problems:
        hint = "write it below the head" if kind == "guide" else "begin it with a scene: '## beginning'"
        yield Problem(Where(source.file, 1, 1), "K410", "there is no text below the head", hint)


def _files(root: Path, folder: str, suffix: str, problems: list[Problem]) -> list[str]:
    """Return the source files in a folder; a file that would not be read is a problem."""
    files: list[str] = []
    if (root / folder).is_symlink():
        problems.append(Problem(Where(folder), "K305", "the folder is a link", "a pack holds its own files"))
        return files
    for path in sorted((root / folder).glob("*"), key=lambda path: path.name):
        if path.name.startswith("."):
            continue
        file = path.relative_to(root).as_posix()
        if path.suffix == suffix and path.is_file():
            files.append(file)
        else:
            hint = "it is no file" if path.suffix == suffix else f"files in {folder} end in {suffix}"
            problems.append(Problem(Where(file), "K406", "this is not read", hint))
    return files


def _misnamed(root: Path) -> Iterator[Problem]:
    """Say which folders and files beside the manifest were meant to be read, and are not."""
    for path in sorted(root.glob("*"), key=lambda path: path.name):
        meant = _MISNAMED.get(path.stem.lower().replace("-", "").replace("_", ""))
        if meant and path.name != meant and (path.is_dir() or path.suffix in {".yaml", ".yml"}):
            yield Problem(Where(path.name), "K406", "this is not read", f"did you mean the folder {meant}?")
