"""How what belongs to one person is kept: as it is, or encrypted by :mod:`intimacy_kit.stores.encryption`."""

from typing import Protocol

from attrs import frozen

from intimacy_kit.errors import KitError, StoreCorruptError, StoreKeyError
from intimacy_kit.stores.keys import KeyProvider

__all__ = ["PLAIN", "Coder", "Place", "Plain", "coder_for"]

#: The first byte of what is kept as it is; another one names a way of encryption.
PLAIN = b"\x00"
_ENCRYPTED = (b"\x01", b"\x02")


@frozen
class Place:
    """Where something that is kept stands. What was encrypted opens nowhere else."""

    space: str
    #: The partner whose private log it is; empty for the joint log.
    log: str
    #: The version of the event, or of the joint event that the words belong to.
    version: int
    #: Whose it is: the partner of a private log, or who wrote these words of a joint answer.
    person: str
    #: What it is: ``event`` or ``words``.
    kind: str

    @property
    def bound(self) -> bytes:
        """The place as bytes, each part behind its length, so that no two places look alike."""
        parts = [part.encode() for part in ("intimacy-kit", self.space, self.log, self.person, self.kind)]
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts) + self.version.to_bytes(8, "big")

    @property
    def log_name(self) -> str:
        """What the log is called in messages."""
        return f"{self.space}/{self.log}" if self.log else self.space


class Coder(Protocol):
    """How what belongs to one person is kept. The first byte of what is kept says how."""

    def seal(self, place: Place, body: bytes) -> bytes:
        """Return what is kept; raise StoreKeyError where there is no key for it."""

    def open(self, place: Place, kept: bytes) -> bytes:
        """Return what was kept.

        Raises StoreKeyError for a wrong or missing key, StoreCorruptError for what was changed or put there from
        elsewhere.
        """

    def hand_over(self, place: Place, kept: bytes) -> bytes:
        """Return the same, to be kept when the keys of the person are gone; harmless twice."""

    def is_current(self, place: Place, kept: bytes) -> bool:
        """Tell whether it is kept as :meth:`seal` would keep it now, or was handed over."""

    def destroy(self, space: str, person: str | None) -> None:
        """Destroy the keys of a person, or of what was handed over to the space; harmless twice."""


def coder_for(store: str, keys: KeyProvider | None) -> Coder:
    """Return how the store of this name keeps what people wrote: encrypted where there are keys.

    Raises KitError where the package that encrypts is not installed.
    """
    if keys is None:
        return Plain(store)
    try:
        from intimacy_kit.stores.encryption import Encrypted  # noqa: PLC0415 - the extra may be missing
    except ModuleNotFoundError:
        raise KitError(
            "an encrypted store needs more than the kit itself: pip install 'intimacy-kit[encrypted]'"
        ) from None
    return Encrypted(store, keys)


@frozen
class Plain:
    """Keeps what people wrote as it is.

    >>> here = Place("us", "ada", 1, "ada", "event")
    >>> Plain("us.db").open(here, Plain("us.db").seal(here, b"a body"))
    b'a body'
    """

    #: What the store is called in messages.
    store: str

    def seal(self, place: Place, body: bytes) -> bytes:  # noqa: ARG002 - the other coders look at the place - it may stand anywhere
        """Return what is kept."""
        return PLAIN + body

    def open(self, place: Place, kept: bytes) -> bytes:
        """Return what was kept; raise StoreKeyError where it was encrypted, StoreCorruptError for anything else."""
        if kept[:1] == PLAIN:
            return kept[1:]
        if kept[:1] in _ENCRYPTED:
            raise StoreKeyError(self.store, f"holds what is encrypted (log '{place.log_name}'); open it with its keys")
        raise StoreCorruptError(self.store, "holds something that was changed", place.log_name, place.version)

    def hand_over(self, place: Place, kept: bytes) -> bytes:
        """Return the same; raise StoreKeyError where it was encrypted."""
        return self.seal(place, self.open(place, kept))

    def is_current(self, place: Place, kept: bytes) -> bool:  # noqa: ARG002 - the other coders look at the place
        """Tell whether it is kept as it is."""
        return kept[:1] == PLAIN

    def destroy(self, space: str, person: str | None) -> None:
        """Do nothing: there are no keys."""
