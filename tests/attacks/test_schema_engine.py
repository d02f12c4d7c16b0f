"""Rows 21 to 28 of the attack list: schemas and patterns are the kit's own, quick, and quote nothing."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest
from attacks.quiet import seconds_of
from strategies import PROMPT, TEA, WHOLE, Document, as_bytes, in_python, pack_of

import intimacy_kit
from intimacy_kit.errors import InvalidValueError
from intimacy_kit.loading.documents import read_document, read_pack
from intimacy_kit.loading.explaining import _validator, explain, schema, schema_names
from intimacy_kit.practice.event_documents import event_from

OWN_RULES: list[Document] = [
    {"$schema": "https://evil.example/schema"},
    {"$ref": "https://evil.example/pack.json"},
    {"$id": "pack.schema.json"},
    {"$defs": {"slug": {}}},
    {"properties": {"depth": {"maximum": 99}}, "additionalProperties": True},
    {"$dynamicRef": "#gate"},
]


@pytest.mark.parametrize("own", OWN_RULES, ids=lambda own: next(iter(own)))
def test_a_pack_that_brings_rules_of_its_own_has_fields_that_nobody_knows(own: Document) -> None:
    # attack 21
    for document in ({**TEA, **own}, pack_of({**PROMPT, **own})):
        assert {problem.code for problem in read_document(document).problems} == {"K102"}
        assert {problem.code for problem in read_document({**document, "format": 0}).problems} == {"K102", "K107"}


REFERRING = """
import json, sys
from intimacy_kit.loading.documents import read_pack
from intimacy_kit.loading.explaining import explain, schema_names

for name in schema_names():
    explain(name, {"tea": 1})
read_pack(b"{}")

seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[:1]))))
data = sys.stdin.buffer.read()
codes = [problem.code for problem in read_pack(data).problems]
explained = [problem.code for name in schema_names() for problem in explain(name, json.loads(data))]
watched = [one for one in seen if not one[0].startswith(("object.", "code.", "builtins.id"))]
print(json.dumps({"seen": watched, "codes": codes, "explained": len(explained)}))
"""


def test_an_address_anywhere_in_a_pack_opens_no_connection_and_no_file() -> None:
    # attack 22
    addresses = [
        "https://evil.example/a",
        "http://127.0.0.1:9/",
        "file:///etc/passwd",
        "//evil.example",
        "definitions.schema.json",
    ]
    document = {
        **TEA,
        "$schema": addresses[0],
        "$ref": addresses[2],
        "authors": addresses,
        "about": f"![x]({addresses[0]})",
        "activities": [
            {**PROMPT, "$ref": address, "text": address, "evidence": {"sources": [address], "$ref": address}}
            for address in addresses
        ],
    }
    run = subprocess.run(
        [sys.executable, "-c", REFERRING], input=as_bytes(document), capture_output=True, check=True, timeout=60
    )
    told = json.loads(run.stdout)
    opened = [one for one in told["seen"] if one[0].split(".")[0] in {"open", "socket", "urllib", "subprocess", "http"}]
    files_of_the_kit = [one for one in opened if one[0] == "open" and ".schema.json" in one[1] and "evil" not in one[1]]
    assert [one for one in opened if one not in files_of_the_kit] == []
    assert set(told["codes"]) == {"K102"}
    assert told["explained"] > 10


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(intimacy_kit.__path__, "intimacy_kit."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _patterns() -> dict[str, str]:
    """Return all patterns of the schemas and of the modules, each with where it stands."""
    found: dict[str, str] = {}
    for name in schema_names():
        for part in _parts(schema(name)):
            if isinstance(part.get("pattern"), str):
                found.setdefault(part["pattern"], f"schema {name}")
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(value.pattern, f"{module.__name__}.{name}")
    return found


def _parts(part: Any) -> Iterator[Document]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(inner)


LONG = 100_000
#: What checks of words look at has passed its schema; no text is longer than 1,200 characters.
LONG_WORDS = 2_000
#: What makes a careless pattern try everything: long runs, runs that almost fit, and the end that does not.
PUMPS = [
    *("a", "0", "-", "a-", "a1-", "a.", "0.", "1.0", "_", "*", "**", "*a", "[", "](", "#", "\\", '"', '\\"', "\\\\"),
    *("{", "<", "&", "&#", "a/", "/", "~", "2026-", "29", "T20:", "é", "%", "$", "`", "|"),
    *(" ", "\n", "\t ", "\x1b[", "\x1b[0;", "\u200d"),
]
PATTERNS = _patterns()


def test_there_are_patterns_to_attack() -> None:
    # attack 23
    assert len(PATTERNS) > 20
    assert any(where.startswith("schema") for where in PATTERNS.values())


@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS.get)
def test_no_pattern_of_the_kit_takes_its_time_whatever_it_is_tried_on(pattern: str) -> None:
    # attack 23
    compiled = re.compile(pattern)
    long = LONG_WORDS if PATTERNS[pattern].startswith("intimacy_kit.authoring.linting.") else LONG
    for pump in PUMPS:
        run = pump * (long // len(pump))
        for try_it, text in (
            (compiled.fullmatch, f"{run}!"),
            (compiled.fullmatch, f"{run}\n"),
            (compiled.search, f"{run}!"),
        ):
            assert seconds_of(lambda: try_it(text), enough=0.05) < 0.05, (try_it, pump)  # noqa: B023 - called at once


DECLARED_CYCLES = {"definitions#/$defs/gate"}


def _target(name: str, reference: str) -> tuple[str, Any]:
    file, _, pointer = reference.partition("#")
    name = file.removesuffix(".schema.json") or name
    target: Any = schema(name)
    for key in pointer.split("/")[1:]:
        target = target[key]
    return name, target


def _references(name: str, part: Any) -> Iterator[str]:
    """Give what a part of a schema refers to, as ``name#pointer``."""
    for one in _parts(part):
        if isinstance(reference := one.get("$ref"), str):
            file, _, pointer = reference.partition("#")
            yield f"{file.removesuffix('.schema.json') or name}#{pointer}"


