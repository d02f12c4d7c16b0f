"""What a person takes along: all that is theirs and what was opened to them, and nothing of anybody else's."""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve
from little_packs import EVERYTHING, activity, catalog, evening
from privacy.rooms import CATALOG, CUP, answer_and_agree, room, words_of
from privacy.worlds import of_seed

from intimacy_kit.errors import ErasedError, InvalidValueError
from intimacy_kit.practice.events import (
    Answer,
    BoundariesChanged,
    CheckedIn,
    Completed,
    Declined,
    JointEvent,
    JourneyChosen,
    Noted,
    NoticeRead,
    Offered,
    Revealed,
    Sealed,
    Skipped,
    SpaceClosed,
    SpaceLeft,
    SpaceOpened,
    Started,
    TakenBack,
)
from intimacy_kit.practice.own import Own
from intimacy_kit.practice.progress import Progress
from intimacy_kit.practice.views import seen_by, view
from intimacy_kit.practice.words import Words
from intimacy_kit.stores.exports import Export, read_export, take_in
from intimacy_kit.stores.memory import MemoryStore
from intimacy_kit.stores.spaces import Space
from intimacy_kit.stores.sqlite import SQLiteStore

GOLDEN = Path(__file__).parent / "golden"
NOW = evening(9)


def lived_in(**more: Any) -> Space:
    """Return a space of three in which everything happened that can be exported."""
    space = room(3, **more)
    space.allow("ada", at=evening(0), depth=4, topics={"money": "ask", "in_laws": "yes", "home": "no"})
    space.allow("ben", at=evening(0), topics={"money": "ask"})
    space.choose_journey("ada", "tea/way", at=evening(0))
    space.offer("ben", [CUP, "tea/story"], at=evening(1))
    space.start("ada", CUP, at=evening(1))
    space.complete("ada", CUP, at=evening(1))
    space.skip("ben", "tea/story", at=evening(1))
    space.note("ada", "Two lines:\n\n# of mine", at=evening(1), activity_id=CUP)
    space.note("ada", "And one.", at=evening(2))
    space.check_in("ada", "tea/near", {"near": 5}, at=evening(2))
    answer_and_agree(space, "ada", "ben", "cyd")
    answer_and_agree(space, "ada", "ben", "cyd", about="tea/pot", number=2)
    space.withdraw("ben", "tea/pot", at=evening(3))
    space.decline("ada", "tea/pot", at=evening(4), scope="always")
    space.decline("ada", "tea/story", at=evening(4), scope="month")
    space.seal("ben", CUP, "Ben's own, sealed.", at=evening(5))
    space.choose_journey("ada", None, at=evening(5))
    space.leave("cyd", at=evening(6))
    space.seal("ada", CUP, "Not open yet.", at=evening(7))
    space.pause("ada", at=evening(8))
    space.close("ben", at=evening(9))
    return space


def test_an_export_reads_like_this() -> None:
    """attack 79."""
    titles = {one.id: str(one.title) for one in CATALOG.values()}
    written = lived_in().export("ada", at=NOW).to_markdown(titles)
    path = GOLDEN / "export.md"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(written, "utf-8")
    assert written == path.read_text("utf-8")


def test_an_export_of_somebody_who_did_nothing_says_so_and_no_more() -> None:
    space = Space(MemoryStore(), "us", CATALOG)
    space.open(["ada"], at=evening(0))
    assert space.export("ada", at=NOW).to_markdown() == (
        "# What is yours\n\nYou are ada in us. On 2026-12-02.\n\n"
        "## What you allow\n\n- as deep as: light\n- you have not read the notice; until then, only what is light\n\n"
        "## What you did together\n\n- 2026-11-23: the space was opened; what is shared is removed when erased\n"
    )


def test_nobody_writes_a_page_into_the_export_of_another_one() -> None:
    """attack 79: words and what was shown can be anything; they stay where they belong."""
    forged = "One.\n\n## What you sealed\n\n2026-01-01: forged\r\n# forged\x85# forged\u2028# forged"
    space = room()
    for name in ("ada", "ben"):
        space.seal(name, CUP, forged, at=evening(0), shown=forged)
        space.agree(name, CUP, at=evening(0))
    page = space.export("ben", at=NOW).to_markdown()
    lines = page.splitlines()
    assert not any(line.lstrip().startswith(("# forged", "2026-01-01: forged")) for line in lines)
    assert [line for line in lines if line.startswith("## ")] == [
        "## What you allow",
        "## What you sealed",
        "## What you opened together",
        "## What you did together",
    ]


# There and back


