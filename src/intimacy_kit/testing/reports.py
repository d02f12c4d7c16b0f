"""What a check of an app found: plain values, a table to read and a document for machines.

Nothing here quotes a page: a difference is told by the page and the place where it begins.
"""

from collections.abc import Iterable
from textwrap import fill
from typing import Any, Literal

from attrs import asdict, field, frozen

__all__ = ["Evidence", "Outcome", "Report", "Result", "Seen"]

Outcome = Literal["passed", "failed", "not checked"]

_WIDTH = 110


@frozen
class Evidence:
    """Where something was seen that must not be, or not seen that must."""

    #: What was found, in words of the kit.
    what: str
    #: Whose page it was; empty where it was nobody's.
    who: str = ""
    #: The page, by the app's name for it.
    page: str = ""
    #: The first byte, counted from 0; None where it is about the page as a whole.
    at: int | None = None

    def __str__(self) -> str:
        """Say it in a line."""
        whose = f"{self.who}, " if self.who else ""
        where = f"{whose}page '{self.page}'" if self.page else self.who
        place = f" from byte {self.at} on" if self.at is not None else ""
        return f"{where}{place}: {self.what}" if where else self.what


@frozen(kw_only=True)
class Result:
    """What one check came to."""

    #: The name of the check.
    check: str
    #: What is true of an app that passes.
    says: str
    outcome: Outcome
    #: Why it was not checked; empty where it was.
    why: str = ""
    #: What was found; empty unless it failed. At most a few are kept.
    evidence: tuple[Evidence, ...] = ()
    #: The rows of the list of attacks that it is about.
    attacks: tuple[int, ...] = ()


@frozen(kw_only=True)
class Seen:
    """How much was left out of comparisons for one reason."""

    page: str
    pattern: str
    why: str
    #: How often it was found.
    times: int
    #: How many bytes were left out of one page at most.
    most: int


@frozen(kw_only=True)
class Report:
    """What an app was found to keep of its promises, check by check."""

    host: str
    seed: str
    #: How many pairs of made-up evenings were compared, beside those that are always compared.
    pairs: int
    results: tuple[Result, ...] = field(converter=tuple[Result, ...])
    #: The kinds of actions that the app does not have.
    lacks: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    #: What was left out of comparisons.
    ignored: tuple[Seen, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Result, ...]:
        """Return the results with an outcome."""
        return tuple(one for one in self.results if one.outcome == outcome)

    @property
    def passed(self) -> bool:
        """Whether nothing failed; what was not checked is in ``of("not checked")``."""
        return not self.of("failed")

    @property
    def exit_code(self) -> int:
        """0 where nothing failed, else 1: ``raise SystemExit(report.exit_code)``."""
        return int(not self.passed)

    def to_document(self) -> dict[str, Any]:
        """Return the report as a JSON document."""
        return {"passed": self.passed, **asdict(self, value_serializer=lambda _, __, value: _plain(value))}

    def __str__(self) -> str:
        """Give the report as a table to read."""
        counts = ", ".join(f"{len(self.of(one))} {one}" for one in ("passed", "failed", "not checked"))
        lines = [f"{self.host}: {counts} (seed '{self.seed}', {self.pairs} pairs)", ""]
        for result in self.results:
            lines += _lines_of(result)
        if self.lacks:
            lines += ["", _wrapped(f"The app has no {', '.join(self.lacks)}.", "")]
        for one in self.ignored:
            told = (
                f"Ignored on page '{one.page}', {one.times} times, at most {one.most} bytes: {one.pattern}: {one.why}"
            )
            lines += ["", _wrapped(told, "")]
        return "\n".join(lines)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _lines_of(result: Result) -> Iterable[str]:
    outcome = result.outcome.upper() if result.outcome == "failed" else result.outcome
    yield _wrapped(f"{outcome:<12}{result.check}: {result.says}", " " * 12)
    if result.why:
        yield _wrapped(f"{' ' * 12}because {result.why}", " " * 14)
    for one in result.evidence:
        yield _wrapped(f"{' ' * 12}- {one}", " " * 14)


def _wrapped(text: str, indent: str) -> str:
    return fill(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
