"""Mending by itself what can be mended without changing what anything means.

Nothing is believed of an edit: the pack is checked again after it, and where it brought anything new, it is taken back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from attrs import frozen

from intimacy_kit.authoring.building import build
from intimacy_kit.authoring.checking import Checked, check
from intimacy_kit.authoring.diagnostics.snippets import Snippet, with_snippets
from intimacy_kit.content.packs import Pack
from intimacy_kit.problems import Problem

__all__ = ["FIXED", "Fixed", "fix"]

#: The families of codes that are about the form of a pack and not about its words.
_FORM = {"K0", "K1", "K2", "K4"}

#: Mending one thing may bring to light another; so often it is tried again.
_ROUNDS = 5


@frozen
class Fixed:
    """What was mended, and what is left."""

    #: The problems that are gone.
    mended: tuple[Problem, ...]
    #: What checking says now.
    left: Checked


@frozen
class _Edit:
    """A change of a file that mends a problem: from its text to another."""

    problem: Problem
    change: Callable[[str], str]


def fix(root: Path, beside: Iterable[Pack] = ()) -> Fixed:
    """Mend what can be mended safely in the sources in a folder, and check them again."""
    others = tuple(beside)
    before = now = check(root, others)
    for _ in range(_ROUNDS):
        tried = now
        edits = [edit for edit in map(_edit_of, *_unzipped(now.problems, root)) if edit]
        for batch in (edits, *([edit] for edit in edits)) if edits else ():
            after = _tried(root, others, now, batch)
            if after is not now:
                now = after
                break
        if any(problem.code == "K407" for problem in now.problems):
            build(root)
            now = check(root, others)
        if now is tried:
            break
    return Fixed(tuple((Counter(before.problems) - Counter(now.problems)).elements()), now)


def _unzipped(problems: Sequence[Problem], root: Path) -> tuple[list[Problem], list[Snippet | None]]:
    pairs = list(with_snippets(problems, root))
    return [problem for problem, _ in pairs], [snippet for _, snippet in pairs]


def _tried(root: Path, beside: Sequence[Pack], now: Checked, edits: Sequence[_Edit]) -> Checked:
    """Make some edits; return what is said then, or take them back where that is not better than now."""
    kept: dict[str, bytes] = {}
    for edit in edits:
        path = root / edit.problem.where.file
        data = path.read_bytes()
        kept.setdefault(edit.problem.where.file, data)
        path.write_bytes(edit.change(data.decode("utf-8")).encode("utf-8"))
    after = check(root, beside)
    if _form(after) <= _form(now) and not {edit.problem for edit in edits} & set(after.problems):
        return after
    for file, data in kept.items():
        (root / file).write_bytes(data)
    return now


def _form(checked: Checked) -> Counter[tuple[str, str, str]]:
    """Return what is wrong with the form of a pack, wherever in a file.

    What is said of its words does not count: once a file can be read, there may be more to say. Nor does it that the
    pack is not compiled yet.
    """
    return Counter(
        (problem.where.file, problem.code, problem.message)
        for problem in checked.problems
        if problem.code[:2] in _FORM and problem.code != "K407"
    )


def _edit_of(problem: Problem, snippet: Snippet | None) -> _Edit | None:
    change = FIXED[problem.code](problem, snippet) if problem.code in FIXED else None
    return _Edit(problem, change) if change else None


Change = Callable[[str], str]


def _without_character(problem: Problem, _: Snippet | None) -> Change | None:
    """Take out a character that nobody sees."""
    named = re.search(r"U\+([0-9A-F]{4,6})", problem.message)
    return (lambda text: text.replace(chr(int(named[1], 16)), "")) if named else None


def _as_its_kind(problem: Problem, snippet: Snippet | None) -> Change | None:
    """Write a value as the kind of value it should be."""
    ways: dict[str, Callable[[str], str]] = {
        "write true": lambda _: "true",
        "write false": lambda _: "false",
        "put it in quotes": lambda value: f'"{value}"',
        "put it in square brackets": lambda value: f"[{value}]",
    }
    way = ways.get(problem.hint)
    if way is None or snippet is None or not problem.where.line:
        return None
    line, begin, end = problem.where.line - 1, snippet.begin - 1, snippet.end

    def change(text: str) -> str:
        lines = text.split("\n")
        there = lines[line]
        lines[line] = there[:begin] + way(there[begin:end]) + there[end:]
        return "\n".join(lines)

    return change


def _as_the_hint_says(problem: Problem, _: Snippet | None) -> Change | None:
    """Write a line of pyproject.toml as the hint has it."""
    wanted = re.match(r"write ((\w+) = .*?)(?:, so that .*)?$", problem.hint)
    if wanted is None:
        return None
    line, field = wanted[1], wanted[2]

    def change(text: str) -> str:
        there = re.compile(rf"(?m)^{field}\s*=.*$")
        if there.search(text):
            return there.sub(lambda _: line, text, count=1)
        return re.sub(r"(?m)^\[project\]$", lambda head: f"{head[0]}\n{line}", text, count=1)

    return change


#: What is mended by itself, by code; beside it K407, by compiling.
FIXED: dict[str, Callable[[Problem, Snippet | None], Change | None]] = {
    "K009": _without_character,
    "K103": _as_its_kind,
    "K412": _as_the_hint_says,
    "K903": _as_the_hint_says,
    "K905": _as_the_hint_says,
    "K916": _as_the_hint_says,
}
