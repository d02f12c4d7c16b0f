"""An export is taken into every store there is: all of it, once, and as it was."""

from pathlib import Path

import pytest
from durability.test_canaries import STORES, Kept
from little_packs import activity, catalog, evening

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.stores import Store
from intimacy_kit.stores.exports import read_export, take_in
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space

CATALOG = catalog(activity("cup"), activity("near", "check_in"))
#: What people type, and what no store may change.
SAID = "so\u202c *far*\x00 \x1b[0m\r\n\n\t'; -- %s \U0001f600 ﷽ e\u0301"


def _history(store: Store) -> Space:
    """Let two people do one thing of each kind."""
    space = Space(store, "us", CATALOG)
    space.open(["ada", "ben"], at=evening(0))
    for who in ("ada", "ben"):
        space.read_notice(who, at=evening(0))
        space.allow(who, depth=3, topics={"money": "ask"}, at=evening(0))
        space.note(who, f"{who} {SAID}", at=evening(0), key="note")
        space.check_in(who, "tea/near", {"near": 3}, at=evening(0))
        space.seal(who, "tea/cup", f"{who} {SAID}", at=evening(0))
        space.agree(who, "tea/cup", at=evening(0))
    space.seal("ada", "tea/cup", "only mine", at=evening(0))
    space.offer("ada", ["tea/cup"], at=evening(0))
    space.complete("ada", "tea/cup", at=evening(0))
    space.decline("ben", "tea/cup", scope="month", at=evening(0))
    return space


@pytest.mark.parametrize("kind", STORES, ids=lambda kind: kind.__name__)
def test_what_they_took_along_is_there_again_and_once(kind: type[Kept], tmp_path: Path) -> None:
    """attack 78, attack 79."""
    there = kind(tmp_path)
    with MemoryStore() as here, there.store:
        space = _history(here)
        exports = [read_export(space.export(who, at=evening(1)).to_json()) for who in ("ada", "ben")]
        heads = []
        for _ in range(3):
            for export in exports:
                take_in(there.store, export, partner=export.partner)
            heads.append([there.store.head("us", partner=who) for who in (None, "ada", "ben")])
        assert heads[0] == heads[1] == heads[2]
        assert [head.version for head in heads[0]] == [
            here.head("us", partner=who).version for who in (None, "ada", "ben")
        ]
        again = Space(there.store, "us", CATALOG)
        for who, export in zip(("ada", "ben"), exports, strict=True):
            assert again.view(who, now=evening(1)).to_json() == space.view(who, now=evening(1)).to_json()
            assert again.export(who, at=evening(1)) == export
        again.note("ada", "and on it goes", at=evening(2))
        take_in(there.store, exports[0], partner=exports[0].partner)
        assert there.store.head("us", partner="ada").version == heads[0][1].version + 1


@pytest.mark.parametrize("kind", STORES, ids=lambda kind: kind.__name__)
def test_what_tells_another_history_is_taken_in_by_no_store(kind: type[Kept], tmp_path: Path) -> None:
    """attack 99: nobody's log is changed by what somebody brings along."""
    there = kind(tmp_path)
    with MemoryStore() as here, there.store:
        export = _history(here).export("ada", at=evening(1))
        other = Space(there.store, "us", CATALOG)
        other.open(["ada", "eve"], at=evening(0))
        other.note("ada", "another life", at=evening(0))
        with pytest.raises(InvalidValueError, match="tells another history"):
            take_in(there.store, export, partner=export.partner)
        assert there.store.head("us").version == 1
        assert there.store.head("us", partner="ada").version == 1
        take_in(there.store, export, partner=export.partner, space="elsewhere")
        assert there.store.events("elsewhere") == export.joint
