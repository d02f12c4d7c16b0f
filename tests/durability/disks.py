"""A model of a disk that loses its power: what a program wrote, and what may be left of it at any moment.

``strace`` records what a program does to the files of a folder. What was written to a file and not synced since may
be on the disk or not, each sector of 512 bytes by itself, in any order; where a file was to grow, there may be
anything. Files that were made, removed or renamed are so for sure once their folder was synced; before, only the first
few of the changes may be. All the program wrote to stdout is known to somebody.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import which
from typing import Any

from attrs import Factory, define, frozen

__all__ = ["RECORDED", "Disk", "Image", "recorded", "strace"]

_SECTOR = 512
_CALLS = (
    *("openat", "close", "write", "pwrite64", "pwritev", "pwritev2", "writev", "fsync", "fdatasync", "sync_file_range"),
    *("ftruncate", "truncate", "fallocate", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"),
)
RECORDED = f"trace={','.join(_CALLS)}"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def strace(output: Path, *more: str) -> tuple[str, ...]:
    """Return what to put before a command; *output* is written."""
    program = which("strace")
    assert program is not None
    return (program, "-f", "--seccomp-bpf", "-qq", "-xx", "-s", "1000000", "-o", str(output), *more)


@frozen
class Call:
    """A call to the operating system that changed something."""

    name: str
    #: The file, by a path or by the number it was opened under.
    where: str
    to: str = ""
    data: bytes = b""
    offset: int = 0
    makes: bool = False


def recorded(output: Path, folder: Path) -> Iterator[Call]:
    """Give what a program did to the files of a folder, and what it wrote to stdout."""
    opened: dict[str, str] = {}
    matches = [match for line in output.read_text().splitlines() if (match := _LINE.match(line))]
    for name, given, returned in (match.groups() for match in matches if int(match[3]) >= 0):
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(given)]
        bare = [part.strip() for part in _TEXT.sub("", given).split(",")]
        if name == "close":
            opened.pop(bare[0], None)
        elif name == "write" and bare[0] == "1":
            yield Call("say", "", data=texts[0])
        elif any(text.startswith(bytes(folder)) for text in texts):
            if name == "openat":
                opened[returned] = texts[0].decode()
            yield _to_a_path(name, given, [text.decode() for text in texts])
        elif bare[0] in opened:
            yield _to_an_open_file(name, opened[bare[0]], bare, texts, int(returned))


def _to_a_path(name: str, given: str, paths: list[str]) -> Call:
    match name:
        case "openat" if "O_TRUNC" not in given:
            return Call("open", paths[0], makes="O_CREAT" in given)
        case "unlink" | "rename":
            return Call(name, paths[0], to="".join(paths[1:]))
        case _:
            raise AssertionError(f"{name} is not in the model")


def _to_an_open_file(name: str, path: str, bare: list[str], texts: list[bytes], returned: int) -> Call:
    match name:
        case "pwrite64":
            return Call("write", path, data=texts[0][:returned], offset=int(bare[3]))
        case "fsync" | "fdatasync":
            return Call("sync", path)
        case "ftruncate":
            return Call("truncate", path, offset=int(bare[1]))
        case _:
            raise AssertionError(f"{name} is not in the model")


@frozen
class Written:
    """Something a file was changed by: bytes at a place, or, without any, a new size."""

    offset: int
    data: bytes | None


@define(eq=False)
class File:
    """What is surely on the disk of a file, and what may be."""

    sure: bytes = b""
    maybe: list[Written] = Factory(list)

    def sync(self) -> None:
        """Make sure of all."""
        self.sure, self.maybe = self.whole(), []

    def whole(self) -> bytes:
        """Return the file as a program sees it."""
        return self.left(None)

    def left(self, draw: Random | None) -> bytes:
        """Return what is left after the power went; without chance, all."""
        content = bytearray(self.sure)
        for written in self.maybe:
            if written.data is None:
                if draw is None or draw.random() < 1 / 2:
                    _resize(content, written.offset, draw)
                continue
            for offset, sector in _sectors(written.offset, written.data):
                if draw is None or draw.random() < 1 / 2:
                    if len(content) < offset:
                        _resize(content, offset, draw)
                    content[offset : offset + len(sector)] = sector
        return bytes(content)


def _resize(content: bytearray, size: int, draw: Random | None) -> None:
    """Cut a file, or let it grow: by zeros, or by whatever stood on the disk there."""
    more = size - len(content)
    del content[size:]
    content.extend(draw.randbytes(more) if draw is not None and more > 0 and draw.random() < 1 / 2 else bytes(more))


def _sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    end = offset + len(data)
    while offset < end:
        stop = min(end, (offset // _SECTOR + 1) * _SECTOR)
        yield offset, data[: stop - offset]
        data, offset = data[stop - offset :], stop


@frozen
class Image:
    """What is left on the disk, by the names of files, and what somebody heard of it."""

    files: dict[str, bytes]
    heard: str

    def write(self, folder: Path) -> None:
        """Write it into an empty folder."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


@define
class Disk:
    """A disk with one folder."""

    folder: str
    #: The folder as it surely is, and as it is in the end; what changed it in between, oldest first.
    _sure: dict[str, File] = Factory(dict)
    _now: dict[str, File] = Factory(dict)
    _maybe: list[dict[str, File]] = Factory(list)
    heard: bytes = b""

    def take(self, call: Call) -> None:
        """Do what a program did."""
        match call.name:
            case "say":
                self.heard += call.data
            case "write":
                self._now[call.where].maybe.append(Written(call.offset, call.data))
            case "truncate":
                self._now[call.where].maybe.append(Written(call.offset, None))
            case "sync":
                self._sync(call.where)
            case _:
                self._change_entries(call)

    def _sync(self, where: str) -> None:
        if where == self.folder:
            self._sure, self._maybe = dict(self._now), []
        else:
            self._now[where].sync()

    def _change_entries(self, call: Call) -> None:
        if call.name == "open" and (call.where in self._now or not call.makes):
            return
        entries = {name: file for name, file in self._now.items() if name != call.where}
        if call.name == "open":
            entries[call.where] = File()
        elif call.name == "rename":
            entries[call.to] = self._now[call.where]
        self._now = entries
        self._maybe.append(entries)

    def left(self, draw: Random | None) -> Image:
        """Return what is left when the power goes now; without chance, all, as after a kill."""
        entries: Any = self._now if draw is None else draw.choice([self._sure, *self._maybe])
        files = {Path(name).name: file.left(draw) for name, file in entries.items()}
        return Image(files, self.heard.decode())
