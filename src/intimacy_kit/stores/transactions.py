"""What a store does, without a database: one logic for all of them, as generators of SQL statements.

A generator does the work of one transaction. It first checks and encodes what it was given; then it yields
statements and is sent the rows of each; then it yields None, where the driver commits; and what it returns it works out
after that, so that nobody waits for a lock meanwhile. What it raises before the None undoes everything.
So a driver is this loop, awaited or not; to try again, it begins with new steps::

    statement = next(steps)
    with transaction():
        while statement is not None:
            statement = steps.send(execute(*statement))
    return result(steps)
"""

from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from attrs import field, frozen

from intimacy_kit.errors import ErasedError, IdempotencyError, StoreConflictError, StoreCorruptError
from intimacy_kit.practice.events import Event
from intimacy_kit.stores import Head, Part, check_key, check_log, check_page, check_parts, log_name
from intimacy_kit.stores import statements as sql
from intimacy_kit.stores.bodies import Written, write
from intimacy_kit.stores.chains import genesis, head_after, key_sum, key_trace, mark_of, proof_of
from intimacy_kit.stores.coders import PLAIN, Coder, Place
from intimacy_kit.stores.verifying import END_BYTES, GONE, Kept, Rows, Standing, Verifier

__all__ = ["Rows", "Statement", "Steps", "Transactions", "result"]

T = TypeVar("T")
#: SQL with one tuple of parameters, whose rows are wanted; or with a list of them, to be run for each.
Statement = tuple[str, tuple[Any, ...] | list[tuple[Any, ...]]]
#: The work of one transaction: yields statements, and None at its end; is sent rows.
Steps = Generator[Statement | None, Rows, T]

#: What belongs to one person: whether it stands in their own log, how it is found, and how it is put back.
_PERSONAL = {
    "event": (True, sql.TO_RECODE, sql.RECODE),
    "words": (False, sql.TO_RECODE_WORDS, sql.RECODE_WORDS),
}


def result(steps: Steps[T]) -> T:
    """Return what a generator returns when its transaction is over."""
    try:
        next(steps)
    except StopIteration as done:
        value: T = done.value
        return value
    raise RuntimeError("a transaction ends once")


