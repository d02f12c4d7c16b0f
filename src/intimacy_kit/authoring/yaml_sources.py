"""Reading YAML as a writer means it: YAML 1.2 words, positions kept, nothing silently dropped.

``no`` and ``12:30`` are words, a key that stands twice is a problem, and anchors, aliases and
tags are refused. Only the pure-Python parser of PyYAML is used.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from intimacy_kit.authoring.sources import Place, Source
from intimacy_kit.loading.preflight import CONTENT, bad_character
from intimacy_kit.problems import Problem, Where

__all__ = ["parse_yaml", "read_text", "read_yaml"]

_PLAIN: tuple[tuple[re.Pattern[str], type], ...] = (
    (re.compile(r"[-+]?[0-9]{1,15}"), int),
    (re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"), float),
)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 24


class _RefusedError(Exception):
    """YAML that is not used here; carries a problem."""


def read_text(root: Path, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a source file, or what is wrong with its bytes."""
    path = root / file
    if path.is_symlink():
        return "", (Problem(Where(file), "K305", "the file is a link", "a pack holds its own files"),)
    data = path.read_bytes()
    if len(data) > CONTENT.size:
        return "", (Problem(Where(file), "K005", f"the file is larger than {CONTENT.size} bytes"),)
    try:
        return data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", (Problem(Where(file, line, 1), "K001", "the file is not UTF-8", "save it as UTF-8"),)


def read_yaml(root: Path, file: str) -> Source:
    """Read a YAML file of a pack."""
    text, problems = read_text(root, file)
    return Source(file, None, problems=problems) if problems else parse_yaml(text, file)


def parse_yaml(text: str, file: str, first_line: int = 1) -> Source:
    r"""Parse YAML that begins at a line of a file.

    >>> source = parse_yaml("depth: 1\nopen: no\n", "a.yaml")
    >>> source.document, source.where("/open").line
    ({'depth': 1, 'open': 'no'}, 2)
    """
    try:
        _refuse_extras(text, file, first_line)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return Source(file, None, problems=(_syntax(error, file, first_line),))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        said = f"the file holds the character U+{ord(text[error.position]):04X}"
        return Source(file, None, problems=(Problem(Where(file, line, 1), "K009", said, "take it out"),))
    except _RefusedError as error:
        return Source(file, None, problems=error.args)
    except RecursionError:
        too_deep = Problem(Where(file, first_line, 1), "K006", "values stand too deep inside each other")
        return Source(file, None, problems=(too_deep,))
    builder = _Builder(file, first_line)
    document = builder.value(node, "", 0) if node else None
    return Source(file, document, builder.places, builder.keys, tuple(builder.problems))


def _refuse_extras(text: str, file: str, first_line: int) -> None:
    """Refuse what YAML can do and a pack does not need."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = Where(file, event.start_mark.line + first_line, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            hint = "write the text out; if it is a text that begins with & or *, put it in quotes"
            raise _RefusedError(Problem(where, "K403", "anchors and aliases are not used here", hint))
        if getattr(event, "tag", None):
            hint = "take it out; if it is a text that begins with !, put it in quotes"
            raise _RefusedError(Problem(where, "K403", "tags are not used here", hint))


def _syntax(error: yaml.MarkedYAMLError, file: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context or "this is not YAML"
    hint = ""
    if "mapping values are not allowed" in said:
        said, hint = "there is a second ': ' in this line", "a text that holds ': ' needs quotes around it"
    elif "cannot start any token" in said:
        said, hint = "a text cannot begin like this", "put quotes around it; indent with blanks, not with tabs"
    elif "but got '?'" in said:
        hint = "between { } or [ ] a text with a question mark needs quotes around it"
    elif "expected <block end>" in said:
        hint = "check that this line is indented like its neighbours"
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    return Problem(Where(file, line + first_line, column + 1), "K401", said, hint)


class _Builder:
    """Builds plain values from nodes, and remembers where they stand."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.places: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, pointer: str, depth: int) -> object:
        """Return what a node says, and note where it stands."""
        self.places[pointer] = self._place(node)
        if depth > _DEEPEST:
            self._problem(node, "K006", f"values stand inside each other more than {_DEEPEST} deep")
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._members(node, pointer, depth))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(part, f"{pointer}/{index}", depth + 1) for index, part in enumerate(node.value)]
        return self._scalar(str(node.value), node, plain=getattr(node, "style", "") is None)

    def _members(self, node: yaml.MappingNode, pointer: str, depth: int) -> Iterator[tuple[str, object]]:
        seen = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(key_node, "K401", "the name of a field must be a word", "")
                continue
            key = key_node.value
            if key in seen:
                self._problem(key_node, "K004", f"the key '{key}' stands twice", "keep one of them")
            seen.add(key)
            self.keys[f"{pointer}/{key}"] = self._place(key_node)
            value = self.value(value_node, f"{pointer}/{key}", depth + 1)
            if not isinstance(value, (dict, list)):
                self.places[f"{pointer}/{key}"] = self._place(value_node if value_node.value else key_node)
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
        return node.start_mark.line + self.first_line, node.start_mark.column + 1

    def _problem(self, node: yaml.Node, code: str, said: str, hint: str = "") -> None:
        self.problems.append(Problem(Where(self.file, *self._place(node)), code, said, hint))
