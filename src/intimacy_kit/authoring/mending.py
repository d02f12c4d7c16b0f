"""How each slip that a program can mend safely is mended: a change of a text, made at the place that was told.

What could as well have been meant otherwise is left to people: a misspelt name, a word that stands twice in a list,
a text without its last mark.
"""

import re
from collections.abc import Callable
from functools import partial

from intimacy_kit.authoring.diagnostics.snippets import Snippet
from intimacy_kit.authoring.project_file import with_field
from intimacy_kit.problems import Problem

__all__ = ["MENDED", "Change"]

#: From the text of a file to the mended one; the same text where the place is not as it was told.
Change = Callable[[str], str]
#: From the words that are meant to the mended ones; None where only people can tell.
Way = Callable[[str], str | None]

_LINE_END = re.compile("(\r\n|\r|\n)")
#: Characters that cannot be seen and that part words: a blank takes their place.
_PARTING = re.compile("[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_WORDS = re.compile(r"[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*")
#: Words that end in a full stop wherever they stand.
_SHORTENED = re.compile(r"(?i)\A(?:[^.\n]*\..*|.|etc|mrs?|ms|dr|st|jr|sr|no|vs|approx|incl)")


def _in_place(problem: Problem, snippet: Snippet | None, way: Way) -> Change | None:
    """Return the change of what is underlined; None where that is not all that is meant."""
    if snippet is None or (problem.part and snippet.part != problem.part):
        return None
    mended = way(snippet.part)
    return None if mended is None else partial(_replaced, problem.where.line - 1, snippet, mended)


def _replaced(line: int, snippet: Snippet, mended: str, text: str) -> str:
    """Return a text with other words at a place; what comes after it in the line may have changed before."""
    parts = _LINE_END.split(text)
    mark = "\ufeff" if not line and text.startswith("\ufeff") else ""
    known = mark + snippet.text[: snippet.end]
    there = "".join(parts[2 * line : 2 * line + 1])
    if there.startswith(known):
        parts[2 * line] = mark + snippet.text[: snippet.begin - 1] + mended + there[len(known) :]
    return "".join(parts)


def _without_character(problem: Problem, _: Snippet | None) -> Change | None:
    """Take out a character that nobody sees, wherever it stands in the file."""
    named = re.search(r"U\+([0-9A-F]{4,6})", problem.message)
    if named is None:
        return None
    character = chr(int(named[1], 16))
    instead = " " if _PARTING.fullmatch(character) else ""
    return lambda text: text[:1] + text[1:].replace(character, instead)  # the first one may be a byte order mark


def _as_its_kind(problem: Problem, snippet: Snippet | None) -> Change | None:
    """Write a value as the kind of value it should be."""
    ways: dict[str, Way] = {
        "write true": lambda _: "true",
        "write false": lambda _: "false",
        "put it in quotes": lambda value: f'"{value}"',
        "put it in square brackets": _in_brackets,
    }
    return _in_place(problem, snippet, ways[problem.hint]) if problem.hint in ways else None


def _in_brackets(value: str) -> str | None:
    return f"[{value}]" if "," not in value or value[0] in "\"'" or _WORDS.fullmatch(value) else None


def _in_project(problem: Problem, _: Snippet | None) -> Change | None:
    """Set a field of pyproject.toml as the hint has it."""
    wanted = re.fullmatch(r"write (\w+) = (.*?)(?:, so that .*)?", problem.hint)
    return partial(with_field, field=wanted[1], value=wanted[2]) if wanted else None


def _as_the_hint_has_it(problem: Problem, snippet: Snippet | None) -> Change | None:
    """Write instead of some words those that the hint has."""
    wanted = re.fullmatch(r'write (?:"([^"]+)"(?:; .*)?|licence: (.+))', problem.hint)
    return _in_place(problem, snippet, lambda _: wanted[1] or wanted[2]) if wanted and problem.part else None


def _without_entry(problem: Problem, snippet: Snippet | None) -> Change | None:
    """Take out an entry of a list that is written in lines, each entry behind a dash."""
    if snippet is None or not re.match(r"\s*- ", snippet.text):
        return None
    return partial(_without_lines, problem.where.line - 1)


def _without_lines(line: int, text: str) -> str:
    lines = text.splitlines(keepends=True)
    deep = _depth(lines[line])
    last = line
    for number in range(line + 1, len(lines)):
        if lines[number].strip():
            if _depth(lines[number]) <= deep:
                break
            last = number
    left = lines[:line] + lines[last + 1 :]
    if not any(one.lstrip().startswith("- ") for one in left):
        left = [re.sub(r"^(\w+:)(?=\s*(?:#|$))", r"\1 []", one) for one in left]
    return "".join(left)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _worded(way: Way) -> Callable[[Problem, Snippet | None], Change | None]:
    """Return what mends the very words that a problem is about."""
    return lambda problem, snippet: _in_place(problem, snippet, way) if problem.part else None


def _one_mark(part: str) -> str | None:
    return part[0] if set(part) <= {part[0]} and not part[0].isalpha() else None


def _once(part: str) -> str:
    return part.split(maxsplit=1)[0]


def _one_blank(part: str) -> str:
    return re.sub(r" (?=[,;!?.:]$)", "", re.sub(r"[ \t\u00a0]{2,}", " ", part))


def _capital(part: str) -> str | None:
    return part[0].upper() + part[1:] if part.islower() and len(part[0].upper()) == 1 else None


def _without_full_stop(part: str) -> str | None:
    return None if _SHORTENED.fullmatch(part[:-1]) else part[:-1]


#: What is mended by itself, by code.
MENDED: dict[str, Callable[[Problem, Snippet | None], Change | None]] = {
    "K009": _without_character,
    "K103": _as_its_kind,
    "K412": _in_project,
    "K750": _worded(_one_mark),
    "K751": _worded(_once),
    "K757": _worded(_one_blank),
    "K759": _worded(_capital),
    "K760": _worded(_without_full_stop),
    "K901": _in_project,
    "K903": _in_project,
    "K904": _as_the_hint_has_it,
    "K905": _in_project,
    "K906": _in_project,
    "K907": _as_the_hint_has_it,
    "K908": _as_the_hint_has_it,
    "K916": _in_project,
    "K918": _in_project,
    "K921": _without_entry,
}
