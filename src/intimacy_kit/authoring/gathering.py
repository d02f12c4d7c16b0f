"""The sources of a pack, gathered from its folder: each activity and journey, where it stands, and what is wrong."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from intimacy_kit.authoring.markdown_sources import read_guide, read_story
from intimacy_kit.authoring.sources import Source, wrong_with
from intimacy_kit.authoring.updates.migrations import Migrations, gather_migrations
from intimacy_kit.authoring.well_formed import is_well
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.loading.reading import refused_parts
from intimacy_kit.problems import Problem, Where

__all__ = ["Gathered", "Part", "gather", "has_sources"]

#: The folders of YAML lists: the folder, the schema of a file in it, the list in it, the kind of what it lists.
_LISTS = (
    ("prompts", "prompts", "prompts", "prompt"),
    ("exercises", "exercises", "exercises", "exercise"),
    ("check-ins", "check-ins", "check_ins", "check_in"),
    ("journeys", "journeys", "journeys", ""),
)
#: What the manifest is called where its name was nearly right.
_LIKE_THE_MANIFEST = re.compile(r"(?i)(intimacy[-_ ]?)?(pack|kit|manifest)\.ya?ml(\.txt)?")
#: How a file can end that was meant to be read, in upper case too, and with an ending that an editor has added.
_ENDING = re.compile(r"(?i)\.(ya?ml|md|markdown)(\.txt)?$")
_PROSE = (("stories", "story", "scenes", read_story), ("guides", "guide", "answer", read_guide))
#: The fields of a prompt that are words, or that words are judged by.
_FOR_WORDS = ("id", "text", "follow_ups", "solo", "after", "shape", "topics", "evidence", "retired")
#: Stands for the rest where a prompt is refused, so that its words are judged all the same.
_PLAIN: dict[str, Any] = {"kind": "prompt", "skills": ["conversation"], "depth": 2, "minutes": 5}
#: Stands for what is refused, so that it is not told to be missing as well.
_INSTEAD: dict[str, Any] = {"topics": ["faith"], "evidence": {"sources": ["doi:10.5555/any"]}}
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
class Part:
    """One activity or journey, and where it comes from."""

    document: dict[str, Any]
    source: Source
    #: The pointer to it in its source.
    pointer: str


@frozen
class Gathered:
    """What stands in a folder of sources; what a schema refuses is told, and left out."""

    manifest: Source
    #: The activities, in the order of their ids.
    activities: tuple[Part, ...]
    #: The journeys, in the order of files.
    journeys: tuple[Part, ...]
    #: The words of prompts that a schema refuses for something else; for a look at them, and for nothing more.
    drafts: tuple[Part, ...]
    #: What became of ids.
    migrations: Migrations
    #: All that is wrong with any source.
    problems: tuple[Problem, ...]

    def placed(self, problem: Problem) -> Problem:
        """Return a problem about the compiled document, now at the place in the sources that it comes from."""
        match problem.where.pointer.split("/", 3):
            case ["", "activities", index, *rest]:
                behind = int(index) - len(self.activities)
                part = self.activities[int(index)] if behind < 0 else self.drafts[behind]
            case ["", "journeys", index, *rest]:
                part = self.journeys[int(index)]
            case [""]:  # it is about the whole pack, and no line of it is to blame
                return evolve(problem, where=Where(self.manifest.file))
            case _:
                return self.manifest.placed(problem)
        pointer = part.pointer + "".join(f"/{name}" for name in rest)
        return part.source.placed(evolve(problem, where=Where(pointer=pointer)))


def has_sources(root: Path) -> bool:
    """Tell whether a folder holds sources of a pack, although its manifest may be missing or called otherwise."""
    return any((root / folder).is_dir() for folder in _FOLDERS) or any(
        path.name == MANIFEST or _LIKE_THE_MANIFEST.fullmatch(path.name) for path in root.glob("*")
    )


def gather(root: Path) -> Gathered:
    """Read the sources in a folder."""
    manifest = _manifest(root)
    problems = [*wrong_with(manifest, "manifest"), *_misnamed(root)]
    activities: list[Part] = []
    journeys: list[Part] = []
    drafts: list[Part] = []
    for folder, schema, key, kind in _LISTS:
        for file in _files(root, folder, ".yaml", problems):
            source = read_yaml(root, file)
            seen_at_once = not source.problems and is_well(source.document, key, kind)
            wrong = () if seen_at_once else tuple(wrong_with(source, schema))
            problems += wrong
            (activities if kind else journeys).extend(_listed(source, key, kind, wrong))
            drafts += _drafts(source, wrong) if kind == "prompt" else ()
    for folder, kind, body, read in _PROSE:
        for file in _files(root, folder, ".md", problems):
            source = read(root, file)
            wrong = tuple(_wrong_with_prose(source, kind, body))
            problems += wrong
            if not wrong:
                activities.append(Part({"kind": kind, **source.fields}, source, ""))
    migrations = gather_migrations(root)
    slugs = [[str(part.document["id"]) for part in parts] for parts in (activities, journeys)]
    misled = [] if problems else list(migrations.wrong_among(*slugs))  # what cannot be read may be what it leads to
    problems += misled
    if not misled:
        activities = [_with_aliases(part, migrations) for part in activities]
    activities.sort(key=lambda part: str(part.document["id"]))
    problems += migrations.problems
    return Gathered(manifest, tuple(activities), tuple(journeys), tuple(drafts), migrations, tuple(problems))


def _with_aliases(part: Part, migrations: Migrations) -> Part:
    """Return an activity that is found by all ids that became it."""
    aliases = part.document.get("aliases", [])
    more = [name for name in migrations.aliases_of(str(part.document["id"])) if name not in aliases]
    return evolve(part, document={**part.document, "aliases": [*aliases, *more]}) if more else part


def _manifest(root: Path) -> Source:
    if (root / MANIFEST).is_file():
        return read_yaml(root, MANIFEST)
    near = [path.name for path in sorted(root.glob("*")) if _LIKE_THE_MANIFEST.fullmatch(path.name)]
    hint = f"rename {near[0]} to {MANIFEST}" if near else "look whether this is the folder that was meant"
    return Source(MANIFEST, None, problems=(Problem(Where(MANIFEST), "K408", "the file is missing", hint),))


def _listed(source: Source, key: str, kind: str, wrong: Iterable[Problem]) -> Iterator[Part]:
    """Give what a file lists; all of it but what is wrong, and nothing where more than that is wrong."""
    refused = _refused(key, wrong)
    if refused is None:
        return
    for index, document in enumerate(source.fields[key]):
        if index not in refused:
            yield Part({**({"kind": kind} if kind else {}), **document}, source, f"/{key}/{index}")


def _drafts(source: Source, wrong: Iterable[Problem]) -> Iterator[Part]:
    """Give the words of the prompts in a file that are refused, where they are not what is wrong."""
    for index, fields in (_refused("prompts", wrong) or {}).items():
        document = source.fields["prompts"][index]
        if isinstance(document, dict):
            kept = {name: document[name] for name in _FOR_WORDS if name in document and name not in fields}
            draft = {**_PLAIN, **kept, **{name: _INSTEAD[name] for name in fields & _INSTEAD.keys()}}
            if not refused_parts({"activities": [draft]}, 1)["activities"]:
                yield Part(draft, source, f"/prompts/{index}")


def _refused(key: str, wrong: Iterable[Problem]) -> dict[int, set[str]] | None:
    """Return which of a list are refused, and for which of their fields; None where more than these is wrong."""
    refused: dict[int, set[str]] = {}
    for problem in wrong:
        match problem.where.pointer.split("/"):
            case ["", listed, index, *fields] if listed == key:
                refused.setdefault(int(index), set()).update(fields[:1])
            case _:
                return None
    return refused


def _wrong_with_prose(source: Source, kind: str, body: str) -> Iterator[Problem]:
    """Give what is wrong with a story or a guide; its head is checked without its text."""
    if not isinstance(source.document, dict):
        yield from wrong_with(source, kind)
        return
    head = {name: value for name, value in source.document.items() if name != body}
    yield from wrong_with(evolve(source, document=head), kind)
    if body not in source.document and not source.problems:
        hint = "write it below this line" if kind == "guide" else "begin it below this line with '## beginning'"
        yield Problem(source.where(f"/{body}"), "K410", "there is no text below the head", hint)


def _files(root: Path, folder: str, suffix: str, problems: list[Problem]) -> list[str]:
    """Return the source files in a folder; a file that would not be read is a problem."""
    files: list[str] = []
    if (root / folder).is_symlink():
        problems.append(Problem(Where(folder), "K305", "the folder is a link", "put a copy of it in its place"))
        return files
    for path in sorted((root / folder).glob("*"), key=lambda path: path.name):
        if path.name.startswith("."):
            continue
        file = path.relative_to(root).as_posix()
        if path.suffix == suffix and (path.is_file() or path.is_symlink()):  # of a link more is said when it is read
            files.append(file)
        else:
            problems.append(Problem(Where(file), "K406", "this is not read", _unread(path, folder, suffix)))
    return files


def _unread(path: Path, folder: str, suffix: str) -> str:
    """Return what to do about a file that is not read, or about a folder in its place."""
    if path.is_dir():
        return f"only files are read here: put what is in it straight into {folder}"
    plain = _ENDING.sub("", path.name) + suffix
    if plain != path.name and _ENDING.search(path.name) and not path.with_name(plain).exists():
        return f"rename it to {plain}"
    return f"only files that end in {suffix} are read here; keep others elsewhere, such as in a folder drafts"


def _misnamed(root: Path) -> Iterator[Problem]:
    """Say which folders and files beside the manifest were meant to be read, and are not."""
    for path in sorted(root.glob("*"), key=lambda path: path.name):
        meant = _MISNAMED.get(path.stem.lower().replace("-", "").replace("_", ""))
        if meant and path.name != meant and (path.is_dir() or path.suffix in {".yaml", ".yml"}):
            yield Problem(Where(path.name), "K406", "this is not read", f"did you mean the folder {meant}?")
