"""Why a document was refused: all problems at once, in plain words, from the kit's own schemas.

``jsonschema`` is imported here only, when there is something to explain. No ``$ref`` leads
outside ``schemas/``, and nothing is ever fetched.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, partial
from importlib.resources import files
from itertools import takewhile
from typing import Any

from intimacy_kit.content.vocabulary import ORDINARY_TOPICS, SENSITIVE_TOPICS
from intimacy_kit.loading.hinting import between, mended, of_kind
from intimacy_kit.problems import Problem, Where, pointer_part

__all__ = ["explain", "pointer_to", "schema", "schema_names", "similar_to"]

#: What other schemas refer to.
_REFERRED_TO = ("definitions", "event")
_TYPES = {
    "object": "a group of fields",
    "array": "a list",
    "string": "words",
    "integer": "a whole number",
    "boolean": "true or false",
}
#: A value longer than this is not repeated in a message.
_LONGEST_SHOWN = 40
#: Nor is such a number; Python refuses to write out one of more than 4,300 digits.
_TOO_LARGE_TO_SHOW = 10**_LONGEST_SHOWN
#: More problems than this are not collected; a document that bad is mended in several rounds.
_MOST_FOUND = 1000

#: What need not be said beside something else about the same place.
_SAYS_IT_ALL = {"K105": "K104", "K107": "K103"}

Finding = tuple[str, str, str, tuple[str, ...]]  # code, message, hint, and what to add to the path
#: A ``jsonschema.ValidationError``; its stubs promise less than it holds.
Refusal = Any

Show = Callable[[object], str]  # a value as it may stand in a message


def schema_names() -> tuple[str, ...]:
    """Return the names of all schemas the kit has: ``pack``, ``event``, ``prompts``, ..."""
    folder = files("intimacy_kit.schemas")
    return tuple(
        sorted(f.name.removesuffix(".schema.json") for f in folder.iterdir() if f.name.endswith(".schema.json"))
    )


def schema(name: str) -> dict[str, Any]:
    """Return one of the kit's schemas as a new dict.

    >>> schema("pack")["title"]
    'A compiled pack'
    """
    text = (files("intimacy_kit.schemas") / f"{name}.schema.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, rarely needed
    from jsonschema.validators import extend  # noqa: PLC0415 - as above
    from referencing import Registry  # noqa: PLC0415 - as above
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415 - as above

    registry: Registry[Any] = Registry().with_resources(
        (f"{other}.schema.json", DRAFT202012.create_resource(schema(other))) for other in _REFERRED_TO
    )
    # Stricter than jsonschema where it is laxer than the values: 1.0 is a whole number there.
    whole = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    strict = extend(  # type: ignore[no-untyped-call]  # the stubs lag behind
        Draft202012Validator, {**_strict_rules(), **_quick_rules()}, type_checker=whole
    )
    return strict(schema(name), registry=registry)


def _strict_rules() -> dict[str, Any]:
    """Return the keywords in which jsonschema is laxer than the values, or quotes what Python refuses to write out.

    For it '$' also fits before a line break; and its own words, which nobody reads, repeat values of any length.
    """
    from jsonschema import ValidationError  # noqa: PLC0415 - as above

    def refusing(keyword: str, fits: Callable[[Any, Any, Any], bool]) -> Any:
        def rule(validator: Any, wanted: Any, value: Any, _: object) -> Iterator[ValidationError]:
            if not fits(validator, wanted, value):
                yield ValidationError(keyword)

        return rule

    rules: dict[str, Callable[[Any, Any, Any], bool]] = {
        "pattern": lambda _, wanted, value: type(value) is not str or re.fullmatch(wanted, value) is not None,
        "type": lambda validator, wanted, value: validator.is_type(value, wanted),
        "enum": lambda _, wanted, value: any(type(value) is type(one) and value == one for one in wanted),
        "const": lambda _, wanted, value: type(value) is type(wanted) and value == wanted,
        "minimum": lambda _, least, value: type(value) is not int or value >= least,
        "maximum": lambda _, most, value: type(value) is not int or value <= most,
        "maxLength": lambda _, most, value: type(value) is not str or len(value) <= most,
        "maxItems": lambda _, most, value: type(value) is not list or len(value) <= most,
    }
    return {keyword: refusing(keyword, fits) for keyword, fits in rules.items()}


def _quick_rules() -> dict[str, Any]:
    """Return the keywords in which jsonschema takes its time.

    It compares a list of objects each with each, goes through all of a list that is too long already, and asks of
    a number which kind of object it is.
    """
    from jsonschema import Draft202012Validator, ValidationError  # noqa: PLC0415 - as above

    def unique_items(_: object, __: object, values: object, ___: object) -> Iterator[ValidationError]:
        if isinstance(values, list) and (second := _second(values)):
            yield ValidationError(str(second))  # which one, for _twice

    def items(validator: Any, wanted: object, values: object, around: Mapping[str, Any]) -> Iterator[ValidationError]:
        if isinstance(values, list):
            too_long = len(values) > around.get("maxItems", len(values))
            looked_at = min(around["maxItems"], _MOST_FOUND) if too_long else len(values)
            for index, value in enumerate(values[:looked_at]):
                yield from validator.descend(value, wanted, path=index)

    def condition(validator: Any, wanted: object, value: object, around: object) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            yield from Draft202012Validator.VALIDATORS["if"](validator, wanted, value, around)

    return {"uniqueItems": unique_items, "items": items, "if": condition}


def _second(values: list[object]) -> int:
    """Return the place of the first value that was in a list before; 0 where there is none."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        written = json.dumps(value, sort_keys=True)
        if written in seen:
            return place
        seen.add(written)
    return 0


