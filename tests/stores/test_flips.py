"""Flipped bits in a real file: what is read afterwards is what was written, or it is an error that says where.

``--full`` tries 10,000 of them; without it some hundred, in other places each time.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import field, frozen
from little_packs import activity, evening

from intimacy_kit.errors import ErasedError, KitError, StoreCorruptError, StoreError, StoreVersionError
from intimacy_kit.practice.boundaries import Boundaries
from intimacy_kit.practice.events import (
    Answer,
    BoundariesChanged,
    Completed,
    JourneyChosen,
    Noted,
    NoticeRead,
    Offered,
    Revealed,
)
from intimacy_kit.practice.words import Words
from intimacy_kit.stores import Head, Part, files, log_name
from intimacy_kit.stores.sqlite import SQLiteStore
from intimacy_kit.stores.statements import END

Log = tuple[str, str | None]

SPACES, PEOPLE = ("us", "them"), ("ada", "ben", "eve")
#: Who was erased, and whether what they shared went too.
ERASED = {("us", "eve"): True, ("them", "eve"): False}
EVENTS = "SELECT space, partner, version, '', quote(head) || quote(body) FROM events"
#: The bytes of the file that give its format. Where they say a later one, it is taken for one.
VERSION = range(60, 64)


@frozen
class Original:
    """A file, and all that it is known to hold."""

    content: bytes = field(repr=False)
    logs: dict[Log, tuple[Any, ...]]
    heads: dict[Log, Head]
    #: What was appended with a key, and what it gave.
    appends: dict[tuple[str, str], tuple[tuple[Part, ...], tuple[int, ...]]] = field(factory=dict)


def joint(number: int) -> Any:
    """Return a joint event, now and then one with words."""
    cup = activity(f"cup-{number}")
    if number % 5 == 0:
        answers = [Answer(who=who, shown="What helped?", words=Words(f"{who} says {number}")) for who in PEOPLE]
        return Revealed(on=evening(number).date(), activity=cup.id, answers=answers)
    return (Offered if number % 2 else Completed).of(cup, at=evening(number))


def private(number: int, partner: str) -> Any:
    """Return a private event."""
    match number % 3:
        case 0:
            return NoticeRead(partner=partner, at=evening(number))
        case 1:
            return Noted(partner=partner, at=evening(number), words=Words("dear diary " * number))
        case _:
            return BoundariesChanged(partner=partner, at=evening(number), boundaries=Boundaries(depth=2))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """Fill a file: two spaces, joint and private logs, words, keys for one log and for several, erased people."""
    path = tmp_path_factory.mktemp("flips") / "us.db"
    appends: dict[tuple[str, str], Any] = {}
    with SQLiteStore(path) as store:
        for space in SPACES:
            versions = dict.fromkeys((None, *PEOPLE), 0)
            for number in range(12):
                parts = [Part(events=[joint(3 * number + n) for n in range(3)], expected=versions[None])]
                if number % 2:
                    parts += [
                        Part(events=[private(number, who)], expected=versions[who], partner=who) for who in PEOPLE
                    ]
                key = f"key-{number}"
                found = store.append_all(space, parts, key=key if number % 3 else "")
                versions |= {part.partner: version for part, version in zip(parts, found, strict=True)}
                if number % 3:
                    appends[space, key] = (tuple(parts), found)
        for (space, who), shared in ERASED.items():
            store.erase(space, who, shared=shared)
        names = [(space, who) for space in SPACES for who in (None, *PEOPLE)]
        logs = {name: store.events(name[0], partner=name[1]) for name in names}
        heads = {name: store.head(name[0], partner=name[1]) for name in names}
    return Original(path.read_bytes(), logs, heads, appends)


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files need not outlive a power cut."""
    quick = ["PRAGMA synchronous = OFF" if "synchronous" in said else said for said in files._ALWAYS]
    monkeypatch.setattr(files, "_ALWAYS", quick)


def rows_of(path: Path) -> dict[tuple[str, str, int, str], object]:
    """Return the bytes of each event and of each person's words in it, read behind the store's back."""
    with closing(sqlite3.connect(path)) as connection:
        events = connection.execute(EVENTS).fetchall()
        words = connection.execute("SELECT space, '', version, partner, body FROM words").fetchall()
    return {(*row[:4],): row[4] for row in events + words if row[2] != END}