@pytest.mark.parametrize("who", ["ada", "ben", "cyd"])
def test_an_export_is_read_as_it_was_written(who: str) -> None:
    export = lived_in().export(who, at=NOW)
    assert read_export(export.to_json()) == export
    assert read_export(export.to_json()).to_json() == export.to_json()


def test_every_made_up_export_is_read_as_it_was_written() -> None:
    for seed in range(40):
        for pair in of_seed(seed, 2):
            export = pair.other.space().export(pair.b, at=NOW)
            assert read_export(export.to_json()) == export


def test_words_come_back_letter_by_letter() -> None:
    written = ' \u202e\x00\n\r\n\x1b[2J \ufeff\u2028👩‍👧 "\\ '
    space = room(1)
    space.note("ada", written, at=evening(0))
    export = read_export(space.export("ada", at=NOW).to_json())
    assert [one.words.text for one in export.own if isinstance(one, Noted)] == [written]
    assert written.encode() not in repr(export).encode()


def test_an_export_holds_what_is_ones_own_and_what_was_opened_to_one_and_nothing_else() -> None:
    """attack 79, attack 85."""
    space = lived_in()
    for who in ("ada", "ben", "cyd"):
        export = space.export(who, at=NOW)
        assert {event.partner for event in export.own} == {who}
        written = (export.to_json() + export.to_markdown().encode()).decode()
        for other in {"ada", "ben", "cyd"} - {who}:
            theirs = space.export(other, at=NOW).own
            secret = [one.words.text for one in theirs if isinstance(one, Noted)]
            secret += [one.words.text for one in theirs if isinstance(one, Sealed)][2:]
            assert not any(words in written for words in secret), (who, other)
        assert ("of ben, 2" in written) == (who == "ben")
    assert b'"space_left"' in space.export("cyd", at=NOW).to_json()
    assert b'"space_closed"' not in space.export("cyd", at=NOW).to_json()


# Taking in


def test_what_is_taken_in_twice_is_there_once() -> None:
    """attack 78."""
    export, store = lived_in().export("ada", at=NOW), MemoryStore()
    for _ in range(3):
        take_in(store, read_export(export.to_json()), partner=export.partner)
    assert store.events("us") == export.joint
    assert store.events("us", partner="ada") == export.own
    again = Space(store, "us", CATALOG)
    assert again.export("ada", at=NOW) == export


def test_what_several_people_bring_is_put_together() -> None:
    """attack 78, attack 100: each brings what is theirs; what somebody took back comes with nobody else."""
    space, store = lived_in(), MemoryStore()
    brought = {who: space.export(who, at=NOW) for who in ("ben", "ada", "cyd")}
    for export in brought.values():
        take_in(store, export, partner=export.partner)
    there = Space(store, "us", CATALOG)
    for who in ("ada", "ben", "cyd"):
        assert store.events("us", partner=who) == brought[who].own
        assert there.view(who, now=NOW).revealed == space.view(who, now=NOW).revealed
    assert there.export("cyd", at=NOW) == brought["cyd"]


def test_it_can_be_taken_in_under_another_name() -> None:
    space, store = lived_in(), MemoryStore()
    take_in(store, space.export("ada", at=NOW), partner="ada", space="them")
    assert store.events("us") == ()
    assert words_of(Space(store, "them", CATALOG), "ada") == words_of(space, "ada")


def _another_note(export: Export) -> Export:
    return evolve(export, own=[*export.own[:1], Noted(partner="ada", at=NOW, words=Words("x")), *export.own[1:]])


def _another_opening(export: Export) -> Export:
    return evolve(export, joint=[SpaceOpened(at=evening(0), people=["ada", "eve"]), *export.joint[1:]])


def _forged_end(export: Export) -> Export:
    answers = [Answer(who="ada", shown="Who?", words=Words("x")), Answer(who="ben", shown="Who?", words=Words("y"))]
    return evolve(export, joint=[*export.joint, Revealed(on=NOW.date(), activity=CUP, answers=answers)])


_OTHER = "tells another history than space 'us' does; take another space"
_LONGER = "goes on after what space 'us' holds; take in the longest one first"


@pytest.mark.parametrize(
    ("other", "told"), [(_another_note, _OTHER), (_another_opening, _OTHER), (_forged_end, _LONGER)]
)
def test_another_history_is_not_taken_into_one_that_is_there(other: Callable[[Export], Export], told: str) -> None:
    """attack 99: nobody brings along what the space does not know of; nothing of it is kept."""
    space = lived_in()
    store, export = space._store, space.export("ada", at=NOW)
    before = [store.events("us"), *(store.events("us", partner=who) for who in ("ada", "ben", "cyd"))]
    with pytest.raises(InvalidValueError, match=f"'export' {told}"):
        take_in(store, other(export), partner=export.partner)
    assert [store.events("us"), *(store.events("us", partner=who) for who in ("ada", "ben", "cyd"))] == before


