"""What OLD and NEW stand for: sources, a wheel, a compiled pack, a ``released.json``, or an installed pack."""

import json
import zipfile
from pathlib import Path
from typing import Any

from intimacy_kit.authoring.building import compile_pack
from intimacy_kit.authoring.updates.checking import RELEASED, last_release
from intimacy_kit.authoring.updates.snapshots import Snapshot, snapshot_of
from intimacy_kit.errors import InvalidPackError, KitError
from intimacy_kit.loading.documents import MANIFEST, PACK_FILE, kit_release, read_pack
from intimacy_kit.loading.explaining import similar_to
from intimacy_kit.loading.installed import find
from intimacy_kit.loading.preflight import CONTENT
from intimacy_kit.problems import Problem, Where

__all__ = ["open_version"]


def open_version(name: str) -> Snapshot:
    """Return what is remembered of the version of a pack that a name stands for.

    Raises InvalidPackError with all problems where it cannot be read, and KitError where there is nothing of the name.
    """
    path = Path(name)
    if not path.exists():
        return _of_bytes(_installed(name), name)
    path = path.parent if path.name == MANIFEST else path
    if path.name == RELEASED:
        snapshot, problems = last_release(path.parent)
        return _or_raise(snapshot, name, problems)
    if path.suffix == ".whl":
        return _of_bytes(_in_wheel(path), name)
    if (path / MANIFEST).is_file():
        built = compile_pack(path)
        return _or_raise(snapshot_of(json.loads(built.data)) if built.pack else None, name, built.problems)
    files = [path] if path.is_file() else [*path.glob(PACK_FILE), *sorted(path.glob(f"src/*/{PACK_FILE}"))]
    if not files:
        raise KitError(f"'{name}' holds no pack; name sources, a wheel, a {PACK_FILE} or an installed pack")
    return _of_bytes(files[0].read_bytes(), str(files[0]))


def _or_raise(snapshot: Snapshot | None, name: str, problems: tuple[Problem, ...]) -> Snapshot:
    if snapshot is None:
        raise InvalidPackError(name, problems)
    return snapshot


def _of_bytes(data: bytes, name: str) -> Snapshot:
    read = read_pack(data, name, kit=kit_release())
    document: dict[str, Any] = json.loads(data) if read.pack else {}
    return _or_raise(snapshot_of(document) if read.pack else None, name, read.problems)


def _in_wheel(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as opened:
            inside = [info for info in opened.infolist() if info.filename.count("/") == 1]
            found = next((info for info in inside if info.filename.endswith(f"/{PACK_FILE}")), None)
            if found is None or found.file_size > CONTENT.size:
                problem = Problem(Where(path.name), "K927", f"there is no {PACK_FILE} in it", "build it again")
                raise InvalidPackError(str(path), (problem,))
            return opened.read(found)
    except zipfile.BadZipFile:
        raise KitError(f"'{path}' is no wheel that can be opened; build it again") from None


def _installed(name: str) -> bytes:
    found = {one.name: one for one in find(kit_release()) if one.name}
    if name not in found:
        near = similar_to(name, found)
        hint = f"did you mean '{near}'?" if near else f"installed: {', '.join(sorted(found)) or 'none'}"
        raise KitError(f"no folder, file or installed pack '{name}'; {hint}")
    one = found[name]
    if one.read.pack is None or one.folder is None:
        raise InvalidPackError(name, one.read.problems)
    return (one.folder / PACK_FILE).read_bytes()
