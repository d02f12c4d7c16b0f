"""What people wrote, kept encrypted: one key for each person, from the host app; needs the extra ``encrypted``.

A kept value begins with a byte that says how it is kept: 0 as it is, 1 with AES-256-GCM, 2 with AES-256-GCM-SIV, which
is taken where the machine has it (it forgives a nonce that comes twice). The place where a value stands is bound
into it: put into another row, another log or another person's hands, it does not open.

This hides words, boundaries, and which kind of event it was. It does not hide how many events there are and how
long each one is, nor the facts of the joint log, which both people know.
"""

import secrets
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

from attrs import field, frozen
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

from intimacy_kit.errors import StoreCorruptError, StoreError, StoreKeyError
from intimacy_kit.stores.coders import PLAIN, Place
from intimacy_kit.stores.keys import KEY_BYTES, KeyProvider

__all__ = ["Encrypted"]

_GCM, _GCM_SIV = 1, 2
_NONCE_BYTES, _MARK_BYTES, _LONGEST_ID = 12, 8, 255
_OWN, _LEFT = 0, 1  # under a key of the person, or of the space: what somebody who was erased left to the others


class _Cipher(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


def _ciphers() -> dict[int, Callable[[bytes], _Cipher]]:
    """Return what makes a cipher of a key, by the first byte of what is kept: those that this machine has."""
    try:
        AESGCMSIV(bytes(KEY_BYTES))
    except UnsupportedAlgorithm:
        return {_GCM: AESGCM}
    return {_GCM: AESGCM, _GCM_SIV: AESGCMSIV}


@frozen
class _Head:
    """What stands before the encrypted part of a kept value."""

    form: int
    whose: int
    key_id: bytes
    #: Tells the right key from another one, and nothing about it.
    key_mark: bytes
    nonce: bytes

    def __bytes__(self) -> bytes:
        return bytes([self.form, self.whose, len(self.key_id)]) + self.key_id + self.key_mark + self.nonce


@frozen
class Encrypted:
    """Keeps what people wrote under a key of theirs; what an earlier store kept as it was, it reads too."""

    store: str
    _keys: KeyProvider = field(repr=False)
    _known: dict[int, Callable[[bytes], _Cipher]] = field(factory=_ciphers, init=False, repr=False)

    def seal(self, place: Place, body: bytes) -> bytes:
        """Return what is kept, under the current key of the person."""
        return self._sealed(place, body, _OWN)

    def open(self, place: Place, kept: bytes) -> bytes:
        """Return what was given to be kept; see :class:`~intimacy_kit.stores.coders.Coder`."""
        if kept[:1] == PLAIN:
            return kept[1:]
        head, encrypted = self._split(place, kept)
        key = self._keys.key(place.space, _owner(place, head.whose), head.key_id.decode(errors="replace"))
        if key is None or _mark_of(key) != head.key_mark:
            raise StoreKeyError(
                self.store, f"holds {_named(place)} under a key that was not given, or another one was given"
            )
        try:
            return self._known[head.form](key).decrypt(head.nonce, encrypted, place.bound + bytes(head))
        except InvalidTag:
            raise self._has_changed(place) from None

    def hand_over(self, place: Place, kept: bytes) -> bytes:
        """Return the same under the key of the space; harmless twice, and after the keys of the person are gone."""
        return self._sealed(place, self.open(place, kept), _LEFT)

    def is_current(self, place: Place, kept: bytes) -> bool:
        """Tell whether it is kept as :meth:`seal` would keep it now, or was handed over."""
        if kept[:1] == PLAIN:
            return False
        head, _ = self._split(place, kept)
        if head.whose == _LEFT:
            return True
        key_id, key = self._current(place, _OWN)
        return (head.form, head.key_id, head.key_mark) == (max(self._known), key_id, _mark_of(key))

    def destroy(self, space: str, person: str | None) -> None:
        """Destroy the keys of a person, or of what was handed over to the space."""
        self._keys.destroy(space, person)

    def _sealed(self, place: Place, body: bytes, whose: int) -> bytes:
        key_id, key = self._current(place, whose)
        head = _Head(max(self._known), whose, key_id, _mark_of(key), secrets.token_bytes(_NONCE_BYTES))
        bound = place.bound + bytes(head)
        return bytes(head) + _mark(bound) + self._known[head.form](key).encrypt(head.nonce, body, bound)

    def _current(self, place: Place, whose: int) -> tuple[bytes, bytes]:
        """Return the id and the key for what is kept now."""
        key_id, key = self._keys.current(place.space, _owner(place, whose))
        name = key_id.encode()
        if len(key) != KEY_BYTES or not 1 <= len(name) <= _LONGEST_ID:
            rule = f"a key has {KEY_BYTES} bytes, its id 1 to {_LONGEST_ID}"
            raise StoreKeyError(self.store, f"was given something that is no key; {rule}")
        return name, key

    def _split(self, place: Place, kept: bytes) -> tuple[_Head, bytes]:
        """Return what stands before the encrypted part, and that part.

        The check between them is no lock: it only tells a changed byte from a key that is missing.
        """
        end = 3 + int.from_bytes(kept[2:3], "big") + _MARK_BYTES + _NONCE_BYTES
        head, check, encrypted = kept[:end], kept[end : end + _MARK_BYTES], kept[end + _MARK_BYTES :]
        if check != _mark(place.bound + head) or head[0] not in (_GCM, _GCM_SIV) or head[1] not in (_OWN, _LEFT):
            raise self._has_changed(place)
        if head[0] not in self._known:
            raise StoreError(
                self.store,
                f"holds {_named(place)} in AES-GCM-SIV, which this machine's OpenSSL lacks; take 3.2 or later",
            )
        name, mark = head[3 : -_MARK_BYTES - _NONCE_BYTES], head[-_MARK_BYTES - _NONCE_BYTES : -_NONCE_BYTES]
        return _Head(head[0], head[1], name, mark, head[-_NONCE_BYTES:]), encrypted

    def _has_changed(self, place: Place) -> StoreCorruptError:
        return StoreCorruptError(
            self.store, "holds something that was changed, or put there from elsewhere", place.log_name, place.version
        )


def _named(place: Place) -> str:
    return f"event {place.version} of '{place.log_name}'"


def _owner(place: Place, whose: int) -> str | None:
    return place.person if whose == _OWN else None


def _mark(data: bytes) -> bytes:
    return sha256(data).digest()[:_MARK_BYTES]


def _mark_of(key: bytes) -> bytes:
    return _mark(b"intimacy-kit key" + key)
