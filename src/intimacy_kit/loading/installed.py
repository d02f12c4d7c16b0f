"""Finding installed packs without running anything of theirs.

Each distribution is looked at by itself, so that a broken one hides no other. The entry
point names a top-level package and nothing else; its ``pack.json`` is read as a file. The
package is never imported, no link is followed, and nothing outside it is opened. Of its translations those
are read that its manifest lists; one that is broken is told, and the pack is used without it.
"""

import csv
import json
import os
import re
import stat
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import new as new_digest
from pathlib import Path
from posixpath import splitext
from typing import Any, cast
from urllib.parse import urlsplit

from attrs import evolve, frozen

from intimacy_kit.content.packs import Pack
from intimacy_kit.loading.documents import PACK_FILE, ReadPack, read_pack
from intimacy_kit.loading.overlays import Overlay, asked_for, overlay_file, read_overlay, with_overlays
from intimacy_kit.loading.preflight import CONTENT
from intimacy_kit.problems import Problem, Where

__all__ = ["GROUP", "Found", "find"]

#: A distribution of ``importlib_metadata``, which calls its type differently from release to release.
Distribution = Any

#: The entry-point group of packs.
GROUP = "intimacy_kit.packs"

#: How many packs one distribution may hold; each of them is looked for by itself.
_MOST_PACKS = 100
#: How many bytes all translations of a pack may have together.
_MOST_TRANSLATED = 4 * CONTENT.size
#: How long the entry points of a distribution with packs may be, in characters; a hundred of the longest names fit.
_LONGEST = 16 * 1024

_PACKAGE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_DIGESTS = {"sha256", "sha384", "sha512"}
_CODE = {".py", ".pyc", ".pyo", ".so", ".pyd", ".dll", ".dylib", ".exe", ".sh", ".pth"}


@frozen
class Found:
    """One pack that a distribution says it has."""

    #: The distribution, as ``name version``.
    distribution: str
    #: The name of the entry point: the name of the pack; empty where not even that could be read.
    name: str
    #: The pack, or all that is wrong with it.
    read: ReadPack
    #: The folder it was read from; None where it was not found.
    folder: Path | None = None
    #: What is wrong with its translations; it is used without those.
    untranslated: tuple[Problem, ...] = ()


class _BrokenError(Exception):
    """Something is wrong with a distribution; carries code, message and hint."""


def find(kit: str, *, path: Iterable[str] | None = None, languages: Iterable[str] | None = None) -> Iterator[Found]:
    """Find the packs of all installed distributions, in the order of the import path.

    *kit* is the release of the kit that the packs have to work with. *path* are the folders to look
    in instead of ``sys.path``, for an app that keeps its packs in a folder of its own. *languages* are those that
    will be asked for; other translations are not read.
    """
    from importlib_metadata import distributions  # noqa: PLC0415 - only needed here, and slow

    seen = set()
    places = {} if path is None else {"path": list(path)}
    wanted = None if languages is None else tuple(languages)
    for distribution in distributions(**places):
        try:
            text = _entry_points(distribution)
        except _BrokenError as error:
            name, _ = _name(distribution)
            yield Found(name, "", _refused(name, error))
            continue
        if GROUP not in text:  # most have no pack; to read their metadata, too, would take longer than all the rest
            continue
        name, described = _name(distribution)
        bare = name.partition(" ")[0]
        first = next(iter(distributions(name=bare, **places)), distribution)
        key = re.sub(r"[-_.]+", "-", bare).lower()
        if key in seen or (described and first.locate_file("") != distribution.locate_file("")):
            continue  # shadowed by one earlier on the path, as for imports
        seen.add(key)
        try:
            entries = _entries(distribution, text, described=described)
        except _BrokenError as error:
            yield Found(name, "", _refused(name, error))
            continue
        for pack, package in entries:
            found, record = _found(distribution, name, pack, package, kit)
            yield _translated(found, record, wanted) if found.read.pack else found


def _refused(distribution: str, error: _BrokenError) -> ReadPack:
    code, message, hint = error.args
    return ReadPack(None, (Problem(Where(distribution), code, message, hint),))


def _name(distribution: Distribution) -> tuple[str, bool]:
    """Return name and version, and whether it has both; without metadata the name of its folder."""
    try:
        metadata = distribution.metadata  # it is parsed each time it is asked for
        name, version = metadata["Name"], metadata["Version"]
        return f"{name} {version}", bool(name and version)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is told by another step
        return Path(str(getattr(distribution, "_path", "a distribution without a name"))).name, False