def changed_in(path: Path, rows: dict[tuple[str, str, int, str], object]) -> set[tuple[str, int]]:
    """Return the log and the version of each event that is still found and holds other bytes than before."""
    try:
        found = rows_of(path)
    except (sqlite3.Error, ValueError):
        return set()
    if found.keys() != rows.keys():
        return set()
    return {(log_name(key[0], key[1]), key[2]) for key, value in rows.items() if found[key] != value}


def read_all(store: SQLiteStore, original: Original) -> Iterator[tuple[str, int]]:
    """Read all that there is; give the log and the version of each that is reported as damaged."""
    for (space, partner), events in original.logs.items():
        try:
            assert store.events(space, partner=partner) == events
        except StoreCorruptError as error:
            yield error.log, error.version
        try:
            assert store.head(space, partner=partner) == original.heads[space, partner]
            if (space, partner) not in ERASED:
                store.check_head(space, original.heads[space, partner], partner=partner)
        except StoreCorruptError as error:
            yield error.log, 0


def retry_all(store: SQLiteStore, original: Original) -> None:
    """Make each append with a key once more; none may be made twice, or give another answer."""
    for (space, key), (parts, versions) in original.appends.items():
        try:
            assert store.append_all(space, parts, key=key) == versions
        except ErasedError:
            assert {(space, part.partner) for part in parts} & ERASED.keys()
        except StoreCorruptError:
            pass


def append_to_all(store: SQLiteStore, original: Original) -> None:
    """Append to each log; what is acknowledged is there, and nobody who was erased comes back."""
    for (space, partner), events in original.logs.items():
        new = JourneyChosen(at=evening(90)) if partner is None else NoticeRead(partner=partner, at=evening(90))
        try:
            part = Part(events=[new], expected=len(events), partner=partner)
            assert store.append_all(space, [part]) == (len(events) + 1,)
            assert (space, partner) not in ERASED
            assert store.events(space, partner=partner) == (*events, new)
        except ErasedError:
            assert (space, partner) in ERASED
        except StoreError:
            pass


def try_flip(path: Path, original: Original, rows: dict[Any, object], bit: int) -> str:
    """Flip a bit of the file, use it, and return what came of it."""
    content = bytearray(original.content)
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
    changed = changed_in(path, rows)
    try:
        with SQLiteStore(path) as store:
            reported = set(read_all(store, original))
            assert changed <= reported
            retry_all(store, original)
            append_to_all(store, original)
    except StoreError as error:
        file_only = isinstance(error, StoreCorruptError) and not error.log
        assert (file_only, path.read_bytes()) == (True, bytes(content))
        return "the file is reported"
    except StoreVersionError:
        assert (bit // 8 in VERSION, path.read_bytes()) == (True, bytes(content))
        return "the file is reported"
    if changed:
        return "the event is reported"
    return "the log is reported" if reported else "nothing was lost"


def try_flips(original: Original, path: Path, bits: Iterator[int], seed: int) -> Counter[str]:
    """Flip one bit after the other, each in a file of its own; return how often what came of it."""
    path.write_bytes(original.content)
    rows, found = rows_of(path), Counter[str]()
    for bit in bits:
        try:
            found[try_flip(path, original, rows, bit)] += 1
        except (AssertionError, KitError, ValueError, sqlite3.Error) as error:
            pytest.fail(f"bit {bit} of seed {seed}: {error!r}")
    return found


@pytest.mark.usefixtures("unsynced")
def test_a_flipped_bit_is_reported_and_never_believed(
    original: Original, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """attack 68."""
    seed, many = Random().randrange(10**9), 10_000 if request.config.getoption("--full") else 100
    random = Random(seed)
    bits = (random.randrange(8 * len(original.content)) for _ in range(many))
    found = try_flips(original, tmp_path / "us.db", bits, seed)
    assert found["the event is reported"] > many // 10
    assert found["nothing was lost"] > many // 10


@pytest.mark.usefixtures("unsynced")
def test_a_flipped_bit_in_the_header_is_reported_or_does_no_harm(
    original: Original, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """attack 68: each bit of the header with ``--full``."""
    seed, header = Random().randrange(10**9), range(8 * 100)
    bits = header if request.config.getoption("--full") else Random(seed).sample(header, 40)
    found = try_flips(original, tmp_path / "us.db", iter(bits), seed)
    assert found["the file is reported"] > len(bits) // 10
    assert not found["the event is reported"]
