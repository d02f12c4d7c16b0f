"""The line of a source that a problem is about, and the part of it that is underlined."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from intimacy_kit.problems import Problem

__all__ = ["Snippet", "with_snippets"]

#: What stands at a place in a source: a text in quotes, a bracket, or a text up to a comment or to its end.
_QUOTED = r"""\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'"""
_TOKEN = re.compile(rf"{_QUOTED}|[\[{{]|.+?(?=\s#|,?$)")
#: The same inside of brackets, where a comma ends it.
_IN_BRACKETS = re.compile(rf"{_QUOTED}|[\[{{]|[^,\]}}]+?(?=\s#|[,\]}}]|$)")


@frozen
class Snippet:
    """One line of a source and the part of it that is meant.

    >>> line = Snippet("    skills: [conversaton]", 14, 24)
    >>> line.text[line.begin - 1 : line.end], line.part
    ('conversaton', 'conversaton')
    """

    text: str
    #: The first column of what is meant, counted from 1.
    begin: int
    #: The last column of it.
    end: int

    @property
    def part(self) -> str:
        """What is meant."""
        return self.text[self.begin - 1 : self.end]


def with_snippets(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, Snippet | None]]:
    """Give each problem with its line; None where its file under *root* has no such line, or an empty one."""
    files: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        file = problem.where.file
        if problem.where.line and file not in files:
            files[file] = _lines(root / file)
        lines = files.get(file, ())
        there = 0 < problem.where.line <= len(lines) and lines[problem.where.line - 1].strip()
        yield problem, _snippet(problem, lines[problem.where.line - 1]) if there else None


def _lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a source; none where it is no text."""
    try:
        return tuple(path.read_text("utf-8-sig").split("\n"))
    except (OSError, UnicodeError):
        return ()


def _snippet(problem: Problem, line: str) -> Snippet:
    at = max(problem.where.column - 1, 0)
    there = line[at:].rstrip()
    long = _shared(problem.part, there) if problem.part else 0
    return Snippet(line, at + 1, at + (long or _token(there, line[:at])))


def _shared(part: str, there: str) -> int:
    """Return how much of the words that are meant stands in this line; the rest may stand in the next."""
    if there.startswith(part):
        return len(part)
    return len(there) if there and _squeezed(part).startswith(_squeezed(there)) else 0


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _token(there: str, before: str) -> int:
    token = (_IN_BRACKETS if _is_open(before) else _TOKEN).match(there)
    return len(token[0].rstrip()) if token else 1


def _is_open(before: str) -> bool:
    """Tell whether a bracket is open where this much of a line stands before."""
    plain = re.sub(_QUOTED, "", before)
    return sum(map(plain.count, "[{")) > sum(map(plain.count, "]}"))
