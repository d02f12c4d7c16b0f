"""Why a document was refused: all problems at once, in plain words, from the kit's own schemas.

``jsonschema`` is imported here only, when there is something to explain. No ``$ref`` leads
outside ``schemas/``, and nothing is ever fetched.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from intimacy_kit.content.vocabulary import ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.problems import Problem, Where

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

__all__ = ["explain", "pointer_to", "schema", "schema_names", "similar_to"]

_SHARED = "definitions.schema.json"
_TYPES = {
    "object": "a group of fields",
    "array": "a list",
    "string": "words (in quotes, if they look like a number or true)",
    "integer": "a whole number",
    "boolean": "true or false",
}
#: A value longer than this is not repeated in a message.
_LONGEST_SHOWN = 40

Finding = tuple[str, str, str, str]  # code, message, hint, and what to add to the pointer


def schema_names() -> tuple[str, ...]:
    """Return the names of all schemas the kit has: ``pack``, ``event``, ``prompts``, ..."""
    folder = files("intimacy_kit.schemas")
    return tuple(sorted(f.name.removesuffix(".schema.json") for f in folder.iterdir() if f.name.endswith(".schema.json")))


def schema(name: str) -> dict[str, Any]:
    """Return one of the kit's schemas as a new dict.

    >>> schema("pack")["title"]
    'A compiled pack'
    """
    text = (files("intimacy_kit.schemas") / f"{name}.schema.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _validator(name: str) -> "Validator":
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, rarely needed
    from referencing import Registry  # noqa: PLC0415
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

    shared = DRAFT202012.create_resource(schema("definitions"))
    registry: Registry[Any] = Registry().with_resource(_SHARED, shared)
    return Draft202012Validator(schema(name), registry=registry)


def pointer_to(path: Iterable[str | int]) -> str:
    """Return the JSON pointer of a path.

    >>> pointer_to(("steps", 0, "seconds"))
    '/steps/0/seconds'
    """
    return "".join(f"/{part}" for part in path)


def similar_to(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest, or nothing.

    >>> similar_to("tittle", ["title", "text"])
    'title'
    """
    return next(iter(get_close_matches(word, list(known), 1)), "")


def explain(name: str, document: object, file: str = "", *, private: bool = False) -> tuple[Problem, ...]:
    """Say all that a schema has against a document.

    With *private*, no value of the document is repeated in a message.

    >>> for problem in explain("manifest", {"format": 1, "nmae": "tea"}, "intimacy-pack.yaml")[:2]:
    ...     print(problem)
    intimacy-pack.yaml: K101 'about' is missing (What it is and for whom, in a sentence or two.)
    intimacy-pack.yaml: K101 'authors' is missing (A list of who wrote it.)
    """
    found = set()
    for error in _validator(name).iter_errors(document):  # type: ignore[call-arg]  # the stubs lag behind
        for code, message, hint, more in _findings(error, private=private):
            found.add(Problem(Where(file, pointer=pointer_to(error.absolute_path) + more), code, message, hint))
    closed = {problem.where for problem in found if problem.code == "K104"}
    return tuple(sorted(p for p in found if not (p.code == "K105" and p.where in closed)))


def _findings(error: "ValidationError", *, private: bool) -> Iterator[Finding]:
    """Give the findings of one error; a keyword may stand for several, and repeats are dropped later."""
    keyword = str(error.validator)
    rule = _RULES.get(keyword)
    if rule is None:
        yield "K113", "this does not belong here", "in a story or a guide, write it as text below the head", ""
    else:
        yield from rule(error, _shown(error.instance, private=private))


def _shown(value: object, *, private: bool) -> str:
    """Return a value as it may stand in a message."""
    if private or not isinstance(value, (str, int)) or len(str(value)) > _LONGEST_SHOWN:
        return "this"
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _missing(error: "ValidationError", _: str) -> Iterator[Finding]:
    known = error.schema.get("properties", {})
    for field in error.validator_value:
        if field not in error.instance:
            if error.validator_value == ["after"]:
                yield "K111", "'after' is missing", "depth 3 and 4 say in one line how it lands for the listener", ""
            else:
                yield "K101", f"'{field}' is missing", _help(known.get(field, {})), ""


