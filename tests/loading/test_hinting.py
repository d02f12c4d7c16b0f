"""What to do about a value that is refused, for somebody who writes."""

from typing import Any

import pytest

from intimacy_kit.loading.hinting import between, mended, of_kind

GATE: dict[str, Any] = {"properties": {"resolved": {}}}
SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"


@pytest.mark.parametrize(
    ("wanted", "value", "schema", "hint"),
    [
        ("string", None, {}, "fill it in, or leave the whole field out"),
        ("boolean", "on", {}, "write true"),
        ("boolean", "no", {}, "write false"),
        ("boolean", "perhaps", {}, ""),
        ("string", 1.0, {}, "put it in quotes"),
        ("string", ["tea"], {}, "write words; a text that begins with [ or { needs quotes around it"),
        ("array", "tea", {}, "put it in square brackets"),
        ("array", {"tea": 1}, {}, "write a list: each of its parts begins with '- '"),
        ("integer", 2.5, {}, "leave the fraction out"),
        ("integer", "5", {}, "take the quotes away"),
        ("integer", "5 min", {}, "write 5, and nothing beside it"),
        ("integer", "5-10", {"minimum": 1, "maximum": 240}, "write a number from 1 to 240"),
        ("integer", "five", {}, "write one number, in digits"),
        ("integer", ["five"], {}, "write one number, in digits"),
        ("object", "first-cup", GATE, "such as {resolved: first-cup}"),
        ("object", ["first-cup"], GATE, "such as {all: [{resolved: first-one}, {resolved: second-one}]}"),
        ("object", [], {"required": ["prompts"]}, "begin it with 'prompts:', and put the rest below that"),
        ("object", "id tea", {"required": ["id", "title"]}, "write a field in each line, as 'name: value'"),
    ],
)
def test_what_to_do_follows_from_what_was_written(
    wanted: str, value: object, schema: dict[str, Any], hint: str
) -> None:
    assert of_kind(wanted, value, schema) == hint


def test_in_private_nothing_follows_from_what_was_written() -> None:
    assert of_kind("integer", "1984 canaries", {}, private=True) == "write one number, in digits"
    assert of_kind("object", "canary", GATE, private=True) == "such as {resolved: first-one}"


def test_one_number_that_is_wanted_is_named_alone() -> None:
    assert [between({"minimum": 1, "maximum": 1}), between({"minimum": 1}), between({})] == ["write 1", "", ""]


@pytest.mark.parametrize(
    ("value", "pattern", "meant"),
    [
        ("Été à deux", SLUG, "ete-a-deux"),
        ("Don\u2019t stop", SLUG, "dont-stop"),
        ("tea/first-cup", SLUG, "first-cup"),
        ("x/y/z", SLUG, ""),
        ("7th heaven", SLUG, ""),
        ("en_US", "[a-z]{2}(-[A-Z]{2})?", "en-US"),
        ("v1.0.0", r"\d+(\.\d+){1,2}", "1.0.0"),
        ("1", r"\d+(\.\d+){1,2}", "1.0"),
    ],
)
def test_what_was_meant_is_only_said_where_it_fits(value: str, pattern: str, meant: str) -> None:
    assert mended(value, pattern) == meant
