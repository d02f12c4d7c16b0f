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
from intimacy_kit.loading.preflight import CONTENT, bad_character, called, not_utf_8, readable_size
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
    ("'\\t' that cannot start any token", "here stands a tab", "write blanks in its place"),
    ("cannot start any token", "a text cannot begin like this", "put quotes around it"),
    (
        "expected <block end>",
        "this line does not fit those above it",
        "check that it is indented like its neighbours",
    ),
    ("expected the node content", "a value is missing here", "put a text that begins like this in quotes"),
    (
        "sequence entries are not allowed",
        "a list cannot begin here",
        "begin it in a new line; a text that begins with - needs quotes",
    ),
    ("mapping keys are not allowed", "a text cannot begin like this", "put quotes around it"),
    ("expected a comment or a line break", "behind a > or a | nothing else can stand", "begin the text in a new line"),
    ("found unknown escape character", "", "in double quotes a \\ is written twice"),
    ("could not find expected ':'", "there is no ': ' here", "a field is written as 'name: text', with a blank in it"),
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
_BEGUN = ("unexpected end of stream", "but got '<stream end>'", "alphabetic or numeric", "could not find expected ':'")
#: A blank that is none for YAML, at the beginning of a line.
_ODD_BLANK = re.compile(r"(?m)^ *[\u00a0\u2000-\u200a\u202f\u3000]")
#: What makes of the end of a line a note, although a sentence was meant to go on.
_NOTE = re.compile(r" #")


#: Where the two parsers of PyYAML are not of one mind, or might not be (found by comparing them on random texts).
_UNUSUAL = re.compile(
    r"[\t\r\x85\u2028\u2029\ufeff]"  # blanks and ends of lines that are none for everybody
    r"|(?m:^%|^---|^\.\.\.)"  # more than one document
    r"|(?m:^[^\S\n]*\?|[-\[{,:]\s*\?)"  # names of fields that begin with a question mark
    r"|(?m:^[^\n|>]*[|>][^\n]*#)|[|>]\S{3}"  # the first line of a text in a block
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
        return "", (Problem(Where(file), "K305", "the file is a link", "put a copy of the file in its place"),)
    try:
        data = path.read_bytes()
    except OSError as error:
        said = f"the file cannot be read: {str(error.strerror).lower()}"
        return "", (Problem(Where(file), "K411", said, "see who may open it, or copy it into the folder again"),)
    if len(data) > CONTENT.size:
        said = f"the file is larger than {readable_size(CONTENT.size)}"
        return "", (Problem(Where(file), "K005", said, "see what it is, and take it out of the folder"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", (not_utf_8(data, error, file),)
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
        offset, *wrong = _syntax(error, text)
    except yaml.reader.ReaderError as error:
        offset = error.position
        said = f"the file holds the character {called(f'U+{ord(text[offset]):04X}')}"
        wrong = ["K009", said, "take it out", text[offset]]
    except _RefusedError as error:
        offset, *wrong = error.args
    else:
        builder = _Builder(file, lines, text)
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
        hint = "take the brackets out, or put the text in quotes"
        return "K006", f"values stand inside each other more than {_DEEPEST} deep", hint
    return ()


def _syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str, str]:
    """Return offset, code, message and hint for what PyYAML stumbled over."""
    said = error.problem or ""
    mark = error.context_mark if any(part in said for part in _BEGUN) else error.problem_mark
    offset = _offset(mark)
    line = text.rfind("\n", 0, offset) + 1
    if odd := _ODD_BLANK.search(text, text.rfind("\n", 0, max(line - 1, 0)) + 1, offset):
        hint = "write it anew with the space bar"
        return odd.end() - 1, "K401", "this blank is not the one that indents a line", hint
    if "expected ',' or" in said and "\n" in text[_offset(error.context_mark) : offset]:
        hint = "close it, or write the list in lines that begin with '- '"
        return _offset(error.context_mark), "K401", "a bracket is opened here and not closed in this line", hint
    if "expected <block end>" in said and text[line:offset].strip(" -"):
        hint = "put quotes around the whole text, of the kind that is not in it"
        return offset, "K401", "the text has ended before this", hint
    for part, instead, hint in _SYNTAX:
        if part in said:
            return offset, "K401", instead or said, hint
    return offset, "K401", said, "put quotes around the text"


def _offset(mark: object) -> int:
    index: int = getattr(mark, "index", 0)
    return index


class _Builder:
    """Builds plain values from nodes, and remembers where they stand."""

    def __init__(self, file: str, lines: _Lines, text: str) -> None:
        self.file = file
        self.lines = lines
        self.text = text
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
                hint = "a field is written as 'name: text'"
                self._problem(key_node, "K401", "the name of a field must be a word", hint)
                continue
            key = key_node.value
            if key in seen:
                self._problem(key_node, "K004", f"the field '{key}' stands twice", "keep one of them", key)
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
            self._hidden(node, name)
        if plain and " " in text and _NOTE.match(self.text, _offset(node.end_mark)):
            hint = "put quotes around the text; a note of your own stands in a line of its own"
            where = Where(self.file, *self.lines.place(_offset(node.end_mark) + 1))
            self.problems.append(Problem(where, "K401", "from the # on, this is left out", hint))
        return text

    def _hidden(self, node: yaml.Node, name: str) -> None:
        """Note a character that cannot be seen where it stands; where it is written as an escape, that is the text."""
        char = chr(int(name.removeprefix("U+"), 16))
        offset = self.text.find(char, _offset(node.start_mark), _offset(node.end_mark))
        said, part = f"a text holds the character {called(name)}, which cannot be seen", char if offset >= 0 else ""
        place = self.lines.place(max(offset, _offset(node.start_mark)))
        self.problems.append(Problem(Where(self.file, *place), "K009", said, "take it out", part))

    def _place(self, node: yaml.Node) -> Place:
        return self.lines.place(_offset(node.start_mark))

    def _problem(self, node: yaml.Node, code: str, said: str, hint: str, part: str = "") -> None:
        self.problems.append(Problem(Where(self.file, *self._place(node)), code, said, hint, part))