def _help(field: Mapping[str, Any]) -> str:
    """Return what a schema says of a field, as a hint."""
    said = str(field.get("description", ""))
    return f"A list of {said[0].lower()}{said[1:]}" if said and field.get("type") == "array" else said


def _unknown(error: "ValidationError", _: str) -> Iterator[Finding]:
    known = error.schema.get("properties", {})
    for field in error.instance:
        if field not in known:
            near = similar_to(str(field), known)
            hint = f"did you mean '{near}'?" if near else f"the fields are {', '.join(known)}"
            yield "K102", f"{_shown(field, private=False)} is not a field here", hint, f"/{field}"


def _wrong_type(error: "ValidationError", shown: str) -> Iterator[Finding]:
    wanted = str(error.validator_value)
    hint = ""
    if wanted == "boolean" and error.instance in {"yes", "on", "no", "off"}:
        hint = f"write {'true' if error.instance in {'yes', 'on'} else 'false'}"
    elif wanted == "string" and isinstance(error.instance, (int, bool)):
        hint = "put it in quotes"
    elif wanted == "array" and isinstance(error.instance, str):
        hint = "put it in square brackets"
    yield "K103", f"{shown} should be {_TYPES[wanted]}", hint, ""


def _not_listed(error: "ValidationError", shown: str) -> Iterator[Finding]:
    allowed = [str(value) for value in error.validator_value]
    if set(allowed) == set(ORDINARY_TOPICS) and error.instance in SENSITIVE_TOPICS:
        yield "K110", f"{shown} is a sensitive topic", "depth 1 touches none; raise the depth or take the topic out", ""
        return
    near = similar_to(str(error.instance), allowed) if shown != "this" else ""
    hint = f"did you mean '{near}'?" if near else f"it is one of {', '.join(allowed)}"
    yield "K104", f"{shown} is not known here", hint, ""


def _not_constant(error: "ValidationError", shown: str) -> Iterator[Finding]:
    yield "K104", f"{shown} is not known here", f"it is '{error.validator_value}', or leave it out", ""


def _wrong_pattern(error: "ValidationError", shown: str) -> Iterator[Finding]:
    yield "K105", f"{shown} is not written as it must be", str(error.schema.get("description", "")), ""


def _limit(code: str, say: str) -> Callable[["ValidationError", str], Iterator[Finding]]:
    def rule(error: "ValidationError", shown: str) -> Iterator[Finding]:
        yield code, say.format(value=shown, limit=error.validator_value), "", ""

    return rule


def _not_one_rule(error: "ValidationError", _: str) -> Iterator[Finding]:
    if "n" in error.schema.get("properties", {}):
        yield "K112", "a count needs 'n' and exactly one thing to count", "such as {skill: listening, n: 2}", ""
    elif "gate" in str(error.schema.get("description", "")) or "resolved" in error.schema.get("properties", {}):
        yield "K112", "a gate holds exactly one rule", "join several with {all: [...]} or {any: [...]}", ""
    else:
        yield "K108", f"at most {error.validator_value} are possible here", "", ""


_RULES: dict[str, Callable[["ValidationError", str], Iterator[Finding]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_listed,
    "const": _not_constant,
    "pattern": _wrong_pattern,
    "minLength": _limit("K106", "there is no text here"),
    "maxLength": _limit("K106", "the text is longer than {limit} characters"),
    "minimum": _limit("K107", "{value} is too small, the least is {limit}"),
    "maximum": _limit("K107", "{value} is too large, the most is {limit}"),
    "minItems": _limit("K108", "the list is too short, the least is {limit}"),
    "maxItems": _limit("K108", "the list is too long, the most is {limit}"),
    "uniqueItems": _limit("K109", "the list holds something twice"),
    "minProperties": _not_one_rule,
    "maxProperties": _not_one_rule,
}
