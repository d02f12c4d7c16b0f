"""Whether what was read from a store is what was written to it: nothing else becomes an event."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import field, frozen

from intimacy_kit.errors import StoreCorruptError, StoreKeyError
from intimacy_kit.practice.events import Event
from intimacy_kit.stores import log_name
from intimacy_kit.stores.bodies import event_of, read, text_of
from intimacy_kit.stores.chains import digest_of, genesis, head_after, mark_of, proof_of
from intimacy_kit.stores.coders import PLAIN, Coder, Place
from intimacy_kit.stores.statements import END

__all__ = ["END_BYTES", "GONE", "Kept", "Rows", "Standing", "Verifier"]

#: The rows of a statement.
Rows = list[tuple[Any, ...]]
#: Where a log stands: its version, and the head of its chain.
Standing = tuple[int, bytes]

#: What stands in the place of words that somebody took back before they were erased, where others keep the rest.
GONE = b"\x00"

#: What stands for a row that is not there.
_LOST = (0, b"", b"")
#: How many bytes say, in the row at the end of a log, which version is the last one.
END_BYTES = 8


@frozen
class Kept:
    """The rows of some versions of a log, as they were read together."""

    space: str
    partner: str | None
    #: The version before the first one.
    after: int
    #: The last version that was asked for.
    upto: int
    #: The row at the end of the log; none where there is no log.
    end: Rows = field(repr=False)
    #: The rows of the events, and the one before the first.
    rows: Rows = field(repr=False)
    #: The words of several people, in the joint log.
    words: Rows = field(repr=False)
    #: The marks of those who were erased.
    marks: Rows = field(repr=False)


@frozen
class Verifier:
    """Reads what a store kept, and raises StoreCorruptError for what it did not."""

    #: What the store is called in messages.
    store: str
    #: How what belongs to one person is kept.
    coder: Coder = field(repr=False)

    def corrupt(self, reason: str, space: str, partner: str | None, version: int = 0) -> StoreCorruptError:
        """Return what to raise about a log, or about one event in it."""
        return StoreCorruptError(self.store, reason, log_name(space, partner), version)

    def standing(self, space: str, partner: str | None, end: tuple[Any, ...]) -> Standing:
        """Return where a log stands by the row at its end."""
        version, head, body = end
        if version != END or type(head) is not bytes or type(body) is not bytes or len(body) != END_BYTES:
            raise self.corrupt("has lost its end", space, partner)
        return int.from_bytes(body, "big"), head

    def events(self, kept: Kept) -> Iterator[Event]:
        """Give the events."""
        for version, document, words in self.documents(kept):
            try:
                yield event_of(document, {who: said for who, said in words.items() if said is not None})
            except ValueError:
                raise self._unreadable(kept, version) from None

    def documents(self, kept: Kept) -> Iterator[tuple[int, dict[str, Any], dict[str, str | None]]]:
        """Give version, document and words of each event; no words for those who were erased."""
        said = {(version, who): body for version, who, body in kept.words}
        for version, body in self._bodies(kept):
            try:
                document, apart = read(body)
                words = {who: self._said(kept, said, version, who, digest) for who, digest in apart.items()}
            except (ValueError, RecursionError):
                raise self._unreadable(kept, version) from None
            yield version, document, words

    def _bodies(self, kept: Kept) -> Iterator[tuple[int, bytes]]:
        """Give the bodies of a log along its chain, up to the first that does not fit."""
        log = (kept.space, kept.partner)
        last, end = self.standing(*log, kept.end[0]) if kept.end else (0, genesis(*log))
        rows, head, version = iter(kept.rows), genesis(*log), kept.after
        if 0 < kept.after <= last:
            head = next(rows, _LOST)[1]
        for version in range(kept.after + 1, min(last, kept.upto) + 1):
            found, link, stored = next(rows, _LOST)
            body = self._body(kept, version, stored, (head, link)) if found == version else b""
            if not body or head_after(head, version, body) != link:
                raise self.corrupt("holds an event that was changed, or lost it", *log, version)
            yield version, body
            head = link
        if next(rows, None) or (version == last and head != end):
            raise self.corrupt("has another end than it should", *log)

    def _body(self, kept: Kept, version: int, stored: Any, between: tuple[Any, Any]) -> bytes:
        """Return the body of an event, or nothing where it was changed."""
        before, link = between
        if type(stored) is not bytes or type(before) is not bytes:
            return b""
        if kept.partner is None:
            return stored[1:] if stored[:1] == PLAIN else b""
        place = Place(kept.space, kept.partner, version, kept.partner, "event")
        return self._opened(place, stored, lambda body: head_after(before, version, body) == link)

    def _said(self, kept: Kept, said: dict[tuple[int, str], Any], version: int, who: str, digest: bytes) -> str | None:
        """Return what somebody said in a joint event; None where they were erased since."""
        stored = said.get((version, who))
        proof = proof_of(kept.space, who, shared=stored is None)
        if (stored is None or stored == GONE) and (mark_of(kept.space, who), proof) in kept.marks:
            return None
        if stored is None:
            raise self.corrupt("lost words of an event", kept.space, None, version)
        body = b""
        if type(stored) is bytes:
            place = Place(kept.space, "", version, who, "words")
            body = self._opened(place, stored, lambda body: digest_of(body) == digest)
        if digest_of(body) != digest:
            raise self.corrupt("holds words that were changed", kept.space, None, version)
        return text_of(body)

    def _opened(self, place: Place, stored: bytes, fits: Callable[[bytes], bool]) -> bytes:
        """Return what somebody's body is; nothing where it needs a key only because its first byte was changed."""
        try:
            return self.coder.open(place, stored)
        except StoreKeyError:
            if not fits(stored[1:]):
                raise
        return b""

    def _unreadable(self, kept: Kept, version: int) -> StoreCorruptError:
        return self.corrupt("holds an event that cannot be read", kept.space, kept.partner, version)
