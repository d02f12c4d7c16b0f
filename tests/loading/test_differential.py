"""What the schemas accept is what the values accept: generated documents before three judges."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import (
    PROMPT,
    WHOLE,
    as_bytes,
    broken,
    events,
    exports,
    in_python,
    in_rust,
    pack_of,
    packs,
    paths_of,
    replaced,
    value_at,
)

from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.documents import read_document, read_pack
from intimacy_kit.loading.explaining import explain
from intimacy_kit.loading.preflight import CONTENT, EVENT, preflight
from intimacy_kit.loading.reading import pack_from
from intimacy_kit.practice.event_documents import event_from, to_document
from intimacy_kit.stores.exports import EXPORT, Export, read_export

CASES = Path(__file__).parents[2] / "schemas" / "cases"

often = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
seldom = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _accepts(read: Callable[[object], object], document: object) -> bool:
    try:
        read(document)
    except InvalidValueError:
        return False
    return True


def _verdicts(name: str, read: Callable[[object], object], document: Any) -> dict[str, bool]:
    return {
        "values": _accepts(read, document),
        "explain": not explain(name, document),
        "jsonschema": in_python(name).is_valid(document),
        "jsonschema-rs": in_rust(name).is_valid(document),
    }


@often
@given(broken(packs()), st.booleans())
def test_a_pack_is_accepted_by_the_values_exactly_if_both_validators_accept_it(document: Any, escaped: bool) -> None:
    # attack 28
    checked = preflight(json.dumps(document, ensure_ascii=escaped).encode(), limits=CONTENT)
    if not checked.problems:
        verdicts = _verdicts("pack", pack_from, checked.document)
        assert len(set(verdicts.values())) == 1, verdicts


@often
@given(broken(events()))
def test_an_event_is_accepted_by_the_values_exactly_if_both_validators_accept_it(document: Any) -> None:
    # attack 28
    checked = preflight(as_bytes(document), limits=EVENT)
    if not checked.problems:
        verdicts = _verdicts("event", event_from, checked.document)
        assert len(set(verdicts.values())) == 1, verdicts


def _export_from(document: object) -> Export:
    return read_export(as_bytes(document))


def _is_one_persons(document: Any) -> bool:
    """Tell whether all private events of an export are its partner's, which no schema can say: only the values do."""
    return all(event["partner"] == document["partner"] for event in document["own"])


#: No character that a name may not hold, which is no business of a schema either.
_SEEN = evolve(EXPORT, verbatim=False)


@seldom
@given(broken(exports()))
def test_an_export_is_accepted_by_the_values_exactly_if_both_validators_accept_it(document: Any) -> None:
    # attack 28
    checked = preflight(as_bytes(document), limits=_SEEN)
    if not checked.problems:
        verdicts = _verdicts("export", _export_from, checked.document)
        if verdicts["explain"] and not _is_one_persons(checked.document):
            assert not verdicts.pop("values")
        assert len(set(verdicts.values())) == 1, verdicts


def test_only_the_values_see_a_private_event_of_somebody_else_in_an_export() -> None:
    document = {**_EXPORT, "own": [{"event": "notice_read", **_MINE}]}
    verdicts = [_verdicts("export", _export_from, {**document, "partner": partner}) for partner in ("a", "b")]
    assert [[name for name, accepted in each.items() if not accepted] for each in verdicts] == [[], ["values"]]


@seldom
@given(exports())
def test_an_export_is_written_as_its_schema_says_and_comes_back_as_it_was(document: Any) -> None:
    export = _export_from(document)
    written = export.to_json()
    assert in_python("export").is_valid(json.loads(written))
    assert read_export(written) == export


@often
@given(broken(packs()))
def test_every_refusal_is_explained_with_or_without_pre_flight(document: Any) -> None:
    for read in (read_document(document), read_pack(as_bytes(document))):
        assert (read.pack is None) == bool(read.problems)
        assert "K199" not in {problem.code for problem in read.problems}


@seldom
@given(packs())
def test_a_generated_pack_is_valid_before_it_is_broken(document: Any) -> None:
    assert not explain("pack", document)
    assert pack_from(document).name == document["name"]


@often
@given(events())
def test_an_event_comes_back_from_its_document_as_it_was(document: Any) -> None:
    event = event_from(document)
    assert event_from(to_document(event)) == event
    assert in_python("event").is_valid(to_document(event))


_LENGTHS = (0, 1, 6, 7, 10, 11, 20, 21, 50, 51, 60, 61, 64, 65, 100, 101, 120, 121, 128, 129, 300, 301)
_LONGER = (500, 501, 600, 601, 1200, 1201, 20_000, 20_001)
_NUMBERS = (-1, 0, 1, 2, 3, 4, 5, 100, 101, 240, 241, 3650, 3651, 7200, 7201, 10_000, 10_001)
_DIFFERENT = ["".join(letters) for letters in product("abcdefgh", repeat=3)]  # slugs, topics, languages and names

