"""Exports as files, in a folder of the host's: written for one person, deleted for a whole space."""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from intimacy_kit.stores.exports import Export

__all__ = ["delete_files", "write_files"]


def write_files(folder: Path, export: Export, titles: Mapping[str, str]) -> tuple[Path, Path]:
    """Write an export as JSON and as Markdown, for their owner alone to read, and return the two files.

    *titles* are those of activities, by id. Each file is there as a whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{_short(export.space)}-{_short(export.partner)}"
    written = folder / f"{name}.json", folder / f"{name}.md"
    for file, data in zip(written, (export.to_json(), export.to_markdown(titles).encode()), strict=True):
        half = file.with_suffix(f"{file.suffix}.half")
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        half.write_bytes(data)
        half.replace(file)
    return written


def delete_files(folder: Path, space: str) -> None:
    """Delete the exports of everybody in a space, whole and half written ones."""
    for file in folder.glob(f"{_short(space)}-*"):
        file.unlink(missing_ok=True)


def _short(name: str) -> str:
    """Return what stands for an id in the name of a file: ids are the host's, and may hold anything."""
    return blake2b(name.encode(), digest_size=8).hexdigest()
