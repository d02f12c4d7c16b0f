"""Whether a pack can be published as it lies there: its pyproject.toml, its README, its licence, and its package.

A folder without a pyproject.toml is a pack too, one to play from a folder; nothing is asked of it here.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from intimacy_kit.authoring.building import PROJECT
from intimacy_kit.authoring.package_files import check_files
from intimacy_kit.authoring.project_file import place_in_project
from intimacy_kit.authoring.yaml_sources import read_yaml
from intimacy_kit.content.packs import Pack, release
from intimacy_kit.loading.documents import MANIFEST
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, Where

__all__ = ["KEYWORD", "NOTICE", "check_packaging"]

#: By this word packs are found in an index.
KEYWORD = "intimacy-kit-pack"
#: What stands above the notice that a README of a pack with personal or deeper activities begins with.
NOTICE = "before you go on"

_SPACED = NOTICE.replace(" ", r"\s+")
#: The notice as a heading, whatever marks make it one.
_HEADING = re.compile(rf"(?im)^[ \t]*#.*\b{_SPACED}\b|^[^\w\n]*{_SPACED}[^\w\n]*$")
#: The first depth that the notice is for.
_PERSONAL = 2
#: What people choose for words; the nearest one is proposed.
_LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "MIT")
_LICENCE_FILES = ("licence", "license", "copying")
_NOBODY = {"your name", "your name here", "the author", "author", "authors", "name", "todo", "unknown", "me", "nobody"}
_NOBODY |= {"jane doe", "john doe", "...", "\u2026", "?", "-", "n/a", "tbd"}
_KIT = "intimacy-kit"
_PREFIX = "intimacy-pack-"


@frozen
class _Finding:
    """What is wrong, before its line was looked up."""

    file: str
    code: str
    message: str
    hint: str
    #: The field of [project] it is about; in the manifest a pointer.
    field: str = ""
    part: str = ""


@frozen
class _Distribution:
    root: Path
    pack: Pack
    #: The table [project].
    project: dict[str, Any]
    #: Everything in pyproject.toml.
    whole: dict[str, Any]


def check_packaging(root: Path, pack: Pack) -> Iterator[Problem]:
    """Give what keeps a pack from being published well; its pyproject.toml is TOML with a table [project]."""
    if not (root / PROJECT).is_file():
        return
    try:
        text = (root / PROJECT).read_text("utf-8")
        whole = tomllib.loads(text)
    except ValueError:  # that it is no TOML was said when the pack was compiled
        return
    manifest = cache(lambda: read_yaml(root, MANIFEST))
    for found in _findings(_Distribution(root, pack, whole.get("project", {}), whole)):
        problem = Problem(Where(found.file, pointer=found.field), found.code, found.message, found.hint, found.part)
        if found.file == MANIFEST:
            yield manifest().placed(problem)
        elif found.field:
            line, column, part = place_in_project(text, found.field, found.part)
            yield Problem(Where(found.file, line, column), found.code, found.message, found.hint, part)
        else:
            yield problem
    yield from check_files(root, pack)


def _findings(one: _Distribution) -> Iterator[_Finding]:
    yield from _about_licence(one)
    yield from _about_dependencies(one)
    yield from _about_readme(one)
    yield from _about_finding(one)
    yield from _about_building(one)
    yield from _about_changes(one)


def _words_in(root: Path, file: str) -> str:
    """Return what a file of the pack says; nothing where it says nothing, or cannot be read."""
    try:
        path = (root / file).resolve()
        return path.read_text("utf-8", "replace").strip() if path.is_relative_to(root.resolve()) else ""
    except (OSError, ValueError):  # no file, or no name that a file can have
        return ""


def _toml(value: object) -> str:
    """Return a text, or a list of texts, as TOML."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _canonical(licence: object) -> str:
    """Return a licence as SPDX writes it; nothing where it is none."""
    try:
        return canonicalize_license_expression(str(licence))
    except InvalidLicenseExpression:
        return ""


def _about_licence(one: _Distribution) -> Iterator[_Finding]:
    licence = one.pack.licence
    canonical = _canonical(licence)
    if not canonical:
        near = similar_to(licence, _LICENCES)
        hint = (
            f"did you mean {near}?" if near else f"such as {', '.join(_LICENCES[:3])}; one of your own: LicenseRef-Name"
        )
        yield _Finding(MANIFEST, "K904", f"'{licence}' is no licence that tools know (SPDX)", hint, "/licence")
        return
    if canonical != licence:
        said, hint = f"'{licence}' is not how this licence is written", f"write licence: {canonical}"
        yield _Finding(MANIFEST, "K904", said, hint, "/licence", licence)
    if _canonical(one.project.get("license")) != canonical:
        hint = f"write license = {_toml(canonical)}"
        yield _Finding(PROJECT, "K903", f"the licence is not that of {MANIFEST}", hint, "license")
    if not any(_words_in(one.root, file) for file in _licence_files(one.root)):
        hint = "put its text, or its name and where it can be read, into a file LICENSE"
        yield _Finding("LICENSE", "K902", "the licence itself is missing", hint)


def _licence_files(root: Path) -> Iterator[str]:
    for path in (*root.iterdir(), *root.glob("LICENSES/*")):
        if path.parent != root or path.name.lower().startswith(_LICENCE_FILES):
            yield path.relative_to(root).as_posix()


