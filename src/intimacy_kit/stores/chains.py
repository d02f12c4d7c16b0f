"""Hash chains: what tells a log that was changed, cut or put back from the one that was written.

Each event is kept as a *body*: 16 random bytes and its text. The head of a log at a version is the digest of the head
before, the version, and the digest of the body; it begins with the name of the log. So a changed byte, a lost or moved
event and a cut end are seen, and the random bytes keep a digest from confirming a guess at what somebody wrote.
It proves no author: whoever may write the file can write another chain, and :class:`~intimacy_kit.stores.Head`, kept
elsewhere, tells that.
"""

import secrets
from hashlib import sha256

__all__ = ["SALT", "digest_of", "genesis", "head_after", "key_sum", "key_trace", "mark_of", "proof_of", "salted"]

#: How many random bytes stand before the text in a body.
SALT = 16


def salted(text: bytes) -> bytes:
    """Return the body that a text is kept as; never the same twice."""
    return secrets.token_bytes(SALT) + text


def digest_of(body: bytes) -> bytes:
    """Return the digest of a body."""
    return sha256(body).digest()


def genesis(space: str, partner: str | None) -> bytes:
    """Return the head of a log that has no events yet; each log has its own.

    >>> genesis("us", None) == genesis("us", "a"), genesis("us", "a") == genesis("us", "a")
    (False, True)
    """
    return _sum("log", space, partner or "")


def head_after(head: bytes, version: int, body: bytes) -> bytes:
    """Return the head of a log after one more event, the one of this version."""
    return sha256(b"%b%b%b" % (head, version.to_bytes(8, "big"), sha256(body).digest())).digest()


def key_trace(space: str, scope: str, key: str) -> bytes:
    """Return what a key is found by a second time, so that one that got lost is missed."""
    return _sum("key", space, scope, key)


def key_sum(space: str, scope: str, key: str, partner: str, versions: tuple[int, int]) -> bytes:
    """Return the checksum of what is kept about a key: which log it appended to, from which version to which."""
    return _sum("append", space, scope, key, partner, *map(str, versions))


def mark_of(space: str, partner: str) -> bytes:
    """Return the mark that stays of somebody who was erased; it says nothing to those who do not know the id."""
    return _sum("erased", space, partner)


def proof_of(space: str, partner: str, *, shared: bool) -> bytes:
    """Return what stands beside a mark: whether what the person shared went too."""
    return _sum("erased with all they shared" if shared else "erased, and left what they shared", space, partner)


def _sum(*parts: str) -> bytes:
    """Return the digest of some words, each behind its length, so that no two lists look alike."""
    encoded = [part.encode(errors="surrogateescape") for part in ("intimacy-kit", *parts)]
    return sha256(b"".join(len(part).to_bytes(4, "big") + part for part in encoded)).digest()
