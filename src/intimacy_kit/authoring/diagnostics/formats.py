"""Problems for other programs: JSON, SARIF 2.1.0, and the annotations of GitHub."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from intimacy_kit.authoring.codes import page, titles
from intimacy_kit.authoring.diagnostics.snippets import Snippet, with_snippets
from intimacy_kit.problems import Problem

__all__ = ["as_github", "as_json", "as_sarif", "problem_document"]

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def problem_document(problem: Problem, snippet: Snippet | None = None) -> dict[str, Any]:
    """Return a problem as a JSON document; ``end_column`` is 0 where the line is not known.

    >>> from intimacy_kit.problems import Where
    >>> problem_document(Problem(Where("a.yaml", 3, 5), "K102", "'txt' is not a field here"))["line"]
    3
    """
    where = problem.where
    return {
        "code": problem.code,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "end_column": snippet.end if snippet else 0,
        "pointer": where.pointer,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_json(problems: Iterable[Problem], root: Path) -> str:
    """Return ``{"problems": [...]}``; each problem has code, file, line, columns, pointer, message and hint."""
    found = [problem_document(problem, snippet) for problem, snippet in with_snippets(problems, root)]
    return json.dumps({"problems": found}, ensure_ascii=False, indent=1)


def as_github(problems: Iterable[Problem], root: Path, within: str = "") -> str:
    """Return one workflow command for each problem, which GitHub shows beside the line.

    *within* is the folder of the pack in the repository, with a slash at its end.

    >>> from intimacy_kit.problems import Where
    >>> print(as_github([Problem(Where("a.yaml", 3, 5), "K102", "'50%' is not a field here")], Path("nowhere")))
    ::error file=a.yaml,line=3,col=5,title=K102::'50%25' is not a field here
    """
    return "\n".join(_annotation(problem, snippet, within) for problem, snippet in with_snippets(problems, root))


def _annotation(problem: Problem, snippet: Snippet | None, within: str) -> str:
    where = problem.where
    places = {
        "file": f"{within}{where.file}" if where.file else "",
        "line": where.line,
        "col": where.column,
        "endColumn": snippet.end if snippet else 0,
        "title": problem.code,
    }
    said = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in places.items() if value)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::error {said}::{_escaped(problem.message + hint)}"


def _escaped(text: str, more: str = "") -> str:
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_sarif(problems: Sequence[Problem], root: Path, version: str, within: str = "") -> str:
    """Return a log in SARIF 2.1.0; *version* is that of the kit, *within* as for :func:`as_github`.

    A problem of a whole file is put at its first line, since GitHub asks for one.
    """
    codes = sorted({problem.code for problem in problems})
    driver = {
        "name": "intimacy-kit",
        "version": version,
        "rules": [
            {
                "id": code,
                "shortDescription": {"text": titles()[code]},
                "help": {"text": page(code), "markdown": page(code)},
            }
            for code in codes
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, snippet, codes, within) for problem, snippet in with_snippets(problems, root)],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _result(problem: Problem, snippet: Snippet | None, codes: Sequence[str], within: str) -> dict[str, Any]:
    where = problem.where
    region: dict[str, Any] = {"startLine": max(where.line, 1)}
    if where.column:
        region["startColumn"] = where.column
    if snippet:
        region |= {"endColumn": snippet.end + 1, "snippet": {"text": snippet.part}}
    hint = f"\n{problem.hint}" if problem.hint else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": "error",
        "message": {"text": problem.message + hint},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(f"{within}{where.file}")}, "region": region}}
        ],
    }
