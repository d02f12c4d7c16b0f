"""``pyproject.toml`` as a text in which each field of ``[project]`` has its place: to point at it, and to change it."""

import re
import tomllib

__all__ = ["place_in_project", "span_in_project", "with_field"]

_HEADER = re.compile(r"(?m)^[ \t]*\[{1,2}[\w\s.\"'-]+\]{1,2}[ \t\r]*(?:#[^\n]*)?$")
_PROJECT = re.compile(r"(?m)^[ \t]*(\[\s*project\s*\])[^\n]*(?:\n|\Z)")
#: What a value may end with, by what it begins with; others end with their line.
_CLOSED_BY = {"[": r"\]", "{": r"\}", '"': '"', "'": "'"}
_END_OF_LINE = r"(?=[ \t\r]*(?:#|$))"


def place_in_project(text: str, field: str, words: str = "") -> tuple[int, int, str]:
    r"""Return the line and the column of a field of ``[project]``, or of words in its value, and what stands there.

    Where the field is not set it is the place of ``[project]``; where there is none, the beginning.

    >>> text = '[project]\nname = "tea"\nkeywords = [\n  "pot",\n]\n'
    >>> place_in_project(text, "keywords", "pot"), place_in_project(text, "readme")
    ((4, 4, 'pot'), (1, 1, '[project]'))
    """
    found = _field(text, field)
    if found is None:
        project = _PROJECT.search(text)
        return (*_line_and_column(text, project.start(1)), project[1]) if project else (1, 1, "")
    at = text.find(words, found.end(), _end_of(text, found.end())) if words else -1
    if at >= 0:
        return (*_line_and_column(text, at), words)
    return (*_line_and_column(text, found.start(1)), "")


def span_in_project(text: str, field: str) -> tuple[int, int] | None:
    r"""Return where the value of a field of ``[project]`` begins and ends; None where there is none to be found.

    >>> span_in_project('[project]\nname = "tea"  # short\n', "name")
    (17, 22)
    """
    found = _field(text, field)
    if found is None or text.startswith(('"""', "'''"), found.end()):
        return None
    ends = re.compile(_CLOSED_BY.get(text[found.end() : found.end() + 1], _END_OF_LINE), re.MULTILINE)
    for end in ends.finditer(text, found.end() + 1):
        if _is_value(text[found.end() : end.end()]):
            return found.end(), end.end()
    return None


def with_field(text: str, field: str, value: str) -> str:
    r"""Return the text with a field of ``[project]`` set to a value, which is TOML; nothing else in it changes.

    Where that cannot be done safely (there is a comment in the value, or no ``[project]``), it stays as it is.

    >>> with_field('[project]\nname = "pot"  # short\n', "name", '"tea"')
    '[project]\nname = "tea"  # short\n'
    """
    if span := span_in_project(text, field):
        begin, ends = span
        return text if "#" in text[begin:ends] else text[:begin] + value + text[ends:]
    project = _PROJECT.search(text)
    if project is None or _field(text, field):
        return text
    end = "\r\n" if project[0].endswith("\r\n") else "\n"
    table = text[project.start() : _end_of(text, project.end())]
    at = project.start() + len(re.sub(r"(?:\n[ \t]*(?:#[^\n]*)?)+\Z", "", table.replace("\r", " ")).rstrip())
    return f"{text[:at]}{end}{field} = {value}{text[at:]}"


def _field(text: str, field: str) -> re.Match[str] | None:
    """Return where a field of ``[project]`` is set: from its name to the beginning of its value."""
    project = _PROJECT.search(text)
    if project is None:
        return None
    name = re.compile(rf"(?m)^[ \t]*((?:{field}|\"{field}\"|'{field}')[ \t]*=)[ \t]*")
    return name.search(text, project.end(), _end_of(text, project.end()))


def _end_of(text: str, begin: int) -> int:
    """Return where the table ends in which something stands."""
    header = _HEADER.search(text, begin)
    return header.start() if header else len(text)


def _is_value(text: str) -> bool:
    try:
        tomllib.loads(f"x = {text}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
