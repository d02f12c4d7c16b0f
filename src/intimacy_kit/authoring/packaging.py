"""Whether a pack can be published as it lies there: its pyproject.toml, its README, its licence, and its package.

A folder without a pyproject.toml is a pack too, one to play from a folder; nothing is asked of it here.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from intimacy_kit.authoring.building import PROJECT, compiled_path
from intimacy_kit.content.packs import Pack, release
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.problems import Problem, Where

__all__ = ["KEYWORD", "NOTICE", "check_packaging"]

#: By this word packs are found in an index.
KEYWORD = "intimacy-kit-pack"
#: What stands above the notice that a README of a pack with personal or deeper activities begins with.
NOTICE = "before you go on"

#: The first depth that the notice is for.
_PERSONAL = 2
#: What people choose for words; the nearest one is proposed.
_LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "MIT")
_NOBODY = {"your name", "author", "name", "todo", "unknown", "me"}
#: What the package of a pack holds.
_OURS = re.compile(r"__init__\.py|pack(\.[A-Za-z0-9-]+)?\.json")
_KIT = "intimacy-kit"
_PREFIX = "intimacy-pack-"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]+")
_FOLDERS = ("prompts", "exercises", "check-ins", "journeys", "stories", "guides", "locale", "migrations")

Finding = tuple[str, str, str, str, str]  # file, the field in it (if any), code, message, hint


@frozen
class _Distribution:
    root: Path
    pack: Pack
    #: The table [project].
    project: dict[str, Any]
    #: Everything in pyproject.toml.
    whole: dict[str, Any]


def check_packaging(root: Path, pack: Pack) -> Iterator[Problem]:
    """Give what keeps a pack from being published well."""
    if not (root / PROJECT).is_file():
        return
    whole = tomllib.loads((root / PROJECT).read_text("utf-8"))
    one = _Distribution(root, pack, whole.get("project", {}), whole)
    for file, field, code, said, hint in _findings(one):
        yield Problem(_where(root, file, field), code, said, hint)


def _where(root: Path, file: str, field: str) -> Where:
    """Return the line of a file in which a field is set; the first one where it is not."""
    if not field or not (root / file).is_file():
        return Where(file)
    for number, line in enumerate((root / file).read_text("utf-8").split("\n"), 1):
        if re.match(rf"{field}\s*[=:]", line):
            return Where(file, number, 1)
    return Where(file, 1, 1)


def _findings(one: _Distribution) -> Iterator[Finding]:
    yield from _about_licence(one)
    yield from _about_dependencies(one)
    yield from _about_readme(one)
    yield from _about_finding(one)
    yield from _about_package(one)
    yield from _about_changes(one)


def _about_licence(one: _Distribution) -> Iterator[Finding]:
    licence = one.pack.licence
    try:
        canonicalize_license_expression(licence)
    except InvalidLicenseExpression:
        near = similar_to(licence, _LICENCES)
        hint = (
            f"did you mean {near}?" if near else f"such as {', '.join(_LICENCES[:3])}; one of your own: LicenseRef-Name"
        )
        yield MANIFEST, "licence", "K904", f"'{licence}' is no licence that tools know (SPDX)", hint
        return
    if one.project.get("license") != licence:
        said = f"the licence is not that of {MANIFEST}"
        yield PROJECT, "license", "K903", said, f'write license = "{licence}"'
    if not any(path.is_file() for path in (*one.root.glob("LICEN[CS]E*"), *one.root.glob("COPYING*"))):
        hint = "put its text, or its name and where it can be read, into a file LICENSE"
        yield "LICENSE", "", "K902", "the licence itself is missing", hint


def _about_dependencies(one: _Distribution) -> Iterator[Finding]:
    needed: dict[str, Requirement] = {}
    for line in one.project.get("dependencies", []):
        try:
            requirement = Requirement(str(line))
        except InvalidRequirement:
            said = f"'{line}' is no dependency that an installer can read"
            yield PROJECT, "dependencies", "K918", said, 'such as "intimacy-kit>=0.1"'
            return
        needed[canonicalize_name(requirement.name)] = requirement
    for name in sorted(needed.keys() - {_KIT}):
        if not name.startswith(_PREFIX):
            yield PROJECT, "dependencies", "K909", f"a pack has no use for '{name}'", "a pack is data; take it out"
    if _KIT in needed:
        yield from _about_kit(one, needed[_KIT])
    else:
        hint = f'write dependencies = ["intimacy-kit>={one.pack.requires_kit}"]'
        yield PROJECT, "dependencies", "K906", "it does not depend on intimacy-kit", hint


def _about_kit(one: _Distribution, kit: Requirement) -> Iterator[Finding]:
    bounds = {bound.operator: bound.version for bound in kit.specifier}
    wanted = one.pack.requires_kit
    if not bounds.keys() <= {">="}:
        hint = f'write "intimacy-kit>={wanted}"; the kit itself knows what it can read'
        yield PROJECT, "dependencies", "K908", "it refuses kits that nobody has seen yet", hint
    elif release(bounds.get(">=", "0")) < release(wanted):
        said = f"{MANIFEST} asks for intimacy-kit {wanted}, this for an older one"
        yield PROJECT, "dependencies", "K907", said, f'write "intimacy-kit>={wanted}"'


def _about_readme(one: _Distribution) -> Iterator[Finding]:
    readme = one.project.get("readme")
    file = str(readme.get("file", "") if isinstance(readme, dict) else readme or "")
    words = (one.root / file).read_text("utf-8", "replace") if (one.root / file).is_file() else ""
    if not file:
        hint = 'write readme = "README.md": the page that people see before they install'
        yield PROJECT, "readme", "K901", "no README is named", hint
    elif not words.strip():
        yield file, "", "K901", "the README is missing or empty", "say what the pack is, for whom, and for whom not"
    elif _wants_notice(one.pack) and NOTICE not in words.lower():
        hint = f"put it under a heading '{NOTICE.capitalize()}'; 'intimacy-kit explain K915' has its words"
        yield file, "", "K915", "the notice that stands before depth 2 is missing", hint


def _wants_notice(pack: Pack) -> bool:
    """Tell whether there is something personal in it, in a language in which the kit has the notice."""
    return pack.languages[0].startswith("en") and any(activity.depth >= _PERSONAL for activity in pack.activities)


def _about_finding(one: _Distribution) -> Iterator[Finding]:
    wanted, name = f"{_PREFIX}{one.pack.name}", str(one.project.get("name", ""))
    if canonicalize_name(name) != wanted:
        hint = f'write name = "{wanted}", so that people find it'
        yield PROJECT, "name", "K905", f"the distribution is called '{name}'", hint
    if KEYWORD not in one.project.get("keywords", []):
        said = "whoever looks for packs would not find this one"
        yield PROJECT, "keywords", "K916", said, f'write keywords = ["{KEYWORD}"]'
    if not str(one.project.get("description", "")).strip():
        hint = 'write description = "...", in a line: what it is and for whom'
        yield PROJECT, "description", "K917", "the line that people see in a search is missing", hint
    for author in one.pack.authors:
        if author.strip().lower() in _NOBODY:
            yield MANIFEST, "authors", "K912", f"'{author}' is nobody", "say who wrote it; a pen name will do"


def _about_package(one: _Distribution) -> Iterator[Finding]:
    if not isinstance(one.whole.get("build-system"), dict):
        hint = "write [build-system] with requires and build-backend; 'intimacy-kit new' shows one"
        yield PROJECT, "", "K911", "it does not say what builds the wheel", hint
    folder = compiled_path(one.root, one.pack).parent
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(one.root).as_posix()
        code = path.suffix == ".py" and (path.name != "__init__.py" or path.stat().st_size)
        if path.is_dir() or "__pycache__" in path.parts or (_belongs(path.relative_to(folder)) and not code):
            continue
        if code:
            yield file, "", "K910", "this is code", "a pack is data only: leave the file empty, or delete it"
        else:
            yield file, "", "K913", "no app reads this", f"the package holds an empty __init__.py and {PACK_FILE}"
    for path in sorted(path for name in _FOLDERS for path in one.root.glob(f"{name}/**/*")):
        if path.is_file() and not _PLAIN_NAME.fullmatch(path.name):
            hint = "use the letters a to z, digits and hyphens"
            yield (
                path.relative_to(one.root).as_posix(),
                "",
                "K919",
                "not every computer can keep such a file name",
                hint,
            )


def _belongs(file: Path) -> bool:
    """Tell whether a file is one that a package of a pack holds; it is given from there."""
    return len(file.parts) == 1 and bool(_OURS.fullmatch(file.name))


def _about_changes(one: _Distribution) -> Iterator[Finding]:
    for path in sorted(one.root.glob("CHANGELOG*")):
        if one.pack.version not in path.read_text("utf-8", "replace"):
            hint = "write a line on what is new for those who use the pack already"
            yield path.name, "", "K914", f"it says nothing of version {one.pack.version}", hint