@frozen
class Transactions:
    """The logic of a store."""

    #: What the store is called in messages.
    store: str
    #: How what belongs to one person is kept.
    coder: Coder = field(repr=False)
    _verifier: Verifier = field(init=False, repr=False)

    @_verifier.default
    def _of_this_store(self) -> Verifier:
        return Verifier(self.store, self.coder)

    def append(self, space: str, parts: Iterable[Part], key: str = "") -> Steps[tuple[int, ...]]:
        """Append to several logs of a space; see :meth:`intimacy_kit.stores.Store.append_all`."""
        checked = check_parts(space, parts, key)
        written = [[write(event) for event in part.events] for part in checked]
        stands = []
        for part in checked:
            stands.append((yield from self._open_log(space, part.partner, writing=bool(part.events))))  # noqa: PERF401 - a comprehension cannot yield
        versions = (yield from self._answer(space, checked, written, stands, key)) if key else None
        if versions is None:
            versions = yield from self._append(space, checked, written, stands)
            if key:
                yield sql.ADD_KEY, _key_rows(space, checked, key, [stand[0] for stand in stands], versions)
        yield None
        return versions

    def events(self, space: str, partner: str | None, after: int, limit: int | None) -> Steps[tuple[Event, ...]]:
        """Read a log; see :meth:`intimacy_kit.stores.Store.events`."""
        check_log(space, partner)
        check_page(after, limit)
        kept = yield from self._kept(space, partner, after, sql.END - 1 if limit is None else after + limit)
        yield None
        return tuple(self._verifier.events(kept))

    def appended(self, space: str, key: str, partner: str | None) -> Steps[tuple[Event, ...] | None]:
        """Read what an append with a key added to its log; see :meth:`intimacy_kit.stores.Store.appended`."""
        check_log(space, partner)
        check_key(key)
        spans = yield from self._spans(space, partner, key)
        start, stop = spans.get(partner or "", (0, 0))
        kept = yield from self._kept(space, partner, start, stop)
        yield None
        return tuple(self._verifier.events(kept)) if spans else None

    def head(self, space: str, partner: str | None) -> Steps[Head]:
        """Tell where a log stands."""
        check_log(space, partner)
        version, head = yield from self._standing(space, partner)
        yield None
        return Head(version, head.hex())

    def check_head(self, space: str, head: Head, partner: str | None) -> Steps[None]:
        """Check that a log goes through a head; see :meth:`intimacy_kit.stores.Store.check_head`."""
        check_log(space, partner)
        yield from self._open_log(space, partner, writing=True)
        found = [genesis(space, partner)]
        if head.version:
            rows = yield sql.ROW, (space, partner or "", head.version)
            found = [row[1] for row in rows]
        yield None
        if found != [bytes.fromhex(head.digest)]:
            reason = "does not go through a head that was kept: an older copy was put in place, or history was changed"
            raise self._corrupt(reason, space, partner, head.version)

    def erased(self, space: str, partner: str) -> Steps[bool]:
        """Tell whether somebody was erased; see :meth:`intimacy_kit.stores.Store.erased`."""
        check_log(space, partner or "")
        gone = False
        try:
            yield from self._refuse_erased(space, partner)
        except ErasedError:
            gone = True
        yield None
        return gone

    def erase(self, space: str, partner: str, *, shared: bool, taken_back: Iterable[int] = ()) -> Steps[None]:
        """Erase somebody; see :meth:`intimacy_kit.stores.Store.erase`."""
        check_log(space, partner or "")
        mark, everything = mark_of(space, partner), proof_of(space, partner, shared=True)
        before = yield sql.MARK, (space, mark)
        for statement in sql.ERASE:
            yield statement, (space, partner)
        if shared or before == [(everything,)]:
            yield sql.ERASE_WORDS, (space, partner)
            yield sql.ADD_MARK, (space, mark, everything)
        else:
            rows = yield sql.WORDS_OF, (space, partner)
            gone = set(taken_back)
            yield (
                sql.RECODE_WORDS,
                [
                    (GONE, space, partner, row[0])
                    if row[0] in gone or row[1] == GONE
                    else self._recoded(space, "", partner, row, self.coder.hand_over)
                    for row in rows
                ],
            )
            yield sql.ADD_MARK, (space, mark, proof_of(space, partner, shared=False))
        left = yield sql.ANY_WORDS, (space,)
        yield None
        self.coder.destroy(space, partner)
        if not left:  # nor is there anything that was handed over: its key goes, too, for what a backup holds
            self.coder.destroy(space, None)

    def rotate(self, space: str, partner: str, kind: str, after: int) -> Steps[int | None]:
        """Keep up to 200 bodies of a person under the current key; *kind* is ``event`` or ``words``.

        Returns the last version that was looked at, to go on after it, or None at the end.
        """
        check_log(space, partner or "")
        own, wanted, recode = _PERSONAL[kind]
        rows = yield wanted, (space, partner, after, sql.END)
        yield recode, [self._recoded(space, partner if own else "", partner, row, self._renewed) for row in rows]
        yield None
        return rows[-1][0] if rows else None

    # What belongs to one person

    def _recoded(
        self, space: str, log: str, person: str, row: tuple[Any, ...], recode: Callable[[Place, bytes], bytes]
    ) -> tuple[Any, ...]:
        """Return what to put into the place of a body."""
        version, kept = row
        if type(version) is not int or type(kept) is not bytes:
            raise self._corrupt("holds something that was changed", space, log)
        place = Place(space, log, version, person, "event" if log else "words")
        return recode(place, kept), space, person, version

    def _renewed(self, place: Place, kept: bytes) -> bytes:
        return kept if self.coder.is_current(place, kept) else self.coder.seal(place, self.coder.open(place, kept))

    # Where a log stands

    def _open_log(self, space: str, partner: str | None, *, writing: bool) -> Steps[Standing]:
        """Return where a log stands; raise ErasedError where nothing can be appended any more."""
        standing = yield from self._standing(space, partner)
        if writing and partner is not None and standing[0] == 0:
            yield from self._refuse_erased(space, partner)
        return standing

    def _standing(self, space: str, partner: str | None) -> Steps[Standing]:
        """Return where a log stands, by the row at its end and by its last event."""
        log = (space, partner or "")
        rows = yield sql.STANDING, log
        if not rows:
            yield from self._refuse_lost(space, partner)
            return 0, genesis(space, partner)
        standing = self._verifier.standing(space, partner, rows[0])
        if len(rows) == 1 or rows[1][:2] != standing:
            raise self._corrupt("has another end than it should", space, partner)
        return standing

    def _refuse_lost(self, space: str, partner: str | None) -> Steps[None]:
        """Raise StoreCorruptError where no row was found of a log that there is."""
        known = yield sql.LOG, (space, partner or "")
        if known:
            raise self._corrupt("has lost all it had", space, partner)

    def _refuse_erased(self, space: str, partner: str) -> Steps[None]:
        """Raise ErasedError for somebody who was erased; the mark is looked up by two ways, for one may be damaged."""
        mark = mark_of(space, partner)
        found = yield sql.MARK, (space, mark)
        proved = []
        for shared in (False, True):
            proof = proof_of(space, partner, shared=shared)
            rows = yield sql.PROOF, (space, proof)
            proved += [(proof, *row) for row in rows]
        if not found and not proved:
            return
        if [(*row, mark) for row in found] != proved:
            raise self._corrupt("has a damaged mark of an erasure", space, partner)
        raise ErasedError(log_name(space, partner))

    def _kept(self, space: str, partner: str | None, after: int, upto: int) -> Steps[Kept]:
        """Return the rows of some versions."""
        log = (space, partner or "")
        end = yield sql.ROW, (*log, sql.END)
        rows = yield sql.EVENTS, (*log, after, upto)
        words: Rows = []
        marks: Rows = []
        if not end and not rows:
            yield from self._refuse_lost(space, partner)
        elif partner is None:
            words = yield sql.WORDS, (space, after + 1, upto)
            marks = yield sql.MARKS, (space,)
        return Kept(space, partner, after, upto, end, rows, words, marks)

    # Appending

    def _append(
        self, space: str, parts: tuple[Part, ...], written: list[list[Written]], stands: list[Standing]
    ) -> Steps[tuple[int, ...]]:
        for part, (version, _) in zip(parts, stands, strict=True):
            if version != part.expected:
                raise StoreConflictError(log_name(space, part.partner), part.expected, version)
        versions = []
        for part, events, standing in zip(parts, written, stands, strict=True):
            for who in sorted({who for event in events for who in event.words}):
                yield from self._refuse_erased(space, who)
            versions.append((yield from self._add(space, part.partner, events, standing)))
        return tuple(versions)

    def _add(self, space: str, partner: str | None, events: list[Written], standing: Standing) -> Steps[int]:
        """Add events at the end of a log, and return its new version."""
        (before, head), rows, words, log = standing, [], [], partner or ""
        for version, event in enumerate(events, before + 1):
            body, apart = event.bodies()
            head = head_after(head, version, body)
            kept = PLAIN + body if partner is None else self.coder.seal(Place(space, log, version, log, "event"), body)
            rows.append((space, log, version, head, kept))
            for who, said in apart.items():
                words.append((space, version, who, self.coder.seal(Place(space, "", version, who, "words"), said)))
        if rows and not before:
            yield sql.ADD_LOG, (space, log)
        if rows:
            yield sql.ADD_EVENT, rows
            yield sql.SET_END, (space, log, sql.END, head, (before + len(rows)).to_bytes(END_BYTES, "big"))
        if words:
            yield sql.ADD_WORDS, words
        return before + len(rows)

    def _answer(
        self, space: str, parts: tuple[Part, ...], written: list[list[Written]], stands: list[Standing], key: str
    ) -> Steps[tuple[int, ...] | None]:
        """Return the first answer to a key, or None; raise IdempotencyError if it was for other events.

        Logs that got no events do not tell one append from another: who is in a space may change between two tries.
        """
        scope = parts[0].partner
        spans = yield from self._spans(space, scope, key)
        if not spans:
            return None
        grown = {partner for partner, (start, stop) in spans.items() if start != stop}
        if grown != {part.partner or "" for part in parts if part.events}:
            raise IdempotencyError(log_name(space, scope), key)
        versions = []
        for part, events, (version, _) in zip(parts, written, stands, strict=True):
            start, stop = spans.get(part.partner or "", (version, version))
            if len(events) != stop - start or not (yield from self._are(space, part.partner, start, events)):
                raise IdempotencyError(log_name(space, scope), key)
            versions.append(stop)
        return tuple(versions)

    def _spans(self, space: str, scope: str | None, key: str) -> Steps[dict[str, tuple[int, int]]]:
        """Return before and after which version an append with a key stands in each log; nothing for a new key.

        It is looked up by two ways: of a key that only seems new, because a row was damaged, the other way knows.
        """
        found = yield sql.KEY, (space, scope or "", key)
        traces = yield sql.KEY_TRACE, (space, key_trace(space, scope or "", key))
        spans = {partner: (start, stop) for partner, start, stop, _ in found}
        whole = all(
            type(partner) is str and checksum == key_sum(space, scope or "", key, partner, spans[partner])
            for partner, _, _, checksum in found
        )
        if not whole or spans.keys() != {row[0] for row in traces}:
            raise self._corrupt("has a damaged key of an append", space, scope)
        return spans

    def _are(self, space: str, partner: str | None, after: int, events: list[Written]) -> Steps[bool]:
        """Tell whether these events stand in a log; words that were erased since may have been any."""
        kept = yield from self._kept(space, partner, after, after + len(events))
        there = [*self._verifier.documents(kept)]
        if len(there) < len(events):
            raise self._corrupt("lost events that a key of an append belongs to", space, partner)
        return all(
            document == event.document
            and words.keys() == event.words.keys()
            and all(said is None or said == event.words[who] for who, said in words.items())
            for event, (_, document, words) in zip(events, there, strict=True)
        )

    def _corrupt(self, reason: str, space: str, partner: str | None, version: int = 0) -> StoreCorruptError:
        return self._verifier.corrupt(reason, space, partner, version)


def _key_rows(
    space: str, parts: tuple[Part, ...], key: str, before: list[int], versions: tuple[int, ...]
) -> list[tuple[Any, ...]]:
    """Return the rows that remember a key, one for each log."""
    scope = parts[0].partner or ""
    trace = key_trace(space, scope, key)
    return [
        (space, scope, key, partner, trace, start, stop, key_sum(space, scope, key, partner, (start, stop)))
        for partner, start, stop in zip([part.partner or "" for part in parts], before, versions, strict=True)
    ]