def pointer_to(path: Iterable[str | int]) -> str:
    """Return the JSON pointer of a path.

    >>> pointer_to(("steps", 0, "seconds"))
    '/steps/0/seconds'
    """
    return "".join(map(pointer_part, path))


def similar_to(word: str, known: Iterable[str]) -> str:
    """Return the known word that is nearest, or nothing.

    >>> similar_to("tittle", ["title", "text"])
    'title'
    """
    return next(iter(get_close_matches(word, list(known), 1)), "")


def explain(
    name: str, document: object, file: str = "", *, private: bool = False, most: int = _MOST_FOUND
) -> tuple[Problem, ...]:
    """Say all that a schema has against a document, or the first so many things.

    With *private*, nothing of the document is repeated: no value, and no name that the schema does not have.

    >>> for problem in explain("manifest", {"format": 1, "nmae": "tea"}, "intimacy-pack.yaml")[:2]:
    ...     print(problem)
    intimacy-pack.yaml: K101 'about' is missing (What it is and for whom, in a sentence or two.)
    intimacy-pack.yaml: K101 'authors' is missing (A list of who wrote it.)
    """
    found: dict[tuple[str, str, str, str], list[str | int]] = {}
    for code, message, hint, path in _all_findings(name, document, private=private):
        found[code, message, hint, pointer_to(path)] = path
        if len(found) == most:
            break
    said = {(code, pointer) for code, _, _, pointer in found}
    problems = {
        Problem(Where(file, pointer=pointer_to(takewhile(_said_by_schemas, path) if private else path)), code, *words)
        for (code, *words, pointer), path in found.items()
        if (_SAYS_IT_ALL.get(code), pointer) not in said
    }
    return tuple(sorted(problems))


def _all_findings(name: str, document: object, *, private: bool) -> Iterator[tuple[str, str, str, list[str | int]]]:
    """Give code, message, hint and path of each finding; a keyword may stand for several, and some come twice."""
    show = partial(_shown, private=private)
    for error in _validator(name).iter_errors(document):
        for code, message, hint, more in _RULES[str(error.validator)](error, show):
            yield code, message, hint, [*error.absolute_path, *more]


@cache
def _schema_words() -> frozenset[str]:
    """Return the names of all fields in all schemas: what a pointer may show of a private document."""
    words: set[str] = set()
    parts: list[Any] = [schema(name) for name in schema_names()]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            words.update(part.get("properties", ()))
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    return frozenset(words)


def _said_by_schemas(part: str | int) -> bool:
    return isinstance(part, int) or part in _schema_words()


def _shown(value: object, *, private: bool) -> str:
    """Return a value as it may stand in a message."""
    if private or not isinstance(value, (str, int, float)):
        return "this"
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= _LONGEST_SHOWN and value.isprintable() else "this"
    return json.dumps(value) if abs(value) < _TOO_LARGE_TO_SHOW else "this"


def _private(show: Show) -> bool:
    return show("") == "this"


def _missing(error: Refusal, _: Show) -> Iterator[Finding]:
    known = error.schema.get("properties", {})
    for field in error.validator_value:
        if field not in error.instance:
            if error.validator_value == ["after"]:
                yield "K111", "'after' is missing", "depth 3 and 4 say in one line how it lands for the listener", ()
            else:
                yield "K101", f"'{field}' is missing", _help(known.get(field, {})), ()


def _help(field: Mapping[str, Any]) -> str:
    """Return what a schema says of a field, as a hint."""
    said = str(field.get("description", ""))
    return f"A list of {said[0].lower()}{said[1:]}" if said and field.get("type") == "array" else said


def _unknown(error: Refusal, show: Show) -> Iterator[Finding]:
    known = error.schema.get("properties", {})
    for field in error.instance:
        if field not in known:
            shown = show(field)
            near = _near(field, shown, known)
            free = [name for name in known if _private(show) or name not in error.instance]
            hint = f"did you mean '{near}'?" if near else f"there could also be {', '.join(free)}" if free else ""
            yield "K102", f"{shown} is not a field here", hint, (field,)