def _entry_points(distribution: Distribution) -> str:
    """Return the text of all entry points of a distribution."""
    try:
        return distribution.read_text("entry_points.txt") or ""
    except (OSError, UnicodeError) as error:
        raise _BrokenError("K302", "its entry points cannot be read", "reinstall it") from error


def _entries(distribution: Distribution, text: str, *, described: bool) -> list[tuple[str, str]]:
    """Return the packs a distribution names in the text of its entry points, as pairs of pack and package."""
    if len(text) > _LONGEST:  # each line takes a while to read
        said = f"its entry points are longer than {_LONGEST} characters"
        raise _BrokenError("K302", said, "split it into several distributions")
    try:
        entries = [(entry.name, entry.value) for entry in distribution.entry_points.select(group=GROUP)]
    except Exception as error:
        raise _BrokenError("K302", "its entry points are not written as they must be", "reinstall it") from error
    if len(entries) > _MOST_PACKS:
        raise _BrokenError("K302", f"it names more than {_MOST_PACKS} packs", "split it into several distributions")
    if entries and not described:
        raise _BrokenError("K301", "its metadata is missing or cannot be read", "reinstall it")
    return entries


def _found(distribution: Distribution, name: str, pack: str, package: str, kit: str) -> tuple[Found, Mapping[str, str]]:
    """Return a pack as it was written, and the digests that RECORD has of its files."""
    folder: Path | None = None
    record: Mapping[str, str] = {}
    try:
        _refuse_path(pack, package)
        folder, record = _place(distribution, package)
        _refuse_code(folder)
        data = _bytes(folder / PACK_FILE, record)
    except _BrokenError as error:
        return Found(name, pack, _refused(name, error), folder), record
    except OSError as error:
        return Found(name, pack, _refused(name, _unreadable(error)), folder), record
    read = read_pack(data, f"{name}: {PACK_FILE}", kit=kit)
    if read.pack and read.pack.name != pack:
        said = f"the entry point is called '{pack}', the pack in it '{read.pack.name}'"
        read = _refused(name, _BrokenError("K310", said, "give them the same name"))
    return Found(name, pack, read, folder), record


def _unreadable(error: OSError) -> _BrokenError:
    return _BrokenError("K304", f"its files cannot be read: {error.strerror}", "reinstall it")


def _translated(found: Found, record: Mapping[str, str], wanted: Iterable[str] | None) -> Found:
    """Return a pack with the translations that are wanted, or all it says it has; a broken one is told instead."""
    pack, folder = cast("Pack", found.read.pack), cast("Path", found.folder)
    overlays: list[Overlay] = []
    problems: list[Problem] = []
    room = _MOST_TRANSLATED
    for language in asked_for(pack, wanted):
        file = overlay_file(language)
        try:
            data = _bytes(folder / file, record, most=min(room, CONTENT.size))
        except (_BrokenError, OSError) as error:
            broken = error if isinstance(error, _BrokenError) else _unreadable(error)
            problems += _refused(found.distribution, broken).problems
            continue
        room = max(0, room - len(data))
        read = read_overlay(data, f"{found.distribution}: {file}", pack, language)
        problems += read.problems
        overlays += [read.overlay] if read.overlay else []
    return evolve(found, read=ReadPack(with_overlays(pack, overlays)), untranslated=tuple(problems))


def _refuse_path(pack: str, package: str) -> None:
    """Refuse an entry point that names anything but a top-level package."""
    if not _PACKAGE.fullmatch(package):
        said = f"the entry point '{pack}' must name a top-level package"
        raise _BrokenError("K302", said, 'such as tea = "intimacy_pack_tea", without a dot or a colon')


def _place(distribution: Distribution, package: str) -> tuple[Path, Mapping[str, str]]:
    """Return the folder of the package, and the digests of its files by name, as far as there is a RECORD."""
    project = _editable(distribution)
    if project is not None:
        for folder in (project / "src" / package, project / package):
            if folder.is_dir():
                return folder, {}
        raise _BrokenError("K303", f"there is no package '{package}' in {project}", "install it again")
    record = _recorded(distribution, package)
    return Path(str(distribution.locate_file(package))), record


