"""Where the keys of people come from: a protocol for the host app, and a folder of key files for a small one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

__all__ = ["KEY_BYTES", "FolderKeys", "KeyProvider"]

#: How long a key is, in bytes: 256 bits.
KEY_BYTES = 32


class KeyProvider(Protocol):
    """Gives a store the keys of people; the kit itself keeps none.

    A key is 32 random bytes, its id 1 to 255 bytes of text. *partner* is None for the key of the space: under it stands
    what somebody who was erased left to the others. A store calls these in the middle of an append, a read or an
    erase and waits for them, so keep the keys at hand; what they raise comes out of the store as it is.
    """

    def current(self, space: str, partner: str | None) -> tuple[str, bytes]:
        """Return the id and the key for what this person writes now; make one where there is none yet."""

    def key(self, space: str, partner: str | None, key_id: str) -> bytes | None:
        """Return a key of this person, the current one or an earlier one; None where there is none of this id."""

    def destroy(self, space: str, partner: str | None) -> None:
        """Destroy all keys of this person, and every copy of them; harmless where there are none."""


class FolderKeys:
    """Keeps keys in files that only the account of the app can read: for tests, and for an app on one machine.

    Keep the folder neither beside the database nor in its backups: who has both reads everything. A
    destroyed key is overwritten and then removed, but a file system that copies on writing, a disk that spreads
    its wear, a snapshot or a backup may hold it still; where that matters, let a key service be the provider.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     keys = FolderKeys(folder)
    ...     name, key = keys.current("us", "ada")
    ...     keys.destroy("us", "ada")
    ...     name, len(key), keys.key("us", "ada", name)
    ('1', 32, None)
    """

    def __init__(self, folder: str | Path) -> None:
        """Keep the keys in this folder; it is made when the first key is."""
        self._folder = Path(folder)

    def current(self, space: str, partner: str | None) -> tuple[str, bytes]:
        """Return the latest key of a person, which is made where there is none; raises OSError where it cannot be."""
        latest = max(self._numbers(space, partner), default=0)
        key = self.key(space, partner, str(latest))
        if key is not None:
            return str(latest), key
        self._add(space, partner, latest + 1)
        return self.current(space, partner)

    def key(self, space: str, partner: str | None, key_id: str) -> bytes | None:
        """Return a key of a person; None where there is none of this id, or its file holds no key."""
        path = self._of(space, partner) / f"{key_id}.key"
        if not _is_number(key_id) or not path.is_file():
            return None
        key = path.read_bytes()
        return key if len(key) == KEY_BYTES else None

    def renew(self, space: str, partner: str | None) -> str:
        """Make a new key the current one, and return its id.

        What was written before stands under the earlier key until ``store.rotate(space, partner)`` is through; then
        :meth:`forget` destroys the earlier ones.
        """
        self._add(space, partner, max(self._numbers(space, partner), default=0) + 1)
        return self.current(space, partner)[0]

    def forget(self, space: str, partner: str | None) -> None:
        """Destroy all keys of a person but the current one: after a rotation that came to its end."""
        for number in sorted(self._numbers(space, partner))[:-1]:
            _shred(self._of(space, partner) / f"{number}.key")

    def destroy(self, space: str, partner: str | None) -> None:
        """Overwrite and remove all keys of a person; harmless where there are none."""
        folder = self._of(space, partner)
        if folder.is_dir():
            for path in folder.iterdir():
                _shred(path)
            folder.rmdir()

    def _of(self, space: str, partner: str | None) -> Path:
        """Return the folder of a person: ids may hold characters that no file name can."""
        whose = [space.encode(), *([partner.encode()] if partner is not None else [])]
        return self._folder / sha256(b"".join(len(name).to_bytes(4, "big") + name for name in whose)).hexdigest()

    def _numbers(self, space: str, partner: str | None) -> list[int]:
        return [int(path.stem) for path in self._of(space, partner).glob("*.key") if _is_number(path.stem)]

    def _add(self, space: str, partner: str | None, number: int) -> None:
        """Make the key of a number; where another process was faster, what that one made stands."""
        folder = self._of(space, partner)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half_done = folder / f"{secrets.token_hex(8)}.new"
        with _opened_for_us_alone(half_done) as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        try:
            with suppress(FileExistsError):
                os.link(half_done, folder / f"{number}.key")  # as a whole or not at all, and never over another
        finally:
            half_done.unlink()
        for made in (folder, folder.parent):
            _to_disk(made)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


@contextmanager
def _opened_for_us_alone(path: Path) -> Iterator[BinaryIO]:
    """Open a file that nobody else may read; at the end its bytes are on the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _shred(path: Path) -> None:
    """Write over a file, and remove it."""
    with _opened_for_us_alone(path) as file:
        file.write(bytes(KEY_BYTES))
    path.unlink()


def _to_disk(folder: Path) -> None:
    """See that what was made in a folder outlives a power cut: words whose key is lost are lost."""
    with suppress(PermissionError):  # on Windows no folder can be opened
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
