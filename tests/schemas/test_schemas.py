"""The schemas as schemas: valid, told in plain words, anchored, and closed in themselves."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from intimacy_kit.content.migrations import CREDITS, OPERATIONS
from intimacy_kit.content.vocabulary import (
    BASES,
    CIRCUMSTANCES,
    DEPTHS,
    KINDS,
    MOODS,
    ORDINARY_TOPICS,
    PURPOSES,
    SHAPES,
    SKILLS,
    TOPICS,
)
from intimacy_kit.loading.explaining import _RULES, schema, schema_names
from intimacy_kit.practice.events import JointEvent, PrivateEvent

FOLDER = Path(__file__).parents[2] / "schemas"
every_schema = pytest.mark.parametrize("name", schema_names())


def _parts(part: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give all objects in a schema, each with its place."""
    if isinstance(part, dict):
        yield where, part
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from _parts(inner, f"{where}/{key}")


def _fields(name: str) -> Iterator[tuple[str, Any]]:
    """Give the fields of all objects in a schema; what a condition says of a field is no field."""
    for where, part in _parts(schema(name)):
        if not {"if", "then"} & set(where.split("/")) and not where.endswith("/properties"):
            yield from ((f"{where}/{field}", said) for field, said in part.get("properties", {}).items())


def _target(name: str, reference: str) -> dict[str, Any]:
    file, _, pointer = reference.partition("#")
    target: Any = schema(file.removesuffix(".schema.json") or name)
    for key in pointer.split("/")[1:]:
        target = target[key]
    assert isinstance(target, dict)
    return target


def test_the_library_knows_every_schema_in_the_folder() -> None:
    assert {f"{name}.schema.json" for name in schema_names()} == {path.name for path in FOLDER.glob("*.json")}
    assert len(schema_names()) == 15


@every_schema
def test_a_schema_is_valid_2020_12(name: str) -> None:
    document = schema(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(document)
    assert jsonschema_rs.meta.is_valid(document)


@every_schema
def test_a_schema_says_what_it_is(name: str) -> None:
    assert schema(name)["title"]
    assert schema(name)["description"]


@every_schema
def test_every_field_is_described(name: str) -> None:
    silent = [
        where
        for where, said in _fields(name)
        if not (said.get("description") or _target(name, said["$ref"]).get("description"))
    ]
    assert silent == []


@every_schema
def test_a_description_is_a_line_in_plain_words(name: str) -> None:
    for where, part in _parts(schema(name)):
        said = part.get("description")
        if isinstance(said, str):
            assert said[0].isalnum(), where
            assert said == said.strip(), where
            assert "\n" not in said, where
            assert len(said) < 250, where


@every_schema
def test_every_pattern_is_anchored_at_both_ends(name: str) -> None:
    patterns = [part["pattern"] for _, part in _parts(schema(name)) if isinstance(part.get("pattern"), str)]
    assert [p for p in patterns if not (p.startswith("^") and p.endswith("$")) or "(?" in p or "\\Z" in p] == []


@every_schema
def test_no_schema_chooses_between_shapes_in_a_way_that_cannot_be_explained(name: str) -> None:
    assert [where for where, part in _parts(schema(name)) if {"oneOf", "anyOf", "patternProperties"} & set(part)] == []


@every_schema
def test_no_reference_leaves_the_folder_or_leads_nowhere(name: str) -> None:
    # attack 22, attack 24
    references = {part["$ref"] for _, part in _parts(schema(name)) if isinstance(part.get("$ref"), str)}
    files = {"", "definitions.schema.json"} | ({"event.schema.json"} if name == "export" else set())
    assert all(reference.partition("#")[0] in files for reference in references)
    assert all(_target(name, reference) for reference in references)


@every_schema
def test_every_keyword_can_be_explained(name: str) -> None:
    carriers = {"$schema", "$defs", "$ref", "title", "description", "properties", "items", "allOf", "if", "then"}
    names = {"propertyNames"}
    keywords = {
        key for where, part in _parts(schema(name)) if not where.endswith(("/properties", "/$defs")) for key in part
    }
    assert keywords - carriers - names <= set(_RULES)


def test_the_closed_lists_are_those_of_the_library() -> None:
    ours = {
        frozenset(words)
        for words in (
            SKILLS,
            KINDS,
            BASES,
            MOODS,
            PURPOSES,
            SHAPES,
            TOPICS,
            CIRCUMSTANCES,
            ORDINARY_TOPICS,
            ("each", "mean"),
            ("circles",),
            ("day", "week"),
            CREDITS,
            tuple(OPERATIONS),
        )
    }
    theirs = {
        frozenset(part["enum"])
        for name in schema_names()
        if name not in {"event", "export"}
        for _, part in _parts(schema(name))
        if isinstance(part.get("enum"), list) and isinstance(part["enum"][0], str)
    }
    assert theirs == ours
    assert schema("definitions")["$defs"]["prompt"]["properties"]["depth"]["maximum"] == max(DEPTHS)


def test_the_kinds_of_events_are_those_of_the_library() -> None:
    joint, private = ([kind.event for kind in get_args(kinds)] for kinds in (JointEvent, PrivateEvent))
    assert schema("event")["properties"]["event"]["enum"] == [*joint, *private]
    assert {name: part["properties"]["event"]["enum"] for name, part in schema("export")["$defs"].items()} == {
        "joint_event": joint,
        "private_event": private,
    }


def test_a_schema_is_given_as_a_copy() -> None:
    schema("pack")["title"] = "Mine"
    assert schema("pack")["title"] == "A compiled pack"


def test_the_schemas_are_written_as_json_without_odd_characters() -> None:
    for path in FOLDER.glob("*.json"):
        text = path.read_text("utf-8")
        assert text.isascii(), path.name
        assert json.loads(text) == schema(path.name.removesuffix(".schema.json")), path.name
