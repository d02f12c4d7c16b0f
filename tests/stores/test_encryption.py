"""What people wrote under keys of theirs: what opens it, what does not, and what a stolen file shows."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from cryptography.exceptions import UnsupportedAlgorithm
from hypothesis import given
from hypothesis import strategies as st

from intimacy_kit.errors import KitError, StoreCorruptError, StoreError, StoreKeyError
from intimacy_kit.stores import encryption as module
from intimacy_kit.stores.coders import Place, Plain, coder_for
from intimacy_kit.stores.encryption import Encrypted
from intimacy_kit.stores.keys import FolderKeys

HERE = Place("us", "ada", 3, "ada", "event")
BODY = b"a salt of 16 by.I was afraid you would laugh."


class Keys:
    """Keys in memory, told apart by whose they are and a number."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str | None], dict[str, bytes]] = {}

    def current(self, space: str, partner: str | None) -> tuple[str, bytes]:
        own = self.kept.setdefault((space, partner), {})
        return [*own.items()][-1] if own else self.renew(space, partner)

    def renew(self, space: str, partner: str | None) -> tuple[str, bytes]:
        own = self.kept.setdefault((space, partner), {})
        name = f"k{len(own) + 1}"
        own[name] = Random(f"{space} {partner} {name}").randbytes(32)
        return name, own[name]

    def key(self, space: str, partner: str | None, key_id: str) -> bytes | None:
        return self.kept.get((space, partner), {}).get(key_id)

    def destroy(self, space: str, partner: str | None) -> None:
        self.kept.pop((space, partner), None)


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture(params=["with SIV", "without"])
def coder(request: pytest.FixtureRequest, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Encrypted:
    if request.param == "without":
        monkeypatch.setattr(module, "AESGCMSIV", _lacking)
    return Encrypted("us.db", keys)


def _lacking(_: bytes) -> None:
    raise UnsupportedAlgorithm("as an old OpenSSL says")


# Values


def test_what_is_kept_opens_again_and_shows_nothing(coder: Encrypted) -> None:
    kept = coder.seal(HERE, BODY)
    assert coder.open(HERE, kept) == BODY
    assert b"afraid" not in kept
    assert coder.open(HERE, coder.seal(HERE, b"")) == b""


def test_the_same_words_are_never_kept_as_the_same_bytes(coder: Encrypted) -> None:
    assert len({coder.seal(HERE, BODY) for _ in range(100)}) == 100


def test_the_first_byte_says_which_cipher_it_was(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    forgiving = Encrypted("us.db", keys)
    new = forgiving.seal(HERE, BODY)
    monkeypatch.setattr(module, "AESGCMSIV", _lacking)
    plain = Encrypted("us.db", keys)
    old = plain.seal(HERE, BODY)
    assert (new[0], old[0]) == (2, 1)
    assert forgiving.open(HERE, old) == BODY
    with pytest.raises(StoreError) as refused:
        plain.open(HERE, new)
    assert str(refused.value) == (
        "store 'us.db' holds event 3 of 'us/ada' in AES-GCM-SIV, which this machine's OpenSSL lacks; take 3.2 or later"
    )


ELSEWHERE = [
    evolve(HERE, space="them"),
    evolve(HERE, log="ben"),
    evolve(HERE, log=""),
    evolve(HERE, version=4),
    evolve(HERE, person="ben"),
    evolve(HERE, kind="words"),
    Place("usa", "da", 3, "ada", "event"),
]


@pytest.mark.parametrize("there", ELSEWHERE, ids=repr)
def test_what_was_put_elsewhere_does_not_open(coder: Encrypted, keys: Keys, there: Place) -> None:
    """attack 81: one person's row, put into another's."""
    kept = coder.seal(HERE, BODY)
    for one in ("us", "them", "usa"):
        for person in ("ada", "ben"):
            keys.current(one, person)
    with pytest.raises(StoreCorruptError) as refused:
        coder.open(there, kept)
    assert (refused.value.log, refused.value.version) == (
        f"{there.space}/{there.log}" if there.log else there.space,
        there.version,
    )


def test_one_key_for_everybody_does_not_make_places_alike(keys: Keys) -> None:
    """attack 81: even where a host gives all people the same key."""
    same = bytes(32)
    keys.kept = {(space, who): {"k": same} for space in ("us", "them", "usa") for who in ("ada", "ben")}
    coder = Encrypted("us.db", keys)
    kept = coder.seal(HERE, BODY)
    head, encrypted = coder._split(HERE, kept)
    for there in ELSEWHERE:
        bound = there.bound + bytes(head)
        forged = bytes(head) + module._mark(bound) + encrypted  # the check between is no lock, the cipher is
        with pytest.raises(StoreCorruptError):
            coder.open(there, forged)


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
places = st.builds(Place, names, names, st.integers(1, 300), names, names)


@given(one=places, other=places)
def test_no_two_places_look_alike(one: Place, other: Place) -> None:
    assert (one.bound == other.bound) == (one == other)


def test_every_changed_bit_is_noticed(coder: Encrypted) -> None:
    """attack 81, attack 68: never garbage, never believed."""
    kept = coder.seal(HERE, BODY)
    for bit in range(8, len(kept) * 8):
        changed = bytearray(kept)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(StoreCorruptError):
            coder.open(HERE, bytes(changed))


def test_every_other_first_byte_is_noticed(coder: Encrypted) -> None:
    kept = coder.seal(HERE, BODY)
    for form in {*range(1, 256)} - {kept[0]}:
        with pytest.raises(StoreCorruptError):
            coder.open(HERE, bytes([form]) + kept[1:])
        with pytest.raises(StoreCorruptError if form > 2 else StoreKeyError):
            Plain("us.db").open(HERE, bytes([form]) + kept[1:])


def test_every_cut_is_noticed(coder: Encrypted) -> None:
    kept = coder.seal(HERE, BODY)
    for length in range(len(kept)):
        with pytest.raises(StoreCorruptError):
            coder.open(HERE, kept[:length])
    with pytest.raises(StoreCorruptError):
        coder.open(HERE, kept + b"\0")
    with pytest.raises(StoreCorruptError):
        Plain("us.db").open(HERE, b"")


def test_a_wrong_key_is_told_from_a_changed_byte(coder: Encrypted, keys: Keys) -> None:
    """attack 81."""
    kept = coder.seal(HERE, BODY)
    keys.kept["us", "ada"]["k1"] = bytes(32)
    with pytest.raises(StoreKeyError) as refused:
        coder.open(HERE, kept)
    assert str(refused.value) == (
        "store 'us.db' holds event 3 of 'us/ada' under a key that was not given, or another one was given"
    )


def test_a_lost_key_is_told_from_a_changed_byte(coder: Encrypted, keys: Keys) -> None:
    """attack 81."""
    kept = coder.seal(HERE, BODY)
    keys.destroy("us", "ada")
    with pytest.raises(StoreKeyError, match=r"^store 'us.db' holds event 3 of 'us/ada' under a key that was not given"):
        coder.open(HERE, kept)


@pytest.mark.parametrize("given", [("", bytes(32)), ("k" * 256, bytes(32)), ("k", bytes(16)), ("k", b"")])
def test_what_is_no_key_is_refused_and_not_repeated(keys: Keys, given: tuple[str, bytes]) -> None:
    keys.current = lambda *_: given  # type: ignore[method-assign]
    with pytest.raises(StoreKeyError) as refused:
        Encrypted("us.db", keys).seal(HERE, BODY)
    assert str(refused.value) == (
        "store 'us.db' was given something that is no key; a key has 32 bytes, its id 1 to 255"
    )


def test_no_key_and_no_words_are_in_what_is_shown(coder: Encrypted) -> None:
    coder.seal(HERE, BODY)
    assert repr(coder) == "Encrypted(store='us.db')"


def test_after_a_new_key_the_old_values_still_open(coder: Encrypted, keys: Keys) -> None:
    """attack 81: rotated half-way."""
    old = coder.seal(HERE, BODY)
    assert coder.is_current(HERE, old)
    keys.renew("us", "ada")
    assert not coder.is_current(HERE, old)
    assert coder.open(HERE, old) == BODY
    new = coder.seal(HERE, BODY)
    assert coder.is_current(HERE, new)
    del keys.kept["us", "ada"]["k1"]
    assert coder.open(HERE, new) == BODY
    with pytest.raises(StoreKeyError):
        coder.open(HERE, old)


def test_another_key_of_the_same_name_is_another_key(coder: Encrypted, keys: Keys) -> None:
    old = coder.seal(HERE, BODY)
    keys.kept["us", "ada"]["k1"] = bytes(32)
    assert not coder.is_current(HERE, old)
    with pytest.raises(StoreKeyError):
        coder.open(HERE, old)


def test_what_was_kept_plain_is_read_and_is_to_be_encrypted(coder: Encrypted) -> None:
    kept = Plain("us.db").seal(HERE, BODY)
    assert coder.open(HERE, kept) == BODY
    assert not coder.is_current(HERE, kept)


def test_where_there_is_a_better_cipher_now_it_is_to_be_taken(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        old.setattr(module, "AESGCMSIV", _lacking)
        kept = Encrypted("us.db", keys).seal(HERE, BODY)
    assert not Encrypted("us.db", keys).is_current(HERE, kept)


def test_what_was_changed_is_not_taken_for_old(coder: Encrypted) -> None:
    with pytest.raises(StoreCorruptError):
        coder.is_current(evolve(HERE, version=4), coder.seal(HERE, BODY))


def test_what_somebody_leaves_to_the_others_outlives_their_keys(coder: Encrypted, keys: Keys) -> None:
    """attack 80: the keys of who was erased are gone, what they left by the policy of the space still opens."""
    here = Place("us", "", 3, "ada", "words")
    private, words = coder.seal(HERE, BODY), coder.seal(here, BODY)
    left = coder.hand_over(here, words)
    coder.destroy("us", "ada")
    assert coder.open(here, left) == BODY
    for place, kept in ((HERE, private), (here, words)):
        with pytest.raises(StoreKeyError):
            coder.open(place, kept)
    keys.renew("us", None)
    assert coder.is_current(here, left)
    assert coder.open(here, coder.hand_over(here, left)) == BODY
    assert ("us", "ada") not in keys.kept


def test_a_store_without_keys_keeps_things_as_they_are() -> None:
    plain = coder_for("us.db", None)
    kept = plain.seal(HERE, BODY)
    assert kept == b"\0" + BODY
    assert plain.open(HERE, kept) == BODY
    assert plain.hand_over(HERE, kept) == kept
    assert plain.is_current(HERE, kept)
    plain.destroy("us", "ada")
    assert plain.open(HERE, kept) == BODY


def test_a_store_without_keys_says_that_it_needs_them(coder: Encrypted) -> None:
    """attack 81."""
    kept = coder.seal(HERE, BODY)
    with pytest.raises(
        StoreKeyError, match=r"^store 'us.db' holds what is encrypted \(log 'us/ada'\); open it with its keys$"
    ):
        Plain("us.db").open(HERE, kept)
    assert not Plain("us.db").is_current(HERE, kept)


def test_a_missing_package_is_named_with_the_extra_that_brings_it(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "intimacy_kit.stores.encryption")
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    with pytest.raises(KitError) as refused:
        coder_for("us.db", keys)
    assert str(refused.value) == (
        "an encrypted store needs more than the kit itself: pip install 'intimacy-kit[encrypted]'"
    )
    assert refused.value.__suppress_context__


# Keys in a folder


def test_a_key_stays_the_same_until_it_is_renewed(tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path / "keys")
    assert keys.key("us", "ada", "1") is None
    first = keys.current("us", "ada")
    assert (first[0], len(first[1])) == ("1", 32)
    assert FolderKeys(str(tmp_path / "keys")).current("us", "ada") == first
    assert keys.renew("us", "ada") == "2"
    name, second = keys.current("us", "ada")
    assert (name, keys.key("us", "ada", "1"), keys.key("us", "ada", "2")) == ("2", first[1], second)
    assert first[1] != second


def test_the_tenth_key_comes_after_the_ninth(tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path)
    assert [keys.renew("us", "ada") for _ in range(11)] == [str(number) for number in range(1, 12)]


def test_everybody_has_keys_of_their_own(tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path)
    people: list[tuple[str, str | None]] = [
        ("us", "ada"),
        ("us", "ben"),
        ("them", "ada"),
        ("us", None),
        ("usada", None),
    ]
    assert len({keys.current(*person)[1] for person in people}) == 5
    keys.destroy("us", "ada")
    assert [keys.key(*person, "1") is None for person in people] == [True, False, False, False, False]


def test_a_forgotten_key_is_gone_and_the_current_one_stays(tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path)
    keys.forget("us", "ada")
    keys.current("us", "ada")
    keys.renew("us", "ada")
    keys.forget("us", "ada")
    assert keys.key("us", "ada", "1") is None
    assert keys.current("us", "ada")[0] == "2"


@pytest.mark.parametrize("name", ["", "..", "../1", "1.key", "x", "²", "99"])
def test_an_id_that_is_none_of_a_key_is_not_looked_for_elsewhere(tmp_path: Path, name: str) -> None:
    keys = FolderKeys(tmp_path)
    keys.current("us", "ada")
    assert keys.key("us", "ada", name) is None


def test_a_file_that_holds_no_key_is_none(tmp_path: Path) -> None:
    keys = FolderKeys(tmp_path)
    keys.current("us", "ada")
    (path,) = tmp_path.rglob("*.key")
    path.write_bytes(b"short")
    (path.parent / "notes.key").write_bytes(bytes(32))
    assert keys.key("us", "ada", "1") is None
    assert keys.current("us", "ada")[0] == "2"


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_only_the_account_of_the_app_can_read_a_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        FolderKeys(tmp_path / "keys").current("us", "ada")
    finally:
        os.umask(before)
    (path,) = tmp_path.rglob("*.key")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["1.key"]


def test_a_destroyed_key_is_written_over_before_its_file_goes(tmp_path: Path) -> None:
    """attack 80: whoever held the file open sees zeros."""
    keys = FolderKeys(tmp_path)
    _, key = keys.current("us", "ada")
    (path,) = tmp_path.rglob("*.key")
    second_name = tmp_path / "held"
    os.link(path, second_name)
    keys.destroy("us", "ada")
    assert second_name.read_bytes() == bytes(len(key))
    assert [*tmp_path.iterdir()] == [second_name]
    keys.destroy("us", "ada")


@pytest.mark.skipif(os.name == "nt", reason="no folder can be opened there")
def test_a_key_is_on_the_disk_before_anything_is_kept_under_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a power cut would take the words of which only the key was lost."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: synced.append(os.fstat(number).st_ino))
    keys = FolderKeys(tmp_path / "keys")
    keys.current("us", "ada")
    (path,) = tmp_path.rglob("*.key")
    assert synced == [one.stat().st_ino for one in (path, path.parent, tmp_path / "keys")]
    keys.current("us", "ada")
    assert len(synced) == 3
    file = path.stat().st_ino
    keys.destroy("us", "ada")
    assert synced[3:] == [file]


def test_of_many_that_make_the_first_key_at_once_all_get_the_same(tmp_path: Path) -> None:
    def current(_: int) -> tuple[str, bytes]:
        return FolderKeys(tmp_path).current("us", "ada")

    with ThreadPoolExecutor(8) as threads:
        assert len({*threads.map(current, range(32))}) == 1
    assert len([*tmp_path.rglob("*.*")]) == 1


def test_where_no_folder_can_be_opened_keys_are_kept_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def as_on_windows(path: Any, *rest: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError
        return opened(path, *rest)

    monkeypatch.setattr(os, "open", as_on_windows)
    keys = FolderKeys(tmp_path)
    assert keys.current("us", "ada") == keys.current("us", "ada")


def test_the_kit_without_the_package_still_has_keys_and_plain_stores() -> None:
    program = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from intimacy_kit.stores.keys import FolderKeys\nfrom intimacy_kit.stores.coders import coder_for\n"
        "coder_for('us.db', None)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).stderr == b""