def _editable(distribution: Distribution) -> Path | None:
    """Return the project folder of an editable install (PEP 610); None for any other."""
    from urllib.request import url2pathname  # noqa: PLC0415 - it brings http and ssl, and only folders need it

    try:
        origin = json.loads(distribution.read_text("direct_url.json") or "{}")
        if origin.get("dir_info", {}).get("editable") is not True:
            return None
        return Path(url2pathname(urlsplit(origin["url"]).path))
    except Exception as error:
        raise _BrokenError("K301", "its direct_url.json cannot be read", "reinstall it") from error


def _recorded(distribution: Distribution, package: str) -> Mapping[str, str]:
    """Check RECORD and return the digests of the files of a package by name; nothing where there is none."""
    try:
        rows = csv.reader((distribution.read_text("RECORD") or "").splitlines(), strict=True)
        record = {_inside(name): digest for name, digest, _ in rows}
    except (OSError, ValueError, csv.Error) as error:
        raise _BrokenError("K306", "its RECORD cannot be read", "reinstall it") from error
    if not record:
        return {}
    for name in record:
        if "/" not in name and splitext(name)[1] in _CODE:
            raise _BrokenError("K312", f"it installs code: {name}", "a pack is data only")
    inside = {
        name.removeprefix(f"{package}/"): digest for name, digest in record.items() if name.startswith(f"{package}/")
    }
    if PACK_FILE not in inside:
        raise _not_installed(package, PACK_FILE)
    return inside


def _not_installed(package: str, file: str) -> _BrokenError:
    return _BrokenError("K304", f"it was installed without {package}/{file}", "its builder must include that file")


def _inside(name: str) -> str:
    """Return the name of a file in RECORD, without steps that lead nowhere; refuse one outside the environment."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if name.startswith("/") or ".." in parts or "\\" in name:
        raise _BrokenError("K306", "its RECORD names files outside the environment", "do not use it")
    return "/".join(parts)


def _refuse_code(folder: Path) -> None:
    """Refuse a package that is a link, missing, or holds anything that could run."""
    if folder.is_symlink():
        raise _BrokenError("K305", f"its package '{folder.name}' is a link", "a pack holds its own files")
    if not folder.is_dir():
        raise _BrokenError("K303", f"there is no package '{folder.name}'", "reinstall it")
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            path = Path(parent, name)
            empty_init = name == "__init__.py" and path.lstat().st_size == 0
            if path.suffix in _CODE and not empty_init:
                said = f"it holds code: {path.relative_to(folder).as_posix()}"
                raise _BrokenError("K312", said, "a pack is data only; __init__.py stays empty")


def _bytes(file: Path, record: Mapping[str, str], most: int = CONTENT.size) -> bytes:
    """Read a regular file that is no link, and not a byte more than it may have; it must be what RECORD says."""
    if record and file.name not in record:
        raise _not_installed(file.parent.name, file.name)
    try:
        status = file.lstat()
    except OSError as error:
        raise _BrokenError("K304", f"there is no {file.name} in its package", "reinstall it") from error
    _refuse_irregular(status, file.name)
    with open(file, "rb", opener=_without_links) as opened:
        _refuse_irregular(os.fstat(opened.fileno()), file.name)  # it may have been swapped in the meantime
        data = opened.read(most + 1)
    if len(data) > most < CONTENT.size:  # what is larger than one may be is refused before it is parsed
        raise _BrokenError("K005", f"its translations are larger than {_MOST_TRANSLATED} bytes", "ship fewer of them")
    _check_digest(data, record.get(file.name, ""), file.name)
    return data


def _refuse_irregular(status: os.stat_result, file: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _BrokenError("K305", f"its {file} is a link or no file", "a pack holds its own files")


def _without_links(path: str, flags: int) -> int:
    """Open a file unless it became a link in the meantime, and without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _check_digest(data: bytes, digest: str, file: str) -> None:
    mode, _, value = digest.partition("=")
    if not digest:
        return
    if mode not in _DIGESTS:
        raise _BrokenError("K307", f"its RECORD uses the digest {mode}", "it must be sha256 or stronger")
    found = urlsafe_b64encode(new_digest(mode, data).digest()).rstrip(b"=").decode("ascii")
    if found != value:
        raise _BrokenError("K307", f"its {file} was changed after it was installed", "reinstall it")