def test_who_was_erased_is_not_brought_back_by_an_export() -> None:
    """attack 80."""
    space = room()
    space.note("ada", "Words.", at=evening(0))
    export = space.export("ada", at=NOW)
    space.erase("ada", at=NOW)
    with pytest.raises((ErasedError, InvalidValueError)):
        take_in(space._store, export, partner=export.partner)
    assert space._store.events("us", partner="ada") == ()


# What is refused


def documents() -> list[bytes]:
    """Return documents that are no exports, each wrong in one way."""
    right: dict[str, Any] = json.loads(lived_in().export("ada", at=NOW).to_json())
    wrong: list[Any] = [right | {name: value} for name in right for value in (None, 7, "canary", ["canary"], {"a": 1})]
    wrong += [{name: value for name, value in right.items() if name != left} for left in right]
    wrong += [
        right | {"more": "canary"},
        right | {"format": 2},
        right | {"at": "2026-11-23T20:00"},
        right | {"space": " "},
    ]
    wrong += [right | {"own": right["joint"]}, right | {"joint": right["own"]}, right | {"partner": "ben"}]
    wrong += [right | {"own": [*right["own"], {"event": "canary"}]}, [right], "canary", None]
    return [b"", b"{", b"\xff", b"canary", *(json.dumps(one).encode() for one in wrong)]


def refusal_of(data: bytes) -> str:
    """Return what is said about a document that is no export; empty for one that is."""
    try:
        read_export(data)
    except InvalidValueError as refused:
        return f"{refused} {refused!r}"
    return ""


def test_what_is_no_export_is_refused_in_words_that_are_nobodys() -> None:
    wrong = documents()
    assert len(wrong) > 40
    told = [refused for data in wrong if (refused := refusal_of(data))]
    assert not any("canary" in said for said in told)
    assert len(told) == len(wrong) - 1  # "canary" is a good name for a space, and for nothing else


_NO_EXPORT = "'export' must be an export of intimacy-kit in format 1"
_NO_LISTS = "'export' must name a space and a partner, and hold two lists of events"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"format": 2}, _NO_EXPORT),
        ({"format": True}, _NO_EXPORT),
        ({"more": 1}, _NO_EXPORT),
        ({"space": ""}, _NO_LISTS),
        ({"partner": 7}, _NO_LISTS),
        ({"joint": {}}, _NO_LISTS),
        ({"own": None}, _NO_LISTS),
    ],
)
def test_what_an_export_lacks_is_said(wrong: dict[str, Any], told: str) -> None:
    right: dict[str, Any] = json.loads(lived_in().export("ada", at=NOW).to_json())
    with pytest.raises(InvalidValueError) as refused:
        read_export(json.dumps(right | wrong).encode())
    assert str(refused.value) == told


def test_an_export_can_be_read_without_a_program_for_json() -> None:
    space = room()
    space.note("ada", "Müßig, 静か.", at=NOW)
    data = space.export("ada", at=NOW).to_json()
    assert "Müßig, 静か." in data.decode()
    assert data.endswith(b"}\n")


def test_a_space_of_which_only_the_opening_is_there_is_not_gone_on_with() -> None:
    """attack 99."""
    space, store = room(), MemoryStore()
    space.offer("ada", [CUP], at=NOW)
    Space(store, "us", CATALOG).open(("ada", "ben"), at=evening(0), shared="removed")
    with pytest.raises(InvalidValueError, match=f"'export' {_LONGER}"):
        take_in(store, space.export("ada", at=NOW), partner="ada")
    assert len(store.events("us")) == 1


def test_one_wrong_byte_is_refused_or_reads_as_another_export() -> None:
    data, random = lived_in().export("ada", at=NOW).to_json(), Random(7)
    places = [random.randrange(len(data)) for _ in range(300)]
    told = [refusal_of(data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]) for at in places]
    assert sum(map(bool, told)) > 100


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"joint": [NoticeRead(partner="ada", at=evening(0))]}, "'joint' must be joint events"),
        ({"own": [NoticeRead(partner="ben", at=evening(0))]}, "'own' must be the private events of this partner"),
        ({"own": [SpaceClosed(on=evening(0).date())]}, "'own' must be the private events of this partner"),
        ({"at": evening(0).replace(tzinfo=None)}, "'at'"),
    ],
)
def test_an_export_holds_joint_events_and_those_of_one_person(wrong: dict[str, Any], named: str) -> None:
    """attack 99: nobody's log is written by another one."""
    right: dict[str, Any] = {"space": "us", "partner": "ada", "at": NOW, "joint": [], "own": []}
    with pytest.raises(InvalidValueError, match=named):
        Export(**right | wrong)