_MOMENT = "2026-11-23T20:00:00+01:00"
_OF_ACTIVITY = {"activity": "tea/a", "at": _MOMENT, "kind": "prompt", "skills": ["trust"], "depth": 1}
_MINE = {"partner": "a", "at": _MOMENT}
_EVENTS: list[Any] = [
    {"event": "offered", **_OF_ACTIVITY, "rev": 1, "topics": ["home"]},
    {"event": "paused", **_OF_ACTIVITY, "rev": 1, "topics": ["home"], "moves": ["next"]},
    {"event": "checked_in", **_OF_ACTIVITY, "partner": "a", "rev": 1, "topics": ["home"], "answers": {"near": 1}},
    {"event": "journey_chosen", "at": _MOMENT, "journey": "tea/a"},
    {
        "event": "migrated",
        "at": _MOMENT,
        "name": "tea/2027-03-a",
        "carried": [{"old": "tea/b", "new": "tea/a", "credit": "offered"}],
    },
    {
        "event": "boundaries_changed",
        **_MINE,
        "boundaries": {
            "depth": 1,
            "topics": {"home": "no"},
            "declined": {"tea/a": "2026-12-01"},
            "accepted": [{"activity": "tea/a", "topics": ["home"], "until": "2026-12-01"}],
            "paused": True,
        },
    },
    {"event": "space_opened", "at": _MOMENT, "people": ["a"], "shared": "kept"},
    {"event": "space_left", "on": "2026-11-23", "who": "a"},
    {"event": "space_closed", "on": "2026-11-23"},
    {
        "event": "revealed",
        "on": "2026-11-23",
        "activity": "tea/a",
        "answers": {"a": {"shown": "Who?", "words": "You."}},
    },
    {"event": "taken_back", "on": "2026-11-23", "who": "a", "activity": "tea/a", "round": 1},
    {"event": "declined", **_MINE, "activity": "tea/a", "until": "2026-12-01"},
    {"event": "accepted", **_MINE, "activity": "tea/a", "topics": ["home"], "until": "2026-12-01"},
    {"event": "sealed", "partner": "a", **_OF_ACTIVITY, "shown": "Who?", "words": "You.", "round": 1},
    {"event": "agreed", **_MINE, "activity": "tea/a", "round": 1},
    {"event": "withdrawn", **_MINE, "activity": "tea/a", "round": 1},
    {"event": "noted", **_MINE, "words": "You.", "activity": "tea/a"},
]
#: Without private events, whose partner would have to be this one.
_EXPORT: Any = {"format": 1, "space": "us", "partner": "a", "at": _MOMENT, "joint": [_EVENTS[0]], "own": []}


def _at_limits(value: Any) -> list[Any]:
    """Return what to put in the place of a value: as long, as large and as many as some limit, and one more."""
    others: list[Any] = []
    match value:
        case bool():
            others = [1, "true"]
        case int():
            others = [True, *_NUMBERS]
        case str():
            others = ["a" * length for length in (*_LENGTHS, *_LONGER)]
        case [str(), *_]:
            others = [_DIFFERENT[:length] for length in (*_LENGTHS, 500, 501)]
        case [first, *_]:
            others = [[first] * length for length in _LENGTHS]
        case dict():
            first = next(iter(value.values()))
            others = [dict.fromkeys(_DIFFERENT[:length], first) for length in (0, 1, 6, 7, 50, 51)]
    return [None, *others]


@pytest.mark.parametrize(
    ("name", "read", "document"),
    [
        ("pack", pack_from, WHOLE),
        *(("event", event_from, event) for event in _EVENTS),
        ("export", _export_from, _EXPORT),
    ],
    ids=lambda value: value.get("event", "") if isinstance(value, dict) else "",
)
def test_at_every_limit_of_every_field_values_and_schema_agree(
    name: str, read: Callable[[object], object], document: Any
) -> None:
    # attack 8, attack 18
    assert _accepts(read, document)
    refused = 0
    for path in paths_of(document):
        for other in _at_limits(value_at(document, path)):
            changed = replaced(document, path, other)
            verdict = _accepts(read, changed)
            assert verdict == in_rust(name).is_valid(changed), (path, str(other)[:100])
            refused += not verdict
    assert refused > 50


def test_a_name_spelled_in_both_ways_counts_twice_against_the_limit() -> None:
    links = [*_DIFFERENT[:20], f"tea/{_DIFFERENT[0]}"]
    too_many, enough = pack_of({**PROMPT, "links": links}), pack_of({**PROMPT, "links": links[1:]})
    assert [_accepts(pack_from, document) for document in (too_many, enough)] == [False, True]
    assert [in_rust("pack").is_valid(document) for document in (too_many, enough)] == [False, True]


_IN_SOURCES = {"prompts": "prompt", "exercises": "exercise", "check-ins": "check_in"}


def _compiled_cases() -> list[Any]:
    """Return the cases of sources whose lists hold objects, each as the compiled pack they would become."""
    cases = []
    for name, kind in _IN_SOURCES.items():
        for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))["cases"]:
            items = case["document"].get(name.replace("-", "_")) if isinstance(case["document"], dict) else None
            if items and all(isinstance(item, dict) for item in items):
                pack = pack_of(*({"kind": kind, **item} for item in items))
                cases.append(pytest.param(pack, id=f"{name}: {case['name']}"))
    return cases


@pytest.mark.parametrize("document", _compiled_cases())
def test_the_cases_of_sources_are_judged_alike_once_they_are_compiled(document: Any) -> None:
    assert _accepts(pack_from, document) == (not explain("pack", document))
