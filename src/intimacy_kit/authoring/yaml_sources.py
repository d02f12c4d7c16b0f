"""Reading YAML as a writer means it: YAML 1.2 words, positions kept, nothing silently dropped.

``no`` and ``12:30`` are words, a key that stands twice is a problem, and anchors, aliases and
tags are refused. What counts is the pure-Python parser of PyYAML; its faster twin in C reads what is written
so plainly that both say the same, and what it stumbles over is read again by the other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve

from intimacy_kit.authoring.sources import Place, Source
from intimacy_kit.loading.preflight import CONTENT, bad_character
from intimacy_kit.problems import Problem, Where, pointer_part

__all__ = ["parse_yaml", "read_text", "read_yaml"]

_PLAIN: tuple[tuple[re.Pattern[str], type], ...] = (
    (re.compile(r"[-+]?[0-9]{1,15}"), int),
    (re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"), float),
)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 24

#: Part of what PyYAML says, what we say instead (nothing: the same), and what to do about it.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "there is a second ': ' in this line",
        "a text that holds ': ' needs quotes around it; or the line is indented too far",
    ),
    (
        "cannot start any token",
        "a text cannot begin like this",
        "put quotes around it; indent with blanks, not with tabs",
    ),
    (
        "expected <block end>",
        "this line does not fit those above it",
        "check that it is indented like its neighbours",
    ),
    ("expected the node content", "a value is missing here", "put a text that begins like this in quotes"),
    ("sequence entries are not allowed", "a list cannot begin here", "put '- ' at the beginning of a new line"),
    ("found unknown escape character", "", "in double quotes a \\ is written twice"),
    ("could not find expected ':'", "there is no ':' here", "a field is written as 'name: text'"),
    (
        "found unexpected end of stream",
        "a quote is opened here and not closed",
        "close it; inside single quotes a quote is doubled",
    ),
    ("but found another document", "there is a second line of ---", "one file is one document; take the line out"),
    ("expected alphabetic or numeric character", "a text cannot begin like this", "put quotes around it"),
    ("but got '<stream end>'", "a bracket is not closed", "close it, or write the list in lines that begin with '- '"),
    ("expected ',' or", "a text in brackets cannot hold this", "put quotes around texts between [ ] or { }"),
)
#: Of these, the beginning says more than the place where PyYAML gave up.
_BEGUN = ("unexpected end of stream", "but got '<stream end>'", "alphabetic or numeric")


#: Where the two parsers of PyYAML are not of one mind, or might not be (found by comparing them on random texts).
_UNUSUAL = re.compile(
    r"[\t\r\x85\u2028\u2029\ufeff]"  # blanks and ends of lines that are none for everybody
    r"|(?m:^%|^---|^\.\.\.)"  # more than one document
    r"|(?m:^\s*\?|[-\[{,:]\s*\?)"  # names of fields that begin with a question mark
    r"|[|>][^\n]*#|[|>]\S{3}"  # the first line of a text in a block
)


_Parser = yaml.SafeLoader | yaml.CSafeLoader


class _RefusedError(Exception):
    """YAML that is not used here; carries place, code, message and hint."""


class _Lines:
    """Turns offsets into lines and columns; only a line feed ends a line, as in every editor."""

    def __init__(self, text: str, first_line: int) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.first_line = first_line

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset) - 1
        return line + self.first_line, offset - self.starts[line] + 1


def read_text(root: Path, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a source file, or what is wrong with its bytes."""
    path = root / file
    if path.is_symlink():
        return "", (Problem(Where(file), "K305", "the file is a link", "a pack holds its own files"),)
    try:
        data = path.read_bytes()
    except OSError as error:
        return "", (Problem(Where(file), "K411", f"the file cannot be read: {error.strerror}"),)
    if len(data) > CONTENT.size:
        return "", (Problem(Where(file), "K005", f"the file is larger than {CONTENT.size} bytes"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (Problem(Where(file, line, 1), "K001", "the file is not UTF-8", "save it as UTF-8"),)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), ()


def read_yaml(root: Path, file: str) -> Source:
    """Read a YAML file of a pack."""
    text, problems = read_text(root, file)
    return Source(file, None, problems=problems) if problems else evolve(parse_yaml(text, file), text=text)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Source:
    r"""Parse YAML that begins at a line of a file.

    >>> source = parse_yaml("depth: 1\nopen: no\n", "a.yaml")
    >>> source.document, source.where("/open").line
    ({'depth': 1, 'open': 'no'}, 2)
    """
    lines = _Lines(text, first_line)
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        offset, *wrong = _syntax(error)
    except yaml.reader.ReaderError as error:
        offset = error.position
        wrong = ["K009", f"the file holds the character U+{ord(text[offset]):04X}", "take it out"]
    except _RefusedError as error:
        offset, *wrong = error.args
    else:
        builder = _Builder(file, lines)
        document = builder.value(node, "") if node else None
        return Source(file, document, builder.places, builder.keys, tuple(builder.problems))
    return Source(file, None, problems=(Problem(Where(file, *lines.place(offset)), *wrong),))


def _composed(text: str) -> yaml.Node | None:
    """Return the nodes of a text; raise a YAMLError or a _RefusedError where it is not one of ours."""
    if yaml.__with_libyaml__ and not _UNUSUAL.search(text):
        with suppress(yaml.YAMLError, _RefusedError):
            _refuse_extras(text, yaml.CSafeLoader)
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
            if not _in_doubt(node):
                return node
    _refuse_extras(text, yaml.SafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _in_doubt(node: yaml.Node | None, *, in_brackets: bool = False) -> bool:
    """Tell whether a text without quotes stands in brackets and holds what may end it there."""
    if node is None:
        return False
    if isinstance(node, yaml.ScalarNode):
        return in_brackets and not node.style and not {"?", ":"}.isdisjoint(node.value)
    below = in_brackets or bool(getattr(node, "flow_style", False))
    parts = chain.from_iterable(node.value) if isinstance(node, yaml.MappingNode) else node.value
    return any(_in_doubt(part, in_brackets=below) for part in parts)


def _refuse_extras(text: str, parser: type[_Parser]) -> None:
    """Refuse what YAML can do and a pack does not need, before anything is built of it."""
    loader: Any = parser(text)
    deep = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if wrong := _extra(event, deep):
                raise _RefusedError(event.start_mark.index, *wrong)
    except (ValueError, OverflowError):  # of Python, about a number in an escape or a directive
        hint = "an escape such as \\u00e9 names a character that exists"
        raise _RefusedError(_offset(loader.get_mark()), "K401", "a number here is too large", hint) from None


def _extra(event: yaml.Event, deep: int) -> tuple[str, ...]:
    """Return code, message and hint for what is not used here."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        hint = "write the text out; if it is a text that begins with & or *, put it in quotes"
        return "K403", "anchors and aliases are not used here", hint
    if getattr(event, "tag", None):
        return "K403", "tags are not used here", "take it out; if it is a text that begins with !, put it in quotes"
    if deep > _DEEPEST:
        return "K006", f"values stand inside each other more than {_DEEPEST} deep", ""
    return ()


def _syntax(error: yaml.MarkedYAMLError) -> tuple[int, str, str, str]:
    """Return offset, code, message and hint for what PyYAML stumbled over."""
    said = error.problem or ""
    mark = error.context_mark if any(part in said for part in _BEGUN) else error.problem_mark
    for part, instead, hint in _SYNTAX:
        if part in said:
            return _offset(mark), "K401", instead or said, hint
    return _offset(mark), "K401", said, ""


def _offset(mark: object) -> int:
    index: int = getattr(mark, "index", 0)
    return index


class _Builder:
    """Builds plain values from nodes, and remembers where they stand."""

    def __init__(self, file: str, lines: _Lines) -> None:
        self.file = file
        self.lines = lines
        self.places: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, pointer: str) -> object:
        """Return what a node says, and note where it stands."""
        self.places[pointer] = self._place(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self._members(node, pointer))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(part, f"{pointer}/{index}") for index, part in enumerate(node.value)]
        return self._scalar(str(node.value), node, plain=not getattr(node, "style", ""))

    def _members(self, node: yaml.MappingNode, pointer: str) -> Iterator[tuple[str, object]]:
        seen = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(key_node, "K401", "the name of a field must be a word", "")
                continue
            key = key_node.value
            if key in seen:
                self._problem(key_node, "K004", f"the key '{key}' stands twice", "keep one of them")
            seen.add(key)
            below = pointer + pointer_part(key)
            self.keys[below] = self._place(key_node)
            value = self.value(value_node, below)
            if not isinstance(value, (dict, list)):
                self.places[below] = self._place(value_node if value_node.value else key_node)
            yield key, value

    def _scalar(self, value: str, node: yaml.Node, *, plain: bool) -> object:
        """Return a word, or what it stands for where it is written without quotes."""
        if plain:
            if value in _WORDS:
                return _WORDS[value]
            for pattern, build in _PLAIN:
                if pattern.fullmatch(value):
                    return build(value)
        text = value.strip()
        if name := bad_character(text):
            self._problem(node, "K009", f"a text holds the character {name}, which cannot be seen", "take it out")
        return text

    def _place(self, node: yaml.Node) -> Place:
        return self.lines.place(_offset(node.start_mark))

    def _problem(self, node: yaml.Node, code: str, said: str, hint: str = "") -> None:
        self.problems.append(Problem(Where(self.file, *self._place(node)), code, said, hint))