def _around(reference: str) -> set[str]:
    """Return all that can be come to from a reference."""
    reached: set[str] = set()
    waiting = [reference]
    while waiting:
        name, _, pointer = waiting.pop().partition("#")
        for more in _references(name, _target(name, f"#{pointer}")[1]):
            if more not in reached:
                reached.add(more)
                waiting.append(more)
    return reached


@pytest.mark.parametrize("name", schema_names())
def test_no_schema_goes_in_circles_but_for_gates_in_gates_and_none_is_large(name: str) -> None:
    # attack 24
    references = {reference for _, part in [(name, schema(name))] for reference in _references(name, part)}
    assert {reference for reference in references if reference in _around(reference)} <= DECLARED_CYCLES
    assert sum(1 for _ in _parts(schema(name))) <= 1_500


def _unfolded(name: str, part: Any) -> int:
    """Return how many parts there are once each reference is written out, as a validator goes through them."""
    total = 0
    for one in _parts(part):
        total += 1
        if isinstance(reference := one.get("$ref"), str) and not reference.endswith("/gate"):
            total += _unfolded(*_target(name, reference))
    return total


@pytest.mark.parametrize("name", schema_names())
def test_written_out_no_schema_grows_out_of_hand(name: str) -> None:
    # attack 24
    assert _unfolded(name, schema(name)) <= 10_000


def test_a_pattern_that_cannot_be_compiled_would_be_seen_here_and_not_in_an_app() -> None:
    # attack 26
    assert {re.compile(pattern).pattern for pattern in PATTERNS} == set(PATTERNS)


def test_a_document_too_deep_for_the_schema_engine_is_a_problem() -> None:
    # attack 26
    odd: Any = "x"
    for _ in range(100_000):
        odd = [odd]
    for document in (odd, {**TEA, "activities": odd}, {**TEA, "about": odd}):
        assert read_document(document).problems


def test_of_a_number_among_activities_it_is_said_once_that_it_is_none() -> None:
    # attack 26
    assert [error.validator for error in _validator("pack").iter_errors({**TEA, "activities": [5]})] == ["type"]


SECRET = "Swordfish-and-nothing-but-"


def _strings_replaced(document: Any, by: str) -> Iterator[Document]:
    """Give a document with each of its texts and keys, one after the other, replaced by something long."""
    text = json.dumps(document)
    for match in re.finditer(r'"[^"]*"', text):
        yield json.loads(f"{text[: match.start()]}{json.dumps(by)}{text[match.end() :]}")


def test_a_message_never_repeats_a_long_value_or_a_long_key() -> None:
    # attack 27
    refused = 0
    for changed in _strings_replaced(WHOLE, SECRET + "x" * 15_000):
        problems = read_pack(as_bytes(changed)).problems
        refused += bool(problems)
        for problem in problems:
            assert SECRET not in str(problem)
            assert len(problem.message) <= 200
    assert refused > 50


EVENT_WITH_WORDS: Document = {
    "event": "boundaries_changed",
    "partner": "a",
    "at": "2026-11-23T20:00:00+01:00",
    "boundaries": {"depth": 1, "topics": {"home": "no"}, "declined": {"tea/a": "2026-12-01"}},
}


def _refusal(document: Document) -> str:
    """Return all that a traceback would show of a refusal; nothing for a document that is an event."""
    try:
        event_from(document)
    except InvalidValueError as error:
        return "".join(format_exception(error))
    return ""


def test_a_message_about_an_event_repeats_nothing_at_all() -> None:
    # attack 27
    refused = 0
    for changed in _strings_replaced(EVENT_WITH_WORDS, SECRET):
        for problem in explain("event", changed, private=True):
            assert SECRET not in repr(problem)
        said = _refusal(changed)
        refused += bool(said)
        assert SECRET not in said
    assert refused >= 8


def test_all_schemas_are_of_one_dialect_and_the_same_for_two_engines() -> None:
    # attack 28; the documents are generated in tests/loading/test_differential.py
    assert {schema(name)["$schema"] for name in schema_names()} == {"https://json-schema.org/draft/2020-12/schema"}
    assert in_python("pack").is_valid(WHOLE)
    assert Path(__file__).parents[1].joinpath("loading", "test_differential.py").is_file()
