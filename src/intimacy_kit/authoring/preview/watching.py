"""Watching a folder of sources: each change gives a new look at it, and wakes all who wait for one."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import evolve
from watchfiles import awatch

from intimacy_kit.authoring.preview.looking import Look, look
from intimacy_kit.authoring.preview.reading import Reader
from intimacy_kit.content.packs import Pack

__all__ = ["Desk"]

#: A burst of saves is over when so long nothing was saved, in milliseconds.
_QUIET_MS = 50
#: So often it is looked whether the folder itself is still there, in milliseconds.
_LOOK_MS = 1000
#: Files larger than this, in bytes, are told apart by size and time alone.
_LARGE = 4_000_000

#: The size and the time of each file.
_Prints = tuple[tuple[str, int, int], ...]


class Desk:
    """What lies on the desk: the folder as it is now, looked at again whenever something in it changes."""

    def __init__(self, root: Path, beside: Sequence[Pack] = ()) -> None:
        self._root = root
        self._beside = beside
        self._reader = Reader()
        self._prints = _prints(root)
        self._changed = asyncio.Event()
        #: Whether the preview is ending.
        self.closed = False
        #: The folder as it is now.
        self.look: Look = look(root, self._reader, beside, _digest(root, self._prints))

    async def watch(self) -> None:
        """Look again whenever something changes, until it is cancelled."""
        while True:
            if self._root.is_dir():
                await self._watch_folder()
            else:
                await self._refresh()
                await asyncio.sleep(_LOOK_MS / 1000)

    async def changes(self, seen: str) -> AsyncIterator[str]:
        """Give the version of each look that is not the one seen last, until the preview ends."""
        while not self.closed:
            changed = self._changed
            if self.look.version != seen:
                seen = self.look.version
                yield seen
            else:
                await changed.wait()

    def close(self) -> None:
        """Let go of all who wait."""
        self.closed = True
        self._wake()

    async def _watch_folder(self) -> None:
        """Follow the folder until it goes away, or another one stands in its place."""
        begun = _number(self._root)
        changes = awatch(self._root, step=_QUIET_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True)
        async for _ in changes:
            await self._refresh()
            if _number(self._root) != begun:
                break

    async def _refresh(self) -> None:
        """Look again if a file has changed, with the page still being served meanwhile."""
        if await asyncio.to_thread(self._look_again):
            self._wake()

    def _look_again(self) -> bool:
        """Look at the folder; tell whether there is anything new to be seen."""
        prints = _prints(self._root)
        if prints == self._prints:
            return False
        version = _digest(self._root, prints)
        before = self.look
        if version != before.version:
            try:
                self.look = look(self._root, self._reader, self._beside, version)
            except OSError:  # a file went away while it was read: there is something to see at the next look
                return False
            except Exception as error:  # noqa: BLE001 - a mistake of the kit; the next save may get around it
                self.look = evolve(before, version=version, trouble=type(error).__name__)
        self._prints = prints
        return self.look is not before

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()


def _number(root: Path) -> int | None:
    """Return what tells a folder from another one of the same name."""
    try:
        return root.stat().st_ino
    except OSError:
        return None


def _prints(root: Path) -> _Prints:
    return tuple(sorted(_files(root)))


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    """Give the size and the time of each file in a folder; what is hidden is left out."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        for name in names:
            path = Path(folder, name)
            try:
                stat = path.stat()
            except OSError:
                continue
            if not _is_hidden(name):
                yield path.relative_to(root).as_posix(), stat.st_size, stat.st_mtime_ns


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__pycache__")) or name.endswith("~")


def _digest(root: Path, prints: _Prints) -> str:
    """Return what tells the contents of a folder from others."""
    digest = sha256()
    for name, size, time in prints:
        digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogateescape"))
        try:
            digest.update(str(time).encode() if size > _LARGE else (root / name).read_bytes())
        except OSError:
            digest.update(b"gone")
    return digest.hexdigest()[:16]