# Files


def test_an_export_is_written_into_the_folder_of_the_host_and_read_again(tmp_path: Path) -> None:
    space = lived_in(exports=tmp_path / "exports")
    written = [space.write_export(who, at=NOW) for who in ("ada", "ben")]
    assert len({*written[0], *written[1]}) == 4
    for (as_json, as_page), who in zip(written, ("ada", "ben"), strict=True):
        assert (as_json.suffix, as_page.suffix) == (".json", ".md")
        export = space.export(who, at=NOW)
        assert read_export(as_json.read_bytes()) == export
        assert "About pot." in as_page.read_text("utf-8")
        assert who not in as_json.name
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for one in written for path in one} == {0o600}
    assert space.write_export("ada", at=NOW) == written[0]


def test_ids_of_any_kind_name_a_file_inside_the_folder(tmp_path: Path) -> None:
    """attack 43: an id of the host's may look like a path."""
    folder = tmp_path / "exports"
    for name in ("../../up", "/etc/x", "CON", "a\\b", "." * 128):
        space = Space(MemoryStore(), name, CATALOG, exports=folder)
        space.open([name], at=evening(0))
        assert {path.parent for path in space.write_export(name, at=NOW)} == {folder}
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


def test_without_a_folder_nothing_is_written() -> None:
    with pytest.raises(InvalidValueError, match="'exports'"):
        room().write_export("ada", at=NOW)


def test_erasing_cleans_the_folder_of_exports_of_this_space_only(tmp_path: Path) -> None:
    """attack 80: the exports of the others may hold the same words."""
    others = Space(MemoryStore(), "them", CATALOG, exports=tmp_path)
    others.open(["ada"], at=evening(0))
    kept = others.write_export("ada", at=NOW)
    space = lived_in(exports=tmp_path)
    for who in ("ada", "ben", "cyd"):
        space.write_export(who, at=NOW)
    space.erase("ada", at=NOW)
    assert {*tmp_path.iterdir()} == {*kept}
    assert b"of ada" not in b"".join(path.read_bytes() for path in space.write_export("ben", at=NOW))
    room(1, exports=tmp_path / "never written").erase("ada", at=NOW)


# What somebody may see of the joint log


def answers(*said: tuple[str, str | None]) -> Revealed:
    given = [Answer(who=who, shown="Who?", words=Words(words) if words else None) for who, words in said]
    return Revealed(on=evening(0).date(), activity=CUP, answers=given)


def test_what_was_opened_among_others_is_without_words() -> None:
    """attack 79: whoever has no answer in it reads none of it."""
    opened = answers(("ada", "of ada"), ("ben", "of ben"))
    assert seen_by([opened], "cyd") == (answers(("ada", None), ("ben", None)),)
    assert seen_by([opened], "ada") == (opened,)
    progress = Progress.from_events([opened])
    shown = view(progress, Own(partner="cyd"), CATALOG, EVERYTHING, now=NOW)
    assert shown.revealed == ()
    page = Export(space="us", partner="cyd", at=NOW, joint=seen_by([opened], "cyd"), own=[]).to_markdown()
    assert "of ada" not in page
    assert "opened together" not in page


def test_each_round_is_taken_back_by_itself() -> None:
    first, second = answers(("ada", "one"), ("ben", "uno")), answers(("ada", "two"), ("ben", "dos"))
    back = TakenBack(on=evening(0).date(), who="ada", activity=CUP, round=1)
    seen = seen_by([first, second, back], "ben")
    assert seen == (first, answers(("ada", None), ("ben", "dos")), back)
    assert seen_by([first, second, back], "ada") == (first, second, back)


def test_who_left_takes_along_what_was_up_to_then() -> None:
    log: list[JointEvent] = [
        SpaceOpened(at=evening(0), people=["ada", "ben"]),
        answers(("ada", "of ada"), ("ben", "of ben")),
        SpaceLeft(on=evening(1).date(), who="ben"),
        SpaceClosed(on=evening(2).date()),
    ]
    assert seen_by(log, "ben") == tuple(log[:3])
    assert seen_by(log, "ada") == tuple(log)
    back = TakenBack(on=evening(2).date(), who="ada", activity=CUP, round=0)
    assert seen_by([*log, back], "ben") == (log[0], answers(("ada", None), ("ben", "of ben")), log[2])