def _about_dependencies(one: _Distribution) -> Iterator[_Finding]:
    written = one.project.get("dependencies", [])
    if not isinstance(written, list):
        hint = f"write dependencies = [{_toml(written)}]" if isinstance(written, str) else _like_this(one.pack)
        yield _Finding(PROJECT, "K918", "'dependencies' is not a list", hint, "dependencies")
        return
    for line in written:
        yield from _about_dependency(one, line)
    if not any(_KIT in canonicalize_name(str(line)) for line in written):
        said = "nothing says that this pack needs intimacy-kit"
        there = [*(line for line in written if isinstance(line, str)), _wanted(one.pack)]
        yield _Finding(PROJECT, "K906", said, f"write dependencies = {_toml(there)}", "dependencies")


def _wanted(pack: Pack) -> str:
    return f"{_KIT}>={pack.requires_kit}"


def _like_this(pack: Pack) -> str:
    return f'such as "{_wanted(pack)}"'


def _about_dependency(one: _Distribution, line: object) -> Iterator[_Finding]:
    def finding(code: str, message: str, hint: str) -> _Finding:
        return _Finding(PROJECT, code, message, hint, "dependencies", str(line))

    try:
        needed = Requirement(line if isinstance(line, str) else "")
    except InvalidRequirement:
        yield finding("K918", f"'{line}' is no dependency that an installer can read", _like_this(one.pack))
        return
    name = canonicalize_name(needed.name)
    if name != _KIT and not name.startswith(_PREFIX):
        yield finding("K909", f"a pack has no use for '{name}'", "a pack is data; take it out")
    elif needed.url:
        said = f"'{line}' names an address, and no index takes that"
        yield finding("K918", said, f'write "{_wanted(one.pack) if name == _KIT else name}"')
    elif name == _KIT:
        yield from (finding(*words) for words in _about_kit(needed, one.pack))


def _about_kit(kit: Requirement, pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Give code, message and hint of what is wrong with the releases of the kit that a pack asks for."""
    wanted = pack.requires_kit
    if any(bound.operator not in {">=", ">", "!="} for bound in kit.specifier):
        hint = f'write "{_wanted(pack)}"; the kit itself knows what it can read'
        yield "K908", "nobody could install this with a later intimacy-kit", hint
        return
    least = [release(bound.version) for bound in kit.specifier if bound.operator == ">="]
    if max(least, default=()) < release(wanted):
        takes = f"this takes {kit.specifier}" if kit.specifier else "this takes any"
        yield "K907", f"{MANIFEST} asks for intimacy-kit {wanted}, and {takes}", f'write "{_wanted(pack)}"'
    elif max(least) > release(wanted):
        said = f"{MANIFEST} asks for intimacy-kit {wanted}, and this takes {kit.specifier}"
        yield "K907", said, f'write "{_wanted(pack)}", or ask for the newer one with requires_kit in {MANIFEST}'


def _about_readme(one: _Distribution) -> Iterator[_Finding]:
    readme = one.project.get("readme")
    file = readme.get("file") if isinstance(readme, dict) else readme
    if not isinstance(file, str) or not file:
        hint = 'write readme = "README.md", so that people see that page before they install'
        yield _Finding(PROJECT, "K901", "no README is named", hint, "readme")
        return
    words = _words_in(one.root, file)
    if not words:
        yield _Finding(
            file, "K901", "the README is missing or empty", "say what the pack is, for whom, and for whom not"
        )
    elif _wants_notice(one.pack) and not _HEADING.search(words):
        hint = f"put it under a heading '{NOTICE.capitalize()}'; 'intimacy-kit explain K915' has its words"
        yield _Finding(file, "K915", "the notice that stands before depth 2 is missing", hint)


def _wants_notice(pack: Pack) -> bool:
    """Tell whether there is something personal in it, in a language in which the kit has the notice."""
    return pack.languages[0].startswith("en") and any(activity.depth >= _PERSONAL for activity in pack.activities)


def _about_finding(one: _Distribution) -> Iterator[_Finding]:
    wanted, name = f"{_PREFIX}{one.pack.name}", str(one.project.get("name", ""))
    if canonicalize_name(name) != wanted:
        said = f"the package is called '{name}'" if name else "the package has no name"
        yield _Finding(PROJECT, "K905", said, f'write name = "{wanted}", so that people find it', "name")
    keywords = one.project.get("keywords", [])
    if not isinstance(keywords, list) or KEYWORD not in keywords:
        hint = f"write keywords = {_toml([*_texts(keywords), KEYWORD])}"
        yield _Finding(PROJECT, "K916", "whoever looks for packs would not find this one", hint, "keywords")
    description = one.project.get("description")
    if not isinstance(description, str) or not description.strip():
        hint = 'write description = "...", in a line: what it is and for whom'
        yield _Finding(PROJECT, "K917", "the line that people see in a search is missing", hint, "description")
    for index, author in enumerate(one.pack.authors):
        if author.strip().lower() in _NOBODY:
            hint = "say who wrote it; a pen name will do"
            yield _Finding(MANIFEST, "K912", f"'{author}' is nobody", hint, f"/authors/{index}", author)


def _texts(values: object) -> Iterable[str]:
    return (value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _about_building(one: _Distribution) -> Iterator[_Finding]:
    system = one.whole.get("build-system")
    if not isinstance(system, dict) or not system.get("requires") or not system.get("build-backend"):
        hint = "write [build-system] with requires and build-backend; 'intimacy-kit new' shows one"
        yield _Finding(PROJECT, "K911", "it does not say what builds the wheel", hint)


def _about_changes(one: _Distribution) -> Iterator[_Finding]:
    version = re.compile(rf"(?<![\d.]){re.escape(one.pack.version)}(?!\.?[0-9a-z])")
    for path in sorted(one.root.glob("CHANGELOG*")):
        if path.is_file() and not version.search(_words_in(one.root, path.name)):
            hint = "write a line on what is new for those who use the pack already"
            yield _Finding(path.name, "K914", f"it says nothing of version {one.pack.version}", hint)
