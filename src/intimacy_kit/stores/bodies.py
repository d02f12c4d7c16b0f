"""What an event is kept as: a body of its own, and the words of several people in a body each."""

import json
from typing import Any

from attrs import field, frozen

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.practice.event_documents import event_from, put_words, take_words, to_document
from intimacy_kit.practice.events import Event
from intimacy_kit.stores.chains import SALT, digest_of, salted

__all__ = ["LARGEST", "Written", "event_of", "read", "text_of", "write"]

#: How large a kept event may be, in bytes: boundaries that decline all of the largest pack fit.
LARGEST = 4 * 1024 * 1024
#: Where the document of an event names the digests of the words that are kept apart, by person.
_APART = "apart"


@frozen
class Written:
    """An event, ready to be kept."""

    #: The document, without the words of several people.
    document: dict[str, Any] = field(repr=False)
    #: The same as text.
    text: bytes = field(repr=False)
    #: The words of several people, by person.
    words: dict[str, str] = field(repr=False)

    def bodies(self) -> tuple[bytes, dict[str, bytes]]:
        """Return the body of the event, and the bodies of words by person; never the same twice."""
        if not self.words:
            return salted(self.text), {}
        apart = {who: salted(text.encode()) for who, text in self.words.items()}
        digests = {who: digest_of(body).hex() for who, body in apart.items()}
        return salted(_dump(self.document | {_APART: digests})), apart


def write(event: Event) -> Written:
    """Return an event, ready to be kept; raise InvalidValueError if it is too large."""
    document, words = take_words(to_document(event))
    text = _dump(document)
    if len(text) + sum(len(said.encode()) for said in words.values()) > LARGEST:
        raise InvalidValueError("events", f"must be of at most {LARGEST} bytes each")
    return Written(document, text, words)


def read(body: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the document of a body, and the digests of the words that belong to it by person.

    Raises ValueError or RecursionError for what is no such body. It goes without pre-flight: the chain has shown that
    these are the bytes that were written, and :func:`event_of` checks every field.
    """
    document = json.loads(body[SALT:].decode())
    if type(document) is not dict:
        raise InvalidValueError("event", "must be an object")
    apart = document.pop(_APART, {})
    if type(apart) is not dict or not all(type(digest) is str for digest in apart.values()):
        raise InvalidValueError("event", "must name digests by person")
    return document, {who: bytes.fromhex(digest) for who, digest in apart.items()}


def text_of(body: bytes) -> str:
    """Return the words of a body; raise ValueError where they are no text."""
    return body[SALT:].decode()


def event_of(document: dict[str, Any], words: dict[str, str]) -> Event:
    """Return the event of a document and the words that are still there; raise InvalidValueError for a wrong one."""
    return event_from(put_words(document, words))


def _dump(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