def test_a_page_names_what_no_pack_has_any_more_by_its_id() -> None:
    cup, near = activity("cup"), activity("near", "check_in")
    export = Export(
        space="us",
        partner="ada",
        at=NOW,
        joint=[*(kind.of(cup, at=NOW) for kind in (Offered, Started, Completed, Skipped)), JourneyChosen(at=NOW)],
        own=[
            CheckedIn.of(near, at=NOW, partner="ada", answers={"near": 3}),
            Declined(partner="ada", at=NOW, activity="gone/away", until=evening(30).date()),
            BoundariesChanged(partner="ada", at=NOW, boundaries=EVERYTHING),
            Declined(partner="ada", at=NOW, activity="gone/away", until=evening(30).date()),
        ],
    )
    page = export.to_markdown()
    for line in ("- 2026-12-02, tea/near: near: 3", "- not: gone/away, until 2026-12-23", "- 2026-12-02: tea/cup"):
        assert line in page
    assert "on the way with no journey" in page
    assert catalog(cup)[CUP].title.words not in page


# Who may keep what


def test_where_the_others_keep_what_was_shared_they_do_not_keep_what_was_taken_back(tmp_path: Path) -> None:
    """attack 80, attack 88, attack 100: words that nobody may read are nobody's to keep."""
    file = tmp_path / "us.db"
    with SQLiteStore(file) as store:
        space = Space(store, "us", CATALOG)
        space.open(["ada", "ben"], at=NOW, shared="kept")
        for number in range(2):
            for who in ("ada", "ben"):
                space.seal(who, CUP, f"{who} said {number}", at=NOW)
                space.agree(who, CUP, at=NOW)
        space.withdraw("ada", CUP, at=NOW)
        space.erase("ada", at=NOW)
        assert store.erased("us", "ada")
        assert not store.erased("us", "ben")
        assert [b"ada said 0" in file.read_bytes(), b"ada said 1" in file.read_bytes()] == [True, False]
        assert words_of(space, "ben") == [
            {"ada": "ada said 0", "ben": "ben said 0"},
            {"ada": None, "ben": "ben said 1"},
        ]
        space.erase("ada", at=NOW)
        assert words_of(space, "ben")[0]["ada"] == "ada said 0"
        space.erase("ben", at=NOW)
        assert b"said" not in file.read_bytes()


@pytest.mark.parametrize("who", ["ben", "cyd"])
def test_nobody_brings_what_is_somebody_elses_or_for_a_space_they_are_not_in(who: str) -> None:
    """attack 89, attack 99."""
    space = room()
    export = evolve(space.export("ada", at=NOW), partner=who, own=[])
    store, before = space._store, space.view("ben", now=NOW)
    for brings in ("ada", "cyd"):
        with pytest.raises(InvalidValueError, match="'partner' must be the person whose export it is, and in"):
            take_in(store, export, partner=brings)
    assert space.view("ben", now=NOW) == before


def test_what_another_one_wrote_loads_nothing_and_leads_nowhere_in_my_markdown() -> None:
    """attack 33, attack 34: an opened picture would tell its owner who reads, and when."""
    space = room()
    said = "![a](http://evil/x.png) <img src=x> [b](http://evil) &lt;"
    for who in ("ada", "ben"):
        space.seal(who, CUP, said, at=NOW, shown=f"Who?\n\n## {said}")
        space.agree(who, CUP, at=NOW)
    text = space.export("ada", at=NOW).to_markdown()
    assert "!\\[a](http://evil/x.png) \\<img src=x> \\[b](http://evil) \\&lt;" in text
    assert not re.search(r"(?<!\\)[\[<&]", text)


def test_an_export_that_was_written_while_somebody_was_erased_is_written_again(tmp_path: Path) -> None:
    """attack 80: no file brings words back that were erased a moment before."""
    space = room(exports=tmp_path)
    answer_and_agree(space, "ada", "ben")

    class Erasing(Space):
        """A space in which ada is erased after ben's export was read, and before it is written."""

        left = 1

        def export(self, partner: str, *, at: datetime) -> Export:
            export = super().export(partner, at=at)
            if self.left:
                self.left -= 1
                space.erase("ada", at=at)
            return export

    Erasing(space._store, "us", CATALOG, exports=tmp_path).write_export("ben", at=NOW)
    assert len([*tmp_path.iterdir()]) == 2
    assert not [file for file in tmp_path.iterdir() if b"of ada" in file.read_bytes()]
