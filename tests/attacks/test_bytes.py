"""Rows 1 to 20 of the attack list, as far as no other test shows them: bytes, JSON, names and numbers."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attacks.json_cases import MUST_REJECT
from little_installs import document, install, package_of
from strategies import PROMPT, TEA, WHOLE, Document, as_bytes, pack_of

from intimacy_kit.errors import InvalidPackError, InvalidValueError
from intimacy_kit.loading.catalog import Catalog
from intimacy_kit.loading.documents import load_pack, read_document, read_pack
from intimacy_kit.loading.preflight import EVENT, preflight
from intimacy_kit.practice.event_documents import event_from
from intimacy_kit.practice.events import NoticeRead

OF_CUP: Document = {"activity": "tea/cup", "at": "2026-11-23T20:00:00+01:00", "kind": "prompt", "skills": ["trust"]}


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read_pack(data).problems]


def codes_of(document: object) -> list[str]:
    return [problem.code for problem in read_document(document).problems]


# attack 1, attack 2, attack 4, attack 10
@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in MUST_REJECT.items()])
def test_what_no_reader_of_json_may_take_is_a_problem_and_never_a_crash(data: bytes) -> None:
    for limits in (EVENT, None):
        checked = preflight(data, "a.json", limits) if limits else preflight(data, "a.json")
        assert checked.document is None
        assert {problem.code for problem in checked.problems} <= {"K001", "K002", "K003", "K005", "K006", "K008"}
        assert checked.problems
    assert read_pack(data).pack is None


def test_the_list_of_what_must_be_rejected_is_as_long_as_the_published_one() -> None:
    assert len(MUST_REJECT) == len(set(MUST_REJECT.values())) == 188


def test_a_pack_that_was_cut_off_anywhere_after_it_was_installed_is_never_half_there(tmp_path: Path) -> None:
    # attack 3
    install(tmp_path, "tea")
    data = as_bytes(document("tea"))
    for length in range(len(data)):
        (tmp_path / package_of("tea") / "pack.json").write_bytes(data[:length])
        catalog = Catalog.installed(path=[str(tmp_path)])
        assert len(catalog) == 0
        assert catalog.refused == {"tea"}
        assert [problem.code for problem in catalog.problems] == ["K307"]


@pytest.mark.parametrize(
    "number",
    [
        *(sign + "9" * digits for digits in (16, 4_000, 5_000, 60_000) for sign in ("", "-")),
        *map(str, (2**53, -(2**63))),
    ],
    ids=lambda number: f"{len(number)} characters",
)
def test_a_number_that_is_too_long_is_refused_before_python_reads_it(number: str) -> None:
    # attack 5
    assert codes(f'{{"format": {number}}}'.encode()) == ["K008"]


def test_minus_zero_is_zero() -> None:
    # attack 4
    assert preflight(b"[-0, 0]").document == [0, 0]
    assert repr(preflight(b"-0").document) == "0"


def test_a_key_that_hides_another_one_deep_inside_is_told_with_its_line() -> None:
    # attack 6
    data = b'{"a": [{"b": 1,\n "\\u0062": {"b": 2}}]}'
    assert [str(problem) for problem in preflight(data, "a.json").problems] == [
        "a.json:2:2: K004 the key 'b' stands twice in one object (keep one of them)"
    ]


def test_a_pack_of_more_activities_than_it_may_have_is_too_much_and_the_last_one_that_fits_is_not() -> None:
    # attack 8
    activities = [{**PROMPT, "id": f"cup-{number}"} for number in range(20_001)]
    assert codes_of(pack_of(*activities[:-1])) == []
    assert codes_of(pack_of(*activities)) == ["K108"]


def test_what_is_wrong_in_a_pack_of_many_is_found_among_those_that_are_well() -> None:
    # attack 17
    activities: list[Document] = [{**PROMPT, "id": f"cup-{number}"} for number in range(300)]
    activities[7]["depth"], activities[222]["mood"] = 9, "sad"
    assert [str(problem) for problem in read_document(pack_of(*activities, about=5)).problems] == [
        "pack.json#/about: K103 5 should be words (put it in quotes)",
        (
            "pack.json#/activities/222/mood: K104 'sad' is not known here "
            "(it is one of playful, ordinary, grateful, curious, tender, hard)"
        ),
        "pack.json#/activities/7/depth: K107 9 is too large, the most is 4 (write a number from 1 to 4)",
    ]


def test_of_a_pack_in_which_all_is_wrong_a_hundred_things_are_told_in_the_same_order_every_time() -> None:
    # attack 17
    bad = as_bytes(pack_of(*({"kind": "prompt"} for _ in range(500))))
    told = read_pack(bad).problems
    assert len(told) == 100
    assert read_pack(bad).problems == told == tuple(sorted(told))


HIDDEN = ["\u202e", "\u2066", "\u2069", "\u200b", "\u2060", "\u2064"]


@pytest.mark.parametrize("character", HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_what_turns_or_hides_text_is_refused_in_every_text_and_every_name_of_a_pack(character: str) -> None:
    # attack 11, attack 12
    for name, value in {"title": f"T{character}ea", "name": f"t{character}ea", "authors": [f"A{character}da"]}.items():
        for escaped in (True, False):
            data = json.dumps({**TEA, name: value}, ensure_ascii=escaped).encode()
            (problem,) = read_pack(data).problems
            assert problem.code == "K009"
            assert f"U+{ord(character):04X}" in problem.message
            assert character not in str(problem)


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"], ids=["ZWNJ", "ZWJ"])
def test_joiners_are_text_and_stand_in_no_name(joiner: str) -> None:
    # attack 12
    assert codes(as_bytes({**TEA, "title": f"T{joiner}ea"})) == []
    assert codes(as_bytes({**TEA, "name": f"t{joiner}ea"})) == ["K105"]
    assert codes(as_bytes(pack_of({**PROMPT, "id": f"first{joiner}cup"}))) == ["K105"]


LOOK_ALIKES = [
    "\u0430bc",
    "ab\u0441",
    "t\u0435a",
    "te\uff41",
    "t\u00e9a",
    "te\u0301a",
    "tea\u0301",
    "tea.",
    "tea_",
    "t\u0131p",
]


@pytest.mark.parametrize("name", LOOK_ALIKES, ids=ascii)
def test_a_name_that_only_looks_like_another_one_is_none(name: str) -> None:
    # attack 13
    assert codes(as_bytes({**TEA, "name": name})) == ["K105"]
    for field, value in {"id": name, "aliases": [name], "links": [name], "requires": {"resolved": name}}.items():
        assert codes(as_bytes(pack_of({**PROMPT, field: value}))) == ["K105"]


def test_two_names_never_differ_by_case_or_by_how_an_accent_is_written_alone() -> None:
    # attack 14
    for names in (("cup", "Cup"), ("cup", "CUP"), ("caf\u00e9", "cafe\u0301"), ("fi", "\ufb01")):
        told = codes(as_bytes(pack_of(*({**PROMPT, "id": name} for name in names))))
        assert told
        assert set(told) == {"K105"}
    assert codes(as_bytes(pack_of(PROMPT, PROMPT))) == ["K201"]


ODD_KEYS = ["__class__", "__proto__", "__dict__", "__init__", "__attrs_attrs__", "constructor", "self", "", "_gate"]


def _objects(value: Any) -> list[Document]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(found for part in inner for found in _objects(part))]


@pytest.mark.parametrize("key", ODD_KEYS, ids=repr)
def test_a_key_that_means_something_to_a_language_is_an_unknown_field_everywhere(key: str) -> None:
    # attack 19
    whole = json.dumps(WHOLE)
    places = len(_objects(json.loads(whole)))
    refused = 0
    for place in range(places):
        changed = json.loads(whole)
        _objects(changed)[place][key] = {"__init__": "x"}
        told = codes(as_bytes(changed))
        assert told, place
        assert set(told) <= {"K102", "K103", "K105", "K108", "K112"}
        refused += "K102" in told
    assert refused > places // 2


DAYS_THAT_ARE_NONE = [
    *(
        "2020-99-99T20:00:00+00:00",
        "2021-02-29T20:00:00+00:00",
        "2026-11-23",
        "2026-11-23T20:00:00",
        "1066-10-14T09:00:00+00:00",
    ),
    *("2026-11-23T20:00:00Z", "2016-12-31T23:59:60+00:00", "2026-11-23T24:00:00+00:00", "2026-11-23T20:00:00+24:00"),
    *(
        "2026-11-23 20:00:00+00:00",
        "2026-W48-1T20:00:00+00:00",
        "\u0662026-11-23T20:00:00+00:00",
        "20261123T200000+0000",
    ),
    *("2026-11-23T20:00:00.5+00:00", "2026-11-23T20:00:00+00:00:01", "99999-01-01T00:00:00+00:00", "now", ""),
]


@pytest.mark.parametrize("moment", DAYS_THAT_ARE_NONE, ids=ascii)
def test_a_moment_that_is_none_or_could_be_another_one_is_refused(moment: str) -> None:
    # attack 20
    with pytest.raises(InvalidValueError, match=r"^'at' must be a moment such as"):
        event_from({"event": "notice_read", "partner": "a", "at": moment})


def test_a_moment_without_a_zone_is_refused_in_python_too() -> None:
    # attack 20
    assert NoticeRead(partner="a", at=datetime(2026, 11, 23, tzinfo=UTC)).at.tzinfo is UTC
    with pytest.raises(InvalidValueError, match="time zone"):
        NoticeRead(partner="a", at=datetime(2026, 11, 23))  # noqa: DTZ001 - that is the attack


@pytest.mark.parametrize("depth", [True, "1", None, [1], 1.0, {"n": 1}], ids=repr)
def test_only_a_whole_number_is_a_depth(depth: object) -> None:
    # attack 18
    assert read_pack(as_bytes(pack_of({**PROMPT, "depth": depth}))).pack is None
    assert read_document(pack_of({**PROMPT, "depth": depth})).pack is None
    with pytest.raises(InvalidValueError):
        event_from({"event": "completed", **OF_CUP, "depth": depth})


def test_a_document_that_was_never_in_bytes_is_refused_however_deep_and_however_long_its_numbers() -> None:
    # attack 5, attack 7, attack 26
    gate: Document = {"resolved": "cup"}
    for _ in range(sys.getrecursionlimit() * 2):
        gate = {"all": [gate]}
    assert codes_of(pack_of({**PROMPT, "requires": gate})) == ["K006"]
    assert codes_of(pack_of({**PROMPT, "depth": 9}, {**PROMPT, "requires": gate})) == ["K006"]
    endless = 10**5_000
    assert codes_of(pack_of({**PROMPT, "depth": endless, "minutes": -endless})) == ["K107", "K107"]
    assert codes_of({**TEA, "format": endless}) == ["K107"]
    assert codes_of({**TEA, "name": endless, "licence": -endless}) == ["K103", "K103"]
    assert codes_of(pack_of({**PROMPT, "mood": endless, "retired": -endless})) == ["K104", "K103"]


def test_a_file_that_is_given_by_hand_is_refused_in_one_line_too(tmp_path: Path) -> None:
    # attack 1, attack 15, attack 27
    for data in (b"", b" \n", b"[]", b'"tea"', b"\x00" * 10):
        (tmp_path / "pack.json").write_bytes(data)
        with pytest.raises(InvalidPackError) as refused:
            load_pack(tmp_path)
        assert "\n" not in str(refused.value)