def _near(value: object, shown: str, known: Iterable[str]) -> str:
    """Return the known word nearest to a value; nothing where the value itself may not be shown."""
    return similar_to(str(value), known) if shown != "this" else ""


def _wrong_type(error: Refusal, show: Show) -> Iterator[Finding]:
    wanted = str(error.validator_value)
    if error.instance is None and not _private(show):
        said = f"nothing stands here, and it should be {_TYPES[wanted]}"
    else:
        said = f"{show(error.instance)} should be {_TYPES[wanted]}"
    around = {**error.schema, "required": ()} if error.absolute_path else error.schema
    yield "K103", said, of_kind(wanted, error.instance, around, private=_private(show)), ()


def _not_listed(error: Refusal, show: Show) -> Iterator[Finding]:
    shown = show(error.instance)
    allowed = [str(value) for value in error.validator_value]
    if set(allowed) == set(ORDINARY_TOPICS) and error.instance in SENSITIVE_TOPICS:
        yield "K110", f"{shown} is a sensitive topic", "depth 1 touches none; raise the depth or take the topic out", ()
        return
    near = _near(error.instance, shown, allowed)
    hint = f"did you mean '{near}'?" if near else f"it is one of {', '.join(allowed)}"
    yield "K104", f"{shown} is not known here", hint, ()


def _not_constant(error: Refusal, show: Show) -> Iterator[Finding]:
    yield "K104", f"{show(error.instance)} is not known here", f"it is '{error.validator_value}', or leave it out", ()


def _wrong_pattern(error: Refusal, show: Show) -> Iterator[Finding]:
    shown = show(error.instance)
    meant = mended(error.instance, error.validator_value) if shown != "this" else ""
    hint = f"did you mean '{meant}'?" if meant else str(error.schema.get("description", ""))
    yield "K105", f"{shown} is not written as it must be", hint, ()


def _no_text(_: Refusal, __: Show) -> Iterator[Finding]:
    yield "K106", "there is no text here", "write one, or leave the whole field out", ()


def _too_long(error: Refusal, show: Show) -> Iterator[Finding]:
    there, most = len(error.instance), error.validator_value
    if _private(show):
        yield "K106", f"the text is longer than {most} characters", "", ()
    else:
        yield "K106", f"the text has {there} characters, the most is {most}", f"shorten it by {there - most}", ()


def _out_of_bounds(error: Refusal, show: Show) -> Iterator[Finding]:
    bound = "too small, the least" if error.validator == "minimum" else "too large, the most"
    yield "K107", f"{show(error.instance)} is {bound} is {error.validator_value}", between(error.schema), ()


def _odd_list(error: Refusal, show: Show) -> Iterator[Finding]:
    bound = "least" if error.validator == "minItems" else "most"
    there = len(error.instance)
    how = f"is too {'short' if bound == 'least' else 'long'}"
    if not _private(show):
        how = f"holds {there}" if there else "is empty"
    yield "K108", f"the list {how}, the {bound} is {error.validator_value}", _help({**error.schema, "type": ""}), ()


def _twice(error: Refusal, show: Show) -> Iterator[Finding]:
    shown = show(error.instance[int(error.message)])
    said = "something stands twice in this list" if shown == "this" else f"{shown} stands twice in this list"
    yield "K109", said, "take one of them out", ()


def _not_one_rule(error: Refusal, _: Show) -> Iterator[Finding]:
    if "per" in error.schema.get("properties", {}):
        yield (
            "K112",
            "a limit needs 'n', 'per' and exactly one thing to limit",
            "such as {depth: 4, n: 1, per: week}",
            (),
        )
    elif "n" in error.schema.get("properties", {}):
        yield "K112", "a count needs 'n' and exactly one thing to count", "such as {skill: listening, n: 2}", ()
    elif "resolved" in error.schema.get("properties", {}):
        yield "K112", "there must be exactly one rule here", "join several with {all: [...]} or {any: [...]}", ()
    else:
        bound = "at least" if error.validator == "minProperties" else "at most"
        yield "K108", f"there must be {bound} {error.validator_value} of these", "", ()


def _misplaced(_: Refusal, __: Show) -> Iterator[Finding]:
    yield "K113", "this does not belong here", "in a story or a guide, write it as text below the head", ()


_RULES: dict[str, Callable[[Refusal, Show], Iterator[Finding]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _wrong_type,
    "enum": _not_listed,
    "const": _not_constant,
    "pattern": _wrong_pattern,
    "minLength": _no_text,
    "maxLength": _too_long,
    "minimum": _out_of_bounds,
    "maximum": _out_of_bounds,
    "minItems": _odd_list,
    "maxItems": _odd_list,
    "uniqueItems": _twice,
    "minProperties": _not_one_rule,
    "maxProperties": _not_one_rule,
    "not": _misplaced,
}
